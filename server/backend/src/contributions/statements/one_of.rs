//! Saying of a line that may be money of the books, or another line told again, which of the two it is. No money moves.

use domain::contributions::{OTHER_MONEY, SAME_MONEY};
use domain::errors::AppError;
use domain::forms::Typed;
use domain::ids::{BankLineId, StatementId};
use domain::roles::{Action, Subject};
use sea_orm::sea_query::{Expr, ExprTrait as _};
use sea_orm::{ActiveModelTrait as _, ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _, Set};
use serde::Serialize;

use super::alike::{Alike, AlikeMoney, alike};
use super::same::tells_again;
use super::take::load;
use super::{LineState, told};
use crate::audit;
use crate::context::{Context, Work};
use crate::contributions::bank_entity::bank_line;
use crate::error::Result;

/// Lines in one question to the database.
const CHUNK: usize = 500;

/// What the trail keeps of a line, and of the money that it is or is not.
#[derive(Serialize)]
struct OfLine<'a> {
    number: i64,
    currency: &'a str,
    amount_minor: i64,
    bank_reference: &'a str,
    other_reference: &'a str,
}

async fn record(work: &Work<'_>, action: &str, line: &bank_line::Model, other: &Alike) -> Result<()> {
    let of_line = OfLine {
        number: line.number,
        currency: &line.currency,
        amount_minor: line.amount_minor,
        bank_reference: &line.bank_reference,
        other_reference: &other.bank_reference,
    };
    let kind = audit::Kind::BankStatement;
    audit::record::<(), _>(work, action, kind, line.statement_id, None, Some(&of_line)).await
}

/// A line of which somebody has to say what it is, with what may be the same money.
async fn in_doubt(work: &Work<'_>, id: BankLineId) -> Result<(bank_line::Model, Vec<Alike>)> {
    let line = load(work, id).await?;
    if !LineState::from_code(&line.state).is_some_and(LineState::is_undecided) {
        return Err(AppError::refused("refused-line-taken").into());
    }
    let found = alike(&work.transaction, std::slice::from_ref(&line)).await?.pop().unwrap_or_default();
    Ok((line, found))
}

/// Says that a line is money that was entered, or a line that was told before: it is bound to that, nothing is booked,
/// and it waits no longer. Doing it again changes nothing.
///
/// # Errors
/// Not allowed, not found, a line that does not wait, money that it cannot be, or the database's.
pub async fn say_same(context: &Context, id: BankLineId, typed: &Typed) -> Result<()> {
    context.permit(Action::WriteReceipts, &Subject::NONE)?;
    let answers = SAME_MONEY.read(typed)?;
    let work = context.begin_money().await?;
    let known = load(&work, id).await?;
    let is_said = |line: &bank_line::Model| {
        let keys = [("receipt", line.receipt_id), ("held", line.unidentified_id), ("line", line.alike_id)];
        keys.iter().any(|(name, id)| id.is_some_and(|id| answers.text("what") == format!("{name}-{id}")))
    };
    if known.state == LineState::Known.code() && is_said(&known) {
        return Ok(());
    }
    let (line, found) = in_doubt(&work, id).await?;
    let other = found.into_iter().find(|other| other.what.key() == answers.text("what"));
    let other = other.ok_or_else(|| AppError::refused("refused-line-not-alike"))?;
    bind(&work, line.clone(), other.what).await?;
    record(&work, "audit-line-same", &line, &other).await?;
    work.commit().await
}

async fn bind(work: &Work<'_>, line: bank_line::Model, what: AlikeMoney) -> Result<()> {
    let mut change = bank_line::ActiveModel {
        id: Set(line.id),
        state: Set(LineState::Known.code().to_owned()),
        ..Default::default()
    };
    match what {
        AlikeMoney::Receipt(_, receipt) => change.receipt_id = Set(Some(receipt.0)),
        AlikeMoney::Held(held) => change.unidentified_id = Set(Some(held.0)),
        AlikeMoney::Line(other, ..) => change.alike_id = Set(Some(other.0)),
    }
    change.update(&work.transaction).await?;
    Ok(())
}

