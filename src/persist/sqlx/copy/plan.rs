//! What there is to know before rows are copied: whether the table takes a COPY, and what each column does to the values
//! that it gets. Asks the server, once per set of columns; sends no rows.

use super::fit::Fit;
use super::kind::{Form, Kind};
use super::rows::{CopyRows, Place};
use crate::error::{Error, Result, Stage};
use crate::persist::Row;
use crate::persist::sql::engine::Table;
use crate::persist::sql::quotes::Quotes;
use ::sqlx::postgres::{PgRow, PgTypeInfo};
use ::sqlx::{PgConnection, Row as _, TypeInfo, query};
use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;

/// How drafts go into a table.
#[derive(Debug, Clone)]
pub enum Way {
    /// By COPY.
    Copy(CopyPlan),
    /// By INSERT.
    Insert(Unfit),
}

/// The plan of a COPY: a table, and columns that all rows fill.
#[derive(Debug, Clone)]
pub struct CopyPlan(Arc<Planned>);

#[derive(Debug)]
struct Planned {
    table: String,
    statement: String,
    absent: u64,
    places: Arc<[Place]>,
}

/// Why rows have to be inserted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unfit {
    what: String,
    why: String,
}

impl Unfit {
    fn of(what: impl Into<String>, why: impl Into<String>) -> Self {
        Self { what: what.into(), why: why.into() }
    }
}

