//! What no one person of the Fund gives alone: a role that touches payments, and the signature of an organisation in which
//! nobody signs.
#![allow(clippy::unwrap_used)]

use crate::support::accounts::{
    HOME, Mail, PASSWORD, acceptance, confirmed, mails, person_of, token_in, try_password, visitor,
};
use crate::support::applications::organisation_named;
use crate::support::{World, later, noon, on_both};
use backend::page::PageRequest;
use backend::users::{self, Acceptance, Caller, INVITATIONS_TO_CONFIRM, InvitationView, Opening, queries};
use backend::{Context, audit, disbursements, home};
use chrono::TimeDelta;
use domain::errors::AppError;
use domain::forms::Typed;
use domain::ids::InvitationId;
use domain::money::{LARGEST_MINOR, Money};
use domain::roles::Role;
use domain::users::{INVITATION_LIFETIME, UserState};
use migrations::Migrator;
use sea_orm_migration::MigratorTrait as _;

const EVA: &str = "eva@example.org";

fn invited(email: &str, role: Role) -> Typed {
    Typed::default().with("name", "Eva Lang").with("email", email).with("role", role.code()).with("language", "en")
}

/// The key of the message by which something was refused.
fn refusal<T: std::fmt::Debug>(outcome: backend::Result<T>) -> String {
    match AppError::from(outcome.unwrap_err()) {
        AppError::Refused(message) | AppError::Forbidden(message) => message.key,
        other => format!("{other:?}"),
    }
}

/// The mails of a kind.
async fn mails_of(world: &World, kind: &str) -> Vec<Mail> {
    mails(world).await.into_iter().filter(|mail| mail.kind == kind).collect()
}

async fn open(context: &Context, filter: &str) -> Vec<InvitationView> {
    let request = PageRequest { filter: filter.to_owned(), ..PageRequest::default() };
    users::invitations(context, &request).await.unwrap().rows
}

/// How many invitations wait for a person on the home page.
async fn waiting(context: &Context) -> u64 {
    let waits = home::waits(context).await.unwrap();
    waits.iter().find(|wait| wait.key == "waits-invitations").map_or(0, |wait| wait.count)
}

/// The actions of an invitation's trail, oldest first.
async fn trail(world: &World, id: InvitationId) -> Vec<String> {
    let auditor = world.staff(Role::Auditor).await;
    let found = audit::of(&auditor, audit::Kind::Invitation, id.into()).await.unwrap();
    found.rows.into_iter().rev().map(|row| row.action).collect()
}

