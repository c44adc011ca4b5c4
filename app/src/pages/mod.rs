//! Pages by noun. Each noun brings its routes; this is the whole table.

mod applications;
mod calls;
mod donors;
mod home;
mod results;

use crate::web::Routes;

/// Every route of the site.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .and(applications::routes())
        .and(calls::routes())
        .and(donors::routes())
        .and(home::routes())
        .and(results::routes())
}
