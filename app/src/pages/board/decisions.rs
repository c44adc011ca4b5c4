//! What waits for the executive director, each with the money that there is for it, and the decision.

use backend::board::{self, Waiting};
use domain::applications::{ApplicationEvent, allowed};
use domain::board::DECISION;
use domain::errors::AppError;
use domain::forms::Typed;
use domain::ids::ApplicationId;
use domain::roles::Action;
use leptos::prelude::*;

use crate::pages::reviews::{points, state_of_any};
use crate::ui::{
    FormState, Page, argument, column, definition, filters, form, form_fields, instant, label, money, notice,
    page_head, pager, section, status, summary, t, table, tw,
};
use crate::web::{Done, Sent, Visit};

/// `/board/decisions`
pub async fn list(visit: Visit) -> Result<Page, AppError> {
    let request = visit.page_request();
    let waiting = board::waiting(&visit.context, &request).await?;
    Ok(Page::new(visit.reader.text("decisions-title"), move || {
        let heads = [
            column("reviews-application", false),
            column("reviews-organisation", false),
            column("reviews-country", false),
            column("recommendation-amount", true),
            column("decisions-available", true),
            column("decisions-obstacles", false),
        ];
        let rows = waiting
            .rows
            .iter()
            .map(|row| {
                let application = &row.application;
                let title = format!("{} · {}", application.number, application.title);
                vec![
                    view! { <a href=format!("/board/decisions/{}", application.id)>{title}</a> }.into_any(),
                    application.organisation_name.clone().into_any(),
                    label("country", &application.country).into_any(),
                    money(row.amount),
                    money(row.available),
                    obstacles(row),
                ]
            })
            .collect();
        view! {
            {page_head(&t("decisions-title"), Some(t("decisions-lead")), ())}
            {filters("/board/decisions", &request, None)}
            {table("decisions-title", &heads, rows)}
            {pager("/board/decisions", &request, &waiting)}
        }
        .into_any()
    })
    .wide()
    .under(visit.reader.text("board-title"), "/board"))
}

fn covered(row: &Waiting) -> bool {
    row.available.minor >= row.amount.minor
}

fn obstacles(row: &Waiting) -> AnyView {
    let money = (!covered(row)).then(|| status("decisions-no-money", "bad"));
    let vetting = (!row.vetted).then(|| status("decisions-not-vetted", "bad"));
    let none = (covered(row) && row.vetted).then(|| status("decisions-ready", "good"));
    view! { {money} " " {vetting} {none} }.into_any()
}

/// `/board/decisions/{application}`
pub async fn page(visit: Visit) -> Result<Page, AppError> {
    let id: ApplicationId = visit.id("application")?;
    let waiting = board::waiting_one(&visit.context, id).await?;
    let may_decide = visit.may(Action::DecideAwards);
    let path = format!("/board/decisions/{id}");
    let initial = Typed::default().with("command_id", uuid::Uuid::now_v7().to_string());
    let state = state_of_any(&visit, &[&format!("{path}/approve"), &format!("{path}/send-back")], initial);
    Ok(Page::new(waiting.application.title.clone(), move || {
        let application = &waiting.application;
        let link = format!("/applications/{}", application.id);
        let item = format!("/board/{}/items/{}", waiting.session, waiting.item);
        view! {
            {page_head(&application.title, Some(t("decision-lead")), view! {
                <a class="button button-secondary" href=link>{t("review-read-application")}</a>
                <a class="button button-secondary" href=item>{t("decision-read-item")}</a>
            })}
            {summary(vec![
                definition("reviews-number", application.number.clone()),
                definition("reviews-organisation", application.organisation_name.clone()),
                definition("reviews-country", label("country", &application.country)),
                definition("ranking-mean", points(application.mean_hundredths)),
                definition("reviews-requested", money(application.requested)),
                definition("recommendation-amount", money(waiting.amount)),
                definition("recommendation-conditions", waiting.conditions.clone()),
                definition("decision-recorded", waiting.recorded_at.map(instant)),
                definition("decisions-available", money(waiting.available)),
            ])}
            {(!covered(&waiting)).then(|| notice("warning", view! {
                <p>{tw("decision-no-money", &[("amount", argument(waiting.amount)), ("available", argument(waiting.available))])}</p>
            }))}
            {(!waiting.vetted).then(|| notice("warning", view! {
                <p>{tw("decision-not-vetted", &[("organisation", argument(application.organisation_name.as_str()))])}</p>
            }))}
            {may_decide.then(|| decide(&path, &state, &waiting))}
        }
        .into_any()
    })
    .under(visit.reader.text("board-title"), "/board")
    .under(visit.reader.text("decisions-title"), "/board/decisions"))
}

/// One form with two buttons, so that the note and the command stand on the page once.
fn decide(path: &str, state: &FormState, waiting: &Waiting) -> AnyView {
    let events = allowed(waiting.application.state);
    let may_approve = events.contains(&ApplicationEvent::Award) && covered(waiting) && waiting.vetted;
    let may_send_back = events.contains(&ApplicationEvent::SendBack);
    let back = format!("{path}/send-back");
    section(
        "decision-title",
        view! {
            <p>{t("decision-text")}</p>
            {form(&format!("{path}/approve"), path, view! {
                {form_fields(&DECISION, state, &[])}
                <div class="button-row">
                    // The first button answers the enter key: it must not award by accident.
                    {may_send_back.then(|| view! {
                        <button class="button button-secondary" formaction=back>{t("decision-send-back")}</button>
                    })}
                    {may_approve.then(|| view! { <button class="button button-primary">{t("decision-approve")}</button> })}
                </div>
            })}
        },
    )
}

/// `POST /board/decisions/{application}/approve`
pub async fn approve(visit: Visit, sent: Sent) -> Result<Done, AppError> {
    let grant = board::approve(&visit.context, visit.id("application")?, &sent.typed).await?;
    Ok(Done::to(format!("/grants/{grant}"), "done-awarded"))
}

/// `POST /board/decisions/{application}/send-back`
pub async fn send_back(visit: Visit, sent: Sent) -> Result<Done, AppError> {
    board::send_back(&visit.context, visit.id("application")?, &sent.typed).await?;
    Ok(Done::to("/board/decisions", "done-sent-back"))
}
