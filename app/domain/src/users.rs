//! People who sign in: accounts, their states, and the forms of registering, signing in and inviting;
//! and ties of members of staff with organisations.

use chrono::{DateTime, TimeDelta, Utc};

use crate::errors::{AppError, FieldErrors};
use crate::forms::{Field, Form, Kind, Options, optional, required};
use crate::ids::{OrganisationId, UserId};
use crate::message::Message;
use crate::roles::Role;

code_list! {
    /// The language in which a person reads.
    Language, "language", { English = "en", French = "fr" }
}

code_list! {
    /// How far an account is.
    UserState, "user-state", {
        /// Registered; the address is not proven yet.
        Unconfirmed = "unconfirmed",
        /// May sign in.
        Active = "active",
        /// Shut by an administrator.
        Disabled = "disabled",
    }
}

code_list! {
    /// What a single-use link is for.
    LinkPurpose, "link-purpose", { Confirm = "confirm", Reset = "reset" }
}

/// Shortest password. NIST SP 800-63B asks for at least 8; the Fund holds money, so 12.
pub const SHORTEST_PASSWORD: usize = 12;
/// Longest password, so that hashing cannot be used to keep the server busy.
pub const LONGEST_PASSWORD: usize = 200;
/// A session ends after this time without a request.
pub const SESSION_IDLE: TimeDelta = TimeDelta::hours(12);
/// A session ends after this time whatever happens.
pub const SESSION_ABSOLUTE: TimeDelta = TimeDelta::days(7);
/// How long a link works that confirms an address.
pub const LINK_LIFETIME: TimeDelta = TimeDelta::days(3);
/// How long an invitation can be accepted.
pub const INVITATION_LIFETIME: TimeDelta = TimeDelta::days(14);
/// How long a link works that sets a forgotten password: whoever asked for it is waiting for it.
pub const RESET_LIFETIME: TimeDelta = TimeDelta::hours(1);
/// A device from which nobody has signed in to an account for so long is forgotten.
pub const DEVICE_LIFETIME: TimeDelta = TimeDelta::days(180);

impl LinkPurpose {
    /// How long a link works.
    #[must_use]
    pub const fn lifetime(self) -> TimeDelta {
        match self {
            Self::Reset => RESET_LIFETIME,
            Self::Confirm => LINK_LIFETIME,
        }
    }
}

/// How often something may be tried: so many times at once, and once more each time that a pause has passed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Allowance {
    /// Tries at once.
    pub tries: i32,
    /// The pause that gives one try back.
    pub pause: TimeDelta,
}

/// Passwords tried for one account from one address.
pub const PAIR_TRIES: Allowance = Allowance { tries: 8, pause: TimeDelta::minutes(2) };
/// Passwords tried for one account from all addresses together: at most 40 and 288 a day.
pub const ACCOUNT_TRIES: Allowance = Allowance { tries: 40, pause: TimeDelta::minutes(5) };
/// Passwords tried, registrations, invitations and links asked for from one address.
pub const ADDRESS_TRIES: Allowance = Allowance { tries: 40, pause: TimeDelta::seconds(20) };
/// Passwords tried for one account from a device that has signed in to it before. Nothing else limits these.
pub const DEVICE_TRIES: Allowance = PAIR_TRIES;

/// As far as the clocks of two servers may differ.
const CLOCKS_DIFFER: TimeDelta = TimeDelta::minutes(5);

impl Allowance {
    /// How much of it is used up, as the time that gives all of it back, when `whole_at` is when all would be back. What
    /// is further away than a whole allowance was written by a clock that was wrong, and counts as nothing; a little
    /// further, by that of another server.
    fn used(self, whole_at: DateTime<Utc>, now: DateTime<Utc>) -> TimeDelta {
        let (used, all) = (whole_at - now, self.pause * self.tries);
        if used > all + CLOCKS_DIFFER { TimeDelta::zero() } else { used.clamp(TimeDelta::zero(), all) }
    }

