//! Calls, applications in every state, reviews, Board sessions and decisions.

use backend::{Context, Result, applications, board, calls, documents, reviews};
use chrono::NaiveDate;
use domain::applications::{DocumentKind, Section};
use domain::forms::Typed;
use domain::ids::{ApplicationId, CallId, GrantId};
use domain::roles::Role;
use domain::time::add_days;

use super::data::{ORGANISATIONS, Organisation};
use super::past::Past;
use super::people::People;
use super::{Demo, command, projects, sessions, texts};

/// How many grants the first call gave.
pub(super) const FIRST_AWARDS: usize = 12;

/// A grant that was awarded, whose it is, and when.
#[derive(Clone, Copy)]
pub struct Award {
    /// The grant.
    pub grant: GrantId,
    /// The organisation's position in the data.
    pub organisation: usize,
    /// Number of the application in the demo.
    pub number: usize,
    /// Day of the decision.
    pub day: NaiveDate,
}

/// How far an application of the demo comes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    Draft,
    Withdrawn,
    Submitted,
    Returned,
    Ineligible,
    Eligible,
    InReview,
    /// In the Board session that is under way.
    BeforeBoard,
    Recommended,
    Reserved,
    Rejected,
    Awarded,
}

/// A call of the demo: its title, how many days ago it closed (none: it is open), and its applications' fates.
struct Call {
    title: &'static str,
    closed: Option<u64>,
    fates: Vec<Fate>,
}

fn calls_of_the_demo() -> [Call; 3] {
    let times = |fate: Fate, number: usize| std::iter::repeat_n(fate, number);
    [
        Call {
            title: "First call: recovery after trafficking",
            closed: Some(800),
            fates: times(Fate::Awarded, FIRST_AWARDS)
                .chain(times(Fate::Rejected, 2))
                .chain(times(Fate::Ineligible, 2))
                .collect(),
        },
        Call {
            title: "Second call: labour migration and survivors' livelihoods",
            closed: Some(280),
            fates: times(Fate::Awarded, 8)
                .chain(times(Fate::Recommended, 1))
                .chain(times(Fate::Reserved, 2))
                .chain(times(Fate::Rejected, 2))
                .chain(times(Fate::BeforeBoard, 4))
                .chain(times(Fate::InReview, 2))
                .chain(times(Fate::Ineligible, 1))
                .collect(),
        },
        Call {
            title: "Third call: women, children and men on the move",
            closed: None,
            fates: times(Fate::Draft, 4)
                .chain(times(Fate::Submitted, 4))
                .chain([Fate::Returned, Fate::Withdrawn, Fate::Eligible, Fate::Eligible])
                .collect(),
        },
    ]
}

/// Enters everything. Money comes in, and grants go on, until the day of each decision.
pub async fn enter(demo: &Demo, people: &People, past: &mut Past) -> Result<()> {
    let mut number = 0;
    for data in calls_of_the_demo() {
        let closes = data.closed.map_or_else(|| add_days(demo.today, 41), |days| demo.ago(days));
        let call = call(demo, people, &data, closes).await?;
        let mut entered = Vec::new();
        for fate in &data.fates {
            // Organisations apply in turn; the last four are not vetted and only apply to the open call.
            let organisation = number % (ORGANISATIONS.len() - 4);
            // What is still open happened in the last weeks; the rest before its call closed.
            let written = if data.closed.is_some() { closes - chrono::TimeDelta::days(9) } else { demo.ago(12) };
            let id = application(demo, people, call, organisation, number, *fate, written).await?;
            entered.push((id, organisation, number, *fate));
            number += 1;
        }
        if data.closed.is_some() {
            decide(demo, people, past, call, closes, &entered).await?;
        }
    }
    Ok(())
}

