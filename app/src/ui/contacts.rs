//! Further contacts, as one row of a summary.

use domain::contacts::Contact;
use leptos::prelude::*;

use super::definition;

/// The contacts under the name that the key gives; nothing where there are none.
pub fn contacts(key: &str, contacts: &[Contact]) -> Option<AnyView> {
    let items: Vec<AnyView> = contacts
        .iter()
        .map(|contact| {
            view! { <li>{contact.name.clone()}<br/><span class="meta">{contact.details()}</span></li> }.into_any()
        })
        .collect();
    (!items.is_empty()).then(|| definition(key, view! { <ul>{items}</ul> }))
}
