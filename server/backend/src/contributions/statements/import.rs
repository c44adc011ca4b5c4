//! Importing a bank statement: its lines are kept, each once for ever, and no money moves yet.

use std::collections::{HashMap, HashSet};

use domain::contributions::STATEMENT;
use domain::errors::AppError;
use domain::forms::Typed;
use domain::ids::StatementId;
use domain::roles::{Action, Subject};
use sea_orm::ActiveValue::NotSet;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveModelTrait as _, ColumnTrait as _, EntityTrait as _, QueryFilter as _, QuerySelect as _, Set};
use sha2::{Digest as _, Sha256};

use super::table::Columns;
use super::{
    LineState, ParsedLine, ParsedStatement, StatementFormat, StatementState, account, camt, judge, reversals, table,
};
use crate::audit;
use crate::context::{Context, Work};
use crate::contributions::bank_entity::{bank_columns, bank_line, statement};
use crate::error::Result;
use crate::token::hex;

/// Rows in one statement to the database.
const CHUNK: usize = 500;

/// Imports a file: camt.053, or a bank's table with the columns as typed, as remembered for the account, or as found.
/// The same file again gives the statement that it made; of another file that overlaps only new lines are added.
///
/// # Errors
/// Not allowed, a file that cannot be read, with what is wrong in it, or the database's.
pub async fn import(context: &Context, typed: &Typed, file_name: &str, bytes: &[u8]) -> Result<StatementId> {
    context.permit(Action::WriteReceipts, &Subject::NONE)?;
    let answers = STATEMENT.read(typed)?;
    if bytes.is_empty() {
        return Err(AppError::field("file", "error-file-missing").into());
    }
    let named = account_named(answers.text("account"));
    let keys = &context.services.bank_keys;
    let text = decode(bytes);
    let is_xml = text.trim_start_matches('\u{feff}').trim_start().starts_with('<');
    let mut columns = Columns::default();
    let parsed = if is_xml {
        camt::parse(text.trim_start_matches('\u{feff}'))?
    } else {
        if named.is_empty() {
            return Err(AppError::field("account", "error-statement-account").into());
        }
        let code = account::find(context.database(), keys, &named).await?;
        if code.is_none() && named.starts_with(account::MARK) {
            return Err(AppError::field("account", "error-statement-account-unknown").into());
        }
        columns = Columns::of(&answers, remembered(context, code.as_deref()).await?.as_ref());
        table::parse(text.trim_start_matches('\u{feff}'), &named, &mut columns)?
    };
    if parsed.account.is_empty() {
        return Err(AppError::field("file", "error-statement-no-account").into());
    }
    if !named.is_empty() && named != parsed.account {
        let known = account::find(context.database(), keys, &parsed.account).await?;
        if known.is_none_or(|code| code != named) {
            return Err(AppError::field("account", "error-statement-other-account").into());
        }
    }
    let sha256 = hex(&Sha256::digest(bytes));
    let work = context.begin_money().await?;
    let same = statement::Entity::find().filter(statement::Column::Sha256.eq(sha256.as_str())).one(&work.transaction);
    if let Some(same) = same.await? {
        return Ok(StatementId(same.id));
    }
    let format = if is_xml { StatementFormat::Camt } else { StatementFormat::Table };
    let code = account::code_of(&work, &parsed.account).await?;
    let id = store(&work, (&parsed, &code), format, file_name, sha256).await?;
    if !is_xml {
        remember(&work, &code, &columns).await?;
    }
    work.commit().await?;
    Ok(id)
}

/// UTF-8, else the Latin-1 of older banks.
fn decode(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => bytes.iter().map(|byte| char::from(*byte)).collect(),
    }
}

/// An account as typed: its number without blanks, or its code as it stands.
pub(super) fn account_named(typed: &str) -> String {
    if typed.starts_with(account::MARK) {
        return typed.trim().to_owned();
    }
    typed.chars().filter(|sign| !sign.is_whitespace()).collect()
}

/// What is remembered of the columns of an account, by its code; nothing of one that is not known.
pub(super) async fn remembered(context: &Context, account: Option<&str>) -> Result<Option<Columns>> {
    let Some(account) = account else { return Ok(None) };
    let found = bank_columns::Entity::find_by_id(account.to_owned()).one(context.database()).await?;
    Ok(found.map(|row| serde_json::from_str(&row.columns)).transpose()?)
}

async fn remember(work: &Work<'_>, account: &str, columns: &Columns) -> Result<()> {
    let row = bank_columns::ActiveModel {
        account: Set(account.to_owned()),
        columns: Set(serde_json::to_string(columns)?),
        changed_at: Set(work.context.now),
    };
    let again = OnConflict::column(bank_columns::Column::Account)
        .update_columns([bank_columns::Column::Columns, bank_columns::Column::ChangedAt])
        .to_owned();
    bank_columns::Entity::insert(row).on_conflict(again).exec_without_returning(&work.transaction).await?;
    Ok(())
}

