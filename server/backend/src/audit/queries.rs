//! Reading the trail: of one record, and all of it page by page.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use domain::roles::{Action, Actor, Role, Subject};
use domain::time::{add_days, vienna_instant};
use sea_orm::sea_query::{ExprTrait as _, Query};
use sea_orm::{
    ColumnTrait as _, Condition, EntityTrait as _, PaginatorTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, QueryTrait as _,
};
use serde_json::{Map, Value};

use super::Kind;
use super::entity::audit::{Column as C, Entity, Model};
use crate::context::Context;
use crate::error::{Result, unknown_code};
use crate::page::{Page, PageRequest, matches, page_of};
use crate::users::entity::user;

/// Rows of a record's trail that stand on the record's own page.
const BESIDE_A_RECORD: u64 = 25;

/// A row of the trail as shown.
#[derive(Clone, Debug, PartialEq)]
pub struct AuditRow {
    /// When.
    pub at: DateTime<Utc>,
    /// Who.
    pub actor: String,
    /// True for what the system itself did.
    pub by_system: bool,
    /// In which role; none for the system.
    pub role: Option<Role>,
    /// What: a key of the locale files, `audit-…`.
    pub action: String,
    /// Fields before and after, only those that differ. People stand by their names, everything else as it is kept.
    pub changes: Vec<(String, String, String)>,
    /// The currency of the record's amounts, where it has one of its own.
    pub currency: Option<String>,
    /// The kind of record.
    pub kind: Kind,
    /// The record's number; 0 for what is no record, such as a setting.
    pub record: i64,
    /// The request.
    pub request_id: String,
}

/// The latest rows of a record's trail.
#[derive(Clone, Debug, PartialEq)]
pub struct Trail {
    /// The kind of record.
    pub kind: Kind,
    /// The record's number.
    pub record: i64,
    /// Newest first.
    pub rows: Vec<AuditRow>,
    /// How many rows there are in all.
    pub total: u64,
}

/// Which part of the whole trail is wanted; everything that is none does not matter.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// About records of this kind.
    pub kind: Option<Kind>,
    /// About the record with this number.
    pub record: Option<i64>,
    /// From this day, in Vienna.
    pub from: Option<NaiveDate>,
    /// Until this day, in Vienna.
    pub to: Option<NaiveDate>,
}

/// The latest part of one record's trail, newest first, with the number of all its rows.
///
/// # Errors
/// The database's, or that the actor may not read the trail.
pub async fn of(context: &Context, kind: Kind, record: i64) -> Result<Trail> {
    context.permit(Action::ReadAudit, &Subject::NONE)?;
    let query = Entity::find().filter(C::SubjectKind.eq(kind.code())).filter(C::SubjectId.eq(record));
    let total = query.clone().count(context.database()).await?;
    let rows = query.order_by_desc(C::Id).limit(BESIDE_A_RECORD).all(context.database()).await?;
    Ok(Trail { kind, record, rows: all_shown(context, rows).await?, total })
}

/// The whole trail page by page, newest first. The search is a person's name or address, the number of a request, or
/// the name under which something was done without an account, such as that of the system.
///
/// # Errors
/// The database's, or that the actor may not read the trail.
pub async fn list(context: &Context, wanted: &Wanted, request: &PageRequest) -> Result<Page<AuditRow>> {
    context.permit(Action::ReadAudit, &Subject::NONE)?;
    let begin = |day: NaiveDate| vienna_instant(day, NaiveTime::MIN);
    let query = Entity::find()
        .apply_if(wanted.kind, |query, kind| query.filter(C::SubjectKind.eq(kind.code())))
        .apply_if(wanted.record, |query, record| query.filter(C::SubjectId.eq(record)))
        .apply_if(wanted.from, |query, from| query.filter(C::At.gte(begin(from))))
        .apply_if(wanted.to, |query, to| query.filter(C::At.lt(begin(add_days(to, 1)))))
        .apply_if(request.folded(), |query, words| query.filter(done_by(&words, request.search.trim())));
    let query = query.order_by_desc(C::At).order_by_desc(C::Id);
    let Page { rows, total, more, page } = page_of(context, query, request).await?;
    Ok(Page { rows: all_shown(context, rows).await?, total, more, page })
}

