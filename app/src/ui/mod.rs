//! What every page is made of: the shell, fields, tables, status, dates and money, error summary.
//! Plain functions that give views; they find the reader of the page in leptos' context.

mod chart;
mod contacts;
mod draft;
mod errors;
mod form;
mod layout;
mod list;
mod page;
pub(crate) mod refused;
mod script;
mod shell;
mod text;
mod textarea;
mod trail;

pub use chart::{Bar, Column, bar_chart, column_chart};
pub use contacts::contacts;
pub use draft::{DraftForm, Shown, both_texts, conflict_of, version_list, version_view, versions_link};
pub use errors::{error_page, error_summary};
pub use form::{
    Choice, FormState, Given, button_form, field, file_form, form, form_fields, group_rows, hidden, more_rows,
    row_fields,
};
pub use layout::{card_link, definition, figure_card, linked, notice, page_head, section, summary};
pub use list::{ColumnHead, column, filters, pager, sort_link, table};
pub use page::{Page, render};
pub use script::{Script, scripts};
pub use text::{argument, count, date, instant, label, money, percent, reader, status, t, template, tm, tw, usd};
pub use textarea::text_area;
pub use trail::{audit_actor, audit_changes, audit_request, audit_trail};
