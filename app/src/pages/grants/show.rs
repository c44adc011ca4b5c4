//! One grant: where it stands, what comes next, and all that belongs to it.

use backend::audit::Kind;
use backend::disbursements;
use backend::grants::queries::{self, GrantView, InstalmentView};
use backend::page::PageRequest;
use domain::disbursements::REQUEST;
use domain::errors::AppError;
use domain::forms::Typed;
use domain::grants::{GrantEvent, TERMINATE, allowed};
use domain::ids::{GrantId, InstalmentId};
use domain::roles::Action;
use leptos::prelude::*;

use super::{agreement, amendments, conditions, end, funding, indicators, state_tag};
use crate::pages::{disbursements as disbursement_pages, reports as report_pages};
use crate::ui::{
    FormState, Page, argument, audit_trail, column, count, date, definition, figure_card, form, form_fields, instant,
    label, linked, money, notice, page_head, section, summary, t, table, tm, tw,
};
use crate::web::{Done, Sent, Visit};

/// `/grants/{grant}`
pub async fn page(visit: Visit) -> Result<Page, AppError> {
    let id: GrantId = visit.id("grant")?;
    let grant = queries::get(&visit.context, id).await?;
    let trail = visit.trail(Kind::Grant, id.into()).await?;
    let request = PageRequest { page: visit.page_request().page, ..PageRequest::default() };
    let may_manage = visit.may(Action::ManageGrants);
    let may_confirm = visit.may(Action::ConfirmIndicators);
    let may_end = visit.may(Action::TerminateGrants) && grant.row.state.is_running();
    let closing = end::closing(&visit, &grant);
    let may_read_recovery = visit.may(Action::ReadRecoveries);
    let may_read_payments = visit.may(Action::ReadDisbursements);
    let may_sign = visit.may(Action::SignAgreements);
    let requests = request_forms(&visit, &grant);
    let links = condition_links(&visit, &grant);
    let reopening = may_manage.then(|| visit.form_state(&format!("/grants/{id}/conditions/reopen"), Typed::default()));
    let early = allowed(grant.row.state).contains(&GrantEvent::Terminate) && !grant.row.state.is_running();
    let terminating = (may_manage && early).then(|| {
        let action = format!("/grants/{id}/terminate");
        let state = visit.form_state(&action, Typed::default().with("command_id", uuid::Uuid::now_v7().to_string()));
        (action, state)
    });
    let taking_back = agreement::taking_back(&visit, &grant);
    Ok(Page::new(grant.row.number.clone(), move || {
        view! {
            {page_head(
                &format!("{} · {}", grant.row.number, grant.row.title),
                Some(grant.row.organisation.clone()),
                next_step(&grant, may_manage, may_sign),
            )}
            {closing.map(|state| end::close_part(&grant, &state))}
            {agreement::taken_back(&grant)}
            {ended(&grant)}
            {owed(&grant, may_read_recovery)}
            {figures(&grant)}
            {facts(&grant)}
            {section("grants-conditions", conditions::part(&grant, reopening.as_ref()))}
            {section("grants-instalments", view! {
                {instalment_plan(&grant, may_read_payments)} {condition_links_view(links)} {requests_view(requests)}
            })}
            {section("grants-reports", report_list(&grant))}
            {section("grants-budget", budget(&grant))}
            {section("grants-indicators", indicators::part(&grant, may_confirm))}
            {(!grant.funding.is_empty()).then(|| section("grants-funding", funding::part(&grant, &request)))}
            {amendments::of_grant(&grant.amendments, id, grant.row.state, may_manage)}
            {may_end.then(|| view! { <p><a href=format!("/grants/{id}/end")>{t("grants-end-early")}</a></p> })}
            {taking_back.map(|state| agreement::take_back_part(id, &state))}
            {terminating.map(|(action, state)| terminate_part(&action, &state))}
            {trail.map(audit_trail)}
        }
        .into_any()
    })
    .wide()
    .under(visit.reader.text("grants-title"), "/grants"))
}

/// The one thing to do next, for those who may do it.
fn next_step(grant: &GrantView, may_manage: bool, may_sign: bool) -> AnyView {
    let events = allowed(grant.row.state);
    let path = format!("/grants/{}", grant.row.id);
    if may_manage && events.contains(&GrantEvent::Offer) {
        return view! { <a class="button button-primary" href=format!("{path}/offer")>{t("grants-offer")}</a> }
            .into_any();
    }
    if may_sign && events.contains(&GrantEvent::Countersign) {
        return view! { <a class="button button-primary" href=format!("{path}/countersign")>{t("grants-countersign")}</a> }
            .into_any();
    }
    state_tag(grant.row.state)
}

