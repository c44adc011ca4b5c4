//! What must be so before an instalment is paid, who may waive it, and what happens when a payment comes back.
#![allow(clippy::unwrap_used)]

use crate::support::grants::{AWARD, Case, awarded, because, commanded, on};
use crate::support::{later, noon, on_both};
use backend::disbursements::{
    approve, bounce, certify, conditions_of, fail, give_back, queries, reject, release, resubmit, void, waive,
};
use backend::{Error, grants};
use domain::disbursements::{DisbursementState, PaymentCondition};
use domain::errors::AppError;
use domain::forms::Typed;
use domain::roles::Role;

/// The key of the message by which something was refused.
pub fn refusal<T: std::fmt::Debug>(outcome: Result<T, Error>) -> String {
    match AppError::from(outcome.unwrap_err()) {
        AppError::Refused(message) | AppError::Forbidden(message) => message.key,
        other => format!("{other:?}"),
    }
}

fn waiver(condition: PaymentCondition) -> Typed {
    Typed::default().with("condition", condition.code()).with("reason", "The winter cannot wait")
}

/// The conditions of an instalment that are not met.
pub async fn unmet(case: &Case, number: i64) -> Vec<PaymentCondition> {
    let view = conditions_of(&case.approver, case.instalment(number).await).await.unwrap();
    view.conditions.into_iter().filter(|check| check.unmet.is_some()).map(|check| check.condition).collect()
}

