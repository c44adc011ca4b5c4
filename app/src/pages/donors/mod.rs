//! Donors: list, one donor, entering and changing.

mod edit;
mod list;
mod representatives;
mod show;

use domain::roles::Action;

use crate::web::Routes;

/// The routes of donors.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .page("/donors", Action::ReadDonors, list::page)
        .page("/donors/new", Action::WriteDonors, edit::new_page)
        .action("/donors/create", Action::WriteDonors, edit::create)
        .page("/donors/{donor}", Action::ReadDonors, show::page)
        .page("/donors/{donor}/edit", Action::WriteDonors, edit::edit_page)
        .action("/donors/{donor}/invite", Action::WriteDonors, representatives::invite)
        .action("/donors/{donor}/confirm", Action::WriteDonors, show::confirm)
        .action("/donors/{donor}/update", Action::WriteDonors, edit::update)
}
