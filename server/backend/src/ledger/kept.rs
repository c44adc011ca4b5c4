//! Sums of postings by year, account, event and earmark, kept as entries are posted, so that no page has to add
//! up the whole journal. `check_books` proves them.

use std::collections::BTreeMap;

use domain::contributions::Earmark;
use domain::ledger::{Account, Event, Position, Posting};
use sea_orm::sea_query::{Alias, Expr, OnConflict};
use sea_orm::{ConnectionTrait, EntityTrait as _, ExprTrait as _, QuerySelect as _, Set};

use super::entity::account_balance;
use crate::context::Work;
use crate::error::{Result, unknown_code};

/// US cents by account and event, debit positive, over all years and earmarks.
pub(crate) type Sums = BTreeMap<(Account, Event), i64>;

/// Adds the postings of one entry. The caller's transaction holds the money lock.
pub(super) async fn add(work: &Work<'_>, fiscal_year: i64, event: Event, postings: &[Posting]) -> Result<()> {
    // Added up first: one statement may not change a row twice.
    let mut amounts: BTreeMap<(Account, Earmark), i64> = BTreeMap::new();
    for posting in postings {
        *amounts.entry((posting.account, posting.earmark)).or_default() += posting.usd_minor;
    }
    let rows = amounts.into_iter().map(|((account, earmark), usd_minor)| account_balance::ActiveModel {
        fiscal_year: Set(fiscal_year),
        account: Set(account.code().to_owned()),
        event: Set(event.code().to_owned()),
        earmark: Set(earmark.code().to_owned()),
        usd_minor: Set(usd_minor),
    });
    use account_balance::Column as C;
    let sum = Expr::col((account_balance::Entity, C::UsdMinor)).add(Expr::col((Alias::new("excluded"), C::UsdMinor)));
    let conflict =
        OnConflict::columns([C::FiscalYear, C::Account, C::Event, C::Earmark]).value(C::UsdMinor, sum).to_owned();
    account_balance::Entity::insert_many(rows).on_conflict(conflict).exec_without_returning(&work.transaction).await?;
    Ok(())
}

/// What was kept, by account and event.
pub(super) async fn sums<C: ConnectionTrait>(database: &C) -> Result<Sums> {
    let rows: Vec<(String, String, i64)> = account_balance::Entity::find()
        .select_only()
        .column(account_balance::Column::Account)
        .column(account_balance::Column::Event)
        .column_as(Expr::col(account_balance::Column::UsdMinor).sum().cast_as("BIGINT"), "sum")
        .group_by(account_balance::Column::Account)
        .group_by(account_balance::Column::Event)
        .into_tuple()
        .all(database)
        .await?;
    rows.into_iter()
        .map(|(account, event, sum)| {
            let account = Account::from_code(&account).ok_or_else(|| unknown_code("account", &account))?;
            let event = Event::from_code(&event).ok_or_else(|| unknown_code("event", &event))?;
            Ok(((account, event), sum))
        })
        .collect()
}

/// The balance of each account.
pub(super) fn by_account(sums: &Sums) -> BTreeMap<Account, i64> {
    let mut balances = BTreeMap::new();
    for ((account, _), sum) in sums {
        *balances.entry(*account).or_default() += sum;
    }
    balances
}

/// Where the Fund stands by these sums.
pub(crate) fn position(sums: &Sums) -> Position {
    let balances = by_account(sums);
    let of = |account: Account| balances.get(&account).copied().unwrap_or(0);
    let paid = |event: Event| sums.get(&(Account::Cash, event)).copied().unwrap_or(0);
    // What partners gave back, or never got, counts as not disbursed.
    let disbursed =
        paid(Event::DisbursementConfirmed) + paid(Event::DisbursementBounced) + paid(Event::RecoveryReceived);
    // A recovery that nobody will pay is as gone as what was spent.
    let with_partners = [
        Account::AdvancesToPartners,
        Account::RecoveriesReceivable,
        Account::RecoveriesWrittenOff,
        Account::GrantExpenditure,
    ];
    let committed = -of(Account::CommitmentsContra) + with_partners.into_iter().map(of).sum::<i64>();
    // Money of which nobody has said yet what it is cannot be committed.
    let received = of(Account::Cash) - disbursed + of(Account::ReceiptsUnidentified);
    let psc = -of(Account::ProgrammeSupportSetAside);
    Position {
        receivable: of(Account::ContributionsReceivable),
        received,
        psc,
        committed,
        disbursed: -disbursed,
        available: received - psc - committed,
        advances: of(Account::AdvancesToPartners),
        spent: of(Account::GrantExpenditure),
    }
}
