//! The statements, as text, from names and numbers of rows. Runs none of them.

use super::QUOTES;
use super::found::Found;
use super::survey::Survey;
use crate::persist::Column;
use crate::persist::sql::drafts::Form;
use crate::persist::sql::engine::{Engine, HOLE};
use crate::persist::sql::group::Group;
use crate::persist::sql::names::{Names, rows_of};
use std::fmt::Write;

/// The statements of one factory.
pub(super) struct Text {
    pub(super) names: Names,
}

/// Triggers and rules that may change a row after it was given back: 66 stands for BEFORE and INSTEAD OF, 4 for INSERT.
const EVENTS: &str = "select 1 from pg_catalog.pg_trigger where tgrelid = {}::regclass and not tgisinternal \
                      and tgenabled <> 'D' and tgtype & 66 = 0 and tgtype & 4 <> 0 \
                      union all select 1 from pg_catalog.pg_rewrite where ev_class = {}::regclass and ev_type = '3'";

impl Text {
    pub(super) fn of(form: Form) -> Self {
        Self { names: Names::of(form, QUOTES) }
    }

    /// The table as a text, which `regclass` reads.
    fn regclass(&self) -> String {
        format!("E{}", self.names.literal(&self.names.quoted))
    }

    /// 1 if something may change rows after they were given back, else 0.
    fn eventful(&self) -> String {
        format!("(select exists ({}))::int::int8", EVENTS.replace("{}", &self.regclass()))
    }

    /// What there is to know of the table: a row for each of its columns.
    pub(super) fn survey(&self) -> String {
        let (table, eventful) = (self.regclass(), self.eventful());
        format!(
            "select a.attname::text, pg_catalog.format_type(a.atttypid, null)::text, \
             (t.typtype = 'e' or coalesce(e.typtype = 'e', false))::int::int8, \
             coalesce(pg_catalog.pg_get_expr(d.adbin, d.adrelid), \
                 case when a.attidentity <> '' then \
                     format('nextval(%L::regclass)', pg_catalog.pg_get_serial_sequence({table}, a.attname)) end)::text, \
             (not a.attnotnull)::int::int8, {eventful}, (a.atttypid >= 16384)::int::int8 \
             from pg_catalog.pg_attribute a \
             join pg_catalog.pg_type t on t.oid = a.atttypid \
             left join pg_catalog.pg_type e on e.oid = coalesce(nullif(t.typelem, 0), nullif(t.typbasetype, 0)) \
             left join pg_catalog.pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum \
             where a.attrelid = {table}::regclass and a.attnum > 0 and not a.attisdropped"
        )
    }

    /// So many values of what fills a column that is left open, as one text: the first of them where they follow each
    /// other, else all, with commas. That is cheaper than a row for each.
    pub(super) fn draw(default: &str, rows: usize) -> String {
        let distance = rows.saturating_sub(1);
        format!(
            "select case when max(k) - min(k) = {distance} then min(k)::text \
             else string_agg(k::text, ',' order by k) end \
             from (select ({default})::int8 as k from generate_series(1, {rows}) offset 0) __drawn"
        )
    }

    /// What [`draw`](Text::draw) gives, as numbers.
    pub(super) fn drawn(text: &str, rows: usize) -> Vec<i64> {
        let given = text.split(',').filter_map(|key| key.parse().ok());
        match given.clone().next() {
            Some(first) if !text.contains(',') => (first..).take(rows).collect(),
            _ => given.collect(),
        }
    }

    /// A place for a value of a column.
    fn hole<E: Engine>(&self, survey: &Survey, column: &'static Column) -> String {
        match survey.facts(self, column) {
            Some(facts) if E::CASTS && facts.is_enum => format!("{HOLE}::{}", facts.kind),
            _ => HOLE.to_string(),
        }
    }

