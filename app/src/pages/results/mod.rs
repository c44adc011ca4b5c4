//! What the Fund's money did, for everybody; counts of people under five are not shown.

use std::collections::BTreeMap;

use backend::published::{self, GrantFigures, PublicFigures, YearFigures};
use domain::errors::AppError;
use domain::help::{AgeGroup, Exploitation, HelpKind, Movement, Returnee, Sex, Theme};
use domain::published::{PublishedCell, PublishedTable};
use domain::roles::Action;
use leptos::prelude::*;

use crate::ui::{Bar, Column, Page, bar_chart, column_chart, count, page_head, reader, section, t};
use crate::web::{Routes, Visit};

/// The routes of the public figures.
#[must_use]
pub fn routes() -> Routes {
    Routes::new().page("/results", Action::ReadPublic, page)
}

async fn page(visit: Visit) -> Result<Page, AppError> {
    let figures = published::figures(&visit.context).await?;
    Ok(Page::new(visit.reader.text("results-title"), move || {
        view! {
            {page_head(&t("results-title"), Some(t("results-lead")), ())}
            {section("results-money", view! { {years_chart(&figures.years)} {theme_chart(&figures.themes)} {country_chart(&figures)} })}
            {section("results-people", people(&figures))}
        }
        .into_any()
    })
    .wide())
}

fn amount(minor: i64) -> String {
    reader().money(domain::money::Money::usd(minor))
}

/// Received and disbursed by year.
pub fn years_chart(years: &BTreeMap<i32, YearFigures>) -> AnyView {
    let columns: Vec<Column> = years
        .iter()
        .map(|(year, money)| Column {
            name: year.to_string(),
            values: vec![(money.received, amount(money.received)), (money.disbursed, amount(money.disbursed))],
        })
        .collect();
    column_chart("years", &t("results-by-year"), &[t("results-received"), t("results-disbursed")], &columns)
}

fn bars<K>(figures: impl Iterator<Item = (K, GrantFigures)>, name: impl Fn(K) -> String) -> Vec<Bar> {
    let mut bars: Vec<Bar> = figures
        .map(|(key, money)| Bar { name: name(key), value: money.awarded, shown: amount(money.awarded) })
        .collect();
    bars.sort_by_key(|bar| std::cmp::Reverse(bar.value));
    bars
}

/// Awarded by theme.
pub fn theme_chart(themes: &BTreeMap<Theme, GrantFigures>) -> AnyView {
    let themes = themes.iter().map(|(theme, money)| (*theme, *money));
    let heads = [t("results-theme"), t("results-awarded")];
    let bars = bars(themes, |theme| t(&theme.label_key()));
    bar_chart("themes", &t("results-by-theme"), [&heads[0], &heads[1]], &bars)
}

fn country_chart(figures: &PublicFigures) -> AnyView {
    let countries = figures.countries.iter().map(|(country, money)| (country.clone(), *money));
    let heads = [t("results-country"), t("results-awarded")];
    let bars = bars(countries, |country| t(&format!("country-{country}")));
    bar_chart("countries", &t("results-by-country"), [&heads[0], &heads[1]], &bars)
}

fn people(figures: &PublicFigures) -> AnyView {
    let lists = [
        ("results-movement", Movement::ALL.iter().map(|code| code.label_key()).collect::<Vec<_>>()),
        ("results-returnee", Returnee::ALL.iter().map(|code| code.label_key()).collect()),
        ("results-exploitation", Exploitation::ALL.iter().map(|code| code.label_key()).collect()),
        ("results-help", HelpKind::ALL.iter().map(|code| code.label_key()).collect()),
    ];
    let lists: Vec<AnyView> = lists
        .into_iter()
        .zip(&figures.people.lists.lists)
        .map(|((title, names), cells)| list_table(title, &names, cells))
        .collect();
    view! {
        <p class="muted">{t("results-suppression")}</p>
        {cross_table(&figures.people.by_sex_and_age)}
        <div class="cards">{lists}</div>
    }
    .into_any()
}

/// A count or that it is not shown.
pub fn cell(cell: PublishedCell) -> String {
    cell.shown().map_or_else(|| t("results-under-threshold"), count)
}

fn cross_table(table: &PublishedTable) -> AnyView {
    let heads: Vec<AnyView> = AgeGroup::ALL
        .iter()
        .map(|age| view! { <th scope="col" class="num">{t(&age.label_key())}</th> }.into_any())
        .collect();
    let rows: Vec<AnyView> = Sex::ALL
        .iter()
        .zip(&table.cells)
        .zip(&table.row_totals)
        .map(|((sex, cells), total)| {
            let cells: Vec<AnyView> = cells
                .iter()
                .zip(AgeGroup::ALL)
                .map(|(value, age)| view! { <td class="num" data-label=t(&age.label_key())>{cell(*value)}</td> }.into_any())
                .collect();
            view! { <tr><th scope="row">{t(&sex.label_key())}</th>{cells}<td class="num" data-label=t("results-total")>{cell(*total)}</td></tr> }.into_any()
        })
        .collect();
    let totals: Vec<AnyView> = table
        .column_totals
        .iter()
        .zip(AgeGroup::ALL)
        .map(|(value, age)| view! { <td class="num" data-label=t(&age.label_key())>{cell(*value)}</td> }.into_any())
        .collect();
    view! {
        <table class="data">
            <caption>{t("results-sex-age")}</caption>
            <thead><tr><th scope="col">{t("results-sex")}</th>{heads}<th scope="col" class="num">{t("results-total")}</th></tr></thead>
            <tbody>{rows}</tbody>
            <tfoot><tr><th scope="row">{t("results-total")}</th>{totals}<td class="num" data-label=t("results-total")>{cell(table.grand_total)}</td></tr></tfoot>
        </table>
    }
    .into_any()
}

fn list_table(title: &str, names: &[String], cells: &[PublishedCell]) -> AnyView {
    let rows: Vec<AnyView> = names
        .iter()
        .zip(cells)
        .map(|(name, value)| {
            view! { <tr><th scope="row">{t(name)}</th><td class="num" data-label=t("results-people-count")>{cell(*value)}</td></tr> }.into_any()
        })
        .collect();
    view! {
        <div class="card">
            <table class="data">
                <caption>{t(title)}</caption>
                <thead><tr><th scope="col">{t("results-group")}</th><th scope="col" class="num">{t("results-people-count")}</th></tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}
