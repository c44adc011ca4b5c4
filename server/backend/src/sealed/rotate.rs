//! Sealing everything anew with the newest key, after which the older keys can go.

use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, EntityTrait as _, JoinType, QueryFilter as _, QuerySelect as _, Set,
};

use super::check::PROBE;
use crate::audit;
use crate::context::Context;
use crate::contributions::statements::renew_accounts;
use crate::disbursements::entity::{disbursement, payment_batch};
use crate::disbursements::{batch_about, renew_fund_account};
use crate::error::{Error, Result};
use crate::grants::entity::grant;
use crate::kept_forms;
use crate::organisations::account::about_organisation;
use crate::organisations::entity::bank_details;
use crate::settings;

/// What was sealed anew.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rotated {
    /// Bank details of organisations, the Fund's own, and the accounts whose statements were imported.
    pub accounts: u64,
    /// Accounts as they were approved, in disbursements.
    pub payees: u64,
    /// Files of payment batches.
    pub files: u64,
}

/// Opens everything that an older key sealed, and seals it with the newest: all of it or nothing. Servers must know the
/// newest key before, and may forget the older ones afterwards.
///
/// # Errors
/// Not the system's own command, something does not open, or the database's.
pub async fn rotate(context: &Context) -> Result<Rotated> {
    if !context.actor.system {
        return Err(Error::Defect("keys are rotated by the command only".to_owned()));
    }
    let keys = &context.services.bank_keys;
    let newest = keys.newest().ok_or_else(|| Error::Defect("the setting BANK_KEYS is missing".to_owned()))?;
    let work = context.begin_money().await?;
    let transaction = &work.transaction;
    let mut rotated = Rotated::default();
    for row in bank_details::Entity::find().lock_exclusive().all(transaction).await? {
        if let Some(sealed) = keys.renewed(&about_organisation(row.organisation_id), &row.sealed)? {
            bank_details::ActiveModel { sealed: Set(sealed), ..row.into() }.update(transaction).await?;
            rotated.accounts += 1;
        }
    }
    let organisation_of = disbursement::Entity::belongs_to(grant::Entity)
        .from(disbursement::Column::GrantId)
        .to(grant::Column::Id)
        .into();
    let payees: Vec<(i64, i64, String)> = disbursement::Entity::find()
        .select_only()
        .column(disbursement::Column::Id)
        .column(grant::Column::OrganisationId)
        .column(disbursement::Column::PayeeSealed)
        .join(JoinType::InnerJoin, organisation_of)
        .filter(disbursement::Column::PayeeSealed.is_not_null())
        .into_tuple()
        .all(transaction)
        .await?;
    for (id, organisation, sealed) in payees {
        if let Some(sealed) = keys.renewed(&about_organisation(organisation), &sealed)? {
            disbursement::ActiveModel { id: Set(id), payee_sealed: Set(Some(sealed)), ..Default::default() }
                .update(transaction)
                .await?;
            rotated.payees += 1;
        }
    }
    for row in payment_batch::Entity::find().all(transaction).await? {
        if let Some(sealed) = keys.renewed(&batch_about(&row.message_id), &row.file_sealed)? {
            payment_batch::ActiveModel { file_sealed: Set(sealed), ..row.into() }.update(transaction).await?;
            rotated.files += 1;
        }
    }
    rotated.accounts += renew_fund_account(transaction, keys).await?;
    rotated.accounts += renew_accounts(transaction, keys).await?;
    kept_forms::renew_sealed(&work).await?;
    for (name, _) in settings::all_with_prefix(transaction, PROBE).await? {
        if name != format!("{PROBE}{newest}") {
            settings::remove(transaction, &name).await?;
        }
    }
    audit::note(&work, "audit-bank-keys-rotated", audit::Kind::Setting, 0).await?;
    work.commit().await?;
    Ok(rotated)
}
