//! Reading reports.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use domain::budgets::BudgetCategory;
use domain::errors::AppError;
use domain::forms::{Answers, Typed};
use domain::ids::{GrantId, OrganisationId, ReportId};
use domain::money::Money;
use domain::reports::{
    REPORT, ReportKind, ReportPoint, ReportState, ReportedPeople, SOON_DAYS, check, expenditure, is_late,
    reported_people, results,
};
use domain::roles::{Action, Role, Subject};
use domain::time::add_days;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait as _, Condition, EntityTrait as _, JoinType, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};

use super::content::{Plan, category_of};
use super::entity::report;
use super::step::state_of;
use crate::context::Context;
use crate::error::{Error, Result, unknown_code};
use crate::grants::entity::grant;
use crate::organisations::entity::organisation;
use crate::organisations::queries::names as organisation_names;
use crate::page::{Page, PageRequest, matches, page_of};
use crate::users::entity::user;

/// The value of the list's filter that asks for late reports, besides the states.
pub const LATE: &str = "late";

/// The value of the list's filter that asks for reports that are due within [`SOON_DAYS`].
pub const SOON: &str = "soon";

/// Reports that the organisation has not sent, or has to send again.
fn awaited() -> Condition {
    let open = [ReportState::Due, ReportState::Draft, ReportState::Returned].map(|state| format!("'{state}'"));
    // The states are written out in the order of the index `reports_awaited`, by which SQLite knows it again.
    Condition::all().add(Expr::cust(format!("reports.state IN ({})", open.join(", "))))
}

/// Reports that should be here and are not.
pub(crate) fn late(today: NaiveDate) -> Condition {
    awaited().add(report::Column::Due.lt(today))
}

/// Reports that are due soon.
pub(crate) fn soon(today: NaiveDate) -> Condition {
    awaited().add(report::Column::Due.gte(today)).add(report::Column::Due.lte(add_days(today, SOON_DAYS)))
}

/// A report in a list.
#[derive(Clone, Debug, PartialEq)]
pub struct ReportRow {
    /// Identifier.
    pub id: ReportId,
    /// The grant.
    pub grant: GrantId,
    /// The grant's number.
    pub grant_number: String,
    /// Title of the grant.
    pub title: String,
    /// Who reports.
    pub organisation: String,
    /// Number of the report.
    pub number: i64,
    /// Interim or final.
    pub kind: ReportKind,
    /// First day that it covers.
    pub period_start: NaiveDate,
    /// Last day that it covers.
    pub period_end: NaiveDate,
    /// Last day in time.
    pub due: NaiveDate,
    /// How far.
    pub state: ReportState,
    /// True when it should be here and is not.
    pub late: bool,
}

/// A budget line with what was spent.
#[derive(Clone, Debug, PartialEq)]
pub struct LineView {
    /// Number of the line, which the form's hidden field holds.
    pub position: i64,
    /// Category.
    pub category: BudgetCategory,
    /// What for.
    pub description: String,
    /// Budget of the whole grant.
    pub budget: Money,
    /// Accepted expenditure of earlier reports.
    pub before: Money,
    /// Spent in this period.
    pub spent: Money,
    /// Why it strays.
    pub explanation: String,
}

impl LineView {
    /// Spent since the beginning.
    #[must_use]
    pub const fn so_far(&self) -> Money {
        Money::usd(self.before.minor.saturating_add(self.spent.minor))
    }
}

/// An indicator with what was achieved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResultView {
    /// Number of the indicator, which the form's hidden field holds.
    pub position: i64,
    /// What is measured.
    pub indicator: String,
    /// Of what the numbers are.
    pub unit: String,
    /// At the start.
    pub baseline: i64,
    /// At the end.
    pub target: i64,
    /// Achieved in earlier accepted reports.
    pub before: i64,
    /// Achieved in this period.
    pub achieved: i64,
    /// Comment.
    pub comment: String,
}

