//! What the bank's ISO 20022 files say of payments: camt.053 (statement) and camt.054 (notification), any version. Only
//! what is needed to find a payment again is read; amounts and names of others are passed over.

use chrono::NaiveDate;
use domain::money::{Currency, Money};
use quick_xml::Reader;
use quick_xml::events::Event;

use crate::iso20022::{DEEPEST, day, sign};

/// A booked transaction that names a payment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Transaction {
    /// The payment's identification.
    pub(super) end_to_end_id: String,
    /// True when money came in: the payment was sent back.
    pub(super) is_credit: bool,
    /// The amount; none when the file says it in a way that is not understood.
    pub(super) amount: Option<Money>,
    /// The day of booking.
    pub(super) booked_on: Option<NaiveDate>,
    /// The bank's reference.
    pub(super) reference: String,
    /// Why it came back, as the bank says.
    pub(super) reason: String,
}

/// A file that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct BankFile {
    /// `camt.053` or `camt.054`.
    pub(super) kind: &'static str,
    pub(super) transactions: Vec<Transaction>,
}

/// Why a file was not read, as the key of a message.
type Unreadable = &'static str;

/// An element with what is in it.
#[derive(Default)]
struct Node {
    name: String,
    currency: String,
    text: String,
    children: Vec<Node>,
}

impl Node {
    fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Self> {
        self.children.iter().filter(move |child| child.name == name)
    }

    fn at(&self, path: &[&str]) -> Option<&Self> {
        path.iter().try_fold(self, |node, name| node.children.iter().find(|child| child.name == *name))
    }

    fn text_at(&self, path: &[&str]) -> Option<&str> {
        self.at(path).map(|node| node.text.trim()).filter(|text| !text.is_empty())
    }
}

/// Reads a file.
pub(super) fn read(bytes: &[u8]) -> Result<BankFile, Unreadable> {
    let text = std::str::from_utf8(bytes).map_err(|_| "error-bank-file-encoding")?;
    let root = parse(text.trim_start_matches('\u{feff}'))?;
    let kinds = [("BkToCstmrStmt", "Stmt", "camt.053"), ("BkToCstmrDbtCdtNtfctn", "Ntfctn", "camt.054")];
    for (message, part, kind) in kinds {
        if let Some(body) = root.at(&["Document", message]) {
            let entries = body.all(part).flat_map(|part| part.all("Ntry"));
            return Ok(BankFile { kind, transactions: entries.flat_map(of_entry).collect() });
        }
    }
    Err("error-bank-file-kind")
}

fn parse(text: &str) -> Result<Node, Unreadable> {
    let broken = "error-bank-file-broken";
    let mut reader = Reader::from_str(text);
    let mut open = vec![Node::default()];
    loop {
        match reader.read_event().map_err(|_| broken)? {
            Event::Start(start) => {
                if open.len() > DEEPEST {
                    return Err(broken);
                }
                let currency = start.try_get_attribute("Ccy").map_err(|_| broken)?;
                open.push(Node {
                    name: start.local_name().as_ref().to_owned(),
                    currency: currency.map(|found| found.value.as_ref().to_owned()).unwrap_or_default(),
                    ..Node::default()
                });
            }
            Event::End(_) => {
                let node = open.pop().ok_or(broken)?;
                open.last_mut().ok_or(broken)?.children.push(node);
            }
            Event::Text(text) => open.last_mut().ok_or(broken)?.text.push_str(&text.xml10_content()),
            Event::GeneralRef(reference) => {
                open.last_mut().ok_or(broken)?.text.push(sign(&reference).unwrap_or('\u{fffd}'))
            }
            // A document type could name other files; these messages have none.
            Event::DocType(_) => return Err(broken),
            Event::Eof => break,
            _ => {}
        }
    }
    match open.len() {
        1 => open.pop().ok_or(broken),
        _ => Err(broken),
    }
}

/// The transactions of a booked entry that name a payment.
fn of_entry(entry: &Node) -> Vec<Transaction> {
    // Version 8 and later put the code one level deeper.
    let status = entry.text_at(&["Sts", "Cd"]).or_else(|| entry.text_at(&["Sts"]));
    if status != Some("BOOK") {
        return Vec::new();
    }
    let day = |path: &[&str]| entry.text_at(path).and_then(day);
    let booked_on = day(&["BookgDt", "Dt"]).or_else(|| day(&["BookgDt", "DtTm"])).or_else(|| day(&["ValDt", "Dt"]));
    let details: Vec<&Node> = entry.all("NtryDtls").flat_map(|details| details.all("TxDtls")).collect();
    let single = details.len() == 1;
    details
        .into_iter()
        .filter_map(|details| {
            let end_to_end_id = details.text_at(&["Refs", "EndToEndId"])?.to_owned();
            let direction = details.text_at(&["CdtDbtInd"]).or_else(|| entry.text_at(&["CdtDbtInd"]));
            let own = details.at(&["AmtDtls", "InstdAmt", "Amt"]).or_else(|| details.at(&["Amt"]));
            // An entry's own amount is that of a single payment only.
            let amount = own
                .or_else(|| details.at(&["AmtDtls", "TxAmt", "Amt"]))
                .or_else(|| single.then(|| entry.at(&["Amt"])).flatten());
            let reference = details
                .text_at(&["Refs", "AcctSvcrRef"])
                .map(str::to_owned)
                .or_else(|| entry.text_at(&["AcctSvcrRef"]).map(|text| format!("{text}/{end_to_end_id}")));
            let reason = details.at(&["RtrInf"]);
            let code = reason.and_then(|reason| reason.text_at(&["Rsn", "Cd"])).unwrap_or("");
            let words = reason.and_then(|reason| reason.text_at(&["AddtlInf"])).unwrap_or("");
            Some(Transaction {
                is_credit: direction == Some("CRDT"),
                amount: amount.and_then(money_of),
                booked_on,
                reference: reference.unwrap_or_else(|| end_to_end_id.clone()).chars().take(60).collect(),
                reason: format!("{code} {words}").trim().to_owned(),
                end_to_end_id,
            })
        })
        .collect()
}

fn money_of(node: &Node) -> Option<Money> {
    let currency = Currency::from_code(&node.currency)?;
    Money::parse(node.text.trim(), currency).ok()
}
