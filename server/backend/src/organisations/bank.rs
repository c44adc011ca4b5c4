//! Bank details: written by the organisation's signatory, sealed, verified by a second person of the Fund, read by
//! those who pay. The audit trail, which more people read, holds no account number.

use chrono::{DateTime, SubsecRound as _, Utc};
use domain::errors::AppError;
use domain::forms::Typed;
use domain::ids::{OrganisationId, UserId};
use domain::message::Argument;
use domain::organisations::{BANK_DETAILS, BANK_VERIFICATION};
use domain::roles::{Action, Subject};
use sea_orm::{ActiveModelTrait as _, ColumnTrait as _, EntityTrait as _, QueryFilter as _, Set};
use serde::Serialize;

use super::account::{Account, Masked, about_organisation};
use super::entity::bank_details as table;
use super::load;
use crate::audit;
use crate::context::{Context, Work};
use crate::error::Result;
use crate::mail::{self, MailKind};
use crate::page::count_waiting;
use crate::users::{self, ties};

/// Bank details as those who pay see them.
#[derive(Clone, PartialEq, Eq)]
pub struct BankDetails {
    /// Who holds the account.
    pub account_holder: String,
    /// The holder as payment orders spell it; none where nobody said how.
    pub order_name: Option<String>,
    /// Bank.
    pub bank_name: String,
    /// The bank's country.
    pub bank_country: String,
    /// IBAN or account number.
    pub account_number: String,
    /// The bank's BIC.
    pub bic: String,
    /// When they were last written.
    pub updated_at: DateTime<Utc>,
    /// True when the reader may be the second person: did not write them, and is not of the organisation.
    pub may_verify: bool,
}

impl std::fmt::Debug for BankDetails {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("BankDetails").field("updated_at", &self.updated_at).finish_non_exhaustive()
    }
}

/// Whether bank details are entered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BankState {
    /// The last characters of the account number; for the organisation itself only.
    pub ending: Option<String>,
    /// When they were last written.
    pub updated_at: DateTime<Utc>,
    /// When a second person verified them as they are now.
    pub verified_at: Option<DateTime<Utc>>,
    /// Who, and the note; for the Fund's own people.
    pub verified_by: Option<(String, String)>,
}

/// What the audit trail says of a verification.
#[derive(Serialize)]
struct Verified<'a> {
    verified: bool,
    note: &'a str,
}

/// Enters or changes the bank details of the signatory's own organisation. They have to be verified again.
///
/// # Errors
/// Not allowed, another organisation's, wrong fields, or the database's.
pub async fn write_bank_details(context: &Context, id: OrganisationId, typed: &Typed) -> Result<()> {
    context.permit(Action::WriteBankDetails, &Subject::organisation(id))?;
    let (answers, mut errors) = BANK_DETAILS.read_lenient(typed);
    let account = Account::read(&answers, &mut errors);
    errors.into_result()?;
    let keys = &context.services.bank_keys;
    let about = about_organisation(id.0);
    let work = context.begin().await?;
    let organisation = load(&work, id).await?;
    let before = table::Entity::find_by_id(id.0).one(&work.transaction).await?;
    let old = before.as_ref().map(|row| Account::open(keys, &about, &row.sealed)).transpose()?;
    let row = table::ActiveModel {
        organisation_id: Set(id.0),
        sealed: Set(account.seal(keys, &about)?),
        updated_by: Set(context.actor.user.map(Into::into)),
        updated_at: Set(context.now),
        verified_by: Set(None),
        verified_at: Set(None),
        verified_note: Set(String::new()),
    };
    match before {
        Some(_) => row.update(&work.transaction).await?,
        None => row.insert(&work.transaction).await?,
    };
    let (old, new) = (old.as_ref().map(Masked::of), Masked::of(&account));
    audit::record(&work, "audit-organisation-bank", audit::Kind::Organisation, id.0, old.as_ref(), Some(&new)).await?;
    tell_signatories(&work, organisation.legal_name, id, &account).await?;
    work.commit().await
}

/// Tells all who sign for the organisation, so that a change that none of them made does not wait for the next payment.
async fn tell_signatories(work: &Work<'_>, name: String, id: OrganisationId, account: &Account) -> Result<()> {
    let arguments = [
        ("organisation", name.into()),
        ("actor", work.context.actor.name.as_str().into()),
        ("at", work.context.now.into()),
        ("ending", account.ending().into()),
    ];
    let link = format!("/organisations/{id}");
    mail::queue_to_signatories(work, id.0, MailKind::BankDetailsChanged, &arguments, Some(&link)).await
}

