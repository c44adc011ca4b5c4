//! The steps that disbursements wait for, without those on hold. The list filters by them and the home pages count by
//! them, so that the number there is the number of the list.

use domain::disbursements::DisbursementState;
use sea_orm::sea_query::Expr;
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

/// True for a returned disbursement whose instalment has no other by now, and is still of the same amount: otherwise it
/// can only be rejected, or the instalment be requested anew.
fn may_come_again() -> Expr {
    let holding = holding();
    Expr::cust(format!(
        "EXISTS (SELECT 1 FROM instalments WHERE instalments.id = disbursements.instalment_id \
         AND instalments.usd_minor = disbursements.usd_minor) AND NOT EXISTS (SELECT 1 FROM disbursements AS other \
         WHERE other.instalment_id = disbursements.instalment_id AND other.state IN ({holding}))"
    ))
}

/// The states in which a disbursement holds its instalment, as a list in SQL.
pub(crate) fn holding() -> String {
    let holding = DisbursementState::ALL.iter().filter(|state| state.holds_instalment());
    holding.map(|state| format!("'{state}'")).collect::<Vec<_>>().join(", ")
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
        let all = Condition::all().add(disbursement::Column::State.eq(state.code()));
        let all = all.add(disbursement::Column::HeldAt.is_null());
        if self == Self::PutRight { all.add(may_come_again()) } else { all }
    }
}
