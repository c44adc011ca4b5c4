//! One report as it is read.

use backend::audit::Kind;
use backend::reports::queries::{self, ReportView};
use domain::errors::AppError;
use domain::forms::Typed;
use domain::ids::ReportId;
use domain::reports::ReportState;
use domain::roles::Action;
use leptos::prelude::*;

use super::{figures, name_of, period, state_tag};
use crate::ui::{Page, audit_trail, date, definition, instant, notice, page_head, section, summary, t, tw};
use crate::web::Visit;

/// `/reports/{report}`
pub async fn page(visit: Visit) -> Result<Page, AppError> {
    let id: ReportId = visit.id("report")?;
    let report = queries::get(&visit.context, id).await?;
    let trail = visit.trail(Kind::Report, id.into()).await?;
    let may_write = visit.may(Action::WriteReports) && report.row.state.is_editable();
    let may_assess = visit.may(Action::AssessReports) && report.row.state == ReportState::Submitted;
    let (number, grant) = (report.row.grant_number.clone(), report.row.grant);
    let title = visit.reader.with(
        "reports-name-of-grant",
        &[("number", report.row.number.into()), ("grant", report.row.grant_number.as_str().into())],
    );
    Ok(Page::new(title.clone(), move || {
        let actions = view! {
            {may_write.then(|| view! { <a class="button button-primary" href=format!("/reports/{id}/edit")>{t("reports-write")}</a> })}
            {may_assess.then(|| view! { <a class="button button-primary" href=format!("/reports/{id}/assess")>{t("reports-assess")}</a> })}
        };
        view! {
            {page_head(&title, Some(format!("{} · {}", report.row.organisation, report.row.title)), actions)}
            {comments(&report)}
            {facts(&report)}
            {match &report.typed {
                None => notice("info", view! { <p>{t("reports-draft-hidden")}</p> }),
                Some(typed) if typed.0.is_empty() => notice("info", view! { <p>{t("reports-nothing-yet")}</p> }),
                Some(typed) => view! { {figures::points(&report)} {narrative(typed)} {figures::tables(&report)} }.into_any(),
            }}
            {trail.map(audit_trail)}
        }
        .into_any()
    })
    .wide()
    .under(visit.reader.text("reports-title"), "/reports")
    .under(number, format!("/grants/{grant}")))
}

/// The secretariat's last comments.
pub fn comments(report: &ReportView) -> AnyView {
    if report.comments.is_empty() {
        return ().into_any();
    }
    let tone = if report.row.state == ReportState::Returned { "warning" } else { "info" };
    let text = report.comments.clone();
    notice(tone, view! { <p><strong>{t("reports-comments")}</strong></p><p>{text}</p> })
}

/// What is known of the report besides its content.
pub fn facts(report: &ReportView) -> AnyView {
    let mut rows = vec![
        definition("reports-state", state_tag(report.row.state, report.row.late)),
        definition("reports-report", name_of(report.row.number, report.row.kind)),
        definition("reports-period", period(report.row.period_start, report.row.period_end)),
        definition("reports-due", date(report.row.due)),
    ];
    if let Some(at) = report.submitted_at {
        let name = report.signed_name.as_str().into();
        rows.push(definition("reports-submitted", tw("reports-submitted-by", &[("name", name), ("at", at.into())])));
    }
    if let (Some(name), Some(at)) = (&report.assessor, report.assessed_at) {
        rows.push(definition("reports-assessed", format!("{name}, {}", instant(at))));
    }
    summary(rows)
}

/// The narrative.
pub fn narrative(typed: &Typed) -> AnyView {
    let parts: Vec<AnyView> =
        ["achievements", "challenges", "lessons", "safeguarding_incidents", "safeguarding_measures"]
            .into_iter()
            .filter(|name| !typed.get(name).trim().is_empty())
            .map(|name| {
                let paragraphs: Vec<AnyView> =
                    typed.get(name).lines().map(|line| view! { <p>{line.to_owned()}</p> }.into_any()).collect();
                view! { <h3>{t(&format!("report-{name}"))}</h3>{paragraphs} }.into_any()
            })
            .collect();
    section("reports-narrative", view! { <div class="prose">{parts}</div> })
}
