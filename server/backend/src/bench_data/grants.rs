//! A grant of every awarded application: commitment, funding, instalments paid, reports accepted, people helped.

use chrono::{DateTime, Datelike as _, Months, NaiveDate, Utc};
use domain::applications::{Section, planned_results, read_budget};
use domain::contributions::FundingShare;
use domain::disbursements::DisbursementStep;
use domain::funding::{MoneyStage, Source, spread};
use domain::grants::{GrantState, default_instalments, end_date};
use domain::help::{AgeGroup, Exploitation, HelpKind, Movement, Returnee, Sex};
use domain::ids::GrantId;
use domain::ledger::{Event, commitment, disbursement as step_of, report_accepted};
use domain::money::split_in_proportion;
use domain::reports::{Period, ReportState, periods};
use domain::time::{add_days, quarter_start};

use super::applications::{STATES, Written, application};
use super::money::{About, Journal, by_earmark, next_id};
use super::payments::{Payments, is_on_its_way, pay, progress};
use super::people::{OFFICER, SIGNATORY, code};
use super::receipts::{Money, Receipts, fund};
use super::sections::PARAGRAPH;
use super::{APPLICATIONS_EACH, Bulk, growth};
use crate::audit::Kind;
use crate::disbursements::entity::{disbursement, disbursement_step};
use crate::error::Result;
use crate::grants::entity::{grant, grant_budget_line, grant_indicator, instalment};
use crate::reports::entity::{report, report_expenditure, report_people, report_result};
use crate::reports::totals;

/// A grant that runs, and has a report.
pub(super) const RUNNING: i64 = 2;

/// Everything about all grants, until it is inserted.
#[derive(Default)]
struct Rows {
    grants: Vec<grant::Model>,
    receipts: Receipts,
    instalments: Vec<instalment::Model>,
    lines: Vec<grant_budget_line::Model>,
    indicators: Vec<grant_indicator::Model>,
    payments: Payments,
    reports: Vec<report::Model>,
    expenditure: Vec<report_expenditure::Model>,
    results: Vec<report_result::Model>,
    people: Vec<report_people::Model>,
}

/// Writes the grants of so many applications and adds their entries to the books, until these have so many postings. Gives
/// what they took of receipts, and the reports whose people count, each with the first day from which they do.
pub(super) async fn write(
    bulk: &mut Bulk<'_>,
    books: &mut Journal,
    sources: &mut [Source],
    (applications, postings): (usize, usize),
) -> Result<(Receipts, Vec<(i64, NaiveDate)>)> {
    let (now, today) = (bulk.context.now, bulk.context.today());
    let mut rows = Rows::default();
    let awarded = (0..applications)
        .filter(|number| STATES[number % APPLICATIONS_EACH] == domain::applications::ApplicationState::Awarded);
    for number in awarded {
        let written = application(number, now);
        let id = add_grant(&mut rows, &written, now, today);
        let shares = fund(&mut rows.receipts, &written, id, sources)?;
        add_life(&mut rows, books, id, &shares, sources, now)?;
    }
    growth::fill(&mut rows.payments.disbursements, books, postings)?;
    let actions = DisbursementStep::CODES.iter().map(|code| (*code, format!("audit-disbursement-{code}")));
    let actions: Vec<(&str, String)> = actions.collect();
    let counted: Vec<(i64, NaiveDate)> =
        rows.reports.iter().filter_map(|report| Some((report.id, report.people_from?))).collect();
    bulk.insert::<grant::Entity>(rows.grants).await?;
    bulk.insert::<instalment::Entity>(rows.instalments).await?;
    bulk.insert::<grant_budget_line::Entity>(rows.lines).await?;
    bulk.insert::<grant_indicator::Entity>(rows.indicators).await?;
    let acts = rows.payments.steps.iter().filter_map(|step| {
        let action = actions.iter().find(|(code, _)| *code == step.step)?;
        Some((action.1.as_str(), step.disbursement_id, step.user_id?, step.at, None))
    });
    bulk.trail(Kind::Disbursement, acts.collect()).await?;
    bulk.insert::<disbursement::Entity>(rows.payments.disbursements).await?;
    bulk.insert::<disbursement_step::Entity>(rows.payments.steps).await?;
    bulk.insert::<report::Entity>(rows.reports).await?;
    bulk.insert::<report_expenditure::Entity>(rows.expenditure).await?;
    bulk.insert::<report_result::Entity>(rows.results).await?;
    bulk.insert::<report_people::Entity>(rows.people).await?;
    Ok((rows.receipts, counted))
}

/// Adds the people of reports to the sums that are kept.
pub(super) async fn count_people(bulk: &mut Bulk<'_>, counted: Vec<(i64, NaiveDate)>) -> Result<()> {
    for (report, from) in counted {
        let work = bulk.step().await?;
        let people = totals::rows(&work.transaction, report).await?;
        totals::add(work, &people, from).await?;
    }
    Ok(())
}

