//! Disbursements: three people, once for an instalment, never beyond the commitment, never while a report is late.
#![allow(clippy::unwrap_used)]

use crate::support::grants::{AWARD, Case, account, awarded, because, command, commanded, on, paid, verify};
use crate::support::{later, noon, on_both};
use backend::Error;
use backend::disbursements::{approve, certify, confirm, fail, queries, reject, release, request, void};
use backend::page::PageRequest;
use domain::disbursements::DisbursementState;
use domain::errors::AppError;
use domain::roles::Role;

/// The key of the message by which something was refused.
fn refusal<T: std::fmt::Debug>(outcome: Result<T, Error>) -> String {
    match AppError::from(outcome.unwrap_err()) {
        AppError::Refused(message) | AppError::Forbidden(message) => message.key,
        other => format!("{other:?}"),
    }
}

#[tokio::test]
async fn an_instalment_goes_through_three_people_and_the_bank() {
    on_both(|world| async move {
        let case = awarded(world).await.active().await;
        let id = case.request(1, noon()).await.unwrap();
        case.world.assert_books().await;
        case.pay(id, noon()).await;
        let view = queries::get(&case.finance, id).await.unwrap();
        assert_eq!(view.row.state, DisbursementState::Confirmed);
        assert_eq!(view.steps.len(), 5);
        assert_eq!(view.payee.unwrap().account_number, "NP00123");
        assert_eq!(case.balance("1200").await, view.row.amount.minor);
        assert_eq!(case.balance("9000").await, AWARD - view.row.amount.minor);
        assert_eq!(case.balance("1000").await, -view.row.amount.minor);
        assert_eq!(
            case.world.number("SELECT COUNT(*) AS value FROM outbox WHERE kind = 'disbursement-released'").await,
            2
        );
        let own = queries::get(&case.signatory, id).await.unwrap();
        assert!(own.payee.is_none() && own.entries.is_empty() && own.steps.iter().all(|step| step.actor.is_empty()));
        case.world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn nobody_takes_two_steps_of_one_disbursement() {
    on_both(|world| async move {
        let case = awarded(world).await.active().await;
        let id = case.request(1, noon()).await.unwrap();
        let mut twice = case.officer.clone();
        twice.actor.role = Some(Role::CertifyingOfficer);
        assert_eq!(refusal(certify(&twice, id, &commanded()).await), "refused-same-person");
        certify(&case.certifier, id, &commanded()).await.unwrap();
        let mut twice = case.certifier.clone();
        twice.actor.role = Some(Role::ApprovingOfficer);
        assert_eq!(refusal(approve(&twice, id, &commanded()).await), "refused-same-person");
        approve(&case.approver, id, &commanded()).await.unwrap();
        let mut twice = case.approver.clone();
        twice.actor.role = Some(Role::FinanceOfficer);
        assert_eq!(refusal(release(&twice, id, &commanded()).await), "refused-same-person");
        assert_eq!(refusal(certify(&case.finance, id, &commanded()).await), "forbidden-role");
        case.world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn an_instalment_is_never_paid_twice() {
    on_both(|world| async move {
        let case = awarded(world).await.active().await;
        let id = case.request(1, noon()).await.unwrap();
        assert_eq!(refusal(case.request(1, noon()).await), "refused-instalment-taken");
        case.pay(id, noon()).await;
        assert_eq!(refusal(case.request(1, noon()).await), "refused-instalment-taken");
        let instalment = case.instalment(1).await;
        let second = format!(
            "INSERT INTO disbursements (grant_id, instalment_id, usd_minor, state, note, reason, requested_at, command_id) \
             VALUES ({}, {instalment}, 1, 'requested', '', '', '2026-06-01 00:00:00+00:00', 'second')",
            case.grant
        );
        let database = &case.world.services.database;
        assert!(sea_orm::ConnectionTrait::execute_unprepared(database, &second).await.is_err());
        case.world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn a_repeated_command_changes_nothing() {
    on_both(|world| async move {
        let case = awarded(world).await.active().await;
        let instalment = case.instalment(1).await;
        let form = commanded();
        let id = request(&case.officer, case.grant, instalment, &form).await.unwrap();
        assert_eq!(request(&case.officer, case.grant, instalment, &form).await.unwrap(), id);
        let step = commanded();
        certify(&case.certifier, id, &step).await.unwrap();
        let entries = case.entries().await;
        certify(&case.certifier, id, &step).await.unwrap();
        assert_eq!(case.entries().await, entries);
        assert_eq!(refusal(approve(&case.approver, id, &step).await), "refused-disbursement-command-used");
        assert_eq!(refusal(certify(&case.certifier, id, &form).await), "refused-disbursement-command-used");
        assert_eq!(case.entries().await, entries);
        case.world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn fifty_commands_at_once_make_one_disbursement() {
    on_both(|world| async move {
        let case = awarded(world).await.active().await;
        let instalment = case.instalment(1).await;
        let entries = case.entries().await;
        let same = commanded();
        let tries: Vec<_> = (0..50)
            .map(|number| {
                let (officer, grant) = (case.officer.clone(), case.grant);
                // Every other one is a repeat of the same command, the rest are commands of their own.
                let form = if number % 2 == 0 { same.clone() } else { commanded() };
                tokio::spawn(async move { request(&officer, grant, instalment, &form).await.map_err(AppError::from) })
            })
            .collect();
        let mut made = Vec::new();
        for attempt in tries {
            match attempt.await.unwrap() {
                Ok(id) => made.push(id),
                Err(AppError::Refused(message)) => assert_eq!(message.key, "refused-instalment-taken"),
                Err(other) => panic!("{other:?}"),
            }
        }
        made.dedup();
        assert_eq!(made.len(), 1);
        assert_eq!(case.world.number("SELECT COUNT(*) AS value FROM disbursements").await, 1);
        assert_eq!(case.entries().await, entries + 1);
        case.world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn nothing_is_paid_before_the_agreement_is_countersigned() {
    on_both(|world| async move {
        let case = awarded(world).await;
        assert_eq!(refusal(case.request(1, noon()).await), "refused-agreement-not-countersigned");
        case.world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn a_lapsed_vetting_and_missing_bank_details_stop_a_payment_at_every_step() {
    on_both(|world| async move {
        let case = awarded(world).await.active().await;
        let id = case.request(1, noon()).await.unwrap();
        case.world.sql("UPDATE organisations SET vetting_valid_until = '2026-05-31'").await;
        assert_eq!(refusal(certify(&case.certifier, id, &commanded()).await), "refused-vetting-lapsed");
        let view = queries::get(&case.certifier, id).await.unwrap();
        assert_eq!(view.obstacle.unwrap().key, "refused-vetting-lapsed");
        case.world.sql("UPDATE organisations SET vetting_valid_until = '2026-06-01'").await;
        certify(&case.certifier, id, &commanded()).await.unwrap();
        case.world.sql("UPDATE organisations SET vetting_status = 'refused'").await;
        assert_eq!(refusal(approve(&case.approver, id, &commanded()).await), "refused-vetting-lapsed");
        case.world.sql("UPDATE organisations SET vetting_status = 'vetted'").await;
        case.world.sql("DELETE FROM bank_details").await;
        assert_eq!(refusal(approve(&case.approver, id, &commanded()).await), "refused-bank-details-missing");
        reject(&case.approver, id, &because("Bank details are missing")).await.unwrap();
        assert_eq!(refusal(case.request(1, noon()).await), "refused-bank-details-missing");
        case.world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn an_account_that_changed_after_it_was_looked_at_is_not_paid() {
    on_both(|world| async move {
        let case = awarded(world).await.active().await;
        let id = case.request(1, noon()).await.unwrap();
        certify(&case.certifier, id, &commanded()).await.unwrap();
        let minutes = |count: i64| noon() + chrono::Duration::minutes(count);
        let write = backend::organisations::write_bank_details;
        write(&later(&case.signatory, minutes(1)), case.organisation, &account("NP99999")).await.unwrap();
        let early = later(&case.approver, minutes(1));
        assert_eq!(refusal(approve(&early, id, &commanded()).await), "refused-bank-details-unverified");
        verify(&case.finance, case.organisation, minutes(2)).await.unwrap();
        let approver = later(&case.approver, minutes(2));
        assert_eq!(refusal(approve(&approver, id, &commanded()).await), "refused-bank-details-changed");
        assert_eq!(queries::get(&approver, id).await.unwrap().obstacle.unwrap().key, "refused-bank-details-changed");
        reject(&approver, id, &because("Another account")).await.unwrap();

        let again = case.request(1, minutes(3)).await.unwrap();
        certify(&later(&case.certifier, minutes(3)), again, &commanded()).await.unwrap();
        approve(&later(&case.approver, minutes(4)), again, &commanded()).await.unwrap();
        write(&later(&case.signatory, minutes(5)), case.organisation, &account("NP00000")).await.unwrap();
        verify(&case.certifier, case.organisation, minutes(5)).await.unwrap();
        let finance = later(&case.finance, minutes(6));
        assert_eq!(refusal(release(&finance, again, &commanded()).await), "refused-bank-details-changed");
        let payee = queries::get(&finance, again).await.unwrap().payee.unwrap();
        assert_eq!((payee.account_number.as_str(), payee.updated_at), ("NP99999", None), "the account as approved");
        let auditor = case.world.staff(Role::Auditor).await;
        let trail = backend::audit::of(&auditor, backend::audit::Kind::Disbursement, again.into()).await.unwrap().rows;
        assert!(!format!("{trail:?}").contains("NP99999"), "the trail names no account");

        write(&later(&case.signatory, minutes(7)), case.organisation, &account("NP99999")).await.unwrap();
        let unverified = release(&later(&case.finance, minutes(8)), again, &commanded()).await;
        assert_eq!(refusal(unverified), "refused-bank-details-unverified", "the same account, but entered anew");
        verify(&case.approver, case.organisation, minutes(8)).await.unwrap();
        release(&later(&case.finance, minutes(8)), again, &commanded()).await.unwrap();
        case.world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn later_instalments_wait_for_the_earlier_one_and_for_the_report() {
    on_both(|world| async move {
        let case = awarded(world).await.active().await;
        assert_eq!(refusal(case.request(2, noon()).await), "refused-earlier-instalment");
        let id = case.request(1, noon()).await.unwrap();
        assert_eq!(refusal(case.request(2, noon()).await), "refused-earlier-instalment");
        case.pay(id, noon()).await;
        assert_eq!(refusal(case.request(2, noon()).await), "refused-report-not-accepted");
        case.world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn a_late_report_stops_every_payment_until_it_is_in() {
    on_both(|world| async move {
        let case = awarded(world).await.active().await;
        assert!(case.request(1, on("2026-12-30")).await.is_ok(), "the last day is in time");
        let id = domain::ids::DisbursementId(case.world.number("SELECT id AS value FROM disbursements").await);
        let day_after = on("2026-12-31");
        let step = certify(&later(&case.certifier, day_after), id, &commanded()).await;
        assert_eq!(refusal(step), "refused-report-late");
        reject(&later(&case.certifier, day_after), id, &because("The report is late")).await.unwrap();
        assert_eq!(refusal(case.request(1, day_after).await), "refused-report-late");
        case.reported(1, [0, 0, 0], day_after).await;
        case.request(1, day_after).await.unwrap();
        case.world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn a_failed_payment_opens_the_commitment_and_can_be_requested_again() {
    on_both(|world| async move {
        let case = awarded(world).await.active().await;
        let id = case.request(1, noon()).await.unwrap();
        certify(&case.certifier, id, &commanded()).await.unwrap();
        approve(&case.approver, id, &commanded()).await.unwrap();
        release(&case.finance, id, &commanded()).await.unwrap();
        assert_ne!(case.balance("9000").await, AWARD);
        assert!(fail(&case.finance, id, &commanded()).await.is_err(), "a reason is needed");
        fail(&case.finance, id, &because("The account is closed")).await.unwrap();
        assert_eq!(case.balance("9000").await, AWARD);
        assert_eq!(case.balance("1200").await, 0);
        case.world.assert_books().await;
        let again = case.request(1, noon()).await.unwrap();
        case.pay(again, noon()).await;
        case.world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn an_approved_payment_is_voided_and_a_certified_one_rejected() {
    on_both(|world| async move {
        let case = awarded(world).await.active().await;
        let id = case.request(1, noon()).await.unwrap();
        certify(&case.certifier, id, &commanded()).await.unwrap();
        approve(&case.approver, id, &commanded()).await.unwrap();
        assert_eq!(refusal(void(&case.finance, id, &because("Wrong payee")).await), "forbidden-role");
        void(&case.approver, id, &because("Wrong payee")).await.unwrap();
        for account in ["1200", "2000", "9100", "9110", "9190"] {
            assert_eq!(case.balance(account).await, 0, "{account}");
        }
        assert_eq!(refusal(release(&case.finance, id, &commanded()).await), "refused-disbursement-transition");
        let again = case.request(1, noon()).await.unwrap();
        certify(&case.certifier, again, &commanded()).await.unwrap();
        assert_eq!(refusal(reject(&case.certifier, again, &because("No")).await), "forbidden-role");
        reject(&case.approver, again, &because("The papers are not complete")).await.unwrap();
        assert_eq!((case.balance("9110").await, case.balance("9190").await), (0, 0));
        case.world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn nothing_is_requested_beyond_the_commitment() {
    on_both(|world| async move {
        let case = awarded(world).await.active().await;
        case.world.sql(&format!("UPDATE instalments SET usd_minor = {} WHERE number = 1", AWARD + 1)).await;
        assert_eq!(refusal(case.request(1, noon()).await), "refused-beyond-commitment");
        case.world.sql(&format!("UPDATE instalments SET usd_minor = {AWARD} WHERE number = 1")).await;
        let id = case.request(1, noon()).await.unwrap();
        case.pay(id, noon()).await;
        case.reported(1, [2_000_000, 1_600_000, 0], noon()).await;
        assert_eq!(refusal(case.request(2, noon()).await), "refused-beyond-commitment");
        assert_eq!(case.balance("9000").await, 0);
        case.world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn a_bank_reference_is_used_once_and_the_day_is_no_guess() {
    on_both(|world| async move {
        let case = awarded(world).await.active().await;
        let id = released(&case).await;
        for day in ["2026-05-31", "2026-06-02"] {
            let error = AppError::from(confirm(&case.finance, id, &paid(day)).await.unwrap_err());
            assert!(matches!(&error, AppError::Invalid(errors) if errors.of("paid_on").is_some()), "{error:?}");
        }
        let reference = command();
        case.world
            .sql(&format!(
                "INSERT INTO disbursements (grant_id, instalment_id, usd_minor, state, note, reason, requested_at, bank_reference, \
                 command_id) VALUES ({}, {}, 1, 'voided', '', '', '2026-06-01 00:00:00+00:00', '{reference}', 'other')",
                case.grant,
                case.instalment(2).await
            ))
            .await;
        let form = commanded().with("bank_reference", reference).with("paid_on", "2026-06-01");
        let error = AppError::from(confirm(&case.finance, id, &form).await.unwrap_err());
        assert!(matches!(&error, AppError::Invalid(errors) if errors.of("bank_reference").is_some()), "{error:?}");
        case.world.sql("DELETE FROM disbursements WHERE command_id = 'other'").await;
        case.world.assert_books().await;
    })
    .await;
}

async fn released(case: &Case) -> domain::ids::DisbursementId {
    let id = case.request(1, noon()).await.unwrap();
    certify(&case.certifier, id, &commanded()).await.unwrap();
    approve(&case.approver, id, &commanded()).await.unwrap();
    release(&case.finance, id, &commanded()).await.unwrap();
    id
}

#[tokio::test]
async fn the_list_shows_first_what_waits_for_the_reader_and_members_see_their_own_only() {
    on_both(|world| async move {
        let case = awarded(world).await.active().await;
        let id = case.request(1, noon()).await.unwrap();
        reject(&case.certifier, id, &because("Typing error")).await.unwrap();
        let open = case.request(1, noon()).await.unwrap();
        let search = |search: &str| PageRequest { search: search.to_owned(), ..PageRequest::default() };
        let page = queries::list(&case.certifier, &search("aurora")).await.unwrap();
        assert_eq!((page.total, page.rows[0].id, page.rows[0].waits_for_me), (2, open, true));
        let page = queries::list(&case.approver, &search("")).await.unwrap();
        assert!(page.rows.iter().all(|row| !row.waits_for_me));
        assert_eq!(queries::list(&case.finance, &search("no such")).await.unwrap().total, 0);
        assert_eq!(queries::list(&case.editor, &search("")).await.unwrap().total, 2);
        let mut other = case.editor.clone();
        other.actor.organisation = Some(domain::ids::OrganisationId(case.organisation.0 + 1));
        assert_eq!(queries::list(&other, &search("")).await.unwrap().total, 0);
        assert_eq!(AppError::from(queries::get(&other, open).await.unwrap_err()), AppError::NotFound);
        case.world.assert_books().await;
    })
    .await;
}
