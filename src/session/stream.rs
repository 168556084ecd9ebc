//! Keyed randomness: how a seed, a test, an attribute and a row become a generator. Knows nothing
//! of what is drawn from it. Every number in this file is a promise: a change gives everyone other
//! data, and is a major version.

use std::convert::Infallible;

use rand::{SeedableRng, TryRng};
use rand_xoshiro::Xoshiro256PlusPlus;

/// The increment of `SplitMix64`: 2⁶⁴ divided by the golden ratio.
const GOLDEN: u64 = 0x9e37_79b9_7f4a_7c15;

/// The randomness of one attribute of one row: a generator like any other of the `rand` family.
///
/// Portable: the same numbers on every platform. Not for secrets.
///
/// # Examples
///
/// ```
/// use manufactory::Session;
/// use manufactory::session::hash;
/// use rand::{Rng, RngExt};
///
/// let mut stream = Session::seeded(42).stream(hash("DieFactory.eyes"), 0);
/// let eyes = stream.random_range(1..=6);
/// assert!((1..=6).contains(&eyes));
/// let _more = stream.next_u64();
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stream(Xoshiro256PlusPlus);

impl Stream {
    #[inline]
    pub(crate) fn keyed(session: u64, attribute: u64, ordinal: u64) -> Stream {
        let row = mix(session ^ attribute).wrapping_add(ordinal.wrapping_mul(GOLDEN));
        Stream(Xoshiro256PlusPlus::seed_from_u64(mix(row)))
    }
}

impl TryRng for Stream {
    type Error = Infallible;

    #[inline]
    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        self.0.try_next_u32()
    }

    #[inline]
    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        self.0.try_next_u64()
    }

    #[inline]
    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        self.0.try_fill_bytes(bytes)
    }
}

/// The number that stands for a name: of an attribute (`"UserFactory.email"`), or of a test.
///
/// FNV-1a with 64 bits, followed by the finalizer of `SplitMix64`. It never changes within a major
/// version.
///
/// # Examples
///
/// ```
/// use manufactory::session::hash;
///
/// const EMAIL: u64 = hash("UserFactory.email");
/// assert_ne!(EMAIL, hash("UserFactory.name"));
/// ```
pub const fn hash(text: &str) -> u64 {
    const OFFSET_BASIS: u64 = 0xcbf2_9ce4_8422_2325;
    const PRIME: u64 = 0x0000_0100_0000_01b3;

    let bytes = text.as_bytes();
    let mut state = OFFSET_BASIS;
    let mut at = 0;
    while at < bytes.len() {
        state = (state ^ bytes[at] as u64).wrapping_mul(PRIME);
        at += 1;
    }
    mix(state)
}

/// The key of an explicit session.
pub(super) fn session_key(seed: u64) -> u64 {
    mix(seed.wrapping_add(GOLDEN))
}

/// The key of the implicit session of a test.
pub(super) fn test_key(seed: u64, test: &str) -> u64 {
    mix(session_key(seed) ^ hash(test))
}

/// The finalizer of `SplitMix64` (Stafford's variant 13): every bit in changes about half of the
/// bits out.
#[inline]
const fn mix(number: u64) -> u64 {
    let number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    number ^ (number >> 31)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use rand::Rng;

    use super::*;

    #[test]
    fn golden_hashes() {
        assert_eq!(hash(""), 0xf52a_15e9_a9b5_e89b);
        assert_eq!(hash("UserFactory.email"), 0x222d_404a_db03_dd29);
        assert_eq!(hash("Größe"), 0x32bc_ba83_a28c_2069);
    }

    #[test]
    fn golden_keys() {
        assert_eq!(session_key(0), 0xe220_a839_7b1d_cdaf);
        assert_eq!(session_key(42), 0xbdd7_3226_2feb_6e95);
        assert_eq!(test_key(0, ""), 0xd84d_1f8e_a453_246e);
        assert_eq!(test_key(42, "users::sign_up"), 0x4c4f_0e2c_3108_3dc2);
    }

    #[test]
    fn golden_streams() {
        let draw = |seed, attribute, ordinal| {
            let mut stream = Stream::keyed(session_key(seed), hash(attribute), ordinal);
            [stream.next_u64(), stream.next_u64()]
        };
        assert_eq!(draw(42, "UserFactory.email", 0), [0x3b14_bc68_1af7_e22d, 0x9ddf_ad3b_2ff7_39a0]);
        assert_eq!(draw(42, "UserFactory.email", 1), [0x8781_d04a_7864_bb8e, 0xe121_d777_df54_29be]);
        assert_eq!(draw(0, "", u64::MAX), [0x9b35_3b96_c00b_d787, 0x9faa_6bf7_d327_1f19]);
    }

    #[test]
    fn golden_bytes() {
        let mut stream = Stream::keyed(session_key(42), hash("UserFactory.email"), 0);
        let mut bytes = [0; 11];
        stream.fill_bytes(&mut bytes);
        assert_eq!(bytes, [0x2d, 0xe2, 0xf7, 0x1a, 0x68, 0xbc, 0x14, 0x3b, 0xa0, 0x39, 0xf7]);
        assert_eq!(stream.next_u32(), 0x49f6_8573);
    }

    #[test]
    fn neighbours_differ() {
        let seeds = [0, 1, 42, u64::MAX].map(session_key);
        let attributes = ["", "a", "b", "UserFactory.a", "UserFactory.b"].map(hash);
        let mut first = HashSet::new();
        for seed in seeds {
            for attribute in attributes {
                for ordinal in 0..1_000 {
                    assert!(first.insert(Stream::keyed(seed, attribute, ordinal).next_u64()));
                }
            }
        }
    }
}
