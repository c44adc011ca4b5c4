//! Officers who sign disbursements: their limits, and who stands in for whom.

use backend::disbursements::{self, DelegationRow, OfficerRow};
use domain::disbursements::{DELEGATION, LIMIT};
use domain::errors::AppError;
use domain::forms::Typed;
use domain::ids::DelegationId;
use domain::roles::Action;
use leptos::prelude::*;

use crate::ui::{
    Choice, Page, button_form, column, date, form, form_fields, money, page_head, section, status, t, table,
};
use crate::web::{Done, Sent, Visit};

const PATH: &str = "/disbursements/officers";
const LIMITS: &str = "/disbursements/officers/limit";
const DELEGATE: &str = "/disbursements/officers/delegate";

/// `/disbursements/officers`
pub async fn page(visit: Visit) -> Result<Page, AppError> {
    let view = disbursements::officers(&visit.context).await?;
    let (may_limit, may_delegate) = (visit.may(Action::LimitOfficers), visit.may(Action::DelegateOfficers));
    let limit_state = visit.form_state(LIMITS, Typed::default());
    let today = visit.context.today().to_string();
    let delegation_state = visit.form_state(DELEGATE, Typed::default().with("starts_on", today));
    Ok(Page::new(visit.reader.text("officers-title"), move || {
        let limited = view.officers.iter().filter(|row| row.most.is_some());
        let choices = limited.map(|row| Choice::new(row.id, row.name.clone())).collect();
        let limits = may_limit.then(|| {
            section(
                "officers-limit",
                form(
                    LIMITS,
                    PATH,
                    view! {
                        {form_fields(&LIMIT, &limit_state, &[("officer", choices)])}
                        <div class="button-row"><button class="button button-primary">{t("officers-limit-button")}</button></div>
                    },
                ),
            )
        });
        let choices = view.may_stand_in.iter().map(|(id, name)| Choice::new(id, name.clone())).collect();
        let delegation = may_delegate.then(|| {
            section(
                "officers-delegate",
                view! {
                    <p>{t("officers-delegate-lead")}</p>
                    {form(DELEGATE, PATH, view! {
                        {form_fields(&DELEGATION, &delegation_state, &[("delegate", choices)])}
                        <div class="button-row"><button class="button button-primary">{t("officers-delegate-button")}</button></div>
                    })}
                },
            )
        });
        view! {
            {page_head(&t("officers-title"), Some(t("officers-lead")), ())}
            {officers_table(&view.officers)}
            {limits}
            {section("officers-delegations", delegations_table(&view.delegations))}
            {delegation}
        }
        .into_any()
    })
    .under(visit.reader.text("disbursements-title"), "/disbursements"))
}

fn officers_table(officers: &[OfficerRow]) -> AnyView {
    let heads = [column("officers-name", false), column("officers-role", false), column("officers-most", true)];
    let rows = officers
        .iter()
        .map(|row| {
            vec![row.name.clone().into_any(), t(&row.role.label_key()).into_any(), row.most.map(money).into_any()]
        })
        .collect();
    table("officers-title", &heads, rows)
}

fn delegations_table(delegations: &[DelegationRow]) -> AnyView {
    if delegations.is_empty() {
        return view! { <p class="empty">{t("officers-no-delegations")}</p> }.into_any();
    }
    let heads = [
        column("officers-from", false),
        column("officers-to", false),
        column("officers-starts", false),
        column("officers-ends", false),
        column("officers-reason", false),
        column("officers-state", false),
    ];
    let rows = delegations
        .iter()
        .map(|row| {
            let tag = match (row.is_running, row.is_over) {
                (true, _) => status("delegation-running", "good"),
                (false, true) => status("delegation-over", "neutral"),
                (false, false) => status("delegation-coming", "info"),
            };
            let end = (row.is_own && !row.is_over).then(|| {
                let action = format!("{PATH}/delegations/{}/end", row.id);
                button_form(&action, PATH, "officers-end", "button-quiet button-small", &[])
            });
            vec![
                row.from.clone().into_any(),
                row.to.clone().into_any(),
                date(row.starts_on).into_any(),
                date(row.ends_on).into_any(),
                row.reason.clone().into_any(),
                view! { {tag}{end} }.into_any(),
            ]
        })
        .collect();
    table("officers-delegations", &heads, rows)
}

/// `POST /disbursements/officers/limit`
pub async fn limit(visit: Visit, sent: Sent) -> Result<Done, AppError> {
    disbursements::set_limit(&visit.context, &sent.typed).await?;
    Ok(Done::to(PATH, "done-officer-limit"))
}

/// `POST /disbursements/officers/delegate`
pub async fn delegate(visit: Visit, sent: Sent) -> Result<Done, AppError> {
    disbursements::delegate(&visit.context, &sent.typed).await?;
    Ok(Done::to(PATH, "done-role-delegated"))
}

/// `POST /disbursements/officers/delegations/{delegation}/end`
pub async fn end(visit: Visit, _: Sent) -> Result<Done, AppError> {
    let id: DelegationId = visit.id("delegation")?;
    disbursements::end_delegation(&visit.context, id).await?;
    Ok(Done::to(PATH, "done-delegation-ended"))
}
