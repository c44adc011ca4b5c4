//! From a donor's dollar to a grant: which receipts pay for a commitment, and what is left of them.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::contributions::{Earmark, FundingShare};
use crate::countries::Region;
use crate::help::Theme;
use crate::ids::ReceiptId;
use crate::money::split_in_proportion;

/// What a grant has of one receipt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Held {
    /// The receipt.
    pub receipt: ReceiptId,
    /// What its donor bound it to.
    pub earmark: Earmark,
    /// US cents.
    pub usd_minor: i64,
}

code_list! {
    /// How far money of a receipt got that a grant has.
    MoneyStage, "money-stage", {
        /// A payment of it was approved.
        Advanced = "advanced",
        /// The bank paid it.
        Paid = "paid",
        /// Accepted reports say that it was spent.
        Spent = "spent",
    }
}

/// How far the money of one receipt got in a grant, in US cents, each part within the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The receipt.
    pub receipt: ReceiptId,
    /// What its donor bound it to.
    pub earmark: Earmark,
    /// What the grant has of it.
    pub held: i64,
    /// Of that, what was approved for payment.
    pub advanced: i64,
    /// Of that, what the bank paid.
    pub paid: i64,
    /// Of that, what the partner spent.
    pub spent: i64,
}

impl Standing {
    /// Promised and not called on: what a payment takes, and what a smaller award gives back.
    #[must_use]
    pub const fn open(self) -> Held {
        Held { receipt: self.receipt, earmark: self.earmark, usd_minor: self.held - self.advanced }
    }

    /// Paid and not accounted for: what a report clears, and what a partner may have to pay back.
    #[must_use]
    pub const fn unspent(self) -> Held {
        Held { receipt: self.receipt, earmark: self.earmark, usd_minor: self.paid - self.spent }
    }

    /// Accounted for.
    #[must_use]
    pub const fn accounted(self) -> Held {
        Held { receipt: self.receipt, earmark: self.earmark, usd_minor: self.spent }
    }

    /// True when each part is within the one before it.
    #[must_use]
    pub const fn is_in_order(self) -> bool {
        0 <= self.spent && self.spent <= self.paid && self.paid <= self.advanced && self.advanced <= self.held
    }
}

/// A payment came back of which a part counted as spent: that was spent of what other receipts of the same earmark
/// paid. Gives what each receipt's spending grows or, below zero, shrinks by. `None` when the others did not pay as
/// much.
#[must_use]
pub fn spent_elsewhere(standings: &[Standing]) -> Option<Vec<FundingShare>> {
    let too_much: Vec<FundingShare> = standings
        .iter()
        .filter(|standing| standing.spent > standing.paid)
        .map(|standing| FundingShare { receipt: standing.receipt, usd_minor: standing.paid - standing.spent })
        .collect();
    let earmarks = |receipt| standings.iter().find(|known| known.receipt == receipt).map(|known| known.earmark);
    let amounts: Vec<(Earmark, i64)> = by_earmark(&too_much, |receipt| earmarks(receipt).unwrap_or(Earmark::None))
        .into_iter()
        .map(|(earmark, sum)| (earmark, -sum))
        .collect();
    let room: Vec<Held> = standings.iter().map(|standing| standing.unspent()).collect();
    let mut moved = parts(&amounts, &room)?;
    moved.extend(too_much);
    Some(moved)
}

/// Money of one receipt that is not committed yet, after PSC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Source {
    /// The receipt.
    pub receipt: ReceiptId,
    /// What the donor bound it to.
    pub earmark: Earmark,
    /// When it came in; older money is used first.
    pub received_on: NaiveDate,
    /// US cents not committed yet.
    pub available: i64,
}

/// What money is wanted for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Purpose {
    /// Theme of the grant.
    pub theme: Theme,
    /// Region of the grant's country.
    pub region: Option<Region>,
}

/// US cents that may be committed to a purpose: the pool and what is earmarked to it.
#[must_use]
pub fn available_for(purpose: Purpose, sources: &[Source]) -> i64 {
    sources
        .iter()
        .filter(|source| source.earmark.fits(purpose.theme, purpose.region))
        .map(|source| source.available.max(0))
        .sum()
}

/// The same of what is left by earmark, for pages that choose no receipts.
#[must_use]
pub fn available_of(purpose: Purpose, left: &[(Earmark, i64)]) -> i64 {
    left.iter().filter(|(earmark, _)| earmark.fits(purpose.theme, purpose.region)).map(|(_, left)| (*left).max(0)).sum()
}

