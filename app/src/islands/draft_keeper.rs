//! Draft keeping: saves a form while one types, says when it was saved, keeps in the browser what could not be
//! sent and sends it when the line is back, and never overwrites what somebody else wrote in between.

use std::time::Duration;

use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use wasm_bindgen::JsCast as _;

use super::browser;
use super::words::Words;

/// What the server answers to a saved draft.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedDraft {
    /// The version that now stands.
    pub version: i64,
    /// When it was saved, in the reader's way.
    pub saved_at: String,
}

/// How far saving is.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Status {
    Idle,
    Saving,
    Saved(String),
    Waiting,
    Conflict,
    SignedOut,
    Refused,
}

/// After the last key, this long until a draft is sent.
const PAUSE: Duration = Duration::from_millis(1500);
/// Before a kept draft is put back, this long for other islands to make room for its rows.
const ROOM: Duration = Duration::from_millis(200);
/// While the line is down, this long until the next try.
const RETRY: Duration = Duration::from_secs(10);

/// Watches the form with the identifier `form_id`, which posts to `url`. Needs a hidden field `version` in it.
#[island]
pub fn DraftKeeper(form_id: String, url: String, words: Words) -> impl IntoView {
    let status = RwSignal::new(Status::Idle);
    let keeper = StoredValue::new(Keeper { key: format!("draft:{url}"), form_id, url, changes: 0, busy: false });
    let words = StoredValue::new(words);
    Effect::new(move |_| start(keeper, status));
    let compare = move |_| {
        if let Some(form) = keeper.with_value(|keeper| browser::form(&keeper.form_id)) {
            // The server answers an ordinary sending with both texts side by side.
            keeper.with_value(|keeper| browser::forget(&keeper.key));
            let _ = form.submit();
        }
    };
    let word = move |key: &str| words.with_value(|words| words.get(key));
    let class = move || match status.get() {
        Status::Waiting => "saved-at is-waiting",
        Status::Conflict | Status::SignedOut | Status::Refused => "saved-at is-failed",
        Status::Idle => "saved-at is-idle",
        _ => "saved-at",
    };
    let text = move || match status.get() {
        Status::Idle => String::new(),
        Status::Saving => word("draft-saving"),
        Status::Saved(at) => words.with_value(|words| words.with("draft-saved", "at", &at)),
        Status::Waiting => word("draft-waiting"),
        Status::Conflict => word("draft-conflict"),
        Status::SignedOut => word("draft-signed-out"),
        Status::Refused => word("draft-refused"),
    };
    view! {
        <div class="draft-keeper">
            <p class=class role="status">{text}</p>
            <Show when=move || status.get() == Status::Conflict>
                <button type="button" class="button button-secondary" on:click=compare>{word("draft-compare")}</button>
            </Show>
        </div>
    }
}

struct Keeper {
    key: String,
    form_id: String,
    url: String,
    /// Counts changes, so that only the last of a burst is sent.
    changes: u32,
    /// A sending is under way.
    busy: bool,
}

type Kept = StoredValue<Keeper>;

/// Brings back what an earlier visit could not send, and begins to watch.
fn start(keeper: Kept, status: RwSignal<Status>) {
    let Some(form) = keeper.with_value(|keeper| browser::form(&keeper.form_id)) else { return };
    if let Some(typed) = keeper.with_value(|keeper| browser::kept_form(&keeper.key)) {
        status.set(Status::Waiting);
        // Other islands of the form make room for it first.
        let filled = form.clone();
        set_timeout(
            move || {
                browser::fill(&filled, &typed);
                // The version that the text was written on, so that somebody else's later text is not overwritten.
                set_version(&filled, typed.get("version"));
                send_soon(keeper, status, Duration::ZERO);
            },
            ROOM,
        );
    }
    let changed = wasm_bindgen::closure::Closure::<dyn Fn()>::new(move || {
        keeper.update_value(|keeper| keeper.changes = keeper.changes.wrapping_add(1));
        send_soon(keeper, status, PAUSE);
    });
    let sent = wasm_bindgen::closure::Closure::<dyn Fn()>::new(move || {
        // The whole form goes its ordinary way; what was kept is in it.
        keeper.with_value(|keeper| browser::forget(&keeper.key));
    });
    let back = wasm_bindgen::closure::Closure::<dyn Fn()>::new(move || {
        if status.get_untracked() == Status::Waiting {
            send_soon(keeper, status, Duration::ZERO);
        }
    });
    let _ = form.add_event_listener_with_callback("input", changed.as_ref().unchecked_ref());
    let _ = form.add_event_listener_with_callback("change", changed.as_ref().unchecked_ref());
    let _ = form.add_event_listener_with_callback("submit", sent.as_ref().unchecked_ref());
    let _ = window().add_event_listener_with_callback("online", back.as_ref().unchecked_ref());
    // They live as long as the page.
    changed.forget();
    sent.forget();
    back.forget();
}

fn set_version(form: &web_sys::HtmlFormElement, version: &str) {
    if let Ok(Some(field)) = form.query_selector("input[name=version]")
        && let Ok(field) = field.dyn_into::<web_sys::HtmlInputElement>()
    {
        field.set_value(version);
    }
}

/// Sends after a pause, unless another change comes first.
fn send_soon(keeper: Kept, status: RwSignal<Status>, pause: Duration) {
    let change = keeper.with_value(|keeper| keeper.changes);
    set_timeout(
        move || {
            if keeper.with_value(|keeper| keeper.changes == change) {
                leptos::task::spawn_local(send(keeper, status));
            }
        },
        pause,
    );
}

async fn send(keeper: Kept, status: RwSignal<Status>) {
    if keeper.with_value(|keeper| keeper.busy) || status.get_untracked() == Status::Conflict {
        return;
    }
    let (url, key, change) = keeper.with_value(|keeper| (keeper.url.clone(), keeper.key.clone(), keeper.changes));
    let Some(form) = keeper.with_value(|keeper| browser::form(&keeper.form_id)) else { return };
    let typed = browser::typed(&form);
    keeper.update_value(|keeper| keeper.busy = true);
    status.set(Status::Saving);
    let answer = browser::post(&url, &typed).await;
    keeper.update_value(|keeper| keeper.busy = false);
    let keep = || {
        if let Ok(text) = serde_json::to_string(&typed) {
            browser::keep(&key, &text);
        }
    };
    match answer {
        Some(answer) if answer.status == 200 => {
            if let Ok(saved) = serde_json::from_str::<SavedDraft>(&answer.body) {
                set_version(&form, &saved.version.to_string());
                browser::forget(&key);
                status.set(Status::Saved(saved.saved_at));
            }
        }
        Some(answer) if answer.status == 409 => {
            keep();
            let conflict = matches!(serde_json::from_str(&answer.body), Ok(domain::errors::AppError::Conflict(_)));
            status.set(if conflict { Status::Conflict } else { Status::Refused });
        }
        Some(answer) if answer.status == 401 => {
            keep();
            status.set(Status::SignedOut);
        }
        Some(answer) if answer.status < 500 => {
            keep();
            status.set(Status::Refused);
        }
        _ => {
            keep();
            status.set(Status::Waiting);
            set_timeout(move || leptos::task::spawn_local(send(keeper, status)), RETRY);
        }
    }
    // What was typed while this was under way is sent as well.
    if keeper.with_value(|keeper| keeper.changes != change) {
        send_soon(keeper, status, PAUSE);
    }
}
