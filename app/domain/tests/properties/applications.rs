//! What is still open in an application, from nothing typed to everything right.

use std::collections::BTreeSet;

use domain::applications::{
    CheckContext, DECLARATIONS, DocumentKind, OpenPoint, SCREENING, ScreeningCriterion, Section, SectionStatus,
    Sections, check_all, declared, helped_cells, screening_passed, section_status, summarise,
};
use domain::calls::CallTerms;
use domain::countries::Region;
use domain::forms::Typed;
use domain::help::{Theme, people};
use domain::money::Money;

fn typed(pairs: &[(&str, &str)]) -> Typed {
    let mut typed = Typed::default();
    for (name, value) in pairs {
        typed.push(name, *value);
    }
    typed
}

/// A complete application for adults only.
fn complete() -> Sections {
    let summary = [
        ("title", "Safe houses"),
        ("theme", "trafficking"),
        ("sub_themes", "stigma"),
        ("country", "NP"),
        ("location", "Three districts"),
        ("duration_months", "18"),
        ("start_date", "2027-01-01"),
        ("summary", "Shelter and legal aid."),
    ];
    let context = [
        ("context", "armed-conflict"),
        ("needs", "Shelter"),
        ("root_causes", "Poverty"),
        ("existing_services", "None"),
    ];
    let people = [
        ("selection", "By referral"),
        ("people.0.sex", "female"),
        ("people.0.age", "adult"),
        ("people.0.movement", "cross-border"),
        ("people.0.returnee", "yes"),
        ("people.0.exploitation", "forced-labour"),
        ("people.0.count", "120"),
    ];
    let activities = [
        ("help_kinds", "physical"),
        ("services", "shelter"),
        ("activities.0.title", "Run a shelter"),
        ("activities.0.kind", "direct-help"),
        ("activities.0.help", "physical"),
        ("activities.0.start_month", "1"),
        ("activities.0.end_month", "18"),
        ("activities.0.description", "Day and night"),
    ];
    let results = [
        ("sustainability", "The city takes over"),
        ("results.0.indicator", "Persons sheltered"),
        ("results.0.unit", "persons"),
        ("results.0.counted", "people"),
        ("results.0.baseline", "0"),
        ("results.0.target", "120"),
        ("results.0.verification", "Register"),
    ];
    let budget = [
        ("lines.0.category", "supplies"),
        ("lines.0.description", "Food"),
        ("lines.0.unit", "month"),
        ("lines.0.quantity", "1"),
        ("lines.0.unit_cost", "1,000.00"),
        ("lines.0.times", "18"),
        ("lines.0.requested", "15000"),
        ("lines.0.other", "3000"),
        ("lines.0.purpose", "Meals"),
        ("lines.1.category", "operating"),
        ("lines.1.description", "Rent"),
        ("lines.1.unit", "month"),
        ("lines.1.quantity", "1"),
        ("lines.1.unit_cost", "833,50"),
        ("lines.1.times", "18"),
        ("lines.1.requested", "15 003"),
        ("lines.1.purpose", "Shelter"),
    ];
    let mut safeguarding =
        vec![("risks", "Raids"), ("mitigation", "Guards"), ("referral", "Hospital"), ("confidentiality", "Locked")];
    safeguarding.extend(DECLARATIONS.iter().map(|name| (*name, "yes")));
    Sections::from([
        (Section::Summary, typed(&summary)),
        (Section::Context, typed(&context)),
        (Section::People, typed(&people)),
        (Section::Activities, typed(&activities)),
        (Section::Results, typed(&results)),
        (Section::Budget, typed(&budget)),
        (Section::Safeguarding, typed(&safeguarding)),
    ])
}

fn documents() -> Vec<DocumentKind> {
    DocumentKind::ALL.iter().copied().filter(|kind| kind.required()).collect()
}

fn open(sections: &Sections) -> Vec<OpenPoint> {
    check_all(sections, &CallTerms::default(), &documents())
}

/// The open points after one change of a complete application.
fn after(section: Section, changes: &[(&str, &str)]) -> Vec<(Section, String, String)> {
    let mut sections = complete();
    let typed = sections.get_mut(&section).unwrap();
    for (name, value) in changes {
        typed.set(name, *value);
    }
    open(&sections).into_iter().map(|point| (point.section, point.field, point.message.key)).collect()
}

