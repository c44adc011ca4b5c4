//! Hostile input in every form: never a panic, always an error at the field or the value kept.

use domain::applications::{self, Section};
use domain::forms::{Answers, Field, Form, Kind, Typed, Values};
use domain::{board, calls, contributions, disbursements, grants, organisations, reports, reviews};
use proptest::prelude::*;

fn forms() -> Vec<&'static Form> {
    let mut forms: Vec<&'static Form> = Section::ALL.iter().map(|section| section.form()).collect();
    forms.extend([
        &applications::SCREENING,
        &applications::RECONSIDER,
        &applications::SUBMIT,
        &applications::RETURN,
        &applications::WITHDRAW,
        &applications::START,
        &reviews::CONFLICT,
        &reviews::REOPENING,
        &reviews::REVIEW,
        &reports::REPORT,
        &reports::SUBMIT,
        &reports::RETURN,
        &reports::ACCEPT,
        &calls::CALL,
        &calls::EXTENSION,
        &contributions::PLEDGE,
        &contributions::RECEIPT,
        &contributions::RATE,
        &contributions::RATE_IMPORT,
        &organisations::ORGANISATION,
        &organisations::BANK_DETAILS,
        &organisations::VETTING,
        &board::SESSION,
        &board::VOTE,
        &board::RECOMMENDATION,
        &board::CORRECTION,
        &board::TAKE_BACK,
        &board::DECISION,
        &grants::AGREEMENT,
        &grants::COUNTERSIGN,
        &grants::REOPEN_CONDITION,
        &disbursements::REQUEST,
        &disbursements::CONFIRM,
        &disbursements::STEP_BACK,
    ]);
    forms
}

/// Every field of a form as it is named when typed, in the first row of its group.
fn fields(form: &'static Form) -> Vec<(String, &'static Field)> {
    let single = form.fields.iter().map(|field| (field.name.to_owned(), field));
    let rows = form
        .groups
        .iter()
        .flat_map(|group| group.fields.iter().map(|field| (format!("{}.0.{}", group.name, field.name), field)));
    single.chain(rows).collect()
}

fn values<'a>(answers: &'a Answers, name: &str) -> Option<&'a Values> {
    match name.split_once(".0.") {
        Some((group, _)) => answers.group(group).first().map(|(_, values)| values),
        None => Some(&answers.values),
    }
}

fn is_kept(answers: &Answers, name: &str, field: &Field) -> bool {
    values(answers, name).is_some_and(|values| {
        !values.text(field.name).is_empty()
            || values.optional_count(field.name).is_some()
            || values.money(field.name).is_some()
            || values.decimal(field.name).is_some()
            || values.date(field.name).is_some()
            || values.clock(field.name).is_some()
            || !values.codes(field.name).is_empty()
            || values.ticked(field.name)
    })
}

fn assert_error_or_kept(form: &'static Form, name: &str, field: &Field, text: &str) {
    let typed = Typed::default().with(name, text);
    let (answers, errors) = form.read_lenient(&typed);
    let kept = is_kept(&answers, name, field);
    let refused = errors.of(name).is_some();
    let start: String = text.chars().take(60).collect();
    if text.trim().is_empty() {
        assert!(!kept || field.kind == Kind::Password, "{} {name} keeps nothing of {start:?}", form.name);
    } else {
        assert!(kept != refused, "{} {name} with {start:?}: kept {kept}, refused {refused}", form.name);
    }
}

fn hostile() -> Vec<String> {
    let texts: Vec<String> = [
        "</textarea><script>alert(1)</script>",
        "'; DROP TABLE grants; --",
        "\u{202e}txet desrever",
        "مرحبا بالعالم",
        "👩‍👩‍👧‍👦🇳🇵",
        "Z̷̢̛a̴l̵g̶o̷",
        "a\u{0}b",
        "\u{1b}[31mred",
        "\u{7f}",
        "\u{85}next",
        "\u{feff}mark",
        "one\r\ntwo\rthree\nfour",
        "\t",
        "   ",
        "\u{a0}\u{2003}",
        "-1",
        "−1",
        "-0",
        "1e400",
        "NaN",
        "Infinity",
        "0x7fffffff",
        "9223372036854775807",
        "9223372036854775808",
        "99999999999999999999999999999999999999999999",
        "0.0000000000000000000000000000000000000000001",
        "1.005",
        "1,2,3,4",
        "12.50 USD",
        "100.01",
        "100%",
        "2026-02-30",
        "2025-02-29",
        "0000-00-00",
        "9999-12-31",
        "31/02/2026",
        "-2026-01-01",
        "262143-01-01",
        "24:00",
        "23:59:60",
        "99:99:99",
        "a@b",
        "a@@b.c",
        "a@b..c",
        "Bcc: x@y.z\nTo: q@r.s",
        "name@exämple.org",
        "yes",
        "../../etc/passwd",
        "{ $argument }",
        "%00%0a",
        "lines.0.category",
    ]
    .map(str::to_owned)
    .to_vec();
    texts
}

