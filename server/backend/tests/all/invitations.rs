//! Inviting staff and colleagues, accepting, and shutting and opening accounts.
#![allow(clippy::unwrap_used)]

use crate::support::accounts::{
    HOME, PASSWORD, acceptance, confirmation, confirmed, mails, officer, organisation_form, person_of,
    register_and_confirm, token_in, try_password, visitor, wrong,
};
use crate::support::applications::organisation_named;
use crate::support::{World, later, noon, on_both};
use backend::Context;
use backend::page::PageRequest;
use backend::users::{self, Acceptance, Place, queries};
use chrono::TimeDelta;
use domain::errors::AppError;
use domain::forms::Typed;
use domain::ids::{InvitationId, OrganisationId, UserId};
use domain::roles::Role;
use domain::users::{ADDRESS_TRIES, INVITATION_LIFETIME, UserState};

#[tokio::test]
async fn an_administrator_invites_staff_who_set_their_own_password() {
    on_both(|world| async move {
        let admin = world.staff(Role::Administrator).await;
        let form = Typed::default()
            .with("name", "Amina Diallo")
            .with("email", "amina@example.org")
            .with("role", "programme-officer")
            .with("language", "fr");
        let id = users::invite(&admin, &form).await.unwrap();
        assert_eq!(users::invite(&admin, &form).await.unwrap(), id, "the same address and role gets a new link");
        let first = token_in(&mails(&world).await[0], "/invitation/");
        users::send_again(&admin, id).await.unwrap();
        let people = queries::list(&admin, &PageRequest { search: "amina".to_owned(), ..Default::default() }).await;
        assert_eq!(people.unwrap().total, 0, "an invitation is no account");
        let open = users::invitations(&admin, &PageRequest::default()).await.unwrap().rows;
        assert_eq!((open.len(), open[0].role, open[0].place), (1, Role::ProgrammeOfficer, Place::Fund));
        assert_eq!(open[0].expires_at, noon() + INVITATION_LIFETIME);
        let visitor = visitor(&world);
        assert!(users::accept_invitation(&visitor, &acceptance(&first)).await.is_err(), "the newer link replaces it");
        let mail = mails(&world).await.pop().unwrap();
        assert!(mail.text.contains("Test administrator") && mail.text.contains("Chargé de programme"), "{}", mail.text);
        let token = token_in(&mail, "/invitation/");
        let (shown, how) = users::invitation_of(&visitor, &token).await.unwrap();
        assert_eq!((shown.name.as_str(), shown.inviter.as_str()), ("Amina Diallo", "Test administrator"));
        assert_eq!(how, Acceptance::AsNewcomer);
        let weak =
            AppError::from(users::accept_invitation(&visitor, &confirmation(&token, "short")).await.unwrap_err());
        let AppError::Invalid(errors) = weak else { unreachable!() };
        assert!(errors.of("name").is_some() && errors.of("password").is_some(), "{errors:?}");
        let chosen = acceptance(&token);
        let (one, other) =
            tokio::join!(users::accept_invitation(&visitor, &chosen), users::accept_invitation(&visitor, &chosen));
        assert!(one.is_ok() != other.is_ok(), "of two at once one wins");
        let session = try_password(&visitor, "amina@example.org", PASSWORD, HOME).await.unwrap();
        let view = queries::own(&world.at(person_of(&visitor, &session).await, noon())).await.unwrap();
        assert_eq!(
            (view.role, view.state, view.name.as_str()),
            (Role::ProgrammeOfficer, UserState::Active, "Rosa Weber")
        );
        assert_eq!(AppError::from(users::send_again(&admin, id).await.unwrap_err()), AppError::NotFound, "accepted");
        let trail = backend::audit::of(&admin, backend::audit::Kind::Invitation, id.into()).await.unwrap();
        let actions: Vec<&str> = trail.rows.iter().rev().map(|row| row.action.as_str()).collect();
        let again = "audit-user-invited-again";
        assert_eq!(actions, ["audit-user-invited", again, again, "audit-user-invitation-accepted"]);
    })
    .await;
}

