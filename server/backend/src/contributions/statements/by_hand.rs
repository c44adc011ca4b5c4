//! Money that a person is about to enter, held against the lines and the money of the books that may be the same: no
//! money is entered twice without a question, whichever way it was told first.

use std::collections::HashSet;

use chrono::NaiveDate;
use domain::errors::{AppError, FieldErrors};
use domain::ids::PledgeId;
use domain::matching::{is_same_name, may_name};
use domain::message::Message;
use domain::money::Money;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _, QueryFilter as _, QueryOrder as _};

use super::LineState;
use super::alike::{Alike, AlikeMoney, Entered, MOST, Wanted, donors_of, entered, named_donors, of_line, references};
use super::judge::{DAYS_APART, plain};
use crate::contributions::bank_entity::bank_line;
use crate::error::Result;

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

impl ByHand<'_> {
    /// What came in, less what banks kept and with it.
    fn amounts(&self) -> [i64; 2] {
        [self.amount.minor, self.amount.minor + self.charge_minor]
    }

    /// True for the same amount, with or without what banks kept, about the same day.
    fn fits(&self, amounts: [i64; 2], date: NaiveDate) -> bool {
        amounts.iter().any(|one| self.amounts().contains(one)) && (date - self.date).abs() <= DAYS_APART
    }

    /// True when money of the books may be this one. Two receipts are of one donor or of two; whose held money is,
    /// nobody knows, so that it may be any donor's, whatever name its payer has.
    fn may_be(&self, money: &Entered, own: Option<i64>) -> bool {
        let same_payer = || {
            self.payer.is_empty()
                || money.payers.is_empty()
                || money
                    .payers
                    .iter()
                    .any(|one| is_same_name(one, self.payer) || may_name(one, self.payer) || may_name(self.payer, one))
        };
        let same_giver = || match (money.donor, own) {
            (Some(one), Some(other)) => one == other,
            (None, None) => same_payer(),
            _ => true,
        };
        money.alike.amount.currency == self.amount.currency
            && self.fits([money.alike.amount.minor, money.gross], money.alike.date)
            && (money.references.contains(self.bank_reference) || same_giver())
    }
}

/// What may be the money that a person is about to enter: money of the books, and lines, waiting or taken.
pub(in crate::contributions) async fn told_by_hand<C: ConnectionTrait>(
    database: &C,
    money: &ByHand<'_>,
) -> Result<Vec<Alike>> {
    let own = match money.pledge {
        Some(pledge) => donors_of(database, &[pledge.0]).await?.get(&pledge.0).copied(),
        None => None,
    };
    let lines = lines_alike(database, money, own).await?;
    let asked: HashSet<i64> = lines.iter().map(|line| line.id).collect();
    // Its reference is no question: the books hold each once.
    let wanted = Wanted { references: HashSet::new(), amounts: money.amounts().into(), days: (money.date, money.date) };
    let in_books = entered(database, wanted).await?.into_iter();
    // What is asked about by its line is asked about once.
    let in_books = in_books.filter(|one| money.may_be(one, own) && !one.lines.iter().any(|line| asked.contains(line)));
    in_books.map(|one| Ok(one.alike)).chain(lines.iter().map(of_line)).take(MOST).collect()
}

/// The lines that may tell of the money. None where one waits that has its very reference and amount: that one is bound
/// to what is entered.
async fn lines_alike<C: ConnectionTrait>(
    database: &C,
    money: &ByHand<'_>,
    own: Option<i64>,
) -> Result<Vec<bank_line::Model>> {
    use bank_line::Column as C;
    let days = || C::Date.between(money.date - DAYS_APART, money.date + DAYS_APART);
    let named = Condition::any()
        .add(C::BankReference.eq(money.bank_reference))
        .add(C::OwnReference.eq(money.bank_reference))
        .add(C::PaymentReferences.eq(money.bank_reference));
    let about = Condition::all().add(C::AmountMinor.is_in(money.amounts())).add(days());
    let with_charge = Condition::all().add(Expr::cust("bank_lines.charge_minor > 0")).add(days());
    let states = [LineState::New, LineState::Doubtful, LineState::Matched, LineState::Held, LineState::Known];
    let mut rows = bank_line::Entity::find()
        .filter(C::Credit.eq(true))
        .filter(C::State.is_in(states.map(LineState::code)))
        .filter(C::Currency.eq(money.amount.currency.code()))
        .filter(Condition::any().add(named).add(about).add(with_charge))
        .order_by_asc(C::Date)
        .order_by_asc(C::Id)
        .all(database)
        .await?;
    let donors = named_donors(database, &rows).await?;
    let same =
        |line: &bank_line::Model| money.fits([line.amount_minor, line.amount_minor + line.charge_minor], line.date);
    let is = |line: &bank_line::Model| {
        line.state == LineState::New.code() && plain(line) == money.bank_reference && same(line)
    };
    if rows.iter().any(is) {
        return Ok(Vec::new());
    }
    rows.retain(|line| {
        let shared = references(line).any(|one| one == money.bank_reference);
        let waits = line.receipt_id.is_none() && line.unidentified_id.is_none();
        let named = own.is_some_and(|own| donors.get(&line.id).is_some_and(|donors| donors.contains(&own)));
        let text = format!("{} {}", line.payer, line.remittance);
        let nameless = line.payer.is_empty() || money.payer.is_empty();
        shared || (same(line) && (waits || nameless || named || may_name(&text, money.payer)))
    });
    Ok(rows)
}

/// Asks whether money that a person enters is other money than what may be the same.
///
/// # Errors
/// `other_money`, until each of it was looked at and ticked; or the database's.
pub(in crate::contributions) async fn ask<C: ConnectionTrait>(
    database: &C,
    money: &ByHand<'_>,
    ticked: &[String],
) -> Result<()> {
    let found = told_by_hand(database, money).await?;
    let Some(alike) = found.iter().find(|alike| !ticked.contains(&alike.what.key())) else { return Ok(()) };
    let key = match alike.what {
        AlikeMoney::Line(..) => "error-perhaps-told",
        AlikeMoney::Receipt(..) | AlikeMoney::Held(_) => "error-perhaps-entered",
    };
    let message = Message::new(key)
        .with("date", alike.date)
        .with("amount", alike.amount)
        .with("reference", alike.bank_reference.as_str());
    Err(AppError::Invalid(FieldErrors::one("other_money", message)).into())
}
