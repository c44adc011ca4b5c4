//! Disbursements: an instalment on its way to the partner, through three different people, while its conditions hold.

use crate::errors::AppError;
use crate::forms::{Form, Kind, Options, optional, required};
use crate::ids::UserId;
use crate::ledger::Event;
use crate::organisations::{ADDRESS_FIELDS, BANK_ACCOUNT_FIELDS};

code_list! {
    /// How far a disbursement is.
    DisbursementState, "disbursement-state", {
        Requested = "requested",
        Certified = "certified",
        Approved = "approved",
        Released = "released",
        Confirmed = "confirmed",
        /// Back with whoever requested it.
        Returned = "returned",
        Rejected = "rejected",
        Failed = "failed",
        Voided = "voided",
        /// Paid, and sent back by the partner's bank.
        Bounced = "bounced",
    }
}

code_list! {
    /// What is done with a disbursement.
    DisbursementEvent, "disbursement-event", {
        Certify = "certify",
        Approve = "approve",
        Release = "release",
        Confirm = "confirm",
        Resubmit = "resubmit",
        Return = "return",
        Reject = "reject",
        Fail = "fail",
        Void = "void",
        Bounce = "bounce",
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
        (Returned, Resubmit, Requested),
        (Requested, Return, Returned),
        (Certified, Return, Returned),
        (Requested, Reject, Rejected),
        (Certified, Reject, Rejected),
        (Approved, Void, Voided),
        (Released, Fail, Failed),
        (Confirmed, Bounce, Bounced),
    ]
);

code_list! {
    /// What was done with a disbursement, as its page tells it: also what moves no money.
    DisbursementStep, "disbursement-step-kind", {
        Request = "request",
        Certify = "certify",
        Approve = "approve",
        Release = "release",
        Confirm = "confirm",
        Resubmit = "resubmit",
        Return = "return",
        Reject = "reject",
        Fail = "fail",
        Void = "void",
        Bounce = "bounce",
        Hold = "hold",
        Resume = "resume",
    }
}

impl DisbursementState {
    /// True while the disbursement holds its instalment: no second one may be requested.
    #[must_use]
    pub const fn holds_instalment(self) -> bool {
        !matches!(self, Self::Returned | Self::Rejected | Self::Failed | Self::Voided | Self::Bounced)
    }

    /// True while somebody of the Fund takes the next step and may hold it: with the bank, nothing is held any more.
    #[must_use]
    pub const fn may_be_held(self) -> bool {
        matches!(self, Self::Requested | Self::Certified | Self::Approved)
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
            Self::Resubmit => Event::DisbursementRequested,
            Self::Return => Event::DisbursementReturned,
            Self::Reject => Event::DisbursementRejected,
            Self::Fail => Event::DisbursementFailed,
            Self::Void => Event::DisbursementVoided,
            Self::Bounce => Event::DisbursementBounced,
        }
    }

    /// True for a step that takes the payment back: it has to be requested, or sent, anew.
    #[must_use]
    pub const fn takes_back(self) -> bool {
        matches!(self, Self::Return | Self::Reject | Self::Fail | Self::Void | Self::Bounce)
    }

    /// True for the steps towards the bank: their conditions are asked again, and a disbursement on hold takes none.
    #[must_use]
    pub const fn pays(self) -> bool {
        matches!(self, Self::Certify | Self::Approve | Self::Release | Self::Resubmit)
    }

    /// True for the steps for which an officer has a limit.
    #[must_use]
    pub const fn is_limited(self) -> bool {
        matches!(self, Self::Certify | Self::Approve)
    }
}

/// Who signs a step: the person, and whom that person stands for while they are absent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Signature {
    /// Who sits at the desk.
    pub person: UserId,
    /// In whose place.
    pub stands_for: Option<UserId>,
}

impl Signature {
    /// Somebody in their own role.
    #[must_use]
    pub const fn own(person: UserId) -> Self {
        Self { person, stands_for: None }
    }

    /// Everybody whose word the signature is.
    pub fn people(self) -> impl Iterator<Item = UserId> {
        std::iter::once(self.person).chain(self.stands_for)
    }

    fn has(self, person: UserId) -> bool {
        self.people().any(|known| known == person)
    }
}

