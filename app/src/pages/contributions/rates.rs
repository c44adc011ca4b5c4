//! Rates of exchange: the list, one by hand, many from a file.

use backend::contributions::{self, queries};
use domain::contributions::{RATE, RATE_IMPORT};
use domain::errors::AppError;
use domain::forms::Typed;
use domain::roles::Action;
use leptos::prelude::*;

use crate::ui::{
    FormState, Page, column, date, file_form, filters, form, form_fields, page_head, pager, reader, section, sort_link,
    t, table,
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
                    date(rate.from).into_any(),
                    reader().decimal(rate.units_per_usd).into_any(),
                ]
            })
            .collect();
        let forms = may_write.then(|| {
            view! {
                {section("rate-new", form(RECORD, PATH, view! {
                    {form_fields(&RATE, &one, &[])}
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

fn import_form(state: &FormState) -> AnyView {
    file_form(
        IMPORT,
        PATH,
        view! {
            {form_fields(&RATE_IMPORT, state, &[])}
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