/// Why it was terminated.
fn ended(grant: &GrantView) -> AnyView {
    if grant.ended_reason.is_empty() {
        return ().into_any();
    }
    notice("warning", view! { <p><strong>{t("grants-terminated-because")}</strong>" "{grant.ended_reason.clone()}</p> })
}

/// What has to be paid back.
fn owed(grant: &GrantView, may_read: bool) -> AnyView {
    let Some(recovery) = &grant.recovery else { return ().into_any() };
    let number = linked(may_read, format!("/grants/recoveries/{}", recovery.id), recovery.number.clone());
    let tone = if recovery.left.minor > 0 { "warning" } else { "info" };
    let arguments =
        [("amount", argument(recovery.amount)), ("left", argument(recovery.left)), ("due", argument(recovery.due))];
    notice(tone, view! { <p>{tw("grants-recovery", &arguments)}" "{number}</p> })
}

/// Giving the grant up, one press further away than all else, unless it was just refused.
fn terminate_part(action: &str, state: &FormState) -> AnyView {
    let back = action.trim_end_matches("/terminate");
    let open = !state.errors.is_empty();
    view! {
        <details open=open>
            <summary>{t("grants-terminate")}</summary>
            <p>{t("grants-terminate-lead")}</p>
            {form(action, back, view! {
                {form_fields(&TERMINATE, state, &[])}
                <div class="button-row"><button class="button button-danger">{t("grants-terminate")}</button></div>
            })}
        </details>
    }
    .into_any()
}

fn figures(grant: &GrantView) -> AnyView {
    view! {
        <ul class="figure-cards">
            {figure_card("grants-award", money(grant.row.award), None)}
            {figure_card("grants-paid", money(grant.paid), None)}
            {(grant.under_way.minor != 0).then(|| figure_card("grants-under-way", money(grant.under_way), None))}
            {figure_card("grants-open", money(grant.open), None)}
            {figure_card("grants-spent", money(grant.spent), None)}
        </ul>
    }
    .into_any()
}

fn facts(grant: &GrantView) -> AnyView {
    let signature = match (&grant.countersigned_name, grant.countersigned_at) {
        (Some(name), Some(at)) => tw("grants-signed-by", &[("name", name.as_str().into()), ("at", at.into())]),
        _ => t("grants-not-signed"),
    };
    let organisation = format!("/organisations/{}", grant.organisation);
    let name = grant.row.organisation.clone();
    summary(vec![
        definition("grants-state", state_tag(grant.row.state)),
        definition("grants-organisation", view! { <a href=organisation>{name}</a> }),
        definition("grants-country", label("country", &grant.row.country)),
        definition("grants-theme", label("theme", &grant.theme)),
        definition("grants-months", count(grant.months)),
        definition("grants-start", grant.start_date.map_or_else(|| t("grants-not-set"), date)),
        definition("grants-end", grant.row.end_date.map_or_else(|| t("grants-not-set"), date)),
        definition("grants-offered", grant.offered_at.map(instant).unwrap_or_default()),
        definition("grants-signature", signature),
    ])
}

/// The instalments with what each waits for.
pub fn instalment_plan(grant: &GrantView, may_read: bool) -> AnyView {
    let heads = [
        column("grants-instalment", false),
        column("grants-amount", true),
        column("grants-waits-for", false),
        column("grants-payment", false),
    ];
    let rows = grant
        .instalments
        .iter()
        .map(|row| {
            vec![
                tw("grants-instalment-number", &[("number", row.number.into())]).into_any(),
                money(row.amount),
                condition(row).into_any(),
                payment(row, grant.row.state.is_over(), may_read),
            ]
        })
        .collect();
    table("grants-instalments", &heads, rows)
}

fn condition(row: &InstalmentView) -> String {
    match row.after_report {
        Some(report) => tw("grants-after-report", &[("report", report.into())]),
        None => t(&row.condition.label_key()),
    }
}

