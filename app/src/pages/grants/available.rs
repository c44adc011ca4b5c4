//! Money available to commit at a day, and what is behind each figure.

use backend::grants::available::{self, AvailableRow, Effect, ReceiptAt};
use chrono::NaiveDate;
use domain::contributions::Earmark;
use domain::errors::AppError;
use domain::ledger::Position;
use leptos::prelude::*;

use crate::ui::{
    Page, argument, column, date, figure_card, label, money, page_head, pager, section, t, table, tw, usd,
};
use crate::web::Visit;

const PATH: &str = "/grants/available";

/// `/grants/available`
pub async fn page(visit: Visit) -> Result<Page, AppError> {
    let typed = visit.query("date").trim().to_owned();
    let day = typed.parse::<NaiveDate>().ok();
    let wrong = day.is_none() && !typed.is_empty();
    let day = day.unwrap_or_else(|| visit.context.today());
    let found = available::at(&visit.context, day).await?;
    Ok(Page::new(visit.reader.text("available-title"), move || {
        view! {
            {page_head(&t("available-title"), Some(t("available-lead")), ())}
            <form class="filters" method="get" action=PATH>
                <div class="field">
                    <label for="date">{t("available-date")}</label>
                    <input id="date" type="date" name="date" value=day.to_string()/>
                    {wrong.then(|| view! { <p class="error-text">{t("available-date-wrong")}</p> })}
                </div>
                <button class="button button-secondary">{t("available-show")}</button>
            </form>
            {figures(&found.total)}
            {section("available-by-earmark", by_earmark(&found.rows, &found.total, day))}
        }
        .into_any()
    })
    .wide()
    .under(visit.reader.text("grants-title"), "/grants"))
}

fn figures(total: &Position) -> AnyView {
    view! {
        <ul class="figure-cards">
            {figure_card("position-available", usd(total.available), None)}
            {figure_card("position-received", usd(total.received), None)}
            {figure_card("position-psc", usd(total.psc), None)}
            {figure_card("position-committed", usd(total.committed), None)}
        </ul>
    }
    .into_any()
}

/// The pool has a name of its own here: money without an earmark.
fn name_of(earmark: Earmark) -> String {
    t(&earmark.label_key())
}

fn by_earmark(rows: &[AvailableRow], total: &Position, day: NaiveDate) -> AnyView {
    let heads = [
        column("ledger-earmark", false),
        column("position-received", true),
        column("position-psc", true),
        column("position-committed", true),
        column("position-available", true),
        column("available-behind", false),
    ];
    let mut cells: Vec<Vec<AnyView>> = rows
        .iter()
        .map(|row| {
            let path = format!("{PATH}/{}/{day}", row.earmark);
            let entries = format!("{path}/entries");
            vec![
                name_of(row.earmark).into_any(),
                usd(row.position.received),
                usd(row.position.psc),
                usd(row.position.committed),
                usd(row.position.available),
                view! {
                    <a href=path>{t("available-receipts")}</a> " · " <a href=entries>{t("available-entries")}</a>
                }
                .into_any(),
            ]
        })
        .collect();
    if !cells.is_empty() {
        cells.push(vec![
            view! { <strong>{t("ledger-total")}</strong> }.into_any(),
            usd(total.received),
            usd(total.psc),
            usd(total.committed),
            usd(total.available),
            ().into_any(),
        ]);
    }
    table("available-by-earmark", &heads, cells)
}

/// Earmark and day that a path names.
fn of_path(visit: &Visit) -> Result<(Earmark, NaiveDate), AppError> {
    let earmark = Earmark::from_code(visit.parameter("earmark")).ok_or(AppError::NotFound)?;
    let day = visit.parameter("day").parse().map_err(|_| AppError::NotFound)?;
    Ok((earmark, day))
}

fn lead(key: &str, earmark: Earmark, day: NaiveDate) -> String {
    tw(key, &[("earmark", name_of(earmark).into()), ("day", argument(day))])
}

/// `/grants/available/{earmark}/{day}`
pub async fn receipts(visit: Visit) -> Result<Page, AppError> {
    let (earmark, day) = of_path(&visit)?;
    let request = visit.page_request();
    let found = available::receipts(&visit.context, earmark, day, &request).await?;
    Ok(Page::new(visit.reader.text("available-receipts"), move || {
        let heads = [
            column("grants-donor", false),
            column("grants-received", false),
            column("available-usable", true),
            column("available-committed", true),
            column("available-left", true),
        ];
        let rows = found.rows.iter().map(receipt).collect();
        let path = format!("{PATH}/{earmark}/{day}");
        let entries = format!("{path}/entries");
        view! {
            {page_head(&t("available-receipts"), Some(lead("available-receipts-lead", earmark, day)), view! {
                <a class="button button-secondary" href=entries>{t("available-entries")}</a>
            })}
            {table("available-receipts", &heads, rows)}
            {pager(&path, &request, &found)}
        }
        .into_any()
    })
    .wide()
    .under(visit.reader.text("available-title"), format!("{PATH}?date={day}")))
}

fn receipt(row: &ReceiptAt) -> Vec<AnyView> {
    let donor = view! { <a href=format!("/contributions/{}", row.pledge)>{row.donor.clone()}</a> };
    vec![donor.into_any(), date(row.date).into_any(), money(row.usable), money(row.committed), money(row.left)]
}

/// `/grants/available/{earmark}/{day}/entries`
pub async fn entries(visit: Visit) -> Result<Page, AppError> {
    let (earmark, day) = of_path(&visit)?;
    let request = visit.page_request();
    let found = available::entries(&visit.context, earmark, day, &request).await?;
    Ok(Page::new(visit.reader.text("available-entries"), move || {
        let heads = [
            column("available-entry", false),
            column("recoveries-day", false),
            column("ledger-event", false),
            column("available-source", false),
            column("available-by", true),
        ];
        let rows = found.rows.iter().map(effect).collect();
        let path = format!("{PATH}/{earmark}/{day}");
        view! {
            {page_head(&t("available-entries"), Some(lead("available-entries-lead", earmark, day)), view! {
                <a class="button button-secondary" href=path.clone()>{t("available-receipts")}</a>
            })}
            {table("available-entries", &heads, rows)}
            {pager(&format!("{path}/entries"), &request, &found)}
        }
        .into_any()
    })
    .wide()
    .under(visit.reader.text("available-title"), format!("{PATH}?date={day}")))
}

fn effect(row: &Effect) -> Vec<AnyView> {
    let (kind, id) = &row.source;
    let journal = format!("/ledger/journal?search={}", row.number.replace('/', "%2F"));
    vec![
        view! { <a href=journal>{row.number.clone()}</a> }.into_any(),
        date(row.date).into_any(),
        t(&row.event.label_key()).into_any(),
        format!("{} {id}", label("ledger-source", kind)).into_any(),
        usd(row.by),
    ]
}
