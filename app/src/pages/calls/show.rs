//! One call, as everybody reads it; with the way to apply for organisations and the pipeline for the Fund.

use std::collections::BTreeMap;

use backend::applications;
use backend::audit::Kind;
use backend::calls::queries::{self, CallView};
use backend::calls::{self, Extension};
use domain::applications::{ApplicationState, START};
use domain::calls::{CallEvent, CallState, allowed};
use domain::errors::AppError;
use domain::ids::{ApplicationId, CallId};
use domain::roles::Action;
use leptos::prelude::*;

use super::words::{countdown, state_tag};
use crate::pages::applications::state_tag as application_tag;
use crate::ui::{
    FormState, Page, argument, audit_trail, button_form, column, count, definition, form, form_fields, instant, money,
    notice, page_head, section, summary, t, table, tw,
};
use crate::web::{Done, Sent, Visit};

/// How the reader can apply.
enum Way {
    /// A visitor registers first.
    Register,
    /// A member starts an application.
    Start(FormState),
    /// A member goes on with the one that is there.
    Continue(ApplicationId),
    /// Not open, or the reader is no applicant.
    None,
}

/// `/calls/{call}`
pub async fn page(visit: Visit) -> Result<Page, AppError> {
    let id: CallId = visit.id("call")?;
    let call = queries::get(&visit.context, id).await?;
    let extensions = calls::extensions(&visit.context, id).await?;
    let way = way(&visit, &call).await?;
    let pipeline = match visit.may(Action::ReadRanking) {
        true => Some(queries::pipeline(&visit.context, id).await?),
        false => None,
    };
    let trail = visit.trail(Kind::Call, id.into()).await?;
    let may_write = visit.may(Action::WriteCalls);
    let now = visit.context.now;
    Ok(Page::new(call.title.clone(), move || {
        view! {
            {page_head(&call.title, countdown(&call, now), may_write.then(|| steps(&call)))}
            <p>{state_tag(call.state)}</p>
            {extensions.iter().map(extension).collect::<Vec<_>>()}
            {facts(&call)}
            {section("call-objectives", view! { <div class="text">{call.objectives.clone()}</div> })}
            {section("calls-criteria", criteria(&call))}
            {apply_part(way, &call)}
            {pipeline.map(|pipeline| section("calls-pipeline", pipeline_part(call.id, &pipeline)))}
            {trail.map(audit_trail)}
        }
        .into_any()
    })
    .under(visit.reader.text("calls-title"), "/calls"))
}

async fn way(visit: &Visit, call: &CallView) -> Result<Way, AppError> {
    if visit.may(Action::WriteApplications) {
        if let Some(own) = applications::queries::own_to_call(&visit.context, call.id).await? {
            return Ok(Way::Continue(own));
        }
        if call.state == CallState::Open {
            let action = format!("/calls/{}/apply", call.id);
            return Ok(Way::Start(visit.form_state(&action, domain::forms::Typed::default())));
        }
    }
    let visitor = visit.actor().role.is_none();
    Ok(if visitor && call.state == CallState::Open { Way::Register } else { Way::None })
}

/// The buttons that the state of the call allows.
fn steps(call: &CallView) -> AnyView {
    let here = format!("/calls/{}", call.id);
    let edit = (call.state == CallState::Draft).then(|| {
        view! { <a class="button button-secondary" href=format!("{here}/edit")>{t("calls-edit")}</a> }
    });
    let buttons: Vec<AnyView> = allowed(call.state)
        .into_iter()
        .map(|event| {
            let class = if event == CallEvent::Withdraw { "button-secondary" } else { "button-primary" };
            let action = format!("{here}/{}", event.code());
            button_form(&action, &here, &event.label_key(), class, &[])
        })
        .collect();
    let extend = (call.state == CallState::Open).then(|| {
        view! { <a class="button button-secondary" href=format!("{here}/extend")>{t("calls-extend")}</a> }
    });
    view! { {edit} {extend} {buttons} }.into_any()
}

