//! `fund seed-demo`: four years of an invented Fund, made by the same use cases that people use, each at its
//! own time, so that books, audit trail and mails are as they would be.

mod applications;
mod changes;
mod data;
mod grants;
mod money;
mod narratives;
mod past;
mod payments;
mod people;
mod projects;
mod receipts;
mod sessions;
mod texts;

use std::sync::Arc;

use backend::{Context, Services};
use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use domain::roles::Actor;
use domain::time::{vienna_date, vienna_instant};

use self::past::Past;
use super::{Outcome, say, services};
use crate::config::Checked;

/// Seeds an empty database.
pub async fn run(settings: &Checked) -> Outcome {
    let now = Utc::now();
    let demo = Demo { services: services(settings).await?, now, today: vienna_date(now) };
    if backend::settings::is_demo(&demo.services.database).await? {
        return Err("the database holds demo data already; `make reset-demo` starts anew".into());
    }
    if backend::users::any(&demo.services.database).await? {
        return Err("the database is in use; demo data goes into an empty one only".into());
    }
    super::require_bank_keys(&demo.services).await?;
    say("people and organisations");
    let people = people::enter(&demo).await?;
    say("donors and rates");
    let money = money::enter(&demo, &people).await?;
    let mut past = Past::new(money);
    say("calls, applications, reviews and Board sessions, with the money and the grants of the time");
    applications::enter(&demo, &people, &mut past).await?;
    say("money, disbursements and reports since then");
    past.until(&demo, &people, demo.ago(money::TRANSFERRED)).await?;
    money::programme_support(&demo, &people).await?;
    past.until(&demo, &people, demo.today).await?;
    changes::enter(&demo, &people, &past.awards).await?;
    say("a bank statement and money that waits for somebody");
    receipts::enter(&demo, &people).await?;
    // The past's mails were sent at their time; only what is new goes out.
    backend::mail::mark_all_sent(&demo.services.database).await?;
    backend::settings::mark_demo(&demo.services.database).await?;
    backend::database::optimize(&demo.services.database).await?;
    print_logins();
    Ok(0)
}

/// Prints one login for each role.
pub fn print_logins() {
    say(&format!("demo logins, all with the password {}:", data::PASSWORD));
    let mut seen = Vec::new();
    for (name, address, role) in data::STAFF {
        if !seen.contains(role) {
            seen.push(*role);
            say(&format!("  {:<24} {}  ({name})", role.code(), people::address(address)));
        }
    }
    say(&format!(
        "  {:<24} {}  ({})",
        "organisation-signatory",
        people::signatory_address(0),
        data::ORGANISATIONS[0].name
    ));
    say(&format!("  {:<24} {}  ({})", "organisation-editor", people::editor_address(0), data::ORGANISATIONS[0].name));
    say(&format!("  {:<24} {}  ({})", "donor-representative", people::donor_address(0), data::DONORS[0].name));
}

/// What seeding works with.
struct Demo {
    services: Arc<Services>,
    /// When seeding began.
    now: DateTime<Utc>,
    today: NaiveDate,
}

impl Demo {
    /// An actor's context at ten in the morning of a day; of today, now if that is earlier: nothing happened later.
    fn at(&self, actor: &Actor, day: NaiveDate) -> Context {
        let ten = NaiveTime::from_hms_opt(10, 0, 0).unwrap_or_default();
        Context::new(self.services.clone(), actor.clone(), vienna_instant(day, ten).min(self.now), "seed-demo")
    }

    /// A day so many days before today.
    fn ago(&self, days: u64) -> NaiveDate {
        self.today.checked_sub_days(chrono::Days::new(days)).unwrap_or(self.today)
    }
}

/// A caller's id for a command that moves money.
fn command(name: impl std::fmt::Display) -> String {
    format!("demo-{name}")
}
