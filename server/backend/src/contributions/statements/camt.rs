//! Reads ISO 20022 camt.053, versions 001.02 to 001.08, as a stream of elements. What a bank never writes and an
//! attacker may (document types, entities, elements in endless depth) is refused.

use chrono::NaiveDate;
use domain::errors::AppError;
use domain::message::Message;
use domain::money::{Currency, Money};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::{ParsedLine, ParsedStatement};
use crate::iso20022::{DEEPEST, day, sign};

/// Characters of one element; the standard's longest text has 500.
const LONGEST: usize = 4_000;
/// Lines of one file.
const MOST_LINES: usize = 100_000;
const NAMESPACE: &str = "urn:iso:std:iso:20022:tech:xsd:camt.053.001.";

/// What is known of a payment; an entry has one of its own, and one for each payment that it sums up.
#[derive(Clone, Debug, Default)]
struct Payment {
    amount: Option<Money>,
    credit: Option<bool>,
    references: Vec<String>,
    bank_reference: String,
    payer: String,
    payee: String,
    text: Vec<String>,
    /// All charges together, where the bank says so.
    charge: Option<Money>,
    /// Single charges, and whether each was taken from the amount.
    charges: Vec<(Money, bool)>,
}

impl Payment {
    /// What banks kept of an amount, in minor units of its currency.
    fn kept(&self, currency: Currency) -> i64 {
        let own = |money: &Money| money.currency == currency;
        match self.charge.filter(own) {
            Some(total) if self.charges.iter().all(|(_, taken)| *taken) => total.minor,
            _ => self.charges.iter().filter(|(money, taken)| *taken && own(money)).map(|(money, _)| money.minor).sum(),
        }
    }
}

#[derive(Default)]
struct Entry {
    own: Payment,
    parts: Vec<Payment>,
    status: String,
    reversal: bool,
    booked: Option<NaiveDate>,
    valued: Option<NaiveDate>,
}

struct Parser {
    path: Vec<String>,
    text: String,
    /// The attribute `Ccy` of the element in which we are.
    currency: Option<Currency>,
    entry: Option<Entry>,
    part: Option<Payment>,
    statement: ParsedStatement,
    other_id: String,
}

fn refuse(key: &str) -> AppError {
    AppError::Invalid(domain::errors::FieldErrors::one("file", Message::new(key)))
}