/// Chooses the receipts that pay for an amount: earmarked money first and oldest first, to its purpose only;
/// the rest from the pool in proportion to what each receipt has left, to the cent.
/// `None` when the money does not cover the amount.
#[must_use]
pub fn allocate(amount: i64, purpose: Purpose, sources: &[Source]) -> Option<Vec<FundingShare>> {
    if amount < 0 || available_for(purpose, sources) < amount {
        return None;
    }
    let mut shares = Vec::new();
    let mut left = amount;
    let mut earmarked: Vec<&Source> = sources
        .iter()
        .filter(|source| source.earmark != Earmark::None && source.earmark.fits(purpose.theme, purpose.region))
        .collect();
    earmarked.sort_by_key(|source| (source.received_on, source.receipt));
    for source in earmarked {
        let part = left.min(source.available.max(0));
        if part > 0 {
            shares.push(FundingShare { receipt: source.receipt, usd_minor: part });
            left -= part;
        }
    }
    let pool: Vec<&Source> = sources.iter().filter(|source| source.earmark == Earmark::None).collect();
    let weights: Vec<i64> = pool.iter().map(|source| source.available.max(0)).collect();
    for (source, part) in pool.iter().zip(split_in_proportion(left, &weights)) {
        if part > 0 {
            shares.push(FundingShare { receipt: source.receipt, usd_minor: part });
        }
    }
    Some(shares)
}

/// The part of an amount paid out that each receipt bears, in the same proportion as it funds the grant.
#[must_use]
pub fn spread(amount: i64, shares: &[FundingShare]) -> Vec<FundingShare> {
    let weights: Vec<i64> = shares.iter().map(|share| share.usd_minor).collect();
    shares
        .iter()
        .zip(split_in_proportion(amount, &weights))
        .map(|(share, usd_minor)| FundingShare { receipt: share.receipt, usd_minor })
        .collect()
}

/// The part that each receipt bears of amounts by earmark: within an earmark in proportion to what the grant has of
/// each receipt, to the cent, and never more than that. `None` when a grant does not have that much of an earmark.
#[must_use]
pub fn parts(amounts: &[(Earmark, i64)], held: &[Held]) -> Option<Vec<FundingShare>> {
    let mut shares = Vec::new();
    for (earmark, amount) in amounts.iter().filter(|(_, amount)| *amount != 0) {
        let of_earmark: Vec<&Held> = held.iter().filter(|row| row.earmark == *earmark).collect();
        let weights: Vec<i64> = of_earmark.iter().map(|row| row.usd_minor.max(0)).collect();
        if *amount < 0 || weights.iter().map(|weight| i128::from(*weight)).sum::<i128>() < i128::from(*amount) {
            return None;
        }
        for (row, part) in of_earmark.iter().zip(split_in_proportion(*amount, &weights)) {
            if part != 0 {
                shares.push(FundingShare { receipt: row.receipt, usd_minor: part });
            }
        }
    }
    Some(shares)
}

/// Shares added up by the earmark of their receipts, without zeros.
#[must_use]
pub fn by_earmark(shares: &[FundingShare], earmark_of: impl Fn(ReceiptId) -> Earmark) -> Vec<(Earmark, i64)> {
    let mut sums: BTreeMap<Earmark, i64> = BTreeMap::new();
    for share in shares {
        *sums.entry(earmark_of(share.receipt)).or_default() += share.usd_minor;
    }
    sums.into_iter().filter(|(_, sum)| *sum != 0).collect()
}

/// One of several awards that are thought through together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Considered {
    /// What could be committed to its purpose when its turn came, US cents.
    pub available: i64,
    /// What it would take by earmark; none when the money does not cover it.
    pub taken: Option<Vec<(Earmark, i64)>>,
}

/// What would remain of the money if awards were approved one after another. One that no longer fits takes nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scenario {
    /// One for each award, in their order.
    pub awards: Vec<Considered>,
    /// The money as it would be left.
    pub left: Vec<Source>,
}

/// Thinks awards through: amounts in US cents with their purposes, in the order in which they would be approved.
#[must_use]
pub fn scenario(awards: &[(i64, Purpose)], sources: &[Source]) -> Scenario {
    let mut left = sources.to_vec();
    let awards = awards
        .iter()
        .map(|(amount, purpose)| {
            let available = available_for(*purpose, &left);
            let taken = allocate(*amount, *purpose, &left).map(|shares| take(&mut left, &shares));
            Considered { available, taken }
        })
        .collect();
    Scenario { awards, left }
}

/// Takes shares out of the sources, and says how much of each earmark that was.
fn take(sources: &mut [Source], shares: &[FundingShare]) -> Vec<(Earmark, i64)> {
    let mut sums: BTreeMap<Earmark, i64> = BTreeMap::new();
    for share in shares {
        for source in sources.iter_mut().filter(|source| source.receipt == share.receipt) {
            source.available -= share.usd_minor;
            *sums.entry(source.earmark).or_default() += share.usd_minor;
        }
    }
    sums.into_iter().collect()
}

/// What is available of an earmark, US cents.
#[must_use]
pub fn left_of(earmark: Earmark, sources: &[Source]) -> i64 {
    sources.iter().filter(|source| source.earmark == earmark).map(|source| source.available).sum()
}
