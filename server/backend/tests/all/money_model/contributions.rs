//! Operations on what donors promise and send: pledged, amended, written down; received, held, identified, sent back.

use chrono::Days;
use domain::contributions::Earmark;
use domain::forms::Typed;
use domain::funding::Source;
use domain::ids::{PledgeId, ReceiptId, UnidentifiedId};
use domain::money::Money;
use domain::receipts::{Incoming, Settled, settle};

use super::commands::Command;
use super::model::{Held, Model, Pledge, Received};
use super::operations::{Outcome, sent};
use crate::support::{grants as forms, later, money};

/// An amount as a person types it.
pub fn typed_amount(amount: Money) -> String {
    amount.to_decimal().to_string()
}

pub async fn pledge(model: &mut Model) -> Outcome {
    let amount = Money::new(model.chance.minor(1_000_000, 9_000_000), model.currency());
    let earmarks = [Earmark::None, Earmark::None, Earmark::Trafficking, Earmark::Africa, Earmark::LabourMigration];
    let earmark = model.chance.one_of(&earmarks).unwrap();
    let psc = model.chance.one_of(&[1300, 1300, 700, 0]).unwrap();
    let mut typed = money::pledge(model.donor, &typed_amount(amount), amount.currency.code());
    typed.set("date", model.today().to_string());
    typed.set("earmark", earmark.code());
    typed.set("psc_per_cent", (psc / 100).to_string());
    let id = sent(model, Command::Pledge(typed)).await.unwrap();
    let rate = model.rate(amount.currency, model.today());
    let usd = amount.to_usd(rate).unwrap().minor;
    model.expected.receivable += usd;
    model.pledges.push(Pledge {
        id: PledgeId(id),
        date: model.today(),
        amount,
        usd,
        rate,
        earmark,
        psc,
        closed: 0,
        closed_usd: 0,
    });
    Outcome::Done
}

/// A place in the list of pledges.
pub fn any_pledge(model: &mut Model) -> Option<usize> {
    let places: Vec<usize> = (0..model.pledges.len()).collect();
    model.chance.one_of(&places)
}

/// More or less is promised; never less than came in or was given up.
pub async fn amend(model: &mut Model) -> Outcome {
    let Some(place) = any_pledge(model) else { return Outcome::Nothing };
    let before = model.pledges[place].clone();
    let least = if model.chance.once_in(5) { 1 } else { before.closed.max(1) };
    let amount = Money::new(model.chance.minor(least, before.amount.minor.max(least) * 2), before.amount.currency);
    let due = model.today() + Days::new(model.chance.between(1, 300));
    let typed = forms::because("Their budget changed")
        .with("amount", typed_amount(amount))
        .with("date", model.today().to_string())
        .with("instalments.0.due", due.to_string())
        .with("instalments.0.amount", typed_amount(amount));
    let done = sent(model, Command::Amend(before.id, typed)).await.is_some();
    // What came in beyond the pledge is revenue already, and the pledge does not grow over it.
    let surplus = model.receipts.iter().any(|row| row.pledge == place && row.beyond && !row.undone);
    let allowed = amount.minor >= before.closed && !(surplus && amount.minor > before.amount.minor);
    assert_eq!(done, allowed, "{amount} of {before:?} ({})", model.refusal);
    if !done {
        return Outcome::Unchanged;
    }
    let usd = match amount.minor == before.closed {
        true => before.closed_usd,
        false => amount.to_usd(before.rate).unwrap().minor,
    };
    model.expected.receivable += usd - before.usd;
    (model.pledges[place].amount, model.pledges[place].usd) = (amount, usd);
    Outcome::Done
}

/// A part that will not come is given up; never more than is still to come.
pub async fn write_down(model: &mut Model) -> Outcome {
    let Some(place) = any_pledge(model) else { return Outcome::Nothing };
    let open = model.pledges[place].open();
    let outstanding = open.outstanding();
    let amount =
        Money::new(model.chance.minor(1, outstanding.minor + outstanding.minor / 4 + 100), outstanding.currency);
    let typed = forms::because("The donor has no means")
        .with("amount", typed_amount(amount))
        .with("date", model.today().to_string());
    let done = sent(model, Command::WriteDown(model.pledges[place].id, typed)).await.is_some();
    assert_eq!(done, amount.minor <= outstanding.minor, "{amount} of {outstanding} ({})", model.refusal);
    if !done {
        return Outcome::Unchanged;
    }
    let usd = open.usd_of(amount.minor).unwrap();
    model.expected.receivable -= usd;
    model.pledges[place].closed += amount.minor;
    model.pledges[place].closed_usd += usd;
    Outcome::Done
}

