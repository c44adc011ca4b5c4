//! One donor's pledges and receipts, entry by entry, with what is outstanding after each.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::errors::AppError;
use domain::ids::DonorId;
use domain::ledger::Event;
use domain::money::Money;
use sea_orm::{ConnectionTrait, EntityTrait as _, FromQueryResult};

use super::contributions::{counted, sums};
use super::{Asked, Cell, Row, Statement, amount, time, words};
use crate::codes;
use crate::database;
use crate::donors::entity::donor;
use crate::error::{Result, unknown_code};
use crate::ledger::figures::POSTINGS;

#[derive(FromQueryResult)]
struct Line {
    id: i64,
    date: NaiveDate,
    fiscal_year: i64,
    number: i64,
    event: String,
    currency: String,
    pledged: i64,
    pledged_usd: i64,
    received: i64,
    received_usd: i64,
    outstanding: i64,
    outstanding_usd: i64,
}

pub(super) async fn read<C: ConnectionTrait>(database: &C, asked: &Asked, id: DonorId) -> Result<Statement> {
    let donor = donor::Entity::find_by_id(id.0).one(database).await?.ok_or(AppError::NotFound)?;
    let sql = format!(
        "SELECT e.id, e.posting_date AS date, e.fiscal_year, e.number, e.event, p.currency, {} FROM {POSTINGS} \
         WHERE e.donor_id = $1 AND {} AND e.posting_date <= $2 \
         GROUP BY e.id, e.posting_date, e.fiscal_year, e.number, e.event, p.currency ORDER BY e.posting_date, e.id, p.currency",
        sums(),
        counted()
    );
    let lines: Vec<Line> = database::rows(database, &sql, [id.0.into(), asked.at.into()]).await?;
    let mut rows = Vec::new();
    let mut open: BTreeMap<String, i64> = BTreeMap::new();
    let (mut pledged, mut received, mut outstanding) = (0, 0, 0);
    for line in lines {
        let so_far = open.entry(line.currency.clone()).or_default();
        *so_far += line.outstanding;
        pledged += line.pledged_usd;
        received += line.received_usd;
        outstanding += line.outstanding_usd;
        rows.push(row(&line, *so_far, outstanding)?);
    }
    let mut total = vec![Cell::Empty; 10];
    total[0] = Cell::Label("ledger-total".to_owned());
    total[7] = Cell::usd(pledged);
    total[8] = Cell::usd(received);
    total[9] = Cell::usd(outstanding);
    let heads = vec![
        time("ledger-date"),
        words("books-number"),
        words("ledger-event"),
        words("books-currency"),
        amount("books-pledged"),
        amount("books-received"),
        amount("books-outstanding-after"),
        amount("books-pledged-usd"),
        amount("books-received-usd"),
        amount("books-outstanding-usd"),
    ];
    let mut statement = Statement::whole(asked, heads, rows, Some(Row::plain(total)));
    statement.of = Cell::Text(donor.name);
    Ok(statement)
}

fn row(line: &Line, open: i64, open_usd: i64) -> Result<Row> {
    let currency = codes::currency(&line.currency)?;
    let event = Event::from_code(&line.event).ok_or_else(|| unknown_code("event", &line.event))?;
    let money = |minor| Cell::Money(Money::new(minor, currency));
    let cells = vec![
        Cell::Date(line.date),
        Cell::Text(format!("{}/{}", line.fiscal_year, line.number)),
        Cell::Label(event.label_key()),
        Cell::Text(line.currency.clone()),
        money(line.pledged),
        money(line.received),
        money(open),
        Cell::usd(line.pledged_usd),
        Cell::usd(line.received_usd),
        Cell::usd(open_usd),
    ];
    Ok(Row::new(cells, format!("/ledger/entries/{}", line.id)))
}
