//! Reads a bank's table (CSV). Which column holds what is said once for an account, or found by its heading.

use chrono::NaiveDate;
use domain::contributions::{DateOrder, DecimalSign};
use domain::errors::{AppError, FieldErrors};
use domain::forms::Values;
use domain::message::Message;
use domain::money::{Currency, Money};
use serde::{Deserialize, Serialize};

use super::direction::{self, Direction};
use super::{ParsedLine, ParsedStatement};
use crate::camt::is_reference;
use crate::files::{self, Faults, Limits, Rows};

/// Most lines of a table.
const MOST_LINES: usize = 20_000;
/// Lines among which the headings are looked for; banks write a few of their own above.
const MOST_ABOVE: usize = 30;

/// Which column holds what, by its heading; empty where the table has none.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Columns {
    pub(super) date: String,
    pub(super) amount: String,
    pub(super) debit: String,
    /// Says of an amount without a sign whether it came in or went out.
    #[serde(default)]
    pub(super) direction: String,
    pub(super) currency: String,
    pub(super) payer: String,
    pub(super) text: String,
    pub(super) reference: String,
    /// The currency of all lines, where no column holds it.
    pub(super) fixed_currency: String,
    pub(super) date_order: String,
    pub(super) decimal_sign: String,
}

/// Headings that banks use, in small letters.
const COMMON: &[(&str, &[&str])] = &[
    (
        "date",
        &[
            "date",
            "booking date",
            "value date",
            "buchungstag",
            "buchungsdatum",
            "valuta",
            "date de valeur",
            "date comptable",
            "fecha",
        ],
    ),
    ("amount", &["amount", "credit", "betrag", "montant", "crédit", "importe", "credit amount"]),
    ("debit", &["debit", "débit", "debit amount", "belastung"]),
    ("direction", direction::HEADINGS),
    ("currency", &["currency", "ccy", "währung", "devise", "monnaie", "moneda"]),
    ("payer", &["payer", "debtor", "name", "counterparty", "auftraggeber", "donneur d'ordre", "payeur", "remitter"]),
    (
        "text",
        &["text", "description", "details", "remittance", "verwendungszweck", "libellé", "communication", "narrative"],
    ),
    ("reference", &["reference", "bank reference", "transaction id", "referenz", "référence", "transaktionsnummer"]),
];

impl Columns {
    /// As typed; what was left empty as remembered.
    pub(super) fn of(answers: &Values, remembered: Option<&Self>) -> Self {
        let pick = |field: &str, of: fn(&Self) -> &String| match answers.text(field) {
            "" => remembered.map(of).cloned().unwrap_or_default(),
            typed => typed.to_owned(),
        };
        Self {
            date: pick("column_date", |columns| &columns.date),
            amount: pick("column_amount", |columns| &columns.amount),
            debit: pick("column_debit", |columns| &columns.debit),
            direction: pick("column_direction", |columns| &columns.direction),
            currency: pick("column_currency", |columns| &columns.currency),
            payer: pick("column_payer", |columns| &columns.payer),
            text: pick("column_text", |columns| &columns.text),
            reference: pick("column_reference", |columns| &columns.reference),
            fixed_currency: pick("currency", |columns| &columns.fixed_currency),
            date_order: pick("date_order", |columns| &columns.date_order),
            decimal_sign: pick("decimal_sign", |columns| &columns.decimal_sign),
        }
    }