    fn holes<E: Engine>(&self, survey: &Survey, columns: &[&'static Column]) -> Vec<String> {
        columns.iter().map(|column| self.hole::<E>(survey, column)).collect()
    }

    /// The columns that are read back, a comma before each.
    pub(super) fn readable<E: Engine>(&self, survey: &Survey) -> String {
        self.names.readable(|column| {
            let facts = survey.facts(self, column).filter(|facts| E::CASTS && facts.is_enum)?;
            Some(if facts.kind.ends_with("[]") { "::text[]" } else { "::text" })
        })
    }

    /// All rows.
    pub(super) fn all<E: Engine>(&self, survey: &Survey) -> String {
        format!("select 0::int8{} from {}", self.readable::<E>(survey), self.names.quoted)
    }

    /// `insert into "users" ("name", ..)`, with keys that the database would make if they are among the columns.
    fn head(&self, columns: &[&'static Column]) -> String {
        let names: Vec<_> = columns.iter().map(|column| self.names.column(column)).collect();
        let overriding = if columns.iter().any(|column| column.key) { " overriding system value" } else { "" };
        format!("insert into {} ({}){overriding}", self.names.quoted, names.join(", "))
    }

    /// Inserts one row, and gives it back behind whether something may change it since, and its key as texts.
    pub(super) fn insert_one<E: Engine>(&self, survey: &Survey, columns: &[&'static Column]) -> String {
        let insert = self.insert_plainly::<E>(survey, columns);
        let keys = self.names.keys();
        let keys = keys.fold(String::new(), |sql, key| sql + ", " + &self.names.qualified(key) + "::text");
        format!("{insert} returning {}{keys}{}", self.eventful(), self.readable::<E>(survey))
    }

    /// Inserts one row.
    pub(super) fn insert_plainly<E: Engine>(&self, survey: &Survey, columns: &[&'static Column]) -> String {
        if columns.is_empty() {
            return format!("insert into {} default values", self.names.quoted);
        }
        format!("{} values ({})", self.head(columns), self.holes::<E>(survey, columns).join(", "))
    }

    /// Inserts rows; those whose key was drawn are given back behind it if they are `wanted`.
    pub(super) fn insert<E: Engine>(&self, survey: &Survey, group: &Group<Found>, rows: usize, wanted: bool) -> String {
        let drawn = if let Found::Drawn { column, .. } = &group.way { Some(*column) } else { None };
        let columns: Vec<_> = drawn.into_iter().chain(group.columns.iter().copied()).collect();
        let values = self.holes::<E>(survey, &columns);
        let mut sql = format!("{} values {}", self.head(&columns), rows_of(&values, rows));
        if let (Some(column), true) = (drawn, wanted) {
            let key = self.names.qualified(column);
            let _ = write!(sql, " returning {key}::int8{}", self.readable::<E>(survey));
        }
        sql
    }

    /// Inserts rows, and gives them back behind their place: matched by their key, which they bring with them, or of which
    /// `made` is made here.
    pub(super) fn insert_matched<E: Engine>(
        &self,
        survey: &Survey,
        columns: &[&'static Column],
        made: &[(&'static Column, String)],
        rows: usize,
    ) -> String {
        let mut sql = self.given::<E>(survey, columns, rows);
        let mut values: Vec<_> = (0..columns.len()).map(|i| format!("c{i}")).collect();
        if !made.is_empty() {
            let defaults = made.iter().enumerate();
            let defaults =
                defaults.fold(String::new(), |sql, (i, (_, default))| sql + &format!(", ({default}) as m{i}"));
            let _ = write!(sql, ", __made as materialized (select *{defaults} from __given order by i)");
            values.extend((0..made.len()).map(|i| format!("m{i}")));
        }
        let source = if made.is_empty() { "__given" } else { "__made" };
        let all: Vec<_> = columns.iter().copied().chain(made.iter().map(|(column, _)| *column)).collect();
        let keys = all.iter().zip(&values).filter(|(column, _)| column.key);
        let keys: Vec<_> =
            keys.map(|(column, value)| format!("{} = {source}.{value}", self.names.qualified(column))).collect();
        // What was inserted goes by the table's name, by which its columns are selected.
        let _ = write!(
            sql,
            ", {name} as ({head} select {values} from {source} order by i returning *) \
             select {source}.i{readable} from {name} join {source} on {keys}",
            name = self.names.name(&self.names.table.name),
            head = self.head(&all),
            values = values.join(", "),
            readable = self.readable::<E>(survey),
            keys = keys.join(" and "),
        );
        sql
    }

    /// `with __given (i, c0, ..) as (values (0, ?, ..), ..)`
    fn given<E: Engine>(&self, survey: &Survey, columns: &[&'static Column], rows: usize) -> String {
        let holes = self.holes::<E>(survey, columns);
        let names = (0..columns.len()).fold(String::new(), |sql, i| sql + &format!(", c{i}"));
        let values = holes.iter().fold(String::new(), |sql, hole| sql + ", " + hole);
        let mut sql = format!("with __given (i{names}) as (values ");
        for i in 0..rows {
            let _ = write!(sql, "{}({i}::int8{values})", if i == 0 { "" } else { ", " });
        }
        sql + ")"
    }

    /// The rows with these keys, each behind its key.
    pub(super) fn by_numbers<E: Engine>(&self, survey: &Survey, column: &'static Column, keys: &[i64]) -> String {
        let (key, table, readable) = (self.names.qualified(column), &self.names.quoted, self.readable::<E>(survey));
        let keys: Vec<_> = keys.iter().map(i64::to_string).collect();
        format!("select {key}::int8{readable} from {table} where {key} in ({})", keys.join(", "))
    }

    /// The row with this key, each column of it as a text.
    pub(super) fn by_texts<E: Engine>(&self, survey: &Survey, key: &[String]) -> String {
        format!("{} where {}", self.all::<E>(survey), self.has_key(key))
    }

    /// Deletes it.
    pub(super) fn delete(&self, key: &[String]) -> String {
        format!("delete from {} where {}", self.names.quoted, self.has_key(key))
    }

    fn has_key(&self, key: &[String]) -> String {
        let keys = self.names.keys().zip(key);
        let keys =
            keys.map(|(column, text)| format!("{} = E{}", self.names.qualified(column), self.names.literal(text)));
        keys.collect::<Vec<_>>().join(" and ")
    }

    /// The rows with these values, NULL among them, each behind the place of its values among those given.
    pub(super) fn like<E: Engine>(&self, survey: &Survey, columns: &[&'static Column], rows: usize) -> String {
        let mut sql = self.given::<E>(survey, columns, rows);
        let (table, readable) = (&self.names.quoted, self.readable::<E>(survey));
        let _ = write!(sql, " select __given.i{readable} from __given join {table} on ");
        for (i, column) in columns.iter().enumerate() {
            let (name, facts) = (self.names.qualified(column), survey.facts(self, column));
            // As the column compares it: a `citext` is no text.
            let kind = facts.map_or_else(String::new, |facts| format!("::{}", facts.kind));
            let and = if i == 0 { "" } else { " and " };
            let _ = if facts.is_some_and(|facts| !facts.nullable) {
                write!(sql, "{and}{name} = __given.c{i}{kind}")
            } else {
                write!(sql, "{and}({name} = __given.c{i}{kind} or {name} is null and __given.c{i} is null)")
            };
        }
        sql
    }
}
