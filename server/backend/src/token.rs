//! Random tokens for sessions, links and kept forms. Only their hash is stored where knowing one gives access.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest as _, Sha256};

use crate::error::{Error, Result};

/// A new token of 256 random bits, safe in URLs and cookies.
///
/// # Errors
/// When the operating system gives no random bytes.
pub fn new() -> Result<String> {
    let mut bytes = [0_u8; 32];
    getrandom::fill(&mut bytes).map_err(|cause| Error::Defect(format!("no random bytes: {cause}")))?;
    Ok(URL_SAFE_NO_PAD.encode(bytes))
}

/// The hash under which a token is stored.
#[must_use]
pub fn hash(token: &str) -> String {
    hex(&Sha256::digest(token.as_bytes()))
}

/// Bytes as hexadecimal digits.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
