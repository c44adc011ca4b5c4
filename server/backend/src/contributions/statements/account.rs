//! The bank accounts of the Fund, of which alone statements are read. Their numbers are sealed; statements, lines and
//! remembered columns name an account by its code, which is its ending, and where two end alike a number behind it:
//! `…4168`, `…4168 (2)`.

use domain::errors::{AppError, FieldErrors};
use domain::message::Message;
use domain::money::Currency;
use sea_orm::{ActiveModelTrait as _, ConnectionTrait, EntityTrait as _, QueryOrder as _, Set};

use crate::context::Work;
use crate::contributions::bank_entity::bank_account;
use crate::error::Result;
use crate::organisations::account::{ending, written};
use crate::sealed::BankKeys;

/// Begins every code, and no number.
const MARK: char = '…';

domain::code_list! {
    /// How far an account is.
    AccountState, "listed-account-state", {
        /// Its statements are read.
        Open = "open",
        /// Was entered, and waits for a second person.
        Waiting = "waiting",
        /// Statements of it were read before there was a list. It waits, too.
        ReadBefore = "read-before",
        Closed = "closed",
    }
}

impl AccountState {
    pub(super) fn of(row: &bank_account::Model) -> Self {
        match (row.entered_at, row.confirmed_at, row.closed_at) {
            (Some(_), None, _) => Self::Waiting,
            (_, _, Some(_)) => Self::Closed,
            (_, Some(_), None) => Self::Open,
            (None, None, None) => Self::ReadBefore,
        }
    }
}

/// What a number is sealed for.
fn about(code: &str) -> String {
    format!("bank-account/{code}")
}

/// The code that a number has without another one that ends alike.
fn first_code(number: &str) -> String {
    format!("{MARK}{}", ending(number))
}

/// The whole number, where it is known.
pub(super) fn number_of(keys: &BankKeys, row: &bank_account::Model) -> Result<Option<String>> {
    row.number_sealed.as_ref().map(|sealed| keys.open(&about(&row.code), sealed)).transpose()
}

/// The account that a person or a file means: by its number, or by its code.
async fn row<C: ConnectionTrait>(database: &C, keys: &BankKeys, named: &str) -> Result<Option<bank_account::Model>> {
    let named = if named.starts_with(MARK) { named.trim().to_owned() } else { written(named) };
    let rows = bank_account::Entity::find().order_by_asc(bank_account::Column::Id).all(database).await?;
    let mut unsealed = None;
    for row in rows {
        let number = number_of(keys, &row)?;
        if row.code == named || number.as_ref().is_some_and(|number| written(number) == named) {
            return Ok(Some(row));
        }
        if number.is_none() && row.code == first_code(&named) {
            unsealed = Some(row);
        }
    }
    Ok(unsealed)
}

/// The code of an account that is known by its number or its code.
///
/// # Errors
/// A number does not open, or the database's.
pub(super) async fn find<C: ConnectionTrait>(database: &C, keys: &BankKeys, named: &str) -> Result<Option<String>> {
    Ok(row(database, keys, named).await?.map(|row| row.code))
}

/// The account with a number; one that is not known yet is kept, its number sealed. The caller holds the money lock.
///
/// # Errors
/// A number does not open, or the database's.
pub(super) async fn take_in(work: &Work<'_>, number: &str) -> Result<bank_account::Model> {
    let (database, keys) = (&work.transaction, &work.context.services.bank_keys);
    if let Some(known) = row(database, keys, number).await? {
        if known.number_sealed.is_some() {
            return Ok(known);
        }
        let number_sealed = Set(Some(keys.seal(&about(&known.code), number)?));
        return Ok(bank_account::ActiveModel { number_sealed, ..known.into() }.update(database).await?);
    }
    let first = first_code(number);
    let codes: Vec<String> =
        bank_account::Entity::find().all(database).await?.into_iter().map(|row| row.code).collect();
    let others = (2..).map(|place| format!("{first} ({place})"));
    let code = std::iter::once(first.clone()).chain(others).find(|code| !codes.contains(code)).unwrap_or(first);
    let number_sealed = Set(Some(keys.seal(&about(&code), number)?));
    Ok(bank_account::ActiveModel { code: Set(code), number_sealed, ..Default::default() }.insert(database).await?)
}

/// The codes of the accounts that a file tells of, by their numbers or codes, when statements of all of them are read and
/// each line has the currency of one.
///
/// # Errors
/// Of the field: an account that is none of the Fund's, is not confirmed, or is closed; another currency; each by the
/// account's ending. A number does not open, or the database's.
pub(crate) async fn open_accounts<C: ConnectionTrait>(
    database: &C,
    keys: &BankKeys,
    field: &str,
    named: &[String],
    currencies: impl IntoIterator<Item = Currency>,
) -> Result<Vec<String>> {
    let mut rows = Vec::new();
    for named in named {
        let Some(row) = row(database, keys, named).await? else { return Err(refused(field, "unknown", named)) };
        match AccountState::of(&row) {
            AccountState::Open => rows.push(row),
            AccountState::Waiting | AccountState::ReadBefore => return Err(refused(field, "unconfirmed", named)),
            AccountState::Closed => return Err(refused(field, "closed", named)),
        }
    }
    let known: Vec<&str> = rows.iter().filter_map(|row| row.currency.as_deref()).collect();
    if let Some(other) = currencies.into_iter().find(|currency| !known.contains(&currency.code())) {
        let message = Message::new("error-bank-account-currency")
            .with("ending", named.first().map(|named| ending(named)).unwrap_or_default())
            .with("currency", known.join(", "))
            .with("found", other.code());
        return Err(AppError::Invalid(FieldErrors::one(field, message)).into());
    }
    Ok(rows.into_iter().map(|row| row.code).collect())
}

/// Why nothing of an account is read.
pub(super) fn refused(field: &str, why: &str, named: &str) -> crate::Error {
    // A code can have a number behind the ending.
    let ending = named.strip_prefix(MARK).map_or_else(|| ending(named), str::to_owned);
    let message = Message::new(format!("error-bank-account-{why}")).with("ending", ending);
    AppError::Invalid(FieldErrors::one(field, message)).into()
}

/// Seals all numbers anew with the newest key, and says how many an older one had sealed.
///
/// # Errors
/// A number does not open, or the database's.
pub(crate) async fn renew<C: ConnectionTrait>(database: &C, keys: &BankKeys) -> Result<u64> {
    let mut renewed = 0;
    for row in bank_account::Entity::find().all(database).await? {
        let Some(sealed) = &row.number_sealed else { continue };
        if let Some(sealed) = keys.renewed(&about(&row.code), sealed)? {
            bank_account::ActiveModel { number_sealed: Set(Some(sealed)), ..row.into() }.update(database).await?;
            renewed += 1;
        }
    }
    Ok(renewed)
}
