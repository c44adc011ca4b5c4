//! One application: the task list for the organisation that writes it, the gist and the next steps for others.

use backend::applications::queries::{self, ApplicationView};
use backend::applications::{self, RevisionRow, Screening, SectionView};
use backend::audit::Kind;
use domain::applications::{ApplicationEvent, ApplicationState, ScreeningCriterion, Section, SectionStatus, allowed};
use domain::errors::AppError;
use domain::ids::ApplicationId;
use domain::roles::{Action, Role};
use leptos::prelude::*;

use crate::ui::{
    Page, argument, audit_trail, definition, instant, label, money, notice, page_head, section, status, summary, t, tw,
};
use crate::web::Visit;

/// An application's state as a tag.
pub fn state_tag(state: ApplicationState) -> AnyView {
    let tone = match state {
        ApplicationState::Draft | ApplicationState::Withdrawn => "neutral",
        ApplicationState::Returned => "warning",
        ApplicationState::Ineligible | ApplicationState::Rejected => "bad",
        ApplicationState::Awarded | ApplicationState::Recommended => "good",
        _ => "info",
    };
    status(&state.label_key(), tone)
}

/// `/applications/{application}`
pub async fn page(visit: Visit) -> Result<Page, AppError> {
    let id: ApplicationId = visit.id("application")?;
    let view = queries::get(&visit.context, id).await?;
    let own = visit.actor().role.is_some_and(Role::of_organisation);
    let tasks = match own {
        true => Some(applications::sections(&visit.context, id).await?),
        false => None,
    };
    let revisions = applications::revisions(&visit.context, id).await?;
    let screenings = applications::screenings(&visit.context, id).await?;
    let trail = visit.trail(Kind::Application, id.into()).await?;
    let steps = Steps {
        submit: visit.may(Action::SubmitApplications),
        screen: visit.may(Action::ScreenApplications),
        assign: visit.may(Action::AssignReviews),
        read_reviews: visit.may(Action::ReadReviews),
    };
    Ok(Page::new(format!("{} {}", view.number, view.title), move || {
        view! {
            {page_head(&view.title, Some(format!("{} · {}", view.number, view.organisation)), steps.buttons(&view))}
            <p>{state_tag(view.state)}</p>
            {clarification(&view, steps.screen)}
            {view.rejection.as_deref().map(rejection)}
            {tasks.map_or_else(
                || view! { {facts(&view)} {section("applications-content", content_links(id))} }.into_any(),
                |tasks| view! { {task_part(&view, tasks)} {section("applications-facts", facts(&view))} }.into_any(),
            )}
            {screening_part(&screenings)}
            {revision_part(id, &revisions)}
            {withdrawal(&view, steps.submit)}
            {trail.map(audit_trail)}
        }
        .into_any()
    })
    .under(visit.reader.text("applications-title"), "/applications"))
}

/// Which steps the reader's role includes.
struct Steps {
    submit: bool,
    screen: bool,
    assign: bool,
    read_reviews: bool,
}

impl Steps {
    /// Buttons that both the role and the state allow.
    fn buttons(&self, view: &ApplicationView) -> AnyView {
        // While the organisation has time to answer, the secretariat waits.
        let waits = view.state == ApplicationState::Returned && !view.is_unanswered;
        let events = if waits { Vec::new() } else { allowed(view.state) };
        let link = |event: ApplicationEvent, may: bool, class: &str, path: &str, key: &str| {
            (may && events.contains(&event)).then(|| {
                view! {
                    <a class=format!("button {class}") href=format!("/applications/{}/{path}", view.id)>{t(key)}</a>
                }
            })
        };
        let assigns = self.assign && matches!(view.state, ApplicationState::Eligible | ApplicationState::InReview);
        let reads = self.read_reviews && view.submitted_at.is_some() && !assigns;
        let reviews = format!("/applications/{}/reviews", view.id);
        view! {
            {assigns.then(|| view! {
                <a class="button button-primary" href=reviews.clone()>{t("applications-assign")}</a>
            })}
            {reads.then(|| view! { <a class="button button-secondary" href=reviews.clone()>{t("applications-reviews")}</a> })}
            {match view.state {
                ApplicationState::Submitted | ApplicationState::Returned => {
                    link(ApplicationEvent::FindIneligible, self.screen, "button-primary", "screening", "applications-screen")
                }
                _ => link(ApplicationEvent::FindIneligible, self.screen, "button-secondary", "screening", "applications-screen-again"),
            }}
            {link(ApplicationEvent::Reconsider, self.screen, "button-secondary", "reconsider", "applications-reconsider")}
            {link(ApplicationEvent::Return, self.screen, "button-secondary", "return", "applications-return")}
        }
        .into_any()
    }
}

/// Rare and hard to undo, so it stands at the end of the page.
fn withdrawal(view: &ApplicationView, may_submit: bool) -> Option<AnyView> {
    (may_submit && allowed(view.state).contains(&ApplicationEvent::Withdraw)).then(|| {
        section(
            "applications-withdraw-title",
            view! {
                <p>{t("applications-withdraw-lead")}</p>
                <div class="button-row">
                    <a class="button button-secondary" href=format!("/applications/{}/withdraw", view.id)>
                        {t("applications-withdraw")}
                    </a>
                </div>
            },
        )
    })
}

fn facts(view: &ApplicationView) -> AnyView {
    let months = tw("applications-months", &[("months", argument(view.duration_months))]);
    let mut rows = vec![
        definition(
            "applications-call",
            view! { <a href=format!("/calls/{}", view.call.id)>{view.call.title.clone()}</a> },
        ),
        definition(
            "applications-organisation",
            view! { <a href=format!("/organisations/{}", view.organisation_id)>{view.organisation.clone()}</a> },
        ),
        definition("applications-theme", view.theme.map(|theme| t(&theme.label_key()))),
        definition("applications-country", label("country", &view.country)),
        definition("applications-duration", (view.duration_months > 0).then_some(months)),
        definition("applications-requested", money(view.requested)),
    ];
    rows.extend(view.submitted_at.map(|at| definition("applications-submitted", instant(at))));
    rows.push(definition("applications-updated", instant(view.updated_at)));
    summary(rows)
}

