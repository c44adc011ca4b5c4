//! Donors: entering, changing, reading.
#![allow(clippy::unwrap_used)]

use crate::support::accounts::{HOME, PASSWORD, acceptance, mails, token_in, try_password, visitor};
use crate::support::{noon, on_both};
use backend::donors::{self, queries};
use backend::page::PageRequest;
use backend::users;
use domain::errors::AppError;
use domain::forms::Typed;
use domain::ids::DonorId;
use domain::roles::Role;

fn norway() -> Typed {
    Typed::default()
        .with("name", "Norway")
        .with("kind", "member-state")
        .with("country", "NO")
        .with("contact_name", "Kari Nordmann")
        .with("contact_email", "Kari@Example.org")
        .with("language", "en")
}

#[tokio::test]
async fn a_donor_is_entered_found_by_name_and_audited() {
    on_both(|world| async move {
        let finance = world.staff(Role::FinanceOfficer).await;
        let id = donors::create(&finance, &norway()).await.unwrap();
        let request = PageRequest { search: "norW".to_owned(), ..PageRequest::default() };
        let page = queries::list(&finance, &request).await.unwrap();
        assert_eq!((page.total, page.rows[0].id), (1, id));
        assert_eq!(page.rows[0].contact_email, "kari@example.org");
        let mut other = norway();
        other.set("name", "République d’Élan");
        let other = donors::create(&finance, &other).await.unwrap();
        for search in ["élan", "ELAN", "D'ÉLAN", "republique"] {
            let request = PageRequest { search: search.to_owned(), ..PageRequest::default() };
            let page = queries::list(&finance, &request).await.unwrap();
            assert_eq!((page.total, page.rows[0].id), (1, other), "{}: {search}", world.kind);
        }
        let auditor = world.staff(Role::Auditor).await;
        let trail = backend::audit::of(&auditor, backend::audit::Kind::Donor, id.into()).await.unwrap().rows;
        assert_eq!(trail.len(), 1);
        assert!(trail[0].changes.iter().any(|(field, _, after)| field == "name" && after == "Norway"));
    })
    .await;
}

#[tokio::test]
async fn a_programme_officer_may_not_enter_a_donor() {
    on_both(|world| async move {
        let officer = world.staff(Role::ProgrammeOfficer).await;
        let error = AppError::from(donors::create(&officer, &norway()).await.unwrap_err());
        assert!(matches!(error, AppError::Forbidden(_)), "{error:?}");
    })
    .await;
}

#[tokio::test]
async fn a_representative_finds_no_other_donor() {
    on_both(|world| async move {
        let finance = world.staff(Role::FinanceOfficer).await;
        let own = donors::create(&finance, &norway()).await.unwrap();
        let other = donors::create(&finance, &norway()).await.unwrap();
        let representative = world.person(Role::DonorRepresentative, None, Some(own)).await;
        assert!(queries::get(&representative, own).await.is_ok());
        assert_eq!(AppError::from(queries::get(&representative, other).await.unwrap_err()), AppError::NotFound);
        assert_eq!(queries::list(&representative, &PageRequest::default()).await.unwrap().total, 1);
    })
    .await;
}

#[tokio::test]
async fn a_donor_that_finance_entered_gets_a_representative_who_signs_in_and_sees_that_donor_alone() {
    on_both(|world| async move {
        let finance = world.staff(Role::FinanceOfficer).await;
        let id = donors::create(&finance, &norway()).await.unwrap();
        let other = donors::create(&finance, &norway().with("name", "Another")).await.unwrap();
        let form = |email: &str| Typed::default().with("name", "Kari").with("email", email).with("language", "en");
        let invite = users::invite_representative;
        for role in Role::ALL.iter().filter(|role| !matches!(role, Role::Administrator | Role::FinanceOfficer)) {
            let person = world.person(*role, None, Some(id)).await;
            let refused = AppError::from(invite(&person, id, &form("kari@example.org")).await.unwrap_err());
            assert!(matches!(refused, AppError::Forbidden(_)), "{role}: {refused:?}");
        }
        let before = users::representatives(&finance, id).await.unwrap().len();
        let missing = AppError::from(invite(&finance, DonorId(999), &form("kari@example.org")).await.unwrap_err());
        assert_eq!(missing, AppError::NotFound);
        let person = invite(&finance, id, &form("kari@example.org")).await.unwrap();
        let first = token_in(&mails(&world).await.pop().unwrap(), "/invitation/");
        // The same address again: a new link, and the old one ends. Another donor's stands beside it.
        let admin = world.staff(Role::Administrator).await;
        assert_eq!(invite(&admin, id, &form("kari@example.org")).await.unwrap(), person);
        let visitor = visitor(&world);
        assert!(users::accept_invitation(&visitor, &acceptance(&first)).await.is_err());
        let second = token_in(&mails(&world).await.pop().unwrap(), "/invitation/");
        invite(&finance, other, &form("kari@example.org")).await.unwrap();
        assert_eq!(users::donor_invitations(&finance, other).await.unwrap().len(), 1);
        users::accept_invitation(&visitor, &acceptance(&second)).await.unwrap();
        let again = AppError::from(invite(&finance, id, &form("kari@example.org")).await.unwrap_err());
        assert_eq!(again, AppError::field("email", "error-member-already"), "who has accepted is not invited again");
        let session = try_password(&visitor, "kari@example.org", PASSWORD, HOME).await.unwrap();
        let actor = users::sessions::find(visitor.database(), &session, noon()).await.unwrap().unwrap().actor;
        assert_eq!((actor.role, actor.donor, actor.organisation), (Some(Role::DonorRepresentative), Some(id), None));
        let kari = world.at(actor, noon());
        assert_eq!(queries::get(&kari, id).await.unwrap().name, "Norway");
        assert_eq!(AppError::from(queries::get(&kari, other).await.unwrap_err()), AppError::NotFound);
        assert!(users::representatives(&kari, id).await.is_err());
        let people = users::representatives(&finance, id).await.unwrap();
        assert_eq!(people.len(), before + 1);
        let trail = backend::audit::of(&admin, backend::audit::Kind::Donor, id.into()).await.unwrap();
        assert_eq!(trail.rows.iter().filter(|row| row.action == "audit-donor-representative-invited").count(), 2);
    })
    .await;
}
