//! The rows of a batch: each is a draft until it is made. Encodes and decodes them, and says which one an error is about;
//! sends nothing. What sends them sees neither their factory nor their model, so that it is compiled once for a database.

use super::engine::{Binding, Engine, Stored, Table};
use super::group::filled;
use super::unfit::{Unfit, explained};
use crate::error::{BoxError, Error, Result, Stage};
use crate::persist::{Column, Described, Made, Rows, Want, unless_secret};
use crate::profile::Statements;

/// What statements have to know of a factory.
#[derive(Clone, Copy)]
#[allow(dead_code, reason = "what only some databases ask")]
pub struct Form {
    /// Its model's name.
    pub(super) name: &'static str,
    /// All columns, in the order in which they are written and read.
    pub(super) columns: &'static [Column],
    /// Whether the table refuses to give back what was inserted.
    pub(super) no_returning: bool,
    /// Whether a row comes back as a whole.
    pub(super) whole: bool,
    /// What a row's columns are called in the database, and its table; what is selected, if not columns.
    pub(super) sql_name: fn(&'static Column) -> &'static str,
    pub(super) table: fn() -> Table,
    pub(super) selection: fn() -> Option<String>,
    pub(super) attribute: fn(&'static str) -> &'static str,
    unless_secret: fn(&str, BoxError) -> BoxError,
}

impl Form {
    fn of<E: Engine, F: Stored<E>>() -> Self {
        Self {
            name: F::NAME,
            columns: F::COLUMNS,
            no_returning: F::NO_RETURNING,
            whole: F::WHOLE,
            sql_name: F::column,
            table: F::table,
            selection: F::selection,
            attribute: F::attribute,
            unless_secret: unless_secret::<F>,
        }
    }

    /// Its model's name.
    #[allow(dead_code, reason = "for a library that serves several databases")]
    pub(in crate::persist) fn name(self) -> &'static str {
        self.name
    }

    /// The error of a value that could not be encoded.
    pub(super) fn refused(self, column: &'static str, why: BoxError) -> Error {
        let why = (self.unless_secret)(column, why);
        Error::new(Stage::Encode, self.name, why).attribute((self.attribute)(column))
    }

    /// An error that no single row is to blame for.
    pub(super) fn failed<E: std::error::Error + Send + Sync + 'static>(self, stage: Stage) -> impl Fn(E) -> Error {
        move |error| Error::new(stage, self.name, error)
    }
}

/// What a batch is sent with.
#[derive(Debug, Clone)]
#[allow(dead_code, reason = "what only some databases ask")]
pub struct Terms {
    /// Where it is said what is sent.
    pub(super) statements: Statements,
    /// What is needed of the rows.
    pub(super) want: Want,
    /// Whether nothing is around the call that takes back what it has written.
    pub(super) is_bare: bool,
    /// Whether somebody else has just made the rows that are looked for.
    pub(super) is_contested: bool,
}

impl Terms {
    /// Those of these rows.
    pub(super) fn of<F>(rows: &Rows<F>, want: Want) -> Self {
        let (is_bare, is_contested) = (rows.is_bare(), rows.is_contested());
        Self { statements: rows.scope().ledger().statements(), want, is_bare, is_contested }
    }
}

/// The rows of a batch, whatever their factory. `'d` is how long their values live.
pub trait Drafted<'d, E: Engine>: Send {
    /// What statements have to know of them.
    fn form(&self) -> Form;

    /// How many there are.
    fn count(&self) -> usize;

    /// Whether a row is a draft still.
    fn is_draft(&self, row: usize) -> bool;

    /// What a row leaves open, as [`Record::absent`](crate::persist::Record::absent) says it.
    fn absent(&self, row: usize) -> u64;

    /// Adds the values of a row.
    fn put(&self, row: usize, binds: &mut E::Binds<'d>);

    /// Makes the model of what came back, behind so many values by which it was told apart.
    ///
    /// # Errors
    /// It does not fit; or it is made already.
    fn receive(&mut self, row: usize, fetched: &E::Row<'_, '_>, first: usize) -> Result<()>;

    /// Takes a row as made of which only the key is needed: the one that it brought, or this one. `false` where the key's
    /// type does not take it.
    fn take_key(&mut self, row: usize, assigned: Option<i64>) -> bool;

    /// A row that is a draft still as an error shows it.
    fn describe(&self, row: usize) -> Option<Described>;
}

