//! Bank statements in tests: importing a file, its lines, and what became of them.

use backend::Context;
use backend::contributions::statements::{self, LineState, queries};
use backend::contributions::unidentified_queries;
use backend::page::PageRequest;
use domain::errors::AppError;
use domain::forms::Typed;
use domain::ids::StatementId;

/// A file beside the tests.
pub fn file(name: &str) -> Vec<u8> {
    std::fs::read(format!("{}/tests/files/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
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
