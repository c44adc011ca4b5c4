//! Grants: list, one grant, agreement, signature, end, and requesting an instalment.

mod agreement;
mod list;
mod show;

use domain::grants::GrantState;
use domain::roles::Action;
use leptos::prelude::AnyView;

use crate::ui::status;
use crate::web::Routes;

/// The routes of grants.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .page("/grants", Action::ReadGrants, list::page)
        .page("/grants/{grant}", Action::ReadGrants, show::page)
        .page("/grants/{grant}/offer", Action::ManageGrants, agreement::offer_page)
        .action("/grants/{grant}/offer", Action::ManageGrants, agreement::offer)
        .page("/grants/{grant}/countersign", Action::SignAgreements, agreement::countersign_page)
        .action("/grants/{grant}/countersign", Action::SignAgreements, agreement::countersign)
        .action("/grants/{grant}/close", Action::ManageGrants, show::close)
        .action("/grants/{grant}/terminate", Action::ManageGrants, show::terminate)
        .action("/grants/{grant}/instalments/{instalment}/request", Action::RequestDisbursements, show::request)
}

/// The state of a grant as a tag.
fn state_tag(state: GrantState) -> AnyView {
    let tone = match state {
        GrantState::Preparing => "neutral",
        GrantState::ToSign => "warning",
        GrantState::Active => "good",
        GrantState::Closed => "info",
        GrantState::Terminated => "bad",
    };
    status(&state.label_key(), tone)
}
