//! Taking back the import of a statement: only what no other statement told of goes with it, and nobody has taken.

use std::collections::HashMap;

use domain::errors::AppError;
use domain::ids::StatementId;
use domain::roles::{Action, Subject};
use sea_orm::{ActiveModelTrait as _, ColumnTrait as _, EntityTrait as _, QueryFilter as _, QuerySelect as _, Set};

use super::{LineState, StatementState, one_of, reversals, told};
use crate::audit;
use crate::context::Context;
use crate::contributions::bank_entity::{bank_line, statement, statement_line};
use crate::error::Result;

/// Lines in one statement to the database.
const CHUNK: usize = 500;

/// Takes back a statement: one read with the wrong columns can be imported again. Lines that another statement told of,
/// too, stay with that one; of the others none may be taken yet.
///
/// # Errors
/// Not allowed, not found, a statement of which money was entered already, or the database's.
pub async fn discard(context: &Context, id: StatementId) -> Result<()> {
    context.permit(Action::WriteReceipts, &Subject::NONE)?;
    let work = context.begin_money().await?;
    let found = statement::Entity::find_by_id(id.0).lock_exclusive().one(&work.transaction).await?;
    let before = found.ok_or(AppError::NotFound)?;
    if before.state == StatementState::Discarded.code() {
        return Ok(());
    }
    let lines = bank_line::Entity::find().filter(bank_line::Column::Id.in_subquery(told::lines_of(id.0)));
    let lines = lines.all(&work.transaction).await?;
    let ids: Vec<i64> = lines.iter().map(|line| line.id).collect();
    statement_line::Entity::delete_many()
        .filter(statement_line::Column::StatementId.eq(id.0))
        .exec(&work.transaction)
        .await?;
    let others = told::rows(&work.transaction, &ids).await?;
    let mut homes: HashMap<i64, (i64, i64)> = HashMap::new();
    for other in others {
        homes.entry(other.line_id).or_insert((other.statement_id, other.number));
    }
    let (kept, vanishing): (Vec<_>, Vec<_>) = lines.into_iter().partition(|line| homes.contains_key(&line.id));
    let is_taken = |line: &bank_line::Model| {
        [LineState::Matched, LineState::Held].map(LineState::code).contains(&line.state.as_str())
    };
    if vanishing.iter().any(is_taken) {
        return Err(AppError::refused("refused-statement-taken").into());
    }
    for line in kept.into_iter().filter(|line| line.statement_id == id.0) {
        let Some((statement, number)) = homes.get(&line.id) else { continue };
        let change = bank_line::ActiveModel {
            id: Set(line.id),
            statement_id: Set(*statement),
            number: Set(*number),
            ..Default::default()
        };
        change.update(&work.transaction).await?;
    }
    reversals::part(&work, &vanishing).await?;
    one_of::part(&work, &vanishing).await?;
    for chunk in vanishing.chunks(CHUNK) {
        let ids = chunk.iter().map(|line| line.id);
        bank_line::Entity::delete_many().filter(bank_line::Column::Id.is_in(ids)).exec(&work.transaction).await?;
    }
    reversals::pair(&work, &before.account).await?;
    let mut change: statement::ActiveModel = before.clone().into();
    change.state = Set(StatementState::Discarded.code().to_owned());
    // The file may come again.
    change.sha256 = Set(format!("{} discarded {}", before.sha256, before.id));
    let after = change.update(&work.transaction).await?;
    let kind = audit::Kind::BankStatement;
    audit::record(&work, "audit-statement-discarded", kind, id.0, Some(&before), Some(&after)).await?;
    work.commit().await
}
