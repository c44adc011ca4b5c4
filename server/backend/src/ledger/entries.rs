//! One entry with what it reverses, and the entries behind a figure: of an account, a donor, a grant, a time.

use chrono::NaiveDate;
use domain::errors::AppError;
use domain::ids::{DonorId, EntryId, GrantId};
use domain::ledger::{Account, Event, PositionFigure};
use domain::roles::{Action, Subject};
use sea_orm::sea_query::{Expr, Query};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _, QueryTrait as _};

use super::entity::{journal_entry, posting, psc_transfer};
use super::figures::{self, POSTINGS};
use super::queries::{EntryRow, with_postings};
use crate::context::Context;
use crate::donors::entity::donor;
use crate::error::Result;
use crate::grants::entity::grant;
use crate::page::{Page, PageRequest, page_of};

/// An entry on its own page.
#[derive(Clone, Debug, PartialEq)]
pub struct EntryView {
    /// The entry with its postings.
    pub row: EntryRow,
    /// The donor concerned, with its name.
    pub donor: Option<(DonorId, String)>,
    /// The grant concerned, with its number.
    pub grant: Option<(GrantId, String)>,
    /// The entry that this one takes back, with its number.
    pub reverses: Option<(EntryId, String)>,
    /// The entry that takes this one back, with its number.
    pub reversed_by: Option<(EntryId, String)>,
    /// Bank reference and note of a transfer of programme support costs.
    pub transfer: Option<(String, String)>,
}

/// How an address says that entries without a donor are wanted.
pub const NO_DONOR: &str = "none";

/// Of whom entries are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    /// This donor's.
    Donor(DonorId),
    /// Nobody's.
    Nobody,
}

impl Whose {
    /// From an address; none when it asks for everybody's.
    #[must_use]
    pub fn from_query(text: &str) -> Option<Self> {
        if text == NO_DONOR {
            return Some(Self::Nobody);
        }
        text.parse().ok().map(Self::Donor)
    }
}

/// Which entries are wanted; everything that is none does not matter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// With a posting to this account.
    pub account: Option<Account>,
    /// Concerning a donor, or none.
    pub donor: Option<Whose>,
    /// Concerning this grant.
    pub grant: Option<GrantId>,
    /// From this day.
    pub from: Option<NaiveDate>,
    /// Until this day.
    pub to: Option<NaiveDate>,
    /// Of this event.
    pub event: Option<Event>,
    /// That count in this figure of the Fund's position.
    pub figure: Option<PositionFigure>,
}

/// One entry.
///
/// # Errors
/// Not allowed, not found, or the database's.
pub async fn get(context: &Context, id: EntryId) -> Result<EntryView> {
    context.permit(Action::ReadLedger, &Subject::NONE)?;
    let database = context.database();
    let entry = journal_entry::Entity::find_by_id(id.0).one(database).await?.ok_or(AppError::NotFound)?;
    let named = |row: journal_entry::Model| (EntryId(row.id), format!("{}/{}", row.fiscal_year, row.number));
    let reverses = match entry.reverses {
        Some(reversed) => journal_entry::Entity::find_by_id(reversed).one(database).await?.map(named),
        None => None,
    };
    let reversed_by =
        journal_entry::Entity::find().filter(journal_entry::Column::Reverses.eq(id.0)).one(database).await?.map(named);
    let transfer = match entry.source_kind == "psc-transfer" {
        true => psc_transfer::Entity::find_by_id(entry.source_id).one(database).await?,
        false => None,
    };
    let donor = donor::Entity::find_by_id(entry.donor_id.unwrap_or(0)).one(database).await?;
    let donor = donor.map(|donor| (DonorId(donor.id), donor.name));
    let grant = grant::Entity::find_by_id(entry.grant_id.unwrap_or(0)).one(database).await?;
    let grant = grant.map(|grant| (GrantId(grant.id), grant.number));
    let row = with_postings(context, vec![entry]).await?.into_iter().next().ok_or(AppError::NotFound)?;
    let transfer = transfer.map(|transfer| (transfer.bank_reference, transfer.note));
    Ok(EntryView { row, donor, grant, reverses, reversed_by, transfer })
}

/// The entries behind a figure page by page, newest first.
///
/// # Errors
/// Not allowed, or the database's.
pub async fn list(context: &Context, wanted: &Wanted, request: &PageRequest) -> Result<Page<EntryRow>> {
    context.permit(Action::ReadLedger, &Subject::NONE)?;
    use journal_entry::Column as C;
    let account = wanted.account.map(|account| {
        Query::select()
            .column(posting::Column::EntryId)
            .from(posting::Entity)
            .and_where(posting::Column::Account.eq(account.code()))
            .to_owned()
    });
    let query = journal_entry::Entity::find()
        .apply_if(account, |query, entries| query.filter(C::Id.in_subquery(entries)))
        .apply_if(wanted.donor, |query, whose| match whose {
            Whose::Donor(donor) => query.filter(C::DonorId.eq(donor.0)),
            Whose::Nobody => query.filter(C::DonorId.is_null()),
        })
        .apply_if(wanted.figure, |query, figure| query.filter(counts_in(figure)))
        .apply_if(wanted.grant, |query, grant| query.filter(C::GrantId.eq(grant.0)))
        .apply_if(wanted.from, |query, from| query.filter(C::PostingDate.gte(from)))
        .apply_if(wanted.to, |query, to| query.filter(C::PostingDate.lte(to)))
        .apply_if(wanted.event, |query, event| query.filter(C::Event.eq(event.code())));
    let query = query.order_by_desc(C::PostingDate).order_by_desc(C::Id);
    let Page { rows: entries, total, more, page } = page_of(context, query, request).await?;
    let rows = with_postings(context, entries).await?;
    Ok(Page { rows, total, more, page })
}

/// The entries with a posting that counts in a figure.
fn counts_in(figure: PositionFigure) -> Expr {
    let counts = figures::counts_in(figure);
    Expr::cust(format!("journal_entries.id IN (SELECT e.id FROM {POSTINGS} WHERE {counts})"))
}
