//! Organisations: profile, bank details, vetting, and what others may see of them.
#![allow(clippy::unwrap_used)]

use crate::support::accounts::{mails, organisation_form, register_and_confirm, visitor};
use crate::support::{World, noon, on_both};
use backend::organisations::{bank_details, bank_state, queries, update, vet, write_bank_details};
use backend::page::PageRequest;
use backend::{Context, audit, users};
use chrono::NaiveDate;
use domain::errors::AppError;
use domain::forms::Typed;
use domain::ids::OrganisationId;
use domain::organisations::{Vetting, VettingStatus};
use domain::roles::Role;

const IBAN: &str = "GB82 WEST 1234 5698 7654 32";

/// A registered organisation and its signatory.
async fn registered(world: &World, email: &str) -> (Context, OrganisationId) {
    users::register_organisation(&visitor(world), &organisation_form(email), "192.0.2.1").await.unwrap();
    let actor = register_and_confirm(world, email).await;
    let organisation = actor.organisation.unwrap();
    (world.at(actor, noon()), organisation)
}

fn profile() -> Typed {
    Typed::default()
        .with("legal_name", "Casa Aurora")
        .with("country", "BR")
        .with("registration_number", "BR-4711")
        .with("registration_date", "2015-05-04")
        .with("kind", "ngo")
        .with("yearly_income", "120,000.50")
        .with("street", "Rua da Paz")
        .with("building_number", "1")
        .with("post_code", "01000-000")
        .with("town", "São Paulo")
        .with("contact_name", "Maria Silva")
        .with("contact_email", "maria@example.org")
        .with("experience", "Shelter and counselling since 2015.")
}

fn bank() -> Typed {
    Typed::default()
        .with("account_holder", "Casa Aurora")
        .with("bank_name", "Westbank")
        .with("bank_country", "GB")
        .with("account_number", IBAN)
        .with("bic", "westgb2l")
}

fn vetted_until(day: &str) -> Typed {
    Typed::default().with("status", "vetted").with("valid_until", day).with("reason", "Documents checked.")
}

fn errors_of(error: backend::Error) -> Vec<String> {
    match AppError::from(error) {
        AppError::Invalid(errors) => {
            errors.0.into_iter().map(|error| format!("{}:{}", error.field, error.message.key)).collect()
        }
        other => vec![format!("{other:?}")],
    }
}

#[tokio::test]
async fn a_member_fills_in_the_profile_and_the_change_is_audited() {
    on_both(|world| async move {
        let (signatory, id) = registered(&world, "ngo@example.org").await;
        update(&signatory, id, &profile().with("version", "1")).await.unwrap();
        let view = queries::get(&signatory, id).await.unwrap();
        assert_eq!((view.profile_complete, view.yearly_income_usd_minor, view.version), (true, 12_000_050, 2));
        let stale = AppError::from(update(&signatory, id, &profile().with("version", "1")).await.unwrap_err());
        assert!(matches!(stale, AppError::Conflict(_)), "{stale:?}");
        let auditor = world.staff(Role::Auditor).await;
        let trail = audit::of(&auditor, audit::Kind::Organisation, id.into()).await.unwrap().rows;
        let actions: Vec<&str> = trail.iter().map(|row| row.action.as_str()).collect();
        assert_eq!(actions, ["audit-organisation-updated", "audit-organisation-registered"]);
    })
    .await;
}

#[tokio::test]
async fn an_organisation_cannot_have_been_registered_in_the_future() {
    on_both(|world| async move {
        let (signatory, id) = registered(&world, "ngo@example.org").await;
        let mut typed = profile();
        typed.set("registration_date", "2026-06-02");
        typed.set("yearly_income", "-1");
        let errors = errors_of(update(&signatory, id, &typed).await.unwrap_err());
        assert!(errors.contains(&"registration_date:error-registration-date-future".to_owned()), "{errors:?}");
        assert_eq!(errors.len(), 2, "all errors at once: {errors:?}");
        assert!(!queries::get(&signatory, id).await.unwrap().profile_complete);
    })
    .await;
}

