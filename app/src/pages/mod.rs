//! Pages by noun. Each noun brings its routes; this is the whole table.

mod disbursements;
mod donors;
mod grants;
mod reports;

use crate::web::Routes;

/// Every route of the site.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .and(disbursements::routes())
        .and(donors::routes())
        .and(grants::routes())
        .and(reports::routes())
}
