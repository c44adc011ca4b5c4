//! A grant as it stands right after the award: vetted organisation, bank details, donor, pledge, receipt,
//! commitment, instalments, budget lines, indicators. What other nouns' use cases do is entered as rows here.

use backend::Context;
use backend::contributions::donor_sums;
use backend::ledger::{NewEntry, post};
use chrono::{DateTime, NaiveDate, Utc};
use domain::contributions::Earmark;
use domain::forms::Typed;
use domain::grants::default_instalments;
use domain::ids::{DisbursementId, DonorId, GrantId, InstalmentId, OrganisationId, ReportId, TieId};
use domain::ledger::{Event, Posting, ReceiptParts, commitment, pledge, receipt};
use domain::money::Money;
use domain::roles::{Actor, Role};
use sea_orm::{ConnectionTrait as _, Statement};

use super::{World, later, noon};

/// USD 50,000.01 does not split evenly: cents that get lost show.
pub const AWARD: i64 = 5_000_001;

/// A grant with everybody who has to do with it.
pub struct Case {
    pub world: World,
    pub grant: GrantId,
    pub organisation: OrganisationId,
    pub officer: Context,
    pub director: Context,
    pub certifier: Context,
    pub approver: Context,
    pub finance: Context,
    pub editor: Context,
    pub signatory: Context,
}

impl World {
    /// Inserts a row and gives its number.
    pub async fn insert(&self, sql: &str) -> i64 {
        self.number(&format!("{sql} RETURNING id AS value")).await
    }

    /// A number that SQL finds under the name `value`.
    pub async fn number(&self, sql: &str) -> i64 {
        let statement = Statement::from_string(self.services.database.get_database_backend(), sql);
        self.services.database.query_one_raw(statement).await.unwrap().unwrap().try_get("", "value").unwrap()
    }
}

/// A command id of its own.
pub fn command() -> String {
    uuid::Uuid::now_v7().to_string()
}

/// A form with a command id of its own.
pub fn commanded() -> Typed {
    Typed::default().with("command_id", command())
}

/// A step back with its reason.
pub fn because(reason: &str) -> Typed {
    commanded().with("reason", reason)
}

/// An instant at noon of a day.
pub fn on(day: &str) -> DateTime<Utc> {
    day.parse::<NaiveDate>().unwrap().and_hms_opt(12, 0, 0).unwrap().and_utc()
}

/// A grant after its award, in two earmarks, one third and two thirds of it.
pub async fn awarded(world: World) -> Case {
    let organisation = OrganisationId(
        world
            .insert(
                "INSERT INTO organisations (legal_name, search, country, registration_number, kind, yearly_income_usd_minor, address, street, building_number, post_code, town, \
                 contact_name, contact_email, contact_phone, experience, profile_complete, vetting_status, vetting_valid_until, \
                 vetting_reason, created_at) VALUES ('Casa Aurora', 'casa aurora r-1', 'NP', 'R-1', 'ngo', 100000, '', 'Baluwatar Marg', '1', '44600', 'Kathmandu', 'A', 'a@example.org', \
                 '', 'Shelter', TRUE, 'vetted', '2027-12-31', '', '2026-01-01 00:00:00+00:00')",
            )
            .await,
    );
    let signatory = world.person(Role::OrganisationSignatory, Some(organisation), None).await;
    let finance = world.staff(Role::FinanceOfficer).await;
    account_verified(&signatory, &finance, organisation, "NP00123", on("2026-01-01")).await;
    let call = world
        .insert(
            "INSERT INTO calls (title, objectives, themes, priority_groups, regions, smallest_usd_minor, largest_usd_minor, \
             shortest_months, longest_months, opens_at, closes_at, state, created_at) VALUES ('Call', 'o', 'trafficking', '', '', \
             2000000, 6000000, 12, 24, '2026-01-01 00:00:00+00:00', '2026-02-01 00:00:00+00:00', 'decided', '2026-01-01 00:00:00+00:00')",
        )
        .await;
    let number = uuid::Uuid::now_v7();
    let application = world
        .insert(&format!(
            "INSERT INTO applications (number, call_id, organisation_id, state, title, theme, country, duration_months, \
             requested_usd_minor, clarification, updated_at, created_at) VALUES ('A-{number}', {call}, {organisation}, 'awarded', \
             'Safe return', 'trafficking', 'NP', 12, {AWARD}, '', '2026-01-01 00:00:00+00:00', '2026-01-01 00:00:00+00:00')"
        ))
        .await;
    let grant = world
        .insert(&format!(
            "INSERT INTO grants (number, search, application_id, call_id, organisation_id, title, theme, country, award_usd_minor, state, \
             conditions, months, created_at) VALUES ('G-2026-{number}', 'g-2026-{number} safe return', {application}, {call}, {organisation}, 'Safe return', \
             'trafficking', 'NP', {AWARD}, 'preparing', '', 12, '2026-05-01 00:00:00+00:00')"
        ))
        .await;
    let pool = AWARD / 3;
    let receipts = [(Earmark::None, pool), (Earmark::Trafficking, AWARD - pool)];
    let postings = commitment(&receipts);
    let entry = enter(&world, Event::Commitment, "grant", grant, None, Some(GrantId(grant)), postings).await;
    for (earmark, amount) in receipts {
        let receipt = received(&world, earmark).await;
        world
            .sql(&format!(
                "INSERT INTO grant_funding (grant_id, receipt_id, entry_id, usd_minor) VALUES ({grant}, {receipt}, {entry}, {amount})"
            ))
            .await;
    }
    kept(&world, grant).await;
    plan(&world, grant).await;
    Case {
        grant: GrantId(grant),
        organisation,
        officer: world.staff(Role::ProgrammeOfficer).await,
        director: world.staff(Role::ExecutiveDirector).await,
        certifier: world.staff(Role::CertifyingOfficer).await,
        approver: world.staff(Role::ApprovingOfficer).await,
        finance,
        editor: world.person(Role::OrganisationEditor, Some(organisation), None).await,
        signatory,
        world,
    }
}

