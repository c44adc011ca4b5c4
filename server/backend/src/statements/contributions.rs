//! Pledged, received and outstanding by donor, year and currency.

use std::collections::BTreeMap;

use domain::ledger::{Account, Event, PositionFigure};
use domain::money::Money;
use sea_orm::{ConnectionTrait, FromQueryResult};

use super::{Asked, Cell, Row, Statement, amount, days_of, entries, time, whose, words};
use crate::codes;
use crate::database;
use crate::error::Result;
use crate::ledger::figures::{POSTINGS, adds_to, counts_in};

/// What donors did with their promises, as against what came in for them.
pub(super) const PLEDGING: [Event; 3] = [Event::Pledge, Event::PledgeAmended, Event::PledgeWrittenDown];

/// The SQL of a figure, from that of an amount.
type Figure<'a> = &'a dyn Fn(&str) -> String;

/// The columns that say what was pledged, received and is outstanding, in the currency and in USD.
pub(super) fn sums() -> String {
    let pledging = PLEDGING.map(|event| format!("'{event}'")).join(", ");
    let receivable = Account::ContributionsReceivable;
    let pledged = |amount: &str| {
        let condition = format!("p.account = '{receivable}' AND COALESCE(r.event, e.event) IN ({pledging})");
        format!("CASE WHEN {condition} THEN {amount} ELSE 0 END")
    };
    let received = |amount: &str| adds_to(PositionFigure::Received, amount);
    let outstanding = |amount: &str| adds_to(PositionFigure::Receivable, amount);
    let columns: [(&str, Figure<'_>); 3] =
        [("pledged", &pledged), ("received", &received), ("outstanding", &outstanding)];
    let columns = columns.iter().map(|(name, amount)| {
        let sum = |column| format!("CAST(SUM({}) AS BIGINT)", amount(column));
        format!("{} AS {name}, {} AS {name}_usd", sum("p.amount_minor"), sum("p.usd_minor"))
    });
    columns.collect::<Vec<_>>().join(", ")
}

/// The postings of [`sums`], as a condition.
pub(super) fn counted() -> String {
    format!("({} OR {})", counts_in(PositionFigure::Received), counts_in(PositionFigure::Receivable))
}

#[derive(FromQueryResult)]
struct Sums {
    donor: Option<i64>,
    name: Option<String>,
    year: i64,
    currency: String,
    pledged: i64,
    pledged_usd: i64,
    received: i64,
    received_usd: i64,
    outstanding: i64,
    outstanding_usd: i64,
}

pub(super) async fn read<C: ConnectionTrait>(database: &C, asked: &Asked) -> Result<Statement> {
    let sql = format!(
        "SELECT e.donor_id AS donor, d.name, e.fiscal_year AS year, p.currency, {} FROM {POSTINGS} \
         LEFT JOIN donors d ON d.id = e.donor_id WHERE {} AND e.posting_date <= $1 \
         GROUP BY e.donor_id, d.name, e.fiscal_year, p.currency",
        sums(),
        counted()
    );
    let mut found: Vec<Sums> = database::rows(database, &sql, [asked.at.into()]).await?;
    found.sort_by_cached_key(|row| {
        let name = row.name.clone().unwrap_or_default().to_lowercase();
        (row.donor.is_none(), name, row.donor, row.currency.clone(), row.year)
    });
    let mut rows = Vec::new();
    let (mut pledged, mut received, mut outstanding) = (0, 0, 0);
    // What was outstanding at the end of the year before goes on.
    let mut open: BTreeMap<(Option<i64>, String), (i64, i64)> = BTreeMap::new();
    for row in found {
        let so_far = open.entry((row.donor, row.currency.clone())).or_default();
        so_far.0 += row.outstanding;
        so_far.1 += row.outstanding_usd;
        pledged += row.pledged_usd;
        received += row.received_usd;
        outstanding += row.outstanding_usd;
        let nothing =
            [row.pledged, row.pledged_usd, row.received, row.received_usd, row.outstanding, row.outstanding_usd];
        if nothing.iter().all(|minor| *minor == 0) {
            continue;
        }
        rows.push(line(&row, *so_far, asked)?);
    }
    let total = Row::plain(vec![
        Cell::Label("ledger-total".to_owned()),
        Cell::Empty,
        Cell::Empty,
        Cell::Empty,
        Cell::Empty,
        Cell::Empty,
        Cell::usd(pledged),
        Cell::usd(received),
        Cell::usd(outstanding),
    ]);
    let heads = vec![
        words("ledger-donor"),
        time("books-year"),
        words("books-currency"),
        amount("books-pledged"),
        amount("books-received"),
        amount("books-outstanding"),
        amount("books-pledged-usd"),
        amount("books-received-usd"),
        amount("books-outstanding-usd"),
    ];
    Ok(Statement::whole(asked, heads, rows, Some(total)))
}

fn line(row: &Sums, (open, open_usd): (i64, i64), asked: &Asked) -> Result<Row> {
    let currency = codes::currency(&row.currency)?;
    let money = |minor| Cell::Money(Money::new(minor, currency));
    let donor = match &row.name {
        Some(name) => Cell::Text(name.clone()),
        None => Cell::Label("books-no-donor".to_owned()),
    };
    let cells = vec![
        donor,
        Cell::Year(row.year),
        Cell::Text(row.currency.clone()),
        money(row.pledged),
        money(row.received),
        money(open),
        Cell::usd(row.pledged_usd),
        Cell::usd(row.received_usd),
        Cell::usd(open_usd),
    ];
    let mut parts = days_of(row.year, asked.at).to_vec();
    parts.push(whose(row.donor));
    Ok(Row::new(cells, entries(&parts)))
}
