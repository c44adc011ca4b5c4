//! Documents: what is taken, how it is kept, who gets it.
#![allow(clippy::unwrap_used)]

mod room;
use crate::support::applications::{complete_draft, declaration, open_call, organisation_named, refusal, start};
use crate::support::{later, noon, on_both};
use backend::{applications, documents};
use chrono::{DateTime, TimeDelta, TimeZone as _, Utc};
use domain::applications::DocumentKind;
use domain::errors::AppError;
use domain::forms::LARGEST_FILE;
use domain::ids::ApplicationId;
use domain::roles::Role;
use domain::users::Language;

const PDF: &[u8] = b"%PDF-1.7\nStatutes of an organisation\n%%EOF";

fn key(error: &AppError) -> String {
    match error {
        AppError::Invalid(errors) => errors.0[0].message.key.clone(),
        AppError::Refused(message) => message.key.clone(),
        other => format!("{other:?}"),
    }
}

/// All of a document's content.
fn read(mut download: documents::Download) -> Vec<u8> {
    let mut bytes = Vec::new();
    std::io::Read::read_to_end(&mut download.content, &mut bytes).unwrap();
    bytes
}

#[tokio::test]
async fn a_file_must_be_what_its_name_says() {
    on_both(|world| async move {
        let call = open_call(&world).await;
        let (signatory, _, id) = complete_draft(&world, call).await;
        let big = vec![b'%'; LARGEST_FILE + 1];
        let cases: [(&str, &[u8], &str); 6] = [
            ("page.pdf", b"<html><script>alert(1)</script></html>", "error-file-type"),
            ("program.exe", b"MZ\x90\x00\x03\x00\x00\x00", "error-file-type"),
            ("picture.png", PDF, "error-file-ending"),
            ("no-ending", PDF, "error-file-ending"),
            ("empty.pdf", b"", "error-file-empty"),
            ("big.pdf", &big, "error-file-too-large"),
        ];
        for (name, bytes, expected) in cases {
            let error = refusal(documents::upload(&signatory, id, "statutes", name, bytes.to_vec()).await);
            assert_eq!(key(&error), expected, "{name}");
        }
        let error = refusal(documents::upload(&signatory, id, "passport", "a.pdf", PDF.to_vec()).await);
        assert_eq!(key(&error), "error-choose");
    })
    .await;
}

#[tokio::test]
async fn the_same_content_is_stored_once_and_no_name_is_a_path() {
    on_both(|world| async move {
        let call = open_call(&world).await;
        let (signatory, _, id) = complete_draft(&world, call).await;
        let first =
            documents::upload(&signatory, id, "support-letter", "../../../etc/letter.pdf", PDF.to_vec()).await.unwrap();
        let again = documents::upload(&signatory, id, "support-letter", "other.pdf", PDF.to_vec()).await.unwrap();
        assert_eq!(first, again);
        documents::upload(&signatory, id, "statutes", "statutes.pdf", PDF.to_vec()).await.unwrap();
        let listed = documents::list(&signatory, id).await.unwrap();
        let letter = listed.iter().find(|document| document.id == first).unwrap();
        assert_eq!(letter.file_name, "letter.pdf");
        let folder = world.services.data_dir.join("documents").join(&letter.sha256[..2]).join(&letter.sha256[2..4]);
        let files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert_eq!(files, [letter.sha256.as_str()]);
        let download = documents::download(&signatory, first).await.unwrap();
        let (size, media_type) = (download.size, download.media_type.clone());
        assert_eq!((read(download), size, &*media_type), (PDF.to_vec(), PDF.len() as u64, "application/pdf"));
    })
    .await;
}

