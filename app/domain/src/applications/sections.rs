//! The sections of an application as forms. Each is a page of its own, saved on its own.

use std::collections::BTreeMap;

use crate::budgets::{BudgetCategory, MOST_LINES};
use crate::forms::{Form, Group, Kind, Options, Typed, optional, required};
use crate::help::{
    ActivityKind, AgeGroup, Exploitation, HelpContext, HelpKind, HelpService, Movement, PriorityGroup, Returnee,
    Sector, Sex, SubTheme, Theme,
};

code_list! {
    /// The sections in the order in which they are listed.
    Section, "section", {
        Summary = "summary",
        Context = "context",
        People = "people",
        Activities = "activities",
        Results = "results",
        Budget = "budget",
        Safeguarding = "safeguarding",
        Documents = "documents",
    }
}

impl Section {
    /// The section's form.
    #[must_use]
    pub const fn form(self) -> &'static Form {
        match self {
            Self::Summary => &SUMMARY,
            Self::Context => &CONTEXT,
            Self::People => &PEOPLE,
            Self::Activities => &ACTIVITIES,
            Self::Results => &RESULTS,
            Self::Budget => &BUDGET,
            Self::Safeguarding => &SAFEGUARDING,
            Self::Documents => &DOCUMENTS,
        }
    }
}

/// What stands in a section, as typed.
pub type SectionContent = Typed;

/// What stands in all sections, as typed.
pub type Sections = BTreeMap<Section, SectionContent>;

/// Title, theme, place and time.
pub const SUMMARY: Form = Form {
    name: "application-summary",
    fields: &[
        required("title", Kind::Line(150)),
        required("theme", Kind::Choice(Theme::OPTIONS)),
        optional("sub_themes", Kind::Choices(SubTheme::OPTIONS)),
        required("country", Kind::Choice(Options::Countries)),
        required("location", Kind::Line(200)),
        required("duration_months", Kind::Count(60)),
        required("start_date", Kind::Date),
        required("summary", Kind::Text(2000)),
    ],
    groups: &[],
};

/// Context and needs.
pub const CONTEXT: Form = Form {
    name: "application-context",
    fields: &[
        required("context", Kind::Choice(HelpContext::OPTIONS)),
        required("needs", Kind::Text(3000)),
        required("root_causes", Kind::Text(2000)),
        required("existing_services", Kind::Text(1500)),
        optional("sectors", Kind::Choices(Sector::OPTIONS)),
        optional("partners", Kind::Text(1500)),
    ],
    groups: &[],
};

/// Most rows of people.
pub const MOST_HELPED_CELLS: usize = 40;

/// Who is to be helped, in counts.
pub const PEOPLE: Form = Form {
    name: "application-people",
    fields: &[
        optional("priority_groups", Kind::Choices(PriorityGroup::OPTIONS)),
        required("selection", Kind::Text(2000)),
    ],
    groups: &[Group {
        name: "people",
        fields: &[
            required("sex", Kind::Choice(Sex::OPTIONS)),
            required("age", Kind::Choice(AgeGroup::OPTIONS)),
            required("movement", Kind::Choice(Movement::OPTIONS)),
            required("returnee", Kind::Choice(Returnee::OPTIONS)),
            required("exploitation", Kind::Choice(Exploitation::OPTIONS)),
            required("count", Kind::Count(100_000)),
        ],
        least: 1,
        most: MOST_HELPED_CELLS,
    }],
};

/// What is to be done.
pub const ACTIVITIES: Form = Form {
    name: "application-activities",
    fields: &[
        required("help_kinds", Kind::Choices(HelpKind::OPTIONS)),
        required("services", Kind::Choices(HelpService::OPTIONS)),
    ],
    groups: &[Group {
        name: "activities",
        fields: &[
            required("title", Kind::Line(200)),
            required("kind", Kind::Choice(ActivityKind::OPTIONS)),
            optional("help", Kind::Choice(HelpKind::OPTIONS)),
            required("start_month", Kind::Count(60)),
            required("end_month", Kind::Count(60)),
            required("description", Kind::Text(800)),
        ],
        least: 1,
        most: 20,
    }],
};

code_list! {
    /// What an indicator counts. Of people only suppressed counts are published, so what counts them has to be known.
    Counted, "counted", { People = "people", Other = "other" }
}

/// What is to come of it.
pub const RESULTS: Form = Form {
    name: "application-results",
    fields: &[required("sustainability", Kind::Text(2000))],
    groups: &[Group {
        name: "results",
        fields: &[
            required("indicator", Kind::Line(250)),
            required("unit", Kind::Line(60)),
            required("counted", Kind::Choice(Counted::OPTIONS)),
            required("baseline", Kind::Count(1_000_000)),
            required("target", Kind::Count(1_000_000)),
            required("verification", Kind::Line(250)),
        ],
        least: 1,
        most: 20,
    }],
};

/// What it costs. Amounts in USD.
pub const BUDGET: Form = Form {
    name: "application-budget",
    fields: &[],
    groups: &[Group {
        name: "lines",
        fields: &[
            required("category", Kind::Choice(BudgetCategory::OPTIONS)),
            required("description", Kind::Line(200)),
            required("unit", Kind::Line(40)),
            required("quantity", Kind::Count(100_000)),
            required("unit_cost", Kind::Amount),
            required("times", Kind::Count(1_000)),
            required("requested", Kind::Amount),
            optional("other", Kind::Amount),
            required("purpose", Kind::Line(250)),
        ],
        least: 1,
        most: MOST_LINES,
    }],
};

/// Risks, safeguarding and the declarations.
pub const SAFEGUARDING: Form = Form {
    name: "application-safeguarding",
    fields: &[
        required("risks", Kind::Text(3000)),
        required("mitigation", Kind::Text(3000)),
        required("referral", Kind::Text(2000)),
        required("confidentiality", Kind::Text(2000)),
        required("not_penalised", Kind::Tick),
        required("not_stigmatised", Kind::Tick),
        required("informed_consent", Kind::Tick),
        required("anonymity", Kind::Tick),
        required("ohchr_principles", Kind::Tick),
        optional("child_best_interests", Kind::Tick),
        optional("child_unicef_guidelines", Kind::Tick),
    ],
    groups: &[],
};

/// Documents are uploaded, not typed.
pub const DOCUMENTS: Form = Form { name: "application-documents", fields: &[], groups: &[] };

/// Version of the declarations' texts, kept with what was agreed to. Change it with the texts.
pub const DECLARATION_VERSION: &str = "2026-1";

/// Declarations that every organisation makes (OHCHR Recommended Principles and Guidelines on Human Rights and
/// Human Trafficking, E/2002/68/Add.1).
pub const DECLARATIONS: &[&str] =
    &["not_penalised", "not_stigmatised", "informed_consent", "anonymity", "ohchr_principles"];

/// Declarations beside them when children are helped (UNICEF Guidelines on the Protection of Child Victims of
/// Trafficking, 2006).
pub const CHILD_DECLARATIONS: &[&str] = &["child_best_interests", "child_unicef_guidelines"];

/// The declarations that are ticked in a safeguarding section.
#[must_use]
pub fn declared(safeguarding: &Typed) -> Vec<&'static str> {
    let (answers, _) = SAFEGUARDING.read_lenient(safeguarding);
    DECLARATIONS.iter().chain(CHILD_DECLARATIONS).copied().filter(|name| answers.ticked(name)).collect()
}
