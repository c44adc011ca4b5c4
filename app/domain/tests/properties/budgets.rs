//! Budgets: sums to the cent, shares that add up, and the Fund's rules at their very edge.

use domain::applications::{BUDGET, read_budget};
use domain::budgets::{Budget, BudgetCategory, BudgetLimits, BudgetLine, Severity};
use domain::forms::Typed;
use domain::money::Money;
use proptest::prelude::*;
use rust_decimal::Decimal;

fn line(row: usize, category: BudgetCategory, requested: i64) -> BudgetLine {
    BudgetLine {
        row,
        category: Some(category),
        description: "Made up".to_owned(),
        unit: "month".to_owned(),
        quantity: 1,
        unit_cost: Money::usd(requested),
        times: 1,
        requested: Money::usd(requested),
        other: Money::usd(0),
        purpose: "Made up".to_owned(),
    }
}

fn budget(lines: &[(BudgetCategory, i64)]) -> Budget {
    Budget { lines: lines.iter().enumerate().map(|(row, (category, cents))| line(row, *category, *cents)).collect() }
}

fn keys(budget: &Budget) -> Vec<(String, String)> {
    budget.breaches(&BudgetLimits::default()).into_iter().map(|breach| (breach.field, breach.message.key)).collect()
}

fn has(budget: &Budget, key: &str) -> bool {
    keys(budget).iter().any(|(_, found)| found == key)
}

/// Several lines so that no single one is over half of the grant.
const SOUND: &[(BudgetCategory, i64)] = &[
    (BudgetCategory::Staff, 1_200_000),
    (BudgetCategory::Supplies, 1_000_000),
    (BudgetCategory::Transfers, 1_000_000),
    (BudgetCategory::Operating, 400_000),
];

fn any_line() -> impl Strategy<Value = BudgetLine> {
    let category = prop::option::of(proptest::sample::select(BudgetCategory::ALL));
    (category, 0_i64..=1000, 0_i64..=10_000_000, 0_i64..=60, any::<prop::sample::Index>(), 0_usize..100).prop_map(
        |(category, quantity, unit_cost, times, index, row)| {
            let total = quantity * times * unit_cost;
            let requested = i64::try_from(index.index(1_000_001)).unwrap() * (total / 1_000_000);
            BudgetLine {
                row,
                category,
                description: String::new(),
                unit: String::new(),
                quantity,
                unit_cost: Money::usd(unit_cost),
                times,
                requested: Money::usd(requested),
                other: Money::usd(total - requested),
                purpose: String::new(),
            }
        },
    )
}

proptest! {
    #[test]
    fn categories_add_up_to_the_whole_to_the_cent(lines in prop::collection::vec(any_line(), 0..30)) {
        let budget = Budget { lines };
        let uncategorised: i64 =
            budget.lines.iter().filter(|line| line.category.is_none()).map(|line| line.requested.minor).sum();
        let by_category: i64 = budget.by_category().values().map(|totals| totals.requested.minor).sum();
        let totals = budget.totals();
        prop_assert_eq!(by_category + uncategorised, totals.requested.minor);
        prop_assert_eq!(totals.requested.minor + totals.other.minor, totals.total.minor);
        prop_assert!(!keys(&budget).iter().any(|(_, key)| key.starts_with("error-budget-line")));
    }

    #[test]
    fn shares_add_up_to_a_hundred(lines in prop::collection::vec(any_line(), 0..30)) {
        let budget = Budget { lines };
        let sum: Decimal = budget.shares().iter().map(|share| share.per_cent).sum();
        let asked: i64 = budget.by_category().values().map(|totals| totals.requested.minor).sum();
        prop_assert_eq!(sum, if asked == 0 { Decimal::ZERO } else { Decimal::ONE_HUNDRED });
        prop_assert_eq!(budget.shares().len(), BudgetCategory::ALL.len());
    }

    #[test]
    fn a_line_that_is_off_by_half_a_cent_a_unit_was_rounded(mut line in any_line(), share in -1.0..=1.0) {
        #[allow(clippy::cast_possible_truncation, clippy::cast_precision_loss)]
        let off = (share * (line.quantity * line.times) as f64 / 2.0) as i64;
        line.other.minor += off;
        let financed = line.requested.minor + line.other.minor;
        prop_assert_eq!((line.difference().minor, line.total().minor), (0, financed));
    }

    #[test]
    fn a_line_that_is_off_by_more_than_rounding_is_an_error_of_that_line(mut line in any_line(), over in any::<bool>()) {
        let off = line.quantity * line.times / 2 + 1;
        line.other.minor += if over { off } else { -off };
        let field = format!("lines.{}.requested", line.row);
        let expected = if over { "error-budget-line-over" } else { "error-budget-line-under" };
        let budget = Budget { lines: vec![line] };
        let breach = budget.breaches(&BudgetLimits::default()).into_iter().next().unwrap();
        prop_assert_eq!(breach.severity, Severity::Error);
        prop_assert_eq!((breach.field, breach.message.key.as_str()), (field, expected));
    }

    #[test]
    fn no_numbers_make_a_budget_panic(
        numbers in prop::collection::vec((any::<i64>(), any::<i64>(), any::<i64>(), any::<i64>(), any::<i64>()), 1..5),
    ) {
        let lines = numbers
            .into_iter()
            .map(|(quantity, unit_cost, times, requested, other)| BudgetLine {
                quantity,
                unit_cost: Money::usd(unit_cost),
                times,
                other: Money::usd(other),
                ..line(0, BudgetCategory::Staff, requested)
            })
            .collect();
        let budget = Budget { lines };
        let _ = (budget.breaches(&BudgetLimits::default()), budget.shares(), budget.totals());
    }
}

