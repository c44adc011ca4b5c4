//! What goes to banks and comes from them: batches with their answers, lines of statements, contributions of the past.

use backend::contributions::past;
use backend::contributions::statements::{self, queries};
use backend::disbursements::{bank_file, batch, cancel_batch, import_bank_file};
use backend::page::PageRequest;
use domain::contributions::{Earmark, STANDARD_PSC_BASIS_POINTS};
use domain::disbursements::{BankOutcome, DisbursementEvent, DisbursementState};
use domain::forms::Typed;
use domain::ids::{DisbursementId, PaymentBatchId, PledgeId, StatementId, UnidentifiedId};
use domain::money::{Currency, Money};

use super::commands::Command;
use super::contributions::{add, any_pledge, arriving, settled, typed_amount};
use super::model::{Held, Model, Pledge, Stage};
use super::operations::{Outcome, sent, take_effect};
use crate::support::{grants as forms, later};

/// A batch, with the identifications by which the bank names its payments.
#[derive(Clone, Debug)]
pub struct Batch {
    pub id: PaymentBatchId,
    /// Places in [`Model::disbursements`].
    pub payments: Vec<(usize, String)>,
    pub cancelled: bool,
}

/// Payments that are approved, or were released by a batch that was taken back, go to the bank together.
pub async fn gather(model: &mut Model) -> Outcome {
    let in_batch = |place: usize| {
        let live = model.batches.iter().filter(|batch| !batch.cancelled);
        live.flat_map(|batch| &batch.payments).any(|(known, _)| *known == place)
    };
    let fits = |place: &usize| match model.disbursements[*place].state {
        DisbursementState::Approved => true,
        DisbursementState::Released => !in_batch(*place),
        _ => false,
    };
    let mut places: Vec<usize> = (0..model.disbursements.len()).filter(fits).collect();
    places.truncate(3);
    if places.is_empty() {
        return Outcome::Nothing;
    }
    let day = domain::time::add_days(model.today(), 1);
    let typed = places.iter().fold(forms::commanded().with("execution_date", day.to_string()), |typed, place| {
        typed.with("payments", model.disbursements[*place].id.to_string())
    });
    // A condition that is not met any more stops all of it.
    let Some(id) = sent(model, Command::Batch(typed)).await else { return Outcome::Unchanged };
    let id = PaymentBatchId(id);
    let view = batch(&later(&model.people.finance, model.now), id).await.unwrap();
    assert_eq!(view.payments.len(), places.len());
    let of = |id: DisbursementId| places.iter().copied().find(|place| model.disbursements[*place].id == id).unwrap();
    let payments: Vec<(usize, String)> =
        view.payments.iter().map(|payment| (of(payment.disbursement.id), payment.end_to_end_id.clone())).collect();
    for place in places {
        model.disbursements[place].state = DisbursementState::Released;
    }
    model.batches.push(Batch { id, payments, cancelled: false });
    Outcome::Done
}

/// A batch is taken back, unless the bank has answered; its payments stay released.
pub async fn cancel(model: &mut Model) -> Outcome {
    let answered_too = model.chance.once_in(4);
    let has_answer = |batch: &Batch| {
        batch.payments.iter().any(|(place, _)| model.disbursements[*place].state != DisbursementState::Released)
    };
    let fits = |batch: &Batch| !batch.cancelled && (answered_too || !has_answer(batch));
    let places: Vec<usize> = (0..model.batches.len()).filter(|place| fits(&model.batches[*place])).collect();
    let Some(at) = model.chance.one_of(&places) else { return Outcome::Nothing };
    let known = model.batches[at].clone();
    let answered = has_answer(&known);
    let finance = later(&model.people.finance, model.now);
    let done = cancel_batch(&finance, known.id, &forms::because("The bank was closed")).await.is_ok();
    assert_eq!(done, !answered, "{known:?}");
    if !done {
        return Outcome::Unchanged;
    }
    model.batches[at].cancelled = true;
    Outcome::Done
}