#[tokio::test]
async fn a_document_is_found_only_by_those_who_may_read_the_application() {
    on_both(|world| async move {
        let call = open_call(&world).await;
        let (signatory, organisation, id) = complete_draft(&world, call).await;
        let document = documents::list(&signatory, id).await.unwrap()[0].id;
        let colleague = world.person(Role::OrganisationEditor, Some(organisation), None).await;
        let other = organisation_named(&world, "Other").await;
        let stranger = world.person(Role::OrganisationSignatory, Some(other), None).await;
        let officer = world.staff(Role::ProgrammeOfficer).await;
        let reviewer = world.staff(Role::TechnicalReviewer).await;
        assert!(documents::download(&colleague, document).await.is_ok());
        assert_eq!(refusal(documents::download(&stranger, document).await), AppError::NotFound);
        assert_eq!(refusal(documents::download(&officer, document).await), AppError::NotFound, "not submitted yet");
        applications::submit(&signatory, id, &declaration()).await.unwrap();
        assert!(documents::download(&officer, document).await.is_ok());
        assert_eq!(refusal(documents::download(&reviewer, document).await), AppError::NotFound, "not assigned");
        assign(&world, &reviewer, id).await;
        assert!(documents::download(&reviewer, document).await.is_ok());
        world.sql("UPDATE reviews SET state = 'assigned'").await;
        assert_eq!(refusal(documents::download(&reviewer, document).await), AppError::NotFound, "not declared yet");
        world.sql("UPDATE reviews SET state = 'conflict'").await;
        assert_eq!(refusal(documents::download(&reviewer, document).await), AppError::NotFound, "conflict of interest");
        let donor = world.staff(Role::DonorRepresentative).await;
        assert!(matches!(refusal(documents::download(&donor, document).await), AppError::Forbidden(_)));
        assert_eq!(
            refusal(documents::upload(&stranger, id, "statutes", "a.pdf", PDF.to_vec()).await),
            AppError::NotFound
        );
        assert_eq!(refusal(documents::remove(&stranger, id, document).await), AppError::NotFound);
    })
    .await;
}

#[tokio::test]
async fn a_letter_of_the_bank_is_for_the_own_organisation_and_those_who_may_read_bank_details() {
    on_both(|world| async move {
        let call = open_call(&world).await;
        let (signatory, organisation, id) = complete_draft(&world, call).await;
        let listed = documents::list(&signatory, id).await.unwrap();
        let of = |kind: DocumentKind| listed.iter().find(|document| document.kind == kind).unwrap().id;
        let (letter, statutes) = (of(DocumentKind::BankLetter), of(DocumentKind::Statutes));
        let payer = world.staff(Role::CertifyingOfficer).await;
        assert_eq!(documents::bank_letter(&payer, organisation).await.unwrap(), None, "not submitted yet");
        assert_eq!(refusal(documents::download(&payer, letter).await), AppError::NotFound, "not submitted yet");
        applications::submit(&signatory, id, &declaration()).await.unwrap();

        let editor = world.person(Role::OrganisationEditor, Some(organisation), None).await;
        for own in [&signatory, &editor] {
            assert!(documents::download(own, letter).await.is_ok());
        }
        let other = organisation_named(&world, "Other").await;
        let stranger = world.person(Role::OrganisationSignatory, Some(other), None).await;
        assert_eq!(refusal(documents::download(&stranger, letter).await), AppError::NotFound);
        for role in [Role::CertifyingOfficer, Role::ApprovingOfficer, Role::FinanceOfficer] {
            let officer = world.staff(role).await;
            let found = documents::bank_letter(&officer, organisation).await.unwrap().unwrap();
            assert_eq!((found.id, found.file_name.as_str()), (letter, "bank-letter.pdf"));
            assert!(documents::download(&officer, letter).await.is_ok(), "{role}");
            assert!(matches!(refusal(documents::download(&officer, statutes).await), AppError::Forbidden(_)), "{role}");
        }
        let reviewer = world.staff(Role::TechnicalReviewer).await;
        assign(&world, &reviewer, id).await;
        let mut others = vec![reviewer];
        for role in
            [Role::Administrator, Role::ProgrammeOfficer, Role::BoardMember, Role::ExecutiveDirector, Role::Auditor]
        {
            others.push(world.staff(role).await);
        }
        for person in &others {
            let role = person.actor.role;
            assert!(documents::download(person, statutes).await.is_ok(), "{role:?}");
            assert!(matches!(refusal(documents::download(person, letter).await), AppError::Forbidden(_)), "{role:?}");
            let found = documents::bank_letter(person, organisation).await;
            assert!(matches!(refusal(found), AppError::Forbidden(_)), "{role:?}");
            let named = documents::list(person, id).await.unwrap();
            assert!(named.iter().any(|document| document.id == letter), "{role:?} sees that it was handed in");
        }
    })
    .await;
}

