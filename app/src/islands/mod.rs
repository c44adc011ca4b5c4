//! The part that gains from running in the browser by the server's own rules: the budget editor. It improves a form that
//! already works without it, and receives its texts as properties, so that no translation runtime reaches the browser.

mod browser;
mod budget_editor;
mod words;

pub use budget_editor::{BudgetEditor, BudgetRow};
pub use words::{NumberLook, Words};