#[tokio::test]
async fn an_administrator_cannot_invite_somebody_into_an_organisation() {
    on_both(|world| async move {
        let admin = world.staff(Role::Administrator).await;
        let form = Typed::default()
            .with("name", "A")
            .with("email", "a@example.org")
            .with("role", "organisation-signatory")
            .with("language", "en");
        assert!(matches!(AppError::from(users::invite(&admin, &form).await.unwrap_err()), AppError::Invalid(_)));
        let officer = world.staff(Role::ProgrammeOfficer).await;
        assert!(matches!(AppError::from(users::invite(&officer, &form).await.unwrap_err()), AppError::Forbidden(_)));
    })
    .await;
}

#[tokio::test]
async fn the_fund_invites_a_signatory_of_an_organisation_in_which_nobody_can_sign() {
    on_both(|world| async move {
        let organisation = organisation_named(&world, "Casa Aurora").await;
        let officer = world.staff(Role::ProgrammeOfficer).await;
        let form = |email: &str| Typed::default().with("name", "Rosa").with("email", email).with("language", "fr");
        let rosa = form("rosa@example.org");
        let key = |outcome: backend::Result<InvitationId>| match AppError::from(outcome.unwrap_err()) {
            AppError::Refused(message) | AppError::Forbidden(message) => message.key,
            other => format!("{other:?}"),
        };
        let editor = world.person(Role::OrganisationEditor, Some(organisation), None).await;
        for other in [&editor, &world.staff(Role::Auditor).await, &world.staff(Role::FinanceOfficer).await] {
            assert_eq!(key(users::invite_signatory(other, organisation, &rosa).await), "forbidden-role");
        }
        assert_eq!(key(users::invite_signatory(&officer, OrganisationId(999_999), &rosa).await), "NotFound");
        let empty = users::invite_signatory(&officer, organisation, &Typed::default()).await.unwrap_err();
        assert!(matches!(AppError::from(empty), AppError::Invalid(_)));
        let person = officer.actor.user.unwrap();
        let tie = format!(
            "INSERT INTO staff_ties (user_id, organisation_id, since, note, recorded_at) VALUES \
             ({person}, {organisation}, '2026-01-01', 'A sister', '2026-01-01 00:00:00+00:00')"
        );
        world.sql(&tie).await;
        assert_eq!(key(users::invite_signatory(&officer, organisation, &rosa).await), "refused-tie");
        world.sql("DELETE FROM staff_ties").await;
        let id = users::invite_signatory(&officer, organisation, &rosa).await.unwrap();
        confirmed(&world, id).await;
        let open = users::organisation_invitations(&officer, organisation).await.unwrap();
        assert_eq!((open.len(), open[0].role, open[0].is_managed), (1, Role::OrganisationSignatory, true));
        let seen = users::organisation_invitations(&editor, organisation).await.unwrap();
        assert!(!seen[0].is_managed, "what the Fund sent is not for members to take back");
        let first = token_in(&mails(&world).await[0], "/invitation/");
        // An administrator sends it again, and to somebody else while nobody has accepted.
        let admin = world.staff(Role::Administrator).await;
        assert_eq!(users::invite_signatory(&admin, organisation, &rosa).await.unwrap(), id);
        confirmed(&world, id).await;
        users::invite_signatory(&admin, organisation, &form("ana@example.org")).await.unwrap();
        let other = organisation_named(&world, "Another").await;
        users::invite_signatory(&admin, other, &rosa).await.unwrap();
        let visitor = visitor(&world);
        let refused = users::accept_invitation(&visitor, &acceptance(&first)).await;
        assert_eq!(key(refused.map(|()| id)), "refused-invitation-link", "the newer link replaces it");
        let second = token_in(&mails(&world).await[1], "/invitation/");
        users::accept_invitation(&visitor, &acceptance(&second)).await.unwrap();
        let session = try_password(&visitor, "rosa@example.org", PASSWORD, HOME).await.unwrap();
        let rosa = person_of(&visitor, &session).await;
        assert_eq!((rosa.role, rosa.organisation), (Some(Role::OrganisationSignatory), Some(organisation)));
        assert_eq!(
            key(users::invite_signatory(&officer, organisation, &form("b@example.org")).await),
            "refused-signatory-exists"
        );
        users::disable(&admin, rosa.user.unwrap()).await.unwrap();
        users::invite_signatory(&officer, organisation, &form("b@example.org")).await.unwrap();
        let auditor = world.staff(Role::Auditor).await;
        let trail =
            backend::audit::of(&auditor, backend::audit::Kind::Organisation, organisation.into()).await.unwrap();
        assert_eq!(trail.rows[0].action, "audit-organisation-signatory-invited");
        assert_eq!(trail.total, 4);
    })
    .await;
}

