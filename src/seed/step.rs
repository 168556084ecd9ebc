//! A step: the rows of one factory, any range of which can be made at any time. Knows no database.

use super::count::{Count, Kind};
use super::course::Course;
use super::files::Shape;
use super::keys::{BLOCK, Failed, Kept, KeysOf, Stop, fail, unnumbered};
use super::row::Row;
use super::target::{Seeds, Targets};
use super::wiring::{NoParents, Wiring};
use crate::error::{Error, Result, Stage};
use crate::persist::sql::engine::Engine;
use crate::persist::{BoxFuture, Chunk, Column, Ledger, Made, Model, Rows, Scope, Value, Values, Writer, text_of};
use crate::resolve::{Context, Keyed, KeyedBy, Need};
use crate::session::{Counter, Session};
use std::any::{Any, TypeId};
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::Ordering::Relaxed;
use std::sync::{OnceLock, PoisonError};

const UNSEEDABLE: &str = "its rows cannot be made without a database: their model borrows something, or has a column whose \
                          type is in no common form";

/// Where the rows of a step come from.
#[derive(Debug)]
pub(super) enum Source {
    /// They are made.
    Made(Count),
    /// The one row is looked for by these columns, and made if it is not there.
    Found(&'static [&'static str]),
    /// They are in the database already.
    Existing,
}

impl Source {
    /// Whether the plan makes its rows.
    pub(super) fn is_made(&self) -> bool {
        !matches!(self, Self::Existing)
    }

    /// Whether the rows that are there have to be counted.
    pub(super) fn counts(&self) -> bool {
        matches!(self, Self::Existing | Self::Made(Count(Kind::FillTo(_))))
    }
}

type Maker<F> = dyn Fn(&Row<'_>) -> F + Send + Sync;

/// The step of one factory.
pub(super) struct StepOf<F: Seeds> {
    source: Source,
    maker: Option<Box<Maker<F>>>,
    targets: Targets<F>,
    keys: Option<KeysOf>,
}

/// A step whose factory nobody has to know.
pub(super) trait Steps: Send + Sync {
    fn any(&self) -> &dyn Any;
    fn source(&self) -> &Source;
    fn factory(&self) -> TypeId;
    /// The model's name.
    fn name(&self) -> &'static str;
    fn table(&self) -> Option<&'static str>;
    fn columns(&self) -> &'static [Column];
    fn counter(&self) -> &'static Counter;
    /// Whether the database would number its rows, so that they are numbered here.
    fn is_numbered(&self) -> bool;
    /// Rows that are filled, `Rows<F>`.
    fn chunk(&self, course: &Course, step: usize, range: Range<u64>) -> Result<Chunk>;
    /// The same as common values.
    fn values(&self, course: &Course, step: usize, range: Range<u64>) -> Result<Vec<Values>>;
    /// The columns and kinds of some rows.
    fn shape(&self, course: &Course, step: usize, range: Range<u64>) -> Result<Shape>;
    /// `Made<F>`, in full or, where only its key is needed, as the draft that holds it.
    fn parent(&self, course: &Course, step: usize, index: u64, need: Need) -> Result<Box<dyn Any>>;
    /// The keys of rows that are there: `Kept<F::Key>`.
    fn keys_of_values(&self, keys: Vec<Value>) -> Result<Box<dyn Any + Send + Sync>>;
    /// Writes rows into a store.
    fn store<'s>(&self, chunk: Chunk, store: &'s mut dyn crate::Store) -> BoxFuture<'s, Result<()>>;
    /// What writes it into a backend, `Box<dyn Writer<B>>`.
    fn writer(&self, backend: TypeId) -> Option<&(dyn Any + Send + Sync)>;
}

/// What writes a step's rows into this backend.
pub(super) fn writer_of<B: Engine>(step: &dyn Steps) -> Option<&dyn Writer<B>> {
    step.writer(TypeId::of::<B>())?.downcast_ref::<Box<dyn Writer<B>>>().map(|writer| &**writer)
}

impl<F: Seeds> StepOf<F> {
    pub(super) fn new(source: Source, maker: Option<Box<Maker<F>>>) -> Self {
        Self { source, maker, targets: Targets::all(), keys: None }
    }

