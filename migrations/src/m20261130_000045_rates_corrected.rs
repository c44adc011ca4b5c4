//! A rate of exchange with which nothing was reckoned can be corrected. The database itself guards those that were used.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DatabaseBackend;

use crate::sql;

/// The step.
#[derive(DeriveMigrationName)]
pub struct Migration;

/// Whether the rate `OLD` made the US cents of a posting, or settled a pledge in another currency. `MONTH` and `NEXT`
/// are the first days of its month and of the one after.
const USED: &str = "EXISTS (SELECT 1 FROM postings p WHERE p.currency = OLD.currency AND p.rate_month = MONTH AND p.rate = OLD.units_per_usd) \
                    OR EXISTS (SELECT 1 FROM receipts r JOIN pledges g ON g.id = r.pledge_id WHERE g.currency = OLD.currency \
                    AND r.pledge_rate = OLD.units_per_usd AND r.date >= MONTH AND r.date < NEXT)";

fn used(month: &str, next: &str) -> String {
    USED.replace("MONTH", month).replace("NEXT", next)
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let index = "CREATE INDEX postings_rate ON postings (rate_month, currency, rate) WHERE rate IS NOT NULL";
        if manager.get_database_backend() == DatabaseBackend::Postgres {
            let month = "date_trunc('month', OLD.valid_from)::date";
            let next = "(date_trunc('month', OLD.valid_from) + INTERVAL '1 month')::date";
            let function = format!(
                "CREATE FUNCTION refuse_used_rate() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN \
                 IF {} THEN RAISE EXCEPTION 'a rate that was used is never changed'; END IF; \
                 IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END $$",
                used(month, next)
            );
            let trigger = "CREATE TRIGGER rates_used BEFORE UPDATE OR DELETE ON rates FOR EACH ROW EXECUTE FUNCTION refuse_used_rate()";
            return sql::run(manager, &[index, "DROP TRIGGER rates_append_only ON rates", &function, trigger]).await;
        }
        let month = "strftime('%Y-%m-01', OLD.valid_from)";
        let used = used(month, "date(OLD.valid_from, 'start of month', '+1 month')");
        let trigger = |verb: &str| {
            format!(
                "CREATE TRIGGER rates_used_{verb} BEFORE {verb} ON rates WHEN {used} \
                 BEGIN SELECT RAISE(ABORT, 'a rate that was used is never changed'); END"
            )
        };
        sql::run(
            manager,
            &[
                index,
                "DROP TRIGGER rates_append_only_UPDATE",
                "DROP TRIGGER rates_append_only_DELETE",
                &trigger("UPDATE"),
                &trigger("DELETE"),
            ],
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        if manager.get_database_backend() == DatabaseBackend::Postgres {
            let dropped = [
                "DROP TRIGGER rates_used ON rates",
                "DROP FUNCTION refuse_used_rate",
                "DROP TRIGGER rates_never_emptied ON rates",
            ];
            sql::run(manager, &dropped).await?;
        } else {
            sql::run(manager, &["DROP TRIGGER rates_used_UPDATE", "DROP TRIGGER rates_used_DELETE"]).await?;
        }
        sql::append_only(manager, "rates").await?;
        sql::run(manager, &["DROP INDEX postings_rate"]).await
    }
}