#[tokio::test]
async fn one_administrator_alone_makes_nobody_who_takes_part_in_payments() {
    on_both(|world| async move {
        let admin = world.staff(Role::Administrator).await;
        let mut proposed = Vec::new();
        for role in Role::STAFF {
            let email = format!("{role}@example.org");
            let id = users::invite(&admin, &invited(&email, *role)).await.unwrap();
            let sent = mails(&world).await.iter().any(|mail| mail.to == email);
            let paying = [Role::Administrator, Role::CertifyingOfficer, Role::ApprovingOfficer, Role::FinanceOfficer];
            assert_eq!(sent, !paying.contains(role), "{role}");
            if !sent {
                proposed.push((id, *role));
            }
        }
        for (id, role) in &proposed {
            assert_eq!(refusal(users::confirm_invitation(&admin, *id).await), "refused-invitation-own");
            assert_eq!(refusal(users::send_again(&admin, *id).await), "refused-invitation-waits");
            let again = users::invite(&admin, &invited(&format!("{role}@example.org"), *role)).await.unwrap();
            assert_eq!(again, *id, "it stays one that waits");
        }
        let mut moved = admin.clone();
        moved.actor.role = Some(Role::ApprovingOfficer);
        let (id, _) = proposed[0];
        assert_eq!(refusal(users::confirm_invitation(&moved, id).await), "refused-invitation-own", "the same person");
        for role in [Role::FinanceOfficer, Role::CertifyingOfficer, Role::ProgrammeOfficer, Role::Auditor] {
            let other = world.staff(role).await;
            assert_eq!(refusal(users::confirm_invitation(&other, id).await), "forbidden-role", "{role}");
        }
        // Nor is it accepted by a link that somebody guessed, nor confirmed by whom it is for.
        let hash = backend::token::hash("guessed");
        world.sql(&format!("UPDATE invitations SET token_hash = '{hash}' WHERE id = {id}")).await;
        let accepted = users::accept_invitation(&visitor(&world), &acceptance("guessed")).await;
        assert_eq!(refusal(accepted), "refused-invitation-link");
        let approver = world.staff(Role::ApprovingOfficer).await;
        let person = approver.actor.user.unwrap();
        world.sql(&format!("UPDATE users SET email = 'administrator@example.org' WHERE id = {person}")).await;
        assert_eq!(refusal(users::confirm_invitation(&approver, id).await), "refused-invitation-own");
        assert!(
            mails(&world).await.iter().all(|mail| proposed.iter().all(|(_, role)| !mail.to.starts_with(role.code())))
        );
        assert_eq!((waiting(&admin).await, open(&admin, INVITATIONS_TO_CONFIRM).await.len()), (0, 0));
        assert_eq!(open(&admin, "").await.len(), Role::STAFF.len());
        assert_eq!((waiting(&approver).await, open(&approver, INVITATIONS_TO_CONFIRM).await.len()), (4, 4));
        assert!(open(&approver, "").await.iter().all(|row| row.needs_confirmation), "other addresses are not theirs");
    })
    .await;
}

#[tokio::test]
async fn what_an_approving_officer_confirmed_is_sent_accepted_and_told_to_the_others() {
    on_both(|world| async move {
        let admin = world.staff(Role::Administrator).await;
        let approver = world.staff(Role::ApprovingOfficer).await;
        world.staff(Role::CertifyingOfficer).await;
        world.staff(Role::FinanceOfficer).await;
        let gone = world.staff(Role::CertifyingOfficer).await;
        users::disable(&admin, gone.actor.user.unwrap()).await.unwrap();
        let id = users::invite(&admin, &invited(EVA, Role::ApprovingOfficer)).await.unwrap();
        let then = later(&approver, noon() + TimeDelta::days(10));
        assert_eq!(waiting(&then).await, 1);
        for _ in 0..2 {
            users::confirm_invitation(&then, id).await.unwrap();
        }
        assert_eq!(waiting(&then).await, 0);
        let shown = open(&later(&admin, then.now), "").await.remove(0);
        assert_eq!(shown.expires_at, then.now + INVITATION_LIFETIME, "the days to accept begin now");
        let sent = mails_of(&world, "invite").await;
        assert_eq!((sent.len(), sent[0].to.as_str()), (1, EVA));
        assert!(sent[0].text.contains("Test administrator invites you"), "{}", sent[0].text);
        let last = later(&visitor(&world), then.now + INVITATION_LIFETIME - TimeDelta::hours(1));
        users::accept_invitation(&last, &acceptance(&token_in(&sent[0], "/invitation/"))).await.unwrap();
        let session = try_password(&last, EVA, PASSWORD, HOME).await.unwrap();
        let eva = person_of(&last, &session).await;
        assert_eq!(eva.role, Some(Role::ApprovingOfficer));
        let told = mails_of(&world, "role-granted").await;
        assert_eq!(told.len(), 3, "administrator, approving and certifying officer; not a shut account, nor herself");
        for words in ["Rosa Weber", "Approving officer", "Test administrator", "Test approving-officer"] {
            assert!(told[0].text.contains(words), "{words}: {}", told[0].text);
        }
        let officers = disbursements::officers(&admin).await.unwrap().officers;
        let own = officers.iter().find(|row| Some(row.id) == eva.user).unwrap();
        assert_eq!(own.most, Some(Money::usd(0)), "limits begin at nothing");
        assert_eq!(refusal(users::confirm_invitation(&then, id).await), "NotFound");
        let steps = ["audit-invitation-proposed", "audit-invitation-confirmed", "audit-user-invitation-accepted"];
        assert_eq!(trail(&world, id).await, steps);
    })
    .await;
}

