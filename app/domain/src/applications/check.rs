//! What is still open in an application: errors of each section's form and the rules between fields and
//! sections, all at once, for the page that lists them and for the use case that submits.

use serde::{Deserialize, Serialize};

use super::{
    ACTIVITIES, CHILD_DECLARATIONS, DocumentKind, SUMMARY, Section, Sections, helped_cell, helped_cells,
    missing_documents, read_budget,
};
use crate::budgets::{Budget, BudgetBreach, BudgetLimits, Severity};
use crate::calls::{CallLimits, CallTerms};
use crate::countries::region;
use crate::errors::FieldErrors;
use crate::forms::{Answers, Typed};
use crate::help::{HelpKind, HelpService, HelpedCell, Theme, people};
use crate::message::{Argument, Message};

/// Something that must be mended before an application can be submitted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OpenPoint {
    /// The section in which it is mended.
    pub section: Section,
    /// The field; empty for the section as a whole.
    pub field: String,
    /// What is wrong and how to mend it.
    pub message: Message,
}

code_list! {
    /// How far a section is.
    SectionStatus, "section-status", { NotStarted = "not-started", InProgress = "in-progress", Complete = "complete" }
}

/// What the check of one section needs to know of the call and of the other sections.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckContext {
    /// What the call asks for.
    pub terms: CallTerms,
    /// Months of the summary section, when given.
    pub duration_months: Option<i64>,
    /// Whether any child is among those helped.
    pub children_helped: bool,
    /// Kinds of the documents that are there.
    pub documents: Vec<DocumentKind>,
}

impl CheckContext {
    /// The context of an application's sections.
    #[must_use]
    pub fn new(sections: &Sections, terms: &CallTerms, documents: &[DocumentKind]) -> Self {
        let duration = sections.get(&Section::Summary).and_then(|typed| {
            let (summary, _) = SUMMARY.read_lenient(typed);
            summary.optional_count("duration_months")
        });
        Self {
            terms: terms.clone(),
            duration_months: duration,
            children_helped: sections.get(&Section::People).is_some_and(children_helped),
            documents: documents.to_vec(),
        }
    }
}

/// True when a people section counts any child.
#[must_use]
pub fn children_helped(people: &Typed) -> bool {
    crate::help::children_helped(&helped_cells(people))
}

/// What is still open in one section.
#[must_use]
pub fn check(section: Section, typed: &Typed, context: &CheckContext) -> Vec<OpenPoint> {
    let (answers, mut errors) = section.form().read_lenient(typed);
    match section {
        Section::Summary => check_summary(&answers, context, &mut errors),
        Section::People => check_people(&answers, &mut errors),
        Section::Activities => check_activities(&answers, context, &mut errors),
        Section::Results => check_results(&answers, &mut errors),
        Section::Budget => check_budget(&answers, context, &mut errors),
        Section::Safeguarding => check_declarations(&answers, context, &mut errors),
        Section::Documents => check_documents(context, &mut errors),
        Section::Context => {}
    }
    errors.0.into_iter().map(|error| OpenPoint { section, field: error.field, message: error.message }).collect()
}

/// What is still open in the whole application. A section that nobody has begun is one point, not twenty.
#[must_use]
pub fn check_all(sections: &Sections, terms: &CallTerms, documents: &[DocumentKind]) -> Vec<OpenPoint> {
    let context = CheckContext::new(sections, terms, documents);
    let empty = Typed::default();
    let mut points = Vec::new();
    for section in Section::ALL.iter().copied() {
        let typed = sections.get(&section).unwrap_or(&empty);
        if section != Section::Documents && !is_begun(section, typed) {
            let message = Message::new("error-section-not-started").with("section", Argument::Key(section.label_key()));
            points.push(OpenPoint { section, field: String::new(), message });
        } else {
            points.extend(check(section, typed, &context));
        }
    }
    points
}

/// How far a section is.
#[must_use]
pub fn section_status(section: Section, typed: &Typed, context: &CheckContext) -> SectionStatus {
    let begun = if section == Section::Documents { !context.documents.is_empty() } else { is_begun(section, typed) };
    if !begun {
        SectionStatus::NotStarted
    } else if check(section, typed, context).is_empty() {
        SectionStatus::Complete
    } else {
        SectionStatus::InProgress
    }
}

/// Rules of the budget that are questioned but do not stop a submission.
#[must_use]
pub fn budget_warnings(budget: &Typed, limits: &CallLimits) -> Vec<BudgetBreach> {
    let mut breaches = read_budget(budget).breaches(&BudgetLimits::from(limits));
    breaches.retain(|breach| breach.severity == Severity::Warning);
    breaches
}

fn is_begun(section: Section, typed: &Typed) -> bool {
    typed.only(section.form()).0.values().flatten().any(|value| !value.trim().is_empty())
}

