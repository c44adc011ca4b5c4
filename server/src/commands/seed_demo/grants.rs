//! Grants at every stage: agreement, instalments, reports, a late report, a failed payment.

use backend::{Result, disbursements, grants, reports};
use chrono::NaiveDate;
use domain::forms::Typed;
use domain::grants::GrantState;
use domain::ids::{DisbursementId, PaymentBatchId, ReportId};
use domain::roles::Role;
use domain::time::add_days;

use super::applications::Award;
use super::data::ORGANISATIONS;
use super::people::People;
use super::{Demo, command, texts};

/// Where a grant of the second call stops. Those of the first call go as far as their reports allow.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stop {
    Preparing,
    ToSign,
    Requested,
    Certified,
    Approved,
    Released,
    Failed,
    Nowhere,
}

const STOPS: [Stop; 8] = [
    Stop::Preparing,
    Stop::ToSign,
    Stop::Requested,
    Stop::Certified,
    Stop::Approved,
    Stop::Released,
    Stop::Failed,
    Stop::Nowhere,
];

/// The application whose first payment was confirmed by a file of the bank.
const FIRST_BY_FILE: usize = 1;
/// The grant of the first call whose report is late.
const LATE: usize = 3;
/// The grant of the first call whose latest report was returned to the organisation.
const RETURNED: usize = 5;
/// The grant of the first call whose latest report waits to be looked at.
const SUBMITTED: usize = 6;
/// The grant of the first call whose next report is being written.
const DRAFTED: usize = 8;

/// Takes every grant to its stage.
pub async fn enter(demo: &Demo, people: &People, awards: &[Award]) -> Result<()> {
    let first = awards.len().saturating_sub(STOPS.len());
    for (position, award) in awards.iter().enumerate() {
        let stop = position.checked_sub(first).map_or(Stop::Nowhere, |second| STOPS[second]);
        grant(demo, people, award, position, stop).await?;
    }
    Ok(())
}

async fn grant(demo: &Demo, people: &People, award: &Award, position: usize, stop: Stop) -> Result<()> {
    if stop == Stop::Preparing {
        return Ok(());
    }
    let officer = people.one(Role::ProgrammeOfficer);
    let offered = add_days(award.day, 10);
    let start = add_days(award.day, 25);
    let months = super::projects::months(award.number);
    let typed = Typed::default().with("start_date", start.to_string()).with("months", months.to_string());
    let view = grants::queries::get(&demo.at(&officer, offered), award.grant).await?;
    for indicator in &view.indicators {
        let typed = Typed::default().with("counted", indicator.counted.code());
        grants::confirm_indicator(&demo.at(&officer, offered), award.grant, indicator.id, &typed).await?;
    }
    grants::offer(&demo.at(&officer, offered), award.grant, &typed).await?;
    if stop == Stop::ToSign {
        return Ok(());
    }
    let signatory = &people.signatories[award.organisation];
    let signature =
        Typed::default().with("accept", "yes").with("full_name", ORGANISATIONS[award.organisation].signatory);
    grants::countersign(&demo.at(signatory, add_days(offered, 6)), award.grant, &signature).await?;
    if !pay(demo, people, award, 0, add_days(start, 3), stop).await? {
        return Ok(());
    }
    let view = grants::queries::get(&demo.at(&officer, demo.today), award.grant).await?;
    let number = view.reports.len();
    for (turn, report) in view.reports.iter().enumerate() {
        // The report comes a little before it is due, and is accepted ten days later.
        let sent = report.due - chrono::TimeDelta::days(5);
        let part = (turn, number, share(turn, number));
        if sent > demo.today || (position == LATE && turn == 1) {
            if position == DRAFTED {
                write_report(demo, people, award, report.id, part, demo.ago(2)).await?;
            }
            return Ok(());
        }
        write_report(demo, people, award, report.id, part, sent).await?;
        submit_report(demo, people, award, report.id, sent).await?;
        let latest = view.reports.get(turn + 1).is_none_or(|next| next.due > demo.today);
        if position == RETURNED && latest {
            let comments = Typed::default().with("comments", texts::RETURN_COMMENTS);
            return reports::return_to_organisation(&demo.at(&officer, demo.ago(4)), report.id, &comments).await;
        }
        let accepted = add_days(sent, 10);
        if accepted > demo.today || (position == SUBMITTED && latest) {
            return Ok(());
        }
        reports::accept(&demo.at(&officer, accepted), report.id, &Typed::default()).await?;
        for (index, instalment) in view.instalments.iter().enumerate().skip(1) {
            if instalment.after_report == Some(report.number)
                && !pay(demo, people, award, index, add_days(accepted, 4), Stop::Nowhere).await?
            {
                return Ok(());
            }
        }
    }
    let after = grants::queries::get(&demo.at(&officer, demo.today), award.grant).await?;
    if after.row.state == GrantState::Active && after.close_obstacle.is_none() {
        grants::close(
            &demo.at(&officer, demo.ago(1)),
            award.grant,
            &Typed::default().with("command_id", command(format!("close-{}", award.number))),
        )
        .await?;
    }
    Ok(())
}

