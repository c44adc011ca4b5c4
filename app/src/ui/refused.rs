//! The names of the fields that a page drew with an error, so that the summary above them can say which is which.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use domain::forms::Typed;
use leptos::prelude::*;

use super::text::{t, tw};

/// Labels by field name, gathered while the body of a page is drawn.
#[derive(Clone, Default)]
pub struct RefusedLabels(Arc<Mutex<HashMap<String, String>>>);

impl RefusedLabels {
    /// Opens the collection for the page being drawn.
    pub fn open() -> Self {
        let labels = Self::default();
        provide_context(labels.clone());
        labels
    }

    /// The label of a field, if the page drew it with an error.
    pub fn of(&self, field: &str) -> Option<String> {
        self.0.lock().ok().and_then(|labels| labels.get(field).cloned())
    }
}

/// Notes that a field was drawn with an error. `form_name` is the form's, for a row of a group with the group's name.
pub fn note(form_name: &str, field: &str, typed: &Typed) {
    let Some(labels) = use_context::<RefusedLabels>() else { return };
    let pieces: Vec<&str> = field.split('.').collect();
    let label = match pieces.as_slice() {
        [group, row, name] => {
            let position = typed.rows(group).iter().position(|known| known.to_string() == *row).map_or(1, |at| at + 1);
            let row = tw(&format!("{form_name}-row"), &[("number", position.into())]);
            format!("{row}, {}", t(&format!("{form_name}-{name}")))
        }
        _ => t(&format!("{form_name}-{field}")),
    };
    if let Ok(mut labels) = labels.0.lock() {
        labels.insert(field.to_owned(), label);
    }
}