fn check_summary(answers: &Answers, context: &CheckContext, errors: &mut FieldErrors) {
    let CallTerms { limits, themes, regions } = &context.terms;
    if let Some(theme) = Theme::from_code(answers.text("theme"))
        && !themes.is_empty()
        && !themes.contains(&theme)
    {
        let named = Argument::Keys(themes.iter().map(|theme| theme.label_key()).collect());
        errors.add("theme", Message::new("error-theme-outside-call").with("themes", named));
    }
    if let Some(region) = region(answers.text("country"))
        && !regions.is_empty()
        && !regions.contains(&region)
    {
        let named = Argument::Keys(regions.iter().map(|region| region.label_key()).collect());
        errors.add("country", Message::new("error-country-outside-call").with("regions", named));
    }
    if let Some(months) = answers.optional_count("duration_months")
        && !(limits.shortest_months..=limits.longest_months).contains(&months)
    {
        let message = Message::new("error-duration-outside-call")
            .with("shortest", limits.shortest_months)
            .with("longest", limits.longest_months);
        errors.add("duration_months", message);
    }
}

fn check_people(answers: &Answers, errors: &mut FieldErrors) {
    let mut seen: Vec<HelpedCell> = Vec::new();
    for (row, values) in answers.group("people") {
        let Some(cell) = helped_cell(values) else { continue };
        if seen.iter().any(|earlier| earlier.same_group(&cell)) {
            errors.add(&format!("people.{row}.count"), Message::new("error-people-twice"));
        }
        seen.push(cell);
    }
    if !seen.is_empty() && people(&seen) == 0 {
        errors.add("people", Message::new("error-nobody-helped"));
    }
}

fn check_activities(answers: &Answers, context: &CheckContext, errors: &mut FieldErrors) {
    let kinds = answers.codes("help_kinds");
    for service in answers.codes("services").iter().filter_map(|code| HelpService::from_code(code)) {
        if !kinds.is_empty() && !kinds.iter().any(|kind| kind == service.kind().code()) {
            let message = Message::new("error-service-without-kind")
                .with("service", Argument::Key(service.label_key()))
                .with("kind", Argument::Key(service.kind().label_key()));
            errors.add("services", message);
        }
    }
    for kind in kinds.iter().filter_map(|code| HelpKind::from_code(code)) {
        let mut services = answers.codes("services").iter().filter_map(|code| HelpService::from_code(code)).peekable();
        if services.peek().is_some() && !services.any(|service| service.kind() == kind) {
            let message = Message::new("error-kind-without-service").with("kind", Argument::Key(kind.label_key()));
            errors.add("services", message);
        }
    }
    for (row, values) in answers.group(ACTIVITIES.groups[0].name) {
        let start = values.optional_count("start_month");
        let end = values.optional_count("end_month");
        if start == Some(0) {
            errors.add(&format!("activities.{row}.start_month"), Message::new("error-month-zero"));
        }
        if let (Some(start), Some(end)) = (start, end)
            && end < start
        {
            errors.add(&format!("activities.{row}.end_month"), Message::new("error-months-backwards"));
        }
        for (name, month) in [("start_month", start), ("end_month", end)] {
            if let (Some(month), Some(months)) = (month, context.duration_months)
                && month > months
            {
                let message = Message::new("error-month-beyond-end").with("months", months);
                errors.add(&format!("activities.{row}.{name}"), message);
            }
        }
    }
}

fn check_results(answers: &Answers, errors: &mut FieldErrors) {
    for (row, values) in answers.group("results") {
        if let (Some(baseline), Some(target)) = (values.optional_count("baseline"), values.optional_count("target"))
            && target < baseline
        {
            let message = Message::new("error-target-below-baseline").with("baseline", baseline);
            errors.add(&format!("results.{row}.target"), message);
        }
    }
}

fn check_budget(answers: &Answers, context: &CheckContext, errors: &mut FieldErrors) {
    // What could not be read counts as nothing, so that sums over it would mean nothing either.
    let unread: Vec<String> = errors.0.iter().map(|error| error.field.clone()).collect();
    let rests_on_unread = |field: &str| {
        let line = field.rsplit_once('.').map_or("", |(line, _)| line);
        unread.iter().any(|other| line.is_empty() || other.rsplit_once('.').is_some_and(|(other, _)| other == line))
    };
    for breach in Budget::from_answers(answers).breaches(&BudgetLimits::from(&context.terms.limits)) {
        if breach.severity == Severity::Error && !rests_on_unread(&breach.field) {
            errors.add(&breach.field, breach.message);
        }
    }
}

fn check_declarations(answers: &Answers, context: &CheckContext, errors: &mut FieldErrors) {
    if !context.children_helped {
        return;
    }
    for name in CHILD_DECLARATIONS.iter().filter(|name| !answers.ticked(name)) {
        errors.add(name, Message::new("error-tick"));
    }
}

fn check_documents(context: &CheckContext, errors: &mut FieldErrors) {
    for kind in missing_documents(&context.documents) {
        let message = Message::new("error-document-missing").with("document", Argument::Key(kind.label_key()));
        errors.add(kind.code(), message);
    }
}
