//! The home page: for visitors what the Fund is, for everybody else what waits for them.

mod person;
mod visitor;

use domain::errors::AppError;
use domain::roles::Action;

use crate::ui::Page;
use crate::web::{Routes, Visit};

/// The routes of the home page.
#[must_use]
pub fn routes() -> Routes {
    Routes::new().page("/", Action::ReadPublic, page)
}

async fn page(visit: Visit) -> Result<Page, AppError> {
    if visit.actor().role.is_some() { person::page(visit).await } else { visitor::page(visit).await }
}
