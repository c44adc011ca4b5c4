//! Reminders of overdue instalments, and letters of receipts. On every database.
#![allow(clippy::unwrap_used)]

use crate::support::accounts::mails;
use crate::support::money::{donor, finance_and_donor, key, other_money, pledge, receipt, typed_usd};
use crate::support::{later, noon, on_both};
use backend::contributions::{self, letters, queries, reminders};
use backend::page::PageRequest;
use backend::{Context, audit, donors};
use chrono::TimeDelta;
use domain::contributions::{PledgeInstalment, is_awaited, unpaid};
use domain::errors::AppError;
use domain::forms::Typed;
use domain::ids::{DonorId, PledgeId, ReceiptId};
use domain::money::{Currency, Money};
use domain::roles::Role;

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
        let (mut expected, mut pledges) = (Vec::new(), 0);
        // In cents: of the last three less than a euro is missing, which nobody waits for, or just one.
        for (received, given_up) in [
            (0, 0),
            (5_000, 0),
            (10_000, 0),
            (10_100, 0),
            (30_000, 0),
            (0, 30_000),
            (0, 35_000),
            (10_000, 25_000),
            (29_900, 30_000),
            (60_000, 0),
            (59_999, 0),
            (59_901, 0),
            (59_900, 0),
        ] {
            let id = in_three_parts(&finance, donor).await;
            if received > 0 {
                let typed = receipt(&typed_usd(received), "EUR", "2026-04-10");
                let typed = other_money(&finance, id, typed).await;
                contributions::receive(&finance, id, &typed).await.unwrap();
            }
            if given_up > 0 {
                let typed = Typed::default()
                    .with("amount", typed_usd(given_up))
                    .with("date", "2026-04-10")
                    .with("reason", "They cannot pay.")
                    .with("command_id", crate::support::money::command());
                contributions::write_down(&finance, id, &typed).await.unwrap();
            }
            let left = unpaid(&due, received, given_up);
            let late: Vec<_> = due.iter().zip(left).filter(|(_, open)| is_awaited(*open)).collect();
            let standing = queries::get(&finance, id).await.unwrap().row.standing;
            let sum: i64 = late.iter().map(|(_, open)| open.minor).sum();
            assert_eq!(standing.overdue, Money::new(sum, eur(0).currency), "{received} and {given_up}");
            pledges += usize::from(!late.is_empty());
            expected.extend(late.into_iter().map(|(one, open)| (one.due, id, open)));
        }
        let listed = PageRequest { filter: contributions::OVERDUE.to_owned(), ..PageRequest::default() };
        let listed = queries::list(&finance, &listed).await.unwrap().total;
        assert_eq!(usize::try_from(listed).unwrap(), pledges, "the list of pledges, and with it the home pages");
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

#[tokio::test]
async fn a_letter_says_what_arrived_beside_what_banks_kept_and_what_it_settled() {
    on_both(|world| async move {
        let (finance, norway) = finance_and_donor(&world).await;
        let id = contributions::pledge(&finance, &pledge(norway, "1000", "EUR")).await.unwrap();
        let charged = receipt("480", "EUR", "2026-04-10").with("bank_charge", "20");
        let charged = contributions::receive(&finance, id, &charged).await.unwrap();
        let dollars = contributions::receive(&finance, id, &receipt("250", "USD", "2026-04-12")).await.unwrap();
        for (receipt, said) in [
            (charged, &["of EUR 480.00 from", "\"EUR 480.00\"", "\"EUR 20.00\"", "\"EUR 500.00\""][..]),
            (dollars, &["of USD 250.00 from", "\"USD 250.00\"", "\"EUR 200.00\""]),
        ] {
            letters::issue(&finance, receipt).await.unwrap();
            for part in said {
                // Amounts are set with spaces that do not break.
                let part = part.replace("R ", "R_").replace("D ", "D_");
                let sql = format!(
                    "SELECT COUNT(*) AS value FROM receipt_letters WHERE receipt_id = {receipt} AND content LIKE '%{part}%'"
                );
                assert_eq!(world.number(&sql).await, 1, "{}: {part}", world.kind);
            }
        }
        world.assert_books().await;
    })
    .await;
}
