//! Proofs that what the database keeps beside rows, so that pages find what waits at once, is what the records say: how
//! many review an application, what grants took of a receipt, and which instalments are open or ready.

use sea_orm::{ConnectionTrait, FromQueryResult};

use crate::contributions::unit;
use crate::database;
use crate::error::Result;

#[derive(FromQueryResult)]
struct Differing {
    id: i64,
}

/// What differs, with the query that finds it; `{unit}` is a whole unit of a currency.
const CHECKS: [(&str, &str); 8] = [
    (
        "application {id}: another number of reviewers is kept than it has",
        "SELECT id FROM applications WHERE reviewers <> (SELECT COUNT(*) FROM reviews \
         WHERE reviews.application_id = applications.id AND reviews.state <> 'conflict') ORDER BY id",
    ),
    (
        "receipt {id}: another amount is kept as committed than grants took of it",
        "SELECT r.id FROM receipts r LEFT JOIN (SELECT receipt_id, SUM(usd_minor) AS used FROM grant_funding \
         GROUP BY receipt_id) AS f ON f.receipt_id = r.id WHERE r.committed_usd_minor <> COALESCE(f.used, 0) ORDER BY r.id",
    ),
    (
        "{id} sums of an account are kept that are not those of its months",
        "SELECT CAST(COUNT(*) AS BIGINT) AS id FROM (SELECT account, event, earmark, SUM(usd_minor) AS sum \
         FROM account_balances GROUP BY account, event, earmark) AS b LEFT JOIN account_totals t ON t.account = b.account \
         AND t.event = b.event AND t.earmark = b.earmark WHERE b.sum <> COALESCE(t.usd_minor, 0) HAVING COUNT(*) > 0",
    ),
    (
        "{id} sums of an account in a year are kept that are not those of its months",
        "SELECT CAST(COUNT(*) AS BIGINT) AS id FROM (SELECT fiscal_year, account, event, SUM(usd_minor) AS sum \
         FROM account_balances GROUP BY fiscal_year, account, event) AS b LEFT JOIN account_years t \
         ON t.fiscal_year = b.fiscal_year AND t.account = b.account AND t.event = b.event \
         WHERE b.sum <> COALESCE(t.usd_minor, 0) HAVING COUNT(*) > 0",
    ),
    (
        "pledge {id}: money with its earmark is left, or was committed, and another sum of it is kept",
        "SELECT MIN(g.id) AS id FROM pledges g LEFT JOIN receipts r ON r.pledge_id = g.id LEFT JOIN money_left k \
         ON k.earmark = g.earmark GROUP BY g.earmark, k.usd_minor HAVING COALESCE(k.usd_minor, 0) <> COALESCE(SUM(\
         CASE WHEN r.undone THEN 0 ELSE r.usd_minor - r.psc_usd_minor - r.spent_before_usd_minor - r.committed_usd_minor END), 0) \
         ORDER BY 1",
    ),
    (
        "instalment {id} of a pledge: kept as open and is not, or the other way round",
        "SELECT i.id FROM pledge_instalments i LEFT JOIN (SELECT planned.id, SUM(planned.amount_minor) OVER (\
         PARTITION BY planned.pledge_id ORDER BY planned.due, planned.id) AS reached, SUM(planned.amount_minor) OVER (\
         PARTITION BY planned.pledge_id) - pledges.written_down_minor AS expected, COALESCE(r.received, 0) AS received, \
         {unit} AS unit FROM pledge_instalments AS planned JOIN pledges ON pledges.id = planned.pledge_id LEFT JOIN (\
         SELECT pledge_id, SUM(credited_minor) AS received FROM receipts GROUP BY pledge_id) AS r \
         ON r.pledge_id = pledges.id WHERE planned.withdrawn_at IS NULL) AS s ON s.id = i.id \
         WHERE i.is_open <> COALESCE(i.amount_minor >= s.unit AND s.reached - s.received >= s.unit \
         AND s.expected - s.received >= s.unit AND s.expected - (s.reached - i.amount_minor) >= s.unit, FALSE) ORDER BY i.id",
    ),
    (
        "pledge {id}: another day is kept than that of its first open instalment",
        "SELECT p.id FROM pledges p LEFT JOIN (SELECT pledge_id, MIN(due) AS due FROM pledge_instalments WHERE is_open \
         GROUP BY pledge_id) AS f ON f.pledge_id = p.id WHERE p.open_from IS DISTINCT FROM f.due ORDER BY p.id",
    ),
    (
        "instalment {id} of a grant: kept as ready and is not, or the other way round",
        "SELECT i.id FROM instalments i JOIN grants g ON g.id = i.grant_id WHERE i.ready <> (g.state = 'active' \
         AND g.countersigned_at IS NOT NULL AND (i.after_report IS NULL OR EXISTS (SELECT 1 FROM reports r \
         WHERE r.grant_id = g.id AND r.number = i.after_report AND r.state = 'accepted') OR EXISTS (SELECT 1 \
         FROM condition_waivers w WHERE w.instalment_id = i.id AND w.condition = 'report-accepted')) \
         AND NOT EXISTS (SELECT 1 FROM disbursements d WHERE d.instalment_id = i.id \
         AND d.state NOT IN ('returned', 'rejected', 'failed', 'voided', 'bounced'))) ORDER BY i.id",
    ),
];

/// Everything that was kept and differs from the records.
pub(super) async fn compare<C: ConnectionTrait>(database: &C) -> Result<Vec<String>> {
    let mut findings = Vec::new();
    let unit = unit();
    for (what, sql) in CHECKS {
        let rows: Vec<Differing> = database::rows(database, &sql.replace("{unit}", &unit), []).await?;
        findings.extend(rows.iter().map(|row| what.replace("{id}", &row.id.to_string())));
    }
    Ok(findings)
}
