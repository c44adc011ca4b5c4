//! The statements of the books on screen and on paper: each at any day, each row leading to its entries.

use std::fmt::Write as _;

use backend::statements::{Asked, Cell, Head, Row, Shape, Statement, csv_size, open};
use domain::errors::AppError;
use domain::ids::DonorId;
use domain::ledger::Account;
use domain::roles::Action;
use domain::statements::StatementKind;
use leptos::prelude::*;

use super::account_name;
use crate::ui::{Page, card_link, date, page_head, reader, t, tw};
use crate::web::Visit;

/// Rows on a page; most statements have fewer.
const SCREEN_ROWS: u64 = 200;

/// `/ledger/statements`
pub async fn list_page(visit: Visit) -> Result<Page, AppError> {
    Ok(Page::new(visit.reader.text("books-statements"), move || {
        let cards: Vec<AnyView> = StatementKind::ALL
            .iter()
            .map(|kind| {
                let key = kind.label_key();
                let path = match kind {
                    StatementKind::Donor => "/donors".to_owned(),
                    kind => format!("/ledger/statements/{kind}"),
                };
                card_link(&t(&key), &path, view! { <p>{t(&format!("{key}-lead"))}</p> })
            })
            .collect();
        view! {
            {page_head(&t("books-statements"), Some(t("books-statements-lead")), ())}
            <ul class="cards">{cards}</ul>
        }
        .into_any()
    })
    .under(visit.reader.text("ledger-title"), "/ledger"))
}

/// What the path and the query ask for.
pub(super) fn asked(visit: &Visit) -> Result<Asked, AppError> {
    let kind = StatementKind::from_code(visit.parameter("statement")).ok_or(AppError::NotFound)?;
    Ok(Asked {
        kind,
        at: visit.query("at").parse().unwrap_or_else(|_| visit.context.today()),
        from: visit.query("from").parse().ok(),
        account: (kind == StatementKind::GeneralLedger)
            .then(|| Account::from_code(visit.query("account")).unwrap_or(Account::Cash)),
        donor: visit.query("donor").parse().ok().filter(|_| kind == StatementKind::Donor),
    })
}

/// The account of the donor that the path names.
pub(super) fn asked_of_donor(visit: &Visit) -> Result<Asked, AppError> {
    let donor: DonorId = visit.id("donor")?;
    Ok(Asked {
        kind: StatementKind::Donor,
        at: visit.query("at").parse().unwrap_or_else(|_| visit.context.today()),
        from: None,
        account: None,
        donor: Some(donor),
    })
}

/// `/ledger/statements/{statement}`
pub async fn page(visit: Visit) -> Result<Page, AppError> {
    let asked = asked(&visit)?;
    let path = format!("/ledger/statements/{}", asked.kind);
    let page = show(&visit, &asked, path).await?;
    Ok(page
        .under(visit.reader.text("ledger-title"), "/ledger")
        .under(visit.reader.text("books-statements"), "/ledger/statements"))
}

/// `/donors/{donor}/account`
pub async fn donor_page(visit: Visit) -> Result<Page, AppError> {
    let asked = asked_of_donor(&visit)?;
    let donor: DonorId = visit.id("donor")?;
    let page = show(&visit, &asked, format!("/donors/{donor}/account")).await?;
    let statement = visit.reader.text("books-donor-statement");
    Ok(page.under(statement, format!("/donors/{donor}/statement")))
}

/// What is drawn.
struct Shown {
    asked: Asked,
    path: String,
    heads: Vec<Head>,
    rows: Vec<Row>,
    opening: Option<Row>,
    total: Option<Row>,
    of: Cell,
    number: u64,
    pages: u64,
    count: u64,
    /// About how many bytes all of it has as CSV, where it has several pages.
    csv_bytes: u64,
    linked: bool,
}

async fn show(visit: &Visit, asked: &Asked, path: String) -> Result<Page, AppError> {
    let mut statement: Statement = open(&visit.context, asked).await?;
    let pages = statement.count.div_ceil(SCREEN_ROWS).max(1);
    let number = visit.page_request().page.min(pages);
    statement.skip(&visit.context, (number - 1) * SCREEN_ROWS).await?;
    let rows = statement.next(&visit.context, SCREEN_ROWS).await?;
    let shown = Shown {
        asked: *asked,
        path,
        count: statement.count,
        csv_bytes: if pages > 1 { csv_size(&rows, statement.count, visit.reader)? } else { 0 },
        heads: statement.heads,
        rows,
        opening: statement.opening.filter(|_| number == 1),
        total: statement.total,
        of: statement.of,
        number,
        pages,
        linked: visit.may(Action::ReadLedger),
    };
    let title = visit.reader.text(&asked.kind.label_key());
    Ok(Page::new(title.clone(), move || draw(&title, &shown)).wide())
}

fn draw(title: &str, shown: &Shown) -> AnyView {
    let asked = shown.asked;
    let of = match &shown.of {
        Cell::Empty => String::new(),
        cell => format!("{} · ", text(cell)),
    };
    let download = |kind: &str| format!("{}/{kind}?{}", shown.path, query(&asked));
    view! {
        {page_head(title, Some(t(&format!("{}-lead", asked.kind.label_key()))), view! {
            <a class="button button-secondary" href=download("csv") download="">{t("books-csv")}</a>
            <a class="button button-secondary" href=download("xlsx") download="">{t("books-xlsx")}</a>
        })}
        {choose(shown)}
        <p><strong>{of}{tw("books-at", &[("date", asked.at.into())])}</strong></p>
        {table(title, shown)}
        {pager(shown)}
        <p class="muted small actions">{t("books-print-note")}</p>
    }
    .into_any()
}

