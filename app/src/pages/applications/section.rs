//! One section of an application: a form of its own for those who write it, its text for everybody else.

use backend::applications::queries::{self, ApplicationView};
use backend::applications::{self, SectionView};
use domain::applications::{OpenPoint, Section};
use domain::calls::CallLimits;
use domain::errors::AppError;
use domain::forms::Merged;
use domain::ids::ApplicationId;
use domain::roles::Role;
use leptos::prelude::*;

use super::budget;
use super::read_view::{form_view, section_view};
use crate::ui::{
    DraftForm, FormState, Page, Shown, both_texts, conflict_of, form_fields, notice, page_head, t, tm, tw,
    versions_link,
};
use crate::web::{Done, Sent, Visit};

pub(super) fn section_of(visit: &Visit) -> Result<Section, AppError> {
    Section::from_code(visit.parameter("section")).ok_or(AppError::NotFound)
}

/// `/applications/{application}/{section}`
pub async fn page(visit: Visit) -> Result<Page, AppError> {
    let id: ApplicationId = visit.id("application")?;
    let part = section_of(&visit)?;
    let view = queries::get(&visit.context, id).await?;
    let title = visit.reader.text(&part.label_key());
    let mut page =
        if view.may_edit { edit_page(&visit, part, &view).await? } else { read_page(&visit, part, &view).await? };
    page.title = title;
    Ok(page
        .under(visit.reader.text("applications-title"), "/applications")
        .under(format!("{} {}", view.number, view.title), format!("/applications/{id}")))
}

async fn read_page(visit: &Visit, part: Section, view: &ApplicationView) -> Result<Page, AppError> {
    let id = view.id;
    let typed = applications::content(&visit.context, id).await?.remove(&part).unwrap_or_default();
    // After the deadline a form is refused; what was typed into it is shown, so that nothing is lost.
    let kept = visit.kept.clone().filter(|kept| kept.path == visit.path).map(|kept| kept.typed);
    let staff = !visit.actor().role.is_some_and(Role::of_organisation);
    let lead = format!("{} · {}", view.number, view.organisation);
    Ok(Page::new("", move || {
        view! {
            {page_head(&t(&part.label_key()), Some(lead), ())}
            {staff.then(|| tabs(id, part))}
            {kept.map(|kept| notice("warning", view! {
                <h2>{t("applications-not-saved")}</h2>
                {section_view(part, &kept)}
            }))}
            {section_view(part, &typed)}
        }
        .into_any()
    })
    .wide())
}

/// The sections as tabs.
pub fn tabs(id: ApplicationId, current: Section) -> AnyView {
    let items: Vec<AnyView> = Section::ALL
        .iter()
        .map(|part| {
            let here = (*part == current).then_some("page");
            view! {
                <li><a href=format!("/applications/{id}/{part}") aria-current=here>{t(&part.label_key())}</a></li>
            }
            .into_any()
        })
        .collect();
    view! { <nav class="tabs" aria-label=t("applications-tasks")><ul>{items}</ul></nav> }.into_any()
}

/// What the page of a section that is being written shows.
struct Writing {
    id: ApplicationId,
    part: Section,
    stored: SectionView,
    state: FormState,
    version: i64,
    /// What was typed and what somebody else stored meanwhile, put together.
    merged: Option<Merged>,
    /// What that makes of the form, for draft keeping.
    shown: Shown,
    /// What is still open, when it was asked for.
    points: Vec<OpenPoint>,
    limits: CallLimits,
}

async fn edit_page(visit: &Visit, part: Section, view: &ApplicationView) -> Result<Page, AppError> {
    let stored = applications::sections(&visit.context, view.id)
        .await?
        .into_iter()
        .find(|known| known.section == part)
        .ok_or(AppError::NotFound)?;
    let points: Vec<OpenPoint> = match visit.query("check").is_empty() {
        true => Vec::new(),
        false => {
            let all = queries::open_points(&visit.context, view.id).await?;
            all.into_iter().filter(|point| point.section == part).collect()
        }
    };
    let mut state = visit.form_state(&visit.path, stored.typed.clone());
    for point in &points {
        state.errors.add(&point.field, point.message.clone());
    }
    let kept = visit.kept.clone().filter(|kept| kept.path == visit.path);
    let written_on = conflict_of(visit, &[&visit.path]);
    let merged = match (written_on, &kept) {
        (Some(written_on), Some(kept)) => {
            Some(applications::together(&visit.context, view.id, part, written_on, &kept.typed).await?)
        }
        _ => None,
    };
    if let Some(merged) = &merged {
        state.typed = merged.typed.clone();
    }
    let (version, shown) = match (&kept, written_on) {
        (None, _) => (stored.version, Shown::Stored),
        // Shown both texts, the person decides: sending again overwrites.
        (Some(_), Some(written_on)) => (stored.version, Shown::Both(written_on.to_string())),
        // A form that was refused for another reason is still written on the version that it was.
        (Some(kept), None) => (kept.typed.get("version").parse().unwrap_or(stored.version), Shown::Refused),
    };
    let limits = view.call.limits;
    let writing = Writing { id: view.id, part, stored, state, version, merged, shown, points, limits };
    let page = Page::new("", move || {
        let number = view_number(part);
        view! {
            {page_head(&t(&part.label_key()), Some(t(&format!("applications-lead-{part}"))), ())}
            <p class="muted">{number}</p>
            <div class="warning-text"><p>{t("application-privacy-warning")}</p></div>
            {writing.saved()}
            {writing.conflict_part()}
            {writing.open_part()}
            {writing.form()}
        }
        .into_any()
    });
    Ok(if part == Section::Budget { page.wide().with_islands() } else { page })
}

