//! Contributions: pledges, receipts, rates of exchange, and the statement of a donor's money.

mod accounts;
mod bank_lines;
mod change;
mod held;
mod letters;
mod list;
mod new;
mod overdue;
mod past;
mod rates;
mod results;
mod show;
mod statement;
mod statements;
mod undo;

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
        .page("/contributions/rates/{rate}", Action::WriteRates, rates::show)
        .action("/contributions/rates/{rate}/replace", Action::WriteRates, rates::replace)
        .action("/contributions/rates/{rate}/remove", Action::WriteRates, rates::remove)
        .page("/contributions/overdue", Action::ReadLedger, overdue::page)
        .action("/contributions/overdue/draft", Action::WriteReceipts, overdue::draft)
        .action("/contributions/overdue/{reminder}/approve", Action::WriteReceipts, overdue::approve)
        .action("/contributions/overdue/{reminder}/decline", Action::WriteReceipts, overdue::decline)
        .page("/contributions/past", Action::ReadLedger, past::page)
        .action("/contributions/past/upload", Action::WriteReceipts, past::upload)
        .page("/contributions/past/{file}", Action::ReadLedger, past::show)
        .action("/contributions/past/{file}/confirm", Action::WriteReceipts, past::confirm)
        .page("/contributions/accounts", Action::ReadLedger, accounts::page)
        .action("/contributions/accounts/enter", Action::WriteFundAccount, accounts::enter)
        .action("/contributions/accounts/{account}/confirm", Action::ConfirmFundAccount, accounts::confirm)
        .action("/contributions/accounts/{account}/withdraw", Action::WriteFundAccount, accounts::withdraw)
        .action("/contributions/accounts/{account}/close", Action::WriteFundAccount, accounts::close)
        .page("/contributions/statements", Action::ReadLedger, statements::page)
        .action("/contributions/statements/import", Action::WriteReceipts, statements::import)
        .page("/contributions/statements/{statement}", Action::ReadLedger, statements::show)
        .action("/contributions/statements/{statement}/match-sure", Action::WriteReceipts, statements::match_sure)
        .action("/contributions/statements/{statement}/hold-rest", Action::WriteReceipts, statements::hold_rest)
        .action("/contributions/statements/{statement}/all-same", Action::WriteReceipts, statements::say_all_same)
        .action("/contributions/statements/{statement}/discard", Action::WriteReceipts, statements::discard)
        .action(
            "/contributions/statements/{statement}/lines/{line}/match",
            Action::WriteReceipts,
            statements::match_line,
        )
        .action("/contributions/statements/{statement}/lines/{line}/hold", Action::WriteReceipts, statements::hold_line)
        .action("/contributions/statements/{statement}/lines/{line}/same", Action::WriteReceipts, statements::say_same)
        .action(
            "/contributions/statements/{statement}/lines/{line}/other",
            Action::WriteReceipts,
            statements::say_other,
        )
        .action(
            "/contributions/statements/{statement}/lines/{line}/set-aside",
            Action::WriteReceipts,
            statements::set_aside,
        )
        .action(
            "/contributions/statements/{statement}/lines/{line}/take-up",
            Action::WriteReceipts,
            statements::take_up,
        )
        .page("/contributions/unidentified", Action::ReadLedger, held::page)
        .action("/contributions/unidentified/hold", Action::WriteReceipts, held::hold)
        .page("/contributions/unidentified/{held}", Action::ReadLedger, held::show)
        .action("/contributions/unidentified/{held}/identify", Action::WriteReceipts, held::identify)
        .action("/contributions/unidentified/{held}/send-back", Action::WriteReceipts, held::send_back)
        .page("/contributions/{pledge}", Action::ReadContributions, show::page)
        .page("/contributions/{pledge}/change", Action::WriteReceipts, change::page)
        .action("/contributions/{pledge}/receipts/{receipt}/issue", Action::WriteReceipts, letters::issue)
        .download("/contributions/{pledge}/receipts/{receipt}/letter", Action::ReadContributions, letters::download)
        .page("/contributions/{pledge}/receipts/{receipt}/undo", Action::WriteReceipts, undo::page)
        .action("/contributions/{pledge}/receipts/{receipt}/take-back", Action::WriteReceipts, undo::take_back)
        .action("/contributions/{pledge}/amend", Action::WriteReceipts, change::amend)
        .action("/contributions/{pledge}/write-down", Action::WriteReceipts, change::write_down)
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
