//! The Fund's position and the trial balance.

use backend::ledger::queries::{self, Books};
use domain::errors::AppError;
use domain::ledger::{Account, Position};
use domain::roles::Action;
use leptos::prelude::*;

use super::{account_name, side};
use crate::ui::{Page, column, figure_card, page_head, section, t, table, usd};
use crate::web::Visit;

/// `/ledger`
pub async fn page(visit: Visit) -> Result<Page, AppError> {
    let books = queries::books(&visit.context).await?;
    let may_transfer = visit.may(Action::TransferProgrammeSupport);
    Ok(Page::new(visit.reader.text("ledger-title"), move || {
        view! {
            {page_head(&t("ledger-title"), Some(t("ledger-lead")), view! {
                <a class="button button-secondary" href="/ledger/statements">{t("books-statements")}</a>
                <a class="button button-secondary" href="/ledger/journal">{t("ledger-journal")}</a>
                <a class="button button-secondary" href="/ledger/periods">{t("periods-title")}</a>
                {may_transfer.then(|| view! {
                    <a class="button button-secondary" href="/ledger/programme-support">{t("psc-transfer-title")}</a>
                })}
            })}
            {position_cards(&books.position)}
            {section("ledger-available-by-earmark", view! {
                {available(&books)}
                <p><a href="/grants/available">{t("available-any-day")}</a></p>
            })}
            {section("ledger-balances", view! {
                <p>{t("ledger-balances-lead")}</p>
                {trial_balance(&books.balances)}
            })}
        }
        .into_any()
    })
    .wide())
}

/// Where the Fund stands, as large figures; also on an administrator's home page.
pub(in crate::pages) fn position_cards(position: &Position) -> AnyView {
    view! {
        <ul class="figure-cards">
            <li class="figure-card is-key">
                <p class="figure-label">{t("position-available")}</p>
                <p class="figure">{usd(position.available)}</p>
                <p class="figure-note">{t("position-available-note")}</p>
            </li>
            {figure_card("position-received", usd(position.received), None)}
            {figure_card("position-psc", usd(position.psc), None)}
            {figure_card("position-committed", usd(position.committed), None)}
            {figure_card("position-disbursed", usd(position.disbursed), None)}
            {figure_card("position-receivable", usd(position.receivable), Some(t("position-receivable-note")))}
            {figure_card("position-advances", usd(position.advances), Some(t("position-advances-note")))}
            {figure_card("position-spent", usd(position.spent), Some(t("position-spent-note")))}
        </ul>
    }
    .into_any()
}

fn available(books: &Books) -> AnyView {
    let heads = [column("ledger-earmark", false), column("position-available", true)];
    let rows =
        books.available.iter().map(|(earmark, minor)| vec![t(&earmark.label_key()).into_any(), usd(*minor)]).collect();
    table("ledger-available-by-earmark", &heads, rows)
}

/// Balances by account; debits and credits add up to the same.
fn trial_balance(balances: &[(Account, i64)]) -> AnyView {
    if balances.is_empty() {
        return view! { <p class="empty">{t("list-empty")}</p> }.into_any();
    }
    let rows: Vec<AnyView> = balances
        .iter()
        .map(|(account, balance)| {
            view! {
                <tr>
                    <th scope="row">{account_name(*account)}</th>
                    <td class="num" data-label=t("ledger-debit")>{side(*balance)}</td>
                    <td class="num" data-label=t("ledger-credit")>{side(-balance)}</td>
                </tr>
            }
            .into_any()
        })
        .collect();
    let debits: i64 = balances.iter().map(|(_, balance)| (*balance).max(0)).sum();
    let credits: i64 = balances.iter().map(|(_, balance)| (-balance).max(0)).sum();
    view! {
        <table class="data">
            <caption class="visually-hidden">{t("ledger-balances")}</caption>
            <thead>
                <tr>
                    <th scope="col">{t("ledger-account")}</th>
                    <th scope="col" class="num">{t("ledger-debit")}</th>
                    <th scope="col" class="num">{t("ledger-credit")}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
            <tfoot>
                <tr>
                    <th scope="row">{t("ledger-total")}</th>
                    <td class="num" data-label=t("ledger-debit")>{usd(debits)}</td>
                    <td class="num" data-label=t("ledger-credit")>{usd(credits)}</td>
                </tr>
            </tfoot>
        </table>
    }
    .into_any()
}
