//! What a person typed: text by field name, before anybody judges it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Form;
use crate::money::with_decimal_point;

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

    /// Whether two forms say the same: empty fields, gaps between rows and the way in which lines end do not count,
    /// nor do the fields `but`, which the page itself put in.
    #[must_use]
    pub fn says_the_same(&self, other: &Self, but: &[&str]) -> bool {
        self.gist(but) == other.gist(but)
    }

    fn gist(&self, but: &[&str]) -> BTreeMap<String, Vec<String>> {
        let plain = |value: String| (!value.is_empty()).then(|| value.replace("\r\n", "\n"));
        let fields = self.compacted().0.into_iter().filter(|(name, _)| !but.contains(&name.as_str()));
        let fields = fields.map(|(name, values)| (name, values.into_iter().filter_map(plain).collect::<Vec<_>>()));
        fields.filter(|(_, values)| !values.is_empty()).collect()
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

    /// The same with the rows of each group numbered from 0 without gaps, as pages number them; rows in which nothing was
    /// typed go.
    #[must_use]
    pub fn compacted(&self) -> Self {
        let mut rows: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        let mut compact: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (name, values) in &self.0 {
            let name = match row_of(name) {
                None => name.clone(),
                Some((group, row, field)) => {
                    let known = rows.entry(group).or_insert_with(|| self.rows(group));
                    match known.iter().position(|known| *known == row) {
                        Some(position) => format!("{group}.{position}.{field}"),
                        None => continue,
                    }
                }
            };
            compact.entry(name).or_default().extend(values.iter().cloned());
        }
        Self(compact)
    }

    /// The same, typed by a reader of decimal commas; see [`with_decimal_point`]. What is kept then means the same to
    /// everybody.
    #[must_use]
    pub fn with_decimal_points(mut self) -> Self {
        for value in self.0.values_mut().flatten() {
            if let Some(number) = with_decimal_point(value) {
                *value = number;
            }
        }
        self
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

/// Group, number and field of a name such as `lines.3.purpose`.
fn row_of(name: &str) -> Option<(&str, usize, &str)> {
    let (group, rest) = name.split_once('.')?;
    let (row, field) = rest.split_once('.')?;
    Some((group, row.parse().ok()?, field))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_says_the_same_without_its_gaps_and_empty_fields() {
        let stored = Typed::default()
            .with("version", "4")
            .with("needs", "two\r\nlines")
            .with("people.0.count", "12")
            .with("people.1.count", "3");
        let typed = Typed::default()
            .with("version", "3")
            .with("needs", "two\nlines")
            .with("partners", "")
            .with("people.0.count", " ")
            .with("people.2.count", "12")
            .with("people.7.count", "3");
        assert!(typed.says_the_same(&stored, &["version"]));
        assert!(!typed.says_the_same(&stored, &[]), "the version counts unless it is left out");
    }

    #[test]
    fn compacting_closes_gaps_and_keeps_what_was_typed_and_its_order() {
        let typed = Typed::default()
            .with("needs", "text")
            .with("people.0.count", " ")
            .with("people.2.count", "12")
            .with("people.2.sex", "")
            .with("people.10.count", "3");
        let compact = typed.compacted();
        let expected = Typed::default()
            .with("needs", "text")
            .with("people.0.count", "12")
            .with("people.0.sex", "")
            .with("people.1.count", "3");
        assert_eq!(compact, expected);
        assert_eq!(compact.compacted(), compact);
        assert!(compact.says_the_same(&typed, &[]));
    }

    #[test]
    fn a_form_with_another_order_fewer_rows_or_another_word_says_something_else() {
        let rows = |counts: &[&str]| {
            counts
                .iter()
                .enumerate()
                .fold(Typed::default(), |typed, (row, count)| typed.with(&format!("people.{row}.count"), *count))
        };
        let stored = rows(&["12", "3"]);
        for other in [rows(&["3", "12"]), rows(&["12"]), rows(&["12", "3", "3"]), rows(&["12", "3 "]), Typed::default()]
        {
            assert!(!stored.says_the_same(&other, &[]), "{other:?}");
        }
    }
}