/// What a receipt should do, at the rates of the day on which the money came; none where it is worth nothing.
pub fn settled(model: &Model, pledge: &Pledge, held: &Held) -> Option<Settled> {
    let same = held.amount.currency == pledge.amount.currency;
    let incoming = Incoming {
        amount: held.amount,
        usd_minor: Some(held.usd),
        charge_minor: held.charge,
        date: held.date,
        rate: held.rate,
        pledge_rate: if same { held.rate } else { model.rate(pledge.amount.currency, held.date) },
        stated: None,
    };
    settle(&pledge.open(), &incoming).ok().filter(|settled| settled.credited_minor > 0)
}

/// Tells the model of money that came in for a pledge.
pub fn add(model: &mut Model, place: usize, id: i64, held: &Held, settled: &Settled) {
    let parts = &settled.parts;
    model.expected.receivable -= parts.settled_usd_minor;
    model.expected.received += parts.usd_minor;
    model.expected.psc += parts.psc_usd_minor;
    model.set_aside += parts.psc_usd_minor;
    let pledge = &mut model.pledges[place];
    pledge.closed += parts.settled.minor;
    pledge.closed_usd += parts.settled_usd_minor;
    model.sources.push(Source {
        receipt: ReceiptId(id),
        earmark: pledge.earmark,
        received_on: held.date,
        available: parts.usd_minor - parts.psc_usd_minor,
    });
    let (money, parts) = (held.clone(), *parts);
    let beyond = settled.credited_minor > parts.settled.minor;
    model.receipts.push(Received { id: ReceiptId(id), pledge: place, money, parts, beyond, undone: false });
}

/// Money of today, which may be for a pledge.
pub fn arriving(model: &Model, amount: Money) -> Held {
    let (date, rate) = (model.today(), model.rate(amount.currency, model.today()));
    Held { id: UnidentifiedId(0), amount, usd: amount.to_usd(rate).unwrap().minor, rate, date, charge: 0, open: true }
}

/// A part of a pledge, all that is open, or more than that; in a month with another rate than the pledge's, sometimes
/// in another currency, and sometimes less what a bank kept.
pub async fn receive(model: &mut Model) -> Outcome {
    let Some(place) = any_pledge(model) else { return Outcome::Nothing };
    let pledge = model.pledges[place].clone();
    let open = pledge.open().outstanding().minor;
    let minor = match model.chance.between(0, 9) {
        0..=4 if open > 100 => model.chance.minor(100, open),
        5..=8 if open > 0 => open,
        _ => open + model.chance.minor(100, 500_000),
    };
    let currency = if model.chance.once_in(5) { model.currency() } else { pledge.amount.currency };
    let charge = if model.chance.once_in(5) { model.chance.minor(0, minor.min(5_000)) } else { 0 };
    let held = Held { charge, ..arriving(model, Money::new(minor, currency)) };
    let expected = settled(model, &pledge, &held);
    let mut typed = money::receipt(&typed_amount(held.amount), currency.code(), &held.date.to_string());
    typed.set("bank_charge", typed_amount(Money::new(charge, currency)));
    let typed = money::other_money(&later(&model.people.finance, model.now), pledge.id, typed).await;
    let done = sent(model, Command::Receive(pledge.id, typed)).await;
    assert_eq!(done.is_some(), expected.is_some(), "{held:?} for {pledge:?} ({})", model.refusal);
    let (Some(id), Some(expected)) = (done, expected) else { return Outcome::Unchanged };
    add(model, place, id, &held, &expected);
    Outcome::Done
}

