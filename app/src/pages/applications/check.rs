//! Checking an application before it is submitted, and submitting it.

use backend::applications::queries::{self, ApplicationView};
use backend::applications::{self, SectionView};
use domain::applications::{DECLARATION_VERSION, OpenPoint, SUBMIT, Section, budget_warnings, declared};
use domain::budgets::BudgetBreach;
use domain::errors::AppError;
use domain::forms::Typed;
use domain::ids::ApplicationId;
use domain::roles::Action;
use leptos::prelude::*;

use crate::ui::{FormState, Page, argument, form, form_fields, notice, page_head, section, t, tm, tw};
use crate::web::{Done, Sent, Visit};

/// The label of a field of a section, with the number of its row; empty for the section as a whole.
pub fn field_label(part: Section, field: &str, typed: &Typed) -> String {
    let form = part.form();
    if field.is_empty() || part == Section::Documents {
        return t(&part.label_key());
    }
    let pieces: Vec<&str> = field.split('.').collect();
    if let [group, row, name] = pieces.as_slice() {
        let position = typed.rows(group).iter().position(|known| known.to_string() == *row).map_or(1, |at| at + 1);
        let row = tw(&format!("{}-{group}-row", form.name), &[("number", position.into())]);
        return format!("{row}, {}", t(&format!("{}-{group}-{name}", form.name)));
    }
    t(&format!("{}-{field}", form.name))
}

/// `/applications/{application}/check`
pub async fn page(visit: Visit) -> Result<Page, AppError> {
    let id: ApplicationId = visit.id("application")?;
    let view = queries::get(&visit.context, id).await?;
    let points = queries::open_points(&visit.context, id).await?;
    let sections = applications::sections(&visit.context, id).await?;
    let budget = typed_of(&sections, Section::Budget);
    let warnings = budget_warnings(&budget, &view.call.limits);
    let may_submit = visit.may(Action::SubmitApplications);
    let crumb = format!("{} {}", view.number, view.title);
    Ok(Page::new(visit.reader.text("applications-check"), move || {
        let ready = points.is_empty() && view.profile_complete;
        view! {
            {page_head(&t("applications-check"), Some(t("applications-check-lead")), ())}
            {(!view.profile_complete).then(|| profile_part(&view))}
            {(!points.is_empty()).then(|| points_part(id, &points, &sections))}
            {(!warnings.is_empty()).then(|| warnings_part(id, &warnings))}
            {ready.then(|| ready_part(&view, may_submit))}
            <p><a href=format!("/applications/{id}")>{t("applications-back")}</a></p>
        }
        .into_any()
    })
    .under(visit.reader.text("applications-title"), "/applications")
    .under(crumb, format!("/applications/{id}")))
}

fn typed_of(sections: &[SectionView], part: Section) -> Typed {
    sections.iter().find(|known| known.section == part).map(|known| known.typed.clone()).unwrap_or_default()
}

fn profile_part(view: &ApplicationView) -> AnyView {
    notice(
        "warning",
        view! {
            <p>{t("refused-profile-incomplete")}</p>
            <p><a href=format!("/organisations/{}/edit", view.organisation_id)>{t("applications-complete-profile")}</a></p>
        },
    )
}

fn points_part(id: ApplicationId, points: &[OpenPoint], sections: &[SectionView]) -> AnyView {
    let parts: Vec<AnyView> = Section::ALL
        .iter()
        .filter_map(|part| {
            let typed = typed_of(sections, *part);
            let items: Vec<AnyView> = points
                .iter()
                .filter(|point| point.section == *part)
                .map(|point| {
                    let href = format!("/applications/{id}/{part}?check=1#{}", point.field.replace('.', "-"));
                    let label = field_label(*part, &point.field, &typed);
                    view! { <li><a href=href>{label}</a>": "{tm(&point.message)}</li> }.into_any()
                })
                .collect();
            let title = t(&part.label_key());
            (!items.is_empty()).then(|| view! { <h3>{title}</h3><ul>{items}</ul> }.into_any())
        })
        .collect();
    let number = tw("applications-open-points", &[("number", points.len().into())]);
    section("applications-open-title", view! { <p>{number}</p> {parts} })
}

