//! Former versions of a section: the list, one of them, and going back to it.

use backend::applications::{self, queries};
use domain::applications::Section;
use domain::errors::AppError;
use domain::ids::ApplicationId;
use leptos::prelude::*;

use super::read_view::section_view;
use super::section::section_of;
use crate::ui::{Page, page_head, t, tw, version_list, version_view};
use crate::web::{Done, Sent, Visit};

/// Under the section's page.
async fn under(visit: &Visit, page: Page, id: ApplicationId, part: Section) -> Result<Page, AppError> {
    let view = queries::get(&visit.context, id).await?;
    Ok(page
        .under(visit.reader.text("applications-title"), "/applications")
        .under(format!("{} {}", view.number, view.title), format!("/applications/{id}"))
        .under(visit.reader.text(&part.label_key()), format!("/applications/{id}/{part}")))
}

/// `/applications/{application}/{section}/versions`
pub async fn page(visit: Visit) -> Result<Page, AppError> {
    let (id, part) = (visit.id("application")?, section_of(&visit)?);
    let rows = applications::versions(&visit.context, id, part).await?;
    let page = Page::new(visit.reader.text("draft-versions-title"), move || {
        let list = version_list(&format!("/applications/{id}/{part}"), rows);
        view! { {page_head(&t("draft-versions-title"), Some(t("draft-versions-lead")), ())} {list} }.into_any()
    });
    under(&visit, page, id, part).await
}

/// `/applications/{application}/{section}/versions/{version}`
pub async fn version_page(visit: Visit) -> Result<Page, AppError> {
    let (id, part): (ApplicationId, _) = (visit.id("application")?, section_of(&visit)?);
    let number: i64 = visit.id("version")?;
    let version = applications::version(&visit.context, id, part, number).await?;
    let may_write = queries::get(&visit.context, id).await?.may_edit;
    let title = visit.reader.with("draft-version", &[("number", number.into())]);
    let page = Page::new(title, move || {
        let title = tw("draft-version", &[("number", number.into())]);
        let text = section_view(part, &version.typed);
        let shown = version_view(&format!("/applications/{id}/{part}"), &version, may_write, text);
        view! { {page_head(&title, Some(t(&part.label_key())), ())} {shown} }.into_any()
    });
    under(&visit, page.wide(), id, part).await
}

/// `POST /applications/{application}/{section}/versions/{version}`
pub async fn restore(visit: Visit, _: Sent) -> Result<Done, AppError> {
    let (id, part): (ApplicationId, _) = (visit.id("application")?, section_of(&visit)?);
    applications::restore(&visit.context, id, part, visit.id("version")?).await?;
    Ok(Done::to(format!("/applications/{id}/{part}"), "done-version-restored"))
}
