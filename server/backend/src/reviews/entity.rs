//! Rows of the tables of reviews. They never leave this crate.

pub mod review {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, DeriveEntityModel)]
    #[sea_orm(table_name = "reviews")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub application_id: i64,
        pub reviewer_id: i64,
        pub state: String,
        pub conflict_reason: String,
        pub typed: String,
        pub total: Option<i64>,
        pub recommendable: Option<bool>,
        pub version: i64,
        pub assigned_by: Option<i64>,
        pub assigned_at: DateTimeUtc,
        pub submitted_at: Option<DateTimeUtc>,
        /// Why its reviewer is asked to look at it again; empty while nobody asked.
        pub reopened_reason: String,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
