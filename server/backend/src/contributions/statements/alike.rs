//! Money in the books that may be the money of a line, and lines that may be money that a person is about to enter. By
//! any reference, or by donor or payer, amount and currency within ten days; whether it is, a person says.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use domain::errors::{AppError, FieldErrors};
use domain::ids::{BankLineId, PledgeId, ReceiptId, StatementId, UnidentifiedId};
use domain::matching::{is_same_name, may_name, named_pledges};
use domain::message::Message;
use domain::money::Money;
use sea_orm::sea_query::{Expr, ExprTrait as _};
use sea_orm::{ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _, QueryFilter as _, QueryOrder as _};

use super::LineState;
use super::judge::{DAYS_APART, names, plain};
use super::told::{Told, identified, told};
use crate::codes;
use crate::contributions::bank_entity::{bank_line, unidentified};
use crate::contributions::entity::{pledge, receipt};
use crate::donors::entity::donor;
use crate::error::Result;

/// Most of it that is shown beside a line.
const MOST: usize = 10;
/// Values in one question to the database.
const CHUNK: usize = 500;

/// What may be the same money.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AlikeMoney {
    /// A receipt of a pledge.
    Receipt(PledgeId, ReceiptId),
    /// Money that is or was held.
    Held(UnidentifiedId),
    /// Another line: its statement, and its number there.
    Line(BankLineId, StatementId, i64),
}

impl AlikeMoney {
    /// By which a form names it.
    #[must_use]
    pub fn key(self) -> String {
        match self {
            Self::Receipt(_, id) => format!("receipt-{id}"),
            Self::Held(id) => format!("held-{id}"),
            Self::Line(id, ..) => format!("line-{id}"),
        }
    }
}

/// Money that may be the same, with what tells whether it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alike {
    /// What it is.
    pub what: AlikeMoney,
    /// On which day it came.
    pub date: NaiveDate,
    /// How much.
    pub amount: Money,
    /// Its reference.
    pub bank_reference: String,
    /// The donor, or who paid by the bank's word.
    pub payer: String,
}

/// A receipt or held money, as lines are held against it.
struct Entered {
    alike: Alike,
    gross: i64,
    /// By whom the bank says it was paid, of its line or as typed.
    payers: Vec<String>,
    donor: Option<i64>,
    references: HashSet<String>,
    /// The lines that it is, and the statements that told of them.
    lines: Vec<i64>,
    statements: HashSet<i64>,
}

impl Entered {
    /// True when a line may be this money; what one statement tells twice is two.
    fn may_be(&self, line: &bank_line::Model, by_statement: &Told, named: &HashSet<i64>) -> bool {
        if self.lines.contains(&line.id) || by_statement.of(line.id).iter().any(|one| self.statements.contains(one)) {
            return false;
        }
        let shared = references(line).any(|one| self.references.contains(one));
        let by_name = shared && references(line).any(|one| one == self.alike.bank_reference);
        let gross = line.amount_minor + line.charge_minor;
        let amounts = [self.alike.amount.minor, self.gross];
        let same = self.alike.amount.currency.code() == line.currency
            && (amounts.contains(&line.amount_minor) || amounts.contains(&gross))
            && (self.alike.date - line.date).abs() <= DAYS_APART;
        by_name || (same && (shared || self.is_of(line, named)))
    }

    /// True when a line may be of the same donor or payer. One that says nothing of its payer may be of anybody, and of
    /// money that no line has told of yet one is to come, whatever name the bank gives it.
    fn is_of(&self, line: &bank_line::Model, named: &HashSet<i64>) -> bool {
        let text = format!("{} {}", line.payer, line.remittance);
        line.payer.is_empty()
            || self.lines.is_empty()
            || self.donor.is_some_and(|donor| named.contains(&donor))
            || self.payers.iter().any(|one| is_same_name(one, &line.payer) || may_name(&text, one))
    }
}

/// Everything that names a line: its references, the bank's own, and what its text has of ours.
fn references(line: &bank_line::Model) -> impl Iterator<Item = &str> {
    names(line).chain([plain(line)])
}

/// What in the books may be the money of each line, and the line that its file was found to repeat; without what
/// somebody said that it is not.
pub(super) async fn alike<C: ConnectionTrait>(database: &C, lines: &[bank_line::Model]) -> Result<Vec<Vec<Alike>>> {
    let entered = entered(database, lines).await?;
    let by_statement = told(database, lines.iter().map(|line| line.id)).await?;
    let others = other_lines(database, lines).await?;
    let donors = named_donors(database, lines).await?;
    let nobody = HashSet::new();
    let of_line = |line: &bank_line::Model| {
        let dismissed: Vec<&str> = line.other_than.split_whitespace().collect();
        let named = donors.get(&line.id).unwrap_or(&nobody);
        let other = line.alike_id.and_then(|id| others.get(&id)).cloned();
        let found = entered.iter().filter(|money| money.may_be(line, &by_statement, named));
        let found = other.into_iter().chain(found.map(|money| money.alike.clone()));
        found.filter(|alike| !dismissed.contains(&alike.what.key().as_str())).take(MOST).collect()
    };
    Ok(lines.iter().map(of_line).collect())
}

