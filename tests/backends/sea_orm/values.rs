//! Values that do not fit: into their column, or back into the field.

use super::{count, sqlite};
use manufactory::{Factory, Stage};
use sea_orm::{DeriveActiveEnum, EnumIter};
use std::error::Error as _;

#[derive(Debug, Factory)]
#[factory(table = "cells")]
struct Cell<T> {
    #[factory(key)]
    id: i64,
    #[factory(database)]
    value: T,
}

#[tokio::test]
async fn a_value_of_another_type_names_its_column_and_nothing_remains() {
    let db = sqlite("create table cells (id integer primary key, value default 'word')").await;
    for rows in [1, 2] {
        let error = Cell::<i64>::factory().create_batch(&db, rows).await.unwrap_err();
        assert_eq!((error.stage(), error.row()), (Stage::Read, Some((0, rows))));
        let text = format!("{error:?}");
        assert!(text.contains("Cell.value") && text.contains("\"value\""), "{text}");
        assert_eq!(count(&db, "cells").await, 0, "all or nothing, reading included");
    }
}

#[tokio::test]
async fn null_is_no_number_no_flag_and_no_empty_text() {
    let db = sqlite("create table cells (id integer primary key, value)").await;
    macro_rules! refused {
        ($($plain:ty),*) => {$({
            for rows in [1, 2] {
                let error = Cell::<$plain>::factory().create_batch(&db, rows).await.unwrap_err();
                let text = format!("{error:?}");
                assert!(text.contains("Cell.value") && text.contains("null value"), "{text}");
            }
            let nothing = Cell::<Option<$plain>>::factory().create(&db).await.unwrap();
            assert!(nothing.value.is_none());
        })*};
    }
    refused!(i8, i16, i32, i64, u8, u16, u32, f32, f64, bool, String, Vec<u8>);
}

#[derive(Debug, Factory)]
#[factory(table = "cells")]
struct Kept {
    #[factory(key)]
    id: i64,
    #[factory(as(i64), value(3))]
    value: u64,
    #[factory(json, value(vec![1, 2]))]
    list: Vec<u8>,
}

#[tokio::test]
async fn converted_columns() {
    let db = sqlite("create table cells (id integer primary key, value integer, list text)").await;
    let rows = Kept::factory().create_batch(&db, 3).await.unwrap();
    assert!(rows.iter().all(|row| (row.value, &*row.list) == (3, &[1, 2][..])));
    let error = Kept::factory().times(3).each(|i, row| if i == 1 { row.value(u64::MAX) } else { row });
    let error = error.create(&db).await.unwrap_err();
    assert_eq!((error.stage(), error.row()), (Stage::Encode, Some((1, 3))), "{error:?}");
}

/// Has no column of its own in SQLite, as long as the number is large.
#[derive(Debug, Factory)]
#[factory(table = "cells", on(sea_orm), returns = i64_cell::Model)]
struct Large {
    #[factory(value(7))]
    value: u64,
}

mod i64_cell {
    #[derive(Debug, sea_orm::FromQueryResult)]
    pub(super) struct Model {
        pub(super) value: i64,
    }
}

#[tokio::test]
async fn a_number_too_large_for_the_database_is_an_error_of_its_row() {
    let db = sqlite("create table cells (id integer primary key, value integer)").await;
    assert_eq!(Large::factory().create(&db).await.unwrap().value, 7);
    let rows = Large::factory().times(4).each(|i, row| if i == 2 { row.value(u64::MAX) } else { row });
    let error = rows.create(&db).await.unwrap_err();
    assert_eq!((error.stage(), error.row()), (Stage::Insert, Some((2, 4))), "{error:?}");
    assert_eq!(count(&db, "cells").await, 1);
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
enum Colour {
    #[sea_orm(string_value = "red")]
    Red,
}

#[derive(Debug, Factory)]
#[factory(table = "cells", on(sea_orm))]
struct Coloured {
    #[factory(key)]
    id: i64,
    #[factory(secret, database, value(Colour::Red))]
    value: Colour,
}

#[tokio::test]
async fn a_secret_that_does_not_fit_is_not_shown() {
    let db = sqlite("create table cells (id integer primary key, value text default 'infrared')").await;
    for rows in [1, 2] {
        let error = Coloured::factory().create_batch(&db, rows).await.unwrap_err();
        let text = format!("{error} {error:?} {}", error.source().unwrap());
        assert!(text.contains("secret") && !text.contains("infrared"), "{text}");
        assert_eq!(Coloured::factory().value(Colour::Red).create_batch(&db, rows).await.unwrap().len(), rows);
    }
}

#[derive(Debug, Factory)]
#[factory(table = "cells")]
struct Keyed<K> {
    #[factory(key)]
    id: K,
    #[factory(database)]
    value: String,
}

#[tokio::test]
async fn keys_of_any_kind_find_the_row_that_a_trigger_has_changed() {
    macro_rules! found {
        ($($kind:literal $key:literal $type:ty = $value:expr),*) => {$({
            let db = sqlite(concat!(
                "create table cells (id ", $kind, " primary key default ", $key, ", value text default 'old') without rowid;
                 create trigger changed after insert on cells begin update cells set value = 'new'; end;"
            ))
            .await;
            let cell = Keyed::<$type>::factory().create(&db).await.unwrap();
            assert_eq!((cell.id, &*cell.value), ($value, "new"));
        })*};
    }
    found!(
        "integer" "7" i64 = 7,
        "real" "7.5" f64 = 7.5,
        "text" "'seven'" String = "seven".to_owned(),
        "blob" "x'00ff'" Vec<u8> = vec![0, 255]
    );
}
