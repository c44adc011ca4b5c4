//! Disbursements: list, one disbursement and each officer's step, conditions, officers, batches, the bank's files.

mod account;
mod act;
mod bank_files;
mod batches;
mod conditions;
mod forms;
mod list;
mod officers;
mod show;

use domain::disbursements::DisbursementState;
use domain::roles::Action;
use leptos::prelude::AnyView;

use crate::ui::status;
use crate::web::Routes;

/// The routes of disbursements. Rejecting and returning have two: one for each of the officers who may do it.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .page("/disbursements", Action::ReadDisbursements, list::page)
        .page("/disbursements/{disbursement}", Action::ReadDisbursements, show::page)
        .action("/disbursements/{disbursement}/certify", Action::CertifyDisbursements, act::certify)
        .action("/disbursements/{disbursement}/certify/return", Action::CertifyDisbursements, act::give_back)
        .action("/disbursements/{disbursement}/certify/reject", Action::CertifyDisbursements, act::reject)
        .action("/disbursements/{disbursement}/approve", Action::ApproveDisbursements, act::approve)
        .action("/disbursements/{disbursement}/approve/return", Action::ApproveDisbursements, act::give_back)
        .action("/disbursements/{disbursement}/approve/reject", Action::ApproveDisbursements, act::reject)
        .action("/disbursements/{disbursement}/void", Action::ApproveDisbursements, act::void)
        .action("/disbursements/{disbursement}/release", Action::ReleaseDisbursements, act::release)
        .action("/disbursements/{disbursement}/confirm", Action::ReleaseDisbursements, act::confirm)
        .action("/disbursements/{disbursement}/fail", Action::ReleaseDisbursements, act::fail)
        .action("/disbursements/{disbursement}/bounce", Action::ReleaseDisbursements, act::bounce)
        .action("/disbursements/{disbursement}/resubmit", Action::RequestDisbursements, act::resubmit)
        .action("/disbursements/{disbursement}/hold", Action::HoldDisbursements, act::hold)
        .action("/disbursements/{disbursement}/resume", Action::HoldDisbursements, act::resume)
        .action("/disbursements/{disbursement}/stand-in/{step}", Action::StandInDisbursements, act::stand_in)
        .and(conditions::routes())
        .and(officers::routes())
        .and(batches::routes())
        .and(bank_files::routes())
        .and(account::routes())
}

/// The state of a disbursement as a tag.
pub fn state_tag(state: DisbursementState) -> AnyView {
    let tone = match state {
        DisbursementState::Requested
        | DisbursementState::Certified
        | DisbursementState::Approved
        | DisbursementState::Returned => "warning",
        DisbursementState::Released => "info",
        DisbursementState::Confirmed => "good",
        DisbursementState::Rejected | DisbursementState::Failed | DisbursementState::Bounced => "bad",
        DisbursementState::Voided => "neutral",
    };
    status(&state.label_key(), tone)
}
