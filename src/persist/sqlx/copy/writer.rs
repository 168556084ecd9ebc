//! The way into Postgres that only sqlx has: a binary COPY, made ready on any thread. Rows of which more than themselves is
//! written are inserted, as everywhere else.

use super::{CopyPlan, CopyRows, Way, encode, send};
use crate::error::{Error, Result, Stage};
use crate::persist::sql::engine::{Stored, Table};
use crate::persist::writer::{Chunk, Inserts, Known, Target, Writer, Writers};
use crate::persist::{BoxFuture, Create, Db, Row as Writes, Rows};
use ::sqlx::Postgres;
use std::sync::Arc;

/// Writes by COPY where that is possible.
struct Copies<F>(Inserts<F>);

/// The bytes of a COPY.
struct Copied {
    bytes: Vec<u8>,
    rows: usize,
}

impl<F> Target<F, Postgres>
where
    F: Create<Postgres> + Stored<Postgres> + Writes<CopyRows> + 'static,
    F::Model: 'static,
{
    /// Adds it, in place of INSERT.
    pub fn copy(self, writers: &mut Writers<F>) {
        writers.push::<Postgres>(Copies::<F>(Inserts::new()));
    }
}

impl<F> Writer<Postgres> for Copies<F>
where
    F: Create<Postgres> + Stored<Postgres> + Writes<CopyRows> + 'static,
    F::Model: 'static,
{
    fn table(&self) -> Table {
        self.0.table()
    }

    fn columns(&self) -> Vec<&'static str> {
        self.0.columns()
    }

    fn look<'c>(&self, sample: Chunk, db: Db<'c, Postgres>) -> BoxFuture<'c, Result<Option<Known>>> {
        let draft = sample.downcast::<Rows<F>>().ok().and_then(|rows| rows.into_drafts().pop());
        let Some(draft) = draft.filter(F::is_alone) else { return Box::pin(std::future::ready(Ok(None))) };
        let plan = CopyPlan::of(db, &draft);
        drop(draft);
        Box::pin(async move {
            Ok(match plan.await? {
                Way::Copy(plan) => Some(Arc::new(plan) as Known),
                Way::Insert(_) => None,
            })
        })
    }

    fn prepare(&self, chunk: Chunk, known: Option<&Known>) -> Result<Chunk> {
        let plan = known.and_then(|known| known.downcast_ref::<CopyPlan>());
        let (Some(plan), Some(rows)) = (plan, chunk.downcast_ref::<Rows<F>>()) else { return Ok(chunk) };
        if !rows.drafts().iter().all(|draft| draft.is_alone() && plan.takes(draft)) {
            return Ok(chunk);
        }
        Ok(Box::new(Copied { bytes: encode(rows.drafts(), plan)?, rows: rows.len() }))
    }

    fn write<'c>(&self, chunk: Chunk, known: Option<&Known>, db: Db<'c, Postgres>) -> BoxFuture<'c, Result<()>> {
        let plan = known.and_then(|known| known.downcast_ref::<CopyPlan>()).cloned();
        match (plan, chunk.downcast::<Copied>()) {
            (Some(plan), Ok(copied)) => Box::pin(async move {
                let sent = send(db, &plan, &copied.bytes).await;
                sent.map(drop).map_err(|refused| refused.about::<F>(None, copied.rows))
            }),
            (None, Ok(_)) => {
                Box::pin(std::future::ready(Err(Error::new(Stage::Insert, F::NAME, "its COPY has no plan"))))
            }
            (_, Err(chunk)) => Writer::<Postgres>::write(&self.0, chunk, known, db),
        }
    }

    fn find<'c>(
        &self,
        chunk: Chunk,
        columns: &'static [&'static str],
        db: Db<'c, Postgres>,
    ) -> BoxFuture<'c, Result<Vec<Option<Chunk>>>> {
        self.0.find(chunk, columns, db)
    }
}
