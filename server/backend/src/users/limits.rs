//! How fast passwords may be tried. A try is counted before it is judged, so that many at the same moment are no way
//! round. Counted are account and address together, each of them alone, and apart from all these a device that is known.

use std::net::IpAddr;

use chrono::{DateTime, TimeDelta, Utc};
use domain::errors::AppError;
use domain::message::Message;
use domain::users::{ACCOUNT_TRIES, ADDRESS_TRIES, Allowance, DEVICE_TRIES, PAIR_TRIES};
use sea_orm::sea_query::{Expr, LockBehavior, LockType, OnConflict};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _, Set};

use super::entity::sign_in_limit;
use crate::context::{Context, Work};
use crate::error::Result;
use crate::token;

/// Where a request comes from, as far as signing in asks.
#[derive(Clone, Copy, Debug, Default)]
pub struct Caller<'a> {
    /// The address.
    pub address: &'a str,
    /// The token of the browser's cookie for known devices.
    pub device: Option<&'a str>,
    /// The token of the browser's session, which ends when a new one starts.
    pub session: Option<&'a str>,
}

/// What is counted, and how much of it there may be.
type Scope = (String, Allowance);

/// Tries that were counted.
pub(super) struct Taken {
    scopes: Vec<Scope>,
    /// True when the account may not be tried again at once, from this address or from any.
    pub spent: bool,
}

/// Counts a password for an account, whether or not there is such an account. `known` says that somebody has signed in
/// to it from the same device before.
///
/// # Errors
/// Too many tries, with the time to wait; then nothing is counted, so that asking again makes no wait longer.
pub(super) async fn take_password(context: &Context, email: &str, caller: &Caller<'_>, known: bool) -> Result<Taken> {
    let scopes = match caller.device.filter(|_| known) {
        Some(device) => vec![device_scope(device, email)],
        None => {
            let (account, network) = (token::hash(email), network(caller.address));
            vec![
                (format!("account:{account}"), ACCOUNT_TRIES),
                (format!("address:{network}"), ADDRESS_TRIES),
                (format!("pair:{account}:{network}"), PAIR_TRIES),
            ]
        }
    };
    take(context, scopes, "refused-sign-in-wait").await
}

/// Counts the own password that somebody signed in enters once more.
///
/// # Errors
/// As [`take_password`].
pub(super) async fn take_own_password(context: &Context, person: i64) -> Result<Taken> {
    take(context, vec![(format!("own:{person}"), PAIR_TRIES)], "refused-too-many-tries").await
}

/// Counts a try of an address, for what sends mails: registering, inviting, asking for links.
///
/// # Errors
/// As [`take_password`].
pub(super) async fn take_address(context: &Context, address: &str) -> Result<()> {
    let scope = (format!("address:{}", network(address)), ADDRESS_TRIES);
    take(context, vec![scope], "refused-too-many-tries").await.map(|_| ())
}

/// As [`take_address`], unless the device is known: then its own allowance counts.
///
/// # Errors
/// As [`take_password`].
pub(super) async fn take_link(context: &Context, email: &str, caller: &Caller<'_>, known: bool) -> Result<()> {
    match caller.device.filter(|_| known) {
        Some(device) => take(context, vec![device_scope(device, email)], "refused-too-many-tries").await.map(|_| ()),
        None => take_address(context, caller.address).await,
    }
}

fn device_scope(device: &str, email: &str) -> Scope {
    (format!("device:{}:{}", token::hash(device), token::hash(email)), DEVICE_TRIES)
}

async fn take(context: &Context, scopes: Vec<Scope>, refusal: &str) -> Result<Taken> {
    let work = context.begin().await?;
    let (mut wait, mut left, mut spent) = (TimeDelta::zero(), Vec::new(), false);
    for (scope, allowance) in &scopes {
        match allowance.take(hold(&work, scope).await?, context.now) {
            Ok(whole_at) => {
                let is_password = !scope.starts_with("address:");
                spent |= is_password && allowance.take(whole_at, context.now).is_err();
                left.push((scope, whole_at));
            }
            Err(longer) => wait = wait.max(longer),
        }
    }
    if wait > TimeDelta::zero() {
        let minutes = (wait + TimeDelta::seconds(59)).num_minutes();
        return Err(AppError::TooManyRequests(Message::new(refusal).with("minutes", minutes)).into());
    }
    for (scope, whole_at) in left {
        write(&work, scope, whole_at).await?;
    }
    work.commit().await?;
    Ok(Taken { scopes, spent })
}