/// The share of the budget, in hundredths of a per cent, that a report accounts for: the first one enough for the
/// instalment after it, the last one all that is left.
fn share(turn: usize, number: usize) -> i64 {
    match (turn, number) {
        (turn, number) if turn + 1 == number => 10_000,
        (0, _) => 4_000,
        (_, number) => 4_500 / i64::try_from(number.saturating_sub(2)).unwrap_or(1).max(1),
    }
}

/// Pays an instalment, as far as the grant goes; true when it is paid.
async fn pay(demo: &Demo, people: &People, award: &Award, index: usize, day: NaiveDate, stop: Stop) -> Result<bool> {
    if day > demo.today {
        return Ok(false);
    }
    let officer = demo.at(&people.one(Role::ProgrammeOfficer), day);
    let view = grants::queries::get(&officer, award.grant).await?;
    let instalment = &view.instalments[index];
    let name = format!("{}-{index}", award.number);
    let step = |event: &str| Typed::default().with("command_id", command(format!("{event}-{name}")));
    let id = disbursements::request(&officer, award.grant, instalment.id, &step("request")).await?;
    if stop == Stop::Requested {
        return Ok(false);
    }
    let certifying = demo.at(&people.one(Role::CertifyingOfficer), add_days(day, 1).min(demo.today));
    disbursements::certify(&certifying, id, &step("certify")).await?;
    if stop == Stop::Certified {
        return Ok(false);
    }
    let approving = demo.at(&people.one(Role::ApprovingOfficer), add_days(day, 2).min(demo.today));
    disbursements::approve(&approving, id, &step("approve")).await?;
    if stop == Stop::Approved {
        return Ok(false);
    }
    let finance = demo.at(&people.one(Role::FinanceOfficer), add_days(day, 3).min(demo.today));
    // One payment of the past went through a batch and the bank's file, as the one does that is on its way.
    let by_file = stop == Stop::Nowhere && award.number == FIRST_BY_FILE && index == 0;
    if stop == Stop::Released || by_file {
        let batch = step("batch").with("payments", id.to_string()).with("execution_date", finance.today().to_string());
        let batch = disbursements::create_batch(&finance, &batch).await?;
        if by_file {
            let paid = demo.at(&people.one(Role::FinanceOfficer), add_days(day, 5).min(demo.today));
            return answer(&paid, batch).await.map(|()| true);
        }
    } else {
        disbursements::release(&finance, id, &step("release")).await?;
    }
    let paid = add_days(day, 5).min(demo.today);
    finish(&demo.at(&people.one(Role::FinanceOfficer), paid), id, &name, stop, paid).await
}

/// The bank's notification that a batch was paid.
async fn answer(finance: &backend::Context, batch: PaymentBatchId) -> Result<()> {
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
        "<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.054.001.08\"><BkToCstmrDbtCdtNtfctn><Ntfctn>{entries}\
         </Ntfctn></BkToCstmrDbtCdtNtfctn></Document>"
    );
    disbursements::import_bank_file(finance, &format!("camt054-{day}.xml"), file.as_bytes()).await?;
    Ok(())
}

