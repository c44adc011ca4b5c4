//! At start: do the keys of the setting open what is in the database? A probe is kept for each key.

use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _, ExprTrait as _, QueryFilter as _, QuerySelect as _,
};

use super::{BankKeys, number_of};
use crate::context::Services;
use crate::disbursements::entity::disbursement;
use crate::disbursements::entity::payment_batch;
use crate::error::{Error, Result};
use crate::organisations::entity::bank_details;
use crate::settings;

/// Name of a key's probe among the settings, before its number.
pub(super) const PROBE: &str = "bank-keys-probe/";
const PROBE_TEXT: &str = "what opens this opens the bank details";

/// Makes sure that every key opens its probe, and that there is a key for everything that is sealed. A key seen for the
/// first time gets its probe.
///
/// # Errors
/// The outer error is the database's; the inner one says what is wrong with the setting, and how to mend it.
pub async fn check_keys(services: &Services) -> Result<std::result::Result<(), String>> {
    let keys = &services.bank_keys;
    let database = &services.database;
    if keys.is_empty() {
        return Ok(Err("it is missing; give one key of 32 random bytes as 1:BASE64, for example the output of: \
                       printf '1:%s' \"$(head --bytes 32 /dev/urandom | base64)\""
            .to_owned()));
    }
    for (name, sealed) in settings::all_with_prefix(database, PROBE).await? {
        let number = number_of(&sealed);
        let Some(number) = number.filter(|number| keys.numbers().any(|known| known == *number)) else {
            let number = name.trim_start_matches(PROBE);
            return Ok(Err(missing(number)));
        };
        if keys.open(&name, &sealed).is_err() {
            return Ok(Err(format!("key {number} is not the one that this database was sealed with")));
        }
    }
    if let Some(number) = without_key(database, keys).await? {
        return Ok(Err(missing(&number)));
    }
    for number in keys.numbers() {
        let name = format!("{PROBE}{number}");
        if settings::read(database, &name).await?.is_none() {
            settings::write_once(database, &name, &keys.seal_with(number, &name, PROBE_TEXT)?).await?;
            // Another process may have been first, perhaps with another key of this number.
            let kept = settings::read(database, &name).await?.unwrap_or_default();
            if keys.open(&name, &kept).is_err() {
                return Ok(Err(format!("key {number} is not the one that this database was sealed with")));
            }
        }
    }
    Ok(Ok(()))
}

fn missing(number: &str) -> String {
    format!(
        "key {number} is missing, with which bank details in this database are sealed; add it behind the newest key"
    )
}

/// The number of a key that is not there and that something is sealed with.
async fn without_key<C: ConnectionTrait>(database: &C, keys: &BankKeys) -> Result<Option<String>> {
    let known = |column: Expr| {
        keys.numbers().fold(Condition::all(), |all, number| all.add(column.clone().not_like(format!("{number}.%"))))
    };
    let details = bank_details::Entity::find()
        .select_only()
        .column(bank_details::Column::Sealed)
        .filter(known(Expr::col(bank_details::Column::Sealed)))
        .into_tuple::<String>()
        .one(database)
        .await?;
    let payees = disbursement::Entity::find()
        .select_only()
        .column(disbursement::Column::PayeeSealed)
        .filter(disbursement::Column::PayeeSealed.is_not_null())
        .filter(known(Expr::col(disbursement::Column::PayeeSealed)))
        .into_tuple::<String>()
        .one(database)
        .await?;
    let batches = payment_batch::Entity::find()
        .select_only()
        .column(payment_batch::Column::FileSealed)
        .filter(known(Expr::col(payment_batch::Column::FileSealed)))
        .into_tuple::<String>()
        .one(database)
        .await?;
    let Some(sealed) = details.or(payees).or(batches) else { return Ok(None) };
    let number = number_of(&sealed).ok_or_else(|| Error::Defect("a sealed text without a key's number".to_owned()))?;
    Ok(Some(number.to_string()))
}