#[test]
fn a_sound_budget_breaks_no_rule() {
    assert_eq!(keys(&budget(SOUND)), []);
}

#[test]
fn indirect_costs_may_be_seven_per_cent_of_the_direct_ones_and_not_a_cent_more() {
    let direct: i64 = SOUND.iter().map(|(_, cents)| cents).sum();
    let with = |indirect: i64| budget(&[SOUND, &[(BudgetCategory::Indirect, indirect)]].concat());
    assert!(!has(&with(direct * 7 / 100), "error-budget-indirect"));
    let over = with(direct * 7 / 100 + 1);
    assert!(keys(&over).contains(&("lines.4.requested".to_owned(), "error-budget-indirect".to_owned())));
}

#[test]
fn personnel_equipment_and_large_lines_are_questioned_just_above_their_shares() {
    let of = |staff: i64, equipment: i64, rest: i64| {
        let rest_line = rest / 3;
        budget(&[
            (BudgetCategory::Staff, staff),
            (BudgetCategory::Equipment, equipment),
            (BudgetCategory::Supplies, rest_line),
            (BudgetCategory::Travel, rest_line),
            (BudgetCategory::Operating, rest - 2 * rest_line),
        ])
    };
    assert_eq!(keys(&of(1_600_000, 600_000, 1_800_000)), [], "exactly 40 and 15 per cent");
    assert!(has(&of(1_600_001, 600_000, 1_799_999), "warning-budget-personnel"));
    assert!(has(&of(1_600_000, 600_001, 1_799_999), "warning-budget-equipment"));
    let half = budget(&[(BudgetCategory::Supplies, 2_000_000), (BudgetCategory::Transfers, 2_000_000)]);
    assert_eq!(keys(&half), []);
    let more = budget(&[(BudgetCategory::Supplies, 2_000_001), (BudgetCategory::Transfers, 1_999_999)]);
    assert_eq!(keys(&more), [("lines.0.requested".to_owned(), "warning-budget-line-large".to_owned())]);
    assert!(more.breaches(&BudgetLimits::default()).iter().all(|breach| breach.severity == Severity::Warning));
}

#[test]
fn the_award_limits_are_themselves_allowed() {
    let of =
        |cents: i64| budget(&[(BudgetCategory::Supplies, cents / 2), (BudgetCategory::Transfers, cents - cents / 2)]);
    assert!(has(&of(1_999_999), "error-budget-below-award"));
    assert!(!has(&of(2_000_000), "error-budget-below-award"));
    assert!(!has(&of(6_000_000), "error-budget-above-award"));
    assert!(has(&of(6_000_001), "error-budget-above-award"));
}

#[test]
fn a_budget_is_read_from_what_was_typed_even_while_it_is_incomplete() {
    let typed = Typed::default()
        .with("lines.2.category", "travel")
        .with("lines.2.quantity", "3")
        .with("lines.2.unit_cost", "1 234,50")
        .with("lines.2.times", "2")
        .with("lines.2.requested", "7,407.00")
        .with("lines.7.requested", "abc")
        .with("lines.9.other", "5");
    let budget = read_budget(&typed);
    assert_eq!(budget.lines.iter().map(|line| line.row).collect::<Vec<_>>(), [2, 7, 9]);
    assert_eq!(budget.lines[0].total(), Money::usd(740_700));
    assert_eq!(budget.lines[0].difference(), Money::usd(0));
    assert_eq!(budget.lines[1].requested, Money::usd(0));
    assert_eq!(budget.totals().other, Money::usd(500));
    assert_eq!(budget.lines[1].category, None);
}

#[test]
fn a_currency_smuggled_into_the_budget_does_not_turn_dollars_into_yen() {
    let typed = Typed::default()
        .with("currency", "JPY")
        .with("lines.0.currency", "JPY")
        .with("lines.0.unit_cost", "10.50")
        .with("lines.0.requested", "10.50");
    let (answers, errors) = BUDGET.read_lenient(&typed);
    assert_eq!(errors.of("lines.0.requested"), None);
    assert_eq!(Budget::from_answers(&answers).requested(), Money::usd(1050));
}

#[test]
fn seven_times_14_29_are_a_hundred_and_not_a_hundred_and_four() {
    let seven =
        |cents: i64| BudgetLine { quantity: 7, unit_cost: Money::usd(1_429), ..line(0, BudgetCategory::Staff, cents) };
    for (cents, total, difference) in
        [(10_000, 10_000, 0), (10_003, 10_003, 0), (10_006, 10_006, 0), (10_007, 10_003, 4), (9_999, 10_003, -4)]
    {
        let known = seven(cents);
        assert_eq!((known.total().minor, known.difference().minor), (total, difference), "{cents}");
    }
}