fn warnings_part(id: ApplicationId, warnings: &[BudgetBreach]) -> AnyView {
    let items: Vec<AnyView> = warnings
        .iter()
        .map(|breach| {
            let href = format!("/applications/{id}/budget#{}", breach.field.replace('.', "-"));
            view! { <li><a href=href>{tm(&breach.message)}</a></li> }.into_any()
        })
        .collect();
    section("applications-warnings-title", view! { <p>{t("applications-warnings-text")}</p><ul>{items}</ul> })
}

fn ready_part(view: &ApplicationView, may_submit: bool) -> AnyView {
    let until = tw("applications-until", &[("deadline", view.deadline.into())]);
    let next = if may_submit {
        view! {
            <div class="button-row">
                <a class="button button-primary" href=format!("/applications/{}/submit", view.id)>
                    {t("applications-go-to-submit")}
                </a>
            </div>
        }
        .into_any()
    } else {
        view! { <p>{t("applications-signatory-submits")}</p> }.into_any()
    };
    notice("good", view! { <p><strong>{t("applications-ready")}</strong>" "{until}</p> {next} })
}

/// `/applications/{application}/submit`
pub async fn submit_page(visit: Visit) -> Result<Page, AppError> {
    let id: ApplicationId = visit.id("application")?;
    let view = queries::get(&visit.context, id).await?;
    let open = queries::open_points(&visit.context, id).await?.len();
    let sections = applications::sections(&visit.context, id).await?;
    let agreed = declared(&typed_of(&sections, Section::Safeguarding));
    let action = format!("/applications/{id}/submit");
    let state = visit.form_state(&action, Typed::default().with("full_name", visit.actor().name.as_str()));
    let crumb = format!("{} {}", view.number, view.title);
    Ok(Page::new(visit.reader.text("applications-submit"), move || {
        let ready = open == 0 && view.profile_complete && view.may_edit;
        view! {
            {page_head(&t("applications-submit"), Some(t("applications-submit-lead")), ())}
            {if ready { submit_form(&view, &action, &state, &agreed) } else { not_ready(&view, open) }}
        }
        .into_any()
    })
    .under(visit.reader.text("applications-title"), "/applications")
    .under(crumb, format!("/applications/{id}")))
}

fn submit_form(view: &ApplicationView, action: &str, state: &FormState, agreed: &[&str]) -> AnyView {
    let items: Vec<AnyView> = agreed
        .iter()
        .map(|name| view! { <li>{t(&format!("application-safeguarding-{name}"))}</li> }.into_any())
        .collect();
    view! {
        <p>{tw("applications-submit-what", &[
            ("number", view.number.as_str().into()),
            ("revision", argument(view.revision + 1)),
            ("requested", view.requested.into()),
        ])}</p>
        <p>{t("applications-submit-declared")}</p>
        <ul>{items}</ul>
        <p class="muted">{tw("applications-declaration-version", &[("version", DECLARATION_VERSION.into())])}</p>
        {form(action, action, view! {
            {form_fields(&SUBMIT, state, &[])}
            <div class="button-row">
                <button class="button button-primary">{t("applications-submit")}</button>
                <a class="button button-quiet" href=format!("/applications/{}", view.id)>{t("applications-back")}</a>
            </div>
        })}
    }
    .into_any()
}

fn not_ready(view: &ApplicationView, open: usize) -> AnyView {
    let text = if !view.may_edit {
        tw("refused-application-not-editable", &[("state", t(&view.state.label_key()).into())])
    } else if open > 0 {
        tw("refused-open-points", &[("number", open.into())])
    } else {
        t("refused-profile-incomplete")
    };
    let id = view.id;
    let to = if view.may_edit { format!("/applications/{id}/check") } else { format!("/applications/{id}") };
    notice("warning", view! { <p>{text}</p><p><a href=to>{t("applications-check")}</a></p> })
}

/// `POST /applications/{application}/submit`
pub async fn submit(visit: Visit, sent: Sent) -> Result<Done, AppError> {
    let id: ApplicationId = visit.id("application")?;
    applications::submit(&visit.context, id, &sent.typed).await?;
    Ok(Done::to(format!("/applications/{id}"), "done-application-submitted"))
}
