//! Contributions of twenty fiscal years in four currencies: pledges in quarterly instalments, of which those of the
//! last two years have not come in yet, and one older pledge in ten lacks its last one. Those of the last two years are
//! in one currency, so that one bank statement can pay them. No grant uses this money.

use chrono::{DateTime, Datelike as _, Months, NaiveDate, Utc};
use domain::contributions::{Earmark, Instrument, STANDARD_PSC_BASIS_POINTS};
use domain::donors::DonorKind;
use domain::ids::DonorId;
use domain::ledger::{Event, UsedRate, pledge as pledged, receipt as received};
use domain::money::{Currency, Money};
use domain::receipts::{Incoming, OpenPledge, Settled, settle};
use domain::time::add_days;
use domain::users::Language;
use rust_decimal::Decimal;

use super::Bulk;
use super::money::{self, About, Journal, next_id};
use super::people::{FINANCE, code, country};
use crate::contributions::entity::{pledge, pledge_instalment, rate, receipt};
use crate::donors::entity::donor;
use crate::error::{Error, Result};

/// Fiscal years, the last of which is the present one.
const YEARS: i32 = 20;
/// Years of which nothing has come in yet.
const OPEN_YEARS: i32 = 2;
const DONORS: usize = 250;
/// Instalments of each pledge, a quarter of a year apart.
const INSTALMENTS: u32 = 4;
/// What the bank kept of one receipt in ten, in minor units.
const CHARGE: i64 = 1_500;
/// The currencies with the units of each for one USD, in ten-thousandths.
const CURRENCIES: [(&str, i64); 4] = [("USD", 10_000), ("EUR", 9_200), ("CHF", 8_800), ("NOK", 106_000)];

/// Everything about these contributions, until it is inserted.
#[derive(Default)]
struct Rows {
    pledges: Vec<pledge::Model>,
    instalments: Vec<pledge_instalment::Model>,
    receipts: Vec<receipt::Model>,
}

/// Writes so many pledges a year with donors, rates and receipts, and adds their entries to the books.
pub(super) async fn write(bulk: &mut Bulk<'_>, books: &mut Journal, pledges_a_year: usize) -> Result<()> {
    let (now, today) = (bulk.context.now, bulk.context.today());
    write_rates(bulk).await?;
    write_donors(bulk).await?;
    let mut rows = Rows::default();
    for year in today.year() - YEARS + 1..=today.year() {
        for number in 0..pledges_a_year {
            let money = currency(currency_of(year, number, today))?;
            let promise = Promise::new(&rows, day_of(year, number, today), number, money)?;
            rows.pledges.push(promise.row(now));
            promise.post(books)?;
            let come_in = match () {
                () if year > today.year() - OPEN_YEARS => 0,
                () if promise.id % 10 == 0 => INSTALMENTS - 1,
                () => INSTALMENTS,
            };
            promise.pay(&mut rows, books, come_in, now)?;
        }
    }
    bulk.insert::<pledge::Entity>(rows.pledges).await?;
    bulk.insert::<pledge_instalment::Entity>(rows.instalments).await?;
    bulk.insert::<receipt::Entity>(rows.receipts).await
}

/// The currency of a pledge of a year, by its number among them.
fn currency_of(year: i32, number: usize, today: NaiveDate) -> &'static str {
    let place = if year > today.year() - OPEN_YEARS { 1 } else { number % DONORS % CURRENCIES.len() };
    CURRENCIES[place].0
}

/// Units of a currency for one USD in the month of a day: a little different each month.
fn rate_of(currency: Currency, date: NaiveDate) -> Decimal {
    let base = CURRENCIES.iter().find(|(known, _)| *known == currency.code()).map_or(10_000, |(_, units)| *units);
    let swing = if currency == Currency::USD { 0 } else { i64::from(date.month() * 7 % 12) * base / 1_000 };
    Decimal::new(base + swing, 4).normalize()
}

/// A rate for each month and currency, one month further than today.
async fn write_rates(bulk: &mut Bulk<'_>) -> Result<()> {
    let (created_at, today) = (bulk.context.now, bulk.context.today());
    let first = NaiveDate::from_ymd_opt(today.year() - YEARS + 1, 1, 1).unwrap_or(today);
    let months = (0..).map_while(|months| first.checked_add_months(Months::new(months)));
    let mut rows = Vec::new();
    for valid_from in months.take_while(|month| *month <= add_days(today, 31)) {
        for (code, _) in &CURRENCIES[1..] {
            if *code == "EUR" && valid_from == money::euro_from(today) {
                continue;
            }
            rows.push(rate::Model {
                id: next_id(&rows) + 1,
                currency: (*code).to_owned(),
                valid_from,
                units_per_usd: rate_of(currency(code)?, valid_from).to_string(),
                created_by: Some(FINANCE),
                created_at,
            });
        }
    }
    bulk.insert::<rate::Entity>(rows).await
}

fn currency(code: &str) -> Result<Currency> {
    Currency::from_code(code).ok_or_else(|| Error::Defect(format!("no currency {code}")))
}

async fn write_donors(bulk: &mut Bulk<'_>) -> Result<()> {
    let created_at = bulk.context.now;
    let donors = (0..DONORS).map(|number| donor::Model {
        id: after(money::DONORS, number),
        name: format!("Giver {number:04} Foundation"),
        search: format!("giver {number:04} foundation"),
        kind: code(DonorKind::CODES, number).to_owned(),
        country: Some(country(number).code.to_owned()),
        contact_name: format!("Contact {number}"),
        contact_email: format!("giver{number}@example.org"),
        contact_phone: String::new(),
        other_contacts: "[]".to_owned(),
        language: Language::English.code().to_owned(),
        confirmed_by: None,
        confirmed_at: Some(created_at),
        created_at,
    });
    bulk.insert::<donor::Entity>(donors.collect()).await
}

