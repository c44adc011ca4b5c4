//! Money in the books that may be the money of a line. By any reference, or by donor or payer, amount and currency within
//! ten days; whether it is, a person says.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use domain::ids::{BankLineId, PledgeId, ReceiptId, StatementId, UnidentifiedId};
use domain::matching::{is_same_name, may_name, named_pledges};
use domain::money::Money;
use sea_orm::sea_query::{Expr, ExprTrait as _};
use sea_orm::{ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QueryOrder as _};

use super::LineState;
use super::judge::{DAYS_APART, names, plain};
use super::told::{Told, identified, told};
use crate::codes;
use crate::contributions::bank_entity::{bank_line, unidentified};
use crate::contributions::entity::{pledge, receipt};
use crate::donors::entity::donor;
use crate::error::Result;

/// Most of it that is shown beside a line.
pub(super) const MOST: usize = 10;
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

/// A receipt or held money, as lines and what a person is about to enter are held against it.
pub(super) struct Entered {
    pub(super) alike: Alike,
    pub(super) gross: i64,
    /// By whom the bank says it was paid, of its line or as typed.
    pub(super) payers: Vec<String>,
    /// Of a receipt.
    pub(super) donor: Option<i64>,
    pub(super) references: HashSet<String>,
    /// The lines that it is, and the statements that told of them.
    pub(super) lines: Vec<i64>,
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
pub(super) fn references(line: &bank_line::Model) -> impl Iterator<Item = &str> {
    names(line).chain([plain(line)])
}

/// What in the books may be the money of each line, and the line that its file was found to repeat; without what
/// somebody said that it is not.
pub(super) async fn alike<C: ConnectionTrait>(database: &C, lines: &[bank_line::Model]) -> Result<Vec<Vec<Alike>>> {
    let entered = match Wanted::of(lines) {
        Some(wanted) => entered(database, wanted).await?,
        None => Vec::new(),
    };
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

pub(super) fn of_line(row: &bank_line::Model) -> Result<Alike> {
    Ok(Alike {
        what: AlikeMoney::Line(BankLineId(row.id), StatementId(row.statement_id), row.number),
        date: row.date,
        amount: Money::new(row.amount_minor, codes::currency(&row.currency)?),
        bank_reference: row.bank_reference.clone(),
        payer: row.payer.clone(),
    })
}

/// The donors whose pledges each line names by reference.
pub(super) async fn named_donors<C: ConnectionTrait>(
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

pub(super) async fn donors_of<C: ConnectionTrait>(database: &C, pledges: &[i64]) -> Result<HashMap<i64, i64>> {
    let mut donors = HashMap::new();
    for chunk in pledges.chunks(CHUNK) {
        let rows = pledge::Entity::find().filter(pledge::Column::Id.is_in(chunk.iter().copied())).all(database).await?;
        donors.extend(rows.into_iter().map(|row| (row.id, row.donor_id)));
    }
    Ok(donors)
}

/// By what money in the books is looked for: any of the references, or one of the amounts about the days.
pub(super) struct Wanted<'a> {
    pub(super) references: HashSet<&'a str>,
    pub(super) amounts: HashSet<i64>,
    pub(super) days: (NaiveDate, NaiveDate),
}

impl<'a> Wanted<'a> {
    /// What may be the money of these lines; none where there are no lines.
    fn of(lines: &'a [bank_line::Model]) -> Option<Self> {
        let days = || lines.iter().map(|line| line.date);
        Some(Self {
            references: lines.iter().flat_map(references).collect(),
            amounts: lines.iter().flat_map(|line| [line.amount_minor, line.amount_minor + line.charge_minor]).collect(),
            days: (days().min()?, days().max()?),
        })
    }
}

/// The receipts and the held money that are looked for, by day.
pub(super) async fn entered<C: ConnectionTrait>(database: &C, wanted: Wanted<'_>) -> Result<Vec<Entered>> {
    let (mut receipts, mut held) = (HashMap::new(), HashMap::new());
    let names: Vec<&str> = wanted.references.into_iter().collect();
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
    let amounts: Vec<i64> = wanted.amounts.into_iter().collect();
    let days = (wanted.days.0 - DAYS_APART, wanted.days.1 + DAYS_APART);
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
