//! People: signing in, registering, links, language, the own account.
#![allow(clippy::unwrap_used)]

use crate::support::accounts::{
    HOME, PASSWORD, acceptance, confirmation, mails, officer, organisation_form, register_and_confirm, token_in,
    try_from, try_password, visitor, wrong,
};
use crate::support::{later, noon, on_both};
use backend::audit;
use backend::page::PageRequest;
use backend::users::{self, Caller, queries, sessions};
use chrono::TimeDelta;
use domain::errors::AppError;
use domain::forms::Typed;
use domain::ids::UserId;
use domain::roles::{Actor, Role};
use domain::users::{LINK_LIFETIME, Language, LinkPurpose, SESSION_ABSOLUTE, SESSION_IDLE};

#[tokio::test]
async fn somebody_registers_confirms_signs_in_and_out() {
    on_both(|world| async move {
        let visitor = visitor(&world);
        let form = organisation_form("ngo@example.org");
        users::register_organisation(&visitor, &form, HOME).await.unwrap();
        // Not before the address is proven, and with the same answer as for a wrong password.
        assert_eq!(try_password(&visitor, "ngo@example.org", PASSWORD, HOME).await, Err(wrong()));
        let mail = mails(&world).await.pop().unwrap();
        assert_eq!((mail.kind.as_str(), mail.to.as_str()), ("confirm", "ngo@example.org"));
        let token = token_in(&mail, "/confirm/");
        users::link_works(&visitor, &token, LinkPurpose::Confirm).await.unwrap();
        users::confirm(&visitor, &confirmation(&token, PASSWORD)).await.unwrap();
        let session = try_password(&visitor, "NGO@example.org", PASSWORD, HOME).await.unwrap();
        let person = sessions::find(visitor.database(), &session, noon()).await.unwrap().unwrap();
        assert_eq!(person.actor.role, Some(Role::OrganisationSignatory));
        let organisation = person.actor.organisation.unwrap();
        let own = world.at(person.actor, noon());
        let view = backend::organisations::queries::get(&own, organisation).await.unwrap();
        assert_eq!((view.legal_name.as_str(), view.profile_complete), ("Casa Aurora", false));
        users::sign_out(&own, Some(&session)).await.unwrap();
        assert_eq!(sessions::find(visitor.database(), &session, noon()).await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn a_donor_registers_with_its_representative() {
    on_both(|world| async move {
        let visitor = visitor(&world);
        let form = Typed::default()
            .with("name", "Kari Nordmann")
            .with("email", "kari@example.org")
            .with("password", PASSWORD)
            .with("language", "fr")
            .with("donor_name", "Norway")
            .with("donor_kind", "member-state")
            .with("country", "NO");
        users::register_donor(&visitor, &form, HOME).await.unwrap();
        let actor = register_and_confirm(&world, "kari@example.org").await;
        assert_eq!(actor.role, Some(Role::DonorRepresentative));
        let own = world.at(actor.clone(), noon());
        let donor = backend::donors::queries::get(&own, actor.donor.unwrap()).await.unwrap();
        assert_eq!((donor.name.as_str(), donor.contact_name.as_str()), ("Norway", "Kari Nordmann"));
        assert_eq!(queries::own(&own).await.unwrap().language, Language::French);
        assert!(!donor.confirmed);
        let pledge = || {
            let mut typed = crate::support::money::pledge(donor.id, "500", "USD");
            typed.set("date", "2026-06-01");
            typed
        };
        let early = backend::contributions::pledge(&own, &pledge()).await.unwrap_err();
        assert_eq!(AppError::from(early), AppError::refused("refused-donor-not-confirmed"));
        let confirmed = backend::donors::confirm(&own, donor.id).await.unwrap_err();
        assert!(matches!(AppError::from(confirmed), AppError::Forbidden(_)), "a donor does not confirm itself");
        let finance = world.staff(Role::FinanceOfficer).await;
        let waits = backend::home::waits(&finance).await.unwrap();
        assert!(waits.iter().any(|wait| wait.key == "waits-donors" && wait.count == 1));
        backend::donors::confirm(&finance, donor.id).await.unwrap();
        backend::contributions::pledge(&own, &pledge()).await.unwrap();
        world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn registering_a_known_address_gives_the_same_answer_and_tells_its_owner() {
    on_both(|world| async move {
        let visitor = visitor(&world);
        let (_, email) = officer(&world).await;
        let form = organisation_form(&email);
        for _ in 0..2 {
            users::register_organisation(&visitor, &form, HOME).await.unwrap();
        }
        let mails = mails(&world).await;
        assert_eq!(mails.iter().map(|mail| mail.kind.as_str()).collect::<Vec<_>>(), ["already-registered"]);
        let admin = world.staff(Role::Administrator).await;
        let organisations = backend::organisations::queries::list(&admin, &PageRequest::default()).await.unwrap();
        assert_eq!(organisations.total, 0, "nothing may be entered for an address that is known");
        // The owner's password is still the old one.
        assert!(try_password(&visitor, &email, PASSWORD, HOME).await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn a_weak_password_is_refused_with_every_other_error() {
    on_both(|world| async move {
        let mut form = organisation_form("no address");
        form.set("password", "short");
        let error = users::register_organisation(&visitor(&world), &form, HOME).await.unwrap_err();
        let AppError::Invalid(errors) = AppError::from(error) else { unreachable!() };
        assert!(errors.of("email").is_some() && errors.of("password").is_some(), "{errors:?}");
        assert!(mails(&world).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_session_ends_when_idle_when_old_and_when_the_account_is_shut() {
    on_both(|world| async move {
        let visitor = visitor(&world);
        let (officer, email) = officer(&world).await;
        let database = visitor.database();
        let session = try_password(&visitor, &email, PASSWORD, HOME).await.unwrap();
        let almost = noon() + SESSION_IDLE - TimeDelta::seconds(1);
        assert!(sessions::find(database, &session, almost).await.unwrap().is_some());
        // That request kept it alive; without one it ends.
        assert!(
            sessions::find(database, &session, noon() + SESSION_IDLE + TimeDelta::minutes(1)).await.unwrap().is_some()
        );
        let idle = noon() + SESSION_IDLE + SESSION_IDLE + TimeDelta::minutes(2);
        assert_eq!(sessions::find(database, &session, idle).await.unwrap(), None);

        let session = try_password(&visitor, &email, PASSWORD, HOME).await.unwrap();
        let mut now = noon();
        while now < noon() + SESSION_ABSOLUTE - TimeDelta::hours(6) {
            assert!(sessions::find(database, &session, now).await.unwrap().is_some(), "in use at {now}");
            now += TimeDelta::hours(6);
        }
        assert_eq!(sessions::find(database, &session, noon() + SESSION_ABSOLUTE).await.unwrap(), None);

        let session = try_password(&visitor, &email, PASSWORD, HOME).await.unwrap();
        let admin = world.staff(Role::Administrator).await;
        let id = officer.actor.user.unwrap();
        users::disable(&admin, id).await.unwrap();
        assert_eq!(sessions::find(database, &session, noon()).await.unwrap(), None);
        assert_eq!(try_password(&visitor, &email, PASSWORD, HOME).await, Err(wrong()));
        users::enable(&admin, id).await.unwrap();
        assert!(try_password(&visitor, &email, PASSWORD, HOME).await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn signing_in_gives_a_new_session_and_ends_the_old_one() {
    on_both(|world| async move {
        let visitor = visitor(&world);
        let (_, email) = officer(&world).await;
        let first = try_password(&visitor, &email, PASSWORD, HOME).await.unwrap();
        let caller = Caller { address: HOME, session: Some(&first), device: None };
        let second = try_from(&visitor, &email, PASSWORD, &caller).await.unwrap().session;
        assert_ne!(first, second);
        assert_eq!(sessions::find(visitor.database(), &first, noon()).await.unwrap(), None);
        assert!(sessions::find(visitor.database(), &second, noon()).await.unwrap().is_some());
    })
    .await;
}

#[tokio::test]
async fn a_link_works_only_in_time_only_once_and_only_for_its_purpose() {
    on_both(|world| async move {
        let visitor = visitor(&world);
        users::register_organisation(&visitor, &organisation_form("ngo@example.org"), HOME).await.unwrap();
        let token = token_in(&mails(&world).await[0], "/confirm/");
        let confirm = confirmation(&token, PASSWORD);
        let refused = AppError::refused("refused-link");
        let late = later(&visitor, noon() + LINK_LIFETIME);
        assert_eq!(AppError::from(users::confirm(&late, &confirm).await.unwrap_err()), refused);
        let reset = Typed::default().with("token", token.as_str()).with("password", "a new long password");
        assert_eq!(AppError::from(users::reset_password(&visitor, &reset, None).await.unwrap_err()), refused);
        assert_eq!(
            AppError::from(users::confirm(&visitor, &confirmation("no such token", PASSWORD)).await.unwrap_err()),
            refused
        );
        let (one, other) = tokio::join!(users::confirm(&visitor, &confirm), users::confirm(&visitor, &confirm));
        assert!(one.is_ok() != other.is_ok(), "of two at once one wins");
        assert_eq!(AppError::from(users::confirm(&visitor, &confirm).await.unwrap_err()), refused);
    })
    .await;
}

#[tokio::test]
async fn accounts_are_found_by_name_and_role_and_the_trail_holds_no_password() {
    on_both(|world| async move {
        let admin = world.staff(Role::Administrator).await;
        users::register_organisation(&visitor(&world), &organisation_form("ngo@example.org"), HOME).await.unwrap();
        let request = PageRequest { search: "maRia".to_owned(), ..PageRequest::default() };
        let found = queries::list(&admin, &request).await.unwrap();
        assert_eq!((found.total, found.rows[0].email.as_str()), (1, "ngo@example.org"));
        assert_eq!(found.rows[0].organisation.as_ref().unwrap().1, "Casa Aurora");
        let request = PageRequest { search: "MÁRIA".to_owned(), ..PageRequest::default() };
        assert_eq!(queries::list(&admin, &request).await.unwrap().total, 1, "an accent does not matter");
        let request = PageRequest { filter: "administrator".to_owned(), ..PageRequest::default() };
        assert_eq!(queries::list(&admin, &request).await.unwrap().total, 1);
        let trail = audit::of(&admin, audit::Kind::User, found.rows[0].id.into()).await.unwrap().rows;
        assert_eq!(trail[0].actor, "Maria Silva");
        assert!(trail.iter().all(|row| !format!("{row:?}").contains("argon2")), "{trail:?}");
        let officer = world.staff(Role::ProgrammeOfficer).await;
        assert!(queries::list(&officer, &PageRequest::default()).await.is_err());
    })
    .await;
}

#[tokio::test]
async fn a_language_is_kept_for_somebody_signed_in() {
    on_both(|world| async move {
        let officer = world.staff(Role::ProgrammeOfficer).await;
        users::choose_language(&officer, Language::French).await.unwrap();
        assert_eq!(queries::own(&officer).await.unwrap().language, Language::French);
        users::choose_language(&visitor(&world), Language::French).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn the_first_administrator_comes_from_the_command_line() {
    on_both(|world| async move {
        let link = users::create_admin(&world.services, noon(), "Admin@example.org", "Ada").await.unwrap();
        let token = link.strip_prefix("http://localhost:3000/invitation/").unwrap().to_owned();
        assert_eq!(mails(&world).await[0].kind, "invite");
        let visitor = visitor(&world);
        users::accept_invitation(&visitor, &acceptance(&token)).await.unwrap();
        let session = try_password(&visitor, "admin@example.org", PASSWORD, HOME).await.unwrap();
        let person = sessions::find(visitor.database(), &session, noon()).await.unwrap().unwrap();
        assert_eq!(person.actor.role, Some(Role::Administrator));
    })
    .await;
}

#[tokio::test]
async fn demo_people_sign_in_by_name_on_demo_data_only() {
    on_both(|world| async move {
        let visitor = visitor(&world);
        let officer = world.staff(Role::ProgrammeOfficer).await.actor.user.unwrap();
        let real = world.staff(Role::FinanceOfficer).await.actor.user.unwrap();
        world.sql(&format!("UPDATE users SET demo = TRUE WHERE id = {officer}")).await;
        let refused = |id: UserId| {
            let visitor = visitor.clone();
            async move { users::sign_in_as_demo(&visitor, id, None).await.map_err(AppError::from) }
        };
        assert_eq!(refused(officer).await, Err(AppError::NotFound));
        assert!(users::demo_people(&visitor).await.unwrap().iter().all(Vec::is_empty));
        backend::settings::mark_demo(visitor.database()).await.unwrap();
        let [staff, organisations, donors] = users::demo_people(&visitor).await.unwrap();
        assert_eq!((staff.len(), organisations.len(), donors.len()), (1, 0, 0));
        assert_eq!(refused(real).await, Err(AppError::NotFound), "not as a real person");
        let session = refused(staff[0].id).await.unwrap();
        let person = sessions::find(visitor.database(), &session, noon()).await.unwrap().unwrap();
        assert_eq!(
            person.actor,
            Actor { name: "Test programme-officer".to_owned(), ..world.at(person.actor.clone(), noon()).actor }
        );
        assert_eq!(person.actor.user, Some(officer));
    })
    .await;
}
