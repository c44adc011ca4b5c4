//! What users see. Pages, routes and forms are compiled for the server only; islands for the browser too.
//! This is the only file that asks which of the two is being built.
#![recursion_limit = "512"]

pub mod islands;
#[cfg(feature = "ssr")]
pub mod pages;
#[cfg(feature = "ssr")]
pub mod ui;
#[cfg(feature = "ssr")]
pub mod web;

/// Starts the islands of a page; called by the script that leptos writes into it.
#[cfg(feature = "hydrate")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    leptos::mount::hydrate_islands();
}
