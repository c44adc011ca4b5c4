//! Rows of the tables of kept forms. They never leave this crate.

pub mod kept_form {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, DeriveEntityModel)]
    #[sea_orm(table_name = "kept_forms")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub token: String,
        pub user_id: Option<i64>,
        pub browser_hash: Option<String>,
        pub network: Option<String>,
        pub path: String,
        pub typed: String,
        pub error: String,
        pub size: i64,
        pub created_at: DateTimeUtc,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
