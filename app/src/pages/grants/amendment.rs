//! One amendment: the record of who agreed and what changes, and the next step for those who may take it.

use backend::grants::amendments;
use backend::grants::amendments::queries::{self, AmendmentView};
use domain::amendments::{AmendmentEvent, AmendmentState, COUNTERSIGN, DECISION, LineAmount, Terms, allowed};
use domain::errors::AppError;
use domain::forms::Typed;
use domain::ids::{AmendmentId, GrantId};
use domain::roles::Action;
use leptos::prelude::*;

use super::amendments::{gist, path, tag};
use super::end::command;
use crate::ui::{
    FormState, Page, button_form, column, date, definition, form, form_fields, label, money, page_head, section,
    summary, t, table, tw, usd,
};
use crate::web::{Done, Sent, Visit};

/// The forms of an amendment for those who may take the next step.
struct Steps {
    countersign: Option<FormState>,
    decide: Option<FormState>,
    withdraw: bool,
}

fn steps(visit: &Visit, amendment: &AmendmentView) -> Steps {
    let (row, events) = (&amendment.row, allowed(amendment.row.state));
    let here = path(row);
    let ready = !row.kind.needs_countersignature() || row.state == AmendmentState::Countersigned;
    let may_sign = visit.may(Action::SignAgreements)
        && row.kind.needs_countersignature()
        && events.contains(&AmendmentEvent::Countersign);
    let may_decide = visit.may(Action::ApproveAmendments) && ready && events.contains(&AmendmentEvent::Approve);
    let signature = Typed::default().with("full_name", visit.actor().name.as_str());
    let decision =
        crate::pages::reviews::state_of_any(visit, &[&format!("{here}/approve"), &format!("{here}/refuse")], command());
    Steps {
        countersign: may_sign.then(|| visit.form_state(&format!("{here}/countersign"), signature)),
        decide: may_decide.then_some(decision),
        withdraw: visit.may(Action::ManageGrants) && events.contains(&AmendmentEvent::Withdraw),
    }
}

/// `/grants/{grant}/amendments/{amendment}`
pub async fn show(visit: Visit) -> Result<Page, AppError> {
    let grant: GrantId = visit.id("grant")?;
    let amendment = queries::get(&visit.context, grant, visit.id("amendment")?).await?;
    let steps = steps(&visit, &amendment);
    let number = amendment.row.grant_number.clone();
    let title = visit.reader.with("amendment-title", &[("number", amendment.row.number.into())]);
    Ok(Page::new(title, move || {
        let here = path(&amendment.row);
        view! {
            {page_head(
                &tw("amendment-title", &[("number", amendment.row.number.into())]),
                Some(waits_for(&amendment)),
                tag(amendment.row.state),
            )}
            {summary(record(&amendment))}
            {changes(&amendment)}
            {steps.countersign.map(|state| countersigning(&here, &state))}
            {steps.decide.map(|state| deciding(&here, &state))}
            {steps.withdraw.then(|| button_form(
                &format!("{here}/withdraw"), &here, "amendment-withdraw", "button-secondary", &[],
            ))}
        }
        .into_any()
    })
    .under(visit.reader.text("grants-title"), "/grants")
    .under(number, format!("/grants/{grant}")))
}

/// Who has to act next, or what became of it.
fn waits_for(amendment: &AmendmentView) -> String {
    let row = &amendment.row;
    t(match row.state {
        AmendmentState::Proposed if row.kind.needs_countersignature() => "amendment-waits-signatory",
        AmendmentState::Proposed | AmendmentState::Countersigned => "amendment-waits-director",
        AmendmentState::InForce if amendment.needs_approval => "amendment-is-in-force",
        AmendmentState::InForce => "amendment-recorded",
        AmendmentState::Refused => "amendment-was-refused",
        AmendmentState::Withdrawn => "amendment-was-withdrawn",
    })
}

fn signed(by: Option<&(String, chrono::DateTime<chrono::Utc>)>) -> String {
    by.map_or_else(
        || t("amendment-not-yet"),
        |(name, at)| tw("grants-signed-by", &[("name", name.as_str().into()), ("at", (*at).into())]),
    )
}

fn record(amendment: &AmendmentView) -> Vec<AnyView> {
    let row = &amendment.row;
    let proposed = (amendment.proposed_name.clone(), row.proposed_at);
    let mut rows = vec![
        definition("amendments-kind", gist(row)),
        definition("amendment-reason", amendment.reason.clone()),
        definition("amendment-proposed-by", signed(Some(&proposed))),
    ];
    if amendment.needs_approval {
        if row.kind.needs_countersignature() {
            rows.push(definition("amendment-countersigned-by", signed(amendment.countersigned.as_ref())));
        }
        rows.push(definition("amendment-decided-by", signed(amendment.decided.as_ref())));
    }
    if !amendment.note.is_empty() {
        rows.push(definition("amendment-note", amendment.note.clone()));
    }
    rows.extend(amendment.available.map(|available| definition("amendment-available-now", money(available))));
    rows
}