/// Verifies the bank details as they are, after asking the organisation or its bank by another way. The second person
/// neither wrote them nor has a tie with the organisation, and has seen exactly these.
///
/// # Errors
/// Not allowed, not found, no note, written by the same person, changed since they were shown, such as no bank could pay
/// to, or the database's.
pub async fn verify_bank_details(context: &Context, id: OrganisationId, typed: &Typed) -> Result<()> {
    context.permit(Action::VerifyBankDetails, &Subject::NONE)?;
    let answers = BANK_VERIFICATION.read(typed)?;
    let work = context.begin().await?;
    load(&work, id).await?;
    let before = table::Entity::find_by_id(id.0).one(&work.transaction).await?.ok_or(AppError::NotFound)?;
    ties::check(&work.transaction, id.0, context.actor.user.as_slice()).await?;
    if !is_second_person(context, &before) {
        return Err(AppError::refused("refused-bank-verify-own").into());
    }
    let seen = DateTime::parse_from_rfc3339(answers.text("seen")).ok().map(|at| at.to_utc());
    if seen.map(|at| at.trunc_subsecs(6)) != Some(before.updated_at.trunc_subsecs(6)) {
        return Err(AppError::refused("refused-bank-verify-changed").into());
    }
    let account = Account::open(&context.services.bank_keys, &about_organisation(id.0), &before.sealed)?;
    if let Some(fault) = account.faults().0.into_iter().next() {
        let why = Argument::Key(fault.message.key);
        return Err(AppError::refused_with("refused-bank-verify-faulty", "why", why).into());
    }
    let note = answers.text("note");
    let was = Verified { verified: before.verified_at.is_some(), note: &before.verified_note.clone() };
    let mut row: table::ActiveModel = before.into();
    row.verified_by = Set(context.actor.user.map(Into::into));
    row.verified_at = Set(Some(context.now));
    row.verified_note = Set(note.to_owned());
    row.update(&work.transaction).await?;
    let now = Verified { verified: true, note };
    audit::record(&work, "audit-organisation-bank-verified", audit::Kind::Organisation, id.0, Some(&was), Some(&now))
        .await?;
    work.commit().await
}

fn is_second_person(context: &Context, row: &table::Model) -> bool {
    let person = context.actor.user.map(i64::from);
    person.is_none() || row.updated_by != person
}

/// The bank details, for finance, certifying and approving officers.
///
/// # Errors
/// Not allowed, or the database's.
pub async fn bank_details(context: &Context, id: OrganisationId) -> Result<Option<BankDetails>> {
    context.permit(Action::ReadBankDetails, &Subject::organisation(id))?;
    let Some(row) = table::Entity::find_by_id(id.0).one(context.database()).await? else { return Ok(None) };
    let account = Account::open(&context.services.bank_keys, &about_organisation(id.0), &row.sealed)?;
    Ok(Some(BankDetails {
        may_verify: context.permit(Action::VerifyBankDetails, &Subject::NONE).is_ok()
            && is_second_person(context, &row)
            && ties::obstacle(context.database(), id.0, context.actor.user.as_slice()).await?.is_none(),
        order_name: account.order_name(),
        account_holder: account.account_holder,
        bank_name: account.bank_name,
        bank_country: account.bank_country,
        account_number: account.account_number,
        bic: account.bic,
        updated_at: row.updated_at,
    }))
}

/// Whether bank details are entered and verified, for everybody who may see the organisation.
///
/// # Errors
/// Not allowed, another organisation's, or the database's.
pub async fn bank_state(context: &Context, id: OrganisationId) -> Result<Option<BankState>> {
    context.permit(Action::ReadOrganisations, &Subject::organisation(id))?;
    let Some(row) = table::Entity::find_by_id(id.0).one(context.database()).await? else { return Ok(None) };
    let ending = match context.actor.organisation == Some(id) {
        true => Some(Account::open(&context.services.bank_keys, &about_organisation(id.0), &row.sealed)?.ending()),
        false => None,
    };
    let verified_by = match row.verified_by.filter(|_| context.actor.role.is_some_and(|role| role.is_staff())) {
        Some(person) => Some((users::name_of(context.database(), UserId(person)).await?, row.verified_note)),
        None => None,
    };
    Ok(Some(BankState { ending, updated_at: row.updated_at, verified_at: row.verified_at, verified_by }))
}

/// How many organisations wait for somebody to verify their bank details.
pub(crate) async fn unverified(context: &Context) -> Result<u64> {
    let rows = table::Entity::find().filter(table::Column::VerifiedAt.is_null());
    count_waiting(context.database(), rows).await
}