/// Reads a file.
///
/// # Errors
/// `file`: no camt.053, another version, broken or hostile XML, an unknown currency, or several accounts.
pub(super) fn parse(text: &str) -> Result<ParsedStatement, AppError> {
    let mut reader = Reader::from_str(text);
    reader.config_mut().expand_empty_elements = true;
    let mut parser = Parser {
        path: Vec::new(),
        text: String::new(),
        currency: None,
        entry: None,
        part: None,
        statement: ParsedStatement::default(),
        other_id: String::new(),
    };
    let mut seen = false;
    loop {
        match reader.read_event().map_err(|_| refuse("error-statement-broken"))? {
            Event::Start(element) => {
                if parser.path.is_empty() {
                    check_root(&element)?;
                    seen = true;
                }
                parser.open(&element)?;
            }
            Event::End(_) => parser.close()?,
            Event::Text(text) => parser.push(&text.xml10_content())?,
            Event::CData(text) => parser.push(&text.xml10_content())?,
            Event::GeneralRef(reference) => {
                let sign = sign(&reference).ok_or_else(|| refuse("error-statement-hostile"))?;
                parser.push(sign.encode_utf8(&mut [0; 4]))?;
            }
            Event::DocType(_) => return Err(refuse("error-statement-hostile")),
            Event::Eof => break,
            Event::Empty(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
        }
    }
    // An end that is missing is no error of the reader's.
    if !seen || !parser.path.is_empty() {
        return Err(refuse("error-statement-broken"));
    }
    Ok(parser.statement)
}

fn check_root(element: &BytesStart<'_>) -> Result<(), AppError> {
    if element.local_name().as_ref() != "Document" {
        return Err(refuse("error-statement-not-camt"));
    }
    let namespace = element
        .attributes()
        .flatten()
        .find(|attribute| attribute.value.as_ref().starts_with("urn:iso:std:iso:20022"))
        .map(|attribute| attribute.value.into_owned())
        .unwrap_or_default();
    let Some(version) = namespace.strip_prefix(NAMESPACE) else { return Err(refuse("error-statement-not-camt")) };
    if version.len() == 2 && version.parse::<u32>().is_ok_and(|version| (2..=8).contains(&version)) {
        return Ok(());
    }
    let version: String = version.chars().take(10).collect();
    let message = Message::new("error-statement-version").with("version", version);
    Err(AppError::Invalid(domain::errors::FieldErrors::one("file", message)))
}

impl Parser {
    fn open(&mut self, element: &BytesStart<'_>) -> Result<(), AppError> {
        if self.path.len() >= DEEPEST {
            return Err(refuse("error-statement-hostile"));
        }
        self.path.push(element.local_name().as_ref().to_owned());
        self.text.clear();
        self.currency = None;
        if let Ok(Some(attribute)) = element.try_get_attribute("Ccy") {
            let code = attribute.value.as_ref().to_owned();
            self.currency = Some(Currency::from_code(&code).ok_or_else(|| {
                let message = Message::new("error-statement-currency").with("code", code.as_str());
                AppError::Invalid(domain::errors::FieldErrors::one("file", message))
            })?);
        }
        match self.within().as_slice() {
            ["Ntry"] => self.entry = Some(Entry::default()),
            ["Ntry", "NtryDtls", "TxDtls"] => self.part = Some(Payment::default()),
            _ => {}
        }
        Ok(())
    }

    fn push(&mut self, text: &str) -> Result<(), AppError> {
        if self.text.len() + text.len() > LONGEST {
            return Err(refuse("error-statement-hostile"));
        }
        self.text.push_str(text);
        Ok(())
    }

    /// Where we are below `Document/BkToCstmrStmt/Stmt`.
    fn within(&self) -> Vec<&str> {
        self.path.iter().skip(3).map(String::as_str).collect()
    }

    fn close(&mut self) -> Result<(), AppError> {
        let text = self.text.trim().to_owned();
        let path = std::mem::take(&mut self.path);
        let place: Vec<&str> = path.iter().skip(3).map(String::as_str).collect();
        match place.as_slice() {
            ["Acct", "Id", "IBAN"] => self.account(&text)?,
            ["Acct", "Id", "Othr", "Id"] => self.other_id = text,
            ["Acct"] if self.statement.account.is_empty() => {
                let other = std::mem::take(&mut self.other_id);
                self.account(&other)?;
            }
            ["Ntry", "NtryDtls", "TxDtls"] => {
                if let (Some(entry), Some(part)) = (self.entry.as_mut(), self.part.take()) {
                    entry.parts.push(part);
                }
            }
            ["Ntry", "NtryDtls", "TxDtls", rest @ ..] => {
                let amount = self.amount(&text);
                if let Some(part) = self.part.as_mut() {
                    payment(part, rest, &text, amount);
                }
            }
            ["Ntry"] => {
                if let Some(entry) = self.entry.take() {
                    self.finish(entry)?;
                }
            }
            ["Ntry", rest @ ..] => {
                let amount = self.amount(&text);
                if let Some(entry) = self.entry.as_mut() {
                    match rest {
                        ["Sts"] if !text.is_empty() => entry.status = text,
                        ["Sts", "Cd"] => entry.status = text,
                        ["RvslInd"] => entry.reversal = text == "true" || text == "1",
                        ["BookgDt", "Dt" | "DtTm"] => entry.booked = day(&text),
                        ["ValDt", "Dt" | "DtTm"] => entry.valued = day(&text),
                        _ => payment(&mut entry.own, rest, &text, amount),
                    }
                }
            }
            _ => {}
        }
        self.path = path;
        self.path.pop();
        self.text.clear();
        self.currency = None;
        Ok(())
    }

    /// An amount of the element in which we are, in the currency that it names.
    fn amount(&self, text: &str) -> Option<Money> {
        Money::parse_plain(text, self.currency?)
    }

    fn account(&mut self, id: &str) -> Result<(), AppError> {
        let id: String = id.chars().filter(|sign| !sign.is_whitespace()).take(40).collect();
        if !self.statement.account.is_empty() && self.statement.account != id {
            return Err(refuse("error-statement-accounts"));
        }
        self.statement.account = id;
        Ok(())
    }

    /// The lines of an entry: its payments where they add up to it, else the entry as a whole.
    fn finish(&mut self, entry: Entry) -> Result<(), AppError> {
        // Only what is booked is money; the rest may still change or vanish.
        if entry.status != "BOOK" && !entry.status.is_empty() {
            self.statement.pending += 1;
            return Ok(());
        }
        let (Some(amount), Some(credit), Some(date)) =
            (entry.own.amount, entry.own.credit, entry.valued.or(entry.booked))
        else {
            return Err(refuse("error-statement-entry"));
        };
        let sum: Option<i64> = entry
            .parts
            .iter()
            .map(|part| part.amount.filter(|one| one.currency == amount.currency))
            .try_fold(0_i64, |sum, one| sum.checked_add(one?.minor));
        let split = entry.parts.len() > 1 && sum == Some(amount.minor);
        let mut single = entry.own.clone();
        if let Some(part) = entry.parts.first().filter(|_| entry.parts.len() == 1) {
            merge(&mut single, part);
        }
        let parts = if split { entry.parts } else { vec![single] };
        for mut part in parts {
            if part.bank_reference.is_empty() {
                part.bank_reference.clone_from(&entry.own.bank_reference);
            }
            let credit = part.credit.unwrap_or(credit);
            let part_amount = if split { part.amount.unwrap_or(amount) } else { amount };
            if part_amount.minor == 0 {
                continue;
            }
            let charge_minor = part.kept(part_amount.currency);
            self.statement.lines.push(ParsedLine {
                credit,
                reversal: entry.reversal,
                amount: part_amount,
                charge_minor: if credit { charge_minor } else { 0 },
                date,
                payer: shorten(if credit { &part.payer } else { &part.payee }, 200),
                text: shorten(&[part.text.join(" "), part.references.join(" ")].join(" "), 1000),
                bank_reference: shorten(&part.bank_reference, 50),
                references: part.references,
            });
            if self.statement.lines.len() > MOST_LINES {
                return Err(refuse("error-statement-hostile"));
            }
        }
        Ok(())
    }
}

fn shorten(text: &str, most: usize) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(most).collect()
}

