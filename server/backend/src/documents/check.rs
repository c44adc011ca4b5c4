//! Whether the documents on the disk are still what was uploaded; `fund check-documents`.

use domain::errors::AppError;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _};

use super::room::can_be_opened;
use super::store;
use crate::applications::entity::document;
use crate::context::Context;
use crate::error::{Error, Result};

/// Contents asked for at a time.
const BATCH: u64 = 500;

/// What a check found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Checked {
    /// How many different contents were read.
    pub contents: u64,
    /// One line for each that is missing or damaged.
    pub findings: Vec<String>,
}

/// Reads the content of every document that somebody can open, and compares it with its hash.
///
/// # Errors
/// Not the system, or the database's.
pub async fn check(context: &Context) -> Result<Checked> {
    if !context.actor.system {
        return Err(AppError::NotFound.into());
    }
    let (mut checked, mut last) = (Checked::default(), String::new());
    loop {
        // By key, so that the last page costs what the first one does.
        let batch: Vec<(String, i64)> = document::Entity::find()
            .select_only()
            .column(document::Column::Sha256)
            .column_as(document::Column::Id.min(), "id")
            .filter(document::Column::Sha256.gt(&last))
            .filter(can_be_opened())
            .group_by(document::Column::Sha256)
            .order_by_asc(document::Column::Sha256)
            .limit(BATCH)
            .into_tuple()
            .all(context.database())
            .await?;
        let Some((newest, _)) = batch.last() else { return Ok(checked) };
        last.clone_from(newest);
        for (sha256, document) in batch {
            checked.contents += 1;
            match store::open(&context.services.data_dir, &sha256).await {
                Ok(_) => {}
                Err(Error::File(cause)) if cause.kind() == std::io::ErrorKind::NotFound => {
                    checked.findings.push(format!("document {document}: its content {sha256} is missing"));
                }
                Err(Error::App(_)) => {
                    checked.findings.push(format!("document {document}: its content {sha256} is damaged"));
                }
                Err(cause) => {
                    checked.findings.push(format!("document {document}: its content {sha256} cannot be read: {cause}"));
                }
            }
        }
    }
}
