//! The scripts of pages: the small one that keeps what people type, with its texts in the reader's language, and the one
//! that starts islands.

use std::collections::BTreeMap;

use backend::token;
use domain::message::Argument;
use domain::users::Language;
use i18n::Reader;
use leptos::hydration::HydrationScripts;
use leptos::nonce::use_nonce;
use leptos::prelude::*;
use leptos_config::LeptosOptions;

/// What follows the texts, in the order in which its parts need each other.
const SOURCE: &str =
    concat!(include_str!("drafts/text.js"), include_str!("drafts/keeper.js"), include_str!("drafts/pages.js"));

/// Its texts, and the places for values that each has.
const WORDS: &[(&str, &[&str])] = &[
    ("draft-saving", &[]),
    ("draft-saved", &["at"]),
    ("draft-together", &["at"]),
    ("draft-stored", &[]),
    ("draft-waiting", &[]),
    ("draft-sending", &[]),
    ("draft-unsent", &[]),
    ("draft-conflict", &[]),
    ("draft-compared", &[]),
    ("draft-signed-out", &[]),
    ("draft-refused", &[]),
    ("draft-compare", &[]),
    ("draft-offered", &["at"]),
    ("draft-put-back", &[]),
    ("draft-throw-away", &[]),
    ("draft-no-room", &[]),
    ("draft-not-sent", &[]),
    ("draft-hold", &[]),
    ("draft-go-on", &[]),
    ("draft-sign-out", &[]),
    ("draft-sign-out-anyway", &[]),
    ("draft-stay", &[]),
    ("draft-length", &["length", "most"]),
    ("draft-too-long", &["length", "most", "over"]),
    ("draft-file-too-large", &["size", "most"]),
];

/// The script in one language.
#[derive(Clone, Debug)]
pub struct Script {
    /// Its address, which names its content.
    pub address: String,
    /// Its text.
    pub text: String,
}

impl Script {
    fn of(reader: Reader) -> Self {
        let words: BTreeMap<&str, String> = WORDS
            .iter()
            .map(|(key, names)| {
                // The mirrored language of the tests puts accents on letters, also on those of names.
                let place = |(at, name): (usize, &&'static str)| (*name, Argument::Text(format!("{{{at}}}")));
                let places: Vec<(&'static str, Argument)> = names.iter().enumerate().map(place).collect();
                let text = reader.with(key, &places);
                let named = |text: String, (at, name): (usize, &&str)| {
                    text.replace(&format!("{{{at}}}"), &format!("{{{name}}}"))
                };
                (*key, names.iter().enumerate().fold(text, named))
            })
            .collect();
        let words = serde_json::to_string(&words).unwrap_or_default();
        let text = format!("(() => {{ 'use strict'; const WORDS = {words};\n{SOURCE}}})();\n");
        let hash: String = token::hash(&text).chars().take(20).collect();
        Self { address: format!("/drafts.{}.{hash}.js", reader.tag()), text }
    }
}

/// The script in every language that a page may have, by the language's tag.
#[must_use]
pub fn scripts() -> BTreeMap<&'static str, Script> {
    let readers = Language::ALL.iter().map(|language| Reader::new(*language));
    readers.chain(Reader::from_tag(i18n::PSEUDO_TAG)).map(|reader| (reader.tag(), Script::of(reader))).collect()
}

/// The tag that loads it for a person.
pub fn keeping(script: &Script, person: i64) -> AnyView {
    view! { <script src=script.address.clone() nonce=use_nonce() data-person=person.to_string() defer=true></script> }
        .into_any()
}

/// What starts the islands of a page. leptos names the program in links that browsers without scripts load for nothing;
/// here the script asks for it.
pub fn islands(options: LeptosOptions) -> AnyView {
    let html = view! { <HydrationScripts options=options islands=true/> }.to_html();
    let between = |text: &str, start: &str, end: &str| -> Option<String> {
        let from = text.find(start)? + start.len();
        Some(text[from..from + text[from..].find(end)?].to_owned())
    };
    let files: Vec<String> =
        html.match_indices("<link").filter_map(|(at, _)| between(&html[at..], "href=\"", "\"")).collect();
    let start = html.find("<script").and_then(|at| between(&html[at..], ">", "</script>")).unwrap_or_default();
    let files = serde_json::to_string(&files).unwrap_or_default();
    let preload = format!(
        "for (const href of {files}) {{ const link = document.createElement('link'); link.crossOrigin = ''; link.href = href; \
         if (href.endsWith('.js')) link.rel = 'modulepreload'; \
         else {{ link.as = 'fetch'; link.rel = 'preload'; }} document.head.append(link); }}\n"
    );
    view! { <script type="module" nonce=use_nonce()>{format!("{preload}{start}")}</script> }.into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_has_all_its_texts_in_every_language_and_an_address_of_its_own() {
        let all = scripts();
        assert_eq!(all.keys().copied().collect::<Vec<_>>(), ["ar-XB", "en", "fr"]);
        for script in all.values() {
            let words = script.text.lines().next().unwrap_or_default();
            assert!(!words.contains("[draft"), "{words}");
            assert!(words.contains("{at}"), "{words}");
        }
        // Every text that the script asks for is sent along.
        for part in SOURCE.split("'draft-").skip(1) {
            let key = format!("draft-{}", part.split('\'').next().unwrap_or_default());
            assert!(key == "draft-keeper" || WORDS.iter().any(|(known, _)| *known == key), "{key}");
        }
        assert_ne!(all["en"].address, all["fr"].address);
    }

    #[test]
    fn no_link_makes_a_browser_without_scripts_load_the_program() {
        let options = LeptosOptions::builder().output_name("fund").build();
        let html = Owner::new().with(|| islands(options).to_html());
        assert!(!html.contains("<link"), "{html}");
        assert!(html.contains(".wasm") && html.contains("hydrateIslands"), "{html}");
    }
}
