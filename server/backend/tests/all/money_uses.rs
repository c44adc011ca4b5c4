//! What was paid and spent of a contribution stays its own, whatever happens to the grant afterwards.
#![allow(clippy::unwrap_used)]

use crate::support::grants::{Case, awarded, because, commanded, on};
use crate::support::money::received;
use crate::support::{World, append_only_no_more, later, on_both};
use backend::contributions::donor_view::statement;
use backend::disbursements::bounce;
use backend::grants::amendments::{approve, countersign, propose};
use backend::grants::queries::get;
use backend::ledger::check::check_books;
use backend::page::PageRequest;
use domain::amendments::AmendmentKind;
use domain::contributions::Earmark;
use domain::forms::Typed;
use domain::ids::DonorId;
use domain::roles::Role;

/// What the donors 1 to 3 see as committed and disbursed of their money.
async fn seen(world: &World) -> Vec<(i64, i64)> {
    let mut seen = Vec::new();
    for donor in [DonorId(1), DonorId(2), DonorId(3)] {
        let representative = world.person(Role::DonorRepresentative, None, Some(donor)).await;
        let figures = statement(&representative, donor, &PageRequest::default()).await.unwrap().figures;
        seen.push((figures.committed, figures.disbursed));
    }
    seen
}

/// What was approved, paid and spent of each receipt, as the grant's page shows it.
async fn of_receipts(case: &Case) -> Vec<(i64, i64, i64, i64)> {
    let funding = get(&case.finance, case.grant).await.unwrap().funding;
    funding.iter().map(|row| (row.amount.minor, row.advanced.minor, row.paid.minor, row.spent.minor)).collect()
}

/// A grant that a third donor pays a part of since its award grew, after its first instalment was paid.
async fn grown(world: World) -> Case {
    let case = awarded(world).await.active().await;
    received(&case.world, 2_000_000, Earmark::Trafficking).await;
    let id = case.request(1, on("2026-06-20")).await.unwrap();
    case.pay(id, on("2026-06-20")).await;
    let before = seen(&case.world).await;
    // Nothing is left of the second donor's money for a moment.
    case.world.sql("UPDATE receipts SET psc_usd_minor = usd_minor - 3333334 WHERE id = 2").await;
    let typed = because("Prices rose").with("amount", "6000.00");
    let amendment = propose(&case.officer, case.grant, AmendmentKind::Increase, &typed).await.unwrap();
    let signed = Typed::default().with("accept", "yes").with("full_name", "Maya Rai");
    countersign(&case.signatory, amendment, &signed).await.unwrap();
    approve(&case.director, amendment, &commanded()).await.unwrap();
    case.world.sql("UPDATE receipts SET psc_usd_minor = 1300000 WHERE id = 2").await;
    let after = seen(&case.world).await;
    assert_eq!(after[2].0, 600_000, "the third donor's money is committed");
    assert_eq!(
        after.iter().map(|donor| donor.1).collect::<Vec<_>>(),
        before.iter().map(|donor| donor.1).collect::<Vec<_>>(),
        "and nothing of what was paid before is the third donor's"
    );
    case.world.assert_books().await;
    case
}

#[tokio::test]
async fn an_increase_from_another_donor_moves_nothing_of_what_was_paid_before() {
    on_both(|world| async move {
        let case = grown(world).await;
        case.reported(1, [1_300_000, 500_001, 0], on("2026-12-20")).await;
        let spent: Vec<i64> = of_receipts(&case).await.iter().map(|receipt| receipt.3).collect();
        assert_eq!((spent.iter().sum::<i64>(), spent[2]), (1_800_001, 0), "of what was paid, in its proportion");
        case.world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn a_payment_that_comes_back_returns_exactly_what_it_took_of_each_receipt() {
    on_both(|world| async move {
        let case = grown(world).await;
        case.reported(1, [1_300_000, 700_001, 0], on("2026-12-20")).await;
        let (before, donors) = (of_receipts(&case).await, seen(&case.world).await);
        let id = case.request(2, on("2026-12-21")).await.unwrap();
        case.pay(id, on("2026-12-21")).await;
        let paid = of_receipts(&case).await;
        assert!(paid[2].2 > 0 && paid != before, "{paid:?}");
        case.world.assert_books().await;
        let form = because("The account is closed").with("bounced_on", "2026-12-22");
        bounce(&later(&case.finance, on("2026-12-23")), id, &form).await.unwrap();
        assert_eq!(of_receipts(&case).await, before);
        assert_eq!(seen(&case.world).await, donors);
        case.world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn a_receipt_that_moved_more_or_less_than_its_entry_is_found() {
    on_both(|world| async move {
        let case = grown(world).await;
        let world = &case.world;
        append_only_no_more(world, "money_uses").await;
        for (change, back, finding) in [
            (
                "UPDATE money_uses SET usd_minor = usd_minor + 1 WHERE stage = 'paid' AND receipt_id = 1",
                "UPDATE money_uses SET usd_minor = usd_minor - 1 WHERE stage = 'paid' AND receipt_id = 1",
                "US cents of receipts paid",
            ),
            (
                "UPDATE money_uses SET receipt_id = 3 WHERE stage = 'advanced' AND receipt_id = 2",
                "UPDATE money_uses SET receipt_id = 2 WHERE stage = 'advanced' AND receipt_id = 3",
                "grant 1, receipt 2: has 3333334 US cents of it, 0 approved",
            ),
        ] {
            world.sql(change).await;
            let findings = check_books(&world.services.database).await.unwrap();
            assert!(findings.iter().any(|found| found.contains(finding)), "{finding}: {findings:?}");
            world.sql(back).await;
            world.assert_books().await;
        }
    })
    .await;
}
