//! Registrations that nobody has confirmed: the newest holds, staff see none, and they go after three days.
#![allow(clippy::unwrap_used)]

use crate::support::accounts::{
    HOME, PASSWORD, confirmation, credentials, mails, organisation_form, register_and_confirm, token_in, try_password,
    visitor,
};
use crate::support::{World, later, noon, on_both};
use backend::page::PageRequest;
use backend::users::{self, Caller};
use backend::{Context, contributions, donors, organisations};
use chrono::TimeDelta;
use domain::errors::AppError;
use domain::forms::Typed;
use domain::ids::OrganisationId;
use domain::roles::{Actor, Role};
use domain::users::LINK_LIFETIME;

const EMAIL: &str = "director@example.org";

/// What a donor types to register.
fn donor_form(email: &str) -> Typed {
    credentials(email, PASSWORD)
        .with("name", "Maria Silva")
        .with("language", "en")
        .with("donor_name", "Casa Aurora")
        .with("donor_kind", "foundation")
}

async fn count(world: &World, from: &str) -> i64 {
    world.number(&format!("SELECT COUNT(*) AS value FROM {from}")).await
}

/// The organisations and donors that staff find, those that wait for the Fund's word, and those to pledge for.
async fn seen(world: &World) -> (u64, u64, u64, usize) {
    let finance = world.staff(Role::FinanceOfficer).await;
    let all = PageRequest::default();
    let unconfirmed = PageRequest { filter: donors::queries::UNCONFIRMED.to_owned(), ..PageRequest::default() };
    (
        organisations::queries::list(&finance, &all).await.unwrap().total,
        donors::queries::list(&finance, &all).await.unwrap().total,
        donors::queries::list(&finance, &unconfirmed).await.unwrap().total,
        contributions::queries::donor_choices(&finance).await.unwrap().len(),
    )
}

/// The last link to confirm with.
async fn token(world: &World) -> String {
    let mail = mails(world).await.into_iter().rfind(|mail| mail.kind == "confirm").unwrap();
    token_in(&mail, "/confirm/")
}

