//! The statements, as text, from names and numbers of rows. Runs none of them.

use super::QUOTES;
use super::survey::Survey;
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

    /// Inserts rows whose columns are these; a `rowid` comes first.
    pub(super) fn insert(&self, rowid: Option<&str>, columns: &[&'static Column], rows: usize) -> String {
        let names = columns.iter().map(|column| self.names.column(column));
        let names: Vec<_> = rowid.map(|rowid| self.names.name(rowid)).into_iter().chain(names).collect();
        let table = &self.names.quoted;
        if names.is_empty() {
            return format!("insert into {table} default values");
        }
        format!(
            "insert into {table} ({}) values {}",
            names.join(", "),
            rows_of(&vec![HOLE.to_string(); names.len()], rows)
        )
    }

    /// Inserts one row and gives it back, behind what may have changed it since, and its key: a trigger, or because a
    /// virtual table does as it likes. 0 is nothing, 2 a table without rowids.
    pub(super) fn insert_one(&self, columns: &[&'static Column]) -> String {
        let insert = self.insert(None, columns, 1);
        // RETURNING takes no `table.*`.
        let readable = if self.names.is_whole() { ", *".to_owned() } else { self.names.readable(|_| None) };
        let facts = self.facts();
        let changes = "coalesce(max(type in ('trigger', 'view') or sql like 'CREATE VIRTUAL%'), 1)";
        let no_rowid = "coalesce(max(type = 'view' or type = 'table' and lower(sql) like '%without rowid%'), 0)";
        let keys = self.names.keys().fold(String::new(), |sql, key| sql + ", " + &self.names.qualified(key));
        format!("{insert} returning (select {changes} * (1 + {no_rowid}) from ({facts})) as __changes{keys}{readable}")
    }

    /// The rows whose rowids are from the first to the second value, each behind its rowid.
    pub(super) fn by_rowids(&self, rowid: &str) -> String {
        let (rowid, readable) = (self.names.of_table(&self.names.name(rowid)), self.names.readable(|_| None));
        let table = &self.names.quoted;
        format!("select {rowid} as __place{readable} from {table} where {rowid} between {HOLE} and {HOLE}")
    }

    /// The row that was inserted last, behind its rowid.
    pub(super) fn last(&self, rowid: &str) -> String {
        let (rowid, readable) = (self.names.of_table(&self.names.name(rowid)), self.names.readable(|_| None));
        let table = &self.names.quoted;
        format!("select {rowid} as __place{readable} from {table} where {rowid} = last_insert_rowid()")
    }

    /// The rows with these keys, each behind the place of its key among those given.
    pub(super) fn by_keys(&self, keys: &[&'static Column], rows: usize) -> String {
        self.by_values(keys, "=", rows)
    }

    /// The rows with these values, NULL among them, each behind the place of its values among those given.
    pub(super) fn like(&self, columns: &[&'static Column], rows: usize) -> String {
        self.by_values(columns, "is", rows)
    }

    fn by_values(&self, keys: &[&'static Column], is: &str, rows: usize) -> String {
        let values = format!(", {HOLE}").repeat(keys.len());
        let mut sql = String::from("with __given (i");
        for k in 0..keys.len() {
            let _ = write!(sql, ", k{k}");
        }
        sql.push_str(") as (values ");
        for i in 0..rows {
            let _ = write!(sql, "{}({i}{values})", if i == 0 { "" } else { ", " });
        }
        // `cross` keeps the order: for each given key a look into the table, never the other way round.
        let (readable, table) = (self.names.readable(|_| None), &self.names.quoted);
        let _ = write!(sql, ") select __given.i as __place{readable} from __given cross join {table} on ");
        for (k, key) in keys.iter().enumerate() {
            let and = if k == 0 { "" } else { " and " };
            let _ = write!(sql, "{and}{} {is} __given.k{k}", self.names.qualified(key));
        }
        sql
    }

    /// What there is to know of the table; with `top` its largest rowid as well, which fails where it has no rowids.
    pub(super) fn survey(&self, top: bool) -> String {
        let table = &self.names.table;
        let top = if top { format!("(select max(_rowid_) from {})", self.names.quoted) } else { "null".to_owned() };
        let name = self.names.literal(&table.name);
        let schema = table.schema.as_ref().map_or_else(|| "null".to_owned(), |schema| self.names.literal(schema));
        let facts = self.facts();
        format!(
            "with __facts as ({facts}), \
             __own as (select * from __facts where type in ('table', 'view') order by home = 'temp' desc limit 1), \
             __columns as (select * from pragma_table_xinfo({name}, {schema})) \
             select {top}, \
             (select home from __own), \
             coalesce((select type = 'view' from __own), 0), \
             coalesce((select instr(lower(sql), 'autoincrement') > 0 from __own), 0), \
             coalesce((select max(type = 'trigger' or instr(lower(sql), 'on conflict') > 0) from __facts), 1), \
             (select max(name) from __columns where pk = 1 and lower(type) = 'integer' and not exists \
                 (select 1 from pragma_index_list({name}, {schema}) where origin = 'pk')), \
             (select group_concat(lower(name)) from __columns where lower(name) in ('_rowid_', 'rowid', 'oid'))"
        )
    }

    /// The largest rowid that is or was in use.
    pub(super) fn top(&self, rowid: &str, survey: &Survey) -> String {
        let table = &self.names.quoted;
        let rowid = self.names.of_table(&self.names.name(rowid));
        let top = format!("coalesce((select max({rowid}) from {table}), 0)");
        match survey.sequence() {
            None => format!("select {top}"),
            Some(home) => {
                let (home, name) = (self.names.name(home), self.names.literal(&self.names.table.name));
                let used = format!("(select max(seq) from {home}.sqlite_sequence where name = {name} collate nocase)");
                format!("select max({top}, coalesce({used}, 0))")
            }
        }
    }

    /// The entries of the table and of its triggers in the schema.
    fn facts(&self) -> String {
        let home = self.names.table.schema.as_deref().unwrap_or("main");
        let table = self.names.literal(&self.names.table.name);
        let entries = |home: &str| {
            let (name, schema) = (self.names.literal(home), self.names.name(home));
            format!(
                "select {name} as home, type, sql from {schema}.sqlite_schema \
                 where tbl_name = {table} collate nocase and type <> 'index'"
            )
        };
        format!("{} union all {}", entries("temp"), entries(home))
    }
}
