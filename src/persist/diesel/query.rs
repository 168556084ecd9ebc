//! A statement as Diesel runs it: text with a value in each hole. Knows neither its meaning nor its database.

use super::Binds;
use crate::persist::sql::engine::{HOLE, Statement};
use ::diesel::QueryResult;
use ::diesel::backend::Backend;
use ::diesel::query_builder::{AstPass, Query as AsksFor, QueryFragment, QueryId};
use ::diesel::result::Error;
use ::diesel::sql_types::Untyped;

/// A value on its way into a statement.
pub trait Bind<DB: Backend> {
    /// Puts it where the statement is.
    ///
    /// # Errors
    /// It cannot be turned into what the database takes.
    fn put<'b>(&'b self, pass: AstPass<'_, 'b, DB>) -> QueryResult<()>;
}

/// A statement with its values.
pub struct Query<'q, DB: Backend> {
    /// The text between the holes: Diesel walks through it several times.
    parts: Vec<&'q str>,
    lasting: bool,
    binds: Vec<Box<dyn Bind<DB> + Send + 'q>>,
}

impl<'q, DB: Backend> Query<'q, DB> {
    /// This one.
    pub fn new(statement: Statement<'q>, binds: Binds<'q, DB>) -> Self {
        let binds = binds.into_values();
        let mut parts = Vec::with_capacity(binds.len() + 1);
        parts.extend(statement.text.split(HOLE));
        Self { parts, lasting: statement.lasting, binds }
    }
}

impl<DB: Backend> QueryFragment<DB> for Query<'_, DB> {
    fn walk_ast<'b>(&'b self, mut pass: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        if !self.lasting {
            pass.unsafe_to_cache_prepared();
        }
        let mut binds = self.binds.iter();
        for (i, text) in self.parts.iter().enumerate() {
            if i > 0 {
                let bind = binds.next();
                let missing = || Error::QueryBuilderError("a statement has more holes than values".into());
                bind.ok_or_else(missing)?.put(pass.reborrow())?;
            }
            pass.push_sql(text);
        }
        Ok(())
    }
}

impl<DB: Backend> QueryId for Query<'_, DB> {
    type QueryId = ();

    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<DB: Backend> AsksFor for Query<'_, DB> {
    type SqlType = Untyped;
}

impl<C, DB: Backend> ::diesel::RunQueryDsl<C> for Query<'_, DB> {}
