//! What a line is by what the Fund knows under its references: money that is entered already, a payment of ours that
//! came back, a recovery; else somebody has to say it. Judged when a line is imported, and again when the books change.

use std::collections::{HashMap, HashSet};

use chrono::{NaiveDate, TimeDelta};
use domain::recoveries::RecoveryStep;
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, Condition, EntityTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, Set,
};

use super::LineState;
use super::told::identified;
use crate::context::Work;
use crate::contributions::bank_entity::{bank_line, unidentified};
use crate::contributions::entity::receipt;
use crate::disbursements::MESSAGE_PREFIX;
use crate::disbursements::entity::{disbursement, payment_batch_item};
use crate::error::Result;
use crate::grants::entity::recovery_step;

/// Most days between the day of a line and that of the same money as somebody entered it by hand.
pub(in crate::contributions) const DAYS_APART: TimeDelta = TimeDelta::days(10);
/// References in one question to the database.
const CHUNK: usize = 500;

/// What money in the books is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum What {
    Receipt(i64),
    Held(i64),
    Recovery(i64),
}

/// Money in the books under a bank reference.
struct Entered {
    what: What,
    currency: String,
    amount_minor: i64,
    charge_minor: i64,
    date: NaiveDate,
    /// True where a line is known to be this money.
    bound: bool,
}

impl Entered {
    /// True when a line tells of this money: the same amount, whether or not somebody took the banks' charge off, about
    /// the same day.
    fn is(&self, line: &bank_line::Model) -> bool {
        let gross = self.amount_minor + self.charge_minor;
        let of_line = [line.amount_minor, line.amount_minor + line.charge_minor];
        self.currency == line.currency
            && (of_line.contains(&self.amount_minor) || of_line.contains(&gross))
            && (self.date - line.date).abs() <= DAYS_APART
    }
}

/// A payment of ours that a reference names.
struct Paid {
    disbursement: i64,
    usd_minor: i64,
    /// True where only the bank's own reference names it, which may be another payment's, too.
    by_bank: bool,
}

/// What the Fund knows under the references of some lines.
struct Books {
    entered: HashMap<String, Vec<Entered>>,
    paid: HashMap<String, Paid>,
    /// The payments of which a line is known that says that they left.
    left: HashSet<i64>,
}

/// The reference under which a line would be entered had nobody used it.
pub(super) fn plain(line: &bank_line::Model) -> &str {
    let suffix = suffix(line);
    line.bank_reference.strip_suffix(suffix.as_str()).unwrap_or(&line.bank_reference)
}

/// What a doubtful line adds to the reference that the books know for other money.
pub(super) fn suffix(line: &bank_line::Model) -> String {
    format!("/{}", line.reference.chars().take(8).collect::<String>())
}

/// Everything by which a payment of ours may be named in a line: its references, and identifications in its text, which
/// is all that tables have.
pub(super) fn names(line: &bank_line::Model) -> impl Iterator<Item = &str> {
    let in_text = line.remittance.split(|sign: char| !sign.is_ascii_alphanumeric() && sign != '-');
    let in_text = in_text.filter(|word| word.starts_with(MESSAGE_PREFIX));
    line.payment_references.lines().chain([line.own_reference.as_str()]).chain(in_text).filter(|name| !name.is_empty())
}

impl Books {
    async fn of(work: &Work<'_>, lines: &[bank_line::Model]) -> Result<Self> {
        let mut plains: Vec<String> = lines.iter().map(|line| plain(line).to_owned()).collect();
        // A recovery is entered under the bank's own reference, or under another one that came with the money.
        plains.extend(lines.iter().flat_map(|line| names(line).map(str::to_owned)));
        let plains: Vec<String> = plains.into_iter().collect::<HashSet<_>>().into_iter().collect();
        let paid = paid(work, &plains).await?;
        let left = left(work, paid.values().map(|paid| paid.disbursement).collect()).await?;
        Ok(Self { entered: entered(work, &plains).await?, paid, left })
    }

    /// Says of money that left whether it is a payment of ours: named, to the cent, and the first line that tells of it.
    fn judge_debit(&mut self, line: &mut bank_line::Model) {
        if line.state != LineState::Unordered.code() || line.currency != "USD" {
            return;
        }
        let paid = names(line).filter_map(|name| self.paid.get(name));
        let mut paid = paid.filter(|paid| paid.usd_minor == line.amount_minor).map(|paid| paid.disbursement);
        let Some(disbursement) = paid.find(|disbursement| !self.left.contains(disbursement)) else { return };
        drop(paid);
        self.left.insert(disbursement);
        line.state = LineState::Paid.code().to_owned();
        line.disbursement_id = Some(disbursement);
    }

