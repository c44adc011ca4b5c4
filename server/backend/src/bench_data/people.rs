//! People with sessions, organisations and calls.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use domain::calls::{CallLimits, CallState};
use domain::countries;
use domain::help::{PriorityGroup, Theme};
use domain::money::LARGEST_MINOR;
use domain::organisations::{OrganisationKind, VettingStatus};
use domain::reviews::default_criteria;
use domain::roles::Role;
use domain::time::add_days;
use domain::users::{Language, SESSION_ABSOLUTE, UserState};

use super::Bulk;
use super::sections::PARAGRAPH;
use crate::calls::entity::{call, call_criterion};
use crate::disbursements::entity::officer_limit;
use crate::error::Result;
use crate::organisations::account::{Account, about_organisation};
use crate::organisations::entity::{bank_details, organisation};
use crate::token;
use crate::users::entity::{session, user};

/// Everybody; a person's identifier is the place in this list, from 1.
const PEOPLE: [Role; 14] = [
    Role::Administrator,
    Role::ProgrammeOfficer,
    Role::OrganisationSignatory,
    Role::DonorRepresentative,
    Role::TechnicalReviewer,
    Role::TechnicalReviewer,
    Role::CertifyingOfficer,
    Role::ApprovingOfficer,
    Role::FinanceOfficer,
    Role::ExecutiveDirector,
    Role::BoardMember,
    Role::BoardMember,
    Role::BoardMember,
    Role::Auditor,
];
pub(super) const OFFICER: i64 = 2;
pub(super) const SIGNATORY: i64 = 3;
/// The two who review what came to the latest calls; each older call has two of its own behind all of [`PEOPLE`].
const REVIEWERS: [i64; 2] = [5, 6];
pub(super) const CERTIFYING: i64 = 7;
pub(super) const APPROVING: i64 = 8;
pub(super) const FINANCE: i64 = 9;
pub(super) const DIRECTOR: i64 = 10;
pub(super) const BOARD: [i64; 3] = [11, 12, 13];
/// The donor whose representative is signed in.
pub(super) const REPRESENTED_DONOR: i64 = 1;

/// The latest calls: two past ones, then the open one. Older ones follow, for as many applications as there are.
pub(super) const PAST_CALLS: [i64; 2] = [1, 2];
pub(super) const OPEN_CALL: i64 = 3;

/// Who reviews the applications of a call.
pub(super) fn reviewers(call: i64) -> [i64; 2] {
    let older = call - OPEN_CALL;
    let people = i64::try_from(PEOPLE.len()).unwrap_or(0);
    if older > 0 { [people + 2 * older - 1, people + 2 * older] } else { REVIEWERS }
}

/// A country for a number, the same each time.
pub(super) fn country(number: usize) -> &'static countries::Country {
    let all = countries::all();
    &all[number * 7 % all.len()]
}

/// The name of an organisation.
pub(super) fn organisation_name(id: i64) -> String {
    format!("Association {id:05} for Recovery")
}

/// The code of a list for a number.
pub(super) fn code<'a>(codes: &[&'a str], number: usize) -> &'a str {
    codes[number % codes.len()]
}

/// Writes them, and gives the tokens of those who are signed in, by role.
pub(super) async fn write(
    bulk: &mut Bulk<'_>,
    (organisations, calls): (usize, i64),
) -> Result<BTreeMap<&'static str, String>> {
    let now = bulk.context.now;
    let others = (OPEN_CALL..calls).flat_map(|_| [Role::TechnicalReviewer; 2]);
    let users = PEOPLE.into_iter().chain(others).zip(1..).map(|(role, id)| user::Model {
        id,
        email: format!("person{id}@example.org"),
        name: format!("Person {id}"),
        search: format!("person {id} person{id}@example.org"),
        password_hash: None,
        role: role.code().to_owned(),
        organisation_id: role.of_organisation().then_some(1),
        donor_id: (role == Role::DonorRepresentative).then_some(REPRESENTED_DONOR),
        language: Language::English.code().to_owned(),
        state: UserState::Active.code().to_owned(),
        demo: false,
        state_before: None,
        created_at: now,
    });
    bulk.insert::<user::Entity>(users.collect()).await?;
    let largest = |user_id| officer_limit::Model { user_id, usd_minor: LARGEST_MINOR, set_at: now };
    bulk.insert::<officer_limit::Entity>([CERTIFYING, APPROVING].map(largest).to_vec()).await?;
    let mut tokens = BTreeMap::new();
    let mut sessions = Vec::new();
    for (role, user_id) in PEOPLE.iter().zip(1..) {
        // The first of each role is signed in.
        if tokens.contains_key(role.code()) {
            continue;
        }
        let token = token::new()?;
        sessions.push(session::Model {
            token_hash: token::hash(&token),
            user_id,
            created_at: now,
            seen_at: now,
            expires_at: now + SESSION_ABSOLUTE,
        });
        tokens.insert(role.code(), token);
    }
    bulk.insert::<session::Entity>(sessions).await?;
    write_organisations(bulk, organisations).await?;
    write_calls(bulk, calls).await?;
    Ok(tokens)
}

