//! Money of which nobody can say yet what it is: the queue, entering some, and deciding what becomes of it.

use backend::audit::Kind;
use backend::contributions::unidentified_queries::{self as queries, HeldView, OpenRow};
use backend::contributions::{self, HeldState};
use domain::contributions::{IDENTIFY, SEND_BACK, UNIDENTIFIED};
use domain::errors::AppError;
use domain::forms::Typed;
use domain::ids::UnidentifiedId;
use domain::matching::Suggestion;
use domain::money::Currency;
use domain::roles::Action;
use leptos::prelude::*;

use super::bank_lines::{alike_choices, alike_links};
use super::money_form;
use crate::pages::ledger::entry_list;
use crate::ui::{
    Choice, FormState, Page, audit_trail, column, date, definition, filters, form, form_fields, money, page_head,
    pager, reader, section, status, summary, t, table, tw, usd,
};
use crate::web::{Done, Sent, Visit};

const PATH: &str = "/contributions/unidentified";
const HOLD: &str = "/contributions/unidentified/hold";

/// `/contributions/unidentified`
pub async fn page(visit: Visit) -> Result<Page, AppError> {
    let request = visit.page_request();
    let held = queries::list(&visit.context, &request).await?;
    let entering = visit.may(Action::WriteReceipts).then(|| {
        let today = visit.context.today().to_string();
        money_form(&visit, HOLD, Typed::default().with("currency", "USD").with("date", today))
    });
    let told = match &entering {
        Some(state) if !state.typed.get("amount").is_empty() => {
            contributions::told_of_held(&visit.context, &state.typed).await?
        }
        _ => Vec::new(),
    };
    Ok(Page::new(visit.reader.text("held-title"), move || {
        let states = HeldState::ALL.iter().map(|state| Choice::new(state.code(), t(&state.label_key()))).collect();
        let heads = [
            column("receipt-date", false),
            column("held-payer", false),
            column("receipt-bank_reference", false),
            column("receipt-amount", true),
            column("receipt-usd", true),
            column("standing-state", false),
        ];
        let rows = held
            .rows
            .iter()
            .map(|row| {
                let link = view! { <a href=format!("{PATH}/{}", row.id)>{date(row.date)}</a> };
                vec![
                    link.into_any(),
                    row.payer.clone().into_any(),
                    row.bank_reference.clone().into_any(),
                    money(row.amount),
                    usd(row.usd_minor),
                    held_status(row.state),
                ]
            })
            .collect();
        view! {
            {page_head(&t("held-title"), Some(t("held-lead")), ())}
            {filters(PATH, &request, Some(("held-filter", states)))}
            {table("held-title", &heads, rows)}
            {pager(PATH, &request, &held)}
            {entering.map(|state| section("held-new", form(HOLD, PATH, view! {
                <p>{t("held-new-lead")}</p>
                {alike_links(&told)}
                {form_fields(&UNIDENTIFIED, &state, &[("other_money", alike_choices(&told))])}
                <div class="button-row"><button class="button button-primary">{t("held-send")}</button></div>
            })))}
        }
        .into_any()
    })
    .under(visit.reader.text("contributions-title"), "/contributions")
    .wide())
}

fn held_status(state: HeldState) -> AnyView {
    let tone = match state {
        HeldState::Held => "warning",
        HeldState::Identified => "good",
        HeldState::SentBack => "neutral",
    };
    status(&state.label_key(), tone)
}

/// `POST /contributions/unidentified/hold`
pub async fn hold(visit: Visit, sent: Sent) -> Result<Done, AppError> {
    let id = contributions::hold(&visit.context, &sent.typed).await?;
    Ok(Done::to(format!("{PATH}/{id}"), "done-held"))
}

/// `/contributions/unidentified/{held}`
pub async fn show(visit: Visit) -> Result<Page, AppError> {
    let id: UnidentifiedId = visit.id("held")?;
    let held = queries::get(&visit.context, id).await?;
    let entries = queries::entries(&visit.context, &held).await?;
    let deciding = visit.may(Action::WriteReceipts) && held.state == HeldState::Held;
    let open = if deciding { queries::open_pledges(&visit.context).await? } else { Vec::new() };
    let suggestions = queries::suggestions(&held, &open);
    let trail = visit.trail(Kind::Unidentified, id.into()).await?;
    let best = suggestions.first().map_or(String::new(), |best| best.pledge.to_string());
    let wanted = if visit.query("pledge").is_empty() { best } else { visit.query("pledge").to_owned() };
    let identify = money_form(&visit, &format!("{PATH}/{id}/identify"), Typed::default().with("pledge", wanted));
    let today = visit.context.today().to_string();
    let back = money_form(&visit, &format!("{PATH}/{id}/send-back"), Typed::default().with("date", today));
    let title = visit.reader.with("held-show", &[("amount", held.amount.into())]);
    Ok(Page::new(title.clone(), move || {
        view! {
            {page_head(&title, Some(tw("held-show-lead", &[("date", held.date.into())])), ())}
            {facts(&held)}
            {deciding.then(|| section("held-suggestions", suggested(&suggestions, &open, id)))}
            {deciding.then(|| section("held-identify", identify_form(id, &identify, &open)))}
            {deciding.then(|| section("held-send-back", send_back_form(id, &back)))}
            {section("ledger-entries", entry_list(&entries))}
            {trail.map(audit_trail)}
        }
        .into_any()
    })
    .under(visit.reader.text("contributions-title"), "/contributions")
    .under(visit.reader.text("held-title"), PATH))
}