/// The bank says that it paid, or that the money came back; sometimes of a batch that was taken back, which somebody
/// has to look at. The same file again changes nothing.
pub async fn answer(model: &mut Model) -> Outcome {
    let cancelled_too = model.chance.once_in(8);
    let payments: Vec<(usize, String, bool)> = model
        .batches
        .iter()
        .filter(|batch| cancelled_too || !batch.cancelled)
        .flat_map(|batch| batch.payments.iter().map(|(place, id)| (*place, id.clone(), batch.cancelled)))
        .collect();
    let waiting =
        |(place, _, _): &&(usize, String, bool)| model.disbursements[*place].state == DisbursementState::Released;
    let mostly: Vec<_> = payments.iter().filter(waiting).cloned().collect();
    let any = mostly.is_empty() || model.chance.once_in(5);
    let chosen = model.chance.one_of(if any { &payments } else { &mostly });
    let Some((place, end_to_end, cancelled)) = chosen else { return Outcome::Nothing };
    let row = model.disbursements[place].clone();
    let came_back = model.chance.once_in(4);
    let file = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.054.001.08\">\
         <BkToCstmrDbtCdtNtfctn><GrpHdr><MsgId>M</MsgId></GrpHdr><Ntfctn>\
         <Acct><Id><IBAN>AT611904300234573201</IBAN></Id></Acct><Ntry><Amt Ccy=\"USD\">{}</Amt>\
         <CdtDbtInd>{}</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>{}</Dt></BookgDt><AcctSvcrRef>{}</AcctSvcrRef>\
         <NtryDtls><TxDtls><Refs><EndToEndId>{end_to_end}</EndToEndId></Refs></TxDtls></NtryDtls></Ntry></Ntfctn>\
         </BkToCstmrDbtCdtNtfctn></Document>",
        Money::usd(row.amount).to_decimal(),
        if came_back { "CRDT" } else { "DBIT" },
        model.today(),
        forms::command(),
    );
    let finance = later(&model.people.finance, model.now);
    let id = import_bank_file(&finance, "bank.xml", file.as_bytes()).await.unwrap();
    assert_eq!(import_bank_file(&finance, "again.xml", file.as_bytes()).await.unwrap(), id);
    let outcomes = bank_file(&finance, id).await.unwrap().outcomes;
    assert_eq!(outcomes.len(), 1, "{outcomes:?}");
    use DisbursementState as S;
    let (event, expected) = match (came_back, row.state) {
        (true, S::Bounced | S::Failed) => (None, BankOutcome::Known),
        // Under another reference of the bank: the money left once more.
        (false, S::Confirmed | S::Bounced) => (None, BankOutcome::Refused),
        _ if cancelled => (None, BankOutcome::Refused),
        (false, S::Released) => (Some(DisbursementEvent::Confirm), BankOutcome::Confirmed),
        (true, S::Released) => (Some(DisbursementEvent::Fail), BankOutcome::Failed),
        (true, S::Confirmed) => (Some(DisbursementEvent::Bounce), BankOutcome::Bounced),
        _ => (None, BankOutcome::Refused),
    };
    let outcome = outcomes[0].outcome;
    // Of a grant that has ended what is accounted for does not bounce.
    let ended = model.grants[row.grant].stage == Stage::Ended;
    let spent = ended && event == Some(DisbursementEvent::Bounce) && outcome == BankOutcome::Refused;
    assert!(outcome == expected || spent, "{outcome:?}, not {expected:?}: {row:?} {:?}", outcomes[0].why);
    if let Some(event) = event.filter(|_| outcome == expected) {
        take_effect(model, place, event);
    }
    Outcome::Done
}

/// The number of the Fund's account in a currency.
pub fn account_in(currency: Currency) -> String {
    format!("DE0000{}", currency.code())
}