/// State and first day of a grant: one in five each being prepared, waiting for its signature, and closed; two in
/// five active, one of them with a report that is late or waits to be read.
fn stage(id: i64, months: u32, today: NaiveDate) -> (GrantState, Option<NaiveDate>) {
    let ago = |months: u32| today.checked_sub_months(Months::new(months));
    match id % 5 {
        0 => (GrantState::Preparing, None),
        1 => (GrantState::ToSign, ago(0)),
        2 => (GrantState::Active, ago(10)),
        3 => (GrantState::Active, ago(14)),
        _ => (GrantState::Closed, ago(months + 4)),
    }
}

fn add_grant(rows: &mut Rows, written: &Written, now: DateTime<Utc>, today: NaiveDate) -> i64 {
    let row = &written.row;
    let id = next_id(&rows.grants);
    let months = u32::try_from(row.duration_months).unwrap_or(12);
    let (state, start) = stage(id, months, today);
    let signed = matches!(state, GrantState::Active | GrantState::Closed);
    rows.grants.push(grant::Model {
        id,
        number: format!("G-{}-{id:04}", today.year()),
        search: crate::page::fold(&format!("G-{}-{id:04} {}", today.year(), row.title)),
        application_id: row.id,
        call_id: row.call_id,
        organisation_id: row.organisation_id,
        title: row.title.clone(),
        theme: row.theme.clone(),
        country: row.country.clone(),
        award_usd_minor: row.requested_usd_minor,
        state: state.code().to_owned(),
        conditions: String::new(),
        months: row.duration_months,
        start_date: start,
        end_date: start.map(|start| end_date(start, months)),
        offered_by: start.map(|_| OFFICER),
        offered_at: start.map(|_| now),
        taken_back_reason: String::new(),
        countersigned_by: signed.then_some(SIGNATORY),
        countersigned_name: signed.then(|| "Person".to_owned()),
        countersigned_at: signed.then_some(now),
        closed_at: (state == GrantState::Closed).then_some(now),
        ended_reason: String::new(),
        end_command_id: None,
        created_at: now,
    });
    if let Some(budget) = written.sections.get(&Section::Budget) {
        for (position, line) in (1..).zip(read_budget(budget).lines) {
            rows.lines.push(grant_budget_line::Model {
                id: next_id(&rows.lines),
                grant_id: id,
                position,
                category: line.category.map_or("", |category| category.code()).to_owned(),
                description: line.description,
                requested_usd_minor: line.requested.minor,
            });
        }
    }
    if let Some(results) = written.sections.get(&Section::Results) {
        for (position, result) in (1..).zip(planned_results(results)) {
            rows.indicators.push(grant_indicator::Model {
                id: next_id(&rows.indicators),
                grant_id: id,
                position,
                indicator: result.indicator,
                unit: result.unit,
                counted: result.counted.code().to_owned(),
                baseline: result.baseline,
                target: result.target,
                confirmed_counted: (id % 50 != 3).then(|| result.counted.code().to_owned()),
                confirmed_by: None,
                confirmed_at: None,
            });
        }
    }
    id
}

/// What happened since: the commitment, and of signed grants reports and payments.
fn add_life(
    rows: &mut Rows,
    books: &mut Journal,
    id: i64,
    shares: &[FundingShare],
    sources: &[Source],
    now: DateTime<Utc>,
) -> Result<()> {
    let Some(grant) = rows.grants.last().cloned() else {
        return Ok(());
    };
    let today = domain::time::vienna_date(now);
    let start = grant.start_date.unwrap_or(today);
    let about =
        |source_kind, source_id, date| About { date, source_kind, source_id, donor: None, grant: Some(GrantId(id)) };
    let entry = books.post(Event::Commitment, &about("grant", id, start), &commitment(&by_earmark(shares, sources)))?;
    for row in rows.receipts.funding.iter_mut().rev().take_while(|row| row.grant_id == id) {
        row.entry_id = entry;
    }
    let signed = grant.countersigned_at.is_some();
    let periods = if signed { periods(start, u32::try_from(grant.months).unwrap_or(12)) } else { Vec::new() };
    let accepted = match grant.closed_at {
        Some(_) => periods.len(),
        None => periods.len().min(1),
    };
    let mut money = Money::new(shares);
    let reports = (grant.months + 5) / 6;
    for planned in default_instalments(grant.award_usd_minor, reports) {
        let instalment_id = next_id(&rows.instalments);
        rows.instalments.push(instalment::Model {
            id: instalment_id,
            grant_id: id,
            number: planned.number,
            usd_minor: planned.usd_minor,
            condition: planned.condition.code().to_owned(),
            after_report: planned.after_report,
        });
        let due =
            planned.after_report.is_none_or(|report| usize::try_from(report).is_ok_and(|report| report <= accepted));
        if let Some(state) = progress(id, &planned).filter(|_| signed && due) {
            let paid_on = add_days(start, 14);
            let (disbursement_id, events) =
                pay(&mut rows.payments, (id, instalment_id), &planned, state, (paid_on, now));
            let shares = spread(planned.usd_minor, &money.open);
            let amounts = by_earmark(&shares, sources);
            for event in events {
                let entry =
                    books.post(event, &about("disbursement", disbursement_id, paid_on), &step_of(event, &amounts))?;
                match event {
                    Event::DisbursementApproved => {
                        money.moved(&mut rows.receipts, id, entry, MoneyStage::Advanced, &shares)
                    }
                    Event::DisbursementConfirmed => {
                        money.moved(&mut rows.receipts, id, entry, MoneyStage::Paid, &shares)
                    }
                    _ => (),
                }
            }
        }
    }
    let spending = split_in_proportion(grant.award_usd_minor, &vec![1; periods.len()]);
    for (position, (period, spent)) in periods.iter().zip(spending).enumerate() {
        // Nothing is spent that was not paid; what waits for a report is asked for once most of it is spent.
        let paid: i64 = money.unspent.iter().map(|share| share.usd_minor).sum();
        let spent = if is_on_its_way(id) { paid } else { spent.min(paid) };
        let report_id = add_report(rows, &grant, period, spent, position < accepted, now);
        if position < accepted {
            let shares = spread(spent, &money.unspent);
            let amounts = by_earmark(&shares, sources);
            let about = about("report", report_id, period.end);
            let entry = books.post(Event::ReportAccepted, &about, &report_accepted(&amounts))?;
            money.moved(&mut rows.receipts, id, entry, MoneyStage::Spent, &shares);
        }
    }
    Ok(())
}