/// Rows of the people that the words find, of the request that they name, or of that name without an account. Each of
/// the three has an index.
fn done_by(folded: &str, words: &str) -> Condition {
    let people = Query::select()
        .column(user::Column::Id)
        .from(user::Entity)
        .and_where(matches(user::Column::Search, folded))
        .to_owned();
    Condition::any()
        .add(C::UserId.in_subquery(people))
        .add(C::RequestId.eq(words))
        .add(C::UserId.is_null().and(C::Actor.eq(words)))
}

/// Rows as shown, with the names of the people whom they name by number.
async fn all_shown(context: &Context, rows: Vec<Model>) -> Result<Vec<AuditRow>> {
    let mut rows = rows.into_iter().map(shown).collect::<Result<Vec<_>>>()?;
    let people: HashSet<i64> = rows.iter_mut().flat_map(people_of).filter_map(|value| value.parse().ok()).collect();
    let names: Vec<(i64, String)> = user::Entity::find()
        .select_only()
        .column(user::Column::Id)
        .column(user::Column::Name)
        .filter(user::Column::Id.is_in(people))
        .into_tuple()
        .all(context.database())
        .await?;
    let names: HashMap<i64, String> = names.into_iter().collect();
    for value in rows.iter_mut().flat_map(people_of) {
        if let Some(name) = value.parse().ok().and_then(|number: i64| names.get(&number)) {
            value.clone_from(name);
        }
    }
    Ok(rows)
}

/// The values of a row's columns that hold the number of a person.
fn people_of(row: &mut AuditRow) -> impl Iterator<Item = &mut String> {
    row.changes.iter_mut().filter(|(column, _, _)| holds_person(column)).flat_map(|(_, before, after)| [before, after])
}

/// True for a column that holds a person: by name, or by the number of an account that is no longer there.
#[must_use]
pub fn holds_person(column: &str) -> bool {
    const OTHERS: &[&str] =
        &["approved_for", "certified_for", "from_user", "member_id", "reviewer_id", "to_user", "user_id"];
    // What was undone or reversed names another record.
    (column.ends_with("_by") && !matches!(column, "reversed_by" | "undone_by")) || OTHERS.contains(&column)
}

fn shown(row: Model) -> Result<AuditRow> {
    let (before, after) = (fields(row.before.as_deref()), fields(row.after.as_deref()));
    let currency = after.get("currency").or_else(|| before.get("currency")).and_then(Value::as_str);
    Ok(AuditRow {
        at: row.at,
        by_system: row.user_id.is_none() && row.actor == Actor::system().name,
        actor: row.actor,
        role: row.role.as_deref().and_then(Role::from_code),
        action: row.action,
        changes: changes(&before, &after),
        currency: currency.map(ToOwned::to_owned),
        kind: Kind::from_code(&row.subject_kind).ok_or_else(|| unknown_code("audit", &row.subject_kind))?,
        record: row.subject_id,
        request_id: row.request_id,
    })
}

fn fields(json: Option<&str>) -> Map<String, Value> {
    match json.map(serde_json::from_str::<Value>) {
        Some(Ok(Value::Object(fields))) => fields,
        _ => Map::new(),
    }
}

fn changes(before: &Map<String, Value>, after: &Map<String, Value>) -> Vec<(String, String, String)> {
    let plain = |value: Option<&Value>| match value {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
    };
    let mut names: Vec<&String> = before.keys().chain(after.keys()).collect();
    names.sort();
    names.dedup();
    names
        .into_iter()
        .filter(|name| before.get(*name) != after.get(*name))
        .map(|name| (name.clone(), plain(before.get(name)), plain(after.get(name))))
        .filter(|(_, old, new)| old != new)
        .collect()
}
