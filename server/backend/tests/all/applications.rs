//! Applications: writing, saving, submitting, returning, screening.
#![allow(clippy::unwrap_used)]

use crate::support::applications::{
    call_form, complete_draft, complete_sections, declaration, eligible, key, open_call, organisation_named, refusal,
    start, submitted,
};
use crate::support::{World, later, on_both};
use backend::applications::{self, queries};
use backend::page::PageRequest;
use backend::{Context, calls};
use chrono::{TimeZone as _, Utc};
use domain::applications::{ApplicationState, Section};
use domain::errors::AppError;
use domain::forms::Typed;
use domain::ids::ApplicationId;
use domain::roles::Role;

async fn draft(world: &World) -> (Context, ApplicationId) {
    let call = open_call(world).await;
    let organisation = organisation_named(world, "Casa Aurora").await;
    let signatory = world.person(Role::OrganisationSignatory, Some(organisation), None).await;
    let id = applications::create(&signatory, call, &start()).await.unwrap();
    (signatory, id)
}

fn comments(day: &str) -> Typed {
    Typed::default().with("reason", "Please explain the rent.").with("resubmit_by", day)
}

#[tokio::test]
async fn an_organisation_has_one_live_application_to_a_call() {
    on_both(|world| async move {
        let (signatory, id) = draft(&world).await;
        let view = queries::get(&signatory, id).await.unwrap();
        assert_eq!((view.number.as_str(), view.title.as_str()), ("A-2026-0001", "Safe return and recovery"));
        let error = refusal(applications::create(&signatory, view.call.id, &start()).await);
        assert_eq!(key(&error), "refused-application-exists");
        applications::withdraw(&signatory, id, &Typed::default()).await.unwrap();
        applications::create(&signatory, view.call.id, &start()).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn nobody_applies_to_a_call_that_is_not_open() {
    on_both(|world| async move {
        let officer = world.staff(Role::ProgrammeOfficer).await;
        let organisation = organisation_named(&world, "Early").await;
        let signatory = world.person(Role::OrganisationSignatory, Some(organisation), None).await;
        let mut form = call_form();
        form.set("opens_on", "2026-06-10");
        let call = calls::create(&officer, &form).await.unwrap();
        assert_eq!(refusal(applications::create(&signatory, call, &start()).await), AppError::NotFound);
        calls::publish(&officer, call).await.unwrap();
        let error = refusal(applications::create(&signatory, call, &start()).await);
        assert_eq!(key(&error), "refused-call-not-open-yet");
        let late = later(&signatory, Utc.with_ymd_and_hms(2026, 6, 30, 22, 0, 0).unwrap());
        assert_eq!(key(&refusal(applications::create(&late, call, &start()).await)), "refused-deadline-passed");
    })
    .await;
}

#[tokio::test]
async fn a_conflict_loses_nothing() {
    on_both(|world| async move {
        let (signatory, id) = draft(&world).await;
        let organisation = signatory.actor.organisation;
        let editor = world.person(Role::OrganisationEditor, organisation, None).await;
        let needs = |text: &str| Typed::default().with("needs", text);
        let first = applications::save_section(&signatory, id, Section::Context, &needs("one"), Some(0)).await.unwrap();
        assert_eq!(first.saved.version, 1);
        let error = refusal(applications::save_section(&editor, id, Section::Context, &needs("two"), Some(0)).await);
        assert_eq!(key(&error), "conflict-section-changed");
        let stored = |sections: Vec<applications::SectionView>| {
            sections.into_iter().find(|view| view.section == Section::Context).unwrap()
        };
        let view = stored(applications::sections(&editor, id).await.unwrap());
        assert_eq!((view.typed.get("needs"), view.version), ("one", 1));
        // The same text sent again after its answer was lost is no conflict, and no new version either.
        let again = applications::save_section(&signatory, id, Section::Context, &needs("one"), Some(0)).await.unwrap();
        assert_eq!(again.saved.version, 1);
        // Sending again with the version that is there now overwrites it, deliberately.
        applications::save_section(&editor, id, Section::Context, &needs("two"), Some(view.version)).await.unwrap();
        let view = stored(applications::sections(&signatory, id).await.unwrap());
        assert_eq!((view.typed.get("needs"), view.version), ("two", 2));
    })
    .await;
}

#[tokio::test]
async fn what_two_people_changed_at_once_is_put_together() {
    on_both(|world| async move {
        let (signatory, id) = draft(&world).await;
        let editor = world.person(Role::OrganisationEditor, signatory.actor.organisation, None).await;
        let save = async |who: &Context, typed: &Typed, on: i64| {
            applications::save_section(who, id, Section::Context, typed, Some(on)).await.map(|saved| saved.saved)
        };
        let both = Typed::default().with("needs", "Shelter").with("partners", "None yet");
        assert_eq!(save(&signatory, &both, 0).await.unwrap().version, 1);
        // Both have version 1 before them. One adds partners, the other writes on about the needs.
        let theirs = Typed::default().with("needs", "Shelter").with("partners", "The city");
        assert_eq!(save(&editor, &theirs, 1).await.unwrap().merged, None);
        let mine = Typed::default().with("needs", "Shelter and legal aid").with("partners", "None yet");
        let saved = save(&signatory, &mine, 1).await.unwrap();
        let together = Typed::default().with("needs", "Shelter and legal aid").with("partners", "The city");
        assert_eq!((saved.version, saved.merged.as_ref()), (3, Some(&together)));
        // Sent again because the answer was lost: nothing new, and the same answer.
        let again = save(&signatory, &mine, 1).await.unwrap();
        assert_eq!((again.version, again.merged), (3, Some(together.clone())));
        // Only what both changed is in dispute.
        let late = Typed::default().with("needs", "Food").with("partners", "None yet");
        assert_eq!(key(&refusal(save(&editor, &late, 1).await)), "conflict-section-changed");
        let shown = applications::together(&editor, id, Section::Context, 1, &late).await.unwrap();
        assert_eq!(shown.conflicts, ["needs"]);
        assert_eq!((shown.typed.get("needs"), shown.typed.get("partners")), ("Food", "The city"));
    })
    .await;
}

#[tokio::test]
async fn former_versions_are_kept_with_who_and_when_and_one_can_stand_again() {
    on_both(|world| async move {
        let (signatory, id) = draft(&world).await;
        let editor = world.person(Role::OrganisationEditor, signatory.actor.organisation, None).await;
        let needs = |text: &str| Typed::default().with("needs", text);
        applications::save_section(&signatory, id, Section::Context, &needs("long and good"), None).await.unwrap();
        let afterwards = later(&editor, signatory.now + chrono::TimeDelta::hours(1));
        applications::save_section(&afterwards, id, Section::Context, &needs("gone"), None).await.unwrap();
        let versions = applications::versions(&editor, id, Section::Context).await.unwrap();
        assert_eq!(versions.iter().map(|row| row.version).collect::<Vec<_>>(), [2, 1]);
        assert_eq!(
            (versions[1].saved_by.as_str(), versions[1].saved_at),
            (signatory.actor.name.as_str(), signatory.now)
        );
        assert_eq!(
            applications::version(&editor, id, Section::Context, 1).await.unwrap().typed,
            needs("long and good")
        );
        applications::restore(&editor, id, Section::Context, 1).await.unwrap();
        let stored = applications::sections(&editor, id).await.unwrap();
        let stored = stored.iter().find(|view| view.section == Section::Context).unwrap();
        assert_eq!((stored.version, &stored.typed), (3, &needs("long and good")));
        assert_eq!(applications::version(&editor, id, Section::Context, 2).await.unwrap().typed, needs("gone"));
        // A hundred saved in a row by one person leave a bounded number, and what somebody else wrote.
        for step in 0..100 {
            let at = later(&editor, signatory.now + chrono::TimeDelta::seconds(7200 + step));
            applications::save_section(&at, id, Section::Context, &needs(&format!("step {step}")), None).await.unwrap();
        }
        let versions = applications::versions(&editor, id, Section::Context).await.unwrap();
        assert!((60..80).contains(&versions.len()), "{}", versions.len());
        assert_eq!(versions.last().unwrap().version, 1);
        let other = organisation_named(&world, "Somebody else").await;
        let stranger = world.person(Role::OrganisationSignatory, Some(other), None).await;
        assert_eq!(refusal(applications::versions(&stranger, id, Section::Context).await), AppError::NotFound);
        let officer = world.staff(Role::ProgrammeOfficer).await;
        assert!(applications::version(&officer, id, Section::Context, 1).await.is_err());
    })
    .await;
}

#[tokio::test]
async fn the_deadline_holds_to_the_second_for_saving_and_submitting() {
    on_both(|world| async move {
        let call = open_call(&world).await;
        let (signatory, _, id) = complete_draft(&world, call).await;
        let last = Utc.with_ymd_and_hms(2026, 6, 30, 21, 59, 59).unwrap();
        let typed = Typed::default().with("needs", "late");
        let at = |seconds| later(&signatory, last + chrono::TimeDelta::seconds(seconds));
        let save =
            async |context: &Context| applications::save_section(context, id, Section::Context, &typed, None).await;
        assert_eq!(key(&refusal(save(&at(1)).await)), "refused-deadline-passed");
        assert_eq!(key(&refusal(applications::submit(&at(1), id, &declaration()).await)), "refused-deadline-passed");
        applications::submit(&at(0), id, &declaration()).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_submission_needs_the_signatory_the_declaration_and_no_open_point() {
    on_both(|world| async move {
        let call = open_call(&world).await;
        let (signatory, organisation, id) = complete_draft(&world, call).await;
        let editor = world.person(Role::OrganisationEditor, Some(organisation), None).await;
        assert!(matches!(refusal(applications::submit(&editor, id, &declaration()).await), AppError::Forbidden(_)));
        let unticked = Typed::default().with("full_name", "Amina Diallo");
        assert_eq!(key(&refusal(applications::submit(&signatory, id, &unticked).await)), "error-tick");
        world.sql("UPDATE organisations SET profile_complete = FALSE").await;
        assert_eq!(
            key(&refusal(applications::submit(&signatory, id, &declaration()).await)),
            "refused-profile-incomplete"
        );
        world.sql("UPDATE organisations SET profile_complete = TRUE").await;
        let (_, context) = complete_sections().swap_remove(1);
        let mut holey = context.clone();
        holey.set("needs", "");
        applications::save_section(&signatory, id, Section::Context, &holey, None).await.unwrap();
        let points = queries::open_points(&editor, id).await.unwrap();
        assert_eq!(
            points.iter().map(|point| (point.section, point.field.as_str())).collect::<Vec<_>>(),
            [(Section::Context, "needs")]
        );
        assert_eq!(key(&refusal(applications::submit(&signatory, id, &declaration()).await)), "refused-open-points");
        applications::save_section(&signatory, id, Section::Context, &context, None).await.unwrap();
        assert_eq!(applications::submit(&signatory, id, &declaration()).await.unwrap(), 1);
        // The button pressed twice: the second time changes nothing and says why.
        assert_eq!(
            key(&refusal(applications::submit(&signatory, id, &declaration()).await)),
            "refused-application-not-editable"
        );
        assert_eq!(applications::revisions(&signatory, id).await.unwrap().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_submission_is_receipted_and_its_gist_is_in_the_list() {
    on_both(|world| async move {
        let call = open_call(&world).await;
        let (_, _, id) = submitted(&world, call).await;
        let administrator = world.staff(Role::Administrator).await;
        let mails = backend::mail::list(&administrator, &PageRequest::default()).await.unwrap();
        assert_eq!(mails.rows.iter().filter(|mail| mail.kind == "application-received").count(), 1);
        let officer = world.staff(Role::ProgrammeOfficer).await;
        let search = |text: &str| PageRequest { search: text.to_owned(), ..PageRequest::default() };
        for text in ["safe RETURN", "a-2026", "casa"] {
            let page = queries::list(&officer, &search(text)).await.unwrap();
            assert_eq!((page.total, page.rows[0].id, page.rows[0].requested.minor), (1, id, 3_000_000), "{text}");
            assert_eq!((page.rows[0].organisation.as_str(), page.rows[0].country.as_str()), ("Casa Aurora", "KE"));
        }
        assert_eq!(queries::list(&officer, &search("nothing such")).await.unwrap().total, 0);
        for sort in ["number", "title", "organisation", "state", "country", "requested"] {
            let request = PageRequest { sort: sort.to_owned(), ..PageRequest::default() };
            assert_eq!(queries::list(&officer, &request).await.unwrap().total, 1, "{sort}");
        }
        assert_eq!(calls::queries::pipeline(&officer, call).await.unwrap()[&ApplicationState::Submitted], 1);
    })
    .await;
}

#[tokio::test]
async fn a_revision_is_frozen_and_staff_read_it_instead_of_the_draft() {
    on_both(|world| async move {
        let call = open_call(&world).await;
        let (signatory, _, id) = submitted(&world, call).await;
        let officer = world.staff(Role::ProgrammeOfficer).await;
        applications::return_for_clarification(&officer, id, &comments("2026-07-15")).await.unwrap();
        let mut context = complete_sections().swap_remove(1).1;
        context.set("needs", "The rent explained.");
        // The clarification runs beyond the call's own deadline, and to its own second.
        let due = Utc.with_ymd_and_hms(2026, 7, 15, 21, 59, 59).unwrap();
        let at = |seconds| later(&signatory, due + chrono::TimeDelta::seconds(seconds));
        let late = applications::save_section(&at(1), id, Section::Context, &context, None).await;
        assert_eq!(key(&refusal(late)), "refused-deadline-passed");
        applications::save_section(&at(-60), id, Section::Context, &context, None).await.unwrap();
        let mut summary = complete_sections().swap_remove(0).1;
        summary.set("title", "Another title");
        applications::save_section(&at(-60), id, Section::Summary, &summary, None).await.unwrap();
        assert_eq!(
            queries::get(&officer, id).await.unwrap().title,
            "Safe return and recovery",
            "a draft's title is not seen"
        );
        let needs = |sections: domain::applications::Sections| sections[&Section::Context].get("needs").to_owned();
        assert_ne!(needs(applications::content(&officer, id).await.unwrap()), "The rent explained.");
        assert_eq!(needs(applications::content(&signatory, id).await.unwrap()), "The rent explained.");
        assert_eq!(applications::submit(&at(0), id, &declaration()).await.unwrap(), 2);
        assert_eq!(needs(applications::content(&officer, id).await.unwrap()), "The rent explained.");
        let first = applications::revision(&officer, id, 1).await.unwrap();
        assert_ne!(needs(first.sections), "The rent explained.");
        assert_eq!((first.documents.len(), first.declared_name.as_str()), (6, "Amina Diallo"));
        assert!(first.documents.iter().all(|document| document.sha256.len() == 64));
        let view = queries::get(&officer, id).await.unwrap();
        assert_eq!((view.state, view.revision), (ApplicationState::Submitted, 2));
        assert_eq!(view.title, "Another title");
    })
    .await;
}

#[tokio::test]
async fn another_organisation_finds_nothing_and_staff_find_no_draft() {
    on_both(|world| async move {
        let call = open_call(&world).await;
        let (signatory, _, id) = complete_draft(&world, call).await;
        let other = organisation_named(&world, "Other").await;
        let stranger = world.person(Role::OrganisationSignatory, Some(other), None).await;
        let officer = world.staff(Role::ProgrammeOfficer).await;
        for reader in [&stranger, &officer] {
            assert_eq!(refusal(queries::get(reader, id).await), AppError::NotFound);
            assert_eq!(refusal(applications::content(reader, id).await), AppError::NotFound);
            assert_eq!(refusal(applications::revisions(reader, id).await), AppError::NotFound);
            assert_eq!(queries::list(reader, &PageRequest::default()).await.unwrap().total, 0);
        }
        let saved = applications::save_section(&stranger, id, Section::Context, &Typed::default(), None).await;
        assert_eq!(refusal(saved), AppError::NotFound);
        assert_eq!(refusal(applications::submit(&stranger, id, &declaration()).await), AppError::NotFound);
        assert_eq!(refusal(applications::withdraw(&stranger, id, &Typed::default()).await), AppError::NotFound);
        assert_eq!(refusal(applications::sections(&stranger, id).await), AppError::NotFound);
        assert_eq!(refusal(queries::get(&signatory, ApplicationId(id.0 + 1000)).await), AppError::NotFound);
        let reviewer = world.staff(Role::TechnicalReviewer).await;
        applications::submit(&signatory, id, &declaration()).await.unwrap();
        assert_eq!(refusal(queries::get(&reviewer, id).await), AppError::NotFound);
        assert_eq!(queries::list(&reviewer, &PageRequest::default()).await.unwrap().total, 0);
    })
    .await;
}

#[tokio::test]
async fn screening_finds_eligible_or_not_and_checks_the_years_itself() {
    on_both(|world| async move {
        let call = open_call(&world).await;
        let (_, _, id) = submitted(&world, call).await;
        let officer = world.staff(Role::ProgrammeOfficer).await;
        world.sql("UPDATE organisations SET registration_date = '2023-07-01'").await;
        assert_eq!(
            key(&refusal(applications::screen(&officer, id, &eligible()).await)),
            "error-screening-registration"
        );
        world.sql("UPDATE organisations SET registration_date = '2023-06-30'").await;
        assert!(applications::screen(&officer, id, &eligible()).await.unwrap());
        let screenings = applications::screenings(&officer, id).await.unwrap();
        assert!(screenings[0].eligible && screenings[0].met.len() == 8);
        assert_eq!(queries::get(&officer, id).await.unwrap().state, ApplicationState::Eligible);
        assert_eq!(key(&refusal(applications::screen(&officer, id, &eligible()).await)), "error-screening-unchanged");

        let (_, _, other) = submitted(&world, call).await;
        let some = Typed::default().with("met", "non-profit").with("reasons", "No audited accounts.");
        assert_eq!(key(&refusal(applications::screen(&officer, other, &some).await)), "error-screening-told");
        let some = some.with("told", "The accounts are not audited.");
        assert!(!applications::screen(&officer, other, &some).await.unwrap());
        assert_eq!(queries::get(&officer, other).await.unwrap().state, ApplicationState::Ineligible);
        let auditor = world.staff(Role::Auditor).await;
        assert!(matches!(refusal(applications::screen(&auditor, other, &some).await), AppError::Forbidden(_)));
    })
    .await;
}

#[tokio::test]
async fn a_clarification_is_due_in_the_future() {
    on_both(|world| async move {
        let call = open_call(&world).await;
        let (_, _, id) = submitted(&world, call).await;
        let officer = world.staff(Role::ProgrammeOfficer).await;
        let today = applications::return_for_clarification(&officer, id, &comments("2026-06-01")).await;
        assert_eq!(key(&refusal(today)), "error-date-not-future");
        applications::return_for_clarification(&officer, id, &comments("2026-06-02")).await.unwrap();
        let administrator = world.staff(Role::Administrator).await;
        let mails = backend::mail::list(&administrator, &PageRequest::default()).await.unwrap();
        assert!(mails.rows.iter().any(|mail| mail.kind == "application-returned"));
    })
    .await;
}

#[tokio::test]
async fn hostile_text_in_every_field_of_every_section_is_kept_and_judged() {
    on_both(|world| async move {
        let (signatory, id) = draft(&world).await;
        let hostile = [
            "x".repeat(1_000_000),
            "</textarea><script>alert(1)</script>".to_owned(),
            "مرحبا \u{202e}abc\u{202c} 🧵👩🏽‍⚕️".to_owned(),
            "a\u{0}b\u{1b}[31m\u{7f}".to_owned(),
            "-1".to_owned(),
            "99999999999999999999999999".to_owned(),
            "0.001".to_owned(),
            "2026-02-30".to_owned(),
            "'; DROP TABLE applications; --".to_owned(),
        ];
        for section in Section::ALL.iter().copied().filter(|section| *section != Section::Documents) {
            for text in &hostile {
                let form = section.form();
                let mut typed = Typed::default();
                let names = form.fields.iter().map(|field| field.name.to_owned());
                let rows = form
                    .groups
                    .iter()
                    .flat_map(|group| group.fields.iter().map(|field| format!("{}.0.{}", group.name, field.name)));
                // A million signs in one field; everything else in all fields at once.
                let most = if text.len() > 1000 { 1 } else { usize::MAX };
                names.chain(rows).take(most).for_each(|name| typed.set(&name, text.as_str()));
                let saved = applications::save_section(&signatory, id, section, &typed, None).await;
                let saved = saved.unwrap_or_else(|error| panic!("{section}: {error}"));
                // Safeguarding has texts and ticks only, in which any words are an answer.
                assert!(!saved.open_points.is_empty() || section == Section::Safeguarding, "{section}");
                let view = applications::sections(&signatory, id).await.unwrap();
                assert_eq!(view.iter().find(|view| view.section == section).unwrap().typed, typed, "{section}");
                assert!(queries::get(&signatory, id).await.is_ok());
            }
        }
        let huge = Typed::default().with("needs", "x".repeat(4_000_000));
        let refused = applications::save_section(&signatory, id, Section::Context, &huge, None).await;
        assert_eq!(key(&refusal(refused)), "refused-section-too-large");
        assert!(applications::submit(&signatory, id, &declaration()).await.is_err());
    })
    .await;
}

#[tokio::test]
async fn a_field_that_the_section_does_not_have_is_not_stored() {
    on_both(|world| async move {
        let (signatory, id) = draft(&world).await;
        let typed = Typed::default().with("needs", "one").with("state", "awarded").with("back", "/x");
        applications::save_section(&signatory, id, Section::Context, &typed, None).await.unwrap();
        let views = applications::sections(&signatory, id).await.unwrap();
        let view = views.iter().find(|view| view.section == Section::Context).unwrap();
        assert_eq!(view.typed, Typed::default().with("needs", "one"));
    })
    .await;
}
