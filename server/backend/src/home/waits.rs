//! What waits for a person, by role: a number of records and where to find them.

use domain::amendments::{AmendmentKind, AmendmentState};
use domain::applications::ApplicationState as Application;
use domain::board::SessionState;
use domain::disbursements::DisbursementState as Disbursement;
use domain::grants::GrantState as Grant;
use domain::organisations::VettingStatus;
use domain::recoveries::RecoveryState;
use domain::reports::ReportState as Report;
use domain::reviews::ReviewState as Review;
use domain::roles::{Action, Role, Subject};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait as _, Condition, EntityTrait as _, ExprTrait as _, PaginatorTrait as _, QueryFilter as _,
    QuerySelect as _,
};

use crate::applications::entity::{application, application_count};
use crate::board::entity::{board_item, board_session, board_vote};
use crate::context::Context;
use crate::disbursements::entity::disbursement;
use crate::donors::entity::donor;
use crate::error::Result;
use crate::grants::entity::{grant, grant_amendment, recovery};
use crate::mail::stuck;
use crate::organisations::entity::organisation;
use crate::reports::entity::report;
use crate::reviews::entity::review;

/// Records of one kind that wait for somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// Key of the text, which takes the number.
    pub key: &'static str,
    /// How many; never zero.
    pub count: u64,
    /// Where they are.
    pub path: String,
    /// True when some of them are late.
    pub late: bool,
}

/// What waits for the person who asks, most pressing first.
///
/// # Errors
/// Nobody is signed in, or the database's.
pub async fn waits(context: &Context) -> Result<Vec<Waiting>> {
    context.permit(Action::UseOwnAccount, &Subject::NONE)?;
    let Some(role) = context.actor.role else { return Ok(Vec::new()) };
    let mut found = Vec::new();
    match role {
        Role::ProgrammeOfficer => programme_officer(context, &mut found).await?,
        Role::TechnicalReviewer => reviewer(context, &mut found).await?,
        Role::BoardMember => board_member(context, &mut found).await?,
        Role::ExecutiveDirector => {
            let count = applications(context, &[Application::Recommended]).await?;
            add(&mut found, "waits-decisions", count, "/board/decisions", false);
            let decide = amendments_to_decide(context).await?;
            add(&mut found, "waits-amendments", decide, "/grants/amendments", false);
        }
        Role::CertifyingOfficer | Role::ApprovingOfficer => officer(context, &mut found).await?,
        Role::FinanceOfficer => {
            officer(context, &mut found).await?;
            let open = recovery::Entity::find().filter(recovery::Column::State.eq(RecoveryState::Open.code()));
            let late = open.clone().filter(recovery::Column::Due.lt(context.today())).count(context.database()).await?;
            let open = open.count(context.database()).await?;
            add(&mut found, "waits-recoveries", open, "/grants/recoveries?filter=open", late > 0);
            let unconfirmed =
                donor::Entity::find().filter(donor::Column::ConfirmedAt.is_null()).count(context.database()).await?;
            let path = format!("/donors?filter={}", crate::donors::queries::UNCONFIRMED);
            add(&mut found, "waits-donors", unconfirmed, &path, false);
            let incoming = crate::contributions::unidentified_queries::waiting(context).await?;
            add(&mut found, "waits-bank-lines", incoming.lines, "/contributions/statements", false);
            add(&mut found, "waits-unidentified", incoming.held, "/contributions/unidentified", false);
            add(&mut found, "waits-reminders", incoming.reminders, "/contributions/overdue", false);
        }
        Role::OrganisationEditor | Role::OrganisationSignatory => organisation_member(context, &mut found).await?,
        Role::Administrator => add(&mut found, "waits-stuck-mail", stuck(context).await?, "/mail?filter=stuck", true),
        Role::Auditor | Role::DonorRepresentative => {}
    }
    Ok(found)
}

fn add(found: &mut Vec<Waiting>, key: &'static str, count: u64, path: &str, late: bool) {
    if count > 0 {
        found.push(Waiting { key, count, path: path.to_owned(), late });
    }
}

async fn applications(context: &Context, states: &[Application]) -> Result<u64> {
    let codes = states.iter().map(|state| state.code());
    let number: Option<Option<i64>> = application_count::Entity::find()
        .select_only()
        .column_as(Expr::col(application_count::Column::Number).sum().cast_as("BIGINT"), "number")
        .filter(application_count::Column::State.is_in(codes))
        .into_tuple()
        .one(context.database())
        .await?;
    Ok(number.flatten().and_then(|number| u64::try_from(number).ok()).unwrap_or(0))
}