/// Gives back what a right password took: all of the device's, or of the account's from this address; of what others
/// use too, the one try.
pub(super) async fn give_back(work: &Work<'_>, taken: &Taken) -> Result<()> {
    for (scope, allowance) in &taken.scopes {
        let now = work.context.now;
        let whole_at = match scope.starts_with("account:") || scope.starts_with("address:") {
            true => allowance.give_back(hold(work, scope).await?, now),
            false => now,
        };
        write(work, scope, whole_at).await?;
    }
    Ok(())
}

/// The time at which a scope's whole allowance is back; the row is held until the transaction ends. Whoever holds more
/// than one takes them in the order of their names.
async fn hold(work: &Work<'_>, scope: &str) -> Result<DateTime<Utc>> {
    let row = sign_in_limit::ActiveModel { scope: Set(scope.to_owned()), whole_at: Set(work.context.now) };
    let known = OnConflict::column(sign_in_limit::Column::Scope).update_column(sign_in_limit::Column::Scope).to_owned();
    let held = sign_in_limit::Entity::insert(row).on_conflict(known).exec_with_returning(&work.transaction).await?;
    Ok(held.whole_at)
}

async fn write(work: &Work<'_>, scope: &str, whole_at: DateTime<Utc>) -> Result<()> {
    sign_in_limit::Entity::update_many()
        .col_expr(sign_in_limit::Column::WholeAt, Expr::value(whole_at))
        .filter(sign_in_limit::Column::Scope.eq(scope))
        .exec(&work.transaction)
        .await?;
    Ok(())
}

/// What is counted as one address: of IPv6 the network of a subscriber, who has as many addresses as there are numbers.
pub(crate) fn network(address: &str) -> String {
    let bare = address.trim();
    let bare = bare.strip_prefix('[').and_then(|rest| rest.split_once(']')).map_or(bare, |(inside, _)| inside);
    let parsed = bare.parse::<IpAddr>().or_else(|cause| {
        // Some proxies hand over the port, too.
        bare.rsplit_once(':').map_or(Err(cause), |(host, _)| host.parse())
    });
    match parsed.map(|ip| ip.to_canonical()) {
        Ok(IpAddr::V6(ip)) => {
            let [one, two, three, four, ..] = ip.segments();
            format!("{one:x}:{two:x}:{three:x}:{four:x}::/64")
        }
        Ok(IpAddr::V4(ip)) => ip.to_string(),
        Err(_) => bare.to_owned(),
    }
}

/// Most rows that are thrown away in one transaction.
const SWEPT_AT_ONCE: u64 = 1_000;

/// Throws away what has come back whole; a day later, so that no clock of another server still counts it.
///
/// # Errors
/// Not the system, or the database's.
pub async fn sweep_limits(context: &Context) -> Result<u64> {
    if !context.actor.system {
        return Err(AppError::NotFound.into());
    }
    let mut swept = 0;
    loop {
        let work = context.begin().await?;
        // What somebody holds is left for the next time, so that nobody waits for two rows crosswise.
        let scopes: Vec<String> = sign_in_limit::Entity::find()
            .select_only()
            .column(sign_in_limit::Column::Scope)
            .filter(sign_in_limit::Column::WholeAt.lt(context.now - TimeDelta::days(1)))
            .order_by_asc(sign_in_limit::Column::WholeAt)
            .limit(SWEPT_AT_ONCE)
            .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
            .into_tuple()
            .all(&work.transaction)
            .await?;
        let old = sign_in_limit::Entity::delete_many().filter(sign_in_limit::Column::Scope.is_in(scopes));
        let rows = old.exec(&work.transaction).await?.rows_affected;
        work.commit().await?;
        swept += rows;
        if rows < SWEPT_AT_ONCE {
            return Ok(swept);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::network;

    #[test]
    fn an_address_is_counted_by_its_network() {
        let same =
            ["2001:db8:1:2::1", "2001:db8:1:2:ffff:ffff:ffff:ffff", "[2001:db8:1:2::7]:443", "[2001:DB8:1:2::9]"];
        for address in same {
            assert_eq!(network(address), "2001:db8:1:2::/64", "{address}");
        }
        assert_ne!(network("2001:db8:1:3::1"), "2001:db8:1:2::/64");
        for address in ["192.0.2.1", "192.0.2.1:8080", "::ffff:192.0.2.1"] {
            assert_eq!(network(address), "192.0.2.1", "{address}");
        }
        assert_eq!(network("unknown"), "unknown");
    }
}
