//! Commands as data, so that any of them can be sent again: each is one call of a use case.

use backend::{board, contributions, disbursements, grants, ledger};
use domain::disbursements::DisbursementEvent;
use domain::forms::Typed;
use domain::ids::{
    AmendmentId, ApplicationId, DisbursementId, EntryId, GrantId, InstalmentId, PledgeId, ReceiptId, RecoveryId,
    UnidentifiedId,
};

use super::model::Model;
use crate::support::later;

/// Something that moves money and carries a command's id.
#[derive(Clone, Debug)]
pub enum Command {
    Pledge(Typed),
    Receive(PledgeId, Typed),
    Amend(PledgeId, Typed),
    WriteDown(PledgeId, Typed),
    Hold(Typed),
    Identify(UnidentifiedId, Typed),
    SendBack(UnidentifiedId, Typed),
    Undo(PledgeId, ReceiptId, Typed),
    Award(ApplicationId, Typed),
    Terminate(GrantId, Typed),
    Amendment(AmendmentId, Typed),
    End(GrantId, Typed),
    Recover(RecoveryId, Typed),
    WriteOff(RecoveryId, Typed),
    Request(GrantId, InstalmentId, Typed),
    Transfer(Typed),
    Reverse(EntryId, Typed),
    Step(DisbursementId, DisbursementEvent, bool, Typed),
    StandIn(DisbursementId, DisbursementEvent, Typed),
    Batch(Typed),
}

/// Sends a command, and gives the number of the record that it led to.
pub async fn send(model: &Model, command: &Command) -> backend::Result<i64> {
    let at = |context: &backend::Context| later(context, model.now);
    let people = &model.people;
    Ok(match command {
        Command::Pledge(typed) => contributions::pledge(&at(&people.finance), typed).await?.into(),
        Command::Receive(id, typed) => contributions::receive(&at(&people.finance), *id, typed).await?.into(),
        Command::Amend(id, typed) => {
            contributions::amend(&at(&people.finance), *id, typed).await?;
            id.0
        }
        Command::WriteDown(id, typed) => {
            contributions::write_down(&at(&people.finance), *id, typed).await?;
            id.0
        }
        Command::Hold(typed) => contributions::hold(&at(&people.finance), typed).await?.into(),
        Command::Identify(id, typed) => contributions::identify(&at(&people.finance), *id, typed).await?.into(),
        Command::SendBack(id, typed) => {
            contributions::send_back(&at(&people.finance), *id, typed).await?;
            id.0
        }
        Command::Undo(pledge, id, typed) => {
            contributions::undo(&at(&people.finance), *pledge, *id, typed).await?.into()
        }
        Command::Award(id, typed) => board::approve(&at(&people.director), *id, typed).await?.into(),
        Command::Terminate(id, typed) => {
            grants::terminate(&at(&people.officer), *id, typed).await?;
            id.0
        }
        Command::Amendment(id, typed) => {
            grants::amendments::approve(&at(&people.director), *id, typed).await?;
            id.0
        }
        Command::End(id, typed) => {
            grants::terminate(&at(&people.director), *id, typed).await?;
            id.0
        }
        Command::Recover(id, typed) => {
            grants::recoveries::receive(&at(&people.finance), *id, typed).await?;
            id.0
        }
        Command::WriteOff(id, typed) => {
            grants::recoveries::write_off(&at(&people.director), *id, typed).await?;
            id.0
        }
        Command::Request(grant, instalment, typed) => {
            disbursements::request(&at(&people.officer), *grant, *instalment, typed).await?.into()
        }
        Command::Transfer(typed) => ledger::transfer_programme_support(&at(&people.finance), typed).await?.into(),
        Command::Reverse(id, typed) => ledger::reverse(&at(&people.finance), *id, typed).await?.into(),
        Command::StandIn(id, event, typed) => {
            disbursements::stand_in(&at(&people.deputy), *id, event.code(), typed).await?;
            id.0
        }
        Command::Batch(typed) => disbursements::create_batch(&at(&people.finance), typed).await?.into(),
        Command::Step(id, event, certified, typed) => {
            match event {
                DisbursementEvent::Certify => disbursements::certify(&at(&people.certifier), *id, typed).await?,
                DisbursementEvent::Approve => disbursements::approve(&at(&people.approver), *id, typed).await?,
                DisbursementEvent::Release => disbursements::release(&at(&people.finance), *id, typed).await?,
                DisbursementEvent::Confirm => disbursements::confirm(&at(&people.finance), *id, typed).await?,
                DisbursementEvent::Reject => {
                    // Whoever would take the next step.
                    let who = if *certified { &people.approver } else { &people.certifier };
                    disbursements::reject(&at(who), *id, typed).await?;
                }
                DisbursementEvent::Return => {
                    let who = if *certified { &people.approver } else { &people.certifier };
                    disbursements::give_back(&at(who), *id, typed).await?;
                }
                DisbursementEvent::Resubmit => disbursements::resubmit(&at(&people.officer), *id, typed).await?,
                DisbursementEvent::Bounce => disbursements::bounce(&at(&people.finance), *id, typed).await?,
                DisbursementEvent::Fail => disbursements::fail(&at(&people.finance), *id, typed).await?,
                DisbursementEvent::Void => disbursements::void(&at(&people.approver), *id, typed).await?,
            }
            id.0
        }
    })
}
