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
        "grants.state = '{active}' \
         AND grants.id IN (SELECT ready.grant_id FROM instalments AS ready WHERE ready.ready) \
         AND EXISTS (SELECT 1 FROM instalments WHERE instalments.grant_id = grants.id AND instalments.ready AND {instalment})"
    ))
}

/// The instalments of a grant before one of it.
const BEFORE: &str = "FROM instalments AS earlier WHERE earlier.grant_id = instalments.grant_id \
                      AND earlier.number < instalments.number";

/// True for rows of `instalments` that nobody has requested, and whose conditions are met or waived.
fn instalment(today: NaiveDate) -> String {
    let holding = holding();
    let confirmed = DisbursementState::Confirmed;
    let (open, pending) =
        (Account::CommitmentsOpen, [Account::DisbursementsRequested, Account::DisbursementsCertified]);
    let (open, requested, certified) = (open.code(), pending[0].code(), pending[1].code());
    let left = format!(
        "(SELECT COALESCE(SUM(CASE WHEN postings.account = '{open}' THEN postings.usd_minor ELSE -postings.usd_minor END), 0) \
         FROM postings JOIN journal_entries ON journal_entries.id = postings.entry_id \
         WHERE journal_entries.grant_id = grants.id AND postings.account IN ('{open}', '{requested}', '{certified}'))"
    );
    let mut parts = vec![
        format!(
            "NOT EXISTS (SELECT 1 FROM disbursements WHERE disbursements.instalment_id = instalments.id \
             AND disbursements.state IN ({holding}))"
        ),
        format!(
            "NOT EXISTS (SELECT 1 {BEFORE} AND NOT EXISTS (SELECT 1 FROM disbursements \
             WHERE disbursements.instalment_id = earlier.id AND disbursements.state = '{confirmed}'))"
        ),
    ];
    parts.extend(PaymentCondition::ALL.iter().map(|condition| met_or_waived(*condition, today)));
    // Last, as it reads the books.
    parts.push(format!("instalments.usd_minor <= {left}"));
    parts.join(" AND ")
}

/// True for rows of `instalments` that a condition does not keep back.
fn met_or_waived(condition: PaymentCondition, today: NaiveDate) -> String {
    let met = met(condition, today);
    if !condition.may_be_waived() {
        return format!("({met})");
    }
    let mut waived = waived(condition);
    if condition == PaymentCondition::Vetted {
        // What lapsed can be waived; a refused vetting cannot.
        waived = format!("({waived} AND {})", vetted(""));
    }
    format!("({met} OR {waived})")
}

/// True for rows of `instalments` that meet a condition, or are not asked for it: `Conditions::unmet` in SQL. Each
/// condition has its own, so that a new one does not compile before it has.
fn met(condition: PaymentCondition, today: NaiveDate) -> String {
    let accepted = ReportState::Accepted;
    match condition {
        PaymentCondition::Countersigned => "grants.countersigned_at IS NOT NULL".to_owned(),
        PaymentCondition::BankVerified => "EXISTS (SELECT 1 FROM bank_details \
             WHERE bank_details.organisation_id = grants.organisation_id AND bank_details.verified_at IS NOT NULL)"
            .to_owned(),
        PaymentCondition::Vetted => vetted(&format!(
            " AND (organisations.vetting_valid_until IS NULL OR organisations.vetting_valid_until >= '{today}')"
        )),
        PaymentCondition::ReportAccepted => format!(
            "instalments.after_report IS NULL OR EXISTS (SELECT 1 FROM reports \
             WHERE reports.grant_id = instalments.grant_id AND reports.number = instalments.after_report \
             AND reports.state = '{accepted}')"
        ),
        PaymentCondition::PreviousSpent => {
            let spent = format!(
                "(SELECT COALESCE(SUM(reports.spent_usd_minor), 0) FROM reports \
                 WHERE reports.grant_id = instalments.grant_id AND reports.state = '{accepted}')"
            );
            let all_before = format!("(SELECT SUM(earlier.usd_minor) {BEFORE})");
            let last_before = format!("(SELECT earlier.usd_minor {BEFORE} ORDER BY earlier.number DESC LIMIT 1)");
            format!(
                "instalments.number = 1 OR ({spent} - ({all_before} - {last_before})) * 100 >= \
                 {last_before} * {LEAST_SPENT_PER_CENT}"
            )
        }
        PaymentCondition::NoLateReport => {
            let awaited = [ReportState::Due, ReportState::Draft, ReportState::Returned];
            let awaited = awaited.map(|state| format!("'{state}'")).join(", ");
            format!(
                "NOT EXISTS (SELECT 1 FROM reports WHERE reports.grant_id = instalments.grant_id \
                 AND reports.state IN ({awaited}) AND reports.due < '{today}')"
            )
        }
        PaymentCondition::NoOpenRecovery => {
            let owed = RecoveryState::Open;
            format!(
                "NOT EXISTS (SELECT 1 FROM recoveries WHERE recoveries.organisation_id = grants.organisation_id \
                 AND recoveries.state = '{owed}')"
            )
        }
        PaymentCondition::BoardConditions => "instalments.number > 1 OR NOT EXISTS (SELECT 1 FROM award_conditions \
             WHERE award_conditions.grant_id = grants.id AND award_conditions.met_at IS NULL)"
            .to_owned(),
    }
}

/// True where the organisation of a grant is vetted, and what else is asked of it.
fn vetted(and: &str) -> String {
    let vetted = VettingStatus::Vetted;
    format!(
        "EXISTS (SELECT 1 FROM organisations WHERE organisations.id = grants.organisation_id \
         AND organisations.vetting_status = '{vetted}'{and})"
    )
}

/// True for rows of `instalments` of which a condition was waived: a waiver counts until a payment is taken back.
fn waived(condition: PaymentCondition) -> String {
    let back = DisbursementEvent::ALL.iter().filter(|step| step.takes_back()).map(|step| format!("'{step}'"));
    let back = back.collect::<Vec<_>>().join(", ");
    format!(
        "EXISTS (SELECT 1 FROM condition_waivers WHERE condition_waivers.instalment_id = instalments.id \
         AND condition_waivers.condition = '{condition}' AND condition_waivers.after_step >= \
         COALESCE((SELECT MAX(steps.id) FROM disbursement_steps AS steps JOIN disbursements AS tried \
         ON tried.id = steps.disbursement_id WHERE tried.instalment_id = instalments.id \
         AND steps.step IN ({back})), 0))"
    )
}