#[tokio::test]
async fn a_signatory_invites_an_editor_of_the_own_organisation_and_an_editor_nobody() {
    on_both(|world| async move {
        let visitor = visitor(&world);
        users::register_organisation(&visitor, &organisation_form("ngo@example.org"), HOME).await.unwrap();
        let actor = register_and_confirm(&world, "ngo@example.org").await;
        let organisation = actor.organisation.unwrap();
        let signatory = world.at(actor, noon());
        let form = Typed::default().with("name", "Rosa").with("email", "rosa@example.org").with("language", "en");
        users::invite_colleague(&signatory, &form, HOME).await.unwrap();
        assert_eq!(users::members(&signatory, organisation).await.unwrap().len(), 1);
        let open = users::organisation_invitations(&signatory, organisation).await.unwrap();
        assert_eq!((open.len(), open[0].role, open[0].is_managed), (1, Role::OrganisationEditor, true));
        let mut again = form.clone();
        again.set("email", "ngo@example.org");
        let own = users::invite_colleague(&signatory, &again, HOME).await;
        assert_eq!(AppError::from(own.unwrap_err()), AppError::field("email", "error-member-already"));
        let editor = world.person(Role::OrganisationEditor, Some(organisation), None).await;
        let error = AppError::from(users::invite_colleague(&editor, &form, HOME).await.unwrap_err());
        assert!(matches!(error, AppError::Forbidden(_)), "{error:?}");
        let stranger = world.person(Role::OrganisationEditor, Some(OrganisationId(999)), None).await;
        assert!(users::members(&stranger, organisation).await.is_err());
        assert!(users::organisation_invitations(&stranger, organisation).await.is_err());
        for other in [&editor, &stranger, &world.staff(Role::FinanceOfficer).await] {
            assert_eq!(AppError::from(users::take_back(other, open[0].id).await.unwrap_err()), AppError::NotFound);
            assert_eq!(AppError::from(users::send_again(other, open[0].id).await.unwrap_err()), AppError::NotFound);
        }
    })
    .await;
}

#[tokio::test]
async fn inviting_a_colleague_gives_one_answer_for_known_and_unknown_addresses_and_has_limits() {
    on_both(|world| async move {
        let visitor = visitor(&world);
        let (_, known) = officer(&world).await;
        users::register_organisation(&visitor, &organisation_form("ngo@example.org"), HOME).await.unwrap();
        let actor = register_and_confirm(&world, "ngo@example.org").await;
        let organisation = actor.organisation.unwrap();
        let signatory = world.at(actor, noon());
        let form = |email: &str| Typed::default().with("name", "Rosa").with("email", email).with("language", "en");
        let just_now = AppError::refused("refused-invited-just-now");
        for address in [known.as_str(), "unknown@example.org"] {
            users::invite_colleague(&signatory, &form(address), HOME).await.unwrap();
            let again = users::invite_colleague(&signatory, &form(address), HOME).await.unwrap_err();
            assert_eq!(AppError::from(again), just_now, "an address is written to once a day");
            let told: Vec<_> =
                mails(&world).await.into_iter().filter(|mail| mail.to == address).map(|mail| mail.kind).collect();
            assert_eq!(told, ["invite"]);
        }
        let mut shown = users::organisation_invitations(&signatory, organisation).await.unwrap();
        for row in &mut shown {
            row.email.clear();
            row.id = InvitationId(0);
        }
        assert_eq!(shown[0], shown[1], "the list does not tell which address has an account");
        for number in 0..18 {
            users::invite_colleague(&signatory, &form(&format!("colleague{number}@example.org")), HOME).await.unwrap();
        }
        let one_more = || async {
            users::invite_colleague(&signatory, &form("one.more@example.org"), "192.0.2.8")
                .await
                .map_err(AppError::from)
        };
        let many = AppError::refused_with("refused-too-many-invitations", "most", 20_i64);
        assert_eq!(one_more().await, Err(many.clone()));
        let last = users::organisation_invitations(&signatory, organisation).await.unwrap();
        let last = last.iter().find(|row| row.email == "colleague0@example.org").unwrap().id;
        users::take_back(&signatory, last).await.unwrap();
        assert_eq!(one_more().await, Err(many), "taking back and inviting in turns fills no mailboxes");
        let token = token_in(&mails(&world).await.pop().unwrap(), "/invitation/");
        users::accept_invitation(&visitor, &acceptance(&token)).await.unwrap();
        let members = users::members(&signatory, organisation).await.unwrap();
        let joined = members.iter().find(|member| member.email == "colleague17@example.org").unwrap();
        assert_eq!(joined.state, UserState::Active);
        one_more().await.unwrap();
        for number in 0..ADDRESS_TRIES.tries {
            let nobody = format!("nobody{number}@example.org");
            let _ = try_password(&visitor, &nobody, "wrong password", "192.0.2.7").await;
        }
        let busy = AppError::from(
            users::invite_colleague(&signatory, &form("new@example.org"), "192.0.2.7").await.unwrap_err(),
        );
        assert!(matches!(busy, AppError::TooManyRequests(_)), "{busy:?}");
    })
    .await;
}

