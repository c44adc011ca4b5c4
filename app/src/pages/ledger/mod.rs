//! The books: the Fund's position, the balances of the accounts, and the journal.

mod journal;
mod overview;

use backend::ledger::queries::EntryRow;
use domain::ledger::{Account, Posting};
use domain::money::{Currency, Money};
use domain::roles::Action;
use leptos::prelude::*;

pub(super) use overview::position_cards;

use crate::ui::{column, date, label, money, t, table, tw, usd};
use crate::web::Routes;

/// The routes of the ledger.
#[must_use]
pub fn routes() -> Routes {
    Routes::new().page("/ledger", Action::ReadLedger, overview::page).page(
        "/ledger/journal",
        Action::ReadLedger,
        journal::page,
    )
}

/// An account's number and name.
fn account_name(account: Account) -> String {
    format!("{} {}", account.code(), t(&account.label_key()))
}

/// Journal entries with their debits and credits, under headings of the third rank.
pub(super) fn entry_list(entries: &[EntryRow]) -> AnyView {
    if entries.is_empty() {
        return view! { <p class="empty">{t("list-empty")}</p> }.into_any();
    }
    let items: Vec<AnyView> = entries.iter().map(entry).collect();
    view! { <div class="stack">{items}</div> }.into_any()
}

fn entry(entry: &EntryRow) -> AnyView {
    let number = format!("{}/{}", entry.fiscal_year, entry.number);
    let title = tw("ledger-entry-title", &[("number", number.into()), ("event", t(&entry.event.label_key()).into())]);
    let (kind, id) = &entry.source;
    let source = format!("{} {id}", label("ledger-source", kind));
    let source = match kind.as_str() {
        "pledge" => view! { <a href=format!("/contributions/{id}")>{source}</a> }.into_any(),
        "grant" => view! { <a href=format!("/grants/{id}")>{source}</a> }.into_any(),
        "disbursement" => view! { <a href=format!("/disbursements/{id}")>{source}</a> }.into_any(),
        "recovery" => view! { <a href=format!("/grants/recoveries/{id}")>{source}</a> }.into_any(),
        "report" => view! { <a href=format!("/reports/{id}")>{source}</a> }.into_any(),
        _ => source.into_any(),
    };
    let foreign = entry.postings.iter().any(|line| line.amount.currency != Currency::USD);
    let mut heads = vec![
        column("ledger-account", false),
        column("ledger-earmark", false),
        column("ledger-debit", true),
        column("ledger-credit", true),
    ];
    if foreign {
        heads.push(column("ledger-amount", true));
    }
    let rows = entry.postings.iter().map(|line| posting(line, foreign)).collect();
    view! {
        <article>
            <h3>{title}</h3>
            <p class="muted">{date(entry.date)}" · "{entry.actor.clone()}" · "{source}</p>
            {table("ledger-postings", &heads, rows)}
        </article>
    }
    .into_any()
}

fn posting(line: &Posting, foreign: bool) -> Vec<AnyView> {
    let mut cells = vec![
        account_name(line.account).into_any(),
        t(&line.earmark.label_key()).into_any(),
        side(line.usd_minor),
        side(-line.usd_minor),
    ];
    if foreign {
        cells.push(money(Money::new(line.amount.minor, line.amount.currency)));
    }
    cells
}

/// US cents on the side on which they stand; nothing on the other.
fn side(minor: i64) -> AnyView {
    if minor > 0 { usd(minor) } else { ().into_any() }
}
