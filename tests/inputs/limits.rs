//! What a database cannot hold, and so is not asked to: what it says then is tested by itself.

/// The values of one database.
#[derive(Debug, Clone, Copy)]
#[expect(clippy::struct_excessive_bools, reason = "any of them goes with any other")]
pub(crate) struct Limits {
    /// Text with NUL.
    pub(crate) nul: bool,
    /// `NaN`.
    pub(crate) nan: bool,
    /// Numbers beyond all.
    pub(crate) infinite: bool,
    /// `-0.0` as something else than `0.0`.
    pub(crate) minus_zero: bool,
    /// The first and the last year of a date.
    pub(crate) years: (i32, i32),
    /// The same of a moment that is counted from 1970.
    pub(crate) moments: (i32, i32),
    /// The same of dates of the crate `time`, which knows no others, or writes no others as text.
    pub(crate) clock: (i32, i32),
    /// The smallest part of a second, in nanoseconds.
    pub(crate) tick: u32,
    /// How many digits are behind the point of a decimal number, where the column says so.
    pub(crate) scale: Option<u32>,
}

pub(crate) const SQLITE: Limits = Limits {
    nul: true,
    nan: false,
    infinite: true,
    minus_zero: false,
    years: (-262_000, 262_000),
    moments: (-262_000, 262_000),
    clock: (0, 9_999),
    tick: 1,
    scale: None,
};

pub(crate) const POSTGRES: Limits = Limits {
    nul: false,
    nan: true,
    infinite: true,
    minus_zero: true,
    years: (-4_712, 262_000),
    moments: (-4_712, 262_000),
    clock: (-4_712, 9_999),
    tick: 1_000,
    scale: None,
};

pub(crate) const MARIADB: Limits = Limits {
    nul: true,
    nan: false,
    infinite: false,
    minus_zero: false,
    years: (1, 9_999),
    moments: (1_971, 2_037),
    clock: (1, 9_999),
    tick: 1_000,
    scale: Some(4),
};

pub(crate) const MEMORY: Limits = Limits {
    nul: true,
    nan: true,
    infinite: true,
    minus_zero: true,
    years: (-9_999, 9_999),
    moments: (-9_999, 9_999),
    clock: (-9_999, 9_999),
    tick: 1,
    scale: None,
};
