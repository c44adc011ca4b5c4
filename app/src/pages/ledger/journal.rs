//! The journal, newest entry first.

use backend::ledger::queries;
use domain::errors::AppError;
use domain::ledger::Event;
use leptos::prelude::*;

use super::entry_list;
use crate::ui::{Choice, Page, filters, page_head, pager, section, t};
use crate::web::Visit;

const PATH: &str = "/ledger/journal";

/// `/ledger/journal`
pub async fn page(visit: Visit) -> Result<Page, AppError> {
    let request = visit.page_request();
    let entries = queries::journal(&visit.context, &request).await?;
    Ok(Page::new(visit.reader.text("ledger-journal"), move || {
        let events = Event::ALL.iter().map(|event| Choice::new(event.code(), t(&event.label_key()))).collect();
        view! {
            {page_head(&t("ledger-journal"), Some(t("ledger-journal-lead")), ())}
            {filters(PATH, &request, Some(("ledger-event", events)))}
            {section("ledger-entries", entry_list(&entries.rows))}
            {pager(PATH, &request, &entries)}
        }
        .into_any()
    })
    .under(visit.reader.text("ledger-title"), "/ledger")
    .wide())
}