async fn call(demo: &Demo, people: &People, data: &Call, closes: NaiveDate) -> Result<CallId> {
    let opens = closes - chrono::TimeDelta::days(70);
    let officer = demo.at(&people.one(Role::ProgrammeOfficer), opens - chrono::TimeDelta::days(14));
    let mut typed = Typed::default()
        .with("title", data.title)
        .with(
            "objectives",
            "Direct help to victims of trafficking in persons: physical, psychological and social recovery, with their consent \
             and on their terms.\n\nProjects put human rights first, answer to the needs of women, men and children, work with \
             governments, other organisations and survivors' own networks, and make sure that nobody is punished, stigmatised \
             or victimised again.",
        )
        .with("smallest_award", "20000")
        .with("largest_award", "60000")
        .with("shortest_months", "12")
        .with("longest_months", "24")
        .with("opens_on", opens.to_string())
        .with("opens_at", "09:00:00")
        .with("closes_on", closes.to_string())
        .with("closes_at", "23:59:59");
    for theme in ["labour-migration", "trafficking", "post-trafficking"] {
        typed.push("themes", theme);
    }
    for group in ["women", "children", "refugees-and-displaced"] {
        typed.push("priority_groups", group);
    }
    for (row, criterion) in domain::reviews::default_criteria().iter().enumerate() {
        typed.set(&format!("criteria.{row}.criterion"), criterion.code.code());
        typed.set(&format!("criteria.{row}.weight"), criterion.weight.to_string());
    }
    let id = calls::create(&officer, &typed).await?;
    calls::publish(&officer, id).await?;
    Ok(id)
}

/// Writes an application and takes it as far as it goes before the reviews.
async fn application(
    demo: &Demo,
    people: &People,
    call: CallId,
    organisation: usize,
    number: usize,
    fate: Fate,
    written: NaiveDate,
) -> Result<ApplicationId> {
    let data = &ORGANISATIONS[organisation];
    let signatory = demo.at(&people.signatories[organisation], written);
    let officer = people.one(Role::ProgrammeOfficer);
    let start = Typed::default().with("title", projects::title(data, number));
    let id = applications::create(&signatory, call, &start).await?;
    for (section, typed) in projects::sections(demo, organisation, number) {
        // Drafts are at different places.
        let left = fate == Fate::Draft
            && number.is_multiple_of(2)
            && matches!(section, Section::Budget | Section::Safeguarding);
        if !left {
            applications::save_section(&signatory, id, section, &typed, None).await?;
        }
    }
    if fate == Fate::Draft {
        return Ok(id);
    }
    upload(&signatory, id, data).await?;
    let declaration = Typed::default().with("declaration", "yes").with("full_name", data.signatory);
    applications::submit(&signatory, id, &declaration).await?;
    let later = demo.at(&officer, written + chrono::TimeDelta::days(3));
    match fate {
        Fate::Withdrawn => {
            let reason = Typed::default().with("reason", "We found other funding for this project.");
            applications::withdraw(
                &demo.at(&people.signatories[organisation], written + chrono::TimeDelta::days(2)),
                id,
                &reason,
            )
            .await?;
        }
        Fate::Returned => {
            let question = Typed::default()
                .with("reason", "Please say how many places the shelter has, and who pays the rent after the project.")
                .with("resubmit_by", add_days(demo.today, 12).to_string());
            applications::return_for_clarification(&later, id, &question).await?;
        }
        Fate::Ineligible | Fate::Eligible => screen(&later, id, fate == Fate::Eligible).await?,
        Fate::Submitted | Fate::Draft => {}
        _ => screen(&demo.at(&officer, written + chrono::TimeDelta::days(20)), id, true).await?,
    }
    Ok(id)
}

async fn screen(officer: &Context, id: ApplicationId, eligible: bool) -> Result<()> {
    let mut typed = Typed::default().with(
        "reasons",
        if eligible {
            "All conditions are met; papers are complete."
        } else {
            "The organisation has been registered for less than three years."
        },
    );
    if !eligible {
        typed.set("told", "The registration certificate is dated less than three years before the deadline.");
    }
    for code in domain::applications::ScreeningCriterion::CODES {
        if eligible || *code != "registered-three-years" {
            typed.push("met", *code);
        }
    }
    applications::screen(officer, id, &typed).await?;
    Ok(())
}

async fn upload(signatory: &Context, id: ApplicationId, data: &Organisation) -> Result<()> {
    for kind in DocumentKind::ALL.iter().filter(|kind| kind.required()) {
        let content = pdf(&format!("{} - {}", data.name, kind.code()));
        documents::upload(signatory, id, kind.code(), &format!("{}.pdf", kind.code()), content).await?;
    }
    Ok(())
}

