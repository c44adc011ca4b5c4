//! The mail that tells people of the Fund what waits for them.
#![allow(clippy::unwrap_used)]

use crate::support::accounts::{mails, visitor};
use crate::support::grants::on;
use crate::support::room::Room;
use crate::support::{World, decide, later, noon, on_both};
use backend::home;
use chrono::{DateTime, TimeDelta, Utc};
use domain::errors::AppError;
use domain::forms::Typed;
use domain::roles::Role;

/// Looks at an instant at what waits for everybody, and gives how many mails were queued.
async fn look(world: &World, now: DateTime<Utc>) -> usize {
    home::send_digests(&later(&world.system(), now)).await.unwrap()
}

/// An organisation's application arrives.
async fn submitted(world: &World) {
    let call = decide::call(world).await;
    let organisation = decide::organisation(world, "vetted").await;
    decide::application(world, call, organisation, "submitted", 1).await;
}

#[tokio::test]
async fn what_waits_is_told_at_most_once_a_working_day_and_when_it_is_not_the_same_as_before() {
    on_both(|world| async move {
        let officer = world.staff(Role::ProgrammeOfficer).await;
        world.staff(Role::Auditor).await;
        submitted(&world).await;
        // The first of June 2026 is a Monday.
        assert_eq!(look(&world, on("2026-06-01") - TimeDelta::minutes(7 * 60 + 1)).await, 0, "too early");
        assert_eq!(look(&world, on("2026-06-01") - TimeDelta::hours(7)).await, 1);
        let mail = mails(&world).await.pop().unwrap();
        let address =
            format!("SELECT COUNT(*) FROM users WHERE id = {} AND email = '{}'", officer.actor.user.unwrap(), mail.to);
        assert_eq!((mail.kind.as_str(), decide::number(&world, &address).await), ("what-waits", 1));
        let line = "1 application to screen\nhttp://localhost:3000/applications?filter=submitted\n";
        assert!(mail.text.contains(line) && !mail.text.contains("Safe return"), "{}", mail.text);
        submitted(&world).await;
        assert_eq!(look(&world, on("2026-06-01")).await, 0, "once a day");
        assert_eq!(look(&world, on("2026-06-02")).await, 1);
        assert!(mails(&world).await.pop().unwrap().text.contains("2 applications to screen"));
        assert_eq!(look(&world, on("2026-06-03")).await, 0, "nothing has changed");
        world.sql("UPDATE users SET language = 'fr'").await;
        submitted(&world).await;
        assert_eq!((look(&world, on("2026-06-06")).await, look(&world, on("2026-06-07")).await), (0, 0), "a weekend");
        assert_eq!(look(&world, on("2026-06-08")).await, 1);
        assert!(mails(&world).await.pop().unwrap().text.contains("3 demandes à examiner"));
        world.sql("UPDATE applications SET state = 'rejected'").await;
        assert_eq!(look(&world, on("2026-06-09")).await, 0, "nothing waits");
        world.sql("UPDATE applications SET state = 'submitted'").await;
        assert_eq!(look(&world, on("2026-06-10")).await, 1, "as many as before, and new");
        world.sql("UPDATE users SET state = 'disabled'").await;
        submitted(&world).await;
        assert_eq!(look(&world, on("2026-06-11")).await, 0);
        assert!(matches!(AppError::from(home::send_digests(&officer).await.unwrap_err()), AppError::Forbidden(_)));
    })
    .await;
}

#[tokio::test]
async fn each_person_is_told_what_waits_for_them_by_one_of_several_servers() {
    on_both(|world| async move {
        let room = Room::open(&world, 1, 2_500_000).await;
        submitted(&world).await;
        let looks: Vec<_> = (0..3)
            .map(|_| {
                let system = world.system();
                tokio::spawn(async move { home::send_digests(&system).await.unwrap() })
            })
            .collect();
        for look in looks {
            look.await.unwrap();
        }
        let mails: Vec<_> = mails(&world).await.into_iter().filter(|mail| mail.kind == "what-waits").collect();
        let vote = "1 application to vote on\nhttp://localhost:3000/board/";
        let votes = mails.iter().filter(|mail| mail.text.contains(vote)).count();
        assert_eq!((mails.len(), votes), (room.members.len() + 1, room.members.len()), "{}", world.kind);
    })
    .await;
}

#[tokio::test]
async fn who_does_not_want_the_mail_gets_none_until_they_want_it_again() {
    on_both(|world| async move {
        let officer = world.staff(Role::ProgrammeOfficer).await;
        let signatory = world.person(Role::OrganisationSignatory, None, None).await;
        submitted(&world).await;
        assert_eq!(home::wants_digest(&signatory).await.unwrap(), None);
        assert_eq!(home::wants_digest(&officer).await.unwrap(), Some(true));
        home::choose_digest(&officer, &Typed::default()).await.unwrap();
        assert_eq!((home::wants_digest(&officer).await.unwrap(), look(&world, noon()).await), (Some(false), 0));
        home::choose_digest(&officer, &Typed::default().with("wanted", "yes")).await.unwrap();
        assert_eq!((home::wants_digest(&officer).await.unwrap(), look(&world, noon()).await), (Some(true), 1));
        let nobody = AppError::from(home::wants_digest(&visitor(&world)).await.unwrap_err());
        assert_eq!(nobody, AppError::SignInNeeded);
    })
    .await;
}
