//! Reads what a bank tells of an account in ISO 20022: camt.053 (statement) and camt.054 (notification), as a stream of
//! elements. It gives the entries as they stand; what they mean for contributions or for payments is said elsewhere. What
//! a bank never writes and an attacker may (document types, entities, elements in endless depth) is refused.

mod fault;

use std::collections::{BTreeSet, HashSet};

use chrono::NaiveDate;
use domain::errors::AppError;
use domain::money::{Currency, Money};
use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};

use crate::files;

use fault::Fault;

/// Deepest nesting of elements; these files have about twelve levels.
const DEEPEST: usize = 40;
/// Bytes of the text of an element, and of its tag; the standard's longest text has 500 characters.
const LONGEST: usize = 4_000;
/// Entries and payments of one file together.
const MOST: usize = 20_000;
/// Elements of one file; an entry has about fifty.
const MOST_ELEMENTS: usize = 1_000_000;
/// Begins the namespace of every ISO 20022 message.
const NAMESPACE: &str = "urn:iso:std:iso:20022:tech:xsd:";

/// Which message a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Statement,
    Notification,
}

impl Kind {
    /// The message's name, without its version.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Statement => "camt.053",
            Self::Notification => "camt.054",
        }
    }

    /// The elements around the entries, below `Document`.
    fn of(element: &str) -> Option<Self> {
        match element {
            "BkToCstmrStmt" => Some(Self::Statement),
            "BkToCstmrDbtCdtNtfctn" => Some(Self::Notification),
            _ => None,
        }
    }

    fn part(self) -> &'static str {
        match self {
            Self::Statement => "Stmt",
            Self::Notification => "Ntfctn",
        }
    }
}

/// A file that was read.
#[derive(Clone, Debug)]
pub(crate) struct BankFile {
    pub(crate) kind: Kind,
    /// The message with its version as the namespace says it, such as `camt.053.001.08`; empty where it says none.
    pub(crate) message: String,
    /// The accounts it tells of, without the blanks in their numbers.
    pub(crate) accounts: BTreeSet<String>,
    pub(crate) entries: Vec<Entry>,
}

/// One line of the account.
#[derive(Clone, Debug, Default)]
pub(crate) struct Entry {
    /// What is said of the entry as a whole.
    pub(crate) own: Payment,
    /// The payments that it sums up.
    pub(crate) parts: Vec<Payment>,
    status: String,
    /// Its number in the file; empty where the file numbers nothing.
    pub(crate) number: String,
    /// What cannot be understood of the entry as a whole; of its payments each says it itself.
    faults: Vec<Fault>,
    /// True where the bank takes back an earlier entry.
    pub(crate) reversal: bool,
    pub(crate) booked: Option<NaiveDate>,
    pub(crate) valued: Option<NaiveDate>,
}

impl Entry {
    /// True for what may still change or vanish; only what is booked is money.
    pub(crate) fn is_pending(&self) -> bool {
        matches!(self.status.as_str(), "PDNG" | "INFO" | "FUTR")
    }
}

/// What is known of a payment; an entry has one of its own, and one for each payment that it sums up.
#[derive(Clone, Debug, Default)]
pub(crate) struct Payment {
    /// The amount that reached or left the account.
    pub(crate) amount: Option<Money>,
    /// The amount that the payer ordered.
    pub(crate) instructed: Option<Money>,
    /// True for money that came in; none where only the entry says it.
    pub(crate) credit: Option<bool>,
    /// The payer's identification of the payment.
    pub(crate) end_to_end_id: String,
    /// All that came with the payment, the identification from end to end too.
    pub(crate) references: Vec<String>,
    /// The bank's own.
    pub(crate) bank_reference: String,
    pub(crate) payer: String,
    pub(crate) payee: String,
    pub(crate) text: Vec<String>,
    /// Why the payment came back: the code, then the bank's words.
    pub(crate) returned: Vec<String>,
    /// All charges together, where the bank says so.
    charge: Option<Money>,
    /// Single charges, and whether each was taken from the amount.
    charges: Vec<(Money, bool)>,
    faults: Vec<Fault>,
}

