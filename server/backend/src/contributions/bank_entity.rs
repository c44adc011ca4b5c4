//! Rows of the tables of bank statements, of money that nobody has identified yet, and of what was imported of the past. They never leave this crate.

pub mod statement {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, DeriveEntityModel)]
    #[sea_orm(table_name = "bank_statements")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub account: String,
        pub format: String,
        pub file_name: String,
        pub sha256: String,
        pub lines: i64,
        pub known_lines: i64,
        pub pending_lines: i64,
        /// The numbers of the rows of a table, or of the entries of a camt file, that have no amount.
        pub left_out: String,
        pub state: String,
        pub created_by: Option<i64>,
        pub created_at: DateTimeUtc,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod bank_line {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, DeriveEntityModel)]
    #[sea_orm(table_name = "bank_lines")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub statement_id: i64,
        pub account: String,
        pub reference: String,
        pub bank_reference: String,
        pub number: i64,
        pub credit: bool,
        pub currency: String,
        pub amount_minor: i64,
        pub charge_minor: i64,
        pub date: Date,
        pub payer: String,
        pub remittance: String,
        pub state: String,
        pub receipt_id: Option<i64>,
        pub unidentified_id: Option<i64>,
        /// The bank's reference as the file has it; empty where it has none.
        pub own_reference: String,
        /// The others that came with the payment, one a line.
        pub payment_references: String,
        /// The payment of ours that came back with this line.
        pub disbursement_id: Option<i64>,
        /// The recovery that was entered with this money.
        pub recovery_id: Option<i64>,
        /// The line that takes this one back, or that this one takes back.
        pub counterpart_id: Option<i64>,
        /// The state in which it waited before somebody set it aside.
        pub set_aside_from: Option<String>,
        pub set_aside_reason: Option<String>,
        /// True where the bank takes back an earlier line.
        pub reversal: bool,
        /// The number of the entry in its file; empty of lines that were imported before it was kept.
        pub entry: String,
        /// The line that may be the same money, or that somebody said is.
        pub alike_id: Option<i64>,
        /// The money that somebody said this line is not, by its keys.
        pub other_than: String,
        /// From which day the bank counts it, where it says so; `date` is the day of booking.
        pub valued_on: Option<Date>,
        /// What the payer ordered, where the bank credited another currency.
        pub ordered_currency: Option<String>,
        pub ordered_minor: Option<i64>,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Which statements told of a line, and at which place.
pub mod statement_line {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "bank_statement_lines")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub statement_id: i64,
        pub number: i64,
        pub line_id: i64,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod bank_account {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "bank_accounts")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        /// By which statements and lines name it.
        pub code: String,
        /// None of an account that was known before numbers were sealed, until somebody enters it.
        pub number_sealed: Option<String>,
        /// None of an account that was read before there was a list, where its lines have several.
        pub currency: Option<String>,
        pub bank_name: String,
        /// None, with `entered_at`, of an account that was read before there was a list.
        pub entered_by: Option<i64>,
        pub entered_name: String,
        pub entered_at: Option<DateTimeUtc>,
        pub confirmed_by: Option<i64>,
        pub confirmed_name: String,
        pub confirmed_at: Option<DateTimeUtc>,
        /// Stays while an account that is entered anew waits.
        pub closed_at: Option<DateTimeUtc>,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod bank_columns {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, DeriveEntityModel)]
    #[sea_orm(table_name = "bank_columns")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub account: String,
        pub columns: String,
        pub changed_at: DateTimeUtc,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod unidentified {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, DeriveEntityModel)]
    #[sea_orm(table_name = "unidentified_receipts")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub currency: String,
        pub amount_minor: i64,
        pub charge_minor: i64,
        pub date: Date,
        pub bank_reference: String,
        pub payer: String,
        pub remittance: String,
        pub rate: String,
        pub usd_minor: i64,
        pub state: String,
        pub reason: String,
        pub receipt_id: Option<i64>,
        /// The day from which the books hold it again, after its receipt was taken back.
        pub held_on: Option<Date>,
        pub decided_on: Option<Date>,
        pub decided_by: Option<i64>,
        pub decided_at: Option<DateTimeUtc>,
        pub command_id: String,
        pub created_by: Option<i64>,
        pub created_at: DateTimeUtc,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod past_import {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, DeriveEntityModel)]
    #[sea_orm(table_name = "past_imports")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub file_name: String,
        pub sha256: String,
        #[serde(skip)]
        pub lines: String,
        pub state: String,
        pub created_by: Option<i64>,
        pub created_at: DateTimeUtc,
        pub imported_at: Option<DateTimeUtc>,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
