//! Figures for everybody, with small counts suppressed.
