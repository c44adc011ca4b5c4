//! Importing a bank statement: its lines are kept, each once for ever with every statement that tells of it, and no
//! money moves yet.

use std::collections::{HashMap, HashSet};

use domain::contributions::STATEMENT;
use domain::errors::AppError;
use domain::forms::Typed;
use domain::ids::StatementId;
use domain::roles::{Action, Subject};
use sea_orm::ActiveValue::NotSet;
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _, Set,
};
use sha2::{Digest as _, Sha256};

use super::same::{Twin, twins};
use super::table::Columns;
use super::{
    LineState, ParsedLine, ParsedStatement, StatementFormat, StatementState, account, camt, judge, reversals, table,
    told,
};
use crate::audit;
use crate::context::{Context, Work};
use crate::contributions::bank_entity::{bank_columns, bank_line, statement, statement_line};
use crate::database::optimize_after_import;
use crate::error::Result;
use crate::files;
use crate::token::hex;

/// Rows in one statement to the database.
const CHUNK: usize = 500;
/// Rows without an amount that are named one by one.
const MOST_NAMED: usize = 100;

/// Imports a file: camt.053, or a bank's table with the columns as typed, as remembered for the account, or as found.
/// The same file again gives the statement that it made, and brings back what of it is not there; of another file that
/// overlaps only new lines are added, and it is kept which of its lines were known.
///
/// # Errors
/// Not allowed, a file that cannot be read, with what is wrong in it, or the database's.
pub async fn import(context: &Context, typed: &Typed, file_name: &str, bytes: &[u8]) -> Result<StatementId> {
    context.permit(Action::WriteReceipts, &Subject::NONE)?;
    let answers = STATEMENT.read(typed)?;
    if bytes.is_empty() {
        return Err(AppError::field("file", "error-file-missing").into());
    }
    let (named, keys) = (answers.text("account"), &context.services.bank_keys);
    let code = match named {
        "" => None,
        named => {
            let known = account::find(context.database(), keys, named).await?;
            Some(known.ok_or_else(|| account::refused("account", "unknown", named))?)
        }
    };
    let columns = Columns::of(&answers, remembered(context, code.as_deref()).await?.as_ref());
    let table = Table { account: code.clone().unwrap_or_default(), columns };
    let Content { parsed, columns, sha256 } = files::read(bytes, move |bytes| read(&bytes, table)).await?;
    if parsed.account.is_empty() {
        return Err(AppError::field("file", "error-statement-no-account").into());
    }
    let work = context.begin_money().await?;
    let account = open_account(&work, &parsed, columns.is_some()).await?;
    if code.is_some_and(|code| code != account) {
        return Err(AppError::field("account", "error-statement-other-account").into());
    }
    let same = statement::Entity::find().filter(statement::Column::Sha256.eq(sha256.as_str())).one(&work.transaction);
    if let Some(same) = same.await? {
        add_lines(&work, &same, &parsed).await?;
        work.commit().await?;
        return Ok(StatementId(same.id));
    }
    let format = if columns.is_some() { StatementFormat::Table } else { StatementFormat::Camt };
    let id = store(&work, (&parsed, &account), format, file_name, sha256).await?;
    if let Some(columns) = columns {
        remember(&work, &account, &columns).await?;
    }
    work.commit().await?;
    optimize_after_import(&context.services.database).await;
    Ok(id)
}

/// The code of the account, one of the Fund's, of which a file tells in its currency.
async fn open_account(work: &Work<'_>, parsed: &ParsedStatement, is_table: bool) -> Result<String> {
    let keys = &work.context.services.bank_keys;
    let currencies = parsed.lines.iter().map(|line| line.amount.currency);
    let named = [parsed.account.clone()];
    let field = if is_table { "account" } else { "file" };
    let mut codes = account::open_accounts(&work.transaction, keys, field, &named, currencies).await?;
    codes.pop().ok_or_else(|| AppError::field("file", "error-statement-no-account").into())
}

/// What has to be known of a table that its file does not say.
struct Table {
    /// By its code; empty where nobody said it.
    account: String,
    columns: Columns,
}

/// What was read of a file.
struct Content {
    parsed: ParsedStatement,
    /// Of a table: the columns, completed with those found by their headings.
    columns: Option<Columns>,
    sha256: String,
}

