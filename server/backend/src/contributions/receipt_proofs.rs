//! Proofs that pledges, receipts and held money each say what their own entries posted, to the minor unit. What
//! decides how much may be awarded is read from these rows, and not from the postings.

use domain::ledger::{Account, Event};
use sea_orm::{ConnectionTrait, FromQueryResult};

use crate::database;
use crate::error::Result;

/// Every pledge, receipt and sum of held money that differs from its entry, each named once.
pub(super) async fn compare<C: ConnectionTrait>(database: &C) -> Result<Vec<String>> {
    let mut findings = pledges(database).await?;
    findings.extend(receipts(database).await?);
    findings.extend(taken_back(database).await?);
    findings.extend(spent_before(database).await?);
    findings.extend(held(database).await?);
    Ok(findings)
}

#[derive(FromQueryResult)]
struct PledgeRow {
    id: i64,
    earmark: String,
    open_minor: i64,
    open_usd_minor: i64,
    posted_minor: i64,
    posted_usd_minor: i64,
    otherwise: i64,
}

/// A pledge is what was posted for it, less what was given up, and bound to what its postings are.
async fn pledges<C: ConnectionTrait>(database: &C) -> Result<Vec<String>> {
    let sql = "SELECT * FROM (SELECT g.id, g.earmark, g.amount_minor - g.written_down_minor AS open_minor, \
               g.usd_minor - g.written_down_usd_minor AS open_usd_minor, \
               CAST(SUM(p.amount_minor) AS BIGINT) AS posted_minor, CAST(SUM(p.usd_minor) AS BIGINT) AS posted_usd_minor, \
               CAST(SUM(CASE WHEN p.earmark <> g.earmark OR p.currency <> g.currency THEN 1 ELSE 0 END) AS BIGINT) AS otherwise \
               FROM pledges g JOIN journal_entries e ON e.source_kind = 'pledge' AND e.source_id = g.id \
               JOIN postings p ON p.entry_id = e.id AND p.account = $1 GROUP BY g.id) AS compared \
               WHERE open_minor <> posted_minor OR open_usd_minor <> posted_usd_minor OR otherwise <> 0 ORDER BY id";
    let rows: Vec<PledgeRow> = database::rows(database, sql, [Account::ContributionsReceivable.code().into()]).await?;
    Ok(rows
        .into_iter()
        .map(|row| match row.otherwise {
            0 => format!(
                "pledge {}: {} US cents, {} in its entries; {} minor units, {} in its entries",
                row.id, row.open_usd_minor, row.posted_usd_minor, row.open_minor, row.posted_minor
            ),
            _ => format!("pledge {}: earmark {}, its entries have another earmark or currency", row.id, row.earmark),
        })
        .collect())
}

#[derive(FromQueryResult)]
struct ReceiptRow {
    id: i64,
    amount_minor: i64,
    posted_minor: i64,
    usd_minor: i64,
    posted_usd_minor: i64,
    charge_minor: i64,
    posted_charge_minor: i64,
    settled_minor: i64,
    posted_settled_minor: i64,
    settled_usd_minor: i64,
    posted_settled_usd_minor: i64,
    psc_usd_minor: i64,
    posted_psc_usd_minor: i64,
}

/// A receipt is what its entry posted: cash, or money that was held; what settles the pledge; bank charges; and
/// programme support costs. One that takes another one back is the reversal of that one's entry.
async fn receipts<C: ConnectionTrait>(database: &C) -> Result<Vec<String>> {
    // Where held money was for an earmarked pledge, its cash leaves the pool for the earmark: the two are zero together.
    let sql = "SELECT * FROM (SELECT r.id, r.amount_minor, r.usd_minor, r.charge_minor, r.settled_minor, \
               r.settled_usd_minor, r.psc_usd_minor, \
               CAST(COALESCE(SUM(CASE WHEN p.account IN ($1, $2) AND p.currency = r.currency THEN p.amount_minor END), 0) AS BIGINT) AS posted_minor, \
               CAST(COALESCE(SUM(CASE WHEN p.account IN ($1, $2) THEN p.usd_minor END), 0) AS BIGINT) AS posted_usd_minor, \
               CAST(COALESCE(SUM(CASE WHEN p.account = $3 AND p.currency = r.currency THEN p.amount_minor END), 0) AS BIGINT) AS posted_charge_minor, \
               CAST(COALESCE(-SUM(CASE WHEN p.account = $4 AND p.currency = g.currency THEN p.amount_minor END), 0) AS BIGINT) AS posted_settled_minor, \
               CAST(COALESCE(-SUM(CASE WHEN p.account = $4 THEN p.usd_minor END), 0) AS BIGINT) AS posted_settled_usd_minor, \
               CAST(COALESCE(-SUM(CASE WHEN p.account = $5 THEN p.usd_minor END), 0) AS BIGINT) AS posted_psc_usd_minor \
               FROM (SELECT r.id AS receipt_id, e.id AS entry_id FROM receipts r \
               JOIN journal_entries e ON e.source_kind = 'receipt' AND e.source_id = r.id AND e.event IN ($6, $7) \
               WHERE r.undoes IS NULL UNION ALL SELECT r.id, b.id FROM receipts r \
               JOIN journal_entries e ON e.source_kind = 'receipt' AND e.source_id = r.undoes AND e.event IN ($6, $7) \
               JOIN journal_entries b ON b.reverses = e.id) AS own \
               JOIN receipts r ON r.id = own.receipt_id JOIN pledges g ON g.id = r.pledge_id \
               JOIN postings p ON p.entry_id = own.entry_id GROUP BY r.id) AS compared \
               WHERE amount_minor <> posted_minor OR usd_minor <> posted_usd_minor OR charge_minor <> posted_charge_minor \
               OR settled_minor <> posted_settled_minor OR settled_usd_minor <> posted_settled_usd_minor \
               OR psc_usd_minor <> posted_psc_usd_minor ORDER BY id";
    let accounts = [
        Account::Cash,
        Account::ReceiptsUnidentified,
        Account::BankCharges,
        Account::ContributionsReceivable,
        Account::ProgrammeSupportSetAside,
    ];
    let events = [Event::Receipt, Event::ReceiptIdentified];
    let values = accounts.map(Account::code).into_iter().chain(events.map(Event::code)).map(Into::into);
    let rows: Vec<ReceiptRow> = database::rows(database, sql, values).await?;
    Ok(rows.into_iter().map(|row| format!("receipt {}: {}", row.id, row.differences())).collect())
}

