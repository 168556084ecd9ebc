//! What can go wrong while rows are made: which stage failed, for which factory along which path, on which row with
//! which values. Knows no database library: its own error is the `source()`.

use std::error::Error as StdError;
use std::fmt;

/// The error of any library or store, as it is handed on.
///
/// ```
/// use manufactory::BoxError;
///
/// fn check(username: &str) -> Result<(), BoxError> {
///     if username.is_empty() {
///         return Err("a user needs a name".into());
///     }
///     Ok(())
/// }
/// # assert!(check("alice").is_ok());
/// ```
pub type BoxError = Box<dyn StdError + Send + Sync>;

/// What was being done when it failed.
///
/// ```
/// use manufactory::{Factory, Memory, Stage};
///
/// # #[derive(Debug, Clone, Factory)]
/// # #[factory(table = "users")]
/// # struct User { #[factory(key)] id: i64, #[factory(value("alice"))] username: String }
/// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
/// let mut db = Memory::new().unique("users", &["username"]);
/// let error = User::factory().create_batch(&mut db, 2).await.unwrap_err();
/// assert_eq!(error.stage(), Stage::Insert);
/// # });
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Stage {
    /// One factory was to serve several rows, and an override's type is not `Clone`.
    Repeat,
    /// A relation was settled: what the caller has said of it makes no sense.
    Resolve,
    /// A connection was taken out of a pool.
    Acquire,
    /// A transaction or savepoint was opened.
    Begin,
    /// A value was turned into what the database library sends.
    Encode,
    /// Rows were inserted.
    Insert,
    /// Inserted rows were read back.
    Read,
    /// Rows that may be there already were looked for.
    Find,
    /// An [`after_create`] hook was run.
    ///
    /// [`after_create`]: crate::AfterCreate::after_create
    AfterCreate,
    /// A transaction was committed or a savepoint released.
    Commit,
    /// A rehearsal was rolled back.
    Rollback,
    /// Factories were checked by [`lint`](crate::lint()): the source is all their faults, and the text shows them.
    Lint,
    /// An attribute was turned into JSON.
    Serialize,
    /// Attributes in JSON were turned into another type.
    Deserialize,
}

/// Why a factory could not make its rows.
///
/// Its text says what failed, for which factory along which path, which row of how many (counted from 0), and that row's
/// values. [`source`](StdError::source) is the error of the database library or of the store.
///
/// ```
/// use manufactory::{Factory, Memory};
///
/// #[derive(Debug, Factory)]
/// #[factory(table = "users")]
/// struct User {
///     #[factory(key)]
///     id: i64,
///     #[factory(value("alice"))]
///     username: String,
/// }
///
/// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
/// let mut db = Memory::new().unique("users", &["username"]);
/// let error = User::factory().create_batch(&mut db, 3).await.unwrap_err();
/// assert_eq!(error.to_string(), r#"cannot insert User, row 1 of 3 with username = "alice""#);
/// assert_eq!(error.row(), Some((1, 3)));
/// # });
/// ```
pub struct Error(Box<Failure>);

/// `Result` with this crate's [`enum@Error`](struct@Error).
///
/// ```
/// use manufactory::{Factory, Memory};
///
/// # #[derive(Debug, Clone, Factory)]
/// # #[factory(table = "users")]
/// # struct User { #[factory(key)] id: i64, #[factory(format("user{n}"))] username: String }
/// async fn three_users(db: &mut Memory) -> manufactory::Result<Vec<User>> {
///     User::factory().create_batch(db, 3).await
/// }
/// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
/// # assert_eq!(three_users(&mut Memory::new()).await?.len(), 3);
/// # Ok::<(), manufactory::Error>(())
/// # }).unwrap();
/// ```
pub type Result<T, E = Error> = std::result::Result<T, E>;

struct Failure {
    stage: Stage,
    factory: &'static str,
    attribute: Option<&'static str>,
    /// From the failing factory's relation outwards; the root factory's name comes last.
    path: Vec<&'static str>,
    row: Option<(usize, usize)>,
    values: Vec<(&'static str, String)>,
    source: Option<BoxError>,
}

impl Error {
    /// An error of `stage`, for the factory of this name.
    pub(crate) fn new(stage: Stage, factory: &'static str, source: impl Into<BoxError>) -> Self {
        Self::bare(stage, factory, Some(source.into()))
    }