/// Money of which nobody knows yet what it is. It cannot be committed.
pub async fn hold(model: &mut Model) -> Outcome {
    let amount = Money::new(model.chance.minor(10_000, 3_000_000), model.currency());
    let mut held = arriving(model, amount);
    let typed = money::receipt(&typed_amount(amount), amount.currency.code(), &held.date.to_string());
    let typed = money::other_held(&later(&model.people.finance, model.now), typed).await;
    held.id = UnidentifiedId(sent(model, Command::Hold(typed)).await.unwrap());
    model.held.push(held);
    Outcome::Done
}

/// Held money, mostly such as nobody has decided on.
fn any_held(model: &mut Model) -> Option<usize> {
    let decided_too = model.chance.once_in(5);
    let places: Vec<usize> = (0..model.held.len()).filter(|place| decided_too || model.held[*place].open).collect();
    model.chance.one_of(&places)
}

/// Somebody says for which pledge held money is.
pub async fn identify(model: &mut Model) -> Outcome {
    let (Some(at), Some(place)) = (any_held(model), any_pledge(model)) else { return Outcome::Nothing };
    let (held, pledge) = (model.held[at].clone(), model.pledges[place].clone());
    let expected = settled(model, &pledge, &held).filter(|_| held.open);
    let typed: Typed = forms::because("The donor called").with("pledge", pledge.id.to_string());
    let done = sent(model, Command::Identify(held.id, typed)).await;
    assert_eq!(done.is_some(), expected.is_some(), "{held:?} for {pledge:?} ({})", model.refusal);
    let (Some(id), Some(expected)) = (done, expected) else { return Outcome::Unchanged };
    add(model, place, id, &held, &expected);
    model.held[at].open = false;
    Outcome::Done
}

/// Held money goes back to where it came from.
pub async fn send_back(model: &mut Model) -> Outcome {
    let Some(at) = any_held(model) else { return Outcome::Nothing };
    let held = model.held[at].clone();
    let typed = forms::because("Sent by mistake").with("date", model.today().to_string());
    let done = sent(model, Command::SendBack(held.id, typed)).await.is_some();
    assert_eq!(done, held.open, "{held:?} ({})", model.refusal);
    model.held[at].open = false;
    if done { Outcome::Done } else { Outcome::Unchanged }
}

/// A receipt was for the wrong pledge: its money is held again, unless a grant is paid from it or its programme support
/// costs are gone.
pub async fn undo(model: &mut Model) -> Outcome {
    let places: Vec<usize> = (0..model.receipts.len()).collect();
    let Some(at) = model.chance.one_of(&places) else { return Outcome::Nothing };
    let row = model.receipts[at].clone();
    let (parts, pledge) = (row.parts, model.pledges[row.pledge].id);
    let done = sent(model, Command::Undo(pledge, row.id, forms::because("Wrong pledge"))).await;
    let whole = parts.usd_minor - parts.psc_usd_minor;
    let untouched = model.sources.iter().any(|source| source.receipt == row.id && source.available == whole);
    let beyond = |other: &Received| other.pledge == row.pledge && other.id != row.id && !other.undone && other.beyond;
    let beyond = parts.settled.minor > 0 && model.receipts.iter().any(beyond);
    let paid_over = model.refusal.contains("refused-undo-psc") && !model.transfers.is_empty();
    assert_eq!(
        done.is_some(),
        untouched && !row.undone && !beyond && (done.is_some() || !paid_over),
        "{row:?} ({})",
        model.refusal
    );
    let Some(held) = done else { return Outcome::Unchanged };
    model.receipts[at].undone = true;
    model.sources.retain(|source| source.receipt != row.id);
    model.expected.receivable += parts.settled_usd_minor;
    model.expected.received -= parts.usd_minor;
    model.expected.psc -= parts.psc_usd_minor;
    model.set_aside -= parts.psc_usd_minor;
    model.pledges[row.pledge].closed -= parts.settled.minor;
    model.pledges[row.pledge].closed_usd -= parts.settled_usd_minor;
    match model.held.iter_mut().find(|known| known.id.0 == held) {
        Some(known) => known.open = true,
        None => model.held.push(Held { id: UnidentifiedId(held), open: true, ..row.money }),
    }
    Outcome::Done
}
