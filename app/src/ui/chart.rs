//! Charts drawn on the server as SVG, each with its main figures in words and its table beside it.

use leptos::prelude::*;

use super::text::{t, tw};

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

/// Horizontal bars; `heads` are the heads of the table's two columns.
pub fn bar_chart(id: &str, title: &str, heads: [&str; 2], bars: &[Bar]) -> AnyView {
    const ROW: i64 = 40;
    let largest = bars.iter().map(|bar| bar.value).max().unwrap_or(0).max(1);
    let shapes: Vec<AnyView> = (0..)
        .zip(bars)
        .map(|(position, bar): (i64, &Bar)| {
            let top = position * ROW;
            view! {
                <text class="chart-label" x="0" y=(top + 13).to_string()>{bar.name.clone()}</text>
                <rect class="bar" y=(top + 19).to_string() width=tenths(per_mille(bar.value, largest)) height="14"></rect>
            }
            .into_any()
        })
        .collect();
    let height = ROW * i64::try_from(bars.len().max(1)).unwrap_or(1);
    let (most, least) = (bars.iter().max_by_key(|bar| bar.value), bars.iter().min_by_key(|bar| bar.value));
    let words = match (most, least) {
        (Some(most), Some(least)) => tw(
            "chart-bars-words",
            &[
                ("number", bars.len().into()),
                ("most", most.name.as_str().into()),
                ("most_value", most.shown.as_str().into()),
                ("least", least.name.as_str().into()),
                ("least_value", least.shown.as_str().into()),
            ],
        ),
        _ => t("chart-empty"),
    };
    let rows: Vec<AnyView> =
        bars.iter().map(|bar| row(&bar.name, std::iter::once((heads[1].to_owned(), bar.shown.clone())))).collect();
    let table = table_beside(title, &heads, rows);
    figure(id, title, &words, height, shapes, ().into_any(), table)
}

/// Columns by year with a legend.
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
    let drawn = view! {
        <text class="chart-label" x="0" y="13">{top}</text>
        <line class="grid" x1="0" x2="100%" y1="20" y2="20"></line>
        {shapes}
        <line class="axis" x1="0" x2="100%" y1=FLOOR.to_string() y2=FLOOR.to_string()></line>
    };
    let rows: Vec<AnyView> = columns
        .iter()
        .map(|column| {
            row(&column.name, series.iter().cloned().zip(column.values.iter().map(|(_, shown)| shown.clone())))
        })
        .collect();
    let year = t("chart-year");
    let heads: Vec<&str> = std::iter::once(year.as_str()).chain(series.iter().map(String::as_str)).collect();
    let table = table_beside(title, &heads, rows);
    let legend = view! { <ul class="legend">{legend}</ul> }.into_any();
    figure(id, title, &in_words(series, columns), 240, vec![drawn.into_any()], legend, table)
}

/// For each series its first, last and largest value.
fn in_words(series: &[String], columns: &[Column]) -> String {
    let (Some(first), Some(last)) = (columns.first(), columns.last()) else { return t("chart-empty") };
    let sentences = series.iter().enumerate().filter_map(|(index, name)| {
        let value = |column: &Column| column.values.get(index).cloned();
        let most = columns.iter().max_by_key(|column| value(column).map(|(value, _)| value))?;
        Some(tw(
            "chart-columns-words",
            &[
                ("series", name.as_str().into()),
                ("first", first.name.as_str().into()),
                ("first_value", value(first)?.1.into()),
                ("last", last.name.as_str().into()),
                ("last_value", value(last)?.1.into()),
                ("most", most.name.as_str().into()),
                ("most_value", value(most)?.1.into()),
            ],
        ))
    });
    sentences.collect::<Vec<_>>().join(" ")
}

/// The drawing with its title and its figures in words, and the table beside it.
fn figure(
    id: &str,
    title: &str,
    words: &str,
    height: i64,
    shapes: Vec<AnyView>,
    legend: AnyView,
    table: AnyView,
) -> AnyView {
    let (title_id, words_id) = (format!("{id}-title"), format!("{id}-words"));
    let labelled_by = format!("{title_id} {words_id}");
    view! {
        <figure class="chart">
            <figcaption>{title.to_owned()}</figcaption>
            <div class="chart-beside">
                <div>
                    <svg role="img" aria-labelledby=labelled_by width="100%" height=height.to_string()>
                        <title id=title_id>{title.to_owned()}</title>
                        <desc id=words_id>{words.to_owned()}</desc>
                        {shapes}
                    </svg>
                    {legend}
                </div>
                {table}
            </div>
        </figure>
    }
    .into_any()
}

fn row(name: &str, cells: impl Iterator<Item = (String, String)>) -> AnyView {
    let cells: Vec<AnyView> =
        cells.map(|(head, shown)| view! { <td class="num" data-label=head>{shown}</td> }.into_any()).collect();
    view! { <tr><th scope="row">{name.to_owned()}</th>{cells}</tr> }.into_any()
}

fn table_beside(title: &str, heads: &[&str], rows: Vec<AnyView>) -> AnyView {
    let heads: Vec<AnyView> = heads
        .iter()
        .enumerate()
        .map(|(position, head)| {
            view! { <th scope="col" class=(position > 0).then_some("num")>{(*head).to_owned()}</th> }.into_any()
        })
        .collect();
    view! {
        <table class="data">
            <caption class="visually-hidden">{title.to_owned()}</caption>
            <thead><tr>{heads}</tr></thead>
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
