//! Signing in with a password: how often it may be tried, from where, by which device; and new passwords.
#![allow(clippy::unwrap_used)]

use crate::support::accounts::{
    HOME, PASSWORD, mails, officer, organisation_form, token_in, try_from, try_password, visitor, wrong,
};
use crate::support::{later, noon, on_both};
use backend::users::{self, Caller, sessions};
use chrono::TimeDelta;
use domain::errors::AppError;
use domain::forms::Typed;
use domain::message::Argument;
use domain::users::{ACCOUNT_TRIES, ADDRESS_TRIES, DEVICE_LIFETIME, DEVICE_TRIES, PAIR_TRIES, RESET_LIFETIME};

fn from(address: &str) -> Caller<'_> {
    Caller { address, ..Caller::default() }
}

fn minutes_to_wait(outcome: &Result<String, AppError>) -> Option<&Argument> {
    let Err(AppError::TooManyRequests(message)) = outcome else { return None };
    message.arguments.iter().find(|(name, _)| name == "minutes").map(|(_, minutes)| minutes)
}

#[tokio::test]
async fn who_tries_many_passwords_waits_and_the_owner_is_told_once_and_gets_in_from_elsewhere() {
    on_both(|world| async move {
        let visitor = visitor(&world);
        let (_, email) = officer(&world).await;
        for account in [email.as_str(), "nobody@example.org"] {
            for _ in 0..PAIR_TRIES.tries {
                assert_eq!(try_password(&visitor, account, "wrong password", HOME).await, Err(wrong()));
            }
            for password in ["wrong password", PASSWORD, PASSWORD] {
                let refused = try_password(&visitor, account, password, HOME).await;
                assert_eq!(minutes_to_wait(&refused), Some(&Argument::Number(2)), "{account}: {refused:?}");
            }
        }
        assert!(try_password(&visitor, &email, PASSWORD, "192.0.2.2").await.is_ok(), "the account is not locked");
        let told: Vec<String> = mails(&world).await.into_iter().map(|mail| mail.kind).collect();
        assert_eq!(told, ["wrong-passwords"]);
        let after = later(&visitor, noon() + PAIR_TRIES.pause);
        assert!(
            try_password(&after, &email, PASSWORD, HOME).await.is_ok(),
            "waiting helps, and asking made it no longer"
        );
    })
    .await;
}

#[tokio::test]
async fn a_right_password_clears_the_count_of_wrong_ones() {
    on_both(|world| async move {
        let visitor = visitor(&world);
        let (_, email) = officer(&world).await;
        for _ in 0..2 {
            for _ in 1..PAIR_TRIES.tries {
                assert_eq!(try_password(&visitor, &email, "wrong password", HOME).await, Err(wrong()));
            }
            assert!(try_password(&visitor, &email, PASSWORD, HOME).await.is_ok());
        }
        assert!(mails(&world).await.iter().all(|mail| mail.kind != "wrong-passwords"));
    })
    .await;
}

#[tokio::test]
async fn of_two_hundred_guesses_at_once_no_more_than_the_allowance_are_judged() {
    on_both(|world| async move {
        let visitor = visitor(&world);
        let (_, email) = officer(&world).await;
        let addresses = |from_one: bool| {
            (0..200).map(move |number| match from_one {
                true => HOME.to_owned(),
                false => format!("198.51.100.{number}"),
            })
        };
        for (from_one, most) in [(true, PAIR_TRIES.tries), (false, ACCOUNT_TRIES.tries - PAIR_TRIES.tries)] {
            let guesses = addresses(from_one).map(|address| {
                let (visitor, email) = (visitor.clone(), email.clone());
                tokio::spawn(async move { try_password(&visitor, &email, "wrong password", &address).await })
            });
            let guesses: Vec<_> = guesses.collect();
            let mut judged = 0;
            for guess in guesses {
                match guess.await.unwrap() {
                    Err(AppError::TooManyRequests(_)) => {}
                    outcome => {
                        assert_eq!(outcome, Err(wrong()));
                        judged += 1;
                    }
                }
            }
            assert_eq!(judged, most, "{}: all from one address: {from_one}", world.kind);
        }
    })
    .await;
}

