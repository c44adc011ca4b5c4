//! The Fund's position: which postings make which of its figures.

use serde::{Deserialize, Serialize};

use super::{Account, Event};

/// The events by which cash goes to partners and comes back: what they gave back, or never got, is not disbursed. It
/// was committed before it was paid, so that this cash makes nothing available.
const PAID_TO_PARTNERS: [Event; 4] =
    [Event::SpentBefore, Event::DisbursementConfirmed, Event::DisbursementBounced, Event::RecoveryReceived];

/// Where committed money is that partners have got. A recovery that nobody will pay is as gone as what was spent.
const WITH_PARTNERS: [Account; 4] = [
    Account::AdvancesToPartners,
    Account::RecoveriesReceivable,
    Account::RecoveriesWrittenOff,
    Account::GrantExpenditure,
];

code_list! {
    /// A figure of the Fund's position.
    PositionFigure, "position", {
        Received = "received",
        ProgrammeSupport = "psc",
        Committed = "committed",
        Available = "available",
        Disbursed = "disbursed",
        Receivable = "receivable",
        Advances = "advances",
        Spent = "spent",
    }
}

impl PositionFigure {
    /// How often US cents posted on an account by an event count in the figure, debit positive: 1, -1 or 0. An entry
    /// that reverses another one counts as the event that it undoes.
    #[must_use]
    pub fn sign(self, account: Account, event: Event) -> i64 {
        use Account as A;
        let counts = match self {
            // What was paid over to the Secretariat had been received, and was set aside, all the same. Money of which
            // nobody has said yet what it is cannot be committed.
            Self::Received => match account {
                A::Cash => !PAID_TO_PARTNERS.contains(&event) && event != Event::ProgrammeSupportTransferred,
                other => other == A::ReceiptsUnidentified,
            },
            Self::ProgrammeSupport => {
                let set_aside = account == A::ProgrammeSupportSetAside && event != Event::ProgrammeSupportTransferred;
                return -i64::from(set_aside);
            }
            Self::Committed if account == A::CommitmentsContra => return -1,
            Self::Committed => WITH_PARTNERS.contains(&account),
            Self::Available => {
                let sign = |figure: Self| figure.sign(account, event);
                return sign(Self::Received) - sign(Self::ProgrammeSupport) - sign(Self::Committed);
            }
            Self::Disbursed => return -i64::from(account == A::Cash && PAID_TO_PARTNERS.contains(&event)),
            Self::Receivable => account == A::ContributionsReceivable,
            Self::Advances => account == A::AdvancesToPartners,
            Self::Spent => account == A::GrantExpenditure,
        };
        i64::from(counts)
    }
}

/// Where the Fund stands, in US cents.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Position {
    /// Pledged and not yet received.
    pub receivable: i64,
    /// Received since the beginning.
    pub received: i64,
    /// Programme support costs set aside.
    pub psc: i64,
    /// Committed to grants since the beginning.
    pub committed: i64,
    /// Confirmed as paid.
    pub disbursed: i64,
    /// Available to commit: received, less PSC, less committed.
    pub available: i64,
    /// Paid to partners and not yet accounted for.
    pub advances: i64,
    /// Expenditure recognised from accepted reports.
    pub spent: i64,
}

impl Position {
    /// The position that sums of postings make: US cents by account and event, debit positive.
    pub fn of<'a>(sums: impl IntoIterator<Item = (&'a (Account, Event), &'a i64)> + Clone) -> Self {
        let figure = |figure: PositionFigure| {
            sums.clone().into_iter().map(|((account, event), sum)| figure.sign(*account, *event) * sum).sum()
        };
        Self {
            receivable: figure(PositionFigure::Receivable),
            received: figure(PositionFigure::Received),
            psc: figure(PositionFigure::ProgrammeSupport),
            committed: figure(PositionFigure::Committed),
            disbursed: figure(PositionFigure::Disbursed),
            available: figure(PositionFigure::Available),
            advances: figure(PositionFigure::Advances),
            spent: figure(PositionFigure::Spent),
        }
    }

    /// One of its figures.
    #[must_use]
    pub const fn get(&self, figure: PositionFigure) -> i64 {
        match figure {
            PositionFigure::Received => self.received,
            PositionFigure::ProgrammeSupport => self.psc,
            PositionFigure::Committed => self.committed,
            PositionFigure::Available => self.available,
            PositionFigure::Disbursed => self.disbursed,
            PositionFigure::Receivable => self.receivable,
            PositionFigure::Advances => self.advances,
            PositionFigure::Spent => self.spent,
        }
    }
}
