//! From a donor's dollar to a grant and back: commitments, payments, expenditure and recoveries in any order.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::contributions::{Earmark, FundingShare};
use domain::countries::Region;
use domain::funding::{Held, Purpose, Source, allocate, available_for, by_earmark, parts, scenario};
use domain::grants::replanned;
use domain::help::Theme;
use domain::ids::ReceiptId;
use domain::ledger::{self, Account, Event, MAKES_AVAILABLE, PAID_TO_PARTNERS, Posting, WITH_PARTNERS, balances};
use domain::money::split_in_proportion;
use domain::recoveries::{Owed, settle};
use proptest::prelude::*;

type ByEarmark = BTreeMap<Earmark, i64>;

/// What happens to money; amounts are shares of what there is, in thousandths, and grants are counted round.
#[derive(Clone, Debug)]
enum Step {
    Award { purpose: usize, thousandths: i64 },
    Increase { grant: usize, thousandths: i64 },
    Decrease { grant: usize, thousandths: i64 },
    Pay { grant: usize, thousandths: i64 },
    Spend { grant: usize, thousandths: i64 },
    End { grant: usize },
    Receive { grant: usize, thousandths: i64 },
    WriteOff { grant: usize, thousandths: i64 },
}

#[derive(Clone, Debug, Default)]
struct Grant {
    purpose: usize,
    held: BTreeMap<ReceiptId, i64>,
    open: ByEarmark,
    advanced: ByEarmark,
    spent: i64,
    lost: i64,
    owed: Vec<Owed>,
    ended: bool,
}

/// The Fund as the books and as the records know it.
struct Fund {
    sources: Vec<Source>,
    grants: Vec<Grant>,
    journal: Vec<(Event, Vec<Posting>)>,
}

const PURPOSES: [Purpose; 3] = [
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
    fn new(usable: &[(Earmark, i64)]) -> Self {
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
            *self.grants[grant].held.entry(share.receipt).or_default() -= sign * share.usd_minor;
        }
    }

    fn held(&self, grant: usize) -> Vec<Held> {
        self.grants[grant]
            .held
            .iter()
            .map(|(receipt, usd_minor)| Held {
                receipt: *receipt,
                earmark: self.earmark(*receipt),
                usd_minor: *usd_minor,
            })
            .collect()
    }

    fn commit(&mut self, grant: usize, amount: i64, event: Event) {
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
        let shares = parts(amounts, &self.held(grant)).expect("a grant holds what is open");
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

    fn spend(&mut self, grant: usize, amount: i64) {
        let amounts = split(amount, &self.grants[grant].advanced);
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
        let shares = parts(&amounts, &self.held(grant)).expect("a grant holds what it was advanced");
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
            self.journal.push((Event::RecoveryReceived, ledger::recovery_received(&amounts)));
        } else {
            self.grants[grant].lost += amount;
            self.journal.push((Event::RecoveryWrittenOff, ledger::recovery_written_off(&amounts)));
        }
    }

    fn take(&mut self, step: &Step) {
        let number = self.grants.len();
        let running =
            |grant: usize, fund: &Self| (number > 0).then(|| grant % number).filter(|grant| !fund.grants[*grant].ended);
        let sum = |amounts: &ByEarmark| amounts.values().sum::<i64>();
        match *step {
            Step::Award { purpose, thousandths } => {
                let purpose = purpose % PURPOSES.len();
                self.grants.push(Grant { purpose, ..Grant::default() });
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
            let of_grants = PAID_TO_PARTNERS.contains(event);
            for line in postings.iter().filter(|line| line.account != Account::Cash || !of_grants) {
                let sign = match line.account {
                    account if MAKES_AVAILABLE.contains(&account) => 1,
                    account if WITH_PARTNERS.contains(&account) => -1,
                    _ => 0,
                };
                *sums.entry(line.earmark).or_default() += sign * line.usd_minor;
            }
        }
        sums
    }

    fn check(&self) {
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
            assert!(grant.held.values().all(|held| *held >= 0), "{grant:?}");
            let owed: i64 = grant.owed.iter().map(|owed| owed.usd_minor).sum();
            let bound = grant.open.values().sum::<i64>() + grant.advanced.values().sum::<i64>() + grant.spent;
            assert_eq!(grant.held.values().sum::<i64>(), bound + owed + grant.lost, "{grant:?}");
        }
    }
}

