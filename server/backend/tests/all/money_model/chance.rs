//! Chance that can be repeated: the same seed gives the same numbers (SplitMix64).

/// A source of numbers.
#[derive(Clone, Debug)]
pub struct Chance(u64);

impl Chance {
    /// From a seed.
    pub fn new(seed: u64) -> Self {
        Self(seed)
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

    /// The same for amounts.
    pub fn minor(&mut self, least: i64, most: i64) -> i64 {
        let range = u64::try_from(most - least).unwrap();
        least + i64::try_from(self.between(0, range)).unwrap()
    }

    /// True once in so many times.
    pub fn once_in(&mut self, times: u64) -> bool {
        self.between(1, times) == 1
    }

    /// One of several; none of none.
    pub fn one_of<T: Clone>(&mut self, choices: &[T]) -> Option<T> {
        let last = u64::try_from(choices.len()).unwrap().checked_sub(1)?;
        choices.get(usize::try_from(self.between(0, last)).unwrap()).cloned()
    }
}
