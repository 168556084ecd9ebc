//! What stands for Parquet without its feature: says which one that is.

use super::{RowWriter, Shape};
use crate::error::BoxError;
use crate::persist::Values;
use std::path::Path;

/// Never there.
pub(super) enum Parquet {}

impl Parquet {
    pub(super) fn open(_: &Path, _: &Shape) -> Result<Self, BoxError> {
        Err("files of Parquet need the feature `seed-parquet` of `manufactory`; enable it, or choose another format"
            .into())
    }
}

impl RowWriter for Parquet {
    fn write(&mut self, _: &[Values]) -> Result<(), BoxError> {
        match *self {}
    }

    fn finish(self: Box<Self>) -> Result<(), BoxError> {
        match *self {}
    }
}
