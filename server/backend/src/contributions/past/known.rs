//! What rows of a file of the past are compared with: donors, rates, references, pledges, and money that came.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::NaiveDate;
use domain::contributions::Earmark;
use domain::ids::DonorId;
use domain::money::{Currency, Money};
use domain::time::month_start;
use rust_decimal::Decimal;
use sea_orm::{ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QuerySelect as _};

use crate::contributions::bank_entity::{bank_line, unidentified};
use crate::contributions::entity::{pledge, rate, receipt};
use crate::contributions::rates::to_decimal;
use crate::contributions::statements::{DAYS_APART, waiting};
use crate::donors::entity::donor;
use crate::error::Result;
use crate::ledger::periods::closed_until;
use crate::users::registrations::unconfirmed_donors;

/// The row by which a pledge with a name of its own is entered.
pub(super) struct First {
    pub(super) line: i64,
    pub(super) command_id: String,
    pub(super) terms: Terms,
}

/// Donor, day, amount, earmark and support costs of a pledge: all rows of one say the same.
pub(super) type Terms = (DonorId, NaiveDate, Money, Earmark, i64);

/// What rows are compared with.
pub(super) struct Known {
    pub(super) donors: HashMap<String, Vec<i64>>,
    pub(super) rates: BTreeMap<(String, NaiveDate), Decimal>,
    pub(super) references: HashSet<String>,
    pub(super) commands: HashSet<String>,
    /// The first row of each pledge with a name, by donor and name.
    pub(super) firsts: HashMap<(DonorId, String), First>,
    /// Donor, day, currency and amount of the pledges.
    pub(super) pledges: HashSet<(i64, NaiveDate, String, i64)>,
    /// Days on which money came, by donor, currency and amount; of lines of bank statements that wait, by no donor.
    came: HashMap<(Option<i64>, String, i64), Vec<NaiveDate>>,
    /// The last day whose books are closed.
    closed: Option<NaiveDate>,
}

impl Known {
    pub(super) async fn load<C: ConnectionTrait>(database: &C) -> Result<Self> {
        let names: Vec<(i64, String)> = donor::Entity::find()
            .select_only()
            .column(donor::Column::Id)
            .column(donor::Column::Name)
            .filter(donor::Column::Id.not_in_subquery(unconfirmed_donors()))
            .into_tuple()
            .all(database)
            .await?;
        let mut donors: HashMap<String, Vec<i64>> = HashMap::new();
        for (id, name) in names {
            donors.entry(name.trim().to_lowercase()).or_default().push(id);
        }
        let mut rates = BTreeMap::new();
        for row in rate::Entity::find().all(database).await? {
            rates.insert((row.currency, row.valid_from), to_decimal(&row.units_per_usd)?);
        }
        let received: Vec<(String, String)> = receipt::Entity::find()
            .select_only()
            .columns([receipt::Column::BankReference, receipt::Column::CommandId])
            .into_tuple()
            .all(database)
            .await?;
        let (received, receipts): (Vec<String>, Vec<String>) = received.into_iter().unzip();
        let held: Vec<String> = unidentified::Entity::find()
            .select_only()
            .column(unidentified::Column::BankReference)
            .into_tuple()
            .all(database)
            .await?;
        use pledge::Column as C;
        let pledges: Vec<(i64, String, i64, NaiveDate, String, i64)> = pledge::Entity::find()
            .select_only()
            .columns([C::Id, C::CommandId, C::DonorId, C::Date, C::Currency, C::AmountMinor])
            .into_tuple()
            .all(database)
            .await?;
        let donor_of: HashMap<i64, i64> = pledges.iter().map(|(id, _, donor, ..)| (*id, *donor)).collect();
        Ok(Self {
            donors,
            rates,
            references: received.into_iter().chain(held).collect(),
            commands: pledges.iter().map(|(_, command, ..)| command.clone()).chain(receipts).collect(),
            firsts: HashMap::new(),
            came: came(database, &donor_of).await?,
            pledges: pledges.into_iter().map(|(_, _, donor, date, code, minor)| (donor, date, code, minor)).collect(),
            closed: closed_until(database).await?,
        })
    }

    /// The rate of the day's month that holds on the day.
    pub(super) fn rate(&self, currency: Currency, day: NaiveDate) -> Option<Decimal> {
        if currency == Currency::USD {
            return Some(Decimal::ONE);
        }
        let code = currency.code().to_owned();
        let of_month = (code.clone(), month_start(day))..=(code, day);
        self.rates.range(of_month).next_back().map(|(_, rate)| *rate)
    }

    /// True when money that a row tells of may have come in by another way: of the donor, or as a line that waits.
    pub(super) fn has_come(&self, donor: i64, amount: Money, day: NaiveDate) -> bool {
        let code = amount.currency.code();
        [Some(donor), None].into_iter().any(|donor| {
            let days = self.came.get(&(donor, code.to_owned(), amount.minor));
            days.into_iter().flatten().any(|one| (*one - day).abs() <= DAYS_APART)
        })
    }

    pub(super) fn is_closed(&self, day: NaiveDate) -> bool {
        self.closed.is_some_and(|last| day <= last)
    }
}

/// On which days money came in, with and without what the banks kept.
async fn came<C: ConnectionTrait>(
    database: &C,
    donor_of: &HashMap<i64, i64>,
) -> Result<HashMap<(Option<i64>, String, i64), Vec<NaiveDate>>> {
    use receipt::Column as R;
    let receipts: Vec<(i64, String, i64, i64, NaiveDate)> = receipt::Entity::find()
        .select_only()
        .columns([R::PledgeId, R::Currency, R::AmountMinor, R::ChargeMinor, R::Date])
        .filter(R::Undone.eq(false))
        .into_tuple()
        .all(database)
        .await?;
    use bank_line::Column as L;
    let lines: Vec<(String, i64, i64, NaiveDate)> = bank_line::Entity::find()
        .select_only()
        .columns([L::Currency, L::AmountMinor, L::ChargeMinor, L::Date])
        .filter(L::Credit.eq(true))
        .filter(waiting())
        .into_tuple()
        .all(database)
        .await?;
    use unidentified::Column as U;
    let held: Vec<(String, i64, i64, NaiveDate)> = unidentified::Entity::find()
        .select_only()
        .columns([U::Currency, U::AmountMinor, U::ChargeMinor, U::Date])
        .filter(U::ReceiptId.is_null())
        .into_tuple()
        .all(database)
        .await?;
    let receipts = receipts
        .into_iter()
        .map(|(pledge, code, minor, charge, date)| (donor_of.get(&pledge).copied(), code, minor, charge, date));
    let others = lines.into_iter().chain(held).map(|(code, minor, charge, date)| (None, code, minor, charge, date));
    let mut came: HashMap<(Option<i64>, String, i64), Vec<NaiveDate>> = HashMap::new();
    for (donor, code, minor, charge, date) in receipts.chain(others) {
        for amount in HashSet::from([minor, minor + charge]) {
            came.entry((donor, code.clone(), amount)).or_default().push(date);
        }
    }
    Ok(came)
}
