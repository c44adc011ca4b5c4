//! Taking back the import of a statement of which nobody has taken a line.

use domain::errors::AppError;
use domain::ids::StatementId;
use domain::roles::{Action, Subject};
use sea_orm::{ActiveModelTrait as _, ColumnTrait as _, EntityTrait as _, QueryFilter as _, QuerySelect as _, Set};

use super::{LineState, StatementState, reversals};
use crate::audit;
use crate::context::Context;
use crate::contributions::bank_entity::{bank_line, statement};
use crate::error::Result;

/// Takes back a statement of which no line was taken yet: one read with the wrong columns can be imported again.
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
    let of_statement = bank_line::Column::StatementId.eq(id.0);
    let lines = bank_line::Entity::find().filter(of_statement.clone()).all(&work.transaction).await?;
    let is_taken = |line: &bank_line::Model| {
        [LineState::Matched, LineState::Held].map(LineState::code).contains(&line.state.as_str())
    };
    if lines.iter().any(is_taken) {
        return Err(AppError::refused("refused-statement-taken").into());
    }
    reversals::part(&work, &lines).await?;
    bank_line::Entity::delete_many().filter(of_statement).exec(&work.transaction).await?;
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
