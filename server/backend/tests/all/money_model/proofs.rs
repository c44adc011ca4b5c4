//! What must hold after each step, and what must hold at the end.

use std::collections::BTreeMap;

use backend::ledger::{post_reversal, queries};
use domain::ids::EntryId;
use domain::ledger::Position;
use sea_orm::{ConnectionTrait as _, QueryResult, Statement};

use super::model::{Model, Stage};

pub async fn rows(model: &Model, sql: &str) -> Vec<QueryResult> {
    let database = &model.world.services.database;
    database.query_all_raw(Statement::from_string(database.get_database_backend(), sql)).await.unwrap()
}

/// How much was written: a step that was refused leaves it as it is.
pub async fn trace(model: &Model) -> Vec<i64> {
    let tables = [
        "journal_entries",
        "postings",
        "audit",
        "outbox",
        "grant_funding",
        "money_uses",
        "grants",
        "disbursements",
        "receipts",
        "unidentified_receipts",
        "payment_batches",
        "bank_files",
        "condition_waivers",
    ];
    let counted = tables.map(|table| format!("(SELECT COUNT(*) FROM {table})")).join(", ");
    let found = rows(model, &format!("SELECT {counted}")).await;
    (0..tables.len()).map(|column| found[0].try_get_by_index(column).unwrap()).collect()
}

/// The books say what the model says, and nothing more is committed than there is.
pub async fn position_is_as_expected(model: &Model, place: &str) {
    let position = queries::position(&model.world.services.database).await.unwrap();
    let mut expected = model.expected;
    expected.available = expected.received - expected.psc - expected.committed;
    assert_eq!(position, expected, "{place}");
    assert!(position.available >= 0, "{place}");
    assert!(model.sources.iter().all(|source| source.available >= 0), "{place}");
    assert_eq!(model.sources.iter().map(|source| source.available).sum::<i64>(), position.available, "{place}");
}

/// Everything that must hold at the end.
pub async fn everything(model: &Model, seed: u64) {
    let place = format!("MODEL_SEED={seed}");
    model.world.assert_books().await;
    sums_are_zero(model, &place).await;
    shares_add_up(model, &place).await;
    replaying_gives_the_balances(model, &place).await;
    reversing_everything_gives_zero(model, &place).await;
}

/// Each entry adds up to zero in USD, and in each currency.
async fn sums_are_zero(model: &Model, place: &str) {
    let usd = "SELECT entry_id FROM postings GROUP BY entry_id HAVING SUM(usd_minor) <> 0";
    let each = "SELECT entry_id FROM postings GROUP BY entry_id, currency HAVING SUM(amount_minor) <> 0";
    assert!(rows(model, usd).await.is_empty() && rows(model, each).await.is_empty(), "{place}");
}

/// What each receipt gave to a grant adds up to its award, and what is left of the receipts is what the model says.
async fn shares_add_up(model: &Model, place: &str) {
    let sources = backend::contributions::sources(&model.world.services.database).await.unwrap();
    let left = |sources: &[domain::funding::Source]| {
        let some = sources.iter().filter(|source| source.available != 0);
        some.map(|source| (source.receipt.0, source.available)).collect::<BTreeMap<_, _>>()
    };
    assert_eq!(left(&sources), left(&model.sources), "{place}");
    let sql = "SELECT grant_id, receipt_id, CAST(SUM(usd_minor) AS BIGINT) FROM grant_funding \
               GROUP BY grant_id, receipt_id HAVING SUM(usd_minor) <> 0";
    let mut funding: BTreeMap<i64, BTreeMap<i64, i64>> = BTreeMap::new();
    for row in rows(model, sql).await {
        let of_grant = funding.entry(row.try_get_by_index(0).unwrap()).or_default();
        of_grant.insert(row.try_get_by_index(1).unwrap(), row.try_get_by_index(2).unwrap());
    }
    for grant in &model.grants {
        let shares = funding.remove(&grant.id.0).unwrap_or_default();
        let award = if grant.stage == Stage::Terminated { 0 } else { grant.award };
        assert_eq!(shares.values().sum::<i64>(), award, "{place}: grant {}", grant.id);
        if grant.stage != Stage::Terminated {
            let expected = grant.shares.iter().map(|share| (share.receipt.0, share.usd_minor)).collect();
            assert_eq!(shares, expected, "{place}: grant {}", grant.id);
        }
    }
    assert!(funding.is_empty(), "{place}: {funding:?}");
}

/// Whoever lost the kept balances gets the very same ones back from the journal.
async fn replaying_gives_the_balances(model: &Model, place: &str) {
    let kept = "SELECT fiscal_year, month, account, event, earmark, usd_minor FROM account_balances";
    // A reversal counts as what it takes back.
    let replayed = "SELECT entry.fiscal_year, CAST(SUBSTR(CAST(entry.posting_date AS TEXT), 6, 2) AS BIGINT), account, \
                    COALESCE(reversed.event, entry.event), earmark, CAST(SUM(usd_minor) AS BIGINT) FROM postings \
                    JOIN journal_entries entry ON entry.id = entry_id \
                    LEFT JOIN journal_entries reversed ON reversed.id = entry.reverses GROUP BY 1, 2, 3, 4, 5";
    let read = async |sql: &str| {
        let mut balances = BTreeMap::new();
        for row in rows(model, sql).await {
            let text = |column: usize| row.try_get_by_index::<String>(column).unwrap();
            let number = |column: usize| row.try_get_by_index::<i64>(column).unwrap();
            balances.insert((number(0), number(1), text(2), text(3), text(4)), number(5));
        }
        balances
    };
    assert_eq!(read(kept).await, read(replayed).await, "{place}");
}

/// Every entry reversed, the last first: each account is at zero, in US dollars and in each currency, and nothing was
/// ever received, committed or paid.
async fn reversing_everything_gives_zero(model: &Model, place: &str) {
    let standing = "SELECT id FROM journal_entries WHERE reverses IS NULL \
                    AND id NOT IN (SELECT reverses FROM journal_entries WHERE reverses IS NOT NULL) ORDER BY id DESC";
    let context = crate::support::later(&model.world.system(), model.now);
    let work = context.begin_money().await.unwrap();
    for row in rows(model, standing).await {
        let id: i64 = row.try_get_by_index(0).unwrap();
        let command_id = format!("system/reversal/{id}");
        post_reversal(&work, EntryId(id), context.today(), &command_id).await.unwrap();
    }
    work.commit().await.unwrap();
    let database = &model.world.services.database;
    let balances = queries::balances(database).await.unwrap();
    assert!(balances.iter().all(|(_, balance)| *balance == 0), "{place}: {balances:?}");
    assert_eq!(queries::position(database).await.unwrap(), Position::default(), "{place}");
    let open = "SELECT account FROM postings GROUP BY account, earmark, currency \
                HAVING SUM(usd_minor) <> 0 OR SUM(amount_minor) <> 0";
    assert!(rows(model, open).await.is_empty(), "{place}");
    sums_are_zero(model, place).await;
    replaying_gives_the_balances(model, place).await;
}