/// The lines that others may repeat.
async fn other_lines<C: ConnectionTrait>(database: &C, lines: &[bank_line::Model]) -> Result<HashMap<i64, Alike>> {
    let undecided = |line: &&bank_line::Model| LineState::from_code(&line.state).is_some_and(LineState::is_undecided);
    let ids: Vec<i64> = lines.iter().filter(undecided).filter_map(|line| line.alike_id).collect();
    let mut found = HashMap::new();
    for chunk in ids.chunks(CHUNK) {
        let rows = bank_line::Entity::find().filter(bank_line::Column::Id.is_in(chunk.iter().copied()));
        for row in rows.all(database).await? {
            found.insert(row.id, of_line(&row)?);
        }
    }
    Ok(found)
}

fn of_line(row: &bank_line::Model) -> Result<Alike> {
    Ok(Alike {
        what: AlikeMoney::Line(BankLineId(row.id), StatementId(row.statement_id), row.number),
        date: row.date,
        amount: Money::new(row.amount_minor, codes::currency(&row.currency)?),
        bank_reference: row.bank_reference.clone(),
        payer: row.payer.clone(),
    })
}

/// The donors whose pledges each line names by reference.
async fn named_donors<C: ConnectionTrait>(
    database: &C,
    lines: &[bank_line::Model],
) -> Result<HashMap<i64, HashSet<i64>>> {
    let pledges: Vec<(i64, Vec<PledgeId>)> = lines
        .iter()
        .map(|line| (line.id, named_pledges(&format!("{} {}", line.remittance, line.payer))))
        .filter(|(_, named)| !named.is_empty())
        .collect();
    let ids: Vec<i64> = pledges.iter().flat_map(|(_, named)| named).map(|id| id.0).collect();
    let donors = donors_of(database, &ids).await?;
    let of = |named: Vec<PledgeId>| named.iter().filter_map(|id| donors.get(&id.0).copied()).collect();
    Ok(pledges.into_iter().map(|(line, named)| (line, of(named))).collect())
}

async fn donors_of<C: ConnectionTrait>(database: &C, pledges: &[i64]) -> Result<HashMap<i64, i64>> {
    let mut donors = HashMap::new();
    for chunk in pledges.chunks(CHUNK) {
        let rows = pledge::Entity::find().filter(pledge::Column::Id.is_in(chunk.iter().copied())).all(database).await?;
        donors.extend(rows.into_iter().map(|row| (row.id, row.donor_id)));
    }
    Ok(donors)
}

/// Receipts and held money under a reference of the lines, or with one of their amounts about their days.
async fn entered<C: ConnectionTrait>(database: &C, lines: &[bank_line::Model]) -> Result<Vec<Entered>> {
    let (Some(first), Some(last)) =
        (lines.iter().map(|line| line.date).min(), lines.iter().map(|line| line.date).max())
    else {
        return Ok(Vec::new());
    };
    let (mut receipts, mut held) = (HashMap::new(), HashMap::new());
    let names: HashSet<&str> = lines.iter().flat_map(references).collect();
    let names: Vec<&str> = names.into_iter().collect();
    for chunk in names.chunks(CHUNK) {
        use receipt::Column as R;
        let found = receipt::Entity::find()
            .filter(R::Undone.eq(false))
            .filter(R::BankReference.is_in(chunk.iter().copied()))
            .all(database);
        receipts.extend(found.await?.into_iter().map(|row| (row.id, row)));
        use unidentified::Column as U;
        let found = unidentified::Entity::find()
            .filter(U::ReceiptId.is_null())
            .filter(U::BankReference.is_in(chunk.iter().copied()))
            .all(database);
        held.extend(found.await?.into_iter().map(|row| (row.id, row)));
    }
    let amounts: HashSet<i64> =
        lines.iter().flat_map(|line| [line.amount_minor, line.amount_minor + line.charge_minor]).collect();
    let amounts: Vec<i64> = amounts.into_iter().collect();
    let days = (first - DAYS_APART, last + DAYS_APART);
    for chunk in amounts.chunks(CHUNK) {
        use receipt::Column as R;
        let is = gross_is("receipts", chunk);
        let found = receipt::Entity::find()
            .filter(R::Undone.eq(false))
            .filter(R::Date.between(days.0, days.1))
            .filter(R::AmountMinor.is_in(chunk.iter().copied()).or(is))
            .all(database);
        receipts.extend(found.await?.into_iter().map(|row| (row.id, row)));
        use unidentified::Column as U;
        let is = gross_is("unidentified_receipts", chunk);
        let found = unidentified::Entity::find()
            .filter(U::ReceiptId.is_null())
            .filter(U::Date.between(days.0, days.1))
            .filter(U::AmountMinor.is_in(chunk.iter().copied()).or(is))
            .all(database);
        held.extend(found.await?.into_iter().map(|row| (row.id, row)));
    }
    let mut entered = of_receipts(database, receipts).await?;
    for row in held.into_values() {
        entered.push(of_held(row)?);
    }
    entered.sort_by_key(|money| (money.alike.date, money.alike.what.key()));
    bind(database, &mut entered).await?;
    Ok(entered)
}

