//! Codes that many tables hold, read into what they stand for.

use domain::contributions::Earmark;
use domain::money::Currency;

use crate::error::{Result, unknown_code};

/// The currency of a stored code.
pub(crate) fn currency(code: &str) -> Result<Currency> {
    Currency::from_code(code).ok_or_else(|| unknown_code("currency", code))
}

/// The earmark of a stored code.
pub(crate) fn earmark(code: &str) -> Result<Earmark> {
    Earmark::from_code(code).ok_or_else(|| unknown_code("earmark", code))
}