/// What changes, or changed: before and after.
fn changes(amendment: &AmendmentView) -> AnyView {
    let heads = [column("amendment-what", false), column("amendment-before", true), column("amendment-after", true)];
    let rows = match &amendment.terms {
        Some((before, after)) => differences(before, after),
        None => lines(&amendment.budget, &amendment.lines),
    };
    if rows.is_empty() {
        return ().into_any();
    }
    section("amendment-changes", table("amendment-changes", &heads, rows))
}

fn differences(before: &Terms, after: &Terms) -> Vec<Vec<AnyView>> {
    let mut rows = Vec::new();
    if before.state != after.state {
        rows.push(vec![
            t("grants-state").into_any(),
            label("grant-state", &before.state).into_any(),
            label("grant-state", &after.state).into_any(),
        ]);
    }
    if before.award != after.award {
        rows.push(vec![t("grants-award").into_any(), usd(before.award), usd(after.award)]);
    }
    if before.end_date != after.end_date {
        let day = |terms: &Terms| terms.end_date.map(date).unwrap_or_default().into_any();
        rows.push(vec![t("grants-end").into_any(), day(before), day(after)]);
    }
    for (number, amount) in &after.instalments {
        let was = before.instalments.iter().find(|(known, _)| known == number).map(|(_, amount)| *amount);
        if was != Some(*amount) {
            let name = tw("grants-instalment-number", &[("number", (*number).into())]);
            rows.push(vec![name.into_any(), was.map_or_else(|| ().into_any(), usd), usd(*amount)]);
        }
    }
    for (number, due) in &after.reports {
        let was = before.reports.iter().find(|(known, _)| known == number).map(|(_, due)| *due);
        if was != Some(*due) {
            let name = tw("amendment-report-due", &[("number", (*number).into())]);
            rows.push(vec![name.into_any(), was.map(date).into_any(), date(*due).into_any()]);
        }
    }
    rows.extend(lines(&before.lines, &after.lines));
    rows
}

fn lines(before: &[LineAmount], after: &[LineAmount]) -> Vec<Vec<AnyView>> {
    after
        .iter()
        .filter_map(|line| {
            let was = before.iter().find(|known| known.position == line.position)?;
            let name = format!("{}. {}", line.position, t(&line.category.label_key()));
            (was != line).then(|| vec![name.into_any(), usd(was.usd_minor), usd(line.usd_minor)])
        })
        .collect()
}

fn countersigning(here: &str, state: &FormState) -> AnyView {
    section(
        "amendment-countersign",
        view! {
            <p>{t("amendment-countersign-lead")}</p>
            {form(&format!("{here}/countersign"), here, view! {
                {form_fields(&COUNTERSIGN, state, &[])}
                <div class="button-row"><button class="button button-primary">{t("amendment-countersign")}</button></div>
            })}
        },
    )
}

/// One form with two buttons. The first answers the enter key: it must not approve by accident.
fn deciding(here: &str, state: &FormState) -> AnyView {
    let refuse = format!("{here}/refuse");
    section(
        "amendment-decide",
        view! {
            <p>{t("amendment-decide-lead")}</p>
            {form(&format!("{here}/approve"), here, view! {
                {form_fields(&DECISION, state, &[])}
                <div class="button-row">
                    <button class="button button-secondary" formaction=refuse>{t("amendment-refuse")}</button>
                    <button class="button button-primary">{t("amendment-approve")}</button>
                </div>
            })}
        },
    )
}

fn back(visit: &Visit) -> Result<(String, AmendmentId), AppError> {
    let (grant, id): (GrantId, AmendmentId) = (visit.id("grant")?, visit.id("amendment")?);
    Ok((format!("/grants/{grant}/amendments/{id}"), id))
}

/// `POST /grants/{grant}/amendments/{amendment}/countersign`
pub async fn countersign(visit: Visit, sent: Sent) -> Result<Done, AppError> {
    let (here, id) = back(&visit)?;
    amendments::countersign(&visit.context, id, &sent.typed).await?;
    Ok(Done::to(here, "done-amendment-countersigned"))
}

/// `POST /grants/{grant}/amendments/{amendment}/approve`
pub async fn approve(visit: Visit, sent: Sent) -> Result<Done, AppError> {
    let (here, id) = back(&visit)?;
    amendments::approve(&visit.context, id, &sent.typed).await?;
    Ok(Done::to(here, "done-amendment-approved"))
}

/// `POST /grants/{grant}/amendments/{amendment}/refuse`
pub async fn refuse(visit: Visit, sent: Sent) -> Result<Done, AppError> {
    let (here, id) = back(&visit)?;
    amendments::refuse(&visit.context, id, &sent.typed).await?;
    Ok(Done::to(here, "done-amendment-refused"))
}

/// `POST /grants/{grant}/amendments/{amendment}/withdraw`
pub async fn withdraw(visit: Visit, _: Sent) -> Result<Done, AppError> {
    let (here, id) = back(&visit)?;
    amendments::withdraw(&visit.context, id).await?;
    Ok(Done::to(here, "done-amendment-withdrawn"))
}
