//! The books: chart of accounts, and which event posts what. Debits are positive, credits negative; the
//! postings of an entry add up to zero in USD and in every currency.

mod contributions;
mod position;
mod rates;

pub use contributions::{
    ReceiptParts, pledge, pledge_amended, pledge_written_down, receipt, receipt_identified, receipt_returned,
    receipt_unidentified,
};
pub use position::{Position, PositionFigure};
pub use rates::{UsedRate, is_at_its_rate};
use serde::{Deserialize, Serialize};

use crate::contributions::Earmark;
use crate::forms::{Form, Kind, optional, required};
use crate::money::{Currency, Money};

code_list! {
    /// The chart of accounts, after IPSAS for a trust fund. Accounts from 9000 are memorandum accounts.
    Account, "account", {
        Cash = "1000",
        ContributionsReceivable = "1100",
        AdvancesToPartners = "1200",
        /// What partners have to pay back.
        RecoveriesReceivable = "1210",
        PaymentsApproved = "2000",
        PaymentsInTransit = "2010",
        ProgrammeSupportSetAside = "2100",
        /// Money that came in and of which nobody has said yet what it is.
        ReceiptsUnidentified = "2200",
        ContributionRevenue = "4000",
        ExchangeDifferences = "4900",
        GrantExpenditure = "5000",
        ProgrammeSupportCosts = "5100",
        /// Pledges, or parts of them, that will not come.
        PledgesWrittenDown = "5200",
        /// Recoveries that partners will not pay.
        RecoveriesWrittenOff = "5210",
        /// What banks kept of receipts and payments.
        BankCharges = "5300",
        CommitmentsOpen = "9000",
        CommitmentsContra = "9010",
        DisbursementsRequested = "9100",
        DisbursementsCertified = "9110",
        DisbursementsContra = "9190",
    }
}

code_list! {
    /// What happened that the books record.
    Event, "ledger-event", {
        Pledge = "pledge",
        PledgeAmended = "pledge-amended",
        PledgeWrittenDown = "pledge-written-down",
        Receipt = "receipt",
        ReceiptUnidentified = "receipt-unidentified",
        ReceiptIdentified = "receipt-identified",
        ReceiptReturned = "receipt-returned",
        /// Money of the past that was spent before its receipt was entered here.
        SpentBefore = "spent-before",
        Commitment = "commitment",
        CommitmentIncreased = "commitment-increased",
        CommitmentDecreased = "commitment-decreased",
        CommitmentCancelled = "commitment-cancelled",
        DisbursementRequested = "disbursement-requested",
        DisbursementCertified = "disbursement-certified",
        DisbursementApproved = "disbursement-approved",
        DisbursementReleased = "disbursement-released",
        DisbursementConfirmed = "disbursement-confirmed",
        DisbursementRejected = "disbursement-rejected",
        DisbursementFailed = "disbursement-failed",
        DisbursementVoided = "disbursement-voided",
        DisbursementReturned = "disbursement-returned",
        DisbursementBounced = "disbursement-bounced",
        ReportAccepted = "report-accepted",
        /// A payment came back of which accepted reports account: what they say was spent waits for a payment again.
        ExpenditureWaiting = "expenditure-waiting",
        RecoveryDue = "recovery-due",
        RecoveryReceived = "recovery-received",
        RecoveryWrittenOff = "recovery-written-off",
        /// Programme support costs paid over to the United Nations Secretariat.
        ProgrammeSupportTransferred = "psc-transferred",
        Reversal = "reversal",
    }
}

/// One line of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Posting {
    /// The account.
    pub account: Account,
    /// The earmark of the money, [`Earmark::None`] for the pool.
    pub earmark: Earmark,
    /// Amount in the currency of the transaction; debit positive.
    pub amount: Money,
    /// The same in US cents; debit positive.
    pub usd_minor: i64,
    /// The rate by which the amount became US cents. None for US dollars, and for an exchange difference of no amount:
    /// its cents are what is left between two amounts in dollars, and no rate made them.
    pub rate: Option<UsedRate>,
}

