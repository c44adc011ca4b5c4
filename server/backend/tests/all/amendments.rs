//! Amendments of running grants: who has to agree, what they change, and that money follows to the cent.
#![allow(clippy::unwrap_used)]

use crate::support::grants::{AWARD, Case, awarded, because, commanded, on};
use crate::support::{later, noon, on_both};
use backend::contributions::sources;
use backend::disbursements::{self, give_back, resubmit};
use backend::grants::amendments::{approve, countersign, propose, queries, refuse, withdraw};
use backend::grants::queries::get;
use backend::ledger::queries::position;
use backend::page::PageRequest;
use domain::amendments::{AmendmentKind, AmendmentState};
use domain::disbursements::DisbursementEvent;
use domain::errors::AppError;
use domain::forms::Typed;
use domain::grants::GrantState;
use domain::ids::AmendmentId;
use domain::money::Money;

fn refused(error: backend::Error) -> String {
    match AppError::from(error) {
        AppError::Refused(message) => message.key,
        AppError::Invalid(errors) => errors.0[0].message.key.clone(),
        other => format!("{other:?}"),
    }
}

fn amount(minor: i64) -> Typed {
    because("Prices rose").with("amount", Money::usd(minor).to_decimal().to_string())
}

fn budget(lines: [i64; 3]) -> Typed {
    let mut typed = because("More food, less travel");
    for (row, cents) in lines.into_iter().enumerate() {
        typed.set(&format!("lines.{row}.line"), (row + 1).to_string());
        typed.set(&format!("lines.{row}.amount"), Money::usd(cents).to_decimal().to_string());
    }
    typed
}

fn signature() -> Typed {
    Typed::default().with("accept", "yes").with("full_name", "Maya Rai")
}

/// Proposes and countersigns.
async fn agreed(case: &Case, kind: AmendmentKind, typed: &Typed) -> AmendmentId {
    let id = propose(&case.officer, case.grant, kind, typed).await.unwrap();
    countersign(&case.signatory, id, &signature()).await.unwrap();
    id
}

async fn planned(case: &Case) -> Vec<i64> {
    get(&case.officer, case.grant).await.unwrap().instalments.iter().map(|row| row.amount.minor).collect()
}

