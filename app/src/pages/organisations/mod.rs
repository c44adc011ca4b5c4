//! Organisations: list, one organisation, profile, members, bank details, vetting.

mod bank;
mod edit;
mod list;
mod members;
mod show;
mod vetting;

use domain::organisations::{Vetting, VettingStatus};
use domain::roles::Action;
use leptos::prelude::*;

use crate::ui::status;
use crate::web::Routes;

/// The routes of organisations.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .page("/organisations", Action::ReadOrganisations, list::page)
        .page("/organisations/{organisation}", Action::ReadOrganisations, show::page)
        .page("/organisations/{organisation}/edit", Action::WriteOrganisations, edit::page)
        .action("/organisations/{organisation}/edit", Action::WriteOrganisations, edit::update)
        .page("/organisations/{organisation}/bank", Action::WriteBankDetails, bank::page)
        .action("/organisations/{organisation}/bank", Action::WriteBankDetails, bank::write)
        .action("/organisations/{organisation}/bank/verify", Action::VerifyBankDetails, bank::verify)
        .action("/organisations/{organisation}/invite", Action::InviteSignatories, members::invite)
        .page("/organisations/{organisation}/vetting", Action::VetOrganisations, vetting::page)
        .action("/organisations/{organisation}/vetting", Action::VetOrganisations, vetting::vet)
}

/// The vetting as a tag: one that has lapsed counts as none.
fn vetting_tag(vetting: &Vetting, today: chrono::NaiveDate) -> AnyView {
    match vetting.status {
        VettingStatus::Vetted if !vetting.holds_on(today) => status("vetting-lapsed", "bad"),
        VettingStatus::Vetted => status("vetting-vetted", "good"),
        VettingStatus::InProgress => status("vetting-in-progress", "info"),
        VettingStatus::Refused => status("vetting-refused", "bad"),
        VettingStatus::NotVetted => status("vetting-not-vetted", "neutral"),
    }
}
