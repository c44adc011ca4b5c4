//! The steps that disbursements wait for, without those on hold. The list filters by them and the home pages count by
//! them, so that the number there is the number of the list.

use domain::disbursements::DisbursementState;
use sea_orm::{ColumnTrait as _, Condition};

use super::entity::disbursement;

domain::code_list! {
    /// What somebody does next with a disbursement; filters of the list beside the states.
    DisbursementTask, "disbursement-task", {
        Certify = "to-certify",
        Approve = "to-approve",
        Release = "to-release",
        Confirm = "to-confirm",
        PutRight = "to-put-right",
    }
}

impl DisbursementTask {
    /// The disbursements that wait for it. What is on hold waits for whoever holds it.
    pub(crate) fn condition(self) -> Condition {
        let state = match self {
            Self::Certify => DisbursementState::Requested,
            Self::Approve => DisbursementState::Certified,
            Self::Release => DisbursementState::Approved,
            Self::Confirm => DisbursementState::Released,
            Self::PutRight => DisbursementState::Returned,
        };
        Condition::all().add(disbursement::Column::State.eq(state.code())).add(disbursement::Column::HeldAt.is_null())
    }
}
