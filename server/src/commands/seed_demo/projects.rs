//! The applications' texts, one pattern a theme, filled in by organisation.

use domain::applications::Section;
use domain::forms::Typed;
use domain::help::Theme;
use domain::time::add_days;

use super::Demo;
use super::data::{ORGANISATIONS, Organisation};

/// Everything that an organisation types into its application; `number` makes each a little different.
pub fn sections(demo: &Demo, organisation: usize, number: usize) -> Vec<(Section, Typed)> {
    let data = &ORGANISATIONS[organisation];
    vec![
        (Section::Summary, summary(demo, data, number)),
        (Section::Context, context(data)),
        (Section::People, people(number)),
        (Section::Activities, activities(number)),
        (Section::Results, results(number)),
        (Section::Budget, budget(number)),
        (Section::Safeguarding, safeguarding()),
    ]
}

/// The title of an organisation's project.
pub fn title(data: &Organisation, number: usize) -> String {
    let place = data.place.split(" and ").next().unwrap_or(data.place);
    match (data.theme, number % 3) {
        (Theme::LabourMigration, 0) => format!("Fair recruitment and legal aid for migrant workers in {place}"),
        (Theme::LabourMigration, 1) => format!("A safe house and wage claims desk in {place}"),
        (Theme::LabourMigration, _) => format!("From forced labour to decent work in {place}"),
        (Theme::Trafficking, 0) => format!("Shelter, care and justice for survivors in {place}"),
        (Theme::Trafficking, 1) => format!("A safe place for girls and young women in {place}"),
        (Theme::Trafficking, _) => format!("Emergency help and referral in {place}"),
        (Theme::PostTrafficking, 0) => format!("Coming home without stigma in {place}"),
        (Theme::PostTrafficking, 1) => format!("Livelihoods and citizenship papers for returnees in {place}"),
        (Theme::PostTrafficking, _) => format!("A new start for returned survivors in {place}"),
    }
}

/// Months that a project runs.
pub fn months(number: usize) -> i64 {
    [12, 18, 24][number % 3]
}

fn summary(demo: &Demo, data: &Organisation, number: usize) -> Typed {
    let typed = Typed::default()
        .with("title", title(data, number))
        .with("theme", data.theme.code())
        .with("country", data.country)
        .with("location", data.place)
        .with("duration_months", months(number).to_string())
        .with("start_date", add_days(demo.today, 120).to_string())
        .with(
            "summary",
            format!(
                "{} offers women, men and children who were trafficked a safe place, medical and psychological care, legal \
                 aid and a way back into school or work. Survivors take part in planning and in judging the help.",
                data.name
            ),
        );
    if data.theme == Theme::PostTrafficking {
        typed.with("sub_themes", "stigma").with("sub_themes", "livelihoods")
    } else {
        typed
    }
}

fn context(data: &Organisation) -> Typed {
    Typed::default()
        .with("context", "large-movements")
        .with(
            "needs",
            format!(
                "Around {} recruiters promise work abroad. Many of those who return have debts, untreated injuries and no \
                 papers, and hide what happened to them. There is one public shelter for the whole region, and no legal aid.",
                data.place
            ),
        )
        .with("root_causes", "Poverty, early marriage, unsafe migration, and the belief that those who were exploited are to blame.")
        .with("existing_services", "A public hospital, a police desk for women and children, and two legal aid lawyers at the district court.")
        .with("sectors", "health")
        .with("sectors", "human-rights")
        .with("partners", "District administration, the regional hospital, the bar association and a network of survivors.")
}

/// The people whom a project plans to help: women, girls, men, boys, and women who were married by force.
pub fn planned_people(number: usize) -> [usize; 5] {
    let base = 18 + (number * 7) % 20;
    [base + 22, base + 9, base + 14, base, 4 + number % 5]
}

fn people(number: usize) -> Typed {
    let [women, girls, men, boys, married] = planned_people(number);
    let rows = [
        ("female", "adult", "cross-border", "yes", "sexual", women),
        ("female", "child", "internal", "no", "domestic-servitude", girls),
        ("male", "adult", "cross-border", "yes", "forced-labour", men),
        ("male", "child", "internal", "no", "forced-begging", boys),
        ("female", "adult", "internal", "no", "forced-marriage", married),
    ];
    let mut typed = Typed::default()
        .with("priority_groups", "women")
        .with("priority_groups", "children")
        .with(
            "selection",
            "People come to us through the police, hospitals, other survivors and our telephone line. Nobody has to testify or \
             pay to be helped.",
        );
    for (row, (sex, age, movement, returnee, exploitation, count)) in rows.into_iter().enumerate() {
        let values = [
            ("sex", sex),
            ("age", age),
            ("movement", movement),
            ("returnee", returnee),
            ("exploitation", exploitation),
        ];
        for (name, value) in values {
            typed.set(&format!("people.{row}.{name}"), value);
        }
        typed.set(&format!("people.{row}.count"), count.to_string());
    }
    typed
}

