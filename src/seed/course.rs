//! A plan that is laid out: how many rows each step has, from which number and key on. Knows no database; whoever has one
//! says what is there.

use super::count::{Count, Kind};
use super::pick::{Cross, Groups, Pairs};
use super::plan::Plan;
use super::step::{Source, Steps};
use crate::error::BoxError;
use crate::persist::Chunk;
use crate::session::{Counter, Now, Session, hash};
use rand::RngExt;
use std::any::{Any, TypeId};
use std::collections::{HashMap, HashSet};
use std::fmt;
use std::ops::Range;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, OnceLock};
use std::time::{Duration, SystemTime};

/// A plan that is laid out.
pub(super) struct Course {
    pub(super) seed: u64,
    pub(super) clock: Now,
    pub(super) session: Session,
    pub(super) steps: Vec<Laid>,
    /// Whether a row has asked for a key that is not the plan's own to choose.
    pub(super) asked: AtomicBool,
}

/// A step of it.
pub(super) struct Laid {
    pub(super) name: String,
    pub(super) rows: Arc<dyn Steps>,
    pub(super) total: u64,
    /// How many the plan says, where an earlier run was told something else.
    pub(super) told: u64,
    /// The number of its first row among all of its factory.
    pub(super) first_row: u64,
    /// The key of the first row, where the plan numbers them.
    pub(super) first_key: Option<i64>,
    family: Family,
    /// The keys, where they do not follow from the row's number: `Kept<F::Key>`.
    pub(super) kept: OnceLock<Box<dyn Any + Send + Sync>>,
    /// The row that was found, `F::Model`.
    pub(super) found: OnceLock<Mutex<Chunk>>,
}

/// Whose children the rows are, or which pairs.
enum Family {
    None,
    Children { parent: usize, groups: Groups },
    Pairs { here: usize, there: usize, pairs: Pairs },
    Cross { here: usize, there: usize, pairs: Cross },
}

/// What is there before a plan is laid out.
#[derive(Debug, Default)]
pub(super) struct Facts {
    /// How many rows there are, for steps that have to know.
    pub(super) counts: HashMap<String, u64>,
    /// The next key of each table.
    pub(super) next_keys: HashMap<String, i64>,
    /// The number behind the last row of steps that were filled up before.
    pub(super) ends: HashMap<String, u64>,
    /// What was laid out before, by the name of the step.
    pub(super) laid: HashMap<String, Extent>,
    /// The steps whose rows are all there.
    pub(super) done: HashSet<String>,
}

/// Which rows a step has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Extent {
    pub(super) first_row: u64,
    pub(super) first_key: Option<i64>,
    pub(super) total: u64,
}

/// What a caller says of a plan.
#[derive(Debug, Clone, Copy)]
pub(super) struct Terms {
    pub(super) seed: u64,
    pub(super) clock: Now,
    pub(super) scale: f64,
}

/// All that is wrong with a plan.
#[derive(Debug)]
pub(super) struct Faults(pub(super) Vec<String>);

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0[..] {
            [one] => f.write_str(one),
            many => {
                write!(f, "{} things are wrong with the plan", many.len())?;
                many.iter().try_for_each(|fault| write!(f, "\n  {fault}"))
            }
        }
    }
}

impl std::error::Error for Faults {}

impl Course {
    /// Lays a plan out.
    pub(super) fn lay(plan: &Plan, terms: Terms, facts: &Facts) -> Result<Self, Faults> {
        let session = Session::seeded(terms.seed).at(terms.clock);
        let mut course =
            Self { seed: terms.seed, clock: terms.clock, session, steps: Vec::new(), asked: AtomicBool::new(false) };
        let (mut faults, mut next_keys) = (Vec::new(), facts.next_keys.clone());
        for (i, declared) in plan.steps.iter().enumerate() {
            if plan.steps[..i].iter().any(|other| other.name == declared.name) {
                faults.push(format!("two steps are called `{}`", declared.name));
            }
            let there = facts.counts.get(&declared.name).copied().unwrap_or(0);
            let (told, family) =
                course.family(&declared.name, &*declared.rows, terms.scale, there).unwrap_or_else(|why| {
                    faults.push(format!("step `{}`: {why}", declared.name));
                    (0, Family::None)
                });
            let (rows, known) = (Arc::clone(&declared.rows), facts.laid.get(&declared.name));
            let mut first_row = course.rows_before(rows.counter());
            if rows.source().counts() {
                first_row = (first_row + there).max(facts.ends.get(&declared.name).copied().unwrap_or(0));
            }
            let is_numbered = rows.is_numbered() && !matches!(rows.source(), Source::Existing);
            let next_key = next_keys.entry(rows.table().unwrap_or(rows.name()).to_owned()).or_insert(1);
            let mut first_key = is_numbered.then_some(*next_key);
            let mut total = told;
            // What is full needs filling up no more than what was never begun.
            let is_over = rows.source().counts() && facts.done.contains(&declared.name) && told > 0;
            if let Some(known) = known.filter(|_| !is_over) {
                (first_row, first_key, total) = (known.first_row, known.first_key, known.total);
            }
            if let Some(first) = first_key {
                *next_key = (*next_key).max(first.saturating_add_unsigned(total));
            }
            let (name, kept, found) = (declared.name.clone(), OnceLock::new(), OnceLock::new());
            course.steps.push(Laid { name, rows, total, told, first_row, first_key, family, kept, found });
        }
        if faults.is_empty() { Ok(course) } else { Err(Faults(faults)) }
    }

