//! Children in groups: which parent the row of a child belongs to, where each parent has a number of its own of them.
//! Knows neither parent nor child but by number.

use super::Spread;
use super::spread::Law;
use crate::error::BoxError;
use crate::session::{Stream, hash};
use std::ops::Range;
use std::panic::resume_unwind;
use std::thread;

/// How many parents share one entry of the table.
const BLOCK: u64 = 4_096;

const CHILDREN: u64 = hash("children of a parent");

/// The children of all parents, numbered through: those of the first parent come first.
///
/// How many a parent has is a function of key and parent. A table holds where each 4,096th parent's children begin, so
/// that those of 10 million parents take 20 KB, and a row is found by a search in it and a walk past 4,095 parents at
/// most. It is filled by drawing once for each parent. Exactly so many need no table and no walk.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Groups {
    parents: u64,
    law: Law,
    key: u64,
    total: u64,
    /// The row of the first child of each block of parents.
    starts: Vec<u64>,
}

impl Groups {
    /// Children of so many parents.
    ///
    /// # Errors
    ///
    /// A number of the spread makes no sense, or there are more than 2⁶⁴ children.
    pub(crate) fn new(parents: u64, spread: impl Into<Spread>, key: u64) -> Result<Self, BoxError> {
        let law = spread.into().law()?.clone();
        let mut groups = Self { parents, law, key, total: 0, starts: Vec::new() };
        groups.total = groups.fill().ok_or_else(|| {
            format!("the children of {parents} parents are more than can be counted; pass a smaller number of children")
        })?;
        Ok(groups)
    }

    /// How many parents there are.
    #[cfg(test)]
    pub(crate) fn parents(&self) -> u64 {
        self.parents
    }

    /// How many children there are.
    pub(crate) fn total(&self) -> u64 {
        self.total
    }

    /// How many children this parent has.
    pub(crate) fn children(&self, parent: u64) -> u64 {
        match self.law {
            _ if parent >= self.parents => 0,
            Law::Exactly(n) => n,
            _ => self.law.draw(&mut Stream::keyed(self.key, CHILDREN, parent)),
        }
    }

    /// Parent and child of each of these rows, as far as there are rows. Children are counted from 0 for each parent.
    pub(crate) fn rows(&self, range: Range<u64>) -> Rows<'_> {
        let end = range.end.min(self.total);
        let left = end.saturating_sub(range.start);
        let (parent, child) = if left == 0 { (0, 0) } else { self.find(range.start) };
        Rows { groups: self, parent, child, children: self.children(parent), left }
    }

    /// Fills the table, and tells how many children there are, as far as they can be counted.
    fn fill(&mut self) -> Option<u64> {
        if let Law::Exactly(n) = self.law {
            return self.parents.checked_mul(n);
        }
        let mut total = 0_u64;
        for children in self.blocks() {
            self.starts.push(total);
            total = total.checked_add(children?)?;
        }
        Some(total)
    }

    /// How many children each block of parents has, as far as they can be counted. On all cores, where there are many.
    fn blocks(&self) -> Vec<Option<u64>> {
        let blocks = self.parents.div_ceil(BLOCK);
        let of = |block: u64| {
            let parents = block * BLOCK..self.parents.min((block + 1) * BLOCK);
            parents.map(|parent| self.children(parent)).try_fold(0_u64, u64::checked_add)
        };
        let threads = thread::available_parallelism().map_or(1, |threads| threads.get() as u64);
        let part = blocks.div_ceil(threads).max(1);
        thread::scope(|scope| {
            let parts = (0..blocks)
                .step_by(usize::try_from(part).unwrap_or(usize::MAX))
                .map(|first| scope.spawn(move || (first..blocks.min(first + part)).map(of).collect::<Vec<_>>()));
            let parts: Vec<_> = parts.collect();
            parts.into_iter().flat_map(|part| part.join().unwrap_or_else(|panic| resume_unwind(panic))).collect()
        })
    }

    /// Parent and child of a row that is there.
    fn find(&self, row: u64) -> (u64, u64) {
        if let Law::Exactly(n) = self.law {
            return (row / n, row % n);
        }
        // Of blocks without children, which start where the next one does, the last one counts: it has the row.
        let block = self.starts.partition_point(|start| *start <= row).saturating_sub(1);
        let mut parent = block as u64 * BLOCK;
        let mut child = row - self.starts[block];
        loop {
            let children = self.children(parent);
            if child < children {
                return (parent, child);
            }
            child -= children;
            parent += 1;
        }
    }
}