/// One element of an entry or of a payment in it; its names differ little between the versions.
fn payment(to: &mut Payment, place: &[&str], text: &str, amount: Option<Money>) {
    match place {
        ["Amt"] | ["AmtDtls", "TxAmt", "Amt"] => to.amount = to.amount.or(amount),
        ["CdtDbtInd"] => to.credit = Some(text == "CRDT"),
        ["AcctSvcrRef"] | ["Refs", "AcctSvcrRef"] => to.bank_reference = text.to_owned(),
        ["Refs", "EndToEndId" | "TxId" | "InstrId" | "MsgId"] if text != "NOTPROVIDED" && !text.is_empty() => {
            to.references.push(text.to_owned());
        }
        ["RmtInf", "Ustrd"] | ["RmtInf", "Strd", "CdtrRefInf", "Ref"] | ["AddtlTxInf"] | ["AddtlNtryInf"]
            if !text.is_empty() =>
        {
            to.text.push(text.to_owned());
        }
        ["RltdPties", "Dbtr" | "UltmtDbtr", "Nm"] | ["RltdPties", "Dbtr" | "UltmtDbtr", "Pty", "Nm"] => {
            add_name(&mut to.payer, text);
        }
        ["RltdPties", "Cdtr" | "UltmtCdtr", "Nm"] | ["RltdPties", "Cdtr" | "UltmtCdtr", "Pty", "Nm"] => {
            add_name(&mut to.payee, text);
        }
        // The whole, or the records that it consists of; 001.02 knows the records only.
        ["Chrgs", "TtlChrgsAndTaxAmt"] => to.charge = amount,
        ["Chrgs", "Rcrd", "Amt"] | ["Chrgs", "Amt"] => to.charges.extend(amount.map(|amount| (amount, true))),
        ["Chrgs", "Rcrd", "ChrgInclInd"] if text == "false" || text == "0" => {
            if let Some((_, taken)) = to.charges.last_mut() {
                *taken = false;
            }
        }
        _ => {}
    }
}

