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
        .page("/disbursements/instalments/{instalment}", Action::ReadDisbursements, conditions::page)
        .action("/disbursements/instalments/{instalment}/waive", Action::WaiveConditions, conditions::waive_one)
        .and(officer_routes())
        .and(bank_routes())
}

fn officer_routes() -> Routes {
    Routes::new()
        .page("/disbursements/officers", Action::ReadOfficers, officers::page)
        .action("/disbursements/officers/limit", Action::LimitOfficers, officers::limit)
        .action("/disbursements/officers/delegate", Action::DelegateOfficers, officers::delegate)
        .action("/disbursements/officers/delegations/{delegation}/end", Action::DelegateOfficers, officers::end)
}

/// Paying is the finance officer's, or that of whoever stands in for one today: the use cases look at who that is.
fn bank_routes() -> Routes {
    Routes::new()
        .page("/disbursements/batches", Action::ReadPayments, batches::list)
        .action("/disbursements/batches/create", Action::StandInDisbursements, batches::create)
        .page("/disbursements/batches/{batch}", Action::ReadPayments, batches::show)
        .download("/disbursements/batches/{batch}/file", Action::StandInDisbursements, batches::file)
        .action("/disbursements/batches/{batch}/cancel", Action::StandInDisbursements, batches::cancel)
        .page("/disbursements/bank-files", Action::ReadPayments, bank_files::list)
        .action("/disbursements/bank-files/import", Action::StandInDisbursements, bank_files::import)
        .page("/disbursements/bank-files/{file}", Action::ReadPayments, bank_files::show)
        .page("/disbursements/account/edit", Action::WriteFundAccount, account::page)
        .action("/disbursements/account/edit", Action::WriteFundAccount, account::write)
        .action("/disbursements/account/confirm", Action::ConfirmFundAccount, account::confirm)
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
