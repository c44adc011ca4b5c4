//! The list of the Fund's bank accounts. An administrator enters one; statements of it are read once an approving officer
//! has compared it with what the bank wrote, and until it is closed.

use chrono::{DateTime, Utc};
use domain::contributions::{LISTED_ACCOUNT, LISTED_ACCOUNT_CONFIRM};
use domain::errors::AppError;
use domain::forms::Typed;
use domain::ids::BankAccountId;
use domain::money::Currency;
use domain::roles::{Action, Subject};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, EntityTrait as _, ModelTrait as _, PaginatorTrait as _, QueryFilter as _,
    QueryOrder as _, Set,
};
use serde::Serialize;

use super::account::{AccountState, number_of, take_in};
use crate::audit;
use crate::codes;
use crate::context::{Context, Work};
use crate::contributions::bank_entity::{bank_account, bank_columns, bank_line, statement};
use crate::error::Result;
use crate::organisations::account::{number_fault, written};

/// An account as people see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountView {
    /// Identifier.
    pub id: BankAccountId,
    /// Its ending, and where two end alike a number behind it.
    pub code: String,
    /// Its currency; none where nobody has said it.
    pub currency: Option<Currency>,
    /// The bank; empty where nobody has said it.
    pub bank_name: String,
    /// How far it is.
    pub state: AccountState,
    /// Who entered it, and when; none where statements of it were read before.
    pub entered: Option<(String, DateTime<Utc>)>,
    /// Who confirmed it, and when.
    pub confirmed: Option<(String, DateTime<Utc>)>,
    /// The whole number, for whoever asks and may confirm it now.
    pub number: Option<String>,
    /// What the form of the confirmation has to say was looked at.
    pub seen: String,
    /// True where whoever asks entered it and may take it back.
    pub own: bool,
}

/// What the audit trail says of an account.
#[derive(Serialize)]
struct Told {
    account: String,
    currency: Option<String>,
    bank_name: String,
}

impl Told {
    fn of(row: &bank_account::Model) -> Self {
        Self { account: row.code.clone(), currency: row.currency.clone(), bank_name: row.bank_name.clone() }
    }
}

async fn note(
    work: &Work<'_>,
    action: &str,
    before: Option<&bank_account::Model>,
    after: Option<&bank_account::Model>,
) -> Result<()> {
    let (before, after) = (before.map(Told::of), after.map(Told::of));
    audit::record(work, action, audit::Kind::Setting, 0, before.as_ref(), after.as_ref()).await
}

/// What there is to compare with the bank's letter, and when it was entered.
fn seen(row: &bank_account::Model) -> String {
    let at = row.entered_at.map(|at| at.to_rfc3339()).unwrap_or_default();
    format!("{at} {}", row.currency.as_deref().unwrap_or_default())
}

/// True for an account that can be confirmed as it stands.
fn is_complete(row: &bank_account::Model) -> bool {
    row.number_sealed.is_some() && row.currency.is_some()
}

/// True when whoever asks may confirm the account: not who entered it, nor what nobody in particular did.
fn is_anothers(context: &Context, row: &bank_account::Model) -> bool {
    let own: Option<i64> = context.actor.user.map(Into::into);
    row.entered_at.is_none() || (row.entered_by.is_some() && row.entered_by != own)
}

