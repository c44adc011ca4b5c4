//! Bank details: written by the organisation's signatory, read by those who pay. The audit trail, which more
//! people read, holds no account number.

use chrono::{DateTime, Utc};
use domain::errors::FieldErrors;
use domain::forms::Typed;
use domain::ids::OrganisationId;
use domain::message::Message;
use domain::organisations::BANK_DETAILS;
use domain::roles::{Action, Subject};
use sea_orm::{ActiveModelTrait as _, EntityTrait as _, Set};
use serde::Serialize;

use super::entity::bank_details as table;
use super::load;
use crate::audit;
use crate::context::Context;
use crate::error::Result;

/// Shortest account number; the last characters of a shorter one would give all of it away.
const SHORTEST_NUMBER: usize = 6;

/// Bank details as those who pay see them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BankDetails {
    /// Who holds the account.
    pub account_holder: String,
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
}

/// Whether bank details are entered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BankState {
    /// The last characters of the account number; for the organisation itself only.
    pub ending: Option<String>,
    /// When they were last written.
    pub updated_at: DateTime<Utc>,
}

/// What the audit trail says of bank details.
#[derive(Serialize)]
struct Trace<'a> {
    account_holder: &'a str,
    bank_name: &'a str,
    bank_country: &'a str,
    account_ending: String,
}

impl<'a> Trace<'a> {
    fn of(row: &'a table::Model) -> Self {
        Self {
            account_holder: &row.account_holder,
            bank_name: &row.bank_name,
            bank_country: &row.bank_country,
            account_ending: ending(&row.account_number),
        }
    }
}

/// Enters or changes the bank details of the signatory's own organisation.
///
/// # Errors
/// Not allowed, another organisation's, wrong fields, or the database's.
pub async fn write_bank_details(context: &Context, id: OrganisationId, typed: &Typed) -> Result<()> {
    context.permit(Action::WriteBankDetails, &Subject::organisation(id))?;
    let (answers, mut errors) = BANK_DETAILS.read_lenient(typed);
    let number = compact(answers.text("account_number"));
    let bic = compact(answers.text("bic"));
    check(&number, &bic, &mut errors);
    errors.into_result()?;
    let work = context.begin().await?;
    load(&work, id).await?;
    let before = table::Entity::find_by_id(id.0).one(&work.transaction).await?;
    let row = table::ActiveModel {
        organisation_id: Set(id.0),
        account_holder: Set(answers.text("account_holder").to_owned()),
        bank_name: Set(answers.text("bank_name").to_owned()),
        bank_country: Set(answers.text("bank_country").to_owned()),
        account_number: Set(number),
        bic: Set(bic),
        updated_by: Set(context.actor.user.map(Into::into)),
        updated_at: Set(context.now),
    };
    let after = match before {
        Some(_) => row.update(&work.transaction).await?,
        None => row.insert(&work.transaction).await?,
    };
    let old = before.as_ref().map(Trace::of);
    let new = Trace::of(&after);
    audit::record(&work, "audit-organisation-bank", audit::Kind::Organisation, id.0, old.as_ref(), Some(&new)).await?;
    work.commit().await
}

/// The bank details, for finance, certifying and approving officers.
///
/// # Errors
/// Not allowed, or the database's.
pub async fn bank_details(context: &Context, id: OrganisationId) -> Result<Option<BankDetails>> {
    context.permit(Action::ReadBankDetails, &Subject::organisation(id))?;
    let row = table::Entity::find_by_id(id.0).one(context.database()).await?;
    Ok(row.map(|row| BankDetails {
        account_holder: row.account_holder,
        bank_name: row.bank_name,
        bank_country: row.bank_country,
        account_number: row.account_number,
        bic: row.bic,
        updated_at: row.updated_at,
    }))
}

/// Whether bank details are entered, for everybody who may see the organisation.
///
/// # Errors
/// Not allowed, another organisation's, or the database's.
pub async fn bank_state(context: &Context, id: OrganisationId) -> Result<Option<BankState>> {
    context.permit(Action::ReadOrganisations, &Subject::organisation(id))?;
    let own = context.actor.organisation == Some(id);
    let row = table::Entity::find_by_id(id.0).one(context.database()).await?;
    Ok(row.map(|row| BankState { ending: own.then(|| ending(&row.account_number)), updated_at: row.updated_at }))
}

/// People write numbers in groups; banks do not.
fn compact(text: &str) -> String {
    text.chars().filter(|character| !character.is_whitespace()).flat_map(char::to_uppercase).collect()
}

fn ending(number: &str) -> String {
    let skip = number.chars().count().saturating_sub(4);
    number.chars().skip(skip).collect()
}

fn check(number: &str, bic: &str, errors: &mut FieldErrors) {
    let plain =
        |text: &str| text.chars().all(|character| character.is_ascii_alphanumeric() || "-/.".contains(character));
    if errors.of("account_number").is_none() {
        if number.len() < SHORTEST_NUMBER || !plain(number) {
            errors.add("account_number", Message::new("error-account-number"));
        } else if looks_like_iban(number) && !iban_holds(number) {
            errors.add("account_number", Message::new("error-iban"));
        }
    }
    let letters = bic.chars().take(6).all(|character| character.is_ascii_alphabetic());
    let fits = matches!(bic.len(), 8 | 11) && letters && bic.chars().all(|character| character.is_ascii_alphanumeric());
    if errors.of("bic").is_none() && !fits {
        errors.add("bic", Message::new("error-bic"));
    }
}

fn looks_like_iban(number: &str) -> bool {
    let mut characters = number.chars();
    let country = characters.by_ref().take(2).all(|character| character.is_ascii_alphabetic());
    let digits = characters.take(2).all(|character| character.is_ascii_digit());
    country && digits && number.len() >= 15
}

/// The check digits of ISO 13616: the number read as one large number leaves 1 when divided by 97.
fn iban_holds(number: &str) -> bool {
    let rotated = number.chars().skip(4).chain(number.chars().take(4));
    let rest = rotated.filter_map(|character| character.to_digit(36)).fold(0_u32, |rest, value| {
        let shift = if value > 9 { 100 } else { 10 };
        (rest * shift + value) % 97
    });
    rest == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_iban_with_a_slip_is_noticed() {
        assert!(iban_holds("GB82WEST12345698765432"));
        assert!(!iban_holds("GB82WEST12345698765423"));
        assert!(!looks_like_iban("0012345678"));
    }

    #[test]
    fn only_the_last_four_characters_show() {
        assert_eq!(ending("GB82WEST12345698765432"), "5432");
    }
}
