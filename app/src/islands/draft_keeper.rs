//! Draft keeping: keeps every key in the browser, saves the form while one types and when its button is pressed, says
//! when it was saved, sends what could not be sent when the line is back, and overwrites nobody else's text.

use std::time::Duration;

use domain::errors::AppError;
use domain::forms::Typed;
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
    /// Address of the page that follows the button that was pressed.
    pub next: String,
}

/// What stands in the form when the page comes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Shown {
    /// What is stored.
    Stored,
    /// What was typed and could not be saved.
    Refused,
    /// What was typed, beside what somebody else stored in between. Saving it replaces that, so only the person does.
    Both {
        /// The version that the text was written on.
        written_on: String,
    },
}

/// How far saving is.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Status {
    Idle,
    Saving,
    Saved(String),
    Waiting,
    Conflict,
    /// Both texts are on the page.
    Compared,
    SignedOut,
    Refused,
}

/// After the last key, this long until a draft is sent.
const PAUSE: Duration = Duration::from_millis(1500);
/// Milliseconds of typing without a pause, after which it is sent all the same.
const LONGEST: f64 = 10_000.0;
/// Before a kept draft is put back, this long for other islands to make room for its rows.
const ROOM: Duration = Duration::from_millis(200);
/// While the line is down, this long until the next try.
const RETRY: Duration = Duration::from_secs(10);
/// Fields of the page itself: they say nothing about what was typed.
const OF_THE_PAGE: &[&str] = &["back", "version", "then"];

