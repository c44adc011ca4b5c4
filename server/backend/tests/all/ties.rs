//! Ties of members of staff with organisations: what they stop before a grant and after, that they stop nothing once they have ended, and who
//! records them.
#![allow(clippy::unwrap_used)]

use std::fmt::Debug;
use std::future::Future;

use crate::support::applications::eligible;
use crate::support::grants::{Case, account, awarded, because, commanded, on, paid, report_form, signed, verify};
use crate::support::{decide, later, noon, on_both};
use backend::applications::{return_for_clarification, screen};
use backend::disbursements::{approve, candidates, certify, confirm, hold, release, request, resume, waive};
use backend::grants::amendments::{self, countersign, propose};
use backend::grants::recoveries::{receive, write_off};
use backend::grants::{close, offer, take_back, terminate};
use backend::organisations::{bank_details, vet, write_bank_details};
use backend::page::PageRequest;
use backend::reports::{accept, return_to_organisation, save, submit};
use backend::users::{end_tie, record_tie, ties};
use backend::{Context, Error, audit, board, reviews};
use domain::amendments::AmendmentKind;
use domain::board::Vote;
use domain::disbursements::PaymentCondition;
use domain::errors::AppError;
use domain::forms::Typed;
use domain::ids::{ApplicationId, BoardItemId, BoardSessionId, RecoveryId, TieId};
use domain::message::Message;
use domain::roles::Role;

/// The key of the message by which something was refused.
fn refusal<T: Debug>(outcome: Result<T, Error>) -> String {
    match AppError::from(outcome.unwrap_err()) {
        AppError::Refused(message) | AppError::Forbidden(message) => message.key,
        AppError::Invalid(errors) => errors.0[0].message.key.clone(),
        other => format!("{other:?}"),
    }
}

/// Tries something with a tie, which stops it, and once more after the tie has ended.
async fn only_without_tie<T, F>(case: &Case, who: &Context, act: impl Fn() -> F) -> T
where
    T: Debug,
    F: Future<Output = Result<T, Error>>,
{
    let tie = case.tie(who).await;
    assert_eq!(refusal(act().await), "refused-tie");
    case.untie(who, tie).await;
    act().await.unwrap()
}

#[tokio::test]
async fn a_tie_stops_every_step_until_it_has_ended() {
    on_both(|world| async move {
        let case = awarded(world).await;
        let (officer, finance, approver) = (&case.officer, &case.finance, &case.approver);
        let agreement = Typed::default().with("start_date", "2026-06-01").with("months", "12");
        only_without_tie(&case, officer, || offer(officer, case.grant, &agreement)).await;
        let form = Typed::default().with("mistake", "A wrong day");
        only_without_tie(&case, officer, || take_back(officer, case.grant, &form)).await;
        offer(officer, case.grant, &agreement).await.unwrap();
        let signature = Typed::default().with("accept", "yes").with("full_name", "Maya Rai");
        backend::grants::countersign(&case.signatory, case.grant, &signature).await.unwrap();
        // The organisation itself.
        let form =
            Typed::default().with("status", "vetted").with("valid_until", "2026-06-30").with("reason", "Looked at");
        only_without_tie(&case, officer, || vet(officer, case.organisation, &form)).await;
        let written = on("2026-05-20");
        write_bank_details(&later(&case.signatory, written), case.organisation, &account("NP77777")).await.unwrap();
        only_without_tie(&case, finance, || verify(finance, case.organisation, written)).await;
        // A payment.
        case.world.sql("UPDATE organisations SET vetting_valid_until = '2026-05-31'").await;
        let first = case.instalment(1).await;
        let form = Typed::default().with("condition", PaymentCondition::Vetted.code()).with("reason", "Winter");
        only_without_tie(&case, approver, || waive(approver, first, &form)).await;
        let form = commanded();
        let id = only_without_tie(&case, officer, || request(officer, case.grant, first, &form)).await;
        let form = because("A question");
        only_without_tie(&case, &case.certifier, || hold(&case.certifier, id, &form)).await;
        let form = because("Answered");
        only_without_tie(&case, &case.certifier, || resume(&case.certifier, id, &form)).await;
        let form = commanded();
        only_without_tie(&case, &case.certifier, || certify(&case.certifier, id, &form)).await;
        let form = commanded();
        only_without_tie(&case, approver, || approve(approver, id, &form)).await;
        let form = commanded();
        only_without_tie(&case, finance, || release(finance, id, &form)).await;
        let form = paid("2026-06-01");
        only_without_tie(&case, finance, || confirm(finance, id, &form)).await;
        // A report.
        let report = case.report(1).await;
        for returned in [true, false] {
            save(&case.editor, report, &report_form([1_000_000, 0, 0])).await.unwrap();
            submit(&case.signatory, report, &signed()).await.unwrap();
            if returned {
                let form = Typed::default().with("comments", "The figures do not add up");
                only_without_tie(&case, officer, || return_to_organisation(officer, report, &form)).await;
            } else {
                let form = Typed::default();
                only_without_tie(&case, officer, || accept(officer, report, &form)).await;
            }
        }
        decided_by_the_director(&case).await;
        case.world.assert_books().await;
    })
    .await;
}

