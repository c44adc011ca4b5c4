//! A journal as long as asked for: payments that were requested, certified and rejected, over and over, with a row of
//! their own each. They leave every balance as it was, and every record as true as the others.

use domain::contributions::Earmark;
use domain::disbursements::DisbursementState;
use domain::ids::GrantId;
use domain::ledger::{Event, disbursement as step_of, disbursement_rejected};

use super::money::{About, Journal, next_id};
use crate::disbursements::entity::disbursement;
use crate::error::Result;

/// Adds rejected payments of the instalments that were paid, in turn, until the books have so many postings.
pub(super) fn fill(disbursements: &mut Vec<disbursement::Model>, books: &mut Journal, postings: usize) -> Result<()> {
    let paid: Vec<_> = disbursements.iter().filter(|model| model.paid_on.is_some()).cloned().collect();
    for model in paid.iter().cycle() {
        if books.postings() >= postings {
            break;
        }
        let id = next_id(disbursements);
        disbursements.push(disbursement::Model {
            id,
            state: DisbursementState::Rejected.code().to_owned(),
            reason: "Not yet".to_owned(),
            approved_by: None,
            approved_at: None,
            released_by: None,
            released_at: None,
            confirmed_by: None,
            confirmed_at: None,
            bank_reference: None,
            paid_on: None,
            command_id: format!("seed-disbursement-{id}"),
            ..model.clone()
        });
        let about = About {
            date: model.paid_on.unwrap_or_default(),
            source_kind: "disbursement",
            source_id: id,
            donor: None,
            grant: Some(GrantId(model.grant_id)),
        };
        let amounts = [(Earmark::None, model.usd_minor)];
        for event in [Event::DisbursementRequested, Event::DisbursementCertified] {
            books.post(event, &about, &step_of(event, &amounts))?;
        }
        books.post(Event::DisbursementRejected, &about, &disbursement_rejected(true, &amounts))?;
    }
    Ok(())
}
