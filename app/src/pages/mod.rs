//! Pages by noun. Each noun brings its routes; this is the whole table.

mod account;
mod applications;
mod audit;
mod board;
mod calls;
mod contributions;
mod disbursements;
mod donors;
mod grants;
mod home;
mod ledger;
mod mail;
mod organisations;
mod reports;
mod results;
mod reviews;
mod users;

use crate::web::Routes;

/// Every route of the site.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .and(account::routes())
        .and(applications::routes())
        .and(audit::routes())
        .and(board::routes())
        .and(calls::routes())
        .and(contributions::routes())
        .and(disbursements::routes())
        .and(donors::routes())
        .and(grants::routes())
        .and(home::routes())
        .and(ledger::routes())
        .and(mail::routes())
        .and(organisations::routes())
        .and(reports::routes())
        .and(results::routes())
        .and(reviews::routes())
        .and(users::routes())
}