/// Says that a line is other money than all that was shown beside it: it can be entered. Doing it again changes nothing.
///
/// # Errors
/// Not allowed, not found, a line that does not wait, money beside it that was not looked at, or the database's.
pub async fn say_other(context: &Context, id: BankLineId, typed: &Typed) -> Result<()> {
    context.permit(Action::WriteReceipts, &Subject::NONE)?;
    let answers = OTHER_MONEY.read(typed)?;
    let work = context.begin_money().await?;
    let (line, found) = in_doubt(&work, id).await?;
    let seen: Vec<&str> = answers.text("seen").split_whitespace().collect();
    if found.iter().any(|other| !seen.contains(&other.what.key().as_str())) {
        return Err(AppError::refused("refused-line-look-again").into());
    }
    if found.is_empty() {
        return Ok(());
    }
    let keys = found.iter().map(|other| other.what.key());
    let all: Vec<String> = line.other_than.split_whitespace().map(str::to_owned).chain(keys).collect();
    let change = bank_line::ActiveModel { id: Set(line.id), other_than: Set(all.join(" ")), ..Default::default() };
    change.update(&work.transaction).await?;
    for other in &found {
        record(&work, "audit-line-other", &line, other).await?;
    }
    work.commit().await
}

/// Says of every line of a statement that agrees with a known one in everything but its place that it is that one: a
/// file without references that overlaps another. Gives how many.
///
/// # Errors
/// Not allowed, or the database's.
pub async fn say_all_same(context: &Context, id: StatementId) -> Result<usize> {
    context.permit(Action::WriteReceipts, &Subject::NONE)?;
    use bank_line::Column as C;
    let work = context.begin_money().await?;
    let lines = bank_line::Entity::find()
        .filter(C::Id.in_subquery(told::lines_of(id.0)))
        .filter(C::State.eq(LineState::Doubtful.code()))
        .filter(C::AlikeId.is_not_null())
        .filter(C::OtherThan.eq(""))
        .order_by_asc(C::Id)
        .all(&work.transaction)
        .await?;
    let mut same = Vec::new();
    for chunk in lines.chunks(CHUNK) {
        let others = bank_line::Entity::find().filter(C::Id.is_in(chunk.iter().filter_map(|line| line.alike_id)));
        let others = others.all(&work.transaction).await?;
        let agrees = |line: &&bank_line::Model| {
            let other = others.iter().find(|other| Some(other.id) == line.alike_id);
            // What one file tells twice is for somebody to look at.
            other.is_some_and(|other| other.statement_id != line.statement_id && tells_again(line, other))
        };
        same.extend(chunk.iter().filter(agrees).map(|line| line.id));
    }
    // Two lines that may be one known line are looked at one by one.
    let mut used = std::collections::HashSet::new();
    let once = |id: &&i64| lines.iter().find(|line| line.id == **id).is_some_and(|line| used.insert(line.alike_id));
    let same: Vec<i64> = same.iter().filter(once).copied().collect();
    for chunk in same.chunks(CHUNK) {
        bank_line::Entity::update_many()
            .col_expr(C::State, Expr::value(LineState::Known.code()))
            .filter(C::Id.is_in(chunk.iter().copied()))
            .exec(&work.transaction)
            .await?;
    }
    if !same.is_empty() {
        let after = serde_json::json!({ "lines": same.len() });
        let kind = audit::Kind::BankStatement;
        audit::record::<(), _>(&work, "audit-lines-same", kind, id.0, None, Some(&after)).await?;
    }
    work.commit().await?;
    Ok(same.len())
}

/// Frees lines that are, or may be, one of those about to vanish: they tell of the money alone now, and wait.
pub(super) async fn part(work: &Work<'_>, vanishing: &[bank_line::Model]) -> Result<()> {
    use bank_line::Column as C;
    for chunk in vanishing.chunks(CHUNK) {
        let freed = || {
            bank_line::Entity::update_many()
                .filter(C::AlikeId.is_in(chunk.iter().map(|line| line.id)))
                .col_expr(C::AlikeId, Expr::value(None::<i64>))
        };
        let no_money = C::ReceiptId.is_null().and(C::UnidentifiedId.is_null());
        let waits = C::State.eq(LineState::Doubtful.code());
        freed()
            .col_expr(C::State, Expr::value(LineState::New.code()))
            .filter(waits.or(C::State.eq(LineState::Known.code()).and(no_money)))
            .exec(&work.transaction)
            .await?;
        freed().exec(&work.transaction).await?;
    }
    Ok(())
}
