//! Reports: drafts, submitting, returning, accepting, reminding.
#![allow(clippy::unwrap_used)]

use crate::support::grants::{awarded, on, report_form, signed};
use crate::support::{later, noon, on_both};
use backend::page::PageRequest;
use backend::reports::{accept, queries, remind, restore, return_to_organisation, save, submit, together, versions};
use domain::errors::{AppError, FieldErrors};
use domain::forms::Typed;
use domain::ids::OrganisationId;
use domain::reports::ReportState;

fn wrong_fields<T: std::fmt::Debug>(outcome: Result<T, backend::Error>) -> FieldErrors {
    match AppError::from(outcome.unwrap_err()) {
        AppError::Invalid(errors) => errors,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_draft_is_kept_whatever_it_holds_and_two_editors_do_not_overwrite_each_other() {
    on_both(|world| async move {
        let case = awarded(world).await.active().await;
        let id = case.report(1).await;
        let half = Typed::default()
            .with("achievements", "Half a sen")
            .with("safeguarding_incidents", "many")
            .with("rogue", "x");
        let version = save(&case.editor, id, &half.clone().with("version", "1")).await.unwrap().version;
        let view = queries::get(&case.signatory, id).await.unwrap();
        assert_eq!((view.row.state, view.version), (ReportState::Draft, version));
        let kept = view.typed.unwrap();
        assert_eq!((kept.get("safeguarding_incidents"), kept.get("rogue")), ("many", ""));
        let late = save(&case.signatory, id, &report_form([0, 0, 0]).with("version", "1")).await;
        assert!(matches!(AppError::from(late.unwrap_err()), AppError::Conflict(_)));
        save(&case.signatory, id, &report_form([0, 0, 0]).with("version", version.to_string())).await.unwrap();
        assert!(queries::get(&case.officer, id).await.unwrap().typed.is_none(), "a draft is the organisation's own");
        let mut other = case.editor.clone();
        other.actor.organisation = Some(OrganisationId(case.organisation.0 + 1));
        assert_eq!(AppError::from(save(&other, id, &half).await.unwrap_err()), AppError::NotFound);
    })
    .await;
}

#[tokio::test]
async fn what_two_editors_changed_in_a_report_is_put_together_and_former_versions_are_kept() {
    on_both(|world| async move {
        let case = awarded(world).await.active().await;
        let id = case.report(1).await;
        let form = report_form([100, 0, 0]);
        let first = save(&case.editor, id, &form.clone().with("version", "1")).await.unwrap().version;
        let written = |name: &str, text: &str| {
            let mut typed = form.clone().with("version", first.to_string());
            typed.set(name, text);
            typed
        };
        save(&case.signatory, id, &written("expenditure.0.explanation", "Rent came later")).await.unwrap();
        let saved = save(&case.editor, id, &written("lessons", "Begin with the papers")).await.unwrap();
        let stored = queries::get(&case.signatory, id).await.unwrap().typed.unwrap();
        assert_eq!(stored.get("lessons"), "Begin with the papers");
        assert_eq!(stored.get("expenditure.0.explanation"), "Rent came later", "of the other editor");
        assert!(saved.merged.unwrap().says_the_same(&stored, &[]));
        let late = written("lessons", "Begin earlier");
        assert!(matches!(AppError::from(save(&case.signatory, id, &late).await.unwrap_err()), AppError::Conflict(_)));
        assert_eq!(together(&case.signatory, id, first, &late).await.unwrap().conflicts, ["lessons"]);
        assert_eq!(versions(&case.signatory, id).await.unwrap().len(), 3);
        restore(&case.signatory, id, first).await.unwrap();
        let stored = queries::get(&case.signatory, id).await.unwrap().typed.unwrap();
        assert_eq!(stored.get("lessons"), form.get("lessons"));
        assert!(versions(&case.officer, id).await.is_err(), "a draft is the organisation's own");
    })
    .await;
}

#[tokio::test]
async fn a_report_is_sent_after_those_before_it_and_once_its_period_has_begun() {
    on_both(|world| async move {
        let case = awarded(world).await.active().await;
        for (number, spent) in [(1, [100, 0, 0]), (2, [1_999_900, 2_500_001, 500_000])] {
            save(&case.editor, case.report(number).await, &report_form(spent)).await.unwrap();
        }
        let refused = async |number: i64, day: &str| {
            let id = case.report(number).await;
            match AppError::from(submit(&later(&case.signatory, on(day)), id, &signed()).await.unwrap_err()) {
                AppError::Refused(message) => message.key,
                other => panic!("{other:?}"),
            }
        };
        assert_eq!(refused(1, "2026-05-31").await, "refused-report-not-begun");
        assert_eq!(refused(2, "2026-11-30").await, "refused-report-not-begun");
        assert_eq!(refused(2, "2026-12-01").await, "refused-report-earlier");
        let (first, second) = (case.report(1).await, case.report(2).await);
        submit(&later(&case.signatory, on("2026-06-01")), first, &signed()).await.unwrap();
        submit(&later(&case.signatory, on("2026-12-02")), second, &signed()).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn the_trail_of_a_draft_holds_no_text_and_a_draft_has_a_limit() {
    on_both(|world| async move {
        let case = awarded(world).await.active().await;
        let id = case.report(1).await;
        for text in ["One victim in Oslo", "Two victims in Oslo"] {
            save(&case.editor, id, &Typed::default().with("achievements", text)).await.unwrap();
        }
        let mut auditor = case.officer.clone();
        auditor.actor.role = Some(domain::roles::Role::Auditor);
        let trail = backend::audit::of(&auditor, backend::audit::Kind::Report, id.0).await.unwrap().rows;
        assert_eq!(trail.iter().filter(|row| row.action == "audit-report-saved").count(), 2);
        assert!(!format!("{trail:?}").contains("Oslo"), "{trail:?}");
        let large = Typed::default().with("achievements", "x".repeat(3 * 1024 * 1024));
        let refused = AppError::from(save(&case.editor, id, &large).await.unwrap_err());
        assert_eq!(refused, AppError::refused("refused-report-too-large"));
    })
    .await;
}

#[tokio::test]
async fn everything_wrong_with_a_report_is_said_at_once() {
    on_both(|world| async move {
        let case = awarded(world).await.active().await;
        let id = case.report(1).await;
        let mut form = report_form([10, 10, 10]);
        form.set("lessons", "");
        form.set("indicators.0.indicator", "7");
        form.set("expenditure.1.spent", "much");
        save(&case.editor, id, &form).await.unwrap();
        let errors = wrong_fields(submit(&case.signatory, id, &Typed::default()).await);
        for field in
            ["lessons", "indicators", "indicators.0.achieved", "expenditure.1.spent", "declaration", "full_name"]
        {
            assert!(errors.of(field).is_some(), "{field}: {errors:?}");
        }
        let editor = AppError::from(submit(&case.editor, id, &signed()).await.unwrap_err());
        assert!(matches!(editor, AppError::Forbidden(_)), "{editor:?}");
        assert_eq!(queries::get(&case.editor, id).await.unwrap().row.state, ReportState::Draft);
    })
    .await;
}

#[tokio::test]
async fn a_deviation_is_explained_or_the_report_is_refused() {
    on_both(|world| async move {
        let case = awarded(world).await.active().await;
        let id = case.report(1).await;
        // Travel: 6,000 of 5,000.
        let mut form = report_form([1_000_000, 500_000, 600_000]);
        save(&case.editor, id, &form).await.unwrap();
        let errors = wrong_fields(submit(&case.signatory, id, &signed()).await);
        assert_eq!(errors.of("expenditure.2.explanation").unwrap().key, "error-deviation-unexplained");
        assert_eq!(errors.0.len(), 1);
        form.set("expenditure.2.explanation", "Two journeys more, to bring people home.");
        save(&case.editor, id, &form).await.unwrap();
        submit(&case.signatory, id, &signed()).await.unwrap();
        let view = queries::get(&case.officer, id).await.unwrap();
        assert_eq!((view.row.state, view.signed_name.as_str()), (ReportState::Submitted, "Maya Rai"));
        assert_eq!(view.lines[2].so_far().minor, 600_000);
        assert_eq!(view.people[0].cell.count, 12);
        assert_eq!(case.world.number("SELECT COUNT(*) AS value FROM report_expenditure").await, 3);
        let closed = AppError::from(save(&case.editor, id, &form).await.unwrap_err());
        assert!(matches!(&closed, AppError::Refused(message) if message.key == "refused-report-not-editable"));
    })
    .await;
}

#[tokio::test]
async fn a_returned_report_is_mended_and_its_figures_replaced() {
    on_both(|world| async move {
        let case = awarded(world).await.active().await;
        let id = case.report(1).await;
        save(&case.editor, id, &report_form([100, 0, 0])).await.unwrap();
        submit(&case.signatory, id, &signed()).await.unwrap();
        assert!(
            wrong_fields(return_to_organisation(&case.officer, id, &Typed::default()).await).of("comments").is_some()
        );
        let comments = Typed::default().with("comments", "The staff costs of May are missing.");
        return_to_organisation(&case.officer, id, &comments).await.unwrap();
        assert_eq!(case.world.number("SELECT COUNT(*) AS value FROM outbox WHERE kind = 'report-returned'").await, 2);
        save(&case.editor, id, &report_form([200, 0, 0])).await.unwrap();
        let officers = queries::get(&case.officer, id).await.unwrap();
        assert_eq!(
            officers.lines[0].spent.minor, 100,
            "what is being changed is not seen before it is submitted again"
        );
        assert_eq!(queries::get(&case.signatory, id).await.unwrap().lines[0].spent.minor, 200);
        submit(&case.signatory, id, &signed()).await.unwrap();
        let spent = "SELECT CAST(SUM(spent_usd_minor) AS BIGINT) AS value FROM report_expenditure";
        assert_eq!(case.world.number(spent).await, 200);
        assert_eq!(case.world.number("SELECT COUNT(*) AS value FROM report_people").await, 1);
    })
    .await;
}

#[tokio::test]
async fn accepting_recognises_the_expenditure_and_clears_the_advance() {
    on_both(|world| async move {
        let case = awarded(world).await.active().await;
        let first = case.request(1, noon()).await.unwrap();
        case.pay(first, noon()).await;
        let id = case.report(1).await;
        save(&case.editor, id, &report_form([700_000, 300_001, 0])).await.unwrap();
        let early = AppError::from(accept(&case.officer, id, &Typed::default()).await.unwrap_err());
        assert!(matches!(early, AppError::Refused(_)), "{early:?}");
        submit(&case.signatory, id, &signed()).await.unwrap();
        accept(&case.officer, id, &Typed::default()).await.unwrap();
        assert_eq!((case.balance("1200").await, case.balance("5000").await), (1_500_000, 1_000_001));
        let entries = case.entries().await;
        assert!(accept(&case.officer, id, &Typed::default()).await.is_err());
        assert_eq!(case.entries().await, entries);
        assert_eq!(case.world.number("SELECT COUNT(*) AS value FROM outbox WHERE kind = 'report-accepted'").await, 2);
        let next = queries::get(&case.editor, case.report(2).await).await.unwrap();
        assert_eq!((next.lines[0].before.minor, next.results[0].before), (700_000, 12));
        case.world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn no_report_accounts_for_more_than_the_award() {
    on_both(|world| async move {
        let case = awarded(world).await.active().await;
        let id = case.report(1).await;
        let mut form = report_form([2_000_000, 2_500_001, 500_001]);
        form.set("expenditure.2.explanation", "A cent too much.");
        save(&case.editor, id, &form).await.unwrap();
        let errors = wrong_fields(submit(&case.signatory, id, &signed()).await);
        assert_eq!(errors.of("expenditure").unwrap().key, "error-report-beyond-award");
        case.world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn reminders_go_out_once_before_and_once_after_the_due_day() {
    on_both(|world| async move {
        let case = awarded(world).await.active().await;
        let system = case.world.system();
        let queued = |kind: &str| format!("SELECT COUNT(*) AS value FROM outbox WHERE kind = '{kind}'");
        assert_eq!(remind(&later(&system, on("2026-12-15"))).await.unwrap(), 0);
        assert_eq!(remind(&later(&system, on("2026-12-16"))).await.unwrap(), 1);
        assert_eq!(remind(&later(&system, on("2026-12-30"))).await.unwrap(), 0);
        assert_eq!(case.world.number(&queued("report-due")).await, 2);
        assert_eq!(remind(&later(&system, on("2026-12-31"))).await.unwrap(), 1);
        assert_eq!(remind(&later(&system, on("2027-01-31"))).await.unwrap(), 0);
        assert_eq!(case.world.number(&queued("report-late")).await, 2);
        let late = PageRequest { filter: queries::LATE.to_owned(), ..PageRequest::default() };
        let page = queries::list(&later(&case.officer, on("2026-12-31")), &late).await.unwrap();
        assert_eq!((page.total, page.rows[0].number, page.rows[0].late), (1, 1, true));
    })
    .await;
}

/// What makes the database refuse the first report's reminder, and what lets it through again.
fn blocked(kind: &str, report: impl std::fmt::Display) -> (String, &'static str) {
    let when = format!("WHEN (NEW.dedup_key LIKE 'report-late-{report}-%')");
    if kind == "sqlite" {
        let sql =
            format!("CREATE TRIGGER blocked BEFORE INSERT ON outbox {when} BEGIN SELECT RAISE(ABORT, 'blocked'); END");
        return (sql, "DROP TRIGGER blocked");
    }
    let sql = format!(
        "CREATE FUNCTION blocked() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'blocked'; END $$; \
         CREATE TRIGGER blocked BEFORE INSERT ON outbox FOR EACH ROW {when} EXECUTE FUNCTION blocked()"
    );
    (sql, "DROP TRIGGER blocked ON outbox")
}

#[tokio::test]
async fn a_reminder_that_fails_keeps_no_other_back_and_is_tried_again() {
    on_both(|world| async move {
        let case = awarded(world).await.active().await;
        let (block, unblock) = blocked(case.world.kind, case.report(1).await);
        case.world.sql(&block).await;
        let system = later(&case.world.system(), on("2027-08-01"));
        assert_eq!(remind(&system).await.unwrap(), 1, "the second report's");
        let told = "SELECT COUNT(*) AS value FROM outbox WHERE kind = 'report-late'";
        assert_eq!(case.world.number(told).await, 2, "the signatory and the editor");
        case.world.sql(unblock).await;
        assert_eq!(remind(&system).await.unwrap(), 1, "now the first's");
        assert_eq!(case.world.number(told).await, 4);
        assert_eq!(remind(&system).await.unwrap(), 0);
    })
    .await;
}
