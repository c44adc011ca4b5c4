//! Recoveries: what organisations have to pay back, what came, and what is written off.

use backend::grants::recoveries::queries::{self, RecoveryRow, RecoveryView};
use backend::grants::recoveries::{receive as enter, write_off as lose};
use domain::errors::AppError;
use domain::forms::Typed;
use domain::ids::RecoveryId;
use domain::recoveries::{RECEIVE, RecoveryState, WRITE_OFF};
use domain::roles::Action;
use leptos::prelude::*;

use super::end::command;
use crate::ui::{
    Choice, FormState, Page, column, date, definition, figure_card, filters, form, form_fields, instant, money,
    page_head, pager, section, status, summary, t, table, tw,
};
use crate::web::{Done, Sent, Visit};

const PATH: &str = "/grants/recoveries";

/// The state of a recovery as a tag.
pub(super) fn tag(row: &RecoveryRow) -> AnyView {
    match (row.state, row.late) {
        (RecoveryState::Settled, _) => status(&row.state.label_key(), "good"),
        (RecoveryState::Open, true) => status("recovery-late", "bad"),
        (RecoveryState::Open, false) => status(&row.state.label_key(), "warning"),
    }
}

/// `/grants/recoveries`
pub async fn list(visit: Visit) -> Result<Page, AppError> {
    let request = visit.page_request();
    let recoveries = queries::list(&visit.context, &request).await?;
    Ok(Page::new(visit.reader.text("recoveries-title"), move || {
        let states = RecoveryState::ALL.iter().map(|state| Choice::new(state.code(), t(&state.label_key())));
        let states = std::iter::once(Choice::new(queries::LATE, t("recoveries-late"))).chain(states).collect();
        let heads = [
            column("recoveries-number", false),
            column("recoveries-grant", false),
            column("grants-organisation", false),
            column("recoveries-amount", true),
            column("recoveries-left", true),
            column("recoveries-due", false),
            column("grants-state", false),
        ];
        let rows = recoveries.rows.iter().map(cells).collect();
        view! {
            {page_head(&t("recoveries-title"), Some(t("recoveries-lead")), ())}
            {filters(PATH, &request, Some(("grants-state", states)))}
            {table("recoveries-title", &heads, rows)}
            {pager(PATH, &request, &recoveries)}
        }
        .into_any()
    })
    .wide()
    .under(visit.reader.text("grants-title"), "/grants"))
}

fn cells(row: &RecoveryRow) -> Vec<AnyView> {
    vec![
        view! { <a href=format!("{PATH}/{}", row.id)>{row.number.clone()}</a> }.into_any(),
        view! { <a href=format!("/grants/{}", row.grant)>{row.grant_number.clone()}</a> }.into_any(),
        row.organisation.clone().into_any(),
        money(row.amount),
        money(row.left),
        date(row.due).into_any(),
        tag(row),
    ]
}