    fn named(&mut self) -> [(&'static str, &mut String); 8] {
        [
            ("date", &mut self.date),
            ("amount", &mut self.amount),
            ("debit", &mut self.debit),
            ("direction", &mut self.direction),
            ("currency", &mut self.currency),
            ("payer", &mut self.payer),
            ("text", &mut self.text),
            ("reference", &mut self.reference),
        ]
    }
}

/// Where each column stands.
#[derive(Default)]
pub(super) struct Places {
    pub(super) date: Option<usize>,
    pub(super) amount: Option<usize>,
    pub(super) debit: Option<usize>,
    direction: Option<usize>,
    currency: Option<usize>,
    payer: Option<usize>,
    text: Option<usize>,
    reference: Option<usize>,
}

impl Places {
    pub(super) fn is_taken(&self, place: usize) -> bool {
        [self.date, self.amount, self.debit, self.currency, self.payer, self.text, self.reference]
            .contains(&Some(place))
    }
}

/// Reads a table, and completes the columns with those found by their headings.
///
/// # Errors
/// Columns that are not there, with those that are; wrong lines by their numbers.
pub(super) fn parse(text: &str, account: &str, columns: &mut Columns) -> Result<ParsedStatement, AppError> {
    let rows = files::rows(text, files::delimiter(text, MOST_ABOVE), &Limits::of_rows(MOST_LINES));
    let rows = rows.map_err(|message| files::wrong("file", message))?;
    let (head, mut places) = find_head(&rows, columns)?;
    let body = &rows[head + 1..];
    if places.direction.is_none() {
        places.direction = direction::find(&rows[head].1, body, &places, columns)?;
    }
    let comma = decimal_is_comma(body, &places, columns)?;
    let mut faults = Faults::default();
    let (mut lines, mut left_out) = (Vec::new(), Vec::new());
    for (number, row) in body {
        match line(row, &places, columns, comma) {
            Ok(Some(line)) => lines.push(ParsedLine { entry: number.to_string(), ordinal: lines.len(), ..line }),
            Ok(None) => left_out.push(*number),
            Err((what, value)) => faults.add(|| {
                Message::new(format!("error-statement-line-{what}"))
                    .with("line", *number)
                    .with("value", value.chars().take(40).collect::<String>())
            }),
        }
    }
    if lines.is_empty() && faults.is_empty() {
        return Err(AppError::field("file", "error-statement-empty"));
    }
    faults.into_result("file")?;
    Ok(ParsedStatement { account: account.to_owned(), lines, pending: 0, left_out })
}

/// The row of headings, and where each column stands.
fn find_head(rows: &Rows, columns: &mut Columns) -> Result<(usize, Places), AppError> {
    let plain = |text: &str| text.trim_matches(|sign: char| sign.is_whitespace() || sign == '*').to_lowercase();
    for (at, (_, row)) in rows.iter().take(MOST_ABOVE).enumerate() {
        let heads: Vec<String> = row.iter().map(|head| plain(head)).collect();
        let find = |name: &str, wanted: &str| match wanted {
            "" => COMMON
                .iter()
                .find(|(known, _)| *known == name)
                .and_then(|(_, common)| common.iter().find_map(|common| heads.iter().position(|head| head == common))),
            wanted => heads.iter().position(|head| *head == plain(wanted)),
        };
        let mut places = Places::default();
        let mut found = columns.clone();
        for (name, wanted) in found.named() {
            let place = find(name, wanted);
            if let Some(head) = place.and_then(|place| row.get(place)) {
                wanted.clone_from(head);
            }
            match name {
                "date" => places.date = place,
                "amount" => places.amount = place,
                "debit" => places.debit = place,
                "direction" => places.direction = place,
                "currency" => places.currency = place,
                "payer" => places.payer = place,
                "text" => places.text = place,
                _ => places.reference = place,
            }
        }
        let has_currency = places.currency.is_some() || !columns.fixed_currency.is_empty();
        if places.date.is_some() && places.amount.is_some() && has_currency {
            *columns = found;
            return Ok((at, places));
        }
    }
    // The longest of the first lines is most likely that of the headings.
    let heads = rows.iter().take(MOST_ABOVE).max_by_key(|(_, row)| row.iter().filter(|cell| !cell.is_empty()).count());
    let heads = heads.map(|(_, row)| row.join(", ")).unwrap_or_default();
    let message = Message::new("error-statement-columns").with("columns", heads.chars().take(300).collect::<String>());
    Err(AppError::Invalid(FieldErrors::one("column_date", message)))
}

/// Whether a comma stands before the cents: as said, or as the amounts show.
fn decimal_is_comma(rows: &[(i64, Vec<String>)], places: &Places, columns: &Columns) -> Result<bool, AppError> {
    if let Some(sign) = DecimalSign::from_code(&columns.decimal_sign) {
        return Ok(sign == DecimalSign::Comma);
    }
    let mut unclear = false;
    for (_, row) in rows {
        for place in [places.amount, places.debit].into_iter().flatten() {
            let Some(cell) = row.get(place) else { continue };
            let digits = cell.trim_end_matches(|sign: char| !sign.is_ascii_digit());
            let Some(at) = digits.rfind([',', '.']) else { continue };
            let (sign, after) = (&digits[at..=at], digits.len() - at - 1);
            if after != 3 || digits.matches([',', '.']).any(|other| other != sign) {
                return Ok(sign == ",");
            }
            unclear = true;
        }
    }
    if unclear { Err(AppError::field("decimal_sign", "error-statement-decimal")) } else { Ok(false) }
}

fn line(
    row: &[String],
    places: &Places,
    columns: &Columns,
    comma: bool,
) -> Result<Option<ParsedLine>, (&'static str, String)> {
    let cell = |place: Option<usize>| place.and_then(|place| row.get(place)).map_or("", String::as_str);
    let code = match cell(places.currency) {
        "" => columns.fixed_currency.clone(),
        code => code.to_uppercase(),
    };
    let currency = Currency::from_code(&code).ok_or(("currency", code))?;
    let read = |text: &str| match text {
        "" => Ok(0),
        text => signed(text, currency, comma).ok_or_else(|| ("amount", text.to_owned())),
    };
    let (amount, debit) = (cell(places.amount), cell(places.debit));
    let mut minor = match (read(amount)?, -read(debit)?.abs()) {
        (amount, 0) => amount,
        (0, debit) => debit,
        // The same said twice.
        (amount, debit) if amount == debit => debit,
        _ => return Err(("both", format!("{amount} / {debit}"))),
    };
    // Lines of text and of balances between the others have no amount. A person is told which they are.
    if minor == 0 {
        return Ok(None);
    }
    let mut reversal = false;
    if places.direction.is_some() {
        let word = cell(places.direction);
        match Direction::of(word) {
            Some(found) if found.credit && minor < 0 => return Err(("direction", format!("{word} / {amount}"))),
            Some(found) => {
                minor = if found.credit { minor.abs() } else { -minor.abs() };
                reversal = found.reversal;
            }
            // A sign says it, too.
            None if minor < 0 => {}
            None => return Err(("direction", word.to_owned())),
        }
    }
    let date = day(cell(places.date), &columns.date_order).ok_or_else(|| ("date", cell(places.date).to_owned()))?;
    let cut = |text: &str, most: usize| text.chars().take(most).collect::<String>();
    Ok(Some(ParsedLine {
        credit: minor > 0,
        reversal,
        amount: Money::new(minor.abs(), currency),
        charge_minor: 0,
        date,
        valued: None,
        ordered: None,
        payer: cut(cell(places.payer), 200),
        text: cut(cell(places.text), 1000),
        bank_reference: Some(cut(cell(places.reference), 50)).filter(|text| is_reference(text)).unwrap_or_default(),
        references: Vec::new(),
        entry: String::new(),
        ordinal: 0,
    }))
}

/// Minor units of an amount with its sign, before it or behind it, or with a word behind it that says the same.
fn signed(text: &str, currency: Currency, comma: bool) -> Option<i64> {
    let (text, is_debit) = direction::split(text);
    let mut plain: String = text.chars().filter(|sign| !sign.is_whitespace() && !"'’+".contains(*sign)).collect();
    let (decimal, groups) = if comma { (',', '.') } else { ('.', ',') };
    plain.retain(|sign| sign != groups);
    let money = Money::parse_plain(&plain.replace(decimal, "."), currency)?;
    Some(if is_debit { -money.minor } else { money.minor })
}

/// A day as `2026-03-31`, or in the order said; without one only where it is clear.
fn day(text: &str, order: &str) -> Option<NaiveDate> {
    let text = text.split_whitespace().next()?;
    if let Some(day) = text.get(..10).and_then(|iso| iso.parse().ok()) {
        return Some(day);
    }
    let parts: Vec<u32> = text.split(['.', '/', '-']).map(str::parse).collect::<Result<_, _>>().ok()?;
    let [one, two, year] = parts[..] else { return None };
    let year = i32::try_from(if year < 100 { year + 2000 } else { year }).ok()?;
    let day_first = match DateOrder::from_code(order) {
        Some(order) => order == DateOrder::DayFirst,
        // With points the day always stands first.
        None if text.contains('.') || one > 12 => true,
        None if two > 12 => false,
        None => return None,
    };
    let (day, month) = if day_first { (one, two) } else { (two, one) };
    NaiveDate::from_ymd_opt(year, month, day)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn key(error: AppError) -> String {
        let AppError::Invalid(errors) = error else { panic!("{error:?}") };
        errors.0[0].message.key.clone()
    }

    #[test]
    fn a_german_and_an_english_table_read_the_same() {
        let german = "Kontoauszug;;;;\n\nBuchungstag;Auftraggeber;Verwendungszweck;Betrag;Währung\n\
                      31.03.2026;Norwegen;VTF-P00001;1.234,50;EUR\n01.04.2026;Bank;Gebühr;-3,00;EUR\n";
        let english = "Statement\n\nDate,Payer,Text,Amount,Currency\n2026-03-31,Norwegen,VTF-P00001,\"1,234.50\",EUR\n\
                       2026-04-01,Bank,Gebühr,-3.00,EUR\n";
        let mut columns = Columns::default();
        let one = parse(german, "DE1", &mut columns).unwrap();
        assert_eq!(one, parse(english, "DE1", &mut Columns::default()).unwrap());
        assert_eq!((one.lines[0].amount.minor, one.lines[0].credit, one.lines[1].credit), (123_450, true, false));
        assert_eq!((columns.date.as_str(), columns.payer.as_str()), ("Buchungstag", "Auftraggeber"));
    }

    #[test]
    fn what_is_not_clear_is_asked_for() {
        let days = "date,amount,currency\n03/04/2026,5.00,EUR\n";
        assert_eq!(key(parse(days, "A", &mut Columns::default()).unwrap_err()), "error-statement-line-date");
        let mut columns = Columns { date_order: "month-first".to_owned(), ..Columns::default() };
        assert_eq!(parse(days, "A", &mut columns).unwrap().lines[0].date.to_string(), "2026-03-04");
        let thousands = "date;amount;currency\n2026-03-04;1.234;EUR\n";
        assert_eq!(key(parse(thousands, "A", &mut Columns::default()).unwrap_err()), "error-statement-decimal");
        let nothing = "when,what\n1,2\n";
        assert_eq!(key(parse(nothing, "A", &mut Columns::default()).unwrap_err()), "error-statement-columns");
    }

    /// Amounts in cents, below zero for what went out.
    fn amounts(text: &str) -> Vec<i64> {
        let found = parse(text, "A", &mut francs()).unwrap();
        found.lines.iter().map(|line| if line.credit { line.amount.minor } else { -line.amount.minor }).collect()
    }

    fn francs() -> Columns {
        Columns { fixed_currency: "CHF".to_owned(), ..Columns::default() }
    }

    fn refusals(text: &str) -> Vec<String> {
        let AppError::Invalid(errors) = parse(text, "A", &mut francs()).unwrap_err() else { panic!("of a field") };
        errors.0.into_iter().map(|error| error.message.key).collect()
    }

    #[test]
    fn debits_may_have_a_column_of_their_own_and_both_at_once_are_named() {
        assert_eq!(
            amounts("Date;Debit;Credit\n2026-03-04;7.00;\n2026-03-05;;9.00\n2026-03-06;-8.00;0.00\n"),
            [-700, 900, -800]
        );
        let both = "Date;Debit;Credit\n2026-03-04;7.00;9.00\n2026-03-05;;9.00\n";
        assert_eq!(refusals(both), ["error-statement-line-both"]);
        assert_eq!(amounts("Date;Amount;Debit\n2026-03-04;-7.00;7.00\n2026-03-05;9.00;\n"), [-700, 900]);
    }

    #[test]
    fn a_word_says_whether_an_amount_without_a_sign_went_out() {
        for (heading, debit, credit) in [
            ("DB/CR", "DB", "CR"),
            ("Dr / Cr", "dr", "cr"),
            ("Debit/Credit", "Debit", "Credit"),
            ("S/H", "S", "H"),
            ("Sens", "Débit", "Crédit"),
            // Found by what stands in it.
            ("Kind", "DBIT", "CRDT"),
            ("", "D", "C"),
        ] {
            let text = format!("Date;{heading};Amount\n2026-03-04;{debit};7.00\n2026-03-05;{credit};9.00\n");
            assert_eq!(amounts(&text), [-700, 900], "{heading}");
        }
        assert_eq!(
            amounts("Date;Amount\n2026-03-04;7.00 DR\n2026-03-05;1,009.00CR\n2026-03-05;5.00-\n"),
            [-700, 100_900, -500]
        );
        // As in MT940: the reversal of a credit goes out, and that of a debit comes in.
        let lines =
            parse("Date;D/C;Amount\n2026-03-04;RC;7.00\n2026-03-05;RD;9.00\n", "A", &mut francs()).unwrap().lines;
        assert_eq!(
            lines.iter().map(|line| (line.credit, line.reversal)).collect::<Vec<_>>(),
            [(false, true), (true, true)]
        );
    }

    #[test]
    fn what_does_not_say_its_direction_is_named_and_not_taken_for_income() {
        let text =
            |word: &str, amount: &str| format!("Date;D/C;Amount\n2026-03-04;{word};{amount}\n2026-03-05;C;9.00\n");
        assert_eq!(refusals(&text("fee", "7.00")), ["error-statement-line-direction"]);
        assert_eq!(refusals(&text("", "7.00")), ["error-statement-line-direction"]);
        assert_eq!(refusals(&text("C", "-7.00")), ["error-statement-line-direction"]);
        assert_eq!(amounts(&text("fee", "-7.00")), [-700, 900]);
        assert_eq!(amounts(&text("D", "-7.00")), [-700, 900]);
        // Some words say it, others do not: a person says which column it is, and mends the lines.
        let mixed = "Date;Kind;Amount\n2026-03-04;DEBIT;7.00\n2026-03-05;FEE;9.00\n";
        assert_eq!(refusals(mixed), ["error-statement-direction"]);
        assert_eq!(amounts(&mixed.replace("7.00", "-7.00")), [-700, 900]);
        // A column that said it last time is gone, and no sign says it now.
        let mut columns = Columns { direction: "D/C".to_owned(), ..francs() };
        let gone = "Date;Amount\n2026-03-04;7.00\n";
        assert_eq!(key(parse(gone, "A", &mut columns.clone()).unwrap_err()), "error-statement-direction-gone");
        assert!(parse(&gone.replace("7.00", "-7.00"), "A", &mut columns).is_ok());
    }
}
