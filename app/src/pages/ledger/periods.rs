//! Closing the books of a month or a year, with the checklist, and reopening them.

use backend::audit::Kind;
use backend::ledger::closing::{self, Closing};
use backend::ledger::periods::{self as books, CheckItem, PeriodRow, PeriodView, audit_number};
use domain::errors::AppError;
use domain::forms::Typed;
use domain::periods::{CLOSE, Period, REOPEN};
use domain::roles::Action;
use leptos::prelude::*;

use super::period_name;
use crate::ui::{
    FormState, Page, argument, audit_trail, column, date, definition, form, form_fields, instant, notice, page_head,
    reader, section, status, summary, t, table, tm, tw,
};
use crate::web::{Done, Sent, Visit};

/// Seconds after which the page of a period that is being closed looks how far that is.
const MOMENT: u32 = 3;

/// `/ledger/periods`
pub async fn list_page(visit: Visit) -> Result<Page, AppError> {
    let years = books::list(&visit.context).await?;
    let today = visit.context.today();
    Ok(Page::new(visit.reader.text("periods-title"), move || {
        let years: Vec<AnyView> = years
            .iter()
            .map(|(year, months)| {
                let heads = [column("period", false), column("period-state", false), column("period-closed", false)];
                // A month that has not begun says nothing.
                let begun = months.iter().filter(|month| month.period.first_day() <= today);
                let rows = begun.chain([year]).map(|row| cells(row, today)).collect();
                view! {
                    <section class="section">
                        <h2>{year.period.to_string()}</h2>
                        {table("periods-title", &heads, rows)}
                    </section>
                }
                .into_any()
            })
            .collect();
        view! { {page_head(&t("periods-title"), Some(t("periods-lead")), ())} {years} }.into_any()
    })
    .under(visit.reader.text("ledger-title"), "/ledger"))
}

fn cells(row: &PeriodRow, today: chrono::NaiveDate) -> Vec<AnyView> {
    let name = match row.period.month {
        Some(_) => period_name(reader(), row.period),
        None => t("period-whole-year"),
    };
    let closed = row.closed.as_ref().map(|closed| format!("{}, {}", instant(closed.at), closed.by));
    vec![
        view! { <a href=format!("/ledger/periods/{}", row.period)>{name}</a> }.into_any(),
        state(row, today),
        closed.unwrap_or_default().into_any(),
    ]
}

fn state(row: &PeriodRow, today: chrono::NaiveDate) -> AnyView {
    if row.closed.is_some() {
        status("period-state-closed", "good")
    } else if !row.open {
        status("period-state-closed-with-later", "good")
    } else if !row.period.is_over(today) {
        status("period-state-running", "neutral")
    } else if row.used {
        status("period-state-open", "warning")
    } else {
        status("period-state-empty", "neutral")
    }
}

/// The period that the path names.
fn period(visit: &Visit) -> Result<Period, AppError> {
    visit.parameter("period").parse().map_err(|_| AppError::NotFound)
}

/// `/ledger/periods/{period}`
pub async fn page(visit: Visit) -> Result<Page, AppError> {
    let wanted = period(&visit)?;
    let view = books::get(&visit.context, wanted).await?;
    let trail = visit.trail(Kind::Period, audit_number(wanted)).await?;
    let (may_close, may_reopen) = (visit.may(Action::ClosePeriods), visit.may(Action::ReopenPeriods));
    let state = visit.form_state(&format!("/ledger/periods/{wanted}/close"), Typed::default());
    let reopening = visit.form_state(&format!("/ledger/periods/{wanted}/reopen"), Typed::default());
    let title = period_name(visit.reader, wanted);
    let today = visit.context.today();
    let under_way = view.closing.as_ref().is_some_and(Closing::is_under_way);
    let page = Page::new(title.clone(), move || {
        view! {
            {page_head(&title, Some(t("period-lead")), ())}
            {view.closing.as_ref().map(closing_notice)}
            {facts(&view, today)}
            {view.row.open.then(|| section("period-checklist", view! {
                {(!view.may_be_closed()).then(|| notice("info", view! { <p>{t("period-close-not-yet")}</p> }))}
                {checklist(&view.checklist)}
            }))}
            {(may_close && !under_way).then(|| close_form(&view, &state))}
            {(may_reopen && view.row.closed.is_some()).then(|| reopen_form(wanted, &reopening))}
            {trail.map(audit_trail)}
        }
        .into_any()
    })
    .under(visit.reader.text("ledger-title"), "/ledger")
    .under(visit.reader.text("periods-title"), "/ledger/periods");
    // Whoever reads why a form was refused is not torn away from it.
    let looks_again = under_way && visit.kept.is_none();
    Ok(if looks_again { page.followed_by(MOMENT, format!("/ledger/periods/{wanted}")) } else { page })
}

