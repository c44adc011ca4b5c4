//! Taking lines of a bank statement: for a pledge, or as money held until somebody knows what it is. One by one, or all
//! that are sure, or all that are left; what was taken stays taken, so that a repeat goes on where it stopped.

use std::collections::HashMap;

use domain::contributions::{MATCH, PledgeInstalment, unpaid};
use domain::errors::{AppError, FieldErrors};
use domain::forms::Typed;
use domain::ids::{BankLineId, PledgeId, StatementId};
use domain::matching::{Candidates, Line};
use domain::message::Message;
use domain::money::Money;
use domain::roles::{Action, Subject};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _};

use super::alike::alike;
use super::judge::{judge_waiting, sift};
use super::{LineState, told};
use crate::audit;
use crate::codes;
use crate::context::{Context, Work};
use crate::contributions::bank_entity::{bank_line, statement};
use crate::contributions::enter::Entering;
use crate::contributions::entity::{pledge, receipt};
use crate::contributions::settle::{Arrived, is_used, open_pledge};
use crate::contributions::unidentified::{ToHold, enter_many};
use crate::contributions::unidentified_queries::{Payable, candidate, load_open};
use crate::error::Result;
use crate::ledger::periods::closed_until;

/// Lines taken in one transaction: other people's money waits no longer than that.
const CHUNK: u64 = 500;

/// A line as the matching sees it.
pub(super) fn to_line(row: &bank_line::Model) -> Result<Line> {
    Ok(Line {
        gross: match ordered(row)? {
            Some(ordered) => ordered,
            None => Money::new(row.amount_minor + row.charge_minor, codes::currency(&row.currency)?),
        },
        date: row.date,
        payer: row.payer.clone(),
        text: row.remittance.clone(),
    })
}

/// What the payer ordered, where the bank credited another currency.
pub(in crate::contributions) fn ordered(row: &bank_line::Model) -> Result<Option<Money>> {
    let (Some(code), Some(minor)) = (&row.ordered_currency, row.ordered_minor) else { return Ok(None) };
    Ok(Some(Money::new(minor, codes::currency(code)?)))
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
        ordered: ordered(row)?,
        held: None,
    })
}

fn command(row: &bank_line::Model) -> String {
    format!("system/bank-line/{}", row.id)
}

pub(super) async fn load(work: &Work<'_>, id: BankLineId) -> Result<bank_line::Model> {
    let found = bank_line::Entity::find_by_id(id.0).lock_exclusive().one(&work.transaction).await?;
    Ok(found.ok_or(AppError::NotFound)?)
}

/// Refuses lines that are taken, and money of the future or that is, or may be, in the books in another way by now. What the line is
/// then is written down although it is refused, so that it does not wait for ever.
async fn check<'a>(work: Work<'a>, row: bank_line::Model) -> Result<(Work<'a>, bank_line::Model)> {
    if !LineState::from_code(&row.state).is_some_and(LineState::is_undecided) {
        return Err(AppError::refused("refused-line-taken").into());
    }
    if row.date > work.context.today() {
        return Err(AppError::refused("refused-line-future").into());
    }
    let Some(row) = sift(&work, vec![row], true).await?.pop() else {
        work.commit().await?;
        return Err(AppError::refused("refused-line-entered").into());
    };
    if is_used(&work, &row.bank_reference).await? {
        return Err(AppError::refused("refused-line-entered").into());
    }
    let perhaps = alike(&work.transaction, std::slice::from_ref(&row)).await?.pop().unwrap_or_default();
    if let Some(other) = perhaps.first() {
        let message = Message::new("refused-line-perhaps-entered")
            .with("date", other.date)
            .with("amount", other.amount)
            .with("reference", other.bank_reference.as_str());
        return Err(AppError::Refused(message).into());
    }
    Ok((work, row))
}

/// The lines of which nothing in the books may be the money.
async fn without_doubt(work: &Work<'_>, rows: Vec<bank_line::Model>) -> Result<Vec<bank_line::Model>> {
    let perhaps = alike(&work.transaction, &rows).await?;
    Ok(rows.into_iter().zip(perhaps).filter(|(_, perhaps)| perhaps.is_empty()).map(|(row, _)| row).collect())
}

