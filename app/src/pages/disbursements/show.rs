//! One disbursement: where it stands, whose turn it is, and what still has to be so.

use backend::audit::Kind;
use backend::disbursements::queries::{self, DisbursementView, Hold, Payee};
use backend::ledger::queries::EntryRow;
use domain::errors::AppError;
use domain::ids::DisbursementId;
use domain::message::Argument;
use domain::roles::Action;
use leptos::prelude::*;

use super::conditions::conditions_list;
use super::forms::{forms_view, steps};
use super::state_tag;
use crate::ui::{
    Page, argument, audit_trail, column, date, definition, instant, label, linked, money, notice, page_head, section,
    summary, t, table, tm, tw, usd,
};
use crate::web::Visit;

/// `/disbursements/{disbursement}`
pub async fn page(visit: Visit) -> Result<Page, AppError> {
    let id: DisbursementId = visit.id("disbursement")?;
    let disbursement = queries::get(&visit.context, id).await?;
    let trail = visit.trail(Kind::Disbursement, id.into()).await?;
    let forms = steps(&visit, &disbursement);
    let may_read_batch = visit.may(Action::ReadPayments);
    let name = name_arguments(&disbursement);
    let title = visit.reader.with("disbursements-name", &name);
    Ok(Page::new(title.clone(), move || {
        let lead = format!("{} · {}", disbursement.row.organisation, disbursement.title);
        view! {
            {page_head(&title, Some(lead), state_tag(disbursement.row.state))}
            {disbursement.obstacle.as_ref().map(|message| notice("warning", view! { <p>{tm(message)}</p> }))}
            {disbursement.held.as_ref().map(hold_view)}
            {facts(&disbursement, may_read_batch)}
            {disbursement.payee.as_ref().map(|payee| section("disbursements-payee", payee_view(payee)))}
            {conditions_section(&disbursement)}
            {forms_view(&disbursement, forms)}
            {section("disbursements-steps", steps_view(&disbursement))}
            {(!disbursement.entries.is_empty()).then(|| section("disbursements-entries", entries_view(&disbursement.entries)))}
            {trail.map(audit_trail)}
        }
        .into_any()
    })
    .under(visit.reader.text("disbursements-title"), "/disbursements"))
}

fn name_arguments(view: &DisbursementView) -> [(&'static str, Argument); 2] {
    [("number", view.row.grant_number.as_str().into()), ("instalment", view.row.instalment.into())]
}

fn facts(view: &DisbursementView, may_read_batch: bool) -> AnyView {
    let (grant, number) = (format!("/grants/{}", view.row.grant), view.row.grant_number.clone());
    let mut rows = vec![
        definition("disbursements-amount", money(view.row.amount)),
        definition("disbursements-grant", view! { <a href=grant>{number}</a> }),
        definition("disbursements-organisation", view.row.organisation.clone()),
    ];
    if !view.note.is_empty() {
        rows.push(definition("disbursements-notes", view.note.clone()));
    }
    if !view.reason.is_empty() {
        rows.push(definition("disbursements-reason", view.reason.clone()));
    }
    if let Some(reference) = &view.bank_reference {
        rows.push(definition("disbursements-bank-reference", reference.clone()));
    }
    if let Some(day) = view.paid_on {
        rows.push(definition("disbursements-paid-on", date(day)));
    }
    if let Some(day) = view.bounced_on {
        rows.push(definition("disbursements-bounced-on", date(day)));
    }
    if let Some((batch, message_id)) = view.batch.clone() {
        let path = format!("/disbursements/batches/{batch}");
        rows.push(definition("disbursements-batch", linked(may_read_batch, path, message_id)));
    }
    summary(rows)
}

fn hold_view(hold: &Hold) -> AnyView {
    let text = match hold.reason.is_empty() {
        true => tw("disbursements-held", &[("at", argument(hold.at))]),
        false => tw(
            "disbursements-held-by",
            &[
                ("at", argument(hold.at)),
                ("name", argument(hold.by.as_str())),
                ("reason", argument(hold.reason.as_str())),
            ],
        ),
    };
    notice("warning", view! { <p><strong>{t("disbursements-on-hold")}</strong>" "{text}</p> })
}

/// The conditions, as long as the payment is not with the bank.
fn conditions_section(view: &DisbursementView) -> AnyView {
    if view.conditions.is_empty() {
        return ().into_any();
    }
    let waivable = view.may_waive && view.conditions.iter().any(|check| check.may_be_waived);
    let path = format!("/disbursements/instalments/{}", view.instalment);
    let link = waivable
        .then(|| view! { <p><a class="button button-secondary" href=path>{t("conditions-waive-link")}</a></p> });
    section("conditions-title", view! { {conditions_list(&view.conditions)}{link} })
}

fn payee_view(payee: &Payee) -> AnyView {
    let standing = match payee.updated_at {
        Some(updated_at) => definition("disbursements-payee-updated", instant(updated_at)),
        None => definition("disbursements-payee-standing", t("disbursements-payee-approved")),
    };
    summary(vec![
        definition("bank-account_holder", payee.account_holder.clone()),
        definition("bank-account_number", payee.account_number.clone()),
        definition("bank-bic", payee.bic.clone()),
        definition("bank-bank_name", payee.bank_name.clone()),
        definition("bank-bank_country", label("country", &payee.bank_country)),
        standing,
    ])
}

fn steps_view(view: &DisbursementView) -> AnyView {
    let items: Vec<AnyView> = view
        .steps
        .iter()
        .map(|step| {
            let actor = (!step.actor.is_empty()).then(|| view! { <strong>{step.actor.clone()}</strong>" " });
            let stands_for = (!step.stands_for.is_empty()).then(|| {
                let text = tw("disbursements-in-place-of", &[("name", argument(step.stands_for.as_str()))]);
                view! { <p class="muted">{text}</p> }
            });
            let reason = (!step.reason.is_empty()).then(|| view! { <p class="muted">{step.reason.clone()}</p> });
            view! {
                <li>
                    <time datetime=step.at.to_rfc3339()>{instant(step.at)}</time>
                    <p>{actor}{t(&step.step.label_key())}</p>
                    {stands_for}
                    {reason}
                </li>
            }
            .into_any()
        })
        .collect();
    view! { <ol class="timeline">{items}</ol> }.into_any()
}

fn entries_view(entries: &[EntryRow]) -> AnyView {
    let heads = [
        column("disbursements-entry", false),
        column("disbursements-account", false),
        column("disbursements-earmark", false),
        column("disbursements-debit", true),
        column("disbursements-credit", true),
    ];
    let rows = entries
        .iter()
        .flat_map(|entry| {
            entry.postings.iter().map(|line| {
                let name = tw(
                    "disbursements-entry-name",
                    &[
                        ("entry", format!("{}/{}", entry.fiscal_year, entry.number).into()),
                        ("event", Argument::Key(entry.event.label_key())),
                    ],
                );
                let amount = |shown: bool| if shown { usd(line.usd_minor.abs()) } else { ().into_any() };
                vec![
                    name.into_any(),
                    format!("{} {}", line.account.code(), t(&line.account.label_key())).into_any(),
                    t(&line.earmark.label_key()).into_any(),
                    amount(line.usd_minor > 0),
                    amount(line.usd_minor < 0),
                ]
            })
        })
        .collect();
    table("disbursements-entries", &heads, rows)
}
