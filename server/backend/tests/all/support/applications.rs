//! An open call, an organisation that is ready to apply, and an application with everything in it.

use backend::{Context, applications, calls, documents};
use domain::applications::{DocumentKind, Section};
use domain::errors::AppError;
use domain::forms::Typed;
use domain::ids::{ApplicationId, CallId, OrganisationId};
use domain::roles::Role;
use sea_orm::ConnectionTrait as _;

use super::World;

/// The form of a call that is open at [`super::noon`]: 1 May to 30 June 2026, Vienna time.
pub fn call_form() -> Typed {
    let mut typed = calls::initial()
        .with("title", "Call 2026")
        .with("objectives", "Direct help to people who were trafficked.")
        .with("themes", "trafficking")
        .with("themes", "post-trafficking")
        .with("priority_groups", "women")
        .with("opens_on", "2026-05-01")
        .with("closes_on", "2026-06-30");
    typed.push("priority_groups", "children");
    typed
}

/// A published call that is open at noon.
pub async fn open_call(world: &World) -> CallId {
    let officer = world.staff(Role::ProgrammeOfficer).await;
    let id = calls::create(&officer, &call_form()).await.unwrap();
    calls::publish(&officer, id).await.unwrap();
    id
}

/// An organisation with a complete profile, registered in 2015 and vetted.
pub async fn organisation(world: &World) -> OrganisationId {
    organisation_named(world, "Casa Aurora").await
}

/// An organisation of a name.
pub async fn organisation_named(world: &World, name: &str) -> OrganisationId {
    let sql = format!(
        "INSERT INTO organisations (legal_name, country, registration_number, registration_date, kind, yearly_income_usd_minor, \
         address, contact_name, contact_email, contact_phone, experience, profile_complete, vetting_status, vetting_reason, \
         version, created_at) VALUES ('{name}', 'KE', 'R-1', '2015-03-01', 'ngo', 12000000, '1 Street', 'A. B.', \
         'office@example.org', '', 'Ten years', TRUE, 'vetted', 'Papers seen', 1, '2026-01-01 00:00:00+00:00') RETURNING id"
    );
    let database = &world.services.database;
    let statement = sea_orm::Statement::from_string(database.get_database_backend(), sql);
    let row = database.query_one_raw(statement).await.unwrap().unwrap();
    OrganisationId(row.try_get("", "id").unwrap())
}

/// A draft to an open call with every section and document in it, and the signatory who may submit it.
pub async fn complete_draft(world: &World, call: CallId) -> (Context, OrganisationId, ApplicationId) {
    let organisation = organisation(world).await;
    let signatory = world.person(Role::OrganisationSignatory, Some(organisation), None).await;
    let id = applications::create(&signatory, call, &start()).await.unwrap();
    for (section, typed) in complete_sections() {
        applications::save_section(&signatory, id, section, &typed, None).await.unwrap();
    }
    for kind in DocumentKind::ALL.iter().filter(|kind| kind.required()) {
        let bytes = format!("%PDF-1.7\n{kind}").into_bytes();
        documents::upload(&signatory, id, kind.code(), &format!("{kind}.pdf"), bytes).await.unwrap();
    }
    (signatory, organisation, id)
}

/// The same, submitted.
pub async fn submitted(world: &World, call: CallId) -> (Context, OrganisationId, ApplicationId) {
    let (signatory, organisation, id) = complete_draft(world, call).await;
    applications::submit(&signatory, id, &declaration()).await.unwrap();
    (signatory, organisation, id)
}

/// The form that starts an application.
pub fn start() -> Typed {
    Typed::default().with("title", "Safe return and recovery")
}

/// The form that submits.
pub fn declaration() -> Typed {
    Typed::default().with("declaration", "yes").with("full_name", "Amina Diallo")
}

/// A screening in which every condition is met.
pub fn eligible() -> Typed {
    let typed = Typed::default().with("reasons", "Everything is there.");
    domain::applications::ScreeningCriterion::CODES.iter().fold(typed, |typed, code| typed.with("met", *code))
}

/// A fully valid application within the Fund's usual limits: 30,000 USD over 18 months.
pub fn complete_sections() -> Vec<(Section, Typed)> {
    let text = "We work with people who were trafficked, without naming anybody.";
    let summary = Typed::default()
        .with("title", "Safe return and recovery")
        .with("theme", "post-trafficking")
        .with("country", "KE")
        .with("location", "Mombasa and Kilifi")
        .with("duration_months", "18")
        .with("start_date", "2026-10-01")
        .with("summary", text);
    let context = Typed::default()
        .with("context", "large-movements")
        .with("needs", text)
        .with("root_causes", text)
        .with("existing_services", text);
    let people = Typed::default()
        .with("selection", text)
        .with("people.0.sex", "female")
        .with("people.0.age", "adult")
        .with("people.0.movement", "cross-border")
        .with("people.0.returnee", "yes")
        .with("people.0.exploitation", "domestic-servitude")
        .with("people.0.count", "80");
    let activities = Typed::default()
        .with("help_kinds", "psychological")
        .with("services", "counselling")
        .with("activities.0.title", "Counselling")
        .with("activities.0.kind", "direct-help")
        .with("activities.0.help", "psychological")
        .with("activities.0.start_month", "1")
        .with("activities.0.end_month", "18")
        .with("activities.0.description", text);
    let results = Typed::default()
        .with("sustainability", text)
        .with("results.0.indicator", "People who received counselling")
        .with("results.0.unit", "people")
        .with("results.0.counted", "people")
        .with("results.0.baseline", "0")
        .with("results.0.target", "80")
        .with("results.0.verification", "Anonymous attendance lists");
    let safeguarding = ["risks", "mitigation", "referral", "confidentiality"]
        .into_iter()
        .fold(Typed::default(), |typed, name| typed.with(name, text));
    let safeguarding =
        domain::applications::DECLARATIONS.iter().fold(safeguarding, |typed, name| typed.with(name, "yes"));
    vec![
        (Section::Summary, summary),
        (Section::Context, context),
        (Section::People, people),
        (Section::Activities, activities),
        (Section::Results, results),
        (Section::Budget, budget()),
        (Section::Safeguarding, safeguarding),
    ]
}

fn budget() -> Typed {
    let lines = [
        ("staff", "Counsellor", "600", "18", "10800"),
        ("contractual", "Training of counsellors", "700", "18", "12600"),
        ("operating", "Rent of rooms", "275", "24", "6600"),
    ];
    lines.iter().enumerate().fold(Typed::default(), |typed, (row, (category, what, cost, times, requested))| {
        typed
            .with(&format!("lines.{row}.category"), *category)
            .with(&format!("lines.{row}.description"), *what)
            .with(&format!("lines.{row}.unit"), "month")
            .with(&format!("lines.{row}.quantity"), "1")
            .with(&format!("lines.{row}.unit_cost"), *cost)
            .with(&format!("lines.{row}.times"), *times)
            .with(&format!("lines.{row}.requested"), *requested)
            .with(&format!("lines.{row}.purpose"), "Direct help")
    })
}

/// Why something was refused.
pub fn refusal<T: std::fmt::Debug>(outcome: backend::Result<T>) -> AppError {
    AppError::from(outcome.unwrap_err())
}

/// The key of the first message of a refusal; empty for one without.
pub fn key(error: &AppError) -> &str {
    match error {
        AppError::Refused(message) | AppError::Conflict(message) => &message.key,
        AppError::Invalid(errors) => &errors.0[0].message.key,
        _ => "",
    }
}
