//! Contributions: pledges, receipts and rates, on every database.
#![allow(clippy::unwrap_used)]

use crate::support::money::{balance, command, donor, pledge, receipt, received};
use crate::support::{World, on_both};
use backend::contributions::{self, queries};
use backend::page::PageRequest;
use backend::{Context, donors, ledger};
use domain::contributions::Earmark;
use domain::errors::AppError;
use domain::forms::Typed;
use domain::ids::DonorId;
use domain::ledger::{Account, Event};
use domain::money::{Currency, Money};
use domain::roles::Role;

fn rate(currency: &str, from: &str, units: &str) -> Typed {
    Typed::default().with("currency", currency).with("from", from).with("units_per_usd", units).with("confirmed", "yes")
}

fn file(text: &str) -> Typed {
    Typed::default().with("csv", text)
}

async fn finance_and_donor(world: &World) -> (Context, DonorId) {
    let finance = world.staff(Role::FinanceOfficer).await;
    let id = donors::create(&finance, &donor()).await.unwrap();
    (finance, id)
}

/// The key of the error of a field.
fn key<T: std::fmt::Debug>(result: backend::Result<T>, field: &str) -> String {
    match AppError::from(result.unwrap_err()) {
        AppError::Invalid(errors) => {
            errors.of(field).map_or_else(|| format!("{errors:?}"), |message| message.key.clone())
        }
        other => format!("{other:?}"),
    }
}

