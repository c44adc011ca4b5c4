//! What went wrong, in words: the summary above a form, and pages for what cannot be shown.

use domain::errors::AppError;
use leptos::prelude::*;

use super::page::Page;
use super::refused::RefusedFields;
use super::text::{t, tm, tw};
use crate::web::Visit;

/// The summary at the top of a page whose form was refused, linked to the fields by their names.
pub fn error_summary(error: &AppError, drawn: &RefusedFields) -> AnyView {
    let items: Vec<AnyView> = match error {
        AppError::Invalid(errors) => errors
            .0
            .iter()
            .map(|error| {
                let field = drawn.of(&error.field);
                let href = format!("#{}", field.as_ref().map_or(&error.field.replace('.', "-"), |field| &field.id));
                let name = field.map(|field| tw("error-of-field", &[("label", field.label.into())]));
                view! { <li><a href=href>{name}{tm(&error.message)}</a></li> }.into_any()
            })
            .collect(),
        AppError::SignInNeeded => vec![view! { <li>{t("error-signed-out-kept")}</li> }.into_any()],
        other => vec![view! { <li>{text_of(other)}</li> }.into_any()],
    };
    let title = if *error == AppError::SignInNeeded { "error-summary-kept" } else { "error-summary-title" };
    view! {
        <div class="error-summary" role="alert" tabindex="-1" id="error-summary" aria-labelledby="error-summary-title">
            <h2 id="error-summary-title">{t(title)}</h2>
            <ul>{items}</ul>
        </div>
    }
    .into_any()
}

fn text_of(error: &AppError) -> String {
    match error {
        AppError::Forbidden(message)
        | AppError::Refused(message)
        | AppError::Conflict(message)
        | AppError::TooManyRequests(message) => tm(message),
        AppError::NotFound => t("error-page-not-found-text"),
        AppError::Unavailable => t("error-page-unavailable-text"),
        AppError::Invalid(_) | AppError::SignInNeeded | AppError::Internal => t("error-page-internal-text"),
    }
}

/// The page that says why something could not be shown or done.
#[must_use]
pub fn error_page(visit: &Visit, error: &AppError) -> Page {
    let title_key = match error {
        AppError::Forbidden(_) => "error-page-forbidden",
        AppError::NotFound => "error-page-not-found",
        AppError::Unavailable => "error-page-unavailable",
        AppError::Refused(_) | AppError::Conflict(_) | AppError::Invalid(_) => "error-page-refused",
        AppError::TooManyRequests(_) => "error-page-too-many",
        AppError::SignInNeeded | AppError::Internal => "error-page-internal",
    };
    let error = error.clone();
    let request_id = visit.context.request_id.clone();
    let with_number = matches!(error, AppError::Internal | AppError::Unavailable);
    Page::new(visit.reader.text(title_key), move || {
        view! {
            <h1>{t(title_key)}</h1>
            <p class="lead">{text_of(&error)}</p>
            {with_number.then(|| view! { <p class="muted">{t("error-page-number")}" "<code>{request_id}</code></p> })}
            <p><a href="/">{t("error-page-home")}</a></p>
        }
        .into_any()
    })
}