/// Amendments, the end of the grant, and what is written off.
async fn decided_by_the_director(case: &Case) {
    let (officer, director) = (&case.officer, &case.director);
    let decision = || commanded().with("note", "As discussed");
    for refused in [true, false] {
        let form = because("Prices fell").with("amount", "1.00");
        let id = only_without_tie(case, officer, || propose(officer, case.grant, AmendmentKind::Decrease, &form)).await;
        let signature = Typed::default().with("accept", "yes").with("full_name", "Maya Rai");
        countersign(&case.signatory, id, &signature).await.unwrap();
        let form = decision();
        if refused {
            only_without_tie(case, director, || amendments::refuse(director, id, &form)).await;
        } else {
            only_without_tie(case, director, || amendments::approve(director, id, &form)).await;
        }
    }
    let tie = case.tie(officer).await;
    assert_eq!(refusal(close(officer, case.grant, &commanded()).await), "refused-tie");
    case.untie(officer, tie).await;
    let form = because("The office was closed");
    only_without_tie(case, director, || terminate(director, case.grant, &form)).await;
    let recovery = RecoveryId(case.world.number("SELECT id AS value FROM recoveries").await);
    let form = commanded().with("amount", "1.00").with("date", "2026-06-01").with("bank_reference", "BACK-1");
    only_without_tie(case, &case.finance, || receive(&case.finance, recovery, &form)).await;
    let form = because("Nothing is left").with("amount", "1.00");
    only_without_tie(case, director, || write_off(director, recovery, &form)).await;
}

/// An application of the organisation of a case, in the state that lets somebody act on it.
async fn application(case: &Case, state: &str) -> ApplicationId {
    let call = decide::call(&case.world).await;
    decide::application(&case.world, call, case.organisation, state, 3_000_000).await
}

#[tokio::test]
async fn a_tie_stops_every_step_before_the_grant_until_it_has_ended() {
    on_both(|world| async move {
        let case = awarded(world).await;
        let officer = &case.officer;
        case.world.sql("UPDATE organisations SET registration_date = '2010-01-01'").await;
        let id = application(&case, "submitted").await;
        let form = Typed::default().with("resubmit_by", "2026-06-20").with("reason", "Which budget?");
        only_without_tie(&case, officer, || return_for_clarification(officer, id, &form)).await;
        case.world.sql("UPDATE applications SET state = 'submitted' WHERE state = 'returned'").await;
        let form = eligible();
        only_without_tie(&case, officer, || screen(officer, id, &form)).await;
        // Reviewers: one whom nobody assigns while there is a tie, and one whose tie appears afterwards.
        let reviewers =
            [case.world.staff(Role::TechnicalReviewer).await, case.world.staff(Role::TechnicalReviewer).await];
        let mut given = Vec::new();
        for reviewer in &reviewers {
            let form = decide::reviewer(reviewer);
            let tie = case.tie(reviewer).await;
            assert_eq!(refusal(reviews::assign(officer, id, &form).await), "error-reviewer-tie");
            let offered = reviews::reviewers(officer, id).await.unwrap();
            assert!(!offered.iter().any(|(person, _)| Some(*person) == reviewer.actor.user));
            case.untie(reviewer, tie).await;
            let offered = reviews::reviewers(officer, id).await.unwrap();
            assert!(offered.iter().any(|(person, _)| Some(*person) == reviewer.actor.user));
            given.push(only_without_tie(&case, officer, || reviews::assign(officer, id, &form)).await);
        }
        for (reviewer, review) in reviewers.iter().zip(&given) {
            let form = Typed::default().with("conflict", "none");
            assert_eq!(reviews::queries::get(reviewer, *review).await.unwrap().obstacle, None);
            let tie = case.tie(reviewer).await;
            let obstacle = reviews::queries::get(reviewer, *review).await.unwrap().obstacle;
            assert_eq!(obstacle, Some(Message::new("refused-tie")));
            case.untie(reviewer, tie).await;
            only_without_tie(&case, reviewer, || reviews::declare(reviewer, *review, &form)).await;
            let form = decide::review(90);
            only_without_tie(&case, reviewer, || reviews::save(reviewer, *review, &form)).await;
            only_without_tie(&case, reviewer, || reviews::submit(reviewer, *review, &form)).await;
        }
        assert_eq!(decide::state(&case.world, id).await, "reviewed");
        the_board_and_the_director(&case, id).await;
        // Who has a tie can step aside, and an application is taken back by somebody without one.
        let id = application(&case, "eligible").await;
        let [tied, silent] = &reviewers;
        let review = reviews::assign(officer, id, &decide::reviewer(tied)).await.unwrap();
        let other = reviews::assign(officer, id, &decide::reviewer(silent)).await.unwrap();
        case.tie(tied).await;
        let conflict = Typed::default().with("conflict", "conflict").with("reason", "A sister");
        reviews::declare(tied, review, &conflict).await.unwrap();
        only_without_tie(&case, officer, || reviews::take_back(officer, id, other)).await;
        case.world.assert_books().await;
    })
    .await;
}

