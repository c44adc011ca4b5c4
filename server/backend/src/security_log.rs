//! The security log: what whoever guards the system wants to see, one line a fact, under a target of its own. The request's
//! number stands in each line. Passwords, tokens and what was typed into forms never do.

use domain::ids::UserId;

/// The target of every line.
pub const TARGET: &str = "security";

/// A password that was wrong or, with `refused`, one that was not judged. An account is named by its number; an address
/// without one is cut, for it may be somebody else's, or a password that was typed into the wrong field.
pub(crate) fn sign_in(refused: bool, account: Option<i64>, email: &str, address: &str) {
    let typed = account.is_none().then(|| shortened(email));
    let typed = typed.as_deref();
    match refused {
        true => tracing::info!(target: TARGET, account, typed, address, "sign-in-refused"),
        false => tracing::info!(target: TARGET, account, typed, address, "sign-in-failed"),
    }
}

/// A wrong password where somebody signed in was asked for the own one.
pub(crate) fn own_password_failed(account: i64, address: &str) {
    tracing::info!(target: TARGET, account, address, "own-password-failed");
}

/// A change of an account or of a setting, once it is permanent, by its key in the audit trail.
pub(crate) fn changed(action: &str, record: &str, by: Option<UserId>) {
    tracing::info!(target: TARGET, action, record, by = by.map(i64::from), "recorded");
}

/// The beginning of an address, and where it is.
fn shortened(email: &str) -> String {
    let (name, domain) = email.split_once('@').unwrap_or((email, ""));
    let name: String = name.chars().take(2).collect();
    let domain: String = domain.chars().take(60).collect();
    format!("{name}…@{domain}")
}

#[cfg(test)]
mod tests {
    use super::shortened;

    #[test]
    fn an_address_is_cut() {
        assert_eq!(shortened("maria.silva@example.org"), "ma…@example.org");
        assert_eq!(shortened("correct horse battery"), "co…@");
    }
}
