//! Forms whose text is kept while it is written, what two people wrote at once, and former versions.

use backend::drafts::{Version, VersionRow};
use domain::errors::AppError;
use domain::forms::Merged;
use leptos::prelude::*;

use super::form::hidden;
use super::layout::notice;
use super::text::{instant, t, tw};
use crate::web::Visit;

/// A form that is saved whatever it holds: where a script runs, also by itself while somebody types.
#[derive(Clone, Debug)]
pub struct DraftForm {
    /// Identifier of the form in its page.
    pub id: &'static str,
    /// Where its first button sends it.
    pub action: String,
    /// Where it is saved.
    pub save: String,
    /// The page that it stands on.
    pub back: String,
    /// The version that its text is written on.
    pub version: i64,
    /// What stands in it when the page comes.
    pub shown: Shown,
}

/// What stands in a form when the page comes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shown {
    /// What is stored.
    Stored,
    /// What was typed and could not be saved.
    Refused,
    /// What was typed, where somebody else changed the same. Saving it replaces that, so only the person does. Until then
    /// it is kept as written on that version.
    Both(String),
}

impl DraftForm {
    /// Draws it around its fields and buttons.
    pub fn view(&self, children: impl IntoView) -> AnyView {
        let (shown, written_on) = match &self.shown {
            Shown::Stored => ("stored", None),
            Shown::Refused => ("refused", None),
            Shown::Both(version) => ("both", Some(version.clone())),
        };
        view! {
            <form id=self.id class="form" method="post" action=self.action.clone() novalidate=true
                data-draft=self.save.clone() data-shown=shown data-written-on=written_on>
                {hidden("back", &self.back)}
                {hidden("version", &self.version.to_string())}
                {children.into_any()}
                <div class="draft-keeper"><p class="saved-at is-idle" role="status"></p></div>
            </form>
        }
        .into_any()
    }
}

/// Whether what was sent to one of these paths was refused because somebody else changed the same; the version that it
/// was written on.
#[must_use]
pub fn conflict_of(visit: &Visit, paths: &[&str]) -> Option<i64> {
    let kept = visit.kept.as_ref().filter(|kept| paths.contains(&kept.path.as_str()))?;
    if matches!(kept.error, AppError::Conflict(_)) { kept.typed.get("version").parse().ok() } else { None }
}

/// Both texts side by side where they contradict each other. `draw` shows the named fields and rows of a text.
pub fn both_texts(merged: &Merged, stored_by: String, mine: AnyView, theirs: AnyView) -> Option<AnyView> {
    (!merged.conflicts.is_empty()).then(|| {
        view! {
            <section class="section">
                <h2>{t("draft-both-title")}</h2>
                <p>{t("draft-both-text")}</p>
                <div class="conflict">
                    <div><h3>{t("draft-both-yours")}</h3>{mine}</div>
                    <div><h3>{stored_by}</h3>{theirs}</div>
                </div>
            </section>
        }
        .into_any()
    })
}

/// Who saved a version and when, in one line.
#[must_use]
pub fn saved_by(row: &VersionRow) -> String {
    tw("draft-version-saved", &[("name", row.saved_by.as_str().into()), ("at", row.saved_at.into())])
}

/// The link to the former versions of a text, once it was saved.
pub fn versions_link(path: &str, was_saved: bool) -> Option<AnyView> {
    let href = format!("{path}/versions");
    was_saved.then(|| view! { <p><a href=href>{t("draft-versions-link")}</a></p> }.into_any())
}

/// All versions of a text, the newest first, each with a link to it.
pub fn version_list(path: &str, rows: Vec<VersionRow>) -> AnyView {
    if rows.is_empty() {
        return view! { <p class="empty">{t("draft-versions-none")}</p> }.into_any();
    }
    let items: Vec<AnyView> = rows
        .into_iter()
        .map(|row| {
            let href = format!("{path}/versions/{}", row.version);
            let title = tw("draft-version", &[("number", row.version.into())]);
            view! {
                <li><a href=href>{title}</a>" "<span class="meta">{row.saved_by.clone()}", "{instant(row.saved_at)}</span></li>
            }
            .into_any()
        })
        .collect();
    view! { <ul class="files">{items}</ul> }.into_any()
}

/// One version, with the button that goes back to it where the reader may write.
pub fn version_view(path: &str, version: &Version, may_write: bool, text: AnyView) -> AnyView {
    let action = format!("{path}/versions/{}", version.row.version);
    let restore = may_write.then(|| {
        let back = action.clone();
        view! {
            <form method="post" action=action>
                {hidden("back", &back)}
                <button class="button button-secondary">{t("draft-version-restore")}</button>
            </form>
        }
    });
    view! {
        {notice("info", view! { <p>{saved_by(&version.row)}</p><p>{t("draft-version-lead")}</p>{restore} })}
        {text}
    }
    .into_any()
}
