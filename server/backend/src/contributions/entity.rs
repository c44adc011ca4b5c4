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
        pub bank_reference: String,
        pub rate: String,
        pub usd_minor: i64,
        pub settled_minor: i64,
        pub settled_usd_minor: i64,
        pub psc_usd_minor: i64,
        pub command_id: String,
        pub created_by: Option<i64>,
        pub created_at: DateTimeUtc,
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
