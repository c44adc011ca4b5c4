//! The list of pledges with their standing, and the table of pledges that other pages show too.

use backend::contributions::OVERDUE;
use backend::contributions::queries::{self, PledgeRow};
use domain::contributions::Earmark;
use domain::errors::AppError;
use domain::roles::Action;
use leptos::prelude::*;

use crate::ui::{Choice, Page, column, date, filters, money, page_head, pager, sort_link, status, t, table};
use crate::web::Visit;

const PATH: &str = "/contributions";

/// `/contributions`
pub async fn page(visit: Visit) -> Result<Page, AppError> {
    let request = visit.page_request();
    let pledges = queries::list(&visit.context, &request).await?;
    let may_pledge = visit.may(Action::WritePledges);
    let may_read_rates = visit.may(Action::ReadRates);
    Ok(Page::new(visit.reader.text("contributions-title"), move || {
        let earmarks = Earmark::ALL.iter().map(|earmark| Choice::new(earmark.code(), t(&earmark.label_key())));
        let overdue = Choice::new(OVERDUE, t("contributions-overdue"));
        let earmarks = std::iter::once(overdue).chain(earmarks).collect();
        let heads = [
            sort_link("pledge-donor", false, PATH, &request, "donor"),
            sort_link("pledge-date", false, PATH, &request, "date"),
            column("pledge-earmark", false),
            sort_link("standing-pledged", true, PATH, &request, "amount"),
            column("standing-received", true),
            column("standing-outstanding", true),
            column("standing-state", false),
        ];
        let rows = pledges
            .rows
            .iter()
            .map(|pledge| {
                let link = view! { <a href=format!("/contributions/{}", pledge.id)>{pledge.donor_name.clone()}</a> };
                let mut cells = vec![link.into_any(), date(pledge.date).into_any()];
                cells.extend(standing_cells(pledge));
                cells
            })
            .collect();
        view! {
            {page_head(&t("contributions-title"), Some(t("contributions-lead")), view! {
                {may_read_rates.then(|| view! {
                    <a class="button button-secondary" href="/contributions/statements">{t("statements-title")}</a>
                    <a class="button button-secondary" href="/contributions/unidentified">{t("held-title")}</a>
                    <a class="button button-secondary" href="/contributions/overdue">{t("overdue-title")}</a>
                    <a class="button button-secondary" href="/contributions/rates">{t("rates-title")}</a>
                    <a class="button button-secondary" href="/contributions/past">{t("past-title")}</a>
                })}
                {may_pledge.then(|| view! {
                    <a class="button button-primary" href="/contributions/new">{t("pledge-new")}</a>
                })}
            })}
            {filters(PATH, &request, Some(("pledge-earmark", earmarks)))}
            {table("contributions-title", &heads, rows)}
            {pager(PATH, &request, &pledges)}
        }
        .into_any()
    })
    .wide())
}

/// Earmark, pledged, received, outstanding and state of a pledge.
fn standing_cells(pledge: &PledgeRow) -> Vec<AnyView> {
    vec![
        t(&pledge.earmark.label_key()).into_any(),
        money(pledge.standing.kept()),
        money(pledge.standing.received),
        money(pledge.standing.outstanding),
        standing_status(pledge),
    ]
}

/// How a pledge stands, in a word.
pub(super) fn standing_status(pledge: &PledgeRow) -> AnyView {
    let standing = pledge.standing;
    if standing.overdue.minor > 0 {
        status("standing-overdue", "bad")
    } else if standing.outstanding.minor == 0 {
        status("standing-paid", "good")
    } else {
        status("standing-expected", "info")
    }
}

/// A table of one donor's pledges; the date names each.
pub(super) fn pledge_table(pledges: &[PledgeRow]) -> AnyView {
    let heads = [
        column("pledge-date", false),
        column("pledge-earmark", false),
        column("standing-pledged", true),
        column("standing-received", true),
        column("standing-outstanding", true),
        column("standing-state", false),
    ];
    let rows = pledges
        .iter()
        .map(|pledge| {
            let link = view! { <a href=format!("/contributions/{}", pledge.id)>{date(pledge.date)}</a> };
            std::iter::once(link.into_any()).chain(standing_cells(pledge)).collect()
        })
        .collect();
    table("statement-pledges", &heads, rows)
}