    pub(crate) fn bare(stage: Stage, factory: &'static str, source: Option<BoxError>) -> Self {
        let (attribute, path, row, values) = (None, Vec::new(), None, Vec::new());
        Self(Box::new(Failure { stage, factory, attribute, path, row, values, source }))
    }

    pub(crate) fn attribute(mut self, attribute: &'static str) -> Self {
        self.0.attribute = Some(attribute);
        self
    }

    /// Names another row of another batch: the same row, made again by itself.
    pub(crate) fn instead_at(mut self, row: usize, rows: usize) -> Self {
        self.0.row = Some((row, rows));
        self
    }

    /// Names the row, counted from 0, unless a stage closer to the cause has named it.
    pub(crate) fn at(mut self, row: usize, rows: usize) -> Self {
        self.0.row.get_or_insert((row, rows));
        self
    }

    pub(crate) fn values<V: fmt::Display>(mut self, values: Vec<(&'static str, V)>) -> Self {
        self.0.values = values.into_iter().map(|(column, value)| (column, value.to_string())).collect();
        self
    }

    /// Whether it shows the row's values.
    #[cfg(feature = "seed")]
    pub(crate) fn has_values(&self) -> bool {
        !self.0.values.is_empty()
    }

    /// Says what the failure means, or what it has left behind, before its cause.
    #[allow(dead_code, reason = "only databases have to be explained")]
    pub(crate) fn explained(mut self, what: String) -> Self {
        self.0.source = Some(Box::new(Explained { what, cause: self.0.source.take() }));
        self
    }

    /// Says that nobody knows whether the rows are there, because the connection was lost before the database had answered.
    #[allow(dead_code, reason = "only servers can be lost")]
    pub(crate) fn unanswered(self) -> Self {
        self.explained(
            "the connection was lost before the database had answered, so either all of the rows are in it or none; look \
             there before they are made again"
                .to_owned(),
        )
    }

    /// One step outwards: the failing factory was asked for by this relation, or is the root of this name.
    pub(crate) fn within(mut self, step: &'static str) -> Self {
        self.0.path.push(step);
        self
    }

    /// What was being done.
    ///
    /// ```
    /// use manufactory::{Factory, Stage};
    ///
    /// # #[derive(Debug, Clone, Factory)]
    /// # #[factory(table = "users")]
    /// # struct User { #[factory(key)] id: i64, #[factory(format("user{n}"))] username: String }
    /// # #[derive(Debug, Factory)]
    /// # #[factory(table = "posts")]
    /// # struct Post { #[factory(sub_factory(UserFactory))] author_id: i64 }
    /// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
    /// let nobody: &[User] = &[]; // there is no author to choose
    /// let error = Post::factory().author_among(nobody).create(&mut manufactory::Memory::new()).await.unwrap_err();
    /// assert_eq!(error.stage(), Stage::Resolve);
    /// # });
    /// ```
    pub fn stage(&self) -> Stage {
        self.0.stage
    }

    /// The model whose factory failed: `"User"`.
    ///
    /// ```
    /// use manufactory::{Factory, Memory};
    ///
    /// # #[derive(Debug, Clone, Factory)]
    /// # #[factory(table = "users")]
    /// # struct User { #[factory(key)] id: i64, #[factory(value("alice"))] username: String }
    /// # #[derive(Debug, Clone, Factory)]
    /// # #[factory(table = "posts")]
    /// # struct Post { #[factory(key)] id: i64, #[factory(sub_factory(UserFactory))] author_id: i64, title: String }
    /// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
    /// let mut db = Memory::new().unique("users", &["username"]);
    /// let error = Post::factory().create_batch(&mut db, 2).await.unwrap_err();
    /// assert_eq!(error.factory(), "User"); // the author of the second post
    /// # });
    /// ```
    pub fn factory(&self) -> &'static str {
        self.0.factory
    }

    /// The way from the factory that was called to the one that failed, the model's name and then relations:
    /// `["Comment", "post", "author"]`.
    ///
    /// ```
    /// use manufactory::{Factory, Memory};
    ///
    /// # #[derive(Debug, Clone, Factory)]
    /// # #[factory(table = "users")]
    /// # struct User { #[factory(key)] id: i64, #[factory(value("alice"))] username: String }
    /// # #[derive(Debug, Clone, Factory)]
    /// # #[factory(table = "posts")]
    /// # struct Post { #[factory(key)] id: i64, #[factory(sub_factory(UserFactory))] author_id: i64, title: String }
    /// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
    /// let mut db = Memory::new().unique("users", &["username"]);
    /// let error = Post::factory().create_batch(&mut db, 2).await.unwrap_err();
    /// assert_eq!(error.path().collect::<Vec<_>>(), ["Post", "author"]);
    /// # });
    /// ```
    pub fn path(&self) -> impl Iterator<Item = &'static str> {
        self.0.path.iter().rev().copied()
    }

