//! What home pages and lists ask of tables that grow is kept beside the rows, by the database itself, and found by
//! indexes that hold little more than what is looked for. `check-books` compares each with the records.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DatabaseBackend;

use crate::sql;

/// The step.
#[derive(DeriveMigrationName)]
pub struct Migration;

/// How many reviewers an application has, without those who stepped aside.
const REVIEWERS: &str =
    "(SELECT COUNT(*) FROM reviews WHERE reviews.application_id = applications.id AND reviews.state <> 'conflict')";

/// What grants took of a receipt.
const COMMITTED: &str =
    "COALESCE((SELECT SUM(usd_minor) FROM grant_funding WHERE grant_funding.receipt_id = receipts.id), 0)";

/// Whether money of an instalment of a pledge is awaited: the earliest is paid first, what was given up is taken from the
/// latest, and less than a whole unit of the currency is not awaited.
const OPEN: &str = "(withdrawn_at IS NULL AND EXISTS (SELECT 1 FROM (SELECT p.written_down_minor AS given_up, \
    CASE WHEN p.currency IN ('BIF', 'CLP', 'DJF', 'GNF', 'ISK', 'JPY', 'KMF', 'KRW', 'PYG', 'RWF', 'UGX', 'UYI', 'VND', 'VUV', \
    'XAF', 'XOF', 'XPF') THEN 1 WHEN p.currency IN ('BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND') THEN 1000 \
    WHEN p.currency IN ('CLF', 'UYW') THEN 10000 ELSE 100 END AS unit, \
    COALESCE((SELECT SUM(credited_minor) FROM receipts WHERE receipts.pledge_id = p.id), 0) AS received, \
    (SELECT SUM(a.amount_minor) FROM pledge_instalments AS a WHERE a.pledge_id = p.id AND a.withdrawn_at IS NULL) AS planned, \
    (SELECT SUM(e.amount_minor) FROM pledge_instalments AS e WHERE e.pledge_id = p.id AND e.withdrawn_at IS NULL \
    AND (e.due < pledge_instalments.due OR (e.due = pledge_instalments.due AND e.id <= pledge_instalments.id))) AS reached \
    FROM pledges AS p WHERE p.id = pledge_instalments.pledge_id) AS sums WHERE pledge_instalments.amount_minor >= unit \
    AND reached - received >= unit AND planned - given_up - received >= unit \
    AND planned - given_up - (reached - pledge_instalments.amount_minor) >= unit))";

/// The day of the first instalment of a pledge that is open.
const OPEN_FROM: &str = "(SELECT MIN(due) FROM pledge_instalments WHERE pledge_instalments.pledge_id = pledges.id \
    AND pledge_instalments.is_open)";

/// Whether an instalment of a running grant waits for no report any more, and nobody has requested it.
const READY: &str = "(EXISTS (SELECT 1 FROM grants WHERE grants.id = instalments.grant_id AND grants.state = 'active' \
    AND grants.countersigned_at IS NOT NULL) AND (after_report IS NULL OR EXISTS (SELECT 1 FROM reports \
    WHERE reports.grant_id = instalments.grant_id AND reports.number = instalments.after_report AND reports.state = 'accepted') \
    OR EXISTS (SELECT 1 FROM condition_waivers WHERE condition_waivers.instalment_id = instalments.id \
    AND condition_waivers.condition = 'report-accepted')) AND NOT EXISTS (SELECT 1 FROM disbursements \
    WHERE disbursements.instalment_id = instalments.id \
    AND disbursements.state NOT IN ('returned', 'rejected', 'failed', 'voided', 'bounced')))";

/// What each receipt has left, where it counts; the condition of an index.
const LEFT: &str = "usd_minor - psc_usd_minor - spent_before_usd_minor - committed_usd_minor";

/// What a receipt has left.
fn left(row: &str) -> String {
    format!(
        "CASE WHEN {row}.undone THEN 0 ELSE {row}.usd_minor - {row}.psc_usd_minor - {row}.spent_before_usd_minor \
         - {row}.committed_usd_minor END"
    )
}

