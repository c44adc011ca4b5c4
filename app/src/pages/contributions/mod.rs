//! Contributions: pledges, receipts, rates of exchange, and the statement of a donor's money.

mod list;
mod new;
mod rates;
mod show;
mod statement;

use domain::errors::AppError;
use domain::forms::Typed;
use domain::roles::Action;

pub(super) use statement::donor_dashboard;

use crate::ui::FormState;
use crate::web::{Routes, Visit};

/// The routes of contributions.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .page("/contributions", Action::ReadContributions, list::page)
        .page("/contributions/new", Action::WritePledges, new::page)
        .action("/contributions/create", Action::WritePledges, new::create)
        .page("/contributions/rates", Action::ReadRates, rates::page)
        .action("/contributions/rates/record", Action::WriteRates, rates::record)
        .action("/contributions/rates/import", Action::WriteRates, rates::import)
        .page("/contributions/{pledge}", Action::ReadContributions, show::page)
        .action("/contributions/{pledge}/receive", Action::WriteReceipts, show::receive)
        .page("/donors/{donor}/statement", Action::ReadContributions, statement::page)
}

/// What stands in a form that moves money. It carries an id, so that sending it twice posts once; a form whose id
/// was used for something else gets a new one, so that sending it once more is meant.
pub(super) fn money_form(visit: &Visit, action: &str, initial: Typed) -> FormState {
    let fresh = uuid::Uuid::now_v7().to_string();
    let mut state = visit.form_state(action, initial.with("command_id", fresh.as_str()));
    let used = visit.kept.as_ref().is_some_and(
        |kept| matches!(&kept.error, AppError::Refused(message) if message.key.starts_with("refused-command-")),
    );
    if used {
        state.typed.set("command_id", fresh);
    }
    state
}