/// Parents and children of rows, in their order. Made by [`Groups::rows`].
#[derive(Debug, Clone)]
pub(crate) struct Rows<'a> {
    groups: &'a Groups,
    parent: u64,
    child: u64,
    /// How many children the parent has.
    children: u64,
    left: u64,
}

impl Iterator for Rows<'_> {
    type Item = (u64, u64);

    fn next(&mut self) -> Option<Self::Item> {
        self.left = self.left.checked_sub(1)?;
        while self.child >= self.children {
            self.parent += 1;
            self.child = 0;
            self.children = self.groups.children(self.parent);
        }
        let row = (self.parent, self.child);
        self.child += 1;
        Some(row)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = usize::try_from(self.left);
        (left.unwrap_or(usize::MAX), left.ok())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each child of each parent, one after the other.
    fn naive(groups: &Groups) -> Vec<(u64, u64)> {
        (0..groups.parents())
            .flat_map(|parent| (0..groups.children(parent)).map(move |child| (parent, child)))
            .collect()
    }

    fn spreads() -> [Spread; 7] {
        let uneven = [Spread::poisson(0.3), Spread::geometric(2.0), Spread::zipf(0..=50, 1.5), Spread::poisson(0.001)];
        let [a, b, c, d] = uneven;
        [3.into(), 0.into(), (0..=5).into(), a, b, c, d]
    }

    #[test]
    fn all_ranges() {
        for spread in spreads() {
            let groups = Groups::new(20, spread.clone(), 42).unwrap();
            let all = naive(&groups);
            assert_eq!(groups.total(), all.len() as u64);
            for start in 0..=all.len() {
                for end in start..=all.len() {
                    assert!(groups.rows(start as u64..end as u64).eq(all[start..end].iter().copied()), "{spread:?}");
                }
            }
        }
    }

    #[test]
    fn across_blocks() {
        for spread in spreads() {
            for parents in [BLOCK - 1, BLOCK, BLOCK + 1, 3 * BLOCK + 5] {
                let groups = Groups::new(parents, spread.clone(), 42).unwrap();
                let all = naive(&groups);
                assert!(groups.rows(0..u64::MAX).eq(all.iter().copied()));
                for start in (0..all.len()).step_by(4_999).chain(all.len().checked_sub(1)) {
                    let some = all[start..].iter().take(3).copied();
                    assert!(groups.rows(start as u64..start as u64 + 3).eq(some), "{spread:?}");
                }
            }
        }
    }

    #[test]
    fn golden_rows() {
        let groups = Groups::new(100_000, 0..=5, 42).unwrap();
        assert_eq!(groups.total(), 249_718);
        assert_eq!(groups.rows(200_000..200_003).collect::<Vec<_>>(), [(79_896, 1), (79_896, 2), (79_896, 3)]);
    }

    #[test]
    fn extremes() {
        let all = Groups::new(u64::MAX, 1, 42).unwrap();
        assert_eq!(all.rows(u64::MAX - 1..u64::MAX).collect::<Vec<_>>(), [(u64::MAX - 1, 0)]);
        assert_eq!(Groups::new(1, u64::MAX, 42).unwrap().rows(u64::MAX - 1..u64::MAX).next(), Some((0, u64::MAX - 1)));
        assert_eq!(Groups::new(0, 0..=5, 42).unwrap().rows(0..9).next(), None);
        #[expect(clippy::reversed_empty_ranges, reason = "a range without rows")]
        let none = all.rows(9..3);
        assert_eq!(none.size_hint(), (0, Some(0)));
    }

    #[test]
    fn mistakes() {
        let said = |parents, spread: Spread| Groups::new(parents, spread, 42).unwrap_err().to_string();
        assert!(said(1, (-1).into()).starts_with("`-1` is no number of children"));
        assert!(said(3, u64::MAX.into()).starts_with("the children of 3 parents are more than can be counted; "));
        assert!(said(9, (u64::MAX - 9..=u64::MAX).into()).starts_with("the children of 9 parents are more"));
    }
}