/// The triggers: name, table, the columns whose change counts (none: rows are only added), and whether rows go.
const TRIGGERS: [(&str, &str, &str, bool); 13] = [
    ("reviewers_kept", "reviews", "state", true),
    ("committed_kept", "grant_funding", "usd_minor", true),
    ("left_kept", "receipts", "usd_minor, psc_usd_minor, spent_before_usd_minor, committed_usd_minor, undone", true),
    ("totals_kept", "account_balances", "usd_minor", true),
    ("open_kept_by_instalments", "pledge_instalments", "due, amount_minor, withdrawn_at", true),
    ("open_kept_by_receipts", "receipts", "credited_minor, pledge_id", true),
    ("open_kept_by_pledges", "pledges", "written_down_minor", false),
    ("open_from_kept", "pledge_instalments", "is_open, due", true),
    ("ready_kept_by_instalments", "instalments", "after_report", false),
    ("ready_kept_by_grants", "grants", "state, countersigned_at", false),
    ("ready_kept_by_reports", "reports", "state, number", true),
    ("ready_kept_by_disbursements", "disbursements", "state", true),
    ("ready_kept_by_waivers", "condition_waivers", "", false),
];

/// What a trigger does about a row, which is `NEW` or `OLD`.
fn change(name: &str, table: &str, row: &str) -> String {
    let open = |pledge: String| {
        format!("UPDATE pledge_instalments SET is_open = {OPEN} WHERE pledge_id = {pledge} AND is_open <> {OPEN}")
    };
    let ready =
        |grant: String| format!("UPDATE instalments SET ready = {READY} WHERE grant_id = {grant} AND ready <> {READY}");
    match table {
        "pledge_instalments" if name == "open_from_kept" => format!(
            "UPDATE pledges SET open_from = {OPEN_FROM} WHERE id = {row}.pledge_id AND open_from IS DISTINCT FROM {OPEN_FROM}"
        ),
        "receipts" if name == "left_kept" => {
            let sign = if row == "NEW" { "+" } else { "-" };
            let left = left(row);
            format!(
                "INSERT INTO money_left (earmark, usd_minor) SELECT earmark, 0 {sign} ({left}) FROM pledges \
                 WHERE id = {row}.pledge_id ON CONFLICT (earmark) DO UPDATE SET usd_minor = money_left.usd_minor + excluded.usd_minor"
            )
        }
        "account_balances" => {
            let sign = if row == "NEW" { "+" } else { "-" };
            let add = |table: &str, keys: [&str; 3]| {
                let values = keys.map(|key| format!("{row}.{key}")).join(", ");
                let keys = keys.join(", ");
                format!(
                    "INSERT INTO {table} ({keys}, usd_minor) VALUES ({values}, 0 {sign} {row}.usd_minor) \
                     ON CONFLICT ({keys}) DO UPDATE SET usd_minor = {table}.usd_minor + excluded.usd_minor"
                )
            };
            let totals = add("account_totals", ["account", "event", "earmark"]);
            format!("{totals}; {}", add("account_years", ["fiscal_year", "account", "event"]))
        }
        "reviews" => format!(
            "UPDATE applications SET reviewers = {REVIEWERS} WHERE id = {row}.application_id AND reviewers <> {REVIEWERS}"
        ),
        // By the difference: hundreds of grants may have taken of one receipt.
        "grant_funding" => {
            let sign = if row == "NEW" { "+" } else { "-" };
            format!(
                "UPDATE receipts SET committed_usd_minor = committed_usd_minor {sign} {row}.usd_minor WHERE id = {row}.receipt_id"
            )
        }
        "pledges" => open(format!("{row}.id")),
        "pledge_instalments" | "receipts" => open(format!("{row}.pledge_id")),
        "grants" => ready(format!("{row}.id")),
        "condition_waivers" => {
            ready(format!("(SELECT grant_id FROM instalments AS waived WHERE waived.id = {row}.instalment_id)"))
        }
        _ => ready(format!("{row}.grant_id")),
    }
}

