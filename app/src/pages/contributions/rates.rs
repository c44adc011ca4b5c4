//! Rates of exchange: the list, one by hand, many from a file, and the correction of one that nothing used.

use backend::audit::Kind;
use backend::contributions::{self, correct_rate, queries};
use domain::contributions::{RATE, RATE_CORRECTION, RATE_IMPORT};
use domain::errors::AppError;
use domain::forms::{Form, Typed};
use domain::ids::RateId;
use domain::message::Argument;
use domain::roles::Action;
use leptos::prelude::*;

use crate::pages::ledger::entry_list;
use crate::ui::{
    FormState, Page, audit_trail, button_form, column, date, definition, field, file_form, filters, form, linked,
    page_head, pager, reader, section, sort_link, summary, t, table,
};
use crate::web::{Done, Sent, Visit};

const PATH: &str = "/contributions/rates";
const RECORD: &str = "/contributions/rates/record";
const IMPORT: &str = "/contributions/rates/import";

/// `/contributions/rates`
pub async fn page(visit: Visit) -> Result<Page, AppError> {
    let request = visit.page_request();
    let rates = queries::rates(&visit.context, &request).await?;
    let may_write = visit.may(Action::WriteRates);
    let month = domain::time::month_start(visit.context.today());
    let one = visit.form_state(RECORD, Typed::default().with("from", month.to_string()));
    let many = visit.form_state(IMPORT, Typed::default());
    Ok(Page::new(visit.reader.text("rates-title"), move || {
        let heads = [
            sort_link("rate-currency", false, PATH, &request, "currency"),
            sort_link("rate-from", false, PATH, &request, "from"),
            column("rate-units_per_usd", true),
        ];
        let rows = rates
            .rows
            .iter()
            .map(|rate| {
                vec![
                    rate.currency.clone().into_any(),
                    linked(may_write, format!("{PATH}/{}", rate.id), date(rate.from)),
                    reader().decimal(rate.units_per_usd).into_any(),
                ]
            })
            .collect();
        let forms = may_write.then(|| {
            view! {
                {section("rate-new", form(RECORD, PATH, view! {
                    {fields_with_question(&RATE, &one)}
                    <div class="button-row"><button class="button button-primary">{t("rate-send")}</button></div>
                }))}
                {section("rate-import-title", import_form(&many))}
            }
        });
        view! {
            {page_head(&t("rates-title"), Some(t("rates-lead")), ())}
            {filters(PATH, &request, None)}
            {table("rates-title", &heads, rows)}
            {pager(PATH, &request, &rates)}
            {forms}
        }
        .into_any()
    })
    .under(visit.reader.text("contributions-title"), "/contributions"))
}

/// The fields of a form of rates; the tick that confirms an unusual rate only where it is asked for.
fn fields_with_question(form: &Form, state: &FormState) -> AnyView {
    let asked = state.errors.of("confirmed").is_some();
    let wanted = form.fields.iter().filter(|known| asked || known.name != "confirmed");
    let drawn: Vec<AnyView> = wanted.map(|known| field(form, known.name, state, &[])).collect();
    drawn.into_any()
}

fn import_form(state: &FormState) -> AnyView {
    file_form(
        IMPORT,
        PATH,
        view! {
            {fields_with_question(&RATE_IMPORT, state)}
            <div class="button-row"><button class="button button-primary">{t("rate-import-send")}</button></div>
        },
    )
}

/// `POST /contributions/rates/record`
pub async fn record(visit: Visit, sent: Sent) -> Result<Done, AppError> {
    contributions::record_rate(&visit.context, &sent.typed).await?;
    Ok(Done::to(PATH, "done-rate-recorded"))
}

/// `POST /contributions/rates/import`
pub async fn import(visit: Visit, sent: Sent) -> Result<Done, AppError> {
    let mut typed = sent.typed.clone();
    if let Some(file) = sent.file() {
        typed.set("csv", contributions::rate_file(&file.bytes).await?);
    }
    let fresh = contributions::import_rates(&visit.context, &typed).await?;
    Ok(Done::to(PATH, if fresh == 0 { "done-rates-known" } else { "done-rates-imported" }))
}

/// `/contributions/rates/{rate}`
pub async fn show(visit: Visit) -> Result<Page, AppError> {
    let id: RateId = visit.id("rate")?;
    let rate = correct_rate::rate(&visit.context, id).await?;
    let trail = visit.trail(Kind::Rate, id.into()).await?;
    let (path, replace) = (format!("{PATH}/{id}"), format!("{PATH}/{id}/replace"));
    let state = visit.form_state(&replace, Typed::default().with("units_per_usd", rate.row.units_per_usd.to_string()));
    let title = visit.reader.with(
        "rate-title",
        &[("currency", rate.row.currency.as_str().into()), ("date", Argument::Date(rate.row.from))],
    );
    Ok(Page::new(title.clone(), move || {
        let (lead, below) = if rate.used_by.is_empty() {
            ("rate-unused-lead", correction(&path, &replace, &state))
        } else {
            ("rate-used-lead", section("rate-used-by", entry_list(&rate.used_by)))
        };
        view! {
            {page_head(&title, Some(t(lead)), ())}
            {summary(vec![
                definition("rate-currency", rate.row.currency.clone()),
                definition("rate-from", date(rate.row.from)),
                definition("rate-units_per_usd", reader().decimal(rate.row.units_per_usd)),
            ])}
            {below}
            {trail.map(audit_trail)}
        }
        .into_any()
    })
    .under(visit.reader.text("contributions-title"), "/contributions")
    .under(visit.reader.text("rates-title"), PATH))
}

fn correction(path: &str, replace: &str, state: &FormState) -> AnyView {
    let fields = fields_with_question(&RATE_CORRECTION, state);
    let send =
        view! { <div class="button-row"><button class="button button-primary">{t("rate-replace-send")}</button></div> };
    view! {
        {section("rate-replace-title", form(replace, path, view! { {fields} {send} }))}
        {section("rate-remove-title", view! {
            <p>{t("rate-remove-after")}</p>
            {button_form(&format!("{path}/remove"), path, "rate-remove-send", "button-danger", &[])}
        })}
    }
    .into_any()
}

/// `POST /contributions/rates/{rate}/replace`
pub async fn replace(visit: Visit, sent: Sent) -> Result<Done, AppError> {
    let id: RateId = visit.id("rate")?;
    correct_rate::replace_rate(&visit.context, id, &sent.typed).await?;
    Ok(Done::to(format!("{PATH}/{id}"), "done-rate-replaced"))
}

/// `POST /contributions/rates/{rate}/remove`
pub async fn remove(visit: Visit, _: Sent) -> Result<Done, AppError> {
    correct_rate::remove_rate(&visit.context, visit.id("rate")?).await?;
    Ok(Done::to(PATH, "done-rate-removed"))
}