/// The smallest PDF with one line of text.
fn pdf(text: &str) -> Vec<u8> {
    let plain: String = text.chars().filter(|letter| letter.is_ascii() && !"()\\".contains(*letter)).collect();
    let stream = format!("BT /F1 18 Tf 60 760 Td ({plain}) Tj ET");
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>".to_owned(),
        format!("<< /Length {} >>\nstream\n{stream}\nendstream", stream.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned(),
    ];
    let mut file = String::from("%PDF-1.4\n");
    let mut offsets = Vec::new();
    for (position, object) in objects.iter().enumerate() {
        offsets.push(file.len());
        file.push_str(&format!("{} 0 obj\n{object}\nendobj\n", position + 1));
    }
    let start = file.len();
    file.push_str(&format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1));
    for offset in offsets {
        file.push_str(&format!("{offset:010} 00000 n \n"));
    }
    file.push_str(&format!("trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n", objects.len() + 1));
    file.into_bytes()
}

pub(super) type Entered = (ApplicationId, usize, usize, Fate);

/// Reviews, the Board's session and the executive director's decisions of a closed call.
async fn decide(
    demo: &Demo,
    people: &People,
    past: &mut Past,
    call: CallId,
    closes: NaiveDate,
    entered: &[Entered],
) -> Result<()> {
    let reviewed = |fate: Fate| !matches!(fate, Fate::Ineligible | Fate::InReview);
    for (id, _, number, fate) in entered {
        if *fate != Fate::Ineligible && *fate != Fate::BeforeBoard {
            review(demo, people, *id, *number, *fate, closes).await?;
        }
    }
    let before = |fate: Fate| reviewed(fate) && fate != Fate::BeforeBoard;
    let items: Vec<&Entered> = entered.iter().filter(|(_, _, _, fate)| before(*fate)).collect();
    let met = add_days(closes, 70);
    past.until(demo, people, met).await?;
    sessions::session(demo, people, call, met, "Annual session of the Board of Trustees", &items).await?;
    let day = add_days(closes, 85);
    past.until(demo, people, day).await?;
    for (id, organisation, number, fate) in &items {
        if *fate == Fate::Awarded {
            let director = demo.at(&people.one(Role::ExecutiveDirector), day);
            let decision =
                Typed::default().with("note", "As recommended.").with("command_id", command(format!("award-{number}")));
            let grant = board::approve(&director, *id, &decision).await?;
            past.add(Award { grant, organisation: *organisation, number: *number, day });
        }
    }
    let waiting: Vec<&Entered> = entered.iter().filter(|(_, _, _, fate)| *fate == Fate::BeforeBoard).collect();
    if !waiting.is_empty() {
        for (id, _, number, fate) in &waiting {
            review(demo, people, *id, *number, *fate, demo.ago(60)).await?;
        }
        sessions::under_way(demo, people, call).await?;
    }
    Ok(())
}

async fn review(
    demo: &Demo,
    people: &People,
    id: ApplicationId,
    number: usize,
    fate: Fate,
    closes: NaiveDate,
) -> Result<()> {
    let reviewers = people.all(Role::TechnicalReviewer);
    let officer = demo.at(&people.one(Role::ProgrammeOfficer), add_days(closes, 20));
    for turn in 0..2 {
        let reviewer = &reviewers[(number + turn) % reviewers.len()];
        let assignment =
            Typed::default().with("reviewer", reviewer.user.map(|user| user.to_string()).unwrap_or_default());
        let review = reviews::assign(&officer, id, &assignment).await?;
        let context = demo.at(reviewer, add_days(closes, 30));
        if fate == Fate::InReview && turn == 1 {
            continue;
        }
        reviews::declare(&context, review, &Typed::default().with("conflict", "none")).await?;
        let mut typed = Typed::default()
            .with("overall", texts::review_overall(fate != Fate::Rejected, number + turn * 2))
            .with("recommendation", if fate == Fate::Rejected { "do-not-recommend" } else { "recommend" });
        for (row, criterion) in domain::reviews::default_criteria().iter().enumerate() {
            let missing = i64::try_from((number * 3 + row + turn) % 5).unwrap_or(0);
            let score = if fate == Fate::Rejected {
                criterion.weight * 5 / 10
            } else {
                (criterion.weight - missing).max(criterion.weight * 7 / 10)
            };
            typed.set(&format!("scores.{row}.criterion"), criterion.code.code());
            typed.set(&format!("scores.{row}.score"), score.to_string());
            typed.set(
                &format!("scores.{row}.comment"),
                texts::review_comment(fate != Fate::Rejected, number + turn * 2, row),
            );
        }
        reviews::submit(&context, review, &typed).await?;
    }
    Ok(())
}
