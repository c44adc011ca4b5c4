//! Which new passwords are refused: what is tried first by whoever guesses. There is no rule on kinds of characters, which
//! makes people choose the same few patterns (NIST SP 800-63B-4, section 3.1.1.2).

use domain::errors::FieldErrors;
use domain::message::Message;
use domain::users::check_password;
use zxcvbn::feedback::Warning;
use zxcvbn::{Score, zxcvbn};

use super::passwords;
use crate::error::Result;

/// So much of a password is judged; whoever needs more of it to be safe gets no praise for it. Judging takes time that
/// grows with the square of the length.
const JUDGED: usize = 64;
/// So many signs must stand beside expected words.
const LEAST_BESIDE: usize = 6;
/// What the estimator reads as one and the same letter, where that is more than one symbol.
const READINGS: &[&str] = &["4@", "({[<", "69", "1!|", "1|7", "$5", "+7"];
/// So many readings of a password it tries.
const MOST_READINGS: usize = 64;
/// The symbols among them that are no digits, and as many signs in no order.
const SYMBOLS: &str = "@({[<!|$+";
const SIGNS: &str = "юґщаћцэђф";
/// Most words that are the person's own.
const MOST_WORDS: usize = 40;
/// Words of the Fund, in both languages, and rows of keys that the estimator does not know.
const EXPECTED: &[&str] = &[
    "unitednations",
    "nationsunies",
    "united",
    "nations",
    "unies",
    "unodc",
    "voluntary",
    "trust",
    "fund",
    "fonds",
    "trafficking",
    "traite",
    "persons",
    "personnes",
    "victims",
    "victimes",
    "grant",
    "grants",
    "subvention",
    "contributions",
    "azertyuiop",
    "qsdfghjklm",
    "wxcvbn",
    "qwertzuiop",
    "yxcvbnm",
];

/// Checks a new password. `own` are texts that belong to the person: address, name, organisation.
///
/// # Errors
/// When the process ends.
pub(super) async fn check(password: &str, own: &[&str], errors: &mut FieldErrors) -> Result<()> {
    if errors.of("password").is_some() {
        return Ok(());
    }
    check_password(password, errors);
    if errors.of("password").is_none() {
        let (judged, own) = (password.to_owned(), words(own));
        if let Some(reason) = passwords::in_turn(move || reason(&judged, &own)).await? {
            errors.add("password", Message::new(reason));
        }
    }
    Ok(())
}

/// Why a password is refused: three or more of the estimator's four points are asked for, which is what it calls safe
/// against guessing in public, and against a stolen table of slow hashes.
fn reason(password: &str, own: &[String]) -> Option<&'static str> {
    let judged: String = password.chars().take(JUDGED).collect();
    let folded = judged.to_lowercase();
    if let Some(reason) = nothing_but_expected(&folded, own) {
        return Some(reason);
    }
    let inputs: Vec<&str> = own.iter().map(String::as_str).chain(EXPECTED.iter().copied()).collect();
    let estimate = zxcvbn(&with_few_readings(&judged), &inputs);
    if estimate.score() >= Score::Three {
        return None;
    }
    if own.iter().any(|word| folded.contains(word.as_str())) {
        return Some("error-password-own");
    }
    Some(match estimate.feedback().and_then(zxcvbn::feedback::Feedback::warning) {
        Some(Warning::StraightRowsOfKeysAreEasyToGuess | Warning::ShortKeyboardPatternsAreEasyToGuess) => {
            "error-password-keys"
        }
        Some(
            Warning::RepeatsLikeAaaAreEasyToGuess
            | Warning::RepeatsLikeAbcAbcAreOnlySlightlyHarderToGuess
            | Warning::SequencesLikeAbcAreEasyToGuess
            | Warning::RecentYearsAreEasyToGuess
            | Warning::DatesAreOftenEasyToGuess,
        ) => "error-password-pattern",
        Some(
            Warning::ThisIsATop10Password
            | Warning::ThisIsATop100Password
            | Warning::ThisIsACommonPassword
            | Warning::ThisIsSimilarToACommonlyUsedPassword,
        ) => "error-password-common",
        _ => "error-password-guessable",
    })
}