#[tokio::test]
async fn a_known_device_gets_in_whatever_others_try_and_has_an_allowance_of_its_own() {
    on_both(|world| async move {
        let visitor = visitor(&world);
        let (_, email) = officer(&world).await;
        let (_, other) = officer(&world).await;
        let device = try_from(&visitor, &email, PASSWORD, &from(HOME)).await.unwrap().device;
        let at = |device: &'static str| Caller { address: HOME, device: Some(device), session: None };
        let device: &'static str = device.leak();
        // Its address and its account are both used up by others.
        for number in 0..ADDRESS_TRIES.tries {
            let nobody = format!("nobody{number}@example.org");
            assert_eq!(try_password(&visitor, &nobody, "wrong password", HOME).await, Err(wrong()));
            let address = format!("198.51.100.{number}");
            assert_eq!(try_password(&visitor, &email, "wrong password", &address).await, Err(wrong()));
        }
        for address in [HOME, "203.0.113.1"] {
            let refused = try_password(&visitor, &email, PASSWORD, address).await;
            assert!(minutes_to_wait(&refused).is_some(), "{address}: {refused:?}");
        }
        let made_up = try_from(&visitor, &email, PASSWORD, &at("made up")).await;
        assert!(matches!(made_up, Err(AppError::TooManyRequests(_))), "{made_up:?}");
        let not_its_own = try_from(&visitor, &other, PASSWORD, &at(device)).await;
        assert!(matches!(not_its_own, Err(AppError::TooManyRequests(_))), "a device is known to who signed in there");
        assert_eq!(try_from(&visitor, &email, PASSWORD, &at(device)).await.unwrap().device, device);
        let ask = Typed::default().with("email", email.as_str());
        assert!(users::forgot(&visitor, &ask, &from(HOME)).await.is_err());
        users::forgot(&visitor, &ask, &at(device)).await.unwrap();
        for _ in 1..DEVICE_TRIES.tries {
            assert_eq!(try_from(&visitor, &email, "wrong password", &at(device)).await, Err(wrong()));
        }
        let spent = try_from(&visitor, &email, PASSWORD, &at(device)).await;
        assert!(matches!(spent, Err(AppError::TooManyRequests(_))), "{spent:?}");
        let forgotten = later(&visitor, noon() + DEVICE_LIFETIME);
        let device_of_then = try_from(&forgotten, &email, PASSWORD, &at(device)).await.unwrap().device;
        assert_ne!(device_of_then, device, "nobody signed in from it for half a year");
    })
    .await;
}

#[tokio::test]
async fn a_device_that_was_new_gets_a_new_token_and_keeps_knowing_who_signed_in_there() {
    on_both(|world| async move {
        let visitor = visitor(&world);
        let ((_, one), (_, other)) = (officer(&world).await, officer(&world).await);
        let planted = try_from(&visitor, &one, PASSWORD, &from(HOME)).await.unwrap().device;
        let at_planted = Caller { address: HOME, device: Some(&planted), session: None };
        let device = try_from(&visitor, &other, PASSWORD, &at_planted).await.unwrap().device;
        assert_ne!(device, planted, "whoever planted the token does not know the new one");
        let at_device = Caller { device: Some(&device), ..at_planted };
        for email in [&one, &other] {
            assert_eq!(try_from(&visitor, email, PASSWORD, &at_device).await.unwrap().device, device);
        }
    })
    .await;
}

