//! The statement of a donor's money, which is also a donor's home: figures, pledges, grants, people helped.

use backend::contributions::donor_view::{self, DonorStatement, HelpedRow};
use backend::page::PageRequest;
use domain::contributions::PledgeStanding;
use domain::errors::AppError;
use domain::help::Sex;
use domain::ids::DonorId;
use domain::money::Money;
use domain::published::{PublishedCell, THRESHOLD};
use domain::roles::Action;
use leptos::prelude::*;

use super::list::pledge_table;
use super::results::results_part;
use crate::ui::{
    Column, Page, column, column_chart, count, figure_card, label, linked, money, page_head, pager, reader, section, t,
    table, tw, usd,
};
use crate::web::Visit;

/// Years that the chart shows; more would not be legible on a phone.
const MOST_YEARS: usize = 8;

/// `/donors/{donor}/statement`
pub async fn page(visit: Visit) -> Result<Page, AppError> {
    let id: DonorId = visit.id("donor")?;
    let request = visit.page_request();
    let statement = donor_view::statement(&visit.context, id, &request).await?;
    let may_pledge = visit.may(Action::WritePledges);
    let may_read_grants = visit.may(Action::ReadGrants);
    let title = visit.reader.with("statement-title", &[("donor", statement.name.as_str().into())]);
    let name = statement.name.clone();
    Ok(Page::new(title.clone(), move || {
        view! {
            {page_head(&title, Some(t("statement-lead")), may_pledge.then(|| view! {
                <a class="button button-primary" href=format!("/contributions/new?donor={id}")>{t("pledge-new-online")}</a>
            }))}
            {donor_dashboard(&statement, may_read_grants, &format!("/donors/{id}/statement"), &request)}
        }
        .into_any()
    })
    .wide()
    .under(visit.reader.text("donors-title"), "/donors")
    .under(name, format!("/donors/{id}")))
}

/// Everything below the heading; also the home of a donor's representative. `path` is where the pages of grants are.
pub(in crate::pages) fn donor_dashboard(
    statement: &DonorStatement,
    link_grants: bool,
    path: &str,
    request: &PageRequest,
) -> AnyView {
    view! {
        {section("statement-money", cards(statement))}
        {chart(statement).map(|chart| view! { <div class="section">{chart}</div> })}
        {section("statement-pledges", view! {
            {pledge_table(&statement.pledges.rows)}
            {all_pledges(statement)}
            <p><a href=format!("/donors/{}/account", statement.donor)>{t("books-statement-donor")}</a></p>
        })}
        {(statement.currencies.len() > 1).then(|| section("statement-currencies", currencies(&statement.currencies)))}
        {section("statement-grants", view! {
            <p>{t("statement-grants-lead")}</p>
            {(!statement.people_by_grant).then(|| view! { <p>{t("statement-grants-without-people")}</p> })}
            {grants(statement, link_grants)}
            {pager(path, request, &statement.grants)}
        })}
        {results_part(&statement.grants.rows)}
        {section("statement-people", view! {
            <p>{tw("statement-people-lead", &[("threshold", THRESHOLD.into())])}</p>
            {people(statement)}
        })}
    }
    .into_any()
}

/// The way to all pledges, where not all of them are shown.
fn all_pledges(statement: &DonorStatement) -> Option<AnyView> {
    let total = i64::try_from(statement.pledges.total).unwrap_or(i64::MAX);
    (statement.pledges.pages() > 1).then(|| {
        let href = format!("/contributions?filter={}", statement.donor);
        view! { <p><a href=href>{tw("statement-all-pledges", &[("total", total.into())])}</a></p> }.into_any()
    })
}

