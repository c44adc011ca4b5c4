//! Closing and reopening the books of a period, and reversing an entry.
#![allow(clippy::unwrap_used)]

use crate::support::books;
use crate::support::grants::awarded;
use crate::support::money::{command, donor, pledge, receipt, received};
use crate::support::{World, noon, on_both};
use backend::ledger::{entries, periods, queries, reverse, transfer_programme_support};
use backend::{Context, contributions, donors};
use domain::contributions::Earmark;
use domain::errors::AppError;
use domain::forms::Typed;
use domain::ids::EntryId;
use domain::ledger::Account;
use domain::periods::{Period, PeriodCheck};
use domain::roles::Role;

fn period(text: &str) -> Period {
    text.parse().unwrap()
}

fn reason() -> Typed {
    Typed::default().with("reason", "The bank sent the statement late.")
}

async fn close(context: &Context, text: &str) -> Result<(), AppError> {
    books::close(context, period(text), &Typed::default()).await.map_err(AppError::from)
}

fn key(error: &AppError) -> &str {
    match error {
        AppError::Refused(message) => &message.key,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_closed_month_takes_no_entries_until_it_is_reopened() {
    on_both(|world| async move {
        let (id, _) = received(&world, 100_000, Earmark::None).await;
        let finance = world.staff(Role::FinanceOfficer).await;
        close(&finance, "2026-03").await.unwrap();
        assert_eq!(key(&close(&finance, "2026-03").await.unwrap_err()), "refused-period-closed-already");
        let late = pledge(id, "100", "USD");
        let error = AppError::from(contributions::pledge(&finance, &late).await.unwrap_err());
        assert_eq!(key(&error), "refused-period-closed");
        // A donor is told the same, in words.
        let AppError::Refused(message) = &error else { panic!() };
        let said = i18n::Reader::new(domain::users::Language::English).message(message);
        assert!(said.contains("31 March 2026"), "{said}");
        let mut april = pledge(id, "100", "USD");
        april.set("date", "2026-04-01");
        contributions::pledge(&finance, &april).await.unwrap();

        let admin = world.staff(Role::Administrator).await;
        let without = periods::reopen(&admin, period("2026-03"), &Typed::default()).await.map_err(AppError::from);
        assert!(matches!(without, Err(AppError::Invalid(_))));
        let other = periods::reopen(&finance, period("2026-03"), &reason()).await.map_err(AppError::from);
        assert!(matches!(other, Err(AppError::Forbidden(_))));
        periods::reopen(&admin, period("2026-03"), &reason()).await.unwrap();
        contributions::pledge(&finance, &late).await.unwrap();
        let trail = backend::audit::of(&admin, backend::audit::Kind::Period, periods::audit_number(period("2026-03")));
        let actions: Vec<String> = trail.await.unwrap().rows.into_iter().map(|row| row.action).collect();
        assert_eq!(actions, ["audit-period-reopened", "audit-period-closed", "audit-period-closing-asked"]);
        world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn periods_are_closed_in_order_and_only_when_they_are_over() {
    on_both(|world| async move {
        let (id, _) = received(&world, 100_000, Earmark::None).await;
        let finance = world.staff(Role::FinanceOfficer).await;
        let mut old = pledge(id, "100", "USD");
        old.set("date", "2025-12-05");
        contributions::pledge(&finance, &old).await.unwrap();
        assert_eq!(key(&close(&finance, "2026-06").await.unwrap_err()), "period-check-over-open");
        assert_eq!(key(&close(&finance, "2026").await.unwrap_err()), "period-check-over-open");
        assert_eq!(key(&close(&finance, "2026-03").await.unwrap_err()), "period-check-earlier-closed-open");
        assert_eq!(key(&close(&finance, "2025").await.unwrap_err()), "period-check-earlier-closed-open");
        close(&finance, "2025-12").await.unwrap();
        close(&finance, "2025").await.unwrap();
        close(&finance, "2026-03").await.unwrap();
        // A month of a closed year stays shut, and what later figures build on is not opened before them.
        old.set("date", "2025-06-05");
        old.set("command_id", command());
        let error = AppError::from(contributions::pledge(&finance, &old).await.unwrap_err());
        assert_eq!(key(&error), "refused-period-closed");
        let admin = world.staff(Role::Administrator).await;
        for (text, said) in [
            ("2025-12", "refused-period-later-closed"),
            ("2025", "refused-period-later-closed"),
            ("2026-02", "refused-period-open"),
        ] {
            let error = periods::reopen(&admin, period(text), &reason()).await.map_err(AppError::from).unwrap_err();
            assert_eq!(key(&error), said, "{text}");
        }
        let years = periods::list(&finance).await.unwrap();
        assert_eq!(years.iter().map(|(year, _)| year.period.year).collect::<Vec<_>>(), [2026, 2025]);
        assert!(years[1].0.closed.is_some() && years[1].1[11].closed.is_some() && years[0].1[2].closed.is_some());
        assert!(years[0].0.closed.is_none());
        world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn a_day_before_a_closed_month_is_closed_too_although_its_own_month_is_not() {
    on_both(|world| async move {
        let (id, _) = received(&world, 100_000, Earmark::None).await;
        let finance = world.staff(Role::FinanceOfficer).await;
        // January and February are empty, and nobody needs to close them.
        close(&finance, "2026-03").await.unwrap();
        let at_the_end = queries::books_at(&finance, "2026-03-31".parse().unwrap()).await.unwrap();
        for day in ["2026-02-10", "2026-01-01", "2025-12-31", "2019-07-01"] {
            let mut early = pledge(id, "100", "USD");
            early.set("date", day);
            let error = AppError::from(contributions::pledge(&finance, &early).await.unwrap_err());
            assert_eq!(key(&error), "refused-period-closed", "{}: {day}", world.kind);
        }
        assert_eq!(queries::books_at(&finance, "2026-03-31".parse().unwrap()).await.unwrap(), at_the_end);
        // They are shown as closed with March, and are not closed once more.
        for text in ["2026-02", "2025", "2025-06"] {
            let february = periods::get(&finance, period(text)).await.unwrap();
            assert!(!february.row.open && february.row.closed.is_none() && !february.may_be_closed(), "{text}");
            assert_eq!(key(&close(&finance, text).await.unwrap_err()), "refused-period-closed-already", "{text}");
        }
        // The year and what comes after March stay open.
        for text in ["2026", "2026-04"] {
            assert!(periods::get(&finance, period(text)).await.unwrap().row.open, "{text}");
        }
        let admin = world.staff(Role::Administrator).await;
        periods::reopen(&admin, period("2026-03"), &reason()).await.unwrap();
        let mut early = pledge(id, "100", "USD");
        early.set("date", "2026-02-10");
        contributions::pledge(&finance, &early).await.unwrap();
        world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn what_is_open_needs_a_reason_and_books_that_do_not_hold_are_not_closed() {
    on_both(|world| async move {
        let case = awarded(world).await.active().await;
        case.request(1, noon()).await.unwrap();
        let world = &case.world;
        let finance = &case.finance;
        let euro = donors::create(finance, &donor()).await.unwrap();
        contributions::record_rate(
            finance,
            &Typed::default().with("currency", "EUR").with("from", "2026-06-01").with("units_per_usd", "0.92"),
        )
        .await
        .unwrap();
        let mut promised = pledge(euro, "460", "EUR");
        promised.set("date", "2026-06-01");
        contributions::pledge(finance, &promised).await.unwrap();
        let july = crate::support::later(finance, crate::support::grants::on("2026-08-10"));
        let june = periods::get(&july, period("2026-06")).await.unwrap();
        let open: Vec<PeriodCheck> =
            june.checklist.iter().filter(|item| item.open.is_some()).map(|item| item.check).collect();
        assert_eq!(open, [PeriodCheck::Certified]);
        assert!(june.may_be_closed() && june.needs_reason());
        let error = close(&july, "2026-06").await.unwrap_err();
        assert!(matches!(error, AppError::Invalid(_)), "{error:?}");
        let later = periods::get(&july, period("2026-07")).await.unwrap();
        let open: Vec<PeriodCheck> =
            later.checklist.iter().filter(|item| item.open.is_some()).map(|item| item.check).collect();
        assert_eq!(open, [PeriodCheck::EarlierClosed, PeriodCheck::Certified, PeriodCheck::Rates]);
        assert!(!later.may_be_closed());
        world.sql("UPDATE account_balances SET usd_minor = usd_minor + 1 WHERE account = '1000'").await;
        let error = books::close(&july, period("2026-06"), &reason()).await.map_err(AppError::from).unwrap_err();
        assert_eq!(key(&error), "refused-period-books");
        world.sql("UPDATE account_balances SET usd_minor = usd_minor - 1 WHERE account = '1000'").await;
        books::close(&july, period("2026-06"), &reason()).await.unwrap();
        let june = periods::get(&july, period("2026-06")).await.unwrap();
        assert_eq!(june.row.closed.unwrap().reason, "The bank sent the statement late.");
        world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn only_one_of_closing_and_posting_at_the_same_moment_wins() {
    on_both(|world| async move {
        let (id, _) = received(&world, 100_000, Earmark::None).await;
        let finance = world.staff(Role::FinanceOfficer).await;
        let tasks: Vec<_> = (0..10)
            .map(|_| {
                let (finance, late) = (finance.clone(), pledge(id, "100", "USD"));
                tokio::spawn(async move { contributions::pledge(&finance, &late).await.is_ok() })
            })
            .collect();
        let closing = close(&finance, "2026-03").await;
        assert!(closing.is_ok(), "{}: {closing:?}", world.kind);
        let closed_with = numbers_of_march(&world).await;
        for task in tasks {
            task.await.unwrap();
        }
        assert_eq!(numbers_of_march(&world).await, closed_with, "{}", world.kind);
        world.assert_books().await;
    })
    .await;
}

async fn numbers_of_march(world: &World) -> i64 {
    world.number("SELECT COUNT(*) AS value FROM journal_entries WHERE posting_date < '2026-04-01'").await
}

fn transfer(amount: &str, day: &str) -> Typed {
    Typed::default()
        .with("amount", amount)
        .with("date", day)
        .with("bank_reference", format!("PSC-{}", command()))
        .with("command_id", command())
}

#[tokio::test]
async fn a_transfer_of_programme_support_is_reversed_to_the_cent_and_once() {
    on_both(|world| async move {
        received(&world, 100_000, Earmark::None).await;
        received(&world, 33_333, Earmark::Africa).await;
        let finance = world.staff(Role::FinanceOfficer).await;
        let database = &world.services.database;
        let before = (queries::position(database).await.unwrap(), queries::balances(database).await.unwrap());
        let too_much =
            transfer_programme_support(&finance, &transfer("173.34", "2026-05-04")).await.map_err(AppError::from);
        assert!(matches!(too_much, Err(AppError::Invalid(_))), "{too_much:?}");
        let typed = transfer("100.01", "2026-05-04");
        let entry = transfer_programme_support(&finance, &typed).await.unwrap();
        assert_eq!(transfer_programme_support(&finance, &typed).await.unwrap(), entry);
        world.assert_books().await;
        // What was received and set aside stays what it was; the money has left the account.
        assert_eq!(queries::position(database).await.unwrap(), before.0);
        let after = queries::balances(database).await.unwrap();
        let of = |balances: &[(Account, i64)], account| balances.iter().find(|(known, _)| *known == account).unwrap().1;
        assert_eq!(of(&after, Account::Cash), of(&before.1, Account::Cash) - 10_001);
        assert_eq!(
            of(&after, Account::ProgrammeSupportSetAside),
            of(&before.1, Account::ProgrammeSupportSetAside) + 10_001
        );

        let wish = reason().with("command_id", command());
        let undone = reverse(&finance, entry, &wish).await.unwrap();
        assert_eq!(reverse(&finance, entry, &wish).await.unwrap(), undone);
        assert_eq!(queries::balances(database).await.unwrap(), before.1);
        assert_eq!(queries::position(database).await.unwrap(), before.0);
        let again = reason().with("command_id", command());
        for (id, said) in [
            (entry, "refused-entry-reversed"),
            (undone, "refused-reversal-never"),
            (EntryId(1), "refused-reversal-record"),
        ] {
            let error = AppError::from(reverse(&finance, id, &again).await.unwrap_err());
            assert_eq!(key(&error), said);
        }
        let auditor = world.staff(Role::Auditor).await;
        let error = AppError::from(reverse(&auditor, entry, &again).await.unwrap_err());
        assert!(matches!(error, AppError::Forbidden(_)));
        let shown = entries::get(&auditor, entry).await.unwrap();
        assert_eq!((shown.reversed_by, shown.reverses), (Some((undone, "2026/6".to_owned())), None));
        assert_eq!(entries::get(&auditor, undone).await.unwrap().reverses, Some((entry, "2026/5".to_owned())));
        world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn the_books_of_a_past_day_are_what_they_were_on_it() {
    on_both(|world| async move {
        let finance = world.staff(Role::FinanceOfficer).await;
        let id = donors::create(&finance, &donor()).await.unwrap();
        let mut days = Vec::new();
        for (promised, paid) in [("2024-12-31", "2025-01-01"), ("2025-02-10", "2025-02-28"), ("2026-05-15", "2026-05-16")] {
            let mut typed = pledge(id, "1000", "USD");
            typed.set("date", promised);
            let pledged = contributions::pledge(&finance, &typed).await.unwrap();
            contributions::receive(&finance, pledged, &receipt("900", "USD", paid)).await.unwrap();
            days.extend([promised.to_owned(), paid.to_owned()]);
        }
        days.extend(["2020-01-01", "2025-01-31", "2025-02-01", "2025-02-27", "2026-05-31", "2026-06-01"].map(str::to_owned));
        for day in days {
            let at = day.parse().unwrap();
            let sums = queries::books_at(&finance, at).await.unwrap();
            for (account, balance) in [(Account::Cash, "1000"), (Account::ContributionsReceivable, "1100")] {
                let sql = format!(
                    "SELECT CAST(COALESCE(SUM(usd_minor), 0) AS BIGINT) AS value FROM postings JOIN journal_entries e ON e.id = entry_id \
                     WHERE account = '{balance}' AND posting_date <= '{day}'"
                );
                let should = world.number(&sql).await;
                let is = sums.balances.iter().find(|(known, _)| *known == account).map_or(0, |(_, balance)| *balance);
                assert_eq!(is, should, "{} {day} {balance}", world.kind);
            }
            assert_eq!(sums.position.receivable, sums.balances.iter().find(|(known, _)| *known == Account::ContributionsReceivable).map_or(0, |(_, balance)| *balance));
        }
        world.assert_books().await;
    })
    .await;
}