    /// Takes one try, and gives the time at which the whole allowance is back.
    ///
    /// # Errors
    /// How long to wait for the next try when none is left.
    pub fn take(self, whole_at: DateTime<Utc>, now: DateTime<Utc>) -> Result<DateTime<Utc>, TimeDelta> {
        let used = self.used(whole_at, now) + self.pause;
        let over = used - self.pause * self.tries;
        if over > TimeDelta::zero() { Err(over) } else { Ok(now + used) }
    }

    /// Gives one try back, and the time at which the whole allowance is back.
    #[must_use]
    pub fn give_back(self, whole_at: DateTime<Utc>, now: DateTime<Utc>) -> DateTime<Utc> {
        now + (self.used(whole_at, now) - self.pause).max(TimeDelta::zero())
    }
}

/// Signing in.
pub const SIGN_IN: Form = Form {
    name: "sign-in",
    fields: &[required("email", Kind::Email), required("password", Kind::Password), optional("next", Kind::Hidden)],
    groups: &[],
};

/// Whether somebody who works for the Fund is told by mail what waits.
pub const DIGEST: Form = Form { name: "digest", fields: &[optional("wanted", Kind::Tick)], groups: &[] };

/// An NGO registers, with its first member, who is the authorised signatory.
pub const REGISTER_ORGANISATION: Form = Form {
    name: "register",
    fields: &[
        required("name", Kind::Name(120)),
        required("email", Kind::Email),
        required("password", Kind::Password),
        required("language", Kind::Choice(Language::OPTIONS)),
        required("legal_name", Kind::Line(200)),
        required("country", Kind::Choice(Options::Countries)),
        required("authorised", Kind::Tick),
    ],
    groups: &[],
};

/// A donor registers, with its first representative.
pub const REGISTER_DONOR: Form = Form {
    name: "register",
    fields: &[
        required("name", Kind::Name(120)),
        required("email", Kind::Email),
        required("password", Kind::Password),
        required("language", Kind::Choice(Language::OPTIONS)),
        required("donor_name", Kind::Line(200)),
        required("donor_kind", Kind::Choice(crate::donors::DonorKind::OPTIONS)),
        optional("country", Kind::Choice(Options::Countries)),
    ],
    groups: &[],
};

/// The roles to which an administrator may invite somebody.
const STAFF_ROLES: Options = Options::List {
    prefix: "role",
    codes: &[
        "administrator",
        "programme-officer",
        "technical-reviewer",
        "board-member",
        "executive-director",
        "certifying-officer",
        "approving-officer",
        "finance-officer",
        "auditor",
    ],
};

/// An administrator invites a member of staff.
pub const INVITE: Form = Form {
    name: "invite",
    fields: &[
        required("name", Kind::Name(120)),
        required("email", Kind::Email),
        required("role", Kind::Choice(STAFF_ROLES)),
        required("language", Kind::Choice(Language::OPTIONS)),
    ],
    groups: &[],
};

/// A signatory adds a colleague to the organisation.
pub const INVITE_COLLEAGUE: Form = Form {
    name: "invite",
    fields: &[
        required("name", Kind::Name(120)),
        required("email", Kind::Email),
        required("language", Kind::Choice(Language::OPTIONS)),
    ],
    groups: &[],
};

/// Asking for a link to set a new password.
pub const FORGOT: Form = Form { name: "forgot", fields: &[required("email", Kind::Email)], groups: &[] };

const TOKEN: Field = required("token", Kind::Hidden);

/// Setting a password by link.
pub const SET_PASSWORD: Form =
    Form { name: "set-password", fields: &[TOKEN, required("password", Kind::Password)], groups: &[] };

/// Accepting an invitation as somebody who has no account yet.
pub const ACCEPT: Form = Form {
    name: "accept",
    fields: &[TOKEN, required("name", Kind::Name(120)), required("password", Kind::Password)],
    groups: &[],
};

/// Changing the own password.
pub const CHANGE_PASSWORD: Form = Form {
    name: "change-password",
    fields: &[required("current_password", Kind::Password), required("password", Kind::Password)],
    groups: &[],
};

