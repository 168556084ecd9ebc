//! Children: rows that point back at the one that was just made. All of a kind are made in one go, for all rows of a batch.

use super::among::{Among, IntoAmong};
use super::{Context, Draft, Unrepeatable};
use crate::error::{BoxError, Error, Result, Stage};
use crate::persist::{Backend, BoxFuture, Brood, Create, Made, Make, Part, Record, Rows, Scope, Want};
use std::collections::HashMap;

/// The children that a caller has asked for, as the factories that make them.
#[derive(Debug)]
pub struct Children<F> {
    each: Vec<F>,
    refused: Option<Unrepeatable>,
}

impl<F: Draft> Children<F> {
    /// So many, with nothing overridden.
    pub fn new(n: usize) -> Self {
        (0..n).map(|_| Ok(F::empty())).collect()
    }

    /// The factories.
    ///
    /// # Errors
    /// One factory was to make several, and an attribute was overridden whose type is not `Clone`.
    pub(crate) fn into_factories(self) -> Result<Vec<F>, Unrepeatable> {
        match self.refused {
            Some(refused) => Err(refused),
            None => Ok(self.each),
        }
    }

    /// The same for another row: what is asked for in the first slot, else in the second.
    pub fn fork(slot: &Option<Self>, weaker: &Option<Self>, refused: &mut Option<Unrepeatable>) -> Option<Self> {
        let Self { each, refused: known } = slot.as_ref().or(weaker.as_ref())?;
        let mut copy: Self = each.iter().map(F::fork).collect();
        *refused = refused.or(copy.refused.take());
        Some(Self { refused: *known, ..copy })
    }
}

impl<F> FromIterator<Result<F, Unrepeatable>> for Children<F> {
    fn from_iter<I: IntoIterator<Item = Result<F, Unrepeatable>>>(rows: I) -> Self {
        let mut refused = None;
        let each = rows.into_iter().filter_map(|row| row.map_err(|error| refused = Some(error)).ok()).collect();
        Self { each, refused }
    }
}

