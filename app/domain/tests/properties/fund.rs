//! A Fund as the books and as the records know it, and the steps that move its money.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::contributions::{Earmark, FundingShare};
use domain::countries::Region;
use domain::funding::{Held, Purpose, Source, Standing, allocate, available_for, by_earmark, parts, spent_elsewhere};
use domain::help::Theme;
use domain::ids::ReceiptId;
use domain::ledger::{self, Account, Event, PositionFigure, Posting, balances};
use domain::money::split_in_proportion;
use domain::recoveries::{Owed, settle};

type ByEarmark = BTreeMap<Earmark, i64>;

/// What happens to money; amounts are shares of what there is, in thousandths, and grants are counted round.
#[derive(Clone, Debug)]
pub enum Step {
    Award { purpose: usize, thousandths: i64 },
    Increase { grant: usize, thousandths: i64 },
    Decrease { grant: usize, thousandths: i64 },
    Pay { grant: usize, thousandths: i64 },
    Bounce { grant: usize, payment: usize },
    Spend { grant: usize, thousandths: i64 },
    End { grant: usize },
    Receive { grant: usize, thousandths: i64 },
    WriteOff { grant: usize, thousandths: i64 },
}

/// What a payment took, by earmark and by receipt.
type Payment = (Vec<(Earmark, i64)>, Vec<FundingShare>);

#[derive(Clone, Debug, Default)]
pub struct Grant {
    pub purpose: usize,
    pub standings: BTreeMap<ReceiptId, Standing>,
    payments: Vec<Payment>,
    open: ByEarmark,
    advanced: ByEarmark,
    spent: i64,
    lost: i64,
    owed: Vec<Owed>,
    ended: bool,
}

/// The Fund as the books and as the records know it.
pub struct Fund {
    pub sources: Vec<Source>,
    pub grants: Vec<Grant>,
    journal: Vec<(Event, Vec<Posting>)>,
}

pub const PURPOSES: [Purpose; 3] = [
    Purpose { theme: Theme::Trafficking, region: Some(Region::Africa) },
    Purpose { theme: Theme::LabourMigration, region: Some(Region::AsiaPacific) },
    Purpose { theme: Theme::Trafficking, region: None },
];

fn share_of(amount: i64, thousandths: i64) -> i64 {
    i64::try_from(i128::from(amount) * i128::from(thousandths) / 1000).unwrap()
}

fn pairs(amounts: &ByEarmark) -> Vec<(Earmark, i64)> {
    amounts.iter().filter(|(_, amount)| **amount != 0).map(|(earmark, amount)| (*earmark, *amount)).collect()
}

/// Spreads an amount over earmarks in proportion to what each has.
fn split(amount: i64, of: &ByEarmark) -> Vec<(Earmark, i64)> {
    let weights: Vec<i64> = of.values().copied().collect();
    of.keys().copied().zip(split_in_proportion(amount, &weights)).filter(|(_, part)| *part != 0).collect()
}

impl Fund {
    pub fn new(usable: &[(Earmark, i64)]) -> Self {
        let day = NaiveDate::from_ymd_opt(2026, 1, 1).unwrap();
        let sources: Vec<Source> = (1..)
            .zip(usable)
            .map(|(id, (earmark, available))| Source {
                receipt: ReceiptId(id),
                earmark: *earmark,
                received_on: day + chrono::Days::new(u64::try_from(id % 5).unwrap()),
                available: *available,
            })
            .collect();
        let journal = sources
            .iter()
            .map(|source| {
                let line = |account, usd_minor| Posting {
                    account,
                    earmark: source.earmark,
                    amount: domain::money::Money::usd(usd_minor),
                    usd_minor,
                    rate: None,
                };
                let postings =
                    vec![line(Account::Cash, source.available), line(Account::ContributionRevenue, -source.available)];
                (Event::Receipt, postings)
            })
            .collect();
        Self { sources, grants: Vec::new(), journal }
    }

    fn earmark(&self, receipt: ReceiptId) -> Earmark {
        self.sources.iter().find(|source| source.receipt == receipt).unwrap().earmark
    }

    /// Gives to receipts, or takes from them below zero.
    fn give(&mut self, grant: usize, shares: &[FundingShare], sign: i64) {
        for share in shares {
            let source = self.sources.iter_mut().find(|source| source.receipt == share.receipt).unwrap();
            source.available += sign * share.usd_minor;
            self.standing(grant, share.receipt).held -= sign * share.usd_minor;
        }
    }

    fn standing(&mut self, grant: usize, receipt: ReceiptId) -> &mut Standing {
        let earmark = self.earmark(receipt);
        let fresh = Standing { receipt, earmark, held: 0, advanced: 0, paid: 0, spent: 0 };
        self.grants[grant].standings.entry(receipt).or_insert(fresh)
    }

    fn standings(&self, grant: usize) -> Vec<Standing> {
        self.grants[grant].standings.values().copied().collect()
    }

