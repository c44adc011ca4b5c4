//! Operations on running grants: more or less is awarded, a grant ends early, and what was not spent comes back, or
//! does not.

use std::collections::BTreeMap;

use backend::disbursements;
use backend::grants::amendments;
use domain::amendments::AmendmentKind;
use domain::contributions::FundingShare;
use domain::disbursements::DisbursementState;
use domain::forms::Typed;
use domain::funding::allocate;
use domain::ids::{InstalmentId, ReceiptId, RecoveryId};

use super::commands::Command;
use super::model::{Grant, Model, Recovery, Stage};
use super::operations::{Outcome, sent};
use super::proofs::rows;
use crate::support::{grants as forms, later, money};

/// A grant's place, mostly of an active one.
fn any_grant(model: &mut Model) -> Option<usize> {
    let any = model.chance.once_in(8);
    let fits = |place: &usize| any || model.grants[*place].stage == Stage::Active;
    let places: Vec<usize> = (0..model.grants.len()).filter(fits).collect();
    model.chance.one_of(&places)
}

/// Looks up which receipts pay for a grant now, and gives back to the model's receipts what each no longer pays. None
/// can have got more than it gave.
async fn take_back(model: &mut Model, place: usize) -> i64 {
    let id = model.grants[place].id;
    let sql = format!(
        "SELECT receipt_id, CAST(SUM(usd_minor) AS BIGINT) FROM grant_funding WHERE grant_id = {id} GROUP BY receipt_id"
    );
    let mut held = BTreeMap::new();
    for row in rows(model, &sql).await {
        held.insert(ReceiptId(row.try_get_by_index(0).unwrap()), row.try_get_by_index::<i64>(1).unwrap());
    }
    let mut returned = 0;
    for share in &mut model.grants[place].shares {
        let left = held.remove(&share.receipt).unwrap_or(0);
        assert!((0..=share.usd_minor).contains(&left), "{left} left of {share:?}");
        let source = model.sources.iter_mut().find(|source| source.receipt == share.receipt).unwrap();
        source.available += share.usd_minor - left;
        returned += share.usd_minor - left;
        share.usd_minor = left;
    }
    // A receipt that has got everything back still has its rows.
    assert!(held.values().all(|left| *left == 0), "{held:?}");
    model.grants[place].shares.retain(|share| share.usd_minor != 0);
    model.grants[place].award -= returned;
    model.expected.committed -= returned;
    returned
}

/// An amendment is proposed, countersigned and approved: the award grows, as far as there is money for its purpose, or
/// shrinks, as far as it is not called for.
pub async fn amend(model: &mut Model) -> Outcome {
    let Some(place) = any_grant(model) else { return Outcome::Nothing };
    let grant = model.grants[place].clone();
    let kind = model.chance.one_of(&[AmendmentKind::Increase, AmendmentKind::Decrease]).unwrap();
    let amount = model.chance.minor(100, 1_500_000);
    let typed = forms::because("Prices changed").with("amount", money::typed_usd(amount));
    let officer = later(&model.people.officer, model.now);
    let Ok(id) = amendments::propose(&officer, grant.id, kind, &typed).await else { return Outcome::Unchanged };
    assert!(matches!(grant.stage, Stage::Active | Stage::Suspended), "only a running grant is amended");
    let signed = Typed::default().with("accept", "yes").with("full_name", "Maya Rai");
    amendments::countersign(&later(&model.people.signatory, model.now), id, &signed).await.unwrap();
    let shares = allocate(amount, grant.purpose, &model.sources);
    let done = sent(model, Command::Amendment(id, forms::commanded())).await.is_some();
    match kind {
        _ if !done => {
            // Proposed, and taken back: the books are as they were.
            amendments::withdraw(&officer, id).await.unwrap();
            return Outcome::Done;
        }
        AmendmentKind::Increase => add(model, place, &shares.unwrap()),
        _ => assert_eq!(take_back(model, place).await, amount),
    }
    let sql = format!("SELECT id, usd_minor FROM instalments WHERE grant_id = {} ORDER BY number", grant.id);
    let planned = rows(model, &sql).await;
    let planned = planned
        .iter()
        .map(|row| (InstalmentId(row.try_get_by_index(0).unwrap()), row.try_get_by_index::<i64>(1).unwrap()));
    model.grants[place].instalments = planned.collect();
    Outcome::Done
}

fn add(model: &mut Model, place: usize, shares: &[FundingShare]) {
    for share in shares {
        let source = model.sources.iter_mut().find(|source| source.receipt == share.receipt).unwrap();
        source.available -= share.usd_minor;
        model.expected.committed += share.usd_minor;
        let grant = &mut model.grants[place];
        grant.award += share.usd_minor;
        match grant.shares.iter_mut().find(|known| known.receipt == share.receipt) {
            Some(known) => known.usd_minor += share.usd_minor,
            None => grant.shares.push(*share),
        }
    }
}

