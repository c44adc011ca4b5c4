//! Rows of the tables of ledger. They never leave this crate.

pub mod journal_entry {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, DeriveEntityModel)]
    #[sea_orm(table_name = "journal_entries")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub fiscal_year: i64,
        pub number: i64,
        pub posting_date: Date,
        pub event: String,
        pub source_kind: String,
        pub source_id: i64,
        pub donor_id: Option<i64>,
        pub grant_id: Option<i64>,
        pub actor_id: Option<i64>,
        pub actor: String,
        pub command_id: String,
        pub reverses: Option<i64>,
        pub created_at: DateTimeUtc,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod posting {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, DeriveEntityModel)]
    #[sea_orm(table_name = "postings")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub entry_id: i64,
        pub account: String,
        pub earmark: String,
        pub currency: String,
        pub amount_minor: i64,
        pub usd_minor: i64,
        /// Units of the currency for one USD; none where no rate made the US cents.
        pub rate: Option<String>,
        /// First day of the month for which that rate holds.
        pub rate_month: Option<Date>,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod account_balance {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, DeriveEntityModel)]
    #[sea_orm(table_name = "account_balances")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub fiscal_year: i64,
        #[sea_orm(primary_key, auto_increment = false)]
        pub month: i64,
        #[sea_orm(primary_key, auto_increment = false)]
        pub account: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub event: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub earmark: String,
        pub usd_minor: i64,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod closed_period {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, DeriveEntityModel)]
    #[sea_orm(table_name = "closed_periods")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub fiscal_year: i64,
        #[sea_orm(primary_key, auto_increment = false)]
        pub month: i64,
        pub closed_by: Option<i64>,
        pub closed_by_name: String,
        pub closed_at: DateTimeUtc,
        pub reason: String,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// A closing that somebody asked for: under way until it has an outcome. One that succeeded has no row any more.
pub mod period_closing {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "period_closings")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub fiscal_year: i64,
        pub month: i64,
        pub asked_by: i64,
        pub asked_by_name: String,
        pub asked_at: DateTimeUtc,
        pub reason: String,
        /// Of so many parts the proof of the books consists, and so many of them are done.
        pub parts: i64,
        pub checked: i64,
        /// How often a server began with it; also says whose it is.
        pub tries: i64,
        pub claimed_until: Option<DateTimeUtc>,
        /// Why the period stays open, as a message in JSON.
        pub outcome: Option<String>,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod psc_transfer {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, DeriveEntityModel)]
    #[sea_orm(table_name = "psc_transfers")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub usd_minor: i64,
        pub date: Date,
        pub bank_reference: String,
        pub note: String,
        pub created_by: Option<i64>,
        pub created_at: DateTimeUtc,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
