//! Making a grant of an award: the commitment, the receipts that pay for it, the plan of instalments, and the
//! budget and indicators as they were applied for.

use chrono::Datelike as _;
use domain::applications::{Counted, Section};
use domain::budgets::Budget;
use domain::countries;
use domain::forms::Typed;
use domain::funding::Purpose;
use domain::grants::{GrantState, default_instalments};
use domain::help::Theme;
use domain::ids::GrantId;
use domain::ledger::{Event, commitment};
use domain::money::{Money, split_in_proportion};
use sea_orm::{ActiveModelTrait as _, ColumnTrait as _, EntityTrait as _, PaginatorTrait as _, QueryFilter as _, Set};

use super::award_conditions;
use super::entity::{grant, grant_budget_line, grant_indicator, instalment};
use super::funding::{choose, keep};
use crate::applications::entity::{application, application_section};
use crate::audit;
use crate::context::Work;
use crate::contributions::donor_sums;
use crate::error::{Error, Result, unknown_code};
use crate::ledger::{NewEntry, post};

/// Commits money to an application's grant. The caller began the work with
/// [`begin_money`](crate::Context::begin_money), so that nobody else commits the same money.
///
/// # Errors
/// `refused-not-enough-money` when what is available for the purpose does not cover the amount.
pub(crate) async fn award(
    work: &Work<'_>,
    application: &application::Model,
    amount: Money,
    conditions: &str,
    command_id: &str,
) -> Result<GrantId> {
    let theme = Theme::from_code(&application.theme).ok_or_else(|| unknown_code("theme", &application.theme))?;
    let region = countries::find(&application.country).map(|country| country.region);
    let chosen = choose(work, amount, Purpose { theme, region }).await?;
    let row = grant::ActiveModel {
        number: Set(next_number(work).await?),
        application_id: Set(application.id),
        call_id: Set(application.call_id),
        organisation_id: Set(application.organisation_id),
        title: Set(application.title.clone()),
        theme: Set(application.theme.clone()),
        country: Set(application.country.clone()),
        award_usd_minor: Set(amount.minor),
        state: Set(GrantState::Preparing.code().to_owned()),
        conditions: Set(conditions.to_owned()),
        months: Set(application.duration_months),
        created_at: Set(work.context.now),
        ..Default::default()
    }
    .insert(&work.transaction)
    .await?;
    let entry = NewEntry {
        event: Event::Commitment,
        date: work.context.today(),
        source_kind: "grant",
        source_id: row.id,
        donor: None,
        grant: Some(GrantId(row.id)),
        command_id,
        reverses: None,
        postings: commitment(&chosen.by_earmark),
    };
    let entry = post(work, entry).await?;
    keep(work, GrantId(row.id), entry, &chosen.shares).await?;
    donor_sums::renew(work, GrantId(row.id)).await?;
    plan(work, &row).await?;
    award_conditions::write(work, &row).await?;
    audit::record::<(), _>(work, "audit-grant-awarded", audit::Kind::Grant, row.id, None, Some(&row)).await?;
    Ok(GrantId(row.id))
}

/// The next number of the year, such as `G-2026-0007`.
async fn next_number(work: &Work<'_>) -> Result<String> {
    let prefix = format!("G-{}-", work.context.today().year());
    let known =
        grant::Entity::find().filter(grant::Column::Number.starts_with(&prefix)).count(&work.transaction).await?;
    Ok(format!("{prefix}{:04}", known + 1))
}

/// Writes the instalments, and copies budget and indicators of the application. Where the award is smaller than
/// what was asked for, every budget line shrinks in proportion, to the cent.
async fn plan(work: &Work<'_>, grant: &grant::Model) -> Result<()> {
    let reports = (grant.months + 5) / 6;
    for planned in default_instalments(grant.award_usd_minor, reports) {
        instalment::ActiveModel {
            grant_id: Set(grant.id),
            number: Set(planned.number),
            usd_minor: Set(planned.usd_minor),
            condition: Set(planned.condition.code().to_owned()),
            after_report: Set(planned.after_report),
            ..Default::default()
        }
        .insert(&work.transaction)
        .await?;
    }
    let budget =
        Budget::from_answers(&Section::Budget.form().read_lenient(&section(work, grant, Section::Budget).await?).0);
    let asked: Vec<i64> = budget.lines.iter().map(|line| line.requested.minor).collect();
    let shares = split_in_proportion(grant.award_usd_minor, &asked);
    for ((position, line), share) in (1..).zip(&budget.lines).zip(shares) {
        let category =
            line.category.ok_or_else(|| Error::Defect(format!("budget line {position} without a category")))?;
        grant_budget_line::ActiveModel {
            grant_id: Set(grant.id),
            position: Set(position),
            category: Set(category.code().to_owned()),
            description: Set(line.description.clone()),
            requested_usd_minor: Set(share),
            ..Default::default()
        }
        .insert(&work.transaction)
        .await?;
    }
    let (results, _) = Section::Results.form().read_lenient(&section(work, grant, Section::Results).await?);
    for (position, (_, result)) in (1..).zip(results.group("results")) {
        grant_indicator::ActiveModel {
            grant_id: Set(grant.id),
            position: Set(position),
            indicator: Set(result.text("indicator").to_owned()),
            unit: Set(result.text("unit").to_owned()),
            counted: Set(result.optional_text("counted").unwrap_or_else(|| Counted::People.code().to_owned())),
            baseline: Set(result.count("baseline")),
            target: Set(result.count("target")),
            ..Default::default()
        }
        .insert(&work.transaction)
        .await?;
    }
    Ok(())
}

/// What was typed in a section of the grant's application.
async fn section(work: &Work<'_>, grant: &grant::Model, section: Section) -> Result<Typed> {
    let row = application_section::Entity::find()
        .filter(application_section::Column::ApplicationId.eq(grant.application_id))
        .filter(application_section::Column::Section.eq(section.code()))
        .one(&work.transaction)
        .await?;
    Ok(match row {
        Some(row) => serde_json::from_str(&row.typed)?,
        None => Typed::default(),
    })
}
