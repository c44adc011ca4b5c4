//! Reading donors.

use domain::contacts::Contact;
use domain::donors::DonorKind;
use domain::errors::AppError;
use domain::ids::DonorId;
use domain::roles::{Action, Role, Subject};
use sea_orm::{ColumnTrait as _, Condition, EntityTrait as _, QueryFilter as _, QueryOrder as _};

use super::entity::donor;
use crate::context::Context;
use crate::error::{Result, unknown_code};
use crate::page::{Page, PageRequest, matches, page_of};
use crate::users::registrations::unconfirmed_donors;

/// The value of the list's filter that asks for donors not yet confirmed, besides the kinds.
pub const UNCONFIRMED: &str = "unconfirmed";

/// A donor as shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DonorView {
    /// Identifier.
    pub id: DonorId,
    /// Name.
    pub name: String,
    /// Kind.
    pub kind: DonorKind,
    /// Country, none for an intergovernmental donor.
    pub country: Option<String>,
    /// Person to write to.
    pub contact_name: String,
    /// Their address.
    pub contact_email: String,
    /// Their telephone.
    pub contact_phone: String,
    /// Further contacts.
    pub other_contacts: Vec<Contact>,
    /// Language of mails to the donor.
    pub language: String,
    /// True once the Fund has confirmed it; one that registered itself waits for that.
    pub confirmed: bool,
}

/// Donors that registered themselves, have confirmed their address, and wait for the Fund's word.
pub(crate) fn to_confirm() -> Condition {
    Condition::all()
        .add(donor::Column::ConfirmedAt.is_null())
        .add(donor::Column::Id.not_in_subquery(unconfirmed_donors()))
}

/// Donors page by page; searched by name, filtered by kind or [`UNCONFIRMED`]. A representative sees the own donor only,
/// staff those of which somebody has confirmed the address.
///
/// # Errors
/// Not allowed, or the database's.
pub async fn list(context: &Context, request: &PageRequest) -> Result<Page<DonorView>> {
    context.permit(Action::ReadDonors, &Subject::NONE)?;
    let mut query = donor::Entity::find();
    if context.actor.is(Role::DonorRepresentative) {
        query = query.filter(donor::Column::Id.eq(context.actor.donor.map_or(0, i64::from)));
    } else {
        query = query.filter(donor::Column::Id.not_in_subquery(unconfirmed_donors()));
    }
    if let Some(words) = request.folded() {
        query = query.filter(matches(donor::Column::Search, &words));
    }
    if request.filter == UNCONFIRMED {
        query = query.filter(to_confirm());
    } else if let Some(kind) = DonorKind::from_code(&request.filter) {
        query = query.filter(donor::Column::Kind.eq(kind.code()));
    }
    let query = match request.sort.as_str() {
        "kind" => query.order_by_asc(donor::Column::Kind),
        "country" => query.order_by_asc(donor::Column::Country),
        _ => query,
    };
    let query = query.order_by_asc(donor::Column::Name).order_by_asc(donor::Column::Id);
    let Page { rows, total, more, page } = page_of(context, query, request).await?;
    let rows = rows.into_iter().map(shown).collect::<Result<_>>()?;
    Ok(Page { rows, total, more, page })
}

/// One donor.
///
/// # Errors
/// Not allowed, not found, or the database's.
pub async fn get(context: &Context, id: DonorId) -> Result<DonorView> {
    context.permit(Action::ReadDonors, &Subject::donor(id))?;
    let row = donor::Entity::find_by_id(id.0).one(context.database()).await?.ok_or(AppError::NotFound)?;
    shown(row)
}

fn shown(row: donor::Model) -> Result<DonorView> {
    Ok(DonorView {
        id: DonorId(row.id),
        kind: DonorKind::from_code(&row.kind).ok_or_else(|| unknown_code("donor kind", &row.kind))?,
        name: row.name,
        country: row.country,
        contact_name: row.contact_name,
        contact_email: row.contact_email,
        contact_phone: row.contact_phone,
        other_contacts: serde_json::from_str(&row.other_contacts)?,
        language: row.language,
        confirmed: row.confirmed_at.is_some(),
    })
}
