//! One organisation.

use backend::audit::Kind;
use backend::documents::{BankLetter, bank_letter};
use backend::organisations::queries::{self, OrganisationView};
use backend::organisations::{BankDetails, BankState, bank_details, bank_state};
use backend::users;
use domain::errors::AppError;
use domain::forms::Typed;
use domain::ids::OrganisationId;
use domain::organisations::BANK_VERIFICATION;
use domain::roles::{Action, Role};
use leptos::prelude::*;

use super::{members, vetting_tag};
use crate::ui::{
    FormState, Page, argument, audit_trail, contacts, count, date, definition, form, form_fields, instant, label,
    notice, page_head, section, status, summary, t, tw, usd,
};
use crate::web::Visit;

/// `/organisations/{organisation}`
pub async fn page(visit: Visit) -> Result<Page, AppError> {
    let id: OrganisationId = visit.id("organisation")?;
    of(visit, id).await
}

/// The page of one organisation.
pub async fn of(visit: Visit, id: OrganisationId) -> Result<Page, AppError> {
    let organisation = queries::get(&visit.context, id).await?;
    let state = bank_state(&visit.context, id).await?;
    let (details, letter) = match visit.may(Action::ReadBankDetails) {
        true => (bank_details(&visit.context, id).await?, bank_letter(&visit.context, id).await?),
        false => (None, None),
    };
    let own = visit.actor().role.is_some_and(Role::of_organisation);
    let people = match own || visit.may(Action::VetOrganisations) || visit.may(Action::ReadUsers) {
        true => {
            let people = users::members(&visit.context, id).await?;
            Some((people, users::organisation_invitations(&visit.context, id).await?))
        }
        false => None,
    };
    let invitation = people.as_ref().and_then(|(people, _)| members::invitation(&visit, &organisation, people));
    let trail = visit.trail(Kind::Organisation, id.into()).await?;
    let rights = Rights {
        edit: visit.may(Action::WriteOrganisations),
        bank: visit.may(Action::WriteBankDetails),
        vet: visit.may(Action::VetOrganisations),
        applications: visit.may(Action::ReadApplications),
    };
    let unverified = state.as_ref().is_some_and(|state| state.verified_at.is_none());
    let verification = details
        .as_ref()
        .filter(|details| details.may_verify && unverified)
        .map(|found| verification(&visit, id, found));
    let today = visit.context.today();
    let page = Page::new(organisation.legal_name.clone(), move || {
        let edit = rights.edit.then(|| link(id, "edit", "organisation-edit", "button-primary"));
        let incomplete = (!organisation.profile_complete).then(|| {
            notice(
                "warning",
                view! {
                    <p><strong>{t("organisation-incomplete")}</strong>" "{t("organisation-incomplete-text")}</p>
                },
            )
        });
        let townless = (organisation.profile_complete && organisation.address.town.is_empty()).then(|| {
            notice(
                "warning",
                view! {
                    <p><strong>{t("organisation-town-missing")}</strong>" "{t("organisation-town-missing-text")}</p>
                },
            )
        });
        view! {
            {page_head(&organisation.legal_name, Some(t(&organisation.kind.label_key())), edit)}
            {incomplete}
            {townless}
            {section("organisation-profile-title", profile(&organisation, rights.applications))}
            {section("organisation-vetting-title", vetting(&organisation, today, rights.vet))}
            {section("organisation-bank-title", bank(id, state, details, letter, verification, rights.bank))}
            {people.map(|(people, open)| {
                section("organisation-members-title", members::part(id, &people, &open, invitation))
            })}
            {trail.map(audit_trail)}
        }
        .into_any()
    });
    Ok(if own { page } else { page.under(visit.reader.text("organisations-title"), "/organisations") })
}

/// What the visitor may do here.
#[derive(Clone, Copy)]
struct Rights {
    edit: bool,
    bank: bool,
    vet: bool,
    applications: bool,
}

fn link(id: OrganisationId, part: &str, key: &str, class: &str) -> AnyView {
    view! { <a class=format!("button {class}") href=format!("/organisations/{id}/{part}")>{t(key)}</a> }.into_any()
}

fn profile(organisation: &OrganisationView, with_applications: bool) -> AnyView {
    let applications = with_applications.then(|| {
        let number = i64::try_from(organisation.applications).unwrap_or(i64::MAX);
        definition("organisation-applications", count(number))
    });
    let mut rows = vec![definition("organisation-country", label("country", &organisation.country))];
    if organisation.profile_complete {
        rows.extend([
            definition("organisation-registration_number", organisation.registration_number.clone()),
            definition("organisation-registration_date", organisation.registration_date.map(date)),
            definition("organisation-yearly_income", usd(organisation.yearly_income_usd_minor)),
            definition("organisation-address", address(organisation)),
        ]);
    }
    rows.extend([
        definition("organisation-contact_name", organisation.contact_name.clone()),
        definition("organisation-contact_email", organisation.contact_email.clone()),
        definition("organisation-contact_phone", organisation.contact_phone.clone()),
    ]);
    rows.extend(contacts("organisation-contacts", &organisation.other_contacts));
    if organisation.profile_complete {
        rows.push(definition("organisation-experience", lines(&organisation.experience)));
    }
    rows.extend(applications);
    summary(rows)
}

