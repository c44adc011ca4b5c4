//! The floor of what a use case costs: the rows that it wrote, inserted bare into a copy of the database as it was
//! before. Rows that it changed, such as kept balances, are not among them.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use sea_orm::sea_query::ExprTrait as _;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait as _, DatabaseBackend, DatabaseConnection, EntityTrait, IdenStatic as _,
    Iterable as _, ModelTrait, QueryFilter as _, QueryOrder as _, QuerySelect as _, Statement, TransactionTrait as _,
    Value,
};

use super::CHUNK;
use crate::audit::entity::audit;
use crate::contributions::bank_entity::{bank_line, statement, statement_line, unidentified};
use crate::contributions::entity::receipt;
use crate::error::Result;
use crate::ledger::entity::{journal_entry, posting};

/// The last identifier of each table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Marks(BTreeMap<&'static str, i64>);

/// Where the tables end that incoming money is written to.
///
/// # Errors
/// The database's.
pub async fn marks(database: &DatabaseConnection) -> Result<Marks> {
    Ok(Marks(BTreeMap::from([
        last::<statement::Entity>(database, statement::Column::Id).await?,
        last::<bank_line::Entity>(database, bank_line::Column::Id).await?,
        last::<statement_line::Entity>(database, statement_line::Column::Id).await?,
        last::<receipt::Entity>(database, receipt::Column::Id).await?,
        last::<unidentified::Entity>(database, unidentified::Column::Id).await?,
        last::<posting::Entity>(database, posting::Column::Id).await?,
        last::<journal_entry::Entity>(database, journal_entry::Column::Id).await?,
        last::<audit::Entity>(database, audit::Column::Id).await?,
    ])))
}

/// Rows by table, ready to be inserted.
pub struct Rows {
    /// How many.
    pub rows: BTreeMap<&'static str, usize>,
    statements: Vec<(String, Vec<Value>)>,
}

/// The rows that were written since, in an order in which they can be inserted.
///
/// # Errors
/// The database's.
pub async fn since(database: &DatabaseConnection, marks: &Marks) -> Result<Rows> {
    let mut found = Rows { rows: BTreeMap::new(), statements: Vec::new() };
    found.add::<statement::Entity>(database, statement::Column::Id, marks).await?;
    found.add::<bank_line::Entity>(database, bank_line::Column::Id, marks).await?;
    found.add::<statement_line::Entity>(database, statement_line::Column::Id, marks).await?;
    found.add::<receipt::Entity>(database, receipt::Column::Id, marks).await?;
    found.add::<unidentified::Entity>(database, unidentified::Column::Id, marks).await?;
    found.add::<posting::Entity>(database, posting::Column::Id, marks).await?;
    found.add::<journal_entry::Entity>(database, journal_entry::Column::Id, marks).await?;
    found.add::<audit::Entity>(database, audit::Column::Id, marks).await?;
    Ok(found)
}

impl Rows {
    /// Inserts them in one transaction, with nothing but SQL; gives how long that took.
    ///
    /// # Errors
    /// The database's.
    pub async fn insert(&self, into: &DatabaseConnection) -> Result<Duration> {
        let backend = into.get_database_backend();
        let statements: Vec<Statement> = self
            .statements
            .iter()
            .map(|(sql, values)| Statement::from_sql_and_values(backend, sql, values.clone()))
            .collect();
        let started = Instant::now();
        let transaction = into.begin().await?;
        for statement in statements {
            transaction.execute_raw(statement).await?;
        }
        transaction.commit().await?;
        Ok(started.elapsed())
    }

    async fn add<E>(&mut self, database: &DatabaseConnection, id: E::Column, marks: &Marks) -> Result<()>
    where
        E: EntityTrait,
        E::Model: ModelTrait<Entity = E> + Sync,
    {
        let table = name::<E>();
        let last = marks.0.get(table).copied().unwrap_or(0);
        let models = E::find().filter(id.gt(last)).order_by_asc(id).all(database).await?;
        if models.is_empty() {
            return Ok(());
        }
        self.rows.insert(table, models.len());
        let columns: Vec<E::Column> = E::Column::iter().collect();
        let names: Vec<&str> = columns.iter().map(|column| column.as_str()).collect();
        for chunk in models.chunks(CHUNK) {
            let values = chunk.iter().flat_map(|model| columns.iter().map(|column| model.get(*column))).collect();
            self.statements.push((insertion(database.get_database_backend(), table, &names, chunk.len()), values));
        }
        Ok(())
    }
}

fn name<E: EntityTrait>() -> &'static str {
    E::default().as_str()
}

async fn last<E: EntityTrait>(database: &DatabaseConnection, id: E::Column) -> Result<(&'static str, i64)> {
    let last: Option<Option<i64>> =
        E::find().select_only().column_as(id.into_expr().max(), "last").into_tuple().one(database).await?;
    Ok((name::<E>(), last.flatten().unwrap_or(0)))
}

/// One statement for so many rows.
fn insertion(backend: DatabaseBackend, table: &str, columns: &[&str], rows: usize) -> String {
    let place = |place: usize| match backend {
        // SQLite looks up a numbered place among all of them.
        DatabaseBackend::Sqlite => "?".to_owned(),
        _ => format!("${place}"),
    };
    let row = |number: usize| {
        let places: Vec<String> = (1..=columns.len()).map(|column| place(number * columns.len() + column)).collect();
        format!("({})", places.join(", "))
    };
    let rows: Vec<String> = (0..rows).map(row).collect();
    format!("INSERT INTO {table} ({}) VALUES {}", columns.join(", "), rows.join(", "))
}
