//! How much is kept, and what goes when it is too much: for a person the oldest; for visitors the oldest of whoever keeps
//! most, so that nobody pushes out what others have typed.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{
    ColumnTrait as _, Condition, EntityTrait as _, FromQueryResult, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};

use super::entity::kept_form;
use crate::context::Work;
use crate::error::Result;

/// How long a form is kept.
pub const LIFETIME: TimeDelta = TimeDelta::hours(24);
/// Most bytes of a visitor's form.
pub(super) const LARGEST_OF_VISITOR: usize = 64 * 1024;
/// Most that is kept for all visitors together.
const VISITORS: Room = Room { forms: 1_000, bytes: 64 * 1024 * 1024 };
/// Most that is kept for the visitors of one network.
const NETWORK: Room = Room { forms: 200, bytes: 8 * 1024 * 1024 };
/// Most that is kept for one person.
const PERSON: Room = Room { forms: 20, bytes: 64 * 1024 * 1024 };

/// How much is kept.
#[derive(Clone, Copy)]
struct Room {
    forms: usize,
    bytes: i64,
}

impl Room {
    fn fits(self, forms: usize, bytes: i64) -> bool {
        forms <= self.forms && bytes <= self.bytes
    }
}

/// A form as far as room is concerned.
#[derive(Clone, Debug, FromQueryResult)]
struct Form {
    token: String,
    network: Option<String>,
    size: i64,
    created_at: DateTime<Utc>,
}

/// Throws away what is too old, and what is too much beside a new form of `size` bytes.
pub(super) async fn make(work: &Work<'_>, user: Option<i64>, network: Option<&str>, size: i64) -> Result<()> {
    let own = user.map_or_else(|| kept_form::Column::UserId.is_null(), |id| kept_form::Column::UserId.eq(id));
    let oldest = work.context.now - LIFETIME;
    // Read from the index alone: the forms themselves may be large.
    let kept: Vec<Form> = kept_form::Entity::find()
        .select_only()
        .columns([
            kept_form::Column::Token,
            kept_form::Column::Network,
            kept_form::Column::Size,
            kept_form::Column::CreatedAt,
        ])
        .filter(own)
        .filter(kept_form::Column::CreatedAt.gte(oldest))
        .order_by_asc(kept_form::Column::CreatedAt)
        .into_model()
        .all(&work.transaction)
        .await?;
    let new = Form { token: String::new(), network: network.map(str::to_owned), size, created_at: work.context.now };
    let kept = kept.into_iter().chain([new.clone()]).collect();
    let mut too_many = match user {
        Some(_) => first_of(kept, PERSON),
        None => too_many_of_visitors(kept, &new),
    };
    too_many.retain(|token| !token.is_empty());
    let gone =
        Condition::any().add(kept_form::Column::CreatedAt.lt(oldest)).add(kept_form::Column::Token.is_in(too_many));
    kept_form::Entity::delete_many().filter(gone).exec(&work.transaction).await?;
    Ok(())
}

/// The oldest forms that must go for the others to fit.
fn first_of(kept: Vec<Form>, room: Room) -> Vec<String> {
    let (mut forms, mut bytes) = (kept.len(), sum(&kept));
    let mut gone = Vec::new();
    for form in kept {
        if room.fits(forms, bytes) {
            break;
        }
        (forms, bytes) = (forms - 1, bytes - form.size);
        gone.push(form.token);
    }
    gone
}

fn sum(forms: &[Form]) -> i64 {
    forms.iter().map(|form| form.size).sum()
}

/// What must go of all visitors': first of the network of the new form what is too much of one network, then of whichever
/// network keeps most, again and again. Of networks that keep as much it is the one with the oldest form.
fn too_many_of_visitors(kept: Vec<Form>, new: &Form) -> Vec<String> {
    let mut networks: BTreeMap<Option<String>, Vec<Form>> = BTreeMap::new();
    for form in kept {
        networks.entry(form.network.clone()).or_default().push(form);
    }
    let mut gone = Vec::new();
    if let Some(own) = networks.get_mut(&new.network) {
        gone = first_of(own.clone(), NETWORK);
        own.drain(..gone.len());
    }
    let mut forms: usize = networks.values().map(Vec::len).sum();
    let mut bytes: i64 = networks.values().map(|forms| sum(forms)).sum();
    while !VISITORS.fits(forms, bytes) {
        let too_many = forms > VISITORS.forms;
        let most = networks.values_mut().filter(|forms| !forms.is_empty()).max_by_key(|forms| {
            let amount = if too_many { i64::try_from(forms.len()).unwrap_or(i64::MAX) } else { sum(forms) };
            (amount, Reverse(forms.first().map(|form| form.created_at)))
        });
        let Some(most) = most else { break };
        let form = most.remove(0);
        (forms, bytes) = (forms - 1, bytes - form.size);
        gone.push(form.token);
    }
    gone
}
