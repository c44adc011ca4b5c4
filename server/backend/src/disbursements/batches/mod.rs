//! Payments on their way to the bank and back: batches as ISO 20022 pain.001 files, the Fund's own account that they
//! leave from, and the bank's camt.053 and camt.054 files that confirm or bounce them.

mod account;
mod camt;
mod cancel;
mod create;
mod import;
mod pain;
mod queries;

pub use account::{
    FundAccountState, FundAccountView, ProposedAccount, confirm_fund_account, fund_account, write_fund_account,
};
pub(crate) use account::{renew_fund_account, waits_for_confirmation};
pub use cancel::cancel_batch;
pub use create::create_batch;
pub use import::{BankFileView, Outcome, bank_file, bank_files, import_bank_file};
pub(super) use queries::batch_of;
pub use queries::{
    BatchRow, BatchView, Candidates, PayeeAccount, PaymentRow, batch, batch_file, batches, candidates, may_pay,
};

/// What begins the identification of every batch, and with it that of each of its payments.
pub(crate) const MESSAGE_PREFIX: &str = "UNVTF-";

/// What the file of a batch is sealed for.
pub(crate) fn batch_about(message_id: &str) -> String {
    format!("payment-batch/{message_id}")
}
