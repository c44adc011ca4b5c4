//! The payments of the demo's grants, each step by another officer on a day of its own.

use backend::{Context, Result, disbursements, grants};
use chrono::NaiveDate;
use domain::ids::{DisbursementId, PaymentBatchId};
use domain::roles::Role;
use domain::time::add_days;

use super::Demo;
use super::grants::{Course, Step, Stop};
use super::people::{FUND_ACCOUNT, People};

/// Takes a payment's next step, and says what comes after it on which day; none where the grant stays as it is.
pub(super) async fn step(course: &Course, demo: &Demo, people: &People) -> Result<Option<(Step, NaiveDate)>> {
    let as_role = |role: Role| course.context(demo, people, role);
    // What is under way is never waiting for tomorrow.
    let after = |days: u64| add_days(course.day, days).min(demo.today);
    let unless = |stop: Stop, next: Step| (course.stop != stop).then(|| (next, after(1)));
    Ok(match course.next {
        Step::Request(index) => {
            let view = course.view(demo, people).await?;
            let instalment = view.instalments[index].id;
            let (officer, form) = (as_role(Role::ProgrammeOfficer), course.form("request", index));
            for condition in view.award_conditions {
                grants::meet_condition(&officer, course.award.grant, condition.id).await?;
            }
            let id = disbursements::request(&officer, course.award.grant, instalment, &form).await?;
            unless(Stop::Requested, Step::Certify(index, id))
        }
        Step::Certify(index, id) => {
            disbursements::certify(&as_role(Role::CertifyingOfficer), id, &course.form("certify", index)).await?;
            unless(Stop::Certified, Step::Approve(index, id))
        }
        Step::Approve(index, id) => {
            disbursements::approve(&as_role(Role::ApprovingOfficer), id, &course.form("approve", index)).await?;
            unless(Stop::Approved, Step::Release(index, id))
        }
        Step::Release(index, id) => {
            let finance = as_role(Role::FinanceOfficer);
            release(course, &finance, index, id).await?.map(|next| (next, after(2)))
        }
        Step::Confirm(_, id) if course.stop == Stop::Failed => {
            let reason = "The bank returned the payment: the account is closed.";
            let failure = course.form("fail", 0).with("reason", reason);
            disbursements::fail(&as_role(Role::FinanceOfficer), id, &failure).await?;
            None
        }
        Step::Confirm(index, id) => {
            let confirmation = course
                .form("confirm", index)
                .with("bank_reference", format!("PAY-{}-{index}", course.award.number))
                .with("paid_on", course.day.to_string());
            disbursements::confirm(&as_role(Role::FinanceOfficer), id, &confirmation).await?;
            paid(course, demo, people, index).await?
        }
        Step::ReadFile(index, batch) => {
            answer(&as_role(Role::FinanceOfficer), batch).await?;
            paid(course, demo, people, index).await?
        }
        _ => None,
    })
}

/// Gives a payment to the bank: one of the past through a batch, as that one that is on its way; the others alone.
async fn release(course: &Course, finance: &Context, index: usize, id: DisbursementId) -> Result<Option<Step>> {
    let by_file = course.is_by_file(index);
    if by_file || course.stop == Stop::Released {
        let typed = course
            .form("batch", index)
            .with("payments", id.to_string())
            .with("execution_date", finance.today().to_string());
        let batch = disbursements::create_batch(finance, &typed).await?;
        return Ok(by_file.then_some(Step::ReadFile(index, batch)));
    }
    disbursements::release(finance, id, &course.form("release", index)).await?;
    Ok(Some(Step::Confirm(index, id)))
}

/// What follows an instalment: the first report, or the one after that which the instalment waited for.
async fn paid(course: &Course, demo: &Demo, people: &People, index: usize) -> Result<Option<(Step, NaiveDate)>> {
    let view = course.view(demo, people).await?;
    let reported = view.instalments[index].after_report.unwrap_or(0);
    Ok(course.before_report(demo, &view, usize::try_from(reported).unwrap_or(0)))
}

/// The bank's notification that a batch was paid.
async fn answer(finance: &Context, batch: PaymentBatchId) -> Result<()> {
    let payments = disbursements::batch(finance, batch).await?.payments;
    let day = finance.today();
    let entries: String = payments
        .iter()
        .map(|payment| {
            let (amount, id) = (payment.disbursement.amount.to_decimal(), &payment.end_to_end_id);
            format!(
                "<Ntry><Amt Ccy=\"USD\">{amount}</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>{day}</Dt>\
                 </BookgDt><AcctSvcrRef>VIE-{id}</AcctSvcrRef><NtryDtls><TxDtls><Refs><EndToEndId>{id}</EndToEndId></Refs>\
                 </TxDtls></NtryDtls></Ntry>"
            )
        })
        .collect();
    let file = format!(
        "<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.054.001.08\"><BkToCstmrDbtCdtNtfctn><Ntfctn><Acct><Id>\
         <IBAN>{FUND_ACCOUNT}</IBAN></Id></Acct>{entries}\
         </Ntfctn></BkToCstmrDbtCdtNtfctn></Document>"
    );
    disbursements::import_bank_file(finance, &format!("camt054-{day}.xml"), file.as_bytes()).await?;
    Ok(())
}
