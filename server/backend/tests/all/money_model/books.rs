//! Operations on the books themselves: programme support paid over, entries reversed, months closed.

use backend::{Error, contributions};
use chrono::Days;
use domain::forms::Typed;
use domain::ids::EntryId;
use domain::money::Money;
use domain::periods::Period;

use super::commands::Command;
use super::model::Model;
use super::operations::{Outcome, sent};
use crate::support::books::close as close_books;
use crate::support::{grants as forms, later, money};

/// What was set aside is paid over to the Secretariat, or more than that, which is refused.
pub async fn transfer(model: &mut Model) -> Outcome {
    let most = model.set_aside + model.set_aside / 5 + 100;
    let minor = model.chance.minor(1, most);
    let typed = forms::commanded()
        .with("amount", money::typed_usd(minor))
        .with("date", model.today().to_string())
        .with("bank_reference", forms::command());
    let done = sent(model, Command::Transfer(typed)).await;
    assert_eq!(done.is_some(), minor <= model.set_aside, "{minor} of {} ({})", model.set_aside, model.refusal);
    let Some(entry) = done else { return Outcome::Unchanged };
    model.set_aside -= minor;
    model.transfers.push((EntryId(entry), Some(minor)));
    Outcome::Done
}

/// A transfer is reversed, once; an entry that goes with a record, or was reversed before, is not.
pub async fn reverse(model: &mut Model) -> Outcome {
    let places: Vec<usize> = (0..model.transfers.len()).collect();
    let place = model.chance.one_of(&places).filter(|_| !model.chance.once_in(4));
    let id = match place {
        Some(place) => model.transfers[place].0,
        None => {
            let last = model.world.number("SELECT COALESCE(MAX(id), 0) AS value FROM journal_entries").await;
            EntryId(model.chance.minor(1, last + 1))
        }
    };
    let known = model.transfers.iter().position(|(entry, _)| *entry == id);
    let open = known.and_then(|place| model.transfers[place].1);
    let done = sent(model, Command::Reverse(id, forms::because("Entered twice"))).await.is_some();
    assert_eq!(done, open.is_some(), "{id} ({})", model.refusal);
    let (true, Some(place), Some(minor)) = (done, known, open) else { return Outcome::Unchanged };
    model.transfers[place].1 = None;
    model.set_aside += minor;
    Outcome::Done
}

/// The next month is closed as soon as it is over.
pub async fn close(model: &mut Model) -> Outcome {
    let month = Period::month_of(model.open_from);
    let finance = later(&model.people.finance, model.now);
    let outcome = close_books(&finance, month, &Typed::default().with("reason", "Looked at")).await;
    match outcome {
        Ok(()) => {
            assert!(month.is_over(model.today()), "{month}");
            model.open_from = month.last_day() + Days::new(1);
            Outcome::Done
        }
        Err(Error::App(cause)) => {
            assert!(!month.is_over(model.today()), "{month}: {cause}");
            Outcome::Unchanged
        }
        Err(cause) => panic!("{month}: {cause}"),
    }
}

/// Money that is to be dated into a closed month is refused.
pub async fn receive_too_late(model: &mut Model) -> Outcome {
    let dollars = |pledge: &&super::model::Pledge| pledge.amount.currency.code() == "USD";
    let pledges: Vec<_> = model.pledges.iter().filter(dollars).cloned().collect();
    let closed = model.open_from.pred_opt().filter(|_| model.open_from > model.first_day);
    let (Some(pledge), Some(closed)) = (model.chance.one_of(&pledges), closed) else { return Outcome::Nothing };
    let typed = money::receipt(&Money::usd(100).to_decimal().to_string(), "USD", &closed.to_string());
    let finance = later(&model.people.finance, model.now);
    let refused = contributions::receive(&finance, pledge.id, &typed).await.unwrap_err();
    assert!(refused.to_string().contains("period-closed"), "{refused}");
    Outcome::Unchanged
}
