//! What each row would do, found with a few queries for all of them, and every wrong cell at once.

use std::collections::HashMap;

use chrono::NaiveDate;
use domain::contributions::{Earmark, STANDARD_PSC_BASIS_POINTS, programme_support_costs};
use domain::ids::DonorId;
use domain::message::Message;
use domain::money::{Currency, Money};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;
use sea_orm::ConnectionTrait;
use sha2::{Digest as _, Sha256};

use super::Row;
use super::known::{First, Known, Terms};
use super::sheet::COLUMNS;
use crate::contributions::rates::to_usd;
use crate::error::Result;
use crate::token::hex;

/// What a row does.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// Enters a pledge, and money for it where some came in.
    New,
    /// As [`Self::New`], though the donor has a pledge of this day and amount already, or money of this amount came
    /// about this day by another way: somebody should look at it.
    Alike,
    /// Enters money for the pledge of an earlier row, which has this line.
    Further(i64),
    /// Was entered before.
    Known,
    /// Nothing: cells are wrong, each by its column.
    Wrong(Vec<(&'static str, Message)>),
}

/// A row with what it would do.
#[derive(Clone, Debug, PartialEq)]
pub struct PlannedRow {
    /// The number of its line in the file.
    pub number: i64,
    /// Its cells, in the order of the columns.
    pub cells: Vec<String>,
    /// What it does.
    pub outcome: Outcome,
    pub(super) entry: Option<Contribution>,
}

/// What is entered.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Contribution {
    pub(super) donor: DonorId,
    pub(super) pledged: Money,
    pub(super) date: NaiveDate,
    pub(super) earmark: Earmark,
    /// Programme support costs, hundredths of a per cent.
    pub(super) psc_basis_points: i64,
    pub(super) note: String,
    /// The money that came in.
    pub(super) received: Option<Received>,
    /// What names the row for ever.
    pub(super) command_id: String,
    /// The row that enters the pledge, where this one only brings more money for it.
    pub(super) further_to: Option<String>,
}

/// Money that came in.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Received {
    pub(super) amount: Money,
    pub(super) day: NaiveDate,
    pub(super) bank_reference: String,
    /// What of it was spent on grants before, in US cents.
    pub(super) spent: i64,
}

/// Plans all rows.
pub(super) async fn plan<C: ConnectionTrait>(database: &C, rows: &[Row], today: NaiveDate) -> Result<Vec<PlannedRow>> {
    let mut known = Known::load(database).await?;
    let mut seen: HashMap<String, usize> = HashMap::new();
    Ok(rows.iter().map(|row| plan_row(row, &mut known, &mut seen, today)).collect())
}

/// The values of a row by the names of the columns, and what is wrong with them.
struct Cells<'a> {
    row: &'a Row,
    errors: Vec<(&'static str, Message)>,
}

impl Cells<'_> {
    fn text(&self, column: &str) -> &str {
        let at = COLUMNS.iter().position(|(name, _)| *name == column);
        at.and_then(|at| self.row.cells.get(at)).map_or("", String::as_str)
    }

    fn wrong(&mut self, column: &'static str, key: &str) {
        let value: String = self.text(column).chars().take(60).collect();
        self.errors.push((column, Message::new(key).with("value", value)));
    }

    fn day(&mut self, column: &'static str, today: NaiveDate) -> Option<NaiveDate> {
        let found: Option<NaiveDate> = self.text(column).parse().ok();
        match found {
            Some(day) if day > today => self.wrong(column, "error-past-future"),
            Some(day) => return Some(day),
            None => self.wrong(column, "error-past-date"),
        }
        None
    }

    fn money(&mut self, column: &'static str, currency: Option<Currency>) -> Option<Money> {
        let currency = currency?;
        let found = Money::parse_plain(self.text(column), currency).filter(|money| money.minor > 0);
        if found.is_none() {
            self.wrong(column, "error-past-amount");
        }
        found
    }
}

