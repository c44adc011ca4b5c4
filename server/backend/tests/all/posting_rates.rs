//! Each posting in another currency remembers the rate by which it became dollars, and its month; a rate is corrected
//! until one does.
#![allow(clippy::unwrap_used)]

use crate::support::grants::because;
use crate::support::money::{donor, key as refused, other_held, other_money, pledge, rate, receipt};
use crate::support::{World, on_both};
use backend::contributions::queries::ReceiptView;
use backend::contributions::{self, correct_rate, queries};
use backend::ledger::queries::of_sources;
use backend::page::PageRequest;
use backend::statements::{Asked, csv_rows, open};
use backend::{Context, donors};
use domain::errors::AppError;
use domain::forms::Typed;
use domain::ids::{DonorId, PledgeId, RateId};
use domain::ledger::{Account, Event};
use domain::roles::Role;
use domain::statements::StatementKind;
use domain::users::Language;
use i18n::Reader;

async fn finance_with_rates(world: &World) -> (Context, DonorId) {
    let finance = world.staff(Role::FinanceOfficer).await;
    for (currency, from, units) in [
        ("EUR", "2026-03-01", "0.90"),
        ("EUR", "2026-04-01", "0.8"),
        ("EUR", "2026-06-01", "0.85"),
        ("CHF", "2026-04-01", "0.88"),
    ] {
        contributions::record_rate(&finance, &rate(currency, from, units)).await.unwrap();
    }
    let donor = donors::create(&finance, &donor()).await.unwrap();
    (finance, donor)
}

async fn finance_alone(world: &World) -> (Context, DonorId) {
    let finance = world.staff(Role::FinanceOfficer).await;
    let donor = donors::create(&finance, &donor()).await.unwrap();
    (finance, donor)
}

/// The key of what is wrong with a field.
fn key(result: backend::Result<()>, field: &str) -> String {
    let AppError::Invalid(errors) = result.unwrap_err().into() else { return "not invalid".to_owned() };
    errors.of(field).map_or_else(|| format!("{errors:?}"), |message| message.key.clone())
}

fn file(text: &str) -> Typed {
    Typed::default().with("csv", text)
}

/// Event, account, currency, rate and month of each line of a record's entries.
async fn lines(finance: &Context, kind: &str, id: i64) -> Vec<(Event, Account, String, String)> {
    let entries = of_sources(finance, &[(kind, vec![id])]).await.unwrap();
    let line = |event, line: &domain::ledger::Posting| {
        let rate = line.rate.map_or("none".to_owned(), |rate| format!("{} of {}", rate.units_per_usd, rate.month));
        (event, line.account, line.amount.currency.code().to_owned(), rate)
    };
    entries.iter().flat_map(|entry| entry.postings.iter().map(|posting| line(entry.event, posting))).collect()
}

fn line(event: Event, account: Account, currency: &str, rate: &str) -> (Event, Account, String, String) {
    (event, account, currency.to_owned(), rate.to_owned())
}

async fn first_receipt(finance: &Context, id: PledgeId) -> ReceiptView {
    queries::get(finance, id).await.unwrap().receipts.remove(0)
}

const MARCH: &str = "0.9 of 2026-03-01";
const APRIL: &str = "0.8 of 2026-04-01";
const FRANCS: &str = "0.88 of 2026-04-01";

