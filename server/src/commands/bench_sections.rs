//! `fund bench-sections`, for `make bench`: eight people save sections of their drafts at once, through the whole use case
//! (permission, merging, version, checks, trail), against the same rows written bare.

use std::sync::Arc;
use std::time::Instant;

use backend::{Context, Services, applications};
use chrono::Utc;
use domain::applications::{ApplicationState, Section};
use domain::forms::Typed;
use domain::ids::ApplicationId;
use domain::roles::Actor;
use sea_orm::{ConnectionTrait as _, Statement, Value};
use tokio::task::JoinSet;

use super::{Outcome, say, services};
use crate::config::Checked;

const CLIENTS: usize = 8;
/// The section with most text.
const SECTION: Section = Section::Activities;

type Failure = Box<dyn std::error::Error + Send + Sync>;

/// A draft that one client saves over and over.
#[derive(Clone)]
struct Draft {
    id: i64,
    typed: Typed,
}

/// Saves so many times by each client and each way, and prints the figures as JSON. The database is one of
/// `fund seed-bench`.
pub async fn run(settings: &Checked, saves: usize) -> Outcome {
    let services = services(settings).await?;
    let drafts = drafts(&services).await?;
    let (mut times, seconds) = at_once(&services, &drafts, saves, true).await?;
    let (_, bare_seconds) = at_once(&services, &drafts, saves, false).await?;
    times.sort_by(f64::total_cmp);
    let percentile = |share: usize| times.get(times.len() * share / 100).copied().unwrap_or(0.0);
    let (p50, p99) = (percentile(50), percentile(99));
    let rounded = |value: f64| (value * 100.0).round() / 100.0;
    let figures = serde_json::json!({
        "saves": times.len(),
        "saves_a_second": (times.len() as f64 / seconds).round(),
        "written_bare_a_second": (times.len() as f64 / bare_seconds).round(),
        "share": rounded(bare_seconds / seconds),
        "p50_ms": rounded(p50),
        "p99_ms": rounded(p99),
        "p99_by_p50": rounded(p99 / p50),
    });
    services.database.clone().close().await?;
    say(&figures.to_string());
    Ok(0)
}

/// A draft for each client.
async fn drafts(services: &Services) -> Result<Vec<Draft>, Failure> {
    let database = &services.database;
    let sql = format!(
        "SELECT s.application_id, s.typed FROM application_sections s JOIN applications a ON a.id = s.application_id \
         WHERE a.state = '{}' AND s.section = '{SECTION}' ORDER BY a.id LIMIT {CLIENTS}",
        ApplicationState::Draft
    );
    let rows = database.query_all_raw(Statement::from_string(database.get_database_backend(), sql)).await?;
    let draft = |row: &sea_orm::QueryResult| -> Result<Draft, Failure> {
        Ok(Draft { id: row.try_get_by_index(0)?, typed: serde_json::from_str(&row.try_get_by_index::<String>(1)?)? })
    };
    let drafts: Vec<Draft> = rows.iter().map(draft).collect::<Result<_, _>>()?;
    if drafts.len() < CLIENTS { Err("there are too few drafts".into()) } else { Ok(drafts) }
}

/// All clients at once, one way: milliseconds of each save, and seconds of all.
async fn at_once(
    services: &Arc<Services>,
    drafts: &[Draft],
    saves: usize,
    whole: bool,
) -> Result<(Vec<f64>, f64), Failure> {
    let started = Instant::now();
    let mut clients = JoinSet::new();
    for draft in drafts {
        let (services, draft) = (services.clone(), draft.clone());
        clients.spawn(async move {
            let mut times = Vec::with_capacity(saves);
            for number in 0..saves {
                let started = Instant::now();
                let context = Context::new(services.clone(), Actor::system(), Utc::now(), "bench-sections");
                if whole {
                    save(&context, &draft, number).await?
                } else {
                    write_bare(&context, &draft).await?
                }
                times.push(started.elapsed().as_secs_f64() * 1000.0);
            }
            Ok::<_, Failure>(times)
        });
    }
    let mut all = Vec::new();
    while let Some(times) = clients.join_next().await {
        all.extend(times??);
    }
    Ok((all, started.elapsed().as_secs_f64()))
}

/// As the page does while somebody types: one field is another each time.
async fn save(context: &Context, draft: &Draft, number: usize) -> Result<(), Failure> {
    let mut typed = draft.typed.clone();
    typed.set("activities.0.title", format!("Activity {number} of {}", context.now.timestamp_micros()));
    applications::save_section(context, ApplicationId(draft.id), SECTION, &typed, None).await?;
    Ok(())
}

/// The same rows by SQL alone: the section, its version, the application, and the trail.
async fn write_bare(context: &Context, draft: &Draft) -> Result<(), Failure> {
    let work = context.begin().await?;
    let section = format!("WHERE application_id = $1 AND section = '{SECTION}'");
    let version = "(SELECT COALESCE(MAX(version), 0) + 1 FROM draft_versions WHERE draft = 'bench-sections')";
    let statements = [
        format!(
            "INSERT INTO draft_versions (draft, version, typed, size, saved_by, saved_by_name, saved_at) \
             SELECT 'bench-sections', {version}, typed, LENGTH(typed), updated_by, updated_by_name, updated_at \
             FROM application_sections {section}"
        ),
        format!("UPDATE application_sections SET typed = typed, updated_at = updated_at {section}"),
        "UPDATE applications SET updated_at = updated_at WHERE id = $1".to_owned(),
        "INSERT INTO audit (at, user_id, actor, role, action, subject_kind, subject_id, before, after, request_id) \
         SELECT at, user_id, actor, role, action, subject_kind, $1, before, after, request_id FROM audit \
         ORDER BY id DESC LIMIT 1"
            .to_owned(),
    ];
    for sql in statements {
        let values: [Value; 1] = [draft.id.into()];
        let statement = Statement::from_sql_and_values(work.transaction.get_database_backend(), sql, values);
        work.transaction.execute_raw(statement).await?;
    }
    Ok(work.commit().await?)
}
