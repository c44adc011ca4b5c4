//! Which pledge a line of a bank statement pays: candidates ranked, each with the reasons for it. A person decides;
//! only where everything fits, and nothing else fits as well, is a suggestion called sure.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::ids::PledgeId;
use crate::money::Money;

code_list! {
    /// Why a pledge is suggested.
    Reason, "match-reason", {
        NamesPledge = "names-pledge",
        PayerIsDonor = "payer-is-donor",
        NamesDonor = "names-donor",
        InstalmentAmount = "instalment-amount",
        OutstandingAmount = "outstanding-amount",
        SameCurrency = "same-currency",
        DueNear = "due-near",
    }
}

impl Reason {
    const fn weight(self) -> u32 {
        match self {
            Self::NamesPledge => 60,
            Self::PayerIsDonor | Self::InstalmentAmount | Self::OutstandingAmount => 30,
            Self::NamesDonor => 25,
            Self::SameCurrency | Self::DueNear => 10,
        }
    }
}

/// Days around an instalment's day in which money for it is expected.
const NEAR_DAYS: i64 = 45;
/// Most suggestions of a line.
const MOST: usize = 5;
/// Words of a donor's name that say nothing of who it is.
const COMMON: &[&str] = &[
    "the",
    "of",
    "and",
    "for",
    "kingdom",
    "republic",
    "government",
    "ministry",
    "federal",
    "foreign",
    "affairs",
    "state",
    "states",
    "united",
    "foundation",
    "fund",
    "international",
    "les",
    "des",
    "pour",
    "ministere",
    "republique",
    "royaume",
    "fondation",
    "gouvernement",
];

/// What a donor writes on a payment so that it is recognised.
#[must_use]
pub fn payment_reference(pledge: PledgeId) -> String {
    format!("VTF-P{:0DIGITS$}", pledge.0)
}

/// Fewest digits of a reference.
const DIGITS: usize = 5;
/// How a reference begins, as [`compact`] leaves it.
const PREFIX: &str = "vtfp";

/// Money that came in, as the bank tells of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// What came in, with what the banks kept of it.
    pub gross: Money,
    /// On which day.
    pub date: NaiveDate,
    /// Who paid.
    pub payer: String,
    /// What was written on the payment, with its references.
    pub text: String,
}

/// A pledge of which something is still to come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    pledge: PledgeId,
    reference: String,
    /// The whole name of the donor, as [`plain_name`] has it.
    whole: String,
    /// The words that tell the donor from others.
    name: Vec<String>,
    outstanding: Money,
    unpaid: Vec<(NaiveDate, Money)>,
}

impl Candidate {
    /// A pledge with its donor's name and what of each instalment is unpaid.
    #[must_use]
    pub fn new(pledge: PledgeId, donor: &str, outstanding: Money, unpaid: Vec<(NaiveDate, Money)>) -> Self {
        Self {
            pledge,
            reference: compact(&payment_reference(pledge)),
            whole: plain_name(donor),
            name: telling(donor),
            outstanding,
            unpaid,
        }
    }
}

/// The words of a name that tell who it is from others.
fn telling(name: &str) -> Vec<String> {
    let words: Vec<String> = words(name).collect();
    let telling: Vec<String> =
        words.iter().filter(|word| word.len() > 2 && !COMMON.contains(&word.as_str())).cloned().collect();
    if telling.is_empty() { words } else { telling }
}

/// A name as it is compared: its words in small letters without accents.
fn plain_name(name: &str) -> String {
    words(name).collect::<Vec<_>>().join(" ")
}

/// True when two names are the same but for capitals, accents and signs between the words.
#[must_use]
pub fn is_same_name(one: &str, other: &str) -> bool {
    plain_name(one) == plain_name(other)
}

/// True when a text holds every word by which a name is told from others: it may be of whoever has the name.
#[must_use]
pub fn may_name(text: &str, name: &str) -> bool {
    let (words, telling) = (words(text).collect::<HashSet<_>>(), telling(name));
    !telling.is_empty() && telling.iter().all(|word| words.contains(word))
}

