//! Files of every format, as they are written.

use super::shape::Kind;
use super::*;
use crate::persist::{Column, Record, Row, Sink};
use std::fs;
use std::path::PathBuf;

/// A factory as the derive writes one, whose rows leave the columns to the database that `open` names.
macro_rules! record {
    ($name:ident in $table:literal { $($column:ident: $ty:ty $(, $is:ident)*;)* }) => {
        #[derive(Clone)]
        pub(super) struct $name {
            $(pub(super) $column: $ty,)*
            pub(super) open: &'static [&'static str],
        }

        impl Record for $name {
            type Model = ();
            const NAME: &'static str = stringify!($name);
            const TABLE: Option<&'static str> = Some($table);
            const COLUMNS: &'static [Column] = &[$(Column::new(stringify!($column))$(.$is())*),*];

            fn describe(&self) -> crate::persist::Described {
                values(self).describe()
            }
        }

        impl<S> Row<S> for $name
        where
            $(S: Sink<$ty>,)*
        {
            fn write(&self, sink: &mut S) {
                $(if !self.open.contains(&stringify!($column)) {
                    sink.put(stringify!($column), &self.$column);
                })*
            }
        }
    };
}

record!(Every in "shop.everything" {
    id: i64, key, optional;
    flag: bool;
    small: u8;
    middle: u32;
    big: u64;
    huge: u128;
    single: f32;
    double: f64;
    text: String;
    bytes: Vec<u8>;
    uuid: uuid::Uuid;
    price: rust_decimal::Decimal;
    data: serde_json::Value;
    day: chrono::NaiveDate;
    hour: chrono::NaiveTime;
    civil: chrono::NaiveDateTime;
    instant: chrono::DateTime<chrono::Utc>;
    offset: time::OffsetDateTime;
    note: Option<String>;
});

/// Two rows: one of values that are hard to write, one of nothing where that can be.
pub(super) fn every() -> Vec<Every> {
    let day = chrono::NaiveDate::from_ymd_opt(2024, 2, 29).unwrap();
    let civil = day.and_hms_nano_opt(1, 2, 3, 4_005_999).unwrap();
    let first = Every {
        id: i64::MIN,
        flag: true,
        small: 255,
        middle: u32::MAX,
        big: u64::MAX,
        huge: u128::MAX,
        single: 0.1,
        double: 1e300,
        text: "it's \"a\\b\",\nü".to_owned(),
        bytes: vec![0, 255],
        uuid: uuid::Uuid::from_u128(1),
        price: rust_decimal::Decimal::new(150, 2),
        data: serde_json::json!({"a": [1, "it's"]}),
        day,
        hour: civil.time(),
        civil,
        instant: civil.and_utc(),
        offset: time::OffsetDateTime::UNIX_EPOCH.to_offset(time::UtcOffset::from_hms(2, 0, 0).unwrap()),
        note: Some(String::new()),
        open: &[],
    };
    let second = Every {
        flag: false,
        big: 7,
        huge: 7,
        single: -1.0,
        double: 0.5,
        text: String::new(),
        bytes: Vec::new(),
        data: serde_json::Value::Null,
        hour: chrono::NaiveTime::MIN,
        note: None,
        open: &["id"],
        ..first.clone()
    };
    vec![first, second]
}

record!(Post in "posts" {
    id: i64, key, optional;
    title: String, secret;
    score: Option<f64>;
});

pub(super) fn post(title: &str, open: &'static [&'static str]) -> Post {
    Post { id: 1, title: title.to_owned(), score: Some(1.0), open }
}

record!(Strange in "strange" {
    role: Option<Vec<i32>>;
});

record!(Late in "late" {
    at: std::time::SystemTime;
});

pub(super) fn values<F: Record + Row<Values>>(row: &F) -> Values {
    let mut values = Values::of::<F>();
    row.write(&mut values);
    values
}

/// A folder that is gone when the test ends.
pub(super) struct Folder(PathBuf);