#[tokio::test]
async fn the_system_ticks_each_condition_as_it_comes_true() {
    on_both(|world| async move {
        use PaymentCondition as P;
        let case = awarded(world).await;
        assert_eq!(unmet(&case, 1).await, [P::Countersigned]);
        assert_eq!(unmet(&case, 2).await, [P::Countersigned, P::ReportAccepted, P::PreviousSpent]);
        let case = case.active().await;
        assert_eq!(unmet(&case, 1).await, []);
        let id = case.request(1, noon()).await.unwrap();
        case.pay(id, noon()).await;
        // 70 per cent of 25,000.01 is 17,500.007: a cent less than 17,500.01 is not enough.
        case.reported(1, [1_750_000, 0, 0], noon()).await;
        assert_eq!(unmet(&case, 2).await, [P::PreviousSpent]);
        assert_eq!(refusal(case.request(2, noon()).await), "refused-previous-not-spent");
        case.world.sql("UPDATE reports SET spent_usd_minor = 1750001 WHERE number = 1").await;
        assert_eq!(unmet(&case, 2).await, []);
        assert!(case.request(2, noon()).await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn no_first_instalment_is_requested_while_a_condition_of_the_board_is_open() {
    on_both(|world| async move {
        use PaymentCondition as P;
        let case = awarded(world).await.active().await;
        for (position, text) in [(1, "A child protection policy"), (2, "Audited accounts")] {
            let values = format!("({}, {position}, '{text}')", case.grant);
            case.world
                .sql(&format!("INSERT INTO award_conditions (grant_id, position, wording) VALUES {values}"))
                .await;
        }
        let listed = || async { grants::queries::get(&case.officer, case.grant).await.unwrap().award_conditions };
        let [policy, accounts] = &listed().await[..] else { panic!("two conditions") };
        assert_eq!((policy.condition.as_str(), policy.met_at), ("A child protection policy", None));
        assert_eq!(unmet(&case, 1).await, [P::BoardConditions]);
        assert!(!unmet(&case, 2).await.contains(&P::BoardConditions), "the first instalment waits for them");
        assert_eq!(refusal(case.request(1, noon()).await), "refused-board-conditions");
        let first = case.instalment(1).await;
        assert_eq!(
            refusal(waive(&case.approver, first, &waiver(P::BoardConditions)).await),
            "refused-condition-of-law"
        );
        for nobody in [&case.signatory, &case.approver, &case.finance] {
            assert_eq!(refusal(grants::meet_condition(nobody, case.grant, policy.id).await), "forbidden-role");
        }
        for condition in [policy, accounts, accounts] {
            grants::meet_condition(&case.officer, case.grant, condition.id).await.unwrap();
        }
        assert_eq!(unmet(&case, 1).await, []);
        let met = &listed().await[0];
        assert_eq!((met.met_at, met.met_by.as_str()), (Some(noon()), "Test programme-officer"));
        let seen = grants::queries::get(&case.signatory, case.grant).await.unwrap().award_conditions;
        assert!(seen[0].met_at.is_some() && seen[0].met_by.is_empty(), "{seen:?}");
        // It was another organisation's policy. What is requested already does not go on either.
        let id = case.request(1, noon()).await.unwrap();
        let silent = Typed::default().with("condition", policy.id.to_string());
        assert!(matches!(
            AppError::from(grants::reopen_condition(&case.officer, case.grant, &silent).await.unwrap_err()),
            AppError::Invalid(_)
        ));
        let reason = silent.with("why", "Of another organisation");
        grants::reopen_condition(&case.officer, case.grant, &reason).await.unwrap();
        assert_eq!(listed().await[0].reopened_reason, "Of another organisation");
        assert_eq!(refusal(certify(&case.certifier, id, &commanded()).await), "refused-board-conditions");
        let twice = AppError::from(grants::reopen_condition(&case.officer, case.grant, &reason).await.unwrap_err());
        assert!(matches!(twice, AppError::Invalid(_)), "{twice:?}");
        grants::meet_condition(&case.officer, case.grant, policy.id).await.unwrap();
        certify(&case.certifier, id, &commanded()).await.unwrap();
        for (action, number) in [("audit-award-condition-met", 3), ("audit-award-condition-reopened", 1)] {
            let sql = format!("SELECT COUNT(*) AS value FROM audit WHERE action = '{action}'");
            assert_eq!(case.world.number(&sql).await, number, "{action}");
        }
        case.world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn an_approving_officer_waives_with_a_reason_and_never_what_is_of_law() {
    on_both(|world| async move {
        use PaymentCondition as P;
        let case = awarded(world).await.active().await;
        let first = case.request(1, noon()).await.unwrap();
        case.pay(first, noon()).await;
        case.reported(1, [100, 0, 0], noon()).await;
        let second = case.instalment(2).await;
        assert_eq!(refusal(waive(&case.certifier, second, &waiver(P::PreviousSpent)).await), "forbidden-role");
        let without = Typed::default().with("condition", P::PreviousSpent.code());
        assert!(waive(&case.approver, second, &without).await.is_err(), "a reason is needed");
        assert_eq!(refusal(waive(&case.approver, second, &waiver(P::Vetted)).await), "refused-condition-met");
        waive(&case.approver, second, &waiver(P::PreviousSpent)).await.unwrap();
        waive(&case.approver, second, &waiver(P::PreviousSpent)).await.unwrap();
        let id = case.request(2, noon()).await.unwrap();
        case.world.sql("UPDATE bank_details SET verified_at = NULL").await;
        assert_eq!(refusal(waive(&case.approver, second, &waiver(P::BankVerified)).await), "refused-condition-of-law");
        assert_eq!(refusal(certify(&case.certifier, id, &commanded()).await), "refused-bank-details-unverified");
        case.world.sql("UPDATE bank_details SET verified_at = updated_at").await;
        case.world.sql("UPDATE organisations SET vetting_valid_until = '2026-05-31'").await;
        waive(&case.approver, second, &waiver(P::Vetted)).await.unwrap();
        certify(&case.certifier, id, &commanded()).await.unwrap();
        case.world.sql("UPDATE organisations SET vetting_status = 'refused'").await;
        let refused = approve(&case.approver, id, &commanded()).await;
        assert_eq!(refusal(refused), "refused-vetting-lapsed", "a waiver of what lapsed is none of a refusal");
        let shown = conditions_of(&case.signatory, second).await.unwrap();
        let waived = shown.conditions.iter().find(|check| check.condition == P::PreviousSpent).unwrap();
        assert_eq!(waived.waived.as_ref().map(|(name, _, reason)| (name.as_str(), reason.as_str())), Some(("", "")));
        let sql = "SELECT COUNT(*) AS value FROM audit WHERE action = 'audit-condition-waived'";
        assert_eq!(case.world.number(sql).await, 2);
        case.world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn a_waiver_ends_with_the_payment_that_it_was_given_for() {
    on_both(|world| async move {
        let case = awarded(world).await.active().await;
        case.world.sql("UPDATE organisations SET vetting_valid_until = '2026-05-31'").await;
        let first = case.instalment(1).await;
        let waived = async || {
            let view = conditions_of(&case.approver, first).await.unwrap();
            let check = view.conditions.into_iter().find(|check| check.condition == PaymentCondition::Vetted).unwrap();
            (check.waived.is_some(), check.may_be_waived)
        };
        let reason = || because("Put right first");
        for back in ["return", "reject", "void", "fail", "bounce"] {
            assert_eq!(refusal(case.request(1, noon()).await), "refused-vetting-lapsed", "before {back}");
            assert_eq!(waived().await, (false, true), "before {back}");
            waive(&case.approver, first, &waiver(PaymentCondition::Vetted)).await.unwrap();
            let id = case.request(1, noon()).await.unwrap();
            match back {
                "return" => give_back(&case.certifier, id, &reason()).await.unwrap(),
                "reject" => reject(&case.certifier, id, &reason()).await.unwrap(),
                "bounce" => {
                    case.pay(id, noon()).await;
                    bounce(&case.finance, id, &reason().with("bounced_on", "2026-06-01")).await.unwrap();
                }
                _ => {
                    certify(&case.certifier, id, &commanded()).await.unwrap();
                    approve(&case.approver, id, &commanded()).await.unwrap();
                    if back == "void" {
                        void(&case.approver, id, &reason()).await.unwrap();
                    } else {
                        release(&case.finance, id, &commanded()).await.unwrap();
                        fail(&case.finance, id, &reason()).await.unwrap();
                    }
                }
            }
            if back == "return" {
                assert_eq!(refusal(resubmit(&case.officer, id, &commanded()).await), "refused-vetting-lapsed");
            }
        }
        // One given while the payment is under way holds to its end.
        waive(&case.approver, first, &waiver(PaymentCondition::Vetted)).await.unwrap();
        waive(&case.approver, first, &waiver(PaymentCondition::Vetted)).await.unwrap();
        let id = case.request(1, noon()).await.unwrap();
        assert_eq!(waived().await, (true, false));
        case.pay(id, noon()).await;
        assert_eq!(case.world.number("SELECT COUNT(*) AS value FROM condition_waivers").await, 6);
        case.world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn what_an_organisation_has_to_pay_back_stops_its_payments_at_every_step() {
    on_both(|world| async move {
        let case = awarded(world).await.active().await;
        let first = case.request(1, noon()).await.unwrap();
        case.pay(first, noon()).await;
        case.reported(1, [2_000_000, 0, 0], noon()).await;
        let id = case.request(2, noon()).await.unwrap();
        case.world
            .sql(&format!(
                "INSERT INTO recoveries (number, grant_id, organisation_id, usd_minor, received_usd_minor, written_off_usd_minor, \
                 state, due, created_at) VALUES ('R-1', {}, {}, 500, 0, 0, 'open', '2026-07-01', '2026-06-01 00:00:00+00:00')",
                case.grant, case.organisation
            ))
            .await;
        assert_eq!(refusal(certify(&case.certifier, id, &commanded()).await), "refused-open-recovery");
        waive(&case.approver, case.instalment(2).await, &waiver(PaymentCondition::NoOpenRecovery)).await.unwrap();
        certify(&case.certifier, id, &commanded()).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_payment_that_came_back_opens_the_commitment_and_can_be_paid_again() {
    on_both(|world| async move {
        let case = awarded(world).await.active().await;
        let id = case.request(1, noon()).await.unwrap();
        case.pay(id, noon()).await;
        let form = because("The account is closed").with("bounced_on", "2026-06-01");
        assert_eq!(refusal(bounce(&case.approver, id, &form).await), "forbidden-role");
        for day in ["2026-05-31", "2026-06-02"] {
            let error =
                AppError::from(bounce(&case.finance, id, &because("Back").with("bounced_on", day)).await.unwrap_err());
            assert!(
                matches!(&error, AppError::Invalid(errors) if errors.of("bounced_on").is_some()),
                "{day} {error:?}"
            );
        }
        bounce(&case.finance, id, &form).await.unwrap();
        let entries = case.entries().await;
        bounce(&case.finance, id, &form).await.unwrap();
        assert_eq!(case.entries().await, entries, "a repeated command changes nothing");
        assert_eq!((case.balance("1000").await, case.balance("1200").await), (0, 0));
        assert_eq!(case.balance("9000").await, AWARD);
        assert_eq!(queries::get(&case.finance, id).await.unwrap().row.state, DisbursementState::Bounced);
        let sql = "SELECT COUNT(*) AS value FROM outbox WHERE kind = 'disbursement-bounced'";
        assert_eq!(case.world.number(sql).await, 3, "who requested it, and the organisation's two people");
        case.world.assert_books().await;
        let again = case.request(1, noon()).await.unwrap();
        case.pay(again, noon()).await;
        case.world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn of_a_payment_that_bounces_what_was_accounted_for_waits_for_the_next_one() {
    on_both(|world| async move {
        let case = awarded(world).await.active().await;
        let id = case.request(1, noon()).await.unwrap();
        case.pay(id, noon()).await;
        case.reported(1, [100, 0, 0], noon()).await;
        assert_eq!((case.balance("1200").await, case.balance("5000").await), (2_500_001 - 100, 100));
        let form = because("The bank says so").with("bounced_on", "2026-06-01");
        bounce(&case.finance, id, &form).await.unwrap();
        assert_eq!((case.balance("1200").await, case.balance("5000").await, case.balance("1000").await), (0, 0, 0));
        assert_eq!(case.balance("9000").await, AWARD, "all of it is committed again");
        case.world.assert_books().await;
        let entries = case.entries().await;
        bounce(&case.finance, id, &form).await.unwrap();
        assert_eq!(case.entries().await, entries, "a repeated command changes nothing");
        let again = case.request(1, noon()).await.unwrap();
        case.pay(again, noon()).await;
        assert_eq!((case.balance("1200").await, case.balance("5000").await), (2_500_001 - 100, 100));
        case.world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn no_later_instalment_is_paid_while_an_earlier_one_came_back() {
    on_both(|world| async move {
        use backend::disbursements::{approve, certify};
        let case = awarded(world).await.active().await;
        let first = case.request(1, noon()).await.unwrap();
        case.pay(first, noon()).await;
        let day = on("2026-12-10");
        case.reported(1, [1_500_000, 850_001, 0], day).await;
        let second = case.request(2, day).await.unwrap();
        certify(&later(&case.certifier, day), second, &commanded()).await.unwrap();
        let form = because("The account is closed").with("bounced_on", "2026-12-10");
        bounce(&later(&case.finance, day), first, &form).await.unwrap();
        let approved = approve(&later(&case.approver, day), second, &commanded()).await;
        assert_eq!(refusal(approved), "refused-earlier-instalment");
        case.world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn of_a_grant_that_has_ended_what_was_accounted_for_does_not_bounce() {
    on_both(|world| async move {
        let case = awarded(world).await.active().await;
        let id = case.request(1, noon()).await.unwrap();
        case.pay(id, noon()).await;
        case.reported(1, [100, 0, 0], noon()).await;
        let ended = grants::terminate(&case.director, case.grant, &because("The office was closed")).await;
        ended.unwrap();
        let form = because("The bank says so").with("bounced_on", "2026-06-01");
        assert_eq!(refusal(bounce(&case.finance, id, &form).await), "refused-bounce-spent");
        case.world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn bank_details_are_verified_by_a_second_person_of_the_fund_who_has_seen_them() {
    on_both(|world| async move {
        let case = awarded(world).await.active().await;
        let write = backend::organisations::write_bank_details;
        let minute = noon() + chrono::TimeDelta::minutes(1);
        write(&later(&case.signatory, minute), case.organisation, &crate::support::grants::account("NP77777"))
            .await
            .unwrap();
        assert_eq!(refusal(case.request(1, minute).await), "refused-bank-details-unverified");
        let verify = backend::organisations::verify_bank_details;
        let seen =
            |at: chrono::DateTime<chrono::Utc>| Typed::default().with("note", "Called").with("seen", at.to_rfc3339());
        assert_eq!(
            refusal(verify(&case.finance, case.organisation, &seen(noon())).await),
            "refused-bank-verify-changed"
        );
        assert_eq!(refusal(verify(&case.signatory, case.organisation, &seen(minute)).await), "forbidden-role");
        assert_eq!(refusal(verify(&case.officer, case.organisation, &seen(minute)).await), "forbidden-role");
        let mut wrote = case.finance.clone();
        wrote.actor.user = case.signatory.actor.user;
        assert_eq!(refusal(verify(&wrote, case.organisation, &seen(minute)).await), "refused-bank-verify-own");
        let tied = case.world.staff(Role::FinanceOfficer).await;
        case.tie(&tied).await;
        assert_eq!(refusal(verify(&tied, case.organisation, &seen(minute)).await), "refused-tie");
        let sealed = "SELECT COUNT(*) AS value FROM bank_details WHERE sealed LIKE '%NP77777%'";
        assert_eq!(case.world.number(sealed).await, 0, "no account number stands in the database");
        verify(&case.finance, case.organisation, &seen(minute)).await.unwrap();
        let state = backend::organisations::bank_state(&case.finance, case.organisation).await.unwrap().unwrap();
        assert_eq!(state.verified_by.unwrap().1, "Called");
        assert!(case.request(1, minute).await.is_ok());
        let traces = "SELECT COUNT(*) AS value FROM audit WHERE before LIKE '%NP77777%' OR after LIKE '%NP77777%' \
                      OR after LIKE '%Himal Bank%' OR after LIKE '%HIMANPKA%'";
        assert_eq!(case.world.number(traces).await, 0, "the trail holds masked values only");
        case.world.assert_books().await;
    })
    .await;
}