impl<'d, E: Engine> dyn Drafted<'d, E> + 'd {
    /// Adds the values of a row.
    pub(super) fn encode(&self, row: usize, binds: &mut E::Binds<'d>) -> Result<()> {
        self.put(row, binds);
        match binds.failed() {
            None => Ok(()),
            Some((column, error)) => Err(self.about(row, self.form().refused(column, error))),
        }
    }

    /// What a row that is still a draft fills.
    pub(super) fn columns(&self, row: usize) -> Vec<&'static Column> {
        filled(self.form().columns, self.absent(row))
    }

    /// The error of one row, with its values.
    pub(super) fn about(&self, row: usize, error: Error) -> Error {
        let error = error.at(row, self.count());
        match self.describe(row) {
            Some(described) => error.values(described),
            None => error,
        }
    }

    /// The error with which a database has refused a row.
    pub(super) fn refused(&self, row: usize, error: Error, unfit: Unfit) -> Error {
        let Some(values) = self.describe(row) else { return self.about(row, error) };
        explained(self.form(), error, &values, unfit).at(row, self.count()).values(values)
    }

    /// The error of a row that was inserted and is not there.
    pub(super) fn lost(&self, row: usize) -> Error {
        let why = "it is not there after its insert: a trigger or a rule of the table has dropped or changed it";
        self.about(row, Error::new(Stage::Read, self.form().name, why))
    }
}

/// Those of one factory.
pub(super) struct Drafts<F: crate::persist::Record> {
    pub(super) drafts: Vec<Option<F>>,
    pub(super) made: Vec<Option<Made<F>>>,
}

impl<F: crate::persist::Record> Drafts<F> {
    pub(super) fn of(drafts: Vec<F>) -> Self {
        let mut rows = Self { drafts: Vec::with_capacity(drafts.len()), made: Vec::with_capacity(drafts.len()) };
        for draft in drafts {
            rows.drafts.push(Some(draft));
            rows.made.push(None);
        }
        rows
    }

    /// What was made, in the order of the rows.
    pub(super) fn finish<'d, E: Engine>(mut self) -> Result<Vec<Made<F>>>
    where
        F: Stored<E> + 'd,
    {
        let mut all = Vec::with_capacity(self.made.len());
        for row in 0..self.made.len() {
            match self.made[row].take() {
                Some(made) => all.push(made),
                None => return Err((&self as &(dyn Drafted<'d, E> + 'd)).lost(row)),
            }
        }
        Ok(all)
    }

    /// The model of each row that was found, the draft of each that was not.
    pub(super) fn answers(self) -> Vec<Made<F>> {
        self.drafts.into_iter().zip(self.made).filter_map(|(draft, made)| made.or(draft.map(Made::Draft))).collect()
    }
}

impl<'d, E: Engine, F: Stored<E> + 'd> Drafted<'d, E> for Drafts<F> {
    fn form(&self) -> Form {
        Form::of::<E, F>()
    }

    fn count(&self) -> usize {
        self.drafts.len()
    }

    fn is_draft(&self, row: usize) -> bool {
        self.drafts.get(row).is_some_and(Option::is_some)
    }

    fn absent(&self, row: usize) -> u64 {
        self.drafts[row].as_ref().map_or(0, F::absent)
    }

    fn put(&self, row: usize, binds: &mut E::Binds<'d>) {
        if let Some(draft) = &self.drafts[row] {
            draft.write_to(binds);
        }
    }

    fn receive(&mut self, row: usize, fetched: &E::Row<'_, '_>, first: usize) -> Result<()> {
        let rows = self.drafts.len();
        let Some(draft) = self.drafts.get_mut(row).and_then(Option::take) else {
            return Err(Error::new(Stage::Read, F::NAME, "several rows have its key").at(row, rows));
        };
        let model = draft.read_from(fetched, first).map_err(|error| error.at(row, rows))?;
        self.made[row] = Some(Made::Model(model));
        Ok(())
    }

    fn take_key(&mut self, row: usize, assigned: Option<i64>) -> bool {
        let Some(mut draft) = self.drafts[row].take() else { return true };
        let fits = assigned.is_none_or(|key| draft.assign_key(key));
        if fits {
            self.made[row] = Some(Made::Draft(draft));
        } else {
            self.drafts[row] = Some(draft);
        }
        fits
    }

    fn describe(&self, row: usize) -> Option<Described> {
        self.drafts[row].as_ref().map(F::describe)
    }
}