fn read(bytes: &[u8], table: Table) -> std::result::Result<Content, AppError> {
    let sha256 = hex(&Sha256::digest(bytes));
    let text = files::decode(bytes).map_err(|message| files::wrong("file", message))?;
    if text.trim_start().starts_with('<') {
        return Ok(Content { parsed: camt::parse(&text)?, columns: None, sha256 });
    }
    if table.account.is_empty() {
        return Err(AppError::field("account", "error-statement-account"));
    }
    let mut columns = table.columns;
    let parsed = table::parse(&text, &table.account, &mut columns)?;
    Ok(Content { parsed, columns: Some(columns), sha256 })
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

/// The reference under which a receipt is entered: the bank's, numbered where one stands for several payments, or, where
/// it has none, what names the line.
fn bank_references(lines: &[ParsedLine], references: &[String]) -> Vec<String> {
    let mut seen: HashMap<&str, usize> = HashMap::new();
    lines
        .iter()
        .zip(references)
        .map(|(line, reference)| {
            if line.bank_reference.is_empty() {
                return format!("LINE-{}", reference[..16].to_uppercase());
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

/// What names each line for ever: the import that brought it, and its place there.
fn references(sha256: &str, statement: i64, lines: usize) -> Vec<String> {
    (1..=lines).map(|number| hex(&Sha256::digest(format!("{sha256}/{statement}/{number}")))).collect()
}

async fn store(
    work: &Work<'_>,
    (parsed, account): (&ParsedStatement, &str),
    format: StatementFormat,
    file_name: &str,
    sha256: String,
) -> Result<StatementId> {
    let row = statement::ActiveModel {
        account: Set(account.to_owned()),
        format: Set(format.code().to_owned()),
        file_name: Set(file_name.chars().take(200).collect()),
        sha256: Set(sha256),
        lines: Set(i64::try_from(parsed.lines.len()).unwrap_or(i64::MAX)),
        known_lines: Set(0),
        pending_lines: Set(parsed.pending),
        left_out: Set(named_rows(&parsed.left_out)),
        state: Set(StatementState::Imported.code().to_owned()),
        created_by: Set(work.context.actor.user.map(Into::into)),
        created_at: Set(work.context.now),
        ..Default::default()
    }
    .insert(&work.transaction)
    .await?;
    let known_lines = add_lines(work, &row, parsed).await?;
    let row = statement::ActiveModel { known_lines: Set(known_lines), ..row.into() }.update(&work.transaction).await?;
    let kind = audit::Kind::BankStatement;
    audit::record::<(), _>(work, "audit-statement-imported", kind, row.id, None, Some(&row)).await?;
    Ok(StatementId(row.id))
}

/// The numbers of rows as people read them; of very many the first.
fn named_rows(rows: &[i64]) -> String {
    let mut named: Vec<String> = rows.iter().take(MOST_NAMED).map(i64::to_string).collect();
    if rows.len() > MOST_NAMED {
        named.push(format!("… ({})", rows.len()));
    }
    named.join(", ")
}

/// Keeps the lines of a file that its statement does not tell of yet: those that are new, and that it told of those that
/// are known. Gives how many of its lines another file had brought.
async fn add_lines(work: &Work<'_>, row: &statement::Model, parsed: &ParsedStatement) -> Result<i64> {
    let told = told::of_statement(&work.transaction, row.id).await?;
    let told_ids: HashSet<i64> = told.values().copied().collect();
    let known = known(work, &row.account, &parsed.lines).await?;
    let place = |number: usize| i64::try_from(number + 1).unwrap_or(i64::MAX);
    let missing: Vec<usize> = (0..parsed.lines.len()).filter(|number| !told.contains_key(&place(*number))).collect();
    let lines: Vec<ParsedLine> = missing.iter().filter_map(|number| parsed.lines.get(*number).cloned()).collect();
    let twins = twins(&lines, &known, &told_ids);
    let references = references(&row.sha256, row.id, parsed.lines.len());
    let bank_references = bank_references(&parsed.lines, &references);
    let (mut links, mut fresh, mut repeating) = (Vec::new(), Vec::new(), Vec::new());
    for ((number, line), twin) in missing.iter().zip(&lines).zip(twins) {
        let (number, at) = (place(*number), *number);
        if let Twin::Is(id) = twin {
            links.push(link(row.id, number, id));
            continue;
        }
        let mut model = unjudged(row, number, line, references[at].clone(), bank_references[at].clone());
        match twin {
            Twin::MayBe(id) => model.alike_id = Some(id),
            Twin::Repeats(first) => repeating.push((number, place(missing[first]))),
            Twin::None | Twin::Is(_) => {}
        }
        if matches!(twin, Twin::MayBe(_) | Twin::Repeats(_)) && model.state == LineState::New.code() {
            model.state = LineState::Doubtful.code().to_owned();
            model.bank_reference.push_str(&judge::suffix(&model));
        }
        fresh.push(model);
    }
    let known_lines = links.len();
    insert(work, row.id, fresh, links).await?;
    if !repeating.is_empty() {
        let told = told::of_statement(&work.transaction, row.id).await?;
        for (number, first) in repeating {
            let (Some(id), Some(first)) = (told.get(&number), told.get(&first)) else { continue };
            let change = bank_line::ActiveModel { id: Set(*id), alike_id: Set(Some(*first)), ..Default::default() };
            change.update(&work.transaction).await?;
        }
    }
    reversals::pair(work, &row.account).await?;
    Ok(i64::try_from(known_lines).unwrap_or(i64::MAX))
}

fn link(statement: i64, number: i64, line: i64) -> statement_line::ActiveModel {
    statement_line::ActiveModel {
        statement_id: Set(statement),
        number: Set(number),
        line_id: Set(line),
        ..Default::default()
    }
}

/// Judges and keeps new lines, and that the statement told of them and of the known ones.
async fn insert(
    work: &Work<'_>,
    statement: i64,
    mut fresh: Vec<bank_line::Model>,
    mut links: Vec<statement_line::ActiveModel>,
) -> Result<()> {
    for chunk in fresh.chunks_mut(CHUNK) {
        judge::judge_fresh(work, chunk).await?;
        let lines = chunk.iter().map(|line| bank_line::ActiveModel { id: NotSet, ..line.clone().into() });
        bank_line::Entity::insert_many(lines).exec_without_returning(&work.transaction).await?;
        let numbers: Vec<(i64, i64)> = bank_line::Entity::find()
            .select_only()
            .columns([bank_line::Column::Number, bank_line::Column::Id])
            .filter(bank_line::Column::StatementId.eq(statement))
            .filter(bank_line::Column::Number.is_in(chunk.iter().map(|line| line.number)))
            .into_tuple()
            .all(&work.transaction)
            .await?;
        links.extend(numbers.into_iter().map(|(number, id)| link(statement, number, id)));
    }
    for chunk in links.chunks(CHUNK) {
        statement_line::Entity::insert_many(chunk.to_vec()).exec_without_returning(&work.transaction).await?;
    }
    Ok(())
}

/// The row of a line as the file alone tells it.
fn unjudged(
    statement: &statement::Model,
    number: i64,
    line: &ParsedLine,
    reference: String,
    bank_reference: String,
) -> bank_line::Model {
    let state = match (line.credit, line.reversal) {
        (true, false) => LineState::New,
        (false, true) => LineState::Reversal,
        (false, false) | (true, true) => LineState::Unordered,
    };
    bank_line::Model {
        id: 0,
        statement_id: statement.id,
        account: statement.account.clone(),
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
        reversal: line.reversal,
        entry: line.entry.clone(),
        alike_id: None,
        other_than: String::new(),
        valued_on: line.valued,
        ordered_currency: line.ordered.map(|ordered| ordered.currency.code().to_owned()),
        ordered_minor: line.ordered.map(|ordered| ordered.minor),
    }
}

/// The lines of an account that those of a file may be: of its days, and under its references.
async fn known(work: &Work<'_>, account: &str, lines: &[ParsedLine]) -> Result<Vec<bank_line::Model>> {
    use bank_line::Column as C;
    let (Some(first), Some(last)) =
        (lines.iter().map(|line| line.date).min(), lines.iter().map(|line| line.date).max())
    else {
        return Ok(Vec::new());
    };
    let of_account = || bank_line::Entity::find().filter(C::Account.eq(account)).order_by_asc(C::Id);
    let mut known = of_account().filter(C::Date.between(first, last)).all(&work.transaction).await?;
    let names: HashSet<&str> =
        lines.iter().map(|line| line.bank_reference.as_str()).filter(|name| !name.is_empty()).collect();
    let names: Vec<&str> = names.into_iter().collect();
    for chunk in names.chunks(CHUNK) {
        let others = of_account()
            .filter(C::OwnReference.is_in(chunk.iter().copied()))
            .filter(C::Date.not_between(first, last))
            .all(&work.transaction)
            .await?;
        known.extend(others);
    }
    Ok(known)
}