/// Confirming an address by link, with the password chosen when registering.
pub const CONFIRM: Form = Form { name: "confirm", fields: &[TOKEN, required("password", Kind::Password)], groups: &[] };

/// Choosing a language.
pub const CHOOSE_LANGUAGE: Form = Form {
    name: "choose-language",
    fields: &[required("language", Kind::Choice(Language::OPTIONS)), optional("next", Kind::Hidden)],
    groups: &[],
};

/// An administrator records that a member of staff has a tie with an organisation.
pub const TIE: Form = Form {
    name: "tie",
    fields: &[
        required("organisation", Kind::Line(200)),
        required("since", Kind::Date),
        required("note", Kind::Text(1000)),
    ],
    groups: &[],
};

/// Nobody acts on what concerns an organisation with which they, or whom they stand for, have a tie.
///
/// # Errors
/// `refused-tie`.
pub fn check_no_tie(concerned: OrganisationId, ties: &[OrganisationId]) -> Result<(), AppError> {
    if ties.contains(&concerned) { Err(AppError::refused("refused-tie")) } else { Ok(()) }
}

/// The address of an account whose own one was freed for somebody else's use; no mail reaches it.
#[must_use]
pub fn freed_address(account: UserId) -> String {
    format!("freed-{account}{FREED}")
}

/// True for an address that [`freed_address`] made.
#[must_use]
pub fn is_freed(address: &str) -> bool {
    address.ends_with(FREED)
}

/// A domain that is reserved for addresses that do not exist (RFC 2606).
const FREED: &str = "@address.invalid";

/// Checks the length of a new password. How easy it is to guess is judged where the words of the person are known.
pub fn check_password(password: &str, errors: &mut FieldErrors) {
    let length = password.chars().count();
    if length < SHORTEST_PASSWORD {
        errors.add("password", Message::new("error-password-short").with("least", SHORTEST_PASSWORD));
    } else if length > LONGEST_PASSWORD {
        errors.add("password", Message::new("error-too-long").with("most", LONGEST_PASSWORD).with("length", length));
    }
}

/// The role of somebody whom an administrator invites; organisations and donors bring their own people.
#[must_use]
pub fn staff_role(code: &str) -> Option<Role> {
    Role::from_code(code).filter(|role| role.is_staff())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use chrono::TimeZone as _;

    use super::*;

    fn noon() -> DateTime<Utc> {
        Utc.with_ymd_and_hms(2026, 6, 1, 12, 0, 0).unwrap()
    }

    #[test]
    fn an_allowance_is_used_up_and_comes_back_try_by_try() {
        let mut whole_at = noon();
        for _ in 0..PAIR_TRIES.tries {
            whole_at = PAIR_TRIES.take(whole_at, noon()).unwrap();
        }
        let soon = noon() + TimeDelta::seconds(30);
        assert_eq!(PAIR_TRIES.take(whole_at, noon()), Err(TimeDelta::minutes(2)));
        assert_eq!(PAIR_TRIES.take(whole_at, soon), Err(TimeDelta::seconds(90)));
        let then = noon() + TimeDelta::minutes(2);
        let after = PAIR_TRIES.take(whole_at, then).unwrap();
        assert!(PAIR_TRIES.take(after, then).is_err(), "one came back, and it was taken");
        let given = PAIR_TRIES.give_back(after, then);
        assert!(PAIR_TRIES.take(given, then).is_ok());
    }

    #[test]
    fn what_a_wrong_clock_wrote_keeps_nobody_out_longer_than_a_pause() {
        let future = noon() + TimeDelta::days(400);
        assert_eq!(PAIR_TRIES.take(future, noon()), Ok(noon() + PAIR_TRIES.pause));
        assert_eq!(PAIR_TRIES.give_back(future, noon()), noon());
        let all = PAIR_TRIES.pause * PAIR_TRIES.tries;
        let ahead = noon() + all + TimeDelta::minutes(1);
        assert_eq!(PAIR_TRIES.take(ahead, noon()), Err(PAIR_TRIES.pause), "the other server's clock is ahead");
    }
}
