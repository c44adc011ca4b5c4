//! The Fund's bank accounts, of which alone statements are read: the list, entering one, and confirming what waits.

use backend::contributions::statements::{self, AccountState, AccountView};
use chrono::{DateTime, Utc};
use domain::contributions::{LISTED_ACCOUNT, LISTED_ACCOUNT_CONFIRM};
use domain::errors::AppError;
use domain::forms::Typed;
use domain::roles::Action;
use leptos::prelude::*;

use crate::ui::{
    Choice, FormState, Page, argument, button_form, column, definition, form, form_fields, instant, notice, page_head,
    section, status, summary, t, table, tw,
};
use crate::web::{Done, Sent, Visit};

/// Where the list is.
pub(super) const PATH: &str = "/contributions/accounts";
const ENTER: &str = "/contributions/accounts/enter";

/// `/contributions/accounts`
pub async fn page(visit: Visit) -> Result<Page, AppError> {
    let found = statements::accounts(&visit.context).await?;
    let writes = visit.may(Action::WriteFundAccount);
    let entering = writes.then(|| visit.form_state(ENTER, Typed::default()));
    let waiting: Vec<(AccountView, FormState)> = found
        .iter()
        .filter(|account| account.number.is_some())
        .map(|account| {
            let initial = Typed::default().with("seen", account.seen.as_str());
            (account.clone(), visit.form_state(&path(account, "confirm"), initial))
        })
        .collect();
    Ok(Page::new(visit.reader.text("listed-accounts-title"), move || {
        let heads = [
            column("bank-statement-account", false),
            column("listed-account-currency", false),
            column("listed-account-bank_name", false),
            column("listed-accounts-entered", false),
            column("listed-accounts-confirmed", false),
            column("standing-state", false),
        ];
        let rows = found.iter().map(|account| row(account, writes)).collect();
        let waiting: Vec<AnyView> = waiting.iter().map(|(account, state)| confirmation(account, state)).collect();
        view! {
            {page_head(&t("listed-accounts-title"), Some(t("listed-accounts-lead")), ())}
            {waiting}
            {table("listed-accounts-title", &heads, rows)}
            {entering.map(|state| section("listed-accounts-enter", view! {
                <p>{t("listed-accounts-enter-lead")}</p>
                {form(ENTER, PATH, view! {
                    {form_fields(&LISTED_ACCOUNT, &state, &[])}
                    <div class="button-row"><button class="button button-primary">{t("button-save")}</button></div>
                })}
            }))}
        }
        .into_any()
    })
    .under(visit.reader.text("contributions-title"), "/contributions")
    .under(visit.reader.text("statements-title"), "/contributions/statements")
    .wide())
}

/// Where something is done with an account.
fn path(account: &AccountView, what: &str) -> String {
    format!("{PATH}/{}/{what}", account.id)
}

fn row(account: &AccountView, writes: bool) -> Vec<AnyView> {
    let by = |who: &Option<(String, DateTime<Utc>)>| {
        who.as_ref().map(|(name, at)| {
            tw("listed-accounts-by", &[("name", argument(name.as_str())), ("at", argument(instant(*at)))])
        })
    };
    let tone = match account.state {
        AccountState::Open => "good",
        AccountState::Waiting | AccountState::ReadBefore => "warning",
        AccountState::Closed => "neutral",
    };
    let act = if account.own {
        Some(("withdraw", "listed-accounts-withdraw"))
    } else {
        (writes && account.state == AccountState::Open).then_some(("close", "listed-accounts-close"))
    };
    let act = act.map(|(what, key)| button_form(&path(account, what), PATH, key, "button-secondary", &[]));
    vec![
        account.code.clone().into_any(),
        account.currency.map(|currency| currency.code().to_owned()).into_any(),
        account.bank_name.clone().into_any(),
        by(&account.entered).into_any(),
        by(&account.confirmed).into_any(),
        view! { {status(&account.state.label_key(), tone)} {act} }.into_any(),
    ]
}

/// An account that waits, whole, with a button.
fn confirmation(account: &AccountView, state: &FormState) -> AnyView {
    let said = match &account.entered {
        Some((name, at)) => {
            let arguments = [
                ("account", argument(account.code.as_str())),
                ("name", argument(name.as_str())),
                ("at", argument(instant(*at))),
            ];
            tw("listed-accounts-waits", &arguments)
        }
        None => tw("listed-accounts-read-before", &[("account", argument(account.code.as_str()))]),
    };
    let facts = summary(vec![
        definition("listed-account-account_number", account.number.clone()),
        definition("listed-account-currency", account.currency.map(|currency| currency.code().to_owned())),
        definition("listed-account-bank_name", account.bank_name.clone()),
    ]);
    view! {
        {notice("warning", view! { <p>{said}</p> })}
        {facts}
        <p>{t("listed-accounts-confirm-lead")}</p>
        {form(&path(account, "confirm"), PATH, view! {
            {form_fields(&LISTED_ACCOUNT_CONFIRM, state, &[])}
            <div class="button-row"><button class="button button-primary">{t("fund-account-confirm-button")}</button></div>
        })}
    }
    .into_any()
}

/// The accounts of which statements are read, to choose from.
pub(super) fn choices(accounts: &[AccountView]) -> Vec<Choice> {
    let open = accounts.iter().filter(|account| account.state == AccountState::Open);
    open.map(|account| {
        let currency = account.currency.map(|currency| currency.code().to_owned()).unwrap_or_default();
        let parts = [account.code.clone(), currency, account.bank_name.clone()];
        let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        Choice::new(&account.code, parts.join(" · "))
    })
    .collect()
}

/// `POST /contributions/accounts/enter`
pub async fn enter(visit: Visit, sent: Sent) -> Result<Done, AppError> {
    statements::enter_account(&visit.context, &sent.typed).await?;
    Ok(Done::to(PATH, "done-listed-account-entered"))
}

/// `POST /contributions/accounts/{account}/confirm`
pub async fn confirm(visit: Visit, sent: Sent) -> Result<Done, AppError> {
    statements::confirm_account(&visit.context, visit.id("account")?, &sent.typed).await?;
    Ok(Done::to(PATH, "done-listed-account-confirmed"))
}

/// `POST /contributions/accounts/{account}/withdraw`
pub async fn withdraw(visit: Visit, _: Sent) -> Result<Done, AppError> {
    statements::withdraw_account(&visit.context, visit.id("account")?).await?;
    Ok(Done::to(PATH, "done-listed-account-withdrawn"))
}

/// `POST /contributions/accounts/{account}/close`
pub async fn close(visit: Visit, _: Sent) -> Result<Done, AppError> {
    statements::close_account(&visit.context, visit.id("account")?).await?;
    Ok(Done::to(PATH, "done-listed-account-closed"))
}
