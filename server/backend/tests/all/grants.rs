//! Grants: offering the agreement, countersigning, closing, reading.
#![allow(clippy::unwrap_used)]

use crate::support::grants::{AWARD, awarded, because, commanded, on};
use crate::support::{later, noon, on_both};
use backend::grants::{close, countersign, offer, queries, take_back, terminate};
use backend::page::PageRequest;
use domain::errors::AppError;
use domain::forms::Typed;
use domain::grants::GrantState;
use domain::ids::OrganisationId;
use domain::roles::Role;

fn agreement(months: &str) -> Typed {
    Typed::default().with("start_date", "2026-06-01").with("months", months)
}

fn signature() -> Typed {
    Typed::default().with("accept", "yes").with("full_name", "Maya Rai")
}

#[tokio::test]
async fn an_agreement_is_offered_with_its_reports_and_countersigned() {
    on_both(|world| async move {
        let case = awarded(world).await;
        offer(&case.officer, case.grant, &agreement("18")).await.unwrap();
        let view = queries::get(&case.signatory, case.grant).await.unwrap();
        assert_eq!(view.row.state, GrantState::ToSign);
        assert_eq!(view.row.end_date.unwrap().to_string(), "2027-11-30");
        assert_eq!(view.reports.len(), 3);
        let after: Vec<_> = view.instalments.iter().map(|instalment| instalment.after_report).collect();
        assert_eq!(after, [None, Some(1), Some(3)]);
        assert_eq!(case.world.number("SELECT COUNT(*) AS value FROM outbox WHERE kind = 'agreement-to-sign'").await, 2);
        countersign(&case.signatory, case.grant, &signature()).await.unwrap();
        let view = queries::get(&case.officer, case.grant).await.unwrap();
        assert_eq!((view.row.state, view.countersigned_name.as_deref()), (GrantState::Active, Some("Maya Rai")));
        assert_eq!(view.countersigned_at, Some(noon()));
        assert_eq!(view.funding.iter().map(|part| part.amount.minor).sum::<i64>(), AWARD);
        assert!(view.instalments[0].obstacle.is_none() && view.instalments[1].obstacle.is_some());
        case.world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn with_one_report_every_later_instalment_waits_for_it() {
    on_both(|world| async move {
        let case = awarded(world).await;
        case.world.sql("UPDATE calls SET shortest_months = 6").await;
        offer(&case.officer, case.grant, &agreement("6")).await.unwrap();
        let view = queries::get(&case.officer, case.grant).await.unwrap();
        let after: Vec<_> = view.instalments.iter().map(|instalment| instalment.after_report).collect();
        assert_eq!(after, [None, Some(1), Some(1)]);
    })
    .await;
}

#[tokio::test]
async fn an_agreement_lasts_as_long_as_the_call_allows() {
    on_both(|world| async move {
        let case = awarded(world).await;
        for months in ["0", "1", "11", "25", "60"] {
            let refused = AppError::from(offer(&case.officer, case.grant, &agreement(months)).await.unwrap_err());
            let AppError::Invalid(errors) = refused else { panic!("{months}: {refused:?}") };
            assert_eq!(errors.of("months").unwrap().key, "error-agreement-months", "{months}");
        }
        assert_eq!(case.world.number("SELECT COUNT(*) AS value FROM reports").await, 0);
        offer(&case.officer, case.grant, &agreement("24")).await.unwrap();
        assert_eq!(queries::get(&case.officer, case.grant).await.unwrap().months, 24);
    })
    .await;
}

#[tokio::test]
async fn an_agreement_is_offered_once_and_signed_by_the_own_signatory_only() {
    on_both(|world| async move {
        let case = awarded(world).await;
        let early = AppError::from(countersign(&case.signatory, case.grant, &signature()).await.unwrap_err());
        assert!(matches!(early, AppError::Refused(_)), "{early:?}");
        offer(&case.officer, case.grant, &agreement("12")).await.unwrap();
        assert!(offer(&case.officer, case.grant, &agreement("12")).await.is_err());
        let editor = AppError::from(countersign(&case.editor, case.grant, &signature()).await.unwrap_err());
        assert!(matches!(editor, AppError::Forbidden(_)), "{editor:?}");
        let mut other = case.signatory.clone();
        other.actor.organisation = Some(OrganisationId(case.organisation.0 + 1));
        assert_eq!(
            AppError::from(countersign(&other, case.grant, &signature()).await.unwrap_err()),
            AppError::NotFound
        );
        assert_eq!(AppError::from(queries::get(&other, case.grant).await.unwrap_err()), AppError::NotFound);
        assert_eq!(queries::list(&other, &PageRequest::default()).await.unwrap().total, 0);
        let untouched = countersign(&case.signatory, case.grant, &Typed::default().with("full_name", "Maya Rai")).await;
        assert!(matches!(AppError::from(untouched.unwrap_err()), AppError::Invalid(_)));
    })
    .await;
}

#[tokio::test]
async fn grants_are_found_by_number_title_and_organisation() {
    on_both(|world| async move {
        let case = awarded(world).await;
        for search in ["g-2026", "SAFE", "aurora"] {
            let request =
                PageRequest { search: search.to_owned(), sort: "organisation".to_owned(), ..PageRequest::default() };
            assert_eq!(queries::list(&case.officer, &request).await.unwrap().total, 1, "{search}");
        }
        let closed = PageRequest { filter: "closed".to_owned(), ..PageRequest::default() };
        assert_eq!(queries::list(&case.officer, &closed).await.unwrap().total, 0);
    })
    .await;
}

#[tokio::test]
async fn a_grant_is_closed_once_everything_is_reported_paid_and_accounted_for() {
    on_both(|world| async move {
        let case = awarded(world).await.active().await;
        let refused = |error| match AppError::from(error) {
            AppError::Refused(message) => message.key,
            other => format!("{other:?}"),
        };
        assert_eq!(refused(close(&case.officer, case.grant, &commanded()).await.unwrap_err()), "refused-close-reports");
        let first = case.request(1, noon()).await.unwrap();
        case.pay(first, noon()).await;
        // More than the advance of half the award: what is beyond it waits for the second instalment.
        case.reported(1, [1_500_000, 1_500_000, 0], on("2026-12-10")).await;
        assert_eq!((case.balance("1200").await, case.balance("5000").await), (0, 2_500_001));
        let second = case.request(2, on("2026-12-11")).await.unwrap();
        case.pay(second, on("2026-12-11")).await;
        assert_eq!(case.balance("5000").await, 3_000_000);
        case.reported(2, [500_000, 1_000_001, 500_000], on("2027-07-01")).await;
        let late = later(&case.officer, on("2027-07-02"));
        assert_eq!(refused(close(&late, case.grant, &commanded()).await.unwrap_err()), "refused-close-instalments");
        let last = case.request(3, on("2027-07-02")).await.unwrap();
        case.pay(last, on("2027-07-02")).await;
        assert_eq!((case.balance("1200").await, case.balance("5000").await, case.balance("9000").await), (0, AWARD, 0));
        let by_earmark = case
            .world
            .number("SELECT COUNT(*) AS value FROM (SELECT account, earmark FROM postings WHERE account IN ('1200', '9000', '2000') GROUP BY account, earmark HAVING SUM(usd_minor) <> 0) AS open")
            .await;
        assert_eq!(by_earmark, 0, "every earmark is used up to the cent");
        close(&late, case.grant, &commanded()).await.unwrap();
        assert_eq!(queries::get(&late, case.grant).await.unwrap().row.state, GrantState::Closed);
        case.world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn an_agreement_starts_within_a_year_from_today() {
    on_both(|world| async move {
        let case = awarded(world).await;
        for far in ["1900-01-01", "2025-05-31", "2027-06-02"] {
            let typed = Typed::default().with("start_date", far).with("months", "12");
            let AppError::Invalid(errors) = AppError::from(offer(&case.officer, case.grant, &typed).await.unwrap_err())
            else {
                panic!("{far}")
            };
            assert_eq!(errors.of("start_date").unwrap().key, "error-agreement-start");
        }
        assert_eq!(case.world.number("SELECT COUNT(*) AS value FROM reports").await, 0);
        let near = Typed::default().with("start_date", "2027-06-01").with("months", "12");
        offer(&case.officer, case.grant, &near).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_grant_that_is_never_signed_gives_its_money_back() {
    on_both(|world| async move {
        let case = awarded(world).await;
        offer(&case.officer, case.grant, &agreement("12")).await.unwrap();
        let database = &case.world.services.database;
        let before = backend::ledger::queries::position(database).await.unwrap();
        assert!(terminate(&case.officer, case.grant, &commanded()).await.is_err(), "a reason is needed");
        let form = because("The organisation closed down");
        assert!(matches!(
            AppError::from(terminate(&case.finance, case.grant, &form).await.unwrap_err()),
            AppError::Forbidden(_)
        ));
        case.world.person(Role::OrganisationEditor, case.signatory.actor.organisation, None).await;
        terminate(&case.officer, case.grant, &form).await.unwrap();
        let entries = case.entries().await;
        terminate(&case.officer, case.grant, &form).await.unwrap();
        assert_eq!(case.entries().await, entries, "the same command again changes nothing");
        let after = backend::ledger::queries::position(database).await.unwrap();
        assert_eq!((after.committed, after.available), (before.committed - AWARD, before.available + AWARD));
        let sources = backend::contributions::sources(database).await.unwrap();
        assert_eq!(sources.iter().map(|source| source.available).sum::<i64>(), after.available);
        let view = queries::get(&case.signatory, case.grant).await.unwrap();
        assert_eq!(
            (view.row.state, view.ended_reason.as_str()),
            (GrantState::Terminated, "The organisation closed down")
        );
        assert!(view.reports.is_empty() && view.open.minor == 0);
        let told =
            "SELECT COUNT(*) AS value FROM outbox WHERE kind = 'grant-terminated' AND text_body LIKE '%closed down%'";
        let signatory =
            format!("{told} AND to_address IN (SELECT email FROM users WHERE role = 'organisation-signatory')");
        assert_eq!((case.world.number(told).await, case.world.number(&signatory).await), (1, 1), "the signatory, once");
        let signed = AppError::from(countersign(&case.signatory, case.grant, &signature()).await.unwrap_err());
        assert!(matches!(signed, AppError::Refused(_)), "{signed:?}");
        case.world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn an_agreement_with_a_wrong_day_is_taken_back_and_offered_anew() {
    on_both(|world| async move {
        let case = awarded(world).await;
        case.world.person(Role::OrganisationEditor, case.signatory.actor.organisation, None).await;
        let reason = Typed::default().with("mistake", "It should begin a month later");
        let key = |error| match AppError::from(error) {
            AppError::Refused(message) => message.key,
            other => format!("{other:?}"),
        };
        let early = take_back(&case.officer, case.grant, &reason).await.unwrap_err();
        assert_eq!(key(early), "refused-grant-transition");
        offer(&case.officer, case.grant, &agreement("18")).await.unwrap();
        let read = queries::get(&case.signatory, case.grant).await.unwrap().offered_at.unwrap();
        let without = AppError::from(take_back(&case.officer, case.grant, &Typed::default()).await.unwrap_err());
        assert!(matches!(without, AppError::Invalid(_)), "{without:?}");
        for other in [&case.director, &case.finance, &case.signatory] {
            let forbidden = AppError::from(take_back(other, case.grant, &reason).await.unwrap_err());
            assert!(matches!(forbidden, AppError::Forbidden(_)), "{forbidden:?}");
        }
        take_back(&case.officer, case.grant, &reason).await.unwrap();
        let view = queries::get(&case.signatory, case.grant).await.unwrap();
        assert_eq!(
            (view.row.state, view.taken_back_reason.as_str()),
            (GrantState::Preparing, "It should begin a month later")
        );
        assert_eq!((view.start_date, view.row.end_date, view.offered_at), (None, None, None));
        assert!(view.reports.is_empty(), "nobody owes a report of an agreement that nobody signs");
        assert_eq!(view.open.minor, AWARD, "the money stays committed");
        let told = "SELECT COUNT(*) AS value FROM outbox WHERE kind = 'agreement-taken-back' AND text_body LIKE '%month later%'";
        let signatory =
            format!("{told} AND to_address IN (SELECT email FROM users WHERE role = 'organisation-signatory')");
        assert_eq!((case.world.number(told).await, case.world.number(&signatory).await), (1, 1), "the signatory, once");
        let trail = "SELECT COUNT(*) AS value FROM audit WHERE action = 'audit-grant-take-back' AND after LIKE '%month later%'";
        assert_eq!(case.world.number(trail).await, 1);
        assert!(countersign(&case.signatory, case.grant, &signature()).await.is_err());

        let anew = Typed::default().with("start_date", "2026-07-01").with("months", "12");
        offer(&later(&case.officer, on("2026-06-02")), case.grant, &anew).await.unwrap();
        let view = queries::get(&case.signatory, case.grant).await.unwrap();
        assert_eq!((view.start_date.unwrap().to_string(), view.reports.len()), ("2026-07-01".to_owned(), 2));
        let after: Vec<_> = view.instalments.iter().map(|instalment| instalment.after_report).collect();
        assert_eq!((after, view.taken_back_reason.as_str()), (vec![None, Some(1), Some(2)], ""));
        // The page that was opened before shows other terms.
        let old = countersign(&case.signatory, case.grant, &signature().with("seen", read.to_rfc3339())).await;
        assert_eq!(key(old.unwrap_err()), "refused-countersign-changed");
        let seen = signature().with("seen", view.offered_at.unwrap().to_rfc3339());
        countersign(&case.signatory, case.grant, &seen).await.unwrap();
        let signed = take_back(&case.officer, case.grant, &reason).await.unwrap_err();
        assert_eq!(key(signed), "refused-grant-transition");
        case.world.assert_books().await;
    })
    .await;
}