impl Payment {
    /// What banks kept of an amount, in minor units of its currency.
    pub(crate) fn kept(&self, currency: Currency) -> i64 {
        let own = |money: &Money| money.currency == currency;
        match self.charge.filter(own) {
            Some(total) if self.charges.iter().all(|(_, taken)| *taken) => total.minor,
            _ => self.charges.iter().filter(|(money, taken)| *taken && own(money)).map(|(money, _)| money.minor).sum(),
        }
    }

    /// Puts before what an entry says of itself what its only payment says.
    pub(crate) fn refine(&mut self, part: &Self) {
        self.references.extend(part.references.iter().cloned());
        self.text.extend(part.text.iter().cloned());
        for (to, from) in [
            (&mut self.bank_reference, &part.bank_reference),
            (&mut self.payer, &part.payer),
            (&mut self.payee, &part.payee),
        ] {
            if !from.is_empty() {
                to.clone_from(from);
            }
        }
        if part.charge.is_some() || !part.charges.is_empty() {
            self.charge = part.charge;
            self.charges.clone_from(&part.charges);
        }
    }

    /// Adds to what an entry says of itself who paid and what for, where it sums up several payments of which nobody can
    /// tell how much each was.
    pub(crate) fn gather(&mut self, parts: &[Self]) {
        let (mut payers, mut payees) = (HashSet::new(), HashSet::new());
        for part in parts {
            for (to, from, seen) in
                [(&mut self.payer, &part.payer, &mut payers), (&mut self.payee, &part.payee, &mut payees)]
            {
                if !from.is_empty() && seen.insert(from) {
                    add_name(to, from);
                }
            }
            self.text.extend(part.text.iter().chain(&part.references).cloned());
        }
    }

    /// Takes one element in; their names differ little between the versions. `currency` is its attribute.
    fn take(&mut self, place: &[&str], text: &str, currency: Option<&str>) {
        match place {
            ["Amt"] | ["AmtDtls", "TxAmt", "Amt"] => self.amount = self.amount.or(self.money(text, currency)),
            ["AmtDtls", "InstdAmt", "Amt"] => self.instructed = self.instructed.or(self.money(text, currency)),
            ["CdtDbtInd"] => match text {
                "CRDT" => self.credit = Some(true),
                "DBIT" => self.credit = Some(false),
                other => self.faults.push(Fault::of("direction", other)),
            },
            ["AcctSvcrRef"] | ["Refs", "AcctSvcrRef"] if is_reference(text) => self.bank_reference = text.to_owned(),
            ["Refs", id @ ("EndToEndId" | "TxId" | "InstrId" | "MsgId")] if is_reference(text) => {
                if *id == "EndToEndId" {
                    self.end_to_end_id = text.to_owned();
                }
                self.references.push(text.to_owned());
            }
            ["RmtInf", "Ustrd"] | ["RmtInf", "Strd", "CdtrRefInf", "Ref"] | ["AddtlTxInf"] | ["AddtlNtryInf"]
                if !text.is_empty() =>
            {
                self.text.push(text.to_owned());
            }
            ["RtrInf", "Rsn", "Cd"] | ["RtrInf", "AddtlInf"] if !text.is_empty() => self.returned.push(text.to_owned()),
            ["RltdPties", "Dbtr" | "UltmtDbtr", "Nm"] | ["RltdPties", "Dbtr" | "UltmtDbtr", "Pty", "Nm"] => {
                add_name(&mut self.payer, text);
            }
            ["RltdPties", "Cdtr" | "UltmtCdtr", "Nm"] | ["RltdPties", "Cdtr" | "UltmtCdtr", "Pty", "Nm"] => {
                add_name(&mut self.payee, text);
            }
            ["Chrgs", rest @ ..] => self.take_charge(rest, text, currency),
            _ => {}
        }
    }