#[tokio::test]
async fn nobody_finds_or_changes_another_organisation() {
    on_both(|world| async move {
        let (own, own_id) = registered(&world, "one@example.org").await;
        let (_, other) = registered(&world, "other@example.org").await;
        let not_found = |error: backend::Error| assert_eq!(AppError::from(error), AppError::NotFound);
        not_found(queries::get(&own, other).await.unwrap_err());
        not_found(update(&own, other, &profile()).await.unwrap_err());
        not_found(write_bank_details(&own, other, &bank()).await.unwrap_err());
        not_found(bank_state(&own, other).await.unwrap_err());
        let list = queries::list(&own, &PageRequest::default()).await.unwrap();
        assert_eq!(list.rows.iter().map(|row| row.id).collect::<Vec<_>>(), [own_id]);
        let officer = world.staff(Role::ProgrammeOfficer).await;
        assert!(matches!(
            AppError::from(update(&officer, own_id, &profile()).await.unwrap_err()),
            AppError::Forbidden(_)
        ));
    })
    .await;
}

#[tokio::test]
async fn bank_details_are_written_by_the_signatory_and_read_by_those_who_pay() {
    on_both(|world| async move {
        let (signatory, id) = registered(&world, "ngo@example.org").await;
        assert_eq!(bank_state(&signatory, id).await.unwrap(), None);
        let mut nepali = bank();
        nepali.set("account_holder", "आश्रय नेपाल");
        let errors = errors_of(write_bank_details(&signatory, id, &nepali).await.unwrap_err());
        assert_eq!(errors, ["holder_latin:error-holder-latin"]);
        nepali.set("holder_latin", "Ashraya Nepal");
        write_bank_details(&signatory, id, &nepali).await.unwrap();
        let finance = world.staff(Role::FinanceOfficer).await;
        let known = bank_details(&finance, id).await.unwrap().unwrap();
        assert_eq!((known.account_holder.as_str(), known.order_name.as_deref()), ("आश्रय नेपाल", Some("Ashraya Nepal")));
        for (town, error) in [("", "town:error-required"), ("काठमाडौं", "town:error-latin")] {
            let mut typed = profile();
            typed.set("town", town);
            assert_eq!(errors_of(update(&signatory, id, &typed).await.unwrap_err()), [error]);
        }
        write_bank_details(&signatory, id, &bank()).await.unwrap();
        let told = mails(&world).await.pop().unwrap();
        assert_eq!((told.kind.as_str(), told.to.as_str()), ("bank-details-changed", "ngo@example.org"));
        assert!(told.text.contains("5432") && !told.text.contains("GB82"), "{}", told.text);
        for role in Role::ALL.iter().filter(|role| !role.of_organisation() && **role != Role::DonorRepresentative) {
            let reader = world.staff(*role).await;
            let read = bank_details(&reader, id).await;
            let pays = matches!(role, Role::FinanceOfficer | Role::CertifyingOfficer | Role::ApprovingOfficer);
            assert_eq!(read.is_ok(), pays, "{role}");
            if pays {
                let details = read.unwrap().unwrap();
                assert_eq!(
                    (details.account_number.as_str(), details.bic.as_str()),
                    ("GB82WEST12345698765432", "WESTGB2L")
                );
            }
            assert_eq!(bank_state(&reader, id).await.unwrap().unwrap().ending, None, "{role}");
        }
        assert!(bank_details(&signatory, id).await.is_err());
        assert_eq!(bank_state(&signatory, id).await.unwrap().unwrap().ending.as_deref(), Some("5432"));
        let editor = world.person(Role::OrganisationEditor, Some(id), None).await;
        let refused = AppError::from(write_bank_details(&editor, id, &bank()).await.unwrap_err());
        assert!(matches!(refused, AppError::Forbidden(_)), "{refused:?}");
    })
    .await;
}