/// The address in its parts; as the text that it was before, where nobody has entered the parts.
fn address(organisation: &OrganisationView) -> AnyView {
    match organisation.address.town.is_empty() {
        true => lines(&organisation.address_text),
        false => lines(&organisation.address.lines().join("\n")),
    }
}

/// A text of several lines.
fn lines(text: &str) -> AnyView {
    let lines: Vec<AnyView> = text
        .lines()
        .filter(|line| !line.trim().is_empty())
        .map(|line| view! { <p>{line.to_owned()}</p> }.into_any())
        .collect();
    lines.into_any()
}

fn vetting(organisation: &OrganisationView, today: chrono::NaiveDate, may_vet: bool) -> AnyView {
    let until = organisation.vetting.valid_until.map(|day| definition("vetting-valid_until", date(day)));
    let reason = (!organisation.vetting_reason.is_empty())
        .then(|| definition("vetting-reason", lines(&organisation.vetting_reason)));
    let rows = [definition("vetting-status", vetting_tag(&organisation.vetting, today))]
        .into_iter()
        .chain(until)
        .chain(reason);
    let changed = organisation.vetted_as.as_ref().map(|known| {
        let arguments = [
            ("name", argument(known.legal_name.as_str())),
            ("country", argument(label("country", &known.country))),
            ("number", argument(known.registration_number.as_str())),
        ];
        notice("warning", view! { <p>{tw("vetting-anew", &arguments)}</p> })
    });
    view! {
        {changed}
        {summary(rows.collect())}
        {may_vet.then(|| view! { <p>{link(organisation.id, "vetting", "vetting-edit", "button-secondary")}</p> })}
    }
    .into_any()
}

/// The second person's form.
fn verification(visit: &Visit, id: OrganisationId, details: &BankDetails) -> (String, FormState) {
    let action = format!("/organisations/{id}/bank/verify");
    let state = visit.form_state(&action, Typed::default().with("seen", details.updated_at.to_rfc3339()));
    (action, state)
}

fn bank(
    id: OrganisationId,
    state: Option<BankState>,
    details: Option<BankDetails>,
    letter: Option<BankLetter>,
    verification: Option<(String, FormState)>,
    may_write: bool,
) -> AnyView {
    let verified = state.as_ref().map(verified_view);
    let said = match (&state, details) {
        (_, Some(details)) => summary(vec![
            definition("bank-account_holder", details.account_holder),
            definition("bank-order_name", details.order_name),
            definition("bank-bank_name", details.bank_name),
            definition("bank-bank_country", label("country", &details.bank_country)),
            definition("bank-account_number", details.account_number),
            definition("bank-bic", details.bic),
        ]),
        (Some(BankState { ending: Some(ending), updated_at, .. }), None) => {
            let arguments = [("ending", argument(ending.as_str())), ("at", argument(*updated_at))];
            view! { <p>{tw("bank-entered-ending", &arguments)}</p> }.into_any()
        }
        (Some(BankState { ending: None, updated_at, .. }), None) => {
            let at = instant(*updated_at);
            view! { <p>{tw("bank-entered", &[("at", argument(at))])}</p> }.into_any()
        }
        (None, None) => view! { <p class="empty">{t("bank-missing")}</p> }.into_any(),
    };
    let verification = verification.map(|(action, state)| {
        let back = format!("/organisations/{id}");
        view! {
            <h3>{t("bank-verify-title")}</h3>
            <p>{t("bank-verify-lead")}</p>
            {form(&action, &back, view! {
                {form_fields(&BANK_VERIFICATION, &state, &[])}
                <div class="button-row"><button class="button button-primary">{t("bank-verify-button")}</button></div>
            })}
        }
    });
    view! {
        <div class="stack">
            {said}
            {letter.map(letter_view)}
            {verified}
            {verification}
            {may_write.then(|| view! { <p>{link(id, "bank", "bank-edit", "button-secondary")}</p> })}
        </div>
    }
    .into_any()
}

/// The bank's letter, for those who compare it with the details.
fn letter_view(letter: BankLetter) -> AnyView {
    let uploaded = tw("bank-letter-uploaded", &[("at", argument(letter.uploaded_at))]);
    view! { <p>{t("bank-letter")}" "<a href=format!("/documents/{}", letter.id)>{letter.file_name}</a>" "{uploaded}</p> }
        .into_any()
}

/// Whether a second person has verified the details, and for the Fund's people who and how.
fn verified_view(state: &BankState) -> AnyView {
    let Some(at) = state.verified_at else {
        return notice("warning", view! { <p>{t("bank-unverified")}</p> });
    };
    let text = match &state.verified_by {
        Some((name, note)) => {
            let arguments =
                [("at", argument(at)), ("name", argument(name.as_str())), ("note", argument(note.as_str()))];
            tw("bank-verified-by", &arguments)
        }
        None => tw("bank-verified", &[("at", argument(at))]),
    };
    view! { <p>{status("bank-verified-tag", "good")}" "{text}</p> }.into_any()
}