/// Bank details as a signatory types them.
pub fn account(number: &str) -> Typed {
    let (country, bic) = match number.get(..2) {
        Some("AT") => ("AT", "BKAUATWW"),
        Some("DE") => ("DE", "COBADEFF"),
        _ => ("NP", "HIMANPKA"),
    };
    Typed::default()
        .with("account_holder", "Casa Aurora")
        .with("bank_name", "Himal Bank")
        .with("bank_country", country)
        .with("account_number", number)
        .with("bic", bic)
}

/// The address that the Fund's own account needs.
pub fn in_vienna(account: Typed) -> Typed {
    account
        .with("street", "Wagramer Straße")
        .with("building_number", "5")
        .with("post_code", "1220")
        .with("town", "Vienna")
        .with("country", "AT")
}

/// Enters the Fund's account, and has it confirmed.
pub async fn fund_account(world: &World, approver: &Context, account: &Typed) {
    let administrator = world.staff(Role::Administrator).await;
    let account = in_vienna(account.clone());
    backend::disbursements::write_fund_account(&administrator, &account).await.unwrap();
    let seen = Typed::default().with("seen", administrator.now.to_rfc3339());
    backend::disbursements::confirm_fund_account(approver, &seen).await.unwrap();
}

/// Verifies the bank details as they are at an instant.
pub async fn verify(officer: &Context, organisation: OrganisationId, now: DateTime<Utc>) -> backend::Result<()> {
    let officer = later(officer, now);
    let seen = backend::organisations::bank_details(&officer, organisation).await?.unwrap().updated_at;
    let typed = Typed::default().with("note", "Called the bank").with("seen", seen.to_rfc3339());
    backend::organisations::verify_bank_details(&officer, organisation, &typed).await
}

/// Bank details written and, a second later, verified.
pub async fn account_verified(
    signatory: &Context,
    officer: &Context,
    organisation: OrganisationId,
    number: &str,
    now: DateTime<Utc>,
) {
    let write = backend::organisations::write_bank_details;
    write(&later(signatory, now), organisation, &account(number)).await.unwrap();
    verify(officer, organisation, now + chrono::TimeDelta::seconds(1)).await.unwrap();
}

/// Keeps what an award or an acceptance would have kept for the donors of a grant whose rows were written by hand.
pub async fn kept(world: &World, grant: i64) {
    let system = world.at(Actor::system(), noon());
    let work = system.begin_money().await.unwrap();
    donor_sums::renew(&work, GrantId(grant)).await.unwrap();
    work.commit().await.unwrap();
}

