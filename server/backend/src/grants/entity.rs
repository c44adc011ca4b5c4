//! Rows of the tables of grants. They never leave this crate.

pub mod grant {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, DeriveEntityModel)]
    #[sea_orm(table_name = "grants")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub number: String,
        /// What lists look for, folded.
        #[serde(skip)]
        pub search: String,
        pub application_id: i64,
        pub call_id: i64,
        pub organisation_id: i64,
        pub title: String,
        pub theme: String,
        pub country: String,
        pub award_usd_minor: i64,
        pub state: String,
        pub conditions: String,
        pub months: i64,
        pub start_date: Option<Date>,
        pub end_date: Option<Date>,
        pub offered_by: Option<i64>,
        pub offered_at: Option<DateTimeUtc>,
        /// Why what was offered before is not what will be; empty once it is offered again.
        pub taken_back_reason: String,
        pub countersigned_by: Option<i64>,
        pub countersigned_name: Option<String>,
        pub countersigned_at: Option<DateTimeUtc>,
        pub closed_at: Option<DateTimeUtc>,
        pub ended_reason: String,
        pub end_command_id: Option<String>,
        pub created_at: DateTimeUtc,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    crate::page::searched!(number, title);
}

pub mod award_condition {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, DeriveEntityModel)]
    #[sea_orm(table_name = "award_conditions")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub grant_id: i64,
        pub position: i64,
        pub wording: String,
        pub met_by: Option<i64>,
        pub met_by_name: String,
        pub met_at: Option<DateTimeUtc>,
        /// Why a tick was taken away; empty once it is there again.
        pub reopened_reason: String,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod grant_funding {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, DeriveEntityModel)]
    #[sea_orm(table_name = "grant_funding")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub grant_id: i64,
        pub receipt_id: i64,
        pub entry_id: i64,
        pub usd_minor: i64,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod money_use {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, DeriveEntityModel)]
    #[sea_orm(table_name = "money_uses")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub grant_id: i64,
        pub receipt_id: i64,
        pub entry_id: i64,
        pub stage: String,
        pub usd_minor: i64,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod instalment {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, DeriveEntityModel)]
    #[sea_orm(table_name = "instalments")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub grant_id: i64,
        pub number: i64,
        pub usd_minor: i64,
        pub condition: String,
        pub after_report: Option<i64>,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod grant_budget_line {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, DeriveEntityModel)]
    #[sea_orm(table_name = "grant_budget_lines")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub grant_id: i64,
        pub position: i64,
        pub category: String,
        pub description: String,
        pub requested_usd_minor: i64,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod grant_indicator {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, DeriveEntityModel)]
    #[sea_orm(table_name = "grant_indicators")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub grant_id: i64,
        pub position: i64,
        pub indicator: String,
        pub unit: String,
        /// What the organisation said that it counts.
        pub counted: String,
        pub baseline: i64,
        pub target: i64,
        /// What the secretariat has confirmed that it counts; none until then.
        pub confirmed_counted: Option<String>,
        pub confirmed_by: Option<i64>,
        pub confirmed_at: Option<DateTimeUtc>,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod grant_amendment {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, DeriveEntityModel)]
    #[sea_orm(table_name = "grant_amendments")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub grant_id: i64,
        pub number: i64,
        pub kind: String,
        pub state: String,
        pub usd_minor: i64,
        pub months: i64,
        pub lines: String,
        pub reason: String,
        pub note: String,
        pub needs_approval: bool,
        pub before_terms: Option<String>,
        pub after_terms: Option<String>,
        pub proposed_by: Option<i64>,
        pub proposed_name: String,
        pub proposed_at: DateTimeUtc,
        pub countersigned_by: Option<i64>,
        pub countersigned_name: Option<String>,
        pub countersigned_at: Option<DateTimeUtc>,
        pub decided_by: Option<i64>,
        pub decided_name: Option<String>,
        pub decided_at: Option<DateTimeUtc>,
        pub command_id: String,
        pub decision_command_id: Option<String>,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod recovery {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, DeriveEntityModel)]
    #[sea_orm(table_name = "recoveries")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub number: String,
        pub grant_id: i64,
        pub organisation_id: i64,
        pub usd_minor: i64,
        pub received_usd_minor: i64,
        pub written_off_usd_minor: i64,
        pub state: String,
        pub due: Date,
        pub created_by: Option<i64>,
        pub created_at: DateTimeUtc,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod recovery_share {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, DeriveEntityModel)]
    #[sea_orm(table_name = "recovery_shares")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub recovery_id: i64,
        pub receipt_id: i64,
        pub usd_minor: i64,
        pub received_usd_minor: i64,
        pub written_off_usd_minor: i64,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod recovery_step {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, DeriveEntityModel)]
    #[sea_orm(table_name = "recovery_steps")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub recovery_id: i64,
        pub kind: String,
        pub usd_minor: i64,
        pub date: Date,
        pub bank_reference: Option<String>,
        pub reason: String,
        pub created_by: Option<i64>,
        pub created_name: String,
        pub created_at: DateTimeUtc,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod grant_total {
    use sea_orm::entity::prelude::*;

    /// Grants that are not terminated; kept by triggers.
    #[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, DeriveEntityModel)]
    #[sea_orm(table_name = "grant_totals")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub country: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub theme: String,
        pub number: i64,
        pub awarded_usd_minor: i64,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
