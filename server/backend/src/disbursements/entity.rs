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
        pub certified_for: Option<i64>,
        pub certified_at: Option<DateTimeUtc>,
        pub approved_by: Option<i64>,
        pub approved_for: Option<i64>,
        pub approved_at: Option<DateTimeUtc>,
        pub released_by: Option<i64>,
        pub released_at: Option<DateTimeUtc>,
        pub confirmed_by: Option<i64>,
        pub confirmed_at: Option<DateTimeUtc>,
        pub bank_reference: Option<String>,
        pub paid_on: Option<Date>,
        pub bounced_on: Option<Date>,
        pub held_by: Option<i64>,
        pub held_at: Option<DateTimeUtc>,
        pub held_reason: Option<String>,
        // The account as it was approved. The trail leaves it out, sealed as it is.
        #[serde(skip_serializing)]
        pub payee_sealed: Option<String>,
        pub command_id: String,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod disbursement_step {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, DeriveEntityModel)]
    #[sea_orm(table_name = "disbursement_steps")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub disbursement_id: i64,
        pub step: String,
        pub user_id: Option<i64>,
        pub actor: String,
        pub stands_for_id: Option<i64>,
        pub stands_for: String,
        pub reason: String,
        pub at: DateTimeUtc,
        pub command_id: String,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod condition_waiver {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, DeriveEntityModel)]
    #[sea_orm(table_name = "condition_waivers")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub instalment_id: i64,
        pub condition: String,
        pub reason: String,
        pub waived_by: Option<i64>,
        pub waived_by_name: String,
        pub waived_at: DateTimeUtc,
        /// The latest step of a payment of the instalment when it was waived; 0 without one.
        pub after_step: i64,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod officer_limit {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, DeriveEntityModel)]
    #[sea_orm(table_name = "officer_limits")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub user_id: i64,
        pub usd_minor: i64,
        pub set_at: DateTimeUtc,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod delegation {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, DeriveEntityModel)]
    #[sea_orm(table_name = "delegations")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub from_user: i64,
        pub to_user: i64,
        pub starts_on: Date,
        pub ends_on: Date,
        pub reason: String,
        pub created_at: DateTimeUtc,
        pub ended_at: Option<DateTimeUtc>,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod payment_batch {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, DeriveEntityModel)]
    #[sea_orm(table_name = "payment_batches")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub message_id: String,
        pub state: String,
        pub execution_date: Date,
        pub payments: i64,
        pub usd_minor: i64,
        #[serde(skip_serializing)]
        pub file_sealed: String,
        pub created_by: String,
        pub created_at: DateTimeUtc,
        pub cancelled_by: Option<String>,
        pub cancelled_at: Option<DateTimeUtc>,
        pub cancel_reason: String,
        pub command_id: String,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod payment_batch_item {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, DeriveEntityModel)]
    #[sea_orm(table_name = "payment_batch_items")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub batch_id: i64,
        pub disbursement_id: i64,
        pub end_to_end_id: String,
        pub usd_minor: i64,
        pub live: bool,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod bank_file {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, DeriveEntityModel)]
    #[sea_orm(table_name = "bank_files")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub sha256: String,
        pub file_name: String,
        pub kind: String,
        pub imported_by: String,
        pub imported_at: DateTimeUtc,
        pub outcomes: String,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