    fn shares(&self, grant: usize, amounts: &[(Earmark, i64)], of: fn(Standing) -> Held) -> Vec<FundingShare> {
        let held: Vec<Held> = self.standings(grant).into_iter().map(of).collect();
        parts(amounts, &held).expect("receipts have what the books have")
    }

    /// A grant of which nothing is committed yet; gives its place.
    pub fn begin(&mut self, purpose: usize) -> usize {
        self.grants.push(Grant { purpose, ..Grant::default() });
        self.grants.len() - 1
    }

    pub fn commit(&mut self, grant: usize, amount: i64, event: Event) {
        let purpose = PURPOSES[self.grants[grant].purpose];
        let Some(shares) = allocate(amount, purpose, &self.sources) else {
            assert!(amount > available_for(purpose, &self.sources));
            return;
        };
        assert_eq!(shares.iter().map(|share| share.usd_minor).sum::<i64>(), amount);
        let amounts = by_earmark(&shares, |receipt| self.earmark(receipt));
        self.give(grant, &shares, -1);
        for (earmark, part) in &amounts {
            *self.grants[grant].open.entry(*earmark).or_default() += part;
        }
        self.journal.push((event, ledger::commitment(&amounts)));
    }

    fn release(&mut self, grant: usize, amounts: &[(Earmark, i64)]) {
        let shares = self.shares(grant, amounts, Standing::open);
        let back = by_earmark(&shares, |receipt| self.earmark(receipt));
        assert_eq!(back, amounts.to_vec(), "exactly what was taken, earmark by earmark");
        self.give(grant, &shares, 1);
        for (earmark, part) in amounts {
            *self.grants[grant].open.get_mut(earmark).unwrap() -= part;
        }
        self.journal.push((Event::CommitmentDecreased, ledger::commitment_decreased(amounts)));
    }

    fn pay(&mut self, grant: usize, amount: i64) {
        let amounts = split(amount, &self.grants[grant].open);
        let shares = self.shares(grant, &amounts, Standing::open);
        for share in &shares {
            let standing = self.standing(grant, share.receipt);
            (standing.advanced, standing.paid) = (standing.advanced + share.usd_minor, standing.paid + share.usd_minor);
        }
        self.grants[grant].payments.push((amounts.clone(), shares));
        for (earmark, part) in &amounts {
            let open = self.grants[grant].open.get_mut(earmark).unwrap();
            *open -= part;
            assert!(*open >= 0);
            *self.grants[grant].advanced.entry(*earmark).or_default() += part;
        }
        for event in [
            Event::DisbursementRequested,
            Event::DisbursementCertified,
            Event::DisbursementApproved,
            Event::DisbursementReleased,
            Event::DisbursementConfirmed,
        ] {
            self.journal.push((event, ledger::disbursement(event, &amounts)));
        }
    }

    /// A payment comes back, as long as the partner still has as much; exactly what it took is open again.
    fn bounce(&mut self, grant: usize, payment: usize) {
        let number = self.grants[grant].payments.len();
        let Some(payment) = (number > 0).then(|| payment % number) else { return };
        let advanced = &self.grants[grant].advanced;
        let (amounts, _) = &self.grants[grant].payments[payment];
        if amounts.iter().any(|(earmark, part)| advanced.get(earmark).copied().unwrap_or(0) < *part) {
            return;
        }
        let (amounts, shares) = self.grants[grant].payments.remove(payment);
        for (earmark, part) in &amounts {
            *self.grants[grant].advanced.get_mut(earmark).unwrap() -= part;
            *self.grants[grant].open.get_mut(earmark).unwrap() += part;
        }
        for share in &shares {
            let standing = self.standing(grant, share.receipt);
            (standing.advanced, standing.paid) = (standing.advanced - share.usd_minor, standing.paid - share.usd_minor);
        }
        for share in spent_elsewhere(&self.standings(grant)).expect("others paid as much") {
            self.standing(grant, share.receipt).spent += share.usd_minor;
        }
        self.journal.push((Event::DisbursementBounced, ledger::disbursement(Event::DisbursementBounced, &amounts)));
    }

    fn spend(&mut self, grant: usize, amount: i64) {
        let amounts = split(amount, &self.grants[grant].advanced);
        for share in self.shares(grant, &amounts, Standing::unspent) {
            self.standing(grant, share.receipt).spent += share.usd_minor;
        }
        for (earmark, part) in &amounts {
            *self.grants[grant].advanced.get_mut(earmark).unwrap() -= part;
        }
        self.grants[grant].spent += amount;
        self.journal.push((Event::ReportAccepted, ledger::report_accepted(&amounts)));
    }

    fn end(&mut self, grant: usize) {
        let open = pairs(&self.grants[grant].open);
        self.release(grant, &open);
        let amounts = pairs(&self.grants[grant].advanced);
        let shares = self.shares(grant, &amounts, Standing::unspent);
        self.grants[grant].owed =
            shares.iter().map(|share| Owed { receipt: share.receipt, usd_minor: share.usd_minor }).collect();
        self.grants[grant].advanced.clear();
        self.grants[grant].ended = true;
        self.journal.push((Event::RecoveryDue, ledger::recovery_due(&amounts)));
    }

