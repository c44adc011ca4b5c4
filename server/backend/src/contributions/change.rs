//! Changing a pledge: another amount or other instalments, or giving a part of it up. Each with a reason, and each in
//! the books at the pledge's own rate.

use chrono::NaiveDate;
use domain::contributions::{PLEDGE_AMENDMENT, PledgeInstalment, WRITE_DOWN, instalments};
use domain::errors::{AppError, FieldErrors};
use domain::forms::{Answers, Typed};
use domain::ids::{DonorId, PledgeId};
use domain::ledger::{self, Event, Posting};
use domain::message::Message;
use domain::money::Money;
use domain::receipts::OpenPledge;
use domain::roles::{Action, Subject};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _, Set,
};
use serde::Serialize;

use super::entity::{pledge, pledge_change, pledge_instalment};
use super::rates::{to_decimal, to_usd};
use super::settle::open_pledge;
use crate::audit;
use crate::codes;
use crate::context::{Context, Work};
use crate::error::Result;
use crate::ledger::{NewEntry, check_command, find_command, post};

domain::code_list! {
    /// What was done to a pledge.
    ChangeKind, "pledge-change", { Amended = "amended", WrittenDown = "written-down" }
}

/// Amends a pledge: its amount, and when it is due. The same form sent twice amends once.
///
/// # Errors
/// Not allowed, not found, wrong fields, less than came in already, nothing that differs, or the database's.
pub async fn amend(context: &Context, id: PledgeId, typed: &Typed) -> Result<()> {
    context.permit(Action::WriteReceipts, &Subject::NONE)?;
    let (work, before, open, answers) = begin(context, id, typed, &PLEDGE_AMENDMENT).await?;
    if is_repeated(&work, id, &answers).await? {
        return Ok(());
    }
    let amount = Money::new(answers.minor("amount"), open.amount.currency);
    let mut errors = common_errors(context, &before, &answers);
    if amount.minor < open.closed_minor {
        let closed = Money::new(open.closed_minor, open.amount.currency);
        errors.add("amount", Message::new("error-amendment-below").with("closed", closed));
    }
    for (row, instalment) in answers.group("instalments") {
        if instalment.minor("amount") < 1 {
            errors.add(&format!("instalments.{row}.amount"), Message::new("error-contribution-zero"));
        }
    }
    let date = answers.date("date").unwrap_or_default();
    let planned = match instalments(&answers, amount, date) {
        Ok(planned) => planned,
        Err(wrong) => {
            errors.0.extend(wrong.0);
            Vec::new()
        }
    };
    errors.into_result()?;
    // What is closed stays what it is in the books; a pledge of exactly that leaves nothing open.
    let usd_minor = match amount.minor == open.closed_minor {
        true => open.closed_usd_minor,
        false => to_usd(amount, to_decimal(&before.rate)?)?,
    };
    let current = current_instalments(&work, id).await?;
    let planned_before = current
        .iter()
        .map(|row| PledgeInstalment { due: row.due, amount: Money::new(row.amount_minor, amount.currency) });
    let planned_before = planned_before.collect();
    let moved = replan(&work, id, current, &planned).await?;
    let difference = Money::new(amount.minor - before.amount_minor, amount.currency);
    if difference.minor == 0 && !moved {
        return Err(AppError::field("amount", "error-amendment-nothing").into());
    }
    let usd_difference = usd_minor - before.usd_minor;
    let mut change: pledge::ActiveModel = before.clone().into();
    change.amount_minor = Set(amount.minor);
    change.usd_minor = Set(usd_minor);
    let after = change.update(&work.transaction).await?;
    let change =
        NewChange { kind: ChangeKind::Amended, amount: difference, usd_minor: usd_difference, planned: &planned };
    let postings = match difference.minor {
        0 => Vec::new(),
        _ => ledger::pledge_amended(open.earmark, difference, usd_difference, open.rate),
    };
    record(&work, &before, &answers, &change, Event::PledgeAmended, postings).await?;
    let (before, after) = (Planned::new(&before, planned_before), Planned::new(&after, planned));
    audit::record(&work, "audit-pledge-amended", audit::Kind::Pledge, id.0, Some(&before), Some(&after)).await?;
    work.commit().await
}