fn plan_row(row: &Row, known: &mut Known, seen: &mut HashMap<String, usize>, today: NaiveDate) -> PlannedRow {
    let command_id = command(row, seen);
    let planned = |outcome, entry| PlannedRow { number: row.number, cells: row.cells.clone(), outcome, entry };
    let mut cells = Cells { row, errors: Vec::new() };
    let named = cells.text("pledge").to_lowercase();
    // A row that enters a pledge is known by it, one that brings more money for it by its receipt.
    let is_known = known.commands.contains(&command_id) || known.commands.contains(&receipt_command(&command_id));
    if is_known && named.is_empty() {
        return planned(Outcome::Known, None);
    }
    let donor = match known.donors.get(&cells.text("donor").trim().to_lowercase()).map(Vec::as_slice) {
        Some([one]) => Some(DonorId(*one)),
        Some(_) => {
            cells.wrong("donor", "error-past-donor-twice");
            None
        }
        None => {
            cells.wrong("donor", "error-past-donor");
            None
        }
    };
    let currency = Currency::from_code(&cells.text("currency").to_uppercase());
    if currency.is_none() {
        cells.wrong("currency", "error-past-currency");
    }
    let date = cells.day("date", today);
    let pledged = cells.money("pledged", currency);
    let earmark = match cells.text("earmark") {
        "" => Some(Earmark::None),
        code => Earmark::from_code(code),
    };
    if earmark.is_none() {
        cells.wrong("earmark", "error-past-earmark");
    }
    let psc = psc(&mut cells);
    let terms = donor.zip(date).zip(pledged.zip(earmark)).zip(psc);
    let terms = terms.map(|(((donor, date), (pledged, earmark)), psc)| (donor, date, pledged, earmark, psc));
    let first = if named.is_empty() { None } else { first_of(&mut cells, known, &named, terms, &command_id) };
    if is_known {
        return planned(Outcome::Known, None);
    }
    let received = received(&mut cells, known, currency, date, psc, &command_id, today);
    for (amount, day, of_amount, of_day) in [
        (pledged, date, "pledged", "date"),
        (
            received.as_ref().map(|received| received.amount),
            received.as_ref().map(|received| received.day),
            "received",
            "received on",
        ),
    ] {
        if let (Some(currency), Some(day)) = (currency, day) {
            check_books(&mut cells, known, currency, amount, day, of_amount, of_day);
        }
    }
    let note: String = cells.text("note").chars().take(1000).collect();
    if !cells.errors.is_empty() {
        return planned(Outcome::Wrong(cells.errors), None);
    }
    let (Some(donor), Some(pledged), Some(date), Some(earmark), Some(psc_basis_points)) =
        (donor, pledged, date, earmark, psc)
    else {
        return planned(Outcome::Wrong(cells.errors), None);
    };
    let told = received.as_ref().is_some_and(|received| known.has_come(donor.0, received.amount, received.day));
    let (line, further_to) = first.unzip();
    let alike = (donor.0, date, pledged.currency.code().to_owned(), pledged.minor);
    let outcome = match line {
        _ if told => Outcome::Alike,
        Some(line) => Outcome::Further(line),
        None if known.pledges.contains(&alike) => Outcome::Alike,
        None => Outcome::New,
    };
    known.pledges.insert(alike);
    let entry =
        Contribution { donor, pledged, date, earmark, psc_basis_points, note, received, command_id, further_to };
    planned(outcome, Some(entry))
}

/// Line and command of the row that enters the named pledge, if that is another one; it says the same of the pledge.
fn first_of(
    cells: &mut Cells<'_>,
    known: &mut Known,
    named: &str,
    terms: Option<Terms>,
    command_id: &str,
) -> Option<(i64, String)> {
    // With a wrong cell the row is refused anyway.
    let terms = terms?;
    let key = (terms.0, named.to_owned());
    let Some(first) = known.firsts.get(&key) else {
        let first = First { line: cells.row.number, command_id: command_id.to_owned(), terms };
        known.firsts.insert(key, first);
        return None;
    };
    if first.terms != terms {
        let line = first.line;
        let message = Message::new("error-past-pledge-differs").with("value", named).with("line", line);
        cells.errors.push(("pledge", message));
    } else if cells.text("received").is_empty() {
        cells.wrong("pledge", "error-past-pledge-twice");
    }
    Some((first.line, first.command_id.clone()))
}

/// What names the receipt of a row for ever.
pub(super) fn receipt_command(command_id: &str) -> String {
    format!("{command_id}/receipt")
}

/// What the books would refuse: a day that is closed or has no rate, and an amount that they cannot hold.
fn check_books(
    cells: &mut Cells<'_>,
    known: &Known,
    currency: Currency,
    amount: Option<Money>,
    day: NaiveDate,
    of_amount: &'static str,
    of_day: &'static str,
) {
    if known.is_closed(day) {
        cells.wrong(of_day, "error-past-closed");
    }
    let Some(rate) = known.rate(currency, day) else {
        let message = Message::new("error-past-rate").with("currency", currency.code()).with("date", day);
        cells.errors.push((of_day, message));
        return;
    };
    if amount.is_some_and(|amount| to_usd(amount, rate).is_err()) {
        cells.wrong(of_amount, "error-past-worth");
    }
}

