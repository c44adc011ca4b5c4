//! The accounts whose statements were imported. Their numbers are sealed; statements, lines and remembered columns
//! name an account by its code, which is its ending, and where two end alike a number behind it: `…4168`, `…4168 (2)`.

use sea_orm::{ActiveModelTrait as _, ConnectionTrait, EntityTrait as _, QueryOrder as _, Set};

use crate::context::Work;
use crate::contributions::bank_entity::bank_account;
use crate::error::Result;
use crate::organisations::account::ending;
use crate::sealed::BankKeys;

/// Begins every code, and no number.
pub(super) const MARK: char = '…';

/// What a number is sealed for.
fn about(code: &str) -> String {
    format!("bank-account/{code}")
}

/// The code that a number has without another one that ends alike.
fn first_code(number: &str) -> String {
    format!("{MARK}{}", ending(number))
}

/// The account that a person or a file means: by its number, or by its code.
async fn row<C: ConnectionTrait>(database: &C, keys: &BankKeys, named: &str) -> Result<Option<bank_account::Model>> {
    let rows = bank_account::Entity::find().order_by_asc(bank_account::Column::Id).all(database).await?;
    let mut unsealed = None;
    for row in rows {
        let is_named = match &row.number_sealed {
            Some(sealed) => row.code == named || keys.open(&about(&row.code), sealed)? == named,
            None => row.code == named,
        };
        if is_named {
            return Ok(Some(row));
        }
        if row.number_sealed.is_none() && row.code == first_code(named) {
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

/// The code of an account; one that is not known yet is kept, its number sealed. The caller holds the money lock.
///
/// # Errors
/// A number does not open, or the database's.
pub(super) async fn code_of(work: &Work<'_>, named: &str) -> Result<String> {
    let (database, keys) = (&work.transaction, &work.context.services.bank_keys);
    if let Some(known) = row(database, keys, named).await? {
        let code = known.code.clone();
        if known.number_sealed.is_none() && named != code {
            let number_sealed = Set(Some(keys.seal(&about(&code), named)?));
            bank_account::ActiveModel { number_sealed, ..known.into() }.update(database).await?;
        }
        return Ok(code);
    }
    let first = first_code(named);
    let codes: Vec<String> =
        bank_account::Entity::find().all(database).await?.into_iter().map(|row| row.code).collect();
    let others = (2..).map(|place| format!("{first} ({place})"));
    let code = std::iter::once(first.clone()).chain(others).find(|code| !codes.contains(code)).unwrap_or(first);
    let number_sealed = Set(Some(keys.seal(&about(&code), named)?));
    let row = bank_account::ActiveModel { code: Set(code.clone()), number_sealed, ..Default::default() };
    row.insert(database).await?;
    Ok(code)
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
