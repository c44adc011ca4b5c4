//! Applications: drafts by section, submitting, returning, screening.

mod awaited;
mod create;
mod editing;
pub(crate) mod entity;
mod list;
pub mod queries;
mod reading;
mod reconsider;
mod return_for_clarification;
mod save_section;
mod screen;
pub(crate) mod search;
mod step;
mod submit;
mod versions;
mod withdraw;

pub use awaited::Awaited;
pub use create::create;
pub(crate) use editing::{check_answer_is_not_awaited, load_editable};
pub(crate) use list::{count_awaited, visible};
pub use reading::{
    FrozenDocument, Revision, RevisionRow, Screening, SectionView, content, revision, revisions, screenings, sections,
};
pub(crate) use reading::{frozen_documents as reading_documents, is_frozen, may_review, readable};
pub use reconsider::reconsider;
pub use return_for_clarification::return_for_clarification;
pub use save_section::{SavedSection, save_section};
pub use screen::{registered_long_enough, screen};
pub(crate) use step::{load, state_of, step};
pub use submit::submit;
pub use versions::{restore, together, version, versions};
pub use withdraw::withdraw;