/// What a statement depends on, as a query.
fn query(asked: &Asked) -> String {
    let mut query = format!("at={}", asked.at);
    // Writing to a string cannot fail.
    if let Some(account) = asked.account {
        let _ = write!(query, "&account={}", account.code());
    }
    if let Some(from) = asked.from {
        let _ = write!(query, "&from={from}");
    }
    query
}

/// Day, and for the general ledger the account and the first day.
fn choose(shown: &Shown) -> AnyView {
    let asked = shown.asked;
    let ledger = asked.account.map(|chosen| {
        let options: Vec<AnyView> = Account::ALL
            .iter()
            .map(|account| {
                let selected = *account == chosen;
                view! { <option value=account.code() selected=selected>{account_name(*account)}</option> }.into_any()
            })
            .collect();
        view! {
            <div class="field">
                <label for="account">{t("ledger-account")}</label>
                <select id="account" name="account">{options}</select>
            </div>
            <div class="field">
                <label for="from">{t("books-from-day")}</label>
                <input id="from" type="date" class="input-date" name="from" value=asked.from.map(|day| day.to_string())/>
            </div>
        }
    });
    view! {
        <form class="filters" method="get" action=shown.path.clone()>
            {ledger}
            <div class="field">
                <label for="at">{t("books-at-day")}</label>
                <input id="at" type="date" class="input-date" name="at" value=asked.at.to_string()/>
            </div>
            <button class="button button-secondary">{t("books-show")}</button>
        </form>
    }
    .into_any()
}

/// The words of a cell.
fn text(cell: &Cell) -> String {
    match cell {
        Cell::Empty | Cell::Money(_) => String::new(),
        Cell::Text(text) => text.clone(),
        Cell::Label(key) => t(key),
        Cell::Account(account) => account_name(*account),
        Cell::Year(year) => year.to_string(),
        Cell::Date(day) => date(*day),
        Cell::Month(day) => reader().month(*day),
        Cell::Rate(rate) => reader().decimal(*rate),
    }
}

fn cell(cell: &Cell) -> AnyView {
    match cell {
        // The heading, or a column of its own, names the currency.
        Cell::Money(amount) => {
            let number = reader().decimal(amount.to_decimal());
            view! { <span class="money">{number}</span> }.into_any()
        }
        other => text(other).into_any(),
    }
}

fn table(title: &str, shown: &Shown) -> AnyView {
    if shown.rows.is_empty() && shown.opening.is_none() {
        return view! { <p class="empty">{t("list-empty")}</p> }.into_any();
    }
    let class = |head: &Head| if head.shape == Shape::Amount { "num" } else { "" };
    let heads: Vec<AnyView> = shown
        .heads
        .iter()
        .map(|head| view! { <th scope="col" class=class(head)>{t(head.key)}</th> }.into_any())
        .collect();
    let line = |row: &Row| -> AnyView {
        let link = row.entries.clone().filter(|_| shown.linked);
        let cells: Vec<AnyView> = row
            .cells
            .iter()
            .zip(&shown.heads)
            .enumerate()
            .map(|(position, (content, head))| match (position, &link) {
                (0, Some(link)) => view! { <th scope="row"><a href=link.clone()>{cell(content)}</a></th> }.into_any(),
                (0, None) => view! { <th scope="row">{cell(content)}</th> }.into_any(),
                _ => view! { <td class=class(head) data-label=t(head.key)>{cell(content)}</td> }.into_any(),
            })
            .collect();
        view! { <tr>{cells}</tr> }.into_any()
    };
    let body: Vec<AnyView> = shown.opening.iter().chain(&shown.rows).map(line).collect();
    let foot = shown.total.as_ref().map(|total| view! { <tfoot>{line(total)}</tfoot> });
    view! {
        <div class="table-scroll" tabindex="0" role="region" aria-label=title.to_owned()>
            <table class="data">
                <caption class="visually-hidden">{title.to_owned()}</caption>
                <thead><tr>{heads}</tr></thead>
                <tbody>{body}</tbody>
                {foot}
            </table>
        </div>
    }
    .into_any()
}

fn pager(shown: &Shown) -> Option<AnyView> {
    let (number, pages) = (shown.number, shown.pages);
    let link = |to: u64| format!("{}?{}&page={to}", shown.path, query(&shown.asked));
    let whole = |number: u64| i64::try_from(number).unwrap_or(i64::MAX).into();
    let words = [("page", whole(number)), ("pages", whole(pages)), ("total", whole(shown.count))];
    let size = [("rows", whole(shown.count)), ("kilobytes", whole(shown.csv_bytes.div_ceil(1_000)))];
    (pages > 1).then(|| {
        view! {
            <p class="muted">{tw("books-pages-note", &size)}</p>
            <nav class="pager" aria-label=t("pager-label")>
                {(number > 1).then(|| view! { <a href=link(number - 1) rel="prev">{t("pager-previous")}</a> })}
                <span>{tw("pager-page", &words)}</span>
                {(number < pages).then(|| view! { <a href=link(number + 1) rel="next">{t("pager-next")}</a> })}
            </nav>
        }
        .into_any()
    })
}
