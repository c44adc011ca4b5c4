//! The rule of [`PositionFigure::sign`] as SQL, for reads that add up postings in the database. The postings are `p`,
//! their entries `e`, and `r` the entries that those reverse: see [`POSTINGS`].

use std::collections::BTreeMap;

use domain::ledger::{Account, Event, PositionFigure};

/// Postings with their entries, and with what these reverse: a reversal counts as the event that it undoes.
pub(crate) const POSTINGS: &str = "postings p JOIN journal_entries e ON e.id = p.entry_id \
                                   LEFT JOIN journal_entries r ON r.id = e.reverses";

/// The condition of a posting that counts in a figure.
pub(crate) fn counts_in(figure: PositionFigure) -> String {
    let all: Vec<String> = conditions(figure).into_values().flatten().collect();
    format!("({})", all.join(" OR "))
}

/// What a posting adds to a figure, from one of its amounts: US cents, or units of its currency.
pub(crate) fn adds_to(figure: PositionFigure, amount: &str) -> String {
    let cases: Vec<String> = conditions(figure)
        .into_iter()
        .map(|(sign, conditions)| format!("WHEN {} THEN {sign} * {amount}", conditions.join(" OR ")))
        .collect();
    format!("CASE {} ELSE 0 END", cases.join(" "))
}

/// Which postings count how often, a condition an account. Codes of accounts and events are the program's own and hold
/// no quotation mark.
fn conditions(figure: PositionFigure) -> BTreeMap<i64, Vec<String>> {
    let mut by_sign: BTreeMap<i64, Vec<String>> = BTreeMap::new();
    for account in Account::ALL {
        let mut events: BTreeMap<i64, Vec<String>> = BTreeMap::new();
        for event in Event::ALL {
            events.entry(figure.sign(*account, *event)).or_default().push(format!("'{event}'"));
        }
        for (sign, those) in events.iter().filter(|(sign, _)| **sign != 0) {
            let condition = match events.len() {
                1 => format!("p.account = '{account}'"),
                _ => format!("(p.account = '{account}' AND COALESCE(r.event, e.event) IN ({}))", those.join(", ")),
            };
            by_sign.entry(*sign).or_default().push(condition);
        }
    }
    by_sign
}