#[tokio::test]
async fn an_address_with_too_many_tries_must_wait_and_others_need_not() {
    on_both(|world| async move {
        let visitor = visitor(&world);
        let (_, email) = officer(&world).await;
        let ask = Typed::default().with("email", email.as_str());
        for (one, same, other) in
            [(HOME, HOME, "192.0.2.2"), ("2001:db8:1:2::1", "2001:db8:1:2:3:4:5:6", "2001:db8:1:3::1")]
        {
            for number in 0..ADDRESS_TRIES.tries {
                let nobody = format!("nobody{number}@example.org");
                assert_eq!(try_password(&visitor, &nobody, "wrong password", one).await, Err(wrong()));
            }
            let refused = try_password(&visitor, &email, PASSWORD, same).await;
            assert_eq!(minutes_to_wait(&refused), Some(&Argument::Number(1)), "{refused:?}");
            let forgot = users::forgot(&visitor, &ask, &from(same)).await;
            assert!(matches!(forgot.map_err(AppError::from), Err(AppError::TooManyRequests(_))));
            assert!(try_password(&visitor, &email, PASSWORD, other).await.is_ok());
            let after = later(&visitor, noon() + ADDRESS_TRIES.pause);
            assert!(try_password(&after, &email, PASSWORD, same).await.is_ok());
        }
    })
    .await;
}

#[tokio::test]
async fn a_clock_that_was_wrong_keeps_nobody_out_for_long_and_what_is_whole_again_is_swept() {
    on_both(|world| async move {
        let visitor = visitor(&world);
        let (_, email) = officer(&world).await;
        let wrong_clock = later(&visitor, noon() + TimeDelta::days(30));
        for _ in 0..=PAIR_TRIES.tries {
            let _ = try_password(&wrong_clock, &email, "wrong password", HOME).await;
        }
        assert!(try_password(&visitor, &email, PASSWORD, HOME).await.is_ok(), "what it wrote counts as nothing");
        let count = "SELECT COUNT(*) AS value FROM sign_in_limits";
        assert_eq!(world.number(count).await, 3);
        users::sweep_limits(&later(&world.system(), noon() + TimeDelta::days(32))).await.unwrap();
        assert_eq!(world.number(count).await, 0);
    })
    .await;
}

#[tokio::test]
async fn a_forgotten_password_is_set_anew_once_by_link_and_every_session_ends() {
    on_both(|world| async move {
        let visitor = visitor(&world);
        let (_, email) = officer(&world).await;
        let session = try_password(&visitor, &email, PASSWORD, HOME).await.unwrap();
        for email in [email.as_str(), email.as_str(), "nobody@example.org"] {
            users::forgot(&visitor, &Typed::default().with("email", email), &from(HOME)).await.unwrap();
        }
        let sent = mails(&world).await;
        assert_eq!(sent.len(), 1, "one mail however often somebody asks within a minute, and none to nobody");
        let token = token_in(&sent[0], "/reset/");
        let new = Typed::default().with("token", token.as_str()).with("password", "a new long password");
        let weak = Typed::default().with("token", token.as_str()).with("password", "short");
        assert!(matches!(
            AppError::from(users::reset_password(&visitor, &weak, None).await.unwrap_err()),
            AppError::Invalid(_)
        ));
        let known = try_from(&visitor, &email, PASSWORD, &from(HOME)).await.unwrap().device;
        let device = users::reset_password(&visitor, &new, Some(&known)).await.unwrap();
        assert_ne!(device, known, "whoever signed in with the old password is a stranger");
        for number in 0..ACCOUNT_TRIES.tries {
            let _ = try_password(&visitor, &email, "wrong password", &format!("198.51.100.{number}")).await;
        }
        let new_password = "a new long password";
        let refused = try_password(&visitor, &email, new_password, HOME).await;
        assert!(minutes_to_wait(&refused).is_some(), "{refused:?}");
        let caller = Caller { device: Some(&device), ..from(HOME) };
        assert!(try_from(&visitor, &email, new_password, &caller).await.is_ok(), "the device of the link is known");
        let visitor = later(&visitor, noon() + ACCOUNT_TRIES.pause * 2);
        assert_eq!(sessions::find(visitor.database(), &session, noon()).await.unwrap(), None);
        assert_eq!(try_password(&visitor, &email, PASSWORD, HOME).await, Err(wrong()));
        assert!(try_password(&visitor, &email, "a new long password", HOME).await.is_ok());
        let again = AppError::from(users::reset_password(&visitor, &new, None).await.unwrap_err());
        assert_eq!(again, AppError::refused("refused-link"), "a link works once");
    })
    .await;
}

