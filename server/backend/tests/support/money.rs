//! Money for tests that need some: a donor, its pledge in USD, and the receipt of all of it.

use backend::{contributions, donors};
use domain::contributions::Earmark;
use domain::forms::Typed;
use domain::ids::{DonorId, PledgeId};
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