/// What waits for somebody who signs disbursements, in the own role and in those of absent officers.
async fn officer(context: &Context, found: &mut Vec<Waiting>) -> Result<()> {
    for role in crate::disbursements::roles_now(context).await? {
        match role {
            Role::CertifyingOfficer => payments(context, found, Disbursement::Requested, "waits-certify").await?,
            Role::ApprovingOfficer => payments(context, found, Disbursement::Certified, "waits-approve").await?,
            Role::FinanceOfficer => {
                payments(context, found, Disbursement::Approved, "waits-release").await?;
                payments(context, found, Disbursement::Released, "waits-confirm").await?;
            }
            _ => {}
        }
    }
    let unverified = crate::organisations::unverified(context).await?;
    let path = format!("/organisations?filter={}", crate::organisations::queries::BANK_UNVERIFIED);
    add(found, "waits-bank-details", unverified, &path, false);
    Ok(())
}

async fn payments(context: &Context, found: &mut Vec<Waiting>, state: Disbursement, key: &'static str) -> Result<()> {
    let count = disbursement::Entity::find()
        .filter(disbursement::Column::State.eq(state.code()))
        .filter(disbursement::Column::HeldAt.is_null())
        .count(context.database())
        .await?;
    add(found, key, count, &format!("/disbursements?filter={state}"), false);
    Ok(())
}

/// Countersigned ones, and those that need no countersignature.
async fn amendments_to_decide(context: &Context) -> Result<u64> {
    let own: Vec<&str> =
        AmendmentKind::ALL.iter().filter(|kind| !kind.needs_countersignature()).map(|kind| kind.code()).collect();
    let ready = Condition::any().add(grant_amendment::Column::State.eq(AmendmentState::Countersigned.code())).add(
        Condition::all()
            .add(grant_amendment::Column::State.eq(AmendmentState::Proposed.code()))
            .add(grant_amendment::Column::Kind.is_in(own)),
    );
    Ok(grant_amendment::Entity::find().filter(ready).count(context.database()).await?)
}

async fn programme_officer(context: &Context, found: &mut Vec<Waiting>) -> Result<()> {
    let late = report::Entity::find()
        .filter(report::Column::State.is_in([Report::Due.code(), Report::Draft.code(), Report::Returned.code()]))
        .filter(report::Column::Due.lt(context.today()))
        .count(context.database())
        .await?;
    add(found, "waits-late-reports", late, "/reports?filter=late", true);
    let screen = applications(context, &[Application::Submitted]).await?;
    add(found, "waits-screening", screen, "/applications?filter=submitted", false);
    let assign = applications(context, &[Application::Eligible]).await?;
    add(found, "waits-reviewers", assign, "/applications?filter=eligible", false);
    let reports = report::Entity::find()
        .filter(report::Column::State.eq(Report::Submitted.code()))
        .count(context.database())
        .await?;
    add(found, "waits-reports", reports, "/reports?filter=submitted", false);
    let grants = grant::Entity::find()
        .filter(grant::Column::State.eq(Grant::Preparing.code()))
        .count(context.database())
        .await?;
    add(found, "waits-agreements", grants, "/grants?filter=preparing", false);
    payments(context, found, Disbursement::Returned, "waits-returned-payments").await?;
    let vetting = organisation::Entity::find()
        .filter(organisation::Column::ProfileComplete.eq(true))
        .filter(
            organisation::Column::VettingStatus
                .is_in([VettingStatus::NotVetted.code(), VettingStatus::InProgress.code()]),
        )
        .count(context.database())
        .await?;
    add(found, "waits-vetting", vetting, "/organisations?filter=not-vetted", false);
    Ok(())
}

async fn reviewer(context: &Context, found: &mut Vec<Waiting>) -> Result<()> {
    let own = context.actor.user.map_or(0, i64::from);
    let count = review::Entity::find()
        .filter(review::Column::ReviewerId.eq(own))
        .filter(review::Column::State.is_in([Review::Assigned.code(), Review::InProgress.code()]))
        .count(context.database())
        .await?;
    add(found, "waits-reviews", count, "/reviews", false);
    Ok(())
}

