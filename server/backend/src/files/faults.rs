//! What is wrong in a file, line by line.

use domain::errors::{AppError, FieldErrors};
use domain::message::Message;

/// Wrong lines that are named one by one; a file of another kind would otherwise fill the page.
const MOST_NAMED: usize = 20;

/// The first wrong lines of a file, and how many more there are.
#[derive(Debug, Default)]
pub(crate) struct Faults {
    named: Vec<Message>,
    more: usize,
}

impl Faults {
    /// Names one more, while there is room.
    pub(crate) fn add(&mut self, message: impl FnOnce() -> Message) {
        if self.named.len() < MOST_NAMED {
            self.named.push(message());
        } else {
            self.more += 1;
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.named.is_empty()
    }

    /// # Errors
    /// Of the field: each that is named, and how many more there are.
    pub(crate) fn into_result(self, field: &str) -> Result<(), AppError> {
        self.into_errors(field).into_result()
    }

    /// As errors of the field: each that is named, and how many more there are.
    pub(crate) fn into_errors(self, field: &str) -> FieldErrors {
        let mut errors = FieldErrors::default();
        for message in self.named {
            errors.add(field, message);
        }
        if self.more > 0 {
            errors.add(field, Message::new("error-file-lines-more").with("count", self.more));
        }
        errors
    }

    #[cfg(test)]
    pub(crate) fn keys(&self) -> Vec<String> {
        self.named.iter().map(|message| message.key.clone()).collect()
    }
}
