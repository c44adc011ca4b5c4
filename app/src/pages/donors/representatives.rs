//! Who represents a donor, and inviting somebody.

use backend::donors::queries::DonorView;
use backend::users::{self, InvitationView, MemberView};
use domain::errors::AppError;
use domain::forms::Typed;
use domain::ids::DonorId;
use domain::users::INVITE_COLLEAGUE;
use leptos::prelude::*;

use crate::pages::users::{address, invitations_table, state_tag};
use crate::ui::{FormState, column, form, form_fields, t, table};
use crate::web::{Done, Sent, Visit};

/// The form of an invitation; it begins with what is known of the donor's contact person.
pub fn invitation(visit: &Visit, id: DonorId, donor: &DonorView) -> FormState {
    let initial = Typed::default()
        .with("name", donor.contact_name.as_str())
        .with("email", donor.contact_email.as_str())
        .with("language", donor.language.as_str());
    visit.form_state(&format!("/donors/{id}/invite"), initial)
}

/// The people, and the form for those who may invite one.
pub fn part(id: DonorId, people: &[MemberView], open: &[InvitationView], invitation: Option<FormState>) -> AnyView {
    let page = format!("/donors/{id}");
    let list = match people.is_empty() {
        true => view! { <p class="empty">{t("donor-no-representatives")}</p> }.into_any(),
        false => people_table(people),
    };
    let action = format!("/donors/{id}/invite");
    let form = invitation.map(|state| {
        view! {
            <h3>{t("donor-invite-title")}</h3>
            <p>{t("donor-invite-lead")}</p>
            {form(&action, &page, view! {
                {form_fields(&INVITE_COLLEAGUE, &state, &[])}
                <div class="button-row"><button class="button button-primary">{t("invite-button")}</button></div>
            })}
        }
    });
    view! { <div class="stack">{list} {invitations_table(open, &page)} {form}</div> }.into_any()
}

fn people_table(people: &[MemberView]) -> AnyView {
    let heads = [column("user-name", false), column("user-email", false), column("user-state", false)];
    let rows = people
        .iter()
        .map(|person| vec![person.name.clone().into_any(), address(&person.email), state_tag(person.state)])
        .collect();
    table("donor-representatives", &heads, rows)
}

/// `POST /donors/{donor}/invite`
pub async fn invite(visit: Visit, sent: Sent) -> Result<Done, AppError> {
    let id: DonorId = visit.id("donor")?;
    users::invite_representative(&visit.context, id, &sent.typed).await?;
    Ok(Done::to(format!("/donors/{id}"), "done-invited"))
}