/// A mebibyte each.
fn huge() -> Vec<String> {
    vec!["x".repeat(1_048_576), "9".repeat(1_048_576), "🎈".repeat(262_144), "\n".repeat(1_048_575) + "x"]
}

#[test]
fn every_hostile_text_in_every_field_is_an_error_or_is_kept() {
    let texts = hostile();
    for form in forms() {
        for (name, field) in fields(form) {
            for text in &texts {
                assert_error_or_kept(form, &name, field, text);
            }
        }
    }
}

#[test]
fn a_mebibyte_in_every_kind_of_field_is_an_error_or_is_kept() {
    let texts = huge();
    let mut seen: Vec<std::mem::Discriminant<Kind>> = Vec::new();
    for form in forms() {
        for (name, field) in fields(form) {
            let kind = std::mem::discriminant(&field.kind);
            if !seen.contains(&kind) {
                seen.push(kind);
                for text in &texts {
                    assert_error_or_kept(form, &name, field, text);
                }
            }
        }
    }
    assert!(seen.len() >= 12, "most kinds of field are in some form: {}", seen.len());
}

fn one(kind: Kind, text: &str) -> Result<(), String> {
    let field: &'static [Field] = Box::leak(Box::new([domain::forms::required("x", kind)]));
    let form = Form { name: "x", fields: field, groups: &[] };
    form.read(&Typed::default().with("x", text)).map(|_| ()).map_err(|errors| errors.0[0].message.key.clone())
}

#[test]
fn each_wrong_answer_has_its_own_words() {
    let choice = Kind::Choice(domain::help::Theme::OPTIONS);
    for (kind, text, key) in [
        (Kind::Line(5), "", "error-required"),
        (Kind::Line(5), "  \u{a0} ", "error-required"),
        (Kind::Line(5), "abcdef", "error-too-long"),
        (Kind::Line(5), "a\nb", "error-one-line"),
        (Kind::Name(5), "abcdef", "error-too-long"),
        (Kind::Name(5), "a\nb", "error-one-line"),
        (Kind::Name(120), "Win money at https://evil.example", "error-name-address"),
        (Kind::Name(120), "Your account expires: evil.example/a", "error-name-address"),
        (Kind::Name(120), "Write to help@evil.example", "error-name-address"),
        (Kind::Name(120), "www.evil.example", "error-name-address"),
        (Kind::Name(120), "evil\u{3002}example", "error-name-address"),
        (Kind::Text(5), "a\u{0}b", "error-control-characters"),
        (Kind::Line(5), "a\u{7}b", "error-control-characters"),
        (choice, "", "error-choose"),
        (choice, "stolen", "error-no-such-choice"),
        (Kind::Tick, "", "error-tick"),
        (Kind::File, "", "error-file-missing"),
        (Kind::Email, "nobody", "error-email"),
        (Kind::Email, "a b@example.org", "error-email"),
        (Kind::Count(10), "ten", "error-whole-number"),
        (Kind::Count(10), "1.5", "error-whole-number"),
        (Kind::Count(10), "-1", "error-negative"),
        (Kind::Count(10), "11", "error-too-large"),
        (Kind::Rate, "x", "error-number"),
        (Kind::Rate, "0", "error-rate-range"),
        (Kind::Rate, "1.12345678901", "error-too-precise"),
        (Kind::Percent, "100.01", "error-percent-range"),
        (Kind::Percent, "12.345", "error-too-precise"),
        (Kind::Date, "2026-02-30", "error-date"),
        (Kind::Date, "1899-12-31", "error-date"),
        (Kind::Clock, "24:00", "error-clock"),
        (Kind::Amount, "much", "error-amount"),
        (Kind::Amount, "-5", "error-negative"),
        (Kind::Amount, "1.005", "error-amount-too-precise"),
        (Kind::Amount, "1000000000000", "error-amount-too-large"),
    ] {
        assert_eq!(one(kind, text), Err(key.to_owned()), "{kind:?} {text:?}");
    }
    for (kind, text) in [
        (Kind::Line(5), "🇳🇵äöü"),
        (Kind::Name(120), "Dr. J.R.R. Müller-Lima, Jr."),
        (Kind::Name(120), "Dr.Silva"),
        (Kind::Name(120), "Ana Silva/Rui Costa"),
        (Kind::Name(120), "محمد علي"),
        (Kind::Text(7), "a\r\nb\tc"),
        (Kind::Email, "Nobody.At+All@Example.ORG"),
        (Kind::Count(10), "10"),
        (Kind::Count(10), "10.00"),
        (Kind::Percent, "12,5 %"),
        (Kind::Date, "31/12/2026"),
        (Kind::Date, "31.12.2026"),
        (Kind::Clock, "23:59"),
        (Kind::Amount, "1 234,50"),
    ] {
        assert_eq!(one(kind, text), Ok(()), "{kind:?} {text:?}");
    }
}