/// The answer for an unknown address waits for a comparison of passwords too: without one it would come at once, and
/// times would tell who has an account.
#[tokio::test]
async fn an_unknown_address_costs_a_comparison_of_passwords_like_a_wrong_password() {
    on_both(|world| async move {
        let visitor = visitor(&world);
        let (_, email) = officer(&world).await;
        for address in [email.as_str(), "nobody@example.org"] {
            let held = users::hold_every_turn().await.unwrap();
            let mut answer = Box::pin(try_password(&visitor, address, "wrong password", HOME));
            let early = tokio::time::timeout(std::time::Duration::from_millis(500), &mut answer).await;
            assert!(early.is_err(), "{address} is answered without a comparison");
            drop(held);
            assert_eq!(answer.await, Err(wrong()));
        }
    })
    .await;
}

#[tokio::test]
async fn a_link_that_sets_a_password_works_for_an_hour_and_only_the_newest_does() {
    on_both(|world| async move {
        let visitor = visitor(&world);
        let (_, email) = officer(&world).await;
        let ask = Typed::default().with("email", email.as_str());
        users::forgot(&visitor, &ask, &from(HOME)).await.unwrap();
        let second = later(&visitor, noon() + TimeDelta::minutes(2));
        users::forgot(&second, &ask, &from(HOME)).await.unwrap();
        let tokens: Vec<String> = mails(&world).await.iter().map(|mail| token_in(mail, "/reset/")).collect();
        let new = |token: &str| Typed::default().with("token", token).with("password", "a new long password");
        let refused = AppError::refused("refused-link");
        let old = users::reset_password(&second, &new(&tokens[0]), None).await.unwrap_err();
        assert_eq!(AppError::from(old), refused, "a newer one was sent");
        let late = later(&visitor, noon() + TimeDelta::minutes(2) + RESET_LIFETIME);
        let late = users::reset_password(&late, &new(&tokens[1]), None).await.unwrap_err();
        assert_eq!(AppError::from(late), refused, "an hour has passed");
        users::reset_password(&second, &new(&tokens[1]), None).await.unwrap();
        let told = mails(&world).await.pop().unwrap();
        assert_eq!((told.kind.as_str(), told.to), ("password-changed", email));
    })
    .await;
}

fn reason(error: backend::Error) -> String {
    let AppError::Invalid(errors) = AppError::from(error) else { return String::new() };
    errors.of("password").map(|message| message.key.clone()).unwrap_or_default()
}

