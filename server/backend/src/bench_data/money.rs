//! Donors, pledges and receipts that pay for all the grants, and the books of everything.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, Datelike as _, Months, NaiveDate, Utc};
use domain::contributions::{Earmark, Instrument, STANDARD_PSC_BASIS_POINTS, programme_support_costs};
use domain::donors::DonorKind;
use domain::funding::Source;
use domain::ids::{DonorId, GrantId, ReceiptId};
use domain::ledger::{Event, Posting, ReceiptParts, UsedRate, balances, pledge as pledged, receipt as received};
use domain::money::{Currency, Money};
use domain::users::Language;
use rust_decimal::Decimal;

use super::Bulk;
use super::people::{FINANCE, code, country};
use crate::contributions::entity::{pledge, pledge_instalment, rate, receipt};
use crate::donors::entity::donor;
use crate::error::{Error, Result};
use crate::ledger::entity::{account_balance, journal_entry, posting};

pub(super) const DONORS: usize = 20;
/// Pledges of each donor, one a year.
const PLEDGES_EACH: usize = 3;
/// Pledges, each with one instalment and one receipt.
pub(super) const GIFTS: usize = DONORS * PLEDGES_EACH;
/// Cents given for each application in the database. One application in ten becomes a grant of 39,000 USD on
/// average, one gift in four is earmarked, and 13 per cent go to programme support: the pool covers every grant.
const MINOR_EACH: i64 = 1_000_000;
/// Euros for one USD.
const EURO_RATE: Decimal = Decimal::from_parts(92, 0, 0, false, 2);

/// The day from which that rate holds.
pub(super) fn euro_from(today: NaiveDate) -> NaiveDate {
    today.checked_sub_months(Months::new(60)).unwrap_or(today)
}

/// The books being written: entries numbered without gaps in their year.
pub(super) struct Journal {
    now: DateTime<Utc>,
    last: HashMap<i32, i64>,
    entries: Vec<journal_entry::Model>,
    postings: Vec<posting::Model>,
}

/// What an entry is about.
pub(super) struct About {
    pub date: NaiveDate,
    pub source_kind: &'static str,
    pub source_id: i64,
    pub donor: Option<DonorId>,
    pub grant: Option<GrantId>,
}

impl Journal {
    pub(super) fn new(now: DateTime<Utc>) -> Self {
        Self { now, last: HashMap::new(), entries: Vec::new(), postings: Vec::new() }
    }

    /// Adds an entry, and gives its identifier.
    pub(super) fn post(&mut self, event: Event, about: &About, postings: &[Posting]) -> Result<i64> {
        if !balances(postings) || postings.is_empty() {
            return Err(Error::Defect(format!("unbalanced entry for {event}: {postings:?}")));
        }
        let number = self.last.entry(about.date.year()).or_default();
        *number += 1;
        let entry_id = next_id(&self.entries);
        self.entries.push(journal_entry::Model {
            id: entry_id,
            fiscal_year: about.date.year().into(),
            number: *number,
            posting_date: about.date,
            event: event.code().to_owned(),
            source_kind: about.source_kind.to_owned(),
            source_id: about.source_id,
            donor_id: about.donor.map(Into::into),
            grant_id: about.grant.map(Into::into),
            actor_id: Some(FINANCE),
            actor: "Person".to_owned(),
            command_id: format!("seed-{entry_id}"),
            reverses: None,
            created_at: self.now,
        });
        for line in postings {
            self.postings.push(posting::Model {
                id: next_id(&self.postings),
                entry_id,
                account: line.account.code().to_owned(),
                earmark: line.earmark.code().to_owned(),
                currency: line.amount.currency.code().to_owned(),
                amount_minor: line.amount.minor,
                usd_minor: line.usd_minor,
                rate: line.rate.map(|rate| rate.units_per_usd.to_string()),
                rate_month: line.rate.map(|rate| rate.month),
            });
        }
        Ok(entry_id)
    }

    /// How many lines there are so far.
    pub(super) fn postings(&self) -> usize {
        self.postings.len()
    }