fn clarification(view: &ApplicationView, may_screen: bool) -> AnyView {
    if view.state != ApplicationState::Returned {
        return ().into_any();
    }
    notice(
        "warning",
        view! {
            <h2>{t("applications-returned-title")}</h2>
            <div class="text">{view.clarification.clone()}</div>
            <p><strong>{tw("applications-returned-due", &[("due", view.deadline.into())])}</strong></p>
            {(view.is_unanswered && may_screen).then(|| view! { <p>{t("applications-returned-unanswered")}</p> })}
        },
    )
}

/// The tone of a section's status.
pub fn status_tag(known: SectionStatus) -> AnyView {
    let tone = match known {
        SectionStatus::NotStarted => "neutral",
        SectionStatus::InProgress => "warning",
        SectionStatus::Complete => "good",
    };
    status(&known.label_key(), tone)
}

fn task_part(view: &ApplicationView, tasks: Vec<SectionView>) -> AnyView {
    let id = view.id;
    let complete = tasks.iter().filter(|task| task.status == SectionStatus::Complete).count();
    let progress = tw("applications-progress", &[("complete", complete.into()), ("all", tasks.len().into())]);
    let items: Vec<AnyView> = tasks
        .iter()
        .map(|task| {
            let saved = task
                .saved_at
                .map(|at| tw("applications-saved-by", &[("name", task.saved_by.as_str().into()), ("at", at.into())]));
            let href = format!("/applications/{id}/{}", task.section);
            view! {
                <li class="task">
                    <div>
                        <a href=href>{t(&task.section.label_key())}</a>
                        {saved.map(|text| view! { <p class="task-hint">{text}</p> })}
                    </div>
                    {view.may_edit.then(|| status_tag(task.status))}
                </li>
            }
            .into_any()
        })
        .collect();
    let until = tw("applications-until", &[("deadline", view.deadline.into())]);
    let passed = view.state.is_editable() && !view.may_edit;
    section(
        "applications-tasks",
        view! {
            {view.may_edit.then(|| view! { <p><strong>{until}</strong></p><p>{progress}</p> })}
            {passed.then(|| notice("bad", view! {
                <p>{tw("refused-deadline-passed", &[("deadline", view.deadline.into())])}</p>
            }))}
            <ol class="task-list">{items}</ol>
            {view.may_edit.then(|| view! {
                <div class="button-row">
                    <a class="button button-primary" href=format!("/applications/{id}/check")>{t("applications-check")}</a>
                </div>
            })}
        },
    )
}

/// Links to what stands in each section.
fn content_links(id: ApplicationId) -> AnyView {
    let items: Vec<AnyView> = Section::ALL
        .iter()
        .map(|part| {
            view! { <li class="task"><a href=format!("/applications/{id}/{part}")>{t(&part.label_key())}</a></li> }
                .into_any()
        })
        .collect();
    view! { <ol class="task-list">{items}</ol> }.into_any()
}

/// What the organisation reads of a rejection stands here as well as in its mail.
fn rejection(reason: &str) -> AnyView {
    notice(
        "bad",
        view! {
            <h2>{t("applications-rejected-title")}</h2>
            <p>{t("applications-rejected-text")}</p>
            <div class="text">{reason.to_owned()}</div>
        },
    )
}

fn screening_part(screenings: &[Screening]) -> Option<AnyView> {
    let latest = screenings.first()?;
    let tone = if latest.eligible { "good" } else { "bad" };
    let result = if latest.eligible { "screening-page-eligible" } else { "screening-page-ineligible" };
    let list = |criteria: &[ScreeningCriterion]| {
        let items: Vec<AnyView> =
            criteria.iter().map(|criterion| view! { <li>{t(&criterion.label_key())}</li> }.into_any()).collect();
        view! { <ul>{items}</ul> }
    };
    let text = |key: &str, text: &str| {
        (!text.is_empty()).then(|| definition(key, view! { <div class="text">{text.to_owned()}</div> }))
    };
    let failed = latest.failed();
    let mut rows = Vec::new();
    rows.extend((!failed.is_empty()).then(|| definition("screening-page-failed", list(&failed))));
    rows.push(definition("screening-page-met", list(&latest.met)));
    rows.extend(text("application-screening-told", &latest.told));
    rows.extend(text("application-screening-reasons", &latest.reason));
    // Who screened is nobody's business outside the Fund.
    rows.push(match latest.screened_by.is_empty() {
        true => definition("screening-page-at", instant(latest.screened_at)),
        false => definition("screening-page-by", format!("{}, {}", latest.screened_by, instant(latest.screened_at))),
    });
    Some(section("screening-page-title", view! { <p>{status(result, tone)}</p> {summary(rows)} }))
}

fn revision_part(id: ApplicationId, revisions: &[RevisionRow]) -> Option<AnyView> {
    if revisions.is_empty() {
        return None;
    }
    let items: Vec<AnyView> = revisions
        .iter()
        .map(|revision| {
            let text = tw("applications-revision", &[("number", argument(revision.number))]);
            let href = format!("/applications/{id}/revisions/{}", revision.number);
            view! { <li><a href=href>{text}</a>" "<span class="meta">{instant(revision.submitted_at)}</span></li> }
                .into_any()
        })
        .collect();
    Some(section("applications-revisions", view! { <ul class="files">{items}</ul> }))
}
