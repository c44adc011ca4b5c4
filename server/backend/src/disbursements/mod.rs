//! Disbursements: requested, certified, approved, released, confirmed; or held, returned, rejected, failed, voided,
//! bounced. Their conditions, the officers who sign, batches for the bank and the bank's answers.

mod batches;
mod conditions;
pub(crate) mod entity;
mod entries;
mod hold;
mod offers;
mod officers;
mod proof;
pub mod queries;
mod request;
mod steps;
mod take;
mod tasks;
mod tell;
mod waive;

pub use batches::{
    BankFileView, BatchRow, BatchView, Candidates, FundAccountState, FundAccountView, Outcome, PayeeAccount,
    PaymentRow, ProposedAccount, bank_file, bank_files, batch, batch_file, batches, cancel_batch, candidates,
    confirm_fund_account, create_batch, fund_account, import_bank_file, may_pay, write_fund_account,
};
pub(crate) use batches::{MESSAGE_PREFIX, batch_about, renew_fund_account, waits_for_confirmation};
pub use conditions::ConditionView;
pub(crate) use conditions::Conditions;
pub use hold::{hold, resume};
pub(crate) use officers::roles_now;
pub use officers::{DelegationRow, OfficerRow, Officers, delegate, end_delegation, officers, set_limit};
pub(crate) use proof::compare as proofs;
pub use request::request;
pub use steps::{approve, bounce, certify, confirm, fail, give_back, reject, release, resubmit, stand_in, void};
pub use tasks::DisbursementTask;
pub(crate) use tasks::holding;
pub use waive::{InstalmentConditions, conditions_of, waive};
