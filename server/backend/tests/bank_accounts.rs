//! The accounts whose statements are imported: their numbers stand nowhere but sealed. On every database.
#![allow(clippy::unwrap_used)]

mod support;

use backend::contributions::statements::{self, queries};
use backend::page::PageRequest;
use backend::sealed::{BankKeys, rotate};
use backend::{Context, Services};
use domain::forms::Typed;
use domain::ids::StatementId;
use support::money::finance_and_donor;
use support::on_both;
use support::statements::key;

/// Imports a table with one line.
async fn bring(finance: &Context, account: &str, amount: &str) -> backend::Result<StatementId> {
    let table = format!("Date,Payer,Amount,Currency,Text\n2026-05-10,Norway,{amount},EUR,\n");
    statements::import(finance, &Typed::default().with("account", account), "may.csv", table.as_bytes()).await
}

#[tokio::test]
async fn the_number_of_an_account_is_sealed_and_two_that_end_alike_are_two() {
    on_both(|world| async move {
        let (finance, _) = finance_and_donor(&world).await;
        for (named, amount, code) in [
            ("AT61 1904 3002 3457 3201", "1", "…3201"),
            ("CH9300762011623853201", "2", "…3201 (2)"),
            ("AT611904300234573201", "3", "…3201"),
            ("…3201 (2)", "4", "…3201 (2)"),
            ("CH9300762011623853201", "4.00", "…3201 (2)"),
            ("77", "5", "…77"),
        ] {
            let id = bring(&finance, named, amount).await.unwrap();
            assert_eq!(queries::get(&finance, id).await.unwrap().account, code, "{}: {named}", world.kind);
        }
        let rows = queries::list(&finance, &PageRequest::default()).await.unwrap().rows;
        assert_eq!(rows[1].known_lines, 1, "the line is known, whether its account was named by number or by code");
        assert_eq!(key(bring(&finance, "…9999", "6").await, "account"), "error-statement-account-unknown");
        let (codes, _) = queries::accounts(&finance, "").await.unwrap();
        assert_eq!(codes, ["…3201", "…3201 (2)", "…77"]);
        for (table, column) in [
            ("bank_accounts", "number_sealed"),
            ("bank_statements", "account"),
            ("bank_lines", "account"),
            ("bank_columns", "account"),
            ("audit", "after"),
        ] {
            for part in ["190430023457", "07620116238"] {
                let sql = format!("SELECT COUNT(*) AS value FROM {table} WHERE {column} LIKE '%{part}%'");
                assert_eq!(world.number(&sql).await, 0, "{}: {table}", world.kind);
            }
        }

        // A newer key takes over, and accounts are found by their numbers as before.
        let newer = BankKeys::generate().unwrap().replacen('1', "2", 1);
        let with = |keys: BankKeys, context: &Context| {
            let services = Services { bank_keys: keys, ..(*world.services).clone() };
            Context { services: std::sync::Arc::new(services), ..context.clone() }
        };
        let both = world.services.bank_keys.clone().with_newest(&newer);
        assert_eq!(rotate(&with(both, &world.system())).await.unwrap().accounts, 3);
        let finance = with(BankKeys::parse(&newer).unwrap(), &finance);
        let id = bring(&finance, "CH93 0076 2011 6238 5320 1", "7").await.unwrap();
        assert_eq!(queries::get(&finance, id).await.unwrap().account, "…3201 (2)");
        world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn an_account_from_before_numbers_were_sealed_takes_its_number_from_the_next_statement() {
    on_both(|world| async move {
        let (finance, _) = finance_and_donor(&world).await;
        bring(&finance, "AT611904300234573201", "1").await.unwrap();
        world.sql("UPDATE bank_accounts SET number_sealed = NULL").await;
        for (named, amount, code) in [("CH9300762011623850077", "2", "…0077"), ("AT611904300234573201", "3", "…3201")]
        {
            let id = bring(&finance, named, amount).await.unwrap();
            assert_eq!(queries::get(&finance, id).await.unwrap().account, code, "{}", world.kind);
        }
        assert_eq!(world.number("SELECT COUNT(number_sealed) AS value FROM bank_accounts").await, 2);
        let id = bring(&finance, "BE71096123453201", "4").await.unwrap();
        assert_eq!(queries::get(&finance, id).await.unwrap().account, "…3201 (2)", "from now on it is another one");
    })
    .await;
}