impl fmt::Display for Unfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` wants INSERT, because {}", self.what, self.why)
    }
}

impl CopyPlan {
    /// How drafts that fill the same columns as this one go into their table.
    ///
    /// # Errors
    /// There is no such table, or it cannot be asked for; a value of the draft cannot be encoded.
    pub fn of<'c, F: Row<CopyRows>>(
        db: &'c mut PgConnection,
        draft: &F,
    ) -> impl Future<Output = Result<Way>> + Send + use<'c, F> {
        // Nobody has to hold the draft meanwhile.
        let types = CopyRows::types(draft).map(|types| (types, draft.absent()));
        async move {
            let (types, absent) = types?;
            let table = Table::declared(F::TABLE.unwrap_or(F::NAME));
            let planned = plan(db, &table, types, absent, F::attribute).await;
            planned.map_err(|error| Error::new(Stage::Insert, F::NAME, error))
        }
    }

    /// Whether a draft fills the columns of this plan.
    pub fn takes<F: Row<CopyRows>>(&self, draft: &F) -> bool {
        draft.absent() == self.0.absent
    }

    pub(super) fn places(&self) -> Arc<[Place]> {
        Arc::clone(&self.0.places)
    }

    pub(super) fn table(&self) -> &str {
        &self.0.table
    }

    pub(super) fn statement(&self) -> &str {
        &self.0.statement
    }
}

async fn plan(
    db: &mut PgConnection,
    table: &Table,
    types: Vec<(&'static str, PgTypeInfo)>,
    absent: u64,
    attribute: fn(&'static str) -> &'static str,
) -> Result<Way, ::sqlx::Error> {
    let quoted_table = Quotes::STANDARD.table(table);
    if types.is_empty() {
        return Ok(Way::Insert(Unfit::of(&table.name, "no column of it is filled")));
    }
    if let Some(why) = refusal(db, &quoted_table).await? {
        return Ok(Way::Insert(Unfit::of(&table.name, why)));
    }
    let survey = Survey::take(db, &quoted_table, &types).await?;
    let mut places = Vec::with_capacity(types.len());
    for (place, (column, kind)) in types.into_iter().enumerate() {
        match survey.fit(place, column, &kind) {
            Ok(fit) => places.push(Place { column, kind, fit }),
            Err(why) => return Ok(Way::Insert(Unfit::of(attribute(column), why))),
        }
    }
    let columns: Vec<_> = places.iter().map(|place| Quotes::STANDARD.name(place.column)).collect();
    let statement = format!("COPY {quoted_table} ({}) FROM STDIN (FORMAT BINARY)", columns.join(", "));
    let planned = Planned { table: table.name.clone(), statement, absent, places: places.into() };
    Ok(Way::Copy(CopyPlan(Arc::new(planned))))
}

/// Why the table takes no COPY, or does something else with it than with an INSERT.
async fn refusal(db: &mut PgConnection, table: &str) -> Result<Option<&'static str>, ::sqlx::Error> {
    const ASKED: &str = "select c.relkind in ('r', 'p'), pg_catalog.row_security_active(c.oid), \
                         exists (select 1 from pg_catalog.pg_rewrite r where r.ev_class = c.oid and r.ev_type = '3') \
                         from pg_catalog.pg_class c where c.oid = $1::text::regclass";
    let row = query(ASKED).bind(table).fetch_one(db).await?;
    let flag = |place| row.try_get::<bool, usize>(place);
    Ok(match (flag(0)?, flag(1)?, flag(2)?) {
        (false, _, _) => Some("it is no table"),
        (true, true, _) => Some("a policy decides over its rows"),
        (true, false, true) => Some("a rule says what an INSERT does"),
        (true, false, false) => None,
    })
}

/// The types of the table's columns, and of the values that are to go there.
struct Survey {
    columns: HashMap<String, Kind>,
    /// By their places; the server may not know one.
    values: HashMap<usize, Kind>,
}

impl Survey {
    /// One row for each of them: a domain is followed to what it is a domain of.
    const ASKED: &'static str = "
        with recursive named (place, name, oid) as (
            select -1::int8, a.attname::text, a.atttypid from pg_catalog.pg_attribute a
            where a.attrelid = $1::text::regclass and a.attnum > 0 and not a.attisdropped
            union all
            select place - 1, name,
                case when name ~ '^[0-9]+$' then name::oid else pg_catalog.to_regtype(name)::oid end
            from unnest($2::text[]) with ordinality as given (name, place)
        ), based (place, name, declared, oid) as (
            select place, name, oid, oid from named
            union all
            select b.place, b.name, b.declared, t.typbasetype from based b
            join pg_catalog.pg_type t on t.oid = b.oid where t.typtype = 'd'
        )
        select b.place, b.name, pg_catalog.format_type(b.declared, null)::text, t.oid, t.typname::text, t.typtype::text,
            e.oid, e.typname::text, e.typtype::text
        from based b
        join pg_catalog.pg_type t on t.oid = b.oid and t.typtype <> 'd'
        left join pg_catalog.pg_type e on e.oid = t.typelem and e.typarray = t.oid";

    async fn take(
        db: &mut PgConnection,
        table: &str,
        types: &[(&'static str, PgTypeInfo)],
    ) -> Result<Self, ::sqlx::Error> {
        let names = types.iter().map(|(_, kind)| kind.oid().map_or(kind.name().to_owned(), |oid| oid.0.to_string()));
        let names: Vec<String> = names.collect();
        let (mut columns, mut values) = (HashMap::new(), HashMap::new());
        for row in query(Self::ASKED).bind(table).bind(names).fetch_all(db).await? {
            let kind = kind(&row)?;
            match usize::try_from(row.try_get::<i64, _>(0)?) {
                Ok(place) => values.insert(place, kind).map(drop),
                Err(_) => columns.insert(row.try_get(1)?, kind).map(drop),
            };
        }
        Ok(Self { columns, values })
    }

    /// What makes a value fit its column.
    ///
    /// # Errors
    /// Nothing does: why.
    fn fit(&self, place: usize, column: &str, kind: &PgTypeInfo) -> Result<Fit, String> {
        let Some(to) = self.columns.get(column) else { return Err("there is no such column".to_owned()) };
        let Some(value) = self.values.get(&place) else { return Err(format!("there is no type `{kind}`")) };
        Fit::of(value, to)
    }
}

fn kind(row: &PgRow) -> Result<Kind, ::sqlx::Error> {
    use ::sqlx::postgres::types::Oid;
    let text = |place| row.try_get::<&str, usize>(place);
    let oid = row.try_get::<Oid, _>(3)?.0;
    let form = match row.try_get::<Option<Oid>, _>(6)? {
        Some(element) => Form::array(element.0, text(7)?, text(8)?),
        None => Form::of(oid, text(4)?, text(5)?),
    };
    Ok(Kind { oid, form, name: text(2)?.to_owned() })
}
