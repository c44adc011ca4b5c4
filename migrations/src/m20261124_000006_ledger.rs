//! The books: journal entries and their postings. Rows are only ever added; sums of them are kept beside. The
//! database itself refuses an entry that does not balance, and one in a closed period.

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
            "CREATE TABLE journal_entries (id {id}, fiscal_year BIGINT NOT NULL, number BIGINT NOT NULL, posting_date {day} NOT NULL, \
             event TEXT NOT NULL, source_kind TEXT NOT NULL, source_id BIGINT NOT NULL, donor_id BIGINT, grant_id BIGINT, actor_id BIGINT, \
             actor TEXT NOT NULL, command_id TEXT NOT NULL UNIQUE, reverses BIGINT UNIQUE REFERENCES journal_entries (id), created_at {time} NOT NULL, \
             UNIQUE (fiscal_year, number))",
            "CREATE INDEX journal_entries_source ON journal_entries (source_kind, source_id)",
            "CREATE INDEX journal_entries_grant ON journal_entries (grant_id)",
            "CREATE INDEX journal_entries_donor ON journal_entries (donor_id)",
            "CREATE INDEX journal_entries_date ON journal_entries (posting_date, id)",
            // The postings come first, so that whoever adds the entry can be refused for them.
            "CREATE TABLE postings (id {id}, entry_id BIGINT NOT NULL REFERENCES journal_entries (id) DEFERRABLE INITIALLY DEFERRED, \
             account TEXT NOT NULL, earmark TEXT NOT NULL, currency CHAR(3) NOT NULL, amount_minor BIGINT NOT NULL, usd_minor BIGINT NOT NULL, \
             rate TEXT, rate_month {day}, CHECK ((rate IS NULL) = (rate_month IS NULL)), CHECK (rate IS NULL OR currency <> 'USD'))",
            "CREATE INDEX postings_entry ON postings (entry_id)",
            "CREATE INDEX postings_account ON postings (account, earmark, usd_minor)",
            "CREATE TABLE account_balances (fiscal_year BIGINT NOT NULL, month BIGINT NOT NULL, account TEXT NOT NULL, event TEXT NOT NULL, \
             earmark TEXT NOT NULL, usd_minor BIGINT NOT NULL, PRIMARY KEY (fiscal_year, month, account, event, earmark))",
            // Month 13 stands for the whole year. A closed period closes every day before it, too.
            "CREATE TABLE closed_periods (fiscal_year BIGINT NOT NULL, month BIGINT NOT NULL CHECK (month BETWEEN 1 AND 13), \
             closed_by BIGINT, closed_by_name TEXT NOT NULL, closed_at {time} NOT NULL, reason TEXT NOT NULL, PRIMARY KEY (fiscal_year, month))",
            "CREATE TABLE psc_transfers (id {id}, usd_minor BIGINT NOT NULL CHECK (usd_minor > 0), date {day} NOT NULL, \
             bank_reference TEXT NOT NULL UNIQUE, note TEXT NOT NULL, created_by BIGINT, created_at {time} NOT NULL)",
            "CREATE TABLE fund_lock (id BIGINT PRIMARY KEY)",
            "INSERT INTO fund_lock (id) VALUES (1)",
            ],
        )
        .await?;
        sql::append_only(manager, "journal_entries").await?;
        sql::append_only(manager, "postings").await?;
        let guards = match manager.get_database_backend() {
            DatabaseBackend::Postgres => POSTGRES_GUARDS,
            _ => SQLITE_GUARDS,
        };
        for guard in guards {
            manager.get_connection().execute_unprepared(guard).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let tables =
            ["fund_lock", "psc_transfers", "closed_periods", "account_balances", "postings", "journal_entries"];
        sql::drop_tables(manager, &tables).await?;
        if manager.get_database_backend() == DatabaseBackend::Postgres {
            for function in ["refuse_bad_entry", "refuse_late_posting"] {
                manager.get_connection().execute_unprepared(&format!("DROP FUNCTION {function}")).await?;
            }
        }
        Ok(())
    }
}