#[tokio::test]
async fn an_increase_commits_money_once_all_have_agreed_and_only_unpaid_instalments_grow() {
    on_both(|world| async move {
        let case = awarded(world).await.active().await;
        let first = case.request(1, noon()).await.unwrap();
        case.pay(first, noon()).await;
        let database = &case.world.services.database;
        let before = (position(database).await.unwrap(), planned(&case).await);
        let form = amount(600_000);
        let id = propose(&case.officer, case.grant, AmendmentKind::Increase, &form).await.unwrap();
        assert_eq!(propose(&case.officer, case.grant, AmendmentKind::Increase, &form).await.unwrap(), id);
        assert_eq!(
            refused(approve(&case.director, id, &commanded()).await.unwrap_err()),
            "refused-amendment-not-countersigned"
        );
        let other = propose(&case.officer, case.grant, AmendmentKind::Decrease, &amount(1)).await.unwrap_err();
        assert_eq!(refused(other), "refused-amendment-open");
        countersign(&case.signatory, id, &signature()).await.unwrap();
        assert_eq!(position(database).await.unwrap(), before.0, "nothing moves before the approval");
        let command = commanded();
        approve(&case.director, id, &command).await.unwrap();
        let entries = case.entries().await;
        approve(&case.director, id, &command).await.unwrap();
        assert_eq!(case.entries().await, entries, "the same command again changes nothing");
        assert_eq!(position(database).await.unwrap().committed, before.0.committed + 600_000);
        let after = planned(&case).await;
        assert_eq!(after[0], before.1[0], "what is paid never changes");
        assert!(after[1] > before.1[1] && after[2] > before.1[2]);
        assert_eq!(after.iter().sum::<i64>(), AWARD + 600_000);
        let view = get(&case.officer, case.grant).await.unwrap();
        assert_eq!(view.row.award, Money::usd(AWARD + 600_000));
        assert_eq!(view.budget.iter().map(|line| line.budget.minor).sum::<i64>(), AWARD + 600_000);
        let amendment = queries::get(&case.signatory, case.grant, id).await.unwrap();
        let (was, is) = amendment.terms.unwrap();
        assert_eq!((was.award, is.award, amendment.row.state), (AWARD, AWARD + 600_000, AmendmentState::InForce));
        assert_eq!(case.world.number("SELECT COUNT(*) AS value FROM outbox WHERE kind LIKE 'amendment-%'").await, 4);
        case.world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn an_increase_that_the_money_or_the_call_does_not_allow_changes_nothing() {
    on_both(|world| async move {
        let case = awarded(world).await.active().await;
        let beyond = propose(&case.officer, case.grant, AmendmentKind::Increase, &amount(1_000_000)).await.unwrap_err();
        assert_eq!(refused(beyond), "error-amendment-above-largest");
        let id = agreed(&case, AmendmentKind::Increase, &amount(900_000)).await;
        // Meanwhile the money is gone to programme support.
        let gone = "UPDATE receipts SET psc_usd_minor = usd_minor - CASE WHEN id = (SELECT MIN(id) FROM receipts) THEN 1700000 ELSE 3400000 END";
        case.world.sql(gone).await;
        assert_eq!(refused(approve(&case.director, id, &commanded()).await.unwrap_err()), "refused-not-enough-money");
        assert_eq!(get(&case.officer, case.grant).await.unwrap().row.award, Money::usd(AWARD));
        let open = queries::get(&case.director, case.grant, id).await.unwrap();
        assert_eq!(open.row.state, AmendmentState::Countersigned);
        case.world.sql("UPDATE receipts SET psc_usd_minor = 1300000").await;
        case.world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn a_decrease_returns_what_was_taken_and_after_an_increase_everything_adds_up() {
    on_both(|world| async move {
        let case = awarded(world).await.active().await;
        let database = &case.world.services.database;
        let before = sources(database).await.unwrap();
        let id = agreed(&case, AmendmentKind::Increase, &amount(700_001)).await;
        approve(&case.director, id, &commanded()).await.unwrap();
        case.world.assert_books().await;
        let id = agreed(&case, AmendmentKind::Decrease, &amount(700_001)).await;
        approve(&case.director, id, &commanded()).await.unwrap();
        case.world.assert_books().await;
        let after = sources(database).await.unwrap();
        let sum = |sources: &[domain::funding::Source]| sources.iter().map(|source| source.available).sum::<i64>();
        assert_eq!(sum(&after), sum(&before));
        assert_eq!(planned(&case).await.iter().sum::<i64>(), AWARD);
        let first = case.request(1, noon()).await.unwrap();
        case.pay(first, noon()).await;
        let most = queries::amendable(&case.officer, case.grant).await.unwrap().most_decrease;
        let too_much = propose(&case.officer, case.grant, AmendmentKind::Decrease, &amount(most.minor + 1)).await;
        assert_eq!(refused(too_much.unwrap_err()), "error-amendment-decrease");
        let id = agreed(&case, AmendmentKind::Decrease, &amount(most.minor)).await;
        approve(&case.director, id, &commanded()).await.unwrap();
        assert_eq!(planned(&case).await[1..], [1, 1], "a cent is left for each instalment");
        case.world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn small_moves_in_the_budget_are_recorded_at_once_and_do_not_add_up_to_a_large_one() {
    on_both(|world| async move {
        let case = awarded(world).await.active().await;
        let kind = AmendmentKind::Reallocation;
        let wrong = propose(&case.officer, case.grant, kind, &budget([2_000_000, 2_500_001, 500_001])).await;
        assert_eq!(refused(wrong.unwrap_err()), "error-amendment-sum");
        let same = propose(&case.officer, case.grant, kind, &budget([2_000_000, 2_500_001, 500_000])).await;
        assert_eq!(refused(same.unwrap_err()), "error-amendment-same");
        let small = propose(&case.officer, case.grant, kind, &budget([2_050_000, 2_500_001, 450_000])).await.unwrap();
        let view = queries::get(&case.officer, case.grant, small).await.unwrap();
        assert_eq!((view.row.state, view.needs_approval), (AmendmentState::InForce, false));
        assert_eq!(view.budget[2].usd_minor, 450_000);
        // Once more within ten per cent of the line as it is, but beyond ten of what was approved.
        let more = propose(&case.officer, case.grant, kind, &budget([2_090_000, 2_500_001, 410_000])).await.unwrap();
        let view = queries::get(&case.officer, case.grant, more).await.unwrap();
        assert_eq!((view.row.state, view.needs_approval), (AmendmentState::Proposed, true));
        assert_eq!(view.budget[2].usd_minor, 450_000, "nothing changes before the approval");
        countersign(&case.signatory, more, &signature()).await.unwrap();
        approve(&case.director, more, &commanded()).await.unwrap();
        assert_eq!(get(&case.officer, case.grant).await.unwrap().budget[2].budget, Money::usd(410_000));
        case.world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn an_extension_moves_the_end_and_plans_the_reports_that_are_not_sent() {
    on_both(|world| async move {
        let case = awarded(world).await.active().await;
        let months = |number: &str| because("Winter came early").with("months", number);
        let kind = AmendmentKind::Extension;
        assert!(propose(&case.officer, case.grant, kind, &months("13")).await.is_err());
        let id = agreed(&case, kind, &months("4")).await;
        approve(&case.director, id, &commanded()).await.unwrap();
        let view = get(&case.officer, case.grant).await.unwrap();
        assert_eq!((view.months, view.row.end_date.unwrap().to_string().as_str()), (16, "2027-09-30"));
        let due: Vec<String> = view.reports.iter().map(|report| report.due.to_string()).collect();
        assert_eq!(due, ["2026-12-30", "2027-06-30", "2027-11-29"]);
        let after: Vec<_> = view.instalments.iter().map(|row| row.after_report).collect();
        assert_eq!(after, [None, Some(1), Some(3)]);
        let beyond = propose(&case.officer, case.grant, kind, &months("9")).await.unwrap_err();
        assert_eq!(refused(beyond), "error-amendment-extension");
        case.world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn nothing_is_paid_while_a_grant_is_suspended() {
    on_both(|world| async move {
        let case = awarded(world).await.active().await;
        let first = case.request(1, noon()).await.unwrap();
        let pause =
            propose(&case.officer, case.grant, AmendmentKind::Suspension, &because("Accusations")).await.unwrap();
        let unneeded = countersign(&case.signatory, pause, &signature()).await.unwrap_err();
        assert_eq!(refused(unneeded), "refused-amendment-no-signature");
        approve(&case.director, pause, &commanded()).await.unwrap();
        assert_eq!(get(&case.officer, case.grant).await.unwrap().row.state, GrantState::Suspended);
        let certified = disbursements::certify(&case.certifier, first, &commanded()).await.unwrap_err();
        assert_eq!(refused(certified), "refused-grant-not-active");
        let again = propose(&case.officer, case.grant, AmendmentKind::Suspension, &because("Again")).await.unwrap_err();
        assert_eq!(refused(again), "refused-amendment-state");
        let resume = propose(&case.officer, case.grant, AmendmentKind::Resumption, &because("Cleared")).await.unwrap();
        approve(&case.director, resume, &commanded()).await.unwrap();
        case.pay(first, noon()).await;
        case.world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn an_amendment_can_be_refused_or_taken_back_and_ends_with_its_grant() {
    on_both(|world| async move {
        let case = awarded(world).await.active().await;
        let id = agreed(&case, AmendmentKind::Decrease, &amount(100)).await;
        assert_eq!(refused(refuse(&case.director, id, &commanded()).await.unwrap_err()), "error-amendment-note");
        let wrong = AppError::from(approve(&case.officer, id, &commanded()).await.unwrap_err());
        assert!(matches!(wrong, AppError::Forbidden(_)), "{wrong:?}");
        refuse(&case.director, id, &commanded().with("note", "Too little")).await.unwrap();
        assert_eq!(
            refused(approve(&case.director, id, &commanded()).await.unwrap_err()),
            "refused-amendment-transition"
        );
        let id = propose(&case.officer, case.grant, AmendmentKind::Decrease, &amount(100)).await.unwrap();
        let mut other = case.signatory.clone();
        other.actor.organisation = Some(domain::ids::OrganisationId(case.organisation.0 + 1));
        assert_eq!(AppError::from(countersign(&other, id, &signature()).await.unwrap_err()), AppError::NotFound);
        assert_eq!(AppError::from(queries::get(&other, case.grant, id).await.unwrap_err()), AppError::NotFound);
        withdraw(&case.officer, id).await.unwrap();
        let id = agreed(&case, AmendmentKind::Decrease, &amount(100)).await;
        let day = on("2026-07-01");
        backend::grants::terminate(&later(&case.director, day), case.grant, &because("Ended")).await.unwrap();
        let view = queries::get(&case.officer, case.grant, id).await.unwrap();
        assert_eq!((view.row.number, view.row.state), (3, AmendmentState::Withdrawn));
        assert_eq!(refused(approve(&case.director, id, &commanded()).await.unwrap_err()), "refused-amendment-state");
        case.world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn a_returned_payment_of_an_instalment_that_changed_does_not_come_again() {
    on_both(|world| async move {
        let case = awarded(world).await.active().await;
        let id = case.request(1, noon()).await.unwrap();
        give_back(&case.certifier, id, &because("The invoice is missing")).await.unwrap();
        let to_put_right = async || {
            let request = PageRequest { filter: "to-put-right".to_owned(), ..PageRequest::default() };
            disbursements::queries::list(&case.officer, &request).await.unwrap().total
        };
        assert_eq!(to_put_right().await, 1);
        let decrease = agreed(&case, AmendmentKind::Decrease, &amount(100_000)).await;
        approve(&case.director, decrease, &commanded()).await.unwrap();
        let refusal = refused(resubmit(&case.officer, id, &commanded()).await.unwrap_err());
        assert_eq!(refusal, "refused-resubmit-amount");
        assert_eq!(to_put_right().await, 0);
        let view = disbursements::queries::get(&case.officer, id).await.unwrap();
        assert!(view.offers.iter().all(|offer| offer.event != DisbursementEvent::Resubmit), "{:?}", view.offers);
        // Every instalment is still paid, each of what the plan says now.
        let again = case.request(1, noon()).await.unwrap();
        let paid = disbursements::queries::get(&case.officer, again).await.unwrap().row.amount.minor;
        assert_eq!(paid, planned(&case).await[0]);
        case.pay(again, noon()).await;
        case.world.assert_books().await;
    })
    .await;
}
