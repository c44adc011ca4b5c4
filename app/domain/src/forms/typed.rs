//! What a person typed: text by field name, before anybody judges it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Form;

/// What a person typed, as it came: kept whole, so that a refused form can be shown again.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Typed(pub BTreeMap<String, Vec<String>>);

impl Typed {
    /// The first value under a name, or an empty text.
    #[must_use]
    pub fn get(&self, name: &str) -> &str {
        self.0.get(name).and_then(|values| values.first()).map_or("", String::as_str)
    }

    /// All values under a name.
    #[must_use]
    pub fn all(&self, name: &str) -> &[String] {
        self.0.get(name).map_or(&[], Vec::as_slice)
    }

    /// Replaces what stands under a name.
    pub fn set(&mut self, name: &str, value: impl Into<String>) {
        self.0.insert(name.to_owned(), vec![value.into()]);
    }

    /// Adds one more value under a name.
    pub fn push(&mut self, name: &str, value: impl Into<String>) {
        self.0.entry(name.to_owned()).or_default().push(value.into());
    }

    /// With a value; for building forms in code.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.push(name, value);
        self
    }

    /// The numbers of the rows of a group in which something was typed, in order.
    #[must_use]
    pub fn rows(&self, group: &str) -> Vec<usize> {
        let mut rows: Vec<usize> = self
            .0
            .iter()
            .filter(|(_, values)| values.iter().any(|value| !value.trim().is_empty()))
            .filter_map(|(name, _)| {
                let rest = name.strip_prefix(group)?.strip_prefix('.')?;
                rest.split_once('.')?.0.parse().ok()
            })
            .collect();
        rows.sort_unstable();
        rows.dedup();
        rows
    }

    /// Only the fields that a form has, so that nothing else is stored.
    #[must_use]
    pub fn only(&self, form: &Form) -> Self {
        let known = |name: &str| {
            form.fields.iter().any(|field| field.name == name)
                || form.groups.iter().any(|group| {
                    name.strip_prefix(group.name)
                        .and_then(|rest| rest.strip_prefix('.'))
                        .and_then(|rest| rest.split_once('.'))
                        .is_some_and(|(row, field)| {
                            row.parse::<usize>().is_ok() && group.fields.iter().any(|known| known.name == field)
                        })
                })
        };
        Self(
            self.0
                .iter()
                .filter(|(name, _)| known(name))
                .map(|(name, values)| (name.clone(), values.clone()))
                .collect(),
        )
    }
}
