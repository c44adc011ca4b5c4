//! Keeping a file of the past, showing what it would do, and entering all of it or nothing.

use chrono::{DateTime, Utc};
use domain::contributions::Instrument;
use domain::errors::AppError;
use domain::ids::PastImportId;
use domain::ledger::{self, Event, UsedRate};
use domain::roles::{Action, Subject};
use sea_orm::{ActiveModelTrait as _, ColumnTrait as _, EntityTrait as _, QueryFilter as _, QuerySelect as _, Set};
use sha2::{Digest as _, Sha256};

use super::plan::{Contribution, Outcome, PlannedRow, plan, receipt_command};
use super::sheet::read;
use super::{PastState, Row};
use crate::audit;
use crate::context::{Context, Work};
use crate::contributions::bank_entity::past_import;
use crate::contributions::enter::enter;
use crate::contributions::entity::{pledge, pledge_instalment, receipt};
use crate::contributions::rates::{rate_on, to_usd};
use crate::contributions::settle::Arrived;
use crate::contributions::statements::judge_waiting;
use crate::database::optimize_after_import;
use crate::error::{Result, unknown_code};
use crate::files;
use crate::ledger::{NewEntry, post};
use crate::page::{More, PAGE_SIZE, Page, PageRequest, page_of};
use crate::token::hex;

/// A file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PastFile {
    /// Identifier.
    pub id: PastImportId,
    /// Its name.
    pub file_name: String,
    /// Waiting, or imported.
    pub state: PastState,
    /// When it came.
    pub uploaded_at: DateTime<Utc>,
    /// When it was imported.
    pub imported_at: Option<DateTime<Utc>>,
}

/// Keeps a file to be looked at; the same file again gives the one that is kept.
///
/// # Errors
/// Not allowed, a file that cannot be read, or the database's.
pub async fn upload(context: &Context, file_name: &str, bytes: &[u8]) -> Result<PastImportId> {
    context.permit(Action::WriteReceipts, &Subject::NONE)?;
    let (rows, sha256) = files::read(bytes, |bytes| Ok((read(&bytes)?, hex(&Sha256::digest(&bytes))))).await?;
    let work = context.begin_money().await?;
    let same = past_import::Entity::find().filter(past_import::Column::Sha256.eq(sha256.as_str()));
    if let Some(same) = same.one(&work.transaction).await? {
        return Ok(PastImportId(same.id));
    }
    let row = past_import::ActiveModel {
        file_name: Set(file_name.chars().take(200).collect()),
        sha256: Set(sha256),
        lines: Set(serde_json::to_string(&rows)?),
        state: Set(PastState::Waiting.code().to_owned()),
        created_by: Set(context.actor.user.map(Into::into)),
        created_at: Set(context.now),
        ..Default::default()
    }
    .insert(&work.transaction)
    .await?;
    let kind = audit::Kind::PastImport;
    audit::record::<(), _>(&work, "audit-past-uploaded", kind, row.id, None, Some(&row)).await?;
    work.commit().await?;
    Ok(PastImportId(row.id))
}

fn view(row: past_import::Model) -> Result<PastFile> {
    Ok(PastFile {
        id: PastImportId(row.id),
        file_name: row.file_name,
        state: PastState::from_code(&row.state).ok_or_else(|| unknown_code("state", &row.state))?,
        uploaded_at: row.created_at,
        imported_at: row.imported_at,
    })
}

/// Files page by page, newest first.
///
/// # Errors
/// Not allowed, or the database's.
pub async fn list(context: &Context, request: &PageRequest) -> Result<Page<PastFile>> {
    use sea_orm::QueryOrder as _;
    context.permit(Action::ReadLedger, &Subject::NONE)?;
    let query = past_import::Entity::find().order_by_desc(past_import::Column::Id);
    let Page { rows, total, page, .. } = page_of(context, query, request).await?;
    Ok(Page { rows: rows.into_iter().map(view).collect::<Result<_>>()?, total, more: More::No, page })
}

