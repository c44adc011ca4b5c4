//! Rows of the tables of contributions. They never leave this crate.

pub mod rate {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, DeriveEntityModel)]
    #[sea_orm(table_name = "rates")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub currency: String,
        pub valid_from: Date,
        pub units_per_usd: String,
        pub created_by: Option<i64>,
        pub created_at: DateTimeUtc,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod pledge {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, DeriveEntityModel)]
    #[sea_orm(table_name = "pledges")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub donor_id: i64,
        pub currency: String,
        pub amount_minor: i64,
        pub usd_minor: i64,
        pub rate: String,
        pub instrument: String,
        pub date: Date,
        pub earmark: String,
        pub psc_basis_points: i64,
        pub note: String,
        pub written_down_minor: i64,
        pub written_down_usd_minor: i64,
        pub command_id: String,
        pub created_by: Option<i64>,
        pub created_at: DateTimeUtc,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod pledge_instalment {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, DeriveEntityModel)]
    #[sea_orm(table_name = "pledge_instalments")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub pledge_id: i64,
        pub due: Date,
        pub amount_minor: i64,
        /// When an amendment of the pledge took its place.
        pub withdrawn_at: Option<DateTimeUtc>,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod receipt {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, DeriveEntityModel)]
    #[sea_orm(table_name = "receipts")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub pledge_id: i64,
        pub currency: String,
        pub amount_minor: i64,
        pub date: Date,
        /// The day of its entry in the books: later than `date` for money that was held first.
        pub booked_on: Date,
        pub bank_reference: String,
        pub rate: String,
        /// Of money in another currency than its pledge: units of the pledge's currency for one USD on its day.
        pub pledge_rate: Option<String>,
        /// Of money in another currency than its pledge: whether finance said what it settles, and no rate did.
        pub stated: bool,
        pub usd_minor: i64,
        /// What the banks kept, beside `amount_minor`.
        pub charge_minor: i64,
        /// What it counts for the pledge, in the pledge's currency.
        pub credited_minor: i64,
        pub settled_minor: i64,
        pub settled_usd_minor: i64,
        pub psc_usd_minor: i64,
        /// Of a receipt of the past: what was spent before it was entered here.
        pub spent_before_usd_minor: i64,
        pub command_id: String,
        /// Whether it was taken back, or takes another one back: nothing of the two is left.
        pub undone: bool,
        /// The receipt that this one takes back, with every amount the other way round.
        pub undoes: Option<i64>,
        pub created_by: Option<i64>,
        pub created_at: DateTimeUtc,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod pledge_change {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, DeriveEntityModel)]
    #[sea_orm(table_name = "pledge_changes")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub pledge_id: i64,
        pub kind: String,
        pub date: Date,
        pub amount_minor: i64,
        pub usd_minor: i64,
        pub reason: String,
        pub instalments: String,
        pub command_id: String,
        pub actor: String,
        pub created_by: Option<i64>,
        pub created_at: DateTimeUtc,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod pledge_reminder {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, DeriveEntityModel)]
    #[sea_orm(table_name = "pledge_reminders")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub instalment_id: i64,
        pub pledge_id: i64,
        pub level: i64,
        pub state: String,
        pub drafted_at: DateTimeUtc,
        pub decided_by: Option<i64>,
        pub decided_at: Option<DateTimeUtc>,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod receipt_letter {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, DeriveEntityModel)]
    #[sea_orm(table_name = "receipt_letters")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub year: i64,
        pub number: i64,
        pub receipt_id: i64,
        pub content: String,
        pub issued_by: Option<i64>,
        pub issued_at: DateTimeUtc,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod receipt_letter_file {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, DeriveEntityModel)]
    #[sea_orm(table_name = "receipt_letter_files")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub letter_id: i64,
        pub pdf: Vec<u8>,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod donor_grant_figure {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, DeriveEntityModel)]
    #[sea_orm(table_name = "donor_grant_figures")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub donor_id: i64,
        #[sea_orm(primary_key, auto_increment = false)]
        pub figure: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub grant_id: i64,
        pub amount: i64,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod donor_figure {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, DeriveEntityModel)]
    #[sea_orm(table_name = "donor_figures")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub donor_id: i64,
        #[sea_orm(primary_key, auto_increment = false)]
        pub figure: String,
        pub amount: i64,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
