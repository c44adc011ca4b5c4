//! What waits for nobody any more, what is late and what is not yet, and what lapses.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;

use crate::support::accounts::mails;
use crate::support::grants::{awarded, on, report_form, signed};
use crate::support::payments::refusal;
use crate::support::room::{Room, ballot};
use crate::support::{World, decide, later, on_both};
use backend::page::PageRequest;
use backend::reviews::queries::mine;
use backend::{Context, applications, board, home, organisations, reports, reviews};
use domain::applications::ApplicationState;
use domain::board::Vote;
use domain::forms::Typed;
use domain::ids::{ApplicationId, OrganisationId};
use domain::roles::Role;

/// What waits, by key: how many, and whether some are late.
async fn waits(context: &Context) -> BTreeMap<&'static str, (u64, bool)> {
    let found = home::waits(context).await.unwrap();
    found.into_iter().map(|one| (one.key, (one.count, one.late))).collect()
}

async fn withdraw(world: &World, application: ApplicationId) {
    let of = format!("SELECT organisation_id FROM applications WHERE id = {application}");
    let organisation = OrganisationId(decide::number(world, &of).await);
    let signatory = world.person(Role::OrganisationSignatory, Some(organisation), None).await;
    applications::withdraw(&signatory, application, &Typed::default()).await.unwrap();
}

#[tokio::test]
async fn a_withdrawn_application_is_no_task_of_its_reviewers_and_takes_no_review() {
    on_both(|world| async move {
        let call = decide::call(&world).await;
        let organisation = decide::organisation(&world, "vetted").await;
        let officer = world.staff(Role::ProgrammeOfficer).await;
        let reviewer = world.staff(Role::TechnicalReviewer).await;
        let mut given = Vec::new();
        for _ in 0..3 {
            let application = decide::application(&world, call, organisation, "eligible", 3_000_000).await;
            let review = reviews::assign(&officer, application, &decide::reviewer(&reviewer)).await.unwrap();
            given.push((application, review));
        }
        let [(first, begun), (_, open), (last, untouched)] = given[..] else { panic!("{given:?}") };
        decide::no_conflict(&reviewer, begun).await;
        assert_eq!(waits(&reviewer).await, BTreeMap::from([("waits-reviews", (3, false))]));
        withdraw(&world, first).await;
        withdraw(&world, last).await;
        assert_eq!(waits(&reviewer).await, BTreeMap::from([("waits-reviews", (1, false))]));
        let rows = mine(&reviewer, &PageRequest::default()).await.unwrap().rows;
        assert_eq!(rows.iter().map(|row| row.id).collect::<Vec<_>>(), [open, begun, untouched]);
        let overtaken: Vec<bool> = rows.iter().map(|row| row.state.is_overtaken(row.application.state)).collect();
        assert_eq!(overtaken, [false, true, true]);
        for (filter, expected) in [("assigned", 1), ("in-progress", 0), ("submitted", 0)] {
            let request = PageRequest { filter: filter.to_owned(), ..PageRequest::default() };
            assert_eq!(mine(&reviewer, &request).await.unwrap().total, expected, "{filter}");
        }
        let handed_in = reviews::submit(&reviewer, begun, &decide::review(80)).await;
        assert_eq!(refusal(handed_in), "refused-review-closed");
        let declared = reviews::declare(&reviewer, untouched, &Typed::default().with("conflict", "none")).await;
        assert_eq!(refusal(declared), "refused-review-closed");
    })
    .await;
}

#[tokio::test]
async fn a_withdrawn_application_asks_the_board_for_no_vote() {
    on_both(|world| async move {
        let room = Room::open(&world, 2, 2_500_000).await;
        let member = &room.members[0];
        let [(withdrawn, item), (_, other)] = room.items[..] else { panic!("{:?}", room.items) };
        assert_eq!(waits(member).await, BTreeMap::from([("waits-votes", (2, false))]));
        withdraw(&world, withdrawn).await;
        assert_eq!(waits(member).await, BTreeMap::from([("waits-votes", (1, false))]));
        board::vote(member, other, &ballot(Vote::Approve)).await.unwrap();
        assert_eq!(waits(member).await, BTreeMap::new());
        assert_eq!(refusal(board::vote(member, item, &ballot(Vote::Approve)).await), "refused-vote-application");
        let shown = board::agenda::item(member, room.session, item).await.unwrap();
        assert_eq!(shown.application.state, ApplicationState::Withdrawn);
    })
    .await;
}

#[tokio::test]
async fn a_returned_application_is_late_once_its_day_has_passed_and_not_before() {
    on_both(|world| async move {
        let call = decide::call(&world).await;
        let organisation = decide::organisation(&world, "vetted").await;
        let application = decide::application(&world, call, organisation, "returned", 1).await;
        let due = "UPDATE applications SET clarification_due = '2026-06-30T21:59:59+00:00' WHERE id =";
        world.sql(&format!("{due} {application}")).await;
        let signatory = world.person(Role::OrganisationSignatory, Some(organisation), None).await;
        let officer = world.staff(Role::ProgrammeOfficer).await;
        assert_eq!(waits(&signatory).await, BTreeMap::from([("waits-returned", (1, false))]));
        assert_eq!(waits(&officer).await, BTreeMap::new());
        let passed = on("2026-07-01");
        assert_eq!(waits(&later(&signatory, passed)).await, BTreeMap::new());
        assert_eq!(waits(&later(&officer, passed)).await, BTreeMap::from([("waits-unanswered", (1, true))]));
    })
    .await;
}