/// The director ends a running grant: what is not paid is free again, what is not spent is to come back.
pub async fn end(model: &mut Model) -> Outcome {
    // Often one that was paid and has not spent it: it owes something then.
    let owing = |grant: &Grant| grant.stage == Stage::Active && grant.confirmed > grant.recognised;
    let places: Vec<usize> = (0..model.grants.len()).filter(|place| owing(&model.grants[*place])).collect();
    let owing = model.chance.one_of(&places).filter(|_| model.chance.once_in(2));
    let Some(place) = owing.or_else(|| any_grant(model)) else { return Outcome::Nothing };
    let grant = model.grants[place].clone();
    let under_way = model
        .disbursements
        .iter()
        .any(|row| row.grant == place && row.state.holds_instalment() && row.state != DisbursementState::Confirmed);
    let may = matches!(grant.stage, Stage::Active | Stage::Suspended) && !under_way;
    let done = sent(model, Command::End(grant.id, forms::because("The shelter closed"))).await.is_some();
    assert_eq!(done, may, "{grant:?} ({})", model.refusal);
    if !done {
        return Outcome::Unchanged;
    }
    assert_eq!(take_back(model, place).await, grant.award - grant.confirmed);
    model.grants[place].stage = Stage::Ended;
    let owed = grant.confirmed - grant.recognised;
    model.expected.advances -= owed;
    if owed > 0 {
        let sql = format!("SELECT id AS value FROM recoveries WHERE grant_id = {}", grant.id);
        let id = RecoveryId(model.world.number(&sql).await);
        model.recoveries.push(Recovery { id, grant: place, left: owed });
    }
    Outcome::Done
}

/// An organisation pays a part back, all, or, which is refused, more than it owes.
pub async fn recover(model: &mut Model) -> Outcome {
    let places: Vec<usize> = (0..model.recoveries.len()).collect();
    let Some(at) = model.chance.one_of(&places) else { return Outcome::Nothing };
    let recovery = model.recoveries[at].clone();
    let amount = model.chance.minor(1, recovery.left + recovery.left / 5 + 100);
    let received = model.chance.once_in(2);
    let typed = forms::because("They have nothing left").with("amount", money::typed_usd(amount));
    let command = match received {
        true => {
            let typed = typed.with("currency", "USD").with("date", model.today().to_string());
            Command::Recover(recovery.id, typed.with("bank_reference", forms::command()))
        }
        false => Command::WriteOff(recovery.id, typed),
    };
    let done = sent(model, command).await.is_some();
    assert_eq!(done, amount <= recovery.left, "{amount} of {recovery:?} ({})", model.refusal);
    if !done {
        return Outcome::Unchanged;
    }
    model.recoveries[at].left -= amount;
    if received {
        model.expected.disbursed -= amount;
        // It can be committed again, from the very receipts that had paid.
        assert_eq!(take_back(model, recovery.grant).await, amount);
    }
    Outcome::Done
}

/// Payments of a grant stop, or go on.
pub async fn suspend(model: &mut Model) -> Outcome {
    let running = |place: &usize| matches!(model.grants[*place].stage, Stage::Active | Stage::Suspended);
    let places: Vec<usize> = (0..model.grants.len()).filter(running).collect();
    let Some(place) = model.chance.one_of(&places) else { return Outcome::Nothing };
    let grant = model.grants[place].clone();
    let (kind, next) = match grant.stage {
        Stage::Active => (AmendmentKind::Suspension, Stage::Suspended),
        _ => (AmendmentKind::Resumption, Stage::Active),
    };
    let officer = later(&model.people.officer, model.now);
    let id = amendments::propose(&officer, grant.id, kind, &forms::because("An audit is under way")).await.unwrap();
    sent(model, Command::Amendment(id, forms::commanded())).await.unwrap();
    model.grants[place].stage = next;
    Outcome::Done
}

/// The approving officer lets a condition of an instalment go, where one is not met that may be waived.
pub async fn waive(model: &mut Model) -> Outcome {
    let places: Vec<usize> =
        (0..model.grants.len()).filter(|place| model.grants[*place].stage == Stage::Active).collect();
    let Some(place) = model.chance.one_of(&places) else { return Outcome::Nothing };
    let instalments = model.grants[place].instalments.clone();
    let Some((instalment, _)) = model.chance.one_of(&instalments) else { return Outcome::Nothing };
    let approver = later(&model.people.approver, model.now);
    let view = disbursements::conditions_of(&approver, instalment).await.unwrap();
    let Some(check) = view.conditions.into_iter().find(|check| check.may_be_waived) else { return Outcome::Nothing };
    let typed = Typed::default().with("condition", check.condition.code()).with("reason", "The winter cannot wait");
    disbursements::waive(&approver, instalment, &typed).await.unwrap();
    Outcome::Done
}