    /// Says what a line is that came in and of which nobody has said anything yet. What somebody entered by hand under
    /// its very reference, with its amount and about its day, it is; a second line is not.
    fn judge(&mut self, line: &mut bank_line::Model) {
        let paid = names(line).find_map(|name| {
            let paid = self.paid.get(name)?;
            let fits = !paid.by_bank || (line.currency == "USD" && line.amount_minor <= paid.usd_minor);
            fits.then_some(paid.disbursement)
        });
        if let Some(disbursement) = paid {
            line.state = LineState::Returned.code().to_owned();
            line.disbursement_id = Some(disbursement);
            return;
        }
        if line.state == LineState::Unordered.code() {
            return;
        }
        let recovered = |name: &str| {
            self.entered.get(name)?.iter().find_map(|money| match money.what {
                What::Recovery(id) if money.is(line) => Some(id),
                _ => None,
            })
        };
        let recovery = std::iter::once(plain(line)).chain(names(line)).find_map(recovered);
        if let Some(recovery) = recovery {
            line.state = LineState::Recovered.code().to_owned();
            line.recovery_id = Some(recovery);
            return;
        }
        let reference = plain(line).to_owned();
        let Some(in_books) = self.entered.get_mut(&reference) else { return };
        if let Some(money) = in_books.iter_mut().find(|money| !money.bound && money.is(line)) {
            money.bound = true;
            line.state = LineState::Known.code().to_owned();
            match money.what {
                What::Receipt(id) => line.receipt_id = Some(id),
                What::Held(id) => line.unidentified_id = Some(id),
                What::Recovery(id) => line.recovery_id = Some(id),
            }
        } else if line.state == LineState::New.code() {
            line.state = LineState::Doubtful.code().to_owned();
            line.bank_reference = format!("{reference}{}", suffix(line));
        }
    }
}

/// Judges lines that a file has just brought.
pub(super) async fn judge_fresh(work: &Work<'_>, lines: &mut [bank_line::Model]) -> Result<()> {
    let mut books = Books::of(work, lines).await?;
    for line in lines {
        if line.credit {
            books.judge(line);
        } else {
            books.judge_debit(line);
        }
    }
    Ok(())
}

/// Judges lines of the database that wait, and writes down what changed. Gives those of which somebody still has to say
/// what they are, in the same order; `hands` also those that are taken by hand only.
pub(super) async fn sift(work: &Work<'_>, lines: Vec<bank_line::Model>, hands: bool) -> Result<Vec<bank_line::Model>> {
    let mut books = Books::of(work, &lines).await?;
    let mut left = Vec::with_capacity(lines.len());
    for before in lines {
        let mut after = before.clone();
        if after.credit {
            books.judge(&mut after);
        } else {
            books.judge_debit(&mut after);
        }
        if after != before {
            let change = bank_line::ActiveModel {
                id: Set(after.id),
                state: Set(after.state.clone()),
                bank_reference: Set(after.bank_reference.clone()),
                receipt_id: Set(after.receipt_id),
                unidentified_id: Set(after.unidentified_id),
                disbursement_id: Set(after.disbursement_id),
                recovery_id: Set(after.recovery_id),
                ..Default::default()
            };
            change.update(&work.transaction).await?;
        }
        // One that turned doubtful just now is looked at first.
        if after.state == LineState::New.code()
            || (hands && before.state == LineState::Doubtful.code() && after == before)
        {
            left.push(after);
        }
    }
    Ok(left)
}

/// Judges the waiting lines anew that have one of the references under which money was just entered: what stood alone
/// under its reference may be the same money, or needs somebody's eyes now.
///
/// # Errors
/// The database's.
pub(crate) async fn judge_waiting(work: &Work<'_>, references: &[String]) -> Result<()> {
    use bank_line::Column as C;
    for chunk in references.chunks(CHUNK) {
        let named = Condition::any()
            .add(C::BankReference.is_in(chunk.iter().cloned()))
            .add(C::OwnReference.is_in(chunk.iter().cloned()));
        let lines = bank_line::Entity::find()
            .filter(named)
            .filter(C::State.is_in([LineState::New, LineState::Doubtful, LineState::Unordered].map(LineState::code)))
            .order_by_desc(C::State.eq(LineState::New.code()))
            .order_by_asc(C::Id)
            .lock_exclusive()
            .all(&work.transaction)
            .await?;
        if !lines.is_empty() {
            sift(work, lines, true).await?;
        }
    }
    Ok(())
}

