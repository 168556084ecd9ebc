//! The statements, as text, from names and numbers of rows. Runs none of them.

use super::super::names::Names;
use super::survey::Survey;
use crate::persist::{Column, Record};
use ::sqlx::Sqlite;
use std::fmt::Write;

/// The statements of one factory.
pub(super) struct Text {
    names: Names,
}

impl Text {
    pub(super) fn of<F: Record>() -> Self {
        Self { names: Names::of::<F, Sqlite>() }
    }

    /// Arguments of [`survey`](Text::survey): the table, and its schema.
    pub(super) fn table(&self) -> (&'static str, Option<&'static str>) {
        (self.names.name, self.names.schema)
    }

    /// Inserts rows whose columns are these; a `rowid` comes first.
    pub(super) fn insert(&self, rowid: Option<&str>, columns: &[&Column], rows: usize) -> String {
        let names = columns.iter().map(|column| self.names.quoted(column.name));
        let names: Vec<_> = rowid.map(|rowid| self.names.quoted(rowid)).into_iter().chain(names).collect();
        if names.is_empty() {
            return format!("insert into {} default values", self.names.table);
        }
        let row = format!("({})", vec!["?"; names.len()].join(", "));
        let mut sql = format!("insert into {} ({}) values ", self.names.table, names.join(", "));
        sql.reserve(rows * (row.len() + 2));
        for i in 0..rows {
            sql.push_str(if i == 0 { "" } else { ", " });
            sql.push_str(&row);
        }
        sql
    }

    /// Inserts one row and gives it back, behind whether it may have been changed since: by a trigger, or because a
    /// virtual table does as it likes.
    pub(super) fn insert_one(&self, columns: &[&Column]) -> String {
        let (insert, readable) = (self.insert(None, columns, 1), self.names.returnable());
        let facts = self.facts(&format!("'{}'", self.names.name.replace('\'', "''")));
        let changes = "coalesce(max(type in ('trigger', 'view') or sql like 'CREATE VIRTUAL%'), 1)";
        format!("{insert} returning (select {changes} from ({facts})) as __changes{readable}")
    }

    /// The rows whose rowids are from the first to the second value, each behind its rowid.
    pub(super) fn by_rowids(&self, rowid: &str) -> String {
        let (rowid, readable, table) = (self.names.qualified(rowid), self.names.readable(), &self.names.table);
        format!("select {rowid} as __place{readable} from {table} where {rowid} between ? and ?")
    }

    /// The row that was inserted last, behind its rowid.
    pub(super) fn last(&self, rowid: &str) -> String {
        let (rowid, readable, table) = (self.names.qualified(rowid), self.names.readable(), &self.names.table);
        format!("select {rowid} as __place{readable} from {table} where {rowid} = last_insert_rowid()")
    }

    /// The rows with these keys, each behind the place of its key among those given.
    pub(super) fn by_keys(&self, keys: &[&'static str], rows: usize) -> String {
        self.by_values(keys, "=", rows)
    }

    /// The rows with these values, NULL among them, each behind the place of its values among those given.
    pub(super) fn like(&self, columns: &[&'static str], rows: usize) -> String {
        self.by_values(columns, "is", rows)
    }

    fn by_values(&self, keys: &[&'static str], is: &str, rows: usize) -> String {
        let values = ", ?".repeat(keys.len());
        let mut sql = String::from("with __given (i");
        for k in 0..keys.len() {
            let _ = write!(sql, ", k{k}");
        }
        sql.push_str(") as (values ");
        for i in 0..rows {
            let _ = write!(sql, "{}({i}{values})", if i == 0 { "" } else { ", " });
        }
        // `cross` keeps the order: for each given key a look into the table, never the other way round.
        let (readable, table) = (self.names.readable(), &self.names.table);
        let _ = write!(sql, ") select __given.i as __place{readable} from __given cross join {table} on ");
        for (k, key) in keys.iter().enumerate() {
            let and = if k == 0 { "" } else { " and " };
            let _ = write!(sql, "{and}{} {is} __given.k{k}", self.names.qualified(key));
        }
        sql
    }

    /// What there is to know of the table; with `top` its largest rowid as well, which fails where it has no rowids.
    pub(super) fn survey(&self, top: bool) -> String {
        let top = if top { format!("(select max(_rowid_) from {})", self.names.table) } else { "null".to_owned() };
        let facts = self.facts("?1");
        format!(
            "with __facts as ({facts}), \
             __own as (select * from __facts where type in ('table', 'view') order by home = 'temp' desc limit 1), \
             __columns as (select * from pragma_table_xinfo(?1, ?2)) \
             select {top}, \
             (select home from __own), \
             coalesce((select type = 'view' from __own), 0), \
             coalesce((select instr(lower(sql), 'autoincrement') > 0 from __own), 0), \
             coalesce((select max(type = 'trigger' or instr(lower(sql), 'on conflict') > 0) from __facts), 1), \
             (select max(name) from __columns where pk = 1 and lower(type) = 'integer' and not exists \
                 (select 1 from pragma_index_list(?1, ?2) where origin = 'pk')), \
             (select group_concat(lower(name)) from __columns where lower(name) in ('_rowid_', 'rowid', 'oid'))"
        )
    }

    /// The largest rowid that is or was in use.
    pub(super) fn top(&self, rowid: &str, survey: &Survey) -> String {
        let table = &self.names.table;
        let top = format!("coalesce((select max({}) from {table}), 0)", self.names.qualified(rowid));
        match survey.sequence() {
            None => format!("select {top}"),
            Some(home) => {
                let home = self.names.quoted(home);
                let used = format!("(select max(seq) from {home}.sqlite_sequence where name = ?1 collate nocase)");
                format!("select max({top}, coalesce({used}, 0))")
            }
        }
    }

    /// The entries of the table and of its triggers in the schema.
    fn facts(&self, table: &str) -> String {
        let home = self.names.schema.unwrap_or("main");
        let entries = |home: &str| {
            let name = home.replace('\'', "''");
            let schema = self.names.quoted(home);
            format!(
                "select '{name}' as home, type, sql from {schema}.sqlite_schema \
                 where tbl_name = {table} collate nocase and type <> 'index'"
            )
        };
        format!("{} union all {}", entries("temp"), entries(home))
    }
}
