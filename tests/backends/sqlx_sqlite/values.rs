//! Values that do not fit: into their column, or back into the field.

use super::{count, pool};
use manufactory::conformance::{Author, SQLITE};
use manufactory::{Attribute, Auto, Factory, Stage, create_all};
use sqlx::encode::IsNull;
use sqlx::error::BoxDynError;
use sqlx::sqlite::{SqliteArgumentsBuffer, SqliteTypeInfo, SqliteValueRef};
use sqlx::{Decode, Encode, Sqlite, Type, ValueRef};

#[tokio::test]
async fn a_value_of_another_type_names_its_column_and_nothing_remains() {
    let pool = pool(SQLITE.replace("default 'today'", "default x'ff00'")).await;
    for rows in [1, 2] {
        let error = Author::factory().create_batch(&pool, rows).await.unwrap_err();
        assert_eq!((error.stage(), error.row()), (Stage::Read, Some((0, rows))));
        assert!(error.to_string().contains("Author.joined"), "{error}");
        assert_eq!(count(&pool, "authors").await, 0, "all or nothing, reading included");
    }
}

#[tokio::test]
async fn a_strict_table_names_the_row_that_it_refuses() {
    let pool = pool(
        "create table authors (id integer primary key, name text, email text,
                               joined integer not null default 1) strict",
    )
    .await;
    let rows = Author::factory().times(10).each(|i, author| author.joined(if i == 9 { "word" } else { "1" }));
    let error = rows.create(&pool).await.unwrap_err();
    assert_eq!((error.stage(), error.row()), (Stage::Insert, Some((9, 10))), "{error:?}");
}

#[derive(Debug, Factory)]
#[factory(table = "cells")]
struct Cell<T> {
    #[factory(key)]
    id: i64,
    #[factory(database)]
    value: T,
}

#[tokio::test]
async fn null_is_no_number_no_flag_and_no_empty_text() {
    let pool = pool("create table cells (id integer primary key, value)").await;
    macro_rules! refused {
        ($($plain:ty),*) => {$({
            for rows in [1, 2] {
                let error = Cell::<$plain>::factory().create_batch(&pool, rows).await.unwrap_err();
                let text = format!("{error:?}");
                assert!(text.contains("Cell.value") && text.contains("unexpected null"), "{text}");
            }
            let nothing = Cell::<Option<$plain>>::factory().create(&pool).await.unwrap();
            assert!(nothing.value.is_none());
        })*};
    }
    refused!(i8, i16, i32, i64, u8, u16, u32, f32, f64, bool, String, Vec<u8>);
}

/// Knows what NULL is, and what must never be written.
#[derive(Debug, Clone, PartialEq)]
struct Word(String);

impl Auto for Word {
    fn auto(attribute: &Attribute<'_>) -> Self {
        Self(String::auto(attribute))
    }
}

impl Type<Sqlite> for Word {
    fn type_info() -> SqliteTypeInfo {
        <String as Type<Sqlite>>::type_info()
    }
}

impl Encode<'_, Sqlite> for Word {
    fn encode_by_ref(&self, buffer: &mut SqliteArgumentsBuffer) -> Result<IsNull, BoxDynError> {
        if self.0 == "unspeakable" {
            return Err("not that word".into());
        }
        Encode::<Sqlite>::encode_by_ref(&self.0, buffer)
    }
}

impl<'r> Decode<'r, Sqlite> for Word {
    fn decode(value: SqliteValueRef<'r>) -> Result<Self, BoxDynError> {
        if value.is_null() {
            return Ok(Self("nothing".to_owned()));
        }
        Ok(Self(<String as Decode<'r, Sqlite>>::decode(value)?))
    }
}

#[derive(Debug, Factory)]
#[factory(table = "cells", on(sqlx, sqlite))]
struct Said {
    #[factory(key)]
    id: i64,
    #[factory(sequence(|n| Word(format!("word {n}"))))]
    value: Word,
}

#[tokio::test]
async fn a_type_of_ones_own_may_know_what_null_is() {
    let pool = pool("create table cells (id integer primary key, value)").await;
    assert_eq!(Cell::<Word>::factory().create(&pool).await.unwrap().value.0, "nothing");
    assert_eq!(Cell::<Word>::factory().create_batch(&pool, 2).await.unwrap()[1].value.0, "nothing");
}

#[tokio::test]
async fn a_value_that_refuses_to_be_written_names_its_row() {
    let pool = pool("create table cells (id integer primary key, value)").await;
    let rows =
        Said::factory().times(5).each(|i, said| if i == 3 { said.value(Word("unspeakable".into())) } else { said });
    let error = rows.create(&pool).await.unwrap_err();
    assert_eq!((error.stage(), error.row()), (Stage::Encode, Some((3, 5))), "{error:?}");
    let error = Said::factory().value(Word("unspeakable".into())).create(&pool).await.unwrap_err();
    assert_eq!((error.stage(), error.row()), (Stage::Encode, Some((0, 1))), "{error:?}");
    assert_eq!(count(&pool, "cells").await, 0);
    assert_eq!(create_all(&pool, [Said::factory(), Said::factory().id(9)]).await.unwrap()[1].id, 9);
}
