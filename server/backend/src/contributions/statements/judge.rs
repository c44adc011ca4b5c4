//! What a line is by what the Fund knows under its references: money that is entered already, a payment of ours that
//! came back, a recovery; else somebody has to say it. Judged when a line is imported, and again when the books change.

use std::collections::{HashMap, HashSet};

use chrono::{NaiveDate, TimeDelta};
use domain::recoveries::RecoveryStep;
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, Condition, EntityTrait as _, QueryFilter as _, QuerySelect as _, Set,
};

use super::LineState;
use crate::context::Work;
use crate::contributions::bank_entity::{bank_line, unidentified};
use crate::contributions::entity::receipt;
use crate::disbursements::MESSAGE_PREFIX;
use crate::disbursements::entity::{disbursement, payment_batch_item};
use crate::error::Result;
use crate::grants::entity::recovery_step;

/// Most days between the day of a line and that of the same money as somebody entered it by hand.
pub(super) const DAYS_APART: TimeDelta = TimeDelta::days(10);
/// References in one question to the database.
const CHUNK: usize = 500;

/// Money in the books under a bank reference.
struct Entered {
    currency: String,
    amount_minor: i64,
    charge_minor: i64,
    date: NaiveDate,
    /// True where a line of a statement told of it, and not a person.
    of_line: bool,
    /// The recovery, where it is none of a contribution's.
    recovery: Option<i64>,
}

impl Entered {
    /// True when a line tells of this money: the same amount, whether or not somebody took the banks' charge off, about
    /// the same day; of what another line told, on that very day.
    fn is(&self, line: &bank_line::Model) -> bool {
        let gross = self.amount_minor + self.charge_minor;
        let of_line = [line.amount_minor, line.amount_minor + line.charge_minor];
        let apart = if self.of_line { TimeDelta::zero() } else { DAYS_APART };
        self.currency == line.currency
            && (of_line.contains(&self.amount_minor) || of_line.contains(&gross))
            && (self.date - line.date).abs() <= apart
    }
}

/// A payment of ours that a reference names.
struct Paid {
    disbursement: i64,
    /// The amount in US cents where only the bank's own reference names it, which may be another payment's, too.
    most_usd_minor: Option<i64>,
}

/// What the Fund knows under the references of some lines.
struct Books {
    entered: HashMap<String, Vec<Entered>>,
    paid: HashMap<String, Paid>,
}

/// The reference under which a line would be entered had nobody used it.
fn plain(line: &bank_line::Model) -> &str {
    let suffix = suffix(line);
    line.bank_reference.strip_suffix(suffix.as_str()).unwrap_or(&line.bank_reference)
}

/// What a doubtful line adds to the reference that the books know for other money.
fn suffix(line: &bank_line::Model) -> String {
    format!("/{}", line.reference.chars().take(8).collect::<String>())
}

/// Everything by which a payment of ours may be named in a line: its references, and identifications in its text, which
/// is all that tables have.
fn names(line: &bank_line::Model) -> impl Iterator<Item = &str> {
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
        Ok(Self { entered: entered(work, &plains).await?, paid: paid(work, &plains).await? })
    }

    /// Says what a line is that came in and of which nobody has said anything yet.
    fn judge(&self, line: &mut bank_line::Model) {
        let paid = names(line).find_map(|name| {
            let paid = self.paid.get(name)?;
            let fits = paid.most_usd_minor.is_none_or(|most| line.currency == "USD" && line.amount_minor <= most);
            fits.then_some(paid.disbursement)
        });
        if let Some(disbursement) = paid {
            line.state = LineState::Returned.code().to_owned();
            line.disbursement_id = Some(disbursement);
            return;
        }
        if line.state == LineState::Ignored.code() {
            return;
        }
        let recovered = |name: &str| {
            let found = self.entered.get(name)?.iter().find(|money| money.recovery.is_some() && money.is(line));
            found.and_then(|money| money.recovery)
        };
        let recovery = std::iter::once(plain(line)).chain(names(line)).find_map(recovered);
        if let Some(recovery) = recovery {
            line.state = LineState::Recovered.code().to_owned();
            line.recovery_id = Some(recovery);
            return;
        }
        let Some(in_books) = self.entered.get(plain(line)) else { return };
        if in_books.iter().any(|money| money.is(line)) {
            line.state = LineState::Known.code().to_owned();
        } else if line.state == LineState::New.code() {
            line.state = LineState::Doubtful.code().to_owned();
            line.bank_reference = format!("{}{}", plain(line), suffix(line));
        }
    }
}

