//! A payment order as ISO 20022 pain.001.001.09: one group of transfers in US dollars from the Fund's account.

use chrono::{DateTime, NaiveDate, Utc};
use domain::money::Money;
use domain::organisations::Address;
use quick_xml::events::{BytesDecl, BytesText, Event};
use quick_xml::writer::Writer;

use crate::error::Result;
use crate::organisations::account::Account;
use crate::organisations::latin;

const NAMESPACE: &str = "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09";

/// An order of payments.
pub(super) struct Order {
    pub(super) message_id: String,
    pub(super) created_at: DateTime<Utc>,
    pub(super) execution_date: NaiveDate,
    pub(super) debtor: Account,
    pub(super) payments: Vec<Payment>,
}

/// One payment of an order.
pub(super) struct Payment {
    pub(super) end_to_end_id: String,
    pub(super) usd_minor: i64,
    pub(super) creditor: Account,
    /// Where the partner is, which need not be where its bank is.
    pub(super) creditor_address: Address,
    /// What the partner reads on the statement.
    pub(super) purpose: String,
}

type Xml = Writer<Vec<u8>>;

/// The file.
pub(super) fn file(order: &Order) -> Result<String> {
    let mut xml = Writer::new_with_indent(Vec::new(), b' ', 2);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    xml.create_element("Document").with_attribute(("xmlns", NAMESPACE)).write_inner_content(|xml| {
        within(xml, "CstmrCdtTrfInitn", |xml| {
            group_header(xml, order)?;
            payment_information(xml, order)
        })
    })?;
    let mut bytes = xml.into_inner();
    bytes.push(b'\n');
    String::from_utf8(bytes).map_err(|cause| crate::error::Error::Defect(format!("payment order: {cause}")))
}

fn group_header(xml: &mut Xml, order: &Order) -> std::io::Result<()> {
    within(xml, "GrpHdr", |xml| {
        text(xml, "MsgId", &order.message_id)?;
        text(xml, "CreDtTm", &order.created_at.format("%Y-%m-%dT%H:%M:%SZ").to_string())?;
        totals(xml, order)?;
        within(xml, "InitgPty", |xml| name(xml, &order.debtor))
    })
}

/// Number of payments and control sum, as both parts of the order give them.
fn totals(xml: &mut Xml, order: &Order) -> std::io::Result<()> {
    let sum: i64 = order.payments.iter().map(|payment| payment.usd_minor).sum();
    text(xml, "NbOfTxs", &order.payments.len().to_string())?;
    text(xml, "CtrlSum", &Money::usd(sum).to_decimal().to_string())
}

fn payment_information(xml: &mut Xml, order: &Order) -> std::io::Result<()> {
    within(xml, "PmtInf", |xml| {
        text(xml, "PmtInfId", &order.message_id)?;
        text(xml, "PmtMtd", "TRF")?;
        // One line on the statement for each payment, so that each is confirmed by itself.
        text(xml, "BtchBookg", "false")?;
        totals(xml, order)?;
        within(xml, "ReqdExctnDt", |xml| text(xml, "Dt", &order.execution_date.to_string()))?;
        within(xml, "Dbtr", |xml| {
            name(xml, &order.debtor)?;
            order.debtor.address.iter().try_for_each(|known| address(xml, known))
        })?;
        account(xml, "DbtrAcct", &order.debtor)?;
        agent(xml, "DbtrAgt", &order.debtor)?;
        text(xml, "ChrgBr", "DEBT")?;
        order.payments.iter().try_for_each(|payment| transfer(xml, payment))
    })
}

fn transfer(xml: &mut Xml, payment: &Payment) -> std::io::Result<()> {
    within(xml, "CdtTrfTxInf", |xml| {
        within(xml, "PmtId", |xml| {
            text(xml, "InstrId", &payment.end_to_end_id)?;
            text(xml, "EndToEndId", &payment.end_to_end_id)
        })?;
        within(xml, "Amt", |xml| {
            let amount = Money::usd(payment.usd_minor).to_decimal().to_string();
            xml.create_element("InstdAmt")
                .with_attribute(("Ccy", "USD"))
                .write_text_content(BytesText::new(&amount))?;
            Ok(())
        })?;
        agent(xml, "CdtrAgt", &payment.creditor)?;
        within(xml, "Cdtr", |xml| {
            name(xml, &payment.creditor)?;
            address(xml, &payment.creditor_address)
        })?;
        account(xml, "CdtrAcct", &payment.creditor)?;
        within(xml, "RmtInf", |xml| text(xml, "Ustrd", &payment.purpose))
    })
}

/// The bank by its BIC alone, which says name and place: what people wrote beside it could only contradict it.
fn agent(xml: &mut Xml, element: &str, account: &Account) -> std::io::Result<()> {
    within(xml, element, |xml| within(xml, "FinInstnId", |xml| text(xml, "BICFI", &account.bic)))
}

fn name(xml: &mut Xml, account: &Account) -> std::io::Result<()> {
    text(xml, "Nm", &account.order_name().unwrap_or_default())
}

/// An address in its parts; the town and the country are never left out.
fn address(xml: &mut Xml, address: &Address) -> std::io::Result<()> {
    within(xml, "PstlAdr", |xml| {
        for (element, (_, part)) in ["StrtNm", "BldgNb", "PstCd", "TwnNm"].iter().zip(address.parts()) {
            if let Some(part) = latin(part) {
                text(xml, element, &part)?;
            }
        }
        text(xml, "Ctry", &address.country)
    })
}

fn account(xml: &mut Xml, element: &str, account: &Account) -> std::io::Result<()> {
    within(xml, element, |xml| {
        within(xml, "Id", |xml| {
            if account.is_iban() {
                return text(xml, "IBAN", &account.account_number);
            }
            within(xml, "Othr", |xml| text(xml, "Id", &account.account_number))
        })
    })
}

fn within(xml: &mut Xml, element: &str, inner: impl FnOnce(&mut Xml) -> std::io::Result<()>) -> std::io::Result<()> {
    xml.create_element(element).write_inner_content(inner)?;
    Ok(())
}

fn text(xml: &mut Xml, element: &str, content: &str) -> std::io::Result<()> {
    xml.create_element(element).write_text_content(BytesText::new(content))?;
    Ok(())
}
