//! What a search of applications looks at, and how it finds a part of it without reading every application: the
//! column `search` holds number, title and organisation, folded, and an index of triples of letters leads to it. The
//! names of countries stand in the locale files; what begins one leads to the applications with its code.

use std::sync::LazyLock;

use domain::countries;
use domain::users::Language;
use i18n::Reader;
use sea_orm::sea_query::{Alias, Expr, IntoIden as _, JoinType, Order, SelectStatement};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, ConnectionTrait, DatabaseBackend, DbErr, EntityTrait as _,
    FromQueryResult, QueryFilter as _, QuerySelect as _, QueryTrait as _, Select, Set,
};

use super::entity::application;
use crate::context::Work;
use crate::error::Result;
use crate::organisations::entity::organisation;
use crate::page::{fold, matches};

/// A search shows so many applications, the newest, and says when there are more: four pages, so that what it
/// costs does not grow with what it finds.
pub(super) const MOST_FOUND: u64 = 100;
/// SQLite's index holds triples; a shorter text is looked for row by row, and is no country's.
const TRIPLE: usize = 3;
/// Each country that the words begin costs a query; more than so many are not looked up.
const MOST_COUNTRIES: usize = 5;

/// The names of all countries in every language, folded, with their codes.
static COUNTRIES: LazyLock<Vec<(String, &str)>> = LazyLock::new(|| {
    let named = |language: Language| {
        let name = move |country: &countries::Country| fold(&Reader::new(language).text(&country.label_key()));
        countries::all().iter().map(move |country| (name(country), country.code))
    };
    Language::ALL.iter().flat_map(|language| named(*language)).collect()
});

/// The codes of the countries whose name begins with the words.
fn countries_called(words: &str) -> Vec<&'static str> {
    if words.chars().count() < TRIPLE {
        return Vec::new();
    }
    let mut codes: Vec<&str> =
        COUNTRIES.iter().filter(|(name, _)| name.starts_with(words)).map(|(_, code)| *code).collect();
    codes.sort_unstable();
    codes.dedup();
    codes.truncate(MOST_COUNTRIES);
    codes
}

/// Renews the column of a row that is about to be written, when what it is made of is known.
pub(super) async fn keep<C: ConnectionTrait>(
    mut row: application::ActiveModel,
    database: &C,
) -> std::result::Result<application::ActiveModel, DbErr> {
    let touched = row.number.is_set() || row.title.is_set() || row.organisation_id.is_set() || row.search.is_set();
    let known = (row.number.try_as_ref(), row.title.try_as_ref(), row.organisation_id.try_as_ref());
    if let (true, (Some(number), Some(title), Some(organisation))) = (touched, known) {
        let found = organisation::Entity::find_by_id(*organisation).one(database).await?;
        let name = found.map(|organisation| organisation.legal_name).unwrap_or_default();
        let search = text(number, title, &name);
        row.search.set_if_not_equals(search);
    }
    Ok(row)
}

/// What is looked for in an application.
pub(crate) fn text(number: &str, title: &str, organisation: &str) -> String {
    fold(&format!("{number} {title} {organisation}"))
}

/// Renews the columns of an organisation's applications after it changed its name.
pub(crate) async fn renamed(work: &Work<'_>, organisation: &organisation::Model) -> Result<()> {
    let rows = application::Entity::find()
        .filter(application::Column::OrganisationId.eq(organisation.id))
        .all(&work.transaction)
        .await?;
    for row in rows {
        let search = text(&row.number, &row.title, &organisation.legal_name);
        let mut change: application::ActiveModel = row.into();
        change.search = Set(search);
        change.update(&work.transaction).await?;
    }
    Ok(())
}

#[derive(FromQueryResult)]
struct Found {
    id: i64,
}

/// The newest of the applications of a query that hold the words or are in a country whose name begins with them, at most
/// one more than [`MOST_FOUND`]. `many` says that the query is of all organisations, so that the words narrow it more than
/// the query does.
pub(super) async fn found<C: ConnectionTrait>(
    database: &C,
    query: Select<application::Entity>,
    words: &str,
    many: bool,
) -> Result<Vec<i64>> {
    let backend = database.get_database_backend();
    let indexed = many && backend == DatabaseBackend::Sqlite && words.chars().count() >= TRIPLE;
    let query = query.select_only().column(application::Column::Id);
    let narrowed = |condition: Expr| {
        let mut statement = query.clone().filter(condition).into_query();
        statement.order_by((application::Entity, application::Column::Id), Order::Desc);
        statement
    };
    let countries = countries_called(words);
    let mut statements: Vec<SelectStatement> =
        countries.into_iter().map(|code| narrowed(application::Column::Country.eq(code))).collect();
    statements.push(match indexed {
        true => by_triples(query.clone(), words),
        false => narrowed(matches(application::Column::Search, words)),
    });
    let mut ids = Vec::new();
    for mut statement in statements {
        statement.limit(MOST_FOUND + 1);
        let rows = Found::find_by_statement(backend.build(&statement)).all(database).await?;
        ids.extend(rows.into_iter().map(|row| row.id));
    }
    ids.sort_unstable_by(|one, other| other.cmp(one));
    ids.dedup();
    ids.truncate(usize::try_from(MOST_FOUND + 1).unwrap_or(usize::MAX));
    Ok(ids)
}

/// SQLite has no index for `LIKE` within a text, but a table of triples beside it.
fn by_triples(query: Select<application::Entity>, words: &str) -> SelectStatement {
    let triples = Alias::new("application_search").into_iden();
    let phrase = format!("\"{}\"", words.replace('"', "\"\""));
    let mut statement = query.into_query();
    // The plus keeps SQLite from asking the triples about one application after another.
    let same = Expr::cust("applications.id = +application_search.rowid");
    statement
        .join(JoinType::InnerJoin, triples, same)
        .and_where(Expr::cust_with_values("application_search MATCH ?", [phrase]))
        .order_by_expr(Expr::cust("application_search.rowid"), Order::Desc);
    statement
}