/// Moves an amount from one account to another.
fn pair(
    (debit, credit): (Account, Account),
    earmark: Earmark,
    amount: Money,
    usd_minor: i64,
    rate: Option<UsedRate>,
) -> [Posting; 2] {
    let line = |account, sign: i64| Posting {
        account,
        earmark,
        amount: Money::new(sign * amount.minor, amount.currency),
        usd_minor: sign * usd_minor,
        rate,
    };
    [line(debit, 1), line(credit, -1)]
}

fn usd_pair(debit: Account, credit: Account, earmark: Earmark, usd_minor: i64) -> [Posting; 2] {
    pair((debit, credit), earmark, Money::usd(usd_minor), usd_minor, None)
}

/// Amounts in US cents by the earmark of the money that bears them.
pub type ByEarmark<'a> = &'a [(Earmark, i64)];

fn moves(steps: &[(Account, Account)], amounts: ByEarmark<'_>) -> Vec<Posting> {
    let mut postings = Vec::new();
    for (debit, credit) in steps {
        for (earmark, usd_minor) in amounts.iter().filter(|(_, usd_minor)| *usd_minor != 0) {
            postings.extend(usd_pair(*debit, *credit, *earmark, *usd_minor));
        }
    }
    postings
}

/// Money of the past, in US cents, that was paid to grants and spent before its receipt was entered here.
#[must_use]
pub fn spent_before(earmark: Earmark, usd_minor: i64) -> Vec<Posting> {
    usd_pair(Account::GrantExpenditure, Account::Cash, earmark, usd_minor).to_vec()
}

/// A grant agreement commits money.
#[must_use]
pub fn commitment(amounts: ByEarmark<'_>) -> Vec<Posting> {
    moves(&[(Account::CommitmentsOpen, Account::CommitmentsContra)], amounts)
}

/// A grant that never began gives its commitment back.
#[must_use]
pub fn commitment_cancelled(amounts: ByEarmark<'_>) -> Vec<Posting> {
    moves(&[(Account::CommitmentsContra, Account::CommitmentsOpen)], amounts)
}

/// The postings of one step of a disbursement. A step back undoes what the steps before it posted.
#[must_use]
pub fn disbursement(event: Event, amounts: ByEarmark<'_>) -> Vec<Posting> {
    use Account as A;
    let steps: &[(Account, Account)] = match event {
        Event::DisbursementRequested => &[(A::DisbursementsRequested, A::DisbursementsContra)],
        Event::DisbursementCertified => &[(A::DisbursementsCertified, A::DisbursementsRequested)],
        Event::DisbursementApproved => &[
            (A::DisbursementsContra, A::DisbursementsCertified),
            (A::CommitmentsContra, A::CommitmentsOpen),
            (A::AdvancesToPartners, A::PaymentsApproved),
        ],
        Event::DisbursementReleased => &[(A::PaymentsApproved, A::PaymentsInTransit)],
        Event::DisbursementConfirmed => &[(A::PaymentsInTransit, A::Cash)],
        Event::DisbursementFailed => {
            &[(A::PaymentsInTransit, A::AdvancesToPartners), (A::CommitmentsOpen, A::CommitmentsContra)]
        }
        Event::DisbursementVoided => {
            &[(A::PaymentsApproved, A::AdvancesToPartners), (A::CommitmentsOpen, A::CommitmentsContra)]
        }
        // The money is back: an advance no longer, and promised to the partner again.
        Event::DisbursementBounced => &[(A::Cash, A::AdvancesToPartners), (A::CommitmentsOpen, A::CommitmentsContra)],
        _ => &[],
    };
    moves(steps, amounts)
}

/// A rejected or returned disbursement leaves the memorandum account in which it stood.
#[must_use]
pub fn disbursement_rejected(was_certified: bool, amounts: ByEarmark<'_>) -> Vec<Posting> {
    let from = if was_certified { Account::DisbursementsCertified } else { Account::DisbursementsRequested };
    moves(&[(Account::DisbursementsContra, from)], amounts)
}