/// A line of a statement: its money is a pledge's, or is held. Taking it twice changes nothing.
pub async fn line(model: &mut Model) -> Outcome {
    let amount = Money::new(model.chance.minor(10_000, 3_000_000), model.currency());
    let held = arriving(model, amount);
    let table = format!(
        "date;amount;currency;payer;text\n{};{};{};Somebody;{}\n",
        held.date,
        typed_amount(amount),
        amount.currency.code(),
        forms::command()
    );
    let finance = later(&model.people.finance, model.now);
    let account = Typed::default().with("account", account_in(amount.currency)).with("decimal_sign", "point");
    let import = async || -> StatementId {
        statements::import(&finance, &account, "statement.csv", table.as_bytes()).await.unwrap()
    };
    let id = import().await;
    assert_eq!(import().await, id, "a statement imported twice is one");
    let open = backend::contributions::unidentified_queries::open_pledges(&finance).await.unwrap();
    let line = queries::lines(&finance, id, &PageRequest::default(), &open).await.unwrap().rows.remove(0).id;
    let place = any_pledge(model).filter(|_| model.chance.once_in(2));
    match place {
        Some(place) => {
            let pledge = model.pledges[place].clone();
            let expected = settled(model, &pledge, &held);
            let typed = Typed::default().with("pledge", pledge.id.to_string());
            let done = statements::match_line(&finance, line, &typed).await;
            assert_eq!(done.is_ok(), expected.is_some(), "{held:?} for {pledge:?} ({done:?})");
            if let Some(expected) = expected {
                statements::match_line(&finance, line, &typed).await.unwrap();
                let id = model.world.number("SELECT MAX(id) AS value FROM receipts").await;
                add(model, place, id, &held, &expected);
            }
        }
        None => {
            statements::hold_line(&finance, line).await.unwrap();
            statements::hold_line(&finance, line).await.unwrap();
            let id = model.world.number("SELECT MAX(id) AS value FROM unidentified_receipts").await;
            model.held.push(Held { id: UnidentifiedId(id), ..held });
        }
    }
    Outcome::Done
}

/// A contribution of the past from a file, of which a part, or all, was spent before. The same file again enters
/// nothing.
pub async fn past(model: &mut Model) -> Outcome {
    let amount = Money::new(model.chance.minor(10_000, 900_000), Currency::USD);
    let (today, psc) = (model.today(), STANDARD_PSC_BASIS_POINTS);
    let pledge = Pledge {
        id: PledgeId(0),
        date: today,
        amount,
        usd: amount.minor,
        earmark: Earmark::None,
        psc,
        rate: rust_decimal::Decimal::ONE,
        closed: 0,
        closed_usd: 0,
    };
    let minor = model.chance.minor(1_000, amount.minor);
    let held = arriving(model, Money::new(minor, Currency::USD));
    let expected = settled(model, &pledge, &held).unwrap();
    let usable = expected.parts.usd_minor - expected.parts.psc_usd_minor;
    let spent = if model.chance.once_in(2) { model.chance.minor(0, usable + usable / 20) } else { 0 };
    let usd = |minor: i64| Money::usd(minor).to_decimal();
    let file = format!(
        "donor,date,currency,pledged,received,received on,bank reference,earmark,note,spent\n\
         Norway,{today},USD,{},{},{today},{},,,{}\n",
        usd(amount.minor),
        usd(minor),
        forms::command(),
        usd(spent)
    );
    let finance = later(&model.people.finance, model.now);
    let id = past::upload(&finance, "past.csv", file.as_bytes()).await.unwrap();
    let entered = past::confirm(&finance, id).await;
    assert_eq!(entered.is_ok(), spent <= usable, "{spent} of {usable} ({entered:?})");
    if entered.is_err() {
        return Outcome::Done;
    }
    assert_eq!(past::confirm(&finance, id).await.unwrap(), 0);
    model
        .pledges
        .push(Pledge { id: PledgeId(model.world.number("SELECT MAX(id) AS value FROM pledges").await), ..pledge });
    model.expected.receivable += amount.minor;
    let receipt = model.world.number("SELECT MAX(id) AS value FROM receipts").await;
    add(model, model.pledges.len() - 1, receipt, &held, &expected);
    model.sources.last_mut().unwrap().available -= spent;
    model.expected.committed += spent;
    model.expected.disbursed += spent;
    model.expected.spent += spent;
    Outcome::Done
}
