//! Donors: entering, changing, reading.
#![allow(clippy::unwrap_used)]

mod support;

use backend::donors::{self, queries};
use backend::page::PageRequest;
use domain::errors::AppError;
use domain::forms::Typed;
use domain::roles::Role;
use support::on_both;

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
