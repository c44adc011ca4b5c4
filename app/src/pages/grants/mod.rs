//! Grants: list, one grant, agreement, signature, instalments, amendments, end, and what is paid back.

mod agreement;
mod amendment;
mod amendments;
mod available;
mod conditions;
mod end;
mod funding;
mod indicators;
mod list;
mod recoveries;
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
        .action("/grants/{grant}/take-back", Action::ManageGrants, agreement::take_back)
        .page("/grants/{grant}/countersign", Action::SignAgreements, agreement::countersign_page)
        .action("/grants/{grant}/countersign", Action::SignAgreements, agreement::countersign)
        .action("/grants/{grant}/indicators/{indicator}/confirm", Action::ConfirmIndicators, indicators::confirm)
        .action("/grants/{grant}/conditions/reopen", Action::ManageGrants, conditions::reopen)
        .action("/grants/{grant}/conditions/{condition}/meet", Action::ManageGrants, conditions::meet)
        .action("/grants/{grant}/close", Action::ManageGrants, end::close)
        .action("/grants/{grant}/terminate", Action::ManageGrants, end::terminate)
        .page("/grants/{grant}/end", Action::TerminateGrants, end::page)
        .action("/grants/{grant}/end", Action::TerminateGrants, end::terminate)
        .page("/grants/available", Action::ReadLedger, available::page)
        .page("/grants/available/{earmark}/{day}", Action::ReadLedger, available::receipts)
        .page("/grants/available/{earmark}/{day}/entries", Action::ReadLedger, available::entries)
        .and(amendment_routes())
        .and(recovery_routes())
        .action("/grants/{grant}/instalments/{instalment}/request", Action::RequestDisbursements, show::request)
}

fn amendment_routes() -> Routes {
    use amendments as pages;
    Routes::new()
        .page("/grants/amendments", Action::ReadGrants, pages::list)
        .page("/grants/{grant}/amendments/propose/{kind}", Action::ManageGrants, pages::propose_page)
        .action("/grants/{grant}/amendments/propose/{kind}", Action::ManageGrants, pages::propose)
        .page("/grants/{grant}/amendments/{amendment}", Action::ReadGrants, amendment::show)
        .action("/grants/{grant}/amendments/{amendment}/countersign", Action::SignAgreements, amendment::countersign)
        .action("/grants/{grant}/amendments/{amendment}/approve", Action::ApproveAmendments, amendment::approve)
        .action("/grants/{grant}/amendments/{amendment}/refuse", Action::ApproveAmendments, amendment::refuse)
        .action("/grants/{grant}/amendments/{amendment}/withdraw", Action::ManageGrants, amendment::withdraw)
}

fn recovery_routes() -> Routes {
    Routes::new()
        .page("/grants/recoveries", Action::ReadRecoveries, recoveries::list)
        .page("/grants/recoveries/{recovery}", Action::ReadRecoveries, recoveries::show)
        .action("/grants/recoveries/{recovery}/receive", Action::ReceiveRecoveries, recoveries::receive)
        .action("/grants/recoveries/{recovery}/write-off", Action::WriteOffRecoveries, recoveries::write_off)
}

/// The state of a grant as a tag.
fn state_tag(state: GrantState) -> AnyView {
    let tone = match state {
        GrantState::Preparing => "neutral",
        GrantState::ToSign => "warning",
        GrantState::Active => "good",
        GrantState::Suspended => "warning",
        GrantState::Closed => "info",
        GrantState::Terminated => "bad",
    };
    status(&state.label_key(), tone)
}
