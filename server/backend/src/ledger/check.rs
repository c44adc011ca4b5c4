//! Proof of the books: every invariant recomputed from the postings, by the database itself.

use std::collections::BTreeMap;

use domain::ledger::{Account, Event};
use sea_orm::{ConnectionTrait, DatabaseConnection, DatabaseTransaction, EntityTrait as _, FromQueryResult};

use super::entity::account_balance;
use super::kept::{self, SumsByEarmark};
use crate::codes;
use crate::context::snapshot;
use crate::database;
use crate::error::{Result, unknown_code};

/// Year, month, account, event and earmark.
type Key = (i64, i64, String, String, String);

/// What is proved, a part after the other.
#[derive(Clone, Copy)]
enum Part {
    Entries,
    Balances,
    Rates,
    Grants,
    Receipts,
    Disbursements,
    Reports,
    Sums,
    Flags,
}

const PARTS: [Part; 9] = [
    Part::Entries,
    Part::Balances,
    Part::Rates,
    Part::Grants,
    Part::Receipts,
    Part::Disbursements,
    Part::Reports,
    Part::Sums,
    Part::Flags,
];

/// Checks every entry and posting, and says precisely what is wrong; an empty list means that the books hold.
/// All of it is read as it was at one moment, so that entries posted meanwhile do not look like errors.
///
/// # Errors
/// The database's.
pub async fn check_books(database: &DatabaseConnection) -> Result<Vec<String>> {
    let mut proof = Proof::begin(database).await?;
    while proof.go_on().await? {}
    proof.end().await
}

/// A proof of the books under way, for whoever wants to say how far it is.
pub(super) struct Proof {
    snapshot: DatabaseTransaction,
    checked: usize,
    findings: Vec<String>,
    /// What the postings add up to, once the balances are checked.
    sums: SumsByEarmark,
    grants_hold: bool,
}

impl Proof {
    /// Of how many parts a proof consists.
    pub(super) fn parts() -> i64 {
        i64::try_from(PARTS.len()).unwrap_or(i64::MAX)
    }

    /// Begins one, at this moment of the books.
    ///
    /// # Errors
    /// The database's.
    pub(super) async fn begin(database: &DatabaseConnection) -> Result<Self> {
        let snapshot = snapshot(database).await?;
        Ok(Self { snapshot, checked: 0, findings: Vec::new(), sums: SumsByEarmark::new(), grants_hold: true })
    }

    /// Proves the next part; false when there is none.
    ///
    /// # Errors
    /// The database's.
    pub(super) async fn go_on(&mut self) -> Result<bool> {
        let Some(part) = PARTS.get(self.checked) else { return Ok(false) };
        let found = match part {
            Part::Entries => entries(&self.snapshot).await?,
            Part::Balances => self.balances().await?,
            Part::Rates => super::rate_proofs::compare(&self.snapshot).await?,
            Part::Grants => {
                let found = crate::grants::proofs::compare(&self.snapshot).await?;
                self.grants_hold = found.is_empty();
                found
            }
            Part::Receipts => super::proofs::receipts(&self.snapshot, &self.sums, self.grants_hold).await?,
            Part::Disbursements => super::proofs::disbursements(&self.snapshot).await?,
            Part::Reports => super::proofs::reports(&self.snapshot).await?,
            Part::Sums => super::sums::compare(&self.snapshot).await?,
            // Where a record is wrong, it is named, and not what is kept of it.
            Part::Flags if !self.findings.is_empty() => Vec::new(),
            Part::Flags => super::flags::compare(&self.snapshot).await?,
        };
        self.findings.extend(found);
        self.checked += 1;
        Ok(true)
    }

    /// How many parts are proved.
    pub(super) fn checked(&self) -> i64 {
        i64::try_from(self.checked).unwrap_or(i64::MAX)
    }

    /// Ends it with what was found.
    ///
    /// # Errors
    /// The database's.
    pub(super) async fn end(self) -> Result<Vec<String>> {
        self.snapshot.commit().await?;
        Ok(self.findings)
    }

    async fn balances(&mut self) -> Result<Vec<String>> {
        let mut findings = Vec::new();
        let recomputed = recompute(&self.snapshot).await?;
        compare(&recomputed, account_balance::Entity::find().all(&self.snapshot).await?, &mut findings);
        self.sums = sums(&recomputed)?;
        let position = kept::position(&kept::all(&self.sums));
        if position.available < 0 {
            findings.push(format!("available to commit is below zero: {} US cents", position.available));
        }
        if position.disbursed > position.committed {
            findings.push(format!("disbursed {} US cents, committed only {}", position.disbursed, position.committed));
        }
        Ok(findings)
    }
}

#[derive(FromQueryResult)]
struct Numbered {
    fiscal_year: i64,
    number: i64,
    expected: i64,
}

#[derive(FromQueryResult)]
struct Named {
    fiscal_year: i64,
    number: i64,
}

