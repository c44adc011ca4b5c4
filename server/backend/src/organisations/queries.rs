//! Reading organisations.

use std::collections::HashMap;

use chrono::NaiveDate;
use domain::applications::ApplicationState;
use domain::contacts::Contact;
use domain::errors::AppError;
use domain::grants::GrantState;
use domain::ids::OrganisationId;
use domain::organisations::{Address, Identity, OrganisationKind, RENEWED_WITHIN_DAYS, Vetting, VettingStatus};
use domain::roles::{Action, Subject};
use domain::time::add_days;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _, PaginatorTrait as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _, QueryTrait as _,
};

use super::entity::{bank_details, organisation};
use crate::applications;
use crate::applications::entity::application;
use crate::context::Context;
use crate::error::{Result, unknown_code};
use crate::page::{Page, PageRequest, matches, page_of};
use crate::users::registrations::unconfirmed_organisations;

/// The filter of a list that gives organisations whose bank details nobody has verified.
pub const BANK_UNVERIFIED: &str = "bank-unverified";

/// The filter of a list that gives organisations that can be vetted and are not.
pub const TO_VET: &str = "to-vet";

/// Organisations that filled in their profile, and that nobody has vetted or refused.
pub(crate) fn to_vet() -> Condition {
    let open = [VettingStatus::NotVetted, VettingStatus::InProgress].map(|status| format!("'{status}'"));
    // The words of the index `organisations_to_vet`, which holds these and nothing else.
    Condition::all()
        .add(organisation::Column::ProfileComplete.eq(true))
        .add(Expr::cust(format!("organisations.vetting_status IN ({})", open.join(", "))))
}

/// The filter of a list that gives organisations whose vetting has to be renewed.
pub const VETTING_LAPSES: &str = "vetting-lapses";

/// Organisations whose vetting has lapsed or soon will, and for which it matters; see [`vetting_ends_before`].
pub(crate) fn vetting_lapses(today: NaiveDate) -> Condition {
    vetting_ends_before(add_days(today, RENEWED_WITHIN_DAYS + 1))
}

/// Organisations whose vetting no longer holds on a day and for which it matters: they have an application that is not
/// decided, or a grant that is not over. Of any other the vetting may rest until it applies again.
pub(crate) fn vetting_ends_before(day: NaiveDate) -> Condition {
    let waiting = |state: &&ApplicationState| **state != ApplicationState::Draft && !state.is_decided();
    let under_way = |table: &str, states: Vec<String>| {
        let states = states.join(", ");
        Expr::cust(format!(
            "EXISTS (SELECT 1 FROM {table} WHERE {table}.organisation_id = organisations.id AND {table}.state IN ({states}))"
        ))
    };
    let applications = ApplicationState::ALL.iter().filter(waiting).map(|state| format!("'{state}'")).collect();
    let grants = GrantState::ALL.iter().filter(|state| !state.is_over()).map(|state| format!("'{state}'")).collect();
    Condition::all()
        .add(organisation::Column::VettingStatus.eq(VettingStatus::Vetted.code()))
        .add(organisation::Column::VettingValidUntil.lt(day))
        .add(Condition::any().add(under_way("applications", applications)).add(under_way("grants", grants)))
}

/// An organisation in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrganisationRow {
    /// Identifier.
    pub id: OrganisationId,
    /// Name as registered.
    pub legal_name: String,
    /// Country.
    pub country: String,
    /// Kind.
    pub kind: OrganisationKind,
    /// True once the profile was filled in.
    pub profile_complete: bool,
    /// Vetting.
    pub vetting: Vetting,
}

/// An organisation as shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrganisationView {
    /// Identifier.
    pub id: OrganisationId,
    /// Name as registered.
    pub legal_name: String,
    /// Country.
    pub country: String,
    /// Number in the country's register.
    pub registration_number: String,
    /// Day of registration.
    pub registration_date: Option<NaiveDate>,
    /// Kind.
    pub kind: OrganisationKind,
    /// Yearly income in US cents.
    pub yearly_income_usd_minor: i64,
    /// Postal address; without a town where it was entered as a text only.
    pub address: Address,
    /// The address as a text, from before it was asked for in parts.
    pub address_text: String,
    /// Person to write to.
    pub contact_name: String,
    /// Their address.
    pub contact_email: String,
    /// Their telephone.
    pub contact_phone: String,
    /// Further contacts.
    pub other_contacts: Vec<Contact>,
    /// Experience in helping victims.
    pub experience: String,
    /// True once the profile was filled in.
    pub profile_complete: bool,
    /// Vetting.
    pub vetting: Vetting,
    /// Who it was when it was vetted, where that changed since and nobody has vetted it anew.
    pub vetted_as: Option<Identity>,
    /// Why the vetting stands as it does.
    pub vetting_reason: String,
    /// Version of the profile, against overwriting each other's changes.
    pub version: i64,
    /// Applications that it made.
    pub applications: u64,
}