    /// The failing row, counted from 0, and how many rows its factory was making at once. `None` where no single row is
    /// to blame.
    ///
    /// ```
    /// use manufactory::{Factory, Memory};
    ///
    /// # #[derive(Debug, Clone, Factory)]
    /// # #[factory(table = "users")]
    /// # struct User { #[factory(key)] id: i64, #[factory(format("user{n}"))] username: String }
    /// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
    /// let mut db = Memory::new().unique("users", &["username"]);
    /// let users = User::factory().times(3).each(|i, user| if i > 0 { user.username("bob") } else { user });
    /// let error = users.create(&mut db).await.unwrap_err();
    /// assert_eq!(error.row(), Some((2, 3))); // the last of three
    /// # });
    /// ```
    pub fn row(&self) -> Option<(usize, usize)> {
        self.0.row
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Failure { stage, factory, attribute, path, row, values, source } = &*self.0;
        match stage {
            Stage::Lint => return source.as_ref().map_or(Ok(()), |faults| faults.fmt(f)),
            Stage::Repeat => write!(f, "cannot repeat {factory}")?,
            Stage::Resolve => write!(f, "cannot resolve {factory}")?,
            Stage::Find => write!(f, "cannot look for {factory}")?,
            Stage::AfterCreate => write!(f, "`after_create` failed for {factory}")?,
            Stage::Acquire => write!(f, "cannot get a connection for {factory}")?,
            Stage::Begin => write!(f, "cannot begin a transaction for {factory}")?,
            Stage::Encode => write!(f, "cannot encode {factory}")?,
            Stage::Insert => write!(f, "cannot insert {factory}")?,
            Stage::Read => write!(f, "cannot read back {factory}")?,
            Stage::Commit => write!(f, "cannot commit {factory}")?,
            Stage::Rollback => write!(f, "cannot roll back {factory}")?,
            Stage::Serialize => write!(f, "cannot serialize {factory}")?,
            Stage::Deserialize => write!(f, "cannot deserialize the attributes of {factory}")?,
        }
        if let Some(attribute) = attribute {
            write!(f, ".{attribute}")?;
        }
        if path.len() > 1 {
            write!(f, " ({})", self.path().collect::<Vec<_>>().join(" -> "))?;
        }
        if let Some((row, rows)) = row {
            write!(f, ", row {row} of {rows}")?;
        }
        for (i, (column, value)) in values.iter().enumerate() {
            write!(f, "{} {column} = {value}", if i == 0 { " with" } else { "," })?;
        }
        Ok(())
    }
}

/// The same as the text, and the chain of causes: what `unwrap` prints.
impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")?;
        if self.stage() == Stage::Lint {
            // Its text is that of its cause.
            return Ok(());
        }
        let (mut cause, mut told) = (self.source(), String::new());
        while let Some(error) = cause {
            let text = error.to_string();
            // Libraries like to repeat the cause in the text of what it caused.
            if !told.ends_with(&text) {
                write!(f, "\n  because: {text}")?;
            }
            (cause, told) = (error.source(), text);
        }
        let of_a_pool = |text: &str| text.contains("timed out") && text.contains("connection");
        if matches!(self.stage(), Stage::Acquire | Stage::Begin) && of_a_pool(&told.to_lowercase()) {
            f.write_str("; a transaction of yours may hold the only one: pass that transaction instead of the pool")?;
        }
        Ok(())
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source.as_deref().map(|source| source as &(dyn StdError + 'static))
    }
}

/// What a failure means, or what it has left behind.
#[derive(Debug)]
#[allow(dead_code, reason = "only databases have to be explained")]
struct Explained {
    what: String,
    cause: Option<BoxError>,
}

impl fmt::Display for Explained {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.what)
    }
}

impl StdError for Explained {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.cause.as_deref().map(|cause| cause as &(dyn StdError + 'static))
    }
}