#[tokio::test]
async fn each_line_remembers_the_rate_of_its_own_currency_and_its_month() {
    on_both(|world| async move {
        use Account as A;
        let (finance, donor) = finance_with_rates(&world).await;
        let euros = contributions::pledge(&finance, &pledge(donor, "1000", "EUR")).await.unwrap();
        let came = receipt("95", "EUR", "2026-04-20").with("bank_charge", "5");
        let own = contributions::receive(&finance, euros, &came).await.unwrap();
        let change = because("Agreed").with("amount", "1200").with("date", "2026-05-02");
        let change = change.with("instalments.0.due", "2026-12-01").with("instalments.0.amount", "1200");
        contributions::amend(&finance, euros, &change).await.unwrap();
        let gone = because("No means").with("amount", "50").with("date", "2026-05-03");
        contributions::write_down(&finance, euros, &gone).await.unwrap();
        let at_march: Vec<_> = [
            (Event::Pledge, A::ContributionsReceivable, A::ContributionRevenue),
            (Event::PledgeAmended, A::ContributionsReceivable, A::ContributionRevenue),
            (Event::PledgeWrittenDown, A::PledgesWrittenDown, A::ContributionsReceivable),
        ]
        .into_iter()
        .flat_map(|(event, debit, credit)| [debit, credit].map(|account| line(event, account, "EUR", MARCH)))
        .collect();
        assert_eq!(lines(&finance, "pledge", euros.0).await, at_march, "{}", world.kind);
        let expected = vec![
            line(Event::Receipt, A::Cash, "EUR", APRIL),
            line(Event::Receipt, A::BankCharges, "EUR", APRIL),
            line(Event::Receipt, A::ContributionsReceivable, "EUR", MARCH),
            // What is left between two amounts in dollars is of no rate.
            line(Event::Receipt, A::ExchangeDifferences, "EUR", "none"),
            line(Event::Receipt, A::ProgrammeSupportCosts, "USD", "none"),
            line(Event::Receipt, A::ProgrammeSupportSetAside, "USD", "none"),
        ];
        assert_eq!(lines(&finance, "receipt", own.0).await, expected, "{}", world.kind);
        let shown = first_receipt(&finance, euros).await;
        assert_eq!((shown.pledge_rate, shown.stated), (None, false));
        // Taken back, each line remembers the same.
        contributions::undo(&finance, euros, own, &because("The other pledge")).await.unwrap();
        let both = lines(&finance, "receipt", own.0).await;
        let reversed: Vec<_> = expected.iter().cloned().map(|line| (Event::Reversal, line.1, line.2, line.3)).collect();
        assert_eq!(both[expected.len()..], reversed);
        world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn how_money_of_another_currency_was_turned_into_that_of_its_pledge_is_found_again() {
    on_both(|world| async move {
        use Account as A;
        let (finance, donor) = finance_with_rates(&world).await;
        let by_rate = contributions::pledge(&finance, &pledge(donor, "1000", "EUR")).await.unwrap();
        let id = contributions::receive(&finance, by_rate, &receipt("100", "CHF", "2026-04-10")).await.unwrap();
        let expected = [
            line(Event::Receipt, A::Cash, "CHF", FRANCS),
            line(Event::Receipt, A::ContributionsReceivable, "EUR", MARCH),
            line(Event::Receipt, A::ExchangeDifferences, "CHF", FRANCS),
            line(Event::Receipt, A::ExchangeDifferences, "EUR", MARCH),
        ];
        assert_eq!(lines(&finance, "receipt", id.0).await[..4], expected, "{}", world.kind);
        let shown = first_receipt(&finance, by_rate).await;
        let rate = shown.pledge_rate.map(|rate| rate.to_string());
        assert_eq!((shown.rate.to_string().as_str(), rate.as_deref(), shown.stated), ("0.88", Some("0.8"), false));
        let stated = contributions::pledge(&finance, &pledge(donor, "1000", "EUR")).await.unwrap();
        let typed = receipt("100", "CHF", "2026-04-10").with("settled", "90");
        let typed = other_money(&finance, stated, typed).await;
        let said = contributions::receive(&finance, stated, &typed).await.unwrap();
        let shown = first_receipt(&finance, stated).await;
        assert_eq!((shown.pledge_rate, shown.stated), (None, true));
        contributions::undo(&finance, stated, said, &because("The other pledge")).await.unwrap();
        let both = queries::get(&finance, stated).await.unwrap().receipts;
        assert!(both.iter().all(|receipt| receipt.stated), "{both:?}");
        // Held in March and identified in June: at the rate of March.
        let held = receipt("90", "EUR", "2026-03-05").with("payer", "A BANK");
        let held = contributions::hold(&finance, &held).await.unwrap();
        let to = because("They wrote").with("pledge", by_rate.to_string());
        let identified = contributions::identify(&finance, held, &to).await.unwrap();
        let of_march = lines(&finance, "receipt", identified.0).await;
        assert_eq!(of_march[0], line(Event::ReceiptIdentified, A::ReceiptsUnidentified, "EUR", MARCH));
        let returned = receipt("90", "EUR", "2026-03-06").with("payer", "A BANK");
        let returned = contributions::hold(&finance, &other_held(&finance, returned).await).await.unwrap();
        contributions::send_back(&finance, returned, &because("Not ours").with("date", "2026-06-01")).await.unwrap();
        let all = lines(&finance, "unidentified", returned.0).await;
        assert!(all.len() == 4 && all.iter().all(|line| line.3 == MARCH), "{all:?}");
        // The general ledger has both columns.
        let kind = StatementKind::GeneralLedger;
        let asked = Asked { kind, at: finance.today(), from: None, account: Some(Account::Cash), donor: None };
        let rows = open(&finance, &asked).await.unwrap().next(&finance, 100).await.unwrap();
        let csv = String::from_utf8(csv_rows(&rows, Reader::new(Language::English)).unwrap()).unwrap();
        assert!(csv.contains(",CHF,100.00,0.88,2026-04,113.64,"), "{csv}");
        world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn a_rate_far_from_the_one_before_is_asked_about_and_the_change_is_said() {
    on_both(|world| async move {
        let finance = world.staff(Role::FinanceOfficer).await;
        let typed = |currency: &str, from: &str, units: &str| {
            Typed::default().with("currency", currency).with("from", from).with("units_per_usd", units)
        };
        let record = |form: Typed| {
            let finance = &finance;
            async move { contributions::record_rate(finance, &form).await }
        };
        record(typed("EUR", "2026-03-01", "0.925")).await.unwrap();
        record(typed("EUR", "2026-04-01", "0.95")).await.unwrap();
        let AppError::Invalid(errors) = record(typed("EUR", "2026-05-01", "9.5")).await.unwrap_err().into() else {
            panic!("a rate ten times as high is taken");
        };
        let message = errors.of("confirmed").unwrap();
        assert_eq!(message.key, "error-rate-unusual");
        let april = chrono::NaiveDate::from_ymd_opt(2026, 4, 1).unwrap();
        for (name, value) in [
            ("change", 900_i64.into()),
            ("known", "0.95".into()),
            ("direction", "higher".into()),
            ("beside", april.into()),
        ] {
            assert!(message.arguments.contains(&(name.to_owned(), value)), "{name} in {message:?}");
        }
        let earlier = record(typed("EUR", "2026-02-01", "0.5")).await;
        assert_eq!(key(earlier, "confirmed"), "error-rate-unusual", "before the first there is only the first");
        record(typed("EUR", "2026-05-01", "9.5").with("confirmed", "yes")).await.unwrap();

        let lines =
            "JPY,2026-03-01,150\nJPY,2026-04-01,15.5\nEUR,2026-06-01,0.95\nCHF,2026-03-01,0.9\nNOK,2026-03-01,x";
        let AppError::Invalid(errors) = contributions::import_rates(&finance, &file(lines)).await.unwrap_err().into()
        else {
            panic!("imported");
        };
        let said: Vec<(&str, &str)> =
            errors.0.iter().map(|error| (error.field.as_str(), error.message.key.as_str())).collect();
        let asked = ("confirmed", "error-rate-line-unusual");
        assert_eq!(said, [("csv", "error-rate-line-rate"), asked, asked], "every line is named at once");
        let numbers =
            errors.0.iter().filter_map(|error| error.message.arguments.iter().find(|(name, _)| name == "line"));
        assert_eq!(
            numbers.map(|(_, line)| line.clone()).collect::<Vec<_>>(),
            [5_i64.into(), 2_i64.into(), 3_i64.into()]
        );
        assert_eq!(queries::rates(&finance, &PageRequest::default()).await.unwrap().total, 3, "nothing is entered");
        let good = "JPY,2026-03-01,150\nJPY,2026-04-01,15.5\nEUR,2026-06-01,0.95";
        assert_eq!(contributions::import_rates(&finance, &file(good).with("confirmed", "yes")).await.unwrap(), 3);
    })
    .await;
}

#[tokio::test]
async fn a_rate_is_corrected_or_removed_until_the_books_used_it() {
    on_both(|world| async move {
        let (finance, donor) = finance_alone(&world).await;
        for (currency, from, units) in
            [("EUR", "2026-03-01", "9.25"), ("EUR", "2026-04-01", "0.8"), ("CHF", "2026-03-01", "0.9")]
        {
            contributions::record_rate(&finance, &rate(currency, from, units)).await.unwrap();
        }
        let (april, chf, march) = (RateId(2), RateId(3), RateId(1));
        let units = |text: &str| Typed::default().with("units_per_usd", text);
        let slip = correct_rate::replace_rate(&finance, march, &units("8.1")).await;
        assert_eq!(key(slip, "confirmed"), "error-rate-unusual", "compared with the one beside it");
        correct_rate::replace_rate(&finance, march, &units("0.80")).await.unwrap();
        let view = correct_rate::rate(&finance, march).await.unwrap();
        assert_eq!((view.row.units_per_usd.to_string(), view.used_by.len()), ("0.8".to_owned(), 0));
        let trail =
            backend::audit::of(&world.staff(Role::Auditor).await, backend::audit::Kind::Rate, march.0).await.unwrap();
        assert_eq!(trail.rows[0].action, "audit-rate-replaced");
        assert_eq!(trail.rows[0].changes, [("units_per_usd".to_owned(), "9.25".to_owned(), "0.8".to_owned())]);

        // A pledge uses the rate of its day, and money in another currency that of both.
        let id = contributions::pledge(&finance, &pledge(donor, "1000", "EUR")).await.unwrap();
        let chf_march = receipt("90", "CHF", "2026-03-20");
        contributions::receive(&finance, id, &chf_march).await.unwrap();
        for used in [march, chf] {
            let view = correct_rate::rate(&finance, used).await.unwrap();
            assert!(!view.used_by.is_empty(), "{}: rate {used}", world.kind);
            for outcome in [
                correct_rate::remove_rate(&finance, used).await,
                correct_rate::replace_rate(&finance, used, &units("0.81")).await,
            ] {
                assert_eq!(refused(outcome.unwrap_err()), "refused-rate-used");
            }
        }
        // March and April hold the same: what used the one did not use the other, which is another month's.
        correct_rate::remove_rate(&finance, april).await.unwrap();
        let gone = correct_rate::rate(&finance, april).await.unwrap_err();
        assert_eq!(AppError::from(gone), AppError::NotFound);
        contributions::record_rate(&finance, &rate("EUR", "2026-04-01", "0.82")).await.unwrap();
        let officer = world.staff(Role::ProgrammeOfficer).await;
        let forbidden = correct_rate::remove_rate(&officer, chf).await.unwrap_err();
        assert!(matches!(AppError::from(forbidden), AppError::Forbidden(_)));
        world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn the_rate_by_which_money_settled_a_pledge_in_another_currency_is_used_too() {
    on_both(|world| async move {
        let (finance, donor) = finance_alone(&world).await;
        for (from, units) in [("2026-03-01", "0.9"), ("2026-04-01", "0.8")] {
            contributions::record_rate(&finance, &rate("EUR", from, units)).await.unwrap();
        }
        let id = contributions::pledge(&finance, &pledge(donor, "1000", "EUR")).await.unwrap();
        contributions::receive(&finance, id, &receipt("100", "USD", "2026-04-20")).await.unwrap();
        let april = RateId(2);
        assert_eq!(correct_rate::rate(&finance, april).await.unwrap().used_by.len(), 1);
        let removed = correct_rate::remove_rate(&finance, april).await.unwrap_err();
        assert_eq!(refused(removed), "refused-rate-used");
        for sql in ["DELETE FROM rates WHERE id = 2", "UPDATE rates SET units_per_usd = '7' WHERE id = 2"] {
            use sea_orm::ConnectionTrait as _;
            assert!(world.services.database.execute_unprepared(sql).await.is_err(), "{}: {sql}", world.kind);
        }
    })
    .await;
}

#[tokio::test]
async fn a_rate_is_either_used_or_removed_when_both_happen_at_once() {
    on_both(|world| async move {
        let (finance, donor) = finance_alone(&world).await;
        for round in 1..=8 {
            contributions::record_rate(&finance, &rate("EUR", "2026-03-01", "0.8")).await.unwrap();
            let typed = pledge(donor, "1000", "EUR");
            let (pledged, removed) = tokio::join!(
                contributions::pledge(&finance, &typed),
                correct_rate::remove_rate(&finance, RateId(round))
            );
            assert_ne!(pledged.is_ok(), removed.is_ok(), "{}: both, or neither", world.kind);
            if pledged.is_ok() {
                break;
            }
        }
        world.assert_books().await;
    })
    .await;
}
