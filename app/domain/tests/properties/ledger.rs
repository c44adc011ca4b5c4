//! The books without a database: what any sequence of events posts adds up, is shared to the cent, and can be undone.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::contributions::{Earmark, FundingShare};
use domain::countries::Region;
use domain::funding::{Purpose, Source, allocate, available_for, spread};
use domain::help::Theme;
use domain::ids::ReceiptId;
use domain::ledger::{
    Account, Event, Posting, ReceiptParts, UsedRate, balances, commitment, commitment_cancelled, commitment_decreased,
    commitment_increased, disbursement, disbursement_rejected, is_at_its_rate, pledge, pledge_amended,
    pledge_written_down, programme_support_transferred, receipt, receipt_identified, receipt_returned,
    receipt_unidentified, recovery_due, recovery_received, recovery_written_off, report_accepted, reversal,
};
use domain::money::{Currency, Money};
use domain::receipts::{Incoming, OpenPledge, settle};
use proptest::prelude::*;
use rust_decimal::Decimal;

/// Millions of dollars in cents: beyond any amount of the Fund, and a thousand of them still add up.
const MOST: i64 = 1_000_000_000_000;

fn currency() -> impl Strategy<Value = Currency> {
    proptest::sample::select(Currency::all_codes()).prop_map(|code| Currency::from_code(code).unwrap())
}

fn earmark() -> impl Strategy<Value = Earmark> {
    proptest::sample::select(Earmark::ALL)
}

fn shares() -> impl Strategy<Value = Vec<(Earmark, i64)>> {
    prop::collection::vec((earmark(), 0..MOST), 1..6)
}

fn steps() -> impl Strategy<Value = Event> {
    proptest::sample::select(
        &[
            Event::DisbursementRequested,
            Event::DisbursementCertified,
            Event::DisbursementApproved,
            Event::DisbursementReleased,
            Event::DisbursementConfirmed,
            Event::DisbursementFailed,
            Event::DisbursementVoided,
        ][..],
    )
}

/// Posts amounts by earmark.
type Posts = fn(&[(Earmark, i64)]) -> Vec<Posting>;

/// What is posted by earmark.
const SHARED: &[Posts] = &[
    commitment,
    commitment_cancelled,
    commitment_increased,
    commitment_decreased,
    report_accepted,
    programme_support_transferred,
    recovery_due,
    recovery_received,
    recovery_written_off,
];

/// The postings of any one event.
fn any_entry() -> impl Strategy<Value = Vec<Posting>> {
    prop_oneof![
        (earmark(), currency(), 1..MOST, 1..MOST).prop_map(|(earmark, currency, minor, usd)| pledge(
            earmark,
            Money::new(minor, currency),
            usd,
            None
        )),
        (earmark(), currency(), -MOST..MOST, -MOST..MOST).prop_map(|(earmark, currency, minor, usd)| pledge_amended(
            earmark,
            Money::new(minor, currency),
            usd,
            None
        )),
        (earmark(), currency(), 1..MOST, 1..MOST).prop_map(|(earmark, currency, minor, usd)| pledge_written_down(
            earmark,
            Money::new(minor, currency),
            usd,
            None
        )),
        (currency(), 1..MOST, 1..MOST).prop_map(|(currency, minor, usd)| receipt_unidentified(
            Money::new(minor, currency),
            usd,
            None
        )),
        (currency(), 1..MOST, 1..MOST).prop_map(|(currency, minor, usd)| receipt_returned(
            Money::new(minor, currency),
            usd,
            None
        )),
        (any::<bool>(), any_receipt()).prop_map(|(held, parts)| if held {
            receipt_identified(&parts)
        } else {
            receipt(&parts)
        }),
        (proptest::sample::select(SHARED), shares()).prop_map(|(posted, shares)| posted(&shares)),
        (steps(), shares()).prop_map(|(step, shares)| disbursement(step, &shares)),
        (any::<bool>(), shares()).prop_map(|(certified, shares)| disbursement_rejected(certified, &shares)),
    ]
}

