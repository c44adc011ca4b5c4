//! The books: the Fund's position, the balances of the accounts, and the journal.

mod downloads;
mod entries;
mod journal;
mod overview;
mod periods;
mod statements;
mod transfer;

use backend::ledger::queries::EntryRow;
use domain::ledger::{Account, Posting};
use domain::money::{Currency, Money};
use domain::periods::Period;
use domain::roles::Action;
use leptos::prelude::*;

pub(super) use overview::position_cards;

use crate::ui::{column, date, label, money, reader, t, table, usd};
use crate::web::Routes;

/// The routes of the ledger.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .page("/ledger", Action::ReadLedger, overview::page)
        .page("/ledger/journal", Action::ReadLedger, journal::page)
        .page("/ledger/entries", Action::ReadLedger, entries::list_page)
        .page("/ledger/entries/{entry}", Action::ReadLedger, entries::page)
        .action("/ledger/entries/{entry}/reverse", Action::ReverseEntries, entries::reverse)
        .page("/ledger/periods", Action::ReadLedger, periods::list_page)
        .page("/ledger/periods/{period}", Action::ReadLedger, periods::page)
        .action("/ledger/periods/{period}/close", Action::ClosePeriods, periods::close)
        .action("/ledger/periods/{period}/reopen", Action::ReopenPeriods, periods::reopen)
        .page("/ledger/statements", Action::ReadLedger, statements::list_page)
        .page("/ledger/statements/{statement}", Action::ReadLedger, statements::page)
        .download("/ledger/statements/{statement}/csv", Action::ReadLedger, downloads::csv)
        .download("/ledger/statements/{statement}/xlsx", Action::ReadLedger, downloads::xlsx)
        .page("/donors/{donor}/account", Action::ReadContributions, statements::donor_page)
        .download("/donors/{donor}/account/csv", Action::ReadContributions, downloads::donor_csv)
        .download("/donors/{donor}/account/xlsx", Action::ReadContributions, downloads::donor_xlsx)
        .page("/ledger/programme-support", Action::TransferProgrammeSupport, transfer::page)
        .action("/ledger/programme-support/transfer", Action::TransferProgrammeSupport, transfer::create)
}

/// An account's number and name.
fn account_name(account: Account) -> String {
    format!("{} {}", account.code(), t(&account.label_key()))
}

/// Journal entries with their debits and credits, under headings of the third rank.
pub(in crate::pages) fn entry_list(entries: &[EntryRow]) -> AnyView {
    if entries.is_empty() {
        return view! { <p class="empty">{t("list-empty")}</p> }.into_any();
    }
    let items: Vec<AnyView> = entries.iter().map(entry).collect();
    view! { <div class="stack">{items}</div> }.into_any()
}

/// A period as it is called: `March 2026`, or `2026` for the year.
fn period_name(reader: i18n::Reader, period: Period) -> String {
    match period.month {
        Some(_) => reader.month(period.first_day()),
        None => period.to_string(),
    }
}

/// Number and event of an entry.
fn entry_title(reader: i18n::Reader, entry: &EntryRow) -> String {
    let number = format!("{}/{}", entry.fiscal_year, entry.number);
    let event = reader.text(&entry.event.label_key());
    reader.with("ledger-entry-title", &[("number", number.into()), ("event", event.into())])
}

/// The record that caused an entry, as a link where it has a page.
fn source_link(kind: &str, id: i64) -> AnyView {
    let source = format!("{} {id}", label("ledger-source", kind));
    let folder = match kind {
        "pledge" => "contributions",
        "unidentified" => "contributions/unidentified",
        "grant" => "grants",
        "recovery" => "grants/recoveries",
        "disbursement" => "disbursements",
        "report" => "reports",
        _ => return source.into_any(),
    };
    view! { <a href=format!("/{folder}/{id}")>{source}</a> }.into_any()
}

fn entry(entry: &EntryRow) -> AnyView {
    let (kind, id) = &entry.source;
    view! {
        <article>
            <h3><a href=format!("/ledger/entries/{}", entry.id)>{entry_title(reader(), entry)}</a></h3>
            <p class="muted">{date(entry.date)}" · "{entry.actor.clone()}" · "{source_link(kind, *id)}</p>
            {posting_table(entry)}
        </article>
    }
    .into_any()
}

/// Debits and credits of an entry.
fn posting_table(entry: &EntryRow) -> AnyView {
    let foreign = entry.postings.iter().any(|line| line.amount.currency != Currency::USD);
    let mut heads = vec![
        column("ledger-account", false),
        column("ledger-earmark", false),
        column("ledger-debit", true),
        column("ledger-credit", true),
    ];
    if foreign {
        heads.extend([column("ledger-amount", true), column("ledger-rate", true), column("ledger-rate-month", false)]);
    }
    let rows = entry.postings.iter().map(|line| posting(line, foreign)).collect();
    table("ledger-postings", &heads, rows)
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
        cells.push(line.rate.map(|rate| reader().decimal(rate.units_per_usd)).into_any());
        cells.push(line.rate.map(|rate| reader().month(rate.month)).into_any());
    }
    cells
}

/// US cents on the side on which they stand; nothing on the other.
fn side(minor: i64) -> AnyView {
    if minor > 0 { usd(minor) } else { ().into_any() }
}
