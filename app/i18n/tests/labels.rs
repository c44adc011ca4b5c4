//! Every label, hint and message that the `domain` crate names is there in English and in French.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use domain::forms::Form;
use domain::message::{Argument, Message};
use domain::users::Language;
use domain::{amendments, applications, budgets, countries, funding, help, reports, reviews};
use i18n::{Reader, is_complete};

/// The label keys of code lists.
macro_rules! labels {
    ($($list:path),+ $(,)?) => {{
        type Keys = Vec<String>;
        let mut keys: Keys = Vec::new();
        $({
            use $list as List;
            keys.extend(List::ALL.iter().map(|value| value.label_key()));
        })+
        keys
    }};
}

fn missing(keys: impl IntoIterator<Item = String>) -> Vec<String> {
    keys.into_iter().filter(|key| !is_complete(key)).collect()
}

#[test]
fn every_code_of_what_organisations_and_reviewers_see_has_a_label_in_both_languages() {
    let keys = labels![
        applications::ApplicationEvent,
        applications::ApplicationState,
        applications::Counted,
        applications::DocumentKind,
        applications::ScreeningCriterion,
        applications::Section,
        applications::SectionStatus,
        budgets::BudgetCategory,
        budgets::Severity,
        countries::Mechanism,
        countries::Region,
        funding::MoneyStage,
        help::ActivityKind,
        help::AgeGroup,
        help::Exploitation,
        help::HelpContext,
        help::HelpKind,
        help::HelpService,
        help::Movement,
        help::PriorityGroup,
        help::Returnee,
        help::Sector,
        help::Sex,
        help::SubTheme,
        help::Theme,
        reports::ReportEvent,
        reports::ReportKind,
        reports::ReportState,
        reviews::Conflict,
        reviews::CriterionCode,
        reviews::ReviewEvent,
        reviews::ReviewRecommendation,
        reviews::ReviewState,
    ];
    assert_eq!(missing(keys), Vec::<String>::new());
}

#[test]
fn every_country_has_a_name_in_both_languages() {
    assert_eq!(missing(countries::all().iter().map(countries::Country::label_key)), Vec::<String>::new());
}

fn field_keys(form: &Form) -> Vec<String> {
    let mut keys: Vec<String> = form.fields.iter().map(|field| format!("{}-{}", form.name, field.name)).collect();
    for group in form.groups {
        keys.push(format!("{}-{}", form.name, group.name));
        keys.extend(group.fields.iter().map(|field| format!("{}-{}-{}", form.name, group.name, field.name)));
    }
    keys
}

#[test]
fn every_field_of_applications_reviews_and_reports_has_a_label_in_both_languages() {
    let mut forms: Vec<&Form> = applications::Section::ALL.iter().map(|section| section.form()).collect();
    forms.extend([
        &applications::RETURN,
        &applications::SCREENING,
        &applications::RECONSIDER,
        &applications::START,
        &applications::SUBMIT,
        &applications::WITHDRAW,
        &reports::ACCEPT,
        &reports::REPORT,
        &reports::RETURN,
        &reports::SUBMIT,
        &reviews::CONFLICT,
        &reviews::REOPENING,
        &reviews::REVIEW,
    ]);
    let with_rows = forms.iter().copied().chain([&amendments::BUDGET]);
    let rows: Vec<String> = with_rows
        .flat_map(|form| form.groups.iter().map(|group| format!("{}-{}-row", form.name, group.name)))
        .collect();
    assert_eq!(missing(forms.into_iter().flat_map(field_keys)), Vec::<String>::new());
    assert_in_both_languages(&rows);
}

/// A message with arguments cannot be looked up without them, so the files are asked.
fn assert_in_both_languages(keys: &[String]) {
    for language in ["en", "fr"] {
        let known: BTreeSet<String> = locale(language).into_values().flat_map(BTreeMap::into_keys).collect();
        let unknown: Vec<&String> = keys.iter().filter(|key| !known.contains(*key)).collect();
        assert!(unknown.is_empty(), "{language} lacks {unknown:?}");
    }
}

/// The keys of messages that a source file of `domain` names.
fn message_keys(file: &str) -> Vec<String> {
    let path = format!("{}/../domain/src/{file}", env!("CARGO_MANIFEST_DIR"));
    let source = fs::read_to_string(path).unwrap();
    source
        .split('"')
        .filter(|text| ["error-", "warning-", "refused-"].iter().any(|start| text.starts_with(start)))
        .map(str::to_owned)
        .collect()
}

#[test]
fn every_message_about_a_form_an_application_a_review_or_a_report_is_there_in_both_languages() {
    let files =
        ["applications/check.rs", "applications/mod.rs", "budgets.rs", "forms/read.rs", "reports.rs", "reviews.rs"];
    let keys: Vec<String> = files.into_iter().flat_map(message_keys).collect();
    assert!(keys.len() > 40, "the search finds the keys: {keys:?}");
    assert_in_both_languages(&keys);
}

