//! Taking back a receipt that was entered for the wrong pledge.

use backend::contributions;
use backend::contributions::queries::{self, ReceiptView};
use domain::contributions::UNDO_RECEIPT;
use domain::errors::AppError;
use domain::forms::Typed;
use domain::ids::{PledgeId, ReceiptId};
use leptos::prelude::*;

use super::money_form;
use crate::ui::{Page, date, definition, form, form_fields, money, page_head, status, summary, t};
use crate::web::{Done, Sent, Visit};

/// In the table of receipts: whether a receipt was taken back, or the link to do so.
pub(super) fn cell(pledge: PledgeId, receipt: &ReceiptView, may_undo: bool) -> AnyView {
    if receipt.undone {
        let key = if receipt.undoes.is_some() { "undo-receipt-undoes" } else { "undo-receipt-undone" };
        return status(key, "neutral");
    }
    if !may_undo {
        return ().into_any();
    }
    let href = format!("/contributions/{pledge}/receipts/{}/undo", receipt.id);
    view! {
        <a href=href>
            {t("undo-receipt-link")}
            <span class="visually-hidden">" "{receipt.bank_reference.clone()}</span>
        </a>
    }
    .into_any()
}

/// `/contributions/{pledge}/receipts/{receipt}/undo`
pub async fn page(visit: Visit) -> Result<Page, AppError> {
    let (id, receipt): (PledgeId, ReceiptId) = (visit.id("pledge")?, visit.id("receipt")?);
    let pledge = queries::get(&visit.context, id).await?;
    let found = pledge.receipts.into_iter().find(|known| known.id == receipt).ok_or(AppError::NotFound)?;
    if found.undone {
        return Err(AppError::refused("refused-receipt-undone"));
    }
    let action = format!("/contributions/{id}/receipts/{receipt}/take-back");
    let back = format!("/contributions/{id}/receipts/{receipt}/undo");
    let state = money_form(&visit, &action, Typed::default());
    let name = visit.reader.with("pledge-title", &[("donor", pledge.row.donor_name.as_str().into())]);
    Ok(Page::new(visit.reader.text("undo-receipt-title"), move || {
        view! {
            {page_head(&t("undo-receipt-title"), Some(t("undo-receipt-lead")), ())}
            {summary(vec![
                definition("pledge-donor", pledge.row.donor_name.clone()),
                definition("receipt-date", date(found.date)),
                definition("receipt-bank_reference", found.bank_reference.clone()),
                definition("receipt-amount", money(found.amount)),
            ])}
            {form(&action, &back, view! {
                <p>{t("undo-receipt-after")}</p>
                {form_fields(&UNDO_RECEIPT, &state, &[])}
                <div class="button-row"><button class="button button-danger">{t("undo-receipt-send")}</button></div>
            })}
        }
        .into_any()
    })
    .under(visit.reader.text("contributions-title"), "/contributions")
    .under(name, format!("/contributions/{id}")))
}

/// `POST /contributions/{pledge}/receipts/{receipt}/take-back`
pub async fn take_back(visit: Visit, sent: Sent) -> Result<Done, AppError> {
    let (pledge, receipt): (PledgeId, ReceiptId) = (visit.id("pledge")?, visit.id("receipt")?);
    let held = contributions::undo(&visit.context, pledge, receipt, &sent.typed).await?;
    Ok(Done::to(format!("/contributions/unidentified/{held}"), "done-receipt-undone"))
}
