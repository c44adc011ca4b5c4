//! Entering money for pledges: the receipts' rows and their entries in the books, for one receipt or for many together.

use std::collections::HashMap;

use chrono::NaiveDate;
use domain::ids::{DonorId, PledgeId};
use domain::ledger::{self, Event, Posting};
use domain::receipts::OpenPledge;
use sea_orm::{EntityTrait as _, Set};

use super::entity::{pledge, receipt};
use super::rates::Rates;
use super::settle::{Arrived, Divided, divide, open_pledge};
use crate::context::Work;
use crate::error::{Error, Result};
use crate::ledger::{NewEntry, post_many};

/// Adds the receipt and posts its entry: cash in, or money that was held until now.
pub(super) async fn enter(work: &Work<'_>, pledge: &pledge::Model, arrived: &Arrived<'_>) -> Result<receipt::Model> {
    let mut entering = Entering::default();
    let mut open = open_pledge(&work.transaction, pledge).await?;
    entering.add(work, pledge, &mut open, arrived).await?;
    let entered = entering.write(work).await?;
    entered.into_iter().next().ok_or_else(|| Error::Defect("no receipt was entered".to_owned()))
}

/// Receipts that are entered together: each is divided as it is added, and all are written with a few statements. The
/// caller holds the money lock from the first to the last.
#[derive(Default)]
pub(super) struct Entering {
    rates: Rates,
    receipts: Vec<receipt::ActiveModel>,
    entries: Vec<Entry>,
}

/// What is posted for a receipt.
struct Entry {
    event: Event,
    date: NaiveDate,
    donor: DonorId,
    command_id: String,
    postings: Vec<Posting>,
}

impl Entering {
    /// Adds money for a pledge, not yet written, and takes it from what is open of the pledge; gives what it counts for
    /// the pledge, in minor units of its currency.
    pub(super) async fn add(
        &mut self,
        work: &Work<'_>,
        pledge: &pledge::Model,
        open: &mut OpenPledge,
        arrived: &Arrived<'_>,
    ) -> Result<i64> {
        let divided = divide(work, &mut self.rates, open, arrived).await?;
        let settled = &divided.settled;
        open.closed_minor += settled.parts.settled.minor;
        open.closed_usd_minor += settled.parts.settled_usd_minor;
        let (event, postings) = match arrived.held {
            Some(_) => (Event::ReceiptIdentified, ledger::receipt_identified(&settled.parts)),
            None => (Event::Receipt, ledger::receipt(&settled.parts)),
        };
        self.receipts.push(row(work, PledgeId(pledge.id), arrived, &divided));
        self.entries.push(Entry {
            event,
            date: arrived.booked_on,
            donor: DonorId(pledge.donor_id),
            command_id: arrived.command_id.to_owned(),
            postings,
        });
        Ok(settled.credited_minor)
    }

    /// Adds the rows and posts the entries; gives the receipts in the order in which they were added.
    pub(super) async fn write(self, work: &Work<'_>) -> Result<Vec<receipt::Model>> {
        let inserted = receipt::Entity::insert_many(self.receipts).exec_with_returning(&work.transaction).await?;
        let mut by_command: HashMap<String, receipt::Model> =
            inserted.into_iter().map(|row| (row.command_id.clone(), row)).collect();
        let receipts = self.entries.iter().map(|entry| {
            let row = by_command.remove(&entry.command_id);
            row.ok_or_else(|| Error::Defect("a receipt was not kept".to_owned()))
        });
        let receipts = receipts.collect::<Result<Vec<_>>>()?;
        let entries: Vec<NewEntry<'_>> = self
            .entries
            .into_iter()
            .zip(&receipts)
            .map(|(entry, receipt)| NewEntry {
                event: entry.event,
                date: entry.date,
                source_kind: "receipt",
                source_id: receipt.id,
                donor: Some(entry.donor),
                grant: None,
                command_id: &receipt.command_id,
                reverses: None,
                postings: entry.postings,
            })
            .collect();
        post_many(work, &entries).await?;
        Ok(receipts)
    }
}

/// The row of a receipt, not yet inserted.
fn row(work: &Work<'_>, pledge: PledgeId, arrived: &Arrived<'_>, divided: &Divided) -> receipt::ActiveModel {
    let settled = &divided.settled;
    receipt::ActiveModel {
        pledge_id: Set(pledge.0),
        currency: Set(arrived.amount.currency.code().to_owned()),
        amount_minor: Set(arrived.amount.minor),
        date: Set(arrived.date),
        booked_on: Set(arrived.booked_on),
        bank_reference: Set(arrived.bank_reference.to_owned()),
        rate: Set(divided.rate.normalize().to_string()),
        pledge_rate: Set(divided.pledge_rate.map(|rate| rate.normalize().to_string())),
        stated: Set(divided.stated),
        usd_minor: Set(settled.parts.usd_minor),
        charge_minor: Set(arrived.charge_minor),
        credited_minor: Set(settled.credited_minor),
        settled_minor: Set(settled.parts.settled.minor),
        settled_usd_minor: Set(settled.parts.settled_usd_minor),
        psc_usd_minor: Set(settled.parts.psc_usd_minor),
        command_id: Set(arrived.command_id.to_owned()),
        undone: Set(false),
        undoes: Set(None),
        created_by: Set(work.context.actor.user.map(Into::into)),
        created_at: Set(work.context.now),
        ..Default::default()
    }
}
