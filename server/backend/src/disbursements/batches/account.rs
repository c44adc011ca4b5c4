//! The Fund's own account, from which payments leave: a setting, sealed like every other account. An administrator
//! enters it, and batches use it once an approving officer has compared it with what the bank wrote.

use chrono::{DateTime, Utc};
use domain::disbursements::{FUND_ACCOUNT as FORM, FUND_ACCOUNT_CONFIRM};
use domain::errors::AppError;
use domain::forms::Typed;
use domain::organisations::Address;
use domain::roles::{Action, Subject};
use sea_orm::ConnectionTrait;
use serde::{Deserialize, Serialize};

use crate::audit;
use crate::context::{Context, Work};
use crate::contributions::statements::list_confirmed;
use crate::error::Result;
use crate::organisations::account::{Account, Masked};
use crate::sealed::BankKeys;
use crate::settings;

/// The setting's name, which it is sealed for as well.
const FUND_ACCOUNT: &str = "fund-account";
/// The setting in which an account waits for its confirmation. It is sealed for the first one.
const PROPOSED: &str = "fund-account-proposed";

/// The Fund's account as people see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FundAccountState {
    /// The account that batches use.
    pub current: Option<FundAccountView>,
    /// The account that waits for its confirmation.
    pub proposed: Option<ProposedAccount>,
}

/// An account, by its last characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FundAccountView {
    /// Holder of the account.
    pub account_holder: String,
    /// Bank.
    pub bank_name: String,
    /// The last characters of its number.
    pub ending: String,
    /// The holder as payment orders spell it, and where it is.
    pub order: Option<(String, Address)>,
}

/// An account that waits for its confirmation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProposedAccount {
    /// The account.
    pub account: FundAccountView,
    /// Country of the bank, whole number and BIC, for those who may confirm it.
    pub numbers: Option<(String, String, String)>,
    /// Who entered it.
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// What is stored of an account that waits.
#[derive(Serialize, Deserialize)]
struct Proposal {
    sealed: String,
    by: Option<i64>,
    name: String,
    at: DateTime<Utc>,
}

fn view(account: &Account) -> FundAccountView {
    FundAccountView {
        account_holder: account.account_holder.clone(),
        bank_name: account.bank_name.clone(),
        ending: account.ending(),
        order: account.order_name().zip(account.address.clone()),
    }
}

async fn current<C: ConnectionTrait>(database: &C, keys: &BankKeys) -> Result<Option<Account>> {
    let sealed = settings::read(database, FUND_ACCOUNT).await?;
    sealed.map(|sealed| Account::open(keys, FUND_ACCOUNT, &sealed)).transpose()
}

async fn proposal<C: ConnectionTrait>(database: &C) -> Result<Option<Proposal>> {
    let stored = settings::read(database, PROPOSED).await?;
    Ok(stored.map(|stored| serde_json::from_str(&stored)).transpose()?)
}

/// The Fund's account, and the one that waits to take its place.
///
/// # Errors
/// Not allowed, or the database's.
pub async fn fund_account(context: &Context) -> Result<FundAccountState> {
    context.permit(Action::ReadPayments, &Subject::NONE)?;
    let (database, keys) = (context.database(), &context.services.bank_keys);
    let proposed = match proposal(database).await? {
        None => None,
        Some(proposal) => {
            let account = Account::open(keys, FUND_ACCOUNT, &proposal.sealed)?;
            let may_confirm = context.permit(Action::ConfirmFundAccount, &Subject::NONE).is_ok();
            let numbers = may_confirm
                .then(|| (account.bank_country.clone(), account.account_number.clone(), account.bic.clone()));
            Some(ProposedAccount { account: view(&account), numbers, by: proposal.name, at: proposal.at })
        }
    };
    Ok(FundAccountState { current: current(database, keys).await?.as_ref().map(view), proposed })
}

/// True when an account waits for the confirmation of whoever asks.
pub(crate) async fn waits_for_confirmation(context: &Context) -> Result<bool> {
    if context.permit(Action::ConfirmFundAccount, &Subject::NONE).is_err() {
        return Ok(false);
    }
    let proposal = proposal(context.database()).await?;
    Ok(proposal.is_some_and(|proposal| proposal.by != context.actor.user.map(Into::into)))
}

