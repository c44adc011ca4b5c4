//! Entering a pledge: finance for any donor, a representative online for the own one.

use backend::contributions::{self, queries};
use domain::contributions::{PLEDGE, standard_psc_per_cent};
use domain::errors::AppError;
use domain::forms::Typed;
use domain::ids::DonorId;
use domain::roles::Role;
use leptos::prelude::*;

use super::money_form;
use crate::ui::{Choice, FormState, Page, field, form, form_fields, group_rows, hidden, more_rows, page_head, t, tw};
use crate::web::{Done, Sent, Visit};

const ACTION: &str = "/contributions/create";

/// `/contributions/new`
pub async fn page(visit: Visit) -> Result<Page, AppError> {
    let donors = queries::donor_choices(&visit.context).await?;
    let online = visit.actor().is(Role::DonorRepresentative);
    let wanted = visit.query("donor").parse::<DonorId>().ok();
    let chosen = donors.iter().find(|(id, _)| online || Some(*id) == wanted).cloned();
    let initial = Typed::default()
        .with("donor", chosen.as_ref().map_or(String::new(), |(id, _)| id.to_string()))
        .with("currency", "USD")
        .with("date", visit.context.today().to_string())
        .with("earmark", "none")
        .with("instrument", if online { "online" } else { "" })
        .with("psc_per_cent", if online { String::new() } else { standard_psc_per_cent().to_string() });
    let state = money_form(&visit, ACTION, initial);
    let back =
        chosen.as_ref().map_or("/contributions/new".to_owned(), |(id, _)| format!("/contributions/new?donor={id}"));
    let title = if online { "pledge-new-online" } else { "pledge-new" };
    Ok(Page::new(visit.reader.text(title), move || {
        let lead = match (&chosen, online) {
            (Some((_, name)), true) => tw("pledge-lead-online", &[("donor", name.as_str().into())]),
            _ => t("pledge-lead"),
        };
        let fields = if online {
            online_fields(&state)
        } else {
            let choices = donors.iter().map(|(id, name)| Choice::new(id, name.as_str())).collect();
            form_fields(&PLEDGE, &state, &[("donor", choices)])
        };
        let rows: Vec<AnyView> = PLEDGE.groups.iter().map(more_rows).collect();
        view! {
            {page_head(&t(title), Some(lead), ())}
            {form(ACTION, &back, view! {
                {fields}
                <div class="button-row"><button class="button button-primary">{t("pledge-send")}</button>{rows}</div>
            })}
        }
        .into_any()
    })
    .under(visit.reader.text("contributions-title"), "/contributions"))
}

/// What a donor fills in: who pledges and by which paper are known, and what the Fund's own work costs is not the
/// donor's to set.
fn online_fields(state: &FormState) -> AnyView {
    let seen: Vec<AnyView> =
        ["currency", "amount", "date", "earmark", "note"].iter().map(|name| field(&PLEDGE, name, state, &[])).collect();
    let unseen: Vec<AnyView> =
        ["donor", "instrument", "command_id"].iter().map(|name| hidden(name, state.typed.get(name))).collect();
    let rows: Vec<AnyView> = PLEDGE.groups.iter().map(|group| group_rows(&PLEDGE, group, state, &[], 3)).collect();
    view! { {unseen} {seen} {rows} }.into_any()
}

/// `POST /contributions/create`
pub async fn create(visit: Visit, sent: Sent) -> Result<Done, AppError> {
    let id = contributions::pledge(&visit.context, &sent.typed).await?;
    Ok(Done::to(format!("/contributions/{id}"), "done-pledged"))
}