#[tokio::test]
async fn of_two_confirmations_at_once_one_counts() {
    on_both(|world| async move {
        let admin = world.staff(Role::Administrator).await;
        let (one, two) = (world.staff(Role::Administrator).await, world.staff(Role::ApprovingOfficer).await);
        let id = users::invite(&admin, &invited(EVA, Role::FinanceOfficer)).await.unwrap();
        let (first, second) = tokio::join!(users::confirm_invitation(&one, id), users::confirm_invitation(&two, id));
        assert!(first.is_ok() && second.is_ok(), "{first:?} {second:?}");
        assert_eq!(mails_of(&world, "invite").await.len(), 1);
        assert_eq!(trail(&world, id).await, ["audit-invitation-proposed", "audit-invitation-confirmed"]);
        // Sent again it needs nobody else, invited anew it does.
        users::send_again(&admin, id).await.unwrap();
        assert_eq!(mails_of(&world, "invite").await.len(), 2);
        users::invite(&admin, &invited(EVA, Role::FinanceOfficer)).await.unwrap();
        assert!(open(&admin, "").await[0].needs_confirmation);
        assert_eq!(mails_of(&world, "invite").await.len(), 2);
    })
    .await;
}

#[tokio::test]
async fn a_signatory_of_an_organisation_without_one_takes_two_people_of_the_fund() {
    on_both(|world| async move {
        let organisation = organisation_named(&world, "Casa Aurora").await;
        let (admin, officer) = (world.staff(Role::Administrator).await, world.staff(Role::ProgrammeOfficer).await);
        let form = invited(EVA, Role::OrganisationSignatory);
        let id = users::invite_signatory(&admin, organisation, &form).await.unwrap();
        assert!(mails_of(&world, "invite").await.is_empty());
        assert_eq!(refusal(users::confirm_invitation(&admin, id).await), "refused-invitation-own");
        assert_eq!(refusal(users::confirm_invitation(&officer, id).await), "forbidden-role");
        let approver = world.staff(Role::ApprovingOfficer).await;
        let person = approver.actor.user.unwrap();
        let tie = format!(
            "INSERT INTO staff_ties (user_id, organisation_id, since, note, recorded_at) VALUES \
             ({person}, {organisation}, '2026-01-01', 'A sister', '2026-01-01 00:00:00+00:00')"
        );
        world.sql(&tie).await;
        assert_eq!(refusal(users::confirm_invitation(&approver, id).await), "refused-tie");
        world.sql("DELETE FROM staff_ties").await;
        // Declining is taking it back; proposed anew it waits again.
        users::take_back(&approver, id).await.unwrap();
        assert_eq!(refusal(users::confirm_invitation(&approver, id).await), "NotFound");
        assert_eq!(users::invite_signatory(&officer, organisation, &form).await.unwrap(), id);
        users::confirm_invitation(&admin, id).await.unwrap();
        let sent = mails_of(&world, "invite").await;
        assert_eq!(sent.len(), 1);
        let visitor = visitor(&world);
        users::accept_invitation(&visitor, &acceptance(&token_in(&sent[0], "/invitation/"))).await.unwrap();
        let session = try_password(&visitor, EVA, PASSWORD, HOME).await.unwrap();
        assert_eq!(person_of(&visitor, &session).await.role, Some(Role::OrganisationSignatory));
    })
    .await;
}