/// One report.
#[derive(Clone, Debug, PartialEq)]
pub struct ReportView {
    /// As in a list.
    pub row: ReportRow,
    /// The organisation.
    pub organisation: OrganisationId,
    /// The secretariat's last comments.
    pub comments: String,
    /// The draft's version.
    pub version: i64,
    /// What was typed; none while it is a draft that only the organisation may read.
    pub typed: Option<Typed>,
    /// Who sent it, as typed.
    pub signed_name: String,
    /// When.
    pub submitted_at: Option<DateTime<Utc>>,
    /// Who assessed it.
    pub assessor: Option<String>,
    /// When.
    pub assessed_at: Option<DateTime<Utc>>,
    /// Budget against spending.
    pub lines: Vec<LineView>,
    /// Targets against results.
    pub results: Vec<ResultView>,
    /// People helped.
    pub people: Vec<ReportedPeople>,
    /// What the rules say of it.
    pub points: Vec<ReportPoint>,
}

/// Reports page by page, those due first at the top; searched by the grant's number and title and the
/// organisation's name; the filter is a [`ReportState`], [`LATE`] or [`SOON`]. An organisation's members see their own only.
///
/// # Errors
/// Not allowed, or the database's.
pub async fn list(context: &Context, request: &PageRequest) -> Result<Page<ReportRow>> {
    context.permit(Action::ReadReports, &Subject::NONE)?;
    let grant_of = report::Entity::belongs_to(grant::Entity).from(report::Column::GrantId).to(grant::Column::Id).into();
    let organisation_of = grant::Entity::belongs_to(organisation::Entity)
        .from(grant::Column::OrganisationId)
        .to(organisation::Column::Id)
        .into();
    let of_organisation = context.actor.role.is_some_and(Role::of_organisation);
    let mut query = report::Entity::find();
    // Joined only where they decide something: counting a list reads none of them then.
    if of_organisation || request.folded().is_some() || ["grant", "organisation"].contains(&request.sort.as_str()) {
        query = query.join(JoinType::InnerJoin, grant_of).join(JoinType::InnerJoin, organisation_of);
    }
    if of_organisation {
        query = query.filter(grant::Column::OrganisationId.eq(context.actor.organisation.map_or(0, i64::from)));
    }
    if let Some(words) = request.folded() {
        query = query.filter(
            Condition::any()
                .add(matches(grant::Column::Search, &words))
                .add(matches(organisation::Column::Search, &words)),
        );
    }
    if request.filter == LATE {
        query = query.filter(late(context.today()));
    } else if request.filter == SOON {
        query = query.filter(soon(context.today()));
    } else if let Some(state) = ReportState::from_code(&request.filter) {
        query = query.filter(report::Column::State.eq(state.code()));
    }
    let query = match request.sort.as_str() {
        "grant" => query.order_by_asc(grant::Column::Number),
        "organisation" => query.order_by_asc(organisation::Column::LegalName),
        "state" => query.order_by_asc(report::Column::State),
        _ => query,
    };
    let query = query.order_by_asc(report::Column::Due).order_by_asc(report::Column::Id);
    let Page { rows, total, more, page } = page_of(context, query, request).await?;
    Ok(Page { rows: shown(context, rows).await?, total, more, page })
}

/// Adds grant and organisation to rows, with one query for each.
async fn shown(context: &Context, rows: Vec<report::Model>) -> Result<Vec<ReportRow>> {
    let grants: HashMap<i64, grant::Model> = grant::Entity::find()
        .filter(grant::Column::Id.is_in(rows.iter().map(|row| row.grant_id)))
        .all(context.database())
        .await?
        .into_iter()
        .map(|grant| (grant.id, grant))
        .collect();
    let owners = grants.values().map(|grant| grant.organisation_id);
    let names = organisation_names(context.database(), owners).await?;
    rows.into_iter()
        .map(|row| {
            let grant =
                grants.get(&row.grant_id).ok_or_else(|| Error::Defect(format!("report {} without a grant", row.id)))?;
            let state = state_of(&row)?;
            Ok(ReportRow {
                id: ReportId(row.id),
                grant: GrantId(grant.id),
                grant_number: grant.number.clone(),
                title: grant.title.clone(),
                organisation: names.get(&grant.organisation_id).cloned().unwrap_or_default(),
                number: row.number,
                kind: ReportKind::from_code(&row.kind).ok_or_else(|| unknown_code("report kind", &row.kind))?,
                period_start: row.period_start,
                period_end: row.period_end,
                due: row.due,
                state,
                late: is_late(state, row.due, context.today()),
            })
        })
        .collect()
}

