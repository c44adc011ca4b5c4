//! Rows of the table of former versions. They never leave this crate.

pub mod draft_version {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "draft_versions")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub draft: String,
        pub version: i64,
        pub typed: String,
        pub size: i64,
        pub saved_by: Option<i64>,
        pub saved_by_name: String,
        pub saved_at: DateTimeUtc,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
