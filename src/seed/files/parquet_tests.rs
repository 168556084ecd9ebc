//! Files of Parquet: read back by the crate that wrote them, and by DuckDB.

use super::*;
use crate::persist::Row;
use crate::seed::files::tests::{Every, Folder, every, post, values};
use crate::seed::files::{Dialect, Format, ShapeSink};
use ::parquet::file::reader::{FileReader, SerializedFileReader};
use std::fs::{self, File};
use std::path::PathBuf;

/// A file of these rows, which are given to the writer by so many.
fn written<F>(folder: &Folder, name: &str, rows: &[F], by: usize) -> PathBuf
where
    F: Row<ShapeSink> + Row<Values>,
{
    let path = folder.file(name);
    let shape = Shape::of(rows.iter()).unwrap();
    let mut file = Format::Parquet.open(&path, &shape, Dialect::Postgres).unwrap();
    for rows in rows.chunks(by) {
        file.write(&rows.iter().map(values).collect::<Vec<_>>()).unwrap();
    }
    file.finish().unwrap();
    path
}

fn many(rows: usize) -> Vec<Every> {
    let every = every();
    let row = |index: usize| Every { big: index as u64, ..every[index % 2].clone() };
    (0..rows).map(row).collect()
}

#[test]
fn groups_are_of_bounded_size() {
    let folder = Folder::new("groups");
    let read = |path: PathBuf| {
        let reader = SerializedFileReader::new(File::open(path).unwrap()).unwrap();
        let groups = reader
            .metadata()
            .row_groups()
            .iter()
            .map(parquet::file::metadata::RowGroupMetaData::num_rows)
            .collect::<Vec<_>>();
        (groups, reader.metadata().file_metadata().created_by().map(str::to_owned))
    };
    let created_by = Some("manufactory version 1.0.0".to_owned());
    let few = written(&folder, "rows", &vec![post("a", &[]); 50_001], 7_000);
    assert_eq!(read(few), (vec![50_000, 1], created_by.clone()));
    let long = written(&folder, "bytes", &vec![post(&"a".repeat(9 << 20), &[]); 3], 3);
    assert_eq!(read(long), (vec![2, 1], created_by));
}

#[test]
fn the_same_rows_give_the_same_bytes() {
    let folder = Folder::new("bytes");
    let rows = many(1_000);
    let bytes = |name, by| fs::read(written(&folder, name, &rows, by)).unwrap();
    assert_eq!(bytes("one", 1_000), bytes("other", 7));
}

#[test]
fn every_kind_has_its_type() {
    let folder = Folder::new("types");
    let reader = SerializedFileReader::new(File::open(written(&folder, "every", &every(), 2)).unwrap()).unwrap();
    let schema = reader.metadata().file_metadata().schema().clone();
    let mut text = Vec::new();
    ::parquet::schema::printer::print_schema(&mut text, &schema);
    let expected = "message schema {
  OPTIONAL INT64 id;
  REQUIRED BOOLEAN flag;
  REQUIRED INT32 small;
  REQUIRED INT32 middle (INTEGER(32,false));
  REQUIRED INT64 big (INTEGER(64,false));
  REQUIRED BYTE_ARRAY huge (STRING);
  REQUIRED FLOAT single;
  REQUIRED DOUBLE double;
  REQUIRED BYTE_ARRAY text (STRING);
  REQUIRED BYTE_ARRAY bytes;
  REQUIRED BYTE_ARRAY uuid (STRING);
  REQUIRED BYTE_ARRAY price (STRING);
  REQUIRED BYTE_ARRAY data (JSON);
  REQUIRED INT32 day (DATE);
  REQUIRED INT64 hour (TIME(MICROS,false));
  REQUIRED INT64 civil (TIMESTAMP(MICROS,false));
  REQUIRED INT64 instant (TIMESTAMP(MICROS,true));
  REQUIRED INT64 offset (TIMESTAMP(MICROS,true));
  OPTIONAL BYTE_ARRAY note (STRING);
}
";
    assert_eq!(String::from_utf8(text).unwrap(), expected);
}

#[test]
fn nothing_where_the_type_has_none_is_refused() {
    let folder = Folder::new("none");
    let rows = every();
    let shape = Shape::of(rows.iter()).unwrap();
    let mut file = Format::Parquet.open(&folder.file("rows"), &shape, Dialect::Postgres).unwrap();
    let row = Every { open: &["flag"], ..rows[0].clone() };
    let error = file.write(&[values(&row)]).unwrap_err().to_string();
    assert_eq!(error, "`shop.everything.flag`: NULL, where the column's type has none");
}

/// `tests/parquet` needs Python and DuckDB, which `tests/install parquet` brings.
#[cfg(feature = "_servers")]
#[test]
fn duckdb_reads_it() {
    let folder = Folder::new("duckdb");
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/parquet");
    let output = std::process::Command::new(script).arg(written(&folder, "every", &every(), 2)).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let expected = r#"id BIGINT: '-9223372036854775808' | None
flag BOOLEAN: 'true' | 'false'
small INTEGER: '255' | '255'
middle UINTEGER: '4294967295' | '4294967295'
big UBIGINT: '18446744073709551615' | '7'
huge VARCHAR: '340282366920938463463374607431768211455' | '7'
single FLOAT: '0.1' | '-1.0'
double DOUBLE: '1e+300' | '0.5'
text VARCHAR: 'it\'s "a\\b",\nü' | ''
bytes BLOB: '\\x00\\xFF' | ''
uuid VARCHAR: '00000000-0000-0000-0000-000000000001' | '00000000-0000-0000-0000-000000000001'
price VARCHAR: '1.50' | '1.50'
data JSON: '{"a":[1,"it\'s"]}' | 'null'
day DATE: '2024-02-29' | '2024-02-29'
hour TIME: '01:02:03.004005' | '00:00:00'
civil TIMESTAMP: '2024-02-29 01:02:03.004005' | '2024-02-29 01:02:03.004005'
instant TIMESTAMP WITH TIME ZONE: '2024-02-29 01:02:03.004005+00' | '2024-02-29 01:02:03.004005+00'
offset TIMESTAMP WITH TIME ZONE: '1970-01-01 00:00:00+00' | '1970-01-01 00:00:00+00'
note VARCHAR: '' | None
"#;
    assert_eq!(text, expected);
}
