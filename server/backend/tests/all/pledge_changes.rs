//! Pledges that are changed or given up, and the rates that they keep. On every database.
#![allow(clippy::unwrap_used)]

use crate::support::money::{
    balance, command, field_key as key, finance_with_rates, other_money, pledge, rate, receipt,
};
use crate::support::on_both;
use backend::audit;
use backend::contributions::{self, queries};
use domain::contributions::PledgeInstalment;
use domain::errors::AppError;
use domain::forms::Typed;
use domain::ledger::Account;
use domain::roles::Role;

fn amendment(amount: &str, due: &[(&str, &str)]) -> Typed {
    let mut typed = Typed::default()
        .with("amount", amount)
        .with("date", "2026-05-01")
        .with("reason", "Second exchange of letters")
        .with("command_id", command());
    for (row, (day, part)) in due.iter().enumerate() {
        typed = typed.with(&format!("instalments.{row}.due"), *day).with(&format!("instalments.{row}.amount"), *part);
    }
    typed
}

#[tokio::test]
async fn a_pledge_is_amended_at_its_own_rate() {
    on_both(|world| async move {
        let (finance, donor) = finance_with_rates(&world).await;
        let id = contributions::pledge(&finance, &pledge(donor, "1000", "EUR")).await.unwrap();
        contributions::receive(&finance, id, &receipt("400", "EUR", "2026-04-10")).await.unwrap();
        let larger = amendment("1500", &[("2026-07-01", "1000"), ("2027-07-01", "500")]);
        contributions::amend(&finance, id, &larger).await.unwrap();
        contributions::amend(&finance, id, &larger).await.unwrap();
        assert_eq!(balance(&world, Account::ContributionRevenue).await, -166_667);
        let below = amendment("399.99", &[("2026-07-01", "399.99")]);
        assert_eq!(key(contributions::amend(&finance, id, &below).await, "amount"), "error-amendment-below");
        let same = amendment("1500", &[("2027-07-01", "500"), ("2026-07-01", "1000")]);
        assert_eq!(key(contributions::amend(&finance, id, &same).await, "amount"), "error-amendment-nothing");
        let later = amendment("1500", &[("2026-09-01", "1000"), ("2027-07-01", "500")]);
        contributions::amend(&finance, id, &later).await.unwrap();
        // The trail says what moved, although the pledge itself is as before.
        let auditor = world.staff(Role::Auditor).await;
        let trail = audit::of(&auditor, audit::Kind::Pledge, id.into()).await.unwrap();
        let changes = &trail.rows[0].changes;
        let [(column, before, after)] = changes.as_slice() else { panic!("{changes:?}") };
        assert_eq!(column, "instalments");
        let days = |kept: &str| -> Vec<String> {
            let planned: Vec<PledgeInstalment> = serde_json::from_str(kept).unwrap();
            planned.iter().map(|one| format!("{} {}", one.due, one.amount.minor)).collect()
        };
        assert_eq!(days(before), ["2026-07-01 100000", "2027-07-01 50000"]);
        assert_eq!(days(after), ["2026-09-01 100000", "2027-07-01 50000"]);
        contributions::amend(&finance, id, &amendment("400", &[("2026-09-01", "400")])).await.unwrap();
        // Exactly what came in: nothing is left, and the receivable is zero to the cent.
        assert_eq!(balance(&world, Account::ContributionsReceivable).await, 0);
        let view = queries::get(&finance, id).await.unwrap();
        assert_eq!((view.changes.len(), view.instalments.len()), (3, 1));
        assert_eq!(view.changes.iter().map(|change| change.amount.minor).collect::<Vec<_>>(), [50_000, 0, -110_000]);
        assert_eq!(view.row.standing.outstanding.minor, 0);
        // The books hold a surplus as revenue already: a pledge that grew over it would count it twice.
        contributions::receive(&finance, id, &receipt("50", "EUR", "2026-04-11")).await.unwrap();
        let grown = amendment("450", &[("2026-09-01", "450")]);
        assert_eq!(key(contributions::amend(&finance, id, &grown).await, "amount"), "error-amendment-surplus");
        contributions::amend(&finance, id, &amendment("400", &[("2026-10-01", "400")])).await.unwrap();
        world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn what_will_not_come_is_written_down_with_a_reason() {
    on_both(|world| async move {
        let (finance, donor) = finance_with_rates(&world).await;
        let id = contributions::pledge(&finance, &pledge(donor, "1000", "EUR")).await.unwrap();
        contributions::receive(&finance, id, &receipt("333.33", "EUR", "2026-04-10")).await.unwrap();
        let down = |amount: &str| {
            Typed::default()
                .with("amount", amount)
                .with("date", "2026-05-01")
                .with("reason", "The donor's parliament did not agree")
                .with("command_id", command())
        };
        assert_eq!(
            key(contributions::write_down(&finance, id, &down("666.68")).await, "amount"),
            "error-write-down-above"
        );
        let part = down("333.33");
        contributions::write_down(&finance, id, &part).await.unwrap();
        contributions::write_down(&finance, id, &part).await.unwrap();
        contributions::write_down(&finance, id, &down("333.34")).await.unwrap();
        assert_eq!(balance(&world, Account::ContributionsReceivable).await, 0);
        assert_eq!(balance(&world, Account::PledgesWrittenDown).await, 111_111 - 37_037);
        let standing = queries::get(&finance, id).await.unwrap().row.standing;
        assert_eq!((standing.written_down.minor, standing.outstanding.minor, standing.overdue.minor), (66_667, 0, 0));
        let auditor = world.staff(Role::Auditor).await;
        let trail = audit::of(&auditor, audit::Kind::Pledge, id.into()).await.unwrap().rows;
        assert_eq!(trail[0].action, "audit-pledge-written-down");
        assert!(matches!(
            AppError::from(contributions::write_down(&auditor, id, &down("1")).await.unwrap_err()),
            AppError::Forbidden(_)
        ));
        // Money that comes after all is revenue.
        contributions::receive(&finance, id, &receipt("100", "EUR", "2026-05-10")).await.unwrap_err();
        contributions::receive(&finance, id, &receipt("100", "EUR", "2026-04-30")).await.unwrap();
        assert_eq!(balance(&world, Account::ContributionRevenue).await, -111_111 - 12_500);
        world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn rates_and_what_was_said_of_a_pledge_are_kept_for_ever() {
    on_both(|world| async move {
        use sea_orm::ConnectionTrait as _;
        let (finance, donor) = finance_with_rates(&world).await;
        let id = contributions::pledge(&finance, &pledge(donor, "1000", "EUR")).await.unwrap();
        contributions::amend(&finance, id, &amendment("900", &[("2026-07-01", "900")])).await.unwrap();
        for sql in [
            "UPDATE rates SET units_per_usd = '1'",
            "DELETE FROM rates",
            "UPDATE pledge_changes SET reason = ''",
            "DELETE FROM pledge_changes",
        ] {
            assert!(world.services.database.execute_unprepared(sql).await.is_err(), "{}: {sql}", world.kind);
        }
        // A rate from the middle of a month holds from its day on, and each receipt remembers its own.
        contributions::record_rate(&finance, &rate("EUR", "2026-04-16", "0.5")).await.unwrap();
        contributions::receive(&finance, id, &receipt("100", "EUR", "2026-04-15")).await.unwrap();
        let typed = other_money(&finance, id, receipt("100", "EUR", "2026-04-16")).await;
        contributions::receive(&finance, id, &typed).await.unwrap();
        let view = queries::get(&finance, id).await.unwrap();
        let rates: Vec<String> = view.receipts.iter().map(|receipt| receipt.rate.to_string()).collect();
        assert_eq!(rates, ["0.8", "0.5"]);
        world.assert_books().await;
    })
    .await;
}
