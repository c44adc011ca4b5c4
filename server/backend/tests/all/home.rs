//! What waits for each role: the numbers on the home page are those of the lists that they lead to.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;

use crate::support::grants::{Case, awarded, commanded, on};
use crate::support::{World, decide, later, noon, on_both};
use backend::home::{self, Waiting};
use backend::page::PageRequest;
use backend::{
    Context, applications, board, contributions, disbursements, donors, grants, mail, organisations, reports, users,
};
use domain::amendments::AmendmentKind;
use domain::forms::Typed;
use domain::ids::{DonorId, IndicatorId};
use domain::roles::Role;

/// The total of the list that a path leads to, as the same person sees it; none for pages that are no list.
async fn listed(context: &Context, path: &str) -> Option<u64> {
    let (list, filter) = path.split_once("?filter=").unwrap_or((path, ""));
    let request = PageRequest { filter: filter.to_owned(), ..PageRequest::default() };
    Some(match list {
        "/applications" => applications::queries::list(context, &request).await.unwrap().total,
        "/board" if !filter.is_empty() => board::queries::sessions(context, &request).await.unwrap().total,
        "/board/decisions" => board::waiting(context, &request).await.unwrap().total,
        "/contributions" => contributions::queries::list(context, &request).await.unwrap().total,
        "/disbursements" => disbursements::queries::list(context, &request).await.unwrap().total,
        "/donors" => donors::queries::list(context, &request).await.unwrap().total,
        "/grants" => grants::queries::list(context, &request).await.unwrap().total,
        "/grants/amendments" => grants::amendments::queries::list(context, &request).await.unwrap().total,
        "/grants/recoveries" => grants::recoveries::queries::list(context, &request).await.unwrap().total,
        "/mail" => mail::list(context, &request).await.unwrap().total,
        "/organisations" => organisations::queries::list(context, &request).await.unwrap().total,
        "/users/invitations" => users::invitations(context, &request).await.unwrap().total,
        "/reports" => reports::queries::list(context, &request).await.unwrap().total,
        _ => return None,
    })
}

/// What waits, by key; each number is compared with the list behind it.
async fn compared(context: &Context, waits: Vec<Waiting>) -> BTreeMap<&'static str, u64> {
    for wait in &waits {
        if let Some(total) = listed(context, &wait.path).await {
            assert_eq!(wait.count, total, "{} leads to {}", wait.key, wait.path);
        }
    }
    waits.into_iter().map(|wait| (wait.key, wait.count)).collect()
}

async fn waits(context: &Context) -> BTreeMap<&'static str, u64> {
    compared(context, home::waits(context).await.unwrap()).await
}

/// A reviewer's row of an application.
async fn reviewed_by(world: &World, application: impl std::fmt::Display, state: &str) {
    let reviewer = world.staff(Role::TechnicalReviewer).await.actor.user.unwrap();
    world
        .sql(&format!(
            "INSERT INTO reviews (application_id, reviewer_id, state, conflict_reason, typed, assigned_at) \
             VALUES ({application}, {reviewer}, '{state}', '', '{{}}', '{}')",
            decide::TIME
        ))
        .await;
}

/// Applications of a closed call at every stage that waits for somebody. The organisation is not vetted.
async fn applications_everywhere(world: &World, officer: &Context) {
    let call = decide::call(world).await;
    let organisation = decide::organisation(world, "in-progress").await;
    let application = async |state: &str| decide::application(world, call, organisation, state, 2_500_000).await;
    for state in ["draft", "submitted", "eligible", "eligible", "rejected"] {
        application(state).await;
    }
    // With nobody, with one, with one and one who has a conflict of interest, and with two.
    for reviewers in [&[][..], &["assigned"], &["submitted", "conflict"], &["assigned", "in-progress"]] {
        let id = application("in-review").await;
        for state in reviewers {
            reviewed_by(world, id, state).await;
        }
    }
    // Two on the agenda of a session, and one that came later.
    for _ in 0..2 {
        decide::reviewed(world, call, organisation, 2_500_000, 80).await;
    }
    let session = Typed::default().with("call", call.to_string()).with("title", "June");
    board::create(officer, &session.with("date", "2026-06-10")).await.unwrap();
    decide::reviewed(world, call, organisation, 2_500_000, 80).await;
    for due in ["2026-05-31T21:59:59", "2026-06-30T21:59:59"] {
        let id = application("returned").await;
        world.sql(&format!("UPDATE applications SET clarification_due = '{due}+00:00' WHERE id = {id}")).await;
    }
}

