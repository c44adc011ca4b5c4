//! Rules of the house that a compiler does not check.
#![allow(clippy::unwrap_used)]

use std::path::{Path, PathBuf};

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

fn files(folder: &str, ending: &str) -> Vec<(PathBuf, String)> {
    fn walk(folder: &Path, ending: &str, found: &mut Vec<(PathBuf, String)>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, ending, found);
            } else if path.extension().is_some_and(|known| known == ending) {
                let text = std::fs::read_to_string(&path).unwrap();
                found.push((path, text));
            }
        }
    }
    let mut found = Vec::new();
    walk(&Path::new(ROOT).join(folder), ending, &mut found);
    assert!(!found.is_empty(), "no .{ending} in {folder}");
    found
}

fn sources() -> Vec<(PathBuf, String)> {
    ["app", "server", "migrations"].iter().flat_map(|folder| files(folder, "rs")).collect()
}

#[test]
fn only_one_file_writes_a_text_area() {
    // leptos prints the content of a textarea unescaped: `ui::text_area` is the one that escapes it.
    for (path, text) in files("app/src", "rs") {
        if !path.ends_with("ui/textarea.rs") {
            assert!(!text.contains("<textarea"), "{} writes a text area of its own", path.display());
            assert!(!text.contains("inner_html"), "{} writes unescaped HTML", path.display());
        }
    }
}

/// Literals that stand as texts in the `view!`s of a source: between or beside elements, not in attributes.
fn literal_texts(source: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (at, opening) in source.match_indices("view! {") {
        let (mut rest, mut depth, mut before) = (&source[at + opening.len()..], 1, String::new());
        while depth > 0
            && let Some(sign) = rest.chars().next()
        {
            rest = &rest[sign.len_utf8()..];
            match sign {
                '{' => depth += 1,
                '}' => depth -= 1,
                '"' => {
                    let end = rest.char_indices().find(|(at, sign)| *sign == '"' && !rest[..*at].ends_with('\\'));
                    let (text, after) = rest.split_at(end.map_or(rest.len(), |(at, _)| at));
                    let beside =
                        before.ends_with(['>', '}', '"']) && !before.ends_with("=>") && !before.ends_with("->");
                    if beside && text.as_bytes().windows(2).any(|pair| pair.iter().all(u8::is_ascii_alphabetic)) {
                        found.push(text.to_owned());
                    }
                    rest = after.get(1..).unwrap_or("");
                }
                _ => {}
            }
            if !sign.is_whitespace() {
                before.push(sign);
            }
        }
    }
    found
}

#[test]
fn no_page_has_a_text_of_its_own() {
    for (path, text) in files("app/src", "rs") {
        let found = literal_texts(text.split("#[cfg(test)]").next().unwrap());
        assert!(found.is_empty(), "{} says {found:?}: texts belong into the locale files", path.display());
    }
    let caught = r#"view! { <p class="a b">{name}" of the Fund"</p> <b>"Two words"</b> {match x { A => "code x", _ => "" }} " – " }"#;
    assert_eq!(literal_texts(caught), [" of the Fund", "Two words"]);
}

#[test]
fn every_file_says_at_its_top_what_it_is_for() {
    for (path, text) in sources() {
        assert!(text.starts_with("//!"), "{} does not begin with a sentence", path.display());
    }
}

#[test]
fn no_file_is_longer_than_a_reader_can_hold() {
    for (path, text) in sources() {
        let lines = text.lines().count();
        // About 400, and a little room for the last test or field of a file.
        assert!(lines <= 420, "{} has {lines} lines", path.display());
    }
}

#[test]
fn pages_have_no_style_attributes_because_the_policy_forbids_them() {
    for (path, text) in files("app/src", "rs") {
        assert!(!text.contains(" style=\"") && !text.contains(" style="), "{}", path.display());
    }
}

#[test]
fn the_domain_reads_no_clock_and_knows_no_framework() {
    for (path, text) in files("app/domain/src", "rs") {
        for word in ["Utc::now", "Local::now", "std::fs", "std::net", "use leptos", "use sea_orm", "rand::"] {
            let code = text.split("#[cfg(test)]").next().unwrap();
            assert!(!code.contains(word), "{} uses {word}", path.display());
        }
    }
}

#[test]
fn the_style_sheet_names_no_physical_side_so_that_arabic_mirrors() {
    let sides = [
        "margin-left",
        "margin-right",
        "padding-left",
        "padding-right",
        "border-left",
        "border-right",
        "text-align: left",
        "text-align: right",
        "float: left",
        "float: right",
    ];
    for (path, text) in files("style", "css") {
        for side in sides {
            assert!(!text.contains(side), "{} says {side}", path.display());
        }
    }
}