/// The Fund's accounts: what waits first, what is closed last.
///
/// # Errors
/// Not allowed, or the database's.
pub async fn accounts(context: &Context) -> Result<Vec<AccountView>> {
    context.permit(Action::ReadLedger, &Subject::NONE)?;
    let keys = &context.services.bank_keys;
    let confirms = context.permit(Action::ConfirmFundAccount, &Subject::NONE).is_ok();
    let own: Option<i64> = context.actor.user.map(Into::into);
    let rows = bank_account::Entity::find().order_by_asc(bank_account::Column::Id).all(context.database()).await?;
    let mut views = Vec::new();
    for row in rows {
        let state = AccountState::of(&row);
        let waits = matches!(state, AccountState::Waiting | AccountState::ReadBefore);
        let shown = confirms && waits && is_complete(&row) && is_anothers(context, &row);
        views.push(AccountView {
            id: BankAccountId(row.id),
            currency: row.currency.as_deref().map(codes::currency).transpose()?,
            state,
            entered: row.entered_at.map(|at| (row.entered_name.clone(), at)),
            confirmed: row.confirmed_at.map(|at| (row.confirmed_name.clone(), at)),
            number: if shown { number_of(keys, &row)? } else { None },
            seen: seen(&row),
            own: state == AccountState::Waiting && own.is_some() && row.entered_by == own,
            code: row.code,
            bank_name: row.bank_name,
        });
    }
    views.sort_by_key(|view| match view.state {
        AccountState::Waiting | AccountState::ReadBefore => 0,
        AccountState::Open => 1,
        AccountState::Closed => 2,
    });
    Ok(views)
}

/// How many accounts wait for the confirmation of whoever asks.
pub(crate) async fn accounts_to_confirm(context: &Context) -> Result<u64> {
    if context.permit(Action::ConfirmFundAccount, &Subject::NONE).is_err() {
        return Ok(0);
    }
    let waiting = accounts(context).await?.into_iter().filter(|account| account.number.is_some());
    Ok(u64::try_from(waiting.count()).unwrap_or(u64::MAX))
}

/// Enters an account, or one anew that waits, was closed, or was read before; it waits for its confirmation.
///
/// # Errors
/// Not allowed, wrong fields, an account that is open, or the database's.
pub async fn enter_account(context: &Context, typed: &Typed) -> Result<()> {
    context.permit(Action::WriteFundAccount, &Subject::NONE)?;
    let answers = LISTED_ACCOUNT.read(typed)?;
    let number = written(answers.text("account_number"));
    if let Some(key) = number_fault(&number) {
        return Err(AppError::field("account_number", key).into());
    }
    let work = context.begin_money().await?;
    let before = take_in(&work, &number).await?;
    if AccountState::of(&before) == AccountState::Open {
        return Err(AppError::field("account_number", "error-listed-account-known").into());
    }
    let after = bank_account::ActiveModel {
        currency: Set(Some(answers.text("currency").to_owned())),
        bank_name: Set(answers.text("bank_name").to_owned()),
        entered_by: Set(context.actor.user.map(Into::into)),
        entered_name: Set(context.actor.name.clone()),
        entered_at: Set(Some(context.now)),
        confirmed_by: Set(None),
        confirmed_name: Set(String::new()),
        confirmed_at: Set(None),
        ..before.clone().into()
    };
    let after = after.update(&work.transaction).await?;
    let before = Some(&before).filter(|row| row.currency.is_some());
    note(&work, "audit-listed-account-entered", before, Some(&after)).await?;
    work.commit().await
}

/// Confirms an account: its statements are read from now on.
///
/// # Errors
/// Not allowed, not found, one's own entry, refused when it stands otherwise by now than was looked at or lacks its number
/// or currency, or the database's. Where it waits no more nothing is done.
pub async fn confirm_account(context: &Context, id: BankAccountId, typed: &Typed) -> Result<()> {
    context.permit(Action::ConfirmFundAccount, &Subject::NONE)?;
    let answers = LISTED_ACCOUNT_CONFIRM.read(typed)?;
    let work = context.begin_money().await?;
    let before = load(&work, id).await?;
    if matches!(AccountState::of(&before), AccountState::Open | AccountState::Closed) {
        return Ok(());
    }
    if !is_complete(&before) || answers.text("seen") != seen(&before).trim() {
        return Err(AppError::refused("refused-fund-account-changed").into());
    }
    if !is_anothers(context, &before) {
        return Err(AppError::refused("refused-fund-account-own").into());
    }
    let after = confirmed(context, before.clone()).update(&work.transaction).await?;
    note(&work, "audit-listed-account-confirmed", Some(&before), Some(&after)).await?;
    work.commit().await
}