/// Enters the account from which payments are to leave; it waits for its confirmation, in place of one that waited.
///
/// # Errors
/// Not allowed, wrong fields, or the database's.
pub async fn write_fund_account(context: &Context, typed: &Typed) -> Result<()> {
    context.permit(Action::WriteFundAccount, &Subject::NONE)?;
    let (answers, mut errors) = FORM.read_lenient(typed);
    let account = Account::read(&answers, &mut errors);
    errors.into_result()?;
    let keys = &context.services.bank_keys;
    let work = context.begin_money().await?;
    let before = current(&work.transaction, keys).await?;
    let proposal = Proposal {
        sealed: account.seal(keys, FUND_ACCOUNT)?,
        by: context.actor.user.map(Into::into),
        name: context.actor.name.clone(),
        at: context.now,
    };
    settings::write(&work.transaction, PROPOSED, &serde_json::to_string(&proposal)?).await?;
    let (old, new) = (before.as_ref().map(Masked::of), Masked::of(&account));
    audit::record(&work, "audit-fund-account-proposed", audit::Kind::Setting, 0, old.as_ref(), Some(&new)).await?;
    work.commit().await
}

/// Puts the account that waits in the place of the one before, for batches made from now on, and into the list of those
/// whose statements are read.
///
/// # Errors
/// Not allowed, one's own entry, refused when another one waits by now than was looked at, or the database's. Where
/// none waits any more nothing is done.
pub async fn confirm_fund_account(context: &Context, typed: &Typed) -> Result<()> {
    context.permit(Action::ConfirmFundAccount, &Subject::NONE)?;
    let answers = FUND_ACCOUNT_CONFIRM.read(typed)?;
    let keys = &context.services.bank_keys;
    let work = context.begin_money().await?;
    let Some(proposal) = proposal(&work.transaction).await? else { return Ok(()) };
    if answers.text("seen") != proposal.at.to_rfc3339() {
        return Err(AppError::refused("refused-fund-account-changed").into());
    }
    if proposal.by.is_none() || proposal.by == context.actor.user.map(Into::into) {
        return Err(AppError::refused("refused-fund-account-own").into());
    }
    let before = current(&work.transaction, keys).await?;
    let account = Account::open(keys, FUND_ACCOUNT, &proposal.sealed)?;
    settings::write(&work.transaction, FUND_ACCOUNT, &proposal.sealed).await?;
    settings::remove(&work.transaction, PROPOSED).await?;
    let by = (proposal.by, proposal.name.as_str(), proposal.at);
    list_confirmed(&work, &account.account_number, &account.bank_name, by).await?;
    let (old, new) = (before.as_ref().map(Masked::of), Masked::of(&account));
    audit::record(&work, "audit-fund-account", audit::Kind::Setting, 0, old.as_ref(), Some(&new)).await?;
    work.commit().await
}

/// The account of the next batch.
pub(super) async fn debtor(work: &Work<'_>) -> Result<Account> {
    let found = current(&work.transaction, &work.context.services.bank_keys).await?;
    found.ok_or_else(|| AppError::refused("refused-fund-account-missing").into())
}

/// Seals the account and the one that waits with the newest key. Gives how many were sealed anew.
pub(crate) async fn renew_fund_account<C: ConnectionTrait>(database: &C, keys: &BankKeys) -> Result<u64> {
    let mut renewed = 0;
    if let Some(sealed) = settings::read(database, FUND_ACCOUNT).await?
        && let Some(sealed) = keys.renewed(FUND_ACCOUNT, &sealed)?
    {
        settings::write(database, FUND_ACCOUNT, &sealed).await?;
        renewed += 1;
    }
    if let Some(proposal) = proposal(database).await?
        && let Some(sealed) = keys.renewed(FUND_ACCOUNT, &proposal.sealed)?
    {
        let proposal = Proposal { sealed, ..proposal };
        settings::write(database, PROPOSED, &serde_json::to_string(&proposal)?).await?;
        renewed += 1;
    }
    Ok(renewed)
}
