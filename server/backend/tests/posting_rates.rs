//! Each posting in another currency remembers the rate by which it became dollars, and its month.
#![allow(clippy::unwrap_used)]

mod support;

use backend::contributions::queries::ReceiptView;
use backend::contributions::{self, queries};
use backend::ledger::queries::of_sources;
use backend::statements::{Asked, csv_rows, open};
use backend::{Context, donors};
use domain::forms::Typed;
use domain::ids::{DonorId, PledgeId};
use domain::ledger::{Account, Event};
use domain::statements::StatementKind;
use domain::users::Language;
use i18n::Reader;
use support::grants::because;
use support::money::{donor, pledge, receipt};
use support::{World, on_both};

async fn finance_with_rates(world: &World) -> (Context, DonorId) {
    let finance = world.staff(domain::roles::Role::FinanceOfficer).await;
    for (currency, from, units) in [
        ("EUR", "2026-03-01", "0.90"),
        ("EUR", "2026-04-01", "0.8"),
        ("EUR", "2026-06-01", "0.85"),
        ("CHF", "2026-04-01", "0.88"),
    ] {
        let typed = Typed::default().with("currency", currency).with("from", from).with("units_per_usd", units);
        contributions::record_rate(&finance, &typed).await.unwrap();
    }
    let donor = donors::create(&finance, &donor()).await.unwrap();
    (finance, donor)
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
        let returned = contributions::hold(&finance, &returned).await.unwrap();
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
