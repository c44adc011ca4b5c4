//! The few parts that gain from running in the browser. Each improves a form that already works without it, and
//! receives its texts as properties, so that no translation runtime reaches the browser.

mod browser;
mod budget_editor;
mod draft_keeper;
mod words;

pub use budget_editor::{BudgetEditor, BudgetRow};
pub use draft_keeper::{DraftKeeper, SavedDraft, Shown};
pub use words::{NumberLook, Words};