    /// The same, whose keys may be there already.
    pub(super) fn keyed(mut self, keys: KeysOf) -> Self {
        self.keys = Some(keys);
        self
    }

    /// Rows that are filled, each with its key.
    fn drafts(&self, course: &Course, step: usize, range: Range<u64>) -> Result<Rows<F>> {
        let laid = &course.steps[step];
        if self.maker.is_none() {
            let why = "of rows that are there already only the keys are known, and only where one column is the key";
            return Err(Error::new(Stage::Resolve, F::NAME, why));
        }
        let Some((offline, maker)) = self.targets.offline().zip(self.maker.as_ref()) else {
            return Err(Error::new(Stage::Resolve, F::NAME, UNSEEDABLE));
        };
        let first = laid.first_row + range.start;
        let session = course.session_at(F::counter(), first, step);
        let made = rows(course, step, range.clone()).map(|row| {
            let index = row.index;
            caught::<F, _>(|| maker(&row))
                .map_err(|error| error.at(index_of(index), index_of(laid.total)))
                .map(|draft| (row, draft))
        });
        let (places, drafts): (Vec<_>, Vec<_>) = made.collect::<Result<Vec<_>>>()?.into_iter().unzip();
        let mut rows = Rows::new(drafts, Scope::new(session, Ledger::default(), 0));
        rows.number(F::counter());
        Self::fill(&mut rows, &places, offline.parents).map_err(|error| shifted(error, range.start, laid.total))?;
        if let Some(first) = laid.first_key {
            self.number(&mut rows, first.saturating_add_unsigned(range.start))
                .map_err(|error| shifted(error, range.start, laid.total))?;
        }
        Ok(rows)
    }

    /// Gives each row its key. The one row of a record may have one that it was given.
    fn number(&self, rows: &mut Rows<F>, first: i64) -> Result<()> {
        let mut optional = F::COLUMNS.iter().filter(|column| column.optional);
        let key = optional.position(|column| column.key).unwrap_or(0);
        let len = rows.len();
        for (i, (draft, ..)) in rows.turns().enumerate() {
            let is_given = draft.absent() >> key & 1 == 0;
            if is_given && matches!(self.source, Source::Found(_)) {
                continue;
            }
            if is_given {
                let why = "its key is given, and a step numbers its rows itself, so that others can point at them: leave it out";
                return Err(Error::new(Stage::Resolve, F::NAME, why).at(i, len));
            }
            if !draft.assign_key(first.saturating_add_unsigned(i as u64)) {
                return Err(unnumbered::<F>());
            }
        }
        Ok(())
    }