async fn finish(
    finance: &backend::Context,
    id: DisbursementId,
    name: &str,
    stop: Stop,
    paid: NaiveDate,
) -> Result<bool> {
    if stop == Stop::Released {
        return Ok(false);
    }
    if stop == Stop::Failed {
        let failure = Typed::default()
            .with("reason", "The bank returned the payment: the account is closed.")
            .with("command_id", command(format!("fail-{name}")));
        disbursements::fail(finance, id, &failure).await?;
        return Ok(false);
    }
    let confirmation = Typed::default()
        .with("bank_reference", format!("PAY-{name}"))
        .with("paid_on", paid.to_string())
        .with("command_id", command(format!("confirm-{name}")));
    disbursements::confirm(finance, id, &confirmation).await?;
    Ok(true)
}

/// Writes a report. `turn` of `number` reports; `share` of the budget in hundredths of a per cent that
/// has been spent in its period (the last one spends what is left).
async fn write_report(
    demo: &Demo,
    people: &People,
    award: &Award,
    report: ReportId,
    (turn, number, share): (usize, usize, i64),
    written: NaiveDate,
) -> Result<()> {
    let signatory = demo.at(&people.signatories[award.organisation], written);
    let view = reports::queries::get(&signatory, report).await?;
    let texts = texts::report(ORGANISATIONS[award.organisation].theme, award.number + turn);
    let mut typed = Typed::default()
        .with("achievements", texts.achievements)
        .with("challenges", texts.challenges)
        .with("lessons", texts.lessons)
        .with("safeguarding_incidents", "0");
    for (row, line) in view.lines.iter().enumerate() {
        let left = line.budget.minor - line.before.minor;
        let spent = if turn + 1 == number { left } else { (line.budget.minor * share / 10_000).min(left) };
        typed.set(&format!("expenditure.{row}.line"), line.position.to_string());
        typed.set(&format!("expenditure.{row}.spent"), format!("{}.{:02}", spent / 100, spent % 100));
        typed.set(&format!("expenditure.{row}.explanation"), texts::deviation(award.number + turn + row));
    }
    for (row, result) in view.results.iter().enumerate() {
        let reached =
            result.target * i64::try_from((turn + 1) * 95).unwrap_or(95) / (i64::try_from(number).unwrap_or(1) * 100);
        typed.set(&format!("indicators.{row}.indicator"), result.position.to_string());
        typed.set(&format!("indicators.{row}.achieved"), reached.to_string());
    }
    people_rows(&mut typed, award.number + turn);
    reports::save(&signatory, report, &typed).await?;
    Ok(())
}

async fn submit_report(demo: &Demo, people: &People, award: &Award, report: ReportId, sent: NaiveDate) -> Result<()> {
    let signatory = demo.at(&people.signatories[award.organisation], sent);
    let declaration =
        Typed::default().with("declaration", "yes").with("full_name", ORGANISATIONS[award.organisation].signatory);
    reports::submit(&signatory, report, &declaration).await
}

fn people_rows(typed: &mut Typed, number: usize) {
    let rows = [
        ("female", "adult", "cross-border", "yes", "sexual", "physical", 9 + number % 8),
        ("female", "child", "internal", "no", "domestic-servitude", "psychological", 5 + number % 6),
        ("male", "adult", "cross-border", "yes", "forced-labour", "social", 7 + number % 9),
        ("male", "child", "internal", "not-stated", "forced-begging", "physical", 1 + number % 4),
        ("female", "adult", "internal", "no", "forced-marriage", "social", 2 + number % 3),
        ("other", "adult", "cross-border", "yes", "mixed-or-other", "psychological", number % 2),
    ];
    let fields = ["sex", "age", "movement", "returnee", "exploitation", "help"];
    for (row, (sex, age, movement, returnee, exploitation, help, count)) in rows.into_iter().enumerate() {
        if count > 0 {
            for (name, value) in fields.iter().zip([sex, age, movement, returnee, exploitation, help]) {
                typed.set(&format!("people.{row}.{name}"), value);
            }
            typed.set(&format!("people.{row}.count"), count.to_string());
        }
    }
}