/// Enters money that was added of lines for pledges, with its audit rows, and marks the lines, with a few queries for
/// all of them.
async fn write(work: &Work<'_>, entering: Entering, lines: Vec<i64>) -> Result<()> {
    if lines.is_empty() {
        return Ok(());
    }
    let receipts = entering.write(work).await?;
    let references: Vec<String> = receipts.iter().map(|receipt| receipt.bank_reference.clone()).collect();
    let made: Vec<(i64, receipt::Model)> = receipts.into_iter().map(|receipt| (receipt.pledge_id, receipt)).collect();
    audit::record_many(work, "audit-pledge-receipt", audit::Kind::Pledge, &made).await?;
    let of_line = "(SELECT id FROM receipts WHERE command_id = 'system/bank-line/' || bank_lines.id)";
    bank_line::Entity::update_many()
        .col_expr(bank_line::Column::State, Expr::value(LineState::Matched.code()))
        .col_expr(bank_line::Column::ReceiptId, Expr::cust(of_line))
        .filter(bank_line::Column::Id.is_in(lines))
        .exec(&work.transaction)
        .await?;
    judge_waiting(work, &references).await
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
    let references: Vec<String> = rows.iter().map(|row| row.bank_reference.clone()).collect();
    judge_waiting(work, &references).await
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
        let first = receipt::Entity::find_by_id(receipt).one(&work.transaction).await?;
        if first.is_some_and(|first| first.pledge_id == pledge.id) {
            return Ok(());
        }
    }
    let (work, row) = check(work, row).await?;
    let mut entering = Entering::default();
    let mut open = open_pledge(&work.transaction, &pledge).await?;
    entering.add(&work, &pledge, &mut open, &arrived(&row, &command(&row), answers.text("settled"))?).await?;
    write(&work, entering, vec![row.id]).await?;
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
    let (work, row) = check(work, row).await?;
    hold(&work, &[row]).await?;
    work.commit().await
}

/// The next lines of a statement that nobody has taken, after one of an identifier; doubtful ones are taken by hand.
/// Those of days whose books are closed stay behind: they keep no other line waiting, and each says by itself why it
/// cannot be taken.
async fn next(work: &Work<'_>, id: StatementId, after: i64) -> Result<Vec<bank_line::Model>> {
    if statement::Entity::find_by_id(id.0).one(&work.transaction).await?.is_none() {
        return Err(AppError::NotFound.into());
    }
    let mut query = bank_line::Entity::find()
        .filter(bank_line::Column::Id.in_subquery(told::lines_of(id.0)))
        .filter(bank_line::Column::State.eq(LineState::New.code()))
        .filter(bank_line::Column::Id.gt(after))
        .filter(bank_line::Column::Date.lte(work.context.today()));
    if let Some(closed) = closed_until(&work.transaction).await? {
        query = query.filter(bank_line::Column::Date.gt(closed));
    }
    Ok(query.order_by_asc(bank_line::Column::Id).limit(CHUNK).all(&work.transaction).await?)
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
        let Some(last) = rows.last().map(|row| row.id) else { return Ok(matched) };
        let mut open = Open::load(&work).await?;
        let rows = without_doubt(&work, sift(&work, rows, false).await?).await?;
        let (mut entering, mut lines) = (Entering::default(), Vec::new());
        for row in &rows {
            let Some(payable) = open.sure(&to_line(row)?) else { continue };
            let command_id = command(row);
            let arrived = arrived(row, &command_id, "")?;
            let credited = entering.add(&work, &payable.pledge, &mut payable.open, &arrived).await?;
            let pledge = payable.row.pledge;
            open.pay(pledge, credited);
            lines.push(row.id);
        }
        let taken = lines.len();
        write(&work, entering, lines).await?;
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
        let Some(last) = rows.last().map(|row| row.id) else { return Ok(held) };
        let rows = without_doubt(&work, sift(&work, rows, false).await?).await?;
        hold(&work, &rows).await?;
        let taken = rows.len();
        note(&work, id, "audit-statement-held", taken).await?;
        work.commit().await?;
        (after, held) = (last, held + taken);
    }
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
    pledges: HashMap<PledgeId, Payable>,
    candidates: Candidates,
}

impl Open {
    async fn load(work: &Work<'_>) -> Result<Self> {
        let rows = load_open(&work.transaction).await?;
        let candidates = Candidates::new(rows.iter().map(|payable| candidate(&payable.row)));
        Ok(Self { pledges: rows.into_iter().map(|payable| (payable.row.pledge, payable)).collect(), candidates })
    }

    /// The pledge that a line surely pays.
    fn sure(&mut self, line: &Line) -> Option<&mut Payable> {
        let best = self.candidates.suggest(line).into_iter().next().filter(|best| best.sure)?;
        self.pledges.get_mut(&best.pledge)
    }

    fn pay(&mut self, pledge: PledgeId, credited: i64) {
        let Some(Payable { row, .. }) = self.pledges.get_mut(&pledge) else { return };
        row.outstanding.minor -= credited;
        let due: Vec<PledgeInstalment> =
            row.unpaid.iter().map(|(due, amount)| PledgeInstalment { due: *due, amount: *amount }).collect();
        row.unpaid = due.iter().map(|one| one.due).zip(unpaid(&due, credited, 0)).collect();
        if row.outstanding.minor > 0 {
            self.candidates.put(candidate(row));
        } else {
            self.pledges.remove(&pledge);
            self.candidates.remove(pledge);
        }
    }
}
