//! A page of a long list: searched, sorted and cut in the database.

use sea_orm::{EntityTrait, FromQueryResult, PaginatorTrait as _, QuerySelect as _, Select};
use serde::{Deserialize, Serialize};

use crate::context::Context;
use crate::error::Result;

/// Rows on a page.
pub const PAGE_SIZE: u64 = 25;

/// What part of a list is wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageRequest {
    /// Words to look for; empty for all.
    pub search: String,
    /// Column to sort by; each list knows its own, and takes its default for an unknown one.
    pub sort: String,
    /// Value of the list's filter (a state); empty for all.
    pub filter: String,
    /// From 1.
    pub page: u64,
}

impl PageRequest {
    /// The page's number, from 1.
    #[must_use]
    pub fn number(&self) -> u64 {
        self.page.max(1)
    }

    /// Rows before the page.
    #[must_use]
    pub fn offset(&self) -> u64 {
        self.number().saturating_sub(1).saturating_mul(PAGE_SIZE).min(i64::MAX.unsigned_abs())
    }

    /// The search as a pattern for `LIKE`, lower case, its special signs escaped by `\`.
    #[must_use]
    pub fn pattern(&self) -> Option<String> {
        let search = self.search.trim().to_lowercase();
        (!search.is_empty())
            .then(|| format!("%{}%", search.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_")))
    }
}

/// True where a text column holds the words looked for, in capitals or not; see [`PageRequest::pattern`].
pub(crate) fn contains<C: sea_orm::ColumnTrait>(column: C, pattern: &str) -> sea_orm::sea_query::Expr {
    use sea_orm::sea_query::{Expr, ExprTrait as _, Func, LikeExpr};
    Expr::expr(Func::lower(Expr::col(column.as_column_ref()))).like(LikeExpr::new(pattern).escape('\\'))
}

/// The page that is asked for of what a query finds in its order, with the number of all that it finds.
pub(crate) async fn page_of<E>(context: &Context, query: Select<E>, request: &PageRequest) -> Result<Page<E::Model>>
where
    E: EntityTrait,
    E::Model: FromQueryResult + Send + Sync,
{
    let total = query.clone().count(context.database()).await?;
    let rows = query.offset(request.offset()).limit(PAGE_SIZE).all(context.database()).await?;
    Ok(Page { rows, total, page: request.number() })
}

/// A page of rows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page<T> {
    /// The rows.
    pub rows: Vec<T>,
    /// Rows of the whole list.
    pub total: u64,
    /// This page, from 1.
    pub page: u64,
}

impl<T> Page<T> {
    /// Pages of the whole list, at least one.
    #[must_use]
    pub const fn pages(&self) -> u64 {
        let pages = self.total.div_ceil(PAGE_SIZE);
        if pages == 0 { 1 } else { pages }
    }

    /// The same page with rows made from these.
    #[must_use]
    pub fn map<U>(self, make: impl FnMut(T) -> U) -> Page<U> {
        Page { rows: self.rows.into_iter().map(make).collect(), total: self.total, page: self.page }
    }
}
