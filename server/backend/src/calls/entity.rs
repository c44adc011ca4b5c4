//! Rows of the tables of calls. They never leave this crate.

pub mod call {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, DeriveEntityModel)]
    #[sea_orm(table_name = "calls")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub title: String,
        /// What lists look for, folded.
        #[serde(skip)]
        pub search: String,
        pub objectives: String,
        pub themes: String,
        pub priority_groups: String,
        pub regions: String,
        pub smallest_usd_minor: i64,
        pub largest_usd_minor: i64,
        pub shortest_months: i64,
        pub longest_months: i64,
        pub opens_at: DateTimeUtc,
        pub closes_at: DateTimeUtc,
        pub state: String,
        pub version: i64,
        pub created_by: Option<i64>,
        pub created_at: DateTimeUtc,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    crate::page::searched!(title);
}

pub mod call_criterion {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, DeriveEntityModel)]
    #[sea_orm(table_name = "call_criteria")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub call_id: i64,
        pub position: i64,
        pub criterion: String,
        pub weight: i64,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod call_extension {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, DeriveEntityModel)]
    #[sea_orm(table_name = "call_extensions")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub call_id: i64,
        /// The deadline until then.
        pub closed_at: DateTimeUtc,
        pub closes_at: DateTimeUtc,
        pub reason: String,
        pub extended_by: Option<i64>,
        pub extended_at: DateTimeUtc,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
