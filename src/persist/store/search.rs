//! Rows that a store is asked for, because they may be there already. Knows the factory's type, and hides it from the store.

use super::super::{Made, Overlay, Read, Record, Row, Values};
use crate::error::{BoxError, Error, Result};
use std::any::{Any, TypeId};
use std::fmt;

/// Rows of one factory that `get_or_create` asks a [`Store`](crate::Store) for, each by the values of some columns.
///
/// ```
/// # use manufactory::{Batch, BoxError, Factory, Search, Store, async_trait};
/// # #[derive(Debug, Clone, Factory)]
/// # #[factory(table = "countries", get_or_create(code))]
/// # struct Country { #[factory(key)] id: i64, #[factory(value("KR"))] code: String }
/// # struct Atlas;
/// # #[async_trait]
/// # impl Store for Atlas {
/// #     async fn insert(&mut self, batch: &mut Batch<'_>) -> Result<(), BoxError> { batch.complete(); Ok(()) }
/// #     async fn find(&mut self, search: &mut Search<'_>) -> Result<(), BoxError> {
/// for row in 0..search.len() {
///     if search.row(row).get("code") == Some(&"KR".into()) {
///         search.found_model(row, Country { id: 7, code: "KR".to_owned() })?;
///     }
/// }
/// # Ok(())
/// #     }
/// # }
/// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
/// let korea = Country::factory().create(&mut Atlas).await?;
/// assert_eq!(korea.id, 7); // it was there
/// # Ok::<(), manufactory::Error>(())
/// # }).unwrap();
/// ```
pub struct Search<'s> {
    asked: &'s mut (dyn Asked + 's),
}