/// Who took the steps so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Signatures {
    /// Requested by.
    pub requested: Option<Signature>,
    /// Certified by.
    pub certified: Option<Signature>,
    /// Approved by.
    pub approved: Option<Signature>,
}

/// Requesting, certifying, approving and releasing are done by different people, and so are the people whom they stand
/// for: nobody signs twice by sending a delegate, nor by being one. Nobody takes any step of their own request.
///
/// # Errors
/// `refused-same-person` when the person already took another of the steps, `refused-same-person-delegate` when that
/// is true of whom they stand for.
pub fn check_separation(event: DisbursementEvent, signer: Signature, signatures: &Signatures) -> Result<(), AppError> {
    use DisbursementEvent as E;
    let Signatures { requested, certified, approved } = *signatures;
    let earlier = match event {
        E::Resubmit => [None; 3],
        E::Certify | E::Return | E::Reject | E::Void => [requested, None, None],
        E::Approve => [requested, certified, None],
        E::Release | E::Confirm | E::Fail | E::Bounce => [requested, certified, approved],
    };
    let signed = |person: UserId| earlier.iter().flatten().any(|signature| signature.has(person));
    if signed(signer.person) {
        return Err(AppError::refused("refused-same-person"));
    }
    match signer.stands_for {
        Some(person) if signed(person) => Err(AppError::refused("refused-same-person-delegate")),
        _ => Ok(()),
    }
}

code_list! {
    /// What must be so before an instalment is paid; the system looks at each step.
    PaymentCondition, "payment-condition", {
        /// The agreement is countersigned.
        Countersigned = "countersigned",
        /// A second person verified the bank details as they are.
        BankVerified = "bank-verified",
        /// The organisation's vetting holds today.
        Vetted = "vetted",
        /// The report that the instalment waits for is accepted.
        ReportAccepted = "report-accepted",
        /// Enough of the instalment before is spent.
        PreviousSpent = "previous-spent",
        /// No report is late.
        NoLateReport = "no-late-report",
        /// Nothing has to be paid back.
        NoOpenRecovery = "no-open-recovery",
        /// What the Board made the award depend on is met; asked before the first instalment.
        BoardConditions = "board-conditions",
    }
}

impl PaymentCondition {
    /// True when an approving officer may waive it. Without a countersigned agreement there is nothing to be paid for,
    /// to an account that nobody verified nothing is paid, and what the Board decided is not an officer's to waive.
    #[must_use]
    pub const fn may_be_waived(self) -> bool {
        !matches!(self, Self::Countersigned | Self::BankVerified | Self::BoardConditions)
    }
}

/// Share of the instalment before that must be spent, by accepted reports, before the next one is paid: 70 per cent.
pub const LEAST_SPENT_PER_CENT: i64 = 70;

/// True when enough of the previous instalment is spent. What is spent uses up the instalments in their order, so the
/// earlier ones are taken off first. All in US cents.
#[must_use]
pub fn enough_spent(spent: i64, earlier: i64, previous: i64) -> bool {
    i128::from(spent - earlier) * 100 >= i128::from(previous) * i128::from(LEAST_SPENT_PER_CENT)
}

code_list! {
    /// How a payment batch stands.
    BatchState, "payment-batch-state", {
        Live = "live",
        Cancelled = "cancelled",
    }
}

code_list! {
    /// What a payment batch waits for.
    BatchProgress, "payment-batch-progress", {
        /// The bank has yet to say of some payment what became of it.
        Open = "open",
        /// The bank has answered each payment, and some were not paid or came back.
        NotAllPaid = "not-all-paid",
        /// Each payment was confirmed.
        Completed = "completed",
        Cancelled = "cancelled",
    }
}

