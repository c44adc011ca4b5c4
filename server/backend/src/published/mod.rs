//! Figures for everybody: money by year, country and theme, people helped by group, small counts suppressed
//! before they leave this crate.

use std::collections::BTreeMap;

use domain::grants::GrantState;
use domain::help::{AgeGroup, Exploitation, HelpKind, Movement, Returnee, Sex, Theme};
use domain::ledger::{Account, Event};
use domain::published::{PublishedLists, PublishedTable, THRESHOLD, publish_lists, publish_table};
use domain::roles::{Action, Subject};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait as _, EntityTrait as _, ExprTrait as _, QueryFilter as _, QuerySelect as _};

use crate::context::Context;
use crate::error::Result;
use crate::grants::entity::grant;
use crate::ledger::entity::account_balance;
use crate::reports::entity::people_total;

/// Money of one year, in US cents.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct YearFigures {
    /// Received from donors.
    pub received: i64,
    /// Paid to partners and confirmed by the bank.
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

/// People helped, with small counts suppressed.
#[derive(Clone, Debug, PartialEq)]
pub struct PeopleFigures {
    /// Rows by sex, columns by age group.
    pub by_sex_and_age: PublishedTable,
    /// Lists of the same people: movement, returnee, exploitation, help.
    pub lists: PublishedLists,
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
    Ok(PublicFigures { years: years(context).await?, countries, themes, people: people(context).await? })
}

async fn years(context: &Context) -> Result<BTreeMap<i32, YearFigures>> {
    let events = [Event::Receipt.code(), Event::DisbursementConfirmed.code()];
    let rows: Vec<(i64, String, i64)> = account_balance::Entity::find()
        .select_only()
        .column(account_balance::Column::FiscalYear)
        .column(account_balance::Column::Event)
        .column_as(Expr::col(account_balance::Column::UsdMinor).sum().cast_as("BIGINT"), "sum")
        .filter(account_balance::Column::Account.eq(Account::Cash.code()))
        .filter(account_balance::Column::Event.is_in(events))
        .group_by(account_balance::Column::FiscalYear)
        .group_by(account_balance::Column::Event)
        .into_tuple()
        .all(context.database())
        .await?;
    let mut years: BTreeMap<i32, YearFigures> = BTreeMap::new();
    for (year, event, sum) in rows {
        let year = years.entry(i32::try_from(year).unwrap_or_default()).or_default();
        if event == Event::Receipt.code() {
            year.received += sum;
        } else {
            year.disbursed -= sum;
        }
    }
    Ok(years)
}

type ByCountry = BTreeMap<String, GrantFigures>;
type ByTheme = BTreeMap<Theme, GrantFigures>;

async fn grants(context: &Context) -> Result<(ByCountry, ByTheme)> {
    let rows: Vec<(String, String, i64, i64)> = grant::Entity::find()
        .select_only()
        .column(grant::Column::Country)
        .column(grant::Column::Theme)
        .column_as(Expr::col(grant::Column::Id).count().cast_as("BIGINT"), "number")
        .column_as(Expr::col(grant::Column::AwardUsdMinor).sum().cast_as("BIGINT"), "awarded")
        .filter(grant::Column::State.ne(GrantState::Terminated.code()))
        .group_by(grant::Column::Country)
        .group_by(grant::Column::Theme)
        .into_tuple()
        .all(context.database())
        .await?;
    let (mut countries, mut themes) = (ByCountry::new(), ByTheme::new());
    for (country, theme, number, awarded) in rows {
        let mut places = vec![countries.entry(country).or_default()];
        if let Some(theme) = Theme::from_code(&theme) {
            places.push(themes.entry(theme).or_default());
        }
        for place in places {
            place.grants += number;
            place.awarded += awarded;
        }
    }
    Ok((countries, themes))
}

/// A row of people: sex, age, movement, returnee, exploitation, help, number.
type PeopleRow = (String, String, String, String, String, String, i64);

async fn people(context: &Context) -> Result<PeopleFigures> {
    use people_total::Column as C;
    let rows: Vec<PeopleRow> = people_total::Entity::find()
        .select_only()
        .columns([C::Sex, C::Age, C::Movement, C::Returnee, C::Exploitation, C::Help, C::People])
        .into_tuple()
        .all(context.database())
        .await?;
    let sum = |fits: &dyn Fn(&PeopleRow) -> bool| rows.iter().filter(|row| fits(row)).map(|row| row.6).sum::<i64>();
    let table: Vec<Vec<i64>> = Sex::CODES
        .iter()
        .map(|sex| AgeGroup::CODES.iter().map(|age| sum(&|row| row.0 == *sex && row.1 == *age)).collect())
        .collect();
    let lists = [
        Movement::CODES.iter().map(|code| sum(&|row| row.2 == *code)).collect::<Vec<i64>>(),
        Returnee::CODES.iter().map(|code| sum(&|row| row.3 == *code)).collect(),
        Exploitation::CODES.iter().map(|code| sum(&|row| row.4 == *code)).collect(),
        HelpKind::CODES.iter().map(|code| sum(&|row| row.5 == *code)).collect(),
    ];
    Ok(PeopleFigures { by_sex_and_age: publish_table(&table, THRESHOLD), lists: publish_lists(&lists, THRESHOLD) })
}
