//! What waits for a person, by role: a number of records and where to find them.

use domain::applications::ApplicationState as Application;
use domain::board::SessionState;
use domain::grants::GrantState as Grant;
use domain::message::Argument;
use domain::recoveries::RecoveryState;
use domain::reports::ReportState as Report;
use domain::roles::{Action, Role, Subject};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QuerySelect as _};

use crate::applications::entity::application;
use crate::applications::{Awaited, count_awaited, visible};
use crate::board::entity::{board_item, board_session, board_vote};
use crate::board::open_items;
use crate::context::Context;
use crate::contributions::{OVERDUE, overdue_pledges};
use crate::disbursements::DisbursementTask;
use crate::disbursements::entity::disbursement;
use crate::donors;
use crate::donors::entity::donor;
use crate::error::Result;
use crate::grants::amendments::queries as amendments;
use crate::grants::entity::{grant, grant_amendment, recovery};
use crate::grants::recoveries::queries as recoveries;
use crate::grants::{INDICATORS_UNCONFIRMED, INSTALMENT_DUE, has_instalment_due, has_unconfirmed_indicator};
use crate::mail::stuck;
use crate::organisations::entity::organisation;
use crate::organisations::queries::{TO_VET, VETTING_LAPSES, to_vet, vetting_ends_before, vetting_lapses};
use crate::page::{MOST_WAITING, count_up_to, count_waiting};
use crate::reports::entity::report;
use crate::reports::queries::{SOON, late, soon};
use crate::reviews::entity::review;
use crate::reviews::queries::to_hand_in;
use crate::users::entity::invitation;
use crate::users::{INVITATIONS_TO_CONFIRM, to_confirm};

/// Records of one kind that wait for somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// Key of the text, which takes the number.
    pub key: &'static str,
    /// How many; never zero, and no more than `most`.
    pub count: u64,
    /// As far as they were counted.
    pub most: u64,
    /// Where they are.
    pub path: String,
    /// True when some of them are late.
    pub late: bool,
}

impl Waiting {
    /// How many, as people read it: beyond a number it no longer matters.
    #[must_use]
    pub fn number(&self) -> Argument {
        match i64::try_from(self.count) {
            Ok(number) if self.count < self.most => Argument::from(number),
            _ => Argument::Text(format!("{}+", self.most - 1)),
        }
    }
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
            let count = applications(context, Application::Recommended).await?;
            add(&mut found, "waits-decisions", count, "/board/decisions", false);
            let decide =
                count_waiting(context.database(), grant_amendment::Entity::find().filter(amendments::to_decide()))
                    .await?;
            let path = format!("/grants/amendments?filter={}", amendments::TO_DECIDE);
            add(&mut found, "waits-amendments", decide, &path, false);
        }
        Role::CertifyingOfficer | Role::ApprovingOfficer => officer(context, &mut found).await?,
        Role::FinanceOfficer => {
            officer(context, &mut found).await?;
            let open = recovery::Entity::find().filter(recovery::Column::State.eq(RecoveryState::Open.code()));
            let late =
                count_up_to(context.database(), open.clone().filter(recoveries::is_late(context.today())), 1).await?;
            let open = count_waiting(context.database(), open).await?;
            add(&mut found, "waits-recoveries", open, "/grants/recoveries?filter=open", late > 0);
            let unconfirmed =
                count_waiting(context.database(), donor::Entity::find().filter(donors::queries::to_confirm())).await?;
            let path = format!("/donors?filter={}", donors::queries::UNCONFIRMED);
            add(&mut found, "waits-donors", unconfirmed, &path, false);
            let incoming = crate::contributions::unidentified_queries::waiting(context).await?;
            add(&mut found, "waits-bank-lines", incoming.lines, "/contributions/statements", false);
            add(&mut found, "waits-unidentified", incoming.held, "/contributions/unidentified", false);
            add(&mut found, "waits-reminders", incoming.reminders, "/contributions/overdue", false);
        }
        Role::OrganisationEditor | Role::OrganisationSignatory => organisation_member(context, &mut found).await?,
        Role::Administrator => add(&mut found, "waits-stuck-mail", stuck(context).await?, "/mail?filter=stuck", true),
        Role::DonorRepresentative => representative(context, &mut found).await?,
        Role::Auditor => {}
    }
    if context.permit(Action::ConfirmInvitations, &Subject::NONE).is_ok() {
        let proposed =
            count_waiting(context.database(), invitation::Entity::find().filter(to_confirm(context))).await?;
        let path = format!("/users/invitations?filter={INVITATIONS_TO_CONFIRM}");
        add(&mut found, "waits-invitations", proposed, &path, false);
    }
    Ok(found)
}

