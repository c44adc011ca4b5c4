//! Rows of the tables of donors. They never leave this crate.

pub mod donor {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, DeriveEntityModel)]
    #[sea_orm(table_name = "donors")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub name: String,
        /// What lists look for, folded.
        #[serde(skip)]
        pub search: String,
        pub kind: String,
        pub country: Option<String>,
        pub contact_name: String,
        pub contact_email: String,
        pub contact_phone: String,
        /// Further ones, as JSON.
        pub other_contacts: String,
        pub language: String,
        pub confirmed_by: Option<i64>,
        pub confirmed_at: Option<DateTimeUtc>,
        pub created_at: DateTimeUtc,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    crate::page::searched!(name);
}
