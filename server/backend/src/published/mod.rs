//! Figures for everybody: money by year, country and theme, people helped by group, small counts suppressed
//! before they leave this crate.

pub(crate) mod people;

use std::collections::BTreeMap;

use domain::help::Theme;
use domain::ledger::{Account, PositionFigure};
use domain::published::PublishedCell;
use domain::roles::{Action, Subject};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait as _, EntityTrait as _, ExprTrait as _, FromQueryResult, QueryFilter as _, QuerySelect as _,
};

pub use self::people::PeopleFigures;
use crate::context::Context;
use crate::database;
use crate::error::Result;
use crate::grants::entity::grant_total;
use crate::ledger::kept;

/// Money of one year, in US cents.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct YearFigures {
    /// Received from donors.
    pub received: i64,
    /// Paid to partners, confirmed by the bank, less what came back. Below zero where more came back than was paid.
    pub disbursed: i64,
}

/// Grants of one country or theme.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct GrantFigures {
    /// Grants.
    pub grants: i64,
    /// Awarded, in US cents.
    pub awarded: i64,
}

/// Everything that the public page shows.
#[derive(Clone, Debug, PartialEq)]
pub struct PublicFigures {
    /// By calendar year.
    pub years: BTreeMap<i32, YearFigures>,
    /// By country code.
    pub countries: BTreeMap<String, GrantFigures>,
    /// By theme.
    pub themes: BTreeMap<Theme, GrantFigures>,
    /// By group.
    pub people: PeopleFigures,
}

/// The public figures.
///
/// # Errors
/// The database's.
pub async fn figures(context: &Context) -> Result<PublicFigures> {
    context.permit(Action::ReadPublic, &Subject::NONE)?;
    let (countries, themes) = grants(context).await?;
    Ok(PublicFigures {
        years: years(context).await?,
        countries,
        themes,
        people: people::at(context.database(), context.today()).await?,
    })
}

/// What the home page shows of the public figures.
#[derive(Clone, Debug, PartialEq)]
pub struct Summary {
    /// By calendar year.
    pub years: BTreeMap<i32, YearFigures>,
    /// By theme.
    pub themes: BTreeMap<Theme, GrantFigures>,
    /// Countries with a grant.
    pub countries: i64,
    /// People helped.
    pub helped: PublishedCell,
}

/// The public figures in short: a few rows, however many countries and groups of people there are.
///
/// # Errors
/// The database's.
pub async fn summary(context: &Context) -> Result<Summary> {
    context.permit(Action::ReadPublic, &Subject::NONE)?;
    let rows: Vec<(String, i64, i64)> = grant_total::Entity::find()
        .select_only()
        .column(grant_total::Column::Theme)
        .column_as(Expr::col(grant_total::Column::Number).sum().cast_as("BIGINT"), "grants")
        .column_as(Expr::col(grant_total::Column::AwardedUsdMinor).sum().cast_as("BIGINT"), "awarded")
        .group_by(grant_total::Column::Theme)
        .into_tuple()
        .all(context.database())
        .await?;
    let themes = rows
        .into_iter()
        .filter(|(_, grants, _)| *grants != 0)
        .filter_map(|(theme, grants, awarded)| Some((Theme::from_code(&theme)?, GrantFigures { grants, awarded })))
        .collect();
    let countries: Option<i64> = grant_total::Entity::find()
        .select_only()
        .column_as(Expr::col(grant_total::Column::Country).count_distinct().cast_as("BIGINT"), "countries")
        .filter(grant_total::Column::Number.ne(0))
        .into_tuple()
        .one(context.database())
        .await?;
    Ok(Summary {
        years: years(context).await?,
        themes,
        countries: countries.unwrap_or(0),
        helped: people::at(context.database(), context.today()).await?.by_sex_and_age.grand_total,
    })
}

#[derive(FromQueryResult)]
struct YearRow {
    fiscal_year: i64,
    account: String,
    event: String,
    usd_minor: i64,
}

/// By the rule of the Fund's position, so that the two agree to the cent: money that is held counts from the day on
/// which somebody says what it is, and what partners paid back was not disbursed.
async fn years(context: &Context) -> Result<BTreeMap<i32, YearFigures>> {
    let sql = "SELECT fiscal_year, account, event, usd_minor FROM account_years WHERE account IN ($1, $2)";
    let accounts = [Account::Cash, Account::ReceiptsUnidentified].map(|account| sea_orm::Value::from(account.code()));
    let rows: Vec<YearRow> = database::rows(context.database(), sql, accounts).await?;
    let mut years: BTreeMap<i32, YearFigures> = BTreeMap::new();
    for row in rows {
        let (account, event) = kept::key(&row.account, &row.event)?;
        let year = years.entry(i32::try_from(row.fiscal_year).unwrap_or_default()).or_default();
        year.received += PositionFigure::Received.sign(account, event) * row.usd_minor;
        year.disbursed += PositionFigure::Disbursed.sign(account, event) * row.usd_minor;
    }
    years.retain(|_, year| *year != YearFigures::default());
    Ok(years)
}

type ByCountry = BTreeMap<String, GrantFigures>;
type ByTheme = BTreeMap<Theme, GrantFigures>;

async fn grants(context: &Context) -> Result<(ByCountry, ByTheme)> {
    let rows = grant_total::Entity::find().filter(grant_total::Column::Number.ne(0)).all(context.database()).await?;
    let (mut countries, mut themes) = (ByCountry::new(), ByTheme::new());
    for row in rows {
        let mut places = vec![countries.entry(row.country).or_default()];
        if let Some(theme) = Theme::from_code(&row.theme) {
            places.push(themes.entry(theme).or_default());
        }
        for place in places {
            place.grants += row.number;
            place.awarded += row.awarded_usd_minor;
        }
    }
    Ok((countries, themes))
}
