//! Tables whose names hold dots: what stands before the first one is the schema.

use crate::cases::runtime;
use crate::places::{self, Place};
use manufactory::Factory;
use manufactory::persist::Outcome;

/// `dot.ted` in `main`.
#[derive(Debug, Factory)]
#[factory(table = "main.dot.ted", get_or_create(code), on(sqlx, sea_orm, sqlite))]
struct InMain {
    #[factory(key)]
    id: i64,
    code: String,
}

/// `dot.ted` in a schema that is full of signs.
#[derive(Debug, Factory)]
#[factory(table = "Shop \"x\" é.dot.ted", get_or_create(code), on(sqlx, sea_orm, postgres))]
struct InShop {
    #[factory(key)]
    id: i64,
    code: String,
}

macro_rules! are_found {
    ($model:ident, $place:expr) => {{
        let mut place = $place;
        let made = $model::factory().create_batch(place.handle(), 3).settle().await.unwrap();
        let again = $model::factory().code(&*made[1].code).create(place.handle()).settle().await.unwrap();
        assert_eq!((made[1].id, $model::factory().create(place.handle()).settle().await.unwrap().id), (again.id, 4));
    }};
}

#[test]
fn in_sqlite() {
    runtime().block_on(async {
        let table = "create table \"dot.ted\" (id integer primary key, code text)";
        are_found!(InMain, places::sqlx::sqlite(table).await);
        are_found!(InMain, places::sea_orm::sqlite(table).await);
    });
}

#[cfg(feature = "_servers")]
#[test]
fn in_postgres() {
    runtime().block_on(async {
        let table = "create schema \"Shop \"\"x\"\" é\"; create table \"Shop \"\"x\"\" é\".\"dot.ted\" (id bigserial primary key, code text)";
        are_found!(InShop, places::sqlx::postgres(table).await);
        are_found!(InShop, places::sea_orm::postgres(table).await);
    });
}
