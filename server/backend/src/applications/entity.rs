//! Rows of the tables of applications. They never leave this crate.

pub mod application {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, DeriveEntityModel)]
    #[sea_orm(table_name = "applications")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub number: String,
        /// What lists look for, folded.
        #[serde(skip)]
        pub search: String,
        pub call_id: i64,
        pub organisation_id: i64,
        pub state: String,
        pub title: String,
        pub theme: String,
        pub country: String,
        pub duration_months: i64,
        pub requested_usd_minor: i64,
        pub revision: i64,
        pub clarification: String,
        pub clarification_due: Option<DateTimeUtc>,
        pub mean_score_hundredths: Option<i64>,
        pub submitted_at: Option<DateTimeUtc>,
        pub updated_at: DateTimeUtc,
        pub created_by: Option<i64>,
        pub created_at: DateTimeUtc,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    #[async_trait::async_trait]
    impl ActiveModelBehavior for ActiveModel {
        /// Keeps what lists look for with the row, whoever writes it.
        async fn before_save<C: ConnectionTrait>(self, database: &C, _insert: bool) -> Result<Self, DbErr> {
            crate::applications::search::keep(self, database).await
        }
    }
}

pub mod application_section {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, DeriveEntityModel)]
    #[sea_orm(table_name = "application_sections")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub application_id: i64,
        pub section: String,
        pub typed: String,
        pub version: i64,
        pub updated_by: Option<i64>,
        pub updated_by_name: String,
        pub updated_at: DateTimeUtc,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod application_revision {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, DeriveEntityModel)]
    #[sea_orm(table_name = "application_revisions")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub application_id: i64,
        pub number: i64,
        pub content: String,
        pub declaration_version: String,
        pub declared_by: Option<i64>,
        pub declared_name: String,
        pub submitted_at: DateTimeUtc,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// The documents of a revision.
pub mod revision_document {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, DeriveEntityModel)]
    #[sea_orm(table_name = "revision_documents")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub application_id: i64,
        #[sea_orm(primary_key, auto_increment = false)]
        pub number: i64,
        #[sea_orm(primary_key, auto_increment = false)]
        pub document_id: i64,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod document {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, DeriveEntityModel)]
    #[sea_orm(table_name = "documents")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub organisation_id: i64,
        pub application_id: Option<i64>,
        pub kind: String,
        pub file_name: String,
        pub media_type: String,
        pub size: i64,
        pub sha256: String,
        pub uploaded_by: Option<i64>,
        pub uploaded_at: DateTimeUtc,
        pub removed_at: Option<DateTimeUtc>,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod screening {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, DeriveEntityModel)]
    #[sea_orm(table_name = "screenings")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub application_id: i64,
        pub checklist: String,
        pub eligible: bool,
        /// For the Fund alone.
        pub reason: String,
        /// What the organisation reads.
        pub told: String,
        pub screened_by: Option<i64>,
        pub screened_by_name: String,
        pub screened_at: DateTimeUtc,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Counts of applications, written by the database's own triggers.
pub mod application_count {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, DeriveEntityModel)]
    #[sea_orm(table_name = "application_counts")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub call_id: i64,
        #[sea_orm(primary_key, auto_increment = false)]
        pub state: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub submitted: bool,
        pub number: i64,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
