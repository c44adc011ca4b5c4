//! A page of a long list: searched, sorted and cut in the database.

use sea_orm::sea_query::{Expr, Query};
use sea_orm::{ConnectionTrait, EntityTrait, FromQueryResult, QuerySelect as _, QueryTrait as _, Select};
use serde::{Deserialize, Serialize};

use crate::context::Context;
use crate::error::Result;

/// Rows on a page.
pub const PAGE_SIZE: u64 = 25;

/// So many rows of a list are counted, so that a page of it costs the same however long it is.
pub const MOST_COUNTED: u64 = 1_000;

/// So many records that wait for somebody are counted on home pages; beyond that the number no longer matters.
pub const MOST_WAITING: u64 = 100;

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
        (!search.is_empty()).then(|| holding(&search))
    }

    /// The words looked for as the columns `search` keep them; see [`fold`].
    #[must_use]
    pub fn folded(&self) -> Option<String> {
        let folded = fold(&self.search);
        (!folded.is_empty()).then_some(folded)
    }
}

/// A pattern for `LIKE`: any text that holds this one.
fn holding(text: &str) -> String {
    format!("%{}%", text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_"))
}

/// A text as it is looked for: without capitals, accents and needless spaces, so that "école" and "ECOLE" find
/// "École" on every database.
#[must_use]
pub fn fold(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization as _;
    use unicode_normalization::char::is_combining_mark;
    let mut folded = String::with_capacity(text.len());
    for sign in text.nfkd().filter(|sign| !is_combining_mark(*sign)).flat_map(char::to_lowercase) {
        match sign {
            '\u{2019}' | '\u{2018}' => folded.push('\''),
            'ß' => folded.push_str("ss"),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            'ø' => folded.push('o'),
            'ł' => folded.push('l'),
            'đ' => folded.push('d'),
            'ı' => folded.push('i'),
            sign if sign.is_whitespace() || sign.is_control() => folded.push(' '),
            sign => folded.push(sign),
        }
    }
    folded.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Keeps the column `search` of a row: the named columns, folded, whenever one of them is written.
macro_rules! searched {
    ($($field:ident),+) => {
        #[async_trait::async_trait]
        impl ActiveModelBehavior for ActiveModel {
            async fn before_save<C: ConnectionTrait>(mut self, _database: &C, _insert: bool) -> Result<Self, DbErr> {
                let parts = [$(self.$field.try_as_ref().cloned()),+];
                if let Some(parts) = parts.into_iter().collect::<Option<Vec<String>>>() {
                    self.search.set_if_not_equals(crate::page::fold(&parts.join(" ")));
                }
                Ok(self)
            }
        }
    };
}
pub(crate) use searched;

/// True where a text column holds the words looked for; the database's own idea of capitals, which on SQLite knows
/// no accents. See [`PageRequest::pattern`].
pub(crate) fn contains<C: sea_orm::ColumnTrait>(column: C, pattern: &str) -> Expr {
    use sea_orm::sea_query::{Expr, ExprTrait as _, Func, LikeExpr};
    Expr::expr(Func::lower(Expr::col(column.as_column_ref()))).like(LikeExpr::new(pattern).escape('\\'))
}

/// The page that is asked for of what a query finds in its order, with the number of all that it finds.
pub(crate) async fn page_of<E>(context: &Context, query: Select<E>, request: &PageRequest) -> Result<Page<E::Model>>
where
    E: EntityTrait,
    E::Model: FromQueryResult + Send + Sync,
{
    let (total, more) = counted(context.database(), query.clone()).await?;
    let rows = query.offset(request.offset()).limit(PAGE_SIZE).all(context.database()).await?;
    Ok(Page { rows, total, more, page: request.number() })
}

/// The page that is asked for of what a query finds in its order, where each row costs so much that none beyond the page
/// is counted: it is known only whether more follow.
pub(crate) async fn page_uncounted<E>(
    context: &Context,
    query: Select<E>,
    request: &PageRequest,
) -> Result<Page<E::Model>>
where
    E: EntityTrait,
    E::Model: FromQueryResult + Send + Sync,
{
    let mut rows = query.offset(request.offset()).limit(PAGE_SIZE + 1).all(context.database()).await?;
    let found = u64::try_from(rows.len()).unwrap_or(PAGE_SIZE);
    let more = if found > PAGE_SIZE { More::OnNextPages } else { More::No };
    let shown = Ord::min(found, PAGE_SIZE);
    rows.truncate(usize::try_from(PAGE_SIZE).unwrap_or(usize::MAX));
    let total = if shown == 0 { 0 } else { request.offset() + shown };
    Ok(Page { rows, total, more, page: request.number() })
}

/// How many rows a list has, up to [`MOST_COUNTED`], and whether more follow.
pub(crate) async fn counted<E: EntityTrait, C: ConnectionTrait>(database: &C, query: Select<E>) -> Result<(u64, More)> {
    let counted = count_up_to(database, query, MOST_COUNTED + 1).await?;
    let more = if counted > MOST_COUNTED { More::OnNextPages } else { More::No };
    Ok((Ord::min(counted, MOST_COUNTED), more))
}

/// The page that is asked for of a list that shows first what waits and then the others: both queries are parts of the
/// whole list. As one query, all of it would be sorted for each page.
pub(crate) async fn page_of_both<E>(
    context: &Context,
    whole: Select<E>,
    (first, others): (Select<E>, Select<E>),
    request: &PageRequest,
) -> Result<Page<E::Model>>
where
    E: EntityTrait,
    E::Model: FromQueryResult + Send + Sync,
{
    let database = context.database();
    let (total, more) = counted(database, whole).await?;
    let offset = request.offset();
    let mut rows = first.clone().offset(offset).limit(PAGE_SIZE).all(database).await?;
    let found = u64::try_from(rows.len()).unwrap_or(PAGE_SIZE);
    if found < PAGE_SIZE {
        // Where the first part ends is known, unless it ends on an earlier page.
        let known = found > 0 || offset == 0;
        let before = if known { offset + found } else { count_up_to(database, first, offset).await? };
        let others = others.offset(Ord::max(offset, before) - before).limit(PAGE_SIZE - found);
        rows.extend(others.all(database).await?);
    }
    Ok(Page { rows, total, more, page: request.number() })
}

/// How many records wait, up to [`MOST_WAITING`].
pub(crate) async fn count_waiting<E: EntityTrait, C: ConnectionTrait>(database: &C, query: Select<E>) -> Result<u64> {
    count_up_to(database, query, MOST_WAITING).await
}

/// How many rows a query finds, counting no further than `most`.
pub(crate) async fn count_up_to<E: EntityTrait, C: ConnectionTrait>(
    database: &C,
    query: Select<E>,
    most: u64,
) -> Result<u64> {
    let mut found = query.select_only().expr(Expr::cust("1")).limit(most).into_query();
    found.clear_order_by();
    let counting = Query::select().expr(Expr::cust("COUNT(*)")).from_subquery(found, "found").to_owned();
    let row = database.query_one(&counting).await?;
    let number: i64 = row.map(|row| row.try_get_by_index(0)).transpose()?.unwrap_or(0);
    Ok(u64::try_from(number).unwrap_or(0))
}

/// True where a column `search` holds the words looked for; see [`PageRequest::folded`].
pub(crate) fn matches<C: sea_orm::ColumnTrait>(column: C, folded: &str) -> Expr {
    use sea_orm::sea_query::{Expr, ExprTrait as _, LikeExpr};
    Expr::col(column.as_column_ref()).like(LikeExpr::new(holding(folded)).escape('\\'))
}

/// Whether a list goes on behind the rows that were counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum More {
    /// All were counted.
    No,
    /// They are not shown; another search finds them.
    NotShown,
    /// They follow, page by page.
    OnNextPages,
}

/// A page of rows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page<T> {
    /// The rows.
    pub rows: Vec<T>,
    /// Rows of the whole list.
    pub total: u64,
    /// Whether there are more than `total`.
    pub more: More,
    /// This page, from 1.
    pub page: u64,
}

