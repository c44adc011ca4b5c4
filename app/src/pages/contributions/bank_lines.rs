//! The lines of a bank statement as cards: what became of each with what it leads to, and for one that waits the ways in
//! which it is decided.

use backend::contributions::statements::queries::LineView;
use backend::contributions::statements::{Alike, AlikeMoney, LineState};
use backend::contributions::unidentified_queries::OpenRow;
use domain::forms::Typed;
use domain::ids::{BankLineId, StatementId};
use leptos::prelude::*;

use super::held::{pledge_choices, reasons};
use crate::ui::refused;
use crate::ui::{Choice, FormState, argument, button_form, date, form, money, status, t, tw};
use crate::web::Visit;

/// Pledges that every line of a page offers.
const MOST_CHOICES: usize = 40;

/// What stands in the forms of a line.
pub(super) struct LineForms {
    matching: FormState,
    setting_aside: FormState,
}

impl LineForms {
    pub(super) fn of(visit: &Visit, path: &str, line: &LineView) -> Self {
        let best = line.suggestions.first().map_or(String::new(), |best| best.pledge.to_string());
        let at = |what: &str| format!("{path}/lines/{}/{what}", line.id);
        Self {
            matching: visit.form_state(&at("match"), Typed::default().with("pledge", best)),
            setting_aside: visit.form_state(&at("set-aside"), Typed::default()),
        }
    }
}

fn line_status(state: LineState) -> AnyView {
    let tone = match state {
        LineState::New | LineState::Doubtful | LineState::Reversal | LineState::Unordered => "warning",
        LineState::Matched => "good",
        LineState::Held | LineState::Returned | LineState::Recovered | LineState::Paid => "info",
        LineState::Known | LineState::Reversed | LineState::SetAside => "neutral",
    };
    status(&state.label_key(), tone)
}

pub(super) fn line_card(path: &str, line: &LineView, forms: &LineForms, open: &[OpenRow], deciding: bool) -> AnyView {
    let who = if line.payer.is_empty() { t("bank-statement-nobody") } else { line.payer.clone() };
    let number = tw("bank-statement-line", &[("number", argument(line.number))]);
    let charge = (line.charge.minor > 0)
        .then(|| view! { <p class="meta">{t("receipt-bank_charge")}": "{money(line.charge)}</p> });
    let way = if line.credit { "bank-statement-in" } else { "bank-statement-out" };
    let hint = match line.state {
        LineState::Reversal => Some("bank-statement-reversal"),
        LineState::Reversed => Some("bank-statement-reversed"),
        LineState::Returned => Some("bank-statement-returned"),
        LineState::Recovered => Some("bank-statement-recovered"),
        LineState::Unordered => Some("bank-statement-unordered"),
        _ => None,
    };
    let why = line.set_aside.as_ref().map(|reason| {
        view! { <p>{t("set-aside-reason")}": "<span lang="">{reason.clone()}</span></p> }
    });
    let said =
        line.state == LineState::Known && (line.pledge.is_some() || line.held.is_some() || line.same_as.is_some());
    let take_up = (deciding && (said || line.state == LineState::SetAside)).then(|| {
        let action = format!("{path}/lines/{}/take-up", line.id);
        button_form(&action, path, "bank-line-take-up", "button-secondary button-small", &[])
    });
    view! {
        <li class="card">
            <h3>{money(line.amount)}" · "{who}</h3>
            <p class="meta">{number}" · "{date(line.date)}" · "{t(way)}" · "<code>{line.bank_reference.clone()}</code></p>
            {(!line.remittance.is_empty()).then(|| view! { <p>{line.remittance.clone()}</p> })}
            {charge}
            {line.ordered.map(|ordered| view! { <p class="meta">{t("bank-line-ordered")}": "{money(ordered)}</p> })}
            {line.valued.map(|day| view! { <p class="meta">{t("bank-line-valued")}": "{date(day)}</p> })}
            <p>{line_status(line.state)}" "{became(line)}</p>
            {hint.map(|key| view! { <p>{t(key)}</p> })}
            {why}
            {(!line.perhaps.is_empty()).then(|| perhaps(path, line, deciding))}
            {(deciding && line.state.is_undecided() && line.perhaps.is_empty())
                .then(|| decide(path, line, &forms.matching, open))}
            {(deciding && line.waits).then(|| set_aside(path, line.id, &forms.setting_aside))}
            {take_up}
        </li>
    }
    .into_any()
}

