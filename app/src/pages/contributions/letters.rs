//! The letter of a receipt: issuing it, and handing it out.

use axum::body::Body;
use axum::response::Response;
use backend::contributions::letters;
use backend::contributions::queries::ReceiptView;
use domain::errors::AppError;
use domain::ids::{PledgeId, ReceiptId};
use leptos::prelude::*;

use crate::ui::t;
use crate::web::{Done, Sent, Visit, attachment};

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
    Ok(attachment(Body::from(letter.bytes), &format!("{}.pdf", letter.number), "application/pdf"))
}