#[tokio::test]
async fn the_letter_beside_the_bank_details_is_the_newest_that_was_submitted() {
    on_both(|world| async move {
        let call = open_call(&world).await;
        let (signatory, organisation, id) = complete_draft(&world, call).await;
        applications::submit(&signatory, id, &declaration()).await.unwrap();
        let officer = world.staff(Role::ProgrammeOfficer).await;
        let form = domain::forms::Typed::default().with("reason", "Another letter").with("resubmit_by", "2026-06-20");
        applications::return_for_clarification(&officer, id, &form).await.unwrap();
        let payer = world.staff(Role::FinanceOfficer).await;
        let first = documents::bank_letter(&payer, organisation).await.unwrap().unwrap().id;
        documents::remove(&signatory, id, first).await.unwrap();
        let second = documents::upload(&signatory, id, "bank-letter", "new.pdf", PDF.to_vec()).await.unwrap();
        let shown = documents::bank_letter(&payer, organisation).await.unwrap().unwrap();
        assert_eq!(shown.id, first, "the new one is not submitted yet");
        assert_eq!(refusal(documents::download(&payer, second).await), AppError::NotFound);
        applications::submit(&signatory, id, &declaration()).await.unwrap();
        assert_eq!(documents::bank_letter(&payer, organisation).await.unwrap().unwrap().id, second);
    })
    .await;
}

#[tokio::test]
async fn a_removed_document_is_gone_from_the_draft_but_stays_in_the_revision() {
    on_both(|world| async move {
        let call = open_call(&world).await;
        let (signatory, _, id) = complete_draft(&world, call).await;
        let extra = documents::upload(&signatory, id, "support-letter", "letter.pdf", PDF.to_vec()).await.unwrap();
        documents::remove(&signatory, id, extra).await.unwrap();
        assert_eq!(refusal(documents::download(&signatory, extra).await), AppError::NotFound);
        let kept = documents::list(&signatory, id).await.unwrap()[0].id;
        applications::submit(&signatory, id, &declaration()).await.unwrap();
        assert_eq!(key(&refusal(documents::remove(&signatory, id, kept).await)), "refused-application-not-editable");
        let officer = world.staff(Role::ProgrammeOfficer).await;
        let form = domain::forms::Typed::default().with("reason", "Another letter").with("resubmit_by", "2026-06-20");
        applications::return_for_clarification(&officer, id, &form).await.unwrap();
        documents::remove(&signatory, id, kept).await.unwrap();
        assert!(documents::download(&officer, kept).await.is_ok());
        assert!(
            applications::revision(&officer, id, 1).await.unwrap().documents.iter().any(|document| document.id == kept)
        );
    })
    .await;
}

#[tokio::test]
async fn a_document_and_the_list_of_revisions_are_found_without_reading_what_was_submitted() {
    on_both(|world| async move {
        let call = open_call(&world).await;
        let (signatory, _, id) = complete_draft(&world, call).await;
        let document = documents::list(&signatory, id).await.unwrap()[0].id;
        applications::submit(&signatory, id, &declaration()).await.unwrap();
        let officer = world.staff(Role::ProgrammeOfficer).await;
        let form = domain::forms::Typed::default().with("reason", "Another letter").with("resubmit_by", "2026-06-20");
        applications::return_for_clarification(&officer, id, &form).await.unwrap();
        let new = documents::upload(&signatory, id, "support-letter", "letter.pdf", PDF.to_vec()).await.unwrap();
        assert_eq!(refusal(documents::download(&officer, new).await), AppError::NotFound, "not submitted yet");
        applications::submit(&signatory, id, &declaration()).await.unwrap();
        // Text that nobody can read: whoever tries fails.
        world.sql("UPDATE application_revisions SET content = 'not to be read'").await;
        for known in [document, new] {
            assert!(documents::download(&officer, known).await.is_ok());
        }
        let revisions = applications::revisions(&officer, id).await.unwrap();
        assert_eq!(revisions.iter().map(|revision| revision.number).collect::<Vec<_>>(), [2, 1]);
    })
    .await;
}

