//! Entering a pledge: what the donor promises, when it is due, and the entry that counts on it.

use chrono::NaiveDate;
use domain::contributions::{Earmark, PLEDGE, PledgeInstalment, STANDARD_PSC_BASIS_POINTS, instalments};
use domain::errors::{AppError, FieldErrors};
use domain::forms::{Answers, Typed};
use domain::ids::{DonorId, PledgeId};
use domain::ledger::{self, Event, UsedRate};
use domain::message::Message;
use domain::money::Money;
use domain::roles::{Action, Role, Subject};
use domain::time::month_start;
use rust_decimal::Decimal;
use sea_orm::{ActiveModelTrait as _, ColumnTrait as _, EntityTrait as _, QueryFilter as _, Set};

use super::change::ChangeKind;
use super::entity::{pledge, pledge_change, pledge_instalment};
use super::rates::{rate_on, to_usd};
use crate::audit;
use crate::context::{Context, Work};
use crate::donors::entity::donor;
use crate::error::Result;
use crate::ledger::{NewEntry, find_command, post};

/// A pledge whose form was read and checked.
struct Checked {
    donor: DonorId,
    amount: Money,
    date: NaiveDate,
    earmark: Earmark,
    psc_basis_points: i64,
    instalments: Vec<PledgeInstalment>,
}

/// Enters a pledge: finance for any donor, a representative for the own one. The same form sent twice pledges once
/// and gives the first pledge.
///
/// # Errors
/// Not allowed, wrong fields, no rate of exchange for the day, or the database's.
pub async fn pledge(context: &Context, typed: &Typed) -> Result<PledgeId> {
    context.permit(Action::WritePledges, &Subject::NONE)?;
    let answers = PLEDGE.read(typed)?;
    let checked = check(context, &answers)?;
    context.permit(Action::WritePledges, &Subject::donor(checked.donor))?;
    let work = context.begin_money().await?;
    if let Some(first) = repeated(&work, &checked, answers.text("command_id")).await? {
        return Ok(first);
    }
    let found = donor::Entity::find_by_id(checked.donor.0).one(&work.transaction).await?;
    let donor = found.ok_or_else(|| {
        FieldErrors::one("donor", Message::new("error-no-such-choice").with("value", answers.text("donor")))
    })?;
    // Anybody may register as a donor; what is pledged stands in the books for good.
    if context.actor.is(Role::DonorRepresentative) && donor.confirmed_at.is_none() {
        return Err(AppError::refused("refused-donor-not-confirmed").into());
    }
    let rate = rate_on(&work.transaction, checked.amount.currency, checked.date).await?;
    let usd_minor = to_usd(checked.amount, rate)?;
    let row = insert(&work, &answers, &checked, rate, usd_minor).await?;
    let entry = NewEntry {
        event: Event::Pledge,
        date: checked.date,
        source_kind: "pledge",
        source_id: row.id,
        donor: Some(checked.donor),
        grant: None,
        command_id: answers.text("command_id"),
        reverses: None,
        postings: ledger::pledge(
            checked.earmark,
            checked.amount,
            usd_minor,
            UsedRate::of(checked.amount.currency, rate, checked.date),
        ),
    };
    post(&work, entry).await?;
    audit::record::<(), _>(&work, "audit-pledge-made", audit::Kind::Pledge, row.id, None, Some(&row)).await?;
    work.commit().await?;
    Ok(PledgeId(row.id))
}

