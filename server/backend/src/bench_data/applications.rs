//! Applications in every state, with sections, frozen revisions, documents, screening and reviews.

use chrono::{DateTime, TimeDelta, Utc};
use domain::applications::{
    ApplicationState as State, DECLARATION_VERSION, DocumentKind, ScreeningCriterion, Section, Sections, read_budget,
};
use domain::help::Theme;
use domain::time::add_days;

use super::people::{OFFICER, OPEN_CALL, PAST_CALLS, SIGNATORY, code, country};
use super::reviews::{mean, reviews, write_items, write_sessions};
use super::sections::{Gist, PARAGRAPH};
use super::{APPLICATIONS_EACH, Bulk};
use crate::applications::entity::{application, application_revision, application_section, document, screening};
use crate::applications::search;
use crate::audit::Kind;
use crate::error::Result;
use crate::reviews::entity::review;

/// The states of an organisation's applications, in the order of their numbers.
pub(super) const STATES: [State; 20] = [
    State::Awarded,
    State::Awarded,
    State::Draft,
    State::Draft,
    State::Draft,
    State::Submitted,
    State::Submitted,
    State::Returned,
    State::Eligible,
    State::Ineligible,
    State::InReview,
    State::InReview,
    State::Reviewed,
    State::Recommended,
    State::Reserved,
    State::Rejected,
    State::Rejected,
    State::Rejected,
    State::Rejected,
    State::Withdrawn,
];
/// A real call has some hundreds: more data is more calls.
const APPLICATIONS_OF_A_CALL: usize = 300;
/// Applications held in memory at a time; ten kilobytes each.
const BATCH: usize = 500;

/// The identifier of the first application in a state.
pub(super) fn first(state: State) -> i64 {
    (1..).zip(STATES).find(|(_, known)| *known == state).map_or(0, |(id, _)| id)
}

/// An application as seeded: its row and what was typed.
pub(super) struct Written {
    pub row: application::Model,
    pub sections: Sections,
}

/// The application of a number from 0.
pub(super) fn application(number: usize, now: DateTime<Utc>) -> Written {
    let whole = |number: usize| i64::try_from(number).unwrap_or(0);
    let state = STATES[number % STATES.len()];
    let organisation = number / APPLICATIONS_EACH;
    let call_id = match (number / APPLICATIONS_OF_A_CALL, state) {
        (0, State::Draft | State::Submitted | State::Returned | State::Withdrawn) => OPEN_CALL,
        (0, State::Awarded | State::Rejected) => PAST_CALLS[number % 2],
        (0, _) => PAST_CALLS[1],
        (older, _) => OPEN_CALL + whole(older),
    };
    let gist = Gist {
        number,
        theme: code(Theme::CODES, number),
        country: country(organisation).code,
        months: [12, 18, 24][number % 3],
        start: add_days(domain::time::vienna_date(now), 120),
    };
    let sections = gist.sections();
    let requested = sections.get(&Section::Budget).map_or(0, |budget| read_budget(budget).requested().minor);
    let updated_at = now - TimeDelta::minutes(7 * whole(number));
    let reviewed =
        matches!(state, State::Awarded | State::Rejected | State::Reviewed | State::Recommended | State::Reserved);
    let row = application::Model {
        id: whole(number) + 1,
        search: search::text(
            &format!("A-{:06}", number + 1),
            &gist.title(),
            &super::people::organisation_name(whole(organisation) + 1),
        ),
        number: format!("A-{:06}", number + 1),
        call_id,
        organisation_id: whole(organisation) + 1,
        state: state.code().to_owned(),
        title: gist.title(),
        theme: gist.theme.to_owned(),
        country: gist.country.to_owned(),
        duration_months: gist.months,
        requested_usd_minor: requested,
        revision: i64::from(state != State::Draft),
        clarification: if state == State::Returned { PARAGRAPH.to_owned() } else { String::new() },
        clarification_due: (state == State::Returned).then(|| now + TimeDelta::days(14)),
        mean_score_hundredths: reviewed.then(|| mean(whole(number) + 1)),
        submitted_at: (state != State::Draft).then_some(updated_at),
        updated_at,
        created_by: Some(SIGNATORY),
        created_at: updated_at,
    };
    Written { row, sections }
}

/// The number of the last call when there are so many applications.
pub(super) fn last_call(applications: usize) -> i64 {
    OPEN_CALL + i64::try_from(applications.saturating_sub(1) / APPLICATIONS_OF_A_CALL).unwrap_or(0)
}

