//! Get or create: rows that are there already are taken as they are, before any parent is made for them; a race for one is
//! lost in peace. Knows no SQL.

use super::{Draft, Rules};
use crate::error::{BoxError, Error, Result, Stage};
use crate::persist::{Backend, BoxFuture, Caught, Frame, Made, Persist, Rows, Sought, Want};
use std::collections::HashMap;
use std::collections::hash_map::DefaultHasher;
use std::hash::Hash;
use std::panic::resume_unwind;

/// Looks for the rows of a batch, and leaves those that have to be made, each once.
///
/// # Errors
/// What the backend fails with.
pub fn seek<'c, F, B>(mut rows: Rows<F>, db: B::Connection<'c>) -> BoxFuture<'c, Result<(Sought<F>, Rows<F>)>>
where
    F: Draft + Persist<B> + 'c,
    B: Backend,
{
    Box::pin(async move {
        let frame = rows.frame().clone();
        let sharing: Vec<_> = rows.drafts_mut().iter_mut().map(|draft| draft.sharing().clone()).collect();
        let mut found = Vec::new();
        let (mut drafts, mut open, mut twins, mut waiting) = (Vec::<F>::new(), Vec::new(), Vec::new(), Vec::new());
        let (mut known, mut firsts): (HashMap<u64, Vec<usize>>, _) = (HashMap::new(), Vec::new());
        for (place, answer) in F::find(rows, db).await?.into_iter().enumerate() {
            let draft = match answer {
                Made::Model(model) => {
                    found.push((place, model));
                    continue;
                }
                Made::Draft(draft) => draft,
            };
            let alike = known.entry(draft.same_hash()).or_default();
            match alike.iter().copied().find(|&i| drafts[i].is_same(&draft)) {
                Some(first) => {
                    twins.push(draft);
                    waiting.push(place);
                    firsts.push(first);
                }
                None => {
                    alike.push(drafts.len());
                    drafts.push(draft);
                    open.push(place);
                }
            }
        }
        passed_over(&frame, &sharing, found.iter().map(|(place, _)| *place).chain(waiting.iter().copied()));
        let sought = Sought { found, twins: frame.rows(twins, waiting), firsts, open: open.clone() };
        Ok((sought, frame.rows(drafts, open)))
    })
}

/// Notes rows that are not made: no model of theirs, and no parents that could be shared.
fn passed_over(frame: &Frame, sharing: &[Rules], places: impl Iterator<Item = usize>) {
    let ledger = frame.scope().ledger();
    for place in places {
        if let Some(mut tree) = ledger.tree() {
            tree.found(frame.row(place));
        }
        if let Some(sharing) = sharing.get(place).and_then(Rules::get) {
            sharing.settle(&mut ledger.pools());
        }
    }
}

/// Puts what was there already beside what was made, in the order asked for.
///
/// # Errors
/// What the backend fails with.
pub fn gather<'c, F, B>(
    sought: Sought<F>,
    made: Vec<Made<F>>,
    db: B::Connection<'c>,
) -> BoxFuture<'c, Result<Vec<Made<F>>>>
where
    F: Draft + Persist<B> + 'c,
    B: Backend,
{
    Box::pin(async move {
        let Sought { found, twins, firsts, open } = sought;
        let places = twins.places();
        let copies: Option<Vec<_>> = firsts.iter().map(|&first| copy(made.get(first)?)).collect();
        let twins = match copies {
            Some(copies) => copies,
            None => again(twins, db).await?,
        };
        let mut all: Vec<_> = open.into_iter().zip(made).collect();
        all.extend(found.into_iter().map(|(place, model)| (place, Made::Model(model))));
        all.extend(places.into_iter().zip(twins));
        all.sort_unstable_by_key(|(place, _)| *place);
        Ok(all.into_iter().map(|(_, made)| made).collect())
    })
}

/// The same for a row that has the same values.
fn copy<F: Draft>(made: &Made<F>) -> Option<Made<F>> {
    match made {
        Made::Model(model) => F::copied(model).map(Made::Model),
        Made::Draft(draft) => draft.fork().ok().map(Made::Draft),
    }
}

