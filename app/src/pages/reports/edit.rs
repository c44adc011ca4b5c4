//! The organisation's form of a report: narrative, spending beside the budget, results, people. It works
//! without a script; whatever it holds is saved first and judged when the signatory sends it.

use std::collections::BTreeMap;

use backend::reports;
use backend::reports::queries::{self, LineView, ReportView, ResultView};
use domain::errors::AppError;
use domain::forms::{Merged, Typed};
use domain::ids::ReportId;
use domain::reports::{REPORT, SUBMIT};
use domain::roles::Action;
use leptos::prelude::*;

use super::name_of;
use super::show::comments;
use crate::pages::applications::form_view;
use crate::ui::refused;
use crate::ui::{
    DraftForm, FormState, Page, Shown, both_texts, conflict_of, count, field, group_rows, hidden, money, page_head, t,
    tm, tw, versions_link,
};
use crate::web::{Done, Sent, Visit};

/// `/reports/{report}/edit`
pub async fn page(visit: Visit) -> Result<Page, AppError> {
    let id: ReportId = visit.id("report")?;
    let report = queries::get(&visit.context, id).await?;
    if !report.row.state.is_editable() {
        return Err(AppError::refused("refused-report-not-editable"));
    }
    let writing = Writing::of(&visit, &report).await?;
    let may_submit = visit.may(Action::SubmitReports);
    let (number, title) = (report.row.grant_number.clone(), visit.reader.text("reports-write"));
    Ok(Page::new(title, move || {
        let lead = tw("reports-write-lead", &[
            ("number", report.row.grant_number.as_str().into()),
            ("start", report.row.period_start.into()),
            ("end", report.row.period_end.into()),
            ("due", report.row.due.into()),
        ]);
        view! {
            {page_head(&name_of(report.row.number, report.row.kind), Some(lead), ())}
            {comments(&report)}
            <div class="warning-text"><p>{t("reports-no-persons")}</p></div>
            {writing.both_texts()}
            {writing.form.view(view! {
                <h2>{t("reports-narrative")}</h2>
                {narrative(&writing.state)}
                {expenditure(&report, &writing.state)}
                {indicators(&report, &writing.state)}
                {REPORT.groups.iter().filter(|group| group.name == "people").map(|group| group_rows(&REPORT, group, &writing.state, &[], 4)).collect::<Vec<_>>()}
                <div class="button-row"><button class="button button-secondary">{t("reports-save")}</button></div>
                {sending(&format!("/reports/{id}/submit"), &writing.state, may_submit)}
            })}
            {versions_link(&format!("/reports/{id}"), report.version > 1)}
        }
        .into_any()
    })
    .wide()
    .under(visit.reader.text("reports-title"), "/reports")
    .under(number, format!("/reports/{id}")))
}

/// The form as it stands: what is stored, what was refused, or both texts put together.
struct Writing {
    form: DraftForm,
    state: FormState,
    merged: Option<Merged>,
    stored: Typed,
}

impl Writing {
    async fn of(visit: &Visit, report: &ReportView) -> Result<Self, AppError> {
        let id = report.row.id;
        let (save, submit) = (format!("/reports/{id}/save"), format!("/reports/{id}/submit"));
        let stored = report.typed.clone().unwrap_or_default();
        let mut initial = stored.clone();
        initial.set("full_name", visit.actor().name.as_str());
        let kept = visit.kept.as_ref().filter(|kept| kept.path == save || kept.path == submit);
        let mut state = visit.form_state(kept.map_or(&save, |kept| &kept.path), initial);
        let (mut version, mut shown, mut merged) = (report.version, Shown::Stored, None);
        if let Some(kept) = kept {
            let text = if let Some(written_on) = conflict_of(visit, &[&save, &submit]) {
                shown = Shown::Both(written_on.to_string());
                let both = reports::together(&visit.context, id, written_on, &kept.typed).await?;
                Some(merged.insert(both).typed.clone())
            } else if matches!(kept.error, AppError::Invalid(_)) {
                // It was saved before it was judged.
                Some(stored.clone())
            } else {
                if !kept.typed.only(&REPORT).says_the_same(&stored.only(&REPORT), &[]) {
                    version = kept.typed.get("version").parse().unwrap_or(version);
                    shown = Shown::Refused;
                }
                None
            };
            if let Some(mut text) = text {
                for name in SUBMIT.fields.iter().map(|field| field.name) {
                    text.set(name, kept.typed.get(name));
                }
                state.typed = text;
            }
        }
        let form = DraftForm {
            id: "report-form",
            action: save.clone(),
            save,
            back: format!("/reports/{id}/edit"),
            version,
            shown,
        };
        Ok(Self { form, state, merged, stored })
    }