impl Folder {
    pub(super) fn new(test: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("manufactory-files-{test}-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }

    pub(super) fn file(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    fn names(&self) -> Vec<String> {
        let names = fs::read_dir(&self.0).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
        names.collect()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// What a file of these rows holds.
fn written<F>(test: &str, format: Format, dialect: Dialect, rows: &[F]) -> Result<String, String>
where
    F: Record + Row<ShapeSink> + Row<Values>,
{
    let folder = Folder::new(&format!("{test}-{format}-{dialect}"));
    let path = folder.file("rows");
    let rows_as_values: Vec<_> = rows.iter().map(values).collect();
    let write = || {
        let mut file = format.open(&path, &Shape::of(rows.iter())?, dialect)?;
        file.write(&rows_as_values)?;
        file.finish()
    };
    let outcome = write().map_err(|error: BoxError| error.to_string());
    assert_eq!(folder.names(), if outcome.is_ok() { vec!["rows"] } else { vec![] });
    outcome.map(|()| fs::read_to_string(&path).unwrap())
}

#[test]
fn csv_of_every_kind() {
    let expected = r#"id,flag,small,middle,big,huge,single,double,text,bytes,uuid,price,data,day,hour,civil,instant,offset,note
-9223372036854775808,true,255,4294967295,18446744073709551615,340282366920938463463374607431768211455,0.1,1e300,"it's ""a\b"",
ü",\x00ff,00000000-0000-0000-0000-000000000001,1.50,"{""a"":[1,""it's""]}",2024-02-29,01:02:03.004005,2024-02-29T01:02:03.004005,2024-02-29T01:02:03.004005Z,1970-01-01T00:00:00Z,""
,false,255,4294967295,7,7,-1.0,0.5,"",\x,00000000-0000-0000-0000-000000000001,1.50,null,2024-02-29,00:00:00,2024-02-29T01:02:03.004005,2024-02-29T01:02:03.004005Z,1970-01-01T00:00:00Z,
"#;
    assert_eq!(written("every", Format::Csv, Dialect::Postgres, &every()).unwrap(), expected);
}

#[test]
fn csv_quotes_what_readers_would_change() {
    let rows = [" a", "\\.", "a b", "a\r"].map(|title| Post { score: Some(f64::NEG_INFINITY), ..post(title, &["id"]) });
    let text = written("quotes", Format::Csv, Dialect::Postgres, &rows).unwrap();
    assert_eq!(text, "title,score\n\" a\",-Infinity\n\"\\.\",-Infinity\na b,-Infinity\n\"a\r\",-Infinity\n");
}

#[test]
fn json_lines_of_every_kind() {
    let expected = r#"{"id":-9223372036854775808,"flag":true,"small":255,"middle":4294967295,"big":18446744073709551615,"huge":"340282366920938463463374607431768211455","single":0.1,"double":1e300,"text":"it's \"a\\b\",\nü","bytes":"AP8=","uuid":"00000000-0000-0000-0000-000000000001","price":"1.50","data":{"a":[1,"it's"]},"day":"2024-02-29","hour":"01:02:03.004005","civil":"2024-02-29T01:02:03.004005","instant":"2024-02-29T01:02:03.004005Z","offset":"1970-01-01T00:00:00Z","note":""}
{"id":null,"flag":false,"small":255,"middle":4294967295,"big":7,"huge":"7","single":-1.0,"double":0.5,"text":"","bytes":"","uuid":"00000000-0000-0000-0000-000000000001","price":"1.50","data":null,"day":"2024-02-29","hour":"00:00:00","civil":"2024-02-29T01:02:03.004005","instant":"2024-02-29T01:02:03.004005Z","offset":"1970-01-01T00:00:00Z","note":null}
"#;
    let text = written("every", Format::Jsonl, Dialect::Postgres, &every()).unwrap();
    assert_eq!(text, expected);
    text.lines().for_each(|line| assert!(serde_json::from_str::<serde_json::Value>(line).is_ok(), "{line}"));
}

#[test]
fn sql_of_postgres() {
    let expected = r#"insert into "shop"."everything" ("id", "flag", "small", "middle", "big", "huge", "single", "double", "text", "bytes", "uuid", "price", "data", "day", "hour", "civil", "instant", "offset", "note") values
(-9223372036854775808, true, 255, 4294967295, 18446744073709551615, '340282366920938463463374607431768211455', 0.1, 1e300, 'it''s "a\b",
ü', '\x00ff', '00000000-0000-0000-0000-000000000001', '1.50', '{"a":[1,"it''s"]}', '2024-02-29', '01:02:03.004005', '2024-02-29 01:02:03.004005', '2024-02-29T01:02:03.004005+00:00', '1970-01-01T00:00:00+00:00', ''),
(default, false, 255, 4294967295, 7, '7', -1.0, 0.5, '', '\x', '00000000-0000-0000-0000-000000000001', '1.50', 'null', '2024-02-29', '00:00:00', '2024-02-29 01:02:03.004005', '2024-02-29T01:02:03.004005+00:00', '1970-01-01T00:00:00+00:00', null);
"#;
    assert_eq!(written("every", Format::Sql, Dialect::Postgres, &every()).unwrap(), expected);
}

#[test]
fn sql_of_mysql() {
    let expected = r#"set names utf8mb4;
set time_zone = '+00:00';
insert into `shop`.`everything` (`id`, `flag`, `small`, `middle`, `big`, `huge`, `single`, `double`, `text`, `bytes`, `uuid`, `price`, `data`, `day`, `hour`, `civil`, `instant`, `offset`, `note`) values
(-9223372036854775808, true, 255, 4294967295, 18446744073709551615, '340282366920938463463374607431768211455', 0.1, 1e300, 'it''s "a\\b",
ü', x'00ff', '00000000-0000-0000-0000-000000000001', '1.50', '{"a":[1,"it''s"]}', '2024-02-29', '01:02:03.004005', '2024-02-29 01:02:03.004005', '2024-02-29 01:02:03.004005', '1970-01-01 00:00:00', ''),
(default, false, 255, 4294967295, 7, '7', -1.0, 0.5, '', x'', '00000000-0000-0000-0000-000000000001', '1.50', 'null', '2024-02-29', '00:00:00', '2024-02-29 01:02:03.004005', '2024-02-29 01:02:03.004005', '1970-01-01 00:00:00', null);
"#;
    assert_eq!(written("every", Format::Sql, Dialect::Mysql, &every()).unwrap(), expected);
}

#[test]
fn sql_of_sqlite_has_statements_for_other_columns_instead_of_a_default() {
    let rows = [
        post("a", &[]),
        post("b", &["id"]),
        Post { score: None, ..post("c\\", &["id"]) },
        post("", &["id", "title", "score"]),
        post("d", &["id"]),
    ];
    let expected = r#"insert into "posts" ("id", "title", "score") values
(1, 'a', 1.0);
insert into "posts" ("title", "score") values
('b', 1.0),
('c\', null);
insert into "posts" default values;
insert into "posts" ("title", "score") values
('d', 1.0);
"#;
    assert_eq!(written("columns", Format::Sql, Dialect::Sqlite, &rows).unwrap(), expected);
}

#[test]
fn statements_of_sql_are_of_bounded_size() {
    let text = written("rows", Format::Sql, Dialect::Postgres, &vec![post("a", &[]); 1_001]).unwrap();
    assert_eq!((text.matches("insert").count(), text.matches("(1, 'a', 1.0);").count()), (3, 3));
    let long = "a".repeat(600 << 10);
    let text = written("bytes", Format::Sql, Dialect::Postgres, &vec![post(&long, &[]); 5]).unwrap();
    assert_eq!(text.matches("insert").count(), 3);
}

#[test]
fn values_that_a_format_cannot_write_are_refused() {
    let refused = |format, dialect, score, title| {
        let row = Post { score: Some(score), ..post(title, &[]) };
        written("refused", format, dialect, &[row]).unwrap_err()
    };
    assert_eq!(
        refused(Format::Jsonl, Dialect::Postgres, f64::NAN, ""),
        "`posts.score`: JSON has no NaN; make the column an `Option`, or choose another format"
    );
    let error = refused(Format::Sql, Dialect::Mysql, f64::INFINITY, "");
    assert_eq!(error, "`posts.score`: the dialect `mysql` has no Infinity");
    let error = refused(Format::Sql, Dialect::Postgres, 1.0, "hunter2\0");
    assert_eq!(error, "`posts.title`: its text holds a NUL, which SQL has no literal for");
    let error = written("refused-big", Format::Sql, Dialect::Sqlite, &every()).unwrap_err();
    assert_eq!(error, "`shop.everything.big`: SQLite has no integer as large as this");
    let row = Post { score: Some(f64::NAN), ..post("", &[]) };
    assert!(written("nan", Format::Sql, Dialect::Postgres, &[row]).unwrap().contains("'NaN'"));
}

#[test]
fn a_column_outside_the_shape_is_named() {
    let folder = Folder::new("outside");
    let path = folder.file("posts.csv");
    let shape = Shape::of([post("a", &["id"])].iter()).unwrap();
    let mut file = Format::Csv.open(&path, &shape, Dialect::Postgres).unwrap();
    let error = file.write(&[values(&post("a", &[]))]).unwrap_err().to_string();
    assert!(error.starts_with("`posts.id`: a row fills this column, which"), "{error}");
}

#[test]
fn types_of_others_are_named_with_the_remedy() {
    let row = Strange { role: None, open: &[] };
    let expected = "`strange.role`: a `Option<Vec<i32>>` cannot be written to a file; \
        give the column a type that can by `#[factory(as(String))]`, or make it JSON by `#[factory(json)]`";
    assert_eq!(Shape::of([&row].into_iter()).unwrap_err().to_string(), expected);
    let mut opaque = Values::new();
    opaque.opaque("title", "Option<Vec<i32>>");
    let folder = Folder::new("opaque");
    let shape = Shape::of([post("a", &[])].iter()).unwrap();
    let mut file = Format::Jsonl.open(&folder.file("posts"), &shape, Dialect::Postgres).unwrap();
    assert_eq!(file.write(&[opaque]).unwrap_err().to_string(), expected.replace("strange.role", "posts.title"));
    let row = Late { at: std::time::SystemTime::UNIX_EPOCH, open: &[] };
    assert!(Shape::of([&row].into_iter()).unwrap_err().to_string().contains("a `SystemTime` cannot"));
}

#[test]
fn a_value_that_was_not_converted_is_named_and_stays_secret() {
    let shape = Shape::of([post("a", &[])].iter()).unwrap();
    let folder = Folder::new("converted");
    for (column, why) in [("score", "hunter2 is no number"), ("title", "its value, which is secret, does not fit")] {
        let mut row = values(&post("a", &[]));
        <Values as Sink<String>>::refuse(&mut row, column, "hunter2 is no number".into());
        let mut file = Format::Csv.open(&folder.file(column), &shape, Dialect::Postgres).unwrap();
        assert_eq!(file.write(&[row]).unwrap_err().to_string(), format!("`posts.{column}`: {why}"));
    }
}

#[test]
fn a_shape_is_what_the_rows_fill_by_type() {
    let rows = [post("a", &["id", "score"]), post("a", &["title", "score"])];
    let shape = Shape::of(rows.iter()).unwrap();
    let columns: Vec<_> = shape.columns.iter().map(|column| (column.name, column.kind, column.nullable)).collect();
    assert_eq!(columns, [("id", Kind::Int64, true), ("title", Kind::Text, false)]);
    assert_eq!(Shape::of([post("a", &[])].iter()).unwrap().columns[2].kind, Kind::Float64);
    let none: [Post; 0] = [];
    assert!(Shape::of(none.iter()).unwrap_err().to_string().starts_with("no row fills a column of `posts`"));
}

#[test]
fn a_file_has_its_name_when_it_is_whole() {
    let folder = Folder::new("part");
    let path = folder.file("posts.csv");
    fs::write(&path, "of an earlier run").unwrap();
    let shape = Shape::of([post("a", &[])].iter()).unwrap();
    let open = || Format::Csv.open(&path, &shape, Dialect::Postgres).unwrap();
    let file = open();
    assert!(folder.file("posts.csv.part").exists());
    drop(file);
    assert_eq!(
        (folder.names(), fs::read_to_string(&path).unwrap()),
        (vec!["posts.csv".to_owned()], "of an earlier run".to_owned())
    );
    open().finish().unwrap();
    assert_eq!(
        (folder.names(), fs::read_to_string(&path).unwrap()),
        (vec!["posts.csv".to_owned()], "id,title,score\n".to_owned())
    );
    let error = Format::Sql.open(&folder.file("no/such/folder.sql"), &shape, Dialect::Postgres).err().unwrap();
    assert!(error.to_string().starts_with("cannot create "), "{error}");
}

#[test]
fn names_of_files() {
    assert_eq!(file_name("posts", (0, 1), Format::Csv), "posts.csv");
    assert_eq!(file_name("posts", (3, 16), Format::Parquet), "posts-00003-of-00016.parquet");
    assert_eq!(
        Format::value_variants().iter().map(ToString::to_string).collect::<Vec<_>>(),
        ["csv", "jsonl", "sql", "parquet"]
    );
    for dialect in Dialect::value_variants() {
        assert_eq!(Dialect::from_str(&dialect.to_string(), false), Ok(*dialect));
    }
}