#[tokio::test]
async fn a_returned_report_is_late_two_weeks_after_its_return_at_the_earliest() {
    on_both(|world| async move {
        let case = awarded(world).await.active().await;
        let id = case.report(1).await;
        let returned = async |day: &str| {
            reports::save(&later(&case.editor, on(day)), id, &report_form([100, 0, 0])).await.unwrap();
            reports::submit(&later(&case.signatory, on(day)), id, &signed()).await.unwrap();
            let comments = Typed::default().with("comments", "The staff costs of May are missing.");
            reports::return_to_organisation(&later(&case.officer, on(day)), id, &comments).await.unwrap();
            reports::queries::get(&case.officer, id).await.unwrap().row.due.to_string()
        };
        assert_eq!(returned("2026-12-01").await, "2026-12-30", "there is time enough");
        assert_eq!(returned("2026-12-28").await, "2027-01-11");
        let day = |day: &str| later(&case.signatory, on(day));
        assert_eq!(waits(&day("2027-01-11")).await, BTreeMap::from([("waits-own-reports", (1, false))]));
        assert_eq!(waits(&day("2027-01-12")).await, BTreeMap::from([("waits-own-late-reports", (1, true))]));
        let mail = mails(&case.world).await.into_iter().rev().find(|mail| mail.kind == "report-returned").unwrap();
        assert!(mail.text.contains("2027"), "{}", mail.text);
        assert_eq!(reports::remind(&later(&case.world.system(), on("2027-01-12"))).await.unwrap(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_vetting_that_lapses_is_a_task_of_programme_officers_while_something_is_under_way() {
    on_both(|world| async move {
        let officer = world.staff(Role::ProgrammeOfficer).await;
        let call = decide::call(&world).await;
        let vetted = async |until: &str, state: &str| {
            let organisation = decide::organisation(&world, "vetted").await;
            let sql = format!("UPDATE organisations SET vetting_valid_until = '{until}' WHERE id = {organisation}");
            world.sql(&sql).await;
            (organisation, decide::application(&world, call, organisation, state, 1).await)
        };
        let lapses = async |context: &Context| {
            let request = PageRequest { filter: "vetting-lapses".to_owned(), ..PageRequest::default() };
            let waiting = waits(context).await.get("waits-vetting-lapses").copied();
            let listed = organisations::queries::list(context, &request).await.unwrap().total;
            assert_eq!(waiting.map_or(0, |(count, _)| count), listed);
            waiting
        };
        for state in ["draft", "ineligible", "rejected", "withdrawn", "awarded"] {
            vetted("2026-05-31", state).await;
        }
        vetted("2026-07-02", "submitted").await;
        assert_eq!(lapses(&officer).await, None, "it matters for nothing, or not yet");
        vetted("2026-07-01", "reserved").await;
        vetted("2026-06-01", "in-review").await;
        assert_eq!(lapses(&officer).await, Some((2, false)));
        assert_eq!(lapses(&later(&officer, on("2026-06-02"))).await, Some((3, true)));
        let (organisation, application) = vetted("2026-06-20", "awarded").await;
        world
            .sql(&format!(
                "INSERT INTO grants (number, search, application_id, call_id, organisation_id, title, theme, country, \
                 award_usd_minor, state, conditions, months, created_at) VALUES ('G-1', '', {application}, {call}, \
                 {organisation}, 'T', 'trafficking', 'NP', 1, 'suspended', '', 12, '{}')",
                decide::TIME
            ))
            .await;
        assert_eq!(lapses(&officer).await, Some((3, false)));
        world.sql("UPDATE grants SET state = 'closed'").await;
        assert_eq!(lapses(&officer).await, Some((2, false)));
        let anew =
            Typed::default().with("status", "vetted").with("valid_until", "2027-06-01").with("reason", "Checked");
        let first =
            decide::number(&world, "SELECT id FROM organisations WHERE vetting_valid_until = '2026-06-01'").await;
        organisations::vet(&officer, OrganisationId(first), &anew).await.unwrap();
        assert_eq!(lapses(&officer).await, Some((1, false)));
    })
    .await;
}

#[tokio::test]
async fn drafts_are_counted_by_call_and_what_was_withdrawn_before_it_was_submitted_is_not() {
    on_both(|world| async move {
        let call = decide::call(&world).await;
        let organisation = decide::organisation(&world, "vetted").await;
        for state in ["draft", "draft", "submitted", "withdrawn"] {
            decide::application(&world, call, organisation, state, 1).await;
        }
        let never = decide::application(&world, call, organisation, "draft", 1).await;
        withdraw(&world, never).await;
        let officer = world.staff(Role::ProgrammeOfficer).await;
        let counts = home::pipeline(&officer).await.unwrap().remove(0).counts;
        let expected =
            [(ApplicationState::Draft, 2), (ApplicationState::Submitted, 1), (ApplicationState::Withdrawn, 1)];
        assert_eq!(counts, BTreeMap::from(expected));
    })
    .await;
}