fn payment(row: &InstalmentView, is_over: bool, may_read: bool) -> AnyView {
    let Some((id, state)) = row.disbursement else {
        return t(if is_over { "grants-not-paid-any-more" } else { "grants-not-requested" }).into_any();
    };
    let paid = row.paid_on.map(|day| view! { <span class="muted small">" "{date(day)}</span> });
    let state = linked(may_read, format!("/disbursements/{id}"), disbursement_pages::state_tag(state));
    view! { {state}{paid} }.into_any()
}

/// An instalment's form, or why it cannot be requested.
type Requests = Vec<(InstalmentView, String, FormState)>;

fn request_forms(visit: &Visit, grant: &GrantView) -> Requests {
    if !visit.may(Action::RequestDisbursements) {
        return Vec::new();
    }
    let open =
        grant.instalments.iter().filter(|row| row.disbursement.is_none_or(|(_, state)| !state.holds_instalment()));
    open.map(|row| {
        let action = format!("/grants/{}/instalments/{}/request", grant.row.id, row.id);
        let initial = Typed::default().with("command_id", uuid::Uuid::now_v7().to_string());
        let state = visit.form_state(&action, initial);
        (row.clone(), action, state)
    })
    .collect()
}

fn requests_view(requests: Requests) -> AnyView {
    let parts: Vec<AnyView> = requests
        .into_iter()
        .map(|(row, action, state)| {
            let number = argument(row.number);
            if let Some(message) = &row.obstacle {
                let text = tm(message);
                let title = tw("grants-request-not-yet", &[("number", number)]);
                return notice("info", view! { <p><strong>{title}</strong>" "{text}</p> });
            }
            let back = action.split("/instalments").next().unwrap_or("/grants").to_owned();
            let button = tw("grants-request", &[("number", number)]);
            form(
                &action,
                &back,
                view! {
                    {form_fields(&REQUEST, &state, &[])}
                    <div class="button-row"><button class="button button-primary">{button}</button></div>
                },
            )
        })
        .collect();
    view! { <div class="stack">{parts}</div> }.into_any()
}

/// Links to the conditions of the instalments that are still to be requested.
fn condition_links(visit: &Visit, grant: &GrantView) -> Vec<(i64, String)> {
    if !visit.may(Action::ReadDisbursements) {
        return Vec::new();
    }
    let open =
        grant.instalments.iter().filter(|row| row.disbursement.is_none_or(|(_, state)| !state.holds_instalment()));
    open.map(|row| (row.number, format!("/disbursements/instalments/{}", row.id))).collect()
}

fn condition_links_view(links: Vec<(i64, String)>) -> AnyView {
    let links: Vec<AnyView> = links
        .into_iter()
        .map(|(number, path)| {
            let text = tw("conditions-see-number", &[("number", argument(number))]);
            view! { <li><a href=path>{text}</a></li> }.into_any()
        })
        .collect();
    if links.is_empty() { ().into_any() } else { view! { <ul>{links}</ul> }.into_any() }
}

fn report_list(grant: &GrantView) -> AnyView {
    let heads = [
        column("reports-report", false),
        column("reports-period", false),
        column("reports-due", false),
        column("reports-state", false),
    ];
    let rows = grant
        .reports
        .iter()
        .map(|report| {
            let name = report_pages::name_of(report.number, report.kind);
            vec![
                view! { <a href=format!("/reports/{}", report.id)>{name}</a> }.into_any(),
                report_pages::period(report.period_start, report.period_end).into_any(),
                date(report.due).into_any(),
                report_pages::state_tag(report.state, report.late),
            ]
        })
        .collect();
    table("grants-reports", &heads, rows)
}

fn budget(grant: &GrantView) -> AnyView {
    let heads = [column("grants-line", false), column("grants-category", false), column("grants-amount", true)];
    let rows = grant
        .budget
        .iter()
        .map(|line| {
            let name = format!("{}. {}", line.position, line.description);
            vec![name.into_any(), t(&line.category.label_key()).into_any(), money(line.budget)]
        })
        .collect();
    table("grants-budget", &heads, rows)
}

/// `POST /grants/{grant}/instalments/{instalment}/request`
pub async fn request(visit: Visit, sent: Sent) -> Result<Done, AppError> {
    let grant: GrantId = visit.id("grant")?;
    let instalment: InstalmentId = visit.id("instalment")?;
    let id = disbursements::request(&visit.context, grant, instalment, &sent.typed).await?;
    Ok(Done::to(format!("/disbursements/{id}"), "done-disbursement-requested"))
}