    /// The whole, or the records that it consists of; 001.02 knows the records only.
    fn take_charge(&mut self, place: &[&str], text: &str, currency: Option<&str>) {
        let not_kept = match place {
            ["TtlChrgsAndTaxAmt"] => {
                self.charge = self.money(text, currency);
                false
            }
            ["Rcrd", "Amt"] | ["Amt"] => {
                let money = self.money(text, currency);
                self.charges.extend(money.map(|money| (money, true)));
                false
            }
            ["Rcrd", "ChrgInclInd"] => text == "false" || text == "0",
            // Given back, and not kept.
            ["Rcrd", "CdtDbtInd"] | ["CdtDbtInd"] => text == "CRDT",
            _ => false,
        };
        if let Some((_, taken)) = self.charges.last_mut().filter(|_| not_kept) {
            *taken = false;
        }
    }
}

/// False for nothing, and for the words by which banks say that there is no reference.
pub(crate) fn is_reference(text: &str) -> bool {
    !matches!(text, "" | "NOTPROVIDED" | "NONREF")
}

fn add_name(to: &mut String, name: &str) {
    if !to.is_empty() {
        to.push_str(", ");
    }
    to.push_str(name);
}

fn refuse(key: &str) -> AppError {
    AppError::field("file", key)
}

/// Reads a file.
///
/// # Errors
/// `file`: neither camt.053 nor camt.054, broken or hostile XML, or more than a file may hold.
pub(crate) fn read(text: &str) -> Result<BankFile, AppError> {
    let mut reader = Reader::from_str(text);
    reader.config_mut().expand_empty_elements = true;
    let mut parser = Parser::default();
    loop {
        match reader.read_event().map_err(|_| refuse("error-bank-file-broken"))? {
            Event::Start(element) => parser.open(&element)?,
            Event::End(_) => parser.close()?,
            Event::Text(text) => parser.push(&text.xml10_content())?,
            Event::CData(text) => parser.push(&text.xml10_content())?,
            Event::GeneralRef(reference) => {
                let sign = sign(&reference).ok_or_else(|| refuse("error-bank-file-hostile"))?;
                parser.push(sign.encode_utf8(&mut [0; 4]))?;
            }
            Event::DocType(_) => return Err(refuse("error-bank-file-hostile")),
            Event::Eof => break,
            Event::Empty(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
        }
    }
    // An end that is missing is no error of the reader's.
    if !parser.path.is_empty() {
        return Err(refuse("error-bank-file-broken"));
    }
    let kind = parser.kind.ok_or_else(|| refuse("error-bank-file-kind"))?;
    Ok(BankFile { kind, message: parser.message, accounts: parser.accounts, entries: parser.entries })
}

/// A sign that is written as a reference: one of the five that XML escapes, or any by its number. None for what only a
/// file itself could define.
fn sign(reference: &BytesRef<'_>) -> Option<char> {
    if let Ok(Some(sign)) = reference.resolve_char_ref() {
        return Some(sign);
    }
    match reference.xml10_content().as_ref() {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => None,
    }
}

#[derive(Default)]
struct Parser {
    path: Vec<String>,
    text: String,
    /// The attribute `Ccy` of the element in which we are.
    currency: Option<String>,
    entry: Option<Entry>,
    part: Option<Payment>,
    /// The number of the account in which we are.
    account: String,
    kind: Option<Kind>,
    message: String,
    accounts: BTreeSet<String>,
    entries: Vec<Entry>,
    /// Entries and payments so far.
    count: usize,
    /// Elements so far.
    elements: usize,
}

impl Parser {
    fn open(&mut self, element: &BytesStart<'_>) -> Result<(), AppError> {
        self.elements += 1;
        if self.path.len() >= DEEPEST || element.len() > LONGEST || self.elements > MOST_ELEMENTS {
            return Err(refuse("error-bank-file-hostile"));
        }
        let name = element.local_name().as_ref().to_owned();
        match self.path.len() {
            0 if name != "Document" => return Err(refuse("error-bank-file-kind")),
            0 => self.message = message_of(element),
            1 => self.kind = Some(Kind::of(&name).ok_or_else(|| refuse("error-bank-file-kind"))?),
            _ => {}
        }
        self.path.push(name);
        self.text.clear();
        self.currency = None;
        if let Ok(Some(attribute)) = element.try_get_attribute("Ccy") {
            self.currency = Some(attribute.value.as_ref().to_owned());
        }
        match place(&self.path, self.kind).as_slice() {
            ["Ntry"] => {
                self.count += 1;
                self.entry = Some(Entry::default());
            }
            ["Ntry", "NtryDtls", "TxDtls"] => {
                self.count += 1;
                self.part = Some(Payment::default());
            }
            _ => {}
        }
        if self.count > MOST { Err(files::wrong("file", files::too_many("entries", MOST))) } else { Ok(()) }
    }

    fn push(&mut self, text: &str) -> Result<(), AppError> {
        if self.text.len() + text.len() > LONGEST {
            return Err(refuse("error-bank-file-hostile"));
        }
        self.text.push_str(text);
        Ok(())
    }

    fn close(&mut self) -> Result<(), AppError> {
        let text = self.text.trim().to_owned();
        let path = std::mem::take(&mut self.path);
        let currency = self.currency.take();
        match place(&path, self.kind).as_slice() {
            ["Acct", "Id", "IBAN"] | ["Acct", "Id", "Othr", "Id"] => {
                self.account = text.chars().filter(|sign| !sign.is_whitespace()).take(40).collect();
            }
            ["Acct"] => {
                let account = std::mem::take(&mut self.account);
                if !account.is_empty() {
                    self.accounts.insert(account);
                }
            }
            ["Ntry", "NtryDtls", "TxDtls"] => {
                if let (Some(entry), Some(part)) = (self.entry.as_mut(), self.part.take()) {
                    entry.parts.push(part);
                }
            }
            ["Ntry", "NtryDtls", "TxDtls", rest @ ..] => {
                if let Some(part) = self.part.as_mut() {
                    part.take(rest, &text, currency.as_deref());
                }
            }
            ["Ntry"] => self.entries.extend(self.entry.take()),
            ["Ntry", rest @ ..] => {
                if let Some(entry) = self.entry.as_mut() {
                    match rest {
                        // Version 8 and later put the code one level deeper.
                        ["Sts"] if !text.is_empty() => entry.status = text,
                        ["Sts", "Cd"] => entry.status = text,
                        ["NtryRef"] => entry.number = text,
                        ["RvslInd"] => match text.as_str() {
                            "true" | "1" => entry.reversal = true,
                            "false" | "0" => {}
                            other => entry.faults.push(Fault::of("reversal", other)),
                        },
                        ["BookgDt", "Dt" | "DtTm"] => entry.booked = entry.day(&text),
                        ["ValDt", "Dt" | "DtTm"] => entry.valued = entry.day(&text),
                        _ => entry.own.take(rest, &text, currency.as_deref()),
                    }
                }
            }
            _ => {}
        }
        self.path = path;
        self.path.pop();
        self.text.clear();
        Ok(())
    }
}

/// Where we are below the statement or notification; nowhere outside one.
fn place(path: &[String], kind: Option<Kind>) -> Vec<&str> {
    match (path, kind) {
        ([_, _, part, rest @ ..], Some(kind)) if part == kind.part() => rest.iter().map(String::as_str).collect(),
        _ => Vec::new(),
    }
}

fn message_of(document: &BytesStart<'_>) -> String {
    let names = document.attributes().flatten().find_map(|attribute| {
        attribute.value.as_ref().strip_prefix(NAMESPACE).map(|message| message.chars().take(30).collect())
    });
    names.unwrap_or_default()
}
