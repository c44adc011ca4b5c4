//! Entering that programme support costs were paid over to the United Nations Secretariat.

use backend::ledger::{queries, transfer_programme_support};
use domain::errors::AppError;
use domain::forms::Typed;
use domain::ledger::{Account, PSC_TRANSFER};
use leptos::prelude::*;

use crate::pages::contributions::money_form;
use crate::ui::{Page, definition, form, form_fields, page_head, summary, t, usd};
use crate::web::{Done, Sent, Visit};

const PATH: &str = "/ledger/programme-support";
const ACTION: &str = "/ledger/programme-support/transfer";

/// `/ledger/programme-support`
pub async fn page(visit: Visit) -> Result<Page, AppError> {
    let books = queries::books(&visit.context).await?;
    let known = books.balances.iter().find(|(account, _)| *account == Account::ProgrammeSupportSetAside);
    let set_aside = known.map_or(0, |(_, balance)| -balance);
    let initial = Typed::default().with("date", visit.context.today().to_string());
    let state = money_form(&visit, ACTION, initial);
    Ok(Page::new(visit.reader.text("psc-transfer-title"), move || {
        view! {
            {page_head(&t("psc-transfer-title"), Some(t("psc-transfer-lead")), ())}
            {summary(vec![definition("psc-transfer-set-aside", usd(set_aside))])}
            {form(ACTION, PATH, view! {
                {form_fields(&PSC_TRANSFER, &state, &[])}
                <div class="button-row"><button class="button button-primary">{t("button-save")}</button></div>
            })}
        }
        .into_any()
    })
    .under(visit.reader.text("ledger-title"), "/ledger"))
}

/// `POST /ledger/programme-support/transfer`
pub async fn create(visit: Visit, sent: Sent) -> Result<Done, AppError> {
    let id = transfer_programme_support(&visit.context, &sent.typed).await?;
    Ok(Done::to(format!("/ledger/entries/{id}"), "done-psc-transferred"))
}
