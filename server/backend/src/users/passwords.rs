//! Passwords as argon2id hashes. Hashing takes tens of milliseconds of processor time on purpose, so it runs
//! beside the threads that answer requests.

use argon2::password_hash::{PasswordHash, PasswordHasher as _, PasswordVerifier as _, SaltString};
use argon2::{Algorithm, Argon2, Params, Version};

use tokio::sync::{Semaphore, SemaphorePermit};

use crate::error::{Error, Result};

/// Each hash takes 19 MiB: so many at a time, and the others wait, however many people ask at once.
const AT_A_TIME: usize = 4;
static HASHING: Semaphore = Semaphore::const_new(AT_A_TIME);

/// Compared with when there is no account or no password yet, so that the answer takes the same time. Its parameters
/// are those of [`hasher`], its digest belongs to no password that anybody knows.
const DUMMY: &str = "$argon2id$v=19$m=19456,t=2,p=1$c2FsdCBvZiBub2JvZHkh$dDM4lY0v3f7m2q8a1uTzJr5nKcXwQeBhGpVsLiOyEaI";

/// OWASP's first choice of parameters for argon2id: 19 MiB, two passes, one lane.
fn hasher() -> Argon2<'static> {
    Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::DEFAULT)
}

fn defect(cause: &dyn std::fmt::Display) -> Error {
    Error::Defect(format!("password: {cause}"))
}

/// Waits for a turn. It goes with the work and ends with it, also when the person who asked has gone away.
async fn turn() -> Result<SemaphorePermit<'static>> {
    HASHING.acquire().await.map_err(|cause| defect(&cause))
}

/// Takes every turn, so that nobody's password is compared until the permit is dropped: tests see by it whether an
/// answer waits for a comparison.
///
/// # Errors
/// Never while the process runs.
#[doc(hidden)]
pub async fn hold_every_turn() -> Result<SemaphorePermit<'static>> {
    let all = u32::try_from(AT_A_TIME).map_err(|cause| defect(&cause))?;
    HASHING.acquire_many(all).await.map_err(|cause| defect(&cause))
}

/// Does what takes long with a password, beside the threads that answer requests and in its turn.
///
/// # Errors
/// When the process ends.
pub(super) async fn in_turn<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    let turn = turn().await?;
    let work = move || {
        let _turn = turn;
        work()
    };
    tokio::task::spawn_blocking(work).await.map_err(|cause| defect(&cause))
}

/// The hash of a new password, with a salt of its own.
///
/// # Errors
/// When the operating system gives no random bytes.
pub async fn hash(password: &str) -> Result<String> {
    let password = password.to_owned();
    in_turn(move || {
        let mut bytes = [0_u8; 16];
        getrandom::fill(&mut bytes).map_err(|cause| defect(&cause))?;
        let salt = SaltString::encode_b64(&bytes).map_err(|cause| defect(&cause))?;
        let hash = hasher().hash_password(password.as_bytes(), &salt).map_err(|cause| defect(&cause))?;
        Ok(hash.to_string())
    })
    .await?
}

/// True when the password is the one of the hash. Without a hash it takes as long and is never true.
pub(super) async fn verify(hash: Option<String>, password: &str) -> Result<bool> {
    let password = password.to_owned();
    in_turn(move || {
        let known = hash.is_some();
        let text = hash.unwrap_or_else(|| DUMMY.to_owned());
        let stored = PasswordHash::new(&text).map_err(|cause| defect(&cause))?;
        let fits = hasher().verify_password(password.as_bytes(), &stored).is_ok();
        Ok(known && fits)
    })
    .await?
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_password_fits_its_own_hash_only() {
        let hash = hash("correct horse battery").await.unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        assert!(verify(Some(hash.clone()), "correct horse battery").await.unwrap());
        assert!(!verify(Some(hash), "correct horse").await.unwrap());
    }

    #[tokio::test]
    async fn only_a_few_passwords_are_hashed_at_a_time() {
        let busy = hold_every_turn().await.unwrap();
        let mut waiting = tokio::spawn(hash("correct horse battery"));
        let early = tokio::time::timeout(std::time::Duration::from_secs(1), &mut waiting).await;
        assert!(early.is_err(), "it waits while as many as allowed are under way");
        drop(busy);
        assert!(waiting.await.unwrap().is_ok());
    }

    #[test]
    fn the_dummy_costs_as_much_as_a_real_hash() {
        let dummy = PasswordHash::new(DUMMY).unwrap();
        let cost = |params: &Params| (params.m_cost(), params.t_cost(), params.p_cost());
        assert_eq!(cost(&Params::try_from(&dummy).unwrap()), cost(&Params::DEFAULT));
        assert_eq!(dummy.algorithm, Algorithm::Argon2id.ident());
        assert_eq!(dummy.hash.unwrap().len(), Params::DEFAULT_OUTPUT_LEN);
    }

    #[tokio::test]
    async fn without_an_account_no_password_fits() {
        assert!(!verify(None, "").await.unwrap());
    }
}
