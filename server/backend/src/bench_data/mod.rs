//! Data to measure with: as many applications as asked for, with all that hangs on them, written in bulk and the
//! same each time (but for the clock and the session tokens). Not a use case: only `fund seed-bench` calls it.

mod applications;
pub mod bare;
mod grants;
mod growth;
mod money;
mod payments;
mod people;
mod receipts;
mod reviews;
mod sections;
mod years;

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use domain::ids::{ApplicationId, BoardSessionId, CallId, DonorId, GrantId, ReportId};
use sea_orm::{ConnectionTrait as _, DatabaseBackend, EntityTrait, IntoActiveModel};

use crate::audit;
use crate::audit::entity::audit as trail;
use crate::context::{Context, Work};
use crate::error::{Error, Result};

/// Rows in one statement: 500 of the widest table stay below SQLite's 32,766 parameters.
const CHUNK: usize = 500;
/// Steps in one transaction. Sums that are kept are written again and again, and PostgreSQL walks through all that a row
/// was in the same transaction each time.
const STEPS: usize = 200;
/// Applications of one organisation: one for each entry of [`applications::STATES`].
const APPLICATIONS_EACH: usize = applications::STATES.len();

/// What was written, and where to look.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Seeded {
    /// Rows by table.
    pub rows: BTreeMap<String, usize>,
    /// Session tokens by role.
    pub sessions: BTreeMap<&'static str, String>,
    /// An application in review, for the programme officer.
    pub application: ApplicationId,
    /// A draft of the signatory's own organisation.
    pub draft: ApplicationId,
    /// A call with a ranking.
    pub call: CallId,
    /// The session of the Board that is under way.
    pub session: BoardSessionId,
    /// A running grant.
    pub grant: GrantId,
    /// A report that was accepted.
    pub report: ReportId,
    /// The representative's donor.
    pub donor: DonorId,
    /// A word that one title in eight holds.
    pub search: &'static str,
    /// The last page of the list of submitted applications.
    pub last_page: u64,
}

/// How much to write.
#[derive(Clone, Copy, Debug)]
pub struct Sizes {
    /// Applications; a multiple of 20.
    pub applications: usize,
    /// Postings that the books have at least.
    pub postings: usize,
    /// Pledges of each of 20 fiscal years, beyond the few that pay for the grants.
    pub pledges_a_year: usize,
}

/// Writes everything into a database that is migrated and empty; one that it was interrupted in is to be thrown away.
///
/// # Errors
/// The database's, such as when it is not empty; a defect when an entry of the books does not balance.
pub async fn seed(context: &Context, sizes: Sizes) -> Result<Seeded> {
    let Sizes { applications, postings, pledges_a_year } = sizes;
    if applications == 0 || !applications.is_multiple_of(APPLICATIONS_EACH) {
        return Err(Error::Defect(format!("the number of applications must be a multiple of {APPLICATIONS_EACH}")));
    }
    let mut bulk = Bulk { context, work: None, steps: 0, rows: BTreeMap::new() };
    let (organisations, calls) = (applications / APPLICATIONS_EACH, applications::last_call(applications));
    let sessions = people::write(&mut bulk, (organisations, calls)).await?;
    let mut books = money::Journal::new(context.now);
    let (submitted, session) = applications::write(&mut bulk, applications).await?;
    // What money moved for stands together with the entries that say so, which come last.
    let mut sources = money::write(&mut bulk, &mut books, applications).await?;
    if pledges_a_year > 0 {
        years::write(&mut bulk, &mut books, pledges_a_year).await?;
    }
    let (receipts, counted) = grants::write(&mut bulk, &mut books, &mut sources, (applications, postings)).await?;
    books.write(&mut bulk).await?;
    bulk.commit().await?;
    grants::count_people(&mut bulk, counted).await?;
    receipts::fund_grants(&mut bulk, receipts).await?;
    bulk.commit().await?;
    let rows = bulk.rows;
    let tables: Vec<String> = rows.keys().cloned().collect();
    settle(context, &tables).await?;
    Ok(Seeded {
        rows,
        sessions,
        application: ApplicationId(applications::first(domain::applications::ApplicationState::InReview)),
        draft: ApplicationId(applications::first(domain::applications::ApplicationState::Draft)),
        call: CallId(people::PAST_CALLS[1]),
        session: BoardSessionId(session),
        grant: GrantId(grants::RUNNING),
        report: ReportId(1),
        donor: DonorId(people::REPRESENTED_DONOR),
        search: sections::SEARCHED,
        last_page: submitted.div_ceil(crate::page::PAGE_SIZE),
    })
}

