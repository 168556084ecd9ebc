//! Which of many: distributions, exact shares, pairs without repeats, as functions of a row's number. Knows no row and
//! no key.
//!
//! Everything here is a function of a key and of a number, in constant memory ([`Groups`] keeps 8 bytes for 4,096
//! parents), so that each row is found without those before it. Integers, and powers and logarithms of `libm`: the same
//! on every platform. A key is for one use: two uses of the same key are related. [`word`] makes many keys of one.
//!
//! As in [`Stream`](crate::session::Stream), every number is a promise: a change gives everyone other data.

mod chance;
mod groups;
mod pairs;
mod permute;
mod poisson;
mod series;
mod shares;
mod spread;
mod zipf;

pub(crate) use groups::Groups;
pub(crate) use pairs::{Cross, Pairs, distinct};
pub(crate) use permute::Permutation;
pub(crate) use series::{Growth, Series};
pub(crate) use shares::Shares;
pub use spread::Spread;
pub(crate) use zipf::Zipf;
