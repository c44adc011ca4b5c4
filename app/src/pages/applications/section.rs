//! One section of an application: a form of its own for those who write it, its text for everybody else.

use std::collections::BTreeMap;

use backend::applications::queries::{self, ApplicationView};
use backend::applications::{self, SectionView};
use domain::applications::{OpenPoint, Section};
use domain::calls::CallLimits;
use domain::errors::AppError;
use domain::forms::Typed;
use domain::ids::ApplicationId;
use domain::roles::Role;
use leptos::prelude::*;

use super::budget;
use super::read_view::section_view;
use crate::islands::{DraftKeeper, NumberLook, SavedDraft, Shown, Words};
use crate::ui::{FormState, Page, form_fields, hidden, notice, page_head, t, template, tm, tw};
use crate::web::{Done, Sent, Visit};

fn section_of(visit: &Visit) -> Result<Section, AppError> {
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
    /// What was typed on an older version than the stored one.
    conflict: Option<Typed>,
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
    let conflict = kept.as_ref().filter(|kept| matches!(kept.error, AppError::Conflict(_)));
    let version = match (&kept, &conflict) {
        // Shown both texts, the person decides: sending again overwrites.
        (_, Some(_)) | (None, None) => stored.version,
        // A form that was refused for another reason is still written on the version that it was.
        (Some(kept), None) => kept.typed.get("version").parse().unwrap_or(stored.version),
    };
    let conflict = conflict.map(|kept| kept.typed.clone());
    let shown = match (&kept, &conflict) {
        (_, Some(mine)) => Shown::Both { written_on: mine.get("version").to_owned() },
        (Some(_), None) => Shown::Refused,
        (None, None) => Shown::Stored,
    };
    let limits = view.call.limits;
    let writing = Writing { id: view.id, part, stored, state, version, conflict, shown, points, limits };
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
    let page = if part == Section::Documents { page } else { page.with_islands() };
    Ok(if part == Section::Budget { page.wide() } else { page })
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
        let yours = self.conflict.as_ref()?;
        let at = self.stored.saved_at?;
        let arguments = [("name", self.stored.saved_by.as_str().into()), ("at", at.into())];
        Some(
            view! {
                <section class="section">
                    <h2>{t("applications-conflict-title")}</h2>
                    <p>{t("applications-conflict-text")}</p>
                    <div class="conflict">
                        <div><h3>{t("applications-conflict-yours")}</h3>{section_view(self.part, yours)}</div>
                        <div>
                            <h3>{tw("applications-conflict-stored", &arguments)}</h3>
                            {section_view(self.part, &self.stored.typed)}
                        </div>
                    </div>
                </section>
            }
            .into_any(),
        )
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
        let url = path.clone();
        let fields = match self.part {
            Section::Budget => budget::budget_editor(&self.state, self.limits, &path),
            part => form_fields(part.form(), &self.state, &[]),
        };
        // The budget editor has a button of its own for this.
        let rows = (!self.part.form().groups.is_empty() && self.part != Section::Budget).then(|| {
            view! {
                <button class="button button-secondary" name="then" value="rows">{t("applications-save-rows")}</button>
            }
        });
        view! {
            <form id="section-form" class="form" method="post" action=path.clone() novalidate=true>
                {hidden("back", &path)}
                {hidden("version", &self.version.to_string())}
                {fields}
                <div class="button-row">
                    <button class="button button-primary" name="then" value="next">{t("applications-save-next")}</button>
                    <button class="button button-secondary" name="then" value="stay">{t("button-save")}</button>
                    {rows}
                    <a class="button button-quiet" href=format!("/applications/{}", self.id)>{t("applications-back")}</a>
                </div>
                <DraftKeeper form_id="section-form".to_owned() url=url shown=self.shown.clone() words=keeper_words()/>
            </form>
        }
        .into_any()
    }
}

/// The texts of draft keeping.
fn keeper_words() -> Words {
    let plain = ["saving", "waiting", "conflict", "compared", "signed-out", "refused", "compare"]
        .map(|key| format!("draft-{key}"));
    let mut texts: BTreeMap<String, String> = plain.into_iter().map(|key| (key.clone(), t(&key))).collect();
    texts.insert("draft-saved".to_owned(), template("draft-saved", &["at"]));
    Words::new(texts, NumberLook::default())
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
    let done = Done::to(to, "done-saved");
    let saved_at = visit.reader.instant(saved.saved_at);
    let answer = SavedDraft { version: saved.version, saved_at, next: done.address() };
    let json = serde_json::to_string(&answer).map_err(|_| AppError::Internal)?;
    Ok(Done { json: Some(json), ..done })
}
