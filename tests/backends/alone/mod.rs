//! One row that is made by its own insert alone: what goes over the wire, and what is left of it when it fails.

mod diesel;
mod mysql;
mod postgres;

use manufactory::{AfterCreate, BoxError, Factory};
use sqlx::{MySql, MySqlConnection, PgConnection, Postgres};

/// Something happens to its rows afterwards.
#[derive(Debug, Clone, Factory)]
#[factory(table = "authors", name = HookedFactory, after_create)]
struct Hooked {
    #[factory(key)]
    id: i64,
    #[factory(format("hooked {n}"))]
    name: String,
    #[factory(value("x"))]
    email: String,
}

impl AfterCreate<Postgres> for HookedFactory {
    async fn after_create(self, _: &mut Hooked, _: &mut PgConnection) -> Result<(), BoxError> {
        Err("not this one".into())
    }
}

impl AfterCreate<MySql> for HookedFactory {
    async fn after_create(self, _: &mut Hooked, _: &mut MySqlConnection) -> Result<(), BoxError> {
        Err("not this one".into())
    }
}

/// Has no parent unless a preset or the caller says so, and children if asked for.
#[derive(Debug, Clone, Factory)]
#[factory(table = "nodes", has_many(nodes: NodeFactory, by = parent))]
#[factory(preset(deep: parent = sub_factory(NodeFactory)), preset(wide: nodes = 2))]
struct Node {
    #[factory(key)]
    id: i64,
    #[factory(sub_factory(NodeFactory, optional))]
    parent_id: Option<i64>,
}

/// Rows that cannot be read, because `joined` is no text.
const UNREADABLE: [&str; 2] = ["joined text not null default 'today'", "joined varchar(20) not null default 'today'"];

fn unreadable(schema: &str, column: &str) -> String {
    let changed = UNREADABLE.iter().fold(schema.to_owned(), |schema, text| schema.replace(text, column));
    assert_ne!(changed, schema);
    changed
}