/// The files below a folder.
fn files(folder: &std::path::Path) -> usize {
    let Ok(entries) = std::fs::read_dir(folder) else { return 0 };
    entries.map(|entry| entry.unwrap().path()).map(|path| if path.is_dir() { files(&path) } else { 1 }).sum()
}

/// Makes every file below a folder as old as it is at an instant.
fn age(folder: &std::path::Path, then: DateTime<Utc>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            age(&path, then);
        } else {
            std::fs::File::options().write(true).open(path).unwrap().set_modified(then.into()).unwrap();
        }
    }
}

#[tokio::test]
async fn files_that_nothing_refers_to_are_deleted_and_all_others_stay() {
    on_both(|world| async move {
        let call = open_call(&world).await;
        let (signatory, _, id) = complete_draft(&world, call).await;
        let folder = world.services.data_dir.join("documents");
        let upload = |text: &'static str| {
            let pdf = format!("%PDF-1.7\n{text}\n%%EOF").into_bytes();
            documents::upload(&signatory, id, "support-letter", "letter.pdf", pdf)
        };
        let empty = files(&folder);
        let dropped = upload("taken out before it was submitted").await.unwrap();
        assert_eq!(files(&folder), empty + 1);
        documents::remove(&signatory, id, dropped).await.unwrap();
        assert_eq!(files(&folder), empty, "what nobody submitted goes at once");
        // The same content twice: one row is taken out, the other one still needs it.
        let twice = upload("taken out and added again").await.unwrap();
        documents::remove(&signatory, id, twice).await.unwrap();
        let again = upload("taken out and added again").await.unwrap();
        let twin = documents::upload(
            &signatory,
            id,
            "activity-report",
            "same.pdf",
            b"%PDF-1.7\ntaken out and added again\n%%EOF".to_vec(),
        );
        documents::remove(&signatory, id, twin.await.unwrap()).await.unwrap();
        assert!(documents::download(&signatory, again).await.is_ok());
        let submitted = upload("submitted").await.unwrap();
        applications::submit(&signatory, id, &declaration()).await.unwrap();
        let officer = world.staff(Role::ProgrammeOfficer).await;
        let form = domain::forms::Typed::default().with("reason", "Another letter").with("resubmit_by", "2026-06-20");
        applications::return_for_clarification(&officer, id, &form).await.unwrap();
        documents::remove(&signatory, id, submitted).await.unwrap();
        let stray = folder.join("ab").join("cd");
        std::fs::create_dir_all(&stray).unwrap();
        let name = "abcd".repeat(16);
        for file in [name.as_str(), "0123.part", "README"] {
            std::fs::write(stray.join(file), PDF).unwrap();
        }
        let before = files(&folder);
        let system = world.system();
        age(&folder, noon() - TimeDelta::hours(2));
        assert_eq!(documents::sweep(&system).await.unwrap(), 0, "nothing is old enough");
        // A day later: the stray file, and what a process did not finish writing.
        let day = later(&system, noon() + TimeDelta::hours(25));
        assert_eq!(documents::sweep(&day).await.unwrap(), 2);
        assert_eq!(files(&folder), before - 2);
        assert!(stray.join("README").exists(), "only what this program stores");
        for known in documents::list(&signatory, id).await.unwrap() {
            assert!(documents::download(&signatory, known.id).await.is_ok(), "{known:?}");
        }
        for frozen in applications::revision(&officer, id, 1).await.unwrap().documents {
            assert!(documents::download(&signatory, frozen.id).await.is_ok(), "{frozen:?}");
        }
        assert!(
            documents::download(&officer, submitted).await.is_ok()
                && documents::download(&officer, again).await.is_ok()
        );
        assert_eq!(documents::sweep(&day).await.unwrap(), 0);
        // Content that was deleted can be stored anew.
        upload("taken out before it was submitted").await.unwrap();
        assert_eq!(files(&folder), before - 1);
        assert!(documents::sweep(&signatory).await.is_err(), "the system's own work");
    })
    .await;
}