/// Votes, the recommendation, sending back, and the award.
async fn the_board_and_the_director(case: &Case, application: ApplicationId) {
    let (officer, director) = (&case.officer, &case.director);
    let item = before_the_board(case, application).await;
    let members = [
        case.world.staff(Role::BoardMember).await,
        case.world.staff(Role::BoardMember).await,
        case.world.staff(Role::BoardMember).await,
    ];
    for member in &members {
        let tie = case.tie(member).await;
        for refused in [Vote::Approve, Vote::Reserve, Vote::Reject, Vote::Abstain] {
            let form = Typed::default().with("vote", refused.code());
            assert_eq!(refusal(board::vote(member, item, &form).await), "error-vote-tie");
        }
        board::vote(member, item, &Typed::default().with("vote", Vote::Recused.code())).await.unwrap();
        case.untie(member, tie).await;
        board::vote(member, item, &Typed::default().with("vote", Vote::Approve.code())).await.unwrap();
    }
    for sent_back in [true, false] {
        let form = Typed::default();
        only_without_tie(case, officer, || board::record(officer, item, &form)).await;
        let form = commanded().with("note", "As discussed");
        if sent_back {
            only_without_tie(case, director, || board::send_back(director, application, &form)).await;
        } else {
            only_without_tie(case, director, || board::approve(director, application, &form)).await;
        }
    }
}

/// A session under way with this application on its agenda.
async fn before_the_board(case: &Case, application: ApplicationId) -> BoardItemId {
    let call = decide::number(&case.world, &format!("SELECT call_id FROM applications WHERE id = {application}")).await;
    let form = Typed::default().with("call", call.to_string()).with("title", "June").with("date", "2026-06-01");
    let session = board::create(&case.officer, &form).await.unwrap();
    board::start(&case.officer, session).await.unwrap();
    let item = format!("SELECT id FROM board_items WHERE application_id = {application}");
    BoardItemId(decide::number(&case.world, &item).await)
}

#[tokio::test]
async fn a_vote_cast_before_the_tie_counts_as_recused() {
    on_both(|world| async move {
        let case = awarded(world).await;
        let call = decide::call(&case.world).await;
        let application = decide::reviewed(&case.world, call, case.organisation, 3_000_000, 90).await;
        let item = before_the_board(&case, application).await;
        let mut members = Vec::new();
        for _ in 0..3 {
            let member = case.world.staff(Role::BoardMember).await;
            board::vote(&member, item, &Typed::default().with("vote", Vote::Approve.code())).await.unwrap();
            members.push(member);
        }
        case.tie(&members[0]).await;
        let session = decide::number(&case.world, "SELECT id FROM board_sessions").await;
        let shown =
            board::agenda::agenda(&case.officer, BoardSessionId(session), &PageRequest::default()).await.unwrap();
        assert_eq!((shown.rows[0].cast, shown.rows[0].present), (3, 2));
        assert_eq!(refusal(board::record(&case.officer, item, &Typed::default()).await), "refused-no-quorum");
        let fourth = case.world.staff(Role::BoardMember).await;
        board::vote(&fourth, item, &Typed::default().with("vote", Vote::Reject.code())).await.unwrap();
        board::record(&case.officer, item, &Typed::default()).await.unwrap();
        let shown =
            board::agenda::agenda(&case.officer, BoardSessionId(session), &PageRequest::default()).await.unwrap();
        let count = shown.rows[0].count.unwrap();
        assert_eq!((count.approve, count.reject, count.recused), (2, 1, 1));
    })
    .await;
}