/// What asks for children: their number, a factory for one, [`Times`](crate::factory::Times) of a factory, or several factories.
///
/// ```
/// # use manufactory::{Factory, Memory};
/// # #[derive(Debug, Clone, Factory)] #[factory(table = "users", has_many(posts: PostFactory, by = author))]
/// # struct User { #[factory(key)] id: i64 }
/// # #[derive(Debug, Clone, Factory)] #[factory(table = "posts")]
/// # struct Post { #[factory(key)] id: i64, #[factory(sub_factory(UserFactory))] author_id: i64, title: String }
/// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
/// # let mut db = Memory::new();
/// User::factory().posts(3).create(&mut db).await?; // so many
/// User::factory().posts(Post::factory().title("Hello")).create(&mut db).await?; // this one
/// User::factory().posts(Post::factory().title("Hello").times(2)).create(&mut db).await?; // so many of it
/// User::factory().posts([Post::factory().title("a"), Post::factory().title("b")]).create(&mut db).await?;
/// assert_eq!(db.count("posts"), 3 + 1 + 2 + 2);
/// # Ok::<(), manufactory::Error>(())
/// # }).unwrap();
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` makes no children with `{F}`",
    label = "expected a number, `{F}`, or so many of it",
    note = "pass a number (`.posts(3)`), a factory (`.posts(Post::factory())`), or several (`.posts(Post::factory().times(3))`)"
)]
pub trait IntoChildren<F> {
    /// The children.
    #[doc(hidden)]
    fn into_children(self) -> Children<F>;
}

#[diagnostic::do_not_recommend]
impl<F: Draft> IntoChildren<F> for usize {
    fn into_children(self) -> Children<F> {
        Children::new(self)
    }
}

#[diagnostic::do_not_recommend]
impl<F: Draft> IntoChildren<F> for F {
    fn into_children(self) -> Children<F> {
        Children { each: vec![self], refused: None }
    }
}

#[diagnostic::do_not_recommend]
impl<F: Draft> IntoChildren<F> for Vec<F> {
    fn into_children(self) -> Children<F> {
        Children { each: self, refused: None }
    }
}

#[diagnostic::do_not_recommend]
impl<F: Draft, const N: usize> IntoChildren<F> for [F; N] {
    fn into_children(self) -> Children<F> {
        Children { each: self.into(), refused: None }
    }
}

/// One kind of children. Written by the derive.
pub trait HasMany<const INDEX: usize>: Draft {
    /// Their factory.
    type Child: Draft;

    /// What they are called.
    const KIND: &'static str;

    /// Whether there may be only one.
    const ONE: bool = false;

    /// Takes out the children that were asked for, or are made when nothing is said.
    fn take(&mut self, cx: &Context<'_>) -> Children<Self::Child>;

    /// Points a child at its parent.
    fn wire(child: Self::Child, parent: &Self::Model) -> Self::Child;
}

/// Makes the children of one kind for all rows.
///
/// # Errors
/// What making them fails with, one step of the path added.
pub fn children<'c, F, const INDEX: usize, B>(brood: Brood<'_, F>, db: B::Connection<'c>) -> BoxFuture<'c, Result<()>>
where
    F: HasMany<INDEX>,
    F::Child: Create<B> + 'c,
    B: Backend,
{
    match ordered::<F, INDEX>(brood) {
        Ok(rows) if rows.is_empty() => Box::pin(std::future::ready(Ok(()))),
        Ok(rows) => make(rows, db, F::KIND),
        Err(error) => Box::pin(std::future::ready(Err(error))),
    }
}

fn ordered<F: HasMany<INDEX>, const INDEX: usize>(brood: Brood<'_, F>) -> Result<Rows<F::Child>> {
    let Brood { parents, frame } = brood;
    let (mut orders, mut whose) = (Vec::new(), Vec::new());
    for (place, model, family) in parents {
        let cx = Context::new(frame.scope().session(), frame.turn(place));
        let sharing = family.sharing().clone();
        let children = family.take(&cx).into_factories().map_err(Unrepeatable::of::<F::Child>)?;
        if F::ONE && children.len() > 1 {
            let why = format!(
                "`{}` is one, and {} were asked for; ask for one, or declare `has_many`",
                F::KIND,
                children.len()
            );
            return Err(Error::new(Stage::Resolve, F::NAME, why).attribute(F::KIND));
        }
        for child in children {
            let mut child = F::wire(child, model);
            child.sharing().inherit(&sharing);
            orders.push(child);
            whose.push(frame.row(place));
        }
    }
    Ok(below(orders, &whose, frame.scope(), F::KIND))
}

/// Rows that others have asked for, each with the number of that one.
fn below<F: Draft>(orders: Vec<F>, whose: &[usize], scope: &Scope, relation: &'static str) -> Rows<F> {
    let rows = Rows::new(orders, scope.below(relation, F::NAME, Part::Child));
    if let Some(mut tree) = scope.ledger().tree() {
        for (i, parent) in whose.iter().enumerate() {
            tree.child(*parent, rows.frame().row(i));
        }
    }
    rows
}

/// Makes rows that nobody holds, and keeps their models where somebody wants to see them.
fn make<'c, F, B>(rows: Rows<F>, db: B::Connection<'c>, relation: &'static str) -> BoxFuture<'c, Result<()>>
where
    F: Draft + Create<B> + 'c,
    B: Backend,
{
    let (scope, first) = (rows.scope().clone(), rows.frame().row(0));
    let want = if scope.ledger().keeps_models() { Want::Models } else { Want::Keys };
    Box::pin(async move {
        let made = F::make(rows, db, want).await.map_err(|error| error.within(relation))?;
        keep(made.into_iter().filter_map(Made::into_model), first, &scope, F::kept());
        Ok(())
    })
}

fn keep<M>(models: impl Iterator<Item = M>, first: usize, scope: &Scope, kept: Option<crate::persist::Kept<M>>) {
    if let (Some(mut tree), Some(kept)) = (scope.ledger().tree(), kept) {
        for (i, model) in models.enumerate() {
            tree.keep(first + i, &kept, model);
        }
    }
}

/// The far ends of a row's links: to be made, or there already.
#[derive(Debug)]
pub enum Ends<F: Record> {
    /// These factories make them.
    Make(Children<F>),
    /// These.
    Given(Among<F::Model>),
}

impl<F: Draft> Ends<F> {
    /// The same for another row: what is asked for in the first slot, else in the second.
    pub fn fork(slot: &Option<Self>, weaker: &Option<Self>, refused: &mut Option<Unrepeatable>) -> Option<Self> {
        match slot.as_ref().or(weaker.as_ref())? {
            Self::Make(children) => {
                let mut copy: Children<F> = children.each.iter().map(F::fork).collect();
                *refused = refused.or(copy.refused.take());
                Some(Self::Make(Children { refused: children.refused, ..copy }))
            }
            Self::Given(among) => Some(Self::Given(among.clone())),
        }
    }
}

/// What the far ends of links can be given as: all that children can, or existing models: `.tags(&tags)`,
/// `.tags(among(&tags).sample(3))`.
///
/// ```
/// # use manufactory::{Factory, Memory, among};
/// # #[derive(Debug, Clone, Factory)]
/// # #[factory(many_to_many(tags: TagFactory, through = PostTagFactory(post, tag)))]
/// # struct Post { #[factory(key)] id: i64 }
/// # #[derive(Debug, Clone, Factory)]
/// # struct Tag { #[factory(key)] id: i64, name: String }
/// # #[derive(Debug, Factory)]
/// # struct PostTag { #[factory(sub_factory(PostFactory))] post_id: i64, #[factory(sub_factory(TagFactory))] tag_id: i64 }
/// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
/// # let mut db = Memory::new();
/// let tags = Tag::factory().create_batch(&mut db, 5).await?;
/// Post::factory().tags(&tags).create(&mut db).await?; // all of these
/// Post::factory().tags(among(&tags).sample(3)).create(&mut db).await?; // some of these
/// Post::factory().tags(2).create(&mut db).await?; // new ones
/// Post::factory().tags(Tag::factory().name("rust")).create(&mut db).await?; // a new one
/// assert_eq!((db.count("Tag"), db.count("PostTag")), (5 + 2 + 1, 5 + 3 + 2 + 1));
/// # Ok::<(), manufactory::Error>(())
/// # }).unwrap();
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is nothing to link to by `{F}`",
    label = "expected a number, `{F}`, so many of it, or its models",
    note = "pass a number (`.tags(3)`), factories (`.tags(Tag::factory().times(3))`), or models that are there (`.tags(&tags)`)"
)]
pub trait IntoEnds<F: Record> {
    /// The ends.
    #[doc(hidden)]
    fn into_ends(self) -> Ends<F>;
}