fn add(found: &mut Vec<Waiting>, key: &'static str, count: u64, path: &str, late: bool) {
    add_of(found, key, (count, MOST_WAITING), path, late);
}

/// The same, of records that were counted no further than `most`.
fn add_of(found: &mut Vec<Waiting>, key: &'static str, (count, most): (u64, u64), path: &str, late: bool) {
    if count > 0 {
        found.push(Waiting { key, count: Ord::min(count, most), most, path: path.to_owned(), late });
    }
}

/// How many submitted applications are in a state.
async fn applications(context: &Context, state: Application) -> Result<u64> {
    let query = visible(context).filter(application::Column::State.eq(state.code()));
    count_waiting(context.database(), query).await
}

/// What waits for somebody who signs disbursements, in the own role and in those of absent officers.
async fn officer(context: &Context, found: &mut Vec<Waiting>) -> Result<()> {
    for role in crate::disbursements::roles_now(context).await? {
        match role {
            Role::CertifyingOfficer => payments(context, found, DisbursementTask::Certify, "waits-certify").await?,
            Role::ApprovingOfficer => payments(context, found, DisbursementTask::Approve, "waits-approve").await?,
            Role::FinanceOfficer => {
                payments(context, found, DisbursementTask::Release, "waits-release").await?;
                payments(context, found, DisbursementTask::Confirm, "waits-confirm").await?;
            }
            _ => {}
        }
    }
    let unverified = crate::organisations::unverified(context).await?;
    let path = format!("/organisations?filter={}", crate::organisations::queries::BANK_UNVERIFIED);
    add(found, "waits-bank-details", unverified, &path, false);
    let account = u64::from(crate::disbursements::waits_for_confirmation(context).await?);
    add(found, "waits-fund-account", account, "/disbursements/batches", false);
    let accounts = crate::contributions::statements::accounts_to_confirm(context).await?;
    add(found, "waits-listed-accounts", accounts, "/contributions/accounts", false);
    Ok(())
}

async fn payments(
    context: &Context,
    found: &mut Vec<Waiting>,
    task: DisbursementTask,
    key: &'static str,
) -> Result<()> {
    let count = count_waiting(context.database(), disbursement::Entity::find().filter(task.condition())).await?;
    add(found, key, count, &format!("/disbursements?filter={task}"), false);
    Ok(())
}

/// Applications that wait for more than their state says.
async fn awaited(context: &Context, found: &mut Vec<Waiting>, what: Awaited, key: &'static str) -> Result<()> {
    // What was returned is late once its day has passed, and then the secretariat decides.
    let late = what == Awaited::Decision;
    add(found, key, count_awaited(context, what).await?, &format!("/applications?filter={what}"), late);
    Ok(())
}

async fn programme_officer(context: &Context, found: &mut Vec<Waiting>) -> Result<()> {
    let database = context.database();
    let late = count_waiting(database, report::Entity::find().filter(late(context.today()))).await?;
    add(found, "waits-late-reports", late, "/reports?filter=late", true);
    awaited(context, found, Awaited::Decision, "waits-unanswered").await?;
    let screen = applications(context, Application::Submitted).await?;
    add(found, "waits-screening", screen, "/applications?filter=submitted", false);
    let assign = applications(context, Application::Eligible).await?;
    add(found, "waits-reviewers", assign, "/applications?filter=eligible", false);
    awaited(context, found, Awaited::Reviewers, "waits-more-reviewers").await?;
    awaited(context, found, Awaited::Session, "waits-sessions").await?;
    let closed = board_session::Entity::find().filter(board_session::Column::State.eq(SessionState::Closed.code()));
    let path = format!("/board?filter={}", SessionState::Closed);
    add(found, "waits-unreleased", count_waiting(database, closed).await?, &path, false);
    let reports =
        count_waiting(database, report::Entity::find().filter(report::Column::State.eq(Report::Submitted.code())))
            .await?;
    add(found, "waits-reports", reports, "/reports?filter=submitted", false);
    let grants =
        count_waiting(database, grant::Entity::find().filter(grant::Column::State.eq(Grant::Preparing.code()))).await?;
    add(found, "waits-agreements", grants, "/grants?filter=preparing", false);
    // Of each one all conditions of payment are asked: that there are more than ten is enough to know.
    let most = 11;
    let due = count_up_to(database, grant::Entity::find().filter(has_instalment_due(context.today())), most).await?;
    add_of(found, "waits-instalments", (due, most), &format!("/grants?filter={INSTALMENT_DUE}"), false);
    let indicators = count_waiting(database, grant::Entity::find().filter(has_unconfirmed_indicator())).await?;
    add(found, "waits-indicators", indicators, &format!("/grants?filter={INDICATORS_UNCONFIRMED}"), false);
    payments(context, found, DisbursementTask::PutRight, "waits-returned-payments").await?;
    let vetting = count_waiting(database, organisation::Entity::find().filter(to_vet())).await?;
    add(found, "waits-vetting", vetting, &format!("/organisations?filter={TO_VET}"), false);
    let today = context.today();
    let lapses = count_waiting(database, organisation::Entity::find().filter(vetting_lapses(today))).await?;
    let lapsed = organisation::Entity::find().filter(vetting_ends_before(today));
    let late = lapses > 0 && count_up_to(database, lapsed, 1).await? > 0;
    add(found, "waits-vetting-lapses", lapses, &format!("/organisations?filter={VETTING_LAPSES}"), late);
    Ok(())
}

