//! Setting a waiting line aside that is no contribution, or that is settled otherwise, with a reason; and taking it up
//! again. No money moves.

use domain::contributions::SET_ASIDE;
use domain::errors::AppError;
use domain::forms::Typed;
use domain::ids::BankLineId;
use domain::roles::{Action, Subject};
use sea_orm::{ActiveModelTrait as _, Set};
use serde::Serialize;

use super::judge::sift;
use super::take::load;
use super::{LineState, reversals};
use crate::audit;
use crate::context::{Context, Work};
use crate::contributions::bank_entity::bank_line;
use crate::error::Result;

/// What the trail keeps of a line.
#[derive(Serialize)]
struct OfLine<'a> {
    number: i64,
    currency: &'a str,
    amount_minor: i64,
    bank_reference: &'a str,
    reason: Option<&'a str>,
}

async fn record(work: &Work<'_>, action: &str, before: &bank_line::Model, after: &bank_line::Model) -> Result<()> {
    let of = |row: &bank_line::Model| -> Result<serde_json::Value> {
        Ok(serde_json::to_value(OfLine {
            number: row.number,
            currency: &row.currency,
            amount_minor: row.amount_minor,
            bank_reference: &row.bank_reference,
            reason: row.set_aside_reason.as_deref(),
        })?)
    };
    // What was set aside is told whole, what was taken up by its reason, which goes.
    let (first, second) = match before.set_aside_reason {
        None => (None, of(after)?),
        Some(_) => (Some(of(before)?), of(after)?),
    };
    let kind = audit::Kind::BankStatement;
    audit::record(work, action, kind, before.statement_id, first.as_ref(), Some(&second)).await
}

/// Sets a line aside: it waits for nobody and no button takes it. Doing it again changes nothing.
///
/// # Errors
/// Not allowed, not found, no reason, a line that does not wait, or the database's.
pub async fn set_aside(context: &Context, id: BankLineId, typed: &Typed) -> Result<()> {
    context.permit(Action::WriteReceipts, &Subject::NONE)?;
    let answers = SET_ASIDE.read(typed)?;
    let work = context.begin_money().await?;
    let before = load(&work, id).await?;
    let state = LineState::from_code(&before.state);
    if state == Some(LineState::SetAside) {
        return Ok(());
    }
    if !state.is_some_and(|state| state.waits() || state == LineState::Returned) {
        return Err(AppError::refused("refused-line-taken").into());
    }
    let mut change: bank_line::ActiveModel = before.clone().into();
    change.state = Set(LineState::SetAside.code().to_owned());
    change.set_aside_from = Set(Some(before.state.clone()));
    change.set_aside_reason = Set(Some(answers.text("reason").to_owned()));
    let after = change.update(&work.transaction).await?;
    record(&work, "audit-line-set-aside", &before, &after).await?;
    work.commit().await
}

/// Takes up a line that was set aside, or that somebody said is known: it is what it was before, as far as the books
/// allow it by now. Doing it again changes nothing.
///
/// # Errors
/// Not allowed, not found, a line that was not set aside, or the database's.
pub async fn take_up(context: &Context, id: BankLineId) -> Result<()> {
    context.permit(Action::WriteReceipts, &Subject::NONE)?;
    let work = context.begin_money().await?;
    let before = load(&work, id).await?;
    let state = LineState::from_code(&before.state);
    if state.is_some_and(LineState::waits) {
        return Ok(());
    }
    let from = match (state, before.set_aside_from.clone()) {
        (Some(LineState::SetAside), Some(from)) => from,
        (Some(LineState::Known), _) => LineState::New.code().to_owned(),
        _ => return Err(AppError::refused("refused-line-taken").into()),
    };
    let mut change: bank_line::ActiveModel = before.clone().into();
    change.receipt_id = Set(None);
    change.unidentified_id = Set(None);
    // What the bank took back in the meantime did not stay: nobody may enter it.
    let taken_back = before.credit && before.counterpart_id.is_some();
    change.state = Set(if taken_back { LineState::Reversed.code().to_owned() } else { from });
    change.set_aside_from = Set(None);
    change.set_aside_reason = Set(None);
    let after = change.update(&work.transaction).await?;
    record(&work, "audit-line-taken-up", &before, &after).await?;
    if LineState::from_code(&after.state).is_some_and(LineState::is_undecided) {
        sift(&work, vec![after], true).await?;
    } else if after.state == LineState::Unordered.code() {
        sift(&work, vec![after], false).await?;
    } else {
        reversals::pair(&work, &after.account).await?;
    }
    work.commit().await
}
