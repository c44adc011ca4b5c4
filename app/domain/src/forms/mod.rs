//! Forms as data: what fields a form has, and how what a person typed becomes values or errors. Pages draw a
//! form from its specification, use cases read it with the same one, and so does the browser.

mod answers;
mod merge;
mod read;
mod typed;

pub use answers::{Answers, Values};
pub use merge::{Merged, merge};
pub use read::money_message;
pub use typed::Typed;

/// Bytes of a megabyte, in which these limits are told.
pub const MEGABYTE: usize = 1024 * 1024;
/// Most bytes of a form without files: a text of a million signs is still read, refused by its field, and kept.
pub const LARGEST_FORM: usize = 4 * MEGABYTE;
/// Most bytes of a file.
pub const LARGEST_FILE: usize = 10 * MEGABYTE;
/// Most bytes of a section of an application or of a report as stored. A full one is far smaller; a text of a million
/// signs still fits, so that it can be shortened afterwards.
pub const LARGEST_DRAFT: usize = 3 * MEGABYTE;

/// Where the options of a choice come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Options {
    /// A closed list of codes; labels are `prefix-code`.
    List { prefix: &'static str, codes: &'static [&'static str] },
    /// All countries.
    Countries,
    /// All currencies.
    Currencies,
    /// Records of the database: the page offers them, and the use case looks the chosen one up.
    Given,
}

/// What kind of answer a field takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// One line of at most so many characters.
    Line(usize),
    /// A person's name of at most so many characters: one line, in which no web or mail address stands, because names go
    /// into the Fund's mails to others.
    Name(usize),
    /// Several lines of at most so many characters.
    Text(usize),
    /// An e-mail address.
    Email,
    /// A password, never shown again.
    Password,
    /// A whole number from zero up to the limit.
    Count(i64),
    /// An amount in USD, or in the currency that the field `currency` of the same form names.
    Amount,
    /// A number above zero with up to ten decimals: a rate of exchange.
    Rate,
    /// A number from 0 to 100 with up to two decimals.
    Percent,
    /// A calendar day, `2026-03-31`.
    Date,
    /// A time of day, `23:59:59` or `23:59`.
    Clock,
    /// One of several.
    Choice(Options),
    /// Any number of several.
    Choices(Options),
    /// A box to tick; required means that it must be ticked.
    Tick,
    /// An uploaded file; handled by the page that takes it.
    File,
    /// Not seen by the person: identifiers and versions.
    Hidden,
}

/// One field. Its label is the key `form-field`, its hint `form-field-hint` where the locale files have one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field {
    /// The name in the form.
    pub name: &'static str,
    /// The kind of answer.
    pub kind: Kind,
    /// True when there must be an answer.
    pub required: bool,
}

/// A field that must be answered.
#[must_use]
pub const fn required(name: &'static str, kind: Kind) -> Field {
    Field { name, kind, required: true }
}

/// A field that may stay empty.
#[must_use]
pub const fn optional(name: &'static str, kind: Kind) -> Field {
    Field { name, kind, required: false }
}

/// Rows of the same fields, named `lines.0.description` in the form. Rows in which nothing was typed do not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Group {
    /// The name before the row's number.
    pub name: &'static str,
    /// The fields of a row.
    pub fields: &'static [Field],
    /// Fewest rows.
    pub least: usize,
    /// Most rows.
    pub most: usize,
}

/// A whole form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Form {
    /// Begins the keys of its labels.
    pub name: &'static str,
    /// Fields that stand once.
    pub fields: &'static [Field],
    /// Repeated rows.
    pub groups: &'static [Group],
}
