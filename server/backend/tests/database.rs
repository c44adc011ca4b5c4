//! The database itself: what it does when somebody holds a lock and does not come back.
#![allow(clippy::unwrap_used)]

mod support;

use backend::Error;
use domain::errors::AppError;
use sea_orm::{ConnectionTrait as _, TransactionTrait as _};
use support::on_both;

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