/// Reads rows that were made a moment ago, because their models cannot be copied.
async fn again<'c, F, B>(rows: Rows<F>, db: B::Connection<'c>) -> Result<Vec<Made<F>>>
where
    F: Draft + Persist<B> + 'c,
    B: Backend,
{
    let len = rows.len();
    let found = F::find(rows, db).await?;
    let missing = |i| {
        let why = format!(
            "`{0}` was made, and is not found by {1}; store the values as they are, or derive `Clone` for `{0}`",
            F::NAME,
            F::LOOKUP_COLUMNS.iter().map(|column| format!("`{column}`")).collect::<Vec<_>>().join(" and ")
        );
        Error::new(Stage::Find, F::NAME, why).at(i, len)
    };
    let models = found.into_iter().enumerate().map(|(i, made)| match made {
        Made::Model(model) => Ok(Made::Model(model)),
        Made::Draft(_) => Err(missing(i)),
    });
    models.collect()
}

/// A row, and whether it was inserted, or somebody else was faster.
pub(super) type Inserted<F> = (Made<F>, bool);

/// Inserts rows that were not there a moment ago.
pub(super) fn insert<'c, F, B>(
    rows: Rows<F>,
    mut db: B::Connection<'c>,
    want: Want,
) -> BoxFuture<'c, Result<Vec<Inserted<F>>>>
where
    F: Draft + Persist<B> + 'c,
    B: Backend,
{
    Box::pin(async move {
        let copies: Option<Vec<F>> = rows.drafts().iter().map(|draft| draft.fork().ok()).collect();
        let frame = rows.frame().clone();
        let places = rows.places();
        let error = match attempt::<F, B>(rows, B::reborrow(&mut db), want).await? {
            Ok(made) => return Ok(made.into_iter().map(|made| (made, true)).collect()),
            Err(error) => error,
        };
        let Some(copies) = copies else { return Err(error) };
        let (len, mut error, mut all) = (copies.len(), Some(error), Vec::with_capacity(copies.len()));
        for (i, (draft, place)) in copies.into_iter().zip(places).enumerate() {
            let one = |draft| frame.rows(vec![draft], vec![place]);
            let Ok(again) = draft.fork() else { return Err(error.unwrap_or_else(lost::<F>)) };
            match attempt::<F, B>(one(draft), B::reborrow(&mut db), want).await? {
                Ok(made) => all.extend(made.into_iter().map(|made| (made, true))),
                Err(refused) => {
                    let found = F::find(one(again).contested(), B::reborrow(&mut db)).await?;
                    match found.into_iter().next() {
                        Some(Made::Model(model)) => {
                            if let Some(mut tree) = frame.scope().ledger().tree() {
                                tree.found(frame.row(place));
                            }
                            all.push((Made::Model(model), false));
                        }
                        // It is refused for another reason.
                        _ if len == 1 => return Err(error.take().unwrap_or(refused)),
                        _ => return Err(refused.instead_at(i, len)),
                    }
                }
            }
        }
        Ok(all)
    })
}

/// Inserts rows, and takes them back where one of them is refused.
async fn attempt<F, B>(rows: Rows<F>, mut db: B::Connection<'_>, want: Want) -> Result<Result<Vec<Made<F>>>>
where
    F: Persist<B>,
    B: Backend,
{
    let failed = |why: BoxError| Error::new(Stage::Begin, F::NAME, why);
    B::mark(B::reborrow(&mut db)).await.map_err(failed)?;
    let made = match Caught::new(F::insert(rows, B::reborrow(&mut db), want)).await {
        Ok(made) => made,
        Err(panic) => {
            // What is around it takes back one mark, its own.
            let _ = B::back(db).await;
            resume_unwind(panic);
        }
    };
    match made {
        Ok(made) => {
            B::forget(db).await.map_err(failed)?;
            Ok(Ok(made))
        }
        // Where even that fails the connection is of no use, and the first error says why.
        Err(error) => match B::back(db).await {
            Ok(()) => Ok(Err(error)),
            Err(_) => Err(error),
        },
    }
}

fn lost<F: Draft>() -> Error {
    Error::new(Stage::Insert, F::NAME, "the row could not be made")
}

/// A value to be hashed. The inherent method serves those that are `Hash`; for all others method lookup falls back to
/// [`Unhashed`].
#[derive(Debug)]
pub struct Hashed<'v, T>(pub &'v T);

impl<T: Hash> Hashed<'_, T> {
    /// Hashes it.
    pub fn hash_into(self, state: &mut DefaultHasher) {
        self.0.hash(state);
    }
}

/// Values without a hash: they are compared one by one.
pub trait Unhashed: Sized {
    /// Does nothing.
    fn hash_into(self, _: &mut DefaultHasher) {}
}

impl<T> Unhashed for Hashed<'_, T> {}