/// That the deadline was extended, when and why, for everybody.
fn extension(known: &Extension) -> AnyView {
    let arguments = [("at", argument(known.at)), ("before", argument(known.before)), ("after", argument(known.after))];
    notice(
        "info",
        view! {
            <p><strong>{tw("calls-extended", &arguments)}</strong></p>
            <div class="text">{known.reason.clone()}</div>
        },
    )
}

fn facts(call: &CallView) -> AnyView {
    let list = |labels: Vec<String>| labels.join(", ");
    let regions = if call.regions.is_empty() {
        t("calls-all-regions")
    } else {
        list(call.regions.iter().map(|region| t(&region.label_key())).collect())
    };
    let limits = call.limits;
    let months = [("shortest", argument(limits.shortest_months)), ("longest", argument(limits.longest_months))];
    summary(vec![
        definition("calls-deadline", view! { <strong>{instant(call.closes_at)}</strong> }),
        definition("calls-opening", instant(call.opens_at)),
        definition("calls-award", view! { {money(limits.smallest_award)}" – "{money(limits.largest_award)} }),
        definition("calls-duration", tw("calls-months", &months)),
        definition("call-themes", list(call.themes.iter().map(|theme| t(&theme.label_key())).collect())),
        definition(
            "call-priority_groups",
            list(call.priority_groups.iter().map(|group| t(&group.label_key())).collect()),
        ),
        definition("call-regions", regions),
        definition("calls-languages", t("calls-languages-text")),
    ])
}

fn criteria(call: &CallView) -> AnyView {
    let heads = [column("call-criteria-criterion", false), column("calls-points", true)];
    let rows = call
        .criteria
        .iter()
        .map(|criterion| vec![t(&criterion.code.label_key()).into_any(), count(criterion.weight).into_any()])
        .collect();
    view! { <p>{t("calls-criteria-text")}</p> {table("calls-criteria", &heads, rows)} }.into_any()
}

fn apply_part(way: Way, call: &CallView) -> AnyView {
    let here = format!("/calls/{}", call.id);
    let part = match way {
        Way::None => return ().into_any(),
        Way::Register => view! {
            <p>{t("calls-register-text")}</p>
            <div class="button-row">
                <a class="button button-primary" href="/register">{t("calls-register")}</a>
                <a class="button button-secondary" href=format!("/sign-in?next={here}")>{t("nav-sign-in")}</a>
            </div>
        }
        .into_any(),
        Way::Continue(id) => view! {
            <p>{t("calls-continue-text")}</p>
            <div class="button-row">
                <a class="button button-primary" href=format!("/applications/{id}")>{t("calls-continue")}</a>
            </div>
        }
        .into_any(),
        Way::Start(state) => view! {
            <p>{t("calls-apply-text")}</p>
            {form(&format!("{here}/apply"), &here, view! {
                {form_fields(&START, &state, &[])}
                <div class="button-row"><button class="button button-primary">{t("calls-apply")}</button></div>
            })}
        }
        .into_any(),
    };
    section("calls-apply-title", part)
}

fn pipeline_part(call: CallId, pipeline: &BTreeMap<ApplicationState, i64>) -> AnyView {
    let heads = [column("calls-state", false), column("calls-applications", true)];
    let rows =
        pipeline.iter().map(|(state, number)| vec![application_tag(*state), count(*number).into_any()]).collect();
    let ranking = format!("/calls/{call}/ranking");
    view! {
        {table("calls-pipeline", &heads, rows)}
        {(!pipeline.is_empty()).then(|| view! { <p><a href=ranking>{t("ranking-title")}</a></p> })}
    }
    .into_any()
}

/// `POST /calls/{call}/apply`
pub async fn apply(visit: Visit, sent: Sent) -> Result<Done, AppError> {
    let id: CallId = visit.id("call")?;
    let application = applications::create(&visit.context, id, &sent.typed).await?;
    Ok(Done::to(format!("/applications/{application}"), "done-application-started"))
}