#[tokio::test]
async fn the_audit_trail_tells_of_new_bank_details_without_the_account_number() {
    on_both(|world| async move {
        let (signatory, id) = registered(&world, "ngo@example.org").await;
        write_bank_details(&signatory, id, &bank()).await.unwrap();
        let mut changed = bank();
        changed.set("account_number", "000111222333");
        write_bank_details(&signatory, id, &changed).await.unwrap();
        let auditor = world.staff(Role::Auditor).await;
        let trail = audit::of(&auditor, audit::Kind::Organisation, id.into()).await.unwrap().rows;
        assert_eq!(trail[0].changes, [("account_number".to_owned(), "…5432".to_owned(), "…2333".to_owned())]);
        let text = format!("{trail:?}");
        assert!(!text.contains("12345698765432") && !text.contains("000111222333"), "{text}");
    })
    .await;
}

#[tokio::test]
async fn a_slip_in_bank_details_is_noticed() {
    on_both(|world| async move {
        let (signatory, id) = registered(&world, "ngo@example.org").await;
        for (field, value, error) in [
            ("account_number", "GB82 WEST 1234 5698 7654 23", "error-iban"),
            ("account_number", "123", "error-account-number"),
            ("account_number", "<script>", "error-account-number"),
            ("bic", "WEST", "error-bic"),
            ("bic", "12345678", "error-bic"),
            ("bic", "XXXXXXXX", "error-bic"),
            ("bic", "BKAUATWW", "error-bic-country"),
            ("account_number", "AT61 1904 3002 3457 3201", "error-iban-country"),
            ("holder_latin", "आश्रय नेपाल", "error-holder-latin"),
        ] {
            let mut typed = bank();
            typed.set(field, value);
            let errors = errors_of(write_bank_details(&signatory, id, &typed).await.unwrap_err());
            assert_eq!(errors, [format!("{field}:{error}")], "{value}");
        }
        assert_eq!(bank_state(&signatory, id).await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn a_programme_officer_vets_until_a_day_and_then_it_lapses() {
    on_both(|world| async move {
        let (signatory, id) = registered(&world, "ngo@example.org").await;
        let officer = world.staff(Role::ProgrammeOfficer).await;
        let early = AppError::from(vet(&officer, id, &vetted_until("2027-06-01")).await.unwrap_err());
        assert_eq!(early, AppError::refused("refused-vetting-profile"), "there is no profile to vet yet");
        update(&signatory, id, &profile()).await.unwrap();
        vet(&officer, id, &vetted_until("2027-06-01")).await.unwrap();
        let vetting = queries::vetting(officer.database(), id).await.unwrap();
        let until = NaiveDate::from_ymd_opt(2027, 6, 1).unwrap();
        assert_eq!(vetting, Vetting { status: VettingStatus::Vetted, valid_until: Some(until) });
        assert!(vetting.holds_on(until) && !vetting.holds_on(until.succ_opt().unwrap()));
        let refused =
            Typed::default().with("status", "refused").with("valid_until", "2027-06-01").with("reason", "No.");
        vet(&officer, id, &refused).await.unwrap();
        let vetting = queries::vetting(officer.database(), id).await.unwrap();
        assert_eq!(vetting, Vetting { status: VettingStatus::Refused, valid_until: None });
        for stranger in [signatory, world.staff(Role::Administrator).await] {
            assert!(vet(&stranger, id, &vetted_until("2027-06-01")).await.is_err());
        }
        let unknown = queries::vetting(officer.database(), OrganisationId(999)).await.unwrap_err();
        assert_eq!(AppError::from(unknown), AppError::NotFound);
    })
    .await;
}

#[tokio::test]
async fn a_vetting_needs_a_day_that_is_still_to_come() {
    on_both(|world| async move {
        let (signatory, id) = registered(&world, "ngo@example.org").await;
        update(&signatory, id, &profile()).await.unwrap();
        let officer = world.staff(Role::ProgrammeOfficer).await;
        let errors = errors_of(vet(&officer, id, &vetted_until("")).await.unwrap_err());
        assert_eq!(errors, ["valid_until:error-vetting-valid-until"]);
        let errors = errors_of(vet(&officer, id, &vetted_until("2026-05-31")).await.unwrap_err());
        assert_eq!(errors, ["valid_until:error-vetting-past"]);
        vet(&officer, id, &vetted_until("2026-06-01")).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn organisations_are_found_by_name_and_number_and_filtered_by_vetting() {
    on_both(|world| async move {
        let (signatory, id) = registered(&world, "one@example.org").await;
        registered(&world, "other@example.org").await;
        update(&signatory, id, &profile()).await.unwrap();
        let officer = world.staff(Role::ProgrammeOfficer).await;
        vet(&officer, id, &vetted_until("2027-06-01")).await.unwrap();
        let total = |search: &str, filter: &str| {
            let request =
                PageRequest { search: search.to_owned(), filter: filter.to_owned(), ..PageRequest::default() };
            let officer = officer.clone();
            async move { queries::list(&officer, &request).await.unwrap().total }
        };
        assert_eq!(total("aurORA", "").await, 2);
        assert_eq!(total("br-47", "").await, 1);
        assert_eq!(total("", "vetted").await, 1);
        assert_eq!(total("", "refused").await, 0);
        assert_eq!(total("%", "").await, 0, "a sign of the search language is an ordinary character");
    })
    .await;
}

#[tokio::test]
async fn who_becomes_somebody_else_is_vetted_anew_before_anything_is_awarded_or_paid() {
    on_both(|world| async move {
        let (signatory, id) = registered(&world, "ngo@example.org").await;
        let officer = world.staff(Role::ProgrammeOfficer).await;
        let auditor = world.staff(Role::Auditor).await;
        assert!(!update(&signatory, id, &profile()).await.unwrap(), "nobody had vetted it");
        let to_vet = PageRequest { filter: queries::TO_VET.to_owned(), ..PageRequest::default() };
        let same = profile().with("contact_phone", "+55 11 4711");
        for (field, value) in [("legal_name", "Casa Nova"), ("country", "PY"), ("registration_number", "PY-1")] {
            vet(&officer, id, &vetted_until("2027-06-30")).await.unwrap();
            assert_eq!(queries::get(&officer, id).await.unwrap().vetted_as, None);
            assert_eq!(queries::list(&officer, &to_vet).await.unwrap().total, 0);
            update(&signatory, id, &profile()).await.unwrap();
            vet(&officer, id, &vetted_until("2027-06-30")).await.unwrap();
            assert!(!update(&signatory, id, &same).await.unwrap(), "a telephone number is no identity");
            assert!(queries::get(&officer, id).await.unwrap().vetting.holds_on(noon().date_naive()));

            let mut other = profile();
            other.set(field, value);
            assert!(update(&signatory, id, &other).await.unwrap(), "{field}");
            let view = queries::get(&officer, id).await.unwrap();
            assert_eq!((view.vetting.status, view.vetting.valid_until), (VettingStatus::InProgress, None), "{field}");
            assert!(!view.vetting.holds_on(noon().date_naive()));
            assert_eq!(view.vetted_as.unwrap().legal_name, "Casa Aurora");
            assert_eq!(queries::list(&officer, &to_vet).await.unwrap().total, 1, "{field}");
            let trail = audit::of(&auditor, audit::Kind::Organisation, id.into()).await.unwrap().rows;
            assert_eq!(trail[0].action, "audit-organisation-identity-changed", "{field}");
        }
        let refused = Typed::default().with("status", "refused").with("reason", "Not registered");
        vet(&officer, id, &refused).await.unwrap();
        assert!(!update(&signatory, id, &profile()).await.unwrap());
        let view = queries::get(&officer, id).await.unwrap();
        assert_eq!(view.vetting.status, VettingStatus::Refused, "a refusal is not shaken off by a new name");
    })
    .await;
}