/// Transactions one after the other, with a count of what is inserted. Identifiers are given by the caller, from 1.
struct Bulk<'a> {
    context: &'a Context,
    /// The transaction under way.
    work: Option<Work<'a>>,
    /// What was done in it that may stand by itself.
    steps: usize,
    rows: BTreeMap<String, usize>,
}

impl<'a> Bulk<'a> {
    /// The transaction under way.
    async fn work(&mut self) -> Result<&Work<'a>> {
        if self.work.is_none() {
            self.work = Some(self.context.begin().await?);
        }
        self.work.as_ref().ok_or_else(|| Error::Defect("no transaction was begun".to_owned()))
    }

    /// The same for one of many steps, before which everything may stand as it is.
    async fn step(&mut self) -> Result<&Work<'a>> {
        if self.steps >= STEPS {
            self.commit().await?;
        }
        self.steps += 1;
        self.work().await
    }

    async fn commit(&mut self) -> Result<()> {
        self.steps = 0;
        match self.work.take() {
            Some(work) => work.commit().await,
            None => Ok(()),
        }
    }

    /// Inserts rows with the identifiers that they carry.
    async fn insert<E>(&mut self, models: Vec<E::Model>) -> Result<()>
    where
        E: EntityTrait,
        E::Model: IntoActiveModel<E::ActiveModel>,
    {
        *self.rows.entry(E::default().table_name().to_owned()).or_default() += models.len();
        let mut models = models.into_iter().peekable();
        while models.peek().is_some() {
            let chunk: Vec<E::ActiveModel> =
                models.by_ref().take(CHUNK).map(IntoActiveModel::into_active_model).collect();
            E::insert_many(chunk).exec_without_returning(&self.work().await?.transaction).await?;
        }
        Ok(())
    }
}

/// Action, number of the record, who, when, and the record as it was then.
type Act<'a> = (&'a str, i64, i64, DateTime<Utc>, Option<String>);

impl Bulk<'_> {
    /// Adds rows to the trail.
    async fn trail(&mut self, kind: audit::Kind, acts: Vec<Act<'_>>) -> Result<()> {
        let last = i64::try_from(self.rows.get("audit").copied().unwrap_or(0)).unwrap_or(0);
        let rows = acts.into_iter().zip(last + 1..).map(|((action, subject_id, person, at, after), id)| trail::Model {
            id,
            at,
            user_id: Some(person),
            actor: format!("Person {person}"),
            role: None,
            action: action.to_owned(),
            subject_kind: kind.code().to_owned(),
            subject_id,
            before: None,
            after,
            request_id: format!("seed-{id}"),
        });
        self.insert::<trail::Entity>(rows.collect()).await
    }
}

/// What upkeep would have done by the time that a database is this large: the planner knows the tables' sizes, and on
/// PostgreSQL identity columns continue after the identifiers given.
async fn settle(context: &Context, tables: &[String]) -> Result<()> {
    let database = context.database();
    if database.get_database_backend() != DatabaseBackend::Postgres {
        return Ok(crate::database::optimize(&context.services.database).await?);
    }
    let without_identity = ["sessions", "officer_limits", "account_balances", "bank_details"];
    for table in tables.iter().filter(|table| !without_identity.contains(&table.as_str())) {
        let sql = format!("SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))");
        database.execute_unprepared(&sql).await?;
    }
    database.execute_unprepared("VACUUM ANALYZE").await?;
    Ok(())
}
