//! Closing a period as a job: asked for, under way, closed or refused; with servers that are killed and people who are shut.
#![allow(clippy::unwrap_used)]

use crate::support::books::job;
use crate::support::money::{pledge, receipt, received};
use crate::support::{World, later, noon, on_both};
use backend::ledger::closing::{self, Closing};
use backend::ledger::periods::{self, PeriodView};
use backend::{Context, audit, contributions};
use chrono::TimeDelta;
use domain::contributions::Earmark;
use domain::errors::AppError;
use domain::forms::Typed;
use domain::periods::Period;
use domain::roles::Role;

const MARCH: Period = Period { year: 2026, month: Some(3) };
const REASON: &str = "The bank sent the statement late.";

async fn ask(context: &Context, period: Period) -> Result<(), AppError> {
    closing::ask(context, period, &Typed::default()).await.map_err(AppError::from)
}

async fn march(context: &Context) -> PeriodView {
    periods::get(context, MARCH).await.unwrap()
}

/// The key of why the last closing of March came to nothing.
async fn refused(context: &Context) -> Option<String> {
    let march = march(context).await;
    assert!(march.row.open && march.row.closed.is_none());
    march.closing.and_then(|closing| closing.refused).map(|why| why.key)
}

/// The trail of March, newest first.
async fn trail(world: &World) -> Vec<(String, String)> {
    let auditor = world.staff(Role::Auditor).await;
    let found = audit::of(&auditor, audit::Kind::Period, periods::audit_number(MARCH)).await.unwrap();
    found.rows.into_iter().map(|row| (row.action, row.actor)).collect()
}