    fn settle(&mut self, grant: usize, amount: i64, received: bool) {
        let shares = settle(amount, &self.grants[grant].owed).expect("no more than is owed");
        assert_eq!(shares.iter().map(|share| share.usd_minor).sum::<i64>(), amount);
        for share in &shares {
            let owed = self.grants[grant].owed.iter_mut().find(|owed| owed.receipt == share.receipt).unwrap();
            owed.usd_minor -= share.usd_minor;
            assert!(owed.usd_minor >= 0);
        }
        let amounts = by_earmark(&shares, |receipt| self.earmark(receipt));
        if received {
            self.give(grant, &shares, 1);
            for share in &shares {
                let standing = self.standing(grant, share.receipt);
                (standing.advanced, standing.paid) =
                    (standing.advanced - share.usd_minor, standing.paid - share.usd_minor);
            }
            self.journal.push((Event::RecoveryReceived, ledger::recovery_received(&amounts)));
        } else {
            self.grants[grant].lost += amount;
            self.journal.push((Event::RecoveryWrittenOff, ledger::recovery_written_off(&amounts)));
        }
    }

    pub fn take(&mut self, step: &Step) {
        let number = self.grants.len();
        let running =
            |grant: usize, fund: &Self| (number > 0).then(|| grant % number).filter(|grant| !fund.grants[*grant].ended);
        let sum = |amounts: &ByEarmark| amounts.values().sum::<i64>();
        match *step {
            Step::Award { purpose, thousandths } => {
                let purpose = purpose % PURPOSES.len();
                let number = self.begin(purpose);
                let available = available_for(PURPOSES[purpose], &self.sources);
                self.commit(number, share_of(available, thousandths), Event::Commitment);
            }
            Step::Increase { grant, thousandths } => {
                if let Some(grant) = running(grant, self) {
                    let available = available_for(PURPOSES[self.grants[grant].purpose], &self.sources);
                    self.commit(grant, share_of(available, thousandths), Event::CommitmentIncreased);
                }
            }
            Step::Decrease { grant, thousandths } => {
                if let Some(grant) = running(grant, self) {
                    let open = &self.grants[grant].open;
                    let amounts = split(share_of(sum(open), thousandths.min(1000)), open);
                    self.release(grant, &amounts);
                }
            }
            Step::Pay { grant, thousandths } => {
                if let Some(grant) = running(grant, self) {
                    self.pay(grant, share_of(sum(&self.grants[grant].open), thousandths.min(1000)));
                }
            }
            Step::Spend { grant, thousandths } => {
                if let Some(grant) = running(grant, self) {
                    self.spend(grant, share_of(sum(&self.grants[grant].advanced), thousandths.min(1000)));
                }
            }
            Step::Bounce { grant, payment } => {
                if let Some(grant) = running(grant, self) {
                    self.bounce(grant, payment);
                }
            }
            Step::End { grant } => {
                if let Some(grant) = running(grant, self) {
                    self.end(grant);
                }
            }
            Step::Receive { grant, thousandths } | Step::WriteOff { grant, thousandths } => {
                let Some(grant) = (number > 0).then(|| grant % number) else { return };
                let owed: i64 = self.grants[grant].owed.iter().map(|owed| owed.usd_minor).sum();
                let amount = share_of(owed, thousandths.min(1000));
                self.settle(grant, amount, matches!(step, Step::Receive { .. }));
            }
        }
    }

    /// What the books say is available, by earmark.
    fn in_books(&self) -> ByEarmark {
        let mut sums = ByEarmark::new();
        for (event, postings) in &self.journal {
            for line in postings {
                let sign = PositionFigure::Available.sign(line.account, *event);
                *sums.entry(line.earmark).or_default() += sign * line.usd_minor;
            }
        }
        sums
    }

    pub fn check(&self) {
        for (event, postings) in &self.journal {
            assert!(balances(postings), "{event}: {postings:?}");
        }
        let mut by_earmark = ByEarmark::new();
        for source in &self.sources {
            assert!(source.available >= 0, "{source:?}");
            *by_earmark.entry(source.earmark).or_default() += source.available;
        }
        let in_books = self.in_books();
        assert_eq!(pairs(&in_books), pairs(&by_earmark));
        for grant in &self.grants {
            assert!(grant.standings.values().all(|standing| standing.is_in_order()), "{grant:?}");
            let held: i64 = grant.standings.values().map(|standing| standing.held).sum();
            let owed: i64 = grant.owed.iter().map(|owed| owed.usd_minor).sum();
            let bound = grant.open.values().sum::<i64>() + grant.advanced.values().sum::<i64>() + grant.spent;
            assert_eq!(held, bound + owed + grant.lost, "{grant:?}");
        }
    }
}
