//! The outbox: what was sent, what waits, what is stuck and why.

use backend::mail::{self, MailRow, MailState};
use domain::errors::AppError;
use domain::ids::MailId;
use domain::roles::Action;
use leptos::prelude::*;

use crate::ui::{
    Choice, Page, argument, button_form, column, count, filters, instant, label, page_head, pager, status, t, table,
    tm, tw,
};
use crate::web::{Done, Routes, Sent, Visit};

/// The routes of mail.
#[must_use]
pub fn routes() -> Routes {
    Routes::new().page("/mail", Action::ReadMail, page).action("/mail/{mail}/retry", Action::RetryMail, retry)
}

/// `/mail`
async fn page(visit: Visit) -> Result<Page, AppError> {
    let request = visit.page_request();
    let mails = mail::list(&visit.context, &request).await?;
    let may_retry = visit.may(Action::RetryMail);
    Ok(Page::new(visit.reader.text("mails-title"), move || {
        let states = MailState::ALL.iter().map(|state| Choice::new(state.code(), t(&state.label_key()))).collect();
        let heads = [
            column("mails-subject", false),
            column("mails-kind", false),
            column("mails-to", false),
            column("mails-created", false),
            column("mails-state", false),
            column("mails-tries", true),
            column("mails-what", false),
        ];
        let rows = mails.rows.iter().map(|row| cells(row, may_retry)).collect();
        view! {
            {page_head(&t("mails-title"), Some(t("mails-lead")), ())}
            {filters("/mail", &request, Some(("mails-state", states)))}
            {table("mails-title", &heads, rows)}
            {pager("/mail", &request, &mails)}
        }
        .into_any()
    })
    .wide())
}

fn cells(row: &MailRow, may_retry: bool) -> Vec<AnyView> {
    let tone = match row.state {
        MailState::Queued => "info",
        MailState::Sent => "good",
        MailState::Stuck => "bad",
    };
    vec![
        row.subject.clone().into_any(),
        label("mail", &row.kind).into_any(),
        row.to_address.clone().into_any(),
        instant(row.created_at).into_any(),
        status(&row.state.label_key(), tone),
        count(row.tries).into_any(),
        what_happened(row, may_retry),
    ]
}

fn what_happened(row: &MailRow, may_retry: bool) -> AnyView {
    let when = match (row.state, row.sent_at) {
        (MailState::Sent, Some(at)) => Some(tw("mails-sent-at", &[("at", argument(at))])),
        (MailState::Queued, _) => Some(tw("mails-next-try", &[("at", argument(row.next_try_at))])),
        _ => None,
    };
    let waits_after_failure = row.state == MailState::Stuck || (row.state == MailState::Queued && row.tries > 0);
    let retry = (may_retry && waits_after_failure).then(|| {
        button_form(&format!("/mail/{}/retry", row.id), "/mail", "mails-retry", "button-secondary button-small", &[])
    });
    view! {
        {when.map(|text| view! { <p>{text}</p> })}
        {row.last_error.as_ref().map(|text| view! { <p class="small">{tm(text)}</p> })}
        {retry}
    }
    .into_any()
}

/// `POST /mail/{mail}/retry`
async fn retry(visit: Visit, _: Sent) -> Result<Done, AppError> {
    let id: MailId = visit.id("mail")?;
    mail::retry(&visit.context, id).await?;
    Ok(Done::to("/mail", "done-mail-retried"))
}
