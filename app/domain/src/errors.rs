//! The one error that crosses every layer: coarse, serialisable, with all field errors at once. What a log
//! says of the cause is kept elsewhere; what is here may be shown to a person.

use serde::{Deserialize, Serialize};

use crate::message::{Argument, Message};

/// What is wrong with one field of a form.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FieldError {
    /// The field's name in the form, such as `amount` or `lines.2.unit_cost`.
    pub field: String,
    /// What is wrong and how to mend it.
    pub message: Message,
}

/// All that is wrong with a form.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct FieldErrors(pub Vec<FieldError>);

impl FieldErrors {
    /// A single error.
    #[must_use]
    pub fn one(field: &str, message: Message) -> Self {
        let mut errors = Self::default();
        errors.add(field, message);
        errors
    }

    /// Adds an error for a field.
    pub fn add(&mut self, field: &str, message: Message) {
        self.0.push(FieldError { field: field.to_owned(), message });
    }

    /// True when nothing is wrong.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The first error of a field.
    #[must_use]
    pub fn of(&self, field: &str) -> Option<&Message> {
        self.0.iter().find(|error| error.field == field).map(|error| &error.message)
    }

    /// Fields and keys in one line, for logs.
    fn keys(&self) -> String {
        let parts: Vec<String> = self.0.iter().map(|error| format!("{} {}", error.field, error.message.key)).collect();
        parts.join(", ")
    }

    /// `Ok` when nothing is wrong, else all errors at once.
    ///
    /// # Errors
    /// [`AppError::Invalid`] with every field error.
    pub fn into_result(self) -> Result<(), AppError> {
        if self.is_empty() { Ok(()) } else { Err(AppError::Invalid(self)) }
    }
}

/// Why a request could not be answered as wished.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, thiserror::Error)]
pub enum AppError {
    /// Nobody is signed in, and somebody must be.
    #[error("sign-in needed")]
    SignInNeeded,
    /// The person's role does not allow it, or the record is somebody else's.
    #[error("forbidden: {}", .0.key)]
    Forbidden(Message),
    /// There is no such record, or none that this person may know of.
    #[error("not found")]
    NotFound,
    /// The form has errors; nothing was changed.
    #[error("invalid: {}", .0.keys())]
    Invalid(FieldErrors),
    /// A rule of the Fund forbids it now (HTTP 409); nothing was changed.
    #[error("refused: {}", .0.key)]
    Refused(Message),
    /// Somebody else changed the record in between.
    #[error("conflict")]
    Conflict(Message),
    /// Too many tries; wait.
    #[error("too many requests")]
    TooManyRequests(Message),
    /// A part outside (database, disk) does not answer; try again later.
    #[error("unavailable")]
    Unavailable,
    /// A defect of ours; the log has the cause.
    #[error("internal error")]
    Internal,
}

impl AppError {
    /// A rule that refuses, by key.
    #[must_use]
    pub fn refused(key: &str) -> Self {
        Self::Refused(Message::new(key))
    }

    /// A rule that refuses, with one argument.
    #[must_use]
    pub fn refused_with(key: &str, name: &str, value: impl Into<Argument>) -> Self {
        Self::Refused(Message::new(key).with(name, value))
    }

    /// One wrong field.
    #[must_use]
    pub fn field(field: &str, key: &str) -> Self {
        Self::Invalid(FieldErrors::one(field, Message::new(key)))
    }

    /// The HTTP status that tells a program the same.
    #[must_use]
    pub const fn status(&self) -> u16 {
        match self {
            Self::SignInNeeded => 401,
            Self::Forbidden(_) => 403,
            Self::NotFound => 404,
            Self::Invalid(_) => 422,
            Self::Refused(_) | Self::Conflict(_) => 409,
            Self::TooManyRequests(_) => 429,
            Self::Unavailable => 503,
            Self::Internal => 500,
        }
    }
}
