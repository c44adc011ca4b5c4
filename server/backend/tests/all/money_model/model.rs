//! What should be in the books, kept by plain arithmetic beside them.

use backend::{Context, contributions, organisations};
use chrono::{DateTime, Duration, NaiveDate, TimeZone as _, Utc};
use domain::contributions::Earmark;
use domain::disbursements::DisbursementState;
use domain::forms::Typed;
use domain::funding::{Purpose, Source};
use domain::ids::{
    ApplicationId, CallId, DisbursementId, DonorId, EntryId, GrantId, InstalmentId, OrganisationId, PledgeId,
    ReceiptId, RecoveryId, UnidentifiedId,
};
use domain::ledger::{Position, ReceiptParts, UsedRate};
use domain::money::{Currency, Money};
use domain::receipts::OpenPledge;
use domain::roles::Role;
use rust_decimal::Decimal;

use super::bank::{Batch, account_in};
use super::chance::Chance;
use super::commands::Command;
use crate::support::{World, decide, grants, money, statements};

/// Currencies with two, no and three decimals, and what a dollar is worth in them, more or less.
const CURRENCIES: [(&str, i64, u32); 4] = [("USD", 1, 0), ("EUR", 92, 2), ("JPY", 150, 0), ("KWD", 31, 2)];

/// A pledge, and what came in for it.
#[derive(Clone, Debug)]
pub struct Pledge {
    pub id: PledgeId,
    pub date: NaiveDate,
    pub amount: Money,
    pub usd: i64,
    pub earmark: Earmark,
    pub psc: i64,
    /// Units of its currency for a dollar when it was made.
    pub rate: Decimal,
    /// What came in or was given up.
    pub closed: i64,
    pub closed_usd: i64,
}

impl Pledge {
    /// As far as a receipt touches it.
    pub fn open(&self) -> OpenPledge {
        OpenPledge {
            earmark: self.earmark,
            amount: self.amount,
            usd_minor: self.usd,
            rate: UsedRate::of(self.amount.currency, self.rate, self.date),
            closed_minor: self.closed,
            closed_usd_minor: self.closed_usd,
            psc_basis_points: self.psc,
        }
    }
}

/// Money that came in, and of which somebody has to say what it is as long as it is open.
#[derive(Clone, Debug)]
pub struct Held {
    pub id: UnidentifiedId,
    pub amount: Money,
    pub usd: i64,
    pub rate: Decimal,
    pub date: NaiveDate,
    /// What the banks kept.
    pub charge: i64,
    pub open: bool,
}

/// Money that came in for a pledge.
#[derive(Clone, Debug)]
pub struct Received {
    pub id: ReceiptId,
    /// Its pledge's place in [`Model::pledges`].
    pub pledge: usize,
    pub money: Held,
    pub parts: ReceiptParts,
    /// Whether some of it went beyond the pledge.
    pub beyond: bool,
    pub undone: bool,
}

/// How far a grant is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    Preparing,
    ToSign,
    Active,
    /// Signed by both; nothing is paid for the time being.
    Suspended,
    /// Given up before both had signed.
    Terminated,
    /// Ended early.
    Ended,
}

/// A grant, with what was taken from each receipt for it.
#[derive(Clone, Debug)]
pub struct Grant {
    pub id: GrantId,
    /// US cents committed, less what came back.
    pub award: i64,
    pub purpose: Purpose,
    pub stage: Stage,
    pub shares: Vec<domain::contributions::FundingShare>,
    pub instalments: Vec<(InstalmentId, i64)>,
    /// Paid, reported and accepted, and recognised as spent, in US cents.
    pub confirmed: i64,
    pub accepted: i64,
    pub recognised: i64,
    /// Reports that were accepted; the next one's number is one more.
    pub reports: i64,
}

/// A disbursement.
#[derive(Clone, Debug)]
pub struct Disbursement {
    pub id: DisbursementId,
    /// Its grant's place in [`Model::grants`].
    pub grant: usize,
    pub instalment: InstalmentId,
    pub amount: i64,
    pub state: DisbursementState,
}

/// What an organisation has to pay back.
#[derive(Clone, Debug)]
pub struct Recovery {
    pub id: RecoveryId,
    /// Its grant's place in [`Model::grants`].
    pub grant: usize,
    pub left: i64,
}

/// Those who act.
pub struct People {
    pub director: Context,
    pub officer: Context,
    pub certifier: Context,
    pub approver: Context,
    /// Certifies, and approves in the place of the approver.
    pub deputy: Context,
    pub finance: Context,
    pub signatory: Context,
}

/// Everything that should be.
pub struct Model {
    pub world: World,
    pub chance: Chance,
    pub now: DateTime<Utc>,
    pub people: People,
    pub donor: DonorId,
    pub call: CallId,
    pub organisation: OrganisationId,
    pub pledges: Vec<Pledge>,
    /// What is left of each receipt, in the order in which they came in.
    pub sources: Vec<Source>,
    pub held: Vec<Held>,
    pub receipts: Vec<Received>,
    pub applications: Vec<(ApplicationId, i64, Purpose)>,
    pub grants: Vec<Grant>,
    pub disbursements: Vec<Disbursement>,
    pub recoveries: Vec<Recovery>,
    pub batches: Vec<Batch>,
    pub expected: Position,
    /// US cents of programme support costs not yet paid over.
    pub set_aside: i64,
    /// Payments of it, with the amount while they stand.
    pub transfers: Vec<(EntryId, Option<i64>)>,
    /// The first day, and the first of the months that are not closed.
    pub first_day: NaiveDate,
    pub open_from: NaiveDate,
    /// Commands that were done, with the records that they led to.
    pub done: Vec<(Command, i64)>,
    /// Why the last refused command was refused.
    pub refusal: String,
    rates: Vec<(Currency, NaiveDate, Decimal)>,
}

