//! The Fund's own account, from which payments leave. What is stored never comes back into the form.

use backend::disbursements::{fund_account, write_fund_account};
use domain::disbursements::FUND_ACCOUNT;
use domain::errors::AppError;
use domain::forms::Typed;
use leptos::prelude::*;

use crate::ui::{Page, argument, form, form_fields, page_head, t, tw};
use crate::web::{Done, Sent, Visit};

const PATH: &str = "/disbursements/account/edit";

/// `/disbursements/account/edit`
pub async fn page(visit: Visit) -> Result<Page, AppError> {
    let known = fund_account(&visit.context).await?;
    let state = visit.form_state(PATH, Typed::default());
    Ok(Page::new(visit.reader.text("fund-account-title"), move || {
        let said = known.map(|account| {
            let arguments = [("bank", argument(account.bank_name)), ("ending", argument(account.ending))];
            view! { <p>{tw("fund-account-known", &arguments)}</p> }
        });
        view! {
            {page_head(&t("fund-account-title"), Some(t("fund-account-lead")), ())}
            {said}
            {form(PATH, PATH, view! {
                {form_fields(&FUND_ACCOUNT, &state, &[])}
                <div class="button-row"><button class="button button-primary">{t("button-save")}</button></div>
            })}
        }
        .into_any()
    })
    .under(visit.reader.text("batches-title"), "/disbursements/batches"))
}

/// `POST /disbursements/account/edit`
pub async fn write(visit: Visit, sent: Sent) -> Result<Done, AppError> {
    write_fund_account(&visit.context, &sent.typed).await?;
    Ok(Done::to("/disbursements/batches", "done-fund-account-saved"))
}
