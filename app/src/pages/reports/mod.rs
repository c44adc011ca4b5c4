//! Reports of grantees: list, one report, the organisation's form, the secretariat's answer.

mod assess;
mod edit;
mod figures;
mod list;
mod show;
mod versions;

use chrono::NaiveDate;
use domain::reports::{ReportKind, ReportState};
use domain::roles::Action;
use leptos::prelude::*;

use crate::ui::{status, t, tw};
use crate::web::Routes;

/// The routes of reports.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .page("/reports", Action::ReadReports, list::page)
        .page("/reports/{report}", Action::ReadReports, show::page)
        .page("/reports/{report}/edit", Action::WriteReports, edit::page)
        .action("/reports/{report}/save", Action::WriteReports, edit::save)
        .action("/reports/{report}/submit", Action::SubmitReports, edit::submit)
        .page("/reports/{report}/versions", Action::WriteReports, versions::page)
        .page("/reports/{report}/versions/{version}", Action::WriteReports, versions::version_page)
        .action("/reports/{report}/versions/{version}", Action::WriteReports, versions::restore)
        .page("/reports/{report}/assess", Action::AssessReports, assess::page)
        .action("/reports/{report}/return", Action::AssessReports, assess::return_to_organisation)
        .action("/reports/{report}/accept", Action::AssessReports, assess::accept)
}

/// A report's name: its number and kind.
pub fn name_of(number: i64, kind: ReportKind) -> String {
    tw("reports-name", &[("number", number.into()), ("kind", domain::message::Argument::Key(kind.label_key()))])
}

/// The days that a report covers.
pub fn period(start: NaiveDate, end: NaiveDate) -> String {
    tw("reports-period-days", &[("start", start.into()), ("end", end.into())])
}

/// The state of a report as a tag, with a second one when it is late.
pub fn state_tag(state: ReportState, late: bool) -> AnyView {
    let tone = match state {
        ReportState::Due | ReportState::Draft => "neutral",
        ReportState::Submitted => "info",
        ReportState::Returned => "warning",
        ReportState::Accepted => "good",
    };
    let late = late.then(|| view! { " "<span class="status status-bad">{t("reports-late")}</span> });
    view! { {status(&state.label_key(), tone)}{late} }.into_any()
}