#[tokio::test]
async fn a_pledge_is_entered_with_its_instalments_and_posted() {
    on_both(|world| async move {
        let (finance, donor) = finance_and_donor(&world).await;
        contributions::record_rate(&finance, &rate("EUR", "2026-03-01", "0.8")).await.unwrap();
        let typed = pledge(donor, "1,000.00", "EUR")
            .with("psc_per_cent", "7")
            .with("instalments.0.due", "2026-05-01")
            .with("instalments.0.amount", "400")
            .with("instalments.4.due", "2026-12-01")
            .with("instalments.4.amount", "600");
        let id = contributions::pledge(&finance, &typed).await.unwrap();
        let view = queries::get(&finance, id).await.unwrap();
        assert_eq!((view.row.usd_minor, view.psc_basis_points), (125_000, 700));
        assert_eq!(view.instalments.iter().map(|due| due.amount.minor).collect::<Vec<_>>(), [40_000, 60_000]);
        let eur = |minor| Money::new(minor, Currency::from_code("EUR").unwrap());
        assert_eq!((view.row.standing.outstanding, view.row.standing.overdue), (eur(100_000), eur(40_000)));
        let entries = queries::entries(&finance, &view).await.unwrap();
        assert_eq!((entries.len(), entries[0].event, entries[0].number), (1, Event::Pledge, 1));
        assert_eq!(balance(&world, Account::ContributionsReceivable).await, 125_000);
        let auditor = world.staff(Role::Auditor).await;
        let trail = backend::audit::of(&auditor, backend::audit::Kind::Pledge, id.into()).await.unwrap().rows;
        assert_eq!(trail[0].action, "audit-pledge-made");
        world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn what_is_wrong_with_a_pledge_is_said_all_at_once() {
    on_both(|world| async move {
        let (finance, donor) = finance_and_donor(&world).await;
        let mut typed =
            pledge(donor, "0", "USD").with("instalments.0.due", "2026-05-01").with("instalments.0.amount", "5");
        typed.set("date", "2026-06-02");
        let error = AppError::from(contributions::pledge(&finance, &typed).await.unwrap_err());
        let AppError::Invalid(errors) = error else { panic!("{error:?}") };
        assert_eq!(errors.of("amount").unwrap().key, "error-contribution-zero");
        assert_eq!(errors.of("date").unwrap().key, "error-contribution-future");
        assert_eq!(errors.of("instalments.0.amount").unwrap().key, "error-instalments-sum");
        let unknown = pledge(DonorId(999), "5", "USD");
        assert_eq!(key(contributions::pledge(&finance, &unknown).await, "donor"), "error-no-such-choice");
        contributions::record_rate(&finance, &rate("KWD", "2026-03-01", "0.0000000001")).await.unwrap();
        let huge = pledge(donor, "9,000,000,000", "KWD");
        assert_eq!(key(contributions::pledge(&finance, &huge).await, "amount"), "error-amount-too-large");
        assert_eq!(queries::list(&finance, &PageRequest::default()).await.unwrap().total, 0);
        world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn a_representative_pledges_for_the_own_donor_only_and_leaves_psc_alone() {
    on_both(|world| async move {
        let (finance, own) = finance_and_donor(&world).await;
        let other = donors::create(&finance, &donor()).await.unwrap();
        let representative = world.person(Role::DonorRepresentative, None, Some(own)).await;
        let today = |amount: &str| {
            let mut typed = pledge(own, amount, "USD");
            typed.set("date", "2026-06-01");
            typed
        };
        let id = contributions::pledge(&representative, &today("500")).await.unwrap();
        assert!(queries::get(&representative, id).await.is_ok());
        let mut theirs = pledge(other, "500", "USD");
        theirs.set("date", "2026-06-01");
        let foreign = contributions::pledge(&representative, &theirs).await.unwrap_err();
        assert_eq!(AppError::from(foreign), AppError::NotFound);
        let cheaper = today("500").with("psc_per_cent", "0");
        assert_eq!(key(contributions::pledge(&representative, &cheaper).await, "psc_per_cent"), "error-psc-by-finance");
        let earlier = contributions::pledge(&representative, &pledge(own, "500", "USD")).await;
        assert_eq!(key(earlier, "date"), "error-pledge-before-month");
        let theirs = contributions::pledge(&finance, &pledge(other, "700", "USD")).await.unwrap();
        assert_eq!(AppError::from(queries::get(&representative, theirs).await.unwrap_err()), AppError::NotFound);
        assert_eq!(queries::list(&representative, &PageRequest::default()).await.unwrap().total, 1);
        assert_eq!(queries::donor_choices(&representative).await.unwrap().len(), 1);
        let receive = contributions::receive(&representative, id, &receipt("500", "USD", "2026-06-01")).await;
        assert!(matches!(AppError::from(receive.unwrap_err()), AppError::Forbidden(_)));
        world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn a_missing_rate_is_an_error_that_names_currency_and_month() {
    on_both(|world| async move {
        let (finance, donor) = finance_and_donor(&world).await;
        contributions::record_rate(&finance, &rate("EUR", "2026-02-01", "0.9")).await.unwrap();
        contributions::record_rate(&finance, &rate("EUR", "2026-03-02", "0.9")).await.unwrap();
        let error = AppError::from(contributions::pledge(&finance, &pledge(donor, "5", "EUR")).await.unwrap_err());
        let AppError::Invalid(errors) = error else { panic!("{error:?}") };
        let message = errors.of("date").unwrap();
        assert_eq!(message.key, "error-rate-missing");
        let march = chrono::NaiveDate::from_ymd_opt(2026, 3, 1).unwrap();
        assert!(message.arguments.contains(&("currency".to_owned(), "EUR".into())));
        assert!(message.arguments.contains(&("month".to_owned(), march.into())));
        world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn the_latest_rate_of_the_month_holds() {
    on_both(|world| async move {
        let finance = world.staff(Role::FinanceOfficer).await;
        for (from, units) in [("2026-03-01", "0.9"), ("2026-03-16", "0.95"), ("2026-04-01", "1.1")] {
            contributions::record_rate(&finance, &rate("EUR", from, units)).await.unwrap();
        }
        let euro = Currency::from_code("EUR").unwrap();
        for (day, units) in [(1, "0.9"), (15, "0.9"), (16, "0.95"), (31, "0.95")] {
            let date = chrono::NaiveDate::from_ymd_opt(2026, 3, day).unwrap();
            let found = contributions::rate_on(&world.services.database, euro, date).await.unwrap();
            assert_eq!(found.to_string(), units);
        }
        let any = chrono::NaiveDate::from_ymd_opt(1999, 1, 1).unwrap();
        let dollar = contributions::rate_on(&world.services.database, Currency::USD, any).await.unwrap();
        assert_eq!(dollar.to_string(), "1");
    })
    .await;
}

#[tokio::test]
async fn another_rate_from_the_same_day_is_refused() {
    on_both(|world| async move {
        let finance = world.staff(Role::FinanceOfficer).await;
        contributions::record_rate(&finance, &rate("EUR", "2026-03-01", "0.9")).await.unwrap();
        contributions::record_rate(&finance, &rate("EUR", "2026-03-01", "0.90")).await.unwrap();
        assert_eq!(queries::rates(&finance, &PageRequest::default()).await.unwrap().total, 1);
        let other = contributions::record_rate(&finance, &rate("EUR", "2026-03-01", "0.8")).await;
        assert_eq!(key(other, "from"), "error-rate-exists");
        let dollar = contributions::record_rate(&finance, &rate("USD", "2026-03-01", "1")).await;
        assert_eq!(key(dollar, "currency"), "error-rate-usd");
        let unclear = contributions::record_rate(&finance, &rate("EUR", "2026-04-01", "0,925")).await;
        assert_eq!(key(unclear, "units_per_usd"), "error-rate-comma");
        let officer = world.staff(Role::ProgrammeOfficer).await;
        let forbidden = contributions::record_rate(&officer, &rate("EUR", "2026-05-01", "0.9")).await.unwrap_err();
        assert!(matches!(AppError::from(forbidden), AppError::Forbidden(_)));
    })
    .await;
}

#[tokio::test]
async fn a_file_of_rates_is_imported_once_and_as_a_whole() {
    on_both(|world| async move {
        let finance = world.staff(Role::FinanceOfficer).await;
        let good = file("currency,from,units\nEUR,2026-03-01,0.925\nJPY,2026-03-01,149.5\nEUR,2026-03-16,0.93\n");
        assert_eq!(contributions::import_rates(&finance, &good).await.unwrap(), 3);
        assert_eq!(contributions::import_rates(&finance, &good).await.unwrap(), 0);
        let half = file("CHF,2026-03-01,0.88\nEUR,2026-03-01,0.5\nNOK;x\nNOK,2026-13-01,10");
        let error = AppError::from(contributions::import_rates(&finance, &half).await.unwrap_err());
        let AppError::Invalid(errors) = error else { panic!("{error:?}") };
        let mut found: Vec<(String, bool)> = errors
            .0
            .iter()
            .map(|error| (error.message.key.clone(), error.message.arguments.iter().any(|(name, _)| name == "line")))
            .collect();
        found.sort();
        let expected = ["error-rate-line-columns", "error-rate-line-date", "error-rate-line-exists"];
        assert_eq!(found, expected.map(|key| (key.to_owned(), true)));
        assert_eq!(queries::rates(&finance, &PageRequest::default()).await.unwrap().total, 3);
        let empty = contributions::import_rates(&finance, &file("currency,from,units")).await;
        assert_eq!(key(empty, "csv"), "error-rate-file-empty");
    })
    .await;
}

#[tokio::test]
async fn receipts_settle_a_pledge_to_the_cent_and_show_the_exchange_difference() {
    on_both(|world| async move {
        let (finance, donor) = finance_and_donor(&world).await;
        for (from, units) in [("2026-03-01", "0.9"), ("2026-04-01", "0.8"), ("2026-05-01", "1.1")] {
            contributions::record_rate(&finance, &rate("EUR", from, units)).await.unwrap();
        }
        let id = contributions::pledge(&finance, &pledge(donor, "1000", "EUR")).await.unwrap();
        contributions::receive(&finance, id, &receipt("333.33", "EUR", "2026-04-10")).await.unwrap();
        contributions::receive(&finance, id, &receipt("666.67", "EUR", "2026-05-10")).await.unwrap();
        // 1,000 EUR at 0.9 were 1,111.11 USD; 333.33 at 0.8 are 416.66 and 666.67 at 1.1 are 606.06.
        assert_eq!(balance(&world, Account::ContributionsReceivable).await, 0);
        assert_eq!(balance(&world, Account::Cash).await, 41_666 + 60_606);
        assert_eq!(balance(&world, Account::ContributionRevenue).await, -111_111);
        assert_eq!(balance(&world, Account::ExchangeDifferences).await, 111_111 - 41_666 - 60_606);
        let view = queries::get(&finance, id).await.unwrap();
        assert_eq!(view.receipts.iter().map(|receipt| receipt.psc_usd_minor).collect::<Vec<_>>(), [5_417, 7_879]);
        assert_eq!((view.row.standing.outstanding.minor, view.row.standing.overdue.minor), (0, 0));
        world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn money_beyond_a_pledge_is_further_revenue() {
    on_both(|world| async move {
        let (finance, donor) = finance_and_donor(&world).await;
        let id = contributions::pledge(&finance, &pledge(donor, "100", "USD")).await.unwrap();
        contributions::receive(&finance, id, &receipt("130", "USD", "2026-04-01")).await.unwrap();
        contributions::receive(&finance, id, &receipt("20", "USD", "2026-04-02")).await.unwrap();
        assert_eq!(balance(&world, Account::ContributionsReceivable).await, 0);
        assert_eq!(balance(&world, Account::ContributionRevenue).await, -15_000);
        let position = ledger::queries::position(&world.services.database).await.unwrap();
        assert_eq!((position.received, position.psc, position.available), (15_000, 1_950, 13_050));
        let standing = queries::get(&finance, id).await.unwrap().row.standing;
        assert_eq!((standing.received.minor, standing.outstanding.minor), (15_000, 0));
        world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn a_receipt_of_tomorrow_or_of_nothing_is_refused() {
    on_both(|world| async move {
        let (finance, donor) = finance_and_donor(&world).await;
        let id = contributions::pledge(&finance, &pledge(donor, "100", "USD")).await.unwrap();
        let without_rate = contributions::receive(&finance, id, &receipt("100", "EUR", "2026-04-01")).await;
        assert_eq!(key(without_rate, "date"), "error-rate-missing");
        let tomorrow = contributions::receive(&finance, id, &receipt("100", "USD", "2026-06-02")).await;
        assert_eq!(key(tomorrow, "date"), "error-contribution-future");
        let nothing = contributions::receive(&finance, id, &receipt("0", "USD", "2026-04-01")).await;
        assert_eq!(key(nothing, "amount"), "error-contribution-zero");
        assert_eq!(balance(&world, Account::Cash).await, 0);
        world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn a_form_sent_twice_posts_once() {
    on_both(|world| async move {
        let (finance, donor) = finance_and_donor(&world).await;
        let typed = pledge(donor, "100", "USD");
        let first = contributions::pledge(&finance, &typed).await.unwrap();
        assert_eq!(contributions::pledge(&finance, &typed).await.unwrap(), first);
        let money = receipt("40", "USD", "2026-04-01");
        let receipt_id = contributions::receive(&finance, first, &money).await.unwrap();
        assert_eq!(contributions::receive(&finance, first, &money).await.unwrap(), receipt_id);
        assert_eq!(balance(&world, Account::ContributionsReceivable).await, 6_000);
        let mut changed = typed.clone();
        changed.set("amount", "101");
        let refused = AppError::from(contributions::pledge(&finance, &changed).await.unwrap_err());
        assert_eq!(refused, AppError::refused("refused-command-used"));
        let mut stolen = receipt("5", "USD", "2026-04-01");
        stolen.set("command_id", typed.get("command_id"));
        let refused = AppError::from(contributions::receive(&finance, first, &stolen).await.unwrap_err());
        assert_eq!(refused, AppError::refused("refused-command-used"));
        world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn a_form_cannot_take_the_number_of_one_of_the_systems_own_entries() {
    on_both(|world| async move {
        let (finance, donor) = finance_and_donor(&world).await;
        let mut typed = pledge(donor, "1", "USD");
        typed.set("command_id", "system/report/1/accepted");
        let refused = AppError::from(contributions::pledge(&finance, &typed).await.unwrap_err());
        assert_eq!(refused, AppError::refused("refused-command-malformed"));
        assert_eq!(balance(&world, Account::ContributionsReceivable).await, 0);
        world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn twenty_identical_pledges_at_once_are_one() {
    on_both(|world| async move {
        let (finance, donor) = finance_and_donor(&world).await;
        let typed = pledge(donor, "100", "USD");
        let tasks: Vec<_> = (0..20)
            .map(|_| {
                let (finance, typed) = (finance.clone(), typed.clone());
                tokio::spawn(async move { contributions::pledge(&finance, &typed).await.unwrap() })
            })
            .collect();
        let mut ids = Vec::new();
        for task in tasks {
            ids.push(task.await.unwrap());
        }
        ids.dedup();
        assert_eq!(ids.len(), 1);
        assert_eq!(balance(&world, Account::ContributionsReceivable).await, 10_000);
        world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn a_bank_reference_is_used_once_even_at_the_same_moment() {
    on_both(|world| async move {
        let (finance, donor) = finance_and_donor(&world).await;
        let one = contributions::pledge(&finance, &pledge(donor, "100", "USD")).await.unwrap();
        let two = contributions::pledge(&finance, &pledge(donor, "100", "USD")).await.unwrap();
        let mut money = receipt("100", "USD", "2026-04-01");
        money.set("bank_reference", "REF 1");
        let mut again = money.clone();
        again.set("command_id", command());
        let (first, second) =
            tokio::join!(contributions::receive(&finance, one, &money), contributions::receive(&finance, two, &again));
        assert_ne!(first.is_ok(), second.is_ok());
        let refused = if first.is_err() { first } else { second };
        assert_eq!(key(refused, "bank_reference"), "error-bank-reference-used");
        assert_eq!(balance(&world, Account::Cash).await, 10_000);
        world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn pledges_are_searched_filtered_and_sorted() {
    on_both(|world| async move {
        let (small, _) = received(&world, 10_000, Earmark::None).await;
        let (large, _) = received(&world, 90_000, Earmark::Africa).await;
        let finance = world.staff(Role::FinanceOfficer).await;
        let ask = |search: &str, filter: &str, sort: &str| PageRequest {
            search: search.to_owned(),
            filter: filter.to_owned(),
            sort: sort.to_owned(),
            page: 1,
        };
        let donors = |request: PageRequest| {
            let finance = finance.clone();
            async move {
                let page = queries::list(&finance, &request).await.unwrap();
                page.rows.iter().map(|row| row.donor).collect::<Vec<_>>()
            }
        };
        assert_eq!(donors(ask("norW", "", "amount")).await, [large, small]);
        assert_eq!(donors(ask("sweden", "", "")).await, []);
        assert_eq!(donors(ask("", "region-africa", "donor")).await, [large]);
        assert_eq!(donors(ask("", &small.to_string(), "")).await, [small]);
        world.assert_books().await;
    })
    .await;
}
