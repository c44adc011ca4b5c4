//! Which statements told of a line. A line is kept once, and is gone only when none of them counts any more.

use std::collections::HashMap;

use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};

use crate::contributions::bank_entity::{statement_line, unidentified};
use crate::error::Result;

/// Values in one question to the database.
const CHUNK: usize = 500;

/// Statements by line.
#[derive(Default)]
pub(super) struct Told(HashMap<i64, Vec<i64>>);

impl Told {
    /// The statements that told of a line.
    pub(super) fn of(&self, line: i64) -> &[i64] {
        self.0.get(&line).map_or(&[], Vec::as_slice)
    }
}

/// The statements that told of these lines.
pub(super) async fn told<C: ConnectionTrait>(database: &C, lines: impl Iterator<Item = i64>) -> Result<Told> {
    let ids: Vec<i64> = lines.collect();
    let mut told = Told::default();
    for row in rows(database, &ids).await? {
        told.0.entry(row.line_id).or_default().push(row.statement_id);
    }
    Ok(told)
}

/// Where these lines stand in the statements that told of them, the first statement first.
pub(super) async fn rows<C: ConnectionTrait>(database: &C, lines: &[i64]) -> Result<Vec<statement_line::Model>> {
    use statement_line::Column as C;
    let mut found = Vec::new();
    for chunk in lines.chunks(CHUNK) {
        let rows = statement_line::Entity::find().filter(C::LineId.is_in(chunk.iter().copied()));
        found.extend(rows.order_by_asc(C::StatementId).all(database).await?);
    }
    Ok(found)
}

/// The lines of a statement by their places in it.
pub(super) async fn of_statement<C: ConnectionTrait>(database: &C, statement: i64) -> Result<HashMap<i64, i64>> {
    use statement_line::Column as C;
    let rows: Vec<(i64, i64)> = statement_line::Entity::find()
        .select_only()
        .columns([C::Number, C::LineId])
        .filter(C::StatementId.eq(statement))
        .into_tuple()
        .all(database)
        .await?;
    Ok(rows.into_iter().collect())
}

/// The held money that became one of these receipts, each with its receipt: its lines are the receipt's.
pub(super) async fn identified<C: ConnectionTrait>(database: &C, receipts: &[i64]) -> Result<Vec<(i64, i64)>> {
    use unidentified::Column as C;
    let mut found = Vec::new();
    for chunk in receipts.chunks(CHUNK) {
        let rows: Vec<(i64, Option<i64>)> = unidentified::Entity::find()
            .select_only()
            .columns([C::Id, C::ReceiptId])
            .filter(C::ReceiptId.is_in(chunk.iter().copied()))
            .into_tuple()
            .all(database)
            .await?;
        found.extend(rows.into_iter().filter_map(|(held, receipt)| Some((held, receipt?))));
    }
    Ok(found)
}

/// The numbers of the lines of a statement, as a query.
pub(super) fn lines_of(statement: i64) -> sea_orm::sea_query::SelectStatement {
    use sea_orm::QueryTrait as _;
    use statement_line::Column as C;
    statement_line::Entity::find().select_only().column(C::LineId).filter(C::StatementId.eq(statement)).into_query()
}
