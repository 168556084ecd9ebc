//! Bytes of a COPY on their way to the server. Knows nothing of what is in them.

use super::fault::Refused;
use super::plan::CopyPlan;
use super::rows::{HEAD, TAIL, body};
use ::sqlx::postgres::PgCopyIn;
use ::sqlx::{Error, PgConnection};

/// How many bytes are one message. sqlx copies them into a buffer first that it keeps, and the server does, too: fewer bytes
/// make it wake up more often, more make it no faster.
const SLICE: usize = 256 * 1024;

/// A COPY that has begun. Nothing is in the table before it is [finished](Copying::finish).
///
/// Where it is dropped before it is finished or aborted, or a call of it is, the connection has to be closed: sqlx then
/// takes the server's answer to the COPY for the answer to what is asked next.
#[must_use = "nothing is in the table before it is finished"]
pub struct Copying<'c> {
    copy: PgCopyIn<&'c mut PgConnection>,
    plan: CopyPlan,
}

impl<'c> Copying<'c> {
    /// Begins it.
    ///
    /// # Errors
    /// The server does not let the rows in, or it is gone.
    pub async fn begin(db: &'c mut PgConnection, plan: &CopyPlan) -> Result<Self, Refused> {
        let begun = db.copy_in_raw(plan.statement()).await;
        let copying = Self { copy: begun.map_err(|error| Refused::of(plan, error))?, plan: plan.clone() };
        copying.sent(HEAD).await
    }

    /// Sends the rows of one batch, as [`encode`](super::encode) has made bytes of them by the same plan. What the server
    /// says to them is heard at the end.
    ///
    /// # Errors
    /// The server is gone.
    pub async fn send(self, rows: &[u8]) -> Result<Self, Refused> {
        self.sent(body(rows)).await
    }

    /// Ends it, and says how many rows the table has taken.
    ///
    /// # Errors
    /// The server has refused a row, or it is gone. What was open on the connection has failed with it.
    pub async fn finish(self) -> Result<u64, Refused> {
        let Self { copy, plan } = self.sent(&TAIL).await?;
        copy.finish().await.map_err(|error| Refused::of(&plan, error))
    }

    /// Takes it back.
    ///
    /// # Errors
    /// The server is gone, or has refused a row before.
    pub async fn abort(self, why: &str) -> Result<(), Refused> {
        self.copy.abort(why).await.map_err(|error| Refused::of(&self.plan, error))
    }

    async fn sent(mut self, bytes: &[u8]) -> Result<Self, Refused> {
        for slice in bytes.chunks(SLICE) {
            if let Err(error) = self.copy.send(slice).await {
                return Err(self.given_up(error).await);
            }
        }
        Ok(self)
    }

    async fn given_up(self, error: Error) -> Refused {
        // Whatever the server says to that: it is the first error that counts.
        let _ = self.copy.abort("the rows could not be sent").await;
        Refused::of(&self.plan, error)
    }
}

/// Copies one batch, all of it or nothing, and says how many rows the table has taken. As with [`Copying`], the connection
/// has to be closed where the call is dropped.
///
/// # Errors
/// The server has refused a row, or it is gone. What was open on the connection has failed with it.
pub async fn send(db: &mut PgConnection, plan: &CopyPlan, rows: &[u8]) -> Result<u64, Refused> {
    Copying::begin(db, plan).await?.send(rows).await?.finish().await
}
