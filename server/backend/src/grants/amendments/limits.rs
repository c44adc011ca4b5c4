//! How far a grant may be amended: asked when an amendment is proposed, and again when it takes effect.

use std::cmp::{max, min};
use std::collections::BTreeMap;

use domain::amendments::{AmendmentKind, AmendmentState, LineAmount, MOST_EXTENSION_MONTHS, Terms, needs_approval};
use domain::disbursements::DisbursementState;
use domain::errors::{AppError, FieldErrors};
use domain::forms::Answers;
use domain::grants::MOST_MONTHS;
use domain::ids::GrantId;
use domain::message::Message;
use domain::money::Money;
use domain::reports::ReportState;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, ExprTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _,
};

use super::budget;
use crate::calls::entity::call;
use crate::disbursements::entity::disbursement;
use crate::error::{Result, unknown_code};
use crate::grants::books;
use crate::grants::entity::{grant, grant_amendment, instalment};
use crate::reports::entity::report;

/// What an amendment asks for.
#[derive(Clone, Debug, Default)]
pub(super) struct Proposal {
    pub(super) usd_minor: i64,
    pub(super) months: i64,
    pub(super) lines: Vec<LineAmount>,
    pub(super) needs_approval: bool,
}

fn invalid<T>(field: &str, message: Message) -> Result<T> {
    Err(AppError::Invalid(FieldErrors::one(field, message)).into())
}

/// Reads what a form asks for, and refuses what goes beyond the limits.
pub(super) async fn proposal<C: ConnectionTrait>(
    database: &C,
    grant: &grant::Model,
    kind: AmendmentKind,
    answers: &Answers,
) -> Result<Proposal> {
    let mut proposal = Proposal {
        usd_minor: answers.minor("amount"),
        months: answers.count("months"),
        lines: Vec::new(),
        needs_approval: true,
    };
    if kind == AmendmentKind::Reallocation {
        proposal.lines = lines(database, grant, answers).await?;
        let approved = approved_budget(database, GrantId(grant.id)).await?;
        proposal.needs_approval = needs_approval(&approved, &proposal.lines);
    }
    check(database, grant, kind, &proposal).await?;
    Ok(proposal)
}

/// Refuses what goes beyond the limits.
pub(super) async fn check<C: ConnectionTrait>(
    database: &C,
    grant: &grant::Model,
    kind: AmendmentKind,
    proposal: &Proposal,
) -> Result<()> {
    match kind {
        AmendmentKind::Increase => check_increase(database, grant, proposal.usd_minor).await,
        AmendmentKind::Decrease => check_decrease(database, grant, proposal.usd_minor).await,
        AmendmentKind::Reallocation => check_budget(grant, &proposal.lines),
        AmendmentKind::Extension => check_extension(database, grant, proposal.months).await,
        AmendmentKind::Suspension | AmendmentKind::Resumption => Ok(()),
    }
}

async fn check_increase<C: ConnectionTrait>(database: &C, grant: &grant::Model, usd_minor: i64) -> Result<()> {
    if usd_minor <= 0 {
        return invalid("amount", Message::new("error-amendment-zero"));
    }
    let call = call::Entity::find_by_id(grant.call_id).one(database).await?.ok_or(AppError::NotFound)?;
    let left = max(call.largest_usd_minor - grant.award_usd_minor, 0);
    if usd_minor > left {
        let message = Message::new("error-amendment-above-largest")
            .with("largest", Money::usd(call.largest_usd_minor))
            .with("left", Money::usd(left));
        return invalid("amount", message);
    }
    Ok(())
}

async fn check_decrease<C: ConnectionTrait>(database: &C, grant: &grant::Model, usd_minor: i64) -> Result<()> {
    if usd_minor <= 0 {
        return invalid("amount", Message::new("error-amendment-zero"));
    }
    let most = most_decrease(database, grant).await?;
    if usd_minor > most {
        return invalid("amount", Message::new("error-amendment-decrease").with("most", Money::usd(most)));
    }
    Ok(())
}

/// By how much a grant can shrink: what is neither paid nor on its way, nor spent already, less a cent for each
/// instalment that stays.
pub(super) async fn most_decrease<C: ConnectionTrait>(database: &C, grant: &grant::Model) -> Result<i64> {
    let left = books::sum(&books::uncalled(database, grant.id).await?);
    let free = i64::try_from(free_instalments(database, grant.id).await?.len()).unwrap_or(i64::MAX);
    let accepted: Option<Option<i64>> = report::Entity::find()
        .select_only()
        .column_as(Expr::col(report::Column::SpentUsdMinor).sum().cast_as("BIGINT"), "sum")
        .filter(report::Column::GrantId.eq(grant.id))
        .filter(report::Column::State.is_in([ReportState::Accepted, ReportState::Submitted].map(ReportState::code)))
        .into_tuple()
        .one(database)
        .await?;
    let unspent = grant.award_usd_minor - accepted.flatten().unwrap_or(0);
    Ok(max(min(left - free, unspent), 0))
}

