//! Invitations that nobody has accepted yet: all of them for those who look after accounts, those that wait to be confirmed
//! for those who may, and the table of them for the pages of those who sent them.

use backend::users::{self, INVITATIONS_TO_CONFIRM, InvitationView, Place};
use domain::errors::AppError;
use domain::ids::InvitationId;
use domain::roles::Action;
use leptos::prelude::*;

use crate::ui::{Choice, Page, button_form, column, filters, instant, page_head, pager, status, t, table};
use crate::web::{Done, Sent, Visit, is_local};

const PATH: &str = "/users/invitations";

/// `/users/invitations`
pub async fn page(visit: Visit) -> Result<Page, AppError> {
    let request = visit.page_request();
    let found = users::invitations(&visit.context, &request).await?;
    let (may_invite, may_confirm) = (visit.may(Action::ManageUsers), visit.may(Action::ConfirmInvitations));
    let page = Page::new(visit.reader.text("invitations-title"), move || {
        let waiting = Choice::new(INVITATIONS_TO_CONFIRM, t("invitations-to-confirm"));
        view! {
            {page_head(&t("invitations-title"), Some(t("invitations-lead")), may_invite.then(|| view! {
                <a class="button button-primary" href="/users/invite">{t("users-invite")}</a>
            }))}
            {may_confirm.then(|| view! { <p>{t("invitations-confirm-lead")}</p> })}
            {filters(PATH, &request, Some(("invitations-filter", vec![waiting])))}
            {rows(&found.rows, PATH, true)}
            {pager(PATH, &request, &found)}
        }
        .into_any()
    })
    .wide();
    Ok(match visit.may(Action::ReadUsers) {
        true => page.under(visit.reader.text("users-title"), "/users"),
        false => page,
    })
}

/// The open invitations of one organisation or donor, with their buttons; nothing where there are none.
pub fn invitations_table(invitations: &[InvitationView], back: &str) -> Option<AnyView> {
    (!invitations.is_empty()).then(|| {
        view! { <h3>{t("invitations-title")}</h3> <p>{t("invitations-part-lead")}</p> {rows(invitations, back, false)} }
            .into_any()
    })
}

fn rows(invitations: &[InvitationView], back: &str, everywhere: bool) -> AnyView {
    let mut heads = vec![column("user-name", false), column("user-email", false), column("user-role", false)];
    heads.extend(everywhere.then(|| column("invitation-place", false)));
    heads.extend([
        column("invitation-inviter", false),
        column("invitation-until", false),
        column("user-actions-title", false),
    ]);
    let rows = invitations.iter().map(|invitation| cells(invitation, back, everywhere)).collect();
    table("invitations-title", &heads, rows)
}

fn cells(invitation: &InvitationView, back: &str, everywhere: bool) -> Vec<AnyView> {
    let mut cells = vec![
        invitation.name.clone().into_any(),
        invitation.email.clone().into_any(),
        t(&invitation.role.label_key()).into_any(),
    ];
    cells.extend(everywhere.then(|| place(invitation)));
    let inviter = match invitation.inviter.is_empty() {
        true => t("invitation-by-system"),
        false => invitation.inviter.clone(),
    };
    let button = |verb: &str, key: &str, class: &str| {
        button_form(&format!("/invitations/{}/{verb}", invitation.id), back, key, class, &[])
    };
    let (managed, waits) = (invitation.is_managed, invitation.needs_confirmation);
    let buttons = view! {
        <div class="button-row">
            {invitation.may_confirm.then(|| button("confirm", "invitation-confirm", "button-primary button-small"))}
            {(managed && !waits).then(|| button("again", "invitation-again", "button-secondary button-small"))}
            {managed.then(|| button("take-back", "invitation-take-back", "button-quiet button-small"))}
        </div>
    };
    let until = match waits {
        true => status("invitation-waits", "warning"),
        false => instant(invitation.expires_at).into_any(),
    };
    cells.extend([inviter.into_any(), until, buttons.into_any()]);
    cells
}

/// Where an invitation leads to.
pub fn place(invitation: &InvitationView) -> AnyView {
    let of = invitation.of.clone();
    match invitation.place {
        Place::Fund => t("site-name").into_any(),
        Place::Organisation(id) => view! { <a href=format!("/organisations/{id}")>{of}</a> }.into_any(),
        Place::Donor(id) => view! { <a href=format!("/donors/{id}")>{of}</a> }.into_any(),
    }
}

/// `POST /invitations/{invitation}/again`
pub async fn again(visit: Visit, sent: Sent) -> Result<Done, AppError> {
    let id: InvitationId = visit.id("invitation")?;
    users::send_again(&visit.context, id).await?;
    Ok(Done::to(back_of(&visit, &sent), "done-invited"))
}

/// `POST /invitations/{invitation}/confirm`
pub async fn confirm(visit: Visit, sent: Sent) -> Result<Done, AppError> {
    let id: InvitationId = visit.id("invitation")?;
    users::confirm_invitation(&visit.context, id).await?;
    Ok(Done::to(back_of(&visit, &sent), "done-invited"))
}

/// `POST /invitations/{invitation}/take-back`
pub async fn take_back(visit: Visit, sent: Sent) -> Result<Done, AppError> {
    let id: InvitationId = visit.id("invitation")?;
    users::take_back(&visit.context, id).await?;
    Ok(Done::to(back_of(&visit, &sent), "done-invitation-taken-back"))
}

/// The page whose button was pressed, if it is one of this site.
fn back_of(visit: &Visit, sent: &Sent) -> String {
    let back = sent.typed.get("back");
    match is_local(back) && back.len() <= 200 {
        true => back.to_owned(),
        false if visit.may(Action::ReadInvitations) => PATH.to_owned(),
        false => "/account".to_owned(),
    }
}
