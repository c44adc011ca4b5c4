//! What pledges and receipts post: amendments and write-downs at the pledge's own rate, receipts in any currency, and
//! money that is held until somebody knows what it is.

use super::{Account, Posting, UsedRate, pair, usd_pair};
use crate::contributions::Earmark;
use crate::money::Money;

/// A pledge: the Fund may count on it.
#[must_use]
pub fn pledge(earmark: Earmark, amount: Money, usd_minor: i64, rate: Option<UsedRate>) -> Vec<Posting> {
    let accounts = (Account::ContributionsReceivable, Account::ContributionRevenue);
    pair(accounts, earmark, amount, usd_minor, rate).to_vec()
}

/// What a receipt settles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReceiptParts {
    /// The earmark of the pledge.
    pub earmark: Earmark,
    /// Money that came into the account.
    pub amount: Money,
    /// The same in US cents at the rate of the receipt's month.
    pub usd_minor: i64,
    /// That rate; none for US dollars.
    pub rate: Option<UsedRate>,
    /// What the banks kept of it, in minor units of the same currency: the donor has paid it, too.
    pub charge_minor: i64,
    /// The same in US cents.
    pub charge_usd_minor: i64,
    /// The part that settles the pledge, in the pledge's currency.
    pub settled: Money,
    /// What the settled part was in the books, in US cents at the pledge's rate.
    pub settled_usd_minor: i64,
    /// That rate; none for US dollars.
    pub settled_rate: Option<UsedRate>,
    /// The part beyond the pledge in minor units of the receipt's currency: further revenue.
    pub excess_minor: i64,
    /// The same in US cents at the receipt's rate.
    pub excess_usd_minor: i64,
    /// Programme support costs, in US cents.
    pub psc_usd_minor: i64,
}

/// A receipt: cash in, receivable settled, bank charges and exchange difference shown, PSC set aside.
#[must_use]
pub fn receipt(parts: &ReceiptParts) -> Vec<Posting> {
    incoming(Account::Cash, parts)
}

/// Money held until now is a donor's: it settles the pledge as if it came in now, at the rate at which it came.
#[must_use]
pub fn receipt_identified(parts: &ReceiptParts) -> Vec<Posting> {
    incoming(Account::ReceiptsUnidentified, parts)
}

/// Money of which nobody can say yet what it is: no revenue, and not to be committed.
#[must_use]
pub fn receipt_unidentified(amount: Money, usd_minor: i64, rate: Option<UsedRate>) -> Vec<Posting> {
    pair((Account::Cash, Account::ReceiptsUnidentified), Earmark::None, amount, usd_minor, rate).to_vec()
}

/// Held money goes back to where it came from.
#[must_use]
pub fn receipt_returned(amount: Money, usd_minor: i64, rate: Option<UsedRate>) -> Vec<Posting> {
    pair((Account::ReceiptsUnidentified, Account::Cash), Earmark::None, amount, usd_minor, rate).to_vec()
}

fn incoming(from: Account, parts: &ReceiptParts) -> Vec<Posting> {
    let currency = parts.amount.currency;
    let line = |account, amount, usd_minor, rate| Posting { account, earmark: parts.earmark, amount, usd_minor, rate };
    // A line of no amount is what is left between two amounts in dollars: no rate made it.
    let own = |account, minor: i64, usd_minor| {
        line(account, Money::new(minor, currency), usd_minor, parts.rate.filter(|_| minor != 0))
    };
    let of_pledge = |account, amount, usd_minor| line(account, amount, usd_minor, parts.settled_rate);
    let mut postings = vec![own(from, parts.amount.minor, parts.usd_minor)];
    if from == Account::ReceiptsUnidentified {
        // What was held was bound to nothing; from now on its cash is bound as the pledge is.
        postings[0].earmark = Earmark::None;
        if parts.earmark != Earmark::None {
            postings.push(own(Account::Cash, parts.amount.minor, parts.usd_minor));
            let unbound = own(Account::Cash, -parts.amount.minor, -parts.usd_minor);
            postings.push(Posting { earmark: Earmark::None, ..unbound });
        }
    }
    if parts.charge_minor != 0 {
        postings.push(own(Account::BankCharges, parts.charge_minor, parts.charge_usd_minor));
    }
    if parts.settled.minor != 0 {
        let settled = Money::new(-parts.settled.minor, parts.settled.currency);
        postings.push(of_pledge(Account::ContributionsReceivable, settled, -parts.settled_usd_minor));
    }
    if parts.excess_minor != 0 {
        postings.push(own(Account::ContributionRevenue, -parts.excess_minor, -parts.excess_usd_minor));
    }
    let gross_usd = parts.usd_minor + parts.charge_usd_minor - parts.excess_usd_minor;
    if parts.settled.currency != currency && parts.settled.minor != 0 {
        // Each currency passes through the exchange differences, so that each adds up to zero.
        let gross = parts.amount.minor + parts.charge_minor - parts.excess_minor;
        postings.push(own(Account::ExchangeDifferences, -gross, -gross_usd));
        postings.push(of_pledge(Account::ExchangeDifferences, parts.settled, parts.settled_usd_minor));
    } else if gross_usd != parts.settled_usd_minor {
        postings.push(own(Account::ExchangeDifferences, 0, parts.settled_usd_minor - gross_usd));
    }
    if parts.psc_usd_minor != 0 {
        postings.extend(usd_pair(
            Account::ProgrammeSupportCosts,
            Account::ProgrammeSupportSetAside,
            parts.earmark,
            parts.psc_usd_minor,
        ));
    }
    postings
}

/// A pledge becomes larger, or smaller where the difference is below zero, at the pledge's own rate.
#[must_use]
pub fn pledge_amended(earmark: Earmark, difference: Money, usd_minor: i64, rate: Option<UsedRate>) -> Vec<Posting> {
    let accounts = (Account::ContributionsReceivable, Account::ContributionRevenue);
    pair(accounts, earmark, difference, usd_minor, rate).to_vec()
}

/// A pledge, or a part of it, will not come.
#[must_use]
pub fn pledge_written_down(earmark: Earmark, amount: Money, usd_minor: i64, rate: Option<UsedRate>) -> Vec<Posting> {
    pair((Account::PledgesWrittenDown, Account::ContributionsReceivable), earmark, amount, usd_minor, rate).to_vec()
}
