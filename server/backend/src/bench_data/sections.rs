//! The eight sections of an application as an organisation would have filled them in: complete, valid and of
//! usual length.

use chrono::NaiveDate;
use domain::applications::{CHILD_DECLARATIONS, DECLARATIONS, Section, Sections};
use domain::budgets::BudgetCategory;
use domain::forms::Typed;
use domain::help::{
    ActivityKind, AgeGroup, Exploitation, HelpContext, HelpKind, HelpService, Movement, PriorityGroup, Returnee,
    Sector, Sex,
};

use super::people::code;

/// A text as long as most answers are.
pub(super) const PARAGRAPH: &str = "People who return after exploitation find few services outside the capital, and \
    most wait for months before anybody helps them. The project opens a place where they are safe, sees that a nurse \
    and a counsellor are there every day, and goes with them to the authorities when they claim papers, wages or \
    compensation. Help does not depend on whether somebody testifies. Families are visited before anybody goes back, \
    and the visits go on for a year. Local officials and health workers are trained together, so that the referral \
    of one to the other no longer depends on chance.";

const TOPICS: [&str; 8] = [
    "Safe shelter",
    "Legal aid",
    "Counselling",
    "Vocational training",
    "Identity papers",
    "Medical care",
    "Family tracing",
    "Peer support",
];
/// A word of one title in eight.
pub(super) const SEARCHED: &str = "tracing";

/// Category, description, unit, quantity, unit cost in USD and times: 32,640 USD of direct costs and 2,000 of
/// indirect ones, before they are scaled.
const LINES: [(BudgetCategory, &str, &str, i64, i64, i64); 12] = [
    (BudgetCategory::Staff, "Coordinator", "month", 1, 450, 12),
    (BudgetCategory::Staff, "Counsellors", "month", 2, 220, 12),
    (BudgetCategory::Supplies, "Food parcels", "parcel", 200, 12, 1),
    (BudgetCategory::Supplies, "Hygiene kits", "kit", 150, 14, 1),
    (BudgetCategory::Equipment, "Computers", "piece", 3, 700, 1),
    (BudgetCategory::Contractual, "Lawyers", "case", 30, 90, 1),
    (BudgetCategory::Contractual, "Medical examinations", "person", 60, 45, 1),
    (BudgetCategory::Travel, "Journeys of case workers", "month", 1, 150, 12),
    (BudgetCategory::Transfers, "Starter grants", "person", 20, 180, 1),
    (BudgetCategory::Operating, "Rent of the shelter", "month", 1, 300, 12),
    (BudgetCategory::Operating, "Telephone and internet", "month", 1, 80, 12),
    (BudgetCategory::Indirect, "Administration", "lump sum", 1, 2000, 1),
];

/// What tells one application from another.
pub(super) struct Gist<'a> {
    /// From 0.
    pub number: usize,
    pub theme: &'a str,
    pub country: &'a str,
    pub months: i64,
    pub start: NaiveDate,
}

impl Gist<'_> {
    pub(super) fn title(&self) -> String {
        // Organisations write 20 applications each; the shift keeps one from writing on the same topics each time.
        format!("{} in district {}", TOPICS[(self.number + self.number / 20) % TOPICS.len()], self.number + 1)
    }

    /// Everything that was typed.
    pub(super) fn sections(&self) -> Sections {
        Sections::from([
            (Section::Summary, self.summary()),
            (Section::Context, context(self.number)),
            (Section::People, people(self.number)),
            (Section::Activities, activities(self.months)),
            (Section::Results, results(self.number)),
            (Section::Budget, budget(self.number)),
            (Section::Safeguarding, safeguarding()),
            (Section::Documents, Typed::default()),
        ])
    }

    fn summary(&self) -> Typed {
        Typed::default()
            .with("title", self.title())
            .with("theme", self.theme)
            .with("country", self.country)
            .with("location", format!("District {}", self.number + 1))
            .with("duration_months", self.months.to_string())
            .with("start_date", self.start.to_string())
            .with("summary", PARAGRAPH)
    }
}

fn context(number: usize) -> Typed {
    Typed::default()
        .with("context", code(HelpContext::CODES, number))
        .with("needs", format!("{PARAGRAPH}\n\n{PARAGRAPH}"))
        .with("root_causes", PARAGRAPH)
        .with("existing_services", PARAGRAPH)
        .with("sectors", code(Sector::CODES, number))
        .with("sectors", code(Sector::CODES, number + 3))
}