/// True for rows that with what the banks kept come to one of the amounts.
fn gross_is(table: &str, amounts: &[i64]) -> Expr {
    let gross = Expr::cust(format!("({table}.amount_minor + {table}.charge_minor)"));
    Expr::cust(format!("{table}.charge_minor > 0")).and(gross.is_in(amounts.iter().copied()))
}

async fn of_receipts<C: ConnectionTrait>(database: &C, rows: HashMap<i64, receipt::Model>) -> Result<Vec<Entered>> {
    let pledges: Vec<i64> = rows.values().map(|row| row.pledge_id).collect();
    let donors = donors_of(database, &pledges).await?;
    let mut names: HashMap<i64, String> = HashMap::new();
    let ids: Vec<i64> = donors.values().copied().collect::<HashSet<_>>().into_iter().collect();
    for chunk in ids.chunks(CHUNK) {
        let found = donor::Entity::find().filter(donor::Column::Id.is_in(chunk.iter().copied())).all(database).await?;
        names.extend(found.into_iter().map(|row| (row.id, row.name)));
    }
    let of = |row: receipt::Model| {
        let donor = donors.get(&row.pledge_id).copied();
        let payer = donor.and_then(|id| names.get(&id)).cloned().unwrap_or_default();
        Ok(Entered {
            gross: row.amount_minor + row.charge_minor,
            payers: vec![payer.clone()],
            donor,
            references: HashSet::from([row.bank_reference.clone()]),
            lines: Vec::new(),
            statements: HashSet::new(),
            alike: Alike {
                what: AlikeMoney::Receipt(PledgeId(row.pledge_id), ReceiptId(row.id)),
                date: row.date,
                amount: Money::new(row.amount_minor, codes::currency(&row.currency)?),
                bank_reference: row.bank_reference,
                payer,
            },
        })
    };
    rows.into_values().map(of).collect()
}

fn of_held(row: unidentified::Model) -> Result<Entered> {
    Ok(Entered {
        gross: row.amount_minor + row.charge_minor,
        payers: Some(row.payer.clone()).filter(|payer| !payer.is_empty()).into_iter().collect(),
        donor: None,
        references: HashSet::from([row.bank_reference.clone()]),
        lines: Vec::new(),
        statements: HashSet::new(),
        alike: Alike {
            what: AlikeMoney::Held(UnidentifiedId(row.id)),
            date: row.date,
            amount: Money::new(row.amount_minor, codes::currency(&row.currency)?),
            bank_reference: row.bank_reference,
            payer: row.payer,
        },
    })
}

/// Adds what the lines say that the money is known to be.
async fn bind<C: ConnectionTrait>(database: &C, entered: &mut [Entered]) -> Result<()> {
    use bank_line::Column as C;
    let mut by_receipt: HashMap<i64, usize> = HashMap::new();
    let mut by_held: HashMap<i64, usize> = HashMap::new();
    for (place, money) in entered.iter().enumerate() {
        match money.alike.what {
            AlikeMoney::Receipt(_, id) => drop(by_receipt.insert(id.0, place)),
            AlikeMoney::Held(id) => drop(by_held.insert(id.0, place)),
            AlikeMoney::Line(..) => {}
        }
    }
    let receipts: Vec<i64> = by_receipt.keys().copied().collect();
    for (held, receipt) in identified(database, &receipts).await? {
        by_held.extend(by_receipt.get(&receipt).map(|place| (held, *place)));
    }
    let mut lines = Vec::new();
    for (column, known) in [(C::ReceiptId, &by_receipt), (C::UnidentifiedId, &by_held)] {
        let ids: Vec<i64> = known.keys().copied().collect();
        for chunk in ids.chunks(CHUNK) {
            let rows = bank_line::Entity::find().filter(column.is_in(chunk.iter().copied()));
            lines.extend(rows.order_by_asc(C::Id).all(database).await?);
        }
    }
    let by_statement = told(database, lines.iter().map(|line| line.id)).await?;
    for line in lines {
        let receipt = line.receipt_id.and_then(|id| by_receipt.get(&id));
        let place = receipt.or_else(|| line.unidentified_id.and_then(|id| by_held.get(&id)));
        let Some(money) = place.and_then(|place| entered.get_mut(*place)) else { continue };
        money.references.extend(references(&line).map(str::to_owned));
        if !line.payer.is_empty() {
            money.payers.push(line.payer.clone());
        }
        money.statements.extend(by_statement.of(line.id));
        money.lines.push(line.id);
    }
    Ok(())
}

