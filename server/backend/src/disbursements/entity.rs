//! Rows of the tables of disbursements. They never leave this crate.

pub mod disbursement {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, DeriveEntityModel)]
    #[sea_orm(table_name = "disbursements")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub grant_id: i64,
        pub instalment_id: i64,
        pub usd_minor: i64,
        pub state: String,
        pub note: String,
        pub reason: String,
        pub requested_by: Option<i64>,
        pub requested_at: DateTimeUtc,
        pub certified_by: Option<i64>,
        pub certified_at: Option<DateTimeUtc>,
        pub approved_by: Option<i64>,
        pub approved_at: Option<DateTimeUtc>,
        pub released_by: Option<i64>,
        pub released_at: Option<DateTimeUtc>,
        pub confirmed_by: Option<i64>,
        pub confirmed_at: Option<DateTimeUtc>,
        pub bank_reference: Option<String>,
        pub paid_on: Option<Date>,
        // The account as it was approved. The trail, which people read who may not read accounts, leaves it out.
        #[serde(skip_serializing)]
        pub payee_holder: Option<String>,
        #[serde(skip_serializing)]
        pub payee_bank: Option<String>,
        #[serde(skip_serializing)]
        pub payee_country: Option<String>,
        #[serde(skip_serializing)]
        pub payee_number: Option<String>,
        #[serde(skip_serializing)]
        pub payee_bic: Option<String>,
        pub command_id: String,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
