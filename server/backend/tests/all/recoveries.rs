//! Grants that end with money not spent: what is free again, what has to be paid back, and to whom it goes.
#![allow(clippy::unwrap_used)]

use crate::support::grants::{AWARD, Case, awarded, because, command, commanded, on};
use crate::support::{later, noon, on_both};
use backend::grants::recoveries::{queries, receive, write_off};
use backend::grants::{self, close, open_recovery, terminate};
use backend::ledger::queries::position;
use backend::page::PageRequest;
use domain::errors::AppError;
use domain::forms::Typed;
use domain::grants::GrantState;
use domain::ids::RecoveryId;
use domain::money::Money;
use domain::recoveries::RecoveryState;
use sea_orm::ConnectionTrait as _;

fn refused(error: backend::Error) -> String {
    match AppError::from(error) {
        AppError::Refused(message) => message.key,
        AppError::Invalid(errors) => errors.0[0].message.key.clone(),
        other => format!("{other:?}"),
    }
}

/// The first instalment paid, and of its 25,000.01 dollars so much accepted as spent.
async fn spent(case: &Case, spent: i64) {
    let first = case.request(1, noon()).await.unwrap();
    case.pay(first, noon()).await;
    case.reported(1, [spent, 0, 0], on("2026-12-10")).await;
}

fn money_back(amount: i64, day: &str) -> Typed {
    commanded()
        .with("amount", Money::usd(amount).to_decimal().to_string())
        .with("date", day)
        .with("bank_reference", command())
}

async fn recovery(case: &Case) -> RecoveryId {
    RecoveryId(case.world.number("SELECT id AS value FROM recoveries").await)
}

