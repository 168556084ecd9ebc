//! What follows when rows are stored: the users' hooks, then their children. Knows no backend's ways.

use super::hook::Within;
use super::lookup::{self, Inserted};
use super::{Draft, Unrepeatable};
use crate::error::{Error, Result, Stage};
use crate::persist::{Backend, BoxFuture, Brood, Frame, Made, Persist, Rows, Scope, Want, Watched};

/// Stores rows, runs their hooks, and makes their children.
///
/// # Errors
/// What the backend or a hook fails with.
pub fn store<'c, F, B>(mut rows: Rows<F>, mut db: B::Connection<'c>, want: Want) -> BoxFuture<'c, Result<Vec<Made<F>>>>
where
    F: Draft + Persist<B> + 'c,
    B: Backend,
{
    Box::pin(async move {
        let mut after = After::of(&mut rows)?;
        let (frame, places) = (rows.frame().clone(), rows.places());
        let want = if after.is_nothing() { want } else { Want::Models };
        let made: Vec<Inserted<F>> = if F::LOOKUP.is_some() {
            lookup::insert(rows, B::reborrow(&mut db), want).await?
        } else {
            let made = F::insert(rows, B::reborrow(&mut db), want).await?;
            made.into_iter().map(|made| (made, true)).collect()
        };
        if after.is_nothing() {
            return Ok(made.into_iter().map(|(made, _)| made).collect());
        }
        after.forget_found(&made);
        let mut models = models(made)?;
        after.hooks::<B>(&mut models, frame.scope(), B::reborrow(&mut db)).await?;
        for index in 0..F::CHILDREN {
            let children = F::children(index, after.brood(&models, &places, &frame), B::reborrow(&mut db));
            children.await?;
        }
        Ok(models.into_iter().map(Made::Model).collect())
    })
}

/// What is to be done for each row.
struct After<F> {
    /// The factory of each row with all that is filled in, for its hook.
    hooks: Vec<Option<F>>,
    /// The factory of each row with its children.
    children: Vec<Option<F>>,
}

impl<F: Draft> After<F> {
    fn of(rows: &mut Rows<F>) -> Result<Self> {
        let children = rows.drafts_mut().iter_mut().map(F::offspring).collect();
        let hooks =
            if F::HOOKED { rows.drafts().iter().map(|draft| draft.fork().map(Some)).collect() } else { Ok(Vec::new()) };
        Ok(Self { hooks: hooks.map_err(Unrepeatable::of::<F>)?, children })
    }

    fn is_nothing(&self) -> bool {
        self.hooks.is_empty() && self.children.iter().all(Option::is_none)
    }

    /// Somebody else has made these rows, and their children.
    fn forget_found(&mut self, made: &[Inserted<F>]) {
        for (i, _) in made.iter().enumerate().filter(|(_, (_, inserted))| !inserted) {
            for list in [&mut self.hooks, &mut self.children] {
                if let Some(after) = list.get_mut(i) {
                    *after = None;
                }
            }
        }
    }

    async fn hooks<B>(&mut self, models: &mut [F::Model], scope: &Scope, mut db: B::Connection<'_>) -> Result<()>
    where
        F: Persist<B>,
        B: Backend,
    {
        let len = models.len();
        for (i, (model, factory)) in models.iter_mut().zip(&mut self.hooks).enumerate() {
            let Some(factory) = factory.take() else { continue };
            let hook = factory.hook(model, B::reborrow(&mut db));
            let hook = Within::new(scope.session().clone(), scope.hooks() + 1, hook);
            let done = Watched::new(scope, hook).await;
            done.map_err(|why| Error::new(Stage::AfterCreate, F::NAME, why).at(i, len))?;
        }
        Ok(())
    }

    fn brood<'b>(&'b mut self, models: &'b [F::Model], places: &[usize], frame: &'b Frame) -> Brood<'b, F> {
        let parents = places.iter().copied().zip(models).zip(&mut self.children);
        let parents = parents.filter_map(|((place, model), children)| Some((place, model, children.as_mut()?)));
        Brood { parents: parents.collect(), frame }
    }
}

fn models<F: Draft>(made: Vec<Inserted<F>>) -> Result<Vec<F::Model>> {
    let models: Option<Vec<_>> = made.into_iter().map(|(made, _)| made.into_model()).collect();
    models.ok_or_else(|| Error::new(Stage::Read, F::NAME, "fewer rows came back than were written"))
}