#[tokio::test]
async fn a_password_that_is_tried_first_is_refused_with_its_reason_wherever_one_is_chosen() {
    on_both(|world| async move {
        let visitor = visitor(&world);
        let (officer, email) = officer(&world).await;
        let ask = Typed::default().with("email", email.as_str());
        users::forgot(&visitor, &ask, &from(HOME)).await.unwrap();
        let token = token_in(&mails(&world).await[0], "/reset/");
        for (password, why) in [
            ("password1234", "error-password-common"),
            ("            a", "error-password-pattern"),
            ("qwertyuiop[]", "error-password-keys"),
        ] {
            let mut form = organisation_form("ngo@example.org");
            form.set("password", password);
            assert_eq!(reason(users::register_organisation(&visitor, &form, HOME).await.unwrap_err()), why);
            let by_link = Typed::default().with("token", token.as_str()).with("password", password);
            assert_eq!(reason(users::reset_password(&visitor, &by_link, None).await.unwrap_err()), why);
            let on_page = Typed::default().with("current_password", PASSWORD).with("password", password);
            assert_eq!(reason(users::change_password(&officer, &on_page, &from(HOME)).await.unwrap_err()), why);
        }
        let mut form = organisation_form("ngo@example.org");
        form.set("password", "casa aurora 1");
        let own = users::register_organisation(&visitor, &form, HOME).await.unwrap_err();
        assert_eq!(reason(own), "error-password-own");
        let own = Typed::default().with("token", token.as_str()).with("password", email.as_str());
        assert_eq!(reason(users::reset_password(&visitor, &own, None).await.unwrap_err()), "error-password-own");
        users::register_organisation(&visitor, &organisation_form("ngo@example.org"), HOME).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn changing_the_password_asks_for_the_old_one_ends_other_sessions_and_is_told() {
    on_both(|world| async move {
        let visitor = visitor(&world);
        let (officer, email) = officer(&world).await;
        let other = try_from(&visitor, &email, PASSWORD, &from("192.0.2.2")).await.unwrap();
        let own = try_from(&visitor, &email, PASSWORD, &from(HOME)).await.unwrap();
        let caller = Caller { address: HOME, device: Some(&own.device), session: Some(&own.session) };
        let new = "brume sifflet carton";
        let form = |old: &str| Typed::default().with("current_password", old).with("password", new);
        let change =
            async |old: &str| users::change_password(&officer, &form(old), &caller).await.map_err(AppError::from);
        for _ in 0..PAIR_TRIES.tries {
            let refused = change("not the old one").await;
            assert_eq!(refused, Err(AppError::field("current_password", "error-current-password")));
        }
        assert!(matches!(change(PASSWORD).await, Err(AppError::TooManyRequests(_))), "nobody tries passwords here");
        let officer = later(&officer, noon() + PAIR_TRIES.pause);
        let entered = users::change_password(&officer, &form(PASSWORD), &caller).await.unwrap();
        for (session, holds) in [(&other.session, false), (&own.session, false), (&entered.session, true)] {
            let found = sessions::find(visitor.database(), session, officer.now).await.unwrap();
            assert_eq!(found.is_some(), holds);
        }
        assert_eq!(try_password(&visitor, &email, PASSWORD, HOME).await, Err(wrong()));
        let told: Vec<(String, String)> = mails(&world).await.into_iter().map(|mail| (mail.kind, mail.to)).collect();
        let expected = ["new-device", "password-changed"].map(|kind| (kind.to_owned(), email.clone()));
        assert_eq!(told, expected);
        let known = Caller { device: Some(&entered.device), ..caller };
        try_from(&officer, &email, new, &known).await.unwrap();
        assert_eq!(mails(&world).await.len(), 2, "the browser in which it was changed is known");
    })
    .await;
}

#[tokio::test]
async fn a_sign_in_from_an_unknown_device_is_told_and_the_first_one_is_not() {
    on_both(|world| async move {
        let visitor = visitor(&world);
        let (_, email) = officer(&world).await;
        let device = try_from(&visitor, &email, PASSWORD, &from(HOME)).await.unwrap().device;
        try_from(&visitor, &email, PASSWORD, &Caller { device: Some(&device), ..from("192.0.2.2") }).await.unwrap();
        assert!(mails(&world).await.is_empty(), "the device is known, wherever it is");
        try_from(&visitor, &email, PASSWORD, &from("192.0.2.3")).await.unwrap();
        let mail = mails(&world).await.pop().unwrap();
        assert_eq!((mail.kind.as_str(), &mail.to), ("new-device", &email));
        assert!(mail.text.contains("192.0.2.3") && mail.text.contains("1 June 2026"), "{}", mail.text);
    })
    .await;
}
