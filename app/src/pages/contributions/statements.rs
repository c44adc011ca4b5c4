//! Bank statements: importing one, and saying line by line what the money is.

use backend::audit::Kind;
use backend::contributions::statements::queries::{self, StatementRow};
use backend::contributions::statements::{self, LineState, StatementState};
use backend::contributions::unidentified_queries;
use domain::contributions::STATEMENT;
use domain::errors::AppError;
use domain::ids::{BankLineId, StatementId};
use domain::roles::Action;
use leptos::prelude::*;

use super::accounts;
use super::bank_lines::{LineForms, line_card};
use crate::ui::{
    Choice, FormState, Page, audit_trail, button_form, column, count, definition, field, file_form, filters, instant,
    notice, page_head, pager, section, status, summary, t, table,
};
use crate::web::{Done, Sent, Visit, encode};

const PATH: &str = "/contributions/statements";
const IMPORT: &str = "/contributions/statements/import";
/// Fields of the form that are for tables only.
const TABLE_FIELDS: &[&str] = &[
    "account",
    "currency",
    "column_date",
    "column_amount",
    "column_debit",
    "column_direction",
    "column_currency",
    "column_payer",
    "column_text",
    "column_reference",
    "date_order",
    "decimal_sign",
];

/// `/contributions/statements`
pub async fn page(visit: Visit) -> Result<Page, AppError> {
    let request = visit.page_request();
    let found = queries::list(&visit.context, &request).await?;
    let importing = match visit.may(Action::WriteReceipts) {
        true => {
            let (remembered, typed) = queries::accounts(&visit.context, visit.query("account")).await?;
            let open = accounts::choices(&statements::accounts(&visit.context).await?);
            Some((remembered, open, visit.form_state(IMPORT, typed)))
        }
        false => None,
    };
    Ok(Page::new(visit.reader.text("statements-title"), move || {
        let heads = [
            column("statements-imported", false),
            column("bank-statement-account", false),
            column("bank-statement-file", false),
            column("statements-lines", true),
            column("standing-state", false),
        ];
        let rows = found
            .rows
            .iter()
            .map(|row| {
                let link = view! { <a href=format!("{PATH}/{}", row.id)>{instant(row.imported_at)}</a> };
                vec![
                    link.into_any(),
                    row.account.clone().into_any(),
                    row.file_name.clone().into_any(),
                    count(row.lines).into_any(),
                    statement_status(row),
                ]
            })
            .collect();
        view! {
            {page_head(&t("statements-title"), Some(t("statements-lead")), view! {
                <a class="button button-secondary" href=accounts::PATH>{t("listed-accounts-title")}</a>
            })}
            {importing.map(|(remembered, open, state)| {
                section("statements-import", import_form(&remembered, open, &state))
            })}
            {section("statements-list", view! {
                {filters(PATH, &request, None)}
                {table("statements-title", &heads, rows)}
                {pager(PATH, &request, &found)}
            })}
        }
        .into_any()
    })
    .under(visit.reader.text("contributions-title"), "/contributions")
    .wide())
}

fn statement_status(row: &StatementRow) -> AnyView {
    status(&row.state.label_key(), if row.state == StatementState::Imported { "good" } else { "neutral" })
}

fn import_form(remembered: &[String], open: Vec<Choice>, state: &FormState) -> AnyView {
    if open.is_empty() {
        return notice("info", view! { <p>{t("statements-no-account")}</p> });
    }
    let known: Vec<AnyView> = remembered
        .iter()
        .map(|account| {
            let href = format!("{PATH}?account={}", encode(account));
            view! { <li><a href=href>{account.clone()}</a></li> }.into_any()
        })
        .collect();
    let known = (!known.is_empty()).then(|| view! { <p>{t("statements-accounts")}</p><ul>{known}</ul> });
    let given = [("account", open)];
    let columns: Vec<AnyView> = TABLE_FIELDS.iter().map(|name| field(&STATEMENT, name, state, &given)).collect();
    // Open where something is said there already, or is wrong.
    let said = TABLE_FIELDS.iter().any(|name| !state.typed.get(name).is_empty() || state.errors.of(name).is_some());
    file_form(
        IMPORT,
        PATH,
        view! {
            {field(&STATEMENT, "file", state, &[])}
            <details open=said>
                <summary>{t("statements-columns")}</summary>
                <p>{t("statements-columns-lead")}</p>
                {known}
                {columns}
            </details>
            <div class="button-row"><button class="button button-primary">{t("statements-send")}</button></div>
        },
    )
}