/// Where the money of a line is booked, and the line that belongs to it.
fn became(line: &LineView) -> AnyView {
    let link = |href: String, text: String| view! { <a href=href>{text}</a>" " }.into_any();
    let pledge = line.pledge.map(|pledge| link(format!("/contributions/{pledge}"), t("held-pledge-link")));
    let held = line.held.filter(|_| line.pledge.is_none());
    let held = held.map(|held| link(format!("/contributions/unidentified/{held}"), t("bank-statement-held-link")));
    let payment = line.payment.as_ref().map(|(id, grant, instalment)| {
        let name = [("number", argument(grant.as_str())), ("instalment", argument(*instalment))];
        link(format!("/disbursements/{id}"), tw("disbursements-name", &name))
    });
    let recovery = line.recovery.as_ref().map(|(id, number)| {
        link(format!("/grants/recoveries/{id}"), tw("recovery-title", &[("number", argument(number.as_str()))]))
    });
    let at = |(statement, number): (StatementId, i64), key: &str| {
        link(format!("/contributions/statements/{statement}"), tw(key, &[("number", argument(number))]))
    };
    let same = line.same_as.map(|place| at(place, "bank-line-same-as"));
    let first = line.told_first.map(|place| at(place, "bank-line-told-first"));
    let counterpart = line.counterpart.map(|(statement, number)| {
        let key = if line.credit { "bank-line-taken-back-by" } else { "bank-line-takes-back" };
        link(format!("/contributions/statements/{statement}"), tw(key, &[("number", argument(number))]))
    });
    view! { {pledge}{held}{payment}{recovery}{counterpart}{same}{first} }.into_any()
}

/// Money of which it may be one: each with the way to say that it is, and the way to say that it is none of them.
fn perhaps(path: &str, line: &LineView, deciding: bool) -> AnyView {
    let at = |what: &str| format!("{path}/lines/{}/{what}", line.id);
    let found: Vec<AnyView> = line
        .perhaps
        .iter()
        .map(|alike| {
            let same = deciding.then(|| {
                let key = [("what", alike.what.key())];
                button_form(&at("same"), path, "bank-line-same", "button-secondary button-small", &key)
            });
            view! { <li>{alike_link(alike)}" "{same}</li> }.into_any()
        })
        .collect();
    let seen = line.perhaps.iter().map(|alike| alike.what.key()).collect::<Vec<_>>().join(" ");
    view! {
        <p><strong>{t("bank-line-perhaps")}</strong></p>
        <ul>{found}</ul>
        {deciding.then(|| button_form(
            &at("other"),
            path,
            "bank-line-other",
            "button-secondary button-small",
            &[("seen", seen)],
        ))}
    }
    .into_any()
}

/// Money that may be the same, as a link to it.
fn alike_link(alike: &Alike) -> AnyView {
    let href = match alike.what {
        AlikeMoney::Receipt(pledge, _) => format!("/contributions/{pledge}"),
        AlikeMoney::Held(held) => format!("/contributions/unidentified/{held}"),
        AlikeMoney::Line(_, statement, _) => format!("/contributions/statements/{statement}"),
    };
    view! { <a href=href>{alike_name(alike)}</a> }.into_any()
}

/// Money that may be the same, in words.
pub(super) fn alike_name(alike: &Alike) -> String {
    let key = match alike.what {
        AlikeMoney::Receipt(..) => "alike-receipt",
        AlikeMoney::Held(_) => "alike-held",
        AlikeMoney::Line(..) => "alike-line",
    };
    let number = match alike.what {
        AlikeMoney::Line(_, _, number) => number,
        _ => 0,
    };
    let payer = if alike.payer.is_empty() { t("bank-statement-nobody") } else { alike.payer.clone() };
    tw(
        key,
        &[
            ("date", alike.date.into()),
            ("amount", alike.amount.into()),
            ("payer", argument(payer.as_str())),
            ("reference", argument(alike.bank_reference.as_str())),
            ("number", argument(number)),
        ],
    )
}

/// What a person who enters money by hand looks at, each to be ticked as other money.
pub(super) fn alike_choices(found: &[Alike]) -> Vec<Choice> {
    found.iter().map(|alike| Choice::new(alike.what.key(), alike_name(alike))).collect()
}

/// The same as links, to be looked at; nothing where there is none.
pub(super) fn alike_links(found: &[Alike]) -> Option<AnyView> {
    let links: Vec<AnyView> = found.iter().map(|alike| view! { <li>{alike_link(alike)}</li> }.into_any()).collect();
    (!links.is_empty()).then(|| view! { <p>{t("other-money-look")}</p> <ul>{links}</ul> }.into_any())
}

