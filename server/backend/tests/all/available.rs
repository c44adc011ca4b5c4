//! Money available to commit at any day, what is behind each figure, and scenarios for the Board.
#![allow(clippy::unwrap_used)]

use crate::support::decide::{call, money, organisation, reviewed};
use crate::support::grants::{AWARD, awarded, because, commanded, on};
use crate::support::room::Room;
use crate::support::{later, noon, on_both};
use backend::board::{agenda, queries, scenario};
use backend::grants::available::{at, entries, receipts};
use backend::grants::recoveries::receive;
use backend::grants::terminate;
use backend::ledger::queries::position;
use backend::page::PageRequest;
use domain::board::Outcome;
use domain::contributions::Earmark;
use domain::errors::AppError;
use domain::ids::{BoardSessionId, CallId, RecoveryId};
use domain::money::Money;
use domain::roles::Role;

#[tokio::test]
async fn what_is_available_at_a_day_is_what_the_books_say_and_what_receipts_and_entries_add_up_to() {
    on_both(|world| async move {
        let case = awarded(world).await.active().await;
        let database = &case.world.services.database;
        let first = case.request(1, noon()).await.unwrap();
        case.pay(first, noon()).await;
        let day = on("2027-02-10");
        terminate(&later(&case.director, day), case.grant, &because("Ended")).await.unwrap();
        let recovery = RecoveryId(case.world.number("SELECT id AS value FROM recoveries").await);
        let back = commanded().with("amount", "10000.01").with("date", "2027-03-01").with("bank_reference", "BACK");
        receive(&later(&case.finance, on("2027-03-02")), recovery, &back).await.unwrap();
        let auditor = later(&case.world.staff(Role::Auditor).await, on("2027-04-01"));
        let whole = 2 * 8_700_000;
        for (day, available) in [
            ("2025-12-31", 0),
            ("2026-06-01", whole - AWARD),
            ("2027-02-09", whole - AWARD),
            ("2027-02-10", whole - 2_500_001),
            ("2027-03-01", whole - 1_500_000),
            ("2027-04-01", whole - 1_500_000),
        ] {
            let day = day.parse().unwrap();
            let found = at(&auditor, day).await.unwrap();
            assert_eq!(found.total.available, available, "{day}");
            for row in &found.rows {
                assert!(row.position.available >= 0, "{day} {row:?}");
                let behind = receipts(&auditor, row.earmark, day, &PageRequest::default()).await.unwrap();
                let left: i64 = behind.rows.iter().map(|receipt| receipt.left.minor).sum();
                assert_eq!(left, row.position.available, "{day} {row:?}");
                let effects = entries(&auditor, row.earmark, day, &PageRequest::default()).await.unwrap();
                let sum: i64 = effects.rows.iter().map(|effect| effect.by).sum();
                assert_eq!(sum, row.position.available, "{day} {:?}", effects.rows);
                assert_eq!(effects.total, u64::try_from(effects.rows.len()).unwrap());
            }
            let sum: i64 = found.rows.iter().map(|row| row.position.available).sum();
            assert_eq!(sum, available);
        }
        let now = at(&auditor, "2027-04-01".parse().unwrap()).await.unwrap();
        assert_eq!(now.total, position(database).await.unwrap());
        let reviewer = case.world.staff(Role::TechnicalReviewer).await;
        let day = auditor.today();
        assert!(matches!(AppError::from(at(&reviewer, day).await.unwrap_err()), AppError::Forbidden(_)));
        assert!(receipts(&reviewer, Earmark::None, day, &PageRequest::default()).await.is_err());
        assert!(entries(&reviewer, Earmark::None, day, &PageRequest::default()).await.is_err());
        case.world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn a_scenario_says_what_remains_and_which_application_no_longer_fits() {
    on_both(|world| async move {
        let call: CallId = call(&world).await;
        let organisation = organisation(&world, "vetted").await;
        money(&world, 5_000_000).await;
        let best = reviewed(&world, call, organisation, 3_000_000, 90).await;
        let second = reviewed(&world, call, organisation, 2_500_000, 85).await;
        let third = reviewed(&world, call, organisation, 2_000_000, 80).await;
        let member = world.staff(Role::BoardMember).await;
        let request = PageRequest::default();
        let nothing = scenario::of_call(&member, call, &request, &[]).await.unwrap();
        assert_eq!(nothing.money, [(Earmark::None, 5_000_000, 5_000_000)]);
        assert_eq!(nothing.candidates.rows.len(), 3);
        let all = scenario::of_call(&member, call, &request, &[third, second, best]).await.unwrap();
        let taken: Vec<bool> =
            all.candidates.rows.iter().map(|row| row.considered.as_ref().unwrap().taken.is_some()).collect();
        assert_eq!(taken, [true, false, true], "the second no longer fits, the third still does");
        assert_eq!(all.candidates.rows[1].considered.as_ref().unwrap().available, 2_000_000);
        assert_eq!(all.money, [(Earmark::None, 5_000_000, 0)]);
        let one = scenario::of_call(&member, call, &request, &[second]).await.unwrap();
        assert_eq!(one.money, [(Earmark::None, 5_000_000, 2_500_000)]);
        let editor = world.person(Role::OrganisationEditor, Some(organisation), None).await;
        let wrong = AppError::from(scenario::of_call(&editor, call, &request, &[]).await.unwrap_err());
        assert!(matches!(wrong, AppError::Forbidden(_)), "{wrong:?}");
        assert_eq!(position(&world.services.database).await.unwrap().committed, 0, "nothing is decided by it");
        world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn a_long_agenda_comes_in_pages_and_sums_and_scenario_are_of_the_whole_session() {
    on_both(|world| async move {
        let room = Room::open(&world, 27, 2_500_000).await;
        money(&world, 5_000_000).await;
        let page = |number| PageRequest { page: number, ..PageRequest::default() };
        let first = agenda::agenda(&room.officer, room.session, &page(1)).await.unwrap();
        let second = agenda::agenda(&room.officer, room.session, &page(2)).await.unwrap();
        assert_eq!((first.rows.len(), second.rows.len(), first.total, first.pages()), (25, 2, 27, 2));
        let last = second.rows[1].clone();
        room.recommend(first.rows[0].id).await;
        room.recommend(last.id).await;
        let shown = agenda::item(&room.officer, room.session, last.id).await.unwrap();
        assert_eq!((shown.present, shown.outcome), (3, Some(Outcome::Approve)), "an item of the second page");
        let session = queries::session(&room.officer, room.session).await.unwrap();
        assert_eq!(session.recommended, Money::usd(5_000_000), "of both pages");
        let chosen = [first.rows[0].application.id, last.application.id, first.rows[1].application.id];
        let thought = scenario::of_session(&room.officer, room.session, &page(1), &chosen).await.unwrap();
        assert_eq!((thought.candidates.rows.len(), thought.candidates.total), (25, 27));
        let ticked = thought.candidates.rows.iter().filter(|row| row.considered.is_some()).count();
        assert_eq!((ticked, thought.elsewhere.len()), (2, 1));
        assert!(thought.elsewhere[0].considered.as_ref().unwrap().taken.is_none(), "the third has no money left");
        assert!(thought.money.iter().all(|(_, _, left)| *left == 0), "{:?}", thought.money);
        let nothing = BoardSessionId(999_999);
        let error = AppError::from(agenda::item(&room.officer, nothing, last.id).await.unwrap_err());
        assert_eq!(error, AppError::NotFound);
        let error = AppError::from(agenda::agenda(&room.officer, nothing, &page(1)).await.unwrap_err());
        assert_eq!(error, AppError::NotFound);
    })
    .await;
}
