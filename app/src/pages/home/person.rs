//! The home page of somebody who is signed in: what waits, and for administrators where the Fund stands.

use backend::contributions::donor_view::statement;
use backend::home::{self, CallPipeline, Overdue, Waiting};
use backend::ledger::queries::position;
use domain::applications::ApplicationState;
use domain::errors::AppError;
use domain::roles::{Action, Role};
use leptos::prelude::*;

use crate::pages::contributions::donor_dashboard;
use crate::pages::ledger::position_cards;
use crate::ui::{Page, argument, column, count, date, page_head, section, status, t, table, tw};
use crate::web::Visit;

/// `/` for a person.
pub async fn page(visit: Visit) -> Result<Page, AppError> {
    let context = &visit.context;
    let waits = home::waits(context).await?;
    let position = match visit.may(Action::ReadLedger) {
        true => Some(position(context.database()).await?),
        false => None,
    };
    let pipeline = match visit.may(Action::ReadRanking) {
        true => home::pipeline(context).await?,
        false => Vec::new(),
    };
    let oversees = matches!(visit.actor().role, Some(Role::Administrator | Role::Auditor | Role::ProgrammeOfficer));
    let (late, overdue) = match oversees {
        true => (home::overdue_lists(context).await?, home::overdue(context).await?),
        false => (Vec::new(), Vec::new()),
    };
    let request = visit.page_request();
    let statement = match visit.actor().donor {
        Some(donor) => Some(statement(context, donor, &request).await?),
        None => None,
    };
    let name = visit.actor().name.clone();
    Ok(Page::new(visit.reader.text("nav-home"), move || {
        view! {
            {page_head(&tw("home-welcome", &[("name", argument(name))]), None, ())}
            {section("home-waits", waits_list(&waits))}
            {statement.map(|statement| donor_dashboard(&statement, false, "/", &request))}
            {position.map(|position| section("position-title", position_cards(&position)))}
            {(!pipeline.is_empty()).then(|| section("home-pipeline", pipeline_table(&pipeline)))}
            {(!late.is_empty()).then(|| section("home-overdue", view! {
                {waits_list(&late)}
                {(!overdue.is_empty()).then(|| overdue_list(&overdue))}
            }))}
        }
        .into_any()
    })
    .wide())
}

fn waits_list(waits: &[Waiting]) -> AnyView {
    if waits.is_empty() {
        return view! { <p class="empty">{t("home-nothing-waits")}</p> }.into_any();
    }
    let items: Vec<AnyView> = waits
        .iter()
        .map(|waiting| {
            let tone = if waiting.late { status("status-late", "warning") } else { status("status-to-do", "info") };
            view! {
                <li>
                    <div><a href=waiting.path.clone()>{tw(waiting.key, &[("count", waiting.number())])}</a></div>
                    {tone}
                </li>
            }
            .into_any()
        })
        .collect();
    view! { <ul class="waits">{items}</ul> }.into_any()
}

fn pipeline_table(calls: &[CallPipeline]) -> AnyView {
    let head: Vec<AnyView> = calls
        .iter()
        .map(|call| {
            view! {
                <th scope="col" class="num">
                    <a href=format!("/calls/{}", call.call)>{call.title.clone()}</a>
                </th>
            }
            .into_any()
        })
        .collect();
    let rows: Vec<AnyView> = ApplicationState::ALL
        .iter()
        .filter(|state| calls.iter().any(|call| call.counts.contains_key(state)))
        .map(|state| {
            let cells: Vec<AnyView> = calls
                .iter()
                .map(|call| {
                    let number = call.counts.get(state).copied().unwrap_or(0);
                    view! { <td class="num" data-label=call.title.clone()>{count(number)}</td> }.into_any()
                })
                .collect();
            // Nobody at the Fund finds a draft in a list: the row says whose it is.
            let name = match state {
                ApplicationState::Draft => t("home-being-written"),
                state => t(&state.label_key()),
            };
            view! { <tr><th scope="row">{name}</th>{cells}</tr> }.into_any()
        })
        .collect();
    view! {
        <table class="data">
            <caption class="visually-hidden">{t("home-pipeline")}</caption>
            <thead><tr><th scope="col">{t("home-state")}</th>{head}</tr></thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

fn overdue_list(overdue: &[Overdue]) -> AnyView {
    let rows = overdue
        .iter()
        .map(|report| {
            let title = tw(
                "home-overdue-report",
                &[("number", argument(report.number)), ("grant", argument(report.grant.as_str()))],
            );
            vec![
                view! { <a href=format!("/reports/{}", report.report)>{title}</a> }.into_any(),
                date(report.due).into_any(),
            ]
        })
        .collect();
    table("home-overdue-reports", &[column("home-report", false), column("home-due", false)], rows)
}
