//! Grants: agreement, funding by receipt, instalments, budget lines, indicators, amendments, and recoveries.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DatabaseBackend;

use crate::sql;

/// The step.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        sql::run(
            manager,
            &[
            "CREATE TABLE grants (id {id}, number TEXT NOT NULL UNIQUE, search TEXT NOT NULL DEFAULT '', application_id BIGINT NOT NULL UNIQUE REFERENCES applications (id), \
             call_id BIGINT NOT NULL REFERENCES calls (id), organisation_id BIGINT NOT NULL REFERENCES organisations (id), title TEXT NOT NULL, theme TEXT NOT NULL, \
             country TEXT NOT NULL, award_usd_minor BIGINT NOT NULL CHECK (award_usd_minor > 0), state TEXT NOT NULL, conditions TEXT NOT NULL, months BIGINT NOT NULL, \
             start_date {day}, end_date {day}, offered_by BIGINT, offered_at {time}, countersigned_by BIGINT, countersigned_name TEXT, countersigned_at {time}, \
             closed_at {time}, ended_reason TEXT NOT NULL DEFAULT '', end_command_id TEXT UNIQUE, created_at {time} NOT NULL)",
            "CREATE INDEX grants_organisation ON grants (organisation_id)",
            "CREATE INDEX grants_state ON grants (state)",
            "CREATE TABLE grant_totals (country TEXT NOT NULL, theme TEXT NOT NULL, number BIGINT NOT NULL, awarded_usd_minor BIGINT NOT NULL, \
             PRIMARY KEY (country, theme))",
            "CREATE TABLE grant_funding (id {id}, grant_id BIGINT NOT NULL REFERENCES grants (id), receipt_id BIGINT NOT NULL REFERENCES receipts (id), \
             entry_id BIGINT NOT NULL REFERENCES journal_entries (id), usd_minor BIGINT NOT NULL CHECK (usd_minor <> 0), UNIQUE (entry_id, receipt_id))",
            "CREATE INDEX grant_funding_receipt ON grant_funding (receipt_id)",
            "CREATE INDEX grant_funding_grant ON grant_funding (grant_id)",
            // How far that money got, moved by the entries that approve, pay, account for or take back.
            "CREATE TABLE money_uses (id {id}, grant_id BIGINT NOT NULL REFERENCES grants (id), receipt_id BIGINT NOT NULL REFERENCES receipts (id), \
             entry_id BIGINT NOT NULL REFERENCES journal_entries (id), stage TEXT NOT NULL, usd_minor BIGINT NOT NULL CHECK (usd_minor <> 0), \
             UNIQUE (entry_id, stage, receipt_id))",
            "CREATE INDEX money_uses_grant ON money_uses (grant_id)",
            // What each grant did with each donor's money, and the sums of it; the key finds a donor's grants in order.
            "CREATE TABLE donor_grant_figures (donor_id BIGINT NOT NULL REFERENCES donors (id), figure TEXT NOT NULL, \
             grant_id BIGINT NOT NULL REFERENCES grants (id), amount BIGINT NOT NULL, PRIMARY KEY (donor_id, figure, grant_id))",
            "CREATE INDEX donor_grant_figures_grant ON donor_grant_figures (grant_id)",
            "CREATE TABLE donor_figures (donor_id BIGINT NOT NULL REFERENCES donors (id), figure TEXT NOT NULL, amount BIGINT NOT NULL, \
             PRIMARY KEY (donor_id, figure))",
            "CREATE TABLE instalments (id {id}, grant_id BIGINT NOT NULL REFERENCES grants (id), number BIGINT NOT NULL, usd_minor BIGINT NOT NULL, condition TEXT NOT NULL, \
             after_report BIGINT, UNIQUE (grant_id, number))",
            "CREATE TABLE grant_budget_lines (id {id}, grant_id BIGINT NOT NULL REFERENCES grants (id), position BIGINT NOT NULL, category TEXT NOT NULL, \
             description TEXT NOT NULL, requested_usd_minor BIGINT NOT NULL, UNIQUE (grant_id, position))",
            "CREATE TABLE grant_indicators (id {id}, grant_id BIGINT NOT NULL REFERENCES grants (id), position BIGINT NOT NULL, indicator TEXT NOT NULL, unit TEXT NOT NULL, counted TEXT NOT NULL DEFAULT 'people', \
             baseline BIGINT NOT NULL, target BIGINT NOT NULL, UNIQUE (grant_id, position))",
            "CREATE TABLE grant_amendments (id {id}, grant_id BIGINT NOT NULL REFERENCES grants (id), number BIGINT NOT NULL, kind TEXT NOT NULL, state TEXT NOT NULL, \
             usd_minor BIGINT NOT NULL, months BIGINT NOT NULL, lines TEXT NOT NULL, reason TEXT NOT NULL, note TEXT NOT NULL, needs_approval BOOLEAN NOT NULL, \
             before_terms TEXT, after_terms TEXT, proposed_by BIGINT, proposed_name TEXT NOT NULL, proposed_at {time} NOT NULL, \
             countersigned_by BIGINT, countersigned_name TEXT, countersigned_at {time}, decided_by BIGINT, decided_name TEXT, decided_at {time}, \
             command_id TEXT NOT NULL UNIQUE, decision_command_id TEXT UNIQUE, UNIQUE (grant_id, number))",
            "CREATE UNIQUE INDEX grant_amendments_one_open ON grant_amendments (grant_id) WHERE state IN ('proposed', 'countersigned')",
            "CREATE INDEX grant_amendments_state ON grant_amendments (state)",
            "CREATE TABLE recoveries (id {id}, number TEXT NOT NULL UNIQUE, grant_id BIGINT NOT NULL UNIQUE REFERENCES grants (id), \
             organisation_id BIGINT NOT NULL REFERENCES organisations (id), usd_minor BIGINT NOT NULL CHECK (usd_minor > 0), received_usd_minor BIGINT NOT NULL, \
             written_off_usd_minor BIGINT NOT NULL, state TEXT NOT NULL, due {day} NOT NULL, created_by BIGINT, created_at {time} NOT NULL, \
             CHECK (received_usd_minor >= 0 AND written_off_usd_minor >= 0 AND received_usd_minor + written_off_usd_minor <= usd_minor))",
            "CREATE INDEX recoveries_organisation ON recoveries (organisation_id, state)",
            "CREATE INDEX recoveries_state ON recoveries (state)",
            "CREATE TABLE recovery_shares (id {id}, recovery_id BIGINT NOT NULL REFERENCES recoveries (id), receipt_id BIGINT NOT NULL REFERENCES receipts (id), \
             usd_minor BIGINT NOT NULL CHECK (usd_minor > 0), received_usd_minor BIGINT NOT NULL, written_off_usd_minor BIGINT NOT NULL, UNIQUE (recovery_id, receipt_id), \
             CHECK (received_usd_minor >= 0 AND written_off_usd_minor >= 0 AND received_usd_minor + written_off_usd_minor <= usd_minor))",
            "CREATE TABLE recovery_steps (id {id}, recovery_id BIGINT NOT NULL REFERENCES recoveries (id), kind TEXT NOT NULL, usd_minor BIGINT NOT NULL CHECK (usd_minor > 0), \
             date {day} NOT NULL, bank_reference TEXT UNIQUE, reason TEXT NOT NULL, created_by BIGINT, created_name TEXT NOT NULL, created_at {time} NOT NULL)",
            "CREATE INDEX recovery_steps_recovery ON recovery_steps (recovery_id)",
            ],
        )
        .await?;
        // What was taken from receipts and given back to them: its sums decide what may be awarded.
        for table in ["grant_funding", "money_uses", "recovery_steps"] {
            sql::append_only(manager, table).await?;
        }
        add_up_grants(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        sql::drop_tables(
            manager,
            &[
                "recovery_steps",
                "recovery_shares",
                "recoveries",
                "grant_amendments",
                "grant_indicators",
                "grant_budget_lines",
                "instalments",
                "donor_figures",
                "donor_grant_figures",
                "money_uses",
                "grant_funding",
                "grants",
                "grant_totals",
            ],
        )
        .await?;
        if manager.get_database_backend() == DatabaseBackend::Postgres {
            manager.get_connection().execute_unprepared("DROP FUNCTION add_up_grant").await?;
        }
        Ok(())
    }
}

