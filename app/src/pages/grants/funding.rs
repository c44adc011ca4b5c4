//! Where a grant's money comes from, and how far it got: by donor, and contribution by contribution.

use std::collections::BTreeMap;

use backend::grants::queries::{FundingView, GrantView};
use backend::page::{Page as Part, PageRequest};
use domain::contributions::Earmark;
use leptos::prelude::*;

use crate::ui::{ColumnHead, column, date, pager, t, table, usd};

/// A donor's part, and the contributions behind it, a page of them.
pub(super) fn part(grant: &GrantView, request: &PageRequest) -> AnyView {
    let page = Part::cut(grant.funding.iter(), request);
    let path = format!("/grants/{}", grant.row.id);
    view! {
        <div class="stack">
            {by_donor(&grant.funding)}
            <details open=request.number() != 1>
                <summary>{t("grants-funding-contributions")}</summary>
                {contributions(&page)}
                {pager(&path, request, &page)}
            </details>
        </div>
    }
    .into_any()
}

/// US cents of one row: the whole, approved for payment, paid, spent.
fn amounts(row: &FundingView) -> [i64; 4] {
    [row.amount, row.advanced, row.paid, row.spent].map(|amount| amount.minor)
}

/// The columns of words, and after them those of [`amounts`].
fn heads(words: &[&'static str]) -> Vec<ColumnHead> {
    let amounts = ["grants-amount", "money-stage-advanced", "money-stage-paid", "money-stage-spent"];
    words.iter().map(|key| column(key, false)).chain(amounts.map(|key| column(key, true))).collect()
}

fn by_donor(funding: &[FundingView]) -> AnyView {
    let mut donors: BTreeMap<(&str, Earmark), [i64; 4]> = BTreeMap::new();
    for row in funding {
        let sums = donors.entry((&row.donor, row.earmark)).or_default();
        for (sum, amount) in sums.iter_mut().zip(amounts(row)) {
            *sum += amount;
        }
    }
    let heads = heads(&["grants-donor", "grants-earmark"]);
    let rows = donors
        .into_iter()
        .map(|((donor, earmark), sums)| {
            let mut cells = vec![donor.to_owned().into_any(), t(&earmark.label_key()).into_any()];
            cells.extend(sums.map(usd));
            cells
        })
        .collect();
    table("grants-funding", &heads, rows)
}

fn contributions(page: &Part<&FundingView>) -> AnyView {
    let heads = heads(&["grants-received", "grants-donor", "grants-earmark"]);
    let rows = page
        .rows
        .iter()
        .map(|row| {
            let mut cells = vec![
                date(row.received_on).into_any(),
                row.donor.clone().into_any(),
                t(&row.earmark.label_key()).into_any(),
            ];
            cells.extend(amounts(row).map(usd));
            cells
        })
        .collect();
    table("grants-funding-contributions", &heads, rows)
}
