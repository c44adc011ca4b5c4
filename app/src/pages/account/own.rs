//! The own account: details, language, mails, password, and the colleagues of an organisation.

use backend::home;
use backend::users::{self, queries};
use domain::errors::AppError;
use domain::forms::Typed;
use domain::ids::UserId;
use domain::roles::Action;
use domain::users::{CHANGE_PASSWORD, CHOOSE_LANGUAGE, DIGEST, INVITE_COLLEAGUE, is_freed};
use leptos::prelude::*;

use super::sign_in::cookies;
use super::submit;
use crate::pages::users::{address, invitations_table, manage_buttons, state_tag};
use crate::ui::{FormState, Page, column, definition, form, form_fields, page_head, section, summary, t, table};
use crate::web::{Done, Sent, Visit};

const INVITE: &str = "/account/invite";
const PASSWORD: &str = "/account/password";
const CHOOSE_DIGEST: &str = "/account/digest";

/// `/account`
pub async fn page(visit: Visit) -> Result<Page, AppError> {
    let own = queries::own(&visit.context).await?;
    let colleagues = match visit.actor().organisation {
        Some(id) => {
            let people = users::members(&visit.context, id).await?;
            Some((people, users::organisation_invitations(&visit.context, id).await?))
        }
        None => None,
    };
    let may_invite = visit.may(Action::InviteColleagues);
    let may_manage = visit.actor().user.filter(|_| visit.may(Action::ManageColleagues));
    let language = Typed::default().with("language", own.language.code()).with("next", "/account");
    let language = FormState::new(language);
    let digest = home::wants_digest(&visit.context).await?.map(|wanted| {
        let typed = Typed::default().with("wanted", if wanted { "yes" } else { "" });
        visit.form_state(CHOOSE_DIGEST, typed)
    });
    let password = visit.form_state(PASSWORD, Typed::default());
    let invite = visit.form_state(INVITE, Typed::default().with("language", visit.reader.language().code()));
    Ok(Page::new(visit.reader.text("account-title"), move || {
        let belongs = own.organisation.clone().map(|(id, name)| {
            definition("user-organisation", view! { <a href=format!("/organisations/{id}")>{name}</a> })
        });
        let represents = own
            .donor
            .clone()
            .map(|(id, name)| definition("user-donor", view! { <a href=format!("/donors/{id}")>{name}</a> }));
        let details = [
            definition("user-name", own.name.clone()),
            definition("user-email", own.email.clone()),
            definition("user-role", t(&own.role.label_key())),
        ];
        view! {
            {page_head(&t("account-title"), Some(t("account-lead")), ())}
            {summary(details.into_iter().chain(belongs).chain(represents).collect())}
            {section("account-language-title", form("/language", "/account", view! {
                {form_fields(&CHOOSE_LANGUAGE, &language, &[])} {submit("button-save")}
            }))}
            {digest.map(|digest| section("account-digest-title", form(CHOOSE_DIGEST, "/account", view! {
                {form_fields(&DIGEST, &digest, &[])} {submit("button-save")}
            })))}
            {section("account-password-title", view! {
                <p>{t("account-password-text")}</p>
                {form(PASSWORD, "/account", view! {
                    {form_fields(&CHANGE_PASSWORD, &password, &[])} {submit("set-password-button")}
                })}
                <p><a class="button button-secondary" href="/forgot">{t("account-password-link")}</a></p>
            })}
            {colleagues.map(|(people, invitations)| section("account-colleagues-title", view! {
                {may_manage.is_some().then(|| view! { <p>{t("account-colleagues-lead")}</p> })}
                {colleagues_table(&people, may_manage)}
                {invitations_table(&invitations, "/account")}
            }))}
            {may_invite.then(|| section("account-invite-title", view! {
                <p>{t("account-invite-lead")}</p>
                {form(INVITE, "/account", view! { {form_fields(&INVITE_COLLEAGUE, &invite, &[])} {submit("invite-button")} })}
            }))}
        }
        .into_any()
    }))
}

/// The people of an organisation; with buttons for the signatory whose page it is.
pub(crate) fn colleagues_table(people: &[users::MemberView], manager: Option<UserId>) -> AnyView {
    let mut heads = vec![
        column("user-name", false),
        column("user-email", false),
        column("user-role", false),
        column("user-state", false),
    ];
    heads.extend(manager.map(|_| column("user-actions-title", false)));
    let rows = people
        .iter()
        .map(|person| {
            let mut cells = vec![
                person.name.clone().into_any(),
                address(&person.email),
                t(&person.role.label_key()).into_any(),
                state_tag(person.state),
            ];
            cells.extend(manager.map(|own| match person.id == own || is_freed(&person.email) {
                true => ().into_any(),
                false => {
                    // Whoever presses them signs for the organisation.
                    let buttons = manage_buttons(person.id, person.role, person.state, false, "/account");
                    view! { <div class="button-row">{buttons}</div> }.into_any()
                }
            }));
            cells
        })
        .collect();
    table("account-colleagues-title", &heads, rows)
}

/// `POST /account/digest`
pub async fn choose_digest(visit: Visit, sent: Sent) -> Result<Done, AppError> {
    home::choose_digest(&visit.context, &sent.typed).await?;
    Ok(Done::to("/account", "done-saved"))
}

/// `POST /account/password`
pub async fn change_password(visit: Visit, sent: Sent) -> Result<Done, AppError> {
    let entered = users::change_password(&visit.context, &sent.typed, &visit.caller()).await?;
    Ok(Done { cookies: cookies(&visit, &entered), ..Done::to("/account", "done-password-changed") })
}

/// `POST /account/invite`
pub async fn invite_colleague(visit: Visit, sent: Sent) -> Result<Done, AppError> {
    users::invite_colleague(&visit.context, &sent.typed, &visit.address).await?;
    Ok(Done::to("/account", "done-invited"))
}