/// Writes them with what the Board did about them, and gives how many were submitted, and the session under way.
pub(super) async fn write(bulk: &mut Bulk<'_>, applications: usize) -> Result<(u64, i64)> {
    let session = write_sessions(bulk, last_call(applications)).await?;
    let now = bulk.context.now;
    let mut submitted = 0;
    for start in (0..applications).step_by(BATCH) {
        let batch: Vec<Written> =
            (start..applications.min(start + BATCH)).map(|number| application(number, now)).collect();
        bulk.insert::<application::Entity>(batch.iter().map(|written| written.row.clone()).collect()).await?;
        let mut sections = Vec::new();
        for written in &batch {
            for (position, (section, typed)) in (1..).zip(&written.sections) {
                sections.push(application_section::Model {
                    id: written.row.id * 10 + position,
                    application_id: written.row.id,
                    section: section.code().to_owned(),
                    typed: serde_json::to_string(typed)?,
                    version: 1,
                    updated_by: Some(SIGNATORY),
                    updated_by_name: "Person".to_owned(),
                    updated_at: written.row.updated_at,
                });
            }
        }
        bulk.insert::<application_section::Entity>(sections).await?;
        let sent: Vec<&Written> = batch.iter().filter(|written| written.row.revision > 0).collect();
        submitted += u64::try_from(sent.len()).unwrap_or(0);
        bulk.insert::<application_revision::Entity>(
            sent.iter().map(|written| revision(written)).collect::<Result<_>>()?,
        )
        .await?;
        bulk.insert::<document::Entity>(sent.iter().flat_map(|written| documents(&written.row)).collect()).await?;
        let judged = |state: &str| {
            State::from_code(state)
                .is_some_and(|state| !matches!(state, State::Submitted | State::Returned | State::Withdrawn))
        };
        let judged: Vec<&application::Model> =
            sent.iter().map(|written| &written.row).filter(|row| judged(&row.state)).collect();
        bulk.insert::<screening::Entity>(judged.iter().map(|row| screened(row)).collect::<Result<_>>()?).await?;
        let reviewed =
            judged.iter().filter(|row| row.state == State::InReview.code() || row.mean_score_hundredths.is_some());
        let reviews: Vec<Vec<review::Model>> = reviewed.map(|row| reviews(row)).collect::<Result<_>>()?;
        bulk.insert::<review::Entity>(reviews.into_iter().flatten().collect()).await?;
        write_items(bulk, session, &judged).await?;
        write_trail(bulk, &batch, &judged).await?;
        bulk.commit().await?;
    }
    Ok((submitted, session))
}

/// What the trail says: created, and where that happened, submitted and screened.
async fn write_trail(bulk: &mut Bulk<'_>, batch: &[Written], judged: &[&application::Model]) -> Result<()> {
    let mut acts = Vec::new();
    for Written { row, .. } in batch {
        acts.push(("audit-application-created", row, SIGNATORY));
        if row.revision > 0 {
            acts.push(("audit-application-submit", row, SIGNATORY));
        }
    }
    acts.extend(judged.iter().map(|row| match row.state == State::Ineligible.code() {
        true => ("audit-application-find-ineligible", *row, OFFICER),
        false => ("audit-application-find-eligible", *row, OFFICER),
    }));
    let mut rows = Vec::new();
    for (action, row, person) in acts {
        rows.push((action, row.id, person, row.updated_at, Some(serde_json::to_string(row)?)));
    }
    bulk.trail(Kind::Application, rows).await
}

/// The frozen text, in the form in which a submission stores it.
fn revision(written: &Written) -> Result<application_revision::Model> {
    let row = &written.row;
    let content = serde_json::json!({
        "organisation": super::people::organisation_name(row.organisation_id),
        "sections": written.sections,
        "documents": [],
        "declared": domain::applications::DECLARATIONS,
    });
    Ok(application_revision::Model {
        id: row.id,
        application_id: row.id,
        number: 1,
        content: serde_json::to_string(&content)?,
        declaration_version: DECLARATION_VERSION.to_owned(),
        declared_by: Some(SIGNATORY),
        declared_name: "Person".to_owned(),
        submitted_at: row.updated_at,
    })
}

/// The rows of the required documents; their files are not there, as no page under measurement opens one.
fn documents(row: &application::Model) -> Vec<document::Model> {
    let required = DocumentKind::ALL.iter().filter(|kind| kind.required());
    (1..)
        .zip(required)
        .map(|(position, kind)| document::Model {
            id: row.id * 10 + position,
            organisation_id: row.organisation_id,
            application_id: Some(row.id),
            kind: kind.code().to_owned(),
            file_name: format!("{kind}.pdf"),
            media_type: "application/pdf".to_owned(),
            size: 120_000,
            sha256: crate::token::hash(&format!("{}-{kind}", row.id)),
            uploaded_by: Some(SIGNATORY),
            uploaded_at: row.updated_at,
            removed_at: None,
        })
        .collect()
}

fn screened(row: &application::Model) -> Result<screening::Model> {
    Ok(screening::Model {
        id: row.id,
        application_id: row.id,
        checklist: serde_json::to_string(ScreeningCriterion::CODES)?,
        eligible: row.state != State::Ineligible.code(),
        reason: "Checked against the call".to_owned(),
        told: String::new(),
        screened_by: Some(OFFICER),
        screened_by_name: "Person".to_owned(),
        screened_at: row.updated_at,
    })
}
