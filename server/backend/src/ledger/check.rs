//! Proof of the books: every invariant recomputed from the postings.

use std::collections::{BTreeMap, HashMap};

use domain::ledger::{Event, Posting};
use sea_orm::{ConnectionTrait, EntityTrait as _, QueryOrder as _};

use super::entity::{account_balance, journal_entry, posting};
use super::kept::{self, Sums};
use super::queries::to_posting;
use crate::error::{Result, unknown_code};

/// Year, account, event and earmark.
type Key = (i64, String, String, String);

/// Checks every entry and posting, and says precisely what is wrong; an empty list means that the books hold.
///
/// # Errors
/// The database's.
pub async fn check_books<C: ConnectionTrait>(database: &C) -> Result<Vec<String>> {
    let mut findings = Vec::new();
    let entries = journal_entry::Entity::find()
        .order_by_asc(journal_entry::Column::FiscalYear)
        .order_by_asc(journal_entry::Column::Number)
        .all(database)
        .await?;
    let mut lines: HashMap<i64, Vec<Posting>> = HashMap::new();
    for row in posting::Entity::find().all(database).await? {
        lines.entry(row.entry_id).or_default().push(to_posting(&row)?);
    }
    let mut last: HashMap<i64, i64> = HashMap::new();
    for entry in &entries {
        let name = format!("{}/{}", entry.fiscal_year, entry.number);
        let expected = last.get(&entry.fiscal_year).map_or(1, |number| number + 1);
        if entry.number != expected {
            findings.push(format!("entry {name}: the number should be {expected}"));
        }
        last.insert(entry.fiscal_year, entry.number);
        match lines.get(&entry.id) {
            None => findings.push(format!("entry {name}: no postings")),
            Some(postings) if !domain::ledger::balances(postings) => {
                findings.push(format!("entry {name}: the postings do not add up to zero"));
            }
            Some(_) => {}
        }
    }
    let recomputed = recompute(&entries, &lines);
    compare(&recomputed, account_balance::Entity::find().all(database).await?, &mut findings);
    let position = kept::position(&sums(&recomputed)?);
    if position.available < 0 {
        findings.push(format!("available to commit is below zero: {} US cents", position.available));
    }
    if position.disbursed > position.committed {
        findings.push(format!("disbursed {} US cents, committed only {}", position.disbursed, position.committed));
    }
    findings.extend(super::proofs::compare(database).await?);
    findings.extend(super::sums::compare(database).await?);
    Ok(findings)
}

/// The sums that should have been kept.
fn recompute(entries: &[journal_entry::Model], lines: &HashMap<i64, Vec<Posting>>) -> BTreeMap<Key, i64> {
    let mut sums = BTreeMap::new();
    for entry in entries {
        for line in lines.get(&entry.id).into_iter().flatten() {
            let (account, earmark) = (line.account.code().to_owned(), line.earmark.code().to_owned());
            *sums.entry((entry.fiscal_year, account, entry.event.clone(), earmark)).or_default() += line.usd_minor;
        }
    }
    sums
}

/// Reports every sum that was kept and differs from the postings.
fn compare(recomputed: &BTreeMap<Key, i64>, kept: Vec<account_balance::Model>, findings: &mut Vec<String>) {
    let kept: BTreeMap<Key, i64> =
        kept.into_iter().map(|row| ((row.fiscal_year, row.account, row.event, row.earmark), row.usd_minor)).collect();
    let said =
        |amount: Option<&i64>| amount.map_or_else(|| "nothing".to_owned(), |amount| format!("{amount} US cents"));
    let mut keys: Vec<&Key> =
        recomputed.keys().chain(kept.keys().filter(|key| !recomputed.contains_key(*key))).collect();
    keys.sort();
    for key in keys {
        let (should, is) = (recomputed.get(key), kept.get(key));
        if should != is {
            let (year, account, event, earmark) = key;
            findings.push(format!(
                "balance of account {account}, year {year}, event {event}, earmark {earmark}: kept {}, the postings add up to {}",
                said(is),
                said(should)
            ));
        }
    }
}

fn sums(recomputed: &BTreeMap<Key, i64>) -> Result<Sums> {
    let mut sums = Sums::new();
    for ((_, account, event, _), amount) in recomputed {
        let account = domain::ledger::Account::from_code(account).ok_or_else(|| unknown_code("account", account))?;
        let event = Event::from_code(event).ok_or_else(|| unknown_code("event", event))?;
        *sums.entry((account, event)).or_default() += amount;
    }
    Ok(sums)
}
