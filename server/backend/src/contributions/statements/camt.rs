//! What a camt.053 file, versions 001.02 to 001.08, says of money that came in: its booked entries as lines.

use domain::errors::{AppError, FieldErrors};
use domain::message::Message;
use domain::money::Money;

use super::{ParsedLine, ParsedStatement};
use crate::camt::{self, Entry};
use crate::disbursements::MESSAGE_PREFIX;
use crate::files::Faults;

/// The message that can be read, before the two digits of its version.
const MESSAGE: &str = "camt.053.001.";
/// [`MESSAGE_PREFIX`] with a hyphen that looks the same and is another.
const DISGUISED: &str = "UNVTF\u{2011}";

/// Reads a file.
///
/// # Errors
/// `file`: no camt.053, another version, broken or hostile XML, several accounts, or entries of which something cannot be
/// understood, each by its place: a statement without them would say less than the account holds.
pub(super) fn parse(text: &str) -> Result<ParsedStatement, AppError> {
    let file = camt::read(text)?;
    check_version(&file.message)?;
    if file.accounts.len() > 1 {
        return Err(AppError::field("file", "error-statement-accounts"));
    }
    let mut statement =
        ParsedStatement { account: file.accounts.into_iter().next().unwrap_or_default(), ..ParsedStatement::default() };
    let mut faults = Faults::default();
    for (ordinal, entry) in file.entries.into_iter().enumerate() {
        if entry.is_pending() {
            statement.pending += 1;
            continue;
        }
        let of_entry = entry.faults();
        for fault in &of_entry {
            faults.add(|| fault.message(ordinal + 1, &entry));
        }
        if !of_entry.is_empty() {
            continue;
        }
        let (empty, lines): (Vec<_>, Vec<_>) =
            lines(entry, ordinal).into_iter().partition(|line| line.amount.minor == 0);
        // No money moved, and nobody wonders later whether it was read.
        if !empty.is_empty() {
            statement.left_out.push(i64::try_from(ordinal + 1).unwrap_or(i64::MAX));
        }
        statement.lines.extend(lines);
    }
    faults.into_result("file")?;
    Ok(statement)
}

fn check_version(message: &str) -> Result<(), AppError> {
    let Some(version) = message.strip_prefix(MESSAGE) else {
        return Err(AppError::field("file", "error-statement-not-camt"));
    };
    if version.len() == 2 && version.parse::<u32>().is_ok_and(|version| (2..=8).contains(&version)) {
        return Ok(());
    }
    let message = Message::new("error-statement-version").with("version", version);
    Err(AppError::Invalid(FieldErrors::one("file", message)))
}

/// The lines of an entry: its payments where they add up to it, else the entry as a whole.
fn lines(entry: Entry, ordinal: usize) -> Vec<ParsedLine> {
    let (Some(amount), Some(credit), Some(date)) = (entry.own.amount, entry.own.credit, entry.booked.or(entry.valued))
    else {
        // Named by its faults.
        return Vec::new();
    };
    let sum: Option<i64> = entry
        .parts
        .iter()
        .map(|part| part.amount.filter(|one| one.currency == amount.currency))
        .try_fold(0_i64, |sum, one| sum.checked_add(one?.minor));
    let split = entry.parts.len() > 1 && sum == Some(amount.minor);
    let bank_reference = entry.own.bank_reference.clone();
    let number = if entry.number.is_empty() { (ordinal + 1).to_string() } else { shorten(&entry.number, 50) };
    let entry_is_single = entry.parts.len() < 2;
    let whole = entry.parts.first().and_then(|part| part.instructed).or(entry.own.instructed);
    let parts = if split {
        entry.parts
    } else {
        let mut single = entry.own;
        match entry.parts.as_slice() {
            [] => {}
            [part] => single.refine(part),
            parts => {
                single.gather(parts);
                // Else the whole entry would be taken for the one payment of ours that it names.
                let disguise = |text: &mut String| *text = text.replace(MESSAGE_PREFIX, DISGUISED);
                single.text.iter_mut().for_each(disguise);
            }
        }
        vec![single]
    };
    let mut lines = Vec::with_capacity(parts.len());
    for part in parts {
        let credit = part.credit.unwrap_or(credit);
        let amount = if split { part.amount.unwrap_or(amount) } else { amount };
        let ordered = if split { part.instructed } else { whole.filter(|_| entry_is_single) };
        let told = if credit { part.kept(amount.currency) } else { 0 };
        let (charge_minor, ordered) = match ordered.filter(|_| credit) {
            Some(ordered) if ordered.currency != amount.currency => (told, Some(ordered)),
            Some(ordered) => (missing(ordered, amount).unwrap_or(told), None),
            None => (told, None),
        };
        let reference = if part.bank_reference.is_empty() { &bank_reference } else { &part.bank_reference };
        lines.push(ParsedLine {
            credit,
            reversal: entry.reversal,
            amount,
            charge_minor,
            date,
            valued: entry.valued,
            ordered,
            payer: shorten(if credit { &part.payer } else { &part.payee }, 200),
            text: shorten(&[part.text.join(" "), part.references.join(" ")].join(" "), 1000),
            bank_reference: shorten(reference, 50),
            references: part.references,
            entry: number.clone(),
            ordinal,
        });
    }
    lines
}