/// Money that a person is about to enter.
pub(in crate::contributions) struct ByHand<'a> {
    pub(in crate::contributions) amount: Money,
    pub(in crate::contributions) charge_minor: i64,
    pub(in crate::contributions) date: NaiveDate,
    pub(in crate::contributions) bank_reference: &'a str,
    /// The donor's name, or that of who paid.
    pub(in crate::contributions) payer: &'a str,
    pub(in crate::contributions) pledge: Option<PledgeId>,
}

/// The lines, waiting or taken, that may tell of money that a person is about to enter. None where one waits that has
/// its very reference and amount: that one is bound to what is entered.
pub(in crate::contributions) async fn told_by_hand<C: ConnectionTrait>(
    database: &C,
    money: &ByHand<'_>,
) -> Result<Vec<Alike>> {
    use bank_line::Column as C;
    let gross = money.amount.minor + money.charge_minor;
    let named = Condition::any()
        .add(C::BankReference.eq(money.bank_reference))
        .add(C::OwnReference.eq(money.bank_reference))
        .add(C::PaymentReferences.eq(money.bank_reference));
    let about = Condition::all()
        .add(C::AmountMinor.is_in([money.amount.minor, gross]))
        .add(C::Date.between(money.date - DAYS_APART, money.date + DAYS_APART));
    let with_charge = Condition::all()
        .add(Expr::cust("bank_lines.charge_minor > 0"))
        .add(C::Date.between(money.date - DAYS_APART, money.date + DAYS_APART));
    let states = [LineState::New, LineState::Doubtful, LineState::Matched, LineState::Held, LineState::Known];
    let rows = bank_line::Entity::find()
        .filter(C::Credit.eq(true))
        .filter(C::State.is_in(states.map(LineState::code)))
        .filter(C::Currency.eq(money.amount.currency.code()))
        .filter(Condition::any().add(named).add(about).add(with_charge))
        .order_by_asc(C::Date)
        .order_by_asc(C::Id)
        .all(database)
        .await?;
    let donors = named_donors(database, &rows).await?;
    let own = match money.pledge {
        Some(pledge) => donors_of(database, &[pledge.0]).await?.get(&pledge.0).copied(),
        None => None,
    };
    let same = |line: &bank_line::Model| {
        let of_line = [line.amount_minor, line.amount_minor + line.charge_minor];
        of_line.iter().any(|one| [money.amount.minor, gross].contains(one))
            && (line.date - money.date).abs() <= DAYS_APART
    };
    let is = |line: &bank_line::Model| {
        line.state == LineState::New.code() && plain(line) == money.bank_reference && same(line)
    };
    if rows.iter().any(is) {
        return Ok(Vec::new());
    }
    let may_be = |line: &&bank_line::Model| {
        let shared = references(line).any(|one| one == money.bank_reference);
        let waits = line.receipt_id.is_none() && line.unidentified_id.is_none();
        let named = own.is_some_and(|own| donors.get(&line.id).is_some_and(|donors| donors.contains(&own)));
        let text = format!("{} {}", line.payer, line.remittance);
        let nameless = line.payer.is_empty() || money.payer.is_empty();
        shared || (same(line) && (waits || nameless || named || may_name(&text, money.payer)))
    };
    rows.iter().filter(may_be).take(MOST).map(of_line).collect()
}

/// Asks whether money that a person enters is other money than the lines that may tell of it.
///
/// # Errors
/// `other_money`, until each of them was looked at and ticked; or the database's.
pub(in crate::contributions) async fn ask<C: ConnectionTrait>(
    database: &C,
    money: &ByHand<'_>,
    ticked: &[String],
) -> Result<()> {
    let found = told_by_hand(database, money).await?;
    match found.iter().find(|alike| !ticked.contains(&alike.what.key())) {
        None => Ok(()),
        Some(alike) => {
            let message = Message::new("error-perhaps-told")
                .with("date", alike.date)
                .with("amount", alike.amount)
                .with("reference", alike.bank_reference.as_str());
            Err(AppError::Invalid(FieldErrors::one("other_money", message)).into())
        }
    }
}
