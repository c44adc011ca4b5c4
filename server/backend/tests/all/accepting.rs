//! Accepting an invitation: nobody owns an address by inviting or registering it first.
#![allow(clippy::unwrap_used)]

use crate::support::accounts::{
    HOME, PASSWORD, acceptance, confirmation, confirmed, mails, organisation_form, person_of, register_and_confirm,
    token_in, try_password, visitor, wrong,
};
use crate::support::applications::organisation_named;
use crate::support::{World, later, noon, on_both};
use backend::page::PageRequest;
use backend::users::{self, Acceptance, Caller, queries};
use backend::{Context, organisations};
use chrono::TimeDelta;
use domain::errors::AppError;
use domain::forms::Typed;
use domain::ids::OrganisationId;
use domain::roles::{Actor, Role};
use domain::users::{INVITATION_LIFETIME, UserState};
use migrations::Migrator;
use sea_orm_migration::MigratorTrait as _;

const ANA: &str = "ana@example.org";

fn invited(email: &str) -> Typed {
    Typed::default().with("name", "Ana Lima").with("email", email).with("language", "en")
}

/// A signatory of an organisation of that name, who may invite.
async fn signatory(world: &World, name: &str) -> Context {
    let organisation = organisation_named(world, name).await;
    world.person(Role::OrganisationSignatory, Some(organisation), None).await
}

/// The token of the latest invitation to an address.
async fn invitation_token(world: &World, email: &str) -> String {
    let mail = mails(world).await.into_iter().rfind(|mail| mail.kind == "invite" && mail.to == email).unwrap();
    token_in(&mail, "/invitation/")
}

fn key(outcome: backend::Result<()>) -> String {
    match AppError::from(outcome.unwrap_err()) {
        AppError::Refused(message) => message.key,
        other => format!("{other:?}"),
    }
}

#[tokio::test]
async fn whoever_was_invited_registers_her_own_organisation_and_the_inviter_reads_nothing_of_it() {
    on_both(|world| async move {
        let visitor = visitor(&world);
        let inviter = signatory(&world, "Casa Nova").await;
        users::invite_colleague(&inviter, &invited(ANA), HOME).await.unwrap();
        let home = Caller { address: HOME, ..Caller::default() };
        // A forgotten password accepts nothing, and says nothing either.
        users::forgot(&visitor, &Typed::default().with("email", ANA), &home).await.unwrap();
        assert!(!mails(&world).await.iter().any(|mail| mail.kind == "reset"), "there is no account");
        users::register_organisation(&visitor, &organisation_form(ANA), HOME).await.unwrap();
        let late = later(&visitor, noon() + TimeDelta::hours(1));
        users::forgot(&late, &Typed::default().with("email", ANA), &home).await.unwrap();
        let reset = mails(&world).await.into_iter().find(|mail| mail.kind == "reset").unwrap();
        users::reset_password(&late, &confirmation(&token_in(&reset, "/reset/"), PASSWORD), None).await.unwrap();
        let session = try_password(&late, ANA, PASSWORD, HOME).await.unwrap();
        let ana = person_of(&late, &session).await;
        assert_eq!(ana.role, Some(Role::OrganisationSignatory));
        assert_ne!(ana.organisation, inviter.actor.organisation, "she is not in the inviter's organisation");
        let own = ana.organisation.unwrap();
        assert!(organisations::queries::get(&inviter, own).await.is_err(), "and the inviter reads nothing of hers");
        assert_eq!(users::members(&inviter, inviter.actor.organisation.unwrap()).await.unwrap().len(), 1);
        // The invitation still stands beside it. She belongs to one organisation: she is told, and nothing changes.
        let token = invitation_token(&world, ANA).await;
        let (_, how) = users::invitation_of(&late, &token).await.unwrap();
        assert_eq!(how, Acceptance::Impossible);
        let at_home = world.at(ana.clone(), late.now);
        for context in [&late, &at_home] {
            let refused = users::accept_invitation(context, &acceptance(&token)).await;
            assert_eq!(key(refused), "refused-invitation-elsewhere");
        }
        assert_eq!(person_of(&late, &session).await.organisation, Some(own));
        assert!(users::invitation_of(&late, &token).await.is_ok(), "it was not used up");
    })
    .await;
}