#[tokio::test]
async fn an_account_that_is_opened_again_is_what_it_was_before() {
    on_both(|world| async move {
        let visitor = visitor(&world);
        let admin = world.staff(Role::Administrator).await;
        users::register_organisation(&visitor, &organisation_form("ngo@example.org"), HOME).await.unwrap();
        let page = queries::list(&admin, &PageRequest { search: "ngo@".to_owned(), ..Default::default() }).await;
        let id = page.unwrap().rows[0].id;
        for _ in 0..2 {
            users::disable(&admin, id).await.unwrap();
            users::enable(&admin, id).await.unwrap();
            assert_eq!(queries::get(&admin, id).await.unwrap().state, UserState::Unconfirmed);
            assert_eq!(try_password(&visitor, "ngo@example.org", PASSWORD, HOME).await, Err(wrong()));
        }
        // Registering again sends a link that confirms; the old one ended with the account.
        let after = later(&visitor, noon() + TimeDelta::hours(1));
        users::register_organisation(&after, &organisation_form("ngo@example.org"), HOME).await.unwrap();
        let token = token_in(&mails(&world).await.pop().unwrap(), "/confirm/");
        users::confirm(&after, &confirmation(&token, PASSWORD)).await.unwrap();
        let organisation = queries::get(&admin, id).await.unwrap().organisation.map(|(id, _)| id);
        let editor = world.person(Role::OrganisationEditor, organisation, None).await.actor.user.unwrap();
        users::disable(&admin, editor).await.unwrap();
        users::enable(&admin, editor).await.unwrap();
        assert_eq!(queries::get(&admin, editor).await.unwrap().state, UserState::Active);
    })
    .await;
}

#[tokio::test]
async fn nobody_shuts_their_own_account() {
    on_both(|world| async move {
        let admin = world.staff(Role::Administrator).await;
        let own = AppError::from(users::disable(&admin, admin.actor.user.unwrap()).await.unwrap_err());
        assert_eq!(own, AppError::refused("refused-own-account"));
        let officer = world.staff(Role::ProgrammeOfficer).await;
        let error = AppError::from(users::disable(&officer, admin.actor.user.unwrap()).await.unwrap_err());
        assert!(matches!(error, AppError::Forbidden(_)));
    })
    .await;
}

/// An organisation with a signatory and an editor, and their contexts.
async fn house(world: &World) -> (OrganisationId, Context, Context) {
    let organisation = organisation_named(world, "Casa Aurora").await;
    let signatory = world.person(Role::OrganisationSignatory, Some(organisation), None).await;
    let editor = world.person(Role::OrganisationEditor, Some(organisation), None).await;
    (organisation, signatory, editor)
}

fn id(person: &Context) -> UserId {
    person.actor.user.unwrap()
}

async fn role_of(world: &World, person: &Context) -> Role {
    queries::get(&world.system(), id(person)).await.unwrap().role
}