/// The pledges that a text may name by the reference that donors write on payments.
#[must_use]
pub fn named_pledges(text: &str) -> Vec<PledgeId> {
    let compact = compact(text);
    let found = references(&compact).filter_map(|reference| reference[PREFIX.len()..].parse().ok());
    found.map(PledgeId).collect()
}

/// A pledge that a line may pay.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suggestion {
    /// The pledge.
    pub pledge: PledgeId,
    /// Why; the weightiest reason first.
    pub reasons: Vec<Reason>,
    /// True when the payer's whole name is the donor's or the pledge is named, amount and currency fit, and no other
    /// pledge fits as well.
    pub sure: bool,
}

/// Candidates, found by what a line says, so that thousands of lines need not be held against each of them.
#[derive(Clone, Debug, Default)]
pub struct Candidates {
    all: HashMap<PledgeId, Candidate>,
    /// By that word of the donor's name which the fewest others share.
    by_name: HashMap<String, Vec<PledgeId>>,
    by_reference: HashMap<String, PledgeId>,
    /// By what is outstanding and what of each instalment is unpaid; also by what was so before.
    by_amount: HashMap<Money, Vec<PledgeId>>,
}

impl Candidates {
    /// Each pledge once.
    #[must_use]
    pub fn new(candidates: impl IntoIterator<Item = Candidate>) -> Self {
        let candidates: Vec<Candidate> = candidates.into_iter().collect();
        let mut shared: HashMap<&str, usize> = HashMap::new();
        for word in candidates.iter().flat_map(|candidate| &candidate.name) {
            *shared.entry(word).or_default() += 1;
        }
        let mut made = Self::default();
        for candidate in &candidates {
            if let Some(word) = candidate.name.iter().min_by_key(|word| shared.get(word.as_str())) {
                made.by_name.entry(word.clone()).or_default().push(candidate.pledge);
            }
        }
        for candidate in candidates {
            made.by_reference.insert(candidate.reference.clone(), candidate.pledge);
            made.put(candidate);
        }
        made
    }

    /// Puts a pledge in the place of the same pledge with other amounts.
    pub fn put(&mut self, candidate: Candidate) {
        let unpaid = candidate.unpaid.iter().map(|(_, amount)| *amount);
        for amount in unpaid.chain([candidate.outstanding]) {
            self.by_amount.entry(amount).or_default().push(candidate.pledge);
        }
        self.all.insert(candidate.pledge, candidate);
    }

    /// Takes a pledge out, of which nothing is to come any more.
    pub fn remove(&mut self, pledge: PledgeId) {
        self.all.remove(&pledge);
    }

    /// The pledges that a line may pay, best first.
    #[must_use]
    pub fn suggest(&self, line: &Line) -> Vec<Suggestion> {
        let reference = compact(&format!("{} {}", line.text, line.payer));
        let named = words(&line.payer).chain(words(&line.text)).filter_map(|word| self.by_name.get(&word)).flatten();
        let amount = self.by_amount.get(&line.gross).into_iter().flatten();
        let referenced = references(&reference).filter_map(|reference| self.by_reference.get(reference));
        let found: HashSet<PledgeId> = named.chain(amount).chain(referenced).copied().collect();
        suggest(line, found.iter().filter_map(|pledge| self.all.get(pledge)))
    }
}

/// Everything in a compact text that may be a reference: the prefix with five digits or more.
fn references(text: &str) -> impl Iterator<Item = &str> {
    text.match_indices(PREFIX).flat_map(move |(at, _)| {
        let digits = text[at + PREFIX.len()..].bytes().take_while(u8::is_ascii_digit).count();
        (DIGITS..=digits).map(move |digits| &text[at..at + PREFIX.len() + digits])
    })
}