#[tokio::test]
async fn what_a_tie_stops_is_not_offered() {
    on_both(|world| async move {
        let case = awarded(world).await.active().await;
        let id = case.request(1, noon()).await.unwrap();
        certify(&case.certifier, id, &commanded()).await.unwrap();
        approve(&case.approver, id, &commanded()).await.unwrap();
        let numbers = async || {
            let found = candidates(&case.finance).await.unwrap();
            let ids = |rows: Vec<backend::disbursements::queries::DisbursementRow>| {
                rows.into_iter().map(|row| row.id).collect::<Vec<_>>()
            };
            (ids(found.payable), ids(found.for_colleagues))
        };
        assert_eq!(numbers().await, (vec![id], vec![]));
        let tie = case.tie(&case.finance).await;
        assert_eq!(numbers().await, (vec![], vec![id]));
        assert!(!bank_details(&case.finance, case.organisation).await.unwrap().unwrap().may_verify);
        case.untie(&case.finance, tie).await;
        assert_eq!(numbers().await, (vec![id], vec![]));
        assert!(bank_details(&case.finance, case.organisation).await.unwrap().unwrap().may_verify);
        case.world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn an_administrator_records_ties_of_staff_and_the_trail_keeps_them() {
    on_both(|world| async move {
        let case = awarded(world).await;
        let administrator = case.world.staff(Role::Administrator).await;
        let person = case.certifier.actor.user.unwrap();
        let tie = |organisation: &str, since: &str| {
            Typed::default().with("organisation", organisation).with("since", since).with("note", "A sister")
        };
        let good = tie("R-1", "2026-06-01");
        for other in [&case.officer, &case.certifier, &case.signatory, &case.world.staff(Role::Auditor).await] {
            assert_eq!(refusal(record_tie(other, person, &good).await), "forbidden-role");
        }
        let member = case.signatory.actor.user.unwrap();
        assert_eq!(refusal(record_tie(&administrator, member, &good).await), "refused-tie-not-staff");
        case.world
            .insert(
                "INSERT INTO organisations (legal_name, search, country, registration_number, kind, yearly_income_usd_minor, address, \
                 contact_name, contact_email, contact_phone, experience, profile_complete, vetting_status, vetting_reason, created_at) \
                 VALUES ('Casa Aurora Norte', 'casa aurora norte r-2', 'PE', 'R-2', 'ngo', 1, '', '', '', '', '', FALSE, \
                 'not-vetted', '', '2026-01-01 00:00:00+00:00')",
            )
            .await;
        for (typed, error) in [
            (tie("Nobody", "2026-06-01"), "error-tie-unknown"),
            (tie("Casa Aurora", "2026-06-01"), "error-tie-several"),
            (tie("R-1", "2026-06-02"), "error-tie-future"),
        ] {
            assert_eq!(refusal(record_tie(&administrator, person, &typed).await), error);
        }
        let id = record_tie(&administrator, person, &good).await.unwrap();
        assert_eq!(refusal(record_tie(&administrator, person, &good).await), "error-tie-known");
        let auditor = case.world.staff(Role::Auditor).await;
        let seen = ties(&auditor, person).await.unwrap();
        assert_eq!((seen.len(), seen[0].organisation.1.as_str(), seen[0].ended_at), (1, "Casa Aurora", None));
        assert_eq!(refusal(ties(&case.officer, person).await), "forbidden-role");
        assert_eq!(refusal(end_tie(&auditor, person, id).await), "forbidden-role");
        let somebody = case.approver.actor.user.unwrap();
        assert_eq!(refusal(end_tie(&administrator, somebody, id).await), "NotFound");
        assert_eq!(refusal(end_tie(&administrator, person, TieId(999_999)).await), "NotFound");
        end_tie(&administrator, person, id).await.unwrap();
        end_tie(&administrator, person, id).await.unwrap();
        assert_eq!(ties(&auditor, person).await.unwrap()[0].ended_at, Some(noon()));
        let trail = audit::of(&auditor, audit::Kind::User, person.into()).await.unwrap();
        let actions: Vec<&str> = trail.rows.iter().map(|row| row.action.as_str()).collect();
        assert_eq!(actions, ["audit-tie-ended", "audit-tie-recorded"]);
    })
    .await;
}