impl Model {
    /// An empty Fund with its people, a donor, an organisation that may be paid, and rates for two years.
    pub async fn new(world: World, chance: Chance) -> Self {
        let call = decide::call(&world).await;
        let organisation = decide::organisation(&world, "vetted").await;
        let finance = world.staff(Role::FinanceOfficer).await;
        let people = People {
            director: world.staff(Role::ExecutiveDirector).await,
            officer: world.staff(Role::ProgrammeOfficer).await,
            certifier: world.staff(Role::CertifyingOfficer).await,
            approver: world.staff(Role::ApprovingOfficer).await,
            deputy: world.staff(Role::CertifyingOfficer).await,
            signatory: world.person(Role::OrganisationSignatory, Some(organisation), None).await,
            finance,
        };
        let account = Typed::default()
            .with("account_holder", "Shelter House")
            .with("bank_name", "Equity Bank")
            .with("bank_country", "KE")
            .with("account_number", "0123456789")
            .with("bic", "EQBLKENA");
        organisations::write_bank_details(&people.signatory, organisation, &account).await.unwrap();
        let a_second_later = people.finance.now + Duration::seconds(1);
        grants::verify(&people.finance, organisation, a_second_later).await.unwrap();
        let absent = Typed::default()
            .with("delegate", people.deputy.actor.user.unwrap().to_string())
            .with("starts_on", "2026-06-01")
            .with("ends_on", "2027-12-31")
            .with("reason", "Leave");
        backend::disbursements::delegate(&people.approver, &absent).await.unwrap();
        let own = grants::account("AT611904300234573201").with("bank_country", "AT").with("bic", "BKAUATWW");
        grants::fund_account(&world, &people.approver, &own).await;
        for (code, _, _) in CURRENCIES {
            statements::list_account(&world, &account_in(Currency::from_code(code).unwrap()), code).await;
        }
        let donor = backend::donors::create(&people.finance, &money::donor()).await.unwrap();
        let mut model = Self {
            world,
            chance,
            now: Utc.with_ymd_and_hms(2026, 6, 1, 12, 0, 0).unwrap(),
            people,
            donor,
            call,
            organisation,
            pledges: Vec::new(),
            sources: Vec::new(),
            held: Vec::new(),
            receipts: Vec::new(),
            applications: Vec::new(),
            grants: Vec::new(),
            disbursements: Vec::new(),
            recoveries: Vec::new(),
            batches: Vec::new(),
            expected: Position::default(),
            set_aside: 0,
            transfers: Vec::new(),
            first_day: NaiveDate::from_ymd_opt(2026, 6, 1).unwrap(),
            open_from: NaiveDate::from_ymd_opt(2026, 6, 1).unwrap(),
            done: Vec::new(),
            refusal: String::new(),
            rates: Vec::new(),
        };
        model.enter_rates().await;
        model
    }

    async fn enter_rates(&mut self) {
        let mut lines = String::new();
        for month in 0..24 {
            let day = NaiveDate::from_ymd_opt(2026 + month / 12, u32::try_from(month % 12 + 1).unwrap(), 1).unwrap();
            for (code, units, scale) in &CURRENCIES[1..] {
                // Up to a tenth up or down, in thousandths.
                let rate = Decimal::new(units * self.chance.minor(900, 1100), scale + 3);
                lines.push_str(&format!("{code},{day},{rate}\n"));
                self.rates.push((Currency::from_code(code).unwrap(), day, rate));
            }
        }
        let typed = Typed::default().with("csv", lines).with("confirmed", "yes");
        contributions::import_rates(&self.people.finance, &typed).await.unwrap();
    }

    /// Today.
    pub fn today(&self) -> NaiveDate {
        domain::time::vienna_date(self.now)
    }

    /// Lets days pass; never beyond the rates.
    pub fn wait(&mut self, days: u64) -> bool {
        let then = self.now + Duration::days(i64::try_from(days).unwrap());
        let within = then < Utc.with_ymd_and_hms(2027, 12, 1, 0, 0, 0).unwrap();
        if within {
            self.now = then;
        }
        within
    }

    /// A currency.
    pub fn currency(&mut self) -> Currency {
        let known = CURRENCIES.map(|(code, _, _)| Currency::from_code(code).unwrap());
        self.chance.one_of(&known).unwrap()
    }

    /// Units of a currency for a dollar in the month of a day.
    pub fn rate(&self, currency: Currency, date: NaiveDate) -> Decimal {
        let first = domain::time::month_start(date);
        let found = self.rates.iter().find(|(known, from, _)| *known == currency && *from == first);
        found.map_or(Decimal::ONE, |(_, _, rate)| *rate)
    }

    /// Expenditure of a grant's accepted reports is recognised as far as it was paid.
    pub fn recognise(&mut self, grant: usize) {
        let grant = &mut self.grants[grant];
        let amount = (grant.accepted - grant.recognised).min(grant.confirmed - grant.recognised).max(0);
        grant.recognised += amount;
        self.expected.spent += amount;
        self.expected.advances -= amount;
    }

    /// What was recognised beyond what is still paid waits for the next payment.
    pub fn wait_again(&mut self, grant: usize) {
        let grant = &mut self.grants[grant];
        let amount = (grant.recognised - grant.confirmed).max(0);
        grant.recognised -= amount;
        self.expected.spent -= amount;
        self.expected.advances += amount;
    }
}
