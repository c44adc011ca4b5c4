//! Amendments: the list of all, those of a grant, and proposing one.

use backend::grants::amendments::queries::{self, Amendable, AmendmentRow};
use backend::grants::{amendments, queries as grants};
use domain::amendments::{AmendmentKind, AmendmentState, BUDGET};
use domain::errors::AppError;
use domain::grants::GrantState;
use domain::ids::GrantId;
use domain::money::Money;
use leptos::prelude::*;

use super::end::command;
use crate::ui::refused;
use crate::ui::{
    Choice, FormState, Page, argument, column, count, date, definition, field, filters, form, form_fields, instant,
    money, notice, page_head, pager, row_fields, section, status, summary, t, table, tw,
};
use crate::web::{Done, Sent, Visit};

const PATH: &str = "/grants/amendments";

pub(super) fn tag(state: AmendmentState) -> AnyView {
    let tone = match state {
        AmendmentState::Proposed => "warning",
        AmendmentState::Countersigned => "info",
        AmendmentState::InForce => "good",
        AmendmentState::Refused => "bad",
        AmendmentState::Withdrawn => "neutral",
    };
    status(&state.label_key(), tone)
}

pub(super) fn path(row: &AmendmentRow) -> String {
    format!("/grants/{}/amendments/{}", row.grant, row.id)
}

/// What it changes, in a few words.
pub(super) fn gist(row: &AmendmentRow) -> AnyView {
    let kind = t(&row.kind.label_key());
    match (row.amount.minor, row.months) {
        (0, 0) => kind.into_any(),
        (0, months) => view! { {kind} " (" {tw("amendment-months", &[("months", months.into())])} ")" }.into_any(),
        _ => view! { {kind} " (" {money(row.amount)} ")" }.into_any(),
    }
}

/// `/grants/amendments`
pub async fn list(visit: Visit) -> Result<Page, AppError> {
    let request = visit.page_request();
    let found = queries::list(&visit.context, &request).await?;
    Ok(Page::new(visit.reader.text("amendments-title"), move || {
        let waiting = [queries::TO_DECIDE, queries::TO_COUNTERSIGN];
        let waiting = waiting.into_iter().map(|filter| Choice::new(filter, t(&format!("amendments-{filter}"))));
        let states = AmendmentState::ALL.iter().map(|state| Choice::new(state.code(), t(&state.label_key())));
        let states = waiting.chain(states).collect();
        let heads = [
            column("recoveries-grant", false),
            column("amendments-number", false),
            column("amendments-kind", false),
            column("amendments-proposed", false),
            column("grants-state", false),
        ];
        let rows = found
            .rows
            .iter()
            .map(|row| {
                vec![
                    view! { <a href=path(row)>{row.grant_number.clone()}</a> }.into_any(),
                    count(row.number).into_any(),
                    gist(row),
                    instant(row.proposed_at).into_any(),
                    tag(row.state),
                ]
            })
            .collect();
        view! {
            {page_head(&t("amendments-title"), Some(t("amendments-lead")), ())}
            {filters(PATH, &request, Some(("grants-state", states)))}
            {table("amendments-title", &heads, rows)}
            {pager(PATH, &request, &found)}
        }
        .into_any()
    })
    .wide()
    .under(visit.reader.text("grants-title"), "/grants"))
}

/// The amendments of a grant on its own page, with the ways to propose one.
pub(super) fn of_grant(rows: &[AmendmentRow], grant: GrantId, state: GrantState, may_propose: bool) -> AnyView {
    if rows.is_empty() && !state.is_running() {
        return ().into_any();
    }
    let heads = [
        column("amendments-number", false),
        column("amendments-kind", false),
        column("amendments-proposed", false),
        column("grants-state", false),
    ];
    let cells = rows
        .iter()
        .map(|row| {
            let name = tw("amendment-title", &[("number", row.number.into())]);
            vec![
                view! { <a href=path(row)>{name}</a> }.into_any(),
                gist(row),
                instant(row.proposed_at).into_any(),
                tag(row.state),
            ]
        })
        .collect();
    let open = rows.iter().any(|row| row.state.is_open());
    let ways: Vec<AnyView> = AmendmentKind::ALL
        .iter()
        .filter(|kind| may_propose && !open && kind.fits(state))
        .map(|kind| {
            let href = format!("/grants/{grant}/amendments/propose/{kind}");
            view! { <a class="button button-secondary" href=href>{t(&format!("amendment-propose-{kind}"))}</a> }
                .into_any()
        })
        .collect();
    let buttons = (!ways.is_empty()).then(|| view! { <div class="button-row">{ways}</div> });
    section("grants-amendments", view! { {table("grants-amendments", &heads, cells)} {buttons} })
}

