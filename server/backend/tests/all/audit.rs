//! The whole audit trail: who may read it, what finds a row, and what a row never tells.
#![allow(clippy::unwrap_used)]

use crate::support::grants::account;
use crate::support::{World, noon, on_both};
use backend::Context;
use backend::audit::{self, Kind, Wanted};
use backend::page::PageRequest;
use backend::users::disable;
use chrono::{DateTime, Utc};
use domain::errors::AppError;
use domain::roles::Role;

fn instant(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

/// Something that a person did at an instant, within a request.
async fn note(context: &Context, at: &str, request: &str, action: &str, kind: Kind, record: i64) {
    let context = Context { now: instant(at), request_id: request.to_owned(), ..context.clone() };
    let work = context.begin().await.unwrap();
    audit::note(&work, action, kind, record).await.unwrap();
    work.commit().await.unwrap();
}

fn search(words: &str) -> PageRequest {
    PageRequest { search: words.to_owned(), page: 1, ..PageRequest::default() }
}

async fn actions(reader: &Context, wanted: &Wanted, request: &PageRequest) -> Vec<String> {
    audit::list(reader, wanted, request).await.unwrap().rows.into_iter().map(|row| row.action).collect()
}

/// Five rows by three people, the system among them, on both sides of midnight in Vienna.
async fn told(world: &World) -> Context {
    let (finance, amina) = (world.staff(Role::FinanceOfficer).await, world.staff(Role::Administrator).await);
    let number = i64::from(amina.actor.user.unwrap());
    world.sql(&format!("UPDATE users SET search = 'amina diallo amina@example.org' WHERE id = {number}")).await;
    note(&finance, "2026-05-30T10:00:00Z", "r-1", "first", Kind::Rate, 7).await;
    note(&amina, "2026-05-31T21:59:59Z", "r-2", "before-midnight", Kind::Setting, 0).await;
    note(&amina, "2026-05-31T22:00:00Z", "r-3", "after-midnight", Kind::Rate, 8).await;
    note(&world.system(), "2026-06-01T05:00:00Z", "r-4", "by-the-system", Kind::Mail, 7).await;
    note(&finance, "2026-06-01T06:00:00Z", "r-4b", "last", Kind::PastImport, 7).await;
    world.staff(Role::Auditor).await
}

#[tokio::test]
async fn the_whole_trail_is_found_by_kind_record_person_request_and_day() {
    on_both(|world| async move {
        let auditor = told(&world).await;
        let day = |text: &str| Some(text.parse().unwrap());
        let all = Wanted::default();
        let cases = [
            (all, "", vec!["last", "by-the-system", "after-midnight", "before-midnight", "first"]),
            (Wanted { kind: Some(Kind::Rate), ..all }, "", vec!["after-midnight", "first"]),
            (Wanted { kind: Some(Kind::Rate), record: Some(7), ..all }, "", vec!["first"]),
            (Wanted { record: Some(7), ..all }, "", vec!["last", "by-the-system", "first"]),
            (all, "AMINA", vec!["after-midnight", "before-midnight"]),
            (all, "amina@example", vec!["after-midnight", "before-midnight"]),
            (Wanted { kind: Some(Kind::Setting), ..all }, "Diallo", vec!["before-midnight"]),
            (all, "r-4", vec!["by-the-system"]),
            (all, "system", vec!["by-the-system"]),
            (all, "nobody", vec![]),
            (Wanted { to: day("2026-05-31"), ..all }, "", vec!["before-midnight", "first"]),
            (Wanted { from: day("2026-06-01"), ..all }, "", vec!["last", "by-the-system", "after-midnight"]),
            (Wanted { from: day("2026-05-31"), to: day("2026-05-31"), ..all }, "", vec!["before-midnight"]),
        ];
        for (wanted, words, expected) in cases {
            assert_eq!(actions(&auditor, &wanted, &search(words)).await, expected, "{wanted:?} {words:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn the_trail_is_cut_into_pages_and_a_record_says_how_many_rows_it_has() {
    on_both(|world| async move {
        let finance = world.staff(Role::FinanceOfficer).await;
        for number in 0..30 {
            let at = format!("2026-05-01T10:00:{number:02}Z");
            note(&finance, &at, "r", &format!("step-{number}"), Kind::Pledge, 4).await;
        }
        note(&finance, "2026-05-02T10:00:00Z", "r", "other", Kind::Pledge, 5).await;
        let auditor = world.staff(Role::Auditor).await;
        let beside = audit::of(&auditor, Kind::Pledge, 4).await.unwrap();
        assert_eq!((beside.rows.len(), beside.total, beside.rows[0].action.as_str()), (25, 30, "step-29"));
        let wanted = Wanted { kind: Some(Kind::Pledge), record: Some(4), ..Wanted::default() };
        let second = audit::list(&auditor, &wanted, &PageRequest { page: 2, ..search("") }).await.unwrap();
        assert_eq!((second.rows.len(), second.total, second.pages()), (5, 30, 2));
        assert_eq!(second.rows[4].action, "step-0");
    })
    .await;
}

#[tokio::test]
async fn nobody_but_auditors_and_administrators_reads_the_trail() {
    on_both(|world| async move {
        told(&world).await;
        for role in Role::ALL {
            let reader = world.person(*role, None, None).await;
            let found = audit::list(&reader, &Wanted::default(), &search("")).await.map_err(AppError::from);
            match role {
                Role::Auditor | Role::Administrator => assert_eq!(found.unwrap().total, 5, "{role}"),
                _ => assert!(matches!(found, Err(AppError::Forbidden(_))), "{role}"),
            }
        }
    })
    .await;
}

#[tokio::test]
async fn the_trail_tells_of_the_funds_account_by_its_last_digits_and_of_an_account_that_was_shut() {
    on_both(|world| async move {
        let administrator = world.staff(Role::Administrator).await;
        let (first, second) = ("AT483200000012345864", "AT611904300234573201");
        let approver = world.staff(Role::ApprovingOfficer).await;
        crate::support::grants::fund_account(&world, &approver, &account(first)).await;
        crate::support::grants::fund_account(&world, &approver, &account(second)).await;
        let person = world.staff(Role::FinanceOfficer).await;
        disable(&administrator, person.actor.user.unwrap()).await.unwrap();
        let auditor = world.at(world.staff(Role::Auditor).await.actor, noon());
        let found = audit::list(&auditor, &Wanted::default(), &search("")).await.unwrap();
        assert_eq!(found.rows[0].action, "audit-user-disabled");
        assert_eq!((found.rows[1].kind, found.rows[1].action.as_str()), (Kind::Setting, "audit-fund-account"));
        let text = format!("{found:?}");
        assert!(text.contains("…5864") && text.contains("…3201"), "{text}");
        assert!(!text.contains("12345864") && !text.contains("34573201"), "{text}");
    })
    .await;
}

#[test]
fn every_kind_of_record_has_a_name_in_both_languages() {
    let missing: Vec<String> =
        Kind::ALL.iter().map(|kind| kind.label_key()).filter(|key| !i18n::is_complete(key)).collect();
    assert_eq!(missing, Vec::<String>::new());
}
