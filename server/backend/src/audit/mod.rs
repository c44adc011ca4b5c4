//! The audit trail: written in the transaction of the change, shown beside each record.

pub(crate) mod entity;

use chrono::{DateTime, Utc};
use domain::roles::{Action, Role, Subject};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _, Set,
};
use serde::Serialize;
use serde_json::Value;

use crate::context::{Context, Work};
use crate::error::Result;

/// What kind of record a row of the trail is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A person.
    User,
    /// A donor.
    Donor,
    /// A pledge, with its receipts.
    Pledge,
    /// Money that nobody has identified yet.
    Unidentified,
    /// An imported bank statement.
    BankStatement,
    /// A file of past contributions.
    PastImport,
    /// A rate of exchange.
    Rate,
    /// An organisation.
    Organisation,
    /// A call.
    Call,
    /// An application, with screening and reviews.
    Application,
    /// A Board session.
    Session,
    /// A grant.
    Grant,
    /// A disbursement.
    Disbursement,
    /// A report.
    Report,
    /// A mail.
    Mail,
    /// A journal entry of the books.
    Entry,
    /// A period of the books; its number is that of the year and the month, 202605 for May 2026 and 202613 for the year.
    Period,
    /// Payments that go to the bank together.
    PaymentBatch,
    /// A setting of the Fund.
    Setting,
}

impl Kind {
    /// The code in the table.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::Donor => "donor",
            Self::Pledge => "pledge",
            Self::Unidentified => "unidentified",
            Self::BankStatement => "bank-statement",
            Self::PastImport => "past-import",
            Self::Rate => "rate",
            Self::Organisation => "organisation",
            Self::Call => "call",
            Self::Application => "application",
            Self::Session => "session",
            Self::Grant => "grant",
            Self::Disbursement => "disbursement",
            Self::Report => "report",
            Self::Mail => "mail",
            Self::Entry => "entry",
            Self::Period => "period",
            Self::PaymentBatch => "payment-batch",
            Self::Setting => "setting",
        }
    }
}

/// A row of the trail as shown.
#[derive(Clone, Debug, PartialEq)]
pub struct AuditRow {
    /// When.
    pub at: DateTime<Utc>,
    /// Who.
    pub actor: String,
    /// In which role; none for the system.
    pub role: Option<Role>,
    /// What: a key of the locale files, `audit-…`.
    pub action: String,
    /// Fields before and after, only those that differ.
    pub changes: Vec<(String, String, String)>,
    /// The request.
    pub request_id: String,
}

/// Adds a row. `before` and `after` are the record's row, so that every field is there.
///
/// # Errors
/// The database's.
pub async fn record<B: Serialize, A: Serialize>(
    work: &Work<'_>,
    action: &str,
    kind: Kind,
    id: i64,
    before: Option<&B>,
    after: Option<&A>,
) -> Result<()> {
    row(work, action, kind, id, before, after)?.insert(&work.transaction).await?;
    Ok(())
}

/// Adds a row for each of many records that were made at once.
///
/// # Errors
/// The database's.
pub async fn record_many<A: Serialize>(work: &Work<'_>, action: &str, kind: Kind, made: &[(i64, A)]) -> Result<()> {
    if made.is_empty() {
        return Ok(());
    }
    let rows = made.iter().map(|(id, after)| row::<(), A>(work, action, kind, *id, None, Some(after)));
    let rows = rows.collect::<Result<Vec<_>>>()?;
    entity::audit::Entity::insert_many(rows).exec_without_returning(&work.transaction).await?;
    Ok(())
}

fn row<B: Serialize, A: Serialize>(
    work: &Work<'_>,
    action: &str,
    kind: Kind,
    id: i64,
    before: Option<&B>,
    after: Option<&A>,
) -> Result<entity::audit::ActiveModel> {
    let context = work.context;
    Ok(entity::audit::ActiveModel {
        at: Set(context.now),
        user_id: Set(context.actor.user.map(Into::into)),
        actor: Set(context.actor.name.clone()),
        role: Set(context.actor.role.map(|role| role.code().to_owned())),
        action: Set(action.to_owned()),
        subject_kind: Set(kind.code().to_owned()),
        subject_id: Set(id),
        before: Set(before.map(serde_json::to_string).transpose()?),
        after: Set(after.map(serde_json::to_string).transpose()?),
        request_id: Set(context.request_id.clone()),
        ..Default::default()
    })
}

/// Adds a row for something that happened without fields of its own.
///
/// # Errors
/// The database's.
pub async fn note(work: &Work<'_>, action: &str, kind: Kind, id: i64) -> Result<()> {
    record::<(), ()>(work, action, kind, id, None, None).await
}

/// The trail of one record, newest first, for those who may read it; at most 100 rows.
///
/// # Errors
/// The database's, or that the actor may not read the trail.
pub async fn of(context: &Context, kind: Kind, id: i64) -> Result<Vec<AuditRow>> {
    context.permit(Action::ReadAudit, &Subject::NONE)?;
    let rows = entity::audit::Entity::find()
        .filter(entity::audit::Column::SubjectKind.eq(kind.code()))
        .filter(entity::audit::Column::SubjectId.eq(id))
        .order_by_desc(entity::audit::Column::Id)
        .limit(100)
        .all(context.database())
        .await?;
    Ok(rows.into_iter().map(shown).collect())
}

fn shown(row: entity::audit::Model) -> AuditRow {
    AuditRow {
        at: row.at,
        actor: row.actor,
        role: row.role.as_deref().and_then(Role::from_code),
        action: row.action,
        changes: changes(row.before.as_deref(), row.after.as_deref()),
        request_id: row.request_id,
    }
}

fn changes(before: Option<&str>, after: Option<&str>) -> Vec<(String, String, String)> {
    let fields = |json: Option<&str>| match json.map(serde_json::from_str::<Value>) {
        Some(Ok(Value::Object(fields))) => fields,
        _ => serde_json::Map::new(),
    };
    let (before, after) = (fields(before), fields(after));
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
