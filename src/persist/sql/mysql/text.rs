//! The statements, as text, from names and numbers of rows. Runs none of them.

use super::QUOTES;
use super::survey::{Kind, Survey};
use crate::persist::Column;
use crate::persist::sql::drafts::Form;
use crate::persist::sql::engine::HOLE;
use crate::persist::sql::names::{Names, rows_of};
use std::fmt::Write;

/// The statements of one factory.
pub(super) struct Text {
    pub(super) names: Names,
}

impl Text {
    pub(super) fn of(form: Form) -> Self {
        Self { names: Names::of(form, QUOTES) }
    }

    /// What there is to know of the server and the table: a row for each of its columns.
    pub(super) fn survey(&self) -> String {
        let table = &self.names.table;
        let schema = table.schema.as_ref().map_or_else(|| "database()".to_owned(), |name| self.names.literal(name));
        format!(
            "select version(), cast(@@auto_increment_increment as signed), column_name, data_type, \
             cast(column_type like '%unsigned%' as signed), cast(extra like '%auto_increment%' as signed), \
             character_set_name, collation_name from information_schema.columns \
             where table_schema = {schema} and table_name = {}",
            self.names.literal(&table.name)
        )
    }

    /// Inserts rows whose columns are these.
    pub(super) fn insert(&self, columns: &[&'static Column], rows: usize) -> String {
        let names: Vec<_> = columns.iter().map(|column| self.names.column(column)).collect();
        let values = rows_of(&vec![HOLE.to_string(); columns.len()], rows);
        format!("insert into {} ({}) values {values}", self.names.quoted, names.join(", "))
    }

    /// The same for one row, which comes back from servers that can give it back: others skip the comment.
    pub(super) fn insert_one(&self, columns: &[&'static Column]) -> String {
        let (insert, readable) = (self.insert(columns, 1), self.names.readable(|_| None));
        format!("{insert} /*M!100500 returning 0{readable} */")
    }

    /// The key that was assigned first by the last statement.
    pub(super) fn first_key() -> String {
        "select cast(last_insert_id() as signed)".to_owned()
    }

    /// The rows whose keys are from the first to the second number, each behind its key.
    pub(super) fn by_numbers(&self, column: &'static Column) -> String {
        let (key, table, readable) = (self.names.qualified(column), &self.names.quoted, self.names.readable(|_| None));
        format!("select cast({key} as signed){readable} from {table} where {key} between {HOLE} and {HOLE}")
    }

    /// Deletes the row whose key is a number.
    pub(super) fn delete_number(&self, column: &'static Column) -> String {
        format!("delete from {} where {} = {HOLE}", self.names.quoted, self.names.qualified(column))
    }

    /// Deletes the row whose key has these values.
    pub(super) fn delete_like(&self, survey: &Survey) -> String {
        let hole = HOLE.to_string();
        let same = |key| format!("{} = {}", self.names.qualified(key), self.comparable(survey, key, &hole));
        let keys: Vec<_> = self.names.keys().map(same).collect();
        format!("delete from {} where {}", self.names.quoted, keys.join(" and "))
    }

    /// The rows with these values, NULL among them, each behind the place of its values among those given.
    pub(super) fn like(&self, survey: &Survey, columns: &[&'static Column], rows: usize) -> String {
        let mut sql = String::from("with __given as (");
        for i in 0..rows {
            // Not VALUES: MySQL and MariaDB spell it differently, and that of MariaDB forgets its values in expressions.
            let _ = write!(
                sql,
                "{} {i}{}",
                if i == 0 { "select" } else { " union all select" },
                if i == 0 { " as i" } else { "" }
            );
            for c in 0..columns.len() {
                let _ = if i == 0 { write!(sql, ", {HOLE} as c{c}") } else { write!(sql, ", {HOLE}") };
            }
        }
        let (table, readable) = (&self.names.quoted, self.names.readable(|_| None));
        let _ = write!(sql, ") select cast(__given.i as signed){readable} from __given join {table} on ");
        for (i, column) in columns.iter().enumerate() {
            let and = if i == 0 { "" } else { " and " };
            let given = self.comparable(survey, column, &format!("__given.c{i}"));
            let _ = write!(sql, "{and}{} <=> {given}", self.names.qualified(column));
        }
        sql
    }

    /// A given value as it is compared with a column: by itself it has the connection's collation, and a type of the
    /// server's choice. Not converted where it is given: MariaDB decides there how long it may be, before it knows it.
    fn comparable(&self, survey: &Survey, column: &'static Column, given: &str) -> String {
        match survey.kind(self, column) {
            Some(Kind::Text { charset, collation }) => format!("convert({given} using {charset}) collate {collation}"),
            Some(Kind::Integer { unsigned: true }) => format!("cast({given} as unsigned)"),
            Some(Kind::Integer { unsigned: false }) => format!("cast({given} as signed)"),
            Some(Kind::Bytes) => format!("cast({given} as binary)"),
            Some(Kind::Other) | None => given.to_owned(),
        }
    }
}