macro_rules! made {
    ($([$($const:tt)*] $ends:ty),*) => {$(
        #[diagnostic::do_not_recommend]
        impl<F: Draft $($const)*> IntoEnds<F> for $ends {
            fn into_ends(self) -> Ends<F> {
                Ends::Make(self.into_children())
            }
        }
    )*};
}
made! { [] usize, [] F, [] Vec<F>, [, const N: usize] [F; N] }

macro_rules! given {
    ($([$($const:tt)*] $ends:ty),*) => {$(
        #[diagnostic::do_not_recommend]
        impl<M: Clone, F: Record<Model = M> $($const)*> IntoEnds<F> for $ends {
            fn into_ends(self) -> Ends<F> {
                Ends::Given(self.choose(M::clone))
            }
        }
    )*};
}
given! { [] &[M], [] &Vec<M>, [, const N: usize] &[M; N], [] Among<M> }

/// Rows linked to others through a table between them. Written by the derive.
pub trait Through<const INDEX: usize>: Draft {
    /// The factory of the far ends.
    type There: Draft;

    /// The factory of the rows between.
    type Join: Draft;

    /// What the far ends are called.
    const LINKS: &'static str;

    /// Takes out the ends that were asked for, or are made when nothing is said.
    fn take(&mut self, cx: &Context<'_>) -> Ends<Self::There>;

    /// A row between that points here.
    fn here(parent: &Self::Model) -> Self::Join;

    /// Points it there.
    fn there(join: Self::Join, end: &<Self::There as Record>::Model) -> Self::Join;

    /// Whether two ends are the same row.
    fn is_same_end(a: &<Self::There as Record>::Model, b: &<Self::There as Record>::Model) -> bool;
}

/// Makes the far ends of one kind of links for all rows, and the rows between.
///
/// # Errors
/// What making them fails with, one step of the path added.
pub fn through<'c, F, const INDEX: usize, B>(
    brood: Brood<'_, F>,
    mut db: B::Connection<'c>,
) -> BoxFuture<'c, Result<()>>
where
    F: Through<INDEX>,
    F::There: Create<B> + 'c,
    F::Join: Create<B> + 'c,
    B: Backend,
{
    let Links { ends, open, done, scope } = match links::<F, INDEX>(brood) {
        Ok(links) => links,
        Err(error) => return Box::pin(std::future::ready(Err(error))),
    };
    Box::pin(async move {
        let (mut joins, mut whose): (Vec<_>, Vec<_>) = done.into_iter().unzip();
        if !ends.is_empty() {
            let first = ends.frame().row(0);
            let made = F::There::make(ends, B::reborrow(&mut db), Want::Models).await;
            let made = made.map_err(|error| error.within(F::LINKS))?;
            let models: Vec<_> = made.into_iter().filter_map(Made::into_model).collect();
            let mut linked: HashMap<usize, Vec<&<F::There as Record>::Model>> = HashMap::new();
            for ((join, row), end) in open.into_iter().zip(&models) {
                // Those that were to be made may be there already, and the same.
                let ends = linked.entry(row).or_default();
                if F::There::LOOKUP.is_none() || !ends.iter().any(|known| F::is_same_end(known, end)) {
                    ends.push(end);
                    joins.push(F::there(join, end));
                    whose.push(row);
                }
            }
            keep(models.into_iter(), first, &scope, F::There::kept());
        }
        if joins.is_empty() {
            return Ok(());
        }
        make(below(joins, &whose, &scope, F::LINKS), db, F::LINKS).await
    })
}