/// One file.
///
/// # Errors
/// Not allowed, not found, or the database's.
pub async fn open(context: &Context, id: PastImportId) -> Result<PastFile> {
    context.permit(Action::ReadLedger, &Subject::NONE)?;
    view(past_import::Entity::find_by_id(id.0).one(context.database()).await?.ok_or(AppError::NotFound)?)
}

/// What a file would do.
#[derive(Clone, Debug, PartialEq)]
pub struct Preview {
    /// Rows that would be entered.
    pub new: usize,
    /// Of these, rows like a pledge that is entered already.
    pub alike: usize,
    /// Rows that are entered already.
    pub known: usize,
    /// Rows with wrong cells.
    pub wrong: usize,
    /// The rows, page by page: first the wrong ones, then those that are like another.
    pub rows: Page<PlannedRow>,
}

/// What each row of a file would do now.
///
/// # Errors
/// Not allowed, not found, or the database's.
pub async fn preview(context: &Context, id: PastImportId, request: &PageRequest) -> Result<Preview> {
    context.permit(Action::ReadLedger, &Subject::NONE)?;
    let row = past_import::Entity::find_by_id(id.0).one(context.database()).await?.ok_or(AppError::NotFound)?;
    let rows: Vec<Row> = serde_json::from_str(&row.lines)?;
    let mut planned = plan(context.database(), &rows, context.today()).await?;
    let count = |wanted: fn(&Outcome) -> bool| planned.iter().filter(|row| wanted(&row.outcome)).count();
    let alike = count(|outcome| *outcome == Outcome::Alike);
    let new = alike + count(|outcome| matches!(outcome, Outcome::New | Outcome::Further(_)));
    let known = count(|outcome| *outcome == Outcome::Known);
    let wrong = count(|outcome| matches!(outcome, Outcome::Wrong(_)));
    planned.sort_by_key(|row| match row.outcome {
        Outcome::Wrong(_) => (0, row.number),
        Outcome::Alike => (1, row.number),
        Outcome::New | Outcome::Further(_) | Outcome::Known => (2, row.number),
    });
    let total = u64::try_from(planned.len()).unwrap_or(u64::MAX);
    let (first, most) = (usize::try_from(request.offset()), usize::try_from(PAGE_SIZE));
    let shown = planned.into_iter().skip(first.unwrap_or(usize::MAX)).take(most.unwrap_or(usize::MAX)).collect();
    Ok(Preview { new, alike, known, wrong, rows: Page { rows: shown, total, more: More::No, page: request.number() } })
}

/// Enters every row of a file that is new, and gives how many; with one wrong cell, nothing. Again, it enters nothing.
///
/// # Errors
/// Not allowed, not found, wrong cells, or the database's; then nothing is entered.
pub async fn confirm(context: &Context, id: PastImportId) -> Result<usize> {
    context.permit(Action::WriteReceipts, &Subject::NONE)?;
    let work = context.begin_money().await?;
    let found = past_import::Entity::find_by_id(id.0).lock_exclusive().one(&work.transaction).await?;
    let before = found.ok_or(AppError::NotFound)?;
    let rows: Vec<Row> = serde_json::from_str(&before.lines)?;
    let planned = plan(&work.transaction, &rows, context.today()).await?;
    let wrong = planned.iter().filter(|row| matches!(row.outcome, Outcome::Wrong(_))).count();
    if wrong > 0 {
        return Err(AppError::refused_with("refused-past-wrong", "rows", wrong).into());
    }
    let mut entered = 0;
    for entry in planned.iter().filter_map(|row| row.entry.as_ref()) {
        enter_row(&work, entry).await?;
        entered += 1;
    }
    let mut change: past_import::ActiveModel = before.clone().into();
    change.state = Set(PastState::Imported.code().to_owned());
    change.imported_at = Set(before.imported_at.or(Some(context.now)));
    let after = change.update(&work.transaction).await?;
    let kind = audit::Kind::PastImport;
    audit::record(&work, "audit-past-imported", kind, id.0, Some(&before), Some(&after)).await?;
    work.commit().await?;
    optimize_after_import(&context.services.database).await;
    Ok(entered)
}

