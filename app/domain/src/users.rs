//! People who sign in: accounts, their states, and the forms of registering, signing in and inviting;
//! and ties of members of staff with organisations.

use chrono::TimeDelta;

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
/// How long a single-use link works.
pub const LINK_LIFETIME: TimeDelta = TimeDelta::days(3);
/// How long an invitation can be accepted.
pub const INVITATION_LIFETIME: TimeDelta = TimeDelta::days(14);
/// Failed sign-ins of one account after which it is locked for [`LOCK_TIME`].
pub const ACCOUNT_TRIES: i64 = 8;
/// Failed sign-ins from one address within [`LOCK_TIME`] after which it must wait.
pub const ADDRESS_TRIES: i64 = 40;
/// How long a lock lasts.
pub const LOCK_TIME: TimeDelta = TimeDelta::minutes(15);

/// Signing in.
pub const SIGN_IN: Form = Form {
    name: "sign-in",
    fields: &[required("email", Kind::Email), required("password", Kind::Password), optional("next", Kind::Hidden)],
    groups: &[],
};

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

/// Checks a new password.
pub fn check_password(password: &str, errors: &mut FieldErrors) {
    let length = password.chars().count();
    if length < SHORTEST_PASSWORD {
        errors.add("password", Message::new("error-password-short").with("least", SHORTEST_PASSWORD));
    } else if length > LONGEST_PASSWORD {
        errors.add("password", Message::new("error-too-long").with("most", LONGEST_PASSWORD).with("length", length));
    } else if password.chars().all(|character| password.starts_with(character)) {
        errors.add("password", Message::new("error-password-simple"));
    }
}

/// The role of somebody whom an administrator invites; organisations and donors bring their own people.
#[must_use]
pub fn staff_role(code: &str) -> Option<Role> {
    Role::from_code(code).filter(|role| role.is_staff())
}
