//! Rows of the tables of organisations. They never leave this crate.

pub mod organisation {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, DeriveEntityModel)]
    #[sea_orm(table_name = "organisations")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub legal_name: String,
        /// What lists look for, folded.
        #[serde(skip)]
        pub search: String,
        pub country: String,
        pub registration_number: String,
        pub registration_date: Option<Date>,
        pub kind: String,
        pub yearly_income_usd_minor: i64,
        /// As a text, from before addresses were asked for in parts.
        pub address: String,
        pub street: String,
        pub building_number: String,
        pub post_code: String,
        pub town: String,
        pub contact_name: String,
        pub contact_email: String,
        pub contact_phone: String,
        /// Further ones, as JSON.
        pub other_contacts: String,
        pub experience: String,
        pub profile_complete: bool,
        pub vetting_status: String,
        pub vetting_valid_until: Option<Date>,
        pub vetting_reason: String,
        pub vetted_by: Option<i64>,
        /// Who it was when it was vetted, as JSON, if that changed since; the trail says it by the columns themselves.
        #[serde(skip)]
        pub vetted_as: Option<String>,
        pub version: i64,
        pub created_at: DateTimeUtc,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    crate::page::searched!(legal_name, registration_number);
}

pub mod bank_details {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, DeriveEntityModel)]
    #[sea_orm(table_name = "bank_details")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub organisation_id: i64,
        #[serde(skip_serializing)]
        pub sealed: String,
        pub updated_by: Option<i64>,
        pub updated_at: DateTimeUtc,
        pub verified_by: Option<i64>,
        pub verified_at: Option<DateTimeUtc>,
        pub verified_note: String,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