/// The instalments that no disbursement holds, by number. Only these are ever changed.
pub(super) async fn free_instalments<C: ConnectionTrait>(database: &C, grant: i64) -> Result<Vec<instalment::Model>> {
    let held: Vec<(i64, String)> = disbursement::Entity::find()
        .select_only()
        .column(disbursement::Column::InstalmentId)
        .column(disbursement::Column::State)
        .filter(disbursement::Column::GrantId.eq(grant))
        .into_tuple()
        .all(database)
        .await?;
    let mut taken = Vec::new();
    for (id, state) in held {
        let state = DisbursementState::from_code(&state).ok_or_else(|| unknown_code("disbursement state", &state))?;
        if state.holds_instalment() {
            taken.push(id);
        }
    }
    let rows = instalment::Entity::find()
        .filter(instalment::Column::GrantId.eq(grant))
        .order_by_asc(instalment::Column::Number)
        .all(database)
        .await?;
    Ok(rows.into_iter().filter(|row| !taken.contains(&row.id)).collect())
}

/// The budget that a form proposes: every line once.
async fn lines<C: ConnectionTrait>(database: &C, grant: &grant::Model, answers: &Answers) -> Result<Vec<LineAmount>> {
    let before = budget(database, GrantId(grant.id)).await?;
    let mut amounts: BTreeMap<i64, i64> = BTreeMap::new();
    for (_, row) in answers.group("lines") {
        amounts.insert(row.id("line").unwrap_or(0), row.minor("amount"));
    }
    let complete = amounts.len() == before.len() && before.iter().all(|line| amounts.contains_key(&line.position));
    if !complete {
        return invalid("lines", Message::new("error-amendment-lines"));
    }
    let after: Vec<LineAmount> = before
        .iter()
        .map(|line| LineAmount { usd_minor: amounts.get(&line.position).copied().unwrap_or(0), ..*line })
        .collect();
    if after == before {
        return invalid("lines", Message::new("error-amendment-same"));
    }
    Ok(after)
}

fn check_budget(grant: &grant::Model, lines: &[LineAmount]) -> Result<()> {
    let sum = lines.iter().fold(0_i64, |sum, line| sum.saturating_add(line.usd_minor));
    if sum == grant.award_usd_minor {
        return Ok(());
    }
    let message = Message::new("error-amendment-sum")
        .with("sum", Money::usd(sum))
        .with("award", Money::usd(grant.award_usd_minor));
    invalid("lines", message)
}

/// The budget as it was last approved: what programme officers moved alone since then is taken back.
async fn approved_budget<C: ConnectionTrait>(database: &C, id: GrantId) -> Result<Vec<LineAmount>> {
    let rows = grant_amendment::Entity::find()
        .filter(grant_amendment::Column::GrantId.eq(id.0))
        .filter(grant_amendment::Column::State.eq(AmendmentState::InForce.code()))
        .order_by_desc(grant_amendment::Column::Number)
        .all(database)
        .await?;
    let mut approved = budget(database, id).await?;
    let changes_budget = [AmendmentKind::Increase, AmendmentKind::Decrease, AmendmentKind::Reallocation];
    for row in rows.iter().filter(|row| changes_budget.iter().any(|kind| kind.code() == row.kind)) {
        if row.needs_approval {
            break;
        }
        if let Some(terms) = &row.before_terms {
            approved = serde_json::from_str::<Terms>(terms)?.lines;
        }
    }
    Ok(approved)
}

async fn check_extension<C: ConnectionTrait>(database: &C, grant: &grant::Model, months: i64) -> Result<()> {
    if months <= 0 {
        return invalid("months", Message::new("error-amendment-months"));
    }
    let before: Vec<i64> = grant_amendment::Entity::find()
        .select_only()
        .column(grant_amendment::Column::Months)
        .filter(grant_amendment::Column::GrantId.eq(grant.id))
        .filter(grant_amendment::Column::Kind.eq(AmendmentKind::Extension.code()))
        .filter(grant_amendment::Column::State.eq(AmendmentState::InForce.code()))
        .into_tuple()
        .all(database)
        .await?;
    let left = max(min(MOST_EXTENSION_MONTHS - before.iter().sum::<i64>(), MOST_MONTHS - grant.months), 0);
    if months > left {
        return invalid("months", Message::new("error-amendment-extension").with("left", left));
    }
    let last = report::Entity::find()
        .filter(report::Column::GrantId.eq(grant.id))
        .order_by_desc(report::Column::Number)
        .one(database)
        .await?;
    let open = [ReportState::Due, ReportState::Draft].map(ReportState::code);
    if last.is_some_and(|last| !open.contains(&last.state.as_str())) {
        return Err(AppError::refused("refused-amendment-final-report").into());
    }
    Ok(())
}
