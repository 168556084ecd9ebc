//! Names that are longer than a database takes: Postgres cuts them at 63 bytes, MySQL refuses them at 65 characters.

use crate::cases::runtime;
use crate::places::{self, Place};
use manufactory::persist::{Create, Outcome};
use manufactory::{Factory, Stage};

mod schema {
    diesel::table! {
        #[sql_name = "a table with a name of seventy bytes, which is more than Postgres takes"]
        long (id) {
            #[sql_name = "the key of it, whose name has seventy bytes, which is more than that is"]
            id -> BigInt,
            #[sql_name = "a column of it, whose name has 70 bytes, which is more than that still"]
            parent_id -> Nullable<BigInt>,
            #[sql_name = "a column which is unique, whose name is longer than 63 bytes as well, too"]
            code -> Text,
        }
    }
}

#[derive(Debug, Clone, PartialEq, diesel::Queryable, Factory)]
#[factory(table = "a table with a name of seventy bytes, which is more than Postgres takes", table = schema::long)]
#[factory(get_or_create(code), has_many(children: LongFactory, by = parent))]
struct Long {
    #[factory(key, column = "the key of it, whose name has seventy bytes, which is more than that is")]
    #[diesel(column_name = id)]
    id: i64,
    #[factory(
        column = "a column of it, whose name has 70 bytes, which is more than that still",
        sub_factory(LongFactory, optional)
    )]
    #[diesel(column_name = parent_id)]
    parent_id: Option<i64>,
    #[factory(
        column = "a column which is unique, whose name is longer than 63 bytes as well, too",
        format("code {n}")
    )]
    #[diesel(column_name = code)]
    code: String,
}

fn table(key: &str) -> String {
    let (table, id, parent, code) = (
        "a table with a name of seventy bytes, which is more than Postgres takes",
        "the key of it, whose name has seventy bytes, which is more than that is",
        "a column of it, whose name has 70 bytes, which is more than that still",
        "a column which is unique, whose name is longer than 63 bytes as well, too",
    );
    format!(
        "create table \"{table}\" (\"{id}\" {key} primary key, \"{parent}\" bigint, \"{code}\" text not null unique)"
    )
}

async fn are_names<P: Place>(mut place: P)
where
    LongFactory: Create<P::Backend>,
{
    let first = Long::factory().create(place.handle()).settle().await.unwrap();
    assert_eq!(Long::factory().code(&*first.code).create(place.handle()).settle().await.unwrap(), first);
    let rows = Long::factory().parent(&first).times(5).each(|i, row| if i == 3 { row.id(100) } else { row });
    let rows = rows.create(place.handle()).settle().await.unwrap();
    assert!(rows.iter().all(|row| row.parent_id == Some(first.id)) && rows[3].id == 100, "{rows:?}");
    let made = Long::factory().children(2).create_graph(place.handle()).settle().await.unwrap();
    assert!(made.all::<Long>().iter().filter(|row| row.parent_id == Some(made.roots()[0].id)).count() == 2);
    let again = Long::factory().id(100).create(place.handle()).settle().await.unwrap_err();
    assert_eq!((again.stage(), again.row()), (Stage::Insert, Some((0, 1))), "{again:?}");
}

#[test]
fn in_sqlite() {
    runtime().block_on(async {
        let table = table("integer");
        are_names(places::sqlx::sqlite(&table).await).await;
        are_names(places::diesel::sqlite(&table).await).await;
        are_names(places::diesel_async::sqlite(&table).await).await;
        are_names(places::sea_orm::sqlite(&table).await).await;
    });
}

#[cfg(feature = "_servers")]
#[test]
fn in_postgres() {
    runtime().block_on(async {
        for key in ["bigserial", "bigint generated always as identity"] {
            let table = table(key);
            are_names(places::sqlx::postgres(&table).await).await;
            #[cfg(feature = "diesel-postgres")]
            are_names(places::diesel::postgres(&table).await).await;
            are_names(places::diesel_async::postgres(&table).await).await;
            are_names(places::sea_orm::postgres(&table).await).await;
        }
    });
}

#[cfg(feature = "_servers")]
async fn are_refused<P: Place>(mut place: P)
where
    LongFactory: Create<P::Backend>,
{
    for rows in [1, 3] {
        let error = Long::factory().create_batch(place.handle(), rows).settle().await.unwrap_err();
        let error = format!("{error:?}");
        assert!(error.starts_with("cannot look for Long\n  because: "), "{error}");
        assert!(error.ends_with(
            "Incorrect table name 'a table with a name of seventy bytes, which is more than Postgres takes'"
        ));
    }
}

#[cfg(feature = "_servers")]
#[test]
fn in_mariadb() {
    runtime().block_on(async {
        are_refused(places::sqlx::mysql("select 1").await).await;
        #[cfg(feature = "diesel-mysql")]
        are_refused(places::diesel::mysql("create table a (b int)").await).await;
        are_refused(places::diesel_async::mysql("create table a (b int)").await).await;
        are_refused(places::sea_orm::mysql("select 1").await).await;
    });
}

/// An enum of Postgres, for which SeaORM needs a cast.
#[cfg(feature = "_servers")]
mod of_an_enum {
    use crate::cases::runtime;
    use crate::places::{self, Place};
    use manufactory::persist::Outcome;
    use manufactory::{Auto, Factory};
    use sea_orm::{DeriveActiveEnum, EnumIter};

    #[derive(Debug, Clone, Copy, PartialEq, Eq, EnumIter, DeriveActiveEnum, Auto)]
    #[sea_orm(rs_type = "String", db_type = "Enum", enum_name = "mood")]
    enum Mood {
        #[sea_orm(string_value = "calm")]
        Calm,
        #[sea_orm(string_value = "wild")]
        Wild,
    }

    #[derive(Debug, Factory)]
    #[factory(table = "moods", on(sea_orm))]
    struct Day {
        #[factory(key)]
        id: i64,
        #[factory(column = "the mood of the day, in a column whose name is longer than 63 bytes", value(Mood::Wild))]
        mood: Mood,
    }

    #[test]
    fn is_cast_to_its_type() {
        runtime().block_on(async {
            let column = "the mood of the day, in a column whose name is longer than 63 bytes";
            let table = format!(
                "create type mood as enum ('calm', 'wild'); create table moods (id bigserial primary key, \"{column}\" mood)"
            );
            let mut place = places::sea_orm::postgres(&table).await;
            for rows in [1, 3] {
                let made = Day::factory().create_batch(place.handle(), rows).settle().await.unwrap();
                assert!(made.iter().all(|day| day.mood == Mood::Wild));
            }
        });
    }
}
