//! What islands ask of the browser: values of a form, posting it, and keeping texts over a reload.

use domain::forms::Typed;
use leptos::prelude::*;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    FormData, Headers, HtmlFormElement, HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement, RequestInit,
    UrlSearchParams,
};

/// A form of the page by its identifier.
pub fn form(id: &str) -> Option<HtmlFormElement> {
    document().get_element_by_id(id)?.dyn_into().ok()
}

/// The value of an input, a selection or a text area.
pub fn value_of(element: &web_sys::Element) -> String {
    if let Some(input) = element.dyn_ref::<HtmlInputElement>() {
        input.value()
    } else if let Some(select) = element.dyn_ref::<HtmlSelectElement>() {
        select.value()
    } else if let Some(area) = element.dyn_ref::<HtmlTextAreaElement>() {
        area.value()
    } else {
        String::new()
    }
}

/// Everything that stands in a form, as it would be sent.
pub fn typed(form: &HtmlFormElement) -> Typed {
    let mut typed = Typed::default();
    let Ok(data) = FormData::new_with_form(form) else { return typed };
    for entry in data.entries() {
        let Some(pair) = entry.ok().and_then(|entry| entry.dyn_into::<js_sys::Array>().ok()) else { continue };
        if let (Some(name), Some(value)) = (pair.get(0).as_string(), pair.get(1).as_string()) {
            typed.push(&name, value);
        }
    }
    typed
}

/// Whether a text field or a tick no longer stands as the server's page had it.
pub fn was_changed(form: &HtmlFormElement) -> bool {
    let elements = form.elements();
    (0..elements.length()).filter_map(|position| elements.item(position)).any(|element| {
        if let Some(input) = element.dyn_ref::<HtmlInputElement>() {
            match input.type_().as_str() {
                "hidden" => false,
                "checkbox" | "radio" => input.checked() != input.default_checked(),
                _ => input.value() != input.default_value(),
            }
        } else if let Some(area) = element.dyn_ref::<HtmlTextAreaElement>() {
            area.default_value().is_ok_and(|before| before != area.value())
        } else {
            false
        }
    })
}

/// What the server answered.
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// Body.
    pub body: String,
}

/// Posts values as a browser would post the form, asking for JSON. `None` when the line is down.
pub async fn post(url: &str, typed: &Typed) -> Option<Answer> {
    let parameters = UrlSearchParams::new().ok()?;
    for (name, values) in &typed.0 {
        for value in values {
            parameters.append(name, value);
        }
    }
    let headers = Headers::new().ok()?;
    headers.set("accept", "application/json").ok()?;
    headers.set("content-type", "application/x-www-form-urlencoded;charset=UTF-8").ok()?;
    let options = RequestInit::new();
    options.set_method("POST");
    options.set_headers(&headers);
    options.set_body(&JsValue::from(String::from(parameters.to_string())));
    let response = JsFuture::from(window().fetch_with_str_and_init(url, &options)).await.ok()?;
    let response: web_sys::Response = response.dyn_into().ok()?;
    let body = JsFuture::from(response.text().ok()?).await.ok()?.as_string()?;
    Some(Answer { status: response.status(), body })
}

/// Keeps a text in the browser.
fn keep(key: &str, text: &str) {
    if let Ok(Some(storage)) = window().local_storage() {
        // A full or forbidden storage leaves the text in the form, where it was.
        let _ = storage.set_item(key, text);
    }
}

/// A text kept in the browser.
fn kept(key: &str) -> Option<String> {
    window().local_storage().ok()??.get_item(key).ok()?
}

/// Forgets a kept text.
pub fn forget(key: &str) {
    if let Ok(Some(storage)) = window().local_storage() {
        let _ = storage.remove_item(key);
    }
}

/// Keeps a form's values in the browser.
pub fn keep_form(key: &str, typed: &Typed) {
    if let Ok(text) = serde_json::to_string(typed) {
        keep(key, &text);
    }
}

/// The form's values kept under a key, if there are any.
pub fn kept_form(key: &str) -> Option<Typed> {
    serde_json::from_str(&kept(key)?).ok()
}

/// Puts values back into a form's fields, and lets each field that changes tell of it as if it had been typed. A tick
/// or a row that is not among the values was taken away; any other field that is not among them stays as it is.
pub fn fill(form: &HtmlFormElement, typed: &Typed) {
    let elements = form.elements();
    for position in 0..elements.length() {
        let Some(element) = elements.item(position) else { continue };
        let Some(name) = element.get_attribute("name") else { continue };
        let value = typed.get(&name);
        let missing = !typed.0.contains_key(&name) && !name.contains('.');
        let mut changed = value_of(&element) != value && !missing;
        if let Some(input) = element.dyn_ref::<HtmlInputElement>() {
            match input.type_().as_str() {
                "checkbox" | "radio" => {
                    let ticked = typed.all(&name).contains(&input.value());
                    changed = input.checked() != ticked;
                    input.set_checked(ticked);
                }
                "hidden" => changed = false,
                _ if changed => input.set_value(value),
                _ => {}
            }
        } else if let Some(select) = element.dyn_ref::<HtmlSelectElement>() {
            if changed {
                select.set_value(value);
            }
        } else if let Some(area) = element.dyn_ref::<HtmlTextAreaElement>() {
            if changed {
                area.set_value(value);
            }
        } else {
            changed = false;
        }
        if changed {
            tell_of_input(&element);
        }
    }
}

/// Puts what the form has no field for into hidden fields, and sends the whole as a browser does by itself: the answer is
/// a page with room for all of it.
pub fn send_whole(form: &HtmlFormElement, typed: &Typed) {
    let fields: Vec<String> = (0..form.elements().length())
        .filter_map(|position| form.elements().item(position)?.get_attribute("name"))
        .collect();
    for (name, values) in typed.0.iter().filter(|(name, _)| !fields.contains(name)) {
        for value in values {
            let Ok(field) = document().create_element("input") else { continue };
            let attributes = [("type", "hidden"), ("name", name.as_str()), ("value", value.as_str())];
            if attributes.iter().all(|(attribute, value)| field.set_attribute(attribute, value).is_ok()) {
                let _ = form.append_child(&field);
            }
        }
    }
    let _ = form.submit();
}

/// Says that something in an element changed, as if it had been typed.
pub fn tell_of_input(element: &web_sys::Element) {
    let options = web_sys::EventInit::new();
    options.set_bubbles(true);
    if let Ok(event) = web_sys::Event::new_with_event_init_dict("input", &options) {
        let _ = element.dispatch_event(&event);
    }
}

/// The value of the button that sends a form, where it has one.
pub fn button_of(event: &web_sys::Event) -> String {
    // Read by name: browsers that do not know it yet have no such property.
    js_sys::Reflect::get(event, &JsValue::from_str("submitter"))
        .ok()
        .and_then(|button| button.dyn_into::<web_sys::Element>().ok())
        .and_then(|button| button.get_attribute("value"))
        .unwrap_or_default()
}

/// Shows another page of this site, and the same one anew.
pub fn go(address: &str) {
    let location = window().location();
    let here = location.pathname().unwrap_or_default() + &location.search().unwrap_or_default();
    let _ = location.set_href(address);
    // Another place on the same page is only scrolled to.
    if address.split_once('#').is_some_and(|(page, _)| page == here) {
        let _ = location.reload();
    }
}