/// Judges lines that a file has just brought: those that came in, also where they undo money that went out.
pub(super) async fn judge_fresh(work: &Work<'_>, lines: &mut [bank_line::Model]) -> Result<()> {
    let books = Books::of(work, lines).await?;
    for line in lines.iter_mut().filter(|line| line.credit) {
        books.judge(line);
    }
    Ok(())
}

/// Judges lines of the database that wait, and writes down what changed. Gives those of which somebody still has to say
/// what they are, in the same order; `hands` also those that are taken by hand only.
pub(super) async fn sift(work: &Work<'_>, lines: Vec<bank_line::Model>, hands: bool) -> Result<Vec<bank_line::Model>> {
    let books = Books::of(work, &lines).await?;
    let mut left = Vec::with_capacity(lines.len());
    for before in lines {
        let mut after = before.clone();
        books.judge(&mut after);
        if after != before {
            let change = bank_line::ActiveModel {
                id: Set(after.id),
                state: Set(after.state.clone()),
                bank_reference: Set(after.bank_reference.clone()),
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
            .filter(C::State.is_in(LineState::UNDECIDED.map(LineState::code)))
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
    type Row = (String, String, i64, i64, NaiveDate, String);
    let mut entered: HashMap<String, Vec<Entered>> = HashMap::new();
    for chunk in references.chunks(CHUNK) {
        use receipt::Column as R;
        let received: Vec<Row> = receipt::Entity::find()
            .select_only()
            .columns([R::BankReference, R::Currency, R::AmountMinor, R::ChargeMinor, R::Date, R::CommandId])
            .filter(R::BankReference.is_in(chunk.iter().cloned()))
            .into_tuple()
            .all(&work.transaction)
            .await?;
        use unidentified::Column as U;
        let held: Vec<Row> = unidentified::Entity::find()
            .select_only()
            .columns([U::BankReference, U::Currency, U::AmountMinor, U::ChargeMinor, U::Date, U::CommandId])
            .filter(U::BankReference.is_in(chunk.iter().cloned()))
            .into_tuple()
            .all(&work.transaction)
            .await?;
        for (reference, currency, amount_minor, charge_minor, date, command) in received.into_iter().chain(held) {
            let of_line = command.starts_with("system/bank-line/");
            let money = Entered { currency, amount_minor, charge_minor, date, of_line, recovery: None };
            entered.entry(reference).or_default().push(money);
        }
        use recovery_step::Column as S;
        let recovered: Vec<(Option<String>, i64, NaiveDate, i64)> = recovery_step::Entity::find()
            .select_only()
            .columns([S::BankReference, S::UsdMinor, S::Date, S::RecoveryId])
            .filter(S::Kind.eq(RecoveryStep::Received.code()))
            .filter(S::BankReference.is_in(chunk.iter().cloned()))
            .into_tuple()
            .all(&work.transaction)
            .await?;
        for (reference, amount_minor, date, recovery) in recovered {
            let currency = "USD".to_owned();
            let recovery = Some(recovery);
            let money = Entered { currency, amount_minor, charge_minor: 0, date, of_line: false, recovery };
            entered.entry(reference.unwrap_or_default()).or_default().push(money);
        }
    }
    Ok(entered)
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
            paid.insert(reference.unwrap_or_default(), Paid { disbursement, most_usd_minor: Some(usd_minor) });
        }
        use payment_batch_item::Column as I;
        let items: Vec<(String, i64)> = payment_batch_item::Entity::find()
            .select_only()
            .columns([I::EndToEndId, I::DisbursementId])
            .filter(I::EndToEndId.is_in(chunk.iter().cloned()))
            .into_tuple()
            .all(&work.transaction)
            .await?;
        paid.extend(items.into_iter().map(|(id, disbursement)| (id, Paid { disbursement, most_usd_minor: None })));
    }
    Ok(paid)
}
