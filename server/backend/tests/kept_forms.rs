//! Kept forms: how many of them there may be.
#![allow(clippy::unwrap_used)]

mod support;

use backend::kept_forms::{Browser, KeptForm, find, keep};
use chrono::TimeDelta;
use domain::errors::AppError;
use domain::forms::Typed;
use domain::roles::Role;
use support::accounts::visitor;
use support::{later, noon, on_both};

fn form(name: &str) -> KeptForm {
    let typed = Typed::default().with("name", name).with("password", "secret").with("token", "secret");
    KeptForm { path: "/donors/create".to_owned(), typed, error: AppError::SignInNeeded }
}

#[tokio::test]
async fn a_person_has_twenty_kept_forms_and_the_oldest_go_first() {
    on_both(|world| async move {
        let person = world.staff(Role::FinanceOfficer).await;
        let stranger = visitor(&world);
        let browser = Browser { secret: Some("browser"), had_session: false };
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
async fn a_flood_of_visitors_forms_pushes_out_the_oldest_of_them_only() {
    on_both(|world| async move {
        let person = world.staff(Role::FinanceOfficer).await;
        let own = keep(&person, &form("own"), Browser::default()).await.unwrap().unwrap();
        let browser = Browser { secret: Some("browser"), had_session: false };
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
        assert_eq!(find(&then, &first, browser).await.unwrap(), None);
        assert!(find(&then, &newest, browser).await.unwrap().is_some());
        assert!(find(&person, &own, Browser::default()).await.unwrap().is_some());
    })
    .await;
}
