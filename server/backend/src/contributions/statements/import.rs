//! Importing a bank statement: its lines are kept, each once for ever, and no money moves yet.

use std::collections::{HashMap, HashSet};

use chrono::{NaiveDate, TimeDelta};
use domain::contributions::STATEMENT;
use domain::errors::AppError;
use domain::forms::Typed;
use domain::ids::StatementId;
use domain::roles::{Action, Subject};
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, EntityTrait as _, PaginatorTrait as _, QueryFilter as _, QuerySelect as _,
    Set,
};
use sha2::{Digest as _, Sha256};

use super::table::Columns;
use super::{LineState, ParsedLine, ParsedStatement, StatementFormat, StatementState, camt, table};
use crate::audit;
use crate::context::{Context, Work};
use crate::contributions::bank_entity::{bank_columns, bank_line, statement, unidentified};
use crate::contributions::entity::receipt;
use crate::error::Result;
use crate::token::hex;

/// Most days between the day of a line and that of the same money as somebody entered it by hand.
const DAYS_APART: TimeDelta = TimeDelta::days(10);
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
    let account: String = answers.text("account").chars().filter(|sign| !sign.is_whitespace()).collect();
    let text = decode(bytes);
    let is_xml = text.trim_start_matches('\u{feff}').trim_start().starts_with('<');
    let mut columns = Columns::default();
    let parsed = if is_xml {
        camt::parse(text.trim_start_matches('\u{feff}'))?
    } else {
        if account.is_empty() {
            return Err(AppError::field("account", "error-statement-account").into());
        }
        columns = Columns::of(&answers, remembered(context, &account).await?.as_ref());
        table::parse(text.trim_start_matches('\u{feff}'), &account, &mut columns)?
    };
    if parsed.account.is_empty() {
        return Err(AppError::field("file", "error-statement-no-account").into());
    }
    if !account.is_empty() && account != parsed.account {
        return Err(AppError::field("account", "error-statement-other-account").into());
    }
    let sha256 = hex(&Sha256::digest(bytes));
    let work = context.begin_money().await?;
    let same = statement::Entity::find().filter(statement::Column::Sha256.eq(sha256.as_str())).one(&work.transaction);
    if let Some(same) = same.await? {
        return Ok(StatementId(same.id));
    }
    let format = if is_xml { StatementFormat::Camt } else { StatementFormat::Table };
    let id = store(&work, &parsed, format, file_name, sha256).await?;
    if !is_xml {
        remember(&work, &account, &columns).await?;
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

pub(super) async fn remembered(context: &Context, account: &str) -> Result<Option<Columns>> {
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
    parsed: &ParsedStatement,
    format: StatementFormat,
    file_name: &str,
    sha256: String,
) -> Result<StatementId> {
    let references = fingerprints(&parsed.lines);
    let bank_references = bank_references(&parsed.lines, &references);
    let known = known(work, &parsed.account, &references).await?;
    let entered = entered(work, &bank_references).await?;
    let known_lines = references.iter().filter(|reference| known.contains(*reference)).count();
    let row = statement::ActiveModel {
        account: Set(parsed.account.clone()),
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
        if known.contains(&reference) {
            continue;
        }
        let in_books = entered.get(&bank_reference).map(Vec::as_slice).unwrap_or_default();
        let state = match () {
            () if line.reversal && !line.credit => LineState::Reversed,
            () if !line.credit || line.reversal => LineState::Ignored,
            () if in_books.is_empty() => LineState::New,
            () if in_books.iter().any(|money| money.is(line)) => LineState::Known,
            () => LineState::Doubtful,
        };
        let bank_reference = match state {
            LineState::Doubtful => format!("{bank_reference}/{}", &reference[..8]),
            _ => bank_reference,
        };
        fresh.push(bank_line::ActiveModel {
            statement_id: Set(row.id),
            account: Set(parsed.account.clone()),
            reference: Set(reference),
            bank_reference: Set(bank_reference),
            number: Set(i64::try_from(number + 1).unwrap_or(i64::MAX)),
            credit: Set(line.credit),
            currency: Set(line.amount.currency.code().to_owned()),
            amount_minor: Set(line.amount.minor),
            charge_minor: Set(line.charge_minor),
            date: Set(line.date),
            payer: Set(line.payer.clone()),
            remittance: Set(line.text.clone()),
            state: Set(state.code().to_owned()),
            ..Default::default()
        });
    }
    for chunk in fresh.chunks(CHUNK) {
        bank_line::Entity::insert_many(chunk.to_vec()).exec_without_returning(&work.transaction).await?;
    }
    let kind = audit::Kind::BankStatement;
    audit::record::<(), _>(work, "audit-statement-imported", kind, row.id, None, Some(&row)).await?;
    Ok(StatementId(row.id))
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

/// Money in the books under a bank reference.
pub(super) struct Entered {
    currency: String,
    amount_minor: i64,
    charge_minor: i64,
    date: NaiveDate,
}

impl Entered {
    /// True when a line tells of this money: the same amount, whether or not somebody took the banks' charge off, about
    /// the same day.
    fn is(&self, line: &ParsedLine) -> bool {
        let gross = self.amount_minor + self.charge_minor;
        let of_line = [line.amount.minor, line.amount.minor + line.charge_minor];
        self.currency == line.amount.currency.code()
            && (of_line.contains(&self.amount_minor) || of_line.contains(&gross))
            && (self.date - line.date).abs() <= DAYS_APART
    }
}

/// What was entered already, by hand or from another file, by the bank references that are asked for.
pub(super) async fn entered(work: &Work<'_>, bank_references: &[String]) -> Result<HashMap<String, Vec<Entered>>> {
    type Row = (String, String, i64, i64, NaiveDate);
    let mut entered: HashMap<String, Vec<Entered>> = HashMap::new();
    for chunk in bank_references.chunks(CHUNK) {
        use receipt::Column as R;
        let received: Vec<Row> = receipt::Entity::find()
            .select_only()
            .columns([R::BankReference, R::Currency, R::AmountMinor, R::ChargeMinor, R::Date])
            .filter(R::BankReference.is_in(chunk.iter().cloned()))
            .into_tuple()
            .all(&work.transaction)
            .await?;
        use unidentified::Column as U;
        let held: Vec<Row> = unidentified::Entity::find()
            .select_only()
            .columns([U::BankReference, U::Currency, U::AmountMinor, U::ChargeMinor, U::Date])
            .filter(U::BankReference.is_in(chunk.iter().cloned()))
            .into_tuple()
            .all(&work.transaction)
            .await?;
        for (bank_reference, currency, amount_minor, charge_minor, date) in received.into_iter().chain(held) {
            entered.entry(bank_reference).or_default().push(Entered { currency, amount_minor, charge_minor, date });
        }
    }
    Ok(entered)
}

/// Takes back a statement of which no line was taken yet: one read with the wrong columns can be imported again.
///
/// # Errors
/// Not allowed, not found, a statement of which money was entered already, or the database's.
pub async fn discard(context: &Context, id: StatementId) -> Result<()> {
    context.permit(Action::WriteReceipts, &Subject::NONE)?;
    let work = context.begin_money().await?;
    let found = statement::Entity::find_by_id(id.0).lock_exclusive().one(&work.transaction).await?;
    let before = found.ok_or(AppError::NotFound)?;
    if before.state == StatementState::Discarded.code() {
        return Ok(());
    }
    let of_statement = bank_line::Column::StatementId.eq(id.0);
    let taken = bank_line::Entity::find()
        .filter(of_statement.clone())
        .filter(bank_line::Column::State.is_in([LineState::Matched, LineState::Held].map(LineState::code)));
    if taken.count(&work.transaction).await? > 0 {
        return Err(AppError::refused("refused-statement-taken").into());
    }
    bank_line::Entity::delete_many().filter(of_statement).exec(&work.transaction).await?;
    let mut change: statement::ActiveModel = before.clone().into();
    change.state = Set(StatementState::Discarded.code().to_owned());
    // The file may come again.
    change.sha256 = Set(format!("{} discarded {}", before.sha256, before.id));
    let after = change.update(&work.transaction).await?;
    let kind = audit::Kind::BankStatement;
    audit::record(&work, "audit-statement-discarded", kind, id.0, Some(&before), Some(&after)).await?;
    work.commit().await
}