/// The pledges that a line may pay, best first, found by holding it against each of them.
pub fn suggest<'a>(line: &Line, candidates: impl IntoIterator<Item = &'a Candidate>) -> Vec<Suggestion> {
    let payer = plain_name(&line.payer);
    let named: HashSet<String> = words(&line.payer).chain(words(&line.text)).collect();
    let reference = compact(&format!("{} {}", line.text, line.payer));
    let mut ranked: Vec<(u32, &Candidate, Vec<Reason>)> = candidates
        .into_iter()
        .filter_map(|candidate| {
            let reasons = reasons(line, candidate, &payer, &named, &reference);
            let says_which = reasons.iter().any(|reason| !matches!(reason, Reason::SameCurrency | Reason::DueNear));
            says_which.then(|| (reasons.iter().map(|reason| reason.weight()).sum(), candidate, reasons))
        })
        .collect();
    ranked.sort_by_key(|(weight, candidate, _)| (std::cmp::Reverse(*weight), candidate.pledge));
    let second = ranked.get(1).map_or(0, |(weight, _, _)| *weight);
    ranked
        .into_iter()
        .take(MOST)
        .enumerate()
        .map(|(place, (weight, candidate, reasons))| {
            let sure = place == 0 && weight > second && is_sure(&reasons);
            Suggestion { pledge: candidate.pledge, reasons, sure }
        })
        .collect()
}

fn is_sure(reasons: &[Reason]) -> bool {
    let any = |wanted: &[Reason]| reasons.iter().any(|reason| wanted.contains(reason));
    // Whoever only holds the words of a donor's name may be somebody else: "Hotel Norway".
    any(&[Reason::NamesPledge, Reason::PayerIsDonor])
        && any(&[Reason::InstalmentAmount, Reason::OutstandingAmount])
        && any(&[Reason::SameCurrency])
}

fn reasons(line: &Line, candidate: &Candidate, payer: &str, named: &HashSet<String>, reference: &str) -> Vec<Reason> {
    let mut found = Vec::new();
    if reference.contains(&candidate.reference) {
        found.push(Reason::NamesPledge);
    }
    if !payer.is_empty() && payer == candidate.whole {
        found.push(Reason::PayerIsDonor);
    } else if !candidate.name.is_empty() && candidate.name.iter().all(|word| named.contains(word)) {
        found.push(Reason::NamesDonor);
    }
    let due = candidate.unpaid.iter().find(|(_, amount)| amount.minor > 0 && *amount == line.gross);
    if due.is_some() {
        found.push(Reason::InstalmentAmount);
    } else if candidate.outstanding == line.gross {
        found.push(Reason::OutstandingAmount);
    }
    if candidate.outstanding.currency == line.gross.currency {
        found.push(Reason::SameCurrency);
    }
    let near = |day: &NaiveDate| (*day - line.date).num_days().abs() <= NEAR_DAYS;
    if candidate.unpaid.iter().any(|(day, amount)| amount.minor > 0 && near(day)) {
        found.push(Reason::DueNear);
    }
    found
}

/// Words in small letters without accents.
fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|sign: char| !sign.is_alphanumeric()).filter(|word| !word.is_empty()).map(plain)
}

/// Letters and digits only, so that spaces and hyphens of a bank do not hide a reference.
fn compact(text: &str) -> String {
    plain(text).chars().filter(|sign| sign.is_alphanumeric()).collect()
}

