//! Contributions of the past from a spreadsheet, reminders of overdue instalments, and letters. On every database.
#![allow(clippy::unwrap_used)]

mod support;

use backend::contributions::past::{self, Outcome};
use backend::contributions::{self, letters, queries, reminders};
use backend::page::PageRequest;
use backend::{Context, audit, donors, ledger};
use chrono::TimeDelta;
use domain::contributions::{PledgeInstalment, unpaid};
use domain::errors::AppError;
use domain::forms::Typed;
use domain::ids::{DonorId, PledgeId, ReceiptId};
use domain::ledger::Account;
use domain::money::{Currency, Money};
use domain::roles::Role;
use support::accounts::mails;
use support::money::{donor, pledge, receipt};
use support::{World, later, noon, on_both};

fn file(name: &str) -> Vec<u8> {
    std::fs::read(format!("{}/tests/files/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

async fn finance_and_donor(world: &World) -> (Context, DonorId) {
    let finance = world.staff(Role::FinanceOfficer).await;
    for (currency, units) in [("EUR", "0.8"), ("JPY", "150")] {
        for month in ["2026-03-01", "2026-04-01"] {
            let typed = Typed::default().with("currency", currency).with("from", month).with("units_per_usd", units);
            contributions::record_rate(&finance, &typed).await.unwrap();
        }
    }
    let id = donors::create(&finance, &donor()).await.unwrap();
    (finance, id)
}

async fn balance(world: &World, account: Account) -> i64 {
    let balances = ledger::queries::balances(&world.services.database).await.unwrap();
    balances.into_iter().find(|(known, _)| *known == account).map_or(0, |(_, balance)| balance)
}

fn key(error: backend::Error) -> String {
    match AppError::from(error) {
        AppError::Refused(message) => message.key,
        AppError::Invalid(errors) => errors.0[0].message.key.clone(),
        other => format!("{other:?}"),
    }
}

#[tokio::test]
async fn the_past_is_imported_once_from_csv_and_from_xlsx_alike() {
    on_both(|world| async move {
        let (finance, _) = finance_and_donor(&world).await;
        let csv = past::upload(&finance, "past.csv", &file("past.csv")).await.unwrap();
        assert_eq!(past::upload(&finance, "again.csv", &file("past.csv")).await.unwrap(), csv);
        let planned = past::preview(&finance, csv, &PageRequest::default()).await.unwrap().rows.rows;
        assert!(planned.iter().all(|row| row.outcome == Outcome::New), "{planned:?}");
        assert_eq!(queries::list(&finance, &PageRequest::default()).await.unwrap().total, 0, "a look enters nothing");
        assert_eq!(past::confirm(&finance, csv).await.unwrap(), 3);
        assert_eq!(past::confirm(&finance, csv).await.unwrap(), 0);
        assert_eq!(balance(&world, Account::Cash).await, 50_000 + 500_000);
        assert_eq!(balance(&world, Account::ContributionsReceivable).await, 75_000 + 100_000);
        let rows = queries::list(&finance, &PageRequest::default()).await.unwrap();
        assert_eq!(rows.total, 3);
        // The same rows as a workbook, whose numbers and days are typed cells: nothing is new.
        let xlsx = past::upload(&finance, "past.xlsx", &file("past.xlsx")).await.unwrap();
        assert_ne!(xlsx, csv);
        let planned = past::preview(&finance, xlsx, &PageRequest::default()).await.unwrap().rows.rows;
        let outcomes: Vec<bool> = planned.iter().map(|row| row.outcome == Outcome::Known).collect();
        assert_eq!(outcomes, [true, true, true], "{planned:?}");
        assert_eq!(past::confirm(&finance, xlsx).await.unwrap(), 0);
        world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn wrong_cells_are_named_and_nothing_of_the_file_is_entered() {
    on_both(|world| async move {
        let (finance, _) = finance_and_donor(&world).await;
        let id = past::upload(&finance, "past-wrong.csv", &file("past-wrong.csv")).await.unwrap();
        let preview = past::preview(&finance, id, &PageRequest::default()).await.unwrap();
        assert_eq!((preview.new, preview.alike, preview.known, preview.wrong), (1, 0, 0, 3));
        let planned = preview.rows.rows;
        assert_eq!(planned[3].outcome, Outcome::New, "what is wrong comes first");
        let wrong: Vec<Vec<(&str, String)>> = planned[..3]
            .iter()
            .map(|row| match &row.outcome {
                Outcome::Wrong(errors) => {
                    errors.iter().map(|(column, message)| (*column, message.key.clone())).collect()
                }
                other => panic!("{other:?}"),
            })
            .collect();
        let of = |errors: &[(&'static str, &str)]| -> Vec<(&str, String)> {
            errors.iter().map(|(column, key)| (*column, (*key).to_owned())).collect()
        };
        assert_eq!(
            wrong[0],
            of(&[("donor", "error-past-donor"), ("currency", "error-past-currency"), ("date", "error-past-date")])
        );
        assert_eq!(wrong[1], of(&[("pledged", "error-past-amount"), ("received on", "error-past-before-pledge")]));
        assert_eq!(wrong[2], of(&[("received on", "error-past-not-received"), ("date", "error-past-rate")]));
        assert_eq!(key(past::confirm(&finance, id).await.unwrap_err()), "refused-past-wrong");
        assert_eq!(queries::list(&finance, &PageRequest::default()).await.unwrap().total, 0);
        for (bytes, expected) in [
            (&b""[..], "error-past-empty"),
            (b"donor,date\nx,y\n", "error-past-columns"),
            (b"PK\x03\x04 no workbook", "error-past-broken"),
            (b"\xff\xfe", "error-past-encoding"),
        ] {
            assert_eq!(key(past::upload(&finance, "x", bytes).await.unwrap_err()), expected);
        }
        let auditor = world.staff(Role::Auditor).await;
        assert!(matches!(AppError::from(past::confirm(&auditor, id).await.unwrap_err()), AppError::Forbidden(_)));
        world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn the_preview_knows_what_the_books_would_refuse_and_what_looks_entered_already() {
    on_both(|world| async move {
        let (finance, _) = finance_and_donor(&world).await;
        world.sql("INSERT INTO closed_periods (fiscal_year, month, closed_by_name, closed_at, reason) VALUES (2026, 1, 'x', '2026-02-01 00:00:00+00:00', '')").await;
        let may = Typed::default().with("currency", "EUR").with("from", "2026-05-01").with("units_per_usd", "5000");
        contributions::record_rate(&finance, &may).await.unwrap();
        let head = "donor,date,currency,pledged,received,received on\n";
        let table = format!(
            "{head}Norway,2026-01-31,USD,100,,\nNorway,2026-02-03,USD,100,50,2026-02-04\nNorway,2026-05-02,EUR,1,,\n\
             Norway,2026-05-03,EUR,100000,1,2026-05-03\n"
        );
        let id = past::upload(&finance, "a.csv", table.as_bytes()).await.unwrap();
        let preview = past::preview(&finance, id, &PageRequest::default()).await.unwrap();
        let wrong: Vec<Vec<(&str, &str)>> = preview.rows.rows[..3]
            .iter()
            .map(|row| match &row.outcome {
                Outcome::Wrong(errors) => {
                    errors.iter().map(|(column, message)| (*column, message.key.as_str())).collect()
                }
                other => panic!("{other:?}"),
            })
            .collect();
        assert_eq!(
            wrong,
            [
                vec![("date", "error-past-closed")],
                vec![("pledged", "error-past-worth")],
                vec![("received", "error-past-worth")]
            ]
        );
        // Thirty pledges, and the same file later, when money has come in for one of them.
        let rows: String = (1..=30).map(|pledge| format!("Norway,2026-04-02,USD,{pledge}.00,,\n")).collect();
        let first = past::upload(&finance, "b.csv", format!("{head}{rows}").as_bytes()).await.unwrap();
        assert_eq!(past::confirm(&finance, first).await.unwrap(), 30);
        let later = rows.replace("USD,30.00,,", "USD,30.00,30.00,2026-04-03");
        let second = past::upload(&finance, "c.csv", format!("{head}{later}").as_bytes()).await.unwrap();
        let page = |page| PageRequest { page, ..PageRequest::default() };
        let preview = past::preview(&finance, second, &page(1)).await.unwrap();
        assert_eq!((preview.new, preview.alike, preview.known, preview.wrong), (1, 1, 29, 0));
        assert_eq!((preview.rows.rows[0].number, preview.rows.rows.len(), preview.rows.total), (31, 25, 30));
        assert_eq!(preview.rows.rows[0].outcome, Outcome::Alike);
        let rest = past::preview(&finance, second, &page(2)).await.unwrap().rows.rows;
        assert_eq!((rest[0].number, rest.len()), (26, 5));
        world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn money_that_was_spent_before_is_not_available_again() {
    on_both(|world| async move {
        let (finance, _) = finance_and_donor(&world).await;
        let head = "donor,date,currency,pledged,received,received on,spent\n";
        let row = |spent: &str| format!("Norway,2026-04-02,EUR,800,800,2026-04-03,{spent}\n");
        // 800 euros are 1,000 dollars, of which 870 are left for grants.
        for (spent, key) in [("870.01", "error-past-spent-more"), ("-1", "error-past-spent"), ("x", "error-past-spent")]
        {
            let file = format!("{head}{}", row(spent));
            let id = past::upload(&finance, "wrong.csv", file.as_bytes()).await.unwrap();
            let preview = past::preview(&finance, id, &PageRequest::default()).await.unwrap();
            let Outcome::Wrong(errors) = &preview.rows.rows[0].outcome else { panic!("{spent} is entered") };
            assert_eq!((errors[0].0, errors[0].1.key.as_str(), errors.len()), ("spent", key, 1));
        }
        let file = format!("{head}{}{}", row("870.00"), row("600.00").replace("04-02", "04-01"));
        let id = past::upload(&finance, "past.csv", file.as_bytes()).await.unwrap();
        assert_eq!(past::confirm(&finance, id).await.unwrap(), 2);
        let position = ledger::queries::position(&world.services.database).await.unwrap();
        assert_eq!((position.received, position.psc, position.disbursed), (200_000, 26_000, 147_000));
        assert_eq!((position.spent, position.committed, position.available), (147_000, 147_000, 27_000));
        let left: Vec<i64> = contributions::sources(&world.services.database)
            .await
            .unwrap()
            .iter()
            .map(|source| source.available)
            .collect();
        assert_eq!(left, [27_000], "nothing of the other one is left");
        let pledge = queries::list(&finance, &PageRequest::default()).await.unwrap().rows[0].id;
        let receipt = queries::get(&finance, pledge).await.unwrap().receipts[0].id;
        let undo = Typed::default().with("reason", "For another").with("command_id", "undo-spent");
        assert_eq!(key(contributions::undo(&finance, pledge, receipt, &undo).await.unwrap_err()), "refused-undo-spent");
        world.assert_books().await;
        world.sql("UPDATE receipts SET spent_before_usd_minor = 59999 WHERE spent_before_usd_minor = 60000").await;
        let findings = ledger::check::check_books(&world.services.database).await.unwrap();
        assert_eq!(findings.len(), 1, "{findings:?}");
        assert!(findings[0].contains("59999 US cents spent before, 60000 in its entry"), "{findings:?}");
    })
    .await;
}

#[tokio::test]
async fn a_reminder_is_drafted_and_sent_once_and_only_after_approval() {
    on_both(|world| async move {
        let (finance, donor) = finance_and_donor(&world).await;
        let id = contributions::pledge(&finance, &pledge(donor, "1000", "EUR")).await.unwrap();
        contributions::receive(&finance, id, &receipt("400", "EUR", "2026-04-10")).await.unwrap();
        // Due on 1 March, seen on 1 June: three months late.
        assert_eq!(reminders::draft(&world.system()).await.unwrap(), 1);
        assert_eq!(reminders::draft(&world.system()).await.unwrap(), 0);
        assert!(mails(&world).await.is_empty(), "nothing is sent without approval");
        let rows = reminders::list(&finance, &PageRequest::default()).await.unwrap().rows;
        let draft = rows[0].draft.clone().unwrap();
        assert_eq!(
            (draft.level, draft.to.as_str(), rows[0].open.minor),
            (2, "Kari Nordmann <kari@example.org>", 60_000)
        );
        assert!(draft.text.contains("VTF-P0000"), "{}", draft.text);
        let officer = world.staff(Role::ProgrammeOfficer).await;
        let forbidden = reminders::approve(&officer, draft.id).await.unwrap_err();
        assert!(matches!(AppError::from(forbidden), AppError::Forbidden(_)));
        reminders::approve(&finance, draft.id).await.unwrap();
        reminders::approve(&finance, draft.id).await.unwrap();
        assert_eq!(mails(&world).await.len(), 1);
        assert_eq!(reminders::draft(&world.system()).await.unwrap(), 0);
        // A month later the next level is due; it is declined, and never drafted again.
        let july = later(&finance, noon() + TimeDelta::days(30));
        assert_eq!(reminders::draft(&july).await.unwrap(), 1);
        let draft = reminders::list(&july, &PageRequest::default()).await.unwrap().rows[0].draft.clone().unwrap();
        assert_eq!(draft.level, 3);
        reminders::decline(&july, draft.id).await.unwrap();
        assert_eq!(key(reminders::approve(&july, draft.id).await.unwrap_err()), "refused-reminder-dropped");
        assert_eq!(reminders::draft(&july).await.unwrap(), 0);
        assert_eq!(mails(&world).await.len(), 1);
        let auditor = world.staff(Role::Auditor).await;
        let trail = audit::of(&auditor, audit::Kind::Pledge, id.into()).await.unwrap().rows;
        let actions: Vec<&str> = trail.iter().map(|row| row.action.as_str()).take(4).collect();
        assert_eq!(
            actions,
            [
                "audit-pledge-not-reminded",
                "audit-pledge-reminder-drafted",
                "audit-pledge-reminded",
                "audit-pledge-reminder-drafted"
            ]
        );
        world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn a_reminder_that_nobody_approved_is_replaced_by_the_next_one_and_the_trail_says_so() {
    on_both(|world| async move {
        let (finance, donor) = finance_and_donor(&world).await;
        let id = contributions::pledge(&finance, &pledge(donor, "1000", "EUR")).await.unwrap();
        reminders::draft(&world.system()).await.unwrap();
        let july = later(&world.system(), noon() + TimeDelta::days(30));
        assert_eq!(reminders::draft(&july).await.unwrap(), 1);
        let auditor = world.staff(Role::Auditor).await;
        let trail = audit::of(&auditor, audit::Kind::Pledge, id.into()).await.unwrap().rows;
        let (drafted, overtaken) = (&trail[0], &trail[1]);
        assert_eq!((drafted.action.as_str(), drafted.actor.as_str()), ("audit-pledge-reminder-drafted", "system"));
        assert_eq!(overtaken.action, "audit-pledge-reminder-overtaken");
        let state = ("state".to_owned(), "drafted".to_owned(), "dropped".to_owned());
        assert!(overtaken.changes.contains(&state), "{:?}", overtaken.changes);
        assert!(overtaken.changes.iter().all(|(field, _, _)| field != "decided_by"), "nobody decided it");
        for key in ["audit-pledge-reminder-drafted", "audit-pledge-reminder-overtaken"] {
            assert!(i18n::is_complete(key), "{key}");
        }
        world.assert_books().await;
    })
    .await;
}

/// A pledge of EUR 600 that is due in three parts, all of them by noon.
async fn in_three_parts(finance: &Context, donor: DonorId) -> PledgeId {
    let parts = [("2026-03-10", "100"), ("2026-04-01", "200"), ("2026-05-01", "300")];
    let typed = parts.iter().enumerate().fold(pledge(donor, "600", "EUR"), |typed, (place, (due, amount))| {
        typed.with(&format!("instalments.{place}.due"), *due).with(&format!("instalments.{place}.amount"), *amount)
    });
    contributions::pledge(finance, &typed).await.unwrap()
}

#[tokio::test]
async fn the_database_finds_the_same_instalments_overdue_as_the_rule() {
    on_both(|world| async move {
        let (finance, donor) = finance_and_donor(&world).await;
        let eur = |major: i64| Money::new(major * 100, Currency::from_code("EUR").unwrap());
        let due = [("2026-03-10", 100), ("2026-04-01", 200), ("2026-05-01", 300)];
        let due = due.map(|(due, major)| PledgeInstalment { due: due.parse().unwrap(), amount: eur(major) });
        let mut expected = Vec::new();
        for (received, given_up) in
            [(0, 0), (50, 0), (100, 0), (101, 0), (300, 0), (0, 300), (0, 350), (100, 250), (299, 300), (600, 0)]
        {
            let id = in_three_parts(&finance, donor).await;
            if received > 0 {
                let typed = receipt(&received.to_string(), "EUR", "2026-04-10");
                contributions::receive(&finance, id, &typed).await.unwrap();
            }
            if given_up > 0 {
                let typed = Typed::default()
                    .with("amount", given_up.to_string())
                    .with("date", "2026-04-10")
                    .with("reason", "They cannot pay.")
                    .with("command_id", support::money::command());
                contributions::write_down(&finance, id, &typed).await.unwrap();
            }
            let left = unpaid(&due, received * 100, given_up * 100);
            let late = due.iter().zip(left).filter(|(_, open)| open.minor > 0);
            expected.extend(late.map(|(one, open)| (one.due, id, open)));
        }
        expected.sort_by_key(|(due, id, _)| (*due, *id));
        let first = reminders::list(&finance, &PageRequest::default()).await.unwrap();
        assert_eq!(first.total, u64::try_from(expected.len()).unwrap());
        let found: Vec<_> = first.rows.iter().map(|row| (row.due, row.pledge, row.open)).collect();
        assert_eq!(found, expected[..found.len()]);
        world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn overdue_instalments_come_page_by_page_and_those_with_a_waiting_reminder_first() {
    on_both(|world| async move {
        let (finance, donor) = finance_and_donor(&world).await;
        let mut last = None;
        for _ in 0..28 {
            last = Some(contributions::pledge(&finance, &pledge(donor, "10", "EUR")).await.unwrap());
        }
        assert_eq!(reminders::draft(&finance).await.unwrap(), 28);
        let page = |page| PageRequest { page, ..PageRequest::default() };
        let mut waiting = reminders::list(&finance, &page(1)).await.unwrap().rows;
        waiting.extend(reminders::list(&finance, &page(2)).await.unwrap().rows);
        for row in &waiting[..27] {
            reminders::decline(&finance, row.draft.as_ref().unwrap().id).await.unwrap();
        }
        let first = reminders::list(&finance, &page(1)).await.unwrap();
        assert_eq!((first.rows.len(), first.total, first.pages()), (25, 28, 2));
        assert_eq!(Some(first.rows[0].pledge), last, "the only one with a reminder that waits");
        assert!(first.rows[0].draft.is_some() && first.rows[1].draft.is_none());
        assert_eq!(reminders::list(&finance, &page(2)).await.unwrap().rows.len(), 3);
        world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn what_was_paid_in_the_meantime_is_not_reminded_of() {
    on_both(|world| async move {
        let (finance, donor) = finance_and_donor(&world).await;
        let id = contributions::pledge(&finance, &pledge(donor, "1000", "EUR")).await.unwrap();
        reminders::draft(&finance).await.unwrap();
        let draft = reminders::list(&finance, &PageRequest::default()).await.unwrap().rows[0].draft.clone().unwrap();
        contributions::receive(&finance, id, &receipt("1000", "EUR", "2026-04-10")).await.unwrap();
        assert!(reminders::list(&finance, &PageRequest::default()).await.unwrap().rows.is_empty());
        assert_eq!(key(reminders::approve(&finance, draft.id).await.unwrap_err()), "refused-reminder-paid");
        assert!(mails(&world).await.is_empty());
        world.assert_books().await;
    })
    .await;
}

async fn paid(finance: &Context, donor: DonorId, amount: &str) -> (PledgeId, ReceiptId) {
    let id = contributions::pledge(finance, &pledge(donor, amount, "EUR")).await.unwrap();
    let receipt = contributions::receive(finance, id, &receipt(amount, "EUR", "2026-04-10")).await.unwrap();
    (id, receipt)
}

#[tokio::test]
async fn letters_are_numbered_without_gaps_and_the_same_to_the_byte_for_ever() {
    on_both(|world| async move {
        let (finance, norway) = finance_and_donor(&world).await;
        let mut typed = donor();
        typed.set("name", "République française, ministère de l’Europe — Œuvres & Łódź");
        typed.set("contact_name", "Hélène Çelik-Müller");
        typed.set("language", "fr");
        let france = donors::create(&finance, &typed).await.unwrap();
        let (_, one) = paid(&finance, norway, "1000").await;
        let (_, two) = paid(&finance, france, "2000").await;
        assert_eq!(AppError::from(letters::download(&finance, one).await.unwrap_err()), AppError::NotFound);
        let tasks: Vec<_> = [one, two, one, two]
            .into_iter()
            .map(|receipt| {
                let finance = finance.clone();
                tokio::spawn(async move { letters::issue(&finance, receipt).await.unwrap() })
            })
            .collect();
        let mut numbers = Vec::new();
        for task in tasks {
            numbers.push(task.await.unwrap());
        }
        numbers.sort();
        assert_eq!(numbers, ["L-2026-0001", "L-2026-0001", "L-2026-0002", "L-2026-0002"]);
        let first = letters::download(&finance, two).await.unwrap();
        assert!(first.bytes.starts_with(b"%PDF-") && first.bytes.len() > 5_000);
        // Whatever is changed afterwards.
        let mut renamed = typed.clone();
        renamed.set("name", "Somebody else");
        donors::update(&finance, france, &renamed).await.unwrap();
        let much_later = later(&finance, noon() + TimeDelta::days(400));
        assert_eq!(letters::download(&much_later, two).await.unwrap(), first);
        assert_eq!(letters::issue(&much_later, two).await.unwrap(), first.number);
        let own = world.person(Role::DonorRepresentative, None, Some(france)).await;
        assert_eq!(letters::download(&own, two).await.unwrap(), first);
        assert_eq!(AppError::from(letters::download(&own, one).await.unwrap_err()), AppError::NotFound);
        assert!(matches!(AppError::from(letters::issue(&own, one).await.unwrap_err()), AppError::Forbidden(_)));
        use sea_orm::ConnectionTrait as _;
        let kept = "SELECT COUNT(*) AS value FROM receipt_letter_files";
        assert_eq!(world.number(kept).await, 1, "kept as it was first given, whatever a later version would draw");
        for sql in [
            "UPDATE receipt_letters SET number = 9",
            "DELETE FROM receipt_letters",
            "UPDATE receipt_letter_files SET letter_id = 9",
        ] {
            assert!(world.services.database.execute_unprepared(sql).await.is_err(), "{}: {sql}", world.kind);
        }
        if let Some(folder) = std::env::var_os("KEEP_LETTERS") {
            std::fs::write(std::path::Path::new(&folder).join("letter.pdf"), &first.bytes).unwrap();
        }
        world.assert_books().await;
    })
    .await;
}
