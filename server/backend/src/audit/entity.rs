//! Rows of the tables of audit. They never leave this crate.

pub mod audit {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, DeriveEntityModel)]
    #[sea_orm(table_name = "audit")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub at: DateTimeUtc,
        pub user_id: Option<i64>,
        pub actor: String,
        pub role: Option<String>,
        pub action: String,
        pub subject_kind: String,
        pub subject_id: i64,
        pub before: Option<String>,
        pub after: Option<String>,
        pub request_id: String,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
