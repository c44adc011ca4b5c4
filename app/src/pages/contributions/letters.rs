//! The letter of a receipt: issuing it, and handing it out.

use axum::body::Body;
use axum::http::HeaderValue;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE, X_CONTENT_TYPE_OPTIONS};
use axum::response::Response;
use backend::contributions::letters;
use backend::contributions::queries::ReceiptView;
use domain::errors::AppError;
use domain::ids::{PledgeId, ReceiptId};
use leptos::prelude::*;

use crate::ui::t;
use crate::web::{Done, Sent, Visit};

/// In the table of receipts: the letter's number as a link, or the button that issues it.
pub(super) fn cell(pledge: PledgeId, row: &ReceiptView, issued: &[(ReceiptId, String)], may_issue: bool) -> AnyView {
    let receipt = row.id;
    if let Some((_, number)) = issued.iter().find(|(known, _)| *known == receipt) {
        let href = format!("/contributions/{pledge}/receipts/{receipt}/letter");
        return view! { <a href=href>{number.clone()}</a> }.into_any();
    }
    if !may_issue || row.undone {
        return ().into_any();
    }
    let action = format!("/contributions/{pledge}/receipts/{receipt}/issue");
    view! {
        <form method="post" action=action>
            {crate::ui::hidden("back", &format!("/contributions/{pledge}"))}
            <button class="button button-quiet button-small">{t("letter-issue")}</button>
        </form>
    }
    .into_any()
}

/// `POST /contributions/{pledge}/receipts/{receipt}/issue`
pub async fn issue(visit: Visit, _: Sent) -> Result<Done, AppError> {
    let (pledge, receipt): (PledgeId, ReceiptId) = (visit.id("pledge")?, visit.id("receipt")?);
    letters::issue(&visit.context, receipt).await?;
    Ok(Done::to(format!("/contributions/{pledge}"), "done-letter-issued"))
}

/// `/contributions/{pledge}/receipts/{receipt}/letter`
pub async fn download(visit: Visit) -> Result<Response, AppError> {
    let receipt: ReceiptId = visit.id("receipt")?;
    let letter = letters::download(&visit.context, receipt).await?;
    let mut response = Response::new(Body::from(letter.bytes));
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/pdf"));
    let disposition = HeaderValue::from_str(&format!("attachment; filename=\"{}.pdf\"", letter.number));
    headers.insert(CONTENT_DISPOSITION, disposition.unwrap_or(HeaderValue::from_static("attachment")));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}