impl ReceiptRow {
    fn differences(&self) -> String {
        let pairs = [
            ("minor units that came in", self.amount_minor, self.posted_minor),
            ("US cents that came in", self.usd_minor, self.posted_usd_minor),
            ("minor units that banks kept", self.charge_minor, self.posted_charge_minor),
            ("minor units that settle the pledge", self.settled_minor, self.posted_settled_minor),
            ("US cents that settle the pledge", self.settled_usd_minor, self.posted_settled_usd_minor),
            ("US cents of programme support costs", self.psc_usd_minor, self.posted_psc_usd_minor),
        ];
        let differing = pairs.iter().filter(|(_, is, posted)| is != posted);
        let said: Vec<String> =
            differing.map(|(what, is, posted)| format!("{is} {what}, {posted} in its entry")).collect();
        said.join("; ")
    }
}

#[derive(FromQueryResult)]
struct Named {
    id: i64,
}

/// A receipt is taken back in its own row, in the row that takes it back, and in the books; or in none of them.
async fn taken_back<C: ConnectionTrait>(database: &C) -> Result<Vec<String>> {
    let sql = "SELECT r.id FROM receipts r JOIN journal_entries e ON e.source_kind = 'receipt' AND e.source_id = r.id \
               AND e.event IN ($1, $2) LEFT JOIN journal_entries b ON b.reverses = e.id \
               LEFT JOIN receipts o ON o.undoes = r.id WHERE r.undoes IS NULL AND (r.undone <> (b.id IS NOT NULL) \
               OR r.undone <> (o.id IS NOT NULL) OR (o.id IS NOT NULL AND (NOT o.undone OR o.pledge_id <> r.pledge_id))) \
               ORDER BY r.id";
    let values = [Event::Receipt.code().into(), Event::ReceiptIdentified.code().into()];
    let rows: Vec<Named> = database::rows(database, sql, values).await?;
    Ok(rows
        .into_iter()
        .map(|row| format!("receipt {}: its rows and the books differ in whether it was taken back", row.id))
        .collect())
}

#[derive(FromQueryResult)]
struct SpentRow {
    id: i64,
    spent: i64,
    posted: i64,
}

/// What was spent of a receipt of the past before it was entered is what an entry says.
async fn spent_before<C: ConnectionTrait>(database: &C) -> Result<Vec<String>> {
    let sql = "SELECT * FROM (SELECT r.id, r.spent_before_usd_minor AS spent, \
               CAST(COALESCE(SUM(p.usd_minor), 0) AS BIGINT) AS posted FROM receipts r \
               LEFT JOIN journal_entries e ON e.source_kind = 'receipt' AND e.source_id = r.id AND e.event = $1 \
               LEFT JOIN postings p ON p.entry_id = e.id AND p.account = $2 GROUP BY r.id) AS compared \
               WHERE spent <> posted ORDER BY id";
    let values = [Event::SpentBefore.code().into(), Account::GrantExpenditure.code().into()];
    let rows: Vec<SpentRow> = database::rows(database, sql, values).await?;
    let said =
        |row: SpentRow| format!("receipt {}: {} US cents spent before, {} in its entry", row.id, row.spent, row.posted);
    Ok(rows.into_iter().map(said).collect())
}

#[derive(FromQueryResult)]
struct HeldRow {
    id: i64,
    amount_minor: i64,
    usd_minor: i64,
    posted_minor: i64,
    posted_usd_minor: i64,
}

/// Money that was held is what its entry says.
async fn held<C: ConnectionTrait>(database: &C) -> Result<Vec<String>> {
    let sql = "SELECT * FROM (SELECT u.id, u.amount_minor, u.usd_minor, \
               CAST(COALESCE(-SUM(CASE WHEN p.currency = u.currency THEN p.amount_minor END), 0) AS BIGINT) AS posted_minor, \
               CAST(COALESCE(-SUM(p.usd_minor), 0) AS BIGINT) AS posted_usd_minor FROM unidentified_receipts u \
               LEFT JOIN journal_entries e ON e.source_kind = 'unidentified' AND e.source_id = u.id AND e.event = $1 \
               LEFT JOIN postings p ON p.entry_id = e.id AND p.account = $2 GROUP BY u.id) AS compared \
               WHERE amount_minor <> posted_minor OR usd_minor <> posted_usd_minor ORDER BY id";
    let values = [Event::ReceiptUnidentified.code().into(), Account::ReceiptsUnidentified.code().into()];
    let rows: Vec<HeldRow> = database::rows(database, sql, values).await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            format!(
                "held receipt {}: {} minor units, {} in its entry; {} US cents, {} in its entry",
                row.id, row.amount_minor, row.posted_minor, row.usd_minor, row.posted_usd_minor
            )
        })
        .collect())
}