/// What a trigger does when a row is changed.
fn changed(name: &str, table: &str) -> String {
    match name {
        "committed_kept" | "left_kept" | "totals_kept" => {
            format!("{}; {}", change(name, table, "OLD"), change(name, table, "NEW"))
        }
        _ => change(name, table, "NEW"),
    }
}

/// Each trigger's verb with the end of its name and what it does.
fn verbs(name: &str, table: &str, columns: &str, goes: bool) -> Vec<(String, &'static str, String)> {
    let mut verbs = vec![("INSERT".to_owned(), "new", change(name, table, "NEW"))];
    if !columns.is_empty() {
        verbs.push((format!("UPDATE OF {columns}"), "changed", changed(name, table)));
    }
    if goes {
        verbs.push(("DELETE".to_owned(), "gone", change(name, table, "OLD")));
    }
    verbs
}

/// Makes the database itself keep all of it, whoever writes.
async fn make_triggers(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let postgres = manager.get_database_backend() == DatabaseBackend::Postgres;
    for (name, table, columns, goes) in TRIGGERS {
        for (verb, end, does) in verbs(name, table, columns, goes) {
            let name = format!("{name}_{end}");
            let trigger = format!("CREATE TRIGGER {name} AFTER {verb} ON {table}");
            let statements = match postgres {
                true => vec![
                    format!(
                        "CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS \
                         $$ BEGIN {does}; RETURN NULL; END $$"
                    ),
                    format!("{trigger} FOR EACH ROW EXECUTE FUNCTION {name}()"),
                ],
                false => vec![format!("{trigger} BEGIN {does}; END")],
            };
            for statement in statements {
                manager.get_connection().execute_unprepared(&statement).await?;
            }
        }
    }
    Ok(())
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        sql::run(
            manager,
            &[
                "ALTER TABLE applications ADD COLUMN reviewers BIGINT NOT NULL DEFAULT 0",
                "ALTER TABLE receipts ADD COLUMN committed_usd_minor BIGINT NOT NULL DEFAULT 0",
                "CREATE TABLE money_left (earmark TEXT PRIMARY KEY, usd_minor BIGINT NOT NULL)",
                "CREATE TABLE account_totals (account TEXT NOT NULL, event TEXT NOT NULL, earmark TEXT NOT NULL, \
                 usd_minor BIGINT NOT NULL, PRIMARY KEY (account, event, earmark))",
                "CREATE TABLE account_years (fiscal_year BIGINT NOT NULL, account TEXT NOT NULL, event TEXT NOT NULL, \
                 usd_minor BIGINT NOT NULL, PRIMARY KEY (fiscal_year, account, event))",
                "INSERT INTO account_totals (account, event, earmark, usd_minor) SELECT account, event, earmark, \
                 CAST(SUM(usd_minor) AS BIGINT) FROM account_balances GROUP BY account, event, earmark",
                "INSERT INTO account_years (fiscal_year, account, event, usd_minor) SELECT fiscal_year, account, event, \
                 CAST(SUM(usd_minor) AS BIGINT) FROM account_balances GROUP BY fiscal_year, account, event",
                "ALTER TABLE pledge_instalments ADD COLUMN is_open {flag} NOT NULL DEFAULT FALSE",
                "ALTER TABLE pledges ADD COLUMN open_from {day}",
                "ALTER TABLE instalments ADD COLUMN ready {flag} NOT NULL DEFAULT FALSE",
                &format!("UPDATE applications SET reviewers = {REVIEWERS}"),
                &format!("UPDATE receipts SET committed_usd_minor = {COMMITTED}"),
                &format!(
                    "INSERT INTO money_left (earmark, usd_minor) SELECT g.earmark, CAST(SUM({}) AS BIGINT) FROM receipts r \
                     JOIN pledges g ON g.id = r.pledge_id GROUP BY g.earmark",
                    left("r")
                ),
                &format!("UPDATE pledge_instalments SET is_open = {OPEN}"),
                &format!("UPDATE pledges SET open_from = {OPEN_FROM}"),
                &format!("UPDATE instalments SET ready = {READY}"),
            ],
        )
        .await?;
        make_triggers(manager).await?;
        sql::run(
            manager,
            &[
                // Found by its own words: for `state = …` SQLite takes an index of all that are in review.
                "CREATE INDEX applications_reviewers ON applications (id) \
                 WHERE revision > 0 AND reviewers < 2 AND state || '' = 'in-review'",
                &format!("CREATE INDEX receipts_left ON receipts (id) WHERE NOT undone AND {LEFT} <> 0"),
                "CREATE INDEX pledge_instalments_open ON pledge_instalments (due, id, pledge_id) WHERE is_open",
                "CREATE INDEX pledges_by_donor ON pledges (donor_id, date, id)",
                "CREATE INDEX pledges_open ON pledges (date, id, open_from) WHERE open_from IS NOT NULL",
                "CREATE INDEX instalments_ready ON instalments (grant_id) WHERE ready",
                "CREATE INDEX grant_indicators_unconfirmed ON grant_indicators (grant_id) WHERE confirmed_counted IS NULL",
                "CREATE INDEX reports_awaited ON reports (due, id) WHERE state IN ('due', 'draft', 'returned')",
                "CREATE INDEX reports_by_due ON reports (due, id)",
                "CREATE INDEX reviews_in_order ON reviews (reviewer_id, assigned_at, id)",
                "CREATE INDEX disbursements_requested ON disbursements (requested_at, id)",
                "CREATE INDEX organisations_to_vet ON organisations (id) WHERE vetting_status IN ('not-vetted', 'in-progress')",
                "CREATE INDEX board_sessions_state ON board_sessions (state)",
                "CREATE INDEX board_sessions_date ON board_sessions (date, id)",
                "CREATE INDEX decisions_item ON decisions (item_id)",
                "CREATE INDEX application_counts_some ON application_counts (submitted, state, number) WHERE number > 0",
            ],
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let postgres = manager.get_database_backend() == DatabaseBackend::Postgres;
        for (name, table, columns, goes) in TRIGGERS {
            for (_, end, _) in verbs(name, table, columns, goes) {
                let sql = match postgres {
                    true => format!("DROP TRIGGER {name}_{end} ON {table}; DROP FUNCTION {name}_{end}"),
                    false => format!("DROP TRIGGER {name}_{end}"),
                };
                manager.get_connection().execute_unprepared(&sql).await?;
            }
        }
        sql::run(
            manager,
            &[
                "DROP INDEX application_counts_some",
                "DROP INDEX decisions_item",
                "DROP INDEX board_sessions_date",
                "DROP INDEX board_sessions_state",
                "DROP INDEX organisations_to_vet",
                "DROP INDEX disbursements_requested",
                "DROP INDEX reviews_in_order",
                "DROP INDEX reports_by_due",
                "DROP INDEX reports_awaited",
                "DROP INDEX grant_indicators_unconfirmed",
                "DROP INDEX instalments_ready",
                "DROP INDEX pledges_open",
                "DROP INDEX pledges_by_donor",
                "DROP INDEX pledge_instalments_open",
                "DROP INDEX receipts_left",
                "DROP INDEX applications_reviewers",
                "ALTER TABLE instalments DROP COLUMN ready",
                "ALTER TABLE pledges DROP COLUMN open_from",
                "ALTER TABLE pledge_instalments DROP COLUMN is_open",
                "ALTER TABLE receipts DROP COLUMN committed_usd_minor",
                "DROP TABLE account_years",
                "DROP TABLE account_totals",
                "DROP TABLE money_left",
                "ALTER TABLE applications DROP COLUMN reviewers",
            ],
        )
        .await
    }
}
