//! Records that reviews and the Board start from: a call with criteria, vetted organisations, applications in a
//! given state with their budget and results, and money received, entered as the books want it.

use backend::ledger::{NewEntry, post};
use chrono::NaiveDate;
use domain::contributions::Earmark;
use domain::forms::Typed;
use domain::ids::{ApplicationId, CallId, DonorId, OrganisationId, ReviewId};
use domain::ledger::{self, Event, ReceiptParts};
use domain::money::Money;
use domain::reviews::default_criteria;
use domain::roles::Role;
use sea_orm::{ConnectionTrait as _, Statement};

use super::World;

pub const TIME: &str = "2026-01-01 00:00:00+00:00";

/// The number in the first column of the first row.
pub async fn number(world: &World, sql: &str) -> i64 {
    let statement = Statement::from_string(world.services.database.get_database_backend(), sql.to_owned());
    let row = world.services.database.query_one_raw(statement).await.unwrap().unwrap();
    row.try_get_by_index(0).unwrap()
}

/// A call with the usual criteria, 20,000 to 60,000 USD, past its deadline.
pub async fn call(world: &World) -> CallId {
    let id = number(
        world,
        &format!(
            "INSERT INTO calls (title, objectives, themes, priority_groups, regions, smallest_usd_minor, largest_usd_minor, \
             shortest_months, longest_months, opens_at, closes_at, state, created_at) VALUES ('Call of 2026', 'Help', \
             'trafficking', 'women', '', 2000000, 6000000, 12, 24, '{TIME}', '{TIME}', 'published', '{TIME}') RETURNING id"
        ),
    )
    .await;
    for (position, criterion) in (1..).zip(default_criteria()) {
        let sql = format!(
            "INSERT INTO call_criteria (call_id, position, criterion, weight) VALUES ({id}, {position}, '{}', {})",
            criterion.code, criterion.weight
        );
        world.sql(&sql).await;
    }
    CallId(id)
}

/// An organisation in Kenya with a vetting status.
pub async fn organisation(world: &World, vetting: &str) -> OrganisationId {
    let sql = format!(
        "INSERT INTO organisations (legal_name, country, registration_number, registration_date, kind, \
         yearly_income_usd_minor, address, street, town, contact_name, contact_email, contact_phone, experience, profile_complete, \
         vetting_status, vetting_valid_until, vetting_reason, created_at) VALUES ('Shelter House', 'KE', 'R1', '2010-01-01', \
         'ngo', 10000000, 'Nairobi', 'Ngong Road', 'Nairobi', 'A. B.', 'a@example.org', '', 'Ten years', TRUE, '{vetting}', '2027-12-31', 'Checked', \
         '{TIME}') RETURNING id"
    );
    OrganisationId(number(world, &sql).await)
}

/// An application in a state that asks for an amount, with one budget line and one result.
pub async fn application(
    world: &World,
    call: CallId,
    organisation: OrganisationId,
    state: &str,
    minor: i64,
) -> ApplicationId {
    let name = uuid::Uuid::now_v7().simple().to_string();
    let sql = format!(
        "INSERT INTO applications (number, call_id, organisation_id, state, title, theme, country, duration_months, \
         requested_usd_minor, clarification, revision, updated_at, created_at) VALUES ('A-{name}', {call}, {organisation}, '{state}', \
         'Safe return {name}', 'trafficking', 'KE', 12, {minor}, '', {}, '{TIME}', '{TIME}') RETURNING id",
        i64::from(state != "draft")
    );
    let id = number(world, &sql).await;
    let amount = Money::usd(minor).to_decimal().to_string();
    let budget = Typed::default()
        .with("lines.0.category", "staff")
        .with("lines.0.description", "Counsellor")
        .with("lines.0.unit", "month")
        .with("lines.0.quantity", "1")
        .with("lines.0.unit_cost", amount.as_str())
        .with("lines.0.times", "1")
        .with("lines.0.requested", amount.as_str())
        .with("lines.0.purpose", "Counselling");
    let results = Typed::default()
        .with("sustainability", "Yes")
        .with("results.0.indicator", "Women counselled")
        .with("results.0.unit", "women")
        .with("results.0.counted", "people")
        .with("results.0.baseline", "0")
        .with("results.0.target", "40")
        .with("results.0.verification", "Register");
    for (section, typed) in [("budget", budget), ("results", results)] {
        let sql = format!(
            "INSERT INTO application_sections (application_id, section, typed, version, updated_by_name, updated_at) \
             VALUES ({id}, '{section}', '{}', 1, 'Test', '{TIME}')",
            serde_json::to_string(&typed).unwrap()
        );
        world.sql(&sql).await;
    }
    ApplicationId(id)
}

