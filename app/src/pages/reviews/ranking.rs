//! The ranking of a call, with a heavy line where the available money ends.

use backend::reviews::{self, ApplicationFacts, Ranked, Ranking};
use domain::errors::AppError;
use domain::ids::CallId;
use domain::money::Money;
use domain::roles::Action;
use leptos::prelude::*;

use super::points;
use crate::ui::{Page, argument, column, count, label, money, notice, page_head, section, status, t, table, tw, usd};
use crate::web::Visit;

/// `/calls/{call}/ranking`
pub async fn page(visit: Visit) -> Result<Page, AppError> {
    let id: CallId = visit.id("call")?;
    let ranking = reviews::ranking(&visit.context, id).await?;
    let may_plan = visit.may(Action::ManageBoard);
    let call = ranking.call_title.clone();
    Ok(Page::new(visit.reader.text("ranking-title"), move || {
        let plan = may_plan.then(|| view! {
            <a class="button button-secondary" href=format!("/board/new?call={id}")>{t("board-new")}</a>
        });
        view! {
            {page_head(&t("ranking-title"), Some(tw("ranking-lead", &[("call", argument(ranking.call_title.as_str()))])), plan)}
            {notice("info", view! { <p>{sentence(&ranking)}</p><p>{t("ranking-earmarks")}</p> })}
            {places(&ranking)}
            {(!ranking.not_recommendable.is_empty()).then(|| below(&ranking.not_recommendable))}
        }
        .into_any()
    })
    .wide()
    .under(visit.reader.text("nav-calls"), "/calls")
    .under(call, format!("/calls/{id}")))
}

/// Where the money ends, in words.
fn sentence(ranking: &Ranking) -> String {
    let covered = ranking.ranked.iter().filter(|row| row.place.within_available).count();
    let asked = ranking.ranked.last().map_or(0, |row| row.place.cumulative_minor);
    let missing = Money::usd(asked.saturating_sub(ranking.available.minor));
    let arguments = [
        ("available", argument(ranking.available)),
        ("asked", argument(Money::usd(asked))),
        ("missing", argument(missing)),
        ("covered", argument(covered)),
        ("total", argument(ranking.ranked.len())),
    ];
    let key = match (covered, ranking.ranked.len()) {
        (_, 0) => "ranking-nothing",
        (covered, total) if covered == total => "ranking-all",
        (0, _) => "ranking-none",
        _ => "ranking-some",
    };
    tw(key, &arguments)
}

fn places(ranking: &Ranking) -> AnyView {
    if ranking.ranked.is_empty() {
        return view! { <p class="empty">{t("list-empty")}</p> }.into_any();
    }
    let covered = ranking.ranked.iter().filter(|row| row.place.within_available).count();
    let cut = if covered < ranking.ranked.len() { covered } else { 0 };
    let rows: Vec<AnyView> =
        ranking.ranked.iter().zip(1..).map(|(row, position)| place(row, position == cut)).collect();
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
