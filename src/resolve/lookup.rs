//! Get or create: rows that are there already are taken as they are, before any parent is made for them; a race for one is
//! lost in peace. Knows no SQL.

use super::Draft;
use crate::error::{BoxError, Error, Result, Stage};
use crate::persist::{Backend, BoxFuture, Caught, Made, Persist, Rows, Sought, Want};
use std::collections::HashMap;
use std::collections::hash_map::DefaultHasher;
use std::hash::Hash;
use std::panic::resume_unwind;

/// Looks for the rows of a batch, and leaves those that have to be made, each once.
///
/// # Errors
/// What the backend fails with.
pub fn seek<'c, F, B>(rows: Rows<F>, db: B::Connection<'c>) -> BoxFuture<'c, Result<(Sought<F>, Rows<F>)>>
where
    F: Draft + Persist<B> + 'c,
    B: Backend,
{
    Box::pin(async move {
        let frame = rows.frame().clone();
        let mut found = Vec::new();
        let (mut drafts, mut open, mut twins, mut waiting) = (Vec::<F>::new(), Vec::new(), Vec::new(), Vec::new());
        let mut firsts: HashMap<u64, Vec<usize>> = HashMap::new();
        for (place, answer) in F::find(rows, db).await?.into_iter().enumerate() {
            let draft = match answer {
                Made::Model(model) => {
                    found.push((place, model));
                    continue;
                }
                Made::Draft(draft) => draft,
            };
            let alike = firsts.entry(draft.same_hash()).or_default();
            if alike.iter().any(|&i| drafts[i].is_same(&draft)) {
                twins.push(draft);
                waiting.push(place);
            } else {
                alike.push(drafts.len());
                drafts.push(draft);
                open.push(place);
            }
        }
        let sought = Sought { found, twins: frame.rows(twins, waiting), open: open.clone() };
        Ok((sought, frame.rows(drafts, open)))
    })
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
        let Sought { found, twins, open } = sought;
        let mut all: Vec<_> = open.into_iter().zip(made).collect();
        all.extend(found.into_iter().map(|(place, model)| (place, Made::Model(model))));
        if !twins.is_empty() {
            let places = twins.places();
            // Their first one is there by now.
            all.extend(places.into_iter().zip(F::find(twins, db).await?));
        }
        all.sort_unstable_by_key(|(place, _)| *place);
        Ok(all.into_iter().map(|(_, made)| made).collect())
    })
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
                    let found = F::find(one(again), B::reborrow(&mut db)).await?;
                    match found.into_iter().next() {
                        Some(Made::Model(model)) => all.push((Made::Model(model), false)),
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
