//! Grants of which an instalment can be requested now, found by one query. It says what
//! `disbursements::Conditions::obstacle` says of one grant; a test compares the two for each condition.

use chrono::NaiveDate;
use domain::disbursements::{DisbursementEvent, DisbursementState, LEAST_SPENT_PER_CENT, PaymentCondition};
use domain::grants::GrantState;
use domain::ledger::Account;
use domain::organisations::VettingStatus;
use domain::recoveries::RecoveryState;
use domain::reports::ReportState;
use sea_orm::sea_query::Expr;

use crate::disbursements::holding;

/// The filter of the list that gives grants of which an instalment can be requested.
pub const INSTALMENT_DUE: &str = "instalment-due";

/// True for rows of `grants` of which an instalment can be requested on a day. All values are codes, numbers and days
/// of ours, nothing that anybody typed. It begins with the few instalments that wait for no report and that nobody has
/// requested, which the database keeps in `instalments.ready`.
pub(crate) fn has_instalment_due(today: NaiveDate) -> Expr {
    let active = GrantState::Active;
    let instalment = instalment(today);
    Expr::cust(format!(
        "grants.state = '{active}' AND grants.countersigned_at IS NOT NULL \
         AND grants.id IN (SELECT ready.grant_id FROM instalments AS ready WHERE ready.ready) AND EXISTS (SELECT 1 FROM bank_details WHERE bank_details.organisation_id = grants.organisation_id \
         AND bank_details.verified_at IS NOT NULL) \
         AND EXISTS (SELECT 1 FROM instalments WHERE instalments.grant_id = grants.id AND instalments.ready AND {instalment})"
    ))
}

/// True for rows of `instalments` that nobody has requested, and whose conditions are met or waived.
fn instalment(today: NaiveDate) -> String {
    use PaymentCondition as P;
    let holding = holding();
    let back = DisbursementEvent::ALL.iter().filter(|step| step.takes_back()).map(|step| format!("'{step}'"));
    let back = back.collect::<Vec<_>>().join(", ");
    // A waiver counts until a payment is taken back.
    let waived = |condition: P| {
        format!(
            "EXISTS (SELECT 1 FROM condition_waivers WHERE condition_waivers.instalment_id = instalments.id \
             AND condition_waivers.condition = '{condition}' AND condition_waivers.after_step >= \
             COALESCE((SELECT MAX(steps.id) FROM disbursement_steps AS steps JOIN disbursements AS tried \
             ON tried.id = steps.disbursement_id WHERE tried.instalment_id = instalments.id \
             AND steps.step IN ({back})), 0))"
        )
    };
    let vetted = VettingStatus::Vetted;
    let confirmed = DisbursementState::Confirmed;
    let accepted = ReportState::Accepted;
    let awaited = [ReportState::Due, ReportState::Draft, ReportState::Returned].map(|state| format!("'{state}'"));
    let awaited = awaited.join(", ");
    let owed = RecoveryState::Open;
    let before = "FROM instalments AS earlier WHERE earlier.grant_id = instalments.grant_id \
                  AND earlier.number < instalments.number";
    let spent = format!(
        "(SELECT COALESCE(SUM(reports.spent_usd_minor), 0) FROM reports WHERE reports.grant_id = instalments.grant_id \
         AND reports.state = '{accepted}')"
    );
    let all_before = format!("(SELECT SUM(earlier.usd_minor) {before})");
    let last_before = format!("(SELECT earlier.usd_minor {before} ORDER BY earlier.number DESC LIMIT 1)");
    let (open, pending) =
        (Account::CommitmentsOpen, [Account::DisbursementsRequested, Account::DisbursementsCertified]);
    let (open, requested, certified) = (open.code(), pending[0].code(), pending[1].code());
    let left = format!(
        "(SELECT COALESCE(SUM(CASE WHEN postings.account = '{open}' THEN postings.usd_minor ELSE -postings.usd_minor END), 0) \
         FROM postings JOIN journal_entries ON journal_entries.id = postings.entry_id \
         WHERE journal_entries.grant_id = grants.id AND postings.account IN ('{open}', '{requested}', '{certified}'))"
    );
    let parts = [
        format!(
            "NOT EXISTS (SELECT 1 FROM disbursements WHERE disbursements.instalment_id = instalments.id \
             AND disbursements.state IN ({holding}))"
        ),
        format!(
            "NOT EXISTS (SELECT 1 {before} AND NOT EXISTS (SELECT 1 FROM disbursements \
             WHERE disbursements.instalment_id = earlier.id AND disbursements.state = '{confirmed}'))"
        ),
        format!(
            "EXISTS (SELECT 1 FROM organisations WHERE organisations.id = grants.organisation_id \
             AND organisations.vetting_status = '{vetted}' AND (organisations.vetting_valid_until IS NULL \
             OR organisations.vetting_valid_until >= '{today}' OR {}))",
            waived(P::Vetted)
        ),
        format!(
            "(NOT EXISTS (SELECT 1 FROM reports WHERE reports.grant_id = instalments.grant_id \
             AND reports.state IN ({awaited}) AND reports.due < '{today}') OR {})",
            waived(P::NoLateReport)
        ),
        format!(
            "(instalments.after_report IS NULL OR EXISTS (SELECT 1 FROM reports \
             WHERE reports.grant_id = instalments.grant_id AND reports.number = instalments.after_report \
             AND reports.state = '{accepted}') OR {})",
            waived(P::ReportAccepted)
        ),
        format!(
            "(instalments.number = 1 OR ({spent} - ({all_before} - {last_before})) * 100 >= \
             {last_before} * {LEAST_SPENT_PER_CENT} OR {})",
            waived(P::PreviousSpent)
        ),
        format!(
            "(NOT EXISTS (SELECT 1 FROM recoveries WHERE recoveries.organisation_id = grants.organisation_id \
             AND recoveries.state = '{owed}') OR {})",
            waived(P::NoOpenRecovery)
        ),
        "(instalments.number > 1 OR NOT EXISTS (SELECT 1 FROM award_conditions \
         WHERE award_conditions.grant_id = grants.id AND award_conditions.met_at IS NULL))"
            .to_owned(),
        // Last, as it reads the books.
        format!("instalments.usd_minor <= {left}"),
    ];
    parts.join(" AND ")
}