fn confirmed(context: &Context, row: bank_account::Model) -> bank_account::ActiveModel {
    bank_account::ActiveModel {
        confirmed_by: Set(context.actor.user.map(Into::into)),
        confirmed_name: Set(context.actor.name.clone()),
        confirmed_at: Set(Some(context.now)),
        closed_at: Set(None),
        ..row.into()
    }
}

/// Takes back an account that one entered oneself and that nobody has confirmed.
///
/// # Errors
/// Not allowed, not found, somebody else's entry, refused once it is confirmed, or the database's.
pub async fn withdraw_account(context: &Context, id: BankAccountId) -> Result<()> {
    context.permit(Action::WriteFundAccount, &Subject::NONE)?;
    let work = context.begin_money().await?;
    let before = load(&work, id).await?;
    let own: Option<i64> = context.actor.user.map(Into::into);
    if AccountState::of(&before) != AccountState::Waiting || own.is_none() || before.entered_by != own {
        return Err(AppError::refused("refused-listed-account-withdraw").into());
    }
    if before.closed_at.is_some() || is_used(&work, &before.code).await? {
        let entered = bank_account::ActiveModel {
            entered_by: Set(None),
            entered_name: Set(String::new()),
            entered_at: Set(None),
            ..before.clone().into()
        };
        entered.update(&work.transaction).await?;
    } else {
        before.clone().delete(&work.transaction).await?;
    }
    note(&work, "audit-listed-account-withdrawn", Some(&before), None).await?;
    work.commit().await
}

/// True when statements or remembered columns name the account.
async fn is_used(work: &Work<'_>, code: &str) -> Result<bool> {
    let database = &work.transaction;
    let statements = statement::Entity::find().filter(statement::Column::Account.eq(code)).count(database).await?;
    let lines = bank_line::Entity::find().filter(bank_line::Column::Account.eq(code)).count(database).await?;
    let columns = bank_columns::Entity::find_by_id(code.to_owned()).count(database).await?;
    Ok(statements + lines + columns > 0)
}

/// Closes an account: no statements of it are read from now on.
///
/// # Errors
/// Not allowed, not found, or the database's. What is not open stays as it is.
pub async fn close_account(context: &Context, id: BankAccountId) -> Result<()> {
    context.permit(Action::WriteFundAccount, &Subject::NONE)?;
    let work = context.begin_money().await?;
    let before = load(&work, id).await?;
    if AccountState::of(&before) != AccountState::Open {
        return Ok(());
    }
    let after = bank_account::ActiveModel { closed_at: Set(Some(context.now)), ..before.clone().into() };
    let after = after.update(&work.transaction).await?;
    note(&work, "audit-listed-account-closed", Some(&before), Some(&after)).await?;
    work.commit().await
}

/// The account from which payments leave is one of the list, and is confirmed with it: nobody has to enter it twice. It
/// is in dollars unless the list says otherwise, as all payments are.
pub(crate) async fn list_confirmed(
    work: &Work<'_>,
    number: &str,
    bank_name: &str,
    (by, name, at): (Option<i64>, &str, DateTime<Utc>),
) -> Result<()> {
    let before = take_in(work, number).await?;
    if AccountState::of(&before) == AccountState::Open {
        return Ok(());
    }
    let currency = before.currency.clone().unwrap_or_else(|| Currency::USD.code().to_owned());
    let row = bank_account::ActiveModel {
        currency: Set(Some(currency)),
        bank_name: Set(bank_name.to_owned()),
        entered_by: Set(by),
        entered_name: Set(name.to_owned()),
        entered_at: Set(Some(at)),
        ..confirmed(work.context, before)
    };
    row.update(&work.transaction).await?;
    Ok(())
}

async fn load(work: &Work<'_>, id: BankAccountId) -> Result<bank_account::Model> {
    Ok(bank_account::Entity::find_by_id(id.0).one(&work.transaction).await?.ok_or(AppError::NotFound)?)
}