/// Refuses what is made of expected words and hardly anything else. The estimator thinks better of three such words in a
/// row than somebody who knows the person would.
fn nothing_but_expected(folded: &str, own: &[String]) -> Option<&'static str> {
    let mut words: Vec<&str> = own.iter().map(String::as_str).collect();
    if is_little_without(folded, words.clone()) {
        return Some("error-password-own");
    }
    words.extend(EXPECTED);
    is_little_without(folded, words).then_some("error-password-guessable")
}

fn is_little_without(folded: &str, mut words: Vec<&str>) -> bool {
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    let left = words.into_iter().fold(folded.to_owned(), |left, word| left.replace(word, ""));
    left.chars().count() < LEAST_BESIDE
}

/// The same without symbols that may stand for letters, where there are so many kinds that trying every reading of them,
/// as the estimator does, would take seconds. Each becomes a sign of its own that stands for nothing.
fn with_few_readings(judged: &str) -> String {
    let kinds = |symbols: &&str| symbols.chars().filter(|symbol| judged.contains(*symbol)).count().max(1);
    if READINGS.iter().map(kinds).product::<usize>() <= MOST_READINGS {
        return judged.to_owned();
    }
    let sign = |symbol: char| SYMBOLS.chars().position(|known| known == symbol).and_then(|at| SIGNS.chars().nth(at));
    judged.chars().map(|symbol| sign(symbol).unwrap_or(symbol)).collect()
}

/// The texts themselves and their words, without those that are too short to say anything.
fn words(texts: &[&str]) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for text in texts {
        let text = text.to_lowercase();
        let pieces = text.split(|character: char| !character.is_alphanumeric());
        for word in std::iter::once(text.as_str()).chain(pieces) {
            if word.chars().count() >= 4 && words.len() < MOST_WORDS && !words.iter().any(|known| known == word) {
                words.push(word.to_owned());
            }
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    const OWN: &[&str] = &["maria.silva@casa-aurora.example", "Maria Silva", "Casa Aurora"];

    #[test]
    fn what_is_tried_first_is_refused_with_its_reason() {
        let refused = [
            ("password1234", "error-password-common"),
            ("Password123!", "error-password-common"),
            ("maria.silva@casa-aurora.example", "error-password-own"),
            ("MariaSilva2026", "error-password-own"),
            ("aurora aurora", "error-password-own"),
            ("qwertyuiop[]", "error-password-keys"),
            ("asdfghjkl;'#", "error-password-keys"),
            ("            a", "error-password-pattern"),
            ("aaaaaaaaaaaaaaaa", "error-password-pattern"),
            ("abcdefghijklmn", "error-password-pattern"),
            ("123456789012", "error-password-pattern"),
            ("azertyuiop12", "error-password-guessable"),
            ("unitednations1", "error-password-guessable"),
            ("voluntarytrustfund", "error-password-guessable"),
        ];
        let found = refused.map(|(password, _)| (password, reason(password, &words(OWN)).unwrap_or("none")));
        assert_eq!(found, refused);
    }

    #[test]
    fn words_that_do_not_belong_together_are_taken() {
        for password in [
            "correct horse battery",
            "a new long password",
            "brume sifflet carton",
            "gZ4#kq!vT0px",
            "4@8({[<369&#!1/|0$5+7%2",
            "Пароль для входа в фонд",
            "合気道の稽古は毎週月曜日です",
        ] {
            assert_eq!(reason(password, &words(OWN)), None, "{password}");
        }
    }

    #[test]
    fn a_long_password_costs_no_more_than_what_is_judged_of_it() {
        for piece in ["a", "ab", "P@ssw0rd", "qwerty12/31/99", "abcabcd", "4@8({[<369&#!1/|0$5+7%2", "aoeutns1!"] {
            let password: String = piece.chars().cycle().take(200).collect();
            let start = std::time::Instant::now();
            let _ = reason(&password, &words(OWN));
            assert!(start.elapsed() < std::time::Duration::from_secs(2), "{piece}: {:?}", start.elapsed());
        }
    }
}