/// Numbers without gaps, postings that balance, days in their year, and reversals that take back what they name.
async fn entries<C: ConnectionTrait>(database: &C) -> Result<Vec<String>> {
    let mut findings = Vec::new();
    let gaps = "SELECT fiscal_year, number, expected FROM (SELECT fiscal_year, number, \
                COALESCE(LAG(number) OVER (PARTITION BY fiscal_year ORDER BY number), 0) + 1 AS expected \
                FROM journal_entries) AS numbered WHERE number <> expected ORDER BY fiscal_year, number";
    for row in database::rows::<Numbered, _>(database, gaps, []).await? {
        findings.push(format!("entry {}/{}: the number should be {}", row.fiscal_year, row.number, row.expected));
    }
    let wrong = [
        (
            "no postings",
            "SELECT e.fiscal_year, e.number FROM journal_entries e \
             WHERE NOT EXISTS (SELECT 1 FROM postings p WHERE p.entry_id = e.id)",
        ),
        (
            "the postings do not add up to zero",
            "SELECT DISTINCT e.fiscal_year, e.number FROM journal_entries e JOIN (\
             SELECT entry_id FROM postings GROUP BY entry_id HAVING SUM(usd_minor) <> 0 UNION \
             SELECT entry_id FROM postings GROUP BY entry_id, currency HAVING SUM(amount_minor) <> 0) AS wrong \
             ON wrong.entry_id = e.id",
        ),
        (
            "the fiscal year is not that of the posting date",
            "SELECT fiscal_year, number FROM journal_entries \
             WHERE CAST(substr(CAST(posting_date AS TEXT), 1, 4) AS BIGINT) <> fiscal_year",
        ),
        (
            "it does not take back exactly what it reverses",
            "SELECT DISTINCT e.fiscal_year, e.number FROM journal_entries e \
             JOIN postings p ON p.entry_id = e.id OR p.entry_id = e.reverses WHERE e.reverses IS NOT NULL \
             GROUP BY e.fiscal_year, e.number, p.account, p.earmark, p.currency, p.rate, p.rate_month \
             HAVING SUM(p.usd_minor) <> 0 OR SUM(p.amount_minor) <> 0",
        ),
    ];
    for (what, sql) in wrong {
        let mut rows: Vec<Named> = database::rows(database, sql, []).await?;
        rows.sort_by_key(|row| (row.fiscal_year, row.number));
        findings.extend(rows.iter().map(|row| format!("entry {}/{}: {what}", row.fiscal_year, row.number)));
    }
    Ok(findings)
}

#[derive(FromQueryResult)]
struct Recomputed {
    fiscal_year: i64,
    month: i64,
    account: String,
    event: String,
    earmark: String,
    sum: i64,
}

/// The sums that should have been kept.
async fn recompute<C: ConnectionTrait>(database: &C) -> Result<BTreeMap<Key, i64>> {
    let sql = "SELECT e.fiscal_year, CAST(substr(CAST(e.posting_date AS TEXT), 6, 2) AS BIGINT) AS month, p.account, \
               COALESCE(r.event, e.event) AS event, p.earmark, CAST(SUM(p.usd_minor) AS BIGINT) AS sum \
               FROM postings p JOIN journal_entries e ON e.id = p.entry_id LEFT JOIN journal_entries r ON r.id = e.reverses \
               GROUP BY 1, 2, 3, 4, 5";
    let rows: Vec<Recomputed> = database::rows(database, sql, []).await?;
    Ok(rows
        .into_iter()
        .map(|row| ((row.fiscal_year, row.month, row.account, row.event, row.earmark), row.sum))
        .collect())
}

/// Reports every sum that was kept and differs from the postings.
fn compare(recomputed: &BTreeMap<Key, i64>, kept: Vec<account_balance::Model>, findings: &mut Vec<String>) {
    let kept: BTreeMap<Key, i64> = kept
        .into_iter()
        .map(|row| ((row.fiscal_year, row.month, row.account, row.event, row.earmark), row.usd_minor))
        .collect();
    let said =
        |amount: Option<&i64>| amount.map_or_else(|| "nothing".to_owned(), |amount| format!("{amount} US cents"));
    let mut keys: Vec<&Key> =
        recomputed.keys().chain(kept.keys().filter(|key| !recomputed.contains_key(*key))).collect();
    keys.sort();
    for key in keys {
        let (should, is) = (recomputed.get(key), kept.get(key));
        if should != is {
            let (year, month, account, event, earmark) = key;
            findings.push(format!(
                "balance of account {account}, month {year}-{month:02}, event {event}, earmark {earmark}: kept {}, the postings add up to {}",
                said(is),
                said(should)
            ));
        }
    }
}

fn sums(recomputed: &BTreeMap<Key, i64>) -> Result<SumsByEarmark> {
    let mut sums = SumsByEarmark::new();
    for ((_, _, account, event, earmark), amount) in recomputed {
        let account = Account::from_code(account).ok_or_else(|| unknown_code("account", account))?;
        let event = Event::from_code(event).ok_or_else(|| unknown_code("event", event))?;
        *sums.entry(codes::earmark(earmark)?).or_default().entry((account, event)).or_default() += amount;
    }
    Ok(sums)
}
