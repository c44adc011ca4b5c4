//! Disbursements: list, one disbursement, and each officer's step.

mod act;
mod list;
mod show;

use domain::disbursements::DisbursementState;
use domain::roles::Action;
use leptos::prelude::AnyView;

use crate::ui::status;
use crate::web::Routes;

/// The routes of disbursements. Rejecting has two: one for each of the officers who may do it.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .page("/disbursements", Action::ReadDisbursements, list::page)
        .page("/disbursements/{disbursement}", Action::ReadDisbursements, show::page)
        .action("/disbursements/{disbursement}/certify", Action::CertifyDisbursements, act::certify)
        .action("/disbursements/{disbursement}/certify/reject", Action::CertifyDisbursements, act::reject)
        .action("/disbursements/{disbursement}/approve", Action::ApproveDisbursements, act::approve)
        .action("/disbursements/{disbursement}/approve/reject", Action::ApproveDisbursements, act::reject)
        .action("/disbursements/{disbursement}/void", Action::ApproveDisbursements, act::void)
        .action("/disbursements/{disbursement}/release", Action::ReleaseDisbursements, act::release)
        .action("/disbursements/{disbursement}/confirm", Action::ReleaseDisbursements, act::confirm)
        .action("/disbursements/{disbursement}/fail", Action::ReleaseDisbursements, act::fail)
}

/// The state of a disbursement as a tag.
pub fn state_tag(state: DisbursementState) -> AnyView {
    let tone = match state {
        DisbursementState::Requested | DisbursementState::Certified | DisbursementState::Approved => "warning",
        DisbursementState::Released => "info",
        DisbursementState::Confirmed => "good",
        DisbursementState::Rejected | DisbursementState::Failed => "bad",
        DisbursementState::Voided => "neutral",
    };
    status(&state.label_key(), tone)
}