    /// What posting the entries one by one would have kept.
    fn balances(&self) -> Vec<account_balance::Model> {
        let mut sums: BTreeMap<(i64, i64, &str, &str, &str), i64> = BTreeMap::new();
        let entries: HashMap<i64, &journal_entry::Model> = self.entries.iter().map(|entry| (entry.id, entry)).collect();
        for line in &self.postings {
            if let Some(entry) = entries.get(&line.entry_id) {
                let month = i64::from(entry.posting_date.month());
                let key =
                    (entry.fiscal_year, month, line.account.as_str(), entry.event.as_str(), line.earmark.as_str());
                *sums.entry(key).or_default() += line.usd_minor;
            }
        }
        sums.into_iter()
            .map(|((fiscal_year, month, account, event, earmark), usd_minor)| account_balance::Model {
                fiscal_year,
                month,
                account: account.to_owned(),
                event: event.to_owned(),
                earmark: earmark.to_owned(),
                usd_minor,
            })
            .collect()
    }

    pub(super) async fn write(self, bulk: &mut Bulk<'_>) -> Result<()> {
        bulk.insert::<account_balance::Entity>(self.balances()).await?;
        // The database refuses an entry whose postings are not there yet.
        bulk.insert::<posting::Entity>(self.postings).await?;
        bulk.insert::<journal_entry::Entity>(self.entries).await
    }
}

/// The identifier of the next row where the first has 1.
pub(super) fn next_id<T>(rows: &[T]) -> i64 {
    i64::try_from(rows.len()).unwrap_or(i64::MAX) + 1
}

/// Amounts by the earmark of the money.
pub(super) fn by_earmark(shares: &[domain::contributions::FundingShare], sources: &[Source]) -> Vec<(Earmark, i64)> {
    let mut amounts: BTreeMap<Earmark, i64> = BTreeMap::new();
    for share in shares {
        let earmark = sources
            .iter()
            .find(|source| source.receipt == share.receipt)
            .map_or(Earmark::None, |source| source.earmark);
        *amounts.entry(earmark).or_default() += share.usd_minor;
    }
    amounts.into_iter().collect()
}

/// One pledge and the money that came in for it, at one rate.
struct Gift {
    id: i64,
    donor: DonorId,
    earmark: Earmark,
    date: NaiveDate,
    rate: Decimal,
    promised: Money,
    promised_usd: i64,
    came: Money,
    came_usd: i64,
    psc: i64,
}

impl Gift {
    /// The gift of a number from 0, of so many minor units of its currency.
    fn new(number: usize, minor: i64, today: NaiveDate) -> Result<Self> {
        let whole = |number: usize| i64::try_from(number).unwrap_or(0);
        let (currency, rate) = match Currency::from_code("EUR") {
            Some(euro) if number % 3 == 1 => (euro, EURO_RATE),
            _ => (Currency::USD, Decimal::ONE),
        };
        // One donor in four earmarks, and one in five has promised a quarter more than came in.
        let earmarks = &Earmark::ALL[1..];
        let earmark = if number % 4 == 1 { earmarks[number / 4 % earmarks.len()] } else { Earmark::None };
        let promised = Money::new(if number.is_multiple_of(5) { minor + minor / 4 } else { minor }, currency);
        let came = Money::new(minor, currency);
        let came_usd = came.to_usd(rate)?;
        let years = u32::try_from(number / DONORS).unwrap_or(0) + 1;
        Ok(Self {
            id: whole(number) + 1,
            donor: DonorId(whole(number % DONORS) + 1),
            earmark,
            date: today.checked_sub_months(Months::new(12 * years)).unwrap_or(today),
            rate,
            promised,
            promised_usd: promised.to_usd(rate)?.minor,
            came,
            came_usd: came_usd.minor,
            psc: programme_support_costs(came_usd, STANDARD_PSC_BASIS_POINTS)?.minor,
        })
    }

    fn pledge(&self, created_at: DateTime<Utc>) -> pledge::Model {
        pledge::Model {
            id: self.id,
            donor_id: self.donor.into(),
            currency: self.promised.currency.code().to_owned(),
            amount_minor: self.promised.minor,
            usd_minor: self.promised_usd,
            rate: self.rate.to_string(),
            instrument: Instrument::Agreement.code().to_owned(),
            date: self.date,
            earmark: self.earmark.code().to_owned(),
            psc_basis_points: STANDARD_PSC_BASIS_POINTS,
            note: String::new(),
            written_down_minor: 0,
            written_down_usd_minor: 0,
            command_id: format!("seed-pledge-{}", self.id),
            created_by: Some(FINANCE),
            created_at,
        }
    }

