//! Lines by which the bank takes back money that came in, and the lines that they take back. Nothing is left of two of
//! which nobody has entered the first; where it is in the books, the second waits until the money is out of them again.

use std::collections::HashMap;

use domain::ids::UnidentifiedId;
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, Condition, EntityTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, Set,
};

use super::LineState;
use super::judge::DAYS_APART;
use crate::context::Work;
use crate::contributions::bank_entity::bank_line;
use crate::error::Result;

/// Finds, among all lines of an account, what each reversal takes back that stands alone so far, whichever of the two
/// came first.
pub(super) async fn pair(work: &Work<'_>, account: &str) -> Result<()> {
    use bank_line::Column as C;
    let alone = || {
        bank_line::Entity::find()
            .filter(C::Account.eq(account))
            .filter(C::CounterpartId.is_null())
            .order_by_asc(C::Date)
            .order_by_asc(C::Id)
    };
    let reversals = alone().filter(C::State.eq(LineState::Reversal.code())).all(&work.transaction).await?;
    if reversals.is_empty() {
        return Ok(());
    }
    let mut credits: HashMap<(String, i64), Vec<bank_line::Model>> = HashMap::new();
    let amounts: Vec<i64> = reversals.iter().map(|line| line.amount_minor).collect();
    for chunk in amounts.chunks(500) {
        let found = alone()
            .filter(C::Credit.eq(true))
            .filter(C::Reversal.eq(false))
            .filter(C::AmountMinor.is_in(chunk.iter().copied()))
            .all(&work.transaction)
            .await?;
        for line in found {
            let known = credits.entry((line.currency.clone(), line.amount_minor)).or_default();
            if known.iter().all(|other| other.id != line.id) {
                known.push(line);
            }
        }
    }
    for reversal in reversals {
        let Some(credits) = credits.get_mut(&(reversal.currency.clone(), reversal.amount_minor)) else { continue };
        // The one that has most in common with it; of several alike, the latest before it.
        let best = credits
            .iter()
            .enumerate()
            .filter(|(_, credit)| credit.date <= reversal.date + DAYS_APART)
            .map(|(place, credit)| (in_common(credit, &reversal), credit.date <= reversal.date, place))
            .filter(|(common, _, _)| *common > 0)
            .max();
        if let Some((_, _, place)) = best {
            bind(work, credits.remove(place), reversal).await?;
        }
    }
    Ok(())
}

/// How many references two lines share.
fn in_common(credit: &bank_line::Model, reversal: &bank_line::Model) -> usize {
    let own = !credit.own_reference.is_empty() && credit.own_reference == reversal.own_reference;
    let of_reversal: Vec<&str> = reversal.payment_references.lines().collect();
    let others = credit.payment_references.lines().filter(|one| of_reversal.contains(one)).count();
    usize::from(own) + others
}

async fn bind(work: &Work<'_>, credit: bank_line::Model, reversal: bank_line::Model) -> Result<()> {
    let state = LineState::from_code(&credit.state);
    let undecided = state.is_some_and(LineState::is_undecided);
    let settled = undecided || state == Some(LineState::SetAside);
    let (credit_id, reversal_id) = (credit.id, reversal.id);
    let mut change: bank_line::ActiveModel = credit.into();
    change.counterpart_id = Set(Some(reversal_id));
    if undecided {
        change.state = Set(LineState::Reversed.code().to_owned());
    }
    change.update(&work.transaction).await?;
    let mut change: bank_line::ActiveModel = reversal.into();
    change.counterpart_id = Set(Some(credit_id));
    if settled {
        change.state = Set(LineState::Reversed.code().to_owned());
    }
    change.update(&work.transaction).await?;
    Ok(())
}

/// Settles the reversal of money that was held and has now left the books: it waits for nobody any more.
pub(in crate::contributions) async fn settle_sent_back(
    work: &Work<'_>,
    held: UnidentifiedId,
    bank_reference: &str,
) -> Result<()> {
    use bank_line::Column as C;
    let by_hand = Condition::all().add(C::State.eq(LineState::Known.code())).add(C::BankReference.eq(bank_reference));
    let counterparts: Vec<Option<i64>> = bank_line::Entity::find()
        .select_only()
        .column(C::CounterpartId)
        .filter(Condition::any().add(C::UnidentifiedId.eq(held.0)).add(by_hand))
        .filter(C::CounterpartId.is_not_null())
        .into_tuple()
        .all(&work.transaction)
        .await?;
    bank_line::Entity::update_many()
        .col_expr(C::State, sea_orm::sea_query::Expr::value(LineState::Reversed.code()))
        .filter(C::Id.is_in(counterparts.into_iter().flatten()))
        .filter(C::State.eq(LineState::Reversal.code()))
        .exec(&work.transaction)
        .await?;
    Ok(())
}

/// Frees the lines of other files from lines that are about to vanish: what was taken back by them, or what they took
/// back, stands alone again.
pub(super) async fn part(work: &Work<'_>, vanishing: &[bank_line::Model]) -> Result<()> {
    let gone = |id: i64| vanishing.iter().any(|line| line.id == id);
    for line in vanishing {
        let Some(other) = line.counterpart_id.filter(|other| !gone(*other)) else { continue };
        let other = bank_line::Entity::find_by_id(other).lock_exclusive().one(&work.transaction).await?;
        let Some(other) = other else { continue };
        let taken_back = other.state == LineState::Reversed.code();
        let credit = other.credit;
        let mut change: bank_line::ActiveModel = other.into();
        change.counterpart_id = Set(None);
        if taken_back {
            let state = if credit { LineState::New } else { LineState::Reversal };
            change.state = Set(state.code().to_owned());
        }
        change.update(&work.transaction).await?;
    }
    Ok(())
}
