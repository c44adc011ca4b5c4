//! Pages by noun. Each noun brings its routes; this is the whole table.

mod account;
mod donors;
mod mail;
mod organisations;
mod users;

use crate::web::Routes;

/// Every route of the site.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .and(account::routes())
        .and(donors::routes())
        .and(mail::routes())
        .and(organisations::routes())
        .and(users::routes())
}