#[tokio::test]
async fn what_waits_for_a_programme_officer_is_what_the_lists_hold() {
    on_both(|world| async move {
        let case = awarded(world).await.active().await;
        applications_everywhere(&case.world, &case.officer).await;
        decide::organisation(&case.world, "not-vetted").await;
        decide::organisation(&case.world, "refused").await;
        let found = waits(&case.officer).await;
        let expected = [
            ("waits-unanswered", 1),
            ("waits-screening", 1),
            ("waits-reviewers", 2),
            ("waits-more-reviewers", 3),
            ("waits-sessions", 1),
            ("waits-instalments", 1),
            ("waits-indicators", 1),
            ("waits-vetting", 2),
        ];
        assert_eq!(found, BTreeMap::from(expected));
        let indicator = case.world.number("SELECT id AS value FROM grant_indicators").await;
        let counted = Typed::default().with("counted", "other");
        grants::confirm_indicator(&case.officer, case.grant, IndicatorId(indicator), &counted).await.unwrap();
        assert!(!waits(&case.officer).await.contains_key("waits-indicators"));
        case.world.sql("UPDATE board_sessions SET state = 'closed'").await;
        assert_eq!(waits(&case.officer).await.get("waits-unreleased"), Some(&1));
    })
    .await;
}

#[tokio::test]
async fn what_is_on_hold_waits_for_nobody_else() {
    on_both(|world| async move {
        let case = awarded(world).await.active().await;
        let id = case.request(1, noon()).await.unwrap();
        assert_eq!(waits(&case.certifier).await, BTreeMap::from([("waits-certify", 1)]));
        assert!(!waits(&case.officer).await.contains_key("waits-instalments"));
        disbursements::hold(&case.approver, id, &commanded().with("reason", "The bank calls back")).await.unwrap();
        assert_eq!(waits(&case.certifier).await, BTreeMap::new());
        let all = PageRequest { filter: "requested".to_owned(), ..PageRequest::default() };
        assert_eq!(disbursements::queries::list(&case.certifier, &all).await.unwrap().total, 1);
        assert_eq!(listed(&case.certifier, "/disbursements?filter=to-certify").await, Some(0));
        case.world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn an_organisation_is_shown_only_what_it_can_still_do() {
    on_both(|world| async move {
        let case = awarded(world).await.active().await;
        let (closed, organisation) = (decide::call(&case.world).await, case.organisation);
        let open = decide::call(&case.world).await;
        case.world.sql(&format!("UPDATE calls SET closes_at = '2026-06-01T12:00:00+00:00' WHERE id = {open}")).await;
        for call in [closed, open] {
            decide::application(&case.world, call, organisation, "draft", 1).await;
        }
        for due in ["2026-06-01T11:59:59", "2026-06-01T12:00:00", "2026-07-01T12:00:00"] {
            let id = decide::application(&case.world, closed, organisation, "returned", 1).await;
            let sql = format!("UPDATE applications SET clarification_due = '{due}+00:00' WHERE id = {id}");
            case.world.sql(&sql).await;
        }
        let found = waits(&case.signatory).await;
        assert_eq!(found, BTreeMap::from([("waits-returned", 2), ("waits-drafts", 1)]));
        // The reports of the grant: within 30 days, and then late.
        let found = waits(&later(&case.signatory, on("2026-12-15"))).await;
        assert_eq!(found, BTreeMap::from([("waits-own-reports", 1)]));
        let found = waits(&later(&case.editor, on("2026-12-31"))).await;
        assert_eq!(found, BTreeMap::from([("waits-own-late-reports", 1)]));
    })
    .await;
}

/// Whether an instalment of the grant can be requested: as the list says, which must be what the grant's page says.
async fn is_due(case: &Case, day: &str) -> bool {
    let officer = later(&case.officer, on(day));
    let listed = listed(&officer, &format!("/grants?filter={}", grants::INSTALMENT_DUE)).await == Some(1);
    let view = grants::queries::get(&officer, case.grant).await.unwrap();
    assert_eq!(listed, view.instalments.iter().any(|instalment| instalment.obstacle.is_none()), "{day}: {view:#?}");
    listed
}

async fn waive(case: &Case, number: i64, condition: &str) {
    let instalment = case.instalment(number).await;
    let sql = format!(
        "INSERT INTO condition_waivers (instalment_id, condition, reason, waived_by_name, waived_at, after_step) \
         VALUES ({instalment}, '{condition}', 'Because', 'Test', '2026-06-01 12:00:00+00:00', \
         (SELECT COALESCE(MAX(id), 0) FROM disbursement_steps))"
    );
    case.world.sql(&sql).await;
}

#[tokio::test]
async fn the_list_of_instalments_that_can_be_requested_knows_every_condition() {
    on_both(|world| async move {
        let case = awarded(world).await;
        assert!(!is_due(&case, "2026-06-01").await, "not countersigned");
        let case = case.active().await;
        assert!(is_due(&case, "2026-06-01").await);
        for (breach, mend) in [
            ("UPDATE bank_details SET verified_at = NULL", "UPDATE bank_details SET verified_at = updated_at"),
            ("UPDATE organisations SET vetting_status = 'refused'", "UPDATE organisations SET vetting_status = 'vetted'"),
            ("UPDATE grants SET state = 'suspended'", "UPDATE grants SET state = 'active'"),
        ] {
            case.world.sql(breach).await;
            assert!(!is_due(&case, "2026-06-01").await, "{breach}");
            case.world.sql(mend).await;
            assert!(is_due(&case, "2026-06-01").await, "{mend}");
        }
        let condition =
            format!("INSERT INTO award_conditions (grant_id, position, wording) VALUES ({}, 1, 'A policy')", case.grant);
        case.world.sql(&condition).await;
        assert!(!is_due(&case, "2026-06-01").await, "a condition of the Board is open");
        case.world.sql("UPDATE award_conditions SET met_at = '2026-06-01 12:00:00+00:00'").await;
        assert!(is_due(&case, "2026-06-01").await);
        case.world.sql("UPDATE organisations SET vetting_valid_until = '2026-06-01'").await;
        assert!(is_due(&case, "2026-06-01").await && !is_due(&case, "2026-06-02").await);
        waive(&case, 1, "vetted").await;
        assert!(is_due(&case, "2026-06-02").await);
        case.world.sql("UPDATE organisations SET vetting_status = 'refused'").await;
        assert!(!is_due(&case, "2026-06-02").await, "a refused vetting is not waived");
        let well = "UPDATE organisations SET vetting_status = 'vetted', vetting_valid_until = '2028-12-31'";
        case.world.sql(well).await;
        assert!(is_due(&case, "2026-12-30").await && !is_due(&case, "2026-12-31").await, "the report is late");
        waive(&case, 1, "no-late-report").await;
        assert!(is_due(&case, "2026-12-31").await);
        let debt = format!(
            "INSERT INTO recoveries (number, grant_id, organisation_id, usd_minor, received_usd_minor, written_off_usd_minor, due, state, created_at) \
             VALUES ('R-1', {}, {}, 500, 0, 0, '2026-07-01', 'open', '2026-06-01 12:00:00+00:00')",
            case.grant, case.organisation
        );
        case.world.sql(&debt).await;
        assert!(!is_due(&case, "2026-06-01").await, "money is to be paid back");
        waive(&case, 1, "no-open-recovery").await;
        assert!(is_due(&case, "2026-06-01").await);
        case.world.sql("DELETE FROM recoveries").await;

        let first = case.request(1, noon()).await.unwrap();
        assert!(!is_due(&case, "2026-06-01").await, "requested already");
        case.pay(first, noon()).await;
        assert!(!is_due(&case, "2026-06-02").await, "the second waits for a report");
        // Of 25,000.00 less than 70 per cent were spent.
        case.reported(1, [1_000_000, 749_999, 0], on("2026-12-10")).await;
        assert!(!is_due(&case, "2026-12-11").await);
        case.world.sql("UPDATE reports SET spent_usd_minor = spent_usd_minor + 2 WHERE number = 1").await;
        assert!(is_due(&case, "2026-12-11").await);
        case.world.sql("UPDATE reports SET spent_usd_minor = spent_usd_minor - 2 WHERE number = 1").await;
        waive(&case, 2, "previous-spent").await;
        assert!(is_due(&case, "2026-12-11").await);
        case.world.sql("UPDATE reports SET state = 'submitted' WHERE number = 1").await;
        assert!(!is_due(&case, "2026-12-11").await);
        waive(&case, 2, "report-accepted").await;
        assert!(is_due(&case, "2026-12-11").await);
        let second = case.request(2, on("2026-12-11")).await.unwrap();
        let certifier = later(&case.certifier, on("2026-12-11"));
        disbursements::reject(&certifier, second, &commanded().with("reason", "Too early")).await.unwrap();
        assert!(!is_due(&case, "2026-12-11").await, "the waivers ended with the payment that they were given for");
        waive(&case, 2, "report-accepted").await;
        waive(&case, 2, "previous-spent").await;
        assert!(is_due(&case, "2026-12-11").await);
        // What is left of the commitment, to the cent.
        let left = case.balance("9000").await;
        let instalment = |minor: i64| format!("UPDATE instalments SET usd_minor = {minor} WHERE number = 2");
        case.world.sql(&instalment(left)).await;
        assert!(is_due(&case, "2026-12-11").await);
        case.world.sql(&instalment(left + 1)).await;
        assert!(!is_due(&case, "2026-12-11").await, "beyond the commitment");
    })
    .await;
}

#[tokio::test]
async fn amendments_that_wait_are_counted_as_their_lists_show_them() {
    on_both(|world| async move {
        let case = awarded(world).await.active().await;
        let propose = async |kind, form: Typed| {
            grants::amendments::propose(&case.officer, case.grant, kind, &form).await.unwrap()
        };
        let decrease = || commanded().with("reason", "Prices fell").with("amount", "1.00");
        let id = propose(AmendmentKind::Decrease, decrease()).await;
        assert_eq!(waits(&case.director).await, BTreeMap::new());
        assert_eq!(waits(&case.signatory).await, BTreeMap::from([("waits-own-amendments", 1)]));
        let signature = Typed::default().with("accept", "yes").with("full_name", "Maya Rai");
        grants::amendments::countersign(&case.signatory, id, &signature).await.unwrap();
        assert_eq!(waits(&case.director).await, BTreeMap::from([("waits-amendments", 1)]));
        assert_eq!(waits(&case.signatory).await, BTreeMap::new());
        let decision = commanded().with("note", "As discussed");
        grants::amendments::approve(&case.director, id, &decision).await.unwrap();
        assert_eq!(waits(&case.director).await, BTreeMap::new(), "the list holds one in force");
        // The Fund's own decision waits for nobody's signature.
        propose(AmendmentKind::Suspension, commanded().with("reason", "An inquiry")).await;
        assert_eq!(waits(&case.director).await, BTreeMap::from([("waits-amendments", 1)]));
        assert_eq!(waits(&case.signatory).await, BTreeMap::new());
        case.world.assert_books().await;
    })
    .await;
}

/// Pledges of 300.00 in three instalments, two of which are past, with every mixture of what came in and what was
/// written down.
async fn pledges(world: &World, donor: i64) {
    for received in [0, 5_000, 10_000, 15_000, 20_000, 25_000, 30_000] {
        for written in [0, 5_000, 10_000, 20_000, 25_000, 30_000] {
            if received + written > 30_000 {
                continue;
            }
            let name = format!("{donor}-{received}-{written}");
            let pledge = world
                .insert(&format!(
                    "INSERT INTO pledges (donor_id, currency, amount_minor, usd_minor, rate, instrument, date, earmark, \
                     psc_basis_points, note, written_down_minor, command_id, created_at) VALUES ({donor}, 'USD', 30000, 30000, '1', \
                     'agreement', '2026-01-05', 'none', 1300, '', {written}, 'p-{name}', '{}')",
                    decide::TIME
                ))
                .await;
            for due in ["2026-04-01", "2026-05-31", "2026-06-01"] {
                let sql = "INSERT INTO pledge_instalments (pledge_id, due, amount_minor)";
                world.sql(&format!("{sql} VALUES ({pledge}, '{due}', 10000)")).await;
            }
            let sql = "INSERT INTO pledge_instalments (pledge_id, due, amount_minor, withdrawn_at)";
            world.sql(&format!("{sql} VALUES ({pledge}, '2026-03-01', 30000, '{}')", decide::TIME)).await;
            if received > 0 {
                world
                    .sql(&format!(
                        "INSERT INTO receipts (pledge_id, currency, amount_minor, date, booked_on, bank_reference, rate, usd_minor, \
                         credited_minor, settled_minor, settled_usd_minor, psc_usd_minor, command_id, created_at) VALUES ({pledge}, 'USD', \
                         {received}, '2026-02-01', '2026-02-01', 'B-{name}', '1', {received}, {received}, {received}, {received}, 0, \
                         'r-{name}', '{}')",
                        decide::TIME
                    ))
                    .await;
            }
        }
    }
}

#[tokio::test]
async fn overdue_pledges_and_recoveries_are_counted_as_their_lists_show_them() {
    on_both(|world| async move {
        let case = awarded(world).await.active().await;
        let donors = ["Chile", "Fiji"].map(|name| {
            format!(
                "INSERT INTO donors (name, kind, contact_name, contact_email, contact_phone, language, created_at) \
                 VALUES ('{name}', 'member-state', 'K', 'k@example.org', '', 'en', '{}')",
                decide::TIME
            )
        });
        let (chile, fiji) = (case.world.insert(&donors[0]).await, case.world.insert(&donors[1]).await);
        pledges(&case.world, chile).await;
        pledges(&case.world, fiji).await;
        let mut expected = Vec::new();
        for page in 1.. {
            let request = PageRequest { page, ..PageRequest::default() };
            let rows = contributions::reminders::list(&case.finance, &request).await.unwrap().rows;
            if rows.is_empty() {
                break;
            }
            expected.extend(rows);
        }
        expected.sort_by_key(|row| row.pledge);
        expected.dedup_by_key(|row| row.pledge);
        assert!(expected.len() > 20, "{}", expected.len());
        let admin = case.world.staff(Role::Administrator).await;
        let found = compared(&admin, home::overdue_lists(&admin).await.unwrap()).await;
        assert_eq!(found, BTreeMap::from([("waits-overdue-pledges", u64::try_from(expected.len()).unwrap())]));
        let request = PageRequest { filter: contributions::OVERDUE.to_owned(), ..PageRequest::default() };
        for row in contributions::queries::list(&admin, &request).await.unwrap().rows {
            assert!(row.standing.overdue.minor > 0, "{row:?}");
        }
        let representative = case.world.person(Role::DonorRepresentative, None, Some(DonorId(chile))).await;
        let own = expected.iter().filter(|row| row.donor_name == "Chile").count();
        let found = waits(&representative).await;
        assert_eq!(found, BTreeMap::from([("waits-own-pledges", u64::try_from(own).unwrap())]));
        // In the next year a report is late, and so is money that was to be paid back.
        for (number, due, state) in [(1, "2026-12-30", "open"), (2, "2026-12-31", "open"), (3, "2026-12-30", "settled")] {
            let grant = other_grant(&case, number).await;
            let sql = format!(
                "INSERT INTO recoveries (number, grant_id, organisation_id, usd_minor, received_usd_minor, written_off_usd_minor, due, state, created_at) \
                 VALUES ('R-{number}', {grant}, {}, 500, 0, 0, '{due}', '{state}', '{}')",
                case.organisation,
                decide::TIME
            );
            case.world.sql(&sql).await;
        }
        let auditor = later(&case.world.staff(Role::Auditor).await, on("2026-12-31"));
        let found = compared(&auditor, home::overdue_lists(&auditor).await.unwrap()).await;
        assert_eq!((found["waits-late-reports"], found["waits-late-recoveries"]), (1, 1));
        let reviewer = case.world.staff(Role::TechnicalReviewer).await;
        assert!(home::overdue_lists(&reviewer).await.is_err());
    })
    .await;
}

/// Another grant of the same organisation; one has at most one recovery.
async fn other_grant(case: &Case, number: i64) -> i64 {
    let call = decide::call(&case.world).await;
    let application = decide::application(&case.world, call, case.organisation, "awarded", 1).await;
    let sql = format!(
        "INSERT INTO grants (number, search, application_id, call_id, organisation_id, title, theme, country, award_usd_minor, state, \
         conditions, months, created_at) VALUES ('G-{number}', '', {application}, {call}, {}, 'T', 'trafficking', 'NP', 1, 'terminated', \
         '', 12, '{}')",
        case.organisation,
        decide::TIME
    );
    case.world.insert(&sql).await
}