fn view_number(part: Section) -> String {
    let position = Section::ALL.iter().position(|known| *known == part).map_or(0, |position| position + 1);
    tw("applications-section-number", &[("number", position.into()), ("all", Section::ALL.len().into())])
}

impl Writing {
    fn path(&self) -> String {
        format!("/applications/{}/{}", self.id, self.part)
    }

    fn saved(&self) -> Option<AnyView> {
        let at = self.stored.saved_at?;
        let arguments = [("name", self.stored.saved_by.as_str().into()), ("at", at.into())];
        Some(view! { <p class="saved-at">{tw("applications-saved-by", &arguments)}</p> }.into_any())
    }

    fn conflict_part(&self) -> Option<AnyView> {
        let merged = self.merged.as_ref()?;
        let at = self.stored.saved_at?;
        let arguments = [("name", self.stored.saved_by.as_str().into()), ("at", at.into())];
        let units = Some(merged.conflicts.as_slice());
        let of = |typed| form_view(self.part.form(), typed, units);
        both_texts(merged, tw("draft-both-stored", &arguments), of(&merged.typed), of(&self.stored.typed))
    }

    fn open_part(&self) -> Option<AnyView> {
        if self.points.is_empty() {
            return None;
        }
        let items: Vec<AnyView> = self
            .points
            .iter()
            .map(|point| {
                let label = super::check::field_label(self.part, &point.field, &self.state.typed);
                let text = tm(&point.message);
                let href = format!("#{}", point.field.replace('.', "-"));
                view! { <li><a href=href>{label}</a>" "{text}</li> }.into_any()
            })
            .collect();
        Some(notice("warning", view! { <h2>{t("applications-open-here")}</h2><ul>{items}</ul> }))
    }

    fn form(&self) -> AnyView {
        let path = self.path();
        let fields = match self.part {
            Section::Budget => budget::budget_editor(&self.state, self.limits),
            part => form_fields(part.form(), &self.state, &[]),
        };
        // The budget editor has a button of its own for this.
        let rows = (!self.part.form().groups.is_empty() && self.part != Section::Budget).then(|| {
            view! {
                <button class="button button-secondary" name="then" value="rows">{t("applications-save-rows")}</button>
            }
        });
        let form = DraftForm {
            id: "section-form",
            action: path.clone(),
            save: path.clone(),
            back: path.clone(),
            version: self.version,
            shown: self.shown.clone(),
        };
        let form = form.view(view! {
            {fields}
            <div class="button-row">
                <button class="button button-primary" name="then" value="next">{t("applications-save-next")}</button>
                <button class="button button-secondary" name="then" value="stay">{t("button-save")}</button>
                {rows}
                <a class="button button-quiet" href=format!("/applications/{}", self.id)>{t("applications-back")}</a>
            </div>
        });
        view! { {form} {versions_link(&path, self.stored.version > 0)} }.into_any()
    }
}

/// `POST /applications/{application}/{section}`
pub async fn save(visit: Visit, sent: Sent) -> Result<Done, AppError> {
    let id: ApplicationId = visit.id("application")?;
    let part = section_of(&visit)?;
    if part == Section::Documents {
        return Err(AppError::NotFound);
    }
    let expected = sent.typed.get("version").parse().ok();
    let saved = applications::save_section(&visit.context, id, part, &sent.typed, expected).await?;
    let here = format!("/applications/{id}/{part}");
    let to = match sent.typed.get("then") {
        "next" => {
            let next = Section::ALL.iter().skip_while(|known| **known != part).nth(1).unwrap_or(&Section::Documents);
            format!("/applications/{id}/{next}")
        }
        "rows" => format!("{here}#{}", part.form().groups.first().map_or("main", |group| group.name)),
        _ => format!("{here}?check=1"),
    };
    Ok(Done::draft(to, "done-saved", saved.saved, visit.reader))
}