/// A receipt in any currency for a pledge in any other one or the same, of which any part is closed, at any rates; the
/// banks may have kept a part.
fn any_receipt() -> impl Strategy<Value = ReceiptParts> {
    let money = || (currency(), 100..1_000_000_000_i64).prop_map(|(currency, minor)| Money::new(minor, currency));
    let rate = || (1..1_000_000_i64, 2..4_u32).prop_map(|(units, scale)| Decimal::new(units, scale));
    let pledge = (earmark(), money(), rate(), 0..=100_i64, 0..=10_000_i64);
    (pledge, money(), any::<bool>(), rate(), 0..1_000_i64).prop_filter_map(
        "the books cannot hold it",
        |((earmark, amount, rate, closed, psc_basis_points), came, same, came_rate, charge_minor)| {
            let usd_minor = amount.to_usd(rate).ok()?.minor;
            let closed_minor = amount.minor / 100 * closed;
            let closed_usd_minor = Money::usd(usd_minor).share(closed_minor, amount.minor).ok()?.minor;
            let date = NaiveDate::from_ymd_opt(2026, 3, 17).unwrap();
            let own = UsedRate::of(amount.currency, rate, date);
            let pledge =
                OpenPledge { earmark, amount, usd_minor, rate: own, closed_minor, closed_usd_minor, psc_basis_points };
            let amount = if same { Money::new(came.minor, pledge.amount.currency) } else { came };
            let pledge_rate = if same { came_rate } else { rate };
            let incoming =
                Incoming { amount, usd_minor: None, charge_minor, date, rate: came_rate, pledge_rate, stated: None };
            settle(&pledge, &incoming).ok().filter(|settled| settled.credited_minor > 0).map(|settled| settled.parts)
        },
    )
}

/// By account and earmark, in US cents and in each currency.
#[derive(Clone, Debug, Default, PartialEq)]
struct Balances {
    usd: BTreeMap<(Account, Earmark), i64>,
    amounts: BTreeMap<(Account, Earmark, Currency), i64>,
}

impl Balances {
    fn add(&mut self, postings: &[Posting]) {
        for line in postings {
            *self.usd.entry((line.account, line.earmark)).or_default() += line.usd_minor;
            let key = (line.account, line.earmark, line.amount.currency);
            *self.amounts.entry(key).or_default() += line.amount.minor;
        }
    }

    fn is_zero(&self) -> bool {
        self.usd.values().chain(self.amounts.values()).all(|sum| *sum == 0)
    }
}

fn purpose() -> impl Strategy<Value = Purpose> {
    (proptest::sample::select(Theme::ALL), proptest::option::of(proptest::sample::select(Region::ALL)))
        .prop_map(|(theme, region)| Purpose { theme, region })
}

fn sources() -> impl Strategy<Value = Vec<Source>> {
    prop::collection::vec((earmark(), 0..3_000_u64, 0..100_000_000_i64), 1..20).prop_map(|rows| {
        let first = NaiveDate::from_ymd_opt(2015, 1, 1).unwrap();
        (1..)
            .zip(rows)
            .map(|(id, (earmark, day, available))| Source {
                receipt: ReceiptId(id),
                earmark,
                received_on: first + chrono::Days::new(day),
                available,
            })
            .collect()
    })
}

