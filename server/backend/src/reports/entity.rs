//! Rows of the tables of reports. They never leave this crate.

pub mod report {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, DeriveEntityModel)]
    #[sea_orm(table_name = "reports")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub grant_id: i64,
        pub number: i64,
        pub kind: String,
        pub period_start: Date,
        pub period_end: Date,
        pub due: Date,
        pub state: String,
        pub typed: String,
        // What was submitted last, for everybody but the organisation while it changes a returned report. The trail
        // has it in `typed` already.
        #[serde(skip_serializing)]
        pub submitted_typed: Option<String>,
        pub version: i64,
        pub comments: String,
        pub spent_usd_minor: i64,
        pub submitted_by: Option<i64>,
        pub submitted_at: Option<DateTimeUtc>,
        pub assessed_by: Option<i64>,
        pub assessed_at: Option<DateTimeUtc>,
        pub reminded_due_at: Option<DateTimeUtc>,
        pub reminded_late_at: Option<DateTimeUtc>,
        /// The first day of the quarter from which its people are counted, once it is accepted.
        pub people_from: Option<Date>,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod report_expenditure {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, DeriveEntityModel)]
    #[sea_orm(table_name = "report_expenditure")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub report_id: i64,
        pub budget_line_id: i64,
        pub spent_usd_minor: i64,
        pub explanation: String,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod report_result {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, DeriveEntityModel)]
    #[sea_orm(table_name = "report_results")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub report_id: i64,
        pub indicator_id: i64,
        pub achieved: i64,
        pub comment: String,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod report_people {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, DeriveEntityModel)]
    #[sea_orm(table_name = "report_people")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub report_id: i64,
        pub sex: String,
        pub age: String,
        pub movement: String,
        pub returnee: String,
        pub exploitation: String,
        pub help: String,
        pub people: i64,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod people_count {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, DeriveEntityModel)]
    #[sea_orm(table_name = "people_counts")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub grouping: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub code: String,
        /// The first day of the quarter from which they count.
        #[sea_orm(primary_key, auto_increment = false)]
        pub people_from: Date,
        pub people: i64,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