/// A donor's pledge of USD 100,000, received in full, 13 per cent set aside.
async fn received(world: &World, earmark: Earmark) -> i64 {
    let donor = world
        .insert(
            "INSERT INTO donors (name, kind, contact_name, contact_email, contact_phone, language, created_at) \
             VALUES ('Norway', 'member-state', 'K', 'k@example.org', '', 'en', '2026-01-01 00:00:00+00:00')",
        )
        .await;
    let number = uuid::Uuid::now_v7();
    let pledged = world
        .insert(&format!(
            "INSERT INTO pledges (donor_id, currency, amount_minor, usd_minor, rate, instrument, date, earmark, psc_basis_points, \
             note, command_id, created_at) VALUES ({donor}, 'USD', 10000000, 10000000, '1', 'agreement', '2026-01-05', '{earmark}', \
             1300, '', 'p-{number}', '2026-01-05 00:00:00+00:00')"
        ))
        .await;
    let amount = Money::usd(10_000_000);
    enter(
        world,
        Event::Pledge,
        "pledge",
        pledged,
        Some(DonorId(donor)),
        None,
        pledge(earmark, amount, amount.minor, None),
    )
    .await;
    let row = world
        .insert(&format!(
            "INSERT INTO receipts (pledge_id, currency, amount_minor, date, booked_on, bank_reference, rate, usd_minor, credited_minor, settled_minor, \
             settled_usd_minor, psc_usd_minor, command_id, created_at) VALUES ({pledged}, 'USD', 10000000, '2026-01-10', '2026-01-10', 'B-{number}', \
             '1', 10000000, 10000000, 10000000, 10000000, 1300000, 'r-{number}', '2026-01-10 00:00:00+00:00')"
        ))
        .await;
    let parts = ReceiptParts {
        earmark,
        amount,
        usd_minor: amount.minor,
        rate: None,
        charge_minor: 0,
        charge_usd_minor: 0,
        settled: amount,
        settled_usd_minor: amount.minor,
        settled_rate: None,
        excess_minor: 0,
        excess_usd_minor: 0,
        psc_usd_minor: 1_300_000,
    };
    enter(world, Event::Receipt, "receipt", row, Some(DonorId(donor)), None, receipt(&parts)).await;
    row
}

/// Posts an entry, and gives its identifier.
pub async fn enter(
    world: &World,
    event: Event,
    source_kind: &'static str,
    source_id: i64,
    donor: Option<DonorId>,
    grant: Option<GrantId>,
    postings: Vec<Posting>,
) -> i64 {
    let context = world.system();
    let command_id = command();
    let work = context.begin_money().await.unwrap();
    let date = context.today();
    let entry = NewEntry {
        event,
        date,
        source_kind,
        source_id,
        donor,
        grant,
        command_id: &command_id,
        reverses: None,
        postings,
    };
    let id = post(&work, entry).await.unwrap();
    work.commit().await.unwrap();
    id.into()
}

async fn plan(world: &World, grant: i64) {
    for planned in default_instalments(AWARD, 2) {
        let after = planned.after_report.map_or("NULL".to_owned(), |report| report.to_string());
        world
            .sql(&format!(
                "INSERT INTO instalments (grant_id, number, usd_minor, condition, after_report) VALUES ({grant}, {}, {}, '{}', {after})",
                planned.number, planned.usd_minor, planned.condition
            ))
            .await;
    }
    for (position, category, amount) in [(1, "staff", 2_000_000), (2, "supplies", 2_500_001), (3, "travel", 500_000)] {
        world
            .sql(&format!(
                "INSERT INTO grant_budget_lines (grant_id, position, category, description, requested_usd_minor) \
                 VALUES ({grant}, {position}, '{category}', 'Line {position}', {amount})"
            ))
            .await;
    }
    world
        .sql(&format!(
            "INSERT INTO grant_indicators (grant_id, position, indicator, unit, baseline, target) \
             VALUES ({grant}, 1, 'People sheltered', 'people', 0, 40)"
        ))
        .await;
}

impl Case {
    /// The agreement offered and countersigned; it runs for 12 months from 1 June 2026, so that reports are due
    /// on 30 December 2026 and 30 July 2027.
    pub async fn active(self) -> Self {
        let agreement = Typed::default().with("start_date", "2026-06-01").with("months", "12");
        backend::grants::offer(&self.officer, self.grant, &agreement).await.unwrap();
        let signed = Typed::default().with("accept", "yes").with("full_name", "Maya Rai");
        backend::grants::countersign(&self.signatory, self.grant, &signed).await.unwrap();
        self
    }

