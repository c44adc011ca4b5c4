//! Pages by noun. Each noun brings its routes; this is the whole table.

mod board;
mod donors;
mod home;
mod results;
mod reviews;

use crate::web::Routes;

/// Every route of the site.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .and(board::routes())
        .and(donors::routes())
        .and(home::routes())
        .and(results::routes())
        .and(reviews::routes())
}
