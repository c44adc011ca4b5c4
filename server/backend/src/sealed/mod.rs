//! What nobody may read from a copy of the database, sealed with keys that are not in it: bank details. A sealed text
//! names its key, and opens only for the record that it was sealed for.

mod check;
mod rotate;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chacha20poly1305::aead::{Aead as _, KeyInit as _, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};

pub use check::check_keys;
pub use rotate::{Rotated, rotate};

use crate::error::{Error, Result};

/// Bytes of a key.
const KEY_LENGTH: usize = 32;
/// Bytes of a nonce; long enough to be drawn at random for every text.
const NONCE_LENGTH: usize = 24;

/// The keys of bank details, newest first. New texts are sealed with the newest, older ones still open.
#[derive(Clone, Default)]
pub struct BankKeys(Vec<(u32, [u8; KEY_LENGTH])>);

impl std::fmt::Debug for BankKeys {
    /// Numbers only: keys do not belong into logs.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_list().entries(self.numbers()).finish()
    }
}

impl BankKeys {
    /// Reads keys as the setting holds them: `2:BASE64,1:BASE64`, newest first, 32 bytes each.
    ///
    /// # Errors
    /// What is wrong, in words, without any part of a key.
    pub fn parse(text: &str) -> std::result::Result<Self, String> {
        let mut keys: Vec<(u32, [u8; KEY_LENGTH])> = Vec::new();
        for part in text.split(',').map(str::trim).filter(|part| !part.is_empty()) {
            let (number, key) = part.split_once(':').ok_or("each key is NUMBER:BASE64, and a comma stands between")?;
            let number: u32 = number.trim().parse().map_err(|_| "a key begins with its number, such as 1:")?;
            let bytes = STANDARD.decode(key.trim()).map_err(|_| format!("key {number} is not base64"))?;
            let length = bytes.len();
            let key = bytes.try_into().map_err(|_| format!("key {number} has {length} bytes instead of 32"))?;
            if keys.iter().any(|(known, _)| *known == number) {
                return Err(format!("key {number} is there twice"));
            }
            keys.push((number, key));
        }
        if keys.is_empty() { Err("it holds no key".to_owned()) } else { Ok(Self(keys)) }
    }

    /// A new key as the setting holds it, with the number 1.
    ///
    /// # Errors
    /// The system has no randomness to give.
    pub fn generate() -> Result<String> {
        Ok(format!("1:{}", STANDARD.encode(random::<KEY_LENGTH>()?)))
    }

    /// The same keys behind a newer one, given as the setting holds it; unchanged where that cannot be read.
    #[must_use]
    pub fn with_newest(self, text: &str) -> Self {
        match Self::parse(text) {
            Ok(newest) => Self(newest.0.into_iter().chain(self.0).collect()),
            Err(_) => self,
        }
    }

    /// True when there is no key at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The number of the key that seals.
    pub(crate) fn newest(&self) -> Option<u32> {
        self.0.first().map(|(number, _)| *number)
    }

    /// The numbers of all keys, newest first.
    pub(crate) fn numbers(&self) -> impl Iterator<Item = u32> + '_ {
        self.0.iter().map(|(number, _)| *number)
    }

    /// Seals a text for one record, with the newest key. `about` names the record and must be given again to open.
    pub(crate) fn seal(&self, about: &str, plain: &str) -> Result<String> {
        let number = self.newest().ok_or_else(no_key)?;
        self.seal_with(number, about, plain)
    }

    /// Seals with one of the keys.
    fn seal_with(&self, number: u32, about: &str, plain: &str) -> Result<String> {
        let nonce = random::<NONCE_LENGTH>()?;
        let payload = Payload { msg: plain.as_bytes(), aad: about.as_bytes() };
        let sealed = self.cipher(number)?.encrypt(&XNonce::from(nonce), payload);
        let sealed = sealed.map_err(|_| Error::Defect(format!("{about} could not be sealed")))?;
        Ok(format!("{number}.{}", STANDARD.encode([nonce.as_slice(), &sealed].concat())))
    }

    /// Opens what was sealed for this record.
    pub(crate) fn open(&self, about: &str, sealed: &str) -> Result<String> {
        let damaged = || Error::Defect(format!("what is sealed for {about} does not open: damaged, or another key"));
        let (number, text) = sealed.split_once('.').ok_or_else(damaged)?;
        let number = number.parse().map_err(|_| damaged())?;
        let bytes = STANDARD.decode(text).map_err(|_| damaged())?;
        let (nonce, message) = bytes.split_at_checked(NONCE_LENGTH).ok_or_else(damaged)?;
        let nonce: [u8; NONCE_LENGTH] = nonce.try_into().map_err(|_| damaged())?;
        let payload = Payload { msg: message, aad: about.as_bytes() };
        let plain = self.cipher(number)?.decrypt(&XNonce::from(nonce), payload).map_err(|_| damaged())?;
        String::from_utf8(plain).map_err(|_| damaged())
    }

    /// Seals anew with the newest key what another one had sealed; none when it was the newest already.
    pub(crate) fn renewed(&self, about: &str, sealed: &str) -> Result<Option<String>> {
        let newest = self.newest().ok_or_else(no_key)?;
        if number_of(sealed) == Some(newest) {
            return Ok(None);
        }
        self.seal(about, &self.open(about, sealed)?).map(Some)
    }

    fn cipher(&self, number: u32) -> Result<XChaCha20Poly1305> {
        let key = self.0.iter().find(|(known, _)| *known == number).ok_or_else(no_key)?;
        Ok(XChaCha20Poly1305::new(&key.1.into()))
    }
}

