//! Who signs a disbursement: holding and returning, limits, and standing in for somebody who is absent.
#![allow(clippy::unwrap_used)]

use crate::support::grants::{AWARD, awarded, because, commanded, on};
use crate::support::{later, noon, on_both};
use backend::disbursements::{
    approve, candidates, certify, delegate, end_delegation, give_back, hold, officers, queries, release, resubmit,
    resume, set_limit, stand_in,
};
use backend::{Context, Error};
use domain::disbursements::{DisbursementEvent, DisbursementState};
use domain::errors::AppError;
use domain::forms::Typed;
use domain::ids::DelegationId;
use domain::money::Money;
use domain::roles::Role;

/// The key of the message by which something was refused.
fn refusal<T: std::fmt::Debug>(outcome: Result<T, Error>) -> String {
    match AppError::from(outcome.unwrap_err()) {
        AppError::Refused(message) | AppError::Forbidden(message) => message.key,
        other => format!("{other:?}"),
    }
}

/// A delegation of the own role for June 2026.
async fn june(from: &Context, to: &Context) -> Result<DelegationId, Error> {
    let typed = Typed::default()
        .with("delegate", to.actor.user.unwrap().to_string())
        .with("starts_on", "2026-06-01")
        .with("ends_on", "2026-06-30")
        .with("reason", "Leave");
    delegate(from, &typed).await
}

