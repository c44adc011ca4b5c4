//! A bank statement to measure with: camt.053 of an account in euros, of as many lines as asked for, of which two in five
//! pay an instalment of an open pledge, and the others are small gifts of strangers, donors' money that fits nothing, and
//! payments.

use std::fmt::Write as _;

use backend::contributions::unidentified_queries::OpenRow;
use chrono::{Days, NaiveDate};
use domain::matching::payment_reference;
use domain::money::{Currency, Money};

/// The number of the account.
pub const ACCOUNT: &str = "AT611904300234573201";
/// What the bank kept of some of the payments, in minor units.
const CHARGE: i64 = 1_500;
/// The lines come from so many days, the last of which is today.
const DAYS: u64 = 28;

/// What a line is. Of twenty lines in a row each is what the table says.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Payer, the pledge's reference and the amount of an instalment.
    Referenced,
    /// Payer and the amount of an instalment, without a reference.
    Named,
    /// A donor, and an amount that fits nothing.
    OtherAmount,
    Stranger,
    Outgoing,
}

const KINDS: [Kind; 20] = {
    use Kind::{Named, OtherAmount, Outgoing, Referenced, Stranger};
    [
        Referenced,
        Stranger,
        Named,
        Stranger,
        Referenced,
        Outgoing,
        Stranger,
        Referenced,
        Stranger,
        Stranger,
        Referenced,
        OtherAmount,
        Stranger,
        Named,
        Referenced,
        Stranger,
        Outgoing,
        Referenced,
        Stranger,
        Stranger,
    ]
};

/// A file, and what should become of its lines.
pub struct BankFile {
    /// The file.
    pub xml: String,
    /// Lines that surely pay a pledge.
    pub sure: usize,
    /// Lines of other money that came in.
    pub other: usize,
}

/// Makes a file with a number of its own; none where fewer instalments are open than it has lines for them.
pub fn bank_file(open: &[OpenRow], lines: usize, today: NaiveDate, number: u32) -> Option<BankFile> {
    let euros = Currency::from_code("EUR")?;
    let open: Vec<&OpenRow> = open.iter().filter(|row| row.outstanding.currency == euros).collect();
    let mut due: Vec<(NaiveDate, &OpenRow, Money)> = open
        .iter()
        .copied()
        // The few pledges that every size of data has are of donors who are hard to tell apart.
        .filter(|row| row.unpaid.len() > 1)
        .flat_map(|row| row.unpaid.iter().filter(|(_, left)| left.minor > 0).map(move |(due, left)| (*due, row, *left)))
        .collect();
    due.sort_by_key(|(due, row, _)| (*due, row.pledge));
    let mut due = due.into_iter();
    let mut file = BankFile { xml: head(number), sure: 0, other: 0 };
    for line in 0..lines {
        let kind = KINDS[line % KINDS.len()];
        let (payer, text, amount, charge) = match kind {
            Kind::Referenced | Kind::Named => {
                let (_, row, left) = due.next()?;
                file.sure += 1;
                let named = kind == Kind::Referenced;
                let text = if named { payment_reference(row.pledge) } else { "Contribution".to_owned() };
                (row.donor_name.clone(), text, left, if line % 8 == 0 { CHARGE } else { 0 })
            }
            Kind::OtherAmount => {
                file.other += 1;
                let row = open.get(line % open.len())?;
                (row.donor_name.clone(), "On account".to_owned(), Money::new(12_345, row.outstanding.currency), 0)
            }
            Kind::Stranger => {
                file.other += 1;
                let minor = 1_000 + i64::try_from(line % 190).unwrap_or(0) * 100;
                (
                    format!("Person {line} of a Town"),
                    format!("For the victims, letter {line}"),
                    Money::new(minor, euros),
                    0,
                )
            }
            Kind::Outgoing => ("A Shelter".to_owned(), format!("DISB-{line}"), Money::new(2_000_000, euros), 0),
        };
        let date = today.checked_sub_days(Days::new(DAYS - 1 - line as u64 * DAYS / lines as u64)).unwrap_or(today);
        entry(&mut file.xml, line, kind, date, (amount, charge), (&payer, &text));
    }
    file.xml.push_str("</Stmt></BkToCstmrStmt></Document>\n");
    Some(file)
}

fn head(number: u32) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.08\"><BkToCstmrStmt>\
         <GrpHdr><MsgId>STMT-{number}</MsgId></GrpHdr><Stmt><Id>{number}</Id>\
         <Acct><Id><IBAN>{ACCOUNT}</IBAN></Id></Acct>\n"
    )
}

/// Adds a line; what the bank kept is missing from its amount.
fn entry(
    xml: &mut String,
    line: usize,
    kind: Kind,
    date: NaiveDate,
    (amount, charge): (Money, i64),
    (party, text): (&str, &str),
) {
    let (direction, role) = if kind == Kind::Outgoing { ("DBIT", "Cdtr") } else { ("CRDT", "Dbtr") };
    let currency = amount.currency.code();
    let plain = |minor| Money::new(minor, amount.currency).to_decimal();
    let charges = match charge {
        0 => String::new(),
        charge => format!("<Chrgs><TtlChrgsAndTaxAmt Ccy=\"{currency}\">{}</TtlChrgsAndTaxAmt></Chrgs>", plain(charge)),
    };
    let amount = plain(amount.minor - charge);
    // Writing to a text cannot fail.
    let _ = writeln!(
        xml,
        "<Ntry><NtryRef>{line}</NtryRef><Amt Ccy=\"{currency}\">{amount}</Amt><CdtDbtInd>{direction}</CdtDbtInd>\
         <Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>{date}</Dt></BookgDt><ValDt><Dt>{date}</Dt></ValDt>\
         <AcctSvcrRef>BENCH-{line:06}</AcctSvcrRef>{charges}<NtryDtls><TxDtls>\
         <Refs><EndToEndId>E2E-{line}</EndToEndId></Refs>\
         <RltdPties><{role}><Pty><Nm>{party}</Nm></Pty></{role}></RltdPties>\
         <RmtInf><Ustrd>{text}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>"
    );
}