/// A pledge that was due on its day, unless an earlier row entered it, and the money that came in for it.
async fn enter_row(work: &Work<'_>, entry: &Contribution) -> Result<()> {
    let row = match &entry.further_to {
        Some(first) => {
            let found = pledge::Entity::find().filter(pledge::Column::CommandId.eq(first.as_str()));
            found.one(&work.transaction).await?.ok_or(AppError::NotFound)?
        }
        None => enter_pledge(work, entry).await?,
    };
    let Some(received) = &entry.received else { return Ok(()) };
    let command_id = receipt_command(&entry.command_id);
    let arrived = Arrived {
        amount: received.amount,
        charge_minor: 0,
        date: received.day,
        booked_on: received.day,
        bank_reference: &received.bank_reference,
        command_id: &command_id,
        stated: "",
        ordered: None,
        held: None,
    };
    let receipt = enter(work, &row, &arrived).await?;
    let receipt = spend(work, entry, receipt, received.spent).await?;
    judge_waiting(work, std::slice::from_ref(&receipt.bank_reference)).await?;
    audit::record::<(), _>(work, "audit-pledge-receipt", audit::Kind::Pledge, row.id, None, Some(&receipt)).await
}

async fn enter_pledge(work: &Work<'_>, entry: &Contribution) -> Result<pledge::Model> {
    let rate = rate_on(&work.transaction, entry.pledged.currency, entry.date).await?;
    let usd_minor = to_usd(entry.pledged, rate)?;
    let row = pledge::ActiveModel {
        donor_id: Set(entry.donor.into()),
        currency: Set(entry.pledged.currency.code().to_owned()),
        amount_minor: Set(entry.pledged.minor),
        usd_minor: Set(usd_minor),
        rate: Set(rate.normalize().to_string()),
        instrument: Set(Instrument::Agreement.code().to_owned()),
        date: Set(entry.date),
        earmark: Set(entry.earmark.code().to_owned()),
        psc_basis_points: Set(entry.psc_basis_points),
        note: Set(entry.note.clone()),
        written_down_minor: Set(0),
        written_down_usd_minor: Set(0),
        command_id: Set(entry.command_id.clone()),
        created_by: Set(work.context.actor.user.map(Into::into)),
        created_at: Set(work.context.now),
        ..Default::default()
    }
    .insert(&work.transaction)
    .await?;
    let due = pledge_instalment::ActiveModel {
        pledge_id: Set(row.id),
        due: Set(entry.date),
        amount_minor: Set(entry.pledged.minor),
        ..Default::default()
    };
    due.insert(&work.transaction).await?;
    let posted = NewEntry {
        event: Event::Pledge,
        date: entry.date,
        source_kind: "pledge",
        source_id: row.id,
        donor: Some(entry.donor),
        grant: None,
        command_id: &entry.command_id,
        reverses: None,
        postings: ledger::pledge(
            entry.earmark,
            entry.pledged,
            usd_minor,
            UsedRate::of(entry.pledged.currency, rate, entry.date),
        ),
    };
    post(work, posted).await?;
    audit::record::<(), _>(work, "audit-pledge-made", audit::Kind::Pledge, row.id, None, Some(&row)).await?;
    Ok(row)
}

/// Takes from a receipt what was spent of it before: the Fund does not hold it any more, and nobody may commit it again.
async fn spend(
    work: &Work<'_>,
    entry: &Contribution,
    receipt: receipt::Model,
    usd_minor: i64,
) -> Result<receipt::Model> {
    if usd_minor == 0 {
        return Ok(receipt);
    }
    let posted = NewEntry {
        event: Event::SpentBefore,
        date: receipt.date,
        source_kind: "receipt",
        source_id: receipt.id,
        donor: Some(entry.donor),
        grant: None,
        command_id: &format!("{}/spent", entry.command_id),
        reverses: None,
        postings: ledger::spent_before(entry.earmark, usd_minor),
    };
    post(work, posted).await?;
    let change = receipt::ActiveModel { spent_before_usd_minor: Set(usd_minor), ..receipt.into() };
    Ok(change.update(&work.transaction).await?)
}
