//! Which row of a step: a way to pick one. Knows no keys.

use super::plan::Step;
use std::marker::PhantomData;

/// Which row of a step another row points at. Made by a [`Step`], for [`Row::key`](super::Row::key).
#[derive(Debug, Clone)]
#[must_use = "pass it to `row.key(..)`"]
pub struct Choice<F> {
    pub(super) step: usize,
    pub(super) way: Way,
    factory: PhantomData<fn() -> F>,
}

#[derive(Debug, Clone)]
pub(super) enum Way {
    Uniform,
    Zipf(f64),
    Shares(Vec<f64>),
    InTurn,
    At(u64),
    Distinct,
}

impl<F> Step<F> {
    /// Any of the rows, each as likely as any other.
    pub fn uniform(self) -> Choice<F> {
        self.by(Way::Uniform)
    }

    /// A few rows get most: the `k`-th is picked in proportion to `1 / k^s`. With 0 each is as likely as any other.
    pub fn zipf(self, s: f64) -> Choice<F> {
        self.by(Way::Zipf(s))
    }

    /// The first rows of the step, each by its exact share of the rows that pick: `&[80.0, 15.0, 5.0]` gives the first row
    /// 80 of 100. The shares may add up to anything. Rows beyond get nothing.
    pub fn shares(self, shares: &[f64]) -> Choice<F> {
        self.by(Way::Shares(shares.to_vec()))
    }

    /// One after the other, from the first on.
    pub fn round_robin(self) -> Choice<F> {
        self.by(Way::InTurn)
    }

    /// This row, counted from 0; counted on from the first again where there are not so many.
    pub fn row(self, index: u64) -> Choice<F> {
        self.by(Way::At(index))
    }

    /// In a step of children ([`per`](super::per)): another row for each child of the same parent.
    pub fn distinct(self) -> Choice<F> {
        self.by(Way::Distinct)
    }

    fn by(self, way: Way) -> Choice<F> {
        Choice { step: self.index(), way, factory: PhantomData }
    }
}