/// Makes the database itself add up grants by country and theme, whoever writes them. A grant that was
/// terminated before both had signed counts no more.
async fn add_up_grants(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    if manager.get_database_backend() == DatabaseBackend::Postgres {
        // Both rows of a change in one statement and in order, so that two changes wait for each other without a deadlock.
        return sql::run(
            manager,
            &[
            "CREATE FUNCTION add_up_grant() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN \
             INSERT INTO grant_totals (country, theme, number, awarded_usd_minor) \
             SELECT country, theme, SUM(change), SUM(minor) FROM ( \
             SELECT OLD.country, OLD.theme, -1, -OLD.award_usd_minor WHERE TG_OP <> 'INSERT' AND (OLD.state <> 'terminated' OR OLD.countersigned_at IS NOT NULL) UNION ALL \
             SELECT NEW.country, NEW.theme, 1, NEW.award_usd_minor WHERE TG_OP <> 'DELETE' AND (NEW.state <> 'terminated' OR NEW.countersigned_at IS NOT NULL)) \
             AS changes (country, theme, change, minor) \
             GROUP BY country, theme HAVING SUM(change) <> 0 OR SUM(minor) <> 0 ORDER BY country, theme \
             ON CONFLICT (country, theme) DO UPDATE SET number = grant_totals.number + excluded.number, \
             awarded_usd_minor = grant_totals.awarded_usd_minor + excluded.awarded_usd_minor; \
             RETURN NULL; END $$",
            "CREATE TRIGGER grants_added_up AFTER INSERT OR DELETE OR UPDATE OF country, theme, award_usd_minor, state, countersigned_at ON grants \
             FOR EACH ROW EXECUTE FUNCTION add_up_grant()",
            ],
        )
        .await;
    }
    let more = "INSERT INTO grant_totals (country, theme, number, awarded_usd_minor) \
                SELECT NEW.country, NEW.theme, 1, NEW.award_usd_minor WHERE (NEW.state <> 'terminated' OR NEW.countersigned_at IS NOT NULL) \
                ON CONFLICT (country, theme) DO UPDATE SET number = number + 1, \
                awarded_usd_minor = awarded_usd_minor + excluded.awarded_usd_minor;";
    let less = "UPDATE grant_totals SET number = number - 1, awarded_usd_minor = awarded_usd_minor - OLD.award_usd_minor \
                WHERE country = OLD.country AND theme = OLD.theme AND (OLD.state <> 'terminated' OR OLD.countersigned_at IS NOT NULL);";
    for trigger in [
        format!("CREATE TRIGGER grants_added_up_new AFTER INSERT ON grants BEGIN {more} END"),
        format!(
            "CREATE TRIGGER grants_added_up_changed AFTER UPDATE OF country, theme, award_usd_minor, state, countersigned_at ON grants \
             BEGIN {less} {more} END"
        ),
        format!("CREATE TRIGGER grants_added_up_gone AFTER DELETE ON grants BEGIN {less} END"),
    ] {
        manager.get_connection().execute_unprepared(&trigger).await?;
    }
    Ok(())
}