#[tokio::test]
async fn a_running_grant_that_is_terminated_gives_back_what_is_not_paid_and_owes_what_is_not_spent() {
    on_both(|world| async move {
        let case = awarded(world).await.active().await;
        let database = &case.world.services.database;
        let before = position(database).await.unwrap();
        spent(&case, 1_000_000).await;
        let paid = 2_500_001;
        let day = on("2027-01-10");
        let form = because("The office was closed by the authorities");
        let early = terminate(&later(&case.officer, day), case.grant, &form).await.unwrap_err();
        assert!(matches!(AppError::from(early), AppError::Forbidden(_)), "signed by both: not the officer's to end");
        terminate(&later(&case.director, day), case.grant, &form).await.unwrap();
        let entries = case.entries().await;
        terminate(&later(&case.director, day), case.grant, &form).await.unwrap();
        assert_eq!(case.entries().await, entries, "the same command again changes nothing");
        let after = position(database).await.unwrap();
        assert_eq!(after.committed, paid);
        assert_eq!(after.available, before.available + AWARD - paid);
        assert_eq!((case.balance("9000").await, case.balance("1200").await), (0, 0));
        assert_eq!(case.balance("1210").await, paid - 1_000_000);
        let view = grants::queries::get(&later(&case.signatory, day), case.grant).await.unwrap();
        assert_eq!(view.row.state, GrantState::Terminated);
        assert_eq!(view.recovery.as_ref().unwrap().left, Money::usd(paid - 1_000_000));
        assert_eq!(view.reports.len(), 1, "the report that was accepted stays, the other is dropped");
        let shares: i64 = view.funding.iter().map(|part| part.amount.minor).sum();
        assert_eq!(shares, 0, "an organisation does not see the donors");
        let staff = grants::queries::get(&later(&case.officer, day), case.grant).await.unwrap();
        assert_eq!(staff.funding.iter().map(|part| part.amount.minor).sum::<i64>(), paid);
        case.world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn what_is_paid_back_in_parts_goes_to_the_receipts_that_paid_to_the_cent() {
    on_both(|world| async move {
        let case = awarded(world).await.active().await;
        spent(&case, 1_000_000).await;
        let day = on("2027-01-10");
        terminate(&later(&case.director, day), case.grant, &because("Ended")).await.unwrap();
        let database = &case.world.services.database;
        let before = backend::contributions::sources(database).await.unwrap();
        let id = recovery(&case).await;
        let finance = later(&case.finance, on("2027-01-20"));
        let owed = 1_500_001;
        // What stands for a contribution stands for no recovery.
        let first = "(SELECT MIN(id) FROM receipts)";
        case.world.sql(&format!("UPDATE receipts SET bank_reference = 'CONTRIBUTED' WHERE id = {first}")).await;
        for (amount, left) in [(333, owed - 333), (700_001, owed - 700_334), (owed - 700_334, 0)] {
            let mut taken = money_back(amount, "2027-01-15");
            taken.set("bank_reference", "CONTRIBUTED");
            assert_eq!(refused(receive(&finance, id, &taken).await.unwrap_err()), "error-recovery-reference-used");
            let form = money_back(amount, "2027-01-15");
            receive(&finance, id, &form).await.unwrap();
            let entries = case.entries().await;
            receive(&finance, id, &form).await.unwrap();
            assert_eq!(case.entries().await, entries, "the same command again changes nothing");
            assert_eq!(queries::get(&finance, id).await.unwrap().row.left, Money::usd(left));
            case.world.assert_books().await;
        }
        let view = queries::get(&finance, id).await.unwrap();
        assert_eq!(view.row.state, RecoveryState::Settled);
        assert!(view.shares.iter().all(|share| share.received == share.amount));
        let after = backend::contributions::sources(database).await.unwrap();
        let back: i64 = after.iter().zip(&before).map(|(after, before)| after.available - before.available).sum();
        assert_eq!(back, owed);
        for (share, (after, before)) in view.shares.iter().zip(after.iter().zip(&before)) {
            assert_eq!(after.available - before.available, share.amount.minor, "to the receipt that paid");
            assert_eq!(after.earmark, share.earmark, "with its earmark");
        }
        assert_eq!(position(database).await.unwrap().disbursed, 1_000_000, "what came back is not disbursed");
        assert_eq!(case.world.number("SELECT COUNT(*) AS value FROM outbox WHERE kind = 'recovery-received'").await, 6);
    })
    .await;
}

#[tokio::test]
async fn only_the_executive_director_writes_off_with_a_reason_and_never_more_than_is_owed() {
    on_both(|world| async move {
        let case = awarded(world).await.active().await;
        spent(&case, 1_000_000).await;
        let day = on("2027-01-10");
        terminate(&later(&case.director, day), case.grant, &because("Ended")).await.unwrap();
        let database = &case.world.services.database;
        let id = recovery(&case).await;
        let available = position(database).await.unwrap().available;
        let (finance, director) = (later(&case.finance, day), later(&case.director, day));
        let lost = |amount: i64| {
            because("The organisation is insolvent").with("amount", Money::usd(amount).to_decimal().to_string())
        };
        let wrong = AppError::from(write_off(&finance, id, &lost(100)).await.unwrap_err());
        assert!(matches!(wrong, AppError::Forbidden(_)), "{wrong:?}");
        assert_eq!(refused(write_off(&director, id, &lost(1_500_002)).await.unwrap_err()), "error-recovery-too-much");
        assert_eq!(refused(write_off(&director, id, &lost(0)).await.unwrap_err()), "error-recovery-zero");
        assert!(write_off(&director, id, &commanded().with("amount", "1.00")).await.is_err(), "without a reason");
        assert_eq!(
            refused(receive(&finance, id, &money_back(5, "2027-01-09")).await.unwrap_err()),
            "error-recovery-too-early"
        );
        assert_eq!(
            refused(receive(&finance, id, &money_back(5, "2027-01-11")).await.unwrap_err()),
            "error-recovery-in-future"
        );
        let first = money_back(500_000, "2027-01-10");
        receive(&finance, id, &first).await.unwrap();
        let again = money_back(1, "2027-01-10").with("x", "y");
        let mut again = again;
        again.set("bank_reference", first.get("bank_reference"));
        assert_eq!(refused(receive(&finance, id, &again).await.unwrap_err()), "error-recovery-reference-used");
        write_off(&director, id, &lost(1_000_001)).await.unwrap();
        let view = queries::get(&finance, id).await.unwrap();
        assert_eq!((view.row.state, view.row.left), (RecoveryState::Settled, Money::usd(0)));
        assert_eq!(position(database).await.unwrap().available, available + 500_000, "what is lost is not available");
        assert_eq!(case.balance("5210").await, 1_000_001);
        case.world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn a_payment_or_a_report_under_way_has_to_be_settled_before_a_grant_ends() {
    on_both(|world| async move {
        let case = awarded(world).await.active().await;
        let first = case.request(1, noon()).await.unwrap();
        let stop = because("Stop");
        assert_eq!(refused(terminate(&case.director, case.grant, &stop).await.unwrap_err()), "refused-end-payment");
        case.pay(first, noon()).await;
        let report = case.report(1).await;
        let day = on("2026-12-10");
        backend::reports::save(&later(&case.editor, day), report, &crate::support::grants::report_form([1, 0, 0]))
            .await
            .unwrap();
        backend::reports::submit(&later(&case.signatory, day), report, &crate::support::grants::signed())
            .await
            .unwrap();
        let late = later(&case.director, day);
        assert_eq!(refused(terminate(&late, case.grant, &stop).await.unwrap_err()), "refused-end-report");
        let comments = Typed::default().with("comments", "Explain");
        backend::reports::return_to_organisation(&later(&case.officer, day), report, &comments).await.unwrap();
        // The organisation may answer until the report is late; who is late has not accounted for it.
        let refusal = refused(terminate(&late, case.grant, &stop).await.unwrap_err());
        assert_eq!(refusal, "refused-end-returned-report");
        let sql = format!(
            "SELECT id AS value FROM reports WHERE id = {} AND due < '{}'",
            report.0,
            on("2026-12-31").date_naive()
        );
        assert_eq!(case.world.number(&sql).await, report.0);
        terminate(&later(&case.director, on("2026-12-31")), case.grant, &stop).await.unwrap();
        assert_eq!(case.balance("1210").await, 2_500_001);
        case.world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn a_grant_that_spent_less_than_it_was_paid_closes_and_owes_the_rest() {
    on_both(|world| async move {
        let case = awarded(world).await.active().await;
        spent(&case, 1_000_000).await;
        let last = case.report(2).await;
        let mut form = crate::support::grants::report_form([1_200_000, 0, 0]);
        for row in 0..3 {
            form.set(&format!("expenditure.{row}.explanation"), "Fewer people came than planned");
        }
        let day = on("2027-07-01");
        backend::reports::save(&later(&case.editor, day), last, &form).await.unwrap();
        backend::reports::submit(&later(&case.signatory, day), last, &crate::support::grants::signed()).await.unwrap();
        backend::reports::accept(&later(&case.officer, day), last, &Typed::default()).await.unwrap();
        let late = later(&case.officer, on("2027-07-02"));
        close(&late, case.grant, &commanded()).await.unwrap();
        assert_eq!((case.balance("9000").await, case.balance("1210").await), (0, 300_001));
        let view = grants::queries::get(&late, case.grant).await.unwrap();
        assert_eq!(view.row.state, GrantState::Closed);
        assert_eq!(view.recovery.unwrap().due.to_string(), "2027-08-01");
        let open = open_recovery(&case.world.services.database, case.organisation).await.unwrap();
        assert_eq!(open, Some(Money::usd(300_001)));
        case.world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn an_organisation_that_owes_gets_no_instalment_and_sees_only_its_own_recoveries() {
    on_both(|world| async move {
        let case = awarded(world).await.active().await;
        spent(&case, 1_800_000).await;
        terminate(&later(&case.director, on("2027-01-10")), case.grant, &because("Ended")).await.unwrap();
        let id = recovery(&case).await;
        // As if the same organisation had one more grant, which runs.
        case.world.sql("UPDATE grants SET state = 'active'").await;
        case.world.sql("UPDATE reports SET due = '2028-01-01'").await;
        assert_eq!(refused(case.request(2, on("2027-01-11")).await.unwrap_err()), "refused-open-recovery");
        case.world.sql("UPDATE grants SET state = 'terminated'").await;
        let own = queries::list(&case.signatory, &PageRequest::default()).await.unwrap();
        assert_eq!(own.rows[0].left, Money::usd(700_001));
        let mut other = case.signatory.clone();
        other.actor.organisation = Some(domain::ids::OrganisationId(case.organisation.0 + 1));
        assert_eq!(queries::list(&other, &PageRequest::default()).await.unwrap().total, 0);
        assert_eq!(AppError::from(queries::get(&other, id).await.unwrap_err()), AppError::NotFound);
        case.world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn of_twenty_terminations_at_once_one_takes_effect_and_the_books_balance() {
    on_both(|world| async move {
        let case = awarded(world).await.active().await;
        let first = case.request(1, noon()).await.unwrap();
        case.pay(first, noon()).await;
        let tries = (0..20).map(|_| {
            let director = case.director.clone();
            let grant = case.grant;
            tokio::spawn(async move { terminate(&director, grant, &because("Ended")).await.is_ok() })
        });
        let mut done = 0;
        for one in tries.collect::<Vec<_>>() {
            done += i64::from(one.await.unwrap());
        }
        assert_eq!(done, 1);
        assert_eq!(case.balance("1210").await, 2_500_001);
        case.world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn what_was_taken_given_back_signed_and_waived_is_never_changed_or_deleted() {
    on_both(|world| async move {
        let case = awarded(world).await.active().await;
        spent(&case, 1_000_000).await;
        terminate(&later(&case.director, on("2027-01-10")), case.grant, &because("Ended")).await.unwrap();
        let id = recovery(&case).await;
        receive(&later(&case.finance, on("2027-01-20")), id, &money_back(333, "2027-01-15")).await.unwrap();
        let world = &case.world;
        world
            .sql(
                "INSERT INTO condition_waivers (instalment_id, condition, reason, waived_by_name, waived_at, after_step) \
                 SELECT MIN(id), 'vetted', 'Winter', 'Test', '2027-01-01 00:00:00+00:00', 0 FROM instalments",
            )
            .await;
        for table in ["grant_funding", "recovery_steps", "disbursement_steps", "condition_waivers"] {
            assert!(world.number(&format!("SELECT COUNT(*) AS value FROM {table}")).await > 0, "{table}");
            for sql in [format!("UPDATE {table} SET id = id"), format!("DELETE FROM {table}")] {
                let said = world.services.database.execute_unprepared(&sql).await.unwrap_err().to_string();
                assert!(said.contains("append-only"), "{}: {sql}: {said}", world.kind);
            }
        }
        world.assert_books().await;
    })
    .await;
}