/// Gives a pledge up, or a part of it that is still to come. The same form sent twice does so once.
///
/// # Errors
/// Not allowed, not found, wrong fields, more than is still to come, or the database's.
pub async fn write_down(context: &Context, id: PledgeId, typed: &Typed) -> Result<()> {
    context.permit(Action::WriteReceipts, &Subject::NONE)?;
    let (work, before, open, answers) = begin(context, id, typed, &WRITE_DOWN).await?;
    if is_repeated(&work, id, &answers).await? {
        return Ok(());
    }
    let amount = Money::new(answers.minor("amount"), open.amount.currency);
    let mut errors = common_errors(context, &before, &answers);
    if amount.minor > open.outstanding().minor {
        errors.add("amount", Message::new("error-write-down-above").with("outstanding", open.outstanding()));
    }
    errors.into_result()?;
    let usd_minor = open.usd_of(amount.minor)?;
    let mut change: pledge::ActiveModel = before.clone().into();
    change.written_down_minor = Set(before.written_down_minor + amount.minor);
    change.written_down_usd_minor = Set(before.written_down_usd_minor + usd_minor);
    let after = change.update(&work.transaction).await?;
    let change = NewChange { kind: ChangeKind::WrittenDown, amount, usd_minor, planned: &[] };
    let postings = ledger::pledge_written_down(open.earmark, amount, usd_minor, open.rate);
    record(&work, &before, &answers, &change, Event::PledgeWrittenDown, postings).await?;
    audit::record(&work, "audit-pledge-written-down", audit::Kind::Pledge, id.0, Some(&before), Some(&after)).await?;
    work.commit().await
}

/// Begins, locks the pledge, and reads the form in the pledge's currency, whatever the form says.
async fn begin<'a>(
    context: &'a Context,
    id: PledgeId,
    typed: &Typed,
    form: &domain::forms::Form,
) -> Result<(Work<'a>, pledge::Model, OpenPledge, Answers)> {
    let work = context.begin_money().await?;
    let found = pledge::Entity::find_by_id(id.0).lock_exclusive().one(&work.transaction).await?;
    let pledge = found.ok_or(AppError::NotFound)?;
    let mut typed = typed.clone();
    typed.set("currency", codes::currency(&pledge.currency)?.code());
    let answers = form.read(&typed)?;
    let open = open_pledge(&work.transaction, &pledge).await?;
    Ok((work, pledge, open, answers))
}

fn common_errors(context: &Context, pledge: &pledge::Model, answers: &Answers) -> FieldErrors {
    let date = answers.date("date").unwrap_or_default();
    let mut errors = FieldErrors::default();
    if answers.minor("amount") < 1 {
        errors.add("amount", Message::new("error-contribution-zero"));
    }
    if date > context.today() {
        errors.add("date", Message::new("error-contribution-future"));
    }
    if date < pledge.date {
        errors.add("date", Message::new("error-change-before-pledge").with("from", pledge.date));
    }
    errors
}

/// True when the same form changed this pledge before. Another content under the same id is refused.
async fn is_repeated(work: &Work<'_>, id: PledgeId, answers: &Answers) -> Result<bool> {
    let command_id = answers.text("command_id");
    check_command(command_id)?;
    let first = pledge_change::Entity::find()
        .filter(pledge_change::Column::CommandId.eq(command_id))
        .one(&work.transaction)
        .await?;
    let used = AppError::refused("refused-command-used");
    match first {
        Some(first) if first.pledge_id == id.0 && first.reason == answers.text("reason") => Ok(true),
        Some(_) => Err(used.into()),
        None if find_command(work, command_id).await?.is_some() => Err(used.into()),
        None => Ok(false),
    }
}