/// Organisations with bank details; one in fifty waits to be vetted, and the details of one in forty to be verified.
async fn write_organisations(bulk: &mut Bulk<'_>, organisations: usize) -> Result<()> {
    let now = bulk.context.now;
    let today = bulk.context.today();
    let rows = (0..organisations).zip(1..).map(|(number, id)| organisation::Model {
        id,
        legal_name: organisation_name(id),
        search: crate::page::fold(&format!("{} R-{id:06}", organisation_name(id))),
        country: country(number).code.to_owned(),
        registration_number: format!("R-{id:06}"),
        registration_date: today.checked_sub_days(chrono::Days::new(4000)),
        kind: code(OrganisationKind::CODES, number).to_owned(),
        yearly_income_usd_minor: 25_000_000,
        address: String::new(),
        street: "Harbour Road".to_owned(),
        building_number: id.to_string(),
        post_code: format!("{id:05}"),
        town: "Harbour".to_owned(),
        contact_name: format!("Contact {id}"),
        contact_email: format!("contact{id}@example.org"),
        contact_phone: String::new(),
        other_contacts: "[]".to_owned(),
        experience: PARAGRAPH.to_owned(),
        profile_complete: true,
        vetting_status: if id % 50 == 13 { VettingStatus::NotVetted } else { VettingStatus::Vetted }.code().to_owned(),
        vetting_valid_until: Some(add_days(today, 400)),
        vetting_reason: "Papers complete".to_owned(),
        vetted_by: Some(OFFICER),
        vetted_as: None,
        version: 1,
        created_at: now,
    });
    bulk.insert::<organisation::Entity>(rows.collect()).await?;
    let services = bulk.context.services.clone();
    let mut details = Vec::new();
    for (_, organisation_id) in (0..organisations).zip(1..) {
        let account = Account {
            account_holder: organisation_name(organisation_id),
            holder_latin: String::new(),
            bank_name: "Harbour Bank".to_owned(),
            bank_country: "AT".to_owned(),
            account_number: "AT611904300234573201".to_owned(),
            bic: "BKAUATWW".to_owned(),
            address: None,
        };
        let verified = organisation_id % 40 != 17;
        details.push(bank_details::Model {
            organisation_id,
            sealed: account.seal(&services.bank_keys, &about_organisation(organisation_id))?,
            updated_by: Some(SIGNATORY),
            updated_at: now,
            verified_by: verified.then_some(CERTIFYING),
            verified_at: verified.then_some(now),
            verified_note: if verified { "Asked by telephone".to_owned() } else { String::new() },
        });
    }
    bulk.insert::<bank_details::Entity>(details).await
}

async fn write_calls(bulk: &mut Bulk<'_>, number: i64) -> Result<()> {
    let now = bulk.context.now;
    let limits = CallLimits::default();
    // Days from now to the deadline; each call was open for 90 days or will have been.
    let mut deadlines = vec![
        (PAST_CALLS[0], -600, CallState::Decided),
        (PAST_CALLS[1], -200, CallState::Published),
        (OPEN_CALL, 45, CallState::Published),
    ];
    deadlines.extend((OPEN_CALL + 1..=number).map(|call| (call, -600 - 10 * call, CallState::Published)));
    let calls = deadlines.iter().map(|(id, days, state)| {
        let closes_at = now + TimeDelta::days(*days);
        call::Model {
            id: *id,
            title: format!("Call {id}"),
            search: format!("call {id}"),
            objectives: PARAGRAPH.to_owned(),
            themes: Theme::CODES.join(","),
            priority_groups: PriorityGroup::CODES.join(","),
            regions: String::new(),
            smallest_usd_minor: limits.smallest_award.minor,
            largest_usd_minor: limits.largest_award.minor,
            shortest_months: limits.shortest_months,
            longest_months: limits.longest_months,
            opens_at: closes_at - TimeDelta::days(90),
            closes_at,
            state: state.code().to_owned(),
            version: 1,
            created_by: Some(OFFICER),
            created_at: closes_at - TimeDelta::days(100),
        }
    });
    bulk.insert::<call::Entity>(calls.collect()).await?;
    let mut rows = Vec::new();
    for (call_id, _, _) in deadlines {
        for (position, criterion) in (1..).zip(default_criteria()) {
            rows.push(call_criterion::Model {
                id: call_id * 100 + position,
                call_id,
                position,
                criterion: criterion.code.code().to_owned(),
                weight: criterion.weight,
            });
        }
    }
    bulk.insert::<call_criterion::Entity>(rows).await
}