/// `INSERT OR REPLACE` deletes without asking the triggers of deletion, so a key that is taken is refused here too.
const SQLITE_GUARDS: &[&str] = &[
    "CREATE TRIGGER journal_entries_checked BEFORE INSERT ON journal_entries BEGIN \
     SELECT RAISE(ABORT, 'journal_entries is append-only') WHERE EXISTS (SELECT 1 FROM journal_entries WHERE id = NEW.id \
     OR (fiscal_year = NEW.fiscal_year AND number = NEW.number)); \
     SELECT RAISE(ABORT, 'the command has an entry already') WHERE EXISTS (SELECT 1 FROM journal_entries WHERE command_id = NEW.command_id); \
     SELECT RAISE(ABORT, 'the entry is reversed already') WHERE EXISTS (SELECT 1 FROM journal_entries WHERE reverses = NEW.reverses); \
     SELECT RAISE(ABORT, 'the fiscal year is not that of the posting date') \
     WHERE NEW.fiscal_year <> CAST(substr(NEW.posting_date, 1, 4) AS INTEGER); \
     SELECT RAISE(ABORT, 'the period is closed') WHERE EXISTS (SELECT 1 FROM closed_periods WHERE fiscal_year > NEW.fiscal_year \
     OR (fiscal_year = NEW.fiscal_year AND month >= CAST(substr(NEW.posting_date, 6, 2) AS INTEGER))); \
     SELECT RAISE(ABORT, 'the entry has no postings') WHERE NOT EXISTS (SELECT 1 FROM postings WHERE entry_id = NEW.id); \
     SELECT RAISE(ABORT, 'the postings do not balance') WHERE (SELECT SUM(usd_minor) FROM postings WHERE entry_id = NEW.id) <> 0 \
     OR EXISTS (SELECT 1 FROM postings WHERE entry_id = NEW.id GROUP BY currency HAVING SUM(amount_minor) <> 0); END",
    "CREATE TRIGGER postings_checked BEFORE INSERT ON postings BEGIN \
     SELECT RAISE(ABORT, 'postings is append-only') WHERE EXISTS (SELECT 1 FROM postings WHERE id = NEW.id); \
     SELECT RAISE(ABORT, 'the entry is posted already') WHERE EXISTS (SELECT 1 FROM journal_entries WHERE id = NEW.entry_id); END",
];

/// Both wait for the money lock first: an entry, or the closing of a period, that another transaction has not yet
/// committed would not be seen otherwise.
const POSTGRES_GUARDS: &[&str] = &[
    "CREATE FUNCTION refuse_bad_entry() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN \
     PERFORM id FROM fund_lock WHERE id = 1 FOR UPDATE; \
     IF NEW.fiscal_year <> EXTRACT(YEAR FROM NEW.posting_date) THEN \
     RAISE EXCEPTION 'the fiscal year is not that of the posting date'; END IF; \
     IF EXISTS (SELECT 1 FROM closed_periods WHERE fiscal_year > NEW.fiscal_year \
     OR (fiscal_year = NEW.fiscal_year AND month >= EXTRACT(MONTH FROM NEW.posting_date))) THEN RAISE EXCEPTION 'the period is closed'; END IF; \
     IF NOT EXISTS (SELECT 1 FROM postings WHERE entry_id = NEW.id) THEN RAISE EXCEPTION 'the entry has no postings'; END IF; \
     IF (SELECT SUM(usd_minor) FROM postings WHERE entry_id = NEW.id) <> 0 \
     OR EXISTS (SELECT 1 FROM postings WHERE entry_id = NEW.id GROUP BY currency HAVING SUM(amount_minor) <> 0) THEN \
     RAISE EXCEPTION 'the postings do not balance'; END IF; \
     RETURN NEW; END $$",
    "CREATE TRIGGER journal_entries_checked BEFORE INSERT ON journal_entries FOR EACH ROW EXECUTE FUNCTION refuse_bad_entry()",
    "CREATE FUNCTION refuse_late_posting() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN \
     PERFORM id FROM fund_lock WHERE id = 1 FOR UPDATE; \
     IF EXISTS (SELECT 1 FROM journal_entries WHERE id = NEW.entry_id) THEN RAISE EXCEPTION 'the entry is posted already'; END IF; \
     RETURN NEW; END $$",
    "CREATE TRIGGER postings_checked BEFORE INSERT ON postings FOR EACH ROW EXECUTE FUNCTION refuse_late_posting()",
];