/// Watches the form with the identifier `form_id`, which posts to `url`. Needs a hidden field `version` in it.
#[island]
pub fn DraftKeeper(form_id: String, url: String, shown: Shown, words: Words) -> impl IntoView {
    let status = RwSignal::new(Status::Idle);
    let keeper = StoredValue::new(Keeper::new(form_id, url));
    let words = StoredValue::new(words);
    Effect::new(move |_| start(keeper, status, &shown));
    // The server answers it with both texts side by side.
    let compare = move |_| press(keeper, status, String::new());
    let word = move |key: &str| words.with_value(|words| words.get(key));
    let class = move || match status.get() {
        Status::Waiting | Status::Compared => "saved-at is-waiting",
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
        Status::Compared => word("draft-compared"),
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
    /// Under which the text is kept in the browser until the server has it.
    key: String,
    /// Under which a text is kept that was sent and not answered: the server may have it or not.
    sent_key: String,
    /// Under which a text is kept that was sent as a whole, as the page has no room for it.
    whole_key: String,
    form_id: String,
    url: String,
    /// The version to keep the text under, where it is not the one that stands in the form.
    written_on: Option<String>,
    /// Counts changes, so that only the last of a burst is sent.
    changes: u32,
    /// When the first change was made that has not been sent, in milliseconds.
    waiting_since: Option<f64>,
    /// Counts tries that failed, so that only the last one is tried again.
    failures: u32,
    /// A sending is under way.
    busy: bool,
    /// What was kept is about to be put back; until then the form is not to be kept in its place.
    restoring: bool,
    /// The value of the button with which the person saves and goes on.
    pressed: Option<String>,
}

type Kept = StoredValue<Keeper>;

impl Keeper {
    fn new(form_id: String, url: String) -> Self {
        Self {
            key: format!("draft:{url}"),
            sent_key: format!("draft-sent:{url}"),
            whole_key: format!("draft-whole:{url}"),
            form_id,
            url,
            written_on: None,
            changes: 0,
            waiting_since: None,
            failures: 0,
            busy: false,
            restoring: false,
            pressed: None,
        }
    }

    /// Keeps what stands in the form.
    fn keep(&self, form: &web_sys::HtmlFormElement) {
        let mut typed = browser::typed(form);
        if let Some(version) = &self.written_on {
            typed.set("version", version.as_str());
        }
        browser::keep_form(&self.key, &typed);
    }

    /// Forgets what is kept, if it is what the server has.
    fn forget(&self, stored: &Typed) {
        browser::forget(&self.sent_key);
        if browser::kept_form(&self.key).is_some_and(|kept| kept.says_the_same(stored, OF_THE_PAGE)) {
            browser::forget(&self.key);
        }
    }
}

/// Brings back what an earlier visit could not send, and begins to watch.
fn start(keeper: Kept, status: RwSignal<Status>, shown: &Shown) {
    let Some(form) = keeper.with_value(|keeper| browser::form(&keeper.form_id)) else { return };
    let kept = keeper.with_value(|keeper| browser::kept_form(&keeper.key));
    match (shown, kept) {
        (Shown::Stored, Some(kept)) if !kept.says_the_same(&browser::typed(&form), OF_THE_PAGE) => {
            restore(keeper, status, &form, kept);
        }
        // The page shows that the server has it.
        (Shown::Stored, Some(stored)) => keeper.with_value(|keeper| keeper.forget(&stored)),
        // Typed before the script came.
        (Shown::Stored, None) if browser::was_changed(&form) => changed(keeper, status),
        (Shown::Stored, None) => {}
        (Shown::Refused, _) => {
            keeper.with_value(|keeper| browser::forget(&keeper.sent_key));
            changed(keeper, status);
        }
        (Shown::Both { written_on }, _) => {
            keeper.update_value(|keeper| {
                browser::forget(&keeper.sent_key);
                keeper.written_on = Some(written_on.clone());
            });
            status.set(Status::Compared);
        }
    }
    watch(keeper, status, &form);
}

/// Puts a kept text into the form once other islands have made room for it, and sends it.
fn restore(keeper: Kept, status: RwSignal<Status>, form: &web_sys::HtmlFormElement, kept: Typed) {
    status.set(Status::Waiting);
    keeper.update_value(|keeper| keeper.restoring = true);
    let form = form.clone();
    set_timeout(
        move || {
            let on_page = browser::typed(&form).get("version").to_owned();
            browser::fill(&form, &kept);
            // The version that the text was written on, so that somebody else's later text is not overwritten.
            set_version(&form, kept.get("version"));
            // Rows for which the page has no room: it may have fewer since somebody else changed them. Sent once; when
            // a later page of another version lacks them too, the server has its own way of writing them.
            let whole_key = keeper.with_value(|keeper| keeper.whole_key.clone());
            let sent_before = browser::kept_form(&whole_key).is_some_and(|sent| sent.says_the_same(&kept, OF_THE_PAGE));
            let fits = browser::typed(&form).says_the_same(&kept, OF_THE_PAGE);
            let may_be_stored = sent_before && on_page != kept.get("version");
            if !fits && !may_be_stored {
                browser::keep_form(&whole_key, &kept);
                browser::send_whole(&form, &kept);
                return;
            }
            browser::forget(&whole_key);
            keeper.update_value(|keeper| keeper.restoring = false);
            send_soon(keeper, status, Duration::ZERO);
        },
        ROOM,
    );
}

fn watch(keeper: Kept, status: RwSignal<Status>, form: &web_sys::HtmlFormElement) {
    let typing = wasm_bindgen::closure::Closure::<dyn Fn()>::new(move || changed(keeper, status));
    // An ordinary sending would end on the browser's own page when the line is down, with the text nowhere in sight.
    let sent = wasm_bindgen::closure::Closure::<dyn Fn(web_sys::Event)>::new(move |event: web_sys::Event| {
        event.prevent_default();
        press(keeper, status, browser::button_of(&event));
    });
    let back = wasm_bindgen::closure::Closure::<dyn Fn()>::new(move || {
        if status.get_untracked() == Status::Waiting {
            send_soon(keeper, status, Duration::ZERO);
        }
    });
    let _ = form.add_event_listener_with_callback("input", typing.as_ref().unchecked_ref());
    let _ = form.add_event_listener_with_callback("change", typing.as_ref().unchecked_ref());
    let _ = form.add_event_listener_with_callback("submit", sent.as_ref().unchecked_ref());
    let _ = window().add_event_listener_with_callback("online", back.as_ref().unchecked_ref());
    // They live as long as the page.
    typing.forget();
    sent.forget();
    back.forget();
}

/// Keeps what was typed at once, and sends it after a pause, or when typing goes on for long.
fn changed(keeper: Kept, status: RwSignal<Status>) {
    let Some(form) = keeper.with_value(|keeper| browser::form(&keeper.form_id)) else { return };
    if keeper.with_value(|keeper| keeper.restoring) {
        return;
    }
    let now = js_sys::Date::now();
    let mut pause = PAUSE;
    keeper.update_value(|keeper| {
        keeper.keep(&form);
        keeper.changes = keeper.changes.wrapping_add(1);
        if now >= *keeper.waiting_since.get_or_insert(now) + LONGEST {
            pause = Duration::ZERO;
        }
    });
    send_soon(keeper, status, pause);
}

/// Saves by the person's own will, and goes on to the page that follows.
fn press(keeper: Kept, status: RwSignal<Status>, button: String) {
    let Some(form) = keeper.with_value(|keeper| browser::form(&keeper.form_id)) else { return };
    keeper.update_value(|keeper| {
        keeper.pressed = Some(button);
        if !keeper.restoring {
            keeper.keep(&form);
        }
    });
    leptos::task::spawn_local(send(keeper, status));
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
    let (url, key) = keeper.with_value(|keeper| (keeper.url.clone(), keeper.sent_key.clone()));
    let (pressed, busy) = keeper.with_value(|keeper| (keeper.pressed.clone(), keeper.busy || keeper.restoring));
    let only_by_hand = matches!(status.get_untracked(), Status::Conflict | Status::Compared);
    let Some(form) = keeper.with_value(|keeper| browser::form(&keeper.form_id)) else { return };
    if busy || (only_by_hand && pressed.is_none()) {
        return;
    }
    // The server may have what was sent and not answered. The same again is no conflict for it, and its answer
    // names the version that the newer text is written on.
    let mut sent = browser::kept_form(&key).unwrap_or_else(|| browser::typed(&form));
    sent.set("then", pressed.clone().unwrap_or_default());
    browser::keep_form(&key, &sent);
    keeper.update_value(|keeper| {
        keeper.busy = true;
        keeper.waiting_since = None;
    });
    status.set(Status::Saving);
    let answer = browser::post(&url, &sent).await;
    keeper.update_value(|keeper| keeper.busy = false);
    match answer {
        Some(answer) if answer.status == 200 => match serde_json::from_str::<SavedDraft>(&answer.body) {
            Ok(saved) => settle(keeper, status, &form, &sent, pressed.is_some(), saved),
            // Something on the way answered in the server's place.
            Err(_) => try_again(keeper, status, &form),
        },
        Some(answer) if answer.status < 500 => refused(keeper, status, &form, &answer),
        _ => try_again(keeper, status, &form),
    }
}

/// The server has what was sent. What was typed meanwhile is sent as well; else whoever pressed the button goes on.
fn settle(
    keeper: Kept,
    status: RwSignal<Status>,
    form: &web_sys::HtmlFormElement,
    sent: &Typed,
    pressed: bool,
    saved: SavedDraft,
) {
    set_version(form, &saved.version.to_string());
    let complete = browser::typed(form).says_the_same(sent, OF_THE_PAGE);
    keeper.update_value(|keeper| {
        keeper.written_on = None;
        keeper.forget(sent);
        if !complete {
            keeper.keep(form);
        }
    });
    status.set(Status::Saved(saved.saved_at));
    match (complete, keeper.with_value(|keeper| keeper.pressed.is_some())) {
        (true, true) if pressed => browser::go(&saved.next),
        (_, true) => leptos::task::spawn_local(send(keeper, status)),
        (false, false) => send_soon(keeper, status, PAUSE),
        (true, false) => {}
    }
}

/// The server does not take it. What was typed stays kept; whoever pressed the button gets the page that says why.
fn refused(keeper: Kept, status: RwSignal<Status>, form: &web_sys::HtmlFormElement, answer: &browser::Answer) {
    let mut pressed = None;
    keeper.update_value(|keeper| {
        browser::forget(&keeper.sent_key);
        keeper.keep(form);
        pressed = keeper.pressed.take();
    });
    if pressed.is_some() {
        let _ = form.submit();
        return;
    }
    let conflict = matches!(serde_json::from_str(&answer.body), Ok(AppError::Conflict(_)));
    status.set(match answer.status {
        401 => Status::SignedOut,
        409 if conflict => Status::Conflict,
        _ => Status::Refused,
    });
}

/// There was no answer. Nobody is taken to another page later on, in the middle of a word.
fn try_again(keeper: Kept, status: RwSignal<Status>, form: &web_sys::HtmlFormElement) {
    let mut failure = 0;
    keeper.update_value(|keeper| {
        keeper.keep(form);
        keeper.pressed = None;
        keeper.failures = keeper.failures.wrapping_add(1);
        failure = keeper.failures;
    });
    status.set(Status::Waiting);
    set_timeout(
        move || {
            if keeper.with_value(|keeper| keeper.failures == failure) && status.get_untracked() == Status::Waiting {
                leptos::task::spawn_local(send(keeper, status));
            }
        },
        RETRY,
    );
}
