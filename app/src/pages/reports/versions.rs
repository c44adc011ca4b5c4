//! Former versions of a report's draft: the list, one of them, and going back to it.

use backend::reports::{self, queries};
use domain::errors::AppError;
use domain::ids::ReportId;
use domain::reports::REPORT;
use leptos::prelude::*;

use super::name_of;
use crate::pages::applications::form_view;
use crate::ui::{Page, page_head, t, tw, version_list, version_view};
use crate::web::{Done, Sent, Visit};

/// `/reports/{report}/versions`
pub async fn page(visit: Visit) -> Result<Page, AppError> {
    let id: ReportId = visit.id("report")?;
    let rows = reports::versions(&visit.context, id).await?;
    let number = queries::get(&visit.context, id).await?.row.grant_number;
    Ok(Page::new(visit.reader.text("draft-versions-title"), move || {
        let list = version_list(&format!("/reports/{id}"), rows);
        view! { {page_head(&t("draft-versions-title"), Some(t("draft-versions-lead")), ())} {list} }.into_any()
    })
    .under(visit.reader.text("reports-title"), "/reports")
    .under(number, format!("/reports/{id}")))
}

/// `/reports/{report}/versions/{version}`
pub async fn version_page(visit: Visit) -> Result<Page, AppError> {
    let (id, number): (ReportId, i64) = (visit.id("report")?, visit.id("version")?);
    let version = reports::version(&visit.context, id, number).await?;
    let report = queries::get(&visit.context, id).await?;
    let may_write = report.row.state.is_editable();
    let crumb = report.row.grant_number.clone();
    Ok(Page::new(visit.reader.with("draft-version", &[("number", number.into())]), move || {
        let title = tw("draft-version", &[("number", number.into())]);
        let text = form_view(&REPORT, &version.typed, None);
        let shown = version_view(&format!("/reports/{id}"), &version, may_write, text);
        view! { {page_head(&title, Some(name_of(report.row.number, report.row.kind)), ())} {shown} }.into_any()
    })
    .wide()
    .under(visit.reader.text("reports-title"), "/reports")
    .under(crumb, format!("/reports/{id}")))
}

/// `POST /reports/{report}/versions/{version}`
pub async fn restore(visit: Visit, _: Sent) -> Result<Done, AppError> {
    let id: ReportId = visit.id("report")?;
    reports::restore(&visit.context, id, visit.id("version")?).await?;
    Ok(Done::to(format!("/reports/{id}/edit"), "done-version-restored"))
}
