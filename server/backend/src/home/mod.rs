//! What waits for each person, and the figures of their home page.
