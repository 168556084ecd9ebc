//! What there is to know of a server and a table: whether it gives back what was inserted, how it counts, and the types of
//! the columns. Inserts nothing.

use super::text::Text;
use crate::error::{Result, Stage};
use crate::persist::sql::drafts::Form;
use crate::persist::sql::engine::{Binding, Engine, Statement};
use crate::persist::{Column, Db};
use crate::profile::Statements;
use std::collections::HashMap;

/// One table.
#[derive(Default)]
pub(super) struct Survey {
    /// Whether the server is a MariaDB, which has RETURNING.
    pub(super) mariadb: bool,
    /// The distance between keys that are assigned one after the other.
    pub(super) increment: i64,
    counted: Option<String>,
    columns: HashMap<String, Kind>,
}

/// What a value has to become to be compared with a column.
pub(super) enum Kind {
    /// A text in this character set and collation.
    Text { charset: String, collation: String },
    /// A number.
    Integer { unsigned: bool },
    /// Bytes.
    Bytes,
    /// What it is.
    Other,
}

impl Survey {
    pub(super) async fn take<E: Engine>(
        mut db: Db<'_, E>,
        form: Form,
        text: &Text,
        statements: &Statements,
        stage: Stage,
    ) -> Result<Self> {
        statements.sent();
        let (asked, mut survey) = (text.survey(), Self { increment: 1, ..Self::default() });
        let found = &mut survey;
        let columns =
            E::fetch(
                E::reborrow(&mut db),
                Statement::lasting(&asked),
                E::Binds::all(0),
                |row| Ok(found.read::<E>(row)),
            );
        let failed = form.failed(stage);
        columns.await.map_err(&failed)??.into_iter().collect::<Result<(), _>>().map_err(failed)?;
        Ok(survey)
    }

    fn read<E: Engine>(&mut self, row: &E::Row<'_, '_>) -> Result<(), E::Error> {
        let text = |place| Ok::<_, E::Error>(E::text(row, place)?.unwrap_or_default());
        self.mariadb = text(0)?.contains("MariaDB");
        self.increment = E::int(row, 1)?.unwrap_or(1).max(1);
        let (name, kind, unsigned) = (text(2)?, text(3)?.to_lowercase(), E::int(row, 4)? == Some(1));
        if E::int(row, 5)? == Some(1) {
            self.counted = Some(name.clone());
        }
        let kind = match (E::text(row, 6)?, E::text(row, 7)?) {
            (Some(charset), Some(collation)) if charset != "binary" => Kind::Text { charset, collation },
            _ if kind.ends_with("int") => Kind::Integer { unsigned },
            _ if kind.ends_with("binary") || kind.ends_with("blob") => Kind::Bytes,
            _ => Kind::Other,
        };
        self.columns.insert(name.to_lowercase(), kind);
        Ok(())
    }

    /// Whether the database counts this column up.
    pub(super) fn counts(&self, text: &Text, column: &'static Column) -> bool {
        self.counted.as_ref().is_some_and(|counted| counted.eq_ignore_ascii_case(text.names.plain(column)))
    }

    /// What a value has to become to be compared with this column.
    pub(super) fn kind(&self, text: &Text, column: &'static Column) -> Option<&Kind> {
        self.columns.get(&text.names.plain(column).to_lowercase())
    }
}