fn assert_only(section: Section, changes: &[(&str, &str)], field: &str, key: &str) {
    assert_eq!(after(section, changes), [(section, field.to_owned(), key.to_owned())], "{changes:?}");
}

#[test]
fn a_complete_application_has_no_open_point() {
    assert_eq!(open(&complete()), []);
}

#[test]
fn an_empty_application_has_one_open_point_a_section_and_one_a_document() {
    let points = check_all(&Sections::new(), &CallTerms::default(), &[]);
    let sections: Vec<Section> = points.iter().map(|point| point.section).collect();
    assert_eq!(&sections[..7], &Section::ALL[..7]);
    assert!(points[..7].iter().all(|point| point.message.key == "error-section-not-started"));
    assert!(points[7..].iter().all(|point| point.message.key == "error-document-missing"));
    assert_eq!(points.len(), 7 + 6);
}

#[test]
fn every_required_answer_that_is_taken_away_is_an_open_point_of_its_field() {
    for section in Section::ALL {
        let form = section.form();
        let rows = form.groups.iter().flat_map(|group| {
            group.fields.iter().map(|field| (format!("{}.0.{}", group.name, field.name), field.required))
        });
        let singles = form.fields.iter().map(|field| (field.name.to_owned(), field.required));
        for (name, _) in singles.chain(rows).filter(|(_, required)| *required) {
            let points = after(*section, &[(&name, "")]);
            assert!(
                points.iter().any(|(where_, field, _)| where_ == section && *field == name),
                "{section} {name}: {points:?}"
            );
        }
    }
}

#[test]
fn rules_between_fields_are_open_points_too() {
    use Section::{Activities, Budget, People, Results, Summary};
    assert_only(Summary, &[("duration_months", "25")], "duration_months", "error-duration-outside-call");
    assert_only(People, &[("people.0.count", "0")], "people", "error-nobody-helped");
    assert_only(
        Activities,
        &[("services", "therapy"), ("help_kinds", "psychological"), ("activities.0.end_month", "19")],
        "activities.0.end_month",
        "error-month-beyond-end",
    );
    assert_only(Activities, &[("activities.0.start_month", "0")], "activities.0.start_month", "error-month-zero");
    assert_only(
        Activities,
        &[("activities.0.start_month", "9"), ("activities.0.end_month", "8")],
        "activities.0.end_month",
        "error-months-backwards",
    );
    assert_only(Results, &[("results.0.baseline", "121")], "results.0.target", "error-target-below-baseline");
    assert_only(Budget, &[("lines.0.requested", "15001.00")], "lines.0.requested", "error-budget-line-over");
    assert_only(
        Budget,
        &[("lines.1.other", "0.00"), ("lines.1.requested", "15 002,90")],
        "lines.1.requested",
        "error-budget-line-under",
    );
}

#[test]
fn a_theme_or_a_country_outside_the_call_is_an_open_point_and_everything_else_is_none() {
    let points = |themes: &[Theme], regions: &[Region]| -> Vec<(String, String)> {
        let terms = CallTerms { themes: themes.to_vec(), regions: regions.to_vec(), ..CallTerms::default() };
        let points = check_all(&complete(), &terms, &documents());
        points.into_iter().map(|point| (point.field, point.message.key)).collect()
    };
    let wrong = |field: &str| (field.to_owned(), format!("error-{field}-outside-call"));
    // The application is about trafficking, in Nepal.
    for theme in Theme::ALL {
        let expected = if *theme == Theme::Trafficking { vec![] } else { vec![wrong("theme")] };
        assert_eq!(points(&[*theme], &[]), expected, "{theme}");
    }
    for region in Region::ALL {
        let expected = if *region == Region::AsiaPacific { vec![] } else { vec![wrong("country")] };
        assert_eq!(points(&[], &[*region]), expected, "{region}");
    }
    assert_eq!(points(Theme::ALL, Region::ALL), []);
    let both = points(&[Theme::PostTrafficking, Theme::LabourMigration], &[Region::Africa, Region::EasternEurope]);
    assert_eq!(both, [wrong("theme"), wrong("country")]);
}

