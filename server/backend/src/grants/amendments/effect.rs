//! An amendment takes effect: the books, the grant and its plan change together.

use domain::amendments::{AmendmentKind, Terms};
use domain::countries;
use domain::errors::AppError;
use domain::funding::Purpose;
use domain::grants::{GrantEvent, end_date};
use domain::help::Theme;
use domain::ids::GrantId;
use domain::ledger::{Event, Posting, commitment_decreased, commitment_increased};
use domain::money::Money;
use sea_orm::{ActiveModelTrait as _, Set};

use super::limits::{Proposal, check};
use super::replan;
use crate::context::Work;
use crate::contributions::donor_sums;
use crate::error::{Result, unknown_code};
use crate::grants::entity::grant;
use crate::grants::{books, funding, step};
use crate::ledger::{NewEntry, post};

/// Applies an amendment, and gives what was agreed before and after. The caller's transaction holds the money lock.
pub(super) async fn apply(
    work: &Work<'_>,
    grant: grant::Model,
    kind: AmendmentKind,
    proposal: &Proposal,
    command_id: &str,
) -> Result<(Terms, Terms)> {
    check(&work.transaction, &grant, kind, proposal).await?;
    let before = replan::terms(&work.transaction, &grant).await?;
    let after = match kind {
        AmendmentKind::Increase => increase(work, grant, proposal.usd_minor, command_id).await?,
        AmendmentKind::Decrease => decrease(work, grant, proposal.usd_minor, command_id).await?,
        AmendmentKind::Reallocation => {
            replan::write_budget(work, &grant, &proposal.lines).await?;
            grant
        }
        AmendmentKind::Extension => extend(work, grant, proposal.months).await?,
        AmendmentKind::Suspension => step::step(work, grant, GrantEvent::Suspend, |_| ()).await?,
        AmendmentKind::Resumption => step::step(work, grant, GrantEvent::Resume, |_| ()).await?,
    };
    let after = replan::terms(&work.transaction, &after).await?;
    Ok((before, after))
}

/// What the money of a grant is used for.
pub(super) fn purpose(grant: &grant::Model) -> Result<Purpose> {
    let theme = Theme::from_code(&grant.theme).ok_or_else(|| unknown_code("theme", &grant.theme))?;
    Ok(Purpose { theme, region: countries::region(&grant.country) })
}

fn entry<'a>(
    work: &Work<'_>,
    grant: &grant::Model,
    event: Event,
    postings: Vec<Posting>,
    command_id: &'a str,
) -> NewEntry<'a> {
    NewEntry {
        event,
        date: work.context.today(),
        source_kind: "grant",
        source_id: grant.id,
        donor: None,
        grant: Some(GrantId(grant.id)),
        command_id,
        reverses: None,
        postings,
    }
}

/// Commits more, by the rule by which awards choose their receipts.
async fn increase(work: &Work<'_>, grant: grant::Model, usd_minor: i64, command_id: &str) -> Result<grant::Model> {
    let chosen = funding::choose(work, Money::usd(usd_minor), purpose(&grant)?).await?;
    let postings = commitment_increased(&chosen.by_earmark);
    let posted = post(work, entry(work, &grant, Event::CommitmentIncreased, postings, command_id)).await?;
    funding::keep(work, GrantId(grant.id), posted, &chosen.shares).await?;
    set_award(work, grant, usd_minor).await
}

/// Gives back from what is neither paid nor on its way, to the receipts that it came from.
async fn decrease(work: &Work<'_>, grant: grant::Model, usd_minor: i64, command_id: &str) -> Result<grant::Model> {
    let amounts = books::split(usd_minor, &books::uncalled(&work.transaction, grant.id).await?);
    let postings = commitment_decreased(&amounts);
    let posted = post(work, entry(work, &grant, Event::CommitmentDecreased, postings, command_id)).await?;
    funding::give_back(work, GrantId(grant.id), posted, &amounts).await?;
    set_award(work, grant, -usd_minor).await
}

async fn set_award(work: &Work<'_>, grant: grant::Model, by: i64) -> Result<grant::Model> {
    donor_sums::renew(work, GrantId(grant.id)).await?;
    let award = grant.award_usd_minor + by;
    replan::instalments(work, &grant, award).await?;
    replan::scale_budget(work, &grant, award).await?;
    let mut change: grant::ActiveModel = grant.into();
    change.award_usd_minor = Set(award);
    Ok(change.update(&work.transaction).await?)
}

async fn extend(work: &Work<'_>, grant: grant::Model, by: i64) -> Result<grant::Model> {
    let start = grant.start_date.ok_or(AppError::NotFound)?;
    let months = u32::try_from(grant.months + by).map_err(|_| AppError::refused("error-amendment-months"))?;
    replan::reports(work, &grant, start, months).await?;
    let mut change: grant::ActiveModel = grant.into();
    change.months = Set(i64::from(months));
    change.end_date = Set(Some(end_date(start, months)));
    Ok(change.update(&work.transaction).await?)
}