#[tokio::test]
async fn a_signatory_makes_a_colleague_signatory_and_never_takes_away_the_last_one() {
    on_both(|world| async move {
        let (organisation, signatory, editor) = house(&world).await;
        let forbidden = AppError::from(users::make_signatory(&editor, id(&editor)).await.unwrap_err());
        assert!(matches!(forbidden, AppError::Forbidden(_)), "{forbidden:?}");
        let last = AppError::refused("refused-last-signatory");
        assert_eq!(AppError::from(users::make_editor(&signatory, id(&signatory)).await.unwrap_err()), last);
        for _ in 0..2 {
            users::make_signatory(&signatory, id(&editor)).await.unwrap();
        }
        assert_eq!(role_of(&world, &editor).await, Role::OrganisationSignatory);
        let told = |kind: &'static str| {
            let (world, person) = (&world, id(&editor));
            async move {
                let view = queries::get(&world.system(), person).await.unwrap();
                mails(world).await.into_iter().filter(|mail| mail.kind == kind && mail.to == view.email).count()
            }
        };
        assert_eq!((told("signatory-made").await, told("signatory-ended").await), (1, 0), "once, to the person");
        // The new signatory takes over, and the old one may go.
        let mut successor = editor.clone();
        successor.actor.role = Some(Role::OrganisationSignatory);
        users::make_editor(&successor, id(&signatory)).await.unwrap();
        assert_eq!(role_of(&world, &signatory).await, Role::OrganisationEditor);
        users::disable(&successor, id(&signatory)).await.unwrap();
        assert_eq!(mails(&world).await.pop().unwrap().kind, "account-shut");
        // A shut account cannot become the signatory; opened again it can.
        let shut = AppError::from(users::make_signatory(&successor, id(&signatory)).await.unwrap_err());
        assert_eq!(shut, AppError::refused("refused-signatory-not-active"));
        users::enable(&successor, id(&signatory)).await.unwrap();
        let own = AppError::from(users::disable(&successor, id(&successor)).await.unwrap_err());
        assert_eq!(own, AppError::refused("refused-own-account"));
        assert_eq!(AppError::from(users::make_editor(&successor, id(&successor)).await.unwrap_err()), last);
        let admin = world.staff(Role::Administrator).await;
        users::make_editor(&admin, id(&successor)).await.unwrap();
        let alone = AppError::from(users::make_signatory(&admin, id(&signatory)).await.unwrap_err());
        assert_eq!(alone, AppError::refused("refused-signatory-alone"), "one person of the Fund names nobody");
        assert_eq!(told("signatory-ended").await, 1);
        let trail = backend::audit::of(&admin, backend::audit::Kind::User, id(&editor).into()).await.unwrap();
        let actions: Vec<&str> = trail.rows.iter().map(|row| row.action.as_str()).collect();
        assert_eq!(actions.iter().filter(|action| **action == "audit-user-made-signatory").count(), 1, "{actions:?}");
        assert_eq!(actions.iter().filter(|action| **action == "audit-user-made-editor").count(), 1, "{actions:?}");
        assert_eq!(users::members(&admin, organisation).await.unwrap().len(), 2);
    })
    .await;
}

#[tokio::test]
async fn a_signatory_manages_nobody_but_those_who_joined_the_own_organisation() {
    on_both(|world| async move {
        let (_, signatory, _) = house(&world).await;
        let (_, stranger, stranger_editor) = house(&world).await;
        let officer = world.staff(Role::ProgrammeOfficer).await;
        let donor = world.person(Role::DonorRepresentative, None, Some(domain::ids::DonorId(1))).await;
        for other in [id(&stranger), id(&stranger_editor), id(&officer), id(&donor), UserId(999_999)] {
            for outcome in [
                users::make_signatory(&signatory, other).await,
                users::make_editor(&signatory, other).await,
                users::disable(&signatory, other).await,
                users::enable(&signatory, other).await.map(drop),
            ] {
                assert_eq!(AppError::from(outcome.unwrap_err()), AppError::NotFound, "{other}");
            }
        }
        let admin = world.staff(Role::Administrator).await;
        let staff = AppError::from(users::make_signatory(&admin, id(&officer)).await.unwrap_err());
        assert_eq!(staff, AppError::NotFound, "who belongs to no organisation signs for none");
    })
    .await;
}

#[tokio::test]
async fn of_two_signatories_who_end_each_others_signature_at_once_one_remains() {
    on_both(|world| async move {
        let (organisation, one, _) = house(&world).await;
        let two = world.person(Role::OrganisationSignatory, Some(organisation), None).await;
        let (first, second) = tokio::join!(users::make_editor(&one, id(&two)), users::make_editor(&two, id(&one)));
        assert_ne!(first.is_ok(), second.is_ok());
        let members = users::members(&world.system(), organisation).await.unwrap();
        assert_eq!(members.iter().filter(|member| member.role == Role::OrganisationSignatory).count(), 1);
    })
    .await;
}