fn activities(number: usize) -> Typed {
    let last = months(number);
    let rows = [
        (
            "Safe shelter and daily care",
            "direct-help",
            "physical",
            1,
            last,
            "Twelve places, open day and night, with a nurse and a social worker.",
        ),
        (
            "Counselling and peer support",
            "direct-help",
            "psychological",
            1,
            last,
            "Individual counselling each week, and groups led by trained survivors.",
        ),
        (
            "Legal aid and identity papers",
            "direct-help",
            "social",
            2,
            last,
            "A lawyer helps with complaints, wage claims, residence and citizenship papers.",
        ),
        (
            "Training and first jobs",
            "direct-help",
            "social",
            4,
            last,
            "Courses that participants choose themselves, with a stipend and a start-up kit.",
        ),
    ];
    let mut typed = Typed::default();
    for kind in ["physical", "psychological", "social"] {
        typed.push("help_kinds", kind);
    }
    for service in ["shelter", "counselling", "legal-aid", "vocational-training"] {
        typed.push("services", service);
    }
    for (row, (title, kind, help, from, to, description)) in rows.into_iter().enumerate() {
        let values = [
            ("title", title.to_owned()),
            ("kind", kind.to_owned()),
            ("help", help.to_owned()),
            ("start_month", from.to_string()),
            ("end_month", to.to_string()),
            ("description", description.to_owned()),
        ];
        for (name, value) in values {
            typed.set(&format!("activities.{row}.{name}"), value);
        }
    }
    typed
}

fn results(number: usize) -> Typed {
    let scale = 20 + (number * 11) % 25;
    let rows = [
        ("People who stayed in the shelter", "people", "people", 0, scale * 3),
        ("People who received counselling at least six times", "people", "people", 0, scale * 2),
        ("Identity or citizenship papers obtained", "papers", "other", 0, scale),
        ("People in work or training six months after leaving", "people", "people", 0, scale),
    ];
    let mut typed = Typed::default().with(
        "sustainability",
        "The district has agreed to take over two salaries in the second year. Trained survivors go on leading the groups.",
    );
    for (row, (indicator, unit, counted, baseline, target)) in rows.into_iter().enumerate() {
        let values = [
            ("indicator", indicator.to_owned()),
            ("unit", unit.to_owned()),
            ("counted", counted.to_owned()),
            ("baseline", baseline.to_string()),
            ("target", target.to_string()),
            ("verification", "Registers without names, checked by the outside auditor".to_owned()),
        ];
        for (name, value) in values {
            typed.set(&format!("results.{row}.{name}"), value);
        }
    }
    typed
}

/// Lines as category, description, unit, quantity, unit cost in whole USD, times, paid by others in whole USD.
type Line = (&'static str, &'static str, &'static str, i64, i64, i64, i64);

/// The budget's line for food, clothing and hygiene kits, from 0.
pub const FOOD: usize = 3;
/// The budget's line for training fees and start-up kits, from 0.
pub const TRAINING: usize = 8;

fn budget(number: usize) -> Typed {
    let step = i64::try_from(number % 7).unwrap_or(0);
    let lines: [Line; 9] = [
        ("staff", "Social worker", "month", 1, 520 + step * 20, 12, 0),
        ("staff", "Counsellor, part time", "month", 1, 410 + step * 10, 12, 900),
        ("staff", "Shelter keepers", "month", 2, 190, 12, 0),
        ("supplies", "Food, clothing and hygiene kits", "person", 70, 90 + step * 5, 1, 0),
        ("supplies", "Medical care and medicines", "person", 60, 70, 1, 500),
        ("contractual", "Lawyer", "case", 40, 110 + step * 5, 1, 0),
        ("travel", "Safe transport and return home", "journey", 45, 40, 1, 0),
        ("operating", "Rent and utilities of the shelter", "month", 1, 540 + step * 15, 12, 1_200),
        ("operating", "Training fees and start-up kits", "person", 35, 140, 1, 0),
    ];
    let mut typed = Typed::default();
    let mut direct = 0;
    for (row, (category, description, unit, quantity, cost, times, other)) in lines.into_iter().enumerate() {
        let requested = quantity * cost * times - other;
        direct += requested;
        line(&mut typed, row, (category, description, unit), (quantity, cost, times), (requested, other));
    }
    let indirect = direct * 6 / 100;
    line(
        &mut typed,
        lines.len(),
        ("indirect", "Accounting, audit and management", "project"),
        (1, indirect, 1),
        (indirect, 0),
    );
    typed
}

fn line(typed: &mut Typed, row: usize, texts: (&str, &str, &str), cost: (i64, i64, i64), paid: (i64, i64)) {
    let values = [
        ("category", texts.0.to_owned()),
        ("description", texts.1.to_owned()),
        ("unit", texts.2.to_owned()),
        ("quantity", cost.0.to_string()),
        ("unit_cost", cost.1.to_string()),
        ("times", cost.2.to_string()),
        ("requested", paid.0.to_string()),
        ("other", paid.1.to_string()),
        ("purpose", "Direct help to the people counted in this application".to_owned()),
    ];
    for (name, value) in values {
        typed.set(&format!("lines.{row}.{name}"), value);
    }
}

fn safeguarding() -> Typed {
    let mut typed = Typed::default()
        .with("risks", "Recruiters may look for those who left them. Families may be threatened. Staff may be exhausted by what they hear.")
        .with("mitigation", "The shelter's address is not published; a safety plan is made with each person; staff have supervision every two weeks.")
        .with("referral", "Urgent medical needs go to the regional hospital within the hour, children to the child protection authority.")
        .with("confidentiality", "Records carry numbers only. Names are kept on paper in a locked cabinet and destroyed two years after the help ended.");
    for declaration in domain::applications::DECLARATIONS.iter().chain(domain::applications::CHILD_DECLARATIONS) {
        typed.set(declaration, "yes");
    }
    typed
}
