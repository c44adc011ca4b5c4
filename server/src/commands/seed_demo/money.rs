//! Rates, donors, and four rounds of pledges and receipts, which come in as the demo's time goes on: an award may only
//! draw on money that was there.

use std::collections::VecDeque;

use backend::ledger::{queries, transfer_programme_support};
use backend::{Result, contributions, donors, users};
use chrono::{Datelike as _, NaiveDate};
use domain::forms::Typed;
use domain::ids::{DonorId, PledgeId};
use domain::money::Money;
use domain::roles::{Actor, Role};
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

/// Rounds of pledges, one a year.
const ROUNDS: u32 = 4;
/// How many days ago the first donor made the pledge of the last round; the others follow day by day. The second
/// instalments of the last round that are late are then so by three to five weeks: a first reminder is right for them.
const LAST_ROUND: u64 = 245;
/// Days from a pledge until each half of it is due.
const DUE: [u64; 2] = [45, 210];
/// Days from a pledge until each half of it comes in.
const COMES: [u64; 2] = [48, 205];

/// How many days ago programme support costs were paid over.
pub const TRANSFERRED: u64 = 20;

/// Something that a donor does on a day.
struct Step {
    day: NaiveDate,
    position: usize,
    round: u32,
    what: What,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum What {
    Pledge,
    Receipt(usize),
}

/// What the donors do, of which a part is entered already.
pub struct Timeline {
    finance: Actor,
    /// In the order of the data.
    donors: Vec<DonorId>,
    /// The pledges that were entered: position of the donor, round, pledge.
    pledges: Vec<(usize, u32, PledgeId)>,
    /// What is still to be entered, by day.
    steps: VecDeque<Step>,
}

/// Enters rates and donors, and plans what these do.
pub async fn enter(demo: &Demo, people: &People) -> Result<Timeline> {
    let finance = people.one(Role::FinanceOfficer);
    rates(demo, &finance).await?;
    let hash = users::hash_password(PASSWORD).await?;
    let mut donors = Vec::new();
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
        donors.push(id);
    }
    Ok(Timeline { finance, donors, pledges: Vec::new(), steps: steps(demo) })
}

/// Everything that the donors do until today, by day.
fn steps(demo: &Demo) -> VecDeque<Step> {
    let mut steps = Vec::new();
    for (position, round) in (0..DONORS.len()).flat_map(|position| (0..ROUNDS).map(move |round| (position, round))) {
        // Some give each year, some every other year.
        if position % 3 == 2 && round % 2 == 0 {
            continue;
        }
        let date = pledged_on(demo, position, round);
        steps.push(Step { day: date, position, round, what: What::Pledge });
        for (part, days) in COMES.into_iter().enumerate() {
            let late = round + 1 == ROUNDS && part == 1 && position % 4 == 1;
            if !late {
                steps.push(Step { day: add_days(date, days), position, round, what: What::Receipt(part) });
            }
        }
    }
    steps.retain(|step| step.day <= demo.today);
    steps.sort_by_key(|step| (step.day, step.what, step.position));
    steps.into()
}

fn pledged_on(demo: &Demo, position: usize, round: u32) -> NaiveDate {
    let last = add_days(demo.ago(LAST_ROUND), u64::try_from(position).unwrap_or(0));
    last.checked_sub_months(chrono::Months::new(12 * (ROUNDS - 1 - round))).unwrap_or(last)
}

impl Timeline {
    /// Enters what the donors did until a day, that day included.
    pub async fn until(&mut self, demo: &Demo, day: NaiveDate) -> Result<()> {
        while let Some(step) = self.steps.pop_front_if(|step| step.day <= day) {
            match step.what {
                What::Pledge => {
                    let pledge = self.pledge(demo, &step).await?;
                    self.pledges.push((step.position, step.round, pledge));
                }
                What::Receipt(part) => self.receive(demo, &step, part).await?,
            }
        }
        Ok(())
    }

    async fn pledge(&self, demo: &Demo, step: &Step) -> Result<PledgeId> {
        let data = &DONORS[step.position];
        let halves = halves_of(data, step.round);
        let mut typed = Typed::default()
            .with("donor", self.donors[step.position].to_string())
            .with("currency", data.currency)
            .with("amount", (halves[0] + halves[1]).to_string())
            .with("instrument", data.instrument.code())
            .with("date", step.day.to_string())
            .with("earmark", data.earmark.code())
            .with("command_id", command(format!("pledge-{}-{}", step.position, step.round)));
        for (row, (days, half)) in DUE.into_iter().zip(halves).enumerate() {
            typed.set(&format!("instalments.{row}.due"), add_days(step.day, days).to_string());
            typed.set(&format!("instalments.{row}.amount"), half.to_string());
        }
        contributions::pledge(&demo.at(&self.finance, step.day), &typed).await
    }

    async fn receive(&self, demo: &Demo, step: &Step, part: usize) -> Result<()> {
        let of = |(position, round, _): &&(usize, u32, PledgeId)| (*position, *round) == (step.position, step.round);
        let Some((_, _, pledge)) = self.pledges.iter().find(of) else {
            return Ok(());
        };
        let data = &DONORS[step.position];
        let (year, donor) = (step.day.year(), step.position + 1);
        let typed = Typed::default()
            .with("amount", halves_of(data, step.round)[part].to_string())
            .with("currency", data.currency)
            .with("date", step.day.to_string())
            .with("bank_reference", format!("RCPT-{year}-{donor:03}-{}-{part}", step.round))
            .with("command_id", command(format!("receipt-{}-{}-{part}", step.position, step.round)));
        contributions::receive(&demo.at(&self.finance, step.day), *pledge, &typed).await?;
        Ok(())
    }
}

/// Both halves of a pledge, in whole units: a tenth more each year.
fn halves_of(data: &Donor, round: u32) -> [i64; 2] {
    let amount = data.yearly * (100 + 10 * i64::from(round)) / 100;
    [amount / 2, amount - amount / 2]
}

/// Half of the programme support costs is paid over to the Secretariat.
pub async fn programme_support(demo: &Demo, people: &People) -> Result<()> {
    let finance = &people.one(Role::FinanceOfficer);
    let day = demo.ago(TRANSFERRED);
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
async fn rates(demo: &Demo, finance: &Actor) -> Result<()> {
    let mut month = month_start(demo.ago(1450));
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