    /// Records that a member of staff has a tie with the organisation.
    pub async fn tie(&self, person: &Context) -> TieId {
        let form = Typed::default()
            .with("organisation", "casa AURORA")
            .with("since", "2026-05-01")
            .with("note", "A brother works there");
        let administrator = self.world.staff(Role::Administrator).await;
        backend::users::record_tie(&administrator, person.actor.user.unwrap(), &form).await.unwrap()
    }

    /// Records that the tie has ended.
    pub async fn untie(&self, person: &Context, tie: TieId) {
        let administrator = self.world.staff(Role::Administrator).await;
        backend::users::end_tie(&administrator, person.actor.user.unwrap(), tie).await.unwrap();
    }

    /// An instalment by its number.
    pub async fn instalment(&self, number: i64) -> InstalmentId {
        let sql = format!("SELECT id AS value FROM instalments WHERE grant_id = {} AND number = {number}", self.grant);
        InstalmentId(self.world.number(&sql).await)
    }

    /// A report by its number.
    pub async fn report(&self, number: i64) -> ReportId {
        let sql = format!("SELECT id AS value FROM reports WHERE grant_id = {} AND number = {number}", self.grant);
        ReportId(self.world.number(&sql).await)
    }

    /// Requests an instalment on a day.
    pub async fn request(&self, number: i64, now: DateTime<Utc>) -> backend::Result<DisbursementId> {
        let instalment = self.instalment(number).await;
        backend::disbursements::request(&later(&self.officer, now), self.grant, instalment, &commanded()).await
    }

    /// Takes a requested disbursement through all steps to the bank's confirmation.
    pub async fn pay(&self, id: DisbursementId, now: DateTime<Utc>) {
        use backend::disbursements::{approve, certify, confirm, release};
        certify(&later(&self.certifier, now), id, &commanded()).await.unwrap();
        self.world.assert_books().await;
        approve(&later(&self.approver, now), id, &commanded()).await.unwrap();
        self.world.assert_books().await;
        release(&later(&self.finance, now), id, &commanded()).await.unwrap();
        self.world.assert_books().await;
        confirm(&later(&self.finance, now), id, &paid(&now.date_naive().to_string())).await.unwrap();
        self.world.assert_books().await;
    }

    /// Saves, submits and accepts a report.
    pub async fn reported(&self, number: i64, spent: [i64; 3], now: DateTime<Utc>) {
        let id = self.report(number).await;
        backend::reports::save(&later(&self.editor, now), id, &report_form(spent)).await.unwrap();
        backend::reports::submit(&later(&self.signatory, now), id, &signed()).await.unwrap();
        backend::reports::accept(&later(&self.officer, now), id, &Typed::default()).await.unwrap();
        self.world.assert_books().await;
    }

    /// US cents of the grant in an account of the books.
    pub async fn balance(&self, account: &str) -> i64 {
        let sql = format!(
            "SELECT CAST(COALESCE(SUM(usd_minor), 0) AS BIGINT) AS value FROM postings JOIN journal_entries \
             ON journal_entries.id = entry_id WHERE grant_id = {} AND account = '{account}'",
            self.grant
        );
        self.world.number(&sql).await
    }

    /// Entries in the books.
    pub async fn entries(&self) -> i64 {
        self.world.number("SELECT COUNT(*) AS value FROM journal_entries").await
    }
}

/// The bank's confirmation of a payment.
pub fn paid(day: &str) -> Typed {
    commanded().with("bank_reference", command()).with("paid_on", day)
}

/// The signatory's declaration under a report.
pub fn signed() -> Typed {
    Typed::default().with("declaration", "yes").with("full_name", "Maya Rai")
}

/// A complete report that spent so many cents on the three lines.
pub fn report_form(spent: [i64; 3]) -> Typed {
    let mut typed = Typed::default()
        .with("achievements", "Twelve places in the shelter were in use.")
        .with("challenges", "Winter came early.")
        .with("lessons", "Book transport before the passes close.")
        .with("safeguarding_incidents", "0")
        .with("indicators.0.indicator", "1")
        .with("indicators.0.achieved", "12")
        .with("people.0.sex", "female")
        .with("people.0.age", "adult")
        .with("people.0.movement", "cross-border")
        .with("people.0.returnee", "yes")
        .with("people.0.exploitation", "forced-labour")
        .with("people.0.help", "physical")
        .with("people.0.count", "12");
    for (row, cents) in spent.into_iter().enumerate() {
        typed.set(&format!("expenditure.{row}.line"), (row + 1).to_string());
        typed.set(&format!("expenditure.{row}.spent"), Money::usd(cents).to_decimal().to_string());
    }
    typed
}