/// What banks kept of what the payer ordered in the currency that was credited. None where so much is missing that it
/// cannot be a charge, or where more was credited.
fn missing(ordered: Money, credited: Money) -> Option<i64> {
    let missing = ordered.minor.checked_sub(credited.minor)?;
    (0..=credited.minor).contains(&missing).then_some(missing)
}

fn shorten(text: &str, most: usize) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(most).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn statement(entry: &str) -> String {
        format!(
            "<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:{MESSAGE}08\"><BkToCstmrStmt><Stmt><Acct><Id><Othr><Id>12 34</Id></Othr></Id></Acct>\
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
            // What a bank gave back it did not keep.
            ("<Chrgs><Rcrd><Amt Ccy=\"EUR\">2.00</Amt><CdtDbtInd>CRDT</CdtDbtInd></Rcrd></Chrgs>", 0),
            ("<Chrgs><Amt Ccy=\"EUR\">2.00</Amt><CdtDbtInd>CRDT</CdtDbtInd></Chrgs>", 0),
            (
                "<Chrgs><TtlChrgsAndTaxAmt Ccy=\"EUR\">2.00</TtlChrgsAndTaxAmt><Rcrd><Amt Ccy=\"EUR\">5.00</Amt>\
                 <CdtDbtInd>DBIT</CdtDbtInd></Rcrd><Rcrd><Amt Ccy=\"EUR\">3.00</Amt><CdtDbtInd>CRDT</CdtDbtInd></Rcrd></Chrgs>",
                500,
            ),
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
    fn a_batch_whose_parts_say_no_amounts_keeps_who_paid_and_what_for() {
        let part = |payer: &str, id: &str, text: &str| {
            format!(
                "<TxDtls><Refs><EndToEndId>{id}</EndToEndId></Refs><RltdPties><Dbtr><Nm>{payer}</Nm></Dbtr></RltdPties>\
                 <RmtInf><Ustrd>{text}</Ustrd></RmtInf></TxDtls>"
            )
        };
        let parts = [
            part("Norway", "N-1", "VTF-P00001"),
            part("Ann Lee", "NOTPROVIDED", "gift"),
            part("Norway", "UNVTF-7-1", "back"),
        ];
        let entry = format!("<NtryDtls>{}</NtryDtls>", parts.concat());
        let lines = parse(&statement(&entry)).unwrap().lines;
        assert_eq!((lines.len(), lines[0].payer.as_str()), (1, "Norway, Ann Lee"));
        assert_eq!(lines[0].text, "VTF-P00001 N-1 gift back UNVTF\u{2011}7-1");
        assert!(lines[0].references.is_empty(), "they name payments, and not the whole");
    }

    fn messages(text: &str) -> Vec<Message> {
        let AppError::Invalid(errors) = parse(text).unwrap_err() else { panic!("of the field") };
        errors.0.into_iter().map(|error| error.message).collect()
    }

    #[test]
    fn an_odd_entry_is_named_with_its_place_and_what_is_wrong() {
        let good = "<AcctSvcrRef>BANK-1</AcctSvcrRef>";
        for (from, to, what, value) in [
            ("\"EUR\"", "\"EUX\"", "currency", "EUX"),
            (" Ccy=\"EUR\"", "", "currency", "–"),
            ("10.00", "10,00", "amount", "10,00"),
            ("10.00", "-10.00", "amount", "-10.00"),
            ("CRDT", "crdt", "direction", "crdt"),
            ("<CdtDbtInd>CRDT</CdtDbtInd>", "", "direction", "–"),
            ("2026-04-10", "soon", "date", "soon"),
            ("<ValDt><Dt>2026-04-10</Dt></ValDt>", "", "date", "–"),
            ("BOOK", "DONE", "status", "DONE"),
            ("<Sts>", "<RvslInd>yes</RvslInd><Sts>", "reversal", "yes"),
        ] {
            let odd = statement(good).replace(from, to);
            let entry = &odd[odd.find("<Ntry>").unwrap()..odd.find("</Stmt>").unwrap()];
            let both = statement("").replace("</Stmt>", &format!("{entry}</Stmt>"));
            let expected = Message::new(format!("error-bank-file-entry-{what}"))
                .with("number", 2_i64)
                .with("reference", "BANK-1")
                .with("value", value);
            assert_eq!(messages(&both), [expected], "{to}");
        }
        // What is not booked yet is not looked at, nor is what nobody reads.
        assert_eq!(parse(&statement("").replace("BOOK", "PDNG").replace("EUR", "EUX")).unwrap().pending, 1);
        let balance = statement("").replace("<Ntry>", "<Bal><Amt Ccy=\"EUX\">1</Amt></Bal><Ntry>");
        assert_eq!(parse(&balance).unwrap().lines.len(), 1);
    }

    #[test]
    fn two_accounts_and_entities_are_refused() {
        let key = |text: &str| messages(text)[0].key.clone();
        let second = "<Stmt><Acct><Id><IBAN>AT2</IBAN></Id></Acct></Stmt>";
        let two = statement("").replace("</BkToCstmrStmt>", &format!("{second}</BkToCstmrStmt>"));
        assert_eq!(key(&two), "error-statement-accounts");
        assert_eq!(key(&statement("&payer;")), "error-bank-file-hostile");
    }
}
