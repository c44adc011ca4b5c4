//! The few parts that gain from running in the browser. Each improves a form that already works without it.