#[test]
fn services_and_kinds_of_help_belong_together() {
    let keys = |changes: &[(&str, &str)]| -> Vec<String> {
        after(Section::Activities, changes).into_iter().map(|(_, _, key)| key).collect()
    };
    assert_eq!(keys(&[("services", "therapy")]), ["error-service-without-kind", "error-kind-without-service"]);
    assert_eq!(keys(&[("services", "therapy"), ("help_kinds", "psychological")]), Vec::<String>::new());
}

#[test]
fn a_line_with_an_error_of_its_own_is_not_also_said_not_to_add_up() {
    assert_only(Section::Budget, &[("lines.0.requested", "much")], "lines.0.requested", "error-amount");
}

#[test]
fn children_bring_their_own_declarations() {
    let mut sections = complete();
    sections.get_mut(&Section::People).unwrap().set("people.0.age", "child");
    let fields =
        |sections: &Sections| -> BTreeSet<String> { open(sections).into_iter().map(|point| point.field).collect() };
    assert_eq!(
        fields(&sections),
        BTreeSet::from(["child_best_interests".to_owned(), "child_unicef_guidelines".to_owned()])
    );
    let safeguarding = sections.get_mut(&Section::Safeguarding).unwrap();
    safeguarding.set("child_best_interests", "yes");
    safeguarding.set("child_unicef_guidelines", "yes");
    assert_eq!(open(&sections), []);
    assert_eq!(declared(&sections[&Section::Safeguarding]).len(), 7);
}

#[test]
fn the_same_group_of_people_stands_once() {
    let mut sections = complete();
    let people = sections.get_mut(&Section::People).unwrap();
    for (name, value) in [
        ("sex", "female"),
        ("age", "adult"),
        ("movement", "cross-border"),
        ("returnee", "yes"),
        ("exploitation", "forced-labour"),
        ("count", "5"),
    ] {
        people.set(&format!("people.4.{name}"), value);
    }
    assert_eq!(open(&sections)[0].message.key, "error-people-twice");
    assert_eq!(open(&sections)[0].field, "people.4.count");
}

#[test]
fn sections_show_how_far_they_are() {
    let sections = complete();
    let context = CheckContext::new(&sections, &CallTerms::default(), &documents());
    for section in Section::ALL {
        let content = sections.get(section).cloned().unwrap_or_default();
        assert_eq!(section_status(*section, &content, &context), SectionStatus::Complete, "{section}");
        if *section != Section::Documents {
            assert_eq!(section_status(*section, &Typed::default(), &context), SectionStatus::NotStarted, "{section}");
            let unknown = Typed::default().with("smuggled", "x");
            assert_eq!(section_status(*section, &unknown, &context), SectionStatus::NotStarted, "{section}");
        }
    }
    let begun = Typed::default().with("title", "Only a title");
    assert_eq!(section_status(Section::Summary, &begun, &context), SectionStatus::InProgress);
}

#[test]
fn the_gist_of_an_application_is_read_from_its_sections() {
    let summary = summarise(&complete());
    assert_eq!(summary.title, "Safe houses");
    assert_eq!(summary.theme, Some(Theme::Trafficking));
    assert_eq!(summary.country.as_deref(), Some("NP"));
    assert_eq!(summary.duration_months, Some(18));
    assert_eq!(summary.requested, Money::usd(3_000_300));
    assert_eq!(summary.people, 120);
    assert_eq!(people(&helped_cells(&complete()[&Section::People])), 120);
    let nothing = summarise(&Sections::new());
    assert_eq!((nothing.title.as_str(), nothing.requested), ("", Money::usd(0)));
}

#[test]
fn sections_survive_being_stored_as_json() {
    let stored = serde_json::to_string(&complete()).unwrap();
    assert_eq!(serde_json::from_str::<Sections>(&stored).unwrap(), complete());
}

#[test]
fn screening_is_passed_only_with_every_condition_met() {
    let with = |codes: &[&str]| {
        let mut typed = Typed::default().with("reasons", "Seen");
        for code in codes {
            typed.push("met", *code);
        }
        screening_passed(&SCREENING.read(&typed).unwrap())
    };
    assert!(with(ScreeningCriterion::CODES));
    assert!(!with(&ScreeningCriterion::CODES[1..]));
    assert!(!with(&[]));
}