/// A pledge with its instalments by day, as the trail keeps it: an amendment may change nothing else.
#[derive(Serialize)]
struct Planned<'a> {
    #[serde(flatten)]
    pledge: &'a pledge::Model,
    instalments: Vec<PledgeInstalment>,
}

impl<'a> Planned<'a> {
    fn new(pledge: &'a pledge::Model, mut instalments: Vec<PledgeInstalment>) -> Self {
        instalments.sort_by_key(|instalment| (instalment.due, instalment.amount.minor));
        Self { pledge, instalments }
    }
}

/// The instalments of a pledge that no amendment has withdrawn.
async fn current_instalments(work: &Work<'_>, id: PledgeId) -> Result<Vec<pledge_instalment::Model>> {
    let current = pledge_instalment::Entity::find()
        .filter(pledge_instalment::Column::PledgeId.eq(id.0))
        .filter(pledge_instalment::Column::WithdrawnAt.is_null())
        .order_by_asc(pledge_instalment::Column::Id);
    Ok(current.all(&work.transaction).await?)
}

/// Puts the planned instalments in the place of those that differ, and keeps the others, with their reminders. Gives
/// whether any differs.
async fn replan(
    work: &Work<'_>,
    id: PledgeId,
    current: Vec<pledge_instalment::Model>,
    planned: &[PledgeInstalment],
) -> Result<bool> {
    let mut new: Vec<&PledgeInstalment> = planned.iter().collect();
    let mut moved = false;
    for row in current {
        let same = new.iter().position(|one| one.due == row.due && one.amount.minor == row.amount_minor);
        if let Some(same) = same {
            new.remove(same);
            continue;
        }
        moved = true;
        let mut change: pledge_instalment::ActiveModel = row.into();
        change.withdrawn_at = Set(Some(work.context.now));
        change.update(&work.transaction).await?;
    }
    for instalment in new {
        moved = true;
        let row = pledge_instalment::ActiveModel {
            pledge_id: Set(id.0),
            due: Set(instalment.due),
            amount_minor: Set(instalment.amount.minor),
            ..Default::default()
        };
        row.insert(&work.transaction).await?;
    }
    Ok(moved)
}

struct NewChange<'a> {
    kind: ChangeKind,
    amount: Money,
    usd_minor: i64,
    planned: &'a [PledgeInstalment],
}

/// Keeps the change, and posts it where the books change.
async fn record(
    work: &Work<'_>,
    pledge: &pledge::Model,
    answers: &Answers,
    change: &NewChange<'_>,
    event: Event,
    postings: Vec<Posting>,
) -> Result<()> {
    let date: NaiveDate = answers.date("date").unwrap_or_default();
    let command_id = answers.text("command_id");
    let row = pledge_change::ActiveModel {
        pledge_id: Set(pledge.id),
        kind: Set(change.kind.code().to_owned()),
        date: Set(date),
        amount_minor: Set(change.amount.minor),
        usd_minor: Set(change.usd_minor),
        reason: Set(answers.text("reason").to_owned()),
        instalments: Set(serde_json::to_string(change.planned)?),
        command_id: Set(command_id.to_owned()),
        actor: Set(work.context.actor.name.clone()),
        created_by: Set(work.context.actor.user.map(Into::into)),
        created_at: Set(work.context.now),
        ..Default::default()
    };
    row.insert(&work.transaction).await?;
    if postings.is_empty() {
        return Ok(());
    }
    let entry = NewEntry {
        event,
        date,
        source_kind: "pledge",
        source_id: pledge.id,
        donor: Some(DonorId(pledge.donor_id)),
        grant: None,
        command_id,
        reverses: None,
        postings,
    };
    post(work, entry).await?;
    Ok(())
}
