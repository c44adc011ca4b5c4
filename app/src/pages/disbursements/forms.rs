//! The forms of a disbursement's steps: the next one stands open, those back are one press further away.

use backend::disbursements::queries::{DisbursementView, Offer};
use domain::disbursements::{BOUNCE, CONFIRM, DisbursementEvent, DisbursementState, STEP, STEP_BACK};
use domain::forms::{Form, Typed};
use leptos::prelude::*;

use crate::ui::{FormState, argument, form, form_fields, notice, section, t, tw};
use crate::web::Visit;

/// A form that the reader may send now.
pub struct Step {
    name: &'static str,
    form: &'static Form,
    action: String,
    state: FormState,
    stands_for: Option<String>,
}

/// The forms that the reader may send.
pub fn steps(visit: &Visit, view: &DisbursementView) -> Vec<Step> {
    let mut steps: Vec<Step> = view.offers.iter().map(|offer| step(visit, view, offer)).collect();
    for (may, name) in [(view.may_hold, "hold"), (view.may_resume, "resume")] {
        if may {
            let action = format!("/disbursements/{}/{name}", view.row.id);
            let state = visit.form_state(&action, command());
            steps.push(Step { name, form: &STEP_BACK, action, state, stands_for: None });
        }
    }
    steps
}

fn command() -> Typed {
    Typed::default().with("command_id", uuid::Uuid::now_v7().to_string())
}

fn step(visit: &Visit, view: &DisbursementView, offer: &Offer) -> Step {
    use DisbursementEvent as E;
    let form = match offer.event {
        E::Certify | E::Approve | E::Release | E::Resubmit => &STEP,
        E::Confirm => &CONFIRM,
        E::Bounce => &BOUNCE,
        E::Return | E::Reject | E::Fail | E::Void => &STEP_BACK,
    };
    let base = format!("/disbursements/{}", view.row.id);
    let action = match offer.event {
        event if offer.stands_for.is_some() => format!("{base}/stand-in/{event}"),
        event @ (E::Reject | E::Return) if view.row.state == DisbursementState::Certified => {
            format!("{base}/approve/{event}")
        }
        event @ (E::Reject | E::Return) => format!("{base}/certify/{event}"),
        other => format!("{base}/{other}"),
    };
    let mut initial = command();
    let today = visit.context.today().to_string();
    match offer.event {
        E::Confirm => initial.set("paid_on", today),
        E::Bounce => initial.set("bounced_on", today),
        _ => {}
    }
    let state = visit.form_state(&action, initial);
    Step { name: offer.event.code(), form, action, state, stands_for: offer.stands_for.clone() }
}

/// The next step stands open; stepping back is one press further away, unless it was just refused.
pub fn forms_view(view: &DisbursementView, steps: Vec<Step>) -> AnyView {
    if steps.is_empty() {
        return ().into_any();
    }
    let back = format!("/disbursements/{}", view.row.id);
    let stands_for = steps.iter().find_map(|step| step.stands_for.clone());
    let stands_for = stands_for
        .map(|name| notice("info", view! { <p>{tw("disbursements-stands-for", &[("name", argument(name))])}</p> }));
    let parts: Vec<AnyView> = steps
        .into_iter()
        .map(|step| {
            let text = |part: &str| t(&format!("disbursements-{}-{part}", step.name));
            let is_back = matches!(step.form.name, "disbursement-back" | "disbursement-bounce");
            let is_harmless = matches!(step.name, "hold" | "resume" | "return");
            let class = match (is_back, is_harmless) {
                (true, false) => "button button-danger",
                (true, true) => "button button-secondary",
                _ => "button button-primary",
            };
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
    section("disbursements-your-turn", view! { {stands_for}<div class="stack">{parts}</div> })
}
