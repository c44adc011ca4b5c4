//! What the proofs start from: everybody who moves money, signed in; an organisation that may be paid; money
//! received; and as many recommended applications as a test wants. What moves money is entered by the use cases.

use backend::{Context, contributions, donors, organisations};
use chrono::{TimeDelta, Utc};
use domain::forms::Typed;
use domain::ids::{DonorId, OrganisationId, PledgeId};
use domain::money::{LARGEST_MINOR, Money};
use domain::roles::{Actor, Role};

use super::place::Place;

const TIME: &str = "2026-01-01 00:00:00+00:00";

/// Somebody with a session.
#[derive(Clone, Debug)]
pub struct Person {
    pub cookie: String,
    pub actor: Actor,
}

/// Everybody whom a proof needs.
pub struct Fund {
    pub director: Person,
    pub officer: Person,
    pub certifier: Person,
    pub approver: Person,
    pub other_approver: Person,
    pub finance: Person,
    pub administrator: Person,
    pub signatory: Person,
    pub donor: DonorId,
    pub organisation: OrganisationId,
}

/// A command's id as a page makes it.
pub fn command() -> String {
    backend::token::new().unwrap()
}

/// Today, as a form wants it.
pub fn today() -> String {
    domain::time::vienna_date(Utc::now()).to_string()
}

/// US cents as a person types them.
pub fn typed_usd(minor: i64) -> String {
    Money::usd(minor).to_decimal().to_string()
}

impl Fund {
    /// People, an organisation with bank details and vetting, a donor.
    pub async fn new(place: &Place) -> Self {
        let organisation = OrganisationId(
            place
                .number(&format!(
                    "INSERT INTO organisations (legal_name, country, registration_number, registration_date, kind, \
                     yearly_income_usd_minor, address, town, contact_name, contact_email, contact_phone, experience, \
                     profile_complete, vetting_status, vetting_valid_until, vetting_reason, created_at) VALUES \
                     ('Shelter House', 'KE', 'R1', '2010-01-01', 'ngo', 10000000, 'Nairobi', 'Nairobi', 'A. B.', 'a@example.org', \
                     '', 'Ten years', TRUE, 'vetted', '2099-12-31', 'Checked', '{TIME}') RETURNING id"
                ))
                .await,
        );
        let finance = person(place, Role::FinanceOfficer, None).await;
        let signatory = person(place, Role::OrganisationSignatory, Some(organisation)).await;
        let donor = Typed::default()
            .with("name", "Norway")
            .with("kind", "member-state")
            .with("country", "NO")
            .with("contact_name", "Kari Nordmann")
            .with("contact_email", "kari@example.org")
            .with("language", "en");
        let account = Typed::default()
            .with("account_holder", "Shelter House")
            .with("bank_name", "Equity Bank")
            .with("bank_country", "KE")
            .with("account_number", "0123456789")
            .with("bic", "EQBLKENA");
        organisations::write_bank_details(&place.at(&signatory.actor), organisation, &account).await.unwrap();
        let verifier = place.at(&finance.actor);
        let written = organisations::bank_details(&verifier, organisation).await.unwrap().unwrap().updated_at;
        let called = Typed::default().with("note", "Called the bank").with("seen", written.to_rfc3339());
        organisations::verify_bank_details(&verifier, organisation, &called).await.unwrap();
        Self {
            donor: donors::create(&place.at(&finance.actor), &donor).await.unwrap(),
            director: person(place, Role::ExecutiveDirector, None).await,
            officer: person(place, Role::ProgrammeOfficer, None).await,
            certifier: person(place, Role::CertifyingOfficer, None).await,
            approver: person(place, Role::ApprovingOfficer, None).await,
            other_approver: person(place, Role::ApprovingOfficer, None).await,
            administrator: person(place, Role::Administrator, None).await,
            finance,
            signatory,
            organisation,
        }
    }

    /// A pledge in US cents, free of programme support costs, so that all of it can be committed.
    pub async fn pledge(&self, place: &Place, minor: i64) -> PledgeId {
        let typed = Typed::default()
            .with("donor", self.donor.to_string())
            .with("amount", typed_usd(minor))
            .with("currency", "USD")
            .with("instrument", "agreement")
            .with("date", today())
            .with("earmark", "none")
            .with("psc_per_cent", "0")
            .with("command_id", command());
        contributions::pledge(&place.at(&self.finance.actor), &typed).await.unwrap()
    }

    /// A pledge that came in.
    pub async fn money(&self, place: &Place, minor: i64) -> PledgeId {
        let pledge = self.pledge(place, minor).await;
        let typed = Typed::default()
            .with("amount", typed_usd(minor))
            .with("currency", "USD")
            .with("date", today())
            .with("bank_reference", command())
            .with("command_id", command());
        contributions::receive(&place.at(&self.finance.actor), pledge, &typed).await.unwrap();
        pledge
    }

