//! Grants that changed on the way: amendments at each stage, a small move in a budget, and a grant that ended early
//! with money to pay back.

use backend::grants::{amendments, recoveries, terminate};
use backend::page::PageRequest;
use backend::{Context, Result};
use domain::amendments::AmendmentKind;
use domain::errors::AppError;
use domain::forms::Typed;
use domain::ids::AmendmentId;
use domain::roles::Role;

use super::applications::Award;
use super::data::ORGANISATIONS;
use super::people::People;
use super::{Demo, command};

/// Changes some of the grants of the second call, which are the last ones.
pub async fn enter(demo: &Demo, people: &People, awards: &[Award]) -> Result<()> {
    let officer = demo.at(&people.one(Role::ProgrammeOfficer), demo.ago(1));
    let director = demo.at(&people.one(Role::ExecutiveDirector), demo.ago(1));
    let mut last = awards.iter().rev();
    let [Some(ended), Some(failed), Some(released), Some(approved)] =
        [last.next(), last.next(), last.next(), last.next()]
    else {
        return Ok(());
    };
    end(demo, people, ended).await?;
    let decrease = Typed::default().with("amount", "1500.00").with("reason", "One shelter will be run by the city.");
    propose(&officer, failed, AmendmentKind::Decrease, decrease).await?;
    let longer = || Typed::default().with("months", "3").with("reason", "The first shelter opened late.");
    let waiting = propose(&officer, released, AmendmentKind::Extension, longer()).await?;
    countersign(demo, people, released, waiting).await?;
    let extension = propose(&officer, approved, AmendmentKind::Extension, longer()).await?;
    countersign(demo, people, approved, extension).await?;
    let decision = Typed::default().with("command_id", command(format!("amend-{}", approved.number)));
    amendments::approve(&director, extension, &decision).await?;
    Ok(())
}

async fn propose(officer: &Context, award: &Award, kind: AmendmentKind, typed: Typed) -> Result<AmendmentId> {
    let typed = typed.with("command_id", command(format!("propose-{kind}-{}", award.number)));
    amendments::propose(officer, award.grant, kind, &typed).await
}

async fn countersign(demo: &Demo, people: &People, award: &Award, id: AmendmentId) -> Result<()> {
    let signatory = demo.at(&people.signatories[award.organisation], demo.ago(1));
    let signature =
        Typed::default().with("accept", "yes").with("full_name", ORGANISATIONS[award.organisation].signatory);
    amendments::countersign(&signatory, id, &signature).await
}

/// A grant that ended early: part of what has to be paid back came already.
async fn end(demo: &Demo, people: &People, award: &Award) -> Result<()> {
    let director = demo.at(&people.one(Role::ExecutiveDirector), demo.ago(2));
    let reason = Typed::default()
        .with("reason", "The authorities closed the organisation’s office.")
        .with("command_id", command(format!("end-{}", award.number)));
    match terminate(&director, award.grant, &reason).await.map_err(AppError::from) {
        // Its first payment may not be through yet, depending on today's date.
        Err(AppError::Refused(_)) => return Ok(()),
        other => other?,
    }
    let finance = demo.at(&people.one(Role::FinanceOfficer), demo.ago(1));
    let open = recoveries::queries::list(&finance, &PageRequest::default()).await?;
    for row in open.rows {
        let typed = Typed::default()
            .with("amount", "5000.00")
            .with("date", demo.ago(1).to_string())
            .with("bank_reference", format!("BACK-{}", row.number))
            .with("command_id", command(format!("back-{}", row.number)));
        recoveries::receive(&finance, row.id, &typed).await?;
    }
    Ok(())
}