/// What was entered already, by hand or from another file, by bank reference: receipts, held money and recoveries.
async fn entered(work: &Work<'_>, references: &[String]) -> Result<HashMap<String, Vec<Entered>>> {
    type Row = (i64, String, String, i64, i64, NaiveDate);
    let mut found: Vec<(What, Row)> = Vec::new();
    for chunk in references.chunks(CHUNK) {
        use receipt::Column as R;
        let received: Vec<Row> = receipt::Entity::find()
            .select_only()
            .columns([R::Id, R::BankReference, R::Currency, R::AmountMinor, R::ChargeMinor, R::Date])
            .filter(R::BankReference.is_in(chunk.iter().cloned()))
            .filter(R::Undone.eq(false))
            .into_tuple()
            .all(&work.transaction)
            .await?;
        found.extend(received.into_iter().map(|row| (What::Receipt(row.0), row)));
        use unidentified::Column as U;
        let held: Vec<Row> = unidentified::Entity::find()
            .select_only()
            .columns([U::Id, U::BankReference, U::Currency, U::AmountMinor, U::ChargeMinor, U::Date])
            .filter(U::BankReference.is_in(chunk.iter().cloned()))
            .filter(U::ReceiptId.is_null())
            .into_tuple()
            .all(&work.transaction)
            .await?;
        found.extend(held.into_iter().map(|row| (What::Held(row.0), row)));
        use recovery_step::Column as S;
        let recovered: Vec<(Option<String>, i64, NaiveDate, i64)> = recovery_step::Entity::find()
            .select_only()
            .columns([S::BankReference, S::UsdMinor, S::Date, S::RecoveryId])
            .filter(S::Kind.eq(RecoveryStep::Received.code()))
            .filter(S::BankReference.is_in(chunk.iter().cloned()))
            .into_tuple()
            .all(&work.transaction)
            .await?;
        found.extend(recovered.into_iter().map(|(reference, usd_minor, date, id)| {
            (What::Recovery(id), (id, reference.unwrap_or_default(), "USD".to_owned(), usd_minor, 0, date))
        }));
    }
    let bound = bound(work, &found.iter().map(|(what, _)| *what).collect::<Vec<_>>()).await?;
    let mut entered: HashMap<String, Vec<Entered>> = HashMap::new();
    for (what, (_, reference, currency, amount_minor, charge_minor, date)) in found {
        let bound = bound.contains(&what);
        let money = Entered { what, currency, amount_minor, charge_minor, date, bound };
        entered.entry(reference).or_default().push(money);
    }
    Ok(entered)
}

/// The receipts and the held money of which a line is known.
async fn bound(work: &Work<'_>, all: &[What]) -> Result<HashSet<What>> {
    use bank_line::Column as C;
    let mut bound = HashSet::new();
    for chunk in all.chunks(CHUNK) {
        let receipts = chunk.iter().filter_map(|what| if let What::Receipt(id) = what { Some(*id) } else { None });
        let receipts: Vec<i64> = receipts.collect();
        let held = chunk.iter().filter_map(|what| if let What::Held(id) = what { Some(*id) } else { None });
        let became: HashMap<i64, i64> = identified(&work.transaction, &receipts).await?.into_iter().collect();
        let held = held.chain(became.keys().copied());
        let rows: Vec<(Option<i64>, Option<i64>)> = bank_line::Entity::find()
            .select_only()
            .columns([C::ReceiptId, C::UnidentifiedId])
            .filter(Condition::any().add(C::ReceiptId.is_in(receipts)).add(C::UnidentifiedId.is_in(held)))
            .into_tuple()
            .all(&work.transaction)
            .await?;
        for (receipt, held) in rows {
            let became = held.and_then(|held| became.get(&held)).copied();
            bound.extend(receipt.into_iter().chain(became).map(What::Receipt).chain(held.map(What::Held)));
        }
    }
    Ok(bound)
}

/// Payments of ours by their identification from end to end, and by the bank's reference under which they were paid.
async fn paid(work: &Work<'_>, references: &[String]) -> Result<HashMap<String, Paid>> {
    let mut paid = HashMap::new();
    for chunk in references.chunks(CHUNK) {
        use disbursement::Column as D;
        let rows: Vec<(Option<String>, i64, i64)> = disbursement::Entity::find()
            .select_only()
            .columns([D::BankReference, D::Id, D::UsdMinor])
            .filter(D::BankReference.is_in(chunk.iter().cloned()))
            .into_tuple()
            .all(&work.transaction)
            .await?;
        for (reference, disbursement, usd_minor) in rows {
            paid.insert(reference.unwrap_or_default(), Paid { disbursement, usd_minor, by_bank: true });
        }
        use payment_batch_item::Column as I;
        let items: Vec<(String, i64, i64)> = payment_batch_item::Entity::find()
            .select_only()
            .columns([I::EndToEndId, I::DisbursementId, I::UsdMinor])
            .filter(I::EndToEndId.is_in(chunk.iter().cloned()))
            .into_tuple()
            .all(&work.transaction)
            .await?;
        let by_bank = false;
        let items = items.into_iter();
        paid.extend(items.map(|(id, disbursement, usd_minor)| (id, Paid { disbursement, usd_minor, by_bank })));
    }
    Ok(paid)
}

/// The payments of which a line says that they left.
async fn left(work: &Work<'_>, payments: Vec<i64>) -> Result<HashSet<i64>> {
    use bank_line::Column as C;
    let mut left = HashSet::new();
    for chunk in payments.chunks(CHUNK) {
        let found: Vec<Option<i64>> = bank_line::Entity::find()
            .select_only()
            .column(C::DisbursementId)
            .filter(C::State.eq(LineState::Paid.code()))
            .filter(C::DisbursementId.is_in(chunk.iter().copied()))
            .into_tuple()
            .all(&work.transaction)
            .await?;
        left.extend(found.into_iter().flatten());
    }
    Ok(left)
}
