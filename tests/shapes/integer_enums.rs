//! Enums that are stored as integers: as Diesel is taught them by hand, in cargo's registry, and as plain numbers that the
//! application converts, in vaultwarden.

use super::databases::{diesel_rows, diesel_sqlite};
use diesel::backend::Backend;
use diesel::deserialize::{self, FromSql, FromSqlRow};
use diesel::expression::AsExpression;
use diesel::prelude::*;
use diesel::serialize::{self, Output, ToSql};
use diesel::sql_types::Integer;
use diesel::sqlite::Sqlite;
use manufactory::{Auto, Factory};

mod schema {
    diesel::table! { links (id) { id -> Integer, kind -> Integer, status -> Integer, } }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, AsExpression, FromSqlRow, Auto)]
#[diesel(sql_type = Integer)]
#[repr(i32)]
enum Kind {
    Normal = 0,
    Build = 1,
    Dev = 2,
}

impl ToSql<Integer, Sqlite> for Kind {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Sqlite>) -> serialize::Result {
        out.set_value(*self as i32);
        Ok(serialize::IsNull::No)
    }
}

impl FromSql<Integer, Sqlite> for Kind {
    fn from_sql(value: <Sqlite as Backend>::RawValue<'_>) -> deserialize::Result<Self> {
        match <i32 as FromSql<Integer, Sqlite>>::from_sql(value)? {
            0 => Ok(Self::Normal),
            1 => Ok(Self::Build),
            2 => Ok(Self::Dev),
            other => Err(format!("no kind {other}").into()),
        }
    }
}

/// Diesel does not know it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Auto)]
enum Status {
    Invited = -1,
    Confirmed = 2,
}

impl From<Status> for i32 {
    fn from(status: Status) -> Self {
        status as i32
    }
}

impl TryFrom<i32> for Status {
    type Error = String;

    fn try_from(status: i32) -> Result<Self, String> {
        match status {
            -1 => Ok(Self::Invited),
            2 => Ok(Self::Confirmed),
            other => Err(format!("no status {other}")),
        }
    }
}

#[derive(Debug, Factory)]
#[factory(table = schema::links, on(sqlite))]
struct Link {
    #[factory(key)]
    id: i32,
    #[factory(cycle([Kind::Dev, Kind::Build]))]
    kind: Kind,
    #[factory(as(i32))]
    status: Status,
}

#[test]
fn variants_are_stored_by_their_numbers() {
    let mut db = diesel_sqlite("create table links (id integer primary key, kind integer, status integer default 5)");
    let _session = manufactory::Session::seeded(1).enter();
    let link = Link::factory().create(&mut db).unwrap();
    assert_eq!((link.kind, link.status), (Kind::Dev, Status::Invited));
    let links = Link::factory().status(Status::Confirmed).create_batch(&mut db, 2).unwrap();
    assert_eq!((links[0].kind, links[1].status), (Kind::Build, Status::Confirmed));
    assert_eq!(diesel_rows(&mut db, "select kind || ' ' || status from links"), ["2 -1", "1 2", "2 2"]);

    let kinds: Vec<Kind> =
        schema::links::table.select(schema::links::kind).order(schema::links::id).load(&mut db).unwrap();
    assert_eq!(kinds, [Kind::Dev, Kind::Build, Kind::Dev]);
}
