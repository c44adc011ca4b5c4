//! The database itself: what it does when somebody holds a lock and does not come back.
#![allow(clippy::unwrap_used)]

use crate::support::{World, on_both};
use backend::Error;
use backend::donors::queries::list;
use backend::page::{MOST_COUNTED, More, PageRequest};
use domain::errors::AppError;
use domain::roles::Role;
use sea_orm::{ConnectionTrait as _, Statement, TransactionTrait as _};

#[tokio::test]
async fn who_holds_the_lock_on_money_too_long_keeps_nobody_waiting_for_ever() {
    on_both(|world| async move {
        // SQLite waits for 15 seconds by itself: `busy_timeout`.
        if world.kind != "postgres" {
            return;
        }
        let system = world.system();
        // Somebody else's process, which does not stand in this one's queue.
        let frozen = world.services.database.begin().await.unwrap();
        frozen.execute_unprepared("SELECT id FROM fund_lock WHERE id = 1 FOR UPDATE").await.unwrap();
        let start = std::time::Instant::now();
        let Err(refused) = system.begin_money().await else { unreachable!("the lock is held") };
        assert!((9..20).contains(&start.elapsed().as_secs()), "{:?}", start.elapsed());
        assert_eq!(AppError::from(refused), AppError::Unavailable);
        // A statement that takes too long ends by the same word; asked for with a shorter limit, to save a minute.
        drop(frozen);
        let work = system.begin().await.unwrap();
        work.transaction.execute_unprepared("SET LOCAL statement_timeout = '50ms'").await.unwrap();
        let slow = work.transaction.execute_unprepared("SELECT pg_sleep(5)").await.unwrap_err();
        assert_eq!(AppError::from(Error::Database(slow)), AppError::Unavailable);
    })
    .await;
}

#[tokio::test]
async fn gathering_statistics_leaves_the_schema_as_it_is() {
    on_both(|world| async move {
        if world.kind != "sqlite" {
            return;
        }
        let database = &world.services.database;
        let version = async || -> i64 {
            let asked = Statement::from_string(database.get_database_backend(), "PRAGMA schema_version");
            database.query_one_raw(asked).await.unwrap().unwrap().try_get_by_index(0).unwrap()
        };
        let before = version().await;
        enter(&world, 1..=20).await;
        backend::database::optimize(database).await.unwrap();
        assert_eq!(version().await, before, "others would read the schema anew in the middle of their work");
    })
    .await;
}

/// Donors with these numbers.
async fn enter(world: &World, numbers: std::ops::RangeInclusive<u64>) {
    let values: Vec<String> = numbers
        .map(|number| {
            format!(
                "('Donor {number}', 'donor {number}', 'member-state', '', '', '', 'en', \
                 '2026-01-01T00:00:00+00:00', '2026-01-01T00:00:00+00:00')"
            )
        })
        .collect();
    let columns = "name, search, kind, contact_name, contact_email, contact_phone, language, confirmed_at, created_at";
    world.sql(&format!("INSERT INTO donors ({columns}) VALUES {}", values.join(", "))).await;
}

#[tokio::test]
async fn a_page_reads_everything_as_it_was_at_one_moment_on_one_connection() {
    on_both(|world| async move {
        enter(&world, 1..=2).await;
        let page = world.staff(Role::FinanceOfficer).await.for_page();
        assert_eq!(list(&page, &PageRequest::default()).await.unwrap().total, 2);
        enter(&world, 3..=3).await;
        assert_eq!(list(&page, &PageRequest::default()).await.unwrap().total, 2, "{}", world.kind);
        assert_eq!(list(&page.for_page(), &PageRequest::default()).await.unwrap().total, 3, "{}", world.kind);
        // A hundred pages that are read and not yet drawn: each holds a connection, and gives it back.
        for _ in 0..100 {
            assert_eq!(list(&page.for_page(), &PageRequest::default()).await.unwrap().total, 3);
        }
    })
    .await;
}

#[tokio::test]
async fn a_long_list_is_counted_so_far_and_goes_on_page_by_page() {
    on_both(|world| async move {
        let officer = world.staff(Role::FinanceOfficer).await;
        let ask = async |page| list(&officer, &PageRequest { page, ..PageRequest::default() }).await.unwrap();
        enter(&world, 1..=MOST_COUNTED).await;
        let last = ask(40).await;
        assert_eq!((last.total, last.more, last.rows.len(), last.has_next()), (MOST_COUNTED, More::No, 25, false));
        enter(&world, MOST_COUNTED + 1..=MOST_COUNTED + 26).await;
        let counted = ask(40).await;
        assert_eq!((counted.total, counted.more, counted.has_next()), (MOST_COUNTED, More::OnNextPages, true));
        assert_eq!((ask(41).await.rows.len(), ask(41).await.has_next()), (25, true));
        assert_eq!((ask(42).await.rows.len(), ask(42).await.has_next()), (1, false));
    })
    .await;
}
