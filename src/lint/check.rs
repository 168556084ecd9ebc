//! What is done with one factory: built, created between two marks, and taken back. Knows no other factory.

use super::report::{Report, Why};
use crate::error::{BoxError, Result};
use crate::factory::Factory;
use crate::persist::{self, Backend, BoxFuture, Caught, Create, Ledger, Rows, Scope, Spare, short, text_of};
use crate::session::Session;
use std::any::type_name;
use std::marker::PhantomData;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// The connection can be used no more.
pub(super) struct Lost;

/// One factory, whichever it is.
pub(super) trait Check<B: Backend>: Send + Sync {
    /// Its name.
    fn name(&self) -> String;

    /// Checks it.
    fn run<'c>(
        &'c self,
        session: &'c Session,
        report: &'c mut Report,
        db: B::Connection<'c>,
    ) -> BoxFuture<'c, Result<(), Lost>>;
}

/// A factory.
pub(super) struct One<F> {
    generous: bool,
    factory: PhantomData<fn() -> F>,
}

impl<F> One<F> {
    pub(super) fn new(generous: bool) -> Self {
        Self { generous, factory: PhantomData }
    }
}

impl<F, B> Check<B> for One<F>
where
    F: Factory + Create<B> + 'static,
    B: Backend,
{
    fn name(&self) -> String {
        short(type_name::<F>())
    }

    fn run<'c>(
        &'c self,
        session: &'c Session,
        report: &'c mut Report,
        mut db: B::Connection<'c>,
    ) -> BoxFuture<'c, Result<(), Lost>> {
        Box::pin(async move {
            let presets = F::presets();
            report.factories += 1;
            report.presets += presets.len();
            let plain = check::<F, B>(F::empty, session, B::reborrow(&mut db)).await;
            self.tell(None, plain, report)?;
            for preset in presets {
                let found = check::<F, B>(|| preset.apply(F::empty()), session, B::reborrow(&mut db)).await;
                self.tell(Some(preset.name()), found, report)?;
            }
            Ok(())
        })
    }
}

impl<F> One<F> {
    fn tell(&self, preset: Option<&'static str>, found: Found, report: &mut Report) -> Result<(), Lost> {
        let mut add = |why| report.add(short(type_name::<F>()), preset, why);
        match found.made {
            Err(why) => add(why),
            Ok(spare) if self.generous || preset.is_some() || spare.is_empty() => {}
            Ok(spare) => add(Why::Spare(spare)),
        }
        match found.lost {
            None => Ok(()),
            Some(why) => {
                add(Why::Lost(why.to_string()));
                Err(Lost)
            }
        }
    }
}

/// What came of one factory, with or without a preset.
struct Found {
    /// What is wrong with it, or else the rows that it could do without.
    made: Result<Vec<Spare>, Why>,
    /// Why the connection is of no more use.
    lost: Option<BoxError>,
}

async fn check<F, B>(make: impl Fn() -> F + Send, session: &Session, mut db: B::Connection<'_>) -> Found
where
    F: Factory + Create<B> + 'static,
    B: Backend,
{
    if let Err(why) = build(&make, session) {
        // Creating would fail for the same reason.
        return Found { made: Err(why), lost: None };
    }
    if let Err(why) = B::mark(B::reborrow(&mut db)).await {
        return Found { made: Ok(Vec::new()), lost: Some(why) };
    }
    let made = create::<F, B>(make(), session, B::reborrow(&mut db)).await;
    Found { made, lost: B::back(db).await.err() }
}

fn build<F: Factory>(make: impl Fn() -> F, session: &Session) -> Result<(), Why> {
    let _guard = session.enter();
    catch_unwind(AssertUnwindSafe(|| drop(make().build()))).map_err(|panic| Why::Build(text_of(&panic).to_owned()))
}

async fn create<F, B>(factory: F, session: &Session, db: B::Connection<'_>) -> Result<Vec<Spare>, Why>
where
    F: Factory + Create<B> + 'static,
    B: Backend,
{
    let work = Box::pin(async move {
        let rows = Rows::new(vec![factory], Scope::new(session.clone(), Ledger::counting(), 0));
        persist::models::<F, B>(rows, db).await.map(|(_, ledger)| ledger.spare())
    });
    match Caught::new(work).await {
        Ok(created) => created.map_err(Why::Create),
        Err(panic) => Err(Why::Panic(text_of(&panic).to_owned())),
    }
}
