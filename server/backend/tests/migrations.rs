//! The schema goes up, down and up again on both databases.
#![allow(clippy::unwrap_used)]

mod support;

use migrations::Migrator;
use sea_orm_migration::MigratorTrait as _;
use support::on_both;

#[tokio::test]
async fn the_schema_goes_up_down_and_up_again() {
    on_both(|world| async move {
        let database = &world.services.database;
        let steps = Migrator::migrations().len();
        assert_eq!(Migrator::get_applied_migrations(database).await.unwrap().len(), steps);
        Migrator::down(database, None).await.unwrap();
        assert!(Migrator::get_applied_migrations(database).await.unwrap().is_empty());
        Migrator::up(database, None).await.unwrap();
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
        use sea_orm::ConnectionTrait as _;
        assert!(database.execute_unprepared("UPDATE audit SET actor = 'nobody'").await.is_err());
        assert!(database.execute_unprepared("DELETE FROM audit").await.is_err());
    })
    .await;
}