#[tokio::test]
async fn nobody_alone_opens_an_account_again_that_takes_part_in_payments() {
    on_both(|world| async move {
        let (admin, visitor) = (world.staff(Role::Administrator).await, visitor(&world));
        for role in Role::STAFF {
            let person = world.staff(*role).await.actor.user.unwrap();
            users::disable(&admin, person).await.unwrap();
            assert_eq!(users::opening_takes_two(&admin, person).await.unwrap(), role.touches_payments(), "{role}");
            let expected = if role.touches_payments() { Opening::Proposed } else { Opening::Opened };
            for _ in 0..2 {
                assert_eq!(users::enable(&admin, person).await.unwrap(), expected, "{role}");
            }
            let view = queries::get(&admin, person).await.unwrap();
            let state = if role.touches_payments() { UserState::Disabled } else { UserState::Active };
            assert_eq!(view.state, state, "{role}");
            if !role.touches_payments() {
                continue;
            }
            // Whoever has the mailbox gets nothing by it, and the administrator cannot confirm the own proposal.
            let home = Caller { address: HOME, ..Caller::default() };
            users::forgot(&visitor, &Typed::default().with("email", view.email.as_str()), &home).await.unwrap();
            assert!(!mails(&world).await.iter().any(|mail| mail.to == view.email && mail.kind != "account-shut"));
            let proposed = open(&admin, "").await.into_iter().find(|row| row.email == view.email).unwrap();
            assert_eq!((proposed.role, proposed.needs_confirmation), (*role, true));
            assert_eq!(refusal(users::confirm_invitation(&admin, proposed.id).await), "refused-invitation-own");
            let approver = world.staff(Role::ApprovingOfficer).await;
            users::confirm_invitation(&approver, proposed.id).await.unwrap();
            assert_eq!(queries::get(&admin, person).await.unwrap().state, UserState::Disabled, "nobody accepted yet");
            let sent = mails_of(&world, "invite").await.pop().unwrap();
            assert_eq!(sent.to, view.email);
            let token = token_in(&sent, "/invitation/");
            assert_eq!(users::invitation_of(&visitor, &token).await.unwrap().1, Acceptance::OpensAgain);
            users::accept_invitation(&visitor, &acceptance(&token)).await.unwrap();
            let session = try_password(&visitor, &view.email, PASSWORD, HOME).await.unwrap();
            let again = person_of(&visitor, &session).await;
            assert_eq!((again.user, again.role), (Some(person), Some(*role)), "the same account, not a second one");
            let other = queries::get(&admin, approver.actor.user.unwrap()).await.unwrap().email;
            assert!(mails_of(&world, "role-granted").await.iter().any(|mail| mail.to == other), "{role}");
        }
    })
    .await;
}

#[tokio::test]
async fn what_two_confirmed_opens_no_account_that_was_shut_afterwards_and_the_system_opens_alone() {
    on_both(|world| async move {
        let (admin, visitor) = (world.staff(Role::Administrator).await, visitor(&world));
        let second = world.staff(Role::Administrator).await.actor.user.unwrap();
        let email = queries::get(&admin, second).await.unwrap().email;
        let id = users::invite(&admin, &invited(&email, Role::Administrator)).await.unwrap();
        confirmed(&world, id).await;
        let token = token_in(&mails_of(&world, "invite").await[0], "/invitation/");
        users::disable(&admin, second).await.unwrap();
        let accepted = users::accept_invitation(&visitor, &acceptance(&token)).await;
        assert_eq!(refusal(accepted), "refused-invitation-link");
        // An invitation to anything else opens nothing.
        users::invite(&admin, &invited(&email, Role::Auditor)).await.unwrap();
        let token = token_in(&mails_of(&world, "invite").await[1], "/invitation/");
        let accepted = users::accept_invitation(&visitor, &acceptance(&token)).await;
        assert_eq!(refusal(accepted), "refused-invitation-elsewhere");
        let address = users::create_admin(&world.services, noon(), &email, "Eva Lang").await.unwrap();
        let (_, token) = address.split_once("/invitation/").unwrap();
        users::accept_invitation(&visitor, &acceptance(token)).await.unwrap();
        assert_eq!(queries::get(&admin, second).await.unwrap().state, UserState::Active);
    })
    .await;
}

