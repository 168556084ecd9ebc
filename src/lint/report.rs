//! What a lint run has found, and how it is told. Checks nothing.

use crate::error::Error;
use crate::persist::{Part, Spare};
use std::collections::BTreeSet;
use std::fmt;

/// What was checked, and found good. Its text is one line.
#[derive(Debug, Default)]
pub struct Report {
    pub(super) factories: usize,
    pub(super) presets: usize,
    /// The factories that could not be checked any more.
    pub(super) left_out: Vec<String>,
    faults: Vec<Fault>,
}

impl Report {
    /// How many factories were checked; one that was given twice counts twice.
    pub fn factories(&self) -> usize {
        self.factories
    }

    /// How many presets they have.
    pub fn presets(&self) -> usize {
        self.presets
    }

    pub(super) fn add(&mut self, factory: String, preset: Option<&'static str>, why: Why) {
        self.faults.push(Fault { factory, preset, why });
    }

    pub(super) fn into_result(self) -> Result<Self, Faults> {
        if self.faults.is_empty() { Ok(self) } else { Err(Faults(self)) }
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", Number(self.factories, "factory", "factories"))?;
        if self.presets > 0 {
            write!(f, " and {}", Number(self.presets, "preset", "presets"))?;
        }
        f.write_str(": all of them can be built and created")
    }
}

/// All that is wrong with the factories that were checked. The source of the error that [`run`](super::Lint::run) gives;
/// its text is that error's.
pub struct Faults(Report);

impl Faults {
    /// One by one, in the order in which they were found.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Fault> {
        self.0.faults.iter()
    }
}

impl std::error::Error for Faults {}

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Report { faults, factories, left_out, .. } = &self.0;
        let faulty: BTreeSet<_> = faults.iter().map(Fault::factory).collect();
        let (faulty, all) = (faulty.len(), Number(*factories, "factory", "factories"));
        write!(f, "lint: {} in {faulty} of {all}", Number(faults.len(), "fault", "faults"))?;
        for fault in faults {
            write!(f, "\n\n{fault}")?;
        }
        if !left_out.is_empty() {
            write!(f, "\n\nnot checked: {}", left_out.join(", "))?;
        }
        Ok(())
    }
}

impl fmt::Debug for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// One thing that is wrong with one factory.
#[derive(Debug)]
pub struct Fault {
    factory: String,
    preset: Option<&'static str>,
    why: Why,
}

/// What is wrong.
#[derive(Debug)]
pub(super) enum Why {
    /// `build` panicked with this text.
    Build(String),
    Create(Error),
    /// `create` panicked with this text.
    Panic(String),
    /// These rows are not needed.
    Spare(Vec<Spare>),
    /// Nothing can be done on the connection any more.
    Lost(String),
}

impl Fault {
    /// The factory's type: `"UserFactory"`.
    pub fn factory(&self) -> &str {
        &self.factory
    }

    /// The preset that was turned on, if one was.
    pub fn preset(&self) -> Option<&'static str> {
        self.preset
    }

    /// The error of `create`, where it gave one.
    pub fn error(&self) -> Option<&Error> {
        match &self.why {
            Why::Create(error) => Some(error),
            Why::Build(_) | Why::Panic(_) | Why::Spare(_) | Why::Lost(_) => None,
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.factory)?;
        if let Some(preset) = self.preset {
            write!(f, " with `{preset}`")?;
        }
        f.write_str(": ")?;
        match &self.why {
            Why::Build(text) => write!(f, "cannot be built\n  because: {text}"),
            Why::Create(error) => write!(f, "{error:?}"),
            Why::Panic(text) => write!(f, "panics when it is created\n  because: {text}"),
            Why::Lost(text) => write!(f, "what it does cannot be taken back\n  because: {text}"),
            Why::Spare(spare) => {
                let rows = spare.iter().map(|spare| spare.rows).sum();
                write!(f, "makes {} that it could do without", Number(rows, "row", "rows"))?;
                spare.iter().try_for_each(|spare| write!(f, "\n  {}", Told(spare)))
            }
        }
    }
}

/// Rows that a factory could do without, and what to do about them.
struct Told<'s>(&'s Spare);

impl fmt::Display for Told<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Spare { rows, factory, path, part } = self.0;
        write!(f, "{rows} {factory}")?;
        if path.is_empty() {
            return f.write_str(", made by a hook: make them where they are wanted");
        }
        write!(f, " ({})", path.join(" -> "))?;
        match part {
            None | Some(Part::Needed) => Ok(()),
            Some(Part::Optional) => {
                f.write_str(": there may be none; say `optional`, and ask for it where it is wanted")
            }
            Some(Part::Listed) => f.write_str(": the list may be empty; ask for them where they are wanted"),
            Some(Part::Child) => f.write_str(": children by default; ask for them where they are wanted"),
        }
    }
}

/// So many of something.
struct Number(usize, &'static str, &'static str);

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(n, one, several) = self;
        write!(f, "{n} {}", if *n == 1 { one } else { several })
    }
}