fn add_report(
    rows: &mut Rows,
    grant: &grant::Model,
    period: &Period,
    spent: i64,
    accepted: bool,
    now: DateTime<Utc>,
) -> i64 {
    let id = next_id(&rows.reports);
    let over = period.end < domain::time::vienna_date(now);
    let state = match (accepted, over, grant.id % 2) {
        (true, _, _) => ReportState::Accepted,
        (false, true, 0) => ReportState::Submitted,
        _ => ReportState::Due,
    };
    let written = matches!(state, ReportState::Accepted | ReportState::Submitted);
    rows.reports.push(report::Model {
        id,
        grant_id: grant.id,
        number: period.number,
        kind: period.kind.code().to_owned(),
        period_start: period.start,
        period_end: period.end,
        due: period.due,
        state: state.code().to_owned(),
        typed: if written { serde_json::json!({ "achievements": [PARAGRAPH] }).to_string() } else { "{}".to_owned() },
        submitted_typed: None,
        version: 1,
        comments: String::new(),
        spent_usd_minor: if accepted { spent } else { 0 },
        submitted_by: written.then_some(SIGNATORY),
        submitted_at: written.then_some(now),
        assessed_by: accepted.then_some(OFFICER),
        assessed_at: accepted.then_some(now),
        reminded_due_at: None,
        reminded_late_at: None,
        people_from: accepted.then(|| quarter_start(period.end)),
    });
    if accepted {
        add_figures(rows, grant.id, id, spent);
    }
    id
}

/// What the books and the published figures take from an accepted report.
fn add_figures(rows: &mut Rows, grant_id: i64, report_id: i64, spent: i64) {
    let lines: Vec<(i64, i64)> = rows
        .lines
        .iter()
        .rev()
        .take_while(|line| line.grant_id == grant_id)
        .map(|line| (line.id, line.requested_usd_minor))
        .collect();
    let weights: Vec<i64> = lines.iter().map(|(_, requested)| *requested).collect();
    for ((budget_line_id, _), spent_usd_minor) in lines.iter().zip(split_in_proportion(spent, &weights)) {
        let id = next_id(&rows.expenditure);
        let explanation = String::new();
        rows.expenditure.push(report_expenditure::Model {
            id,
            report_id,
            budget_line_id: *budget_line_id,
            spent_usd_minor,
            explanation,
        });
    }
    for indicator in rows.indicators.iter().rev().take_while(|indicator| indicator.grant_id == grant_id) {
        rows.results.push(report_result::Model {
            id: next_id(&rows.results),
            report_id,
            indicator_id: indicator.id,
            achieved: indicator.target / 2,
            comment: String::new(),
        });
    }
    for number in 0..8 {
        let varied = number + usize::try_from(report_id).unwrap_or(0);
        rows.people.push(report_people::Model {
            id: next_id(&rows.people),
            report_id,
            sex: code(Sex::CODES, number).to_owned(),
            age: code(AgeGroup::CODES, varied).to_owned(),
            movement: code(Movement::CODES, varied).to_owned(),
            returnee: code(Returnee::CODES, varied).to_owned(),
            exploitation: code(Exploitation::CODES, varied).to_owned(),
            help: code(HelpKind::CODES, number).to_owned(),
            people: i64::try_from(varied % 9).unwrap_or(0),
        });
    }
}