#[tokio::test]
async fn two_organisations_invite_the_same_address_and_the_invited_chooses() {
    on_both(|world| async move {
        let visitor = visitor(&world);
        let (one, two) = (signatory(&world, "Casa Nova").await, signatory(&world, "Casa Verde").await);
        users::invite_colleague(&one, &invited(ANA), HOME).await.unwrap();
        let first = invitation_token(&world, ANA).await;
        users::invite_colleague(&two, &invited(ANA), HOME).await.unwrap();
        let second = invitation_token(&world, ANA).await;
        users::accept_invitation(&visitor, &acceptance(&second)).await.unwrap();
        let session = try_password(&visitor, ANA, PASSWORD, HOME).await.unwrap();
        let ana = person_of(&visitor, &session).await;
        assert_eq!((ana.organisation, ana.role), (two.actor.organisation, Some(Role::OrganisationEditor)));
        let refused = users::accept_invitation(&visitor, &acceptance(&first)).await;
        assert_eq!(key(refused), "refused-invitation-elsewhere");
        assert!(try_password(&visitor, ANA, PASSWORD, HOME).await.is_ok(), "the password is still hers");
        // She leaves: her signatory shuts the account, an administrator frees the address, and she is free to go.
        let (admin, id) = (world.staff(Role::Administrator).await, ana.user.unwrap());
        assert_eq!(key(users::free_address(&admin, id).await), "refused-free-open");
        users::disable(&two, id).await.unwrap();
        let freeing = users::free_address(&two, id).await.unwrap_err();
        assert!(matches!(AppError::from(freeing), AppError::Forbidden(_)), "not a signatory's to do");
        for _ in 0..2 {
            users::free_address(&admin, id).await.unwrap();
        }
        assert_eq!(key(users::enable(&admin, id).await.map(drop)), "refused-address-freed");
        assert_eq!(try_password(&visitor, ANA, PASSWORD, HOME).await, Err(wrong()));
        users::accept_invitation(&visitor, &acceptance(&first)).await.unwrap();
        let session = try_password(&visitor, ANA, PASSWORD, HOME).await.unwrap();
        let ana = person_of(&visitor, &session).await;
        assert_eq!(ana.organisation, one.actor.organisation);
        assert_ne!(ana.user, Some(id), "the former account keeps its history");
        let staff = world.staff(Role::FinanceOfficer).await.actor.user.unwrap();
        users::disable(&admin, staff).await.unwrap();
        assert_eq!(key(users::free_address(&admin, staff).await), "refused-free-staff", "nobody pays as two people");
    })
    .await;
}

#[tokio::test]
async fn a_registration_that_nobody_confirmed_stands_in_no_invitations_way() {
    on_both(|world| async move {
        let visitor = visitor(&world);
        let mut strangers = organisation_form(ANA);
        strangers.set("password", "the stranger's password");
        users::register_organisation(&visitor, &strangers, "198.51.100.1").await.unwrap();
        let inviter = signatory(&world, "Casa Nova").await;
        users::invite_colleague(&inviter, &invited(ANA), HOME).await.unwrap();
        let token = invitation_token(&world, ANA).await;
        let (_, how) = users::invitation_of(&visitor, &token).await.unwrap();
        assert_eq!(how, Acceptance::InsteadOfRegistration, "the page says so before she accepts");
        users::accept_invitation(&visitor, &acceptance(&token)).await.unwrap();
        assert_eq!(try_password(&visitor, ANA, "the stranger's password", HOME).await, Err(wrong()));
        let session = try_password(&visitor, ANA, PASSWORD, HOME).await.unwrap();
        assert_eq!(person_of(&visitor, &session).await.organisation, inviter.actor.organisation);
        let sql = "SELECT COUNT(*) AS value FROM organisations WHERE legal_name = 'Casa Aurora'";
        assert_eq!(world.number(sql).await, 0, "what the stranger registered is gone");
        let confirm = mails(&world).await.into_iter().find(|mail| mail.kind == "confirm").unwrap();
        let confirm = confirmation(&token_in(&confirm, "/confirm/"), "the stranger's password");
        assert_eq!(key(users::confirm(&visitor, &confirm).await), "refused-link");
        let again = users::accept_invitation(&visitor, &acceptance(&token)).await;
        assert_eq!(key(again), "refused-invitation-link");
    })
    .await;
}

