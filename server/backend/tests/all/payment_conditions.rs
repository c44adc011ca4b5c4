//! Every condition of a payment, whichever there are, stops the payment where it is not met.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;

use crate::disbursement_conditions::{refusal, unmet};
use crate::support::grants::{Case, awarded, because, commanded};
use crate::support::{noon, on_both};
use backend::disbursements::{approve, certify, conditions_of, fail, release};
use backend::grants;
use backend::page::PageRequest;
use domain::disbursements::PaymentCondition;

/// SQL after which a condition of an instalment is not met, and SQL after which it is met again. Each condition has its
/// own, so that a new one does not compile before it is tried.
fn breach(case: &Case, condition: PaymentCondition) -> (String, String) {
    use PaymentCondition as P;
    let (grant, organisation) = (case.grant, case.organisation);
    let (breach, mend) = match condition {
        P::Countersigned => (
            "UPDATE grants SET countersigned_at = NULL".to_owned(),
            "UPDATE grants SET countersigned_at = '2026-06-01 12:00:00+00:00'",
        ),
        P::BankVerified => (
            "UPDATE bank_details SET verified_at = NULL".to_owned(),
            "UPDATE bank_details SET verified_at = updated_at",
        ),
        P::Vetted => (
            "UPDATE organisations SET vetting_valid_until = '2026-05-31'".to_owned(),
            "UPDATE organisations SET vetting_valid_until = '2027-12-31'",
        ),
        P::ReportAccepted => (
            "UPDATE instalments SET after_report = 2 WHERE number = 2".to_owned(),
            "UPDATE instalments SET after_report = 1 WHERE number = 2",
        ),
        P::PreviousSpent => (
            "UPDATE reports SET spent_usd_minor = 1 WHERE number = 1".to_owned(),
            "UPDATE reports SET spent_usd_minor = 2000000 WHERE number = 1",
        ),
        P::NoLateReport => (
            "UPDATE reports SET due = '2026-05-31' WHERE number = 2".to_owned(),
            "UPDATE reports SET due = '2027-07-30' WHERE number = 2",
        ),
        P::NoOpenRecovery => (
            format!(
                "INSERT INTO recoveries (number, grant_id, organisation_id, usd_minor, received_usd_minor, \
                 written_off_usd_minor, state, due, created_at) VALUES ('R-1', {grant}, {organisation}, 500, 0, 0, \
                 'open', '2026-07-01', '2026-06-01 00:00:00+00:00')"
            ),
            "DELETE FROM recoveries",
        ),
        P::BoardConditions => (
            format!("INSERT INTO award_conditions (grant_id, position, wording) VALUES ({grant}, 1, 'A policy')"),
            "DELETE FROM award_conditions",
        ),
    };
    (breach, mend.to_owned())
}

/// Whether the grant is in the list of those of which an instalment is due.
async fn is_listed(case: &Case) -> bool {
    let due = PageRequest { filter: grants::INSTALMENT_DUE.to_owned(), ..PageRequest::default() };
    grants::queries::list(&case.officer, &due).await.unwrap().total == 1
}

/// Tries a payment of an instalment to its release, and breaks a condition before each step.
async fn stops(case: &Case, number: i64, condition: PaymentCondition) {
    let (breach, mend) = breach(case, condition);
    let instalment = case.instalment(number).await;
    let broken = async || {
        case.world.sql(&breach).await;
        assert_eq!(unmet(case, number).await, [condition]);
        let shown = conditions_of(&case.approver, instalment).await.unwrap().conditions;
        shown.into_iter().find(|check| check.condition == condition).unwrap().unmet.unwrap().key
    };
    let mended = async || {
        case.world.sql(&mend).await;
        assert_eq!(unmet(case, number).await, []);
    };
    let why = broken().await;
    assert!(!is_listed(case).await, "{condition} keeps instalment {number} off the list");
    assert_eq!(refusal(case.request(number, noon()).await), why);
    mended().await;
    assert!(is_listed(case).await, "instalment {number} is due");
    let id = case.request(number, noon()).await.unwrap();
    broken().await;
    assert_eq!(refusal(certify(&case.certifier, id, &commanded()).await), why);
    mended().await;
    certify(&case.certifier, id, &commanded()).await.unwrap();
    broken().await;
    assert_eq!(refusal(approve(&case.approver, id, &commanded()).await), why);
    mended().await;
    approve(&case.approver, id, &commanded()).await.unwrap();
    broken().await;
    assert_eq!(refusal(release(&case.finance, id, &commanded()).await), why);
    mended().await;
    release(&case.finance, id, &commanded()).await.unwrap();
    fail(&case.finance, id, &because("Paid again, for the next condition")).await.unwrap();
}

#[tokio::test]
async fn each_condition_that_is_not_met_stops_every_step_and_keeps_the_instalment_off_the_list() {
    on_both(|world| async move {
        let case = awarded(world).await.active().await;
        let mut tried = BTreeSet::new();
        for number in [1, 2] {
            let shown = conditions_of(&case.approver, case.instalment(number).await).await.unwrap().conditions;
            for check in shown {
                stops(&case, number, check.condition).await;
                tried.insert(check.condition.code());
            }
            let id = case.request(number, noon()).await.unwrap();
            case.pay(id, noon()).await;
            if number == 1 {
                case.reported(1, [2_000_000, 0, 0], noon()).await;
            }
        }
        assert_eq!(tried, PaymentCondition::ALL.iter().map(|condition| condition.code()).collect());
    })
    .await;
}
