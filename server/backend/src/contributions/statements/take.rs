//! Taking lines of a bank statement: for a pledge, or as money held until somebody knows what it is. One by one, or all
//! that are sure, or all that are left; what was taken stays taken, so that a repeat goes on where it stopped.

use std::collections::{HashMap, HashSet};

use domain::contributions::{MATCH, PledgeInstalment, unpaid};
use domain::errors::{AppError, FieldErrors};
use domain::forms::Typed;
use domain::ids::{BankLineId, PledgeId, StatementId};
use domain::matching::{Candidate, Line, suggest};
use domain::message::Message;
use domain::money::Money;
use domain::roles::{Action, Subject};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _, Set,
};

use super::LineState;
use super::import::entered;
use crate::audit;
use crate::codes;
use crate::context::{Context, Work};
use crate::contributions::bank_entity::{bank_line, statement};
use crate::contributions::entity::pledge;
use crate::contributions::settle::{Arrived, enter, is_used};
use crate::contributions::unidentified::{ToHold, enter_many};
use crate::contributions::unidentified_queries::{OpenRow, load_open};
use crate::error::Result;

/// Lines taken in one transaction: other people's money waits no longer than that.
const CHUNK: u64 = 250;

/// A line as the matching sees it.
pub(super) fn to_line(row: &bank_line::Model) -> Result<Line> {
    Ok(Line {
        gross: Money::new(row.amount_minor + row.charge_minor, codes::currency(&row.currency)?),
        date: row.date,
        payer: row.payer.clone(),
        text: row.remittance.clone(),
    })
}

/// A line's money, under a command of its own: it can be entered once only.
fn arrived<'a>(row: &'a bank_line::Model, command_id: &'a str, stated: &'a str) -> Result<Arrived<'a>> {
    Ok(Arrived {
        amount: Money::new(row.amount_minor, codes::currency(&row.currency)?),
        charge_minor: row.charge_minor,
        date: row.date,
        booked_on: row.date,
        bank_reference: &row.bank_reference,
        command_id,
        stated,
        held: None,
    })
}

fn command(row: &bank_line::Model) -> String {
    format!("system/bank-line/{}", row.id)
}

async fn load(work: &Work<'_>, id: BankLineId) -> Result<bank_line::Model> {
    let found = bank_line::Entity::find_by_id(id.0).lock_exclusive().one(&work.transaction).await?;
    Ok(found.ok_or(AppError::NotFound)?)
}

/// Refuses lines that are taken, and money of the future or that somebody entered by hand in between.
async fn check(work: &Work<'_>, row: &bank_line::Model) -> Result<()> {
    if row.state != LineState::New.code() {
        return Err(AppError::refused("refused-line-taken").into());
    }
    if row.date > work.context.today() {
        return Err(AppError::refused("refused-line-future").into());
    }
    if is_used(work, &row.bank_reference).await? {
        return Err(AppError::refused("refused-line-entered").into());
    }
    Ok(())
}

async fn mark(work: &Work<'_>, row: bank_line::Model, receipt: i64) -> Result<()> {
    let mut change: bank_line::ActiveModel = row.into();
    change.state = Set(LineState::Matched.code().to_owned());
    change.receipt_id = Set(Some(receipt));
    change.update(&work.transaction).await?;
    Ok(())
}

/// Enters a line's money for a pledge, with its audit row; gives what it counts for the pledge.
async fn match_to(work: &Work<'_>, row: bank_line::Model, pledge: &pledge::Model, stated: &str) -> Result<i64> {
    let command_id = command(&row);
    let receipt = enter(work, pledge, &arrived(&row, &command_id, stated)?).await?;
    let kind = audit::Kind::Pledge;
    audit::record::<(), _>(work, "audit-pledge-receipt", kind, pledge.id, None, Some(&receipt)).await?;
    mark(work, row, receipt.id).await?;
    Ok(receipt.credited_minor)
}

