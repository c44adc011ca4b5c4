//! The list of people.

use backend::users::queries;
use domain::errors::AppError;
use domain::roles::{Action, Role};
use leptos::prelude::*;

use super::{address, state_tag};
use crate::ui::{Choice, Page, column, filters, page_head, pager, sort_link, t, table};
use crate::web::Visit;

/// `/users`
pub async fn page(visit: Visit) -> Result<Page, AppError> {
    let request = visit.page_request();
    let users = queries::list(&visit.context, &request).await?;
    let may_invite = visit.may(Action::ManageUsers);
    Ok(Page::new(visit.reader.text("users-title"), move || {
        let roles = Role::ALL.iter().map(|role| Choice::new(role.code(), t(&role.label_key()))).collect();
        let heads = [
            sort_link("user-name", false, "/users", &request, "name"),
            sort_link("user-email", false, "/users", &request, "email"),
            sort_link("user-role", false, "/users", &request, "role"),
            column("user-organisation", false),
            sort_link("user-state", false, "/users", &request, "state"),
        ];
        let rows = users
            .rows
            .iter()
            .map(|user| {
                let organisation = user.organisation.as_ref().map(|(_, name)| name.clone());
                let donor = user.donor.as_ref().map(|(_, name)| name.clone());
                vec![
                    view! { <a href=format!("/users/{}", user.id)>{user.name.clone()}</a> }.into_any(),
                    address(&user.email),
                    t(&user.role.label_key()).into_any(),
                    organisation.or(donor).into_any(),
                    state_tag(user.state),
                ]
            })
            .collect();
        view! {
            {page_head(&t("users-title"), Some(t("users-lead")), view! {
                <a class="button button-secondary" href="/users/invitations">{t("invitations-title")}</a>
                {may_invite.then(|| view! {
                    <a class="button button-primary" href="/users/invite">{t("users-invite")}</a>
                })}
            })}
            {filters("/users", &request, Some(("user-role", roles)))}
            {table("users-title", &heads, rows)}
            {pager("/users", &request, &users)}
        }
        .into_any()
    })
    .wide())
}
