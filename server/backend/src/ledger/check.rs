//! Proof of the books: every invariant recomputed from the postings.

use std::collections::HashMap;

use sea_orm::{ConnectionTrait, EntityTrait as _, QueryOrder as _};

use super::entity::{journal_entry, posting};
use super::queries::to_posting;
use crate::error::Result;

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
    let mut lines: HashMap<i64, Vec<domain::ledger::Posting>> = HashMap::new();
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
    let position = super::queries::position(database).await?;
    if position.available < 0 {
        findings.push(format!("available to commit is below zero: {} US cents", position.available));
    }
    if position.disbursed > position.committed {
        findings.push(format!("disbursed {} US cents, committed only {}", position.disbursed, position.committed));
    }
    findings.extend(super::proofs::compare(database).await?);
    Ok(findings)
}
