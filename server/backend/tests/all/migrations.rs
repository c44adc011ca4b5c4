//! The schema goes up, down and up again on both databases.
#![allow(clippy::unwrap_used)]

use crate::support::on_both;
use migrations::Migrator;
use sea_orm::ConnectionTrait as _;
use sea_orm_migration::MigratorTrait as _;

#[tokio::test]
async fn the_schema_goes_up_down_and_up_again() {
    on_both(|world| async move {
        let database = &world.services.database;
        let steps = Migrator::migrations().len();
        assert_eq!(Migrator::get_applied_migrations(database).await.unwrap().len(), steps);
        Migrator::down(database, None).await.unwrap();
        assert!(Migrator::get_applied_migrations(database).await.unwrap().is_empty());
        assert_eq!(migrations::apply(database).await.unwrap(), steps);
        assert_eq!(Migrator::get_applied_migrations(database).await.unwrap().len(), steps);
        // The books and the audit trail refuse changes after the second time up as after the first.
        let officer = world.staff(domain::roles::Role::FinanceOfficer).await;
        let donor = domain::forms::Typed::default()
            .with("name", "Norway")
            .with("kind", "member-state")
            .with("contact_name", "Kari Nordmann")
            .with("contact_email", "kari@example.org")
            .with("language", "en");
        backend::donors::create(&officer, &donor).await.unwrap();
        assert!(database.execute_unprepared("UPDATE audit SET actor = 'nobody'").await.is_err());
        assert!(database.execute_unprepared("DELETE FROM audit").await.is_err());
    })
    .await;
}

#[tokio::test]
async fn an_update_that_fails_leaves_nothing_behind_and_a_database_left_half_way_is_told_how_to_mend() {
    on_both(|world| async move {
        let database = &world.services.database;
        Migrator::down(database, None).await.unwrap();
        // What an earlier program left of a step that was interrupted.
        world.sql("CREATE TABLE donors (id BIGINT)").await;
        let told = migrations::apply(database).await.unwrap_err().to_string();
        for word in ["half-way", "donors", "backup", "fund migrate"] {
            assert!(told.contains(word), "{told}");
        }
        assert!(Migrator::get_applied_migrations(database).await.unwrap().is_empty());
        assert!(
            database.execute_unprepared("SELECT 1 FROM users").await.is_err(),
            "an earlier step is not there either"
        );
        world.sql("DROP TABLE donors").await;
        assert_eq!(migrations::apply(database).await.unwrap(), Migrator::migrations().len());
        assert_eq!(migrations::apply(database).await.unwrap(), 0);
    })
    .await;
}
