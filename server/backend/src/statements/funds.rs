//! Where the Fund stands, and the trial balance: both from sums that are kept by month.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::ledger::{Account, PositionFigure};
use sea_orm::ConnectionTrait;

use super::{Asked, Cell, Row, Statement, amount, entries, words};
use crate::error::Result;
use crate::ledger::kept::{self, Sums};

/// The sums at the day of the statement, and at the end of the year before.
async fn both<C: ConnectionTrait>(database: &C, asked: &Asked) -> Result<(Sums, Sums, NaiveDate)> {
    let first = asked.from();
    let before = first.pred_opt().unwrap_or(first);
    Ok((kept::sums_at(database, asked.at).await?, kept::sums_at(database, before).await?, before))
}

pub(super) async fn position<C: ConnectionTrait>(database: &C, asked: &Asked) -> Result<Statement> {
    let (now, before, _) = both(database, asked).await?;
    let (now, before) = (kept::position(&now), kept::position(&before));
    let rows = PositionFigure::ALL
        .iter()
        .map(|figure| {
            let (then, now) = (before.get(*figure), now.get(*figure));
            let cells = vec![Cell::Label(figure.label_key()), Cell::usd(then), Cell::usd(now - then), Cell::usd(now)];
            Row::new(cells, entries(&[("figure", figure.code().to_owned()), ("to", asked.at.to_string())]))
        })
        .collect();
    let heads =
        vec![words("books-figure"), amount("books-opening"), amount("books-movement"), amount("books-at-the-day")];
    Ok(Statement::whole(asked, heads, rows, None))
}

pub(super) async fn trial_balance<C: ConnectionTrait>(database: &C, asked: &Asked) -> Result<Statement> {
    let (now, before, _) = both(database, asked).await?;
    let (now, before): (BTreeMap<Account, i64>, _) = (kept::by_account(&now), kept::by_account(&before));
    let (mut opening, mut debits, mut credits) = (0, 0, 0);
    let rows: Vec<Row> = now
        .iter()
        .map(|(account, balance)| {
            let then = before.get(account).copied().unwrap_or(0);
            opening += then;
            debits += (*balance).max(0);
            credits += (-balance).max(0);
            let side = |minor: i64| if minor > 0 { Cell::usd(minor) } else { Cell::Empty };
            let cells = vec![
                Cell::Account(*account),
                Cell::usd(then),
                Cell::usd(balance - then),
                side(*balance),
                side(-balance),
            ];
            let ledger = format!(
                "/ledger/statements/general-ledger?account={}&from={}&at={}",
                account.code(),
                asked.from(),
                asked.at
            );
            Row::new(cells, ledger)
        })
        .collect();
    let total = Row::plain(vec![
        Cell::Label("ledger-total".to_owned()),
        Cell::usd(opening),
        Cell::usd(debits - credits - opening),
        Cell::usd(debits),
        Cell::usd(credits),
    ]);
    let heads = vec![
        words("ledger-account"),
        amount("books-opening"),
        amount("books-movement"),
        amount("ledger-debit"),
        amount("ledger-credit"),
    ];
    Ok(Statement::whole(asked, heads, rows, Some(total)))
}