/// Files by name, and in each its keys with the names of the arguments and rules that their texts use.
fn locale(language: &str) -> BTreeMap<String, BTreeMap<String, BTreeSet<String>>> {
    let folder = format!("{}/locales/{language}", env!("CARGO_MANIFEST_DIR"));
    fs::read_dir(folder)
        .unwrap()
        .map(|entry| {
            let path = entry.unwrap().path();
            let mut keys: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
            let mut key = String::new();
            for line in fs::read_to_string(&path).unwrap().lines().filter(|line| !line.starts_with('#')) {
                let text = if line.starts_with(' ') {
                    line
                } else {
                    let (name, text) = line.split_once(" =").unwrap_or(("", line));
                    key = name.to_owned();
                    text
                };
                if key.is_empty() {
                    continue;
                }
                let names = text.split('$').skip(1).map(|rest| {
                    rest.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect::<String>()
                });
                let rules = text.split("RULE(\"").skip(1).map(|rest| rest.chars().take_while(|c| *c != '"').collect());
                keys.entry(key.clone()).or_default().extend(names.chain(rules));
            }
            (path.file_name().unwrap().to_string_lossy().into_owned(), keys)
        })
        .collect()
}

#[test]
fn both_languages_have_the_same_keys_with_the_same_arguments() {
    let (english, french) = (locale("en"), locale("fr"));
    assert_eq!(english.keys().collect::<Vec<_>>(), french.keys().collect::<Vec<_>>());
    for (file, keys) in &english {
        let other = &french[file];
        let only_one: Vec<&String> = keys.keys().filter(|key| !other.contains_key(*key)).collect();
        let only_other: Vec<&String> = other.keys().filter(|key| !keys.contains_key(*key)).collect();
        assert!(only_one.is_empty() && only_other.is_empty(), "{file}: {only_one:?} {only_other:?}");
        for (key, arguments) in keys {
            // A language may need the number only to choose the form, or may show it as well.
            assert_eq!(arguments, &other[key], "{file}: {key}");
        }
    }
}

#[test]
fn no_key_stands_in_two_files() {
    let mut seen: BTreeMap<String, String> = BTreeMap::new();
    for (file, keys) in locale("en") {
        for key in keys.into_keys() {
            if let Some(other) = seen.insert(key.clone(), file.clone()) {
                panic!("{key} stands in {other} and in {file}");
            }
        }
    }
}

#[test]
fn french_never_breaks_a_line_before_a_mark() {
    for entry in fs::read_dir(format!("{}/locales/fr", env!("CARGO_MANIFEST_DIR"))).unwrap() {
        let path = entry.unwrap().path();
        for line in fs::read_to_string(&path).unwrap().lines().filter(|line| !line.starts_with('#')) {
            for (position, mark) in line.char_indices().filter(|(_, character)| ":;?!»%".contains(*character)) {
                let before = line[..position].chars().next_back();
                assert_ne!(before, Some(' '), "{}: an ordinary space before {mark} in {line}", path.display());
            }
            assert!(!line.contains("« "), "{}: an ordinary space after « in {line}", path.display());
        }
    }
}

#[test]
fn numbers_choose_their_plural() {
    let rows = |language: Language, number: i64| {
        Reader::new(language).message(&Message::new("error-too-few-rows").with("least", number))
    };
    assert_eq!(rows(Language::English, 1), "Add at least one row.");
    assert_eq!(rows(Language::English, 3), "Add at least 3 rows.");
    assert_eq!(rows(Language::French, 1), "Ajoutez au moins une ligne.");
    assert_eq!(rows(Language::French, 3), "Ajoutez au moins 3 lignes.");
    let decimals = |number: i64| {
        let message = Message::new("error-amount-too-precise")
            .with("decimals", number)
            .with("currency", Argument::Text("JPY".to_owned()));
        Reader::new(Language::English).message(&message)
    };
    assert!(decimals(0).starts_with("Amounts in JPY have no decimals."), "{}", decimals(0));
    assert!(decimals(2).contains("at most 2 decimals"), "{}", decimals(2));
}

#[test]
fn numbers_inside_texts_are_written_as_the_reader_writes_them() {
    for (language, expected) in [(Language::English, "1,234,567"), (Language::French, "1\u{202f}234\u{202f}567")] {
        let reader = Reader::new(language);
        let text = reader.with("audit-all", &[("total", Argument::Number(1_234_567))]);
        assert!(text.contains(expected) && expected == reader.number(1_234_567), "{text}");
    }
}
