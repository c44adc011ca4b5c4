//! A scenario: if these applications were approved, what would remain of each earmark. A form of ticks that works
//! by its address alone and changes nothing.

use backend::board::scenario::{self, BoardScenario, Candidate};
use backend::page::PageRequest;
use domain::contributions::Earmark;
use domain::errors::AppError;
use domain::ids::{ApplicationId, BoardSessionId, CallId};
use domain::money::Money;
use leptos::prelude::*;

use crate::pages::reviews::points;
use crate::ui::{Page, argument, column, label, money, notice, page_head, pager, section, status, t, table, tw, usd};
use crate::web::Visit;

/// The applications that are ticked in the address: `a-17=yes`.
fn chosen(visit: &Visit) -> Vec<ApplicationId> {
    visit.query.keys().filter_map(|name| name.strip_prefix("a-")?.parse().ok()).collect()
}

/// `/board/{session}/scenario`
pub async fn of_session(visit: Visit) -> Result<Page, AppError> {
    let id: BoardSessionId = visit.id("session")?;
    let request = visit.page_request();
    let found = scenario::of_session(&visit.context, id, &request, &chosen(&visit)).await?;
    let (title, path) = (found.title.clone(), format!("/board/{id}"));
    let board = visit.reader.text("board-title");
    Ok(page(&visit, found, format!("{path}/scenario"), request).under(board, "/board").under(title, path))
}

/// `/calls/{call}/scenario`
pub async fn of_call(visit: Visit) -> Result<Page, AppError> {
    let id: CallId = visit.id("call")?;
    let request = visit.page_request();
    let found = scenario::of_call(&visit.context, id, &request, &chosen(&visit)).await?;
    let ranking = visit.reader.text("ranking-title");
    Ok(page(&visit, found, format!("/calls/{id}/scenario"), request).under(ranking, format!("/calls/{id}/ranking")))
}

fn page(visit: &Visit, found: BoardScenario, action: String, request: PageRequest) -> Page {
    Page::new(visit.reader.text("scenario-title"), move || {
        let lead = tw("scenario-lead", &[("title", argument(found.title.as_str()))]);
        view! {
            {page_head(&t("scenario-title"), Some(lead), ())}
            {verdict(&found)}
            {section("scenario-money", remaining(&found.money))}
            {section("scenario-applications", candidates(&found, &action, &request))}
        }
        .into_any()
    })
    .wide()
}

/// In words: whether everything that is ticked fits.
fn verdict(found: &BoardScenario) -> AnyView {
    let all = || found.candidates.rows.iter().chain(&found.elsewhere);
    let considered = || all().filter_map(|row| Some((row, row.considered.as_ref()?)));
    let sum: i64 = considered().map(|(row, _)| row.amount.minor).sum();
    let beyond = considered().filter(|(_, considered)| considered.taken.is_none()).count();
    let arguments = [
        ("count", argument(considered().count())),
        ("amount", argument(Money::usd(sum))),
        ("beyond", argument(beyond)),
    ];
    match (considered().count(), beyond) {
        (0, _) => notice("info", view! { <p>{t("scenario-none")}</p> }),
        (_, 0) => notice("good", view! { <p>{tw("scenario-fits", &arguments)}</p> }),
        _ => notice("warning", view! { <p>{tw("scenario-beyond", &arguments)}</p> }),
    }
}

fn remaining(rows: &[(Earmark, i64, i64)]) -> AnyView {
    let heads = [
        column("ledger-earmark", false),
        column("scenario-now", true),
        column("scenario-taken", true),
        column("scenario-left", true),
    ];
    let line = |name: AnyView, now: i64, left: i64| vec![name, usd(now), usd(now - left), usd(left)];
    let mut cells: Vec<Vec<AnyView>> =
        rows.iter().map(|(earmark, now, left)| line(t(&earmark.label_key()).into_any(), *now, *left)).collect();
    if !cells.is_empty() {
        let total = view! { <strong>{t("ledger-total")}</strong> }.into_any();
        let (now, left) = rows.iter().fold((0, 0), |sums, row| (sums.0 + row.1, sums.1 + row.2));
        cells.push(line(total, now, left));
    }
    table("scenario-money", &heads, cells)
}

fn candidates(found: &BoardScenario, action: &str, request: &PageRequest) -> AnyView {
    if found.candidates.rows.is_empty() && found.elsewhere.is_empty() {
        return view! { <p class="empty">{t("scenario-empty")}</p> }.into_any();
    }
    let heads = [
        column("scenario-tick", false),
        column("reviews-organisation", false),
        column("reviews-country", false),
        column("ranking-mean", true),
        column("scenario-amount", true),
        column("scenario-outcome", false),
    ];
    let rows = found.candidates.rows.iter().map(candidate).collect();
    let name = |row: &Candidate| format!("a-{}", row.application.id);
    // What is ticked on other pages stays part of the scenario.
    let kept: Vec<AnyView> = found
        .elsewhere
        .iter()
        .map(|row| view! { <input type="hidden" name=name(row) value="yes"/> }.into_any())
        .collect();
    let ticked = found.candidates.rows.iter().filter(|row| row.considered.is_some()).chain(&found.elsewhere);
    let ticked: Vec<String> = ticked.map(|row| format!("{}=yes", name(row))).collect();
    let path = if ticked.is_empty() { action.to_owned() } else { format!("{action}?{}", ticked.join("&")) };
    view! {
        <form method="get" action=action.to_owned()>
            <input type="hidden" name="page" value=request.number().to_string()/>
            {kept}
            {table("scenario-applications", &heads, rows)}
            {(!found.elsewhere.is_empty()).then(|| {
                let count = i64::try_from(found.elsewhere.len()).unwrap_or(i64::MAX);
                view! { <p>{tw("scenario-elsewhere", &[("count", argument(count))])}</p> }
            })}
            <div class="button-row"><button class="button button-primary">{t("scenario-show")}</button></div>
        </form>
        {pager(&path, request, &found.candidates)}
    }
    .into_any()
}

fn candidate(row: &Candidate) -> Vec<AnyView> {
    let application = &row.application;
    let id = format!("a-{}", application.id);
    let tick = view! {
        <div class="choice">
            <input type="checkbox" id=id.clone() name=id.clone() value="yes" checked=row.considered.is_some()/>
            <label for=id>{format!("{} · {}", application.number, application.title)}</label>
        </div>
    };
    vec![
        tick.into_any(),
        application.organisation_name.clone().into_any(),
        label("country", &application.country).into_any(),
        points(application.mean_hundredths).into_any(),
        money(row.amount),
        outcome(row),
    ]
}

fn outcome(row: &Candidate) -> AnyView {
    let Some(considered) = &row.considered else { return ().into_any() };
    let Some(taken) = &considered.taken else {
        let arguments = [("available", argument(Money::usd(considered.available)))];
        let text = tw("scenario-not-covered", &arguments);
        return view! { {status("scenario-no-longer", "bad")} " " {text} }.into_any();
    };
    let parts: Vec<AnyView> = taken
        .iter()
        .map(|(earmark, minor)| view! { <li>{t(&earmark.label_key())} ": " {usd(*minor)}</li> }.into_any())
        .collect();
    view! { {status("scenario-covered", "good")} <ul>{parts}</ul> }.into_any()
}