#[tokio::test]
async fn a_held_disbursement_takes_no_step_until_it_goes_on() {
    on_both(|world| async move {
        let case = awarded(world).await.active().await;
        let id = case.request(1, noon()).await.unwrap();
        assert!(hold(&case.certifier, id, &commanded()).await.is_err(), "a reason is needed");
        let form = because("A journalist asks about the shelter");
        hold(&case.certifier, id, &form).await.unwrap();
        hold(&case.certifier, id, &form).await.unwrap();
        assert_eq!(refusal(hold(&case.finance, id, &because("Again")).await), "refused-held-already");
        assert_eq!(refusal(certify(&case.certifier, id, &commanded()).await), "refused-disbursement-held");
        let view = queries::get(&case.certifier, id).await.unwrap();
        assert_eq!(view.obstacle.unwrap().key, "refused-disbursement-held");
        assert!(view.may_resume && !view.may_hold && !view.row.waits_for_me);
        assert!(queries::get(&case.signatory, id).await.unwrap().held.unwrap().reason.is_empty(), "not for members");
        assert_eq!(refusal(resume(&case.finance, id, &because("Now")).await), "refused-resume-other");
        assert_eq!(refusal(hold(&case.officer, id, &because("No")).await), "forbidden-role");
        resume(&case.approver, id, &because("All is well")).await.unwrap();
        assert_eq!(refusal(resume(&case.approver, id, &because("Twice")).await), "refused-not-held");
        certify(&case.certifier, id, &commanded()).await.unwrap();
        approve(&case.approver, id, &commanded()).await.unwrap();
        release(&case.finance, id, &commanded()).await.unwrap();
        assert_eq!(refusal(hold(&case.finance, id, &because("Too late")).await), "refused-hold-too-late");
        for kind in ["disbursement-held", "disbursement-resumed"] {
            let sql = format!("SELECT COUNT(*) AS value FROM outbox WHERE kind = '{kind}'");
            assert_eq!(case.world.number(&sql).await, 1, "{kind}");
        }
        case.world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn a_returned_request_leaves_the_books_and_comes_again_for_a_fresh_look() {
    on_both(|world| async move {
        let case = awarded(world).await.active().await;
        let id = case.request(1, noon()).await.unwrap();
        certify(&case.certifier, id, &commanded()).await.unwrap();
        assert_eq!(
            refusal(give_back(&case.certifier, id, &because("No")).await),
            "forbidden-role",
            "now it is the approver's"
        );
        give_back(&case.approver, id, &because("The invoice is missing")).await.unwrap();
        for account in ["9100", "9110", "9190"] {
            assert_eq!(case.balance(account).await, 0, "{account}");
        }
        case.world.assert_books().await;
        let view = queries::get(&case.officer, id).await.unwrap();
        assert_eq!((view.row.state, view.row.waits_for_me), (DisbursementState::Returned, true));
        assert_eq!(view.reason, "The invoice is missing");
        assert_eq!(refusal(certify(&case.certifier, id, &commanded()).await), "refused-disbursement-transition");
        assert_eq!(refusal(resubmit(&case.certifier, id, &commanded()).await), "forbidden-role");
        resubmit(&case.officer, id, &commanded()).await.unwrap();
        assert_eq!(
            refusal(approve(&case.approver, id, &commanded()).await),
            "refused-disbursement-transition",
            "certified anew first"
        );
        case.world.assert_books().await;
        case.pay(id, noon()).await;
        let sql = "SELECT COUNT(*) AS value FROM outbox WHERE kind = 'disbursement-returned'";
        assert_eq!(case.world.number(sql).await, 1);
        case.world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn a_returned_request_gives_way_to_a_new_one() {
    on_both(|world| async move {
        let case = awarded(world).await.active().await;
        let id = case.request(1, noon()).await.unwrap();
        give_back(&case.certifier, id, &because("Wrong instalment")).await.unwrap();
        let again = case.request(1, noon()).await.unwrap();
        assert_eq!(refusal(resubmit(&case.officer, id, &commanded()).await), "refused-instalment-taken");
        case.pay(again, noon()).await;
        case.world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn beyond_the_limit_those_who_may_are_named() {
    on_both(|world| async move {
        let case = awarded(world).await.active().await;
        let administrator = case.world.staff(Role::Administrator).await;
        let colleague = case.world.staff(Role::CertifyingOfficer).await;
        case.world
            .sql(&format!("UPDATE users SET name = 'Ada Able' WHERE id = {}", colleague.actor.user.unwrap()))
            .await;
        let limit = |who: &Context, most: &str| {
            Typed::default().with("officer", who.actor.user.unwrap().to_string()).with("most", most)
        };
        assert_eq!(refusal(set_limit(&case.certifier, &limit(&case.certifier, "1")).await), "forbidden-role");
        assert!(
            set_limit(&administrator, &limit(&case.finance, "1")).await.is_err(),
            "who neither certifies nor approves"
        );
        set_limit(&administrator, &limit(&case.certifier, "25000.00")).await.unwrap();
        let id = case.request(1, noon()).await.unwrap();
        assert!(queries::get(&case.certifier, id).await.unwrap().row.amount.minor == AWARD / 2 + 1);
        let refused = AppError::from(certify(&case.certifier, id, &commanded()).await.unwrap_err());
        let AppError::Refused(message) = refused else { panic!("{refused:?}") };
        assert_eq!(message.key, "refused-beyond-limit");
        assert!(format!("{:?}", message.arguments).contains("Ada Able"));
        assert_eq!(queries::get(&case.certifier, id).await.unwrap().obstacle.unwrap().key, "refused-beyond-limit");
        set_limit(&administrator, &limit(&case.certifier, "25000.01")).await.unwrap();
        certify(&case.certifier, id, &commanded()).await.unwrap();
        set_limit(&administrator, &limit(&case.approver, "1")).await.unwrap();
        assert_eq!(refusal(approve(&case.approver, id, &commanded()).await), "refused-beyond-limit-nobody");
        set_limit(&administrator, &limit(&case.approver, "25000.01")).await.unwrap();
        approve(&case.approver, id, &commanded()).await.unwrap();
        case.world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn an_officer_signs_nothing_before_somebody_else_has_set_a_limit_and_the_others_are_told() {
    on_both(|world| async move {
        let case = awarded(world).await.active().await;
        let administrator = case.world.staff(Role::Administrator).await;
        let id = case.request(1, noon()).await.unwrap();
        case.world.sql("DELETE FROM officer_limits").await;
        assert_eq!(refusal(certify(&case.certifier, id, &commanded()).await), "refused-no-limit");
        let view = queries::get(&case.certifier, id).await.unwrap();
        assert!(view.offers.iter().all(|offer| offer.event != DisbursementEvent::Certify), "nor is it offered");
        assert_eq!(view.obstacle.unwrap().key, "refused-no-limit");
        june(&case.certifier, &case.finance).await.unwrap();
        let stood_in = stand_in(&case.finance, id, "certify", &commanded()).await;
        assert_eq!(refusal(stood_in), "refused-no-limit", "nor is standing in a way round");
        let limit = |most: &str| {
            Typed::default().with("officer", case.certifier.actor.user.unwrap().to_string()).with("most", most)
        };
        let empty = AppError::from(set_limit(&administrator, &limit("")).await.unwrap_err());
        assert!(matches!(&empty, AppError::Invalid(errors) if errors.of("most").is_some()), "{empty:?}");
        // Somebody who came to administer keeps no hand on what was the own limit.
        let mut own = case.certifier.clone();
        own.actor.role = Some(Role::Administrator);
        assert_eq!(refusal(set_limit(&own, &limit("1000000")).await), "refused-own-limit");
        for _ in 0..2 {
            set_limit(&administrator, &limit("30000")).await.unwrap();
        }
        let sql = "SELECT COUNT(*) AS value FROM outbox WHERE kind = 'limit-changed'";
        let watching = "SELECT COUNT(*) AS value FROM users \
             WHERE role IN ('administrator', 'certifying-officer', 'approving-officer')";
        let watching = case.world.number(watching).await;
        assert_eq!(case.world.number(sql).await, watching - 1, "everybody once, and not whoever did it");
        stand_in(&case.finance, id, "certify", &commanded()).await.unwrap();
        let known = officers(&administrator).await.unwrap().officers;
        let most = |who: &Context| known.iter().find(|row| Some(row.id) == who.actor.user).unwrap().most;
        assert_eq!(most(&case.certifier), Some(Money::usd(3_000_000)));
        assert_eq!((most(&case.approver), most(&case.finance)), (Some(Money::usd(0)), None));
        case.world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn a_delegate_signs_in_the_place_of_the_absent_officer_on_these_days_only() {
    on_both(|world| async move {
        let case = awarded(world).await.active().await;
        let id = case.request(1, noon()).await.unwrap();
        assert_eq!(refusal(stand_in(&case.finance, id, "certify", &commanded()).await), "forbidden-no-delegation");
        let given = june(&case.certifier, &case.finance).await.unwrap();
        let view = queries::get(&case.finance, id).await.unwrap();
        assert!(view.row.waits_for_me && view.offers[0].stands_for.is_some());
        assert_eq!(view.offers[0].event, DisbursementEvent::Certify);
        assert_eq!(refusal(certify(&case.finance, id, &commanded()).await), "forbidden-role", "not in the own role");
        let july = later(&case.finance, on("2026-07-01"));
        assert_eq!(refusal(stand_in(&july, id, "certify", &commanded()).await), "forbidden-no-delegation");
        assert_eq!(refusal(stand_in(&case.finance, id, "approve", &commanded()).await), "forbidden-no-delegation");
        stand_in(&case.finance, id, "certify", &commanded()).await.unwrap();
        let steps = queries::get(&case.approver, id).await.unwrap().steps;
        assert!(steps.last().unwrap().stands_for.contains("certifying"), "{steps:?}");
        approve(&case.approver, id, &commanded()).await.unwrap();
        // Who certified for another does not pay it.
        assert_eq!(refusal(release(&case.finance, id, &commanded()).await), "refused-same-person");
        assert_eq!(refusal(end_delegation(&case.finance, given).await), "NotFound", "not theirs to end");
        end_delegation(&case.certifier, given).await.unwrap();
        let id = case.world.staff(Role::FinanceOfficer).await;
        assert!(queries::list(&id, &backend::page::PageRequest::default()).await.unwrap().rows[0].waits_for_me);
        let rows = officers(&case.certifier).await.unwrap().delegations;
        assert!(rows[0].is_over && rows[0].is_own && !rows[0].is_running);
        let sql =
            "SELECT COUNT(*) AS value FROM audit WHERE action IN ('audit-role-delegated', 'audit-delegation-ended')";
        assert_eq!(case.world.number(sql).await, 2);
        case.world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn delegation_is_no_way_round_the_separation_of_the_signatures() {
    on_both(|world| async move {
        let case = awarded(world).await.active().await;
        let second = case.world.staff(Role::CertifyingOfficer).await;
        let id = case.request(1, noon()).await.unwrap();
        certify(&case.certifier, id, &commanded()).await.unwrap();
        // The approver leaves; the person who certified stands in, and is refused.
        june(&case.approver, &case.certifier).await.unwrap();
        assert_eq!(refusal(stand_in(&case.certifier, id, "approve", &commanded()).await), "refused-same-person");
        let view = queries::get(&case.certifier, id).await.unwrap();
        assert!(view.offers.iter().all(|offer| offer.event != DisbursementEvent::Approve));
        // A colleague of theirs may.
        june(&case.approver, &second).await.unwrap();
        stand_in(&second, id, "approve", &commanded()).await.unwrap();
        // The absent approver gave the word: through nobody else does the same person pay.
        case.world
            .sql(&format!("UPDATE users SET role = 'finance-officer' WHERE id = {}", case.approver.actor.user.unwrap()))
            .await;
        let mut moved = case.approver.clone();
        moved.actor.role = Some(Role::FinanceOfficer);
        assert_eq!(refusal(release(&moved, id, &commanded()).await), "refused-same-person");
        let offered = candidates(&moved).await.unwrap();
        assert!(offered.payable.is_empty(), "nor by a batch");
        assert_eq!(offered.for_colleagues.iter().map(|row| row.id).collect::<Vec<_>>(), [id]);
        let third = case.world.staff(Role::ApprovingOfficer).await;
        june(&moved, &third).await.unwrap();
        assert_eq!(refusal(stand_in(&third, id, "release", &commanded()).await), "refused-same-person-delegate");
        release(&case.finance, id, &commanded()).await.unwrap();
        case.world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn nobody_acts_on_an_organisation_with_which_they_have_a_tie_nor_stands_in_for_who_has_one() {
    on_both(|world| async move {
        let case = awarded(world).await.active().await;
        let id = case.request(1, noon()).await.unwrap();
        let tie = case.tie(&case.certifier).await;
        assert_eq!(refusal(certify(&case.certifier, id, &commanded()).await), "refused-tie");
        assert_eq!(refusal(hold(&case.certifier, id, &because("Mine")).await), "refused-tie");
        june(&case.certifier, &case.finance).await.unwrap();
        assert_eq!(refusal(stand_in(&case.finance, id, "certify", &commanded()).await), "refused-tie");
        let view = queries::get(&case.certifier, id).await.unwrap();
        assert!(view.offers.is_empty() && view.obstacle.unwrap().key == "refused-tie", "nor is it offered");
        let absent = queries::get(&case.finance, id).await.unwrap();
        assert!(absent.offers.is_empty(), "nor to whoever stands in");
        case.untie(&case.certifier, tie).await;
        certify(&case.certifier, id, &commanded()).await.unwrap();
        case.world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn who_stands_in_today_is_told_of_the_next_step_and_nobody_twice() {
    on_both(|world| async move {
        let case = awarded(world).await.active().await;
        let (colleague, deputy) =
            (case.world.staff(Role::ApprovingOfficer).await, case.world.staff(Role::CertifyingOfficer).await);
        // Both approvers are on leave and gave their role to the finance officer, one of them twice.
        june(&case.approver, &case.finance).await.unwrap();
        june(&case.approver, &case.finance).await.unwrap();
        june(&colleague, &case.finance).await.unwrap();
        // Another one's time is over, and one was absent earlier.
        let over = june(&case.approver, &deputy).await.unwrap();
        end_delegation(&case.approver, over).await.unwrap();
        let july = Typed::default()
            .with("delegate", deputy.actor.user.unwrap().to_string())
            .with("starts_on", "2026-07-01")
            .with("ends_on", "2026-07-31")
            .with("reason", "Leave");
        delegate(&colleague, &july).await.unwrap();
        let id = case.request(1, noon()).await.unwrap();
        certify(&case.certifier, id, &commanded()).await.unwrap();
        let mails = async |who: &Context| {
            let sql = format!(
                "SELECT COUNT(*) AS value FROM outbox WHERE kind = 'disbursement-certified' \
                 AND to_address = (SELECT email FROM users WHERE id = {})",
                who.actor.user.unwrap()
            );
            case.world.number(&sql).await
        };
        assert_eq!(mails(&case.finance).await, 1, "who stands in, once");
        assert_eq!((mails(&case.approver).await, mails(&colleague).await), (1, 1), "and those who are absent");
        assert_eq!(mails(&deputy).await, 0, "not today");
        let all = "SELECT COUNT(*) AS value FROM outbox WHERE kind = 'disbursement-certified'";
        assert_eq!(case.world.number(all).await, 3);
        case.world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn a_role_is_given_to_an_officer_of_another_role_and_for_days_to_come() {
    on_both(|world| async move {
        let case = awarded(world).await.active().await;
        let second = case.world.staff(Role::CertifyingOfficer).await;
        for wrong in [&case.certifier, &second, &case.officer, &case.signatory] {
            let error = AppError::from(june(&case.certifier, wrong).await.unwrap_err());
            assert!(matches!(&error, AppError::Invalid(errors) if errors.of("delegate").is_some()), "{error:?}");
        }
        assert_eq!(refusal(june(&case.officer, &case.certifier).await), "forbidden-role");
        let typed = |starts: &str, ends: &str| {
            Typed::default()
                .with("delegate", case.finance.actor.user.unwrap().to_string())
                .with("starts_on", starts)
                .with("ends_on", ends)
                .with("reason", "Leave")
        };
        for (starts, ends, field) in
            [("2026-05-31", "2026-06-02", "starts_on"), ("2026-06-03", "2026-06-02", "ends_on")]
        {
            let error = AppError::from(delegate(&case.certifier, &typed(starts, ends)).await.unwrap_err());
            assert!(matches!(&error, AppError::Invalid(errors) if errors.of(field).is_some()), "{error:?}");
        }
        case.world.assert_books().await;
    })
    .await;
}