#[tokio::test]
async fn an_organisations_own_registration_and_an_invitation_to_it_are_one_organisation() {
    on_both(|world| async move {
        let visitor = visitor(&world);
        users::register_organisation(&visitor, &organisation_form(ANA), HOME).await.unwrap();
        let organisation = OrganisationId(world.number("SELECT MAX(id) AS value FROM organisations").await);
        let officer = world.staff(Role::ProgrammeOfficer).await;
        let id = users::invite_signatory(&officer, organisation, &invited(ANA)).await.unwrap();
        confirmed(&world, id).await;
        let token = invitation_token(&world, ANA).await;
        users::accept_invitation(&visitor, &acceptance(&token)).await.unwrap();
        let session = try_password(&visitor, ANA, PASSWORD, HOME).await.unwrap();
        assert_eq!(person_of(&visitor, &session).await.organisation, Some(organisation));
        assert!(organisations::queries::get(&officer, organisation).await.is_ok(), "it was not dropped");
    })
    .await;
}

#[tokio::test]
async fn a_member_who_is_invited_to_sign_accepts_after_signing_in() {
    on_both(|world| async move {
        let visitor = visitor(&world);
        let inviter = signatory(&world, "Casa Nova").await;
        let organisation = inviter.actor.organisation.unwrap();
        users::invite_colleague(&inviter, &invited(ANA), HOME).await.unwrap();
        users::accept_invitation(&visitor, &acceptance(&invitation_token(&world, ANA).await)).await.unwrap();
        let session = try_password(&visitor, ANA, PASSWORD, HOME).await.unwrap();
        let ana = world.at(person_of(&visitor, &session).await, noon());
        let admin = world.staff(Role::Administrator).await;
        users::disable(&admin, inviter.actor.user.unwrap()).await.unwrap();
        let officer = world.staff(Role::ProgrammeOfficer).await;
        confirmed(&world, users::invite_signatory(&officer, organisation, &invited(ANA)).await.unwrap()).await;
        let token = invitation_token(&world, ANA).await;
        assert_eq!(users::invitation_of(&visitor, &token).await.unwrap().1, Acceptance::AfterSigningIn);
        let signed_out = users::accept_invitation(&visitor, &acceptance(&token)).await;
        assert_eq!(key(signed_out), "refused-invitation-sign-in");
        let colleague = world.person(Role::OrganisationEditor, Some(organisation), None).await;
        let other = users::accept_invitation(&colleague, &acceptance(&token)).await;
        assert_eq!(key(other), "refused-invitation-sign-in", "it is not the colleague's");
        assert_eq!(users::invitation_of(&ana, &token).await.unwrap().1, Acceptance::AtOnce);
        users::accept_invitation(&ana, &Typed::default().with("token", token)).await.unwrap();
        assert_eq!(person_of(&visitor, &session).await.role, Some(Role::OrganisationSignatory));
    })
    .await;
}