#[tokio::test]
async fn until_the_address_is_confirmed_the_newest_registration_holds() {
    on_both(|world| async move {
        let visitor = visitor(&world);
        users::register_donor(&visitor, &donor_form(EMAIL), HOME).await.unwrap();
        assert_eq!((count(&world, "donors").await, count(&world, "organisations").await), (1, 0));
        users::register_organisation(&visitor, &organisation_form(EMAIL), HOME).await.unwrap();
        assert_eq!((count(&world, "donors").await, count(&world, "organisations").await), (0, 1));
        let mut other = organisation_form(EMAIL);
        other.set("legal_name", "Casa Nova");
        other.set("name", "Maria Souza");
        other.set("password", "another long password");
        users::register_organisation(&visitor, &other, HOME).await.unwrap();
        assert_eq!((count(&world, "users WHERE email = 'director@example.org'").await), 1);
        assert_eq!((count(&world, "donors").await, count(&world, "organisations").await), (0, 1));
        assert_eq!(mails(&world).await.len(), 1, "nobody fills a mailbox by registering again and again");

        let token = token(&world).await;
        let before = AppError::from(users::confirm(&visitor, &confirmation(&token, PASSWORD)).await.unwrap_err());
        assert_eq!(before, AppError::field("password", "error-confirm-password"));
        users::confirm(&visitor, &confirmation(&token, "another long password")).await.unwrap();
        let session = try_password(&visitor, EMAIL, "another long password", HOME).await.unwrap();
        let actor = users::sessions::find(visitor.database(), &session, noon()).await.unwrap().unwrap().actor;
        assert_eq!((actor.role, actor.name.as_str()), (Some(Role::OrganisationSignatory), "Maria Souza"));
        let own = world.at(actor.clone(), noon());
        let view = organisations::queries::get(&own, actor.organisation.unwrap()).await.unwrap();
        assert_eq!(view.legal_name, "Casa Nova");
        for action in ["audit-user-registered-anew", "audit-registration-dropped"] {
            assert_eq!(count(&world, &format!("audit WHERE action = '{action}'")).await, 2, "{action}");
        }
        // From now on a registration changes nothing, and its answer is the same.
        users::register_donor(&visitor, &donor_form(EMAIL), HOME).await.unwrap();
        assert_eq!((count(&world, "donors").await, count(&world, "organisations").await), (0, 1));
        assert!(try_password(&visitor, EMAIL, "another long password", HOME).await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn whoever_registers_with_somebody_elses_address_is_not_let_in_by_its_owner() {
    on_both(|world| async move {
        let visitor = visitor(&world);
        users::register_organisation(&visitor, &organisation_form(EMAIL), HOME).await.unwrap();
        let mut stranger = organisation_form(EMAIL);
        stranger.set("password", "the stranger's password");
        let after = later(&visitor, noon() + TimeDelta::hours(1));
        users::register_organisation(&after, &stranger, "198.51.100.1").await.unwrap();
        let token = token(&world).await;
        let wrong = AppError::from(users::confirm(&after, &confirmation(&token, PASSWORD)).await.unwrap_err());
        assert_eq!(wrong, AppError::field("password", "error-confirm-password"));
        assert!(try_password(&after, EMAIL, "the stranger's password", HOME).await.is_err());
        // The way out that the page names: a new password, by a link to the owner's mailbox.
        users::forgot(&after, &Typed::default().with("email", EMAIL), &Caller { address: HOME, ..Caller::default() })
            .await
            .unwrap();
        let reset = token_in(&mails(&world).await[2], "/reset/");
        let new = Typed::default().with("token", reset).with("password", PASSWORD);
        users::reset_password(&after, &new, None).await.unwrap();
        assert!(try_password(&after, EMAIL, PASSWORD, HOME).await.is_ok());
        assert!(try_password(&after, EMAIL, "the stranger's password", HOME).await.is_err());
    })
    .await;
}

#[tokio::test]
async fn staff_see_no_organisation_or_donor_before_its_address_is_confirmed() {
    on_both(|world| async move {
        let visitor = visitor(&world);
        users::register_organisation(&visitor, &organisation_form(EMAIL), HOME).await.unwrap();
        users::register_donor(&visitor, &donor_form("donor@example.org"), HOME).await.unwrap();
        assert_eq!(seen(&world).await, (0, 0, 0, 0));
        let finance = world.staff(Role::FinanceOfficer).await;
        let waits = backend::home::waits(&finance).await.unwrap();
        assert!(!waits.iter().any(|wait| wait.key == "waits-donors"), "{waits:?}");
        let signatory = register_and_confirm(&world, EMAIL).await;
        assert_eq!(seen(&world).await, (1, 0, 0, 0));
        let own = world.at(signatory, noon());
        assert_eq!(organisations::queries::list(&own, &PageRequest::default()).await.unwrap().total, 1);
        register_and_confirm(&world, "donor@example.org").await;
        assert_eq!(seen(&world).await, (1, 1, 1, 1));
    })
    .await;
}

#[tokio::test]
async fn a_registration_that_nobody_confirmed_is_swept_once_its_link_has_ended() {
    on_both(|world| async move {
        let visitor = visitor(&world);
        users::register_organisation(&visitor, &organisation_form("confirmed@example.org"), HOME).await.unwrap();
        register_and_confirm(&world, "confirmed@example.org").await;
        users::register_organisation(&visitor, &organisation_form(EMAIL), HOME).await.unwrap();
        users::register_donor(&visitor, &donor_form("donor@example.org"), HOME).await.unwrap();
        let admin = world.staff(Role::Administrator).await;
        let invited = Typed::default()
            .with("name", "New Person")
            .with("email", "new@example.org")
            .with("role", "auditor")
            .with("language", "en");
        users::invite(&admin, &invited).await.unwrap();
        let people = count(&world, "users").await;
        assert!(matches!(AppError::from(users::sweep_registrations(&admin).await.unwrap_err()), AppError::NotFound));
        let in_time = world.at(Actor::system(), noon() + LINK_LIFETIME - TimeDelta::seconds(1));
        assert_eq!(users::sweep_registrations(&in_time).await.unwrap(), 0);
        // Registering once more gives the organisation's registration time until its new link ends.
        let again = later(&visitor, noon() + TimeDelta::days(2));
        users::register_organisation(&again, &organisation_form(EMAIL), HOME).await.unwrap();
        let late = world.at(Actor::system(), noon() + LINK_LIFETIME);
        assert_eq!(users::sweep_registrations(&late).await.unwrap(), 1, "the donor's");
        assert_eq!((count(&world, "donors").await, count(&world, "organisations").await), (0, 2));
        let later_still = world.at(Actor::system(), noon() + TimeDelta::days(2) + LINK_LIFETIME);
        assert_eq!(users::sweep_registrations(&later_still).await.unwrap(), 1);
        assert_eq!((count(&world, "organisations").await, count(&world, "users").await), (1, people - 2));
        assert_eq!(
            count(&world, "audit WHERE action = 'audit-registration-swept' AND before LIKE '%director%'").await,
            1
        );
        assert_eq!(users::sweep_registrations(&later_still).await.unwrap(), 0);
        // The address is free again.
        let anew = later(&visitor, later_still.now);
        users::register_organisation(&anew, &organisation_form(EMAIL), HOME).await.unwrap();
        assert_eq!(count(&world, "organisations").await, 2);
    })
    .await;
}

#[tokio::test]
async fn what_somebody_works_with_stays_when_its_registration_goes() {
    on_both(|world| async move {
        let visitor = visitor(&world);
        users::register_organisation(&visitor, &organisation_form(EMAIL), HOME).await.unwrap();
        let organisation = OrganisationId(world.number("SELECT MAX(id) AS value FROM organisations").await);
        let officer: Context = world.staff(Role::ProgrammeOfficer).await;
        let signatory =
            Typed::default().with("name", "Ana Lima").with("email", "ana@example.org").with("language", "en");
        users::invite_signatory(&officer, organisation, &signatory).await.unwrap();
        let all = PageRequest::default();
        assert_eq!(organisations::queries::list(&officer, &all).await.unwrap().total, 1, "the Fund works with it");
        users::register_donor(&later(&visitor, noon() + TimeDelta::hours(1)), &donor_form(EMAIL), HOME).await.unwrap();
        assert_eq!((count(&world, "donors").await, count(&world, "organisations").await), (1, 1));
        let late = world.at(Actor::system(), noon() + TimeDelta::days(4));
        assert_eq!(users::sweep_registrations(&late).await.unwrap(), 1);
        assert_eq!((count(&world, "donors").await, count(&world, "organisations").await), (0, 1));
        assert_eq!(count(&world, "invitations WHERE email = 'ana@example.org'").await, 1);
    })
    .await;
}