/// Holds the money of lines, and marks them, with a few queries for all of them besides their entries.
async fn hold(work: &Work<'_>, rows: &[bank_line::Model]) -> Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    let commands: Vec<String> = rows.iter().map(command).collect();
    let all = rows
        .iter()
        .zip(&commands)
        .map(|(row, command_id)| {
            let arrived = arrived(row, command_id, "")?;
            Ok(ToHold { arrived, payer: &row.payer, remittance: &row.remittance })
        })
        .collect::<Result<Vec<_>>>()?;
    enter_many(work, &all).await?;
    let of_line = "(SELECT id FROM unidentified_receipts WHERE command_id = 'system/bank-line/' || bank_lines.id)";
    bank_line::Entity::update_many()
        .col_expr(bank_line::Column::State, Expr::value(LineState::Held.code()))
        .col_expr(bank_line::Column::UnidentifiedId, Expr::cust(of_line))
        .filter(bank_line::Column::Id.is_in(rows.iter().map(|row| row.id)))
        .exec(&work.transaction)
        .await?;
    Ok(())
}

/// Enters a line's money for a pledge. Doing it again for the same pledge changes nothing.
///
/// # Errors
/// Not allowed, not found, wrong fields, taken otherwise, no rate of exchange, or the database's.
pub async fn match_line(context: &Context, id: BankLineId, typed: &Typed) -> Result<()> {
    context.permit(Action::WriteReceipts, &Subject::NONE)?;
    let answers = MATCH.read(typed)?;
    let wanted = PledgeId(answers.id("pledge").unwrap_or(0));
    let work = context.begin_money().await?;
    let row = load(&work, id).await?;
    let pledge = pledge::Entity::find_by_id(wanted.0).one(&work.transaction).await?.ok_or_else(|| {
        FieldErrors::one("pledge", Message::new("error-no-such-choice").with("value", answers.text("pledge")))
    })?;
    if let Some(receipt) = row.receipt_id {
        let first = crate::contributions::entity::receipt::Entity::find_by_id(receipt).one(&work.transaction).await?;
        if first.is_some_and(|first| first.pledge_id == pledge.id) {
            return Ok(());
        }
    }
    check(&work, &row).await?;
    match_to(&work, row, &pledge, answers.text("settled")).await?;
    work.commit().await
}

/// Holds a line's money until somebody knows what it is. Doing it again changes nothing.
///
/// # Errors
/// Not allowed, not found, taken otherwise, no rate of exchange, or the database's.
pub async fn hold_line(context: &Context, id: BankLineId) -> Result<()> {
    context.permit(Action::WriteReceipts, &Subject::NONE)?;
    let work = context.begin_money().await?;
    let row = load(&work, id).await?;
    if row.state == LineState::Held.code() {
        return Ok(());
    }
    check(&work, &row).await?;
    hold(&work, &[row]).await?;
    work.commit().await
}

/// The next lines of a statement that nobody has taken, after one of a number.
async fn next(work: &Work<'_>, id: StatementId, after: i64) -> Result<Vec<bank_line::Model>> {
    if statement::Entity::find_by_id(id.0).one(&work.transaction).await?.is_none() {
        return Err(AppError::NotFound.into());
    }
    Ok(bank_line::Entity::find()
        .filter(bank_line::Column::StatementId.eq(id.0))
        .filter(bank_line::Column::State.eq(LineState::New.code()))
        .filter(bank_line::Column::Number.gt(after))
        .filter(bank_line::Column::Date.lte(work.context.today()))
        .order_by_asc(bank_line::Column::Number)
        .limit(CHUNK)
        .all(&work.transaction)
        .await?)
}

