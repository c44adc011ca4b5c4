//! Which receipts pay for the grants, and how far the money of each got.

use std::collections::BTreeSet;

use domain::contributions::FundingShare;
use domain::countries;
use domain::funding::{MoneyStage, Purpose, Source, allocate};
use domain::help::Theme;
use domain::ids::GrantId;

use super::applications::Written;
use super::money::next_id;
use super::{Bulk, CHUNK};
use crate::contributions::donor_sums;
use crate::error::{Error, Result};
use crate::grants::entity::{grant_funding, money_use};

/// What grants took of receipts and how far it got; inserted once the entries of the books are.
#[derive(Default)]
pub(super) struct Receipts {
    /// What the commitments took; their entries are set as soon as these are posted.
    pub(super) funding: Vec<grant_funding::Model>,
    uses: Vec<money_use::Model>,
}

/// The receipts that pay, chosen by the rule by which awards choose them.
pub(super) fn fund(
    receipts: &mut Receipts,
    written: &Written,
    grant_id: i64,
    sources: &mut [Source],
) -> Result<Vec<FundingShare>> {
    let theme = Theme::from_code(&written.row.theme).ok_or_else(|| Error::Defect("no theme".to_owned()))?;
    let purpose = Purpose { theme, region: countries::region(&written.row.country) };
    let shares = allocate(written.row.requested_usd_minor, purpose, sources)
        .ok_or_else(|| Error::Defect(format!("not enough money for grant {grant_id}")))?;
    for share in &shares {
        for source in sources.iter_mut().filter(|source| source.receipt == share.receipt) {
            source.available -= share.usd_minor;
        }
        receipts.funding.push(grant_funding::Model {
            id: next_id(&receipts.funding),
            grant_id,
            receipt_id: share.receipt.into(),
            // Set as soon as the commitment is posted.
            entry_id: 0,
            usd_minor: share.usd_minor,
        });
    }
    Ok(shares)
}

/// What a grant has of each receipt: not yet paid, and paid and not yet spent.
pub(super) struct Money {
    pub(super) open: Vec<FundingShare>,
    pub(super) unspent: Vec<FundingShare>,
}

impl Money {
    /// Of a grant that was just committed.
    pub(super) fn new(shares: &[FundingShare]) -> Self {
        Self { open: shares.to_vec(), unspent: Vec::new() }
    }

    /// Moves shares on to a stage, and keeps which entry did.
    pub(super) fn moved(
        &mut self,
        receipts: &mut Receipts,
        grant_id: i64,
        entry_id: i64,
        stage: MoneyStage,
        shares: &[FundingShare],
    ) {
        for share in shares.iter().filter(|share| share.usd_minor != 0) {
            receipts.uses.push(money_use::Model {
                id: next_id(&receipts.uses),
                grant_id,
                receipt_id: share.receipt.into(),
                entry_id,
                stage: stage.code().to_owned(),
                usd_minor: share.usd_minor,
            });
            let (from, to) = match stage {
                MoneyStage::Advanced => (Some(&mut self.open), None),
                MoneyStage::Paid => (None, Some(&mut self.unspent)),
                MoneyStage::Spent => (Some(&mut self.unspent), None),
            };
            for known in from.into_iter().flatten().filter(|known| known.receipt == share.receipt) {
                known.usd_minor -= share.usd_minor;
            }
            if let Some(to) = to {
                match to.iter_mut().find(|known| known.receipt == share.receipt) {
                    Some(known) => known.usd_minor += share.usd_minor,
                    None => to.push(*share),
                }
            }
        }
    }
}

/// What the commitments took from receipts, once their entries are written, and what that makes of each donor's money.
pub(super) async fn fund_grants(bulk: &mut Bulk<'_>, receipts: Receipts) -> Result<()> {
    let grants: BTreeSet<i64> = receipts.funding.iter().map(|row| row.grant_id).collect();
    let mut funding = receipts.funding;
    while !funding.is_empty() {
        bulk.insert::<grant_funding::Entity>(funding.drain(..funding.len().min(CHUNK)).collect()).await?;
        bulk.commit().await?;
    }
    bulk.insert::<money_use::Entity>(receipts.uses).await?;
    for grant in grants {
        donor_sums::renew(bulk.step().await?, GrantId(grant)).await?;
    }
    Ok(())
}