/// `POST /contributions/statements/import`
pub async fn import(visit: Visit, sent: Sent) -> Result<Done, AppError> {
    let file = sent.file().ok_or_else(|| AppError::field("file", "error-file-missing"))?;
    let id = statements::import(&visit.context, &sent.typed, &file.file_name, &file.bytes).await?;
    Ok(Done::to(format!("{PATH}/{id}"), "done-statement-imported"))
}

/// `/contributions/statements/{statement}`
pub async fn show(visit: Visit) -> Result<Page, AppError> {
    let id: StatementId = visit.id("statement")?;
    let request = visit.page_request();
    let row = queries::get(&visit.context, id).await?;
    let counts = queries::counts(&visit.context, id).await?;
    let deciding = visit.may(Action::WriteReceipts) && row.state == StatementState::Imported;
    let open = match deciding {
        true => unidentified_queries::open_pledges(&visit.context).await?,
        false => Vec::new(),
    };
    let lines = queries::lines(&visit.context, id, &request, &open).await?;
    let trail = visit.trail(Kind::BankStatement, id.into()).await?;
    let path = format!("{PATH}/{id}");
    let forms: Vec<LineForms> = lines.rows.iter().map(|line| LineForms::of(&visit, &path, line)).collect();
    let title = visit.reader.with("bank-statement-title", &[("account", row.account.as_str().into())]);
    Ok(Page::new(title.clone(), move || {
        let of = |state: LineState| counts.iter().find(|(known, _)| *known == state).map_or(0, |(_, lines)| *lines);
        let filter = LineState::ALL.iter().map(|state| Choice::new(state.code(), t(&state.label_key()))).collect();
        let taken = of(LineState::Matched) + of(LineState::Held);
        let items: Vec<AnyView> = lines
            .rows
            .iter()
            .zip(&forms)
            .map(|(line, forms)| line_card(&path, line, forms, &open, deciding))
            .collect();
        view! {
            {page_head(&title, Some(t("bank-statement-lead")), ())}
            {facts(&row, &counts)}
            {(deciding && of(LineState::New) > 0).then(|| section("bank-statement-all", view! {
                <p>{t("bank-statement-all-lead")}</p>
                <div class="button-row">
                    {button_form(&format!("{path}/match-sure"), &path, "bank-statement-match-sure", "button-primary", &[])}
                    {button_form(&format!("{path}/hold-rest"), &path, "bank-statement-hold-rest", "button-secondary", &[])}
                </div>
            }))}
            {(deciding && of(LineState::Doubtful) > 1).then(|| section("bank-statement-repeated", view! {
                <p>{t("bank-statement-repeated-lead")}</p>
                {button_form(&format!("{path}/all-same"), &path, "bank-statement-all-same", "button-secondary", &[])}
            }))}
            {section("bank-statement-lines", view! {
                {filters(&path, &request, Some(("bank-statement-filter", filter)))}
                {if items.is_empty() {
                    view! { <p class="empty">{t("list-empty")}</p> }.into_any()
                } else {
                    view! { <ul class="cards">{items}</ul> }.into_any()
                }}
                {pager(&path, &request, &lines)}
            })}
            {(deciding && (taken == 0 || row.known_lines > 0)).then(|| section("bank-statement-discard", view! {
                <p>{t("bank-statement-discard-lead")}</p>
                {button_form(&format!("{path}/discard"), &path, "bank-statement-discard-send", "button-danger", &[])}
            }))}
            {trail.map(audit_trail)}
        }
        .into_any()
    })
    .under(visit.reader.text("contributions-title"), "/contributions")
    .under(visit.reader.text("statements-title"), PATH)
    .wide())
}

fn facts(row: &StatementRow, counts: &[(LineState, i64)]) -> AnyView {
    let mut rows = vec![
        definition("bank-statement-file", row.file_name.clone()),
        definition("statements-imported", instant(row.imported_at)),
        definition("standing-state", statement_status(row)),
        definition("statements-lines", count(row.lines)),
    ];
    rows.extend(
        counts
            .iter()
            .filter(|(_, lines)| *lines > 0)
            .map(|(state, lines)| definition(&state.label_key(), count(*lines))),
    );
    if row.known_lines > 0 {
        rows.push(definition("bank-statement-known", count(row.known_lines)));
    }
    if row.pending_lines > 0 {
        rows.push(definition("bank-statement-pending", count(row.pending_lines)));
    }
    if !row.left_out.is_empty() {
        rows.push(definition("bank-statement-left-out", row.left_out.clone()));
    }
    summary(rows)
}

