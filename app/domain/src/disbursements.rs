//! Disbursements: an instalment on its way to the partner, through three different people.

use crate::errors::AppError;
use crate::forms::{Form, Kind, optional, required};
use crate::ids::UserId;
use crate::ledger::Event;

code_list! {
    /// How far a disbursement is.
    DisbursementState, "disbursement-state", {
        Requested = "requested",
        Certified = "certified",
        Approved = "approved",
        Released = "released",
        Confirmed = "confirmed",
        Rejected = "rejected",
        Failed = "failed",
        Voided = "voided",
    }
}

code_list! {
    /// What is done with a disbursement.
    DisbursementEvent, "disbursement-event", {
        Certify = "certify",
        Approve = "approve",
        Release = "release",
        Confirm = "confirm",
        Reject = "reject",
        Fail = "fail",
        Void = "void",
    }
}

state_machine!(
    DisbursementState,
    DisbursementEvent,
    "refused-disbursement-transition",
    [
        (Requested, Certify, Certified),
        (Certified, Approve, Approved),
        (Approved, Release, Released),
        (Released, Confirm, Confirmed),
        (Requested, Reject, Rejected),
        (Certified, Reject, Rejected),
        (Approved, Void, Voided),
        (Released, Fail, Failed),
    ]
);

impl DisbursementState {
    /// True while the disbursement holds its instalment: no second one may be requested.
    #[must_use]
    pub const fn holds_instalment(self) -> bool {
        !matches!(self, Self::Rejected | Self::Failed | Self::Voided)
    }
}

impl DisbursementEvent {
    /// The event in the books.
    #[must_use]
    pub const fn ledger_event(self) -> Event {
        match self {
            Self::Certify => Event::DisbursementCertified,
            Self::Approve => Event::DisbursementApproved,
            Self::Release => Event::DisbursementReleased,
            Self::Confirm => Event::DisbursementConfirmed,
            Self::Reject => Event::DisbursementRejected,
            Self::Fail => Event::DisbursementFailed,
            Self::Void => Event::DisbursementVoided,
        }
    }
}

/// Who took the steps so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Signatures {
    /// Requested by.
    pub requested_by: Option<UserId>,
    /// Certified by.
    pub certified_by: Option<UserId>,
    /// Approved by.
    pub approved_by: Option<UserId>,
}

/// Requesting, certifying, approving and releasing are done by different people.
///
/// # Errors
/// `refused-same-person` when the person already took another of the steps.
pub fn check_separation(event: DisbursementEvent, person: UserId, signatures: &Signatures) -> Result<(), AppError> {
    let earlier: &[Option<UserId>] = match event {
        DisbursementEvent::Certify => &[signatures.requested_by],
        DisbursementEvent::Approve => &[signatures.requested_by, signatures.certified_by],
        DisbursementEvent::Release | DisbursementEvent::Confirm => {
            &[signatures.requested_by, signatures.certified_by, signatures.approved_by]
        }
        _ => &[],
    };
    if earlier.contains(&Some(person)) { Err(AppError::refused("refused-same-person")) } else { Ok(()) }
}

/// Requesting an instalment.
pub const REQUEST: Form = Form {
    name: "disbursement-request",
    fields: &[optional("note", Kind::Text(1000)), required("command_id", Kind::Hidden)],
    groups: &[],
};

/// Certifying, approving, releasing.
pub const STEP: Form = Form {
    name: "disbursement-step",
    fields: &[optional("note", Kind::Text(1000)), required("command_id", Kind::Hidden)],
    groups: &[],
};

/// Confirming that the bank paid.
pub const CONFIRM: Form = Form {
    name: "disbursement-confirm",
    fields: &[
        required("bank_reference", Kind::Line(60)),
        required("paid_on", Kind::Date),
        required("command_id", Kind::Hidden),
    ],
    groups: &[],
};

/// Rejecting, voiding, or saying that the payment failed: each needs a reason.
pub const STEP_BACK: Form = Form {
    name: "disbursement-back",
    fields: &[required("reason", Kind::Text(1000)), required("command_id", Kind::Hidden)],
    groups: &[],
};
