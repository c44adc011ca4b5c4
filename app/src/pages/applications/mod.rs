//! Applications: the task list of an organisation, its sections, submitting; and what the Fund reads and decides
//! before review.

mod budget;
mod check;
mod documents;
mod list;
mod read_view;
mod revision;
mod screening;
mod section;
mod show;
mod steps;
mod versions;

pub use read_view::form_view;
pub use show::state_tag;

use domain::roles::Action;

use crate::web::Routes;

/// The routes of applications and their documents.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .page("/applications", Action::ReadApplications, list::page)
        .page("/applications/{application}", Action::ReadApplications, show::page)
        .page("/applications/{application}/check", Action::WriteApplications, check::page)
        .page("/applications/{application}/submit", Action::SubmitApplications, check::submit_page)
        .action("/applications/{application}/submit", Action::SubmitApplications, check::submit)
        .page("/applications/{application}/withdraw", Action::SubmitApplications, steps::withdraw_page)
        .action("/applications/{application}/withdraw", Action::SubmitApplications, steps::withdraw)
        .page("/applications/{application}/return", Action::ScreenApplications, steps::return_page)
        .action("/applications/{application}/return", Action::ScreenApplications, steps::return_for_clarification)
        .page("/applications/{application}/reconsider", Action::ScreenApplications, steps::reconsider_page)
        .action("/applications/{application}/reconsider", Action::ScreenApplications, steps::reconsider)
        .page("/applications/{application}/screening", Action::ScreenApplications, screening::page)
        .action("/applications/{application}/screening", Action::ScreenApplications, screening::screen)
        .page("/applications/{application}/revisions/{number}", Action::ReadApplications, revision::page)
        .page("/applications/{application}/documents", Action::ReadApplications, documents::page)
        .action("/applications/{application}/documents", Action::WriteApplications, documents::upload)
        .action("/applications/{application}/documents/{document}/remove", Action::WriteApplications, documents::remove)
        .download("/documents/{document}", Action::ReadDocuments, documents::download)
        .page("/applications/{application}/{section}", Action::ReadApplications, section::page)
        .action("/applications/{application}/{section}", Action::WriteApplications, section::save)
        .page("/applications/{application}/{section}/versions", Action::WriteApplications, versions::page)
        .page(
            "/applications/{application}/{section}/versions/{version}",
            Action::WriteApplications,
            versions::version_page,
        )
        .action(
            "/applications/{application}/{section}/versions/{version}",
            Action::WriteApplications,
            versions::restore,
        )
}
