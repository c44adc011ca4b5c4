//! The people of an organisation, and inviting a signatory where there is none.

use backend::organisations::queries::OrganisationView;
use backend::users::{self, InvitationView, MemberView};
use domain::errors::AppError;
use domain::forms::Typed;
use domain::ids::OrganisationId;
use domain::roles::{Action, Role};
use domain::users::{INVITE_COLLEAGUE, UserState};
use leptos::prelude::*;

use crate::pages::account::colleagues_table;
use crate::pages::users::invitations_table;
use crate::ui::{FormState, form, form_fields, t};
use crate::web::{Done, Sent, Visit};

/// The form of an invitation, where nobody can sign and the visitor may invite somebody; it begins with what is known of
/// the contact person.
pub fn invitation(visit: &Visit, organisation: &OrganisationView, people: &[MemberView]) -> Option<FormState> {
    let signs = |person: &MemberView| person.role == Role::OrganisationSignatory && person.state == UserState::Active;
    if !visit.may(Action::InviteSignatories) || people.iter().any(signs) {
        return None;
    }
    let initial = Typed::default()
        .with("name", organisation.contact_name.as_str())
        .with("email", organisation.contact_email.as_str());
    Some(visit.form_state(&format!("/organisations/{}/invite", organisation.id), initial))
}

/// The people, and the form for those who may invite one.
pub fn part(
    id: OrganisationId,
    people: &[MemberView],
    open: &[InvitationView],
    invitation: Option<FormState>,
) -> AnyView {
    let (page, action) = (format!("/organisations/{id}"), format!("/organisations/{id}/invite"));
    let form = invitation.map(|state| {
        view! {
            <h3>{t("organisation-invite-title")}</h3>
            <p>{t("organisation-invite-lead")}</p>
            {form(&action, &page, view! {
                {form_fields(&INVITE_COLLEAGUE, &state, &[])}
                <div class="button-row"><button class="button button-primary">{t("invite-button")}</button></div>
            })}
        }
    });
    let open = invitations_table(open, &page);
    view! { <div class="stack">{colleagues_table(people, None)} {open} {form}</div> }.into_any()
}

/// `POST /organisations/{organisation}/invite`
pub async fn invite(visit: Visit, sent: Sent) -> Result<Done, AppError> {
    let id: OrganisationId = visit.id("organisation")?;
    users::invite_signatory(&visit.context, id, &sent.typed).await?;
    Ok(Done::to(format!("/organisations/{id}"), "done-invitation-proposed"))
}
