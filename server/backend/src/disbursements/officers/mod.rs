//! Officers who sign disbursements: how much each may sign for, and who stands in for whom while absent.

mod delegate;
mod limit;
mod queries;
mod sign;

pub use delegate::{delegate, end_delegation};
pub use limit::set_limit;
pub(crate) use queries::roles_now;
pub use queries::{DelegationRow, OfficerRow, Officers, officers};
pub(super) use sign::{Desk, Signer, check_limit, desk, on_duty, sign, stand_ins};
