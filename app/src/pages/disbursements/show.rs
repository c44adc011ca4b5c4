//! One disbursement: where it stands, whose turn it is, and that person's form.

use backend::audit;
use backend::disbursements::queries::{self, DisbursementView, Payee};
use backend::ledger::queries::EntryRow;
use domain::disbursements::{CONFIRM, DisbursementEvent, DisbursementState, STEP, STEP_BACK};
use domain::errors::AppError;
use domain::forms::{Form, Typed};
use domain::ids::DisbursementId;
use domain::message::Argument;
use domain::roles::Action;
use leptos::prelude::*;

use super::state_tag;
use crate::ui::{
    FormState, Page, audit_trail, column, date, definition, form, form_fields, instant, label, money, notice,
    page_head, section, summary, t, table, tm, tw, usd,
};
use crate::web::Visit;

/// `/disbursements/{disbursement}`
pub async fn page(visit: Visit) -> Result<Page, AppError> {
    let id: DisbursementId = visit.id("disbursement")?;
    let disbursement = queries::get(&visit.context, id).await?;
    let trail = match visit.may(Action::ReadAudit) {
        true => Some(audit::of(&visit.context, audit::Kind::Disbursement, id.into()).await?),
        false => None,
    };
    let forms: Vec<Step> = disbursement.events.iter().map(|event| step(&visit, &disbursement, *event)).collect();
    let name = name_arguments(&disbursement);
    let title = visit.reader.with("disbursements-name", &name);
    Ok(Page::new(title.clone(), move || {
        let lead = format!("{} · {}", disbursement.row.organisation, disbursement.title);
        view! {
            {page_head(&title, Some(lead), state_tag(disbursement.row.state))}
            {disbursement.obstacle.as_ref().map(|message| notice("warning", view! { <p>{tm(message)}</p> }))}
            {facts(&disbursement)}
            {disbursement.payee.as_ref().map(|payee| section("disbursements-payee", payee_view(payee)))}
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

fn facts(view: &DisbursementView) -> AnyView {
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
    summary(rows)
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

/// A form that the reader may send now.
struct Step {
    event: DisbursementEvent,
    form: &'static Form,
    action: String,
    state: FormState,
}

fn step(visit: &Visit, view: &DisbursementView, event: DisbursementEvent) -> Step {
    let form = match event {
        DisbursementEvent::Certify | DisbursementEvent::Approve | DisbursementEvent::Release => &STEP,
        DisbursementEvent::Confirm => &CONFIRM,
        DisbursementEvent::Reject | DisbursementEvent::Fail | DisbursementEvent::Void => &STEP_BACK,
    };
    let base = format!("/disbursements/{}", view.row.id);
    let action = match event {
        DisbursementEvent::Reject if view.row.state == DisbursementState::Certified => format!("{base}/approve/reject"),
        DisbursementEvent::Reject => format!("{base}/certify/reject"),
        other => format!("{base}/{other}"),
    };
    let mut initial = Typed::default().with("command_id", uuid::Uuid::now_v7().to_string());
    if event == DisbursementEvent::Confirm {
        initial.set("paid_on", visit.context.today().to_string());
    }
    let state = visit.form_state(&action, initial);
    Step { event, form, action, state }
}

/// The next step stands open; stepping back is one press further away, unless it was just refused.
fn forms_view(view: &DisbursementView, steps: Vec<Step>) -> AnyView {
    if steps.is_empty() {
        return ().into_any();
    }
    let back = format!("/disbursements/{}", view.row.id);
    let parts: Vec<AnyView> = steps
        .into_iter()
        .map(|step| {
            let text = |part: &str| t(&format!("disbursements-{}-{part}", step.event));
            let is_back = step.form.name == STEP_BACK.name;
            let class = if is_back { "button button-danger" } else { "button button-primary" };
            let fields = form(
                &step.action,
                &back,
                view! {
                    {form_fields(step.form, &step.state, &[])}
                    <div class="button-row"><button class=class>{text("button")}</button></div>
                },
            );
            if is_back {
                let open = !step.state.errors.is_empty();
                view! { <details open=open><summary>{text("title")}</summary><p>{text("lead")}</p>{fields}</details> }
                    .into_any()
            } else {
                view! { <h3>{text("title")}</h3><p>{text("lead")}</p>{fields} }.into_any()
            }
        })
        .collect();
    section("disbursements-your-turn", view! { <div class="stack">{parts}</div> })
}

fn steps_view(view: &DisbursementView) -> AnyView {
    let items: Vec<AnyView> = view
        .steps
        .iter()
        .map(|step| {
            let actor = (!step.actor.is_empty()).then(|| view! { <strong>{step.actor.clone()}</strong>" " });
            view! {
                <li><time datetime=step.at.to_rfc3339()>{instant(step.at)}</time><p>{actor}{t(&step.event.label_key())}</p></li>
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