fn total(shares: &[FundingShare]) -> i64 {
    shares.iter().map(|share| share.usd_minor).sum()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn whatever_happens_posts_an_entry_that_adds_up_to_zero(postings in any_entry()) {
        prop_assert!(balances(&postings), "{:?}", postings);
    }

    #[test]
    fn every_line_of_a_receipt_in_another_currency_is_its_amount_at_its_rate(parts in any_receipt()) {
        let events = [(Event::Receipt, receipt(&parts)), (Event::ReceiptIdentified, receipt_identified(&parts))];
        for (event, postings) in events {
            for line in postings {
                let needed = line.amount.currency != Currency::USD && line.amount.minor != 0;
                prop_assert_eq!(line.rate.is_some(), needed, "{:?}", line);
                prop_assert!(is_at_its_rate(event, &line), "{:?}", line);
            }
        }
    }

    #[test]
    fn an_entry_and_its_reversal_leave_nothing_and_two_reversals_the_entry(postings in any_entry()) {
        let back = reversal(&postings);
        prop_assert!(balances(&back));
        prop_assert_eq!(reversal(&back), postings.clone());
        let mut books = Balances::default();
        books.add(&postings);
        books.add(&back);
        prop_assert!(books.is_zero(), "{:?}", books);
    }

    #[test]
    fn a_journal_adds_up_at_every_moment_and_reversing_all_of_it_in_any_order_returns_to_zero(
        journal in prop::collection::vec(any_entry(), 1..16),
        turn in any::<prop::sample::Index>(),
    ) {
        let first = turn.index(journal.len());
        let (mut kept, mut replayed) = (Balances::default(), Balances::default());
        for (number, entry) in journal.iter().enumerate() {
            kept.add(entry);
            prop_assert_eq!(kept.usd.values().map(|sum| i128::from(*sum)).sum::<i128>(), 0);
            if number == first {
                // Replayed from the beginning, the journal gives what was kept.
                journal[..=number].iter().for_each(|entry| replayed.add(entry));
                prop_assert_eq!(&replayed, &kept);
            }
        }
        for entry in journal[first..].iter().chain(&journal[..first]) {
            kept.add(&reversal(entry));
        }
        prop_assert!(kept.is_zero(), "{:?}", kept);
    }

    #[test]
    fn a_disbursement_that_is_stopped_anywhere_or_paid_leaves_no_step_open(shares in shares(), stop in 0..6_usize) {
        let steps = [Event::DisbursementRequested, Event::DisbursementCertified, Event::DisbursementApproved,
            Event::DisbursementReleased, Event::DisbursementConfirmed];
        let mut books = Balances::default();
        books.add(&commitment(&shares));
        let committed = books.clone();
        steps[..stop.min(5)].iter().for_each(|step| books.add(&disbursement(*step, &shares)));
        match stop {
            1 => books.add(&disbursement_rejected(false, &shares)),
            2 => books.add(&disbursement_rejected(true, &shares)),
            3 => books.add(&disbursement(Event::DisbursementVoided, &shares)),
            4 => books.add(&disbursement(Event::DisbursementFailed, &shares)),
            _ => {}
        }
        let open = [Account::DisbursementsRequested, Account::DisbursementsCertified, Account::DisbursementsContra,
            Account::PaymentsApproved, Account::PaymentsInTransit];
        prop_assert!(books.usd.iter().all(|((account, _), sum)| !open.contains(account) || *sum == 0), "{:?}", books);
        if stop < 5 {
            // As if it had never been requested.
            books.usd.retain(|_, sum| *sum != 0);
            let expected: BTreeMap<_, _> = committed.usd.into_iter().filter(|(_, sum)| *sum != 0).collect();
            prop_assert_eq!(books.usd, expected);
        }
    }

    #[test]
    fn money_is_taken_to_the_cent_only_where_it_fits_and_never_more_than_there_is(
        sources in sources(), purpose in purpose(), amount in 0..400_000_000_i64,
    ) {
        let available = available_for(purpose, &sources);
        let Some(shares) = allocate(amount, purpose, &sources) else {
            prop_assert!(available < amount, "{} are there, {} were wanted", available, amount);
            return Ok(());
        };
        prop_assert_eq!(total(&shares), amount);
        let source = |share: &FundingShare| sources.iter().find(|source| source.receipt == share.receipt).unwrap();
        for share in &shares {
            prop_assert!(source(share).earmark.fits(purpose.theme, purpose.region));
            prop_assert!((1..=source(share).available).contains(&share.usd_minor));
        }
        // The pool is touched only when no earmarked cent is left, and of those the older goes first.
        let taken = |receipt: ReceiptId| shares.iter().filter(|share| share.receipt == receipt).map(|share| share.usd_minor).sum::<i64>();
        let fitting: Vec<&Source> = sources.iter()
            .filter(|source| source.earmark != Earmark::None && source.earmark.fits(purpose.theme, purpose.region)).collect();
        let used_pool = shares.iter().any(|share| source(share).earmark == Earmark::None);
        prop_assert!(!used_pool || fitting.iter().all(|source| taken(source.receipt) == source.available));
        for younger in fitting.iter().filter(|source| taken(source.receipt) > 0) {
            let older = |source: &&&Source| (source.received_on, source.receipt) < (younger.received_on, younger.receipt);
            prop_assert!(fitting.iter().filter(older).all(|source| taken(source.receipt) == source.available));
        }
    }

    #[test]
    fn awards_one_after_the_other_never_take_more_than_came_in_and_giving_back_restores_it(
        sources in sources(), wishes in prop::collection::vec((purpose(), 1..60_000_000_i64, any::<bool>()), 1..30),
    ) {
        let mut left = sources.clone();
        let mut kept = Vec::new();
        for (purpose, amount, given_back) in wishes {
            let before = left.clone();
            let Some(shares) = allocate(amount, purpose, &left) else { continue };
            let mut change = |sign: i64| for share in &shares {
                left.iter_mut().find(|source| source.receipt == share.receipt).unwrap().available -= sign * share.usd_minor;
            };
            change(1);
            if given_back {
                change(-1);
                prop_assert_eq!(&left, &before);
            } else {
                kept.push(amount);
            }
            prop_assert!(left.iter().all(|source| source.available >= 0));
        }
        let sum = |sources: &[Source]| sources.iter().map(|source| source.available).sum::<i64>();
        prop_assert_eq!(sum(&sources) - sum(&left), kept.iter().sum::<i64>());
    }

    #[test]
    fn what_is_paid_is_borne_in_proportion_to_the_cent(
        parts in prop::collection::vec(1..100_000_000_i64, 1..20), per_mille in 0..=1_000_i64,
    ) {
        let shares: Vec<FundingShare> =
            (1..).zip(parts).map(|(id, usd_minor)| FundingShare { receipt: ReceiptId(id), usd_minor }).collect();
        let amount = total(&shares) / 1_000 * per_mille;
        let borne = spread(amount, &shares);
        prop_assert_eq!(total(&borne), amount);
        for (share, borne) in shares.iter().zip(&borne) {
            prop_assert_eq!(share.receipt, borne.receipt);
            prop_assert!((0..=share.usd_minor).contains(&borne.usd_minor));
        }
        prop_assert_eq!(spread(total(&shares), &shares), shares);
    }
}