async fn board_member(context: &Context, found: &mut Vec<Waiting>) -> Result<()> {
    let own = context.actor.user.map_or(0, i64::from);
    let sessions: Vec<i64> = board_session::Entity::find()
        .select_only()
        .column(board_session::Column::Id)
        .filter(board_session::Column::State.eq(SessionState::UnderWay.code()))
        .into_tuple()
        .all(context.database())
        .await?;
    let items: Vec<(i64, i64)> = board_item::Entity::find()
        .select_only()
        .column(board_item::Column::Id)
        .column(board_item::Column::SessionId)
        .filter(board_item::Column::SessionId.is_in(sessions))
        .filter(board_item::Column::Outcome.is_null())
        .into_tuple()
        .all(context.database())
        .await?;
    let voted: Vec<i64> = board_vote::Entity::find()
        .select_only()
        .column(board_vote::Column::ItemId)
        .filter(board_vote::Column::MemberId.eq(own))
        .filter(board_vote::Column::ItemId.is_in(items.iter().map(|(item, _)| *item)))
        .into_tuple()
        .all(context.database())
        .await?;
    let open: Vec<i64> = items.iter().filter(|(item, _)| !voted.contains(item)).map(|(_, session)| *session).collect();
    let path = open.first().map_or_else(|| "/board".to_owned(), |session| format!("/board/{session}"));
    add(found, "waits-votes", u64::try_from(open.len()).unwrap_or(0), &path, false);
    Ok(())
}

async fn organisation_member(context: &Context, found: &mut Vec<Waiting>) -> Result<()> {
    let own = context.actor.organisation.map_or(0, i64::from);
    let database = context.database();
    let incomplete = organisation::Entity::find()
        .filter(organisation::Column::Id.eq(own))
        .filter(organisation::Column::ProfileComplete.eq(false))
        .count(database)
        .await?;
    add(found, "waits-profile", incomplete, &format!("/organisations/{own}/edit"), false);
    for (state, key) in [(Application::Returned, "waits-returned"), (Application::Draft, "waits-drafts")] {
        let count = application::Entity::find()
            .filter(application::Column::OrganisationId.eq(own))
            .filter(application::Column::State.eq(state.code()))
            .count(database)
            .await?;
        add(found, key, count, &format!("/applications?filter={state}"), state == Application::Returned);
    }
    let grants: Vec<(i64, String)> = grant::Entity::find()
        .select_only()
        .column(grant::Column::Id)
        .column(grant::Column::State)
        .filter(grant::Column::OrganisationId.eq(own))
        .into_tuple()
        .all(database)
        .await?;
    let to_sign: Vec<i64> =
        grants.iter().filter(|(_, state)| state == Grant::ToSign.code()).map(|(id, _)| *id).collect();
    let path = to_sign.first().map_or_else(|| "/grants".to_owned(), |id| format!("/grants/{id}"));
    add(found, "waits-signature", u64::try_from(to_sign.len()).unwrap_or(0), &path, false);
    if context.actor.role == Some(Role::OrganisationSignatory) {
        let countersign =
            grant_amendment::Entity::find()
                .filter(grant_amendment::Column::GrantId.is_in(grants.iter().map(|(id, _)| *id)))
                .filter(grant_amendment::Column::State.eq(AmendmentState::Proposed.code()))
                .filter(grant_amendment::Column::Kind.is_in(
                    AmendmentKind::ALL.iter().filter(|kind| kind.needs_countersignature()).map(|kind| kind.code()),
                ))
                .count(database)
                .await?;
        add(found, "waits-own-amendments", countersign, "/grants/amendments?filter=proposed", false);
    }
    let open = Condition::all()
        .add(report::Column::GrantId.is_in(grants.iter().map(|(id, _)| *id)))
        .add(report::Column::State.is_in([Report::Due.code(), Report::Draft.code(), Report::Returned.code()]));
    let late = report::Entity::find()
        .filter(open.clone())
        .filter(report::Column::Due.lt(context.today()))
        .count(database)
        .await?;
    add(found, "waits-own-late-reports", late, "/reports?filter=late", true);
    let soon = domain::time::add_days(context.today(), 30);
    let due = report::Entity::find()
        .filter(open)
        .filter(report::Column::Due.gte(context.today()))
        .filter(report::Column::Due.lte(soon))
        .count(database)
        .await?;
    add(found, "waits-own-reports", due, "/reports", false);
    Ok(())
}
