//! Eligibility screening: what the system knows beside what the programme officer ticks.

use backend::applications::queries::{self, ApplicationView};
use backend::applications::{self, FrozenDocument, registered_long_enough};
use backend::documents;
use domain::applications::{ApplicationState, DocumentKind, SCREENING, missing_documents};
use domain::errors::AppError;
use domain::forms::Typed;
use domain::ids::ApplicationId;
use domain::time::vienna_date;
use leptos::prelude::*;

use crate::ui::{
    FormState, Page, argument, date, definition, form, form_fields, money, notice, page_head, section, status, summary,
    t, tw,
};
use crate::web::{Done, Sent, Visit};

/// `/applications/{application}/screening`
pub async fn page(visit: Visit) -> Result<Page, AppError> {
    let id: ApplicationId = visit.id("application")?;
    let view = queries::get(&visit.context, id).await?;
    let present = documents::list(&visit.context, id).await?;
    let path = visit.path.clone();
    // Screened before: what was met then is ticked, and somebody unticks what no longer is.
    let again = !matches!(view.state, ApplicationState::Submitted | ApplicationState::Returned);
    let latest = applications::screenings(&visit.context, id).await?.into_iter().next();
    let met = latest.filter(|_| again).map(|latest| latest.met).unwrap_or_default();
    let initial = met.iter().fold(Typed::default(), |typed, criterion| typed.with("met", criterion.code()));
    let state = visit.form_state(&path, initial);
    let crumb = format!("{} {}", view.number, view.title);
    Ok(Page::new(visit.reader.text("screening-page-title"), move || {
        view! {
            {page_head(&t("screening-page-title"), Some(t("screening-page-lead")), ())}
            {section("screening-page-known", known(&view, &present))}
            {view.is_unanswered.then(|| notice("warning", view! { <p>{t("screening-page-unanswered")}</p> }))}
            {again.then(|| notice("warning", view! { <p>{t("screening-page-again")}</p> }))}
            {screening_form(&path, id, &state)}
        }
        .into_any()
    })
    .under(visit.reader.text("applications-title"), "/applications")
    .under(crumb, format!("/applications/{id}")))
}

fn yes_or_no(yes: bool) -> AnyView {
    status(if yes { "applications-yes" } else { "applications-no" }, if yes { "good" } else { "bad" })
}

/// What the system computes: years of registration, documents, limits of the call.
fn known(view: &ApplicationView, present: &[FrozenDocument]) -> AnyView {
    let deadline = vienna_date(view.call.closes_at);
    let years = registered_long_enough(view.registered_on, deadline);
    let kinds: Vec<DocumentKind> = present.iter().map(|document| document.kind).collect();
    let missing: Vec<String> = missing_documents(&kinds).iter().map(|kind| t(&kind.label_key())).collect();
    let limits = view.call.limits;
    let amount_fits = (limits.smallest_award.minor..=limits.largest_award.minor).contains(&view.requested.minor);
    let months_fit = (limits.shortest_months..=limits.longest_months).contains(&view.duration_months);
    let registered = view.registered_on.map_or_else(|| t("screening-page-no-date"), date);
    let months = tw("applications-months", &[("months", argument(view.duration_months))]);
    summary(vec![
        definition("screening-page-registered", view! { {registered}" "{yes_or_no(years)} }),
        definition("screening-page-documents", view! { {yes_or_no(missing.is_empty())}" "{missing.join(", ")} }),
        definition("screening-page-amount", view! { {money(view.requested)}" "{yes_or_no(amount_fits)} }),
        definition("applications-duration", view! { {months}" "{yes_or_no(months_fit)} }),
    ])
}

fn screening_form(path: &str, id: ApplicationId, state: &FormState) -> AnyView {
    form(
        path,
        path,
        view! {
            <p>{t("screening-page-rule")}</p>
            {form_fields(&SCREENING, state, &[])}
            <div class="button-row">
                <button class="button button-primary">{t("screening-page-decide")}</button>
                <a class="button button-quiet" href=format!("/applications/{id}")>{t("applications-back")}</a>
            </div>
        },
    )
}

/// `POST /applications/{application}/screening`
pub async fn screen(visit: Visit, sent: Sent) -> Result<Done, AppError> {
    let id: ApplicationId = visit.id("application")?;
    let eligible = applications::screen(&visit.context, id, &sent.typed).await?;
    let notice = if eligible { "done-application-eligible" } else { "done-application-ineligible" };
    Ok(Done::to(format!("/applications/{id}"), notice))
}