/// An accepted report recognises what the partner spent and clears the advance.
#[must_use]
pub fn report_accepted(amounts: ByEarmark<'_>) -> Vec<Posting> {
    moves(&[(Account::GrantExpenditure, Account::AdvancesToPartners)], amounts)
}

/// Accepted expenditure is an advance again, because the payment that made it good is coming back.
#[must_use]
pub fn expenditure_waiting(amounts: ByEarmark<'_>) -> Vec<Posting> {
    moves(&[(Account::AdvancesToPartners, Account::GrantExpenditure)], amounts)
}

/// Programme support costs that were set aside leave the bank account.
#[must_use]
pub fn programme_support_transferred(amounts: ByEarmark<'_>) -> Vec<Posting> {
    moves(&[(Account::ProgrammeSupportSetAside, Account::Cash)], amounts)
}

/// Where a mistake in an entry is put right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Correction {
    /// The entry is all there is: it is reversed by itself.
    Reverse,
    /// A record goes with it, whose own steps post what corrects it.
    Record,
    /// It corrects another one, and stands.
    Never,
}

impl Event {
    /// Where a mistake in an entry of this event is put right.
    #[must_use]
    pub const fn correction(self) -> Correction {
        match self {
            Self::ProgrammeSupportTransferred => Correction::Reverse,
            Self::Reversal => Correction::Never,
            _ => Correction::Record,
        }
    }
}

/// More is committed to a grant.
#[must_use]
pub fn commitment_increased(amounts: ByEarmark<'_>) -> Vec<Posting> {
    commitment(amounts)
}

/// Less is committed to a grant, or the rest of its commitment ends with it.
#[must_use]
pub fn commitment_decreased(amounts: ByEarmark<'_>) -> Vec<Posting> {
    commitment_cancelled(amounts)
}

/// A partner has to pay back what it was advanced and did not spend.
#[must_use]
pub fn recovery_due(amounts: ByEarmark<'_>) -> Vec<Posting> {
    moves(&[(Account::RecoveriesReceivable, Account::AdvancesToPartners)], amounts)
}

/// A partner paid back.
#[must_use]
pub fn recovery_received(amounts: ByEarmark<'_>) -> Vec<Posting> {
    moves(&[(Account::Cash, Account::RecoveriesReceivable)], amounts)
}

/// A partner will not pay back.
#[must_use]
pub fn recovery_written_off(amounts: ByEarmark<'_>) -> Vec<Posting> {
    moves(&[(Account::RecoveriesWrittenOff, Account::RecoveriesReceivable)], amounts)
}

/// The entry that undoes another one.
#[must_use]
pub fn reversal(postings: &[Posting]) -> Vec<Posting> {
    postings
        .iter()
        .map(|posting| Posting {
            amount: Money::new(-posting.amount.minor, posting.amount.currency),
            usd_minor: -posting.usd_minor,
            ..*posting
        })
        .collect()
}

/// True when the postings add up to zero in USD and in every currency.
#[must_use]
pub fn balances(postings: &[Posting]) -> bool {
    let mut currencies: Vec<Currency> = postings.iter().map(|posting| posting.amount.currency).collect();
    currencies.sort_unstable();
    currencies.dedup();
    let usd: i128 = postings.iter().map(|posting| i128::from(posting.usd_minor)).sum();
    usd == 0
        && currencies.into_iter().all(|currency| {
            let of_currency = postings.iter().filter(|posting| posting.amount.currency == currency);
            of_currency.map(|posting| i128::from(posting.amount.minor)).sum::<i128>() == 0
        })
}

/// Reversing an entry.
pub const REVERSAL: Form = Form {
    name: "reversal",
    fields: &[required("reason", Kind::Text(1000)), required("command_id", Kind::Hidden)],
    groups: &[],
};

/// Paying programme support costs over.
pub const PSC_TRANSFER: Form = Form {
    name: "psc-transfer",
    fields: &[
        required("amount", Kind::Amount),
        required("date", Kind::Date),
        required("bank_reference", Kind::Line(60)),
        optional("note", Kind::Text(1000)),
        required("command_id", Kind::Hidden),
    ],
    groups: &[],
};