    /// How many rows a step has, and whose.
    fn family(&self, name: &str, rows: &dyn Steps, scale: f64, there: u64) -> Result<(u64, Family), BoxError> {
        let key = self.session.stream(hash(&format!("seed.{name}.family")), 0).random::<u64>();
        let plain = |total| Ok((total, Family::None));
        let count = match rows.source() {
            Source::Existing => return plain(there),
            Source::Found(_) => return plain(1),
            Source::Made(Count(kind)) => kind,
        };
        match count {
            Kind::Exactly(n) => plain(scaled(*n, scale)?),
            Kind::FillTo(n) => plain(scaled(*n, scale)?.saturating_sub(there)),
            Kind::Per { parent, spread } => {
                let groups = Groups::new(self.before(*parent)?.total, spread.clone(), key)?;
                Ok((groups.total(), Family::Children { parent: *parent, groups }))
            }
            Kind::Pairs { here, there, n } => {
                let (a, b) = (self.before(*here)?.total, self.before(*there)?.total);
                let pairs = Pairs::new(a, b, scaled(*n, scale)?, key)?;
                Ok((pairs.total(), Family::Pairs { here: *here, there: *there, pairs }))
            }
            Kind::Cross { here, there } => {
                let pairs = Cross::new(self.before(*here)?.total, self.before(*there)?.total)?;
                Ok((pairs.total(), Family::Cross { here: *here, there: *there, pairs }))
            }
        }
    }

    fn before(&self, step: usize) -> Result<&Laid, String> {
        self.steps.get(step).ok_or_else(|| "its number depends on a step of another plan".to_owned())
    }

    /// How many rows of a factory the steps so far make.
    fn rows_before(&self, counter: &'static Counter) -> u64 {
        let same = self.steps.iter().filter(|step| std::ptr::eq(step.rows.counter(), counter));
        same.map(|step| step.first_row + step.total).max().unwrap_or(0)
    }

    /// The last step before this one that has rows of a factory.
    pub(super) fn step_of(&self, factory: TypeId, before: usize) -> Option<usize> {
        self.steps[..before].iter().rposition(|step| step.rows.factory() == factory)
    }

    /// The session of a range of rows, whose first has this number among all of its factory. What else is made beside them
    /// gets numbers that nothing else in the plan has.
    pub(super) fn session_at(&self, counter: &Counter, first: u64, step: usize) -> Session {
        let others = ((step as u64 + 1) << 44).wrapping_add(first.wrapping_mul(1_024));
        let session = Session::seeded_from(self.seed, others).at(self.clock);
        session.begin_at(counter, first);
        session
    }

    /// What a database keeps of it.
    pub(super) fn extent(&self, step: usize) -> Extent {
        let Laid { first_row, first_key, total, .. } = self.steps[step];
        Extent { first_row, first_key, total }
    }
}

impl Laid {
    /// Whether its rows are made, and not just there.
    pub(super) fn is_made(&self) -> bool {
        self.rows.source().is_made()
    }

    /// Whether how many rows it has depends on what others do to the database.
    pub(super) fn is_open(&self, course: &Course) -> bool {
        let of = |step: &usize| course.steps[*step].is_open(course);
        self.rows.source().counts()
            || match &self.family {
                Family::None => false,
                Family::Children { parent, .. } => of(parent),
                Family::Pairs { here, there, .. } | Family::Cross { here, there, .. } => of(here) || of(there),
            }
    }

    /// Whether its rows are children of this step's, or pairs with them.
    pub(super) fn belongs(&self, to: usize) -> bool {
        match self.family {
            Family::None => false,
            Family::Children { parent, .. } => parent == to,
            Family::Pairs { here, there, .. } | Family::Cross { here, there, .. } => here == to || there == to,
        }
    }

    /// The row of another step that a row at this place belongs to.
    pub(super) fn owner(&self, of: usize, place: (u64, u64)) -> Option<u64> {
        match self.family {
            Family::Children { parent, .. } if parent == of => Some(place.0),
            Family::Pairs { here, .. } | Family::Cross { here, .. } if here == of => Some(place.0),
            Family::Pairs { there, .. } | Family::Cross { there, .. } if there == of => Some(place.1),
            _ => None,
        }
    }

    /// The places of a range of rows.
    pub(super) fn places(&self, range: Range<u64>) -> Box<dyn Iterator<Item = Option<(u64, u64)>> + '_> {
        match &self.family {
            Family::None => Box::new(range.map(|_| None)),
            Family::Children { groups, .. } => Box::new(groups.rows(range).map(Some)),
            Family::Pairs { pairs, .. } => Box::new(range.map(|row| Some(pairs.at(row)))),
            Family::Cross { pairs, .. } => Box::new(range.map(|row| Some(pairs.at(row)))),
        }
    }

    /// The rows of one of several parts.
    pub(super) fn part(&self, shard: u64, shards: u64) -> Range<u64> {
        let at = |shard: u64| {
            let row = u128::from(self.total) * u128::from(shard) / u128::from(shards.max(1));
            u64::try_from(row).unwrap_or(u64::MAX)
        };
        at(shard)..at(shard + 1)
    }
}

/// A number of rows, at a scale.
fn scaled(rows: i128, scale: f64) -> Result<u64, String> {
    let rows = u64::try_from(rows).map_err(|_| format!("{rows} rows cannot be made; give a number from 0 up"))?;
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "`as` saturates"
    )]
    let scaled = if (scale - 1.0).abs() < f64::EPSILON { rows } else { (rows as f64 * scale).round() as u64 };
    Ok(if rows > 0 { scaled.max(1) } else { 0 })
}

/// The midnight (UTC) before an instant.
pub(super) fn midnight(instant: SystemTime) -> Now {
    const DAY: u64 = 24 * 60 * 60;
    let seconds = instant.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_secs();
    Now::from(SystemTime::UNIX_EPOCH + Duration::from_secs(seconds / DAY * DAY))
}
