//! Where a page drew fields with an error, and what it called them, so that the summary above can name and link each.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use domain::forms::Typed;
use leptos::prelude::*;

use super::form::FormState;
use super::text::{t, tm, tw};

/// Fields by name, gathered while the body of a page is drawn.
#[derive(Clone, Default)]
pub struct RefusedFields(Arc<Mutex<HashMap<String, RefusedField>>>);

/// A field that was drawn with an error.
#[derive(Clone)]
pub struct RefusedField {
    pub id: String,
    pub label: String,
}

impl RefusedFields {
    /// Opens the collection for the page being drawn.
    pub fn open() -> Self {
        let fields = Self::default();
        provide_context(fields.clone());
        fields
    }

    /// The field of that name, if the page drew it with an error.
    pub fn of(&self, name: &str) -> Option<RefusedField> {
        self.0.lock().ok().and_then(|fields| fields.get(name).cloned())
    }
}

/// Notes that a field was drawn with an error: where, and under which label.
pub fn note(name: &str, id: String, label: String) {
    let Some(fields) = use_context::<RefusedFields>() else { return };
    if let Ok(mut fields) = fields.0.lock() {
        fields.insert(name.to_owned(), RefusedField { id, label });
    }
}

/// What is wrong with a field that a page draws by itself, noted with where it stands and what it is called there.
pub fn error_of(state: &FormState, name: &str, id: &str, label: &str) -> Option<String> {
    let error = state.errors.of(name).map(tm)?;
    note(name, id.to_owned(), label.to_owned());
    Some(error)
}

/// Notes a form's own field, under its usual label. `form_name` is the form's, for a row of a group with the group's
/// name.
pub fn note_field(form_name: &str, name: &str, typed: &Typed) {
    let pieces: Vec<&str> = name.split('.').collect();
    let label = match pieces.as_slice() {
        [group, row, field] => {
            let position = typed.rows(group).iter().position(|known| known.to_string() == *row).map_or(1, |at| at + 1);
            let row = tw(&format!("{form_name}-row"), &[("number", position.into())]);
            format!("{row}, {}", t(&format!("{form_name}-{field}")))
        }
        _ => t(&format!("{form_name}-{name}")),
    };
    note(name, name.replace('.', "-"), label);
}