impl<'s> Search<'s> {
    pub(super) fn new(asked: &'s mut (dyn Asked + 's)) -> Self {
        Self { asked }
    }

    /// The model's name: `"Country"`.
    ///
    /// ```
    /// # use manufactory::{Batch, BoxError, Factory, Search, Store, async_trait};
    /// # #[derive(Debug, Clone, Factory)]
    /// # #[factory(table = "countries", get_or_create(code))]
    /// # struct Country { #[factory(key)] id: i64, #[factory(value("KR"))] code: String }
    /// # struct Atlas;
    /// # #[async_trait]
    /// # impl Store for Atlas {
    /// #     async fn insert(&mut self, batch: &mut Batch<'_>) -> Result<(), BoxError> { batch.complete(); Ok(()) }
    /// #     async fn find(&mut self, search: &mut Search<'_>) -> Result<(), BoxError> {
    /// assert_eq!(search.factory(), "Country");
    /// #         Ok(())
    /// #     }
    /// # }
    /// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(Country::factory().create(&mut Atlas)).unwrap();
    /// ```
    pub fn factory(&self) -> &'static str {
        self.asked.name()
    }

    /// The model's table, where it has one.
    ///
    /// ```
    /// # use manufactory::{Batch, BoxError, Factory, Search, Store, async_trait};
    /// # #[derive(Debug, Clone, Factory)]
    /// # #[factory(table = "countries", get_or_create(code))]
    /// # struct Country { #[factory(key)] id: i64, #[factory(value("KR"))] code: String }
    /// # struct Atlas;
    /// # #[async_trait]
    /// # impl Store for Atlas {
    /// #     async fn insert(&mut self, batch: &mut Batch<'_>) -> Result<(), BoxError> { batch.complete(); Ok(()) }
    /// #     async fn find(&mut self, search: &mut Search<'_>) -> Result<(), BoxError> {
    /// assert_eq!(search.table(), Some("countries"));
    /// #         Ok(())
    /// #     }
    /// # }
    /// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(Country::factory().create(&mut Atlas)).unwrap();
    /// ```
    pub fn table(&self) -> Option<&'static str> {
        self.asked.table()
    }

    /// The columns by whose values rows are looked for.
    ///
    /// ```
    /// # use manufactory::{Batch, BoxError, Factory, Search, Store, async_trait};
    /// # #[derive(Debug, Clone, Factory)]
    /// # #[factory(table = "countries", get_or_create(code))]
    /// # struct Country { #[factory(key)] id: i64, #[factory(value("KR"))] code: String }
    /// # struct Atlas;
    /// # #[async_trait]
    /// # impl Store for Atlas {
    /// #     async fn insert(&mut self, batch: &mut Batch<'_>) -> Result<(), BoxError> { batch.complete(); Ok(()) }
    /// #     async fn find(&mut self, search: &mut Search<'_>) -> Result<(), BoxError> {
    /// assert_eq!(search.columns(), ["code"]);
    /// #         Ok(())
    /// #     }
    /// # }
    /// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(Country::factory().create(&mut Atlas)).unwrap();
    /// ```
    pub fn columns(&self) -> &'static [&'static str] {
        self.asked.columns()
    }

    /// How many rows are looked for.
    ///
    /// ```
    /// # use manufactory::{Batch, BoxError, Factory, Search, Store, async_trait};
    /// # #[derive(Debug, Clone, Factory)]
    /// # #[factory(table = "countries", get_or_create(code))]
    /// # struct Country { #[factory(key)] id: i64, #[factory(value("KR"))] code: String }
    /// # struct Atlas;
    /// # #[async_trait]
    /// # impl Store for Atlas {
    /// #     async fn insert(&mut self, batch: &mut Batch<'_>) -> Result<(), BoxError> { batch.complete(); Ok(()) }
    /// #     async fn find(&mut self, search: &mut Search<'_>) -> Result<(), BoxError> {
    /// assert_eq!(search.len(), 1);
    /// #         Ok(())
    /// #     }
    /// # }
    /// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(Country::factory().create(&mut Atlas)).unwrap();
    /// ```
    pub fn len(&self) -> usize {
        self.asked.len()
    }

    /// Whether nothing is looked for, which does not happen.
    ///
    /// ```
    /// # use manufactory::{Batch, BoxError, Factory, Search, Store, async_trait};
    /// # #[derive(Debug, Clone, Factory)]
    /// # #[factory(table = "countries", get_or_create(code))]
    /// # struct Country { #[factory(key)] id: i64, #[factory(value("KR"))] code: String }
    /// # struct Atlas;
    /// # #[async_trait]
    /// # impl Store for Atlas {
    /// #     async fn insert(&mut self, batch: &mut Batch<'_>) -> Result<(), BoxError> { batch.complete(); Ok(()) }
    /// #     async fn find(&mut self, search: &mut Search<'_>) -> Result<(), BoxError> {
    /// assert!(!search.is_empty());
    /// #         Ok(())
    /// #     }
    /// # }
    /// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(Country::factory().create(&mut Atlas)).unwrap();
    /// ```
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The values that a row is to have in the [columns](Search::columns); the row counted from 0.
    ///
    /// ```
    /// # use manufactory::{Batch, BoxError, Factory, Search, Store, async_trait};
    /// # #[derive(Debug, Clone, Factory)]
    /// # #[factory(table = "countries", get_or_create(code))]
    /// # struct Country { #[factory(key)] id: i64, #[factory(value("KR"))] code: String }
    /// # struct Atlas;
    /// # #[async_trait]
    /// # impl Store for Atlas {
    /// #     async fn insert(&mut self, batch: &mut Batch<'_>) -> Result<(), BoxError> { batch.complete(); Ok(()) }
    /// #     async fn find(&mut self, search: &mut Search<'_>) -> Result<(), BoxError> {
    /// assert_eq!(search.row(0).get("code"), Some(&"KR".into()));
    /// #         Ok(())
    /// #     }
    /// # }
    /// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(Country::factory().create(&mut Atlas)).unwrap();
    /// ```
    pub fn row(&self, row: usize) -> Values {
        self.asked.row(row)
    }

    /// There is such a row: all its columns.
    ///
    /// ```
    /// # use manufactory::persist::Values;
    /// # use manufactory::{Batch, BoxError, Factory, Search, Store, async_trait};
    /// # #[derive(Debug, Clone, Factory)]
    /// # #[factory(get_or_create(code))]
    /// # struct Country { #[factory(key)] id: i64, #[factory(value("KR"))] code: String }
    /// # struct Rows(Vec<Values>);
    /// # #[async_trait]
    /// # impl Store for Rows {
    /// #     async fn insert(&mut self, batch: &mut Batch<'_>) -> Result<(), BoxError> {
    /// #         batch.complete();
    /// #         self.0 = batch.rows();
    /// #         Ok(())
    /// #     }
    /// #     async fn find(&mut self, search: &mut Search<'_>) -> Result<(), BoxError> {
    /// // `self.0` has the rows that were inserted, as `Batch::rows` gave them.
    /// let wanted = search.row(0);
    /// if let Some(known) = self.0.iter().find(|known| known.get("code") == wanted.get("code")) {
    ///     search.found(0, known.clone())?;
    /// }
    /// #         Ok(())
    /// #     }
    /// # }
    /// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
    /// # let mut rows = Rows(Vec::new());
    /// # let korea = Country::factory().create(&mut rows).await.unwrap();
    /// # assert_eq!(Country::factory().create(&mut rows).await.unwrap().id, korea.id);
    /// # });
    /// ```
    ///
    /// # Errors
    /// There is no such row in the search. Whether the values fit the model shows afterwards.
    pub fn found(&mut self, row: usize, values: Values) -> Result<(), BoxError> {
        if self.asked.found(row, values) { Ok(()) } else { Err(self.no_row(row)) }
    }

    /// There is such a row: its model.
    ///
    /// ```
    /// # use manufactory::{Batch, BoxError, Factory, Search, Store, async_trait};
    /// # #[derive(Debug, Clone, Factory)]
    /// # #[factory(table = "countries", get_or_create(code))]
    /// # struct Country { #[factory(key)] id: i64, #[factory(value("KR"))] code: String }
    /// # struct Atlas;
    /// # #[async_trait]
    /// # impl Store for Atlas {
    /// #     async fn insert(&mut self, batch: &mut Batch<'_>) -> Result<(), BoxError> { batch.complete(); Ok(()) }
    /// #     async fn find(&mut self, search: &mut Search<'_>) -> Result<(), BoxError> {
    /// search.found_model(0, Country { id: 7, code: "KR".to_owned() })?;
    /// #         Ok(())
    /// #     }
    /// # }
    /// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(Country::factory().create(&mut Atlas)).unwrap();
    /// ```
    ///
    /// # Errors
    /// There is no such row in the search, or it is of another type.
    pub fn found_model<M: 'static>(&mut self, row: usize, model: M) -> Result<(), BoxError> {
        if self.asked.model() != TypeId::of::<M>() {
            let model = super::super::values::short(std::any::type_name::<M>());
            return Err(format!("a row of `{}` is looked for, and `{model}` was found", self.factory()).into());
        }
        if self.asked.found_model(row, &mut Some(model)) { Ok(()) } else { Err(self.no_row(row)) }
    }

    fn no_row(&self, row: usize) -> BoxError {
        format!("there is no row {row} in a search for {}", self.len()).into()
    }
}

