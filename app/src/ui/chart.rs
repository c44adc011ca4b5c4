//! Charts drawn on the server as SVG, each with its table beside it.

use leptos::prelude::*;

use super::text::t;

/// One bar: a name, a value to draw, and the value as read.
#[derive(Clone, Debug)]
pub struct Bar {
    /// Name.
    pub name: String,
    /// Length; negative counts as zero.
    pub value: i64,
    /// As read.
    pub shown: String,
}

/// One column of a chart by year: a name and up to three values side by side.
#[derive(Clone, Debug)]
pub struct Column {
    /// Name under the column.
    pub name: String,
    /// Heights and how they are read.
    pub values: Vec<(i64, String)>,
}

/// Horizontal bars; name and value stand beside each, so the text is its own table.
pub fn bar_chart(title: &str, bars: &[Bar]) -> AnyView {
    let largest = bars.iter().map(|bar| bar.value).max().unwrap_or(0).max(1);
    let items: Vec<AnyView> = bars
        .iter()
        .map(|bar| {
            let width = per_mille(bar.value, largest);
            view! {
                <li>
                    <span class="bar-name">{bar.name.clone()}</span>
                    <svg viewBox="0 0 1000 100" preserveAspectRatio="none" aria-hidden="true">
                        <rect class="bar" width=width.to_string() height="100"></rect>
                    </svg>
                    <span class="bar-value">{bar.shown.clone()}</span>
                </li>
            }
            .into_any()
        })
        .collect();
    view! { <figure class="chart"><figcaption>{title.to_owned()}</figcaption><ul class="bars">{items}</ul></figure> }
        .into_any()
}

/// Columns by year with a legend, a text alternative and a table.
pub fn column_chart(id: &str, title: &str, series: &[String], columns: &[Column]) -> AnyView {
    const FLOOR: i64 = 210;
    const HEIGHT: i64 = 190;
    let largest =
        columns.iter().flat_map(|column| column.values.iter().map(|(value, _)| *value)).max().unwrap_or(0).max(1);
    let number = i64::try_from(columns.len().max(1)).unwrap_or(1);
    let of_series = i64::try_from(series.len().max(1)).unwrap_or(1);
    let slot = 1000 / number;
    let width = (slot * 7 / 10) / of_series;
    let mut shapes: Vec<AnyView> = Vec::new();
    for (position, column) in (0..).zip(columns) {
        let left = position * slot + slot * 3 / 20;
        for (index, (value, _)) in (0..).zip(&column.values) {
            let height = (value.max(&0) * HEIGHT) / largest;
            let class = if index == 0 { "bar".to_owned() } else { format!("bar-{}", index + 1) };
            shapes.push(
                view! {
                    <rect class=class x=tenths(left + index * width) width=tenths(width - 4)
                        y=(FLOOR - height).to_string() height=height.to_string()></rect>
                }
                .into_any(),
            );
        }
        let middle = position * slot + slot / 2;
        shapes.push(
            view! { <text class="chart-label" text-anchor="middle" x=tenths(middle) y="230">{column.name.clone()}</text> }
                .into_any(),
        );
    }
    // The grid line stands at the largest value, and says so.
    let top = columns.iter().flat_map(|column| &column.values).max_by_key(|(value, _)| *value);
    let top = top.map(|(_, shown)| shown.clone()).unwrap_or_default();
    let legend: Vec<AnyView> = (1..)
        .zip(series)
        .map(|(index, name): (i64, &String)| view! { <li class=format!("key-{index}")>{name.clone()}</li> }.into_any())
        .collect();
    let title_id = format!("{id}-title");
    let labelled_by = title_id.clone();
    view! {
        <figure class="chart">
            <figcaption>{title.to_owned()}</figcaption>
            <svg role="img" aria-labelledby=labelled_by width="100%" height="240">
                <title id=title_id>{title.to_owned()}</title>
                <text class="chart-label" x="0" y="13">{top}</text>
                <line class="grid" x1="0" x2="100%" y1="20" y2="20"></line>
                {shapes}
                <line class="axis" x1="0" x2="100%" y1=FLOOR.to_string() y2=FLOOR.to_string()></line>
            </svg>
            <ul class="legend">{legend}</ul>
            <details><summary>{t("chart-table")}</summary>{column_table(title, series, columns)}</details>
        </figure>
    }
    .into_any()
}

fn column_table(title: &str, series: &[String], columns: &[Column]) -> AnyView {
    let heads: Vec<AnyView> =
        series.iter().map(|name| view! { <th scope="col" class="num">{name.clone()}</th> }.into_any()).collect();
    let rows: Vec<AnyView> = columns
        .iter()
        .map(|column| {
            let cells: Vec<AnyView> = column
                .values
                .iter()
                .zip(series)
                .map(|((_, shown), name)| {
                    view! { <td class="num" data-label=name.clone()>{shown.clone()}</td> }.into_any()
                })
                .collect();
            view! { <tr><th scope="row">{column.name.clone()}</th>{cells}</tr> }.into_any()
        })
        .collect();
    view! {
        <table class="data">
            <caption class="visually-hidden">{title.to_owned()}</caption>
            <thead><tr><th scope="col">{t("chart-year")}</th>{heads}</tr></thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

/// A share of the whole in thousandths.
fn per_mille(value: i64, largest: i64) -> i64 {
    i64::try_from(i128::from(value.max(0)) * 1000 / i128::from(largest)).unwrap_or(0)
}

/// Thousandths as per cent for SVG: 125 becomes `12.5%`.
fn tenths(thousandths: i64) -> String {
    format!("{}.{}%", thousandths / 10, thousandths % 10)
}
