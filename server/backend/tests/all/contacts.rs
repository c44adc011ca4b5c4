//! Further contacts of donors and organisations. On every database.
#![allow(clippy::unwrap_used)]

use crate::support::money::donor;
use crate::support::on_both;
use backend::{donors, organisations};
use domain::contacts::{Contact, contacts, fill};
use domain::donors::DONOR;
use domain::errors::AppError;
use domain::forms::Typed;
use domain::roles::Role;

fn people() -> Vec<Contact> {
    let contact = |name: &str, email: &str| Contact {
        name: name.to_owned(),
        position: "Treasurer".to_owned(),
        email: email.to_owned(),
        phone: String::new(),
    };
    vec![contact("Ola Nordmann", "ola@example.org"), contact("Kari Nordmann", "")]
}

#[tokio::test]
async fn further_contacts_are_kept_changed_and_left_out_again() {
    on_both(|world| async move {
        let finance = world.staff(Role::FinanceOfficer).await;
        let mut typed = donor();
        fill(&mut typed, &people());
        let id = donors::create(&finance, &typed).await.unwrap();
        assert_eq!(donors::queries::get(&finance, id).await.unwrap().other_contacts, people());
        donors::update(&finance, id, &donor()).await.unwrap();
        assert_eq!(donors::queries::get(&finance, id).await.unwrap().other_contacts, []);
        let mut wrong = typed.clone();
        wrong.set("contacts.1.email", "nonsense");
        wrong.set("contacts.0.name", "");
        let AppError::Invalid(errors) = AppError::from(donors::update(&finance, id, &wrong).await.unwrap_err()) else {
            panic!("wrong rows are entered");
        };
        assert!(errors.of("contacts.1.email").is_some() && errors.of("contacts.0.name").is_some(), "{errors:?}");

        let system = world.system();
        let organisation = organisations::enter(&system, "Himalaya Return", "NP").await.unwrap();
        let member = world.person(Role::OrganisationSignatory, Some(organisation), None).await;
        let mut profile = Typed::default()
            .with("legal_name", "Himalaya Return")
            .with("country", "NP")
            .with("registration_number", "7")
            .with("registration_date", "2015-01-01")
            .with("kind", "ngo")
            .with("yearly_income", "1000")
            .with("town", "Kathmandu")
            .with("contact_name", "Asha")
            .with("contact_email", "asha@example.org")
            .with("experience", "Ten years");
        fill(&mut profile, &people());
        organisations::update(&member, organisation, &profile).await.unwrap();
        let view = organisations::queries::get(&member, organisation).await.unwrap();
        assert_eq!(view.other_contacts, people());
    })
    .await;
}

#[test]
fn contacts_go_into_a_form_and_come_out_of_it_alike() {
    let mut typed = donor();
    fill(&mut typed, &people());
    assert_eq!(contacts(&DONOR.read(&typed).unwrap()), people());
    assert_eq!(people()[0].details(), "Treasurer · ola@example.org");
}