#[tokio::test]
async fn a_closing_is_under_way_with_its_progress_until_a_server_has_closed_the_period() {
    on_both(|world| async move {
        let (donor, _) = received(&world, 100_000, Earmark::None).await;
        let finance = world.staff(Role::FinanceOfficer).await;
        assert!(!closing::go_on(&job(&finance)).await.unwrap(), "nothing is asked for");
        closing::ask(&finance, MARCH, &Typed::default().with("reason", REASON)).await.unwrap();
        let asked = march(&finance).await.closing.unwrap();
        assert!(asked.is_under_way() && asked.checked == 0 && asked.parts > 5, "{asked:?}");
        assert_eq!((asked.by.as_str(), asked.at, asked.reason.as_str()), ("Test finance-officer", noon(), REASON));
        // Until it is closed, it takes entries, and nothing is said of another period.
        contributions::pledge(&finance, &pledge(donor, "100", "USD")).await.unwrap();
        assert_eq!(periods::get(&finance, Period::of_year(2026)).await.unwrap().closing, None);
        world.sql("UPDATE period_closings SET checked = 4").await;
        assert_eq!(march(&finance).await.closing.unwrap(), Closing { checked: 4, ..asked });

        assert!(closing::go_on(&job(&finance)).await.unwrap());
        let closed = march(&finance).await;
        assert!(!closed.row.open && closed.closing.is_none());
        let closed = closed.row.closed.unwrap();
        assert!(closed.at >= noon() && closed.by == "Test finance-officer" && closed.reason == REASON, "{closed:?}");
        assert!(!closing::go_on(&job(&finance)).await.unwrap(), "it is done");
        let by = |action: &str| (action.to_owned(), "Test finance-officer".to_owned());
        assert_eq!(trail(&world).await, [by("audit-period-closed"), by("audit-period-closing-asked")]);
        world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn what_a_killed_server_left_is_taken_up_and_given_up_after_a_few_tries() {
    on_both(|world| async move {
        received(&world, 100_000, Earmark::None).await;
        let finance = world.staff(Role::FinanceOfficer).await;
        let claimed = |tries: i64| {
            let until = noon() + TimeDelta::minutes(2);
            format!(
                "UPDATE period_closings SET tries = {tries}, checked = 4, claimed_until = '{}'",
                until.format("%F %T+00:00")
            )
        };
        ask(&finance, MARCH).await.unwrap();
        world.sql(&claimed(3)).await;
        let next = later(&job(&finance), noon() + TimeDelta::minutes(3));
        assert!(!closing::go_on(&job(&finance)).await.unwrap(), "{}: another server is at it", world.kind);
        assert!(closing::go_on(&next).await.unwrap());
        assert_eq!(refused(&finance).await.unwrap(), "refused-period-not-checked", "{}", world.kind);
        assert!(!closing::go_on(&next).await.unwrap());

        ask(&finance, MARCH).await.unwrap();
        world.sql(&claimed(1)).await;
        assert!(!closing::go_on(&job(&finance)).await.unwrap());
        assert!(march(&finance).await.closing.unwrap().is_under_way());
        assert!(closing::go_on(&next).await.unwrap());
        assert!(march(&finance).await.row.closed.is_some(), "{}", world.kind);
        world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn who_may_close_no_periods_any_more_closes_none() {
    on_both(|world| async move {
        received(&world, 100_000, Earmark::None).await;
        let reader = world.staff(Role::Auditor).await;
        for change in ["state = 'disabled'", "role = 'certifying-officer'"] {
            let finance = world.staff(Role::FinanceOfficer).await;
            ask(&finance, MARCH).await.unwrap();
            world.sql(&format!("UPDATE users SET {change} WHERE id = {}", finance.actor.user.unwrap())).await;
            assert!(closing::go_on(&job(&finance)).await.unwrap());
            assert_eq!(refused(&reader).await.unwrap(), "refused-period-asker", "{}: {change}", world.kind);
        }
        // Nobody else may ask, nor do what a server does.
        assert!(matches!(ask(&reader, MARCH).await, Err(AppError::Forbidden(_))));
        assert!(closing::go_on(&reader).await.is_err());
        let administrator = world.staff(Role::Administrator).await;
        assert!(matches!(ask(&administrator, MARCH).await, Err(AppError::Forbidden(_))));
        assert_eq!(world.number("SELECT COUNT(*) AS value FROM closed_periods").await, 0);
    })
    .await;
}

#[tokio::test]
async fn books_that_do_not_hold_are_said_and_the_period_stays_open_until_it_is_asked_for_again() {
    on_both(|world| async move {
        let (donor, _) = received(&world, 100_000, Earmark::None).await;
        let finance = world.staff(Role::FinanceOfficer).await;
        ask(&finance, MARCH).await.unwrap();
        world.sql("UPDATE account_balances SET usd_minor = usd_minor + 1 WHERE account = '1000'").await;
        assert!(closing::go_on(&job(&finance)).await.unwrap());
        let closing = march(&finance).await.closing.unwrap();
        assert_eq!(closing.checked, closing.parts, "all of it is looked at");
        let why = i18n::Reader::new(domain::users::Language::English).message(&closing.refused.unwrap());
        assert!(why.starts_with("The books do not hold: the check found") && why.contains("check-books"), "{why}");
        contributions::pledge(&finance, &pledge(donor, "100", "USD")).await.unwrap();
        assert!(!closing::go_on(&job(&finance)).await.unwrap(), "it is not tried again by itself");

        world.sql("UPDATE account_balances SET usd_minor = usd_minor - 1 WHERE account = '1000'").await;
        let colleague = world.staff(Role::FinanceOfficer).await;
        ask(&colleague, MARCH).await.unwrap();
        assert!(march(&finance).await.closing.unwrap().is_under_way());
        assert!(closing::go_on(&job(&finance)).await.unwrap());
        assert!(march(&finance).await.row.closed.is_some());
        world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn what_comes_up_while_the_books_are_proved_is_looked_at_again() {
    on_both(|world| async move {
        received(&world, 100_000, Earmark::None).await;
        let finance = world.staff(Role::FinanceOfficer).await;
        ask(&finance, MARCH).await.unwrap();
        contributions::hold(&finance, &receipt("300", "USD", "2026-03-20")).await.unwrap();
        assert!(closing::go_on(&job(&finance)).await.unwrap());
        assert_eq!(refused(&finance).await.unwrap(), "error-period-reason");
        assert!(matches!(ask(&finance, MARCH).await, Err(AppError::Invalid(_))), "and so it is when asked for");
        assert_eq!(refused(&finance).await.unwrap(), "error-period-reason", "the last one stands until the next");
        world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn one_period_is_closed_at_a_time_and_a_button_pressed_twice_is_one_wish() {
    on_both(|world| async move {
        received(&world, 100_000, Earmark::None).await;
        let finance = world.staff(Role::FinanceOfficer).await;
        let mut people = Vec::new();
        for _ in 0..4 {
            people.push(world.staff(Role::FinanceOfficer).await);
        }
        let wishes = people.iter().chain([&finance, &finance]).map(|person| {
            let person = person.clone();
            tokio::spawn(async move { (person.actor.user, ask(&person, MARCH).await) })
        });
        let mut winners = Vec::new();
        for wish in wishes.collect::<Vec<_>>() {
            match wish.await.unwrap() {
                (person, Ok(())) => winners.push(person),
                (_, Err(AppError::Refused(why))) => assert_eq!(why.key, "refused-period-closing"),
                (_, Err(other)) => panic!("{}: {other:?}", world.kind),
            }
        }
        winners.dedup();
        assert_eq!(winners.len(), 1, "{}: {winners:?}", world.kind);
        let other = ask(&people[0], Period { month: Some(1), ..MARCH }).await.unwrap_err();
        assert!(matches!(other, AppError::Refused(why) if why.key == "refused-period-closing"));

        let (job_of_one, job_of_another) = (job(&finance), job(&finance));
        let both = tokio::join!(closing::go_on(&job_of_one), closing::go_on(&job_of_another));
        assert!(both.0.unwrap() != both.1.unwrap(), "{}: one of the servers does it", world.kind);
        let done: Vec<String> = trail(&world).await.into_iter().map(|(action, _)| action).collect();
        assert_eq!(done, ["audit-period-closed", "audit-period-closing-asked"], "{}", world.kind);
        let again = ask(&finance, MARCH).await.unwrap_err();
        assert!(matches!(again, AppError::Refused(why) if why.key == "refused-period-closed-already"));
        world.assert_books().await;
    })
    .await;
}