    fn both_texts(&self) -> Option<AnyView> {
        let merged = self.merged.as_ref()?;
        let of = |typed| form_view(&REPORT, typed, Some(&merged.conflicts));
        both_texts(merged, t("draft-both-stored-other"), of(&merged.typed), of(&self.stored))
    }
}

fn narrative(state: &FormState) -> Vec<AnyView> {
    REPORT.fields.iter().map(|known| field(&REPORT, known.name, state, &[])).collect()
}

/// The end of the form: the signatory sends it, an editor learns who does.
fn sending(submit: &str, state: &FormState, may_submit: bool) -> AnyView {
    if !may_submit {
        return view! { <p class="hint">{t("reports-signatory-sends")}</p> }.into_any();
    }
    view! {
        <h2>{t("reports-send")}</h2>
        <p>{t("reports-send-lead")}</p>
        {field(&SUBMIT, "declaration", state, &[])}
        {field(&SUBMIT, "full_name", state, &[])}
        <div class="button-row"><button class="button button-primary" formaction=submit.to_owned()>{t("reports-send-button")}</button></div>
    }
    .into_any()
}

/// Which row of a group stands for which line or indicator: the one typed before, else a free one.
fn row_numbers(
    state: &FormState,
    group: &str,
    key: &str,
    positions: impl Iterator<Item = i64>,
) -> BTreeMap<i64, usize> {
    let typed = state.typed.rows(group);
    let mut next = typed.last().map_or(0, |last| last + 1);
    positions
        .map(|position| {
            let known =
                typed.iter().find(|row| state.typed.get(&format!("{group}.{row}.{key}")) == position.to_string());
            let row = known.copied().unwrap_or_else(|| {
                next += 1;
                next - 1
            });
            (position, row)
        })
        .collect()
}

/// The error of a cell, below its row.
fn row_errors(state: &FormState, names: &[String], columns: &'static str) -> Vec<AnyView> {
    names
        .iter()
        .filter_map(|name| {
            let text = tm(state.errors.of(name)?);
            let id = format!("{}-error", name.replace('.', "-"));
            Some(
                view! { <tr class="row-error"><td colspan=columns><p class="error-text" id=id>{text}</p></td></tr> }
                    .into_any(),
            )
        })
        .collect()
}

/// One input of a table; the row and the column name it.
fn cell(state: &FormState, name: &str, label: String, numeric: bool) -> AnyView {
    let id = name.replace('.', "-");
    let wrong = state.errors.of(name).is_some();
    if wrong {
        refused::note(name, id.clone(), label.clone());
    }
    let described = wrong.then(|| format!("{id}-error"));
    let mode = if numeric { "decimal" } else { "text" };
    view! {
        <input id=id name=name.to_owned() value=state.typed.get(name).to_owned() inputmode=mode autocomplete="off"
            aria-label=label aria-describedby=described aria-invalid=wrong.then_some("true")/>
    }
    .into_any()
}

fn group_error(state: &FormState, group: &str) -> AnyView {
    let Some(message) = state.errors.of(group) else { return ().into_any() };
    refused::note_field(REPORT.name, group, &state.typed);
    view! { <p class="error-text">{tm(message)}</p> }.into_any()
}

fn expenditure(report: &ReportView, state: &FormState) -> AnyView {
    let rows = row_numbers(state, "expenditure", "line", report.lines.iter().map(|line| line.position));
    let body: Vec<AnyView> = report
        .lines
        .iter()
        .map(|line| expenditure_row(line, rows.get(&line.position).copied().unwrap_or(0), state))
        .collect();
    view! {
        <h2 id="expenditure">{t("reports-expenditure")}</h2>
        <p class="hint">{t("reports-expenditure-hint")}</p>
        {group_error(state, "expenditure")}
        <table class="budget">
            <caption class="visually-hidden">{t("reports-expenditure")}</caption>
            <thead><tr>
                <th scope="col">{t("reports-line")}</th>
                <th scope="col" class="num">{t("reports-budget")}</th>
                <th scope="col" class="num">{t("reports-before")}</th>
                <th scope="col" class="num">{t("reports-spent-usd")}</th>
                <th scope="col">{t("reports-explanation")}</th>
            </tr></thead>
            <tbody>{body}</tbody>
        </table>
    }
    .into_any()
}

