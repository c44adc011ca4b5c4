//! The people of the demo, and the organisations that they belong to.

use backend::contributions::statements;
use backend::users::{self, DemoEntry};
use backend::{Result, disbursements, organisations};
use chrono::Datelike as _;
use domain::forms::Typed;
use domain::ids::OrganisationId;
use domain::roles::{Actor, Role};

use super::Demo;
use super::data::{DONORS, EDITORS, ORGANISATIONS, PASSWORD, STAFF};

/// Everybody whom the later steps need.
pub struct People {
    /// Staff in the order of the data.
    pub staff: Vec<Actor>,
    /// Signatories in the order of the organisations.
    pub signatories: Vec<Actor>,
}

impl People {
    /// The first person of a role.
    pub fn one(&self, role: Role) -> Actor {
        self.all(role).into_iter().next().unwrap_or_else(Actor::system)
    }

    /// Everybody of a role.
    pub fn all(&self, role: Role) -> Vec<Actor> {
        self.staff.iter().filter(|actor| actor.is(role)).cloned().collect()
    }
}

/// The address of a member of staff.
pub fn address(name: &str) -> String {
    format!("{name}@fund.example.org")
}

/// The address of an organisation's signatory.
pub fn signatory_address(position: usize) -> String {
    format!("signatory{}@ngo.example.org", position + 1)
}

/// The address of an organisation's editor.
pub fn editor_address(position: usize) -> String {
    format!("editor{}@ngo.example.org", position + 1)
}

/// The address of a donor's representative.
pub fn donor_address(position: usize) -> String {
    format!("donor{}@donor.example.org", position + 1)
}

/// Enters staff, organisations with their people, vetting and bank details.
pub async fn enter(demo: &Demo) -> Result<People> {
    let hash = users::hash_password(PASSWORD).await?;
    let system = demo.at(&Actor::system(), demo.ago(1500));
    let mut staff = Vec::new();
    for (name, local, role) in STAFF {
        let entry = DemoEntry { name, email: &address(local), role: *role, organisation: None, donor: None };
        staff.push(users::enter_demo_person(&system, &entry, &hash).await?);
    }
    let mut people = People { staff, signatories: Vec::new() };
    officers(demo, &people).await?;
    let officer = people.one(Role::ProgrammeOfficer);
    for (position, organisation) in ORGANISATIONS.iter().enumerate() {
        let id = organisations::enter(&system, organisation.name, organisation.country).await?;
        let entry = DemoEntry {
            name: organisation.signatory,
            email: &signatory_address(position),
            role: Role::OrganisationSignatory,
            organisation: Some(id),
            donor: None,
        };
        let signatory = users::enter_demo_person(&system, &entry, &hash).await?;
        if let Some(name) = EDITORS.get(position) {
            let entry = DemoEntry { name, email: &editor_address(position), role: Role::OrganisationEditor, ..entry };
            users::enter_demo_person(&system, &entry, &hash).await?;
        }
        profile(demo, &signatory, id, position).await?;
        // The details of the last ones wait for somebody to verify them.
        if position < ORGANISATIONS.len() - 3 {
            verify(demo, &people.one(Role::FinanceOfficer), id).await?;
        }
        // The last three have not been vetted yet, one was refused.
        if position < ORGANISATIONS.len() - 4 {
            vet(demo, &officer, id, "vetted").await?;
        } else if position == ORGANISATIONS.len() - 4 {
            vet(demo, &officer, id, "refused").await?;
        }
        people.signatories.push(signatory);
    }
    Ok(people)
}

async fn profile(demo: &Demo, signatory: &Actor, id: OrganisationId, position: usize) -> Result<()> {
    let data = &ORGANISATIONS[position];
    let year = demo.today.year() - 6 - i32::try_from(position % 17).unwrap_or(0);
    let typed = Typed::default()
        .with("legal_name", data.name)
        .with("country", data.country)
        .with("registration_number", format!("{}-{}", data.country, 10_400 + position * 37))
        .with("registration_date", format!("{year}-{:02}-15", position % 12 + 1))
        .with("kind", ["ngo", "community-based", "survivor-led", "faith-based", "network"][position % 5])
        .with("yearly_income", format!("{}", 85_000 + (position * 13_577) % 240_000))
        .with("street", "Resource Centre")
        .with("building_number", (position % 90 + 1).to_string())
        .with("town", data.place.split(',').next().unwrap_or(data.place))
        .with("contact_name", data.signatory)
        .with("contact_email", signatory_address(position))
        .with("contact_phone", format!("+{} 555 {:04}", 20 + position, 1000 + position * 71 % 9000))
        .with(
            "experience",
            format!(
                "Since {year} we have run a shelter and an outreach team in {}. We work with the police, hospitals and \
                 schools of the area, and follow the national referral mechanism.",
                data.place
            ),
        );
    let context = demo.at(signatory, demo.ago(1000));
    organisations::update(&context, id, &typed).await?;
    let bank = Typed::default()
        .with("account_holder", data.name)
        .with(
            "bank_name",
            format!("Commercial Bank of {}", data.place.split([' ', ',']).next().unwrap_or("the Region")),
        )
        .with("bank_country", data.country)
        .with("account_number", format!("{:014}", 700_100_200_300_u64 + u64::try_from(position).unwrap_or(0) * 7919))
        .with("bic", format!("DEMO{}2XXXX", data.country));
    organisations::write_bank_details(&context, id, &bank).await
}

