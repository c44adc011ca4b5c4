//! Changing a pledge: another amount or other instalments, or giving up what will not come.

use backend::contributions::queries::PledgeView;
use backend::contributions::{self, queries};
use domain::contributions::{PLEDGE_AMENDMENT, WRITE_DOWN};
use domain::errors::AppError;
use domain::forms::Typed;
use domain::ids::PledgeId;
use leptos::prelude::*;

use super::money_form;
use crate::ui::{Page, column, date, form, form_fields, money, more_rows, page_head, section, t, table, tw};
use crate::web::{Done, Sent, Visit};

/// `/contributions/{pledge}/change`
pub async fn page(visit: Visit) -> Result<Page, AppError> {
    let id: PledgeId = visit.id("pledge")?;
    let pledge = queries::get(&visit.context, id).await?;
    let standing = pledge.row.standing;
    let code = standing.pledged.currency.code().to_owned();
    let today = visit.context.today().to_string();
    let common = || Typed::default().with("currency", code.as_str()).with("date", today.as_str());
    let mut planned = common().with("amount", standing.pledged.to_decimal().to_string());
    for (row, instalment) in pledge.instalments.iter().enumerate() {
        planned = planned
            .with(&format!("instalments.{row}.due"), instalment.due.to_string())
            .with(&format!("instalments.{row}.amount"), instalment.amount.to_decimal().to_string());
    }
    let amendment = money_form(&visit, &format!("/contributions/{id}/amend"), planned);
    let down = common().with("amount", standing.outstanding.to_decimal().to_string());
    let write_down = money_form(&visit, &format!("/contributions/{id}/write-down"), down);
    let back = format!("/contributions/{id}/change");
    let name = visit.reader.with("pledge-title", &[("donor", pledge.row.donor_name.as_str().into())]);
    Ok(Page::new(visit.reader.text("change-title"), move || {
        let open = standing.outstanding.minor > 0;
        let rows: Vec<AnyView> = PLEDGE_AMENDMENT.groups.iter().map(more_rows).collect();
        view! {
            {page_head(&t("change-title"), Some(tw("change-lead", &[
                ("pledged", standing.pledged.into()),
                ("received", standing.received.into()),
                ("outstanding", standing.outstanding.into()),
            ])), ())}
            {section("pledge-amendment-title", form(&format!("/contributions/{id}/amend"), &back, view! {
                <p>{t("pledge-amendment-lead")}</p>
                {form_fields(&PLEDGE_AMENDMENT, &amendment, &[])}
                <div class="button-row"><button class="button button-primary">{t("pledge-amendment-send")}</button>{rows}</div>
            }))}
            {open.then(|| section("write-down-title", form(&format!("/contributions/{id}/write-down"), &back, view! {
                <p>{t("write-down-lead")}</p>
                {form_fields(&WRITE_DOWN, &write_down, &[])}
                <div class="button-row"><button class="button button-danger">{t("write-down-send")}</button></div>
            })))}
        }
        .into_any()
    })
    .under(visit.reader.text("contributions-title"), "/contributions")
    .under(name, format!("/contributions/{id}")))
}

/// Amendments and write-downs of a pledge, where there are any.
pub(super) fn changes(pledge: &PledgeView) -> Option<AnyView> {
    if pledge.changes.is_empty() {
        return None;
    }
    let heads = [
        column("change-date", false),
        column("change-kind", false),
        column("change-amount", true),
        column("change-reason", false),
        column("change-actor", false),
    ];
    let rows = pledge
        .changes
        .iter()
        .map(|change| {
            vec![
                date(change.date).into_any(),
                t(&change.kind.label_key()).into_any(),
                money(change.amount),
                change.reason.clone().into_any(),
                change.actor.clone().into_any(),
            ]
        })
        .collect();
    Some(section("pledge-changes", table("pledge-changes", &heads, rows)))
}

/// `POST /contributions/{pledge}/amend`
pub async fn amend(visit: Visit, sent: Sent) -> Result<Done, AppError> {
    let id: PledgeId = visit.id("pledge")?;
    contributions::amend(&visit.context, id, &sent.typed).await?;
    Ok(Done::to(format!("/contributions/{id}"), "done-amended"))
}

/// `POST /contributions/{pledge}/write-down`
pub async fn write_down(visit: Visit, sent: Sent) -> Result<Done, AppError> {
    let id: PledgeId = visit.id("pledge")?;
    contributions::write_down(&visit.context, id, &sent.typed).await?;
    Ok(Done::to(format!("/contributions/{id}"), "done-written-down"))
}
