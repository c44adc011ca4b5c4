//! Reminders of overdue instalments: drafted by the system, sent to the donor's contact only once a person approves, and
//! never twice for the same instalment and level.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, NaiveDate, Utc};
use domain::contributions::{is_awaited, reminder_level};
use domain::errors::AppError;
use domain::ids::{PledgeId, PledgeReminderId, UserId};
use domain::matching::payment_reference;
use domain::message::Argument;
use domain::money::Money;
use domain::roles::{Action, Subject};
use domain::users::Language;
use i18n::Reader;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _, Set,
};

use super::entity::{pledge, pledge_instalment, pledge_reminder};
use super::planned;
use crate::audit;
use crate::context::{Context, Work};
use crate::donors::entity::donor;
use crate::error::{Result, unknown_code};
use crate::mail::{self, MailKind, Recipient};
use crate::page::{Page, PageRequest, page_of_both};

domain::code_list! {
    /// How far a reminder is.
    ReminderState, "reminder-state", {
        Drafted = "drafted",
        Sent = "sent",
        Dropped = "dropped",
    }
}

/// An instalment that should have come.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Overdue {
    instalment: i64,
    pledge: i64,
    donor: i64,
    due: NaiveDate,
    open: Money,
    whole: Money,
}

/// An overdue instalment as shown, with the reminder that waits, if one does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OverdueRow {
    /// The pledge.
    pub pledge: PledgeId,
    /// Whose.
    pub donor_name: String,
    /// When it was due.
    pub due: NaiveDate,
    /// What of it is still to come.
    pub open: Money,
    /// Days since it was due.
    pub days: i64,
    /// Levels at which the donor was reminded, with the time of each.
    pub reminded: Vec<(i64, DateTime<Utc>)>,
    /// The draft that waits for approval.
    pub draft: Option<Draft>,
}

/// A reminder as it would be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// Identifier.
    pub id: PledgeReminderId,
    /// First, second or third.
    pub level: i64,
    /// To whom.
    pub to: String,
    /// Subject, in the donor's language.
    pub subject: String,
    /// Text, in the donor's language.
    pub text: String,
}

/// What is overdue on a day, of these pledges.
fn overdue(pledges: Vec<planned::Planned>, today: NaiveDate) -> Vec<Overdue> {
    let mut found = Vec::new();
    for planned in pledges {
        let late = planned.instalments.into_iter().filter(|one| one.due < today && is_awaited(one.unpaid));
        found.extend(late.map(|one| Overdue {
            instalment: one.id,
            pledge: planned.pledge.id,
            donor: planned.pledge.donor_id,
            due: one.due,
            open: one.unpaid,
            whole: one.whole,
        }));
    }
    found.sort_by_key(|one| (one.due, one.instalment));
    found
}