/// `/grants/recoveries/{recovery}`
pub async fn show(visit: Visit) -> Result<Page, AppError> {
    let id: RecoveryId = visit.id("recovery")?;
    let recovery = queries::get(&visit.context, id).await?;
    let open = recovery.row.state == RecoveryState::Open;
    let left = recovery.row.left.to_decimal().to_string();
    let state = |step: &str, initial: Typed| visit.form_state(&format!("{PATH}/{id}/{step}"), initial);
    let receiving = (open && visit.may(Action::ReceiveRecoveries))
        .then(|| state("receive", command().with("amount", &*left).with("date", visit.context.today().to_string())));
    let losing =
        (open && visit.may(Action::WriteOffRecoveries)).then(|| state("write-off", command().with("amount", &*left)));
    Ok(Page::new(recovery.row.number.clone(), move || {
        let row = &recovery.row;
        let lead = tw("recovery-lead", &[("grant", row.grant_number.as_str().into())]);
        let grant = view! { <a href=format!("/grants/{}", row.grant)>{row.grant_number.clone()}</a> };
        view! {
            {page_head(&tw("recovery-title", &[("number", row.number.as_str().into())]), Some(lead), tag(row))}
            <ul class="figure-cards">
                {figure_card("recoveries-amount", money(row.amount), None)}
                {figure_card("recoveries-received", money(row.received), None)}
                {figure_card("recoveries-written-off", money(row.written_off), None)}
                {figure_card("recoveries-left", money(row.left), None)}
            </ul>
            {summary(vec![
                definition("recoveries-grant", grant),
                definition("grants-organisation", row.organisation.clone()),
                definition("recoveries-began", instant(recovery.created_at)),
                definition("recoveries-due", date(row.due)),
            ])}
            {receiving.map(|state| part(id, "receive", "recovery-receive", &RECEIVE, &state))}
            {section("recoveries-steps", steps(&recovery))}
            {(!recovery.shares.is_empty()).then(|| section("recoveries-shares", shares(&recovery)))}
            {losing.map(|state| part(id, "write-off", "recovery-write-off", &WRITE_OFF, &state))}
        }
        .into_any()
    })
    .wide()
    .under(visit.reader.text("grants-title"), "/grants")
    .under(visit.reader.text("recoveries-title"), PATH))
}

fn part(id: RecoveryId, step: &str, key: &str, fields: &domain::forms::Form, state: &FormState) -> AnyView {
    let class = if step == "receive" { "button button-primary" } else { "button button-danger" };
    let (action, back) = (format!("{PATH}/{id}/{step}"), format!("{PATH}/{id}"));
    let lead = t(&format!("{key}-lead"));
    let button = t(key);
    section(
        key,
        view! {
            <p>{lead}</p>
            {form(&action, &back, view! {
                {form_fields(fields, state, &[])}
                <div class="button-row"><button class=class>{button}</button></div>
            })}
        },
    )
}

fn steps(recovery: &RecoveryView) -> AnyView {
    let heads = [
        column("recoveries-day", false),
        column("recoveries-step", false),
        column("grants-amount", true),
        column("recoveries-reference", false),
        column("recoveries-by", false),
    ];
    let rows = recovery
        .steps
        .iter()
        .map(|step| {
            let reference = step.bank_reference.clone().unwrap_or_else(|| step.reason.clone());
            vec![
                date(step.date).into_any(),
                t(&step.kind.label_key()).into_any(),
                money(step.amount),
                reference.into_any(),
                step.by.clone().into_any(),
            ]
        })
        .collect();
    table("recoveries-steps", &heads, rows)
}

fn shares(recovery: &RecoveryView) -> AnyView {
    let heads = [
        column("grants-donor", false),
        column("grants-earmark", false),
        column("grants-received", false),
        column("recoveries-amount", true),
        column("recoveries-received", true),
        column("recoveries-written-off", true),
    ];
    let rows = recovery
        .shares
        .iter()
        .map(|share| {
            vec![
                share.donor.clone().into_any(),
                t(&share.earmark.label_key()).into_any(),
                date(share.received_on).into_any(),
                money(share.amount),
                money(share.received),
                money(share.written_off),
            ]
        })
        .collect();
    table("recoveries-shares", &heads, rows)
}

/// `POST /grants/recoveries/{recovery}/receive`
pub async fn receive(visit: Visit, sent: Sent) -> Result<Done, AppError> {
    let id: RecoveryId = visit.id("recovery")?;
    enter(&visit.context, id, &sent.typed).await?;
    Ok(Done::to(format!("{PATH}/{id}"), "done-recovery-received"))
}

/// `POST /grants/recoveries/{recovery}/write-off`
pub async fn write_off(visit: Visit, sent: Sent) -> Result<Done, AppError> {
    let id: RecoveryId = visit.id("recovery")?;
    lose(&visit.context, id, &sent.typed).await?;
    Ok(Done::to(format!("{PATH}/{id}"), "done-recovery-written-off"))
}
