//! Random numbers that are the same everywhere, by `SplitMix64`. Knows nothing of what is made of them.

/// A stream of numbers.
pub(super) struct Random(u64);

impl Random {
    /// The stream of one input of a run, which can be made again without those before it.
    pub(super) fn of(seed: u64, number: u64) -> Self {
        let mut start = Self(seed);
        Self(start.next() ^ number.wrapping_mul(0xd134_2543_de82_ef95))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number less than this one, which is not 0.
    pub(super) fn below(&mut self, end: usize) -> usize {
        let end = u64::try_from(end).expect("no machine counts further");
        usize::try_from(self.next() % end).expect("it is less than a `usize`")
    }

    pub(super) fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }
}