fn facts(held: &HeldView) -> AnyView {
    let mut rows = vec![
        definition("standing-state", held_status(held.state)),
        definition("receipt-amount", money(held.amount)),
        definition("receipt-usd", usd(held.usd_minor)),
    ];
    if held.amount.currency != Currency::USD {
        rows.push(definition("receipt-rate", reader().decimal(held.rate)));
    }
    if held.charge.minor != 0 {
        rows.push(definition("receipt-bank_charge", money(held.charge)));
    }
    if let Some(ordered) = held.ordered {
        rows.push(definition("bank-line-ordered", money(ordered)));
    }
    rows.push(definition("receipt-bank_reference", held.bank_reference.clone()));
    for (key, text) in
        [("held-payer", &held.payer), ("held-remittance", &held.remittance), ("held-reason", &held.reason)]
    {
        if !text.is_empty() {
            rows.push(definition(key, text.clone()));
        }
    }
    if let Some(day) = held.decided_on {
        rows.push(definition("held-decided", date(day)));
    }
    if let Some((pledge, _)) = held.receipt {
        let link = view! { <a href=format!("/contributions/{pledge}")>{t("held-pledge-link")}</a> };
        rows.push(definition("identify-pledge", link));
    }
    summary(rows)
}

/// The reasons of a suggestion, in one line.
pub(super) fn reasons(suggestion: &Suggestion) -> String {
    let reasons: Vec<String> = suggestion.reasons.iter().map(|reason| t(&reason.label_key())).collect();
    reasons.join(" · ")
}

fn suggested(suggestions: &[Suggestion], open: &[OpenRow], id: UnidentifiedId) -> AnyView {
    if suggestions.is_empty() {
        return view! { <p class="empty">{t("held-no-suggestion")}</p> }.into_any();
    }
    let heads = [
        column("pledge-donor", false),
        column("pledge-date", false),
        column("standing-outstanding", true),
        column("match-why", false),
        column("held-choose", false),
    ];
    let rows = suggestions
        .iter()
        .filter_map(|suggestion| {
            let row = open.iter().find(|row| row.pledge == suggestion.pledge)?;
            let pledge = view! { <a href=format!("/contributions/{}", row.pledge)>{row.donor_name.clone()}</a> };
            let choose = format!("{PATH}/{id}?pledge={}#pledge", row.pledge);
            let choose = view! {
                <a href=choose>{t("held-choose")}<span class="visually-hidden">" "{row.donor_name.clone()}</span></a>
            };
            Some(vec![
                pledge.into_any(),
                date(row.date).into_any(),
                money(row.outstanding),
                reasons(suggestion).into_any(),
                choose.into_any(),
            ])
        })
        .collect();
    table("held-suggestions", &heads, rows)
}

/// Pledges to choose from, by donor, day and what is still to come.
pub(super) fn pledge_choices(open: &[OpenRow]) -> Vec<Choice> {
    open.iter()
        .map(|row| {
            let label = tw(
                "held-pledge-choice",
                &[
                    ("donor", row.donor_name.as_str().into()),
                    ("date", row.date.into()),
                    ("outstanding", row.outstanding.into()),
                ],
            );
            Choice::new(row.pledge, label)
        })
        .collect()
}

fn identify_form(id: UnidentifiedId, state: &FormState, open: &[OpenRow]) -> AnyView {
    form(
        &format!("{PATH}/{id}/identify"),
        &format!("{PATH}/{id}"),
        view! {
            {form_fields(&IDENTIFY, state, &[("pledge", pledge_choices(open))])}
            <div class="button-row"><button class="button button-primary">{t("identify-send")}</button></div>
        },
    )
}

fn send_back_form(id: UnidentifiedId, state: &FormState) -> AnyView {
    form(
        &format!("{PATH}/{id}/send-back"),
        &format!("{PATH}/{id}"),
        view! {
            <p>{t("send-back-lead")}</p>
            {form_fields(&SEND_BACK, state, &[])}
            <div class="button-row"><button class="button button-danger">{t("send-back-send")}</button></div>
        },
    )
}

/// `POST /contributions/unidentified/{held}/identify`
pub async fn identify(visit: Visit, sent: Sent) -> Result<Done, AppError> {
    let id: UnidentifiedId = visit.id("held")?;
    contributions::identify(&visit.context, id, &sent.typed).await?;
    Ok(Done::to(format!("{PATH}/{id}"), "done-identified"))
}

/// `POST /contributions/unidentified/{held}/send-back`
pub async fn send_back(visit: Visit, sent: Sent) -> Result<Done, AppError> {
    let id: UnidentifiedId = visit.id("held")?;
    contributions::send_back(&visit.context, id, &sent.typed).await?;
    Ok(Done::to(format!("{PATH}/{id}"), "done-receipt-sent-back"))
}