/// The account of the Fund from which payments leave.
pub const FUND_ACCOUNT: &str = "AT611904300234573201";
/// The account of the Fund on which euros arrive.
pub const EURO_ACCOUNT: &str = "DE89370400440532013000";

/// The Fund's accounts, the officers' limits, and a past absence of the approving officer.
async fn officers(demo: &Demo, people: &People) -> Result<()> {
    let administrator = people.one(Role::Administrator);
    let account = Typed::default()
        .with("account_holder", "UN Voluntary Trust Fund for Victims of Trafficking in Persons")
        .with("bank_name", "Demo Bank of Vienna")
        .with("bank_country", "AT")
        .with("account_number", FUND_ACCOUNT)
        .with("bic", "DEMOATWW")
        .with("street", "Wagramer Strasse")
        .with("building_number", "5")
        .with("post_code", "1220")
        .with("town", "Vienna")
        .with("country", "AT");
    let entered = demo.at(&administrator, demo.ago(1400));
    disbursements::write_fund_account(&entered, &account).await?;
    let seen = Typed::default().with("seen", entered.now.to_rfc3339());
    let approver = demo.at(&people.one(Role::ApprovingOfficer), demo.ago(1399));
    disbursements::confirm_fund_account(&approver, &seen).await?;
    let euros = Typed::default()
        .with("account_number", EURO_ACCOUNT)
        .with("currency", "EUR")
        .with("bank_name", "Demo Bank of Frankfurt");
    statements::enter_account(&entered, &euros).await?;
    for account in statements::accounts(&approver).await?.iter().filter(|account| account.number.is_some()) {
        let seen = Typed::default().with("seen", account.seen.as_str());
        statements::confirm_account(&approver, account.id, &seen).await?;
    }
    let id = |actor: &Actor| actor.user.map(|user| user.to_string()).unwrap_or_default();
    for (role, most) in [(Role::CertifyingOfficer, "60000"), (Role::ApprovingOfficer, "100000")] {
        let limit = Typed::default().with("officer", id(&people.one(role))).with("most", most);
        disbursements::set_limit(&demo.at(&administrator, demo.ago(1400)), &limit).await?;
    }
    let absence = Typed::default()
        .with("delegate", id(&people.one(Role::FinanceOfficer)))
        .with("starts_on", demo.ago(1300).to_string())
        .with("ends_on", demo.ago(1290).to_string())
        .with("reason", "Annual leave");
    let approving = demo.at(&people.one(Role::ApprovingOfficer), demo.ago(1310));
    disbursements::delegate(&approving, &absence).await?;
    Ok(())
}

/// A second person verifies the bank details.
async fn verify(demo: &Demo, officer: &Actor, id: OrganisationId) -> Result<()> {
    let context = demo.at(officer, demo.ago(990));
    let details = organisations::bank_details(&context, id).await?;
    let seen = details.map(|details| details.updated_at.to_rfc3339()).unwrap_or_default();
    let typed = Typed::default()
        .with("note", "Called the number of the registration papers; the treasurer read the account to us.")
        .with("seen", seen);
    organisations::verify_bank_details(&context, id, &typed).await
}

async fn vet(demo: &Demo, officer: &Actor, id: OrganisationId, status: &str) -> Result<()> {
    let until = domain::time::add_months(demo.today, 18);
    let typed = Typed::default().with("status", status).with("valid_until", until.to_string()).with(
        "reason",
        if status == "vetted" {
            "Registration, accounts and references checked; not on the Security Council's consolidated list."
        } else {
            "The audited accounts of the last two years could not be presented."
        },
    );
    organisations::vet(&demo.at(officer, demo.ago(980)), id, &typed).await
}

/// Enters a donor's representative.
pub async fn representative(demo: &Demo, donor: domain::ids::DonorId, position: usize, hash: &str) -> Result<Actor> {
    let entry = DemoEntry {
        name: DONORS[position].contact,
        email: &donor_address(position),
        role: Role::DonorRepresentative,
        organisation: None,
        donor: Some(donor),
    };
    users::enter_demo_person(&demo.at(&Actor::system(), demo.ago(1400)), &entry, hash).await
}
