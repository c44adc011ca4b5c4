//! Proofs that accepted reports and the books say the same of what partners spent.

use domain::ledger::Account;
use domain::reports::ReportState;
use sea_orm::{ConnectionTrait, FromQueryResult};

use crate::database;
use crate::error::Result;
use crate::grants::books::PAID_ADVANCES;

/// Everything in which reports and postings differ.
pub(crate) async fn compare<C: ConnectionTrait>(database: &C) -> Result<Vec<String>> {
    let mut findings = expenditure(database).await?;
    findings.extend(recognised(database).await?);
    findings.extend(not_accepted(database).await?);
    Ok(findings)
}

#[derive(FromQueryResult)]
struct Spent {
    id: i64,
    spent: i64,
    lines: i64,
}

/// What a report says was spent is the sum of its lines by budget line.
async fn expenditure<C: ConnectionTrait>(database: &C) -> Result<Vec<String>> {
    let sql = "SELECT * FROM (SELECT r.id, r.spent_usd_minor AS spent, \
               CAST(COALESCE(SUM(x.spent_usd_minor), 0) AS BIGINT) AS lines FROM reports r \
               LEFT JOIN report_expenditure x ON x.report_id = r.id GROUP BY r.id) AS compared \
               WHERE spent <> lines ORDER BY id";
    let rows: Vec<Spent> = database::rows(database, sql, []).await?;
    Ok(rows
        .into_iter()
        .map(|row| format!("report {}: {} US cents spent, its lines add up to {}", row.id, row.spent, row.lines))
        .collect())
}

#[derive(FromQueryResult)]
struct Recognised {
    id: i64,
    accepted: i64,
    recognised: i64,
    advances: i64,
}

/// What accepted reports say was spent is in the books as expenditure; less of it only while all that was paid is
/// accounted for, because a partner can spend before the last payment comes.
async fn recognised<C: ConnectionTrait>(database: &C) -> Result<Vec<String>> {
    let advances: Vec<String> = (3..).take(PAID_ADVANCES.len()).map(|place| format!("${place}")).collect();
    let advances = advances.join(", ");
    let sql = format!(
        "SELECT * FROM (SELECT g.id, COALESCE(a.accepted, 0) AS accepted, COALESCE(b.recognised, 0) AS recognised, \
         COALESCE(b.advances, 0) AS advances FROM grants g \
         LEFT JOIN (SELECT r.grant_id, CAST(SUM(x.spent_usd_minor) AS BIGINT) AS accepted FROM reports r \
         JOIN report_expenditure x ON x.report_id = r.id WHERE r.state = $1 GROUP BY r.grant_id) AS a ON a.grant_id = g.id \
         LEFT JOIN (SELECT e.grant_id, \
         CAST(COALESCE(SUM(CASE WHEN p.account = $2 THEN p.usd_minor END), 0) AS BIGINT) AS recognised, \
         CAST(COALESCE(SUM(CASE WHEN p.account IN ({advances}) THEN p.usd_minor END), 0) AS BIGINT) AS advances \
         FROM postings p JOIN journal_entries e ON e.id = p.entry_id WHERE p.account IN ($2, {advances}) \
         AND e.grant_id IS NOT NULL GROUP BY e.grant_id) AS b ON b.grant_id = g.id) AS compared \
         WHERE recognised > accepted OR (recognised < accepted AND advances <> 0) ORDER BY id"
    );
    let accounts = [Account::GrantExpenditure].into_iter().chain(PAID_ADVANCES.iter().copied());
    let values = [ReportState::Accepted.code()].into_iter().chain(accounts.map(Account::code)).map(Into::into);
    let rows: Vec<Recognised> = database::rows(database, &sql, values).await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            format!(
                "grant {}: {} US cents spent by accepted reports, {} in the books, and {} paid and not accounted for",
                row.id, row.accepted, row.recognised, row.advances
            )
        })
        .collect())
}

#[derive(FromQueryResult)]
struct Named {
    id: i64,
}

/// Only an accepted report has an entry.
async fn not_accepted<C: ConnectionTrait>(database: &C) -> Result<Vec<String>> {
    let sql = "SELECT DISTINCT e.source_id AS id FROM journal_entries e LEFT JOIN reports r ON r.id = e.source_id AND r.state = $1 \
               WHERE e.source_kind = 'report' AND r.id IS NULL ORDER BY e.source_id";
    let rows: Vec<Named> = database::rows(database, sql, [ReportState::Accepted.code().into()]).await?;
    Ok(rows.into_iter().map(|row| format!("report {}: an entry in the books, and not accepted", row.id)).collect())
}