/// One report with budget against spending and targets against results. A draft's content is the organisation's
/// own until it is submitted.
///
/// # Errors
/// Not allowed, not found, or the database's.
pub async fn get(context: &Context, id: ReportId) -> Result<ReportView> {
    context.permit(Action::ReadReports, &Subject::NONE)?;
    let database = context.database();
    let report = report::Entity::find_by_id(id.0).one(database).await?.ok_or(AppError::NotFound)?;
    let grant = grant::Entity::find_by_id(report.grant_id).one(database).await?.ok_or(AppError::NotFound)?;
    let owner = OrganisationId(grant.organisation_id);
    context.permit(Action::ReadReports, &Subject::organisation(owner))?;
    let state = state_of(&report)?;
    let own = context.actor.organisation == Some(owner) || context.actor.system;
    let text = match state {
        _ if own => Some(report.typed.as_str()),
        ReportState::Submitted | ReportState::Accepted => Some(report.typed.as_str()),
        // The organisation is changing it again: others read on what was submitted.
        ReportState::Returned => report.submitted_typed.as_deref(),
        ReportState::Due | ReportState::Draft => None,
    };
    let readable = text.is_some();
    let content: Typed = text.map(serde_json::from_str).transpose()?.unwrap_or_default();
    let (answers, _) = REPORT.read_lenient(&content);
    let plan = Plan::load(database, &report).await?;
    let row = shown(context, vec![report.clone()]).await?.pop().ok_or(AppError::NotFound)?;
    let assessor = match report.assessed_by {
        Some(person) => user::Entity::find_by_id(person).one(database).await?.map(|person| person.name),
        None => None,
    };
    let started = !content.0.is_empty();
    Ok(ReportView {
        organisation: owner,
        comments: report.comments,
        version: report.version,
        signed_name: content.get("full_name").to_owned(),
        submitted_at: report.submitted_at,
        assessor,
        assessed_at: report.assessed_at,
        lines: lines(&plan, &answers)?,
        results: result_views(&plan, &answers),
        people: reported_people(&answers),
        points: if started { check(&answers, row.kind, &plan.budget()?) } else { Vec::new() },
        typed: readable.then_some(content),
        row,
    })
}

fn lines(plan: &Plan, answers: &Answers) -> Result<Vec<LineView>> {
    let reported = expenditure(answers);
    plan.lines
        .iter()
        .map(|line| {
            let row = reported.iter().find(|row| row.line == line.position.to_string());
            Ok(LineView {
                position: line.position,
                category: category_of(line)?,
                description: line.description.clone(),
                budget: Money::usd(line.requested_usd_minor),
                before: Money::usd(plan.spent_before.get(&line.id).copied().unwrap_or(0)),
                spent: row.map_or(Money::usd(0), |row| row.spent),
                explanation: row.map(|row| row.explanation.clone()).unwrap_or_default(),
            })
        })
        .collect()
}

fn result_views(plan: &Plan, answers: &Answers) -> Vec<ResultView> {
    let reported = results(answers);
    plan.indicators
        .iter()
        .map(|indicator| {
            let row = reported.iter().find(|row| row.indicator == indicator.position.to_string());
            ResultView {
                position: indicator.position,
                indicator: indicator.indicator.clone(),
                unit: indicator.unit.clone(),
                baseline: indicator.baseline,
                target: indicator.target,
                before: plan.achieved_before.get(&indicator.id).copied().unwrap_or(0),
                achieved: row.map_or(0, |row| row.achieved),
                comment: row.map(|row| row.comment.clone()).unwrap_or_default(),
            }
        })
        .collect()
}