code_list! {
    /// What became of one transaction of a bank's file.
    BankOutcome, "bank-outcome", {
        Confirmed = "confirmed",
        Failed = "failed",
        Bounced = "bounced",
        /// It was there before; nothing changed.
        Known = "known",
        /// Somebody has to look at it; nothing changed.
        Refused = "refused",
    }
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

/// Recording that a confirmed payment came back.
pub const BOUNCE: Form = Form {
    name: "disbursement-bounce",
    fields: &[
        required("bounced_on", Kind::Date),
        required("reason", Kind::Text(1000)),
        required("command_id", Kind::Hidden),
    ],
    groups: &[],
};

/// An approving officer's waiver of one condition of an instalment.
pub const WAIVER: Form = Form {
    name: "condition-waiver",
    fields: &[required("condition", Kind::Choice(PaymentCondition::OPTIONS)), required("reason", Kind::Text(1000))],
    groups: &[],
};

/// The most that an officer may certify or approve, in USD.
pub const LIMIT: Form = Form {
    name: "officer-limit",
    fields: &[required("officer", Kind::Choice(Options::Given)), required("most", Kind::Amount)],
    groups: &[],
};

/// An officer's own role given to another officer while absent.
pub const DELEGATION: Form = Form {
    name: "delegation",
    fields: &[
        required("delegate", Kind::Choice(Options::Given)),
        required("starts_on", Kind::Date),
        required("ends_on", Kind::Date),
        required("reason", Kind::Text(500)),
    ],
    groups: &[],
};

/// Most days from today to the day on which a bank is asked to pay: longer ahead, the accounts and the conditions of a
/// payment may be others by then, and a year is easily mistyped.
pub const LONGEST_AHEAD_DAYS: u64 = 30;

/// Gathering payments for the bank.
pub const BATCH: Form = Form {
    name: "payment-batch",
    fields: &[
        required("payments", Kind::Choices(Options::Given)),
        required("execution_date", Kind::Date),
        required("command_id", Kind::Hidden),
    ],
    groups: &[],
};

/// Taking a batch back that the bank has not got.
pub const BATCH_CANCEL: Form =
    Form { name: "payment-batch-cancel", fields: &[required("reason", Kind::Text(1000))], groups: &[] };

/// The Fund's own account, from which payments leave.
pub const FUND_ACCOUNT: Form = Form {
    name: "fund-account",
    fields: &[
        BANK_ACCOUNT_FIELDS[0],
        BANK_ACCOUNT_FIELDS[1],
        BANK_ACCOUNT_FIELDS[2],
        BANK_ACCOUNT_FIELDS[3],
        BANK_ACCOUNT_FIELDS[4],
        BANK_ACCOUNT_FIELDS[5],
        ADDRESS_FIELDS[0],
        ADDRESS_FIELDS[1],
        ADDRESS_FIELDS[2],
        ADDRESS_FIELDS[3],
        required("country", Kind::Choice(Options::Countries)),
    ],
    groups: &[],
};

/// Confirming the Fund's account: when the one was entered that was looked at.
pub const FUND_ACCOUNT_CONFIRM: Form =
    Form { name: "fund-account-confirm", fields: &[required("seen", Kind::Hidden)], groups: &[] };

/// A bank's file that tells what became of payments.
pub const BANK_FILE: Form = Form { name: "bank-file", fields: &[required("file", Kind::File)], groups: &[] };

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seventy_per_cent_are_enough_and_a_cent_less_is_not() {
        assert!(enough_spent(7_000, 0, 10_000));
        assert!(!enough_spent(6_999, 0, 10_000));
        assert!(!enough_spent(7_000, 5_000, 10_000), "what was spent of the earlier ones does not count twice");
        assert!(enough_spent(12_000, 5_000, 10_000));
        assert!(enough_spent(3, 0, 4) && !enough_spent(2, 0, 3), "no cent is rounded away");
    }

    #[test]
    fn a_delegate_is_both_people() {
        let (one, two, three) = (UserId(1), UserId(2), UserId(3));
        let signed =
            |certified| Signatures { requested: Some(Signature::own(one)), certified: Some(certified), approved: None };
        let stands = Signature { person: two, stands_for: Some(three) };
        let refused = |signer, signatures| check_separation(DisbursementEvent::Approve, signer, &signatures).is_err();
        assert!(refused(Signature::own(three), signed(stands)), "whose delegate certified");
        assert!(refused(Signature::own(two), signed(stands)), "who certified as a delegate");
        assert!(refused(Signature { person: UserId(4), stands_for: Some(two) }, signed(stands)));
        assert!(refused(Signature { person: UserId(4), stands_for: Some(one) }, signed(stands)));
        assert!(!refused(Signature { person: UserId(4), stands_for: Some(UserId(5)) }, signed(stands)));
    }
}