#[tokio::test]
async fn the_account_of_a_signatory_takes_two_of_the_fund_where_nobody_else_signs() {
    on_both(|world| async move {
        let organisation = organisation_named(&world, "Casa Aurora").await;
        let (admin, visitor) = (world.staff(Role::Administrator).await, visitor(&world));
        let signatory = || world.person(Role::OrganisationSignatory, Some(organisation), None);
        let (one, two) = (signatory().await.actor.user.unwrap(), signatory().await.actor.user.unwrap());
        users::disable(&admin, one).await.unwrap();
        assert_eq!(users::enable(&admin, one).await.unwrap(), Opening::Opened, "the other one signs");
        users::disable(&admin, one).await.unwrap();
        users::disable(&admin, two).await.unwrap();
        assert_eq!(users::enable(&admin, one).await.unwrap(), Opening::Proposed);
        let proposed = open(&admin, "").await.remove(0);
        assert_eq!(refusal(users::confirm_invitation(&admin, proposed.id).await), "refused-invitation-own");
        confirmed(&world, proposed.id).await;
        let token = token_in(&mails_of(&world, "invite").await[0], "/invitation/");
        users::accept_invitation(&visitor, &acceptance(&token)).await.unwrap();
        let view = queries::get(&admin, one).await.unwrap();
        assert_eq!((view.state, view.role), (UserState::Active, Role::OrganisationSignatory));
        let session = try_password(&visitor, &view.email, PASSWORD, HOME).await.unwrap();
        let signatory = world.at(person_of(&visitor, &session).await, noon());
        assert_eq!(users::enable(&signatory, two).await.unwrap(), Opening::Opened, "a colleague who signs");
    })
    .await;
}

#[tokio::test]
async fn with_the_update_officers_keep_signing_and_what_one_person_sent_waits() {
    on_both(|world| async move {
        let database = &world.services.database;
        let steps = Migrator::migrations();
        let since = steps.iter().position(|step| step.name().ends_with("_second_person")).unwrap();
        let admin = world.staff(Role::Administrator).await;
        let free = world.staff(Role::CertifyingOfficer).await;
        let limited = world.staff(Role::ApprovingOfficer).await;
        let gone = world.staff(Role::ApprovingOfficer).await;
        Migrator::down(database, u32::try_from(steps.len() - since).ok()).await.unwrap();
        let (limited, gone) = (limited.actor.user.unwrap(), gone.actor.user.unwrap());
        world.sql(&format!("UPDATE users SET state = 'disabled' WHERE id = {gone}")).await;
        let at = "'2026-05-31 12:00:00+00:00'";
        world.sql(&format!("INSERT INTO officer_limits (user_id, usd_minor, set_at) VALUES ({limited}, 500, {at})")).await;
        let until = "'2026-06-10 12:00:00+00:00'";
        for (role, by) in [("finance-officer", "1"), ("administrator", "NULL"), ("auditor", "1")] {
            world
                .sql(&format!(
                    "INSERT INTO invitations (email, name, role, language, invited_by, invited_at, expires_at, token_hash) \
                     VALUES ('{EVA}', 'Eva', '{role}', 'en', {by}, {at}, {until}, '{role}')"
                ))
                .await;
        }
        Migrator::up(database, None).await.unwrap();
        let officers = disbursements::officers(&admin).await.unwrap().officers;
        let most = |id| officers.iter().find(|row| row.id == id).and_then(|row| row.most);
        assert_eq!(most(free.actor.user.unwrap()), Some(Money::usd(LARGEST_MINOR)));
        assert_eq!((most(limited), most(gone)), (Some(Money::usd(500)), None));
        let waiting: Vec<Role> =
            open(&admin, "").await.into_iter().filter(|row| row.needs_confirmation).map(|row| row.role).collect();
        assert_eq!(waiting, [Role::FinanceOfficer], "what the system sent, and what moves no money, does not wait");
    })
    .await;
}
