//! Names of tables and columns that are full of signs, are words of SQL, hold dots, or are as long as names may be; for
//! each library in each database.

use crate::cases::runtime;
use crate::places::{self, Place};
use manufactory::persist::{Create, Outcome};
use manufactory::{Factory, Stage};

mod schema {
    diesel::table! {
        #[sql_name = "Order \"by\" `x`; -- 'y' ?"]
        odd_things (id) {
            #[sql_name = "id \"of\" `it`."]
            id -> BigInt,
            #[sql_name = "Group"]
            code -> Text,
            #[sql_name = "a.b"]
            dotted -> Integer,
            #[sql_name = "?1 $1 :n %s {} \\ /* x */ */"]
            marks -> Integer,
            #[sql_name = "select"]
            keyword -> Integer,
            #[sql_name = "größe 한국어"]
            far -> Integer,
            #[sql_name = "sixty-three bytes, which is as many as Postgres takes for name."]
            longest -> Integer,
            #[sql_name = "it's \"made\""]
            made -> Integer,
        }
    }

    diesel::table! {
        #[sql_name = "\"parts\""]
        odd_parts (id) {
            #[sql_name = "ID"]
            id -> BigInt,
            #[sql_name = "thing's \"id\""]
            thing_id -> BigInt,
        }
    }
}

/// Named for sqlx and SeaORM by texts, for Diesel by the `table!`.
#[derive(Debug, Clone, PartialEq, diesel::Queryable, Factory)]
#[factory(table = "Order \"by\" `x`; -- 'y' ?", table = schema::odd_things, get_or_create(code))]
#[factory(has_many(parts: PartFactory, by = thing))]
struct Thing {
    #[factory(key, column = "id \"of\" `it`.")]
    #[diesel(column_name = id)]
    id: i64,
    #[factory(column = "Group", format("code {n}"))]
    #[diesel(column_name = code)]
    code: String,
    #[factory(column = "a.b", value(1))]
    #[diesel(column_name = dotted)]
    dotted: i32,
    #[factory(column = "?1 $1 :n %s {} \\ /* x */ */", value(2))]
    #[diesel(column_name = marks)]
    marks: i32,
    #[factory(column = "select", value(3))]
    #[diesel(column_name = keyword)]
    keyword: i32,
    #[factory(column = "größe 한국어", value(4))]
    #[diesel(column_name = far)]
    far: i32,
    #[factory(column = "sixty-three bytes, which is as many as Postgres takes for name.", value(5))]
    #[diesel(column_name = longest)]
    longest: i32,
    #[factory(database, column = "it's \"made\"")]
    #[diesel(column_name = made)]
    made: i32,
}

#[derive(Debug, Clone, PartialEq, diesel::Queryable, Factory)]
#[factory(table = "\"parts\"", table = schema::odd_parts)]
struct Part {
    #[factory(key, column = "ID")]
    #[diesel(column_name = id)]
    id: i64,
    #[factory(column = "thing's \"id\"", sub_factory(ThingFactory))]
    #[diesel(column_name = thing_id)]
    thing_id: i64,
}

/// The tables, with what a database puts around names, and how it counts.
fn tables(quote: char, key: &str) -> String {
    let name = |name: &str| format!("{quote}{}{quote}", name.replace(quote, &format!("{quote}{quote}")));
    let number = |column| format!("{} integer not null", name(column));
    let numbers = [
        "a.b",
        "?1 $1 :n %s {} \\ /* x */ */",
        "select",
        "größe 한국어",
        "sixty-three bytes, which is as many as Postgres takes for name.",
    ]
    .map(number)
    .join(", ");
    let (things, id, code, made) =
        (name("Order \"by\" `x`; -- 'y' ?"), name("id \"of\" `it`."), name("Group"), name("it's \"made\""));
    let (parts, part, of) = (name("\"parts\""), name("ID"), name("thing's \"id\""));
    format!(
        "create table {things} ({id} {key} primary key, {code} varchar(90) not null unique, {numbers},
                                {made} integer not null default 6);\n
         create table {parts} ({part} {key} primary key, {of} bigint not null references {things} ({id}));\n"
    )
}

async fn are_quoted<P: Place>(mut place: P)
where
    ThingFactory: Create<P::Backend>,
    PartFactory: Create<P::Backend>,
{
    let thing = Thing::factory().create(place.handle()).settle().await.unwrap();
    let numbers = |thing: &Thing| [thing.dotted, thing.marks, thing.keyword, thing.far, thing.longest, thing.made];
    assert_eq!(numbers(&thing), [1, 2, 3, 4, 5, 6]);
    assert_eq!(
        Thing::factory().code(&*thing.code).create(place.handle()).settle().await.unwrap(),
        thing,
        "it is found"
    );
    let things =
        Thing::factory().made(7).times(5).each(|i, other| if i == 2 { other.code(&*thing.code) } else { other });
    let things = things.create(place.handle()).settle().await.unwrap();
    assert_eq!((&things[2], numbers(&things[4])), (&thing, [1, 2, 3, 4, 5, 7]));
    let made = Thing::factory().parts(2).times(3).create_graph(place.handle()).settle().await.unwrap();
    let parts = made.all::<Part>();
    assert_eq!(parts.len(), 6);
    assert!(made.roots().iter().all(|thing| parts.iter().filter(|part| part.thing_id == thing.id).count() == 2));
    let error = Part::factory().id(parts[0].id).thing(&thing).create(place.handle()).settle().await.unwrap_err();
    assert_eq!((error.stage(), error.row()), (Stage::Insert, Some((0, 1))), "{error:?}");
    let shown = format!("cannot insert Part, row 0 of 1 with ID = {}, thing's \"id\" = {}", parts[0].id, thing.id);
    assert_eq!(error.to_string(), shown);
}

#[test]
fn in_sqlite() {
    runtime().block_on(async {
        let tables = tables('"', "integer");
        are_quoted(places::sqlx::sqlite(&tables).await).await;
        are_quoted(places::diesel::sqlite(&tables).await).await;
        are_quoted(places::diesel_async::sqlite(&tables).await).await;
        are_quoted(places::sea_orm::sqlite(&tables).await).await;
    });
}

#[cfg(feature = "_servers")]
#[test]
fn in_postgres() {
    runtime().block_on(async {
        let tables = tables('"', "bigserial");
        are_quoted(places::sqlx::postgres(&tables).await).await;
        #[cfg(feature = "diesel-postgres")]
        are_quoted(places::diesel::postgres(&tables).await).await;
        are_quoted(places::diesel_async::postgres(&tables).await).await;
        are_quoted(places::sea_orm::postgres(&tables).await).await;
    });
}

#[cfg(feature = "_servers")]
#[test]
fn in_mariadb() {
    runtime().block_on(async {
        let tables = tables('`', "bigint auto_increment");
        are_quoted(places::sqlx::mysql(&tables).await).await;
        #[cfg(feature = "diesel-mysql")]
        are_quoted(places::diesel::mysql(&tables).await).await;
        are_quoted(places::diesel_async::mysql(&tables).await).await;
        are_quoted(places::sea_orm::mysql(&tables).await).await;
    });
}