/// How far a closing is, or why it came to nothing.
fn closing_notice(closing: &Closing) -> AnyView {
    let asked = [("name", argument(closing.by.clone())), ("at", argument(closing.at))];
    if let Some(why) = &closing.refused {
        return notice("bad", view! { <p>{tw("period-closing-refused", &asked)}</p><p>{tm(why)}</p> });
    }
    let (checked, parts) = (closing.checked, closing.parts);
    let far = tw("period-closing-progress", &[("checked", argument(checked)), ("parts", argument(parts))]);
    notice(
        "info",
        view! {
            <p>{tw("period-closing-lead", &asked)}</p>
            <p><label>{far}" "<progress value=checked.to_string() max=parts.to_string()></progress></label></p>
        },
    )
}

fn facts(view: &PeriodView, today: chrono::NaiveDate) -> AnyView {
    let period = view.row.period;
    let mut rows = vec![
        definition("period-days", format!("{} – {}", date(period.first_day()), date(period.last_day()))),
        definition(
            "period-state",
            match &view.closing {
                Some(closing) if closing.is_under_way() => status("period-state-closing", "info"),
                _ => state(&view.row, today),
            },
        ),
    ];
    if let Some(closing) = view.closing.as_ref().filter(|closing| !closing.reason.is_empty()) {
        rows.push(definition("period-close-reason", closing.reason.clone()));
    }
    if let Some(closed) = &view.row.closed {
        rows.push(definition("period-closed", format!("{}, {}", instant(closed.at), closed.by)));
        rows.extend((!closed.reason.is_empty()).then(|| definition("period-closed-reason", closed.reason.clone())));
    }
    summary(rows)
}

/// What was looked at, and what is open.
fn checklist(items: &[CheckItem]) -> AnyView {
    let heads =
        [column("period-check", false), column("period-check-result", false), column("period-check-note", false)];
    let mut rows: Vec<Vec<AnyView>> = items
        .iter()
        .map(|item| {
            let (key, tone) = match (&item.open, item.check.is_needed()) {
                (None, _) => ("period-check-done", "good"),
                (Some(_), true) => ("period-check-needed", "bad"),
                (Some(_), false) => ("period-check-open", "warning"),
            };
            let note = item.open.as_ref().map(tm).unwrap_or_default();
            vec![t(&item.check.label_key()).into_any(), status(key, tone), note.into_any()]
        })
        .collect();
    rows.push(vec![
        t("period-check-books").into_any(),
        status("period-check-later", "neutral"),
        t("period-check-books-note").into_any(),
    ]);
    table("period-checklist", &heads, rows)
}

fn close_form(view: &PeriodView, state: &FormState) -> Option<AnyView> {
    if !view.may_be_closed() {
        return None;
    }
    let period = view.row.period;
    let path = format!("/ledger/periods/{period}");
    let fields = (view.needs_reason() || !state.errors.is_empty()).then(|| form_fields(&CLOSE, state, &[]));
    Some(section(
        "period-close",
        view! {
            <p>{t("period-close-lead")}</p>
            {form(&format!("{path}/close"), &path, view! {
                {fields}
                <div class="button-row"><button class="button button-primary">{t("period-close-send")}</button></div>
            })}
        },
    ))
}

fn reopen_form(period: Period, state: &FormState) -> AnyView {
    let path = format!("/ledger/periods/{period}");
    section(
        "period-reopen",
        view! {
            <p>{t("period-reopen-lead")}</p>
            {form(&format!("{path}/reopen"), &path, view! {
                {form_fields(&REOPEN, state, &[])}
                <div class="button-row"><button class="button button-danger">{t("period-reopen-send")}</button></div>
            })}
        },
    )
}

/// `POST /ledger/periods/{period}/close`
pub async fn close(visit: Visit, sent: Sent) -> Result<Done, AppError> {
    let wanted = period(&visit)?;
    closing::ask(&visit.context, wanted, &sent.typed).await?;
    Ok(Done::to(format!("/ledger/periods/{wanted}"), "done-period-closing-asked"))
}

/// `POST /ledger/periods/{period}/reopen`
pub async fn reopen(visit: Visit, sent: Sent) -> Result<Done, AppError> {
    let wanted = period(&visit)?;
    books::reopen(&visit.context, wanted, &sent.typed).await?;
    Ok(Done::to(format!("/ledger/periods/{wanted}"), "done-period-reopened"))
}
