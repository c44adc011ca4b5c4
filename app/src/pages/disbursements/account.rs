//! The Fund's own account, from which payments leave. What is stored never comes back into the form.

use backend::disbursements::{ProposedAccount, confirm_fund_account, fund_account, write_fund_account};
use domain::disbursements::{FUND_ACCOUNT, FUND_ACCOUNT_CONFIRM};
use domain::errors::AppError;
use domain::forms::Typed;
use leptos::prelude::*;

use crate::ui::{
    FormState, Page, argument, definition, form, form_fields, instant, label, notice, page_head, summary, t, tw,
};
use crate::web::{Done, Sent, Visit};

const PATH: &str = "/disbursements/account/edit";
const CONFIRM: &str = "/disbursements/account/confirm";

/// `/disbursements/account/edit`
pub async fn page(visit: Visit) -> Result<Page, AppError> {
    let known = fund_account(&visit.context).await?.current;
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

/// `POST /disbursements/account/confirm`
pub async fn confirm(visit: Visit, sent: Sent) -> Result<Done, AppError> {
    confirm_fund_account(&visit.context, &sent.typed).await?;
    Ok(Done::to("/disbursements/batches", "done-fund-account-confirmed"))
}

/// The form by which an account that waits is confirmed.
pub(super) fn confirmation(visit: &Visit, proposed: &ProposedAccount) -> FormState {
    visit.form_state(CONFIRM, Typed::default().with("seen", proposed.at.to_rfc3339()))
}

/// An account that waits for its confirmation, the `first` one or another: whole, with a button, for those who may confirm
/// it.
pub(super) fn waiting(proposed: &ProposedAccount, first: bool, state: &FormState) -> AnyView {
    let arguments = [
        ("bank", argument(proposed.account.bank_name.as_str())),
        ("ending", argument(proposed.account.ending.as_str())),
        ("name", argument(proposed.by.as_str())),
        ("at", argument(instant(proposed.at))),
    ];
    let key = if first { "fund-account-waits-first" } else { "fund-account-waits" };
    let said = view! { <p>{tw(key, &arguments)}</p> };
    let Some((country, number, bic)) = &proposed.numbers else {
        return notice("info", said);
    };
    let order = proposed.account.order.as_ref().map(|(name, address)| {
        let [street, town] = address.lines();
        let parts = [name.clone(), street, town, label("country", &address.country)];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
    });
    let facts = summary(vec![
        definition("fund-account-account_holder", proposed.account.account_holder.clone()),
        definition("fund-account-order", order),
        definition("fund-account-bank_name", proposed.account.bank_name.clone()),
        definition("fund-account-bank_country", label("country", country)),
        definition("fund-account-account_number", number.clone()),
        definition("fund-account-bic", bic.clone()),
    ]);
    view! {
        {notice("warning", said)}
        {facts}
        <p>{t("fund-account-confirm-lead")}</p>
        {form(CONFIRM, "/disbursements/batches", view! {
            {form_fields(&FUND_ACCOUNT_CONFIRM, state, &[])}
            <div class="button-row"><button class="button button-primary">{t("fund-account-confirm-button")}</button></div>
        })}
    }
    .into_any()
}