fn ids(visit: &Visit) -> Result<(StatementId, BankLineId), AppError> {
    Ok((visit.id("statement")?, visit.id("line")?))
}

/// `POST /contributions/statements/{statement}/lines/{line}/match`
pub async fn match_line(visit: Visit, sent: Sent) -> Result<Done, AppError> {
    let (statement, line) = ids(&visit)?;
    statements::match_line(&visit.context, line, &sent.typed).await?;
    Ok(Done::to(format!("{PATH}/{statement}"), "done-line-matched"))
}

/// `POST /contributions/statements/{statement}/lines/{line}/hold`
pub async fn hold_line(visit: Visit, _: Sent) -> Result<Done, AppError> {
    let (statement, line) = ids(&visit)?;
    statements::hold_line(&visit.context, line).await?;
    Ok(Done::to(format!("{PATH}/{statement}"), "done-line-held"))
}

/// `POST /contributions/statements/{statement}/lines/{line}/set-aside`
pub async fn set_aside(visit: Visit, sent: Sent) -> Result<Done, AppError> {
    let (statement, line) = ids(&visit)?;
    statements::set_aside(&visit.context, line, &sent.typed).await?;
    Ok(Done::to(format!("{PATH}/{statement}"), "done-line-set-aside"))
}

/// `POST /contributions/statements/{statement}/lines/{line}/take-up`
pub async fn take_up(visit: Visit, _: Sent) -> Result<Done, AppError> {
    let (statement, line) = ids(&visit)?;
    statements::take_up(&visit.context, line).await?;
    Ok(Done::to(format!("{PATH}/{statement}"), "done-line-taken-up"))
}

/// `POST /contributions/statements/{statement}/lines/{line}/same`
pub async fn say_same(visit: Visit, sent: Sent) -> Result<Done, AppError> {
    let (statement, line) = ids(&visit)?;
    statements::say_same(&visit.context, line, &sent.typed).await?;
    Ok(Done::to(format!("{PATH}/{statement}"), "done-line-same"))
}

/// `POST /contributions/statements/{statement}/lines/{line}/other`
pub async fn say_other(visit: Visit, sent: Sent) -> Result<Done, AppError> {
    let (statement, line) = ids(&visit)?;
    statements::say_other(&visit.context, line, &sent.typed).await?;
    Ok(Done::to(format!("{PATH}/{statement}"), "done-line-other"))
}

/// `POST /contributions/statements/{statement}/all-same`
pub async fn say_all_same(visit: Visit, _: Sent) -> Result<Done, AppError> {
    let id: StatementId = visit.id("statement")?;
    let same = statements::say_all_same(&visit.context, id).await?;
    Ok(Done::to(format!("{PATH}/{id}"), if same == 0 { "done-lines-none" } else { "done-lines-same" }))
}

/// `POST /contributions/statements/{statement}/match-sure`
pub async fn match_sure(visit: Visit, _: Sent) -> Result<Done, AppError> {
    let id: StatementId = visit.id("statement")?;
    let matched = statements::match_sure(&visit.context, id).await?;
    Ok(Done::to(format!("{PATH}/{id}"), if matched == 0 { "done-lines-none" } else { "done-lines-matched" }))
}

/// `POST /contributions/statements/{statement}/hold-rest`
pub async fn hold_rest(visit: Visit, _: Sent) -> Result<Done, AppError> {
    let id: StatementId = visit.id("statement")?;
    let held = statements::hold_rest(&visit.context, id).await?;
    Ok(Done::to(format!("{PATH}/{id}"), if held == 0 { "done-lines-none" } else { "done-lines-held" }))
}

/// `POST /contributions/statements/{statement}/discard`
pub async fn discard(visit: Visit, _: Sent) -> Result<Done, AppError> {
    let id: StatementId = visit.id("statement")?;
    statements::discard(&visit.context, id).await?;
    Ok(Done::to(PATH, "done-statement-discarded"))
}
