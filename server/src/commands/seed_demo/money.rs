//! Rates, donors, pledges and receipts of four years.

use backend::ledger::{queries, transfer_programme_support};
use backend::{Result, contributions, donors, users};
use chrono::{Datelike as _, NaiveDate};
use domain::forms::Typed;
use domain::ids::PledgeId;
use domain::money::Money;
use domain::roles::Role;
use domain::time::{add_days, add_months, month_start};

use super::data::{DONORS, Donor, PASSWORD};
use super::people::{People, representative};
use super::{Demo, command};

/// Currencies with units for one USD, in thousandths, around which the monthly rates move.
const RATES: &[(&str, i64)] = &[
    ("EUR", 921),
    ("NOK", 10_640),
    ("SEK", 10_480),
    ("CHF", 884),
    ("CAD", 1_362),
    ("JPY", 148_300),
    ("GBP", 789),
    ("AUD", 1_524),
];

/// Enters everything.
pub async fn enter(demo: &Demo, people: &People) -> Result<()> {
    let finance = people.one(Role::FinanceOfficer);
    rates(demo, &finance).await?;
    let hash = users::hash_password(PASSWORD).await?;
    for (position, data) in DONORS.iter().enumerate() {
        let typed = Typed::default()
            .with("name", data.name)
            .with("kind", data.kind.code())
            .with("country", data.country)
            .with("contact_name", data.contact)
            .with("contact_email", super::people::donor_address(position))
            .with("language", if matches!(data.country, "FR" | "CH" | "CA") { "fr" } else { "en" });
        let id = donors::create(&demo.at(&finance, demo.ago(1450)), &typed).await?;
        representative(demo, id, position, &hash).await?;
        for year in (demo.today.year() - 3)..=demo.today.year() {
            let Some(date) = NaiveDate::from_ymd_opt(year, 2, 10 + u32::try_from(position).unwrap_or(0)) else {
                continue;
            };
            // Some give each year, some every other year.
            if date <= demo.today && (position % 3 != 2 || year % 2 == 0) {
                let pledge = pledge(demo, &finance, i64::from(id), position, date).await?;
                receipts(demo, &finance, pledge, position, date).await?;
            }
        }
    }
    programme_support(demo, &finance).await
}

/// Half of the programme support costs is paid over to the Secretariat.
async fn programme_support(demo: &Demo, finance: &domain::roles::Actor) -> Result<()> {
    let day = demo.ago(20);
    let books = queries::books_at(&demo.at(finance, day), day).await?;
    let set_aside = books.position.psc / 2;
    let typed = Typed::default()
        .with("amount", Money::usd(set_aside).to_decimal().to_string())
        .with("date", day.to_string())
        .with("bank_reference", "UN-PSC-0001")
        .with("note", "Half of what was set aside")
        .with("command_id", command("psc-transfer"));
    transfer_programme_support(&demo.at(finance, day), &typed).await?;
    Ok(())
}

/// Monthly rates from four years ago to this month, moving a little by a fixed pattern.
async fn rates(demo: &Demo, finance: &domain::roles::Actor) -> Result<()> {
    let mut month = NaiveDate::from_ymd_opt(demo.today.year() - 3, 1, 1).unwrap_or(demo.today);
    let mut csv = String::new();
    while month <= month_start(demo.today) {
        for (index, (currency, thousandths)) in RATES.iter().enumerate() {
            let wave = i64::from((month.month() * 7 + u32::try_from(index).unwrap_or(0) * 5) % 23) - 11;
            let moved = thousandths * (1000 + wave * 2) / 1000;
            csv.push_str(&format!("{currency},{month},{}.{:03}\n", moved / 1000, moved % 1000));
        }
        month = add_months(month, 1);
    }
    contributions::import_rates(&demo.at(finance, demo.today), &Typed::default().with("csv", csv)).await?;
    Ok(())
}

async fn pledge(
    demo: &Demo,
    finance: &domain::roles::Actor,
    donor: i64,
    position: usize,
    date: NaiveDate,
) -> Result<PledgeId> {
    let data = &DONORS[position];
    let amount = amount_of(data, date);
    let typed = Typed::default()
        .with("donor", donor.to_string())
        .with("currency", data.currency)
        .with("amount", amount.to_string())
        .with("instrument", data.instrument.code())
        .with("date", date.to_string())
        .with("earmark", data.earmark.code())
        .with("command_id", command(format!("pledge-{position}-{}", date.year())))
        .with("instalments.0.due", add_days(date, 60).to_string())
        .with("instalments.0.amount", (amount / 2).to_string())
        .with("instalments.1.due", add_days(date, 210).to_string())
        .with("instalments.1.amount", (amount - amount / 2).to_string());
    contributions::pledge(&demo.at(finance, date), &typed).await
}

/// A tenth more each year.
fn amount_of(data: &Donor, date: NaiveDate) -> i64 {
    data.yearly * (100 + 10 * i64::from(date.year() % 4)) / 100
}

/// The first half comes in after seven weeks, the second after seven months, unless the donor is late this year.
async fn receipts(
    demo: &Demo,
    finance: &domain::roles::Actor,
    pledge: PledgeId,
    position: usize,
    date: NaiveDate,
) -> Result<()> {
    let data = &DONORS[position];
    let amount = amount_of(data, date);
    for (part, (days, minor)) in [(48_u64, amount / 2), (205, amount - amount / 2)].into_iter().enumerate() {
        let day = add_days(date, days);
        let late = date.year() == demo.today.year() && part == 1 && position % 4 == 1;
        if day > demo.today || late {
            continue;
        }
        let name = format!("{position}-{}-{part}", date.year());
        let typed = Typed::default()
            .with("amount", minor.to_string())
            .with("currency", data.currency)
            .with("date", day.to_string())
            .with("bank_reference", format!("RCPT-{}-{:03}-{part}", date.year(), position + 1))
            .with("command_id", command(format!("receipt-{name}")));
        contributions::receive(&demo.at(finance, day), pledge, &typed).await?;
    }
    Ok(())
}