/// The best suggestions with their reasons, and the two ways in which a line is taken.
fn decide(path: &str, line: &LineView, state: &FormState, open: &[OpenRow]) -> AnyView {
    let suggestions: Vec<AnyView> = line
        .suggestions
        .iter()
        .filter_map(|suggestion| {
            let row = open.iter().find(|row| row.pledge == suggestion.pledge)?;
            let sure = suggestion.sure.then(|| status("match-sure", "good"));
            let pledge = tw(
                "held-pledge-choice",
                &[
                    ("donor", row.donor_name.as_str().into()),
                    ("date", row.date.into()),
                    ("outstanding", row.outstanding.into()),
                ],
            );
            let link = view! { <a href=format!("/contributions/{}", row.pledge)>{pledge}</a> };
            Some(view! { <li>{link}" "{sure}<span class="meta">" "{reasons(suggestion)}</span></li> }.into_any())
        })
        .collect();
    let suggestions = if suggestions.is_empty() {
        view! { <p class="muted">{t("held-no-suggestion")}</p> }.into_any()
    } else {
        view! { <ul>{suggestions}</ul> }.into_any()
    };
    // With very many pledges every card offers those that fit, and the page of held money offers all.
    let few: Vec<OpenRow> = open
        .iter()
        .filter(|row| open.len() <= MOST_CHOICES || line.suggestions.iter().any(|found| found.pledge == row.pledge))
        .cloned()
        .collect();
    // Every card has these fields; their identifiers must differ.
    let action = format!("{path}/lines/{}/match", line.id);
    let select = pledge_select(line.id, state, &few);
    let same_currency = line
        .suggestions
        .first()
        .and_then(|best| open.iter().find(|row| row.pledge == best.pledge))
        .is_none_or(|row| row.outstanding.currency == line.amount.currency);
    let settled = (!same_currency || state.errors.of("settled").is_some()).then(|| settled_field(line.id, state));
    view! {
        {suggestions}
        {(!few.is_empty()).then(|| form(&action, path, view! {
            {select}
            {settled}
            <div class="button-row"><button class="button button-primary button-small">{t("bank-statement-match")}</button></div>
        }))}
        {button_form(&format!("{path}/lines/{}/hold", line.id), path, "bank-statement-hold", "button-secondary button-small", &[])}
    }
    .into_any()
}

/// Saying why a line is no contribution, or how it is settled.
fn set_aside(path: &str, line: BankLineId, state: &FormState) -> AnyView {
    let id = format!("reason-{line}");
    let error = refused::error_of(state, "reason", &id, &t("set-aside-reason"));
    let open = error.is_some();
    let class = if open { "field has-error" } else { "field" };
    let fields = form(
        &format!("{path}/lines/{line}/set-aside"),
        path,
        view! {
            <div class=class>
                <label for=id.clone()>{t("set-aside-reason")}</label>
                {error.map(|text| view! { <p class="error-text">{text}</p> })}
                <input id=id name="reason" type="text" required="" value=state.typed.get("reason").to_owned()/>
            </div>
            <div class="button-row"><button class="button button-secondary button-small">{t("bank-line-set-aside")}</button></div>
        },
    );
    view! { <details open=open><summary>{t("bank-line-no-contribution")}</summary>{fields}</details> }.into_any()
}

fn pledge_select(line: BankLineId, state: &FormState, open: &[OpenRow]) -> AnyView {
    let id = format!("pledge-{line}");
    let chosen = state.typed.get("pledge").to_owned();
    let error = refused::error_of(state, "pledge", &id, &t("match-pledge"));
    let options: Vec<AnyView> = pledge_choices(open)
        .into_iter()
        .map(|choice| {
            let selected = choice.value == chosen;
            view! { <option value=choice.value selected=selected>{choice.label}</option> }.into_any()
        })
        .collect();
    let class = if error.is_some() { "field has-error" } else { "field" };
    view! {
        <div class=class>
            <label for=id.clone()>{t("match-pledge")}</label>
            {error.map(|text| view! { <p class="error-text">{text}</p> })}
            <select id=id name="pledge"><option value="">{t("field-choose")}</option>{options}</select>
        </div>
    }
    .into_any()
}

fn settled_field(line: BankLineId, state: &FormState) -> AnyView {
    let id = format!("settled-{line}");
    let error = refused::error_of(state, "settled", &id, &t("match-settled"));
    let class = if error.is_some() { "field has-error" } else { "field" };
    view! {
        <div class=class>
            <label for=id.clone()>{t("match-settled")}</label>
            {error.map(|text| view! { <p class="error-text">{text}</p> })}
            <input id=id name="settled" type="text" inputmode="decimal" class="input-medium" value=state.typed.get("settled").to_owned()/>
        </div>
    }
    .into_any()
}
