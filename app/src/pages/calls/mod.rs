//! Calls for proposals: for everybody what can be applied for, for programme officers entering and publishing.

mod edit;
mod list;
mod show;
mod words;

use domain::roles::Action;

use crate::web::Routes;

/// The routes of calls.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .page("/calls", Action::ReadPublic, list::page)
        .page("/calls/new", Action::WriteCalls, edit::new_page)
        .action("/calls/create", Action::WriteCalls, edit::create)
        .page("/calls/{call}", Action::ReadPublic, show::page)
        .page("/calls/{call}/edit", Action::WriteCalls, edit::edit_page)
        .action("/calls/{call}/update", Action::WriteCalls, edit::update)
        .page("/calls/{call}/extend", Action::WriteCalls, edit::extend_page)
        .action("/calls/{call}/extend", Action::WriteCalls, edit::extend)
        .action("/calls/{call}/publish", Action::WriteCalls, edit::publish)
        .action("/calls/{call}/withdraw", Action::WriteCalls, edit::withdraw)
        .action("/calls/{call}/decide", Action::WriteCalls, edit::decide)
        .action("/calls/{call}/apply", Action::WriteApplications, show::apply)
}
