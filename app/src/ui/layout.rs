//! The parts between shell and content: page head, sections, summaries, cards, notices.

use leptos::prelude::*;

use super::text::t;

/// The head of a page: heading, one sentence, and the actions at its side.
pub fn page_head(title: &str, lead: Option<String>, actions: impl IntoView) -> AnyView {
    view! {
        <div class="page-head">
            <div>
                <h1>{title.to_owned()}</h1>
                {lead.map(|text| view! { <p class="lead">{text}</p> })}
            </div>
            <div class="actions">{actions.into_any()}</div>
        </div>
    }
    .into_any()
}

/// A part of a page under a heading of its own.
pub fn section(title_key: &str, children: impl IntoView) -> AnyView {
    view! { <section class="section"><h2>{t(title_key)}</h2>{children.into_any()}</section> }.into_any()
}

/// A list of names and values.
pub fn summary(rows: Vec<AnyView>) -> AnyView {
    view! { <dl class="summary">{rows}</dl> }.into_any()
}

/// One name and value of a summary; the name by its key.
pub fn definition(key: &str, value: impl IntoView) -> AnyView {
    view! { <div><dt>{t(key)}</dt><dd>{value.into_any()}</dd></div> }.into_any()
}

/// A large figure with its name.
pub fn figure_card(label_key: &str, figure: impl IntoView, note: Option<String>) -> AnyView {
    view! {
        <li class="figure-card">
            <p class="figure-label">{t(label_key)}</p>
            <p class="figure">{figure.into_any()}</p>
            {note.map(|text| view! { <p class="figure-note">{text}</p> })}
        </li>
    }
    .into_any()
}

/// A link for those who may read what it leads to, and the same words for everybody else.
pub fn linked(may_read: bool, path: String, words: impl IntoView + 'static) -> AnyView {
    if may_read { view! { <a href=path>{words.into_any()}</a> }.into_any() } else { words.into_any() }
}

/// A card whose heading is a link.
pub fn card_link(title: &str, href: &str, children: impl IntoView) -> AnyView {
    view! { <li class="card"><h3><a href=href.to_owned()>{title.to_owned()}</a></h3>{children.into_any()}</li> }
        .into_any()
}

/// A message: tone `good`, `info`, `warning` or `bad`.
pub fn notice(tone: &str, children: impl IntoView) -> AnyView {
    view! { <div class=format!("notice notice-{tone}") role="status">{children.into_any()}</div> }.into_any()
}