/// The number of the key that sealed a text.
fn number_of(sealed: &str) -> Option<u32> {
    sealed.split_once('.')?.0.parse().ok()
}

fn no_key() -> Error {
    Error::Defect("the setting BANK_KEYS does not hold the key that is needed".to_owned())
}

fn random<const LENGTH: usize>() -> Result<[u8; LENGTH]> {
    let mut bytes = [0; LENGTH];
    getrandom::fill(&mut bytes).map_err(|cause| Error::Defect(format!("no randomness: {cause}")))?;
    Ok(bytes)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn two() -> BankKeys {
        let (old, new) = (BankKeys::generate().unwrap(), BankKeys::generate().unwrap());
        BankKeys::parse(&format!("2{}, {old}", new.trim_start_matches('1'))).unwrap()
    }

    #[test]
    fn a_sealed_text_opens_for_its_own_record_only() {
        let keys = two();
        let sealed = keys.seal("organisation/1", "NP00123").unwrap();
        assert!(sealed.starts_with("2.") && !sealed.contains("NP00123"));
        assert_eq!(keys.open("organisation/1", &sealed).unwrap(), "NP00123");
        assert!(keys.open("organisation/2", &sealed).is_err());
        assert!(keys.open("organisation/1", &sealed.replacen("2.", "1.", 1)).is_err());
        assert_ne!(keys.seal("organisation/1", "NP00123").unwrap(), sealed, "no two sealed texts are alike");
    }

    #[test]
    fn every_changed_character_of_a_sealed_text_is_noticed() {
        let keys = two();
        let sealed = keys.seal("organisation/1", "NP00123").unwrap();
        for position in 2..sealed.len() {
            let mut bytes = sealed.clone().into_bytes();
            bytes[position] = if bytes[position] == b'A' { b'B' } else { b'A' };
            let changed = String::from_utf8(bytes).unwrap();
            assert!(keys.open("organisation/1", &changed).is_err(), "position {position}");
        }
    }

    #[test]
    fn an_older_key_still_opens_and_its_texts_are_renewed() {
        let keys = two();
        let old = keys.seal_with(1, "organisation/1", "NP00123").unwrap();
        assert_eq!(keys.open("organisation/1", &old).unwrap(), "NP00123");
        let renewed = keys.renewed("organisation/1", &old).unwrap().unwrap();
        assert!(renewed.starts_with("2."));
        assert_eq!(keys.renewed("organisation/1", &renewed).unwrap(), None);
    }

    #[test]
    fn each_wrong_spelling_of_the_setting_is_said_in_words() {
        let key = BankKeys::generate().unwrap();
        for (text, word) in [
            ("", "no key"),
            ("abc", "NUMBER:BASE64"),
            ("x:AAAA", "number"),
            ("1:!", "base64"),
            ("1:AAAA", "3 bytes"),
            (&format!("{key},{key}"), "twice"),
        ] {
            assert!(BankKeys::parse(text).unwrap_err().contains(word), "{text}");
        }
    }
}