fn people(number: usize) -> Typed {
    let mut typed = Typed::default()
        .with("priority_groups", PriorityGroup::Women.code())
        .with("priority_groups", PriorityGroup::Children.code())
        .with("selection", PARAGRAPH);
    for row in 0..6 {
        typed.set(&format!("people.{row}.sex"), code(Sex::CODES, row));
        typed.set(&format!("people.{row}.age"), code(AgeGroup::CODES, row / 3));
        typed.set(&format!("people.{row}.movement"), code(Movement::CODES, row));
        typed.set(&format!("people.{row}.returnee"), code(Returnee::CODES, number));
        typed.set(&format!("people.{row}.exploitation"), code(Exploitation::CODES, number + row));
        typed.set(&format!("people.{row}.count"), (5 + (number + row) % 40).to_string());
    }
    typed
}

fn activities(months: i64) -> Typed {
    let mut typed = Typed::default();
    for kind in HelpKind::CODES {
        typed.push("help_kinds", *kind);
    }
    for service in [HelpService::Shelter, HelpService::MedicalCare, HelpService::Counselling, HelpService::LegalAid] {
        typed.push("services", service.code());
    }
    for row in 0..5 {
        typed.set(&format!("activities.{row}.title"), format!("Activity {}", row + 1));
        typed.set(&format!("activities.{row}.kind"), code(ActivityKind::CODES, row));
        typed.set(&format!("activities.{row}.start_month"), "1");
        typed.set(&format!("activities.{row}.end_month"), months.to_string());
        typed.set(&format!("activities.{row}.description"), PARAGRAPH);
    }
    typed
}

fn results(number: usize) -> Typed {
    let mut typed = Typed::default().with("sustainability", PARAGRAPH);
    for row in 0..5 {
        typed.set(&format!("results.{row}.indicator"), format!("People who received help of kind {}", row + 1));
        typed.set(&format!("results.{row}.unit"), "people");
        typed.set(&format!("results.{row}.counted"), "people");
        typed.set(&format!("results.{row}.baseline"), "0");
        typed.set(&format!("results.{row}.target"), (40 + (number + row) % 60).to_string());
        typed.set(&format!("results.{row}.verification"), "Register of services, without names");
    }
    typed
}

fn budget(number: usize) -> Typed {
    // From 70 to 159 per cent: 24,248 to 55,077.60 USD, within what a call allows.
    let per_cent = 70 + i64::try_from(number * 7 % 90).unwrap_or(0);
    let dollars = |cents: i64| format!("{}.{:02}", cents / 100, cents % 100);
    let mut typed = Typed::default();
    for (row, (category, description, unit, quantity, unit_cost, times)) in LINES.into_iter().enumerate() {
        let unit_cents = unit_cost * per_cent;
        typed.set(&format!("lines.{row}.category"), category.code());
        typed.set(&format!("lines.{row}.description"), description);
        typed.set(&format!("lines.{row}.unit"), unit);
        typed.set(&format!("lines.{row}.quantity"), quantity.to_string());
        typed.set(&format!("lines.{row}.unit_cost"), dollars(unit_cents));
        typed.set(&format!("lines.{row}.times"), times.to_string());
        typed.set(&format!("lines.{row}.requested"), dollars(unit_cents * quantity * times));
        typed.set(&format!("lines.{row}.purpose"), "Direct help to people who were trafficked");
    }
    typed
}

fn safeguarding() -> Typed {
    let mut typed = Typed::default();
    for field in ["risks", "mitigation", "referral", "confidentiality"] {
        typed.set(field, PARAGRAPH);
    }
    for declaration in DECLARATIONS.iter().chain(CHILD_DECLARATIONS) {
        typed.set(declaration, "yes");
    }
    typed
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use domain::applications::{DocumentKind, check_all};
    use domain::calls::CallTerms;

    use super::*;

    #[test]
    fn every_seeded_application_could_be_submitted() {
        for number in 0..100 {
            let start = NaiveDate::from_ymd_opt(2027, 1, 1).unwrap();
            let gist = Gist { number, theme: "trafficking", country: "NP", months: 12, start };
            let open = check_all(&gist.sections(), &CallTerms::default(), DocumentKind::ALL);
            assert_eq!(open, [], "application {number}");
        }
    }

    #[test]
    fn one_title_in_eight_holds_the_searched_word() {
        let gist = |number| Gist { number, theme: "", country: "", months: 12, start: NaiveDate::MIN };
        let found = (0..800).filter(|number| gist(*number).title().contains(SEARCHED)).count();
        assert_eq!(found, 100);
    }
}
