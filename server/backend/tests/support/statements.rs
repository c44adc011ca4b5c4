//! Bank statements in tests: importing a file, its lines, and what became of them.

use backend::contributions::statements::{self, LineState, queries};
use backend::contributions::{self, unidentified_queries};
use backend::page::PageRequest;
use backend::{Context, donors};
use domain::errors::AppError;
use domain::forms::Typed;
use domain::ids::{DonorId, StatementId};
use domain::roles::Role;

use super::World;
use super::money::donor;

/// A file beside the tests.
pub fn file(name: &str) -> Vec<u8> {
    std::fs::read(format!("{}/tests/files/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

/// A finance officer and a donor, with rates of the euro for March and April.
pub async fn finance_and_donor(world: &World) -> (Context, DonorId) {
    let finance = world.staff(Role::FinanceOfficer).await;
    for month in ["2026-03-01", "2026-04-01"] {
        let typed = Typed::default().with("currency", "EUR").with("from", month).with("units_per_usd", "0.8");
        contributions::record_rate(&finance, &typed).await.unwrap();
    }
    let id = donors::create(&finance, &donor()).await.unwrap();
    (finance, id)
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

/// How many lines are new, matched, held, known and ignored.
pub async fn counts(finance: &Context, id: StatementId) -> [i64; 5] {
    let counts = queries::counts(finance, id).await.unwrap();
    let of = |wanted| counts.iter().find(|(state, _)| *state == wanted).unwrap().1;
    [LineState::New, LineState::Matched, LineState::Held, LineState::Known, LineState::Ignored].map(of)
}
