//! Rows as files, for engines that load on their own: CSV, JSON lines, SQL, Parquet. Knows no database.
//!
//! The same rows give the same bytes, and the columns of a file depend on the types of a model, not on its values: the
//! shards of one step fit together. How each kind of value is written is said where the format is.

mod cell;
mod csv;
mod jsonl;
mod moment;
#[cfg_attr(not(feature = "seed-parquet"), path = "no_parquet.rs")]
mod parquet;
mod part;
mod shape;
mod sql;

pub(super) use moment::{Date, DateTime};
pub(crate) use shape::Shape;
pub(crate) use shape::ShapeSink;

use crate::error::BoxError;
use crate::persist::Values;
use clap::ValueEnum;
use std::fmt::{self, Display, Formatter};
use std::path::Path;

/// What a file of rows looks like.
///
/// ```
/// use manufactory::seed::{Dialect, Format, Options, Plan};
/// use std::path::Path;
///
/// fn export(plan: &Plan, folder: &Path) -> Result<(), manufactory::seed::Failure> {
///     plan.write(&Options::new(), folder, (Format::Csv, Dialect::default()), &mut ())?;
///     Ok(())
/// }
/// # export(&Plan::new(), &std::env::temp_dir())?;
/// # Ok::<(), manufactory::seed::Failure>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, ValueEnum)]
#[non_exhaustive]
pub enum Format {
    /// Comma-separated values: for `COPY .. WITH (FORMAT csv, HEADER)` and most loaders
    Csv,
    /// An object of JSON on each line
    Jsonl,
    /// Statements that insert some hundred rows each
    Sql,
    /// Apache Parquet, compressed by Snappy
    Parquet,
}

impl Format {
    /// What such a file's name ends with, without the dot.
    ///
    /// ```
    /// use manufactory::seed::Format;
    ///
    /// assert_eq!(Format::Jsonl.extension(), "jsonl");
    /// ```
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Jsonl => "jsonl",
            Self::Sql => "sql",
            Self::Parquet => "parquet",
        }
    }

    /// Begins a file of rows of this shape. It gets its name when it is finished.
    pub(crate) fn open(self, path: &Path, shape: &Shape, dialect: Dialect) -> Result<Box<dyn RowWriter>, BoxError> {
        Ok(match self {
            Self::Csv => Box::new(csv::Csv::open(path, shape)?),
            Self::Jsonl => Box::new(jsonl::Jsonl::open(path, shape)?),
            Self::Sql => Box::new(sql::Sql::open(path, shape, dialect)?),
            Self::Parquet => Box::new(parquet::Parquet::open(path, shape)?),
        })
    }
}

impl Display for Format {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.pad(self.extension())
    }
}

/// Whose SQL a file of SQL is.
///
/// ```
/// use manufactory::seed::{Dialect, Format, Options, Plan};
/// use std::path::Path;
///
/// fn export(plan: &Plan, folder: &Path) -> Result<(), manufactory::seed::Failure> {
///     plan.write(&Options::new(), folder, (Format::Sql, Dialect::Mysql), &mut ())?;
///     Ok(())
/// }
/// # export(&Plan::new(), &std::env::temp_dir())?;
/// # Ok::<(), manufactory::seed::Failure>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, ValueEnum)]
#[non_exhaustive]
pub enum Dialect {
    /// SQLite
    Sqlite,
    /// Postgres, and what speaks like it, as Citus does
    #[default]
    Postgres,
    /// MySQL and MariaDB
    Mysql,
}

impl Display for Dialect {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Sqlite => "sqlite",
            Self::Postgres => "postgres",
            Self::Mysql => "mysql",
        })
    }
}

/// Takes the rows of one file. What is dropped unfinished leaves no file.
pub(crate) trait RowWriter: Send {
    /// Adds rows.
    fn write(&mut self, rows: &[Values]) -> Result<(), BoxError>;

    /// Puts the file in its place.
    fn finish(self: Box<Self>) -> Result<(), BoxError>;
}

/// What the file of a step is called: `posts.csv`, or `posts-00003-of-00016.csv` where it is one of several shards, which
/// are counted from 0.
pub(crate) fn file_name(step: &str, (index, of): (u32, u32), format: Format) -> String {
    match of {
        0 | 1 => format!("{step}.{format}"),
        _ => format!("{step}-{index:05}-of-{of:05}.{format}"),
    }
}

#[cfg(test)]
mod tests;
