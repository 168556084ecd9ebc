//! What a lint run has found, and how it is told. Checks nothing.

use crate::error::Error;
use crate::persist::{Part, Spare};
use std::collections::BTreeSet;
use std::fmt;

/// What was checked, and found good. Its text is one line.
///
/// ```
/// # use manufactory::{Factory, Memory, lint};
/// # #[derive(Debug, Clone, Factory)]
/// # #[factory(table = "users")]
/// # struct User { #[factory(key)] id: i64, #[factory(format("user{n}"))] username: String }
/// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
/// let report = lint(&mut Memory::new()).factory::<UserFactory>().run().await?;
/// assert_eq!(report.to_string(), "1 factory: all of them can be built and created");
/// # Ok::<(), manufactory::Error>(())
/// # }).unwrap();
/// ```
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
    ///
    /// ```
    /// # use manufactory::{Factory, Memory, lint};
    /// # #[derive(Debug, Clone, Factory)]
    /// # #[factory(table = "users")]
    /// # struct User { #[factory(key)] id: i64, #[factory(format("user{n}"))] username: String }
    /// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
    /// let report = lint(&mut Memory::new()).factory::<UserFactory>().run().await?;
    /// assert_eq!(report.factories(), 1);
    /// # Ok::<(), manufactory::Error>(())
    /// # }).unwrap();
    /// ```
    pub fn factories(&self) -> usize {
        self.factories
    }

    /// How many presets they have.
    ///
    /// ```
    /// # use manufactory::{Factory, Memory, lint};
    /// # #[derive(Factory)]
    /// # #[factory(preset(admin: is_admin = value(true)), preset(banned: is_banned = value(true)))]
    /// # struct User { is_admin: bool, is_banned: bool }
    /// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
    /// let report = lint(&mut Memory::new()).factory::<UserFactory>().run().await?;
    /// assert_eq!(report.presets(), 2);
    /// # Ok::<(), manufactory::Error>(())
    /// # }).unwrap();
    /// ```
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
///
/// ```
/// use manufactory::lint::Faults;
/// # use manufactory::{Factory, Memory, lint};
/// # use std::error::Error;
/// # #[derive(Debug, Clone, Factory)]
/// # #[factory(table = "users")]
/// # struct User { #[factory(key)] id: i64, #[factory(value("alice"))] username: String }
/// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
/// # let mut db = Memory::new().unique("users", &["username"]);
/// # User::factory().create(&mut db).await?;
/// let error = lint(&mut db).factory::<UserFactory>().run().await.unwrap_err();
/// let faults = error.source().and_then(|source| source.downcast_ref::<Faults>()).unwrap();
/// assert!(faults.to_string().starts_with("lint: 1 fault in 1 of 1 factory"));
/// # Ok::<(), manufactory::Error>(())
/// # }).unwrap();
/// ```
pub struct Faults(Report);

impl Faults {
    /// One by one, in the order in which they were found.
    ///
    /// ```
    /// # use manufactory::lint::Faults;
    /// # use manufactory::{Factory, Memory, lint};
    /// # use std::error::Error;
    /// # #[derive(Debug, Clone, Factory)]
    /// # #[factory(table = "users")]
    /// # struct User { #[factory(key)] id: i64, #[factory(value("alice"))] username: String }
    /// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
    /// # let mut db = Memory::new().unique("users", &["username"]);
    /// # User::factory().create(&mut db).await?;
    /// # let error = lint(&mut db).factory::<UserFactory>().run().await.unwrap_err();
    /// # let faults = error.source().and_then(|source| source.downcast_ref::<Faults>()).unwrap();
    /// let factories: Vec<_> = faults.iter().map(|fault| fault.factory()).collect();
    /// assert_eq!(factories, ["UserFactory"]);
    /// # Ok::<(), manufactory::Error>(())
    /// # }).unwrap();
    /// ```
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
///
/// ```
/// # use manufactory::lint::Faults;
/// # use manufactory::{Factory, Memory, lint};
/// # use std::error::Error;
/// # #[derive(Debug, Factory)]
/// # #[factory(table = "users", preset(admin: username = value("root")))]
/// # struct User { #[factory(key)] id: i64, username: String }
/// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
/// # let mut db = Memory::new().unique("users", &["username"]);
/// # User::factory().admin().create(&mut db).await?;
/// # let error = lint(&mut db).factory::<UserFactory>().run().await.unwrap_err();
/// # let faults = error.source().and_then(|source| source.downcast_ref::<Faults>()).unwrap();
/// for fault in faults.iter() {
///     assert_eq!((fault.factory(), fault.preset()), ("UserFactory", Some("admin")));
///     println!("{fault}");
/// }
/// # Ok::<(), manufactory::Error>(())
/// # }).unwrap();
/// ```
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
    ///
    /// ```
    /// # fn name(fault: &manufactory::lint::Fault) -> String {
    /// format!("{} is broken", fault.factory()) // "UserFactory is broken"
    /// # }
    /// ```
    pub fn factory(&self) -> &str {
        &self.factory
    }

    /// The preset that was turned on, if one was.
    ///
    /// ```
    /// # fn name(fault: &manufactory::lint::Fault) -> String {
    /// match fault.preset() {
    ///     Some(preset) => format!("{} with `{preset}`", fault.factory()),
    ///     None => fault.factory().to_owned(),
    /// }
    /// # }
    /// ```
    pub fn preset(&self) -> Option<&'static str> {
        self.preset
    }

    /// The error of [`create`], where it gave one.
    ///
    /// ```
    /// # fn refused(fault: &manufactory::lint::Fault) -> bool {
    /// use manufactory::Stage;
    ///
    /// fault.error().is_some_and(|error| error.stage() == Stage::Insert) // the database has refused the row
    /// # }
    /// ```
    ///
    /// [`create`]: crate::Factory::create
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
