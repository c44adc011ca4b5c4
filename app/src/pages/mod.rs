//! Pages by noun. Each noun brings its routes; this is the whole table.

mod contributions;
mod applications;
mod calls;
mod donors;
mod home;
mod results;
mod ledger;
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
        .and(contributions::routes())
        .and(donors::routes())
        .and(ledger::routes())
    Routes::new().and(applications::routes()).and(calls::routes()).and(donors::routes())
        .and(reviews::routes())
}
