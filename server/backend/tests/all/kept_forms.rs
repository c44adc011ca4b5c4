//! Kept forms: how many of them there may be.
#![allow(clippy::unwrap_used)]

use crate::support::accounts::visitor;
use crate::support::{later, noon, on_both};
use backend::kept_forms::{Browser, KeptForm, find, keep};
use backend::users;
use chrono::TimeDelta;
use domain::errors::AppError;
use domain::forms::Typed;
use domain::roles::Role;

fn form(name: &str) -> KeptForm {
    let typed = Typed::default().with("name", name).with("password", "secret").with("token", "secret");
    KeptForm { path: "/donors/create".to_owned(), typed, error: AppError::SignInNeeded }
}

#[tokio::test]
async fn a_person_has_twenty_kept_forms_and_the_oldest_go_first() {
    on_both(|world| async move {
        let person = world.staff(Role::FinanceOfficer).await;
        let stranger = visitor(&world);
        let browser = Browser { secret: Some("browser"), address: "192.0.2.1", ..Browser::default() };
        let other = keep(&stranger, &form("visitor"), browser).await.unwrap().unwrap();
        let mut tokens = Vec::new();
        for second in 0..22 {
            let then = later(&person, noon() + TimeDelta::seconds(second));
            tokens.push(keep(&then, &form(&second.to_string()), Browser::default()).await.unwrap().unwrap());
        }
        for (number, token) in tokens.iter().enumerate() {
            let found = find(&person, token, Browser::default()).await.unwrap();
            assert_eq!(found.is_some(), number >= 2, "{number}");
            assert!(
                found.is_none_or(|kept| kept.typed.get("password").is_empty() && kept.typed.get("token").is_empty())
            );
        }
        assert!(find(&stranger, &other, browser).await.unwrap().is_some(), "others' forms stay");
        let tomorrow = later(&stranger, noon() + TimeDelta::hours(25));
        assert_eq!(find(&tomorrow, &other, browser).await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn a_flood_of_visitors_forms_pushes_out_its_own_oldest_and_nobody_elses() {
    on_both(|world| async move {
        let person = world.staff(Role::FinanceOfficer).await;
        let own = keep(&person, &form("own"), Browser::default()).await.unwrap().unwrap();
        let browser = Browser { secret: Some("browser"), address: "192.0.2.1", ..Browser::default() };
        let first = keep(&visitor(&world), &form("first"), browser).await.unwrap().unwrap();
        let day = noon().format("%Y-%m-%d");
        let rows: Vec<String> = (1..1_000)
            .map(|number| format!("('flood{number}', '/', '{{}}', '\"sign-in-needed\"', '{day}T12:00:01+00:00')"))
            .collect();
        world
            .sql(&format!("INSERT INTO kept_forms (token, path, typed, error, created_at) VALUES {}", rows.join(", ")))
            .await;
        assert!(find(&visitor(&world), &first, browser).await.unwrap().is_some(), "a thousand fit");
        let then = later(&visitor(&world), noon() + TimeDelta::seconds(2));
        let newest = keep(&then, &form("newest"), browser).await.unwrap().unwrap();
        for token in [&first, &newest] {
            assert!(find(&then, token, browser).await.unwrap().is_some());
        }
        assert_eq!(world.number("SELECT COUNT(*) AS value FROM kept_forms WHERE path = '/'").await, 998);
        assert!(find(&person, &own, Browser::default()).await.unwrap().is_some());
    })
    .await;
}

/// A visitor's form of so many bytes.
fn large(name: &str, bytes: usize) -> KeptForm {
    let mut kept = form(name);
    kept.typed.set("text", "x".repeat(bytes));
    kept
}

#[tokio::test]
async fn a_form_sent_after_a_session_is_its_owners_and_may_be_large() {
    on_both(|world| async move {
        let visitor = visitor(&world);
        let person = world.staff(Role::FinanceOfficer).await;
        let id = person.actor.user.unwrap();
        let day = noon().format("%Y-%m-%d");
        for (token, expires) in [("holds", "2026-06-07T12:00:00"), ("expired", "2026-06-01T11:00:00")] {
            world
                .sql(&format!(
                    "INSERT INTO sessions (token_hash, user_id, created_at, seen_at, expires_at) VALUES \
                     ('{}', {id}, '{day}T08:00:00+00:00', '{day}T08:00:00+00:00', '{expires}+00:00')",
                    backend::token::hash(token)
                ))
                .await;
        }
        let signed_out = Some("holds");
        users::sign_out(&person, signed_out).await.unwrap();
        for (session, bytes, is_kept) in [
            (Some("made up"), 1_000, true),
            (Some("made up"), 70_000, false),
            (None, 70_000, false),
            (signed_out, 70_000, true),
            (Some("expired"), 70_000, true),
            (Some("expired"), 1_100_000, true),
        ] {
            let browser = Browser { secret: Some("browser"), session, address: "192.0.2.1" };
            let token = keep(&visitor, &large("form", bytes), browser).await.unwrap();
            assert_eq!(token.is_some(), is_kept, "{session:?}, {bytes} bytes");
            let Some(token) = token else { continue };
            let is_owned = session != Some("made up");
            let next = world.staff(Role::FinanceOfficer).await;
            for (reader, sees) in [(&person, true), (&next, !is_owned), (&visitor, !is_owned)] {
                let found = find(reader, &token, browser).await.unwrap();
                assert_eq!(found.is_some(), sees, "{session:?}, {bytes} bytes, {:?}", reader.actor.user);
            }
        }
        let mistyped = KeptForm { error: AppError::NotFound, ..form("sign-in") };
        let browser = Browser { secret: Some("browser"), session: signed_out, address: "192.0.2.1" };
        let token = keep(&visitor, &mistyped, browser).await.unwrap().unwrap();
        assert!(find(&visitor, &token, browser).await.unwrap().is_some(), "a visitor's own form is the visitor's");
    })
    .await;
}

#[tokio::test]
async fn all_visitors_forms_together_are_bounded_in_bytes_and_who_keeps_most_loses_the_oldest() {
    on_both(|world| async move {
        let browser = Browser { secret: Some("browser"), address: "192.0.2.1", ..Browser::default() };
        let at = |second| later(&visitor(&world), noon() + TimeDelta::seconds(second));
        let first = keep(&at(0), &large("first", 300), browser).await.unwrap().unwrap();
        let second = keep(&at(1), &form("second"), browser).await.unwrap().unwrap();
        let day = noon().format("%Y-%m-%d");
        let rows: Vec<String> = (1..=64)
            .map(|number| {
                let size = 1024 * 1024 - if number == 64 { 400 } else { 0 };
                format!("('flood{number}', '/', '{{}}', '\"sign-in-needed\"', {size}, '{day}T12:00:02+00:00')")
            })
            .collect();
        let columns = "token, path, typed, error, size, created_at";
        world.sql(&format!("INSERT INTO kept_forms ({columns}) VALUES {}", rows.join(", "))).await;
        let newest = keep(&at(3), &large("newest", 100), browser).await.unwrap().unwrap();
        for token in [&first, &second, &newest] {
            assert!(find(&at(3), token, browser).await.unwrap().is_some(), "what others keep stays");
        }
        assert_eq!(world.number("SELECT COUNT(*) AS value FROM kept_forms WHERE path = '/'").await, 63);
    })
    .await;
}

#[tokio::test]
async fn an_account_number_that_was_refused_is_kept_sealed() {
    on_both(|world| async move {
        let person = world.staff(Role::OrganisationSignatory).await;
        let typed = Typed::default().with("account_number", "GB82WEST12345698765433");
        let form = KeptForm { path: "/organisations/1/bank".to_owned(), typed, error: AppError::SignInNeeded };
        let token = keep(&person, &form, Browser::default()).await.unwrap().unwrap();
        let open = "SELECT COUNT(*) AS value FROM kept_forms WHERE typed LIKE '%GB82%'";
        assert_eq!(world.number(open).await, 0);
        let found = find(&person, &token, Browser::default()).await.unwrap().unwrap();
        assert_eq!(found.typed.get("account_number"), "GB82WEST12345698765433");
    })
    .await;
}

#[tokio::test]
async fn a_thousand_forms_from_one_network_push_out_nobody_elses_and_nothing_typed_is_nothing_kept() {
    on_both(|world| async move {
        let visitor = visitor(&world);
        let own = Browser { secret: Some("own"), address: "192.0.2.1", ..Browser::default() };
        let kept = keep(&visitor, &form("an hour's work"), own).await.unwrap().unwrap();
        let empty = Typed::default().with("email", " ").with("next", "/");
        let refused = AppError::field("email", "error-required");
        let form =
            |error: &AppError| KeptForm { path: "/forgot".to_owned(), typed: empty.clone(), error: error.clone() };
        for number in 1..=1_010 {
            let then = later(&visitor, noon() + TimeDelta::seconds(number));
            let (secret, address) = (number.to_string(), format!("2001:db8:1:2::{number:x}"));
            let stranger = Browser { secret: Some(&secret), address: &address, ..Browser::default() };
            let token = keep(&then, &form(&refused), stranger).await.unwrap().unwrap();
            assert!(number % 100 > 0 || find(&then, &token, stranger).await.unwrap().is_some(), "{number}");
        }
        assert!(find(&visitor, &kept, own).await.unwrap().is_some());
        let count = "SELECT COUNT(*) AS value FROM kept_forms";
        assert_eq!(world.number(count).await, 201, "one network keeps two hundred");
        assert_eq!(keep(&visitor, &form(&AppError::SignInNeeded), own).await.unwrap(), None);
        assert_eq!(world.number(count).await, 201);
    })
    .await;
}