    fn receipt(&self, created_at: DateTime<Utc>) -> receipt::Model {
        receipt::Model {
            id: self.id,
            pledge_id: self.id,
            currency: self.came.currency.code().to_owned(),
            amount_minor: self.came.minor,
            date: self.date,
            booked_on: self.date,
            bank_reference: format!("BANK-{:06}", self.id),
            rate: self.rate.to_string(),
            pledge_rate: None,
            stated: false,
            usd_minor: self.came_usd,
            charge_minor: 0,
            credited_minor: self.came.minor,
            settled_minor: self.came.minor,
            settled_usd_minor: self.came_usd,
            psc_usd_minor: self.psc,
            spent_before_usd_minor: 0,
            command_id: format!("seed-receipt-{}", self.id),
            undone: false,
            undoes: None,
            created_by: Some(FINANCE),
            created_at,
        }
    }

    fn post(&self, books: &mut Journal) -> Result<()> {
        let about = |source_kind| About {
            date: self.date,
            source_kind,
            source_id: self.id,
            donor: Some(self.donor),
            grant: None,
        };
        let rate = UsedRate::of(self.promised.currency, self.rate, self.date);
        books.post(Event::Pledge, &about("pledge"), &pledged(self.earmark, self.promised, self.promised_usd, rate))?;
        let parts = ReceiptParts {
            earmark: self.earmark,
            amount: self.came,
            usd_minor: self.came_usd,
            rate,
            charge_minor: 0,
            charge_usd_minor: 0,
            settled: self.came,
            settled_usd_minor: self.came_usd,
            settled_rate: rate,
            excess_minor: 0,
            excess_usd_minor: 0,
            psc_usd_minor: self.psc,
        };
        books.post(Event::Receipt, &about("receipt"), &received(&parts))?;
        Ok(())
    }
}

/// Writes donors, their pledges and receipts, and gives what is available to commit.
pub(super) async fn write(bulk: &mut Bulk<'_>, books: &mut Journal, applications: usize) -> Result<Vec<Source>> {
    let (now, today) = (bulk.context.now, bulk.context.today());
    write_donors(bulk).await?;
    let minor = i64::try_from(applications / GIFTS + 1).unwrap_or(1) * MINOR_EACH;
    let gifts = (0..GIFTS).map(|number| Gift::new(number, minor, today)).collect::<Result<Vec<_>>>()?;
    for gift in &gifts {
        gift.post(books)?;
    }
    bulk.insert::<rate::Entity>(vec![rate::Model {
        id: 1,
        currency: "EUR".to_owned(),
        valid_from: euro_from(today),
        units_per_usd: EURO_RATE.to_string(),
        created_by: Some(FINANCE),
        created_at: now,
    }])
    .await?;
    bulk.insert::<pledge::Entity>(gifts.iter().map(|gift| gift.pledge(now)).collect()).await?;
    let due = |gift: &Gift| pledge_instalment::Model {
        id: gift.id,
        pledge_id: gift.id,
        due: gift.date,
        amount_minor: gift.promised.minor,
        withdrawn_at: None,
    };
    bulk.insert::<pledge_instalment::Entity>(gifts.iter().map(due).collect()).await?;
    bulk.insert::<receipt::Entity>(gifts.iter().map(|gift| gift.receipt(now)).collect()).await?;
    Ok(gifts
        .iter()
        .map(|gift| Source {
            receipt: ReceiptId(gift.id),
            earmark: gift.earmark,
            received_on: gift.date,
            available: gift.came_usd - gift.psc,
        })
        .collect())
}

async fn write_donors(bulk: &mut Bulk<'_>) -> Result<()> {
    let created_at = bulk.context.now;
    let donors = (0..DONORS).zip(1..).map(|(number, id)| donor::Model {
        id,
        name: format!("Donor {id:02}"),
        search: format!("donor {id:02}"),
        kind: code(DonorKind::CODES, number).to_owned(),
        country: Some(country(number).code.to_owned()),
        contact_name: format!("Contact {id}"),
        contact_email: format!("donor{id}@example.org"),
        contact_phone: String::new(),
        other_contacts: "[]".to_owned(),
        language: Language::English.code().to_owned(),
        confirmed_by: None,
        confirmed_at: Some(created_at),
        created_at,
    });
    bulk.insert::<donor::Entity>(donors.collect()).await
}
