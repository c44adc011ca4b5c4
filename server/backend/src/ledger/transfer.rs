//! Paying programme support costs over to the United Nations Secretariat. The entry is all there is of it, so that
//! a mistake is reversed on the entry's own page.

use std::collections::BTreeMap;

use domain::contributions::Earmark;
use domain::errors::{AppError, FieldErrors};
use domain::forms::Typed;
use domain::ids::EntryId;
use domain::ledger::{Account, Event, PSC_TRANSFER, programme_support_transferred};
use domain::message::Message;
use domain::money::{Money, split_in_proportion};
use domain::roles::{Action, Subject};
use sea_orm::{ActiveModelTrait as _, ColumnTrait as _, EntityTrait as _, FromQueryResult, QueryFilter as _, Set};

use super::entity::{journal_entry, psc_transfer};
use super::{NewEntry, find_command, post};
use crate::audit;
use crate::codes;
use crate::context::{Context, Work};
use crate::database;
use crate::error::Result;

/// Enters a transfer of what was set aside; each earmark bears its share of it.
///
/// # Errors
/// Not allowed, wrong fields, more than is set aside, a bank reference that was used before, a closed period, or the
/// database's.
pub async fn transfer_programme_support(context: &Context, typed: &Typed) -> Result<EntryId> {
    context.permit(Action::TransferProgrammeSupport, &Subject::NONE)?;
    let answers = PSC_TRANSFER.read(typed)?;
    let (minor, date) = (answers.minor("amount"), answers.date("date").unwrap_or_default());
    let (reference, command_id) = (answers.text("bank_reference"), answers.text("command_id"));
    let work = context.begin_money().await?;
    if find_command(&work, command_id).await?.is_some() {
        return repeated(&work, command_id, minor, reference).await;
    }
    let set_aside = set_aside(&work).await?;
    check(&work, minor, set_aside.values().sum(), date, reference).await?;
    let row = psc_transfer::ActiveModel {
        usd_minor: Set(minor),
        date: Set(date),
        bank_reference: Set(reference.to_owned()),
        note: Set(answers.text("note").to_owned()),
        created_by: Set(context.actor.user.map(Into::into)),
        created_at: Set(context.now),
        ..Default::default()
    }
    .insert(&work.transaction)
    .await?;
    let weights: Vec<i64> = set_aside.values().copied().collect();
    let amounts: Vec<(Earmark, i64)> = set_aside.keys().copied().zip(split_in_proportion(minor, &weights)).collect();
    let entry = NewEntry {
        event: Event::ProgrammeSupportTransferred,
        date,
        source_kind: "psc-transfer",
        source_id: row.id,
        donor: None,
        grant: None,
        command_id,
        reverses: None,
        postings: programme_support_transferred(&amounts),
    };
    let id = post(&work, entry).await?;
    audit::record::<(), _>(&work, "audit-psc-transferred", audit::Kind::Entry, id.0, None, Some(&row)).await?;
    work.commit().await?;
    Ok(id)
}

/// The entry that the same form made before.
async fn repeated(work: &Work<'_>, command_id: &str, minor: i64, reference: &str) -> Result<EntryId> {
    let entry = journal_entry::Entity::find()
        .filter(journal_entry::Column::CommandId.eq(command_id))
        .filter(journal_entry::Column::Event.eq(Event::ProgrammeSupportTransferred.code()))
        .one(&work.transaction)
        .await?
        .ok_or_else(|| AppError::refused("refused-command-used"))?;
    let row = psc_transfer::Entity::find_by_id(entry.source_id).one(&work.transaction).await?;
    match row.is_some_and(|row| row.usd_minor == minor && row.bank_reference == reference) {
        true => Ok(EntryId(entry.id)),
        false => Err(AppError::refused("refused-command-used").into()),
    }
}

async fn check(work: &Work<'_>, minor: i64, set_aside: i64, date: chrono::NaiveDate, reference: &str) -> Result<()> {
    let mut errors = FieldErrors::default();
    if minor < 1 {
        errors.add("amount", Message::new("error-contribution-zero"));
    }
    if minor > set_aside {
        errors.add("amount", Message::new("error-psc-transfer-more").with("amount", Money::usd(set_aside)));
    }
    if date > work.context.today() {
        errors.add("date", Message::new("error-contribution-future"));
    }
    let used = psc_transfer::Entity::find()
        .filter(psc_transfer::Column::BankReference.eq(reference))
        .one(&work.transaction)
        .await?;
    if used.is_some() {
        errors.add("bank_reference", Message::new("error-bank-reference-used"));
    }
    Ok(errors.into_result()?)
}

#[derive(FromQueryResult)]
struct Balance {
    earmark: String,
    sum: i64,
}

/// US cents that are set aside, by earmark; earmarks without any are left out.
pub(crate) async fn set_aside(work: &Work<'_>) -> Result<BTreeMap<Earmark, i64>> {
    let sql = "SELECT earmark, CAST(-SUM(usd_minor) AS BIGINT) AS sum FROM account_balances WHERE account = $1 \
               GROUP BY earmark HAVING SUM(usd_minor) < 0";
    let account = Account::ProgrammeSupportSetAside.code();
    let rows: Vec<Balance> = database::rows(&work.transaction, sql, [account.into()]).await?;
    rows.into_iter()
        .map(|row| {
            let earmark = codes::earmark(&row.earmark)?;
            Ok((earmark, row.sum))
        })
        .collect()
}