/// Enters every line for the pledge that is surely meant, and gives how many. The suggestions are made anew as
/// pledges are paid, line after line.
///
/// # Errors
/// Not allowed, not found, no rate of exchange for a line's day, or the database's; what was entered before stays.
pub async fn match_sure(context: &Context, id: StatementId) -> Result<usize> {
    context.permit(Action::WriteReceipts, &Subject::NONE)?;
    let (mut after, mut matched) = (0, 0);
    loop {
        let work = context.begin_money().await?;
        let rows = next(&work, id, after).await?;
        let Some(last) = rows.last().map(|row| row.number) else { return Ok(matched) };
        let mut open = Open::load(&work).await?;
        let used = used(&work, &rows).await?;
        let mut taken = 0;
        for row in rows {
            let Some(pledge) = open.sure(&to_line(&row)?) else { continue };
            if used.contains(&row.bank_reference) {
                continue;
            }
            let credited = match_to(&work, row, &open.pledges[&pledge], "").await?;
            open.pay(pledge, credited);
            taken += 1;
        }
        note(&work, id, "audit-statement-matched", taken).await?;
        work.commit().await?;
        (after, matched) = (last, matched + taken);
    }
}

/// Holds every line that is left, and gives how many.
///
/// # Errors
/// Not allowed, not found, no rate of exchange for a line's day, or the database's; what was held before stays held.
pub async fn hold_rest(context: &Context, id: StatementId) -> Result<usize> {
    context.permit(Action::WriteReceipts, &Subject::NONE)?;
    let (mut after, mut held) = (0, 0);
    loop {
        let work = context.begin_money().await?;
        let rows = next(&work, id, after).await?;
        let Some(last) = rows.last().map(|row| row.number) else { return Ok(held) };
        let used = used(&work, &rows).await?;
        let rows: Vec<bank_line::Model> = rows.into_iter().filter(|row| !used.contains(&row.bank_reference)).collect();
        hold(&work, &rows).await?;
        let taken = rows.len();
        note(&work, id, "audit-statement-held", taken).await?;
        work.commit().await?;
        (after, held) = (last, held + taken);
    }
}

/// Which of the lines' references stand for money that is in the books already.
async fn used(work: &Work<'_>, rows: &[bank_line::Model]) -> Result<HashSet<String>> {
    let references: Vec<String> = rows.iter().map(|row| row.bank_reference.clone()).collect();
    entered(work, &references).await
}

async fn note(work: &Work<'_>, id: StatementId, action: &str, lines: usize) -> Result<()> {
    if lines == 0 {
        return Ok(());
    }
    let after = serde_json::json!({ "lines": lines });
    audit::record::<(), _>(work, action, audit::Kind::BankStatement, id.0, None, Some(&after)).await
}

/// Pledges of which something is still to come, kept up to date while lines are taken.
struct Open {
    rows: Vec<OpenRow>,
    candidates: Vec<Candidate>,
    pledges: HashMap<i64, pledge::Model>,
}

impl Open {
    async fn load(work: &Work<'_>) -> Result<Self> {
        let rows = load_open(&work.transaction).await?;
        let candidates = rows.iter().map(candidate).collect();
        let all = pledge::Entity::find().all(&work.transaction).await?;
        Ok(Self { rows, candidates, pledges: all.into_iter().map(|pledge| (pledge.id, pledge)).collect() })
    }

    fn sure(&self, line: &Line) -> Option<i64> {
        let best = suggest(line, &self.candidates).into_iter().next()?;
        (best.sure && self.pledges.contains_key(&best.pledge.0)).then_some(best.pledge.0)
    }

    fn pay(&mut self, pledge: i64, credited: i64) {
        let Some(at) = self.rows.iter().position(|row| row.pledge.0 == pledge) else { return };
        let row = &mut self.rows[at];
        row.outstanding.minor -= credited;
        let due: Vec<PledgeInstalment> =
            row.unpaid.iter().map(|(due, amount)| PledgeInstalment { due: *due, amount: *amount }).collect();
        row.unpaid = due.iter().map(|one| one.due).zip(unpaid(&due, credited, 0)).collect();
        if row.outstanding.minor > 0 {
            self.candidates[at] = candidate(row);
        } else {
            self.rows.remove(at);
            self.candidates.remove(at);
        }
    }
}

fn candidate(row: &OpenRow) -> Candidate {
    Candidate::new(row.pledge, &row.donor_name, row.outstanding, row.unpaid.clone())
}
