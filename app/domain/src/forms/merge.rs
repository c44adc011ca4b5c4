//! Two people's changes of one text put together: what only one of them changed is taken from that one, and what both
//! changed differently is for a person to decide.

use std::collections::{BTreeMap, BTreeSet};

use super::Typed;

/// What comes of two texts that go back to the same one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Merged {
    /// Both changes together; where they contradict each other, the own one.
    pub typed: Typed,
    /// What both changed differently: names of fields, of rows (`lines.2`), or of groups whose rows were counted anew.
    pub conflicts: Vec<String>,
}

/// Puts together what `theirs` and `mine` changed of `base`. Rows have no names of their own: a row is compared with the
/// one in the same place as long as all three have as many, else the group is compared as a whole.
#[must_use]
pub fn merge(base: &Typed, theirs: &Typed, mine: &Typed) -> Merged {
    let [base, theirs, mine] = [base, theirs, mine].map(Typed::compacted);
    let whole = uneven_groups([&base, &theirs, &mine]);
    let [old, other, own] = [&base, &theirs, &mine].map(|typed| by_unit(typed, &whole));
    let units: BTreeSet<&String> = old.keys().chain(other.keys()).chain(own.keys()).collect();
    let mut merged = Merged::default();
    for unit in units {
        let [before, other, own] = [&old, &other, &own].map(|of| of.get(unit));
        let same = |one: Option<&Typed>, two: Option<&Typed>| {
            one.unwrap_or(&Typed::default()).says_the_same(two.unwrap_or(&Typed::default()), &[])
        };
        let chosen = if same(own, before) { other } else { own };
        if !same(own, before) && !same(other, before) && !same(own, other) {
            merged.conflicts.push(unit.clone());
        }
        if let Some(chosen) = chosen {
            merged.typed.0.extend(chosen.0.clone());
        }
    }
    merged
}

impl Typed {
    /// Only what belongs to fields, rows or groups by their names.
    #[must_use]
    pub fn of_units(&self, units: &[String]) -> Self {
        let belongs = |name: &str| {
            units.iter().any(|unit| {
                name.strip_prefix(unit.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
            })
        };
        Self(
            self.0
                .iter()
                .filter(|(name, _)| belongs(name))
                .map(|(name, values)| (name.clone(), values.clone()))
                .collect(),
        )
    }
}

/// Group and row of a field of a row, such as `lines` and `2` of `lines.2.purpose`.
fn row_of(name: &str) -> Option<(&str, &str)> {
    let (group, rest) = name.split_once('.')?;
    Some((group, rest.split_once('.')?.0))
}

/// Groups of which not all three have as many rows.
fn uneven_groups(all: [&Typed; 3]) -> BTreeSet<String> {
    let groups: BTreeSet<&str> =
        all.iter().flat_map(|typed| typed.0.keys()).filter_map(|name| Some(row_of(name)?.0)).collect();
    let uneven = |group: &&str| {
        let [one, two, three] = all.map(|typed| typed.rows(group).len());
        one != two || two != three
    };
    groups.into_iter().filter(uneven).map(str::to_owned).collect()
}

/// The fields of each thing that is compared as one.
fn by_unit(typed: &Typed, whole: &BTreeSet<String>) -> BTreeMap<String, Typed> {
    let mut units: BTreeMap<String, Typed> = BTreeMap::new();
    for (name, values) in &typed.0 {
        let unit = match row_of(name) {
            Some((group, _)) if whole.contains(group) => group.to_owned(),
            Some((group, row)) => format!("{group}.{row}"),
            None => name.clone(),
        };
        units.entry(unit).or_default().0.insert(name.clone(), values.clone());
    }
    units
}