async fn donors<C: ConnectionTrait>(database: &C, ids: HashSet<i64>) -> Result<HashMap<i64, donor::Model>> {
    let rows = donor::Entity::find().filter(donor::Column::Id.is_in(ids)).all(database).await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

/// Drafts the reminders that are due, and gives how many. A level that is left out because a higher one is due already
/// is not drafted any more.
///
/// # Errors
/// Not allowed, or the database's.
pub async fn draft(context: &Context) -> Result<usize> {
    context.permit(Action::WriteReceipts, &Subject::NONE)?;
    let work = context.begin_money().await?;
    let found = overdue(planned::load(&work.transaction).await?, context.today());
    let unpaid = "pledge_reminders.instalment_id IN (SELECT id FROM pledge_instalments WHERE is_open)";
    let known = pledge_reminder::Entity::find().filter(Expr::cust(unpaid)).all(&work.transaction).await?;
    let mut highest: HashMap<i64, i64> = HashMap::new();
    for row in known {
        let level = highest.entry(row.instalment_id).or_default();
        *level = Ord::max(row.level, *level);
    }
    let mut drafted = 0;
    for one in found {
        let level = reminder_level(one.due, context.today());
        if level <= highest.get(&one.instalment).copied().unwrap_or(0) {
            continue;
        }
        drop_waiting(&work, one.instalment).await?;
        let row = pledge_reminder::ActiveModel {
            instalment_id: Set(one.instalment),
            pledge_id: Set(one.pledge),
            level: Set(level),
            state: Set(ReminderState::Drafted.code().to_owned()),
            drafted_at: Set(context.now),
            ..Default::default()
        };
        let row = row.insert(&work.transaction).await?;
        let (action, kind) = ("audit-pledge-reminder-drafted", audit::Kind::Pledge);
        audit::record::<(), _>(&work, action, kind, one.pledge, None, Some(&row)).await?;
        drafted += 1;
    }
    if drafted > 0 {
        work.commit().await?;
    }
    Ok(drafted)
}

/// A lower level that nobody approved is overtaken; nobody decided it.
async fn drop_waiting(work: &Work<'_>, instalment: i64) -> Result<()> {
    let waiting = pledge_reminder::Entity::find()
        .filter(pledge_reminder::Column::InstalmentId.eq(instalment))
        .filter(pledge_reminder::Column::State.eq(ReminderState::Drafted.code()))
        .all(&work.transaction)
        .await?;
    for before in waiting {
        decide(work, before, ReminderState::Dropped, None, "audit-pledge-reminder-overtaken").await?;
    }
    Ok(())
}

fn recipient(donor: &donor::Model) -> Recipient {
    Recipient {
        address: donor.contact_email.clone(),
        name: donor.contact_name.clone(),
        language: Language::from_code(&donor.language).unwrap_or(Language::English),
    }
}

fn arguments(one: &Overdue, level: i64, donor: &donor::Model) -> [(&'static str, Argument); 6] {
    [
        ("level", level.into()),
        ("donor", donor.name.as_str().into()),
        ("open", one.open.into()),
        ("amount", one.whole.into()),
        ("due", one.due.into()),
        ("reference", payment_reference(PledgeId(one.pledge)).into()),
    ]
}

/// What is overdue page by page, with what was sent and what waits for approval: first that of which a reminder waits,
/// then the oldest.
///
/// # Errors
/// Not allowed, or the database's.
pub async fn list(context: &Context, request: &PageRequest) -> Result<Page<OverdueRow>> {
    context.permit(Action::ReadLedger, &Subject::NONE)?;
    let database = context.database();
    // Asked of each instalment, and not by a list of all: its page ends after a few of them.
    let drafted = Condition::all().add(Expr::cust(format!(
        "EXISTS (SELECT 1 FROM pledge_reminders WHERE pledge_reminders.instalment_id = pledge_instalments.id \
         AND pledge_reminders.state = '{}')",
        ReminderState::Drafted
    )));
    let all = pledge_instalment::Entity::find()
        .filter(pledge_instalment::Column::Due.lt(context.today()))
        .filter(Expr::cust("pledge_instalments.is_open"))
        .order_by_asc(pledge_instalment::Column::Due)
        .order_by_asc(pledge_instalment::Column::Id);
    let parts = (all.clone().filter(drafted.clone()), all.clone().filter(drafted.not()));
    let Page { rows: instalments, total, more, page } = page_of_both(context, all, parts, request).await?;
    let pledges = pledge::Entity::find()
        .filter(pledge::Column::Id.is_in(instalments.iter().map(|row| row.pledge_id)))
        .all(database)
        .await?;
    let donors = donors(database, pledges.iter().map(|row| row.donor_id).collect()).await?;
    let late = overdue(planned::of(database, pledges).await?, context.today());
    let mut late: HashMap<i64, Overdue> = late.into_iter().map(|one| (one.instalment, one)).collect();
    let mut reminders: HashMap<i64, Vec<pledge_reminder::Model>> = HashMap::new();
    let found = pledge_reminder::Entity::find()
        .filter(pledge_reminder::Column::InstalmentId.is_in(instalments.iter().map(|row| row.id)))
        .order_by_asc(pledge_reminder::Column::Level)
        .all(database)
        .await?;
    for row in found {
        reminders.entry(row.instalment_id).or_default().push(row);
    }
    let mut rows = Vec::new();
    for instalment in instalments {
        // Paid between two of these queries: the next look finds it gone.
        let Some(one) = late.remove(&instalment.id) else { continue };
        let Some(donor) = donors.get(&one.donor) else { continue };
        let known = reminders.remove(&instalment.id).unwrap_or_default();
        rows.push(overdue_row(one, donor, known, context.today())?);
    }
    Ok(Page { rows, total, more, page })
}

fn overdue_row(
    one: Overdue,
    donor: &donor::Model,
    known: Vec<pledge_reminder::Model>,
    today: NaiveDate,
) -> Result<OverdueRow> {
    let (mut reminded, mut draft) = (Vec::new(), None);
    for row in known {
        match ReminderState::from_code(&row.state).ok_or_else(|| unknown_code("state", &row.state))? {
            ReminderState::Sent => reminded.extend(row.decided_at.map(|at| (row.level, at))),
            ReminderState::Drafted => draft = Some(shown(&one, &row, donor)),
            ReminderState::Dropped => {}
        }
    }
    Ok(OverdueRow {
        pledge: PledgeId(one.pledge),
        donor_name: donor.name.clone(),
        due: one.due,
        open: one.open,
        days: (today - one.due).num_days(),
        reminded,
        draft,
    })
}

fn shown(one: &Overdue, row: &pledge_reminder::Model, donor: &donor::Model) -> Draft {
    let to = recipient(donor);
    let reader = Reader::new(to.language);
    let arguments = arguments(one, row.level, donor);
    Draft {
        id: PledgeReminderId(row.id),
        level: row.level,
        to: format!("{} <{}>", to.name, to.address),
        subject: reader.with("mail-pledge-overdue-subject", &arguments),
        text: reader.with("mail-pledge-overdue-text", &arguments),
    }
}

async fn load(work: &Work<'_>, id: PledgeReminderId) -> Result<pledge_reminder::Model> {
    let found = pledge_reminder::Entity::find_by_id(id.0).lock_exclusive().one(&work.transaction).await?;
    Ok(found.ok_or(AppError::NotFound)?)
}

/// Approves a reminder, which sends it. Approving again sends nothing more.
///
/// # Errors
/// Not allowed, not found, dropped before, paid in the meantime, or the database's.
pub async fn approve(context: &Context, id: PledgeReminderId) -> Result<()> {
    context.permit(Action::WriteReceipts, &Subject::NONE)?;
    let work = context.begin_money().await?;
    let row = load(&work, id).await?;
    match ReminderState::from_code(&row.state) {
        Some(ReminderState::Sent) => return Ok(()),
        Some(ReminderState::Drafted) => {}
        _ => return Err(AppError::refused("refused-reminder-dropped").into()),
    }
    let pledges = pledge::Entity::find_by_id(row.pledge_id).all(&work.transaction).await?;
    let late = overdue(planned::of(&work.transaction, pledges).await?, context.today());
    let Some(one) = late.into_iter().find(|one| one.instalment == row.instalment_id) else {
        return Err(AppError::refused("refused-reminder-paid").into());
    };
    let donor = donor::Entity::find_by_id(one.donor).one(&work.transaction).await?.ok_or(AppError::NotFound)?;
    let once = format!("pledge-overdue-{}-{}", row.instalment_id, row.level);
    let link = format!("/contributions/{}", one.pledge);
    let arguments = arguments(&one, row.level, &donor);
    mail::queue(&work, &recipient(&donor), MailKind::PledgeOverdue, &arguments, Some(&link), Some(&once)).await?;
    decide(&work, row, ReminderState::Sent, context.actor.user, "audit-pledge-reminded").await?;
    work.commit().await
}

/// Decides that a reminder is not sent. Deciding it again changes nothing.
///
/// # Errors
/// Not allowed, not found, sent before, or the database's.
pub async fn decline(context: &Context, id: PledgeReminderId) -> Result<()> {
    context.permit(Action::WriteReceipts, &Subject::NONE)?;
    let work = context.begin_money().await?;
    let row = load(&work, id).await?;
    match ReminderState::from_code(&row.state) {
        Some(ReminderState::Dropped) => return Ok(()),
        Some(ReminderState::Drafted) => {}
        _ => return Err(AppError::refused("refused-reminder-sent").into()),
    }
    decide(&work, row, ReminderState::Dropped, context.actor.user, "audit-pledge-not-reminded").await?;
    work.commit().await
}

/// Ends the waiting of a reminder; nobody decided one that was overtaken.
async fn decide(
    work: &Work<'_>,
    before: pledge_reminder::Model,
    state: ReminderState,
    decided_by: Option<UserId>,
    action: &str,
) -> Result<()> {
    let mut change: pledge_reminder::ActiveModel = before.clone().into();
    change.state = Set(state.code().to_owned());
    change.decided_by = Set(decided_by.map(Into::into));
    change.decided_at = Set(Some(work.context.now));
    let after = change.update(&work.transaction).await?;
    audit::record(work, action, audit::Kind::Pledge, after.pledge_id, Some(&before), Some(&after)).await
}