struct Links<T, J> {
    /// The far ends that have to be made.
    ends: Rows<T>,
    /// For each of them the row between, and the number of the row it comes from.
    open: Vec<(J, usize)>,
    /// Rows between that point both ways.
    done: Vec<(J, usize)>,
    scope: Scope,
}

fn links<F: Through<INDEX>, const INDEX: usize>(brood: Brood<'_, F>) -> Result<Links<F::There, F::Join>> {
    let Brood { parents, frame } = brood;
    let (mut ends, mut open, mut done) = (Vec::new(), Vec::new(), Vec::new());
    for (place, model, family) in parents {
        let cx = Context::new(frame.scope().session(), frame.turn(place));
        let sharing = family.sharing().clone();
        let join = || {
            let mut join = F::here(model);
            join.sharing().inherit(&sharing);
            (join, frame.row(place))
        };
        match family.take(&cx) {
            Ends::Make(children) => {
                for mut end in children.into_factories().map_err(Unrepeatable::of::<F::There>)? {
                    end.sharing().inherit(&sharing);
                    ends.push(end);
                    open.push(join());
                }
            }
            Ends::Given(among) => {
                let given = among.sampled(&mut cx.stream(crate::session::hash(F::LINKS)));
                let refused = |why: &str| Error::new(Stage::Resolve, F::NAME, BoxError::from(why)).attribute(F::LINKS);
                let given = given.ok_or_else(|| refused("there is nothing to choose from; give at least one model"))?;
                let mut distinct: Vec<<F::There as Record>::Model> = Vec::with_capacity(given.len());
                for end in given {
                    // The same pair twice is no second link.
                    if !distinct.iter().any(|known| F::is_same_end(known, &end)) {
                        distinct.push(end);
                    }
                }
                for end in &distinct {
                    let (join, row) = join();
                    done.push((F::there(join, end), row));
                }
            }
        }
    }
    let whose: Vec<_> = open.iter().map(|(_, row)| *row).collect();
    let ends = below(ends, &whose, frame.scope(), F::LINKS);
    Ok(Links { ends, open, done, scope: frame.scope().clone() })
}
