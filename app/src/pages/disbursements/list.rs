//! The list of disbursements.

use backend::disbursements::{DisbursementTask, queries};
use domain::disbursements::DisbursementState;
use domain::errors::AppError;
use domain::message::Argument;
use domain::roles::{Action, Role};
use leptos::prelude::*;

use super::state_tag;
use crate::ui::{Choice, Page, column, filters, instant, money, page_head, pager, sort_link, status, t, table, tw};
use crate::web::Visit;

/// `/disbursements`
pub async fn page(visit: Visit) -> Result<Page, AppError> {
    let request = visit.page_request();
    let disbursements = queries::list(&visit.context, &request).await?;
    let of_staff = visit.actor().role.is_some_and(Role::is_staff);
    let (payments, officers) = (visit.may(Action::ReadPayments), visit.may(Action::ReadOfficers));
    Ok(Page::new(visit.reader.text("disbursements-title"), move || {
        let links = view! {
            {payments.then(|| view! {
                <a class="button button-secondary" href="/disbursements/batches">{t("batches-title")}</a>
                <a class="button button-secondary" href="/disbursements/bank-files">{t("bank-files-title")}</a>
            })}
            {officers.then(|| view! {
                <a class="button button-secondary" href="/disbursements/officers">{t("officers-title")}</a>
            })}
        };
        let tasks = DisbursementTask::ALL.iter().filter(|_| of_staff);
        let states = tasks
            .map(|task| Choice::new(task.code(), t(&task.label_key())))
            .chain(DisbursementState::ALL.iter().map(|state| Choice::new(state.code(), t(&state.label_key()))))
            .collect();
        let heads = [
            sort_link("disbursements-disbursement", false, "/disbursements", &request, "grant"),
            sort_link("disbursements-organisation", false, "/disbursements", &request, "organisation"),
            sort_link("disbursements-amount", true, "/disbursements", &request, "amount"),
            column("disbursements-requested", false),
            column("disbursements-state", false),
        ];
        let rows = disbursements
            .rows
            .iter()
            .map(|row| {
                let name: [(&'static str, Argument); 2] =
                    [("number", row.grant_number.as_str().into()), ("instalment", row.instalment.into())];
                let waits = row.waits_for_me.then(|| view! { " "{status("disbursements-waits-for-you", "warning")} });
                let held = row.is_held.then(|| view! { " "{status("disbursements-on-hold", "warning")} });
                vec![
                    view! { <a href=format!("/disbursements/{}", row.id)>{tw("disbursements-name", &name)}</a> }
                        .into_any(),
                    row.organisation.clone().into_any(),
                    money(row.amount),
                    instant(row.requested_at).into_any(),
                    view! { {state_tag(row.state)}{held}{waits} }.into_any(),
                ]
            })
            .collect();
        view! {
            {page_head(&t("disbursements-title"), Some(t("disbursements-lead")), links)}
            {filters("/disbursements", &request, Some(("disbursements-state", states)))}
            {table("disbursements-title", &heads, rows)}
            {pager("/disbursements", &request, &disbursements)}
        }
        .into_any()
    })
    .wide())
}
