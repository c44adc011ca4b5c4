//! Overdue instalments, and the reminders of them that wait for a person's approval.

use backend::contributions::reminders::{self, Draft, OverdueRow};
use domain::errors::AppError;
use domain::ids::PledgeReminderId;
use domain::roles::Action;
use leptos::prelude::*;

use crate::ui::{
    Page, argument, button_form, column, count, date, definition, money, page_head, pager, section, summary, t, table,
    tw,
};
use crate::web::{Done, Sent, Visit};

const PATH: &str = "/contributions/overdue";

/// `/contributions/overdue`
pub async fn page(visit: Visit) -> Result<Page, AppError> {
    let request = visit.page_request();
    let found = reminders::list(&visit.context, &request).await?;
    let may_send = visit.may(Action::WriteReceipts);
    Ok(Page::new(visit.reader.text("overdue-title"), move || {
        let look =
            may_send.then(|| button_form(&format!("{PATH}/draft"), PATH, "overdue-look", "button-secondary", &[]));
        view! {
            {page_head(&t("overdue-title"), Some(t("overdue-lead")), look)}
            {(found.page == 1 || found.rows.iter().any(|row| row.draft.is_some()))
                .then(|| section("overdue-drafts", drafts(&found.rows, may_send)))}
            {section("overdue-title", view! {
                {instalments(&found.rows)}
                {pager(PATH, &request, &found)}
            })}
        }
        .into_any()
    })
    .under(visit.reader.text("contributions-title"), "/contributions")
    .wide())
}

fn drafts(rows: &[OverdueRow], may_send: bool) -> AnyView {
    let items: Vec<AnyView> =
        rows.iter().filter_map(|row| row.draft.as_ref().map(|draft| draft_card(row, draft, may_send))).collect();
    if items.is_empty() {
        return view! { <p class="empty">{t("overdue-drafts-none")}</p> }.into_any();
    }
    view! { <ul class="cards">{items}</ul> }.into_any()
}

fn draft_card(row: &OverdueRow, draft: &Draft, may_send: bool) -> AnyView {
    let level = tw("overdue-level", &[("level", argument(draft.level))]);
    let paragraphs: Vec<AnyView> =
        draft.text.split("\n\n").map(|text| view! { <p>{text.to_owned()}</p> }.into_any()).collect();
    let path = format!("{PATH}/{}", draft.id);
    view! {
        <li class="card">
            <h3><a href=format!("/contributions/{}", row.pledge)>{row.donor_name.clone()}</a>" · "{level}</h3>
            {summary(vec![
                definition("overdue-to", draft.to.clone()),
                definition("overdue-subject", draft.subject.clone()),
            ])}
            {paragraphs}
            {may_send.then(|| view! {
                <div class="button-row">
                    {button_form(&format!("{path}/approve"), PATH, "overdue-approve", "button-primary", &[])}
                    {button_form(&format!("{path}/decline"), PATH, "overdue-decline", "button-secondary", &[])}
                </div>
            })}
        </li>
    }
    .into_any()
}

fn instalments(rows: &[OverdueRow]) -> AnyView {
    let heads = [
        column("pledge-donor", false),
        column("overdue-due", false),
        column("overdue-days", true),
        column("overdue-open", true),
        column("standing-state", false),
    ];
    let rows = rows
        .iter()
        .map(|row| {
            let link = view! { <a href=format!("/contributions/{}", row.pledge)>{row.donor_name.clone()}</a> };
            let reminded = match row.reminded.last() {
                Some((level, at)) => tw("overdue-reminded", &[("level", argument(*level)), ("at", argument(*at))]),
                None => t("overdue-none-sent"),
            };
            vec![
                link.into_any(),
                date(row.due).into_any(),
                count(row.days).into_any(),
                money(row.open),
                reminded.into_any(),
            ]
        })
        .collect();
    table("overdue-title", &heads, rows)
}

/// `POST /contributions/overdue/draft`
pub async fn draft(visit: Visit, _: Sent) -> Result<Done, AppError> {
    reminders::draft(&visit.context).await?;
    Ok(Done::to(PATH, "done-reminders-drafted"))
}

/// `POST /contributions/overdue/{reminder}/approve`
pub async fn approve(visit: Visit, _: Sent) -> Result<Done, AppError> {
    let id: PledgeReminderId = visit.id("reminder")?;
    reminders::approve(&visit.context, id).await?;
    Ok(Done::to(PATH, "done-reminder-sent"))
}

/// `POST /contributions/overdue/{reminder}/decline`
pub async fn decline(visit: Visit, _: Sent) -> Result<Done, AppError> {
    let id: PledgeReminderId = visit.id("reminder")?;
    reminders::decline(&visit.context, id).await?;
    Ok(Done::to(PATH, "done-reminder-declined"))
}
