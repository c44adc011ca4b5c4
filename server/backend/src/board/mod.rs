//! The Board's sessions, votes and recommendations, and the executive director's decisions.

pub(crate) mod entity;
