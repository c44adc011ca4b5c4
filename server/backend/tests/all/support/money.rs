//! Money for tests that need some: a donor, its pledge in USD, and the receipt of all of it.

use backend::{Context, contributions, donors, ledger};
use domain::contributions::Earmark;
use domain::errors::AppError;
use domain::forms::Typed;
use domain::ids::{DonorId, PledgeId};
use domain::ledger::Account;
use domain::roles::Role;

use super::World;

/// A donor.
pub fn donor() -> Typed {
    Typed::default()
        .with("name", "Norway")
        .with("kind", "member-state")
        .with("country", "NO")
        .with("contact_name", "Kari Nordmann")
        .with("contact_email", "kari@example.org")
        .with("language", "en")
}

/// A pledge of an amount as typed, on 1 March 2026.
pub fn pledge(donor: DonorId, amount: &str, currency: &str) -> Typed {
    Typed::default()
        .with("donor", donor.to_string())
        .with("amount", amount)
        .with("currency", currency)
        .with("instrument", "agreement")
        .with("date", "2026-03-01")
        .with("earmark", "none")
        .with("command_id", command())
}

/// A receipt of an amount as typed, on a day.
pub fn receipt(amount: &str, currency: &str, date: &str) -> Typed {
    Typed::default()
        .with("amount", amount)
        .with("currency", currency)
        .with("date", date)
        .with("bank_reference", format!("BANK-{}", command()))
        .with("command_id", command())
}

/// A receipt as typed by somebody who looked at what it may be, and says that it is other money.
pub async fn other_money(finance: &Context, pledge: PledgeId, mut typed: Typed) -> Typed {
    for told in contributions::told_of_receipt(finance, pledge, &typed).await.unwrap() {
        typed.push("other_money", told.what.key());
    }
    typed
}

/// The same for money to be held.
pub async fn other_held(finance: &Context, mut typed: Typed) -> Typed {
    for told in contributions::told_of_held(finance, &typed).await.unwrap() {
        typed.push("other_money", told.what.key());
    }
    typed
}

/// A command's id as a page makes it.
pub fn command() -> String {
    uuid::Uuid::now_v7().to_string()
}

/// US cents as a person types them.
pub fn typed_usd(minor: i64) -> String {
    format!("{}.{:02}", minor / 100, minor % 100)
}

/// A donor who pledged and paid an amount in USD with an earmark; 13 per cent of it are set aside as PSC, so that
/// 87 per cent are available to commit.
pub async fn received(world: &World, amount_usd_minor: i64, earmark: Earmark) -> (DonorId, PledgeId) {
    let finance = world.staff(Role::FinanceOfficer).await;
    let donor = donors::create(&finance, &donor()).await.unwrap();
    let amount = typed_usd(amount_usd_minor);
    let mut typed = pledge(donor, &amount, "USD");
    typed.set("earmark", earmark.code());
    let pledge = contributions::pledge(&finance, &typed).await.unwrap();
    contributions::receive(&finance, pledge, &receipt(&amount, "USD", "2026-03-15")).await.unwrap();
    (donor, pledge)
}

/// The balance of an account in US cents.
pub async fn balance(world: &World, account: Account) -> i64 {
    let balances = ledger::queries::balances(&world.services.database).await.unwrap();
    balances.into_iter().find(|(known, _)| *known == account).map_or(0, |(_, balance)| balance)
}

/// A finance officer and a donor, with rates of the euro and the yen for March and April.
pub async fn finance_and_donor(world: &World) -> (Context, DonorId) {
    let finance = world.staff(Role::FinanceOfficer).await;
    for (currency, units) in [("EUR", "0.8"), ("JPY", "150")] {
        for month in ["2026-03-01", "2026-04-01"] {
            let typed = Typed::default().with("currency", currency).with("from", month).with("units_per_usd", units);
            contributions::record_rate(&finance, &typed).await.unwrap();
        }
    }
    let id = donors::create(&finance, &donor()).await.unwrap();
    (finance, id)
}

/// The key of the first message by which something was refused.
pub fn key(error: backend::Error) -> String {
    match AppError::from(error) {
        AppError::Refused(message) => message.key,
        AppError::Invalid(errors) => errors.0[0].message.key.clone(),
        other => format!("{other:?}"),
    }
}

/// A rate of a currency from a day on, as typed; far from the one before or not.
pub fn rate(currency: &str, from: &str, units: &str) -> Typed {
    Typed::default().with("currency", currency).with("from", from).with("units_per_usd", units).with("confirmed", "yes")
}

/// A finance officer and a donor, with rates of March and April that differ.
pub async fn finance_with_rates(world: &World) -> (Context, DonorId) {
    let finance = world.staff(Role::FinanceOfficer).await;
    for (currency, march, april) in
        [("EUR", "0.9", "0.8"), ("CHF", "0.9", "0.88"), ("JPY", "150", "160"), ("KWD", "0.3", "0.32")]
    {
        contributions::record_rate(&finance, &rate(currency, "2026-03-01", march)).await.unwrap();
        contributions::record_rate(&finance, &rate(currency, "2026-04-01", april)).await.unwrap();
    }
    contributions::record_rate(&finance, &rate("EUR", "2026-06-01", "0.85")).await.unwrap();
    let id = donors::create(&finance, &donor()).await.unwrap();
    (finance, id)
}

/// The key of the message by which a field was refused.
pub fn field_key<T: std::fmt::Debug>(result: backend::Result<T>, field: &str) -> String {
    match AppError::from(result.unwrap_err()) {
        AppError::Invalid(errors) => {
            errors.of(field).map_or_else(|| format!("{errors:?}"), |message| message.key.clone())
        }
        AppError::Refused(message) => message.key,
        other => format!("{other:?}"),
    }
}