    fn fill(
        rows: &mut Rows<F>,
        places: &[Row<'_>],
        parents: fn(usize, &mut Rows<F>, &mut dyn crate::Store) -> Result<()>,
    ) -> Result<()> {
        let len = rows.len();
        for stage in 0..=F::STAGES {
            for (i, ((draft, session, turn), row)) in rows.turns().zip(places).enumerate() {
                draft.fill(stage, &Context::new(session, turn));
                let wired = caught::<F, _>(|| draft.wire(stage, &mut Wiring { row, turn }));
                wired.and_then(|wired| wired).map_err(|error| error.at(i, len))?;
            }
            parents(stage, rows, &mut NoParents).map_err(|error| error.within(F::NAME))?;
        }
        for (draft, session, turn) in rows.turns() {
            draft.prepare(&Context::new(session, turn));
        }
        Ok(())
    }

    /// The model of one row, as `build` would make it.
    pub(super) fn model(&self, course: &Course, step: usize, index: u64) -> Result<Model<F>> {
        if let Some(found) = course.steps[step].found.get() {
            let found = found.lock().unwrap_or_else(PoisonError::into_inner);
            let copy = found.downcast_ref::<Model<F>>().and_then(F::copied);
            return copy
                .ok_or_else(|| Error::new(Stage::Resolve, F::NAME, "it was found, and is not `Clone`: derive that"));
        }
        let rows = self.drafts(course, step, index..index + 1)?;
        let mut models = rows.into_turns().map(|(draft, session, turn)| draft_model(draft, &session, turn));
        models.next().ok_or_else(|| Error::new(Stage::Resolve, F::NAME, "there is no such row"))
    }

    /// The key of one row.
    pub(super) fn key(&self, course: &Course, step: usize, index: u64) -> Result<F::Key>
    where
        F: Keyed + KeyedBy<<F as Keyed>::Key>,
        F::Key: Clone + Send + Sync + 'static,
    {
        let laid = &course.steps[step];
        if self.source.counts() {
            course.asked.store(true, Relaxed);
        }
        if let Some(found) = laid.found.get() {
            let found = found.lock().unwrap_or_else(PoisonError::into_inner);
            return found.downcast_ref::<Model<F>>().map(F::key_of).ok_or_else(unnumbered::<F>);
        }
        if let Some(first) = laid.first_key.filter(|_| !matches!(self.source, Source::Found(_))) {
            let mut draft = F::empty();
            let drafted = draft.assign_key(first.saturating_add_unsigned(index)).then(|| draft.key_drafted()).flatten();
            return drafted.ok_or_else(unnumbered::<F>);
        }
        let kept = laid.kept.get_or_init(|| Box::new(Kept::<F::Key>::new(laid.total)));
        let missing = || Error::new(Stage::Resolve, F::NAME, "its key is not known; read the keys first");
        let kept = kept.downcast_ref::<Kept<F::Key>>().ok_or_else(missing)?;
        let failure = OnceLock::new();
        let key = kept.get(index, |first| match self.keys(course, step, first..laid.total.min(first + BLOCK)) {
            Ok(keys) => keys,
            Err(error) => {
                let _ = failure.set(error);
                Vec::new()
            }
        });
        match failure.into_inner() {
            Some(error) => Err(error),
            None => key.ok_or_else(missing),
        }
    }

    fn keys(&self, course: &Course, step: usize, range: Range<u64>) -> Result<Vec<F::Key>>
    where
        F: Keyed + KeyedBy<<F as Keyed>::Key>,
    {
        let rows = self.drafts(course, step, range)?;
        let keys = rows.into_drafts().into_iter().map(|draft| draft.key_drafted());
        keys.collect::<Option<_>>().ok_or_else(unnumbered::<F>)
    }
}

fn draft_model<F: Seeds>(draft: F, session: &Session, turn: crate::session::Turn) -> Model<F> {
    use crate::persist::Complete;
    draft.into_model(session, turn)
}

/// The rows of a range, each where it stands.
fn rows(course: &Course, step: usize, range: Range<u64>) -> impl Iterator<Item = Row<'_>> {
    let places = course.steps[step].places(range.clone());
    range.zip(places).map(move |(index, place)| Row::new(course, step, index, place))
}

/// What a closure of the user's gives, however it ends.
fn caught<F: Seeds, T>(work: impl FnOnce() -> T) -> Result<T> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|panic| {
        let panic = match panic.downcast::<Failed>() {
            Ok(failed) => return failed.0,
            Err(panic) => panic,
        };
        let why = match panic.downcast_ref::<Stop>() {
            Some(stop) => stop.why.clone(),
            None => format!("its closure panicked with {}", text_of(&panic)),
        };
        Error::new(Stage::Resolve, F::NAME, why)
    })
}

/// An error of a range of rows, as one of the step's.
pub(super) fn shifted(error: Error, first: u64, total: u64) -> Error {
    match error.row() {
        Some((row, _)) => error.instead_at(index_of(first).saturating_add(row), index_of(total)),
        None => error,
    }
}

pub(super) fn index_of(index: u64) -> usize {
    usize::try_from(index).unwrap_or(usize::MAX)
}

impl<F: Seeds> Steps for StepOf<F> {
    fn any(&self) -> &dyn Any {
        self
    }

    fn source(&self) -> &Source {
        &self.source
    }

    fn factory(&self) -> TypeId {
        TypeId::of::<F>()
    }