fn cards(statement: &DonorStatement) -> AnyView {
    let figures = statement.figures;
    let overdue =
        (figures.overdue > 0).then(|| tw("statement-overdue-note", &[("amount", Money::usd(figures.overdue).into())]));
    view! {
        <ul class="figure-cards">
            {figure_card("standing-pledged", usd(figures.pledged), Some(t("statement-pledged-note")))}
            {figure_card("standing-received", usd(figures.received), None)}
            {figure_card("standing-outstanding", usd(figures.outstanding), overdue)}
            {figure_card("statement-psc", usd(figures.psc), Some(t("statement-psc-note")))}
            {figure_card("statement-committed", usd(figures.committed), Some(t("statement-committed-note")))}
            {figure_card("statement-disbursed", usd(figures.disbursed), None)}
            {figure_card("statement-available", usd(figures.available), Some(t("statement-available-note")))}
        </ul>
    }
    .into_any()
}

fn chart(statement: &DonorStatement) -> Option<AnyView> {
    let skip = statement.years.len().saturating_sub(MOST_YEARS);
    let value = |minor: i64| (minor, reader().money(Money::usd(minor)));
    let columns: Vec<Column> = statement
        .years
        .iter()
        .skip(skip)
        .map(|(year, received, disbursed)| Column {
            name: year.to_string(),
            values: vec![value(*received), value(*disbursed)],
        })
        .collect();
    let series = [t("standing-received"), t("statement-disbursed")];
    (!columns.is_empty()).then(|| column_chart("statement-years", &t("statement-chart"), &series, &columns))
}

fn currencies(standings: &[PledgeStanding]) -> AnyView {
    let heads = [
        column("pledge-currency", false),
        column("standing-pledged", true),
        column("standing-received", true),
        column("standing-outstanding", true),
        column("standing-overdue", true),
    ];
    let rows = standings
        .iter()
        .map(|one| {
            let code = one.pledged.currency.code().to_owned();
            vec![code.into_any(), money(one.kept()), money(one.received), money(one.outstanding), money(one.overdue)]
        })
        .collect();
    table("statement-currencies", &heads, rows)
}

fn grants(statement: &DonorStatement, link: bool) -> AnyView {
    let mut heads = vec![
        column("statement-grant", false),
        column("statement-organisation", false),
        column("statement-country", false),
        column("statement-grant-committed", true),
        column("statement-grant-disbursed", true),
    ];
    if statement.people_by_grant {
        heads.push(column("statement-grant-people", true));
    }
    let rows = statement
        .grants
        .rows
        .iter()
        .map(|grant| {
            let title = linked(link, format!("/grants/{}", grant.id), grant.title.clone());
            let mut cells = vec![
                view! { {title} " "<span class="muted small nowrap">{grant.number.clone()}</span> }.into_any(),
                grant.organisation.clone().into_any(),
                label("country", &grant.country).into_any(),
                usd(grant.committed),
                usd(grant.disbursed),
            ];
            cells.extend(grant.people.map(cell));
            cells
        })
        .collect();
    table("statement-grants", &heads, rows)
}

/// A count, or that it is hidden. Which hidden counts are small is not said.
pub(super) fn cell(cell: PublishedCell) -> AnyView {
    match cell {
        PublishedCell::Shown(number) => count(number).into_any(),
        PublishedCell::Suppressed => view! { <span class="muted">{t("statement-suppressed")}</span> }.into_any(),
    }
}

fn people(statement: &DonorStatement) -> AnyView {
    if statement.people == PublishedCell::Shown(0) {
        return view! { <p class="empty">{t("statement-people-none")}</p> }.into_any();
    }
    let mut heads = vec![column("statement-help", false)];
    heads.extend(Sex::ALL.iter().map(|sex| column(&sex.label_key(), true)));
    heads.push(column("statement-people-all", true));
    let rows = statement
        .helped
        .iter()
        .map(|HelpedRow { help, by_sex, total }| {
            let mut cells = vec![t(&help.label_key()).into_any()];
            cells.extend(by_sex.iter().map(|count| cell(*count)));
            cells.push(cell(*total));
            cells
        })
        .collect();
    view! {
        {table("statement-people", &heads, rows)}
        <p><strong>{t("statement-people-total")}</strong>" "{cell(statement.people)}</p>
    }
    .into_any()
}