#[tokio::test]
async fn a_file_left_aside_by_a_process_that_died_goes_back_to_where_it_is_needed() {
    on_both(|world| async move {
        let call = open_call(&world).await;
        let (signatory, _, id) = complete_draft(&world, call).await;
        let document = documents::list(&signatory, id).await.unwrap()[0].clone();
        let folder = world.services.data_dir.join("documents");
        let place = folder.join(&document.sha256[..2]).join(&document.sha256[2..4]).join(&document.sha256);
        std::fs::rename(&place, place.with_file_name(format!("{}.going", document.sha256))).unwrap();
        age(&folder, noon() - TimeDelta::days(2));
        assert!(documents::download(&signatory, document.id).await.is_err());
        assert_eq!(documents::sweep(&world.system()).await.unwrap(), 0);
        assert!(documents::download(&signatory, document.id).await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn a_document_too_many_is_refused_and_leaves_no_file() {
    on_both(|world| async move {
        let call = open_call(&world).await;
        let (signatory, organisation, id) = complete_draft(&world, call).await;
        let folder = world.services.data_dir.join("documents");
        let pdf = |number: usize| format!("%PDF-1.7\nLetter {number}\n%%EOF").into_bytes();
        let present = documents::list(&signatory, id).await.unwrap().len();
        for number in present..40 {
            documents::upload(&signatory, id, "support-letter", "letter.pdf", pdf(number)).await.unwrap();
        }
        let before = files(&folder);
        for number in 40..45 {
            let error = refusal(documents::upload(&signatory, id, "support-letter", "letter.pdf", pdf(number)).await);
            assert_eq!(key(&error), "refused-too-many-documents");
        }
        assert_eq!(files(&folder), before, "what is refused is not kept");
        // Taking documents out does not make room for ever.
        world.sql(&format!("UPDATE documents SET removed_at = uploaded_at WHERE application_id = {id}")).await;
        let rows: Vec<String> = (40..200)
            .map(|number| format!("({organisation}, {id}, 'statutes', 'a.pdf', 'application/pdf', 1, '{number}', '2026-06-01T12:00:00+00:00', '2026-06-01T12:00:00+00:00')"))
            .collect();
        let columns = "organisation_id, application_id, kind, file_name, media_type, size, sha256, uploaded_at, removed_at";
        world.sql(&format!("INSERT INTO documents ({columns}) VALUES {}", rows.join(", "))).await;
        let error = refusal(documents::upload(&signatory, id, "support-letter", "letter.pdf", pdf(99)).await);
        assert_eq!(key(&error), "refused-too-many-uploads");
        assert_eq!(files(&folder), before);
    })
    .await;
}

#[tokio::test]
async fn nothing_is_taken_after_the_deadline() {
    on_both(|world| async move {
        let call = open_call(&world).await;
        let organisation = organisation_named(&world, "Late").await;
        let signatory = world.person(Role::OrganisationSignatory, Some(organisation), None).await;
        let id = applications::create(&signatory, call, &start()).await.unwrap();
        let late = later(&signatory, Utc.with_ymd_and_hms(2026, 6, 30, 22, 0, 0).unwrap());
        let error = refusal(documents::upload(&late, id, "statutes", "a.pdf", PDF.to_vec()).await);
        assert_eq!(key(&error), "refused-deadline-passed");
        assert!(!world.services.data_dir.join("documents").exists(), "refused before anything is written");
    })
    .await;
}

async fn assign(world: &crate::support::World, reviewer: &backend::Context, id: ApplicationId) {
    let user = reviewer.actor.user.unwrap();
    world
        .sql(&format!(
            "INSERT INTO reviews (application_id, reviewer_id, state, conflict_reason, typed, version, assigned_at) \
             VALUES ({id}, {user}, 'in-progress', '', '{{}}', 1, '2026-06-01 12:00:00+00:00')"
        ))
        .await;
}
