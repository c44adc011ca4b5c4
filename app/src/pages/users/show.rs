//! One account.

use backend::audit::Kind;
use backend::users;
use backend::users::queries::{self, UserView};
use domain::errors::AppError;
use domain::forms::Typed;
use domain::ids::UserId;
use domain::roles::Action;
use domain::users::{UserState, is_freed};
use leptos::prelude::*;

use super::ties::{record_path, ties_section};
use super::{address, manage_buttons, state_tag};
use crate::ui::{Page, audit_trail, button_form, definition, instant, page_head, section, summary, t};
use crate::web::Visit;

/// `/users/{user}`
pub async fn page(visit: Visit) -> Result<Page, AppError> {
    let id: UserId = visit.id("user")?;
    let user = queries::get(&visit.context, id).await?;
    let trail = visit.trail(Kind::User, id.into()).await?;
    let ties = match user.role.is_staff() {
        true => Some(users::ties(&visit.context, id).await?),
        false => None,
    };
    let today = visit.context.today().to_string();
    let tie = visit.form_state(&record_path(id), Typed::default().with("since", today));
    let may_record = visit.may(Action::ManageUsers);
    let may_manage = visit.may(Action::ManageUsers) && visit.actor().user != Some(id);
    let takes_two = user.state == UserState::Disabled && users::opening_takes_two(&visit.context, id).await?;
    Ok(Page::new(user.name.clone(), move || {
        view! {
            {page_head(&user.name, Some(t(&user.role.label_key())), state_tag(user.state))}
            {details(&user)}
            {may_manage.then(|| actions(&user, takes_two))}
            {ties.map(|ties| ties_section(id, &ties, may_record.then_some(&tie)))}
            {trail.map(audit_trail)}
        }
        .into_any()
    })
    .under(visit.reader.text("users-title"), "/users"))
}

fn details(user: &UserView) -> AnyView {
    let organisation = user
        .organisation
        .clone()
        .map(|(id, name)| definition("user-organisation", view! { <a href=format!("/organisations/{id}")>{name}</a> }));
    let donor = user
        .donor
        .clone()
        .map(|(id, name)| definition("user-donor", view! { <a href=format!("/donors/{id}")>{name}</a> }));
    let always = [
        definition("user-email", address(&user.email)),
        definition("user-language", t(&user.language.label_key())),
        definition("user-created", instant(user.created_at)),
    ];
    summary(always.into_iter().chain(organisation).chain(donor).collect())
}

fn actions(user: &UserView, takes_two: bool) -> AnyView {
    let back = format!("/users/{}", user.id);
    let freed = is_freed(&user.email);
    let manage = (!freed).then(|| manage_buttons(user.id, user.role, user.state, takes_two, &back));
    let free = (user.state == UserState::Disabled && !user.role.is_staff() && !freed).then(|| {
        view! {
            <p class="hint">{t("user-free-address-hint")}</p>
            {button_form(&format!("{back}/free-address"), &back, "user-free-address", "button-danger", &[])}
        }
    });
    let hint = match (freed, takes_two) {
        (true, _) => "user-address-freed-hint",
        (false, true) => "user-enable-propose-hint",
        (false, false) => "user-disable-hint",
    };
    section("user-actions-title", view! { <div class="stack"><p class="hint">{t(hint)}</p> {manage} {free}</div> })
}
