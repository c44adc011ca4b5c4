//! From a donor's dollar to a grant: which receipts pay for a commitment, and what is left of them.

use chrono::NaiveDate;

use crate::contributions::{Earmark, FundingShare};
use crate::countries::Region;
use crate::help::Theme;
use crate::ids::ReceiptId;
use crate::money::split_in_proportion;

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