/// The rules beyond single fields, all errors at once.
fn check(context: &Context, answers: &Answers) -> Result<Checked> {
    let mut errors = FieldErrors::default();
    let amount = answers.money("amount").unwrap_or(Money::usd(0));
    let date = answers.date("date").unwrap_or_default();
    if amount.minor < 1 {
        errors.add("amount", Message::new("error-contribution-zero"));
    }
    if date > context.today() {
        errors.add("date", Message::new("error-contribution-future"));
    }
    // The months before are reported already; only finance enters a pledge into them.
    if context.actor.is(Role::DonorRepresentative) && date < month_start(context.today()) {
        errors.add("date", Message::new("error-pledge-before-month").with("from", month_start(context.today())));
    }
    for (row, instalment) in answers.group("instalments") {
        if instalment.minor("amount") < 1 {
            errors.add(&format!("instalments.{row}.amount"), Message::new("error-contribution-zero"));
        }
    }
    let typed_psc = answers.decimal("psc_per_cent").map(|per_cent| per_cent.checked_mul(Decimal::ONE_HUNDRED));
    let psc_basis_points = typed_psc
        .map_or(Some(STANDARD_PSC_BASIS_POINTS), |points| points.and_then(|points| i64::try_from(points).ok()))
        .unwrap_or(STANDARD_PSC_BASIS_POINTS);
    // A donor cannot lower what the Fund's own work costs; finance can, where an agreement says so.
    if context.actor.is(Role::DonorRepresentative) && psc_basis_points != STANDARD_PSC_BASIS_POINTS {
        errors.add("psc_per_cent", Message::new("error-psc-by-finance"));
    }
    let planned = match instalments(answers, amount, date) {
        Ok(planned) => planned,
        Err(wrong) => {
            errors.0.extend(wrong.0);
            Vec::new()
        }
    };
    errors.into_result()?;
    Ok(Checked {
        donor: DonorId(answers.id("donor").unwrap_or(0)),
        amount,
        date,
        earmark: Earmark::from_code(answers.text("earmark")).unwrap_or(Earmark::None),
        psc_basis_points,
        instalments: planned,
    })
}

/// The pledge that the same form made before. Another content under the same id is no repeat, and is refused.
async fn repeated(work: &Work<'_>, checked: &Checked, command_id: &str) -> Result<Option<PledgeId>> {
    let Some((event, id)) = find_command(work, command_id).await? else { return Ok(None) };
    let first = match event == Event::Pledge.code() {
        true => pledge::Entity::find_by_id(id).one(&work.transaction).await?,
        false => None,
    };
    // Amended since, the pledge has another amount than the form had.
    let amended = amended_by(work, id).await?;
    let same = first.is_some_and(|first| {
        first.donor_id == checked.donor.0
            && first.amount_minor - amended == checked.amount.minor
            && first.currency == checked.amount.currency.code()
            && first.date == checked.date
            && first.earmark == checked.earmark.code()
    });
    if same { Ok(Some(PledgeId(id))) } else { Err(AppError::refused("refused-command-used").into()) }
}

/// By how much a pledge was amended, in its currency.
async fn amended_by(work: &Work<'_>, id: i64) -> Result<i64> {
    let changes = pledge_change::Entity::find()
        .filter(pledge_change::Column::PledgeId.eq(id))
        .filter(pledge_change::Column::Kind.eq(ChangeKind::Amended.code()))
        .all(&work.transaction)
        .await?;
    Ok(changes.iter().map(|change| change.amount_minor).sum())
}

async fn insert(
    work: &Work<'_>,
    answers: &Answers,
    checked: &Checked,
    rate: Decimal,
    usd_minor: i64,
) -> Result<pledge::Model> {
    let row = pledge::ActiveModel {
        donor_id: Set(checked.donor.into()),
        currency: Set(checked.amount.currency.code().to_owned()),
        amount_minor: Set(checked.amount.minor),
        usd_minor: Set(usd_minor),
        rate: Set(rate.normalize().to_string()),
        instrument: Set(answers.text("instrument").to_owned()),
        date: Set(checked.date),
        earmark: Set(checked.earmark.code().to_owned()),
        psc_basis_points: Set(checked.psc_basis_points),
        note: Set(answers.text("note").to_owned()),
        written_down_minor: Set(0),
        written_down_usd_minor: Set(0),
        command_id: Set(answers.text("command_id").to_owned()),
        created_by: Set(work.context.actor.user.map(Into::into)),
        created_at: Set(work.context.now),
        ..Default::default()
    }
    .insert(&work.transaction)
    .await?;
    let due = checked.instalments.iter().map(|instalment| pledge_instalment::ActiveModel {
        pledge_id: Set(row.id),
        due: Set(instalment.due),
        amount_minor: Set(instalment.amount.minor),
        withdrawn_at: Set(None),
        ..Default::default()
    });
    pledge_instalment::Entity::insert_many(due).exec_without_returning(&work.transaction).await?;
    Ok(row)
}