/// Organisations page by page; searched by name and registration number, filtered by vetting. A member sees the
/// own organisation only, staff those of which somebody has confirmed the address.
///
/// # Errors
/// Not allowed, or the database's.
pub async fn list(context: &Context, request: &PageRequest) -> Result<Page<OrganisationRow>> {
    context.permit(Action::ReadOrganisations, &Subject::NONE)?;
    let mut query = organisation::Entity::find();
    if context.actor.role.is_some_and(domain::roles::Role::of_organisation) {
        query = query.filter(organisation::Column::Id.eq(context.actor.organisation.map_or(0, i64::from)));
    } else {
        query = query.filter(organisation::Column::Id.not_in_subquery(unconfirmed_organisations()));
    }
    if let Some(words) = request.folded() {
        query = query.filter(matches(organisation::Column::Search, &words));
    }
    if request.filter == BANK_UNVERIFIED {
        let unverified = bank_details::Entity::find()
            .select_only()
            .column(bank_details::Column::OrganisationId)
            .filter(bank_details::Column::VerifiedAt.is_null());
        query = query.filter(organisation::Column::Id.in_subquery(unverified.into_query()));
    }
    if request.filter == TO_VET {
        query = query.filter(to_vet());
    }
    if request.filter == VETTING_LAPSES {
        query = query.filter(vetting_lapses(context.today()));
    }
    if let Some(status) = VettingStatus::from_code(&request.filter) {
        query = query.filter(organisation::Column::VettingStatus.eq(status.code()));
    }
    let query = match request.sort.as_str() {
        "country" => query.order_by_asc(organisation::Column::Country),
        "vetting" => query.order_by_asc(organisation::Column::VettingStatus),
        "kind" => query.order_by_asc(organisation::Column::Kind),
        _ => query,
    };
    let query = query.order_by_asc(organisation::Column::LegalName).order_by_asc(organisation::Column::Id);
    let Page { rows, total, more, page } = page_of(context, query, request).await?;
    let row = |row: organisation::Model| {
        Ok(OrganisationRow {
            id: OrganisationId(row.id),
            kind: kind_of(&row)?,
            vetting: vetting_of(&row.vetting_status, row.vetting_valid_until)?,
            legal_name: row.legal_name,
            country: row.country,
            profile_complete: row.profile_complete,
        })
    };
    let rows = rows.into_iter().map(row).collect::<Result<_>>()?;
    Ok(Page { rows, total, more, page })
}

/// The legal names of organisations, by number.
pub(crate) async fn names<C: ConnectionTrait>(
    database: &C,
    ids: impl IntoIterator<Item = i64>,
) -> Result<HashMap<i64, String>> {
    let names = organisation::Entity::find()
        .select_only()
        .column(organisation::Column::Id)
        .column(organisation::Column::LegalName)
        .filter(organisation::Column::Id.is_in(ids))
        .into_tuple::<(i64, String)>()
        .all(database)
        .await?;
    Ok(names.into_iter().collect())
}

/// One organisation.
///
/// # Errors
/// Not allowed, not found, another organisation's, or the database's.
pub async fn get(context: &Context, id: OrganisationId) -> Result<OrganisationView> {
    context.permit(Action::ReadOrganisations, &Subject::organisation(id))?;
    let row = organisation::Entity::find_by_id(id.0).one(context.database()).await?.ok_or(AppError::NotFound)?;
    let applications = applications::visible(context).filter(application::Column::OrganisationId.eq(id.0));
    let applications = applications.count(context.database()).await?;
    let address = address_of(&row);
    Ok(OrganisationView {
        id,
        kind: kind_of(&row)?,
        vetting: vetting_of(&row.vetting_status, row.vetting_valid_until)?,
        legal_name: row.legal_name,
        country: row.country,
        registration_number: row.registration_number,
        registration_date: row.registration_date,
        yearly_income_usd_minor: row.yearly_income_usd_minor,
        address,
        address_text: row.address,
        contact_name: row.contact_name,
        contact_email: row.contact_email,
        contact_phone: row.contact_phone,
        other_contacts: serde_json::from_str(&row.other_contacts)?,
        experience: row.experience,
        profile_complete: row.profile_complete,
        vetted_as: row.vetted_as.as_deref().map(serde_json::from_str).transpose()?,
        vetting_reason: row.vetting_reason,
        version: row.version,
        applications,
    })
}

/// Where an organisation is, as payment orders carry it.
pub(crate) fn address_of(row: &organisation::Model) -> Address {
    Address {
        street: row.street.clone(),
        building_number: row.building_number.clone(),
        post_code: row.post_code.clone(),
        town: row.town.clone(),
        country: row.country.clone(),
    }
}

/// The vetting of an organisation, for the rules of other nouns: in the database, or in a transaction under way.
///
/// # Errors
/// Not found, or the database's.
pub async fn vetting<C: ConnectionTrait>(database: &C, id: OrganisationId) -> Result<Vetting> {
    let found = organisation::Entity::find_by_id(id.0)
        .select_only()
        .column(organisation::Column::VettingStatus)
        .column(organisation::Column::VettingValidUntil)
        .into_tuple::<(String, Option<NaiveDate>)>()
        .one(database)
        .await?;
    let (status, valid_until) = found.ok_or(AppError::NotFound)?;
    vetting_of(&status, valid_until)
}

fn vetting_of(status: &str, valid_until: Option<NaiveDate>) -> Result<Vetting> {
    let status = VettingStatus::from_code(status).ok_or_else(|| unknown_code("vetting status", status))?;
    Ok(Vetting { status, valid_until })
}

/// The status of an organisation's vetting.
pub(super) fn status_of(row: &organisation::Model) -> Result<VettingStatus> {
    Ok(vetting_of(&row.vetting_status, row.vetting_valid_until)?.status)
}

fn kind_of(row: &organisation::Model) -> Result<OrganisationKind> {
    OrganisationKind::from_code(&row.kind).ok_or_else(|| unknown_code("organisation kind", &row.kind))
}
