//! Every text that the code asks for is in the locale files, in both languages, once.
#![allow(clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use domain::forms::{Form, Kind};

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

fn files(folder: &Path, ending: &str, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            if !path.ends_with("tests") && !path.ends_with("target") {
                files(&path, ending, found);
            }
        } else if path.extension().is_some_and(|known| known == ending) {
            found.push(path);
        }
    }
}

/// The keys of a language with their values' first lines; a key that stands twice fails.
fn keys(language: &str) -> BTreeMap<String, String> {
    let mut found = Vec::new();
    files(&Path::new(ROOT).join("app/i18n/locales").join(language), "ftl", &mut found);
    let mut keys = BTreeMap::new();
    for file in found {
        for line in std::fs::read_to_string(&file).unwrap().lines() {
            let Some((key, value)) = line.split_once(" =") else { continue };
            if key.starts_with(|letter: char| letter.is_ascii_lowercase()) && !key.contains(' ') {
                let before = keys.insert(key.to_owned(), value.trim().to_owned());
                assert!(before.is_none(), "{language}: {key} stands twice, once in {}", file.display());
            }
        }
    }
    keys
}

/// What comes before a key in the code.
const CALLS: &[&str] = &[
    "t(\"",
    "tw(\"",
    ".text(\"",
    ".optional(\"",
    "refused(\"",
    "refused_with(\"",
    "Message::new(\"",
    "column(\"",
    "section(\"",
    "definition(\"",
    "status(\"",
    "figure_card(\"",
    "table(\"",
    "template(\"",
];

/// Keys that the code names in one piece.
fn named_in_code() -> BTreeSet<String> {
    let mut sources = Vec::new();
    for folder in ["app/src", "app/domain/src", "app/i18n/src", "server/src", "server/backend/src"] {
        files(&Path::new(ROOT).join(folder), "rs", &mut sources);
    }
    let mut named = BTreeSet::new();
    for file in sources {
        let text = std::fs::read_to_string(&file).unwrap();
        let text = text.split("#[cfg(test)]").next().unwrap();
        for call in CALLS {
            for (at, _) in text.match_indices(call) {
                let before = text[..at].chars().next_back().unwrap_or(' ');
                if call.starts_with('t') && (before.is_alphanumeric() || before == '_') {
                    continue;
                }
                named.insert(text[at + call.len()..].split('"').next().unwrap().to_owned());
            }
        }
        for start in ["\"done-", "\"audit-", "\"refused-", "\"error-", "\"waits-"] {
            for (at, _) in text.match_indices(start) {
                named.insert(text[at + 1..].split('"').next().unwrap().to_owned());
            }
        }
    }
    // Pieces of keys that are put together, identifiers of elements, and names that are no keys.
    named.retain(|key| {
        key.contains('-')
            && !key.contains(['{', '/', ' ', ':', '#', '.'])
            && !key.ends_with('-')
            && !["error-text", "error-summary", "content-type", "x-request-id"].contains(&key.as_str())
    });
    named
}

fn labels(form: &Form, wanted: &mut BTreeSet<String>) {
    let mut want = |prefix: &str, name: &str, kind: Kind| {
        if kind != Kind::Hidden {
            wanted.insert(format!("{prefix}-{name}"));
        }
    };
    for field in form.fields {
        want(form.name, field.name, field.kind);
    }
    for group in form.groups {
        let prefix = format!("{}-{}", form.name, group.name);
        for field in group.fields {
            want(&prefix, field.name, field.kind);
        }
    }
}

#[test]
fn both_languages_have_the_same_keys_and_each_once() {
    let (english, french) = (keys("en"), keys("fr"));
    let missing = |from: &BTreeMap<String, String>, of: &BTreeMap<String, String>| -> Vec<String> {
        of.keys().filter(|key| !from.contains_key(*key)).cloned().collect()
    };
    assert_eq!(missing(&french, &english), Vec::<String>::new(), "missing in French");
    assert_eq!(missing(&english, &french), Vec::<String>::new(), "missing in English");
}

#[test]
fn every_key_that_the_code_names_has_a_text() {
    let english = keys("en");
    let missing: Vec<String> = named_in_code().into_iter().filter(|key| !english.contains_key(key)).collect();
    assert!(named_in_code().len() > 300, "the search finds too little to mean anything");
    assert_eq!(missing, Vec::<String>::new());
}

#[test]
fn every_field_and_every_option_has_a_label() {
    use domain::{
        applications, board, contributions, disbursements, donors, grants, organisations, reports, reviews, users,
    };
    let mut wanted = BTreeSet::new();
    let forms = [
        &users::SIGN_IN,
        &users::REGISTER_ORGANISATION,
        &users::REGISTER_DONOR,
        &users::ACCEPT,
        &users::INVITE,
        &users::FORGOT,
        &users::SET_PASSWORD,
        &donors::DONOR,
        &contributions::PLEDGE,
        &contributions::RECEIPT,
        &contributions::UNIDENTIFIED,
        &contributions::IDENTIFY,
        &contributions::SEND_BACK,
        &contributions::PLEDGE_AMENDMENT,
        &contributions::WRITE_DOWN,
        &contributions::STATEMENT,
        &contributions::LISTED_ACCOUNT,
        &contributions::MATCH,
        &contributions::SET_ASIDE,
        &contributions::RATE,
        &contributions::RATE_IMPORT,
        &organisations::ORGANISATION,
        &organisations::BANK_DETAILS,
        &organisations::VETTING,
        &domain::calls::CALL,
        &domain::calls::EXTENSION,
        &board::SESSION,
        &board::VOTE,
        &board::RECOMMENDATION,
        &board::CORRECTION,
        &board::TAKE_BACK,
        &board::DECISION,
        &grants::AGREEMENT,
        &grants::COUNTERSIGN,
        &grants::REOPEN_CONDITION,
        &disbursements::STEP,
        &disbursements::CONFIRM,
        &disbursements::STEP_BACK,
        &reviews::CONFLICT,
        &reviews::REOPENING,
        &reviews::REVIEW,
        &reports::REPORT,
        &reports::SUBMIT,
        &reports::RETURN,
        &applications::SCREENING,
        &applications::RECONSIDER,
        &applications::SUBMIT,
        &applications::RETURN,
        &domain::periods::CLOSE,
        &domain::periods::REOPEN,
        &domain::ledger::REVERSAL,
        &domain::ledger::PSC_TRANSFER,
    ];
    for form in forms {
        labels(form, &mut wanted);
    }
    for section in applications::Section::ALL {
        labels(section.form(), &mut wanted);
    }
    for country in domain::countries::all() {
        wanted.insert(format!("country-{}", country.code));
    }
    for account in domain::ledger::Account::ALL {
        wanted.insert(account.label_key());
    }
    for event in domain::ledger::Event::ALL {
        wanted.insert(event.label_key());
    }
    for check in domain::periods::PeriodCheck::ALL {
        wanted.insert(check.label_key());
    }
    for kind in domain::statements::StatementKind::ALL {
        wanted.extend([kind.label_key(), format!("{}-lead", kind.label_key())]);
    }
    let english = keys("en");
    let missing: Vec<String> = wanted.into_iter().filter(|key| !english.contains_key(key)).collect();
    assert_eq!(missing, Vec::<String>::new());
}
