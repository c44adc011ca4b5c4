//! The ranking of a call, with a heavy line where the available money ends.

use backend::page::PageRequest;
use backend::reviews::{self, ApplicationFacts, BELOW, Ranked, Ranking};
use domain::errors::AppError;
use domain::ids::CallId;
use domain::money::Money;
use domain::roles::Action;
use leptos::prelude::*;

use super::points;
use crate::ui::{
    Page, argument, column, count, label, money, notice, page_head, pager, section, status, t, table, tw, usd,
};
use crate::web::Visit;

/// `/calls/{call}/ranking`
pub async fn page(visit: Visit) -> Result<Page, AppError> {
    let id: CallId = visit.id("call")?;
    let request = visit.page_request();
    let ranking = reviews::ranking(&visit.context, id, &request).await?;
    let path = visit.path.clone();
    let may_plan = visit.may(Action::ManageBoard);
    let call = ranking.call_title.clone();
    Ok(Page::new(visit.reader.text("ranking-title"), move || {
        let plan = may_plan.then(|| view! {
            <a class="button button-secondary" href=format!("/board/new?call={id}")>{t("board-new")}</a>
        });
        let scenario = format!("/calls/{id}/scenario?page={}", request.number());
        let plan = view! {
            <a class="button button-secondary" href=scenario>{t("scenario-title")}</a>
            {plan}
        };
        view! {
            {page_head(&t("ranking-title"), Some(tw("ranking-lead", &[("call", argument(ranking.call_title.as_str()))])), plan)}
            {notice("info", view! { <p>{sentence(&ranking)}</p><p>{t("ranking-earmarks")}</p> })}
            {if request.filter == BELOW {
                view! { {below(&ranking.not_recommendable.rows)} {pager(&path, &request, &ranking.not_recommendable)} }.into_any()
            } else {
                view! { {places(&ranking)} {pager(&path, &request, &ranking.ranked)} }.into_any()
            }}
            {other_list(&path, &request, &ranking)}
        }
        .into_any()
    })
    .wide()
    .under(visit.reader.text("nav-calls"), "/calls")
    .under(call, format!("/calls/{id}")))
}

/// Where the money ends, in words.
fn sentence(ranking: &Ranking) -> String {
    let number = |number: u64| argument(i64::try_from(number).unwrap_or(i64::MAX));
    let missing = Money::usd(ranking.asked.minor.saturating_sub(ranking.available.minor));
    let arguments = [
        ("available", argument(ranking.available)),
        ("asked", argument(ranking.asked)),
        ("missing", argument(missing)),
        ("covered", number(ranking.covered)),
        ("total", number(ranking.ranked.total)),
    ];
    let key = match (ranking.covered, ranking.ranked.total) {
        (_, 0) => "ranking-nothing",
        (covered, total) if covered == total => "ranking-all",
        (0, _) => "ranking-none",
        _ => "ranking-some",
    };
    tw(key, &arguments)
}

fn places(ranking: &Ranking) -> AnyView {
    if ranking.ranked.rows.is_empty() {
        return view! { <p class="empty">{t("list-empty")}</p> }.into_any();
    }
    let cut = if ranking.covered < ranking.ranked.total { ranking.covered } else { 0 };
    let is_cut = |row: &Ranked| cut > 0 && u64::try_from(row.place.position).is_ok_and(|position| position == cut);
    let rows: Vec<AnyView> = ranking.ranked.rows.iter().map(|row| place(row, is_cut(row))).collect();
    view! {
        <table class="data">
            <caption class="visually-hidden">{t("ranking-title")}</caption>
            <thead><tr>
                <th scope="col">{t("reviews-application")}</th>
                <th scope="col" class="num">{t("ranking-place")}</th>
                <th scope="col">{t("reviews-organisation")}</th>
                <th scope="col">{t("reviews-country")}</th>
                <th scope="col" class="num">{t("ranking-mean")}</th>
                <th scope="col" class="num">{t("reviews-requested")}</th>
                <th scope="col" class="num">{t("ranking-cumulative")}</th>
                <th scope="col">{t("ranking-money")}</th>
            </tr></thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

/// The way between those that can be recommended and the others.
fn other_list(path: &str, request: &PageRequest, ranking: &Ranking) -> Option<AnyView> {
    if request.filter == BELOW {
        return Some(view! { <p><a href=path.to_owned()>{t("ranking-back")}</a></p> }.into_any());
    }
    let number = argument(i64::try_from(ranking.not_recommendable.total).unwrap_or(i64::MAX));
    (ranking.not_recommendable.total > 0).then(|| {
        let href = format!("{path}?filter={BELOW}");
        view! { <p><a href=href>{tw("ranking-below-link", &[("number", number)])}</a></p> }.into_any()
    })
}

fn place(row: &Ranked, cut: bool) -> AnyView {
    let application = &row.application;
    let title = format!("{} · {}", application.number, application.title);
    let within = match row.place.within_available {
        true => status("ranking-within", "good"),
        false => status("ranking-beyond", "warning"),
    };
    // Earmarked money may cover others but not this one.
    let earmarked = (row.place.within_available && row.available.minor < application.requested.minor)
        .then(|| view! { " " {status("ranking-not-its-purpose", "warning")} });
    view! {
        <tr class=if cut { "cut" } else { "" }>
            <th scope="row"><a href=format!("/applications/{}/reviews", application.id)>{title}</a></th>
            <td class="num" data-label=t("ranking-place")>{count(row.place.position)}</td>
            <td data-label=t("reviews-organisation")>{application.organisation_name.clone()}</td>
            <td data-label=t("reviews-country")>{label("country", &application.country)}</td>
            <td class="num" data-label=t("ranking-mean")>{points(application.mean_hundredths)}</td>
            <td class="num" data-label=t("reviews-requested")>{money(application.requested)}</td>
            <td class="num" data-label=t("ranking-cumulative")>{usd(row.place.cumulative_minor)}</td>
            <td data-label=t("ranking-money")>{within}{earmarked}</td>
        </tr>
    }
    .into_any()
}

fn below(applications: &[ApplicationFacts]) -> AnyView {
    let heads = [
        column("reviews-application", false),
        column("reviews-organisation", false),
        column("reviews-country", false),
        column("ranking-mean", true),
        column("reviews-requested", true),
    ];
    let rows = applications
        .iter()
        .map(|application| {
            let title = format!("{} · {}", application.number, application.title);
            vec![
                view! { <a href=format!("/applications/{}/reviews", application.id)>{title}</a> }.into_any(),
                application.organisation_name.clone().into_any(),
                label("country", &application.country).into_any(),
                points(application.mean_hundredths).into_any(),
                money(application.requested),
            ]
        })
        .collect();
    section("ranking-below", view! { <p>{t("ranking-below-text")}</p>{table("ranking-below", &heads, rows)} })
}
