//! Room for the documents of an organisation, and files that are not what was uploaded.

use super::*;

/// The same person where an organisation's documents may take so many bytes.
fn with_quota(context: &backend::Context, bytes: i64) -> backend::Context {
    let services = backend::Services { document_quota: bytes, ..(*context.services).clone() };
    backend::Context { services: std::sync::Arc::new(services), ..context.clone() }
}

#[tokio::test]
async fn an_organisation_has_room_for_so_many_bytes_and_no_more_and_removing_makes_room() {
    on_both(|world| async move {
        let call = open_call(&world).await;
        let organisation = organisation_named(&world, "Large").await;
        let signatory = world.person(Role::OrganisationSignatory, Some(organisation), None).await;
        let signatory = with_quota(&signatory, 3_000_000);
        let id = applications::create(&signatory, call, &start()).await.unwrap();
        let folder = world.services.data_dir.join("documents");
        let pdf = |number: u8, bytes: usize| [&b"%PDF-1.7\n"[..], &vec![number; bytes]].concat();
        let upload = |kind: &'static str, bytes: Vec<u8>| documents::upload(&signatory, id, kind, "a.pdf", bytes);
        let first = upload("statutes", pdf(1, 1_400_000)).await.unwrap();
        upload("audited-accounts", pdf(2, 1_400_000)).await.unwrap();
        let before = files(&folder);
        let error = refusal(upload("activity-report", pdf(3, 1_400_000)).await);
        let AppError::Invalid(errors) = &error else { unreachable!("{error:?}") };
        let text = i18n::Reader::new(Language::English).message(&errors.0[0].message);
        assert!(["2", "3"].iter().all(|number| text.contains(&format!("{number} MB"))), "{text}");
        assert_eq!(files(&folder), before, "what is refused is not kept");
        // Uploading and removing for ever takes no more room than the documents that are there.
        for number in 10..30 {
            let small = upload("activity-report", pdf(number, 100_000)).await.unwrap();
            documents::remove(&signatory, id, small).await.unwrap();
        }
        assert_eq!(files(&folder), before);
        documents::remove(&signatory, id, first).await.unwrap();
        upload("activity-report", pdf(3, 1_400_000)).await.unwrap();
        // Another organisation has its own.
        let stranger = world.person(Role::OrganisationSignatory, Some(organisation_named(&world, "Other").await), None);
        let stranger = with_quota(&stranger.await, 3_000_000);
        let other = applications::create(&stranger, call, &start()).await.unwrap();
        documents::upload(&stranger, other, "statutes", "a.pdf", pdf(2, 1_400_000)).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn the_same_content_removed_by_one_and_added_by_another_at_once_is_there_for_whoever_has_it() {
    on_both(|world| async move {
        let call = open_call(&world).await;
        let mut people = Vec::new();
        for name in ["One", "Two", "Three"] {
            let organisation = organisation_named(&world, name).await;
            let signatory = world.person(Role::OrganisationSignatory, Some(organisation), None).await;
            let id = applications::create(&signatory, call, &start()).await.unwrap();
            people.push((signatory, id));
        }
        let work = |signatory: backend::Context, id: ApplicationId| async move {
            for turn in 0..8 {
                let added = documents::upload(&signatory, id, "statutes", "a.pdf", PDF.to_vec()).await.unwrap();
                let added_content = documents::download(&signatory, added).await.unwrap();
                assert_eq!(read(added_content), PDF, "what was added is there");
                if turn < 7 {
                    documents::remove(&signatory, id, added).await.unwrap();
                }
            }
        };
        let works: Vec<_> = people.iter().map(|(person, id)| tokio::spawn(work(person.clone(), *id))).collect();
        for work in works {
            work.await.unwrap();
        }
        assert_eq!(files(&world.services.data_dir.join("documents")), 1);
        for (signatory, id) in &people {
            let known = documents::list(signatory, *id).await.unwrap();
            assert!(documents::download(signatory, known[0].id).await.is_ok());
        }
    })
    .await;
}

#[tokio::test]
async fn a_document_that_changed_on_the_disk_is_told_and_not_handed_out() {
    on_both(|world| async move {
        let call = open_call(&world).await;
        let (signatory, _, id) = complete_draft(&world, call).await;
        let document = documents::list(&signatory, id).await.unwrap()[0].clone();
        let folder = world.services.data_dir.join("documents");
        let place = folder.join(&document.sha256[..2]).join(&document.sha256[2..4]).join(&document.sha256);
        let whole = std::fs::read(&place).unwrap();
        assert!(documents::check(&world.system()).await.unwrap().findings.is_empty());
        std::fs::write(&place, [&whole[..whole.len() - 1], b"!"].concat()).unwrap();
        assert_eq!(key(&refusal(documents::download(&signatory, document.id).await)), "refused-document-damaged");
        let checked = documents::check(&world.system()).await.unwrap();
        assert!(checked.findings[0].contains(&document.sha256) && checked.findings.len() == 1, "{checked:?}");
        std::fs::remove_file(&place).unwrap();
        assert_eq!(documents::check(&world.system()).await.unwrap().findings.len(), 1);
        // One that nobody can open need not be there.
        documents::remove(&signatory, id, document.id).await.unwrap();
        assert!(documents::check(&world.system()).await.unwrap().findings.is_empty());
    })
    .await;
}
