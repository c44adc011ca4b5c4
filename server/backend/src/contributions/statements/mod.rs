//! Bank statements: read from camt.053 or from a bank's table, kept line by line, and each line taken for a pledge, held
//! or set aside. Importing moves no money; taking a line does.

mod account;
mod alike;
mod by_hand;
mod camt;
mod direction;
mod discard;
mod import;
mod judge;
mod listed;
mod one_of;
pub mod queries;
mod reversals;
mod same;
mod set_aside;
mod table;
mod take;
mod told;

use chrono::NaiveDate;
use domain::disbursements::DisbursementState;
use domain::money::Money;
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _, PaginatorTrait as _, QueryFilter as _,
    QuerySelect as _, QueryTrait as _,
};

use super::bank_entity::bank_line;
use crate::disbursements::entity::disbursement;
use crate::error::Result;

pub use account::AccountState;
pub(crate) use account::{open_accounts, renew as renew_accounts};
pub use alike::{Alike, AlikeMoney};
pub(in crate::contributions) use by_hand::{ByHand, ask, told_by_hand};
pub use discard::discard;
pub use import::import;
pub(in crate::contributions) use judge::DAYS_APART;
pub(crate) use judge::judge_waiting;
pub use listed::{AccountView, accounts, close_account, confirm_account, enter_account, withdraw_account};
pub(crate) use listed::{accounts_to_confirm, list_confirmed};
pub use one_of::{say_all_same, say_other, say_same};
pub(in crate::contributions) use reversals::settle_sent_back;
pub use set_aside::{set_aside, take_up};
pub(in crate::contributions) use take::ordered;
pub use take::{hold_line, hold_rest, match_line, match_sure};

domain::code_list! {
    /// What became of a line.
    LineState, "line-state", {
        /// Waits for somebody to say what it is.
        New = "new",
        /// Waits, too, and is taken by hand only: the books hold other money under the same bank reference, or another
        /// line may tell of the same money.
        Doubtful = "doubtful",
        /// Waits, too: the bank took back money that is in the books, or of which no line is known.
        Reversal = "reversal",
        Matched = "matched",
        Held = "held",
        /// Was entered before by hand, or somebody said which money or which line it is.
        Known = "known",
        /// A payment of ours that came back: it is booked with the payment, and is no contribution.
        Returned = "returned",
        /// Money that an organisation paid back and that is entered as such: no contribution.
        Recovered = "recovered",
        /// Came in and was taken back by the bank, or takes back such a line: nothing is left of the two.
        Reversed = "reversed",
        /// Somebody said, with a reason, that it is no contribution.
        SetAside = "set-aside",
        /// Waits, too: money that left and that nobody here ordered, or that came because such money did not stay away.
        Unordered = "unordered",
        /// A payment of ours that left: it is booked with the payment.
        Paid = "paid",
    }
}

impl LineState {
    /// The lines that wait for somebody.
    pub(crate) const WAITING: [Self; 4] = [Self::New, Self::Doubtful, Self::Reversal, Self::Unordered];
    /// The lines of which somebody has to say what they are.
    const UNDECIDED: [Self; 2] = [Self::New, Self::Doubtful];

    /// True for lines that wait for somebody: to say what they are, or to settle what the bank took back.
    #[must_use]
    pub fn waits(self) -> bool {
        Self::WAITING.contains(&self)
    }

    /// True for lines whose money can be entered for a pledge, or held.
    #[must_use]
    pub fn is_undecided(self) -> bool {
        Self::UNDECIDED.contains(&self)
    }
}

/// Lines that wait for somebody: also payments that came back, until that is recorded of the payment.
pub(crate) fn waiting() -> Condition {
    use bank_line::Column as C;
    let recorded = disbursement::Entity::find()
        .select_only()
        .column(disbursement::Column::Id)
        .filter(disbursement::Column::State.is_in(CAME_BACK.map(DisbursementState::code)));
    let returned = Condition::all()
        .add(C::State.eq(LineState::Returned.code()))
        .add(C::DisbursementId.not_in_subquery(recorded.into_query()));
    Condition::any().add(C::State.is_in(LineState::WAITING.map(LineState::code))).add(returned)
}

/// What a payment is once it is recorded that it came back.
pub(in crate::contributions) const CAME_BACK: [DisbursementState; 2] =
    [DisbursementState::Bounced, DisbursementState::Failed];

/// How many lines until a day wait for somebody.
///
/// # Errors
/// The database's.
pub(crate) async fn waiting_until<C: ConnectionTrait>(database: &C, day: NaiveDate) -> Result<u64> {
    let lines = bank_line::Entity::find().filter(waiting()).filter(bank_line::Column::Date.lte(day));
    Ok(lines.count(database).await?)
}

domain::code_list! {
    /// How the file was written.
    StatementFormat, "bank-statement-format", { Camt = "camt", Table = "table" }
}

domain::code_list! {
    /// Whether a statement counts.
    StatementState, "bank-statement-state", { Imported = "imported", Discarded = "discarded" }
}

/// A line as read.
#[derive(Clone, Debug, PartialEq, Eq)]
struct ParsedLine {
    /// True for money that came in.
    credit: bool,
    /// True where the bank takes back an earlier line.
    reversal: bool,
    amount: Money,
    /// What banks kept, in minor units of the same currency.
    charge_minor: i64,
    /// The day of booking, by which the books go.
    date: NaiveDate,
    /// From which day the bank counts it, where it says so.
    valued: Option<NaiveDate>,
    /// What the payer ordered, where the bank credited another currency.
    ordered: Option<Money>,
    payer: String,
    text: String,
    /// The bank's own, which names the line for ever; empty where it has none.
    bank_reference: String,
    /// Others that came with the payment.
    references: Vec<String>,
    /// The number of the entry, as the file says it or else by its place.
    entry: String,
    /// Which entry of the file it is, from 0; several payments of one share it.
    ordinal: usize,
}

/// A file as read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct ParsedStatement {
    account: String,
    lines: Vec<ParsedLine>,
    /// Entries that the bank has not booked yet.
    pending: i64,
    /// The numbers of what has no amount: rows of a table, such as balances and lines of text, and entries of zero.
    left_out: Vec<i64>,
}
