//! Bank statements in tests: importing a file, its lines, and what became of them.

use backend::Context;
use backend::contributions::statements::{self, LineState, queries};
use backend::contributions::unidentified_queries;
use backend::page::PageRequest;
use domain::errors::AppError;
use domain::forms::Typed;
use domain::ids::{DonorId, StatementId};
use domain::roles::Role;

use super::World;
use super::money::finance_and_donor;

/// A file beside the tests.
pub fn file(name: &str) -> Vec<u8> {
    std::fs::read(format!("{}/tests/files/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

/// Accounts in euros of which the tests have statements: those of the files beside them, and some more.
const IN_EUROS: [&str; 7] =
    ["AT611904300234573201", "DE89370400440532013000", "CH9300762011623852957", "DE0001", "DE0002", "DE0003", "DE0004"];

/// The form of an account of the Fund.
pub fn listed(number: &str, currency: &str) -> Typed {
    Typed::default().with("account_number", number).with("currency", currency).with("bank_name", "Bank Austria")
}

/// Confirms every account that waits for whoever confirms.
pub async fn confirm_waiting(confirms: &Context) {
    for account in statements::accounts(confirms).await.unwrap().iter().filter(|account| account.number.is_some()) {
        let seen = Typed::default().with("seen", account.seen.as_str());
        statements::confirm_account(confirms, account.id, &seen).await.unwrap();
    }
}

/// Makes an account one of the Fund's: one person enters it, another confirms it.
pub async fn list_account(world: &World, number: &str, currency: &str) {
    let administrator = world.staff(Role::Administrator).await;
    statements::enter_account(&administrator, &listed(number, currency)).await.unwrap();
    confirm_waiting(&world.staff(Role::ApprovingOfficer).await).await;
}

/// A finance officer and Norway, of a Fund with accounts in euros.
pub async fn finance_with_accounts(world: &World) -> (Context, DonorId) {
    let administrator = world.staff(Role::Administrator).await;
    for number in IN_EUROS {
        statements::enter_account(&administrator, &listed(number, "EUR")).await.unwrap();
    }
    confirm_waiting(&world.staff(Role::ApprovingOfficer).await).await;
    finance_and_donor(world).await
}

/// Imports a file beside the tests.
pub async fn import(finance: &Context, name: &str, typed: &Typed) -> backend::Result<StatementId> {
    statements::import(finance, typed, name, &file(name)).await
}

/// The key of the message by which something was refused, for a field or as a whole.
pub fn key<T: std::fmt::Debug>(result: backend::Result<T>, field: &str) -> String {
    match AppError::from(result.unwrap_err()) {
        AppError::Invalid(errors) => {
            errors.of(field).map_or_else(|| format!("{errors:?}"), |message| message.key.clone())
        }
        AppError::Refused(message) => message.key,
        other => format!("{other:?}"),
    }
}

/// The first page of lines, with suggestions.
pub async fn lines(finance: &Context, id: StatementId) -> Vec<queries::LineView> {
    let open = unidentified_queries::open_pledges(finance).await.unwrap();
    let request = PageRequest { page: 1, ..PageRequest::default() };
    queries::lines(finance, id, &request, &open).await.unwrap().rows
}

/// How many lines are new, matched, held, known and ordered by nobody.
pub async fn counts(finance: &Context, id: StatementId) -> [i64; 5] {
    let counts = queries::counts(finance, id).await.unwrap();
    let of = |wanted| counts.iter().find(|(state, _)| *state == wanted).unwrap().1;
    [LineState::New, LineState::Matched, LineState::Held, LineState::Known, LineState::Unordered].map(of)
}