#[tokio::test]
async fn an_invitation_ends_by_itself_or_is_taken_back_and_is_swept_later() {
    on_both(|world| async move {
        let visitor = visitor(&world);
        let inviter = signatory(&world, "Casa Nova").await;
        let organisation = inviter.actor.organisation.unwrap();
        users::invite_colleague(&inviter, &invited(ANA), HOME).await.unwrap();
        let taken_back = users::invite_colleague(&inviter, &invited("eva@example.org"), HOME).await.unwrap();
        let eva = invitation_token(&world, "eva@example.org").await;
        users::take_back(&inviter, taken_back).await.unwrap();
        assert_eq!(key(users::accept_invitation(&visitor, &acceptance(&eva)).await), "refused-invitation-link");
        let open = users::organisation_invitations(&inviter, organisation).await.unwrap();
        assert_eq!(open.iter().map(|row| row.email.as_str()).collect::<Vec<_>>(), [ANA]);
        let token = invitation_token(&world, ANA).await;
        let end = later(&visitor, noon() + INVITATION_LIFETIME);
        assert!(users::invitation_of(&later(&end, end.now - TimeDelta::seconds(1)), &token).await.is_ok());
        assert_eq!(key(users::accept_invitation(&end, &acceptance(&token)).await), "refused-invitation-link");
        let admin = later(&world.staff(Role::Administrator).await, end.now);
        assert_eq!(users::invitations(&admin, &PageRequest::default()).await.unwrap().total, 0);
        assert!(matches!(AppError::from(users::sweep_invitations(&admin).await.unwrap_err()), AppError::NotFound));
        let system = |days: i64| world.at(Actor::system(), noon() + TimeDelta::days(days));
        assert_eq!(users::sweep_invitations(&system(0)).await.unwrap(), 0);
        assert_eq!(users::sweep_invitations(&system(2)).await.unwrap(), 1, "what was taken back");
        assert_eq!(users::sweep_invitations(&system(16)).await.unwrap(), 1);
        assert_eq!(world.number("SELECT COUNT(*) AS value FROM invitations").await, 0);
        let sql = "SELECT COUNT(*) AS value FROM audit WHERE action = 'audit-invitation-ended'";
        assert_eq!(world.number(sql).await, 2, "the trail keeps what they were");
        users::invite_colleague(&inviter, &invited(ANA), HOME).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn accounts_that_nobody_opened_become_invitations_and_their_links_go_on_working() {
    on_both(|world| async move {
        let database = &world.services.database;
        let steps = Migrator::migrations();
        let since = steps.iter().position(|step| step.name().ends_with("_invitations")).unwrap();
        Migrator::down(database, u32::try_from(steps.len() - since).ok()).await.unwrap();
        let hash = backend::token::hash("the token of the mail");
        let at = "2026-05-31 12:00:00+00:00";
        let user = |id: i64, email: &str, role: &str, organisation: &str| {
            format!(
                "INSERT INTO users (id, email, name, role, organisation_id, language, state, created_at) \
                 VALUES ({id}, '{email}', 'Ana', '{role}', {organisation}, 'fr', 'unconfirmed', '{at}')"
            )
        };
        world.sql(&user(901, ANA, "organisation-editor", "7")).await;
        world.sql(&user(902, "tied@example.org", "finance-officer", "NULL")).await;
        let organisations = "INSERT INTO organisations (id, legal_name, country, registration_number, kind, \
             yearly_income_usd_minor, address, contact_name, contact_email, contact_phone, experience, profile_complete, \
             vetting_status, vetting_reason, created_at) VALUES (7, 'Casa Nova', 'BR', '', 'ngo', 0, '', '', '', '', '', FALSE, \
             'not-vetted', '', '2026-05-31 12:00:00+00:00')";
        world.sql(organisations).await;
        for sql in [
            format!(
                "INSERT INTO links (user_id, purpose, token_hash, created_at, expires_at) \
                 VALUES (901, 'invite', '{hash}', '{at}', '2026-06-03 12:00:00+00:00')"
            ),
            format!("INSERT INTO colleague_invitations (organisation_id, email, name, invited_at) VALUES (7, '{ANA}', 'Ana', '{at}')"),
            format!(
                "INSERT INTO colleague_invitations (organisation_id, email, name, invited_at) \
                 VALUES (7, 'elsewhere@example.org', 'Eva', '{at}')"
            ),
            "INSERT INTO staff_ties (user_id, organisation_id, since, note, recorded_at) \
             VALUES (902, 7, '2026-01-01', 'A sister', '2026-05-31 12:00:00+00:00')"
                .to_owned(),
        ] {
            world.sql(&sql).await;
        }
        Migrator::up(database, None).await.unwrap();
        let admin = world.staff(Role::Administrator).await;
        let open = users::invitations(&admin, &PageRequest::default()).await.unwrap().rows;
        let mut addresses: Vec<&str> = open.iter().map(|row| row.email.as_str()).collect();
        addresses.sort_unstable();
        assert_eq!(addresses, [ANA, "elsewhere@example.org", "tied@example.org"]);
        let ends = open.iter().find(|row| row.email == ANA).unwrap().expires_at;
        assert_eq!(ends, noon() - TimeDelta::days(1) + INVITATION_LIFETIME);
        let tied = queries::get(&admin, domain::ids::UserId(902)).await.unwrap();
        assert_eq!(tied.state, UserState::Disabled, "what is recorded of somebody stays");
        assert!(domain::users::is_freed(&tied.email));
        let visitor = visitor(&world);
        users::accept_invitation(&visitor, &acceptance("the token of the mail")).await.unwrap();
        let session = try_password(&visitor, ANA, PASSWORD, HOME).await.unwrap();
        assert_eq!(person_of(&visitor, &session).await.organisation, Some(OrganisationId(7)));
        users::register_organisation(&visitor, &organisation_form("tied@example.org"), HOME).await.unwrap();
        register_and_confirm(&world, "tied@example.org").await;
    })
    .await;
}
