//! What there is to know of a table: the types of its columns, what fills those that are left open, and what may happen
//! to its rows. Inserts nothing.

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
    columns: HashMap<String, Facts>,
    eventful: bool,
    custom: bool,
}

/// One column.
pub(super) struct Facts {
    /// Its type, as SQL spells it.
    pub(super) kind: String,
    /// Whether its values are those of an enum: a text is none of them without a cast.
    pub(super) is_enum: bool,
    /// What fills it where a row leaves it open.
    pub(super) default: Option<String>,
    /// Whether it may be NULL.
    pub(super) nullable: bool,
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
        let (asked, mut survey) = (text.survey(), Self::default());
        let found = &mut survey;
        let columns = E::fetch(E::reborrow(&mut db), Statement::lasting(&asked), E::Binds::all(0), |row| {
            Ok((|| {
                found.eventful |= flag::<E>(row, 5)?;
                found.custom |= flag::<E>(row, 6)?;
                let facts = Facts {
                    kind: E::text(row, 1)?.unwrap_or_default(),
                    is_enum: flag::<E>(row, 2)?,
                    default: E::text(row, 3)?,
                    nullable: flag::<E>(row, 4)?,
                };
                Ok::<_, E::Error>((E::text(row, 0)?.unwrap_or_default(), facts))
            })())
        });
        let failed = form.failed(stage);
        let columns = columns.await.map_err(&failed)??.into_iter().collect::<Result<_, _>>().map_err(&failed)?;
        survey.columns = columns;
        if E::LEARNS_TYPES && survey.custom {
            statements.sent();
            let nothing = format!("{} limit 0", text.all::<E>(&survey));
            let asked = E::fetch(E::reborrow(&mut db), Statement::lasting(&nothing), E::Binds::all(0), |_| Ok(()));
            asked.await.map_err(failed)??;
        }
        Ok(survey)
    }

    /// What is known of a column.
    pub(super) fn facts(&self, text: &Text, column: &'static Column) -> Option<&Facts> {
        self.columns.get(as_kept(text.names.plain(column)))
    }

    /// Whether a trigger or a rule may change rows after they were given back.
    pub(super) fn is_eventful(&self) -> bool {
        self.eventful
    }
}

impl Facts {
    /// Whether the column holds integers.
    pub(super) fn is_integer(&self) -> bool {
        matches!(&*self.kind, "smallint" | "integer" | "bigint")
    }
}

/// A name as Postgres keeps it: of a longer one the rest is cut off, wherever it stands.
fn as_kept(name: &str) -> &str {
    const BYTES: usize = 63;
    let end = (0..=BYTES.min(name.len())).rev().find(|end| name.is_char_boundary(*end));
    &name[..end.unwrap_or_default()]
}

pub(super) fn flag<E: Engine>(row: &E::Row<'_, '_>, place: usize) -> Result<bool, E::Error> {
    Ok(E::int(row, place)?.unwrap_or_default() != 0)
}

#[cfg(test)]
mod tests {
    use super::as_kept;

    #[test]
    fn a_long_name_is_cut_before_the_character_that_does_not_fit() {
        assert_eq!(as_kept("id"), "id");
        assert_eq!(as_kept(&"é".repeat(40)), "é".repeat(31));
        assert_eq!(as_kept(&"a".repeat(64)), "a".repeat(63));
    }
}