    fn name(&self) -> &'static str {
        F::NAME
    }

    fn table(&self) -> Option<&'static str> {
        F::TABLE
    }

    fn columns(&self) -> &'static [Column] {
        F::COLUMNS
    }

    fn counter(&self) -> &'static Counter {
        F::counter()
    }

    fn is_numbered(&self) -> bool {
        let mut keys = F::COLUMNS.iter().filter(|column| column.key);
        keys.next().is_some_and(|key| key.optional) && keys.next().is_none() && F::empty().assign_key(1)
    }

    fn chunk(&self, course: &Course, step: usize, range: Range<u64>) -> Result<Chunk> {
        Ok(Box::new(self.drafts(course, step, range)?))
    }

    fn values(&self, course: &Course, step: usize, range: Range<u64>) -> Result<Vec<Values>> {
        let Some(offline) = self.targets.offline() else { return Ok(Vec::new()) };
        Ok(self.drafts(course, step, range)?.drafts().iter().map(offline.values).collect())
    }

    fn shape(&self, course: &Course, step: usize, range: Range<u64>) -> Result<Shape> {
        let Some(offline) = self.targets.offline() else { return Err(Error::new(Stage::Resolve, F::NAME, UNSEEDABLE)) };
        let rows = self.drafts(course, step, range)?;
        (offline.shape)(rows.drafts()).map_err(|why| Error::new(Stage::Encode, F::NAME, why))
    }

    fn parent(&self, course: &Course, step: usize, index: u64, need: Need) -> Result<Box<dyn Any>> {
        let laid = &course.steps[step];
        if self.source.counts() {
            course.asked.store(true, Relaxed);
        }
        if laid.found.get().is_some() {
            return Ok(Box::new(Made::<F>::Model(self.model(course, step, index)?)));
        }
        if let (Need::Key, Some(first), Source::Made(_)) = (need, laid.first_key, &self.source) {
            let mut draft = F::empty();
            if draft.assign_key(first.saturating_add_unsigned(index)) {
                return Ok(Box::new(Made::<F>::Draft(draft)));
            }
        }
        if matches!(self.source, Source::Existing) {
            let why = "point at it by `row.key(..)`: of rows that are there already only the keys are known";
            return Err(Error::new(Stage::Resolve, F::NAME, why));
        }
        if need == Need::Key {
            let rows = self.drafts(course, step, index..index + 1)?;
            let draft = rows.into_drafts().pop();
            return draft.map(|draft| Box::new(Made::Draft(draft)) as Box<dyn Any>).ok_or_else(unnumbered::<F>);
        }
        Ok(Box::new(Made::<F>::Model(self.model(course, step, index)?)))
    }

    fn keys_of_values(&self, keys: Vec<Value>) -> Result<Box<dyn Any + Send + Sync>> {
        self.keys.as_ref().map_or_else(|| Err(unnumbered::<F>()), |known| known(keys))
    }

    fn store<'s>(&self, chunk: Chunk, store: &'s mut dyn crate::Store) -> BoxFuture<'s, Result<()>> {
        match (self.targets.offline(), chunk.downcast::<Rows<F>>()) {
            (Some(offline), Ok(rows)) => (offline.store)(*rows, store),
            _ => Box::pin(std::future::ready(Err(Error::new(Stage::Resolve, F::NAME, UNSEEDABLE)))),
        }
    }

    fn writer(&self, backend: TypeId) -> Option<&(dyn Any + Send + Sync)> {
        self.targets.erased(backend)
    }
}

impl Course {
    /// The key of a row, for a closure of the user's.
    pub(super) fn key<F>(&self, step: usize, index: u64) -> F::Key
    where
        F: Seeds + Keyed + KeyedBy<<F as Keyed>::Key>,
        F::Key: Clone + Send + Sync + 'static,
    {
        self.typed::<F>(step).key(self, step, index).unwrap_or_else(|error| fail(error))
    }

    /// The model of a row, for a closure of the user's.
    pub(super) fn model<F: Seeds>(&self, step: usize, index: u64) -> Model<F> {
        self.typed::<F>(step).model(self, step, index).unwrap_or_else(|error| fail(error))
    }

    fn typed<F: Seeds>(&self, step: usize) -> &StepOf<F> {
        let Some(typed) = self.steps[step].rows.any().downcast_ref() else {
            let why = format!("step `{}` makes no rows of `{}`", self.steps[step].name, F::NAME);
            fail(Error::new(Stage::Resolve, F::NAME, why))
        };
        typed
    }
}
