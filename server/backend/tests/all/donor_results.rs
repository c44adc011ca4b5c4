//! What donors see of what their grants reported, and what they never see.
#![allow(clippy::unwrap_used)]

use crate::support::grants::{Case, awarded, on, report_form, signed};
use crate::support::{later, on_both};
use backend::Context;
use backend::contributions::donor_view::{DonorResult, statement};
use backend::page::PageRequest;
use domain::applications::Counted;
use domain::errors::AppError;
use domain::forms::Typed;
use domain::ids::{DonorId, GrantId, IndicatorId};
use domain::published::PublishedCell;
use domain::roles::Role;

/// The results of the only grant, as a representative of a donor that pays for it sees them.
async fn seen(representative: &Context) -> Vec<DonorResult> {
    let donor = representative.actor.donor.unwrap();
    let shown = statement(representative, donor, &PageRequest::default()).await.unwrap();
    assert_eq!(shown.grants.total, 1);
    shown.grants.rows[0].results.clone()
}

/// A report of 12 people sheltered, so many papers obtained, and so many lessons held.
fn report(spent: [i64; 3], papers: i64, lessons: i64) -> Typed {
    report_form(spent)
        .with("indicators.1.indicator", "2")
        .with("indicators.1.achieved", papers.to_string())
        .with("indicators.2.indicator", "3")
        .with("indicators.2.achieved", lessons.to_string())
}

async fn submitted(case: &Case, number: i64, typed: &Typed, day: &str) {
    let id = case.report(number).await;
    backend::reports::save(&later(&case.editor, on(day)), id, typed).await.unwrap();
    backend::reports::submit(&later(&case.signatory, on(day)), id, &signed()).await.unwrap();
}

async fn accepted(case: &Case, number: i64, day: &str) {
    let id = case.report(number).await;
    backend::reports::accept(&later(&case.officer, on(day)), id, &Typed::default()).await.unwrap();
}

#[tokio::test]
async fn a_donor_sees_accepted_results_of_things_from_the_threshold_on_and_never_of_people() {
    on_both(|world| async move {
        let case = awarded(world).await.active().await;
        for (position, indicator, target) in [(2, "Papers obtained", 20), (3, "Lessons held", 10)] {
            let sql = "INSERT INTO grant_indicators (grant_id, position, indicator, unit, counted, baseline, target)";
            let values = format!("({}, {position}, '{indicator}', 'number', 'other', 0, {target})", case.grant);
            case.world.sql(&format!("{sql} VALUES {values}")).await;
        }
        let donor = DonorId(case.world.number("SELECT MIN(donor_id) AS value FROM donor_grant_figures").await);
        let representative = case.world.person(Role::DonorRepresentative, None, Some(donor)).await;
        let confirm = async |position: i64, counted: &str| {
            let sql = format!(
                "SELECT id AS value FROM grant_indicators WHERE grant_id = {} AND position = {position}",
                case.grant
            );
            let id = IndicatorId(case.world.number(&sql).await);
            let typed = Typed::default().with("counted", counted);
            backend::grants::confirm_indicator(&case.officer, case.grant, id, &typed).await.unwrap();
        };
        let achieved = async || seen(&representative).await.into_iter().map(|row| row.achieved).collect::<Vec<_>>();
        assert_eq!(achieved().await, [None, None, None], "nobody of the Fund has confirmed what they count");
        confirm(1, "people").await;
        confirm(2, "other").await;
        confirm(3, "other").await;
        let nothing = [None, Some(PublishedCell::Shown(0)), Some(PublishedCell::Shown(0))];
        assert_eq!(achieved().await, nothing);
        let first = case.request(1, on("2026-06-01")).await.unwrap();
        case.pay(first, on("2026-06-01")).await;
        submitted(&case, 1, &report([1_000_000, 0, 0], 7, 3), "2026-12-01").await;
        assert_eq!(achieved().await, nothing, "nothing is shown before it is accepted");
        accepted(&case, 1, "2026-12-05").await;
        let some = [None, Some(PublishedCell::Shown(7)), Some(PublishedCell::Suppressed)];
        assert_eq!(achieved().await, some);
        submitted(&case, 2, &report([1_000_000, 2_500_001, 500_000], 2, 2), "2027-07-01").await;
        assert_eq!(achieved().await, some);
        accepted(&case, 2, "2027-07-02").await;
        assert_eq!(achieved().await, [None, Some(PublishedCell::Shown(9)), Some(PublishedCell::Shown(5))]);
        let rows = seen(&representative).await;
        let first = &rows[0];
        assert_eq!((first.indicator.as_str(), first.unit.as_str(), first.target), ("People sheltered", "people", 40));
        assert_eq!((rows[1].indicator.as_str(), rows[1].target), ("Papers obtained", 20));
        // What the secretariat says counts, not what the organisation says.
        confirm(2, "people").await;
        assert_eq!(achieved().await, [None, None, Some(PublishedCell::Shown(5))]);
        case.world.sql("UPDATE grant_indicators SET confirmed_counted = 'whatever'").await;
        assert_eq!(achieved().await, [None, None, None]);
        case.world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn a_programme_officer_confirms_what_an_indicator_counts_and_the_trail_says_so() {
    on_both(|world| async move {
        let case = awarded(world).await;
        let id = IndicatorId(case.world.number("SELECT id AS value FROM grant_indicators").await);
        let form = |counted: &str| Typed::default().with("counted", counted);
        let other = form("other");
        let confirm = backend::grants::confirm_indicator;
        for nobody in [&case.director, &case.finance, &case.editor, &case.signatory] {
            let refused = AppError::from(confirm(nobody, case.grant, id, &other).await.unwrap_err());
            assert!(matches!(refused, AppError::Forbidden(_)), "{refused:?}");
        }
        let tie = case.tie(&case.officer).await;
        let refused = AppError::from(confirm(&case.officer, case.grant, id, &other).await.unwrap_err());
        assert_eq!(refused, AppError::refused("refused-tie"));
        case.untie(&case.officer, tie).await;
        for (grant, id) in [(GrantId(999_999), id), (case.grant, IndicatorId(999_999))] {
            let refused = AppError::from(confirm(&case.officer, grant, id, &other).await.unwrap_err());
            assert_eq!(refused, AppError::NotFound);
        }
        for wrong in [Typed::default(), form("whatever")] {
            let refused = AppError::from(confirm(&case.officer, case.grant, id, &wrong).await.unwrap_err());
            assert!(matches!(refused, AppError::Invalid(_)), "{refused:?}");
        }
        for counted in ["other", "other", "people"] {
            confirm(&case.officer, case.grant, id, &form(counted)).await.unwrap();
        }
        let view = backend::grants::queries::get(&case.officer, case.grant).await.unwrap();
        assert_eq!(view.indicators[0].confirmed, Some(Counted::People));
        let auditor = case.world.staff(Role::Auditor).await;
        let trail = backend::audit::of(&auditor, backend::audit::Kind::Grant, case.grant.into()).await.unwrap();
        let rows = trail.rows.iter().filter(|row| row.action == "audit-grant-indicator");
        assert_eq!(rows.count(), 2, "the same again changes nothing");
    })
    .await;
}