fn kind(visit: &Visit) -> Result<AmendmentKind, AppError> {
    AmendmentKind::from_code(visit.parameter("kind")).ok_or(AppError::NotFound)
}

/// `/grants/{grant}/amendments/propose/{kind}`
pub async fn propose_page(visit: Visit) -> Result<Page, AppError> {
    let (id, kind): (GrantId, _) = (visit.id("grant")?, kind(&visit)?);
    let grant = grants::get(&visit.context, id).await?;
    let amendable = queries::amendable(&visit.context, id).await?;
    let action = format!("/grants/{id}/amendments/propose/{kind}");
    let mut initial = command();
    for (row, line) in amendable.budget.iter().enumerate() {
        initial.set(&format!("lines.{row}.line"), line.position.to_string());
        initial.set(&format!("lines.{row}.amount"), Money::usd(line.usd_minor).to_decimal().to_string());
    }
    let state = visit.form_state(&action, initial);
    let number = grant.row.number.clone();
    Ok(Page::new(visit.reader.text(&format!("amendment-propose-{kind}")), move || {
        let (title, lead) = (t(&format!("amendment-propose-{kind}")), t(&format!("amendment-propose-{kind}-lead")));
        let end = grant.row.end_date.map(date).unwrap_or_default();
        view! {
            {page_head(&title, Some(lead), ())}
            {summary(vec![
                definition("grants-name", grant.row.title.clone()),
                definition("grants-organisation", grant.row.organisation.clone()),
                definition("grants-award", money(grant.row.award)),
                definition("grants-end", end),
            ])}
            {limit(kind, &amendable)}
            {form(&action, &action, fields(kind, &grant.budget, &state))}
        }
        .into_any()
    })
    .under(visit.reader.text("grants-title"), "/grants")
    .under(number, format!("/grants/{id}")))
}

fn limit(kind: AmendmentKind, amendable: &Amendable) -> AnyView {
    let text = match kind {
        AmendmentKind::Increase => tw("amendment-available", &[("amount", argument(amendable.available))]),
        AmendmentKind::Decrease => tw("amendment-most-decrease", &[("amount", argument(amendable.most_decrease))]),
        _ => return ().into_any(),
    };
    notice("info", view! { <p>{text}</p> })
}

fn fields(kind: AmendmentKind, budget: &[grants::BudgetLineView], state: &FormState) -> AnyView {
    let button = view! {
        <div class="button-row"><button class="button button-primary">{t("amendment-propose")}</button></div>
    };
    if kind != AmendmentKind::Reallocation {
        return view! { {form_fields(kind.form(), state, &[])} {button} }.into_any();
    }
    let rows: Vec<AnyView> = BUDGET
        .groups
        .iter()
        .flat_map(|group| budget.iter().enumerate().map(move |(row, line)| (group, row, line)))
        .map(|(group, row, line)| {
            let legend = format!("{}. {} ({})", line.position, line.description, t(&line.category.label_key()));
            view! {
                <fieldset class="row-item">
                    <legend>{legend}</legend>
                    <div class="field-row">{row_fields(&BUDGET, group, row, state, &[])}</div>
                </fieldset>
            }
            .into_any()
        })
        .collect();
    let error = refused::error_of(state, "lines", "lines", &t("amendment-budget-lines"));
    let error = error.map(|text| view! { <p class="error-text">{text}</p> });
    view! {
        <div class="rows" id="lines">{error}{rows}</div>
        {field(&BUDGET, "reason", state, &[])}
        {field(&BUDGET, "command_id", state, &[])}
        {button}
    }
    .into_any()
}

/// `POST /grants/{grant}/amendments/propose/{kind}`
pub async fn propose(visit: Visit, sent: Sent) -> Result<Done, AppError> {
    let (grant, kind): (GrantId, _) = (visit.id("grant")?, kind(&visit)?);
    let id = amendments::propose(&visit.context, grant, kind, &sent.typed).await?;
    Ok(Done::to(format!("/grants/{grant}/amendments/{id}"), "done-amendment-proposed"))
}