impl fmt::Debug for Search<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Search").field("factory", &self.factory()).field("len", &self.len()).finish_non_exhaustive()
    }
}

/// A search whose factory nobody has to know.
pub(super) trait Asked: Send {
    fn name(&self) -> &'static str;
    fn table(&self) -> Option<&'static str>;
    fn columns(&self) -> &'static [&'static str];
    fn len(&self) -> usize;
    fn model(&self) -> TypeId;
    fn row(&self, row: usize) -> Values;
    fn found(&mut self, row: usize, values: Values) -> bool;

    /// Takes the model out of an `Option<M>`.
    fn found_model(&mut self, row: usize, model: &mut dyn Any) -> bool;
}

/// The rows of one factory.
pub(super) struct Wanted<F: Record> {
    drafts: Vec<F>,
    columns: &'static [&'static str],
    found: Vec<Answer<F::Model>>,
}

enum Answer<M> {
    None,
    Values(Values),
    Model(M),
}

impl<F: Record + Row<Values> + Read<Overlay>> Wanted<F> {
    pub(super) fn new(drafts: Vec<F>, columns: &'static [&'static str]) -> Self {
        let found = drafts.iter().map(|_| Answer::None).collect();
        Self { drafts, columns, found }
    }

    /// The model of each row that is there, the draft of each that is not.
    pub(super) fn finish(self) -> Result<Vec<Made<F>>> {
        let len = self.drafts.len();
        let answers = self.drafts.into_iter().zip(self.found).enumerate().map(|(i, (draft, found))| match found {
            Answer::None => Ok(Made::Draft(draft)),
            Answer::Model(model) => Ok(Made::Model(model)),
            Answer::Values(values) => {
                let model = draft.read(&mut Overlay::of::<F>(values));
                model.map(Made::Model).map_err(|error: Error| error.at(i, len))
            }
        });
        answers.collect()
    }
}

impl<F> Asked for Wanted<F>
where
    F: Record<Model: Send + 'static> + Row<Values> + Read<Overlay> + Send,
{
    fn name(&self) -> &'static str {
        F::NAME
    }

    fn table(&self) -> Option<&'static str> {
        F::TABLE
    }

    fn columns(&self) -> &'static [&'static str] {
        self.columns
    }

    fn len(&self) -> usize {
        self.drafts.len()
    }

    fn model(&self) -> TypeId {
        TypeId::of::<F::Model>()
    }

    fn row(&self, row: usize) -> Values {
        let mut values = Values::of::<F>();
        if let Some(draft) = self.drafts.get(row) {
            draft.write(&mut values);
        }
        values.retain(|column| self.columns.contains(&column));
        values
    }

    fn found(&mut self, row: usize, values: Values) -> bool {
        self.found.get_mut(row).map(|found| *found = Answer::Values(values)).is_some()
    }

    fn found_model(&mut self, row: usize, model: &mut dyn Any) -> bool {
        let model = model.downcast_mut::<Option<F::Model>>().and_then(Option::take);
        self.found.get_mut(row).zip(model).map(|(found, model)| *found = Answer::Model(model)).is_some()
    }
}