fn add_name(to: &mut String, name: &str) {
    if !to.is_empty() {
        to.push_str(", ");
    }
    to.push_str(name);
}

/// An entry of one payment: what the payment says goes before what the entry says.
fn merge(entry: &mut Payment, part: &Payment) {
    entry.references.extend(part.references.iter().cloned());
    entry.text.extend(part.text.iter().cloned());
    for (to, from) in [
        (&mut entry.bank_reference, &part.bank_reference),
        (&mut entry.payer, &part.payer),
        (&mut entry.payee, &part.payee),
    ] {
        if !from.is_empty() {
            to.clone_from(from);
        }
    }
    if part.charge.is_some() || !part.charges.is_empty() {
        entry.charge = part.charge;
        entry.charges.clone_from(&part.charges);
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn statement(entry: &str) -> String {
        format!(
            "<Document xmlns=\"{NAMESPACE}08\"><BkToCstmrStmt><Stmt><Acct><Id><Othr><Id>12 34</Id></Othr></Id></Acct>\
             <Ntry><Amt Ccy=\"EUR\">10.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>\
             <ValDt><Dt>2026-04-10</Dt></ValDt>{entry}</Ntry></Stmt></BkToCstmrStmt></Document>"
        )
    }

    #[test]
    fn only_charges_that_were_taken_from_the_amount_and_in_its_currency_count() {
        for (charges, expected) in [
            ("<Chrgs><TtlChrgsAndTaxAmt Ccy=\"EUR\">2.00</TtlChrgsAndTaxAmt></Chrgs>", 200),
            ("<Chrgs><Rcrd><Amt Ccy=\"EUR\">2.00</Amt><ChrgInclInd>false</ChrgInclInd></Rcrd></Chrgs>", 0),
            ("<Chrgs><TtlChrgsAndTaxAmt Ccy=\"USD\">2.00</TtlChrgsAndTaxAmt></Chrgs>", 0),
            ("<Chrgs><Rcrd><Amt Ccy=\"EUR\">1.00</Amt></Rcrd><Rcrd><Amt Ccy=\"EUR\">1.50</Amt></Rcrd></Chrgs>", 250),
        ] {
            let parsed = parse(&statement(charges)).unwrap();
            assert_eq!((parsed.account.as_str(), parsed.lines[0].charge_minor), ("1234", expected), "{charges}");
        }
    }

    #[test]
    fn a_batch_whose_parts_do_not_add_up_is_one_line() {
        let part = |amount: &str| format!("<TxDtls><Amt Ccy=\"EUR\">{amount}</Amt></TxDtls>");
        let lines = |parts: &[&str]| {
            let parts: String = parts.iter().map(|amount| part(amount)).collect();
            parse(&statement(&format!("<NtryDtls>{parts}</NtryDtls>"))).unwrap().lines.len()
        };
        assert_eq!((lines(&["4.00", "6.00"]), lines(&["4.00", "5.00"]), lines(&["10.00"])), (2, 1, 1));
    }

    #[test]
    fn two_accounts_an_unknown_currency_and_a_missing_date_are_refused() {
        let key = |text: &str| match parse(text).unwrap_err() {
            AppError::Invalid(errors) => errors.0[0].message.key.clone(),
            other => format!("{other:?}"),
        };
        let second = "<Stmt><Acct><Id><IBAN>AT2</IBAN></Id></Acct></Stmt>";
        let two = statement("").replace("</BkToCstmrStmt>", &format!("{second}</BkToCstmrStmt>"));
        assert_eq!(key(&two), "error-statement-accounts");
        assert_eq!(key(&statement("").replace("\"EUR\"", "\"EUX\"")), "error-statement-currency");
        assert_eq!(key(&statement("").replace("2026-04-10", "soon")), "error-statement-entry");
        assert_eq!(key(&statement("&payer;")), "error-statement-hostile");
    }
}