    /// Applications that the Board recommends for the same amount, numbered from the first to the last given back.
    pub async fn recommended(&self, place: &Place, count: i64, minor: i64) -> std::ops::RangeInclusive<i64> {
        let first = place.number("SELECT COALESCE(MAX(id), 0) + 1 FROM applications").await;
        let last = first + count - 1;
        let rows = |row: &dyn Fn(i64) -> String| (first..=last).map(row).collect::<Vec<_>>().join(", ");
        // A call and a session each, so that nothing but the money makes one decision wait for another.
        let calls = rows(&|id| {
            format!(
                "({id}, 'Call', 'Help', 'trafficking', 'women', '', 2000000, 6000000, 12, 24, '{TIME}', '{TIME}', \
                 'published', '{TIME}')"
            )
        });
        place
            .sql(&format!(
                "INSERT INTO calls (id, title, objectives, themes, priority_groups, regions, smallest_usd_minor, \
                 largest_usd_minor, shortest_months, longest_months, opens_at, closes_at, state, created_at) VALUES {calls}"
            ))
            .await;
        let sessions = rows(&|id| format!("({id}, {id}, 'Session', '2026-01-01', 'closed', '{TIME}')"));
        place
            .sql(&format!("INSERT INTO board_sessions (id, call_id, title, date, state, created_at) VALUES {sessions}"))
            .await;
        let organisation = self.organisation;
        let applications = rows(&|id| {
            format!(
                "('A-{id}', {id}, {organisation}, 'recommended', 'Safe return {id}', 'trafficking', 'KE', 12, \
                 {minor}, '', 1, '{TIME}', '{TIME}')"
            )
        });
        place
            .sql(&format!(
                "INSERT INTO applications (number, call_id, organisation_id, state, title, theme, country, \
                 duration_months, requested_usd_minor, clarification, revision, updated_at, created_at) VALUES {applications}"
            ))
            .await;
        let typed = [("budget", budget(minor)), ("results", results())];
        let typed = typed.map(|(section, typed)| (section, serde_json::to_string(&typed).unwrap()));
        let sections = rows(&|id| {
            let rows = typed.iter().map(|(name, typed)| format!("({id}, '{name}', '{typed}', 1, 'Test', '{TIME}')"));
            rows.collect::<Vec<_>>().join(", ")
        });
        place
            .sql(&format!(
                "INSERT INTO application_sections (application_id, section, typed, version, updated_by_name, \
                 updated_at) VALUES {sections}"
            ))
            .await;
        let items = rows(&|id| format!("({id}, {id}, 'approve', {minor}, '', '{TIME}')"));
        place
            .sql(&format!(
                "INSERT INTO board_items (session_id, application_id, outcome, amount_usd_minor, conditions, \
                 recorded_at) VALUES {items}"
            ))
            .await;
        assert_eq!(place.number("SELECT MAX(id) FROM applications").await, last, "the applications' numbers follow");
        first..=last
    }
}

/// Enters a person with a session.
pub async fn person(place: &Place, role: Role, organisation: Option<OrganisationId>) -> Person {
    let secret = backend::token::new().unwrap();
    let id = organisation.map_or("NULL".to_owned(), |id| id.to_string());
    place
        .sql(&format!(
            "INSERT INTO users (email, name, role, organisation_id, language, state, created_at) VALUES \
             ('{secret}@example.org', 'Test {role}', '{role}', {id}, 'en', 'active', '{TIME}')"
        ))
        .await;
    place
        .sql(&format!(
            "INSERT INTO officer_limits (user_id, usd_minor, set_at) SELECT id, {LARGEST_MINOR}, '{TIME}' FROM users \
             WHERE email = '{secret}@example.org' AND role IN ('certifying-officer', 'approving-officer')"
        ))
        .await;
    let now = Utc::now();
    let (from, to) = (now.to_rfc3339(), (now + TimeDelta::days(1)).to_rfc3339());
    place
        .sql(&format!(
            "INSERT INTO sessions (token_hash, user_id, created_at, seen_at, expires_at) \
             SELECT '{}', id, '{from}', '{from}', '{to}' FROM users WHERE email = '{secret}@example.org'",
            backend::token::hash(&secret)
        ))
        .await;
    let visitor = Context::new(place.services.clone(), Actor::visitor(), now, "test");
    let found = backend::users::sessions::find(visitor.database(), &secret, now).await.unwrap().unwrap();
    Person { cookie: format!("session={secret}"), actor: found.actor }
}

fn budget(minor: i64) -> Typed {
    let amount = typed_usd(minor);
    Typed::default()
        .with("lines.0.category", "staff")
        .with("lines.0.description", "Counsellor")
        .with("lines.0.unit", "month")
        .with("lines.0.quantity", "1")
        .with("lines.0.unit_cost", amount.as_str())
        .with("lines.0.times", "1")
        .with("lines.0.requested", amount.as_str())
        .with("lines.0.purpose", "Counselling")
}

fn results() -> Typed {
    Typed::default()
        .with("sustainability", "Yes")
        .with("results.0.indicator", "Women counselled")
        .with("results.0.unit", "women")
        .with("results.0.counted", "people")
        .with("results.0.baseline", "0")
        .with("results.0.target", "40")
        .with("results.0.verification", "Register")
}
