//! Money available to commit at a day.