fn expenditure_row(line: &LineView, row: usize, state: &FormState) -> AnyView {
    let name = |part: &str| format!("expenditure.{row}.{part}");
    let label = |key: &str| format!("{}, {}", t(key), line.description);
    let wrong = |part: &str| if state.errors.of(&name(part)).is_some() { " has-error" } else { "" };
    let category = t(&line.category.label_key());
    view! {
        <tr>
            <td class="wide" data-label=t("reports-line")>
                {hidden(&name("line"), &line.position.to_string())}
                {format!("{}. {}", line.position, line.description)}" "<span class="muted small">{category}</span>
            </td>
            <td class="num" data-label=t("reports-budget")>{money(line.budget)}</td>
            <td class="num" data-label=t("reports-before")>{money(line.before)}</td>
            <td class=format!("num{}", wrong("spent")) data-label=t("reports-spent-usd")>
                {cell(state, &name("spent"), label("reports-spent-usd"), true)}
            </td>
            <td class=format!("wide{}", wrong("explanation")) data-label=t("reports-explanation")>
                {cell(state, &name("explanation"), label("reports-explanation"), false)}
            </td>
        </tr>
        {row_errors(state, &[name("line"), name("spent"), name("explanation")], "5")}
    }
    .into_any()
}

fn indicators(report: &ReportView, state: &FormState) -> AnyView {
    let rows = row_numbers(state, "indicators", "indicator", report.results.iter().map(|result| result.position));
    let body: Vec<AnyView> = report
        .results
        .iter()
        .map(|result| indicator_row(result, rows.get(&result.position).copied().unwrap_or(0), state))
        .collect();
    view! {
        <h2 id="indicators">{t("reports-results")}</h2>
        <p class="hint">{t("reports-results-hint")}</p>
        {group_error(state, "indicators")}
        <table class="budget">
            <caption class="visually-hidden">{t("reports-results")}</caption>
            <thead><tr>
                <th scope="col">{t("reports-indicator")}</th>
                <th scope="col" class="num">{t("reports-target")}</th>
                <th scope="col" class="num">{t("reports-before")}</th>
                <th scope="col" class="num">{t("reports-achieved")}</th>
                <th scope="col">{t("reports-comment")}</th>
            </tr></thead>
            <tbody>{body}</tbody>
        </table>
    }
    .into_any()
}

fn indicator_row(result: &ResultView, row: usize, state: &FormState) -> AnyView {
    let name = |part: &str| format!("indicators.{row}.{part}");
    let label = |key: &str| format!("{}, {}", t(key), result.indicator);
    let wrong = if state.errors.of(&name("achieved")).is_some() { "num has-error" } else { "num" };
    view! {
        <tr>
            <td class="wide" data-label=t("reports-indicator")>
                {hidden(&name("indicator"), &result.position.to_string())}
                {result.indicator.clone()}" "<span class="muted small">{result.unit.clone()}</span>
            </td>
            <td class="num" data-label=t("reports-target")>{count(result.target)}</td>
            <td class="num" data-label=t("reports-before")>{count(result.before)}</td>
            <td class=wrong data-label=t("reports-achieved")>
                {cell(state, &name("achieved"), label("reports-achieved"), true)}
            </td>
            <td class="wide" data-label=t("reports-comment")>{cell(state, &name("comment"), label("reports-comment"), false)}</td>
        </tr>
        {row_errors(state, &[name("indicator"), name("achieved"), name("comment")], "5")}
    }
    .into_any()
}

/// `POST /reports/{report}/save`
pub async fn save(visit: Visit, sent: Sent) -> Result<Done, AppError> {
    let id: ReportId = visit.id("report")?;
    let saved = reports::save(&visit.context, id, &sent.typed).await?;
    Ok(Done::draft(format!("/reports/{id}/edit"), "done-report-saved", saved, visit.reader))
}

/// `POST /reports/{report}/submit`: saved first, then judged.
pub async fn submit(visit: Visit, sent: Sent) -> Result<Done, AppError> {
    let id: ReportId = visit.id("report")?;
    reports::save(&visit.context, id, &sent.typed).await?;
    reports::submit(&visit.context, id, &sent.typed).await?;
    Ok(Done::to(format!("/reports/{id}"), "done-report-submitted"))
}