/// A review with the full points of each criterion, or the share of them that `per_cent` says.
pub fn review(per_cent: i64) -> Typed {
    let mut typed = Typed::default().with("overall", "Sound").with("recommendation", "recommend");
    for (row, criterion) in default_criteria().into_iter().enumerate() {
        typed.set(&format!("scores.{row}.criterion"), criterion.code.code());
        typed.set(&format!("scores.{row}.score"), (criterion.weight * per_cent / 100).to_string());
        typed.set(&format!("scores.{row}.comment"), "Because");
    }
    typed
}

/// A reviewed application with two submitted reviews and its mean score.
pub async fn reviewed(
    world: &World,
    call: CallId,
    organisation: OrganisationId,
    minor: i64,
    per_cent: i64,
) -> ApplicationId {
    let id = application(world, call, organisation, "reviewed", minor).await;
    for _ in 0..2 {
        let reviewer = world.staff(Role::TechnicalReviewer).await.actor.user.unwrap();
        let sql = format!(
            "INSERT INTO reviews (application_id, reviewer_id, state, conflict_reason, typed, total, recommendable, assigned_at, \
             submitted_at) VALUES ({id}, {reviewer}, 'submitted', '', '{}', {per_cent}, TRUE, '{TIME}', '{TIME}')",
            serde_json::to_string(&review(per_cent)).unwrap()
        );
        world.sql(&sql).await;
    }
    world.sql(&format!("UPDATE applications SET mean_score_hundredths = {} WHERE id = {id}", per_cent * 100)).await;
    id
}

/// Money received from a donor: so many US cents after programme support costs, posted in the books.
pub async fn money(world: &World, available_minor: i64) {
    let date = NaiveDate::from_ymd_opt(2026, 2, 1).unwrap();
    let name = uuid::Uuid::now_v7().simple().to_string();
    let donor = number(
        world,
        &format!(
            "INSERT INTO donors (name, kind, country, contact_name, contact_email, contact_phone, language, created_at) \
             VALUES ('Norway', 'member-state', 'NO', 'K. N.', 'k@example.org', '', 'en', '{TIME}') RETURNING id"
        ),
    )
    .await;
    let psc = 1_000;
    let minor = available_minor + psc;
    let pledge = number(
        world,
        &format!(
            "INSERT INTO pledges (donor_id, currency, amount_minor, usd_minor, rate, instrument, date, earmark, psc_basis_points, \
             note, command_id, created_at) VALUES ({donor}, 'USD', {minor}, {minor}, '1', 'agreement', '{date}', 'none', 1300, \
             '', 'pledge-{name}', '{TIME}') RETURNING id"
        ),
    )
    .await;
    let receipt = number(
        world,
        &format!(
            "INSERT INTO receipts (pledge_id, currency, amount_minor, date, booked_on, bank_reference, rate, usd_minor, credited_minor, settled_minor, \
             settled_usd_minor, psc_usd_minor, command_id, created_at) VALUES ({pledge}, 'USD', {minor}, '{date}', '{date}', 'B-{name}', '1', \
             {minor}, {minor}, {minor}, {minor}, {psc}, 'receipt-{name}', '{TIME}') RETURNING id"
        ),
    )
    .await;
    let parts = ReceiptParts {
        earmark: Earmark::None,
        amount: Money::usd(minor),
        usd_minor: minor,
        rate: None,
        charge_minor: 0,
        charge_usd_minor: 0,
        settled: Money::usd(minor),
        settled_usd_minor: minor,
        settled_rate: None,
        excess_minor: 0,
        excess_usd_minor: 0,
        psc_usd_minor: psc,
    };
    let entries = [
        (Event::Pledge, "pledge", pledge, ledger::pledge(Earmark::None, Money::usd(minor), minor, None)),
        (Event::Receipt, "receipt", receipt, ledger::receipt(&parts)),
    ];
    let system = world.system();
    let work = system.begin_money().await.unwrap();
    for (event, source_kind, source_id, postings) in entries {
        let command_id = format!("{source_kind}-{name}");
        let entry = NewEntry {
            event,
            date,
            source_kind,
            source_id,
            donor: Some(DonorId(donor)),
            grant: None,
            command_id: &command_id,
            reverses: None,
            postings,
        };
        post(&work, entry).await.unwrap();
    }
    work.commit().await.unwrap();
}

/// The state of an application as it stands in the database.
pub async fn state(world: &World, application: ApplicationId) -> String {
    let sql = format!("SELECT state FROM applications WHERE id = {application}");
    let statement = Statement::from_string(world.services.database.get_database_backend(), sql);
    world.services.database.query_one_raw(statement).await.unwrap().unwrap().try_get_by_index(0).unwrap()
}

/// The reviewer's own number, as the form that assigns wants it.
pub fn reviewer(context: &backend::Context) -> Typed {
    Typed::default().with("reviewer", context.actor.user.unwrap().to_string())
}

/// Declares that there is no conflict of interest.
pub async fn no_conflict(context: &backend::Context, id: ReviewId) {
    backend::reviews::declare(context, id, &Typed::default().with("conflict", "none")).await.unwrap();
}