/// The money that came in, where the row says so.
fn received(
    cells: &mut Cells<'_>,
    known: &mut Known,
    currency: Option<Currency>,
    date: Option<NaiveDate>,
    psc: Option<i64>,
    command_id: &str,
    today: NaiveDate,
) -> Option<Received> {
    if cells.text("received").is_empty() {
        for column in ["received on", "bank reference", "spent"] {
            if !cells.text(column).is_empty() {
                cells.wrong(column, "error-past-not-received");
            }
        }
        return None;
    }
    let amount = cells.money("received", currency);
    let day = cells.day("received on", today);
    if day.zip(date).is_some_and(|(day, date)| day < date) {
        cells.wrong("received on", "error-past-before-pledge");
    }
    let reference: String = match cells.text("bank reference") {
        "" => format!("PAST-{}", command_id.chars().rev().take(16).collect::<String>().to_uppercase()),
        typed => typed.chars().take(60).collect(),
    };
    if !known.references.insert(reference.clone()) {
        cells.wrong("bank reference", "error-past-reference");
    }
    let spent = spent(cells, known, amount, day, psc);
    Some(Received { amount: amount?, day: day?, bank_reference: reference, spent: spent? })
}

/// The programme support costs of the row in hundredths of a per cent; the standard where it says nothing.
fn psc(cells: &mut Cells<'_>) -> Option<i64> {
    let typed = cells.text("psc");
    if typed.is_empty() {
        return Some(STANDARD_PSC_BASIS_POINTS);
    }
    let per_cent = Decimal::from_str_exact(typed)
        .ok()
        .filter(|per_cent| (Decimal::ZERO..=Decimal::ONE_HUNDRED).contains(per_cent))
        // A cell of a workbook that shows 13 % holds 0.13.
        .filter(|per_cent| per_cent.is_zero() || *per_cent >= Decimal::ONE);
    let points = per_cent.map(|per_cent| per_cent * Decimal::ONE_HUNDRED).filter(Decimal::is_integer);
    let points = points.and_then(|points| points.to_i64());
    if points.is_none() {
        cells.wrong("psc", "error-past-psc");
    }
    points
}

/// What was spent before, at most what the money is worth less programme support costs.
fn spent(
    cells: &mut Cells<'_>,
    known: &Known,
    amount: Option<Money>,
    day: Option<NaiveDate>,
    psc: Option<i64>,
) -> Option<i64> {
    if cells.text("spent").is_empty() {
        return Some(0);
    }
    let Some(spent) = Money::parse_plain(cells.text("spent"), Currency::USD).filter(|money| money.minor >= 0) else {
        cells.wrong("spent", "error-past-spent");
        return None;
    };
    // Without a rate or with a wrong amount the row is wrong anyway.
    let (Some(amount), Some(day), Some(psc)) = (amount, day, psc) else { return Some(spent.minor) };
    let usd = known.rate(amount.currency, day).and_then(|rate| to_usd(amount, rate).ok());
    let left = |usd| Some(usd - programme_support_costs(Money::usd(usd), psc).ok()?.minor);
    if usd.and_then(left).is_some_and(|left| spent.minor > left) {
        cells.wrong("spent", "error-past-spent-more");
        return None;
    }
    Some(spent.minor)
}

/// What names a row: all that it says, and which one it is of those that say the same.
fn command(row: &Row, seen: &mut HashMap<String, usize>) -> String {
    let said = COLUMNS.iter().zip(&row.cells).filter(|((name, _), cell)| *name != "pledge" || !cell.is_empty());
    let cells = said.map(|((name, _), cell)| match (*name, Decimal::from_str_exact(cell)) {
        // A workbook writes 1000 where a table wrote 1000.00.
        ("pledged" | "received" | "spent" | "psc", Ok(amount)) => amount.normalize().to_string(),
        _ => cell.to_lowercase(),
    });
    let key = cells.collect::<Vec<_>>().join("\u{1f}");
    let number = seen.entry(key.clone()).or_default();
    *number += 1;
    format!("system/past/{}", hex(&Sha256::digest(format!("{key}\u{1f}{number}"))))
}