#[test]
fn all_errors_come_at_once_and_name_their_rows() {
    let typed = Typed::default().with("lines.3.quantity", "-1").with("lines.8.requested", "x");
    let errors = Section::Budget.form().read(&typed).unwrap_err();
    assert_eq!(errors.of("lines.3.quantity").unwrap().key, "error-negative");
    assert_eq!(errors.of("lines.8.requested").unwrap().key, "error-amount");
    assert_eq!(errors.of("lines.3.unit").unwrap().key, "error-required");
    assert!(errors.0.len() > 10);
}

#[test]
fn too_many_rows_are_refused_and_not_read() {
    let mut typed = Typed::default();
    for row in 0..2000 {
        typed.set(&format!("lines.{row}.description"), "x");
    }
    let (answers, errors) = Section::Budget.form().read_lenient(&typed);
    assert_eq!(errors.of("lines").unwrap().key, "error-too-many-rows");
    assert_eq!(answers.group("lines").len(), domain::budgets::MOST_LINES);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_text_in_any_field_is_an_error_or_is_kept(text in any::<String>(), number in any::<prop::sample::Index>()) {
        let forms = forms();
        let form = forms[number.index(forms.len())];
        for (name, field) in fields(form) {
            assert_error_or_kept(form, &name, field, &text);
        }
    }

    #[test]
    fn any_names_are_read_without_panic_and_only_known_ones_are_kept(
        pairs in prop::collection::vec(("(lines|people|x)?[.]{0,2}[0-9]{0,25}[.]?(category|requested|sex|title)?", any::<String>()), 0..20),
    ) {
        let mut typed = Typed::default();
        for (name, value) in pairs {
            typed.push(&name, value);
        }
        for form in forms() {
            let _ = form.read_lenient(&typed);
            let only = typed.only(form);
            prop_assert!(only.0.iter().all(|(name, values)| typed.0.get(name) == Some(values)));
            prop_assert_eq!(only.only(form), only);
        }
    }

    #[test]
    fn what_was_typed_survives_being_stored_as_json(text in any::<String>()) {
        let typed = Typed::default().with("title", text.clone()).with("themes", "a").with("themes", text);
        let stored = serde_json::to_string(&typed).unwrap();
        prop_assert_eq!(serde_json::from_str::<Typed>(&stored).unwrap(), typed);
    }
}

#[test]
fn line_breaks_of_word_processors_are_line_ends_and_any_other_control_character_is_shown_where_it_stands() {
    const FORM: Form = Form {
        name: "x",
        fields: &[domain::forms::optional("text", Kind::Text(100)), domain::forms::optional("line", Kind::Line(100))],
        groups: &[],
    };
    let pasted = "One\u{b}two\u{c}three\u{2028}four";
    let answers = FORM.read(&Typed::default().with("text", pasted).with("line", pasted)).unwrap();
    assert_eq!((answers.text("text"), answers.text("line")), ("One\ntwo\nthree\nfour", "One two three four"));
    let errors = FORM.read(&Typed::default().with("text", "The shelter opened\nin May\u{7} and was full")).unwrap_err();
    let message = format!("{:?}", errors.of("text").unwrap());
    assert!(message.contains("U+0007") && message.contains("in May … and was full"), "{message}");
}
