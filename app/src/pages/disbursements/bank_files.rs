//! The bank's files: importing one, and what became of the payments that it names.

use backend::disbursements::{self, Outcome};
use domain::disbursements::{BANK_FILE, BankOutcome};
use domain::errors::AppError;
use domain::forms::Typed;
use domain::ids::BankFileId;
use leptos::prelude::*;

use crate::ui::{
    Page, column, count, definition, file_form, filters, form_fields, instant, page_head, pager, section, status,
    summary, t, table, tm,
};
use crate::web::{Done, Sent, Visit};

const PATH: &str = "/disbursements/bank-files";
const IMPORT: &str = "/disbursements/bank-files/import";

/// `/disbursements/bank-files`
pub async fn list(visit: Visit) -> Result<Page, AppError> {
    let request = visit.page_request();
    let files = disbursements::bank_files(&visit.context, &request).await?;
    let imports = disbursements::may_pay(&visit.context).await?;
    let state = visit.form_state(IMPORT, Typed::default());
    Ok(Page::new(visit.reader.text("bank-files-title"), move || {
        let heads = [
            column("bank-files-file", false),
            column("bank-files-kind", false),
            column("bank-files-imported", false),
            column("bank-files-payments", true),
            column("bank-files-look", true),
        ];
        let rows = files
            .rows
            .iter()
            .map(|file| {
                let refused = file.outcomes.iter().filter(|row| row.is_refused()).count();
                let number = |number: usize| count(i64::try_from(number).unwrap_or(i64::MAX)).into_any();
                vec![
                    view! { <a href=format!("{PATH}/{}", file.id)>{file.file_name.clone()}</a> }.into_any(),
                    file.kind.clone().into_any(),
                    instant(file.imported_at).into_any(),
                    number(file.outcomes.len()),
                    number(refused),
                ]
            })
            .collect();
        let form = imports.then(|| {
            section("bank-files-import", view! {
                <p>{t("bank-files-import-lead")}</p>
                {file_form(IMPORT, PATH, view! {
                    {form_fields(&BANK_FILE, &state, &[])}
                    <div class="button-row"><button class="button button-primary">{t("bank-files-import-button")}</button></div>
                })}
            })
        });
        view! {
            {page_head(&t("bank-files-title"), Some(t("bank-files-lead")), ())}
            {form}
            {section("bank-files-list", view! {
                {filters(PATH, &request, None)}
                {table("bank-files-title", &heads, rows)}
                {pager(PATH, &request, &files)}
            })}
        }
        .into_any()
    })
    .under(visit.reader.text("disbursements-title"), "/disbursements"))
}

/// `POST /disbursements/bank-files/import`
pub async fn import(visit: Visit, sent: Sent) -> Result<Done, AppError> {
    // A browser sends an empty part without a name when no file was chosen.
    let file = sent.file().ok_or_else(|| AppError::field("file", "error-file-missing"))?;
    let id = disbursements::import_bank_file(&visit.context, &file.file_name, &file.bytes).await?;
    Ok(Done::to(format!("{PATH}/{id}"), "done-bank-file-imported"))
}

/// `/disbursements/bank-files/{file}`
pub async fn show(visit: Visit) -> Result<Page, AppError> {
    let id: BankFileId = visit.id("file")?;
    let file = disbursements::bank_file(&visit.context, id).await?;
    Ok(Page::new(file.file_name.clone(), move || {
        view! {
            {page_head(&file.file_name, Some(t("bank-files-one-lead")), ())}
            {summary(vec![
                definition("bank-files-kind", file.kind.clone()),
                definition("bank-files-imported", instant(file.imported_at)),
                definition("bank-files-by", file.imported_by.clone()),
            ])}
            {section("bank-files-outcomes", outcomes(&file.outcomes))}
        }
        .into_any()
    })
    .under(visit.reader.text("bank-files-title"), PATH))
}

fn outcomes(outcomes: &[Outcome]) -> AnyView {
    if outcomes.is_empty() {
        return view! { <p class="empty">{t("bank-files-none-of-ours")}</p> }.into_any();
    }
    let heads =
        [column("batches-end-to-end", false), column("bank-files-outcome", false), column("bank-files-why", false)];
    let rows = outcomes
        .iter()
        .map(|row| {
            let tone = match row.outcome {
                BankOutcome::Confirmed => "good",
                BankOutcome::Known => "neutral",
                BankOutcome::Failed | BankOutcome::Bounced => "warning",
                BankOutcome::Refused => "bad",
            };
            vec![
                view! { <a href=format!("/disbursements/{}", row.disbursement)>{row.end_to_end_id.clone()}</a> }
                    .into_any(),
                status(&row.outcome.label_key(), tone),
                row.why.as_ref().map(tm).into_any(),
            ]
        })
        .collect();
    table("bank-files-outcomes", &heads, rows)
}
