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
    let Some(body) = encoded(form) else { return typed };
    for pair in body.split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        typed.push(&decode(name), decode(value));
    }
    typed
}

fn decode(text: &str) -> String {
    let spaced = text.replace('+', " ");
    js_sys::decode_uri_component(&spaced).map_or(spaced, String::from)
}

/// The form's values in the encoding in which browsers post forms.
fn encoded(form: &HtmlFormElement) -> Option<String> {
    let data = FormData::new_with_form(form).ok()?;
    let parameters = UrlSearchParams::new_with_record_from_str_to_str(&js_sys::Object::new()).ok()?;
    for entry in data.entries() {
        let pair: js_sys::Array = entry.ok()?.dyn_into().ok()?;
        if let (Some(name), Some(value)) = (pair.get(0).as_string(), pair.get(1).as_string()) {
            parameters.append(&name, &value);
        }
    }
    Some(String::from(parameters.to_string()))
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
pub fn keep(key: &str, text: &str) {
    if let Ok(Some(storage)) = window().local_storage() {
        // A full or forbidden storage leaves the text in the form, where it was.
        let _ = storage.set_item(key, text);
    }
}

/// A text kept in the browser.
pub fn kept(key: &str) -> Option<String> {
    window().local_storage().ok()??.get_item(key).ok()?
}

/// Forgets a kept text.
pub fn forget(key: &str) {
    if let Ok(Some(storage)) = window().local_storage() {
        let _ = storage.remove_item(key);
    }
}

/// The form's values kept under a key, if there are any.
pub fn kept_form(key: &str) -> Option<Typed> {
    serde_json::from_str(&kept(key)?).ok()
}

/// Puts values back into a form's fields, and lets each field tell of it as if it had been typed. Fields that the
/// form does not have are passed over.
pub fn fill(form: &HtmlFormElement, typed: &Typed) {
    let elements = form.elements();
    for position in 0..elements.length() {
        let Some(element) = elements.item(position) else { continue };
        let Some(name) = element.get_attribute("name") else { continue };
        let Some(values) = typed.0.get(&name) else { continue };
        if let Some(input) = element.dyn_ref::<HtmlInputElement>() {
            match input.type_().as_str() {
                "checkbox" | "radio" => input.set_checked(values.contains(&input.value())),
                "hidden" => {}
                _ => input.set_value(values.first().map_or("", String::as_str)),
            }
        } else if let Some(select) = element.dyn_ref::<HtmlSelectElement>() {
            select.set_value(values.first().map_or("", String::as_str));
        } else if let Some(area) = element.dyn_ref::<HtmlTextAreaElement>() {
            area.set_value(values.first().map_or("", String::as_str));
        }
        let options = web_sys::EventInit::new();
        options.set_bubbles(true);
        if let Ok(event) = web_sys::Event::new_with_event_init_dict("input", &options) {
            let _ = element.dispatch_event(&event);
        }
    }
}