/// The identifier of a row with a number from 0, behind the rows that every size has.
fn after(others: usize, number: usize) -> i64 {
    i64::try_from(others + number).unwrap_or(i64::MAX - 1) + 1
}

/// The days of a year in turn; none after today.
fn day_of(year: i32, number: usize, today: NaiveDate) -> NaiveDate {
    let days = if year == today.year() { today.ordinal() } else { 365 };
    let ordinal = u32::try_from(number * 7).unwrap_or(0) % days + 1;
    NaiveDate::from_yo_opt(year, ordinal).unwrap_or(today)
}

/// A pledge, and what of it is settled so far.
struct Promise {
    id: i64,
    donor: DonorId,
    date: NaiveDate,
    rate: Decimal,
    open: OpenPledge,
}

impl Promise {
    /// The next one after those that there are; its place among them gives it an amount of its own.
    fn new(rows: &Rows, date: NaiveDate, number: usize, currency: Currency) -> Result<Self> {
        let id = after(money::GIFTS, rows.pledges.len());
        let amount = Money::new((1_000 + id) * 100 * i64::from(INSTALMENTS), currency);
        let rate = rate_of(currency, date);
        let earmarks = &Earmark::ALL[1..];
        let open = OpenPledge {
            earmark: if number % 4 == 1 { earmarks[number / 4 % earmarks.len()] } else { Earmark::None },
            amount,
            usd_minor: amount.to_usd(rate)?.minor,
            rate: UsedRate::of(currency, rate, date),
            closed_minor: 0,
            closed_usd_minor: 0,
            psc_basis_points: STANDARD_PSC_BASIS_POINTS,
        };
        Ok(Self { id, donor: DonorId(after(money::DONORS, number % DONORS)), date, rate, open })
    }

    fn row(&self, created_at: DateTime<Utc>) -> pledge::Model {
        pledge::Model {
            id: self.id,
            donor_id: self.donor.into(),
            currency: self.open.amount.currency.code().to_owned(),
            amount_minor: self.open.amount.minor,
            usd_minor: self.open.usd_minor,
            rate: self.rate.to_string(),
            instrument: Instrument::Agreement.code().to_owned(),
            date: self.date,
            earmark: self.open.earmark.code().to_owned(),
            psc_basis_points: self.open.psc_basis_points,
            note: String::new(),
            written_down_minor: 0,
            written_down_usd_minor: 0,
            command_id: format!("seed-pledge-{}", self.id),
            created_by: Some(FINANCE),
            created_at,
        }
    }

    fn post(&self, books: &mut Journal) -> Result<()> {
        let postings = pledged(self.open.earmark, self.open.amount, self.open.usd_minor, self.open.rate);
        books.post(Event::Pledge, &self.about("pledge", self.id, self.date), &postings)?;
        Ok(())
    }

    fn about(&self, source_kind: &'static str, source_id: i64, date: NaiveDate) -> About {
        About { date, source_kind, source_id, donor: Some(self.donor), grant: None }
    }

    /// Adds its instalments, with receipts for the first so many of them.
    fn pay(mut self, rows: &mut Rows, books: &mut Journal, come_in: u32, now: DateTime<Utc>) -> Result<()> {
        let part = Money::new(self.open.amount.minor / i64::from(INSTALMENTS), self.open.amount.currency);
        for quarter in 0..INSTALMENTS {
            let due = self.date.checked_add_months(Months::new(3 * quarter)).unwrap_or(self.date);
            rows.instalments.push(pledge_instalment::Model {
                id: after(money::GIFTS, rows.instalments.len()),
                pledge_id: self.id,
                due,
                amount_minor: part.minor,
                withdrawn_at: None,
            });
            if quarter < come_in {
                let days_late = self.id.unsigned_abs() % 20;
                self.receive(rows, books, part, add_days(due, days_late), now)?;
            }
        }
        Ok(())
    }

    fn receive(
        &mut self,
        rows: &mut Rows,
        books: &mut Journal,
        part: Money,
        date: NaiveDate,
        created_at: DateTime<Utc>,
    ) -> Result<()> {
        let id = after(money::GIFTS, rows.receipts.len());
        let charge_minor = if id % 10 == 0 { CHARGE } else { 0 };
        let amount = Money::new(part.minor - charge_minor, part.currency);
        let rate = rate_of(part.currency, date);
        let incoming = Incoming { amount, usd_minor: None, charge_minor, date, rate, pledge_rate: rate, stated: None };
        let Settled { parts, credited_minor } = settle(&self.open, &incoming)?;
        books.post(Event::Receipt, &self.about("receipt", id, date), &received(&parts))?;
        self.open.closed_minor += parts.settled.minor;
        self.open.closed_usd_minor += parts.settled_usd_minor;
        rows.receipts.push(receipt::Model {
            id,
            pledge_id: self.id,
            currency: amount.currency.code().to_owned(),
            amount_minor: amount.minor,
            date,
            booked_on: date,
            bank_reference: format!("BANK-{id:06}"),
            rate: rate.to_string(),
            pledge_rate: None,
            stated: false,
            usd_minor: parts.usd_minor,
            charge_minor,
            credited_minor,
            settled_minor: parts.settled.minor,
            settled_usd_minor: parts.settled_usd_minor,
            psc_usd_minor: parts.psc_usd_minor,
            spent_before_usd_minor: 0,
            command_id: format!("seed-receipt-{id}"),
            undone: false,
            undoes: None,
            created_by: Some(FINANCE),
            created_at,
        });
        Ok(())
    }
}