fn plain(text: &str) -> String {
    text.to_lowercase()
        .chars()
        .map(|sign| match sign {
            'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' => 'a',
            'ç' | 'č' | 'ć' => 'c',
            'è' | 'é' | 'ê' | 'ë' => 'e',
            'ì' | 'í' | 'î' | 'ï' => 'i',
            'ñ' => 'n',
            'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' => 'o',
            'ù' | 'ú' | 'û' | 'ü' => 'u',
            'š' => 's',
            'ž' => 'z',
            other => other,
        })
        .collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::money::Currency;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn euro(minor: i64) -> Money {
        Money::new(minor, Currency::from_code("EUR").unwrap())
    }

    fn candidate(id: i64, donor: &str, outstanding: Money, unpaid: &[(&str, Money)]) -> Candidate {
        let unpaid = unpaid.iter().map(|(due, amount)| (day(due), *amount)).collect();
        Candidate::new(PledgeId(id), donor, outstanding, unpaid)
    }

    fn line(gross: Money, payer: &str, text: &str) -> Line {
        Line { gross, date: day("2026-03-20"), payer: payer.to_owned(), text: text.to_owned() }
    }

    #[test]
    fn a_named_donor_and_the_amount_of_an_instalment_are_sure() {
        let norway =
            candidate(1, "Norway", euro(90_000), &[("2026-03-01", euro(40_000)), ("2026-09-01", euro(50_000))]);
        let sweden = candidate(2, "Sweden", euro(40_000), &[("2026-03-01", euro(40_000))]);
        let found = suggest(&line(euro(40_000), "NORWAY", ""), &[sweden, norway]);
        assert_eq!(found.iter().map(|one| (one.pledge.0, one.sure)).collect::<Vec<_>>(), [(1, true), (2, false)]);
        assert_eq!(found[0].reasons[0], Reason::PayerIsDonor);
    }

    #[test]
    fn a_payer_that_only_holds_the_words_of_a_donor_is_a_suggestion_and_never_sure() {
        let norway = candidate(1, "Norway", euro(40_000), &[("2026-03-01", euro(40_000))]);
        for payer in ["Hotel Norway AS, refund invoice 88", "Royal Ministry, Norway", "Norway Norway", "x"] {
            let found = suggest(&line(euro(40_000), payer, "for Norway"), std::slice::from_ref(&norway));
            assert_eq!((found[0].sure, found[0].reasons[0]), (false, Reason::NamesDonor), "{payer}");
        }
        for (payer, text) in [("norway.", ""), ("x", "VTF-P00001")] {
            assert!(suggest(&line(euro(40_000), payer, text), std::slice::from_ref(&norway))[0].sure, "{payer} {text}");
        }
    }

    #[test]
    fn two_pledges_that_fit_alike_are_not_sure() {
        let one = candidate(1, "Norway", euro(40_000), &[("2026-03-01", euro(40_000))]);
        let two = candidate(2, "Norway", euro(40_000), &[("2026-03-01", euro(40_000))]);
        assert!(
            suggest(&line(euro(40_000), "NORWAY", ""), &[one.clone(), two.clone()]).iter().all(|found| !found.sure)
        );
        let named = suggest(&line(euro(40_000), "NORWAY", "your ref. VTF P00002"), &[one, two]);
        assert_eq!((named[0].pledge.0, named[0].sure), (2, true));
    }

    #[test]
    fn another_amount_or_currency_is_never_sure() {
        let norway = candidate(1, "Norway", euro(90_000), &[("2026-03-01", euro(90_000))]);
        for gross in [euro(89_999), Money::usd(90_000)] {
            let found = suggest(&line(gross, "Norway", "VTF-P00001"), std::slice::from_ref(&norway));
            assert_eq!((found.len(), found[0].sure), (1, false));
        }
    }

    #[test]
    fn accents_and_common_words_do_not_hide_a_donor_and_do_not_make_one() {
        let foundation = candidate(1, "Fondation Élise Müller", euro(5), &[]);
        let states = candidate(2, "United States of America", euro(5), &[]);
        let found = suggest(&line(euro(7), "FONDATION ELISE MULLER", "united states"), &[foundation, states]);
        assert_eq!(found.iter().map(|one| one.pledge.0).collect::<Vec<_>>(), [1]);
    }

    #[test]
    fn the_same_currency_alone_is_no_reason() {
        let norway = candidate(1, "Norway", euro(90_000), &[("2026-03-20", euro(90_000))]);
        assert!(suggest(&line(euro(7), "somebody", ""), &[norway]).is_empty());
    }
}
