//! Chance that can be repeated: the same seed gives the same numbers (SplitMix64).

use std::time::{SystemTime, UNIX_EPOCH};

/// A source of numbers.
#[derive(Clone, Debug)]
pub struct Chance(u64);

impl Chance {
    /// From a seed.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The seed that an environment variable names, else one of the clock.
    pub fn seed(variable: &str) -> u64 {
        std::env::var(variable).ok().map_or_else(
            || u64::try_from(SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_micros()).unwrap(),
            |text| text.parse().unwrap_or_else(|_| panic!("{variable} is no number: {text}")),
        )
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number from one to another, both included.
    pub fn between(&mut self, least: u64, most: u64) -> u64 {
        least + self.next() % (most - least + 1)
    }

    /// Another source that goes its own way.
    pub fn split(&mut self) -> Self {
        Self(self.next())
    }
}
