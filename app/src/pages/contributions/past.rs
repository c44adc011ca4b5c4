//! Contributions of the past: looking at a file, seeing what each row would do, and entering all of it.

use backend::audit;
use backend::contributions::past::{self, Outcome, PastFile, PastState, PlannedRow, Preview};
use domain::errors::AppError;
use domain::forms::{Form, Kind, Typed, required};
use domain::ids::PastImportId;
use domain::roles::Action;
use leptos::prelude::*;

use crate::ui::{
    FormState, Page, argument, audit_trail, button_form, column, count, file_form, form_fields, instant, notice,
    page_head, pager, section, status, t, table, tm, tw,
};
use crate::web::{Done, Sent, Visit};

const PATH: &str = "/contributions/past";
const UPLOAD: &str = "/contributions/past/upload";
const FORM: Form = Form { name: "past", fields: &[required("file", Kind::File)], groups: &[] };
/// Keys of the columns' headings, in the order of the cells.
const HEADS: &[&str] = &[
    "past-column-donor",
    "past-column-date",
    "past-column-currency",
    "past-column-pledged",
    "past-column-received",
    "past-column-received-on",
    "past-column-spent",
    "past-column-psc",
    "past-column-bank-reference",
    "past-column-earmark",
    "past-column-note",
    "past-column-pledge",
];

/// `/contributions/past`
pub async fn page(visit: Visit) -> Result<Page, AppError> {
    let request = visit.page_request();
    let files = past::list(&visit.context, &request).await?;
    let state = visit.form_state(UPLOAD, Typed::default());
    let may_enter = visit.may(Action::WriteReceipts);
    Ok(Page::new(visit.reader.text("past-title"), move || {
        let heads = [column("past-uploaded", false), column("past-file", false), column("standing-state", false)];
        let rows = files
            .rows
            .iter()
            .map(|file| {
                let link = view! { <a href=format!("{PATH}/{}", file.id)>{instant(file.uploaded_at)}</a> };
                vec![link.into_any(), file.file_name.clone().into_any(), state_of(file)]
            })
            .collect();
        view! {
            {page_head(&t("past-title"), Some(t("past-lead")), ())}
            {may_enter.then(|| section("past-upload", upload_form(&state)))}
            {section("past-files", view! {
                {table("past-files", &heads, rows)}
                {pager(PATH, &request, &files)}
            })}
        }
        .into_any()
    })
    .under(visit.reader.text("contributions-title"), "/contributions"))
}

fn state_of(file: &PastFile) -> AnyView {
    status(&file.state.label_key(), if file.state == PastState::Imported { "good" } else { "warning" })
}

fn upload_form(state: &FormState) -> AnyView {
    file_form(
        UPLOAD,
        PATH,
        view! {
            {form_fields(&FORM, state, &[])}
            <div class="button-row"><button class="button button-primary">{t("past-send")}</button></div>
        },
    )
}

/// `POST /contributions/past/upload`
pub async fn upload(visit: Visit, sent: Sent) -> Result<Done, AppError> {
    let file = sent.file().ok_or_else(|| AppError::field("file", "error-file-missing"))?;
    let id = past::upload(&visit.context, &file.file_name, &file.bytes).await?;
    Ok(Done::quietly(format!("{PATH}/{id}")))
}

/// `/contributions/past/{file}`
pub async fn show(visit: Visit) -> Result<Page, AppError> {
    let id: PastImportId = visit.id("file")?;
    let file = past::open(&visit.context, id).await?;
    let request = visit.page_request();
    let preview = past::preview(&visit.context, id, &request).await?;
    let trail = visit.trail(audit::Kind::PastImport, id.into()).await?;
    let may_enter = visit.may(Action::WriteReceipts);
    let path = format!("{PATH}/{id}");
    Ok(Page::new(file.file_name.clone(), move || {
        let Preview { new, alike, known, wrong, rows } = &preview;
        let numbers = [("new", argument(*new)), ("known", argument(*known)), ("wrong", argument(*wrong))];
        let enter = (may_enter && *wrong == 0 && *new > 0)
            .then(|| button_form(&format!("{path}/confirm"), &path, "past-confirm", "button-primary", &[]));
        view! {
            {page_head(&file.file_name, Some(tw("past-summary", &numbers)), enter)}
            {(*wrong > 0).then(|| notice("bad", view! { <p>{t("past-wrong-lead")}</p> }))}
            {(*alike > 0).then(|| notice("warning", view! { <p>{tw("past-alike-lead", &[("rows", argument(*alike))])}</p> }))}
            {(*wrong == 0 && *new == 0).then(|| notice("info", view! { <p>{t("past-nothing")}</p> }))}
            {outcomes(&rows.rows)}
            {pager(&path, &request, rows)}
            {trail.map(audit_trail)}
        }
        .into_any()
    })
    .under(visit.reader.text("contributions-title"), "/contributions")
    .under(visit.reader.text("past-title"), PATH)
    .wide())
}

/// Each row with what it does, each wrong cell with what is wrong. Columns of which no row has anything are left out.
fn outcomes(rows: &[PlannedRow]) -> AnyView {
    let is_filled = |place: usize| rows.iter().any(|row| row.cells.get(place).is_some_and(|cell| !cell.is_empty()));
    let filled: Vec<(usize, &str)> = HEADS.iter().copied().enumerate().filter(|(place, _)| is_filled(*place)).collect();
    let mut heads = vec![column("past-row", true), column("past-outcome", false)];
    heads.extend(filled.iter().map(|(_, key)| column(key, false)));
    let rows = rows
        .iter()
        .map(|row| {
            let mut cells = vec![count(row.number).into_any(), outcome(&row.outcome)];
            cells.extend(filled.iter().map(|(place, _)| row.cells.get(*place).cloned().unwrap_or_default().into_any()));
            cells
        })
        .collect();
    table("past-title", &heads, rows)
}

fn outcome(outcome: &Outcome) -> AnyView {
    match outcome {
        Outcome::New => status("past-new", "good"),
        Outcome::Alike => status("past-alike", "warning"),
        Outcome::Further(line) => {
            let text = tw("past-further", &[("line", argument(*line))]);
            view! { <span class="status status-good">{text}</span> }.into_any()
        }
        Outcome::Known => status("past-known", "neutral"),
        Outcome::Wrong(errors) => {
            let items: Vec<AnyView> = errors
                .iter()
                .map(|(name, message)| {
                    let name = t(&format!("past-column-{}", name.replace(' ', "-")));
                    let wrong = tw("past-cell", &[("column", argument(name)), ("wrong", argument(tm(message)))]);
                    view! { <li>{wrong}</li> }.into_any()
                })
                .collect();
            view! { {status("past-wrong", "bad")}<ul>{items}</ul> }.into_any()
        }
    }
}

/// `POST /contributions/past/{file}/confirm`
pub async fn confirm(visit: Visit, _: Sent) -> Result<Done, AppError> {
    let id: PastImportId = visit.id("file")?;
    let entered = past::confirm(&visit.context, id).await?;
    Ok(Done::to(format!("{PATH}/{id}"), if entered == 0 { "done-past-known" } else { "done-past-imported" }))
}
