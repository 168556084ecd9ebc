//! A batch of one factory: handed to what sends it, and taken back. The only part of all this that is compiled for each
//! factory.

use super::drafts::{Drafts, Terms};
use super::engine::{Engine, Stored};
use crate::error::Result;
use crate::persist::{BoxFuture, Db, Made, Rows, Want};

/// Writes rows, and gives them back in their order.
pub(in crate::persist) fn insert_batch<'c, E, F>(
    rows: Rows<F>,
    mut db: Db<'c, E>,
    want: Want,
) -> BoxFuture<'c, Result<Vec<Made<F>>>>
where
    E: Engine,
    F: Stored<E> + 'c,
{
    let terms = Terms::of(&rows, want);
    let mut drafts = Drafts::of(rows.into_drafts());
    Box::pin(async move {
        if !drafts.drafts.is_empty() {
            E::write(&mut drafts, E::reborrow(&mut db), terms).await?;
        }
        drafts.finish::<E>()
    })
}

/// The model of each row that is there, the draft of each that is not.
pub(in crate::persist) fn find_batch<'c, E, F>(
    rows: Rows<F>,
    columns: &'static [&'static str],
    mut db: Db<'c, E>,
) -> BoxFuture<'c, Result<Vec<Made<F>>>>
where
    E: Engine,
    F: Stored<E> + 'c,
{
    let terms = Terms::of(&rows, Want::Models);
    let mut drafts = Drafts::of(rows.into_drafts());
    Box::pin(async move {
        E::look(&mut drafts, columns, E::reborrow(&mut db), terms).await?;
        Ok(drafts.answers())
    })
}