/// What names a line for ever: the bank's references where it gives some, else all that is known of it; and, of
/// lines that are alike in all this, which one it is.
fn fingerprints(lines: &[ParsedLine]) -> Vec<String> {
    let mut seen: HashMap<String, usize> = HashMap::new();
    lines
        .iter()
        .map(|line| {
            let named = !line.bank_reference.is_empty() || !line.references.is_empty();
            let mut parts = vec![
                line.bank_reference.clone(),
                line.references.join("\n"),
                line.date.to_string(),
                line.amount.to_string(),
                line.credit.to_string(),
                line.reversal.to_string(),
            ];
            if !named {
                parts.extend([line.payer.clone(), line.text.clone()]);
            }
            let key = parts.join("\u{1f}");
            let number = seen.entry(key.clone()).or_default();
            *number += 1;
            hex(&Sha256::digest(format!("{key}\u{1f}{number}")))
        })
        .collect()
}

/// The reference under which a receipt is entered: the bank's, numbered where one stands for several payments.
fn bank_references(lines: &[ParsedLine], fingerprints: &[String]) -> Vec<String> {
    let mut seen: HashMap<&str, usize> = HashMap::new();
    lines
        .iter()
        .zip(fingerprints)
        .map(|(line, fingerprint)| {
            if line.bank_reference.is_empty() {
                return format!("LINE-{}", fingerprint[..16].to_uppercase());
            }
            let number = seen.entry(line.bank_reference.as_str()).or_default();
            *number += 1;
            match number {
                1 => line.bank_reference.clone(),
                number => format!("{}#{number}", line.bank_reference),
            }
        })
        .collect()
}

async fn store(
    work: &Work<'_>,
    (parsed, account): (&ParsedStatement, &str),
    format: StatementFormat,
    file_name: &str,
    sha256: String,
) -> Result<StatementId> {
    let references = fingerprints(&parsed.lines);
    let bank_references = bank_references(&parsed.lines, &references);
    let known = known(work, account, &references).await?;
    let known_lines = references.iter().filter(|reference| known.contains(*reference)).count();
    let row = statement::ActiveModel {
        account: Set(account.to_owned()),
        format: Set(format.code().to_owned()),
        file_name: Set(file_name.chars().take(200).collect()),
        sha256: Set(sha256),
        lines: Set(i64::try_from(parsed.lines.len()).unwrap_or(i64::MAX)),
        known_lines: Set(i64::try_from(known_lines).unwrap_or(i64::MAX)),
        pending_lines: Set(parsed.pending),
        state: Set(StatementState::Imported.code().to_owned()),
        created_by: Set(work.context.actor.user.map(Into::into)),
        created_at: Set(work.context.now),
        ..Default::default()
    }
    .insert(&work.transaction)
    .await?;
    let mut fresh = Vec::new();
    for (number, ((line, reference), bank_reference)) in
        parsed.lines.iter().zip(references).zip(bank_references).enumerate()
    {
        if !known.contains(&reference) {
            let number = i64::try_from(number + 1).unwrap_or(i64::MAX);
            fresh.push(unjudged(row.id, account, number, line, reference, bank_reference));
        }
    }
    for chunk in fresh.chunks_mut(CHUNK) {
        judge::judge_fresh(work, chunk).await?;
        let lines = chunk.iter().map(|line| bank_line::ActiveModel { id: NotSet, ..line.clone().into() });
        bank_line::Entity::insert_many(lines).exec_without_returning(&work.transaction).await?;
    }
    reversals::pair(work, account).await?;
    let kind = audit::Kind::BankStatement;
    audit::record::<(), _>(work, "audit-statement-imported", kind, row.id, None, Some(&row)).await?;
    Ok(StatementId(row.id))
}

/// The row of a line as the file alone tells it.
fn unjudged(
    statement: i64,
    account: &str,
    number: i64,
    line: &ParsedLine,
    reference: String,
    bank_reference: String,
) -> bank_line::Model {
    let state = match (line.credit, line.reversal) {
        (true, false) => LineState::New,
        (false, true) => LineState::Reversal,
        // Money that went out, or that came in because such money did not stay away.
        (false, false) | (true, true) => LineState::Ignored,
    };
    bank_line::Model {
        id: 0,
        statement_id: statement,
        account: account.to_owned(),
        reference,
        bank_reference,
        number,
        credit: line.credit,
        currency: line.amount.currency.code().to_owned(),
        amount_minor: line.amount.minor,
        charge_minor: line.charge_minor,
        date: line.date,
        payer: line.payer.clone(),
        remittance: line.text.clone(),
        state: state.code().to_owned(),
        receipt_id: None,
        unidentified_id: None,
        own_reference: line.bank_reference.clone(),
        payment_references: line.references.join("\n"),
        disbursement_id: None,
        recovery_id: None,
        counterpart_id: None,
        set_aside_from: None,
        set_aside_reason: None,
    }
}

/// Which lines another file brought already.
async fn known(work: &Work<'_>, account: &str, references: &[String]) -> Result<HashSet<String>> {
    let mut known = HashSet::new();
    for chunk in references.chunks(CHUNK) {
        let found: Vec<String> = bank_line::Entity::find()
            .select_only()
            .column(bank_line::Column::Reference)
            .filter(bank_line::Column::Account.eq(account))
            .filter(bank_line::Column::Reference.is_in(chunk.iter().cloned()))
            .into_tuple()
            .all(&work.transaction)
            .await?;
        known.extend(found);
    }
    Ok(known)
}
