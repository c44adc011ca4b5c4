//! A revision as it was submitted.

use backend::applications::{self, queries};
use domain::errors::AppError;
use domain::ids::ApplicationId;
use leptos::prelude::*;

use super::documents::document_list;
use super::read_view::sections_view;
use crate::ui::{Page, argument, definition, instant, page_head, section, summary, t, tw};
use crate::web::Visit;

/// `/applications/{application}/revisions/{number}`
pub async fn page(visit: Visit) -> Result<Page, AppError> {
    let id: ApplicationId = visit.id("application")?;
    let number: i64 = visit.id("number")?;
    let view = queries::get(&visit.context, id).await?;
    let revision = applications::revision(&visit.context, id, number).await?;
    let actor = visit.actor().clone();
    let title = visit.reader.with("applications-revision", &[("number", argument(number))]);
    Ok(Page::new(title, move || {
        let title = tw("applications-revision", &[("number", argument(number))]);
        view! {
            {page_head(&title, Some(t("applications-revision-lead")), ())}
            {summary(vec![
                definition("applications-organisation", revision.organisation.clone()),
                definition("applications-submitted", instant(revision.submitted_at)),
                definition("applications-declared-by", revision.declared_name.clone()),
                definition("applications-declaration", revision.declaration_version.clone()),
            ])}
            {sections_view(&revision.sections)}
            {section("section-documents", document_list(&revision.documents, &actor, None, true))}
        }
        .into_any()
    })
    .wide()
    .under(visit.reader.text("applications-title"), "/applications")
    .under(format!("{} {}", view.number, view.title), format!("/applications/{id}")))
}