impl<T> Page<T> {
    /// The page that is asked for of a list that was read whole, as what is added up of it needs all of it.
    #[must_use]
    pub fn cut(all: impl ExactSizeIterator<Item = T>, request: &PageRequest) -> Self {
        let total = u64::try_from(all.len()).unwrap_or(u64::MAX);
        let before = usize::try_from(request.offset()).unwrap_or(usize::MAX);
        let size = usize::try_from(PAGE_SIZE).unwrap_or(usize::MAX);
        Self { rows: all.skip(before).take(size).collect(), total, more: More::No, page: request.number() }
    }

    /// Pages of the whole list, at least one.
    #[must_use]
    pub const fn pages(&self) -> u64 {
        let pages = self.total.div_ceil(PAGE_SIZE);
        if pages == 0 { 1 } else { pages }
    }

    /// True when a page follows.
    #[must_use]
    pub fn has_next(&self) -> bool {
        let full = u64::try_from(self.rows.len()).is_ok_and(|rows| rows == PAGE_SIZE);
        self.page < self.pages() || (self.more == More::OnNextPages && full)
    }

    /// The same page with rows made from these.
    #[must_use]
    pub fn map<U>(self, make: impl FnMut(T) -> U) -> Page<U> {
        Page { rows: self.rows.into_iter().map(make).collect(), total: self.total, more: self.more, page: self.page }
    }
}

#[cfg(test)]
mod tests {
    use super::fold;

    #[test]
    fn a_text_is_looked_for_without_capitals_accents_and_needless_spaces() {
        assert_eq!(fold("  L\u{2019}École  d'ÉTÉ "), "l'ecole d'ete");
        assert_eq!(fold("E\u{301}cole"), fold("\u{c9}cole"), "an accent may be a sign of its own");
        assert_eq!(fold("STRAẞE Łódź Œuvre İzmir"), "strasse lodz oeuvre izmir");
    }
}