fn step() -> impl Strategy<Value = Step> {
    let (grant, thousandths) = (0..8_usize, 0..=1100_i64);
    prop_oneof![
        (0..3_usize, thousandths.clone()).prop_map(|(purpose, thousandths)| Step::Award { purpose, thousandths }),
        (grant.clone(), 0..400_i64).prop_map(|(grant, thousandths)| Step::Increase { grant, thousandths }),
        (grant.clone(), thousandths.clone()).prop_map(|(grant, thousandths)| Step::Decrease { grant, thousandths }),
        (grant.clone(), thousandths.clone()).prop_map(|(grant, thousandths)| Step::Pay { grant, thousandths }),
        (grant.clone(), thousandths.clone()).prop_map(|(grant, thousandths)| Step::Spend { grant, thousandths }),
        grant.clone().prop_map(|grant| Step::End { grant }),
        (grant.clone(), thousandths.clone()).prop_map(|(grant, thousandths)| Step::Receive { grant, thousandths }),
        (grant, thousandths).prop_map(|(grant, thousandths)| Step::WriteOff { grant, thousandths }),
    ]
}

fn money() -> impl Strategy<Value = Vec<(Earmark, i64)>> {
    let earmark = proptest::sample::select(Earmark::ALL);
    prop::collection::vec((earmark, 0..=9_999_999_i64), 1..12)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn shares_add_up_and_nothing_is_below_zero_whatever_happens(
        money in money(),
        steps in prop::collection::vec(step(), 0..40),
    ) {
        let mut fund = Fund::new(&money);
        for step in &steps {
            fund.take(step);
            fund.check();
        }
    }

    #[test]
    fn ending_everything_and_getting_it_all_back_returns_exactly_what_was_taken(
        money in money(),
        steps in prop::collection::vec(step(), 0..40),
    ) {
        let mut fund = Fund::new(&money);
        // Everything but spending and losing can be undone.
        for step in steps.iter().filter(|step| !matches!(step, Step::Spend { .. } | Step::WriteOff { .. })) {
            fund.take(step);
        }
        for grant in 0..fund.grants.len() {
            fund.take(&Step::End { grant });
            fund.take(&Step::Receive { grant, thousandths: 1000 });
        }
        fund.check();
        for (source, (_, before)) in fund.sources.iter().zip(&money) {
            prop_assert_eq!(source.available, *before, "receipt {}", source.receipt);
        }
    }

    #[test]
    fn a_scenario_takes_what_the_same_awards_would_take(
        money in money(),
        awards in prop::collection::vec((0..3_usize, 0..=9_999_999_i64), 0..8),
    ) {
        let mut fund = Fund::new(&money);
        let asked: Vec<(i64, Purpose)> = awards.iter().map(|(purpose, amount)| (*amount, PURPOSES[*purpose])).collect();
        let thought = scenario(&asked, &fund.sources);
        for ((purpose, amount), considered) in awards.iter().zip(&thought.awards) {
            let number = fund.grants.len();
            prop_assert_eq!(considered.available, available_for(PURPOSES[*purpose], &fund.sources));
            prop_assert_eq!(considered.taken.is_some(), *amount <= considered.available);
            fund.grants.push(Grant { purpose: *purpose, ..Grant::default() });
            fund.commit(number, *amount, Event::Commitment);
        }
        prop_assert_eq!(thought.left, fund.sources);
    }

    #[test]
    fn replanned_instalments_add_up_and_none_is_nothing(
        unpaid in prop::collection::vec(1..=9_999_999_i64, 0..6),
        total in 0..=99_999_999_i64,
    ) {
        let number = i64::try_from(unpaid.len()).unwrap();
        match replanned(&unpaid, total) {
            None => prop_assert!(number == 0 || total < number),
            Some(amounts) => {
                prop_assert_eq!(amounts.iter().sum::<i64>(), total);
                prop_assert!(amounts.iter().all(|amount| *amount >= 1));
            }
        }
    }
}
