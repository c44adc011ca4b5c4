//! The Fund's own account, from which payments leave: one setting, sealed like every other account.

use domain::disbursements::FUND_ACCOUNT as FORM;
use domain::errors::AppError;
use domain::forms::Typed;
use domain::roles::{Action, Subject};

use crate::audit;
use crate::context::{Context, Work};
use crate::error::Result;
use crate::organisations::account::{Account, Masked};
use crate::settings;

/// The setting's name, which it is sealed for as well.
pub(crate) const FUND_ACCOUNT: &str = "fund-account";

/// The Fund's account as people see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FundAccountState {
    /// Holder of the account.
    pub account_holder: String,
    /// Bank.
    pub bank_name: String,
    /// The last characters of its number.
    pub ending: String,
}

/// The Fund's account, if one is entered.
///
/// # Errors
/// Not allowed, or the database's.
pub async fn fund_account(context: &Context) -> Result<Option<FundAccountState>> {
    context.permit(Action::ReadPayments, &Subject::NONE)?;
    let Some(sealed) = settings::read(context.database(), FUND_ACCOUNT).await? else { return Ok(None) };
    let account = Account::open(&context.services.bank_keys, FUND_ACCOUNT, &sealed)?;
    let ending = account.ending();
    Ok(Some(FundAccountState { account_holder: account.account_holder, bank_name: account.bank_name, ending }))
}

/// Enters the account from which payments leave.
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
    let before = settings::read(&work.transaction, FUND_ACCOUNT).await?;
    let before = before.map(|sealed| Account::open(keys, FUND_ACCOUNT, &sealed)).transpose()?;
    settings::write(&work.transaction, FUND_ACCOUNT, &account.seal(keys, FUND_ACCOUNT)?).await?;
    let (old, new) = (before.as_ref().map(Masked::of), Masked::of(&account));
    audit::record(&work, "audit-fund-account", audit::Kind::Setting, 0, old.as_ref(), Some(&new)).await?;
    work.commit().await
}

/// The account of the next batch.
pub(super) async fn debtor(work: &Work<'_>) -> Result<Account> {
    let sealed = settings::read(&work.transaction, FUND_ACCOUNT).await?;
    let sealed = sealed.ok_or_else(|| AppError::refused("refused-fund-account-missing"))?;
    Account::open(&work.context.services.bank_keys, FUND_ACCOUNT, &sealed)
}