async fn reviewer(context: &Context, found: &mut Vec<Waiting>) -> Result<()> {
    let own = context.actor.user.map_or(0, i64::from);
    let count = count_waiting(
        context.database(),
        review::Entity::find().filter(review::Column::ReviewerId.eq(own)).filter(to_hand_in()),
    )
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
        .filter(open_items())
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
    let incomplete = count_waiting(
        database,
        organisation::Entity::find()
            .filter(organisation::Column::Id.eq(own))
            .filter(organisation::Column::ProfileComplete.eq(false)),
    )
    .await?;
    add(found, "waits-profile", incomplete, &format!("/organisations/{own}/edit"), false);
    awaited(context, found, Awaited::Answer, "waits-returned").await?;
    awaited(context, found, Awaited::Submission, "waits-drafts").await?;
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
    let path = match to_sign.as_slice() {
        [only] => format!("/grants/{only}"),
        _ => format!("/grants?filter={}", Grant::ToSign),
    };
    add(found, "waits-signature", u64::try_from(to_sign.len()).unwrap_or(0), &path, false);
    if context.actor.role == Some(Role::OrganisationSignatory) {
        let countersign = grant_amendment::Entity::find()
            .filter(grant_amendment::Column::GrantId.is_in(grants.iter().map(|(id, _)| *id)))
            .filter(amendments::to_countersign());
        let countersign = count_waiting(database, countersign).await?;
        let path = format!("/grants/amendments?filter={}", amendments::TO_COUNTERSIGN);
        add(found, "waits-own-amendments", countersign, &path, false);
    }
    let own = report::Entity::find().filter(report::Column::GrantId.is_in(grants.iter().map(|(id, _)| *id)));
    let overdue = count_waiting(database, own.clone().filter(late(context.today()))).await?;
    add(found, "waits-own-late-reports", overdue, "/reports?filter=late", true);
    let due = count_waiting(database, own.filter(soon(context.today()))).await?;
    add(found, "waits-own-reports", due, &format!("/reports?filter={SOON}"), false);
    Ok(())
}

/// A donor's own instalments that should have come.
async fn representative(context: &Context, found: &mut Vec<Waiting>) -> Result<()> {
    let Some(donor) = context.actor.donor else { return Ok(()) };
    let count = overdue_pledges(context, Some(donor)).await?;
    add(found, "waits-own-pledges", count, &format!("/contributions?filter={OVERDUE}"), true);
    Ok(())
}

/// What is overdue in the whole Fund, with the lists that hold it.
///
/// # Errors
/// Not allowed, or the database's.
pub async fn overdue_lists(context: &Context) -> Result<Vec<Waiting>> {
    for action in [Action::ReadReports, Action::ReadContributions, Action::ReadRecoveries] {
        context.permit(action, &Subject::NONE)?;
    }
    let (database, today) = (context.database(), context.today());
    let mut found = Vec::new();
    let reports = count_waiting(database, report::Entity::find().filter(late(today))).await?;
    add(&mut found, "waits-late-reports", reports, "/reports?filter=late", true);
    let pledges = overdue_pledges(context, None).await?;
    add(&mut found, "waits-overdue-pledges", pledges, &format!("/contributions?filter={OVERDUE}"), true);
    let recoveries = count_waiting(database, recovery::Entity::find().filter(recoveries::is_late(today))).await?;
    add(
        &mut found,
        "waits-late-recoveries",
        recoveries,
        &format!("/grants/recoveries?filter={}", recoveries::LATE),
        true,
    );
    Ok(found)
}
