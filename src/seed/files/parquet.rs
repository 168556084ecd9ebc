//! Apache Parquet. Knows its types.
//!
//! Integers, floating-point numbers, booleans and bytes are what they are, of 32 bits where their type is. Text, UUIDs,
//! decimals and integers of 128 bits are strings: engines differ in which UUIDs they read, and a decimal's type does not say
//! its scale. JSON, dates, times and timestamps are annotated as such, all of microseconds; instants are adjusted to UTC.

use super::cell::Cell;
use super::part::Part;
use super::shape::{ColumnShape, Kind};
use super::{RowWriter, Shape};
use crate::error::BoxError;
use crate::persist::Values;
use ::parquet::basic::{Compression, LogicalType, Repetition, TimeUnit, Type as Physical};
use ::parquet::column::writer::ColumnWriterImpl;
use ::parquet::data_type::{BoolType, ByteArray, ByteArrayType, DataType, DoubleType, FloatType, Int32Type, Int64Type};
use ::parquet::file::properties::{EnabledStatistics, WriterProperties};
use ::parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use ::parquet::schema::types::Type;
use std::path::Path;
use std::sync::Arc;

/// How many rows a group has at most, and from how many bytes of text on it gets no further row: they are held in memory.
const GROUP: (usize, usize) = (50_000, 16 << 20);

/// The version is that of the layout, so that the same rows stay the same bytes. Readers want one.
const CREATED_BY: &str = "manufactory version 1.0.0";

/// A file of Parquet that is being written.
pub(super) struct Parquet {
    shape: Shape,
    writer: SerializedFileWriter<Part>,
    columns: Vec<Held>,
    rows: usize,
    bytes: usize,
}

impl Parquet {
    pub(super) fn open(path: &Path, shape: &Shape) -> Result<Self, BoxError> {
        let fields = shape.columns.iter().map(|column| field(column).map(Arc::new)).collect::<Result<_, _>>()?;
        let schema = Type::group_type_builder("schema").with_fields(fields).build()?;
        let properties = WriterProperties::builder()
            .set_created_by(CREATED_BY.to_owned())
            .set_compression(Compression::SNAPPY)
            // Those of pages would be held until the end of the file.
            .set_statistics_enabled(EnabledStatistics::Chunk)
            .set_offset_index_disabled(true)
            .build();
        let writer = SerializedFileWriter::new(Part::create(path)?, Arc::new(schema), Arc::new(properties))?;
        let columns = shape.columns.iter().map(Held::of).collect();
        Ok(Self { shape: shape.clone(), writer, columns, rows: 0, bytes: 0 })
    }

    /// Writes what is held as a group.
    fn flush(&mut self) -> Result<(), BoxError> {
        if self.rows > 0 {
            let mut group = self.writer.next_row_group()?;
            for held in &mut self.columns {
                let mut column = group.next_column()?.ok_or("the file has fewer columns than its shape")?;
                held.flush(&mut column)?;
                column.close()?;
            }
            group.close()?;
        }
        (self.rows, self.bytes) = (0, 0);
        Ok(())
    }
}

impl RowWriter for Parquet {
    fn write(&mut self, rows: &[Values]) -> Result<(), BoxError> {
        for row in rows {
            let (columns, bytes) = (&mut self.columns, &mut self.bytes);
            self.shape.each(row, |index, cell| {
                *bytes += columns[index].push(&cell.unwrap_or(Cell::Null))?;
                Ok(())
            })?;
            self.rows += 1;
            if self.rows == GROUP.0 || self.bytes >= GROUP.1 {
                self.flush()?;
            }
        }
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> Result<(), BoxError> {
        self.flush()?;
        self.writer.into_inner()?.finish()
    }
}

/// A column as the schema says it.
fn field(column: &ColumnShape) -> Result<Type, BoxError> {
    let (physical, logical) = match column.kind {
        Kind::Bool => (Physical::BOOLEAN, None),
        Kind::Int32 => (Physical::INT32, None),
        Kind::Int64 => (Physical::INT64, None),
        Kind::UInt32 => (Physical::INT32, Some(LogicalType::integer(32, false))),
        Kind::UInt64 => (Physical::INT64, Some(LogicalType::integer(64, false))),
        Kind::Float32 => (Physical::FLOAT, None),
        Kind::Float64 => (Physical::DOUBLE, None),
        Kind::Bytes => (Physical::BYTE_ARRAY, None),
        Kind::Text | Kind::Uuid | Kind::Decimal | Kind::Int128 => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
        Kind::Json => (Physical::BYTE_ARRAY, Some(LogicalType::Json)),
        Kind::Date => (Physical::INT32, Some(LogicalType::Date)),
        Kind::Time => (Physical::INT64, Some(LogicalType::time(false, TimeUnit::MICROS))),
        Kind::Civil => (Physical::INT64, Some(LogicalType::timestamp(false, TimeUnit::MICROS))),
        Kind::Instant => (Physical::INT64, Some(LogicalType::timestamp(true, TimeUnit::MICROS))),
    };
    let repetition = if column.nullable { Repetition::OPTIONAL } else { Repetition::REQUIRED };
    let field = Type::primitive_type_builder(column.name, physical).with_repetition(repetition);
    Ok(field.with_logical_type(logical).build()?)
}

/// The values of a column that are not written yet.
struct Held {
    /// Whether each row has a value, where it may have none.
    levels: Option<Vec<i16>>,
    values: Plain,
}

/// Values by their physical type.
enum Plain {
    Bool(Vec<bool>),
    Int32(Vec<i32>),
    Int64(Vec<i64>),
    Float(Vec<f32>),
    Double(Vec<f64>),
    Bytes(Vec<ByteArray>),
}

impl Held {
    fn of(column: &ColumnShape) -> Self {
        let values = match column.kind {
            Kind::Bool => Plain::Bool(Vec::new()),
            Kind::Int32 | Kind::UInt32 | Kind::Date => Plain::Int32(Vec::new()),
            Kind::Int64 | Kind::UInt64 | Kind::Time | Kind::Civil | Kind::Instant => Plain::Int64(Vec::new()),
            Kind::Float32 => Plain::Float(Vec::new()),
            Kind::Float64 => Plain::Double(Vec::new()),
            Kind::Text | Kind::Bytes | Kind::Uuid | Kind::Decimal | Kind::Int128 | Kind::Json => {
                Plain::Bytes(Vec::new())
            }
        };
        Self { levels: column.nullable.then(Vec::new), values }
    }

    /// Adds a value, and tells how many bytes of text or other bytes it holds.
    fn push(&mut self, cell: &Cell<'_>) -> Result<usize, BoxError> {
        let is_null = *cell == Cell::Null;
        match &mut self.levels {
            Some(levels) => levels.push(i16::from(!is_null)),
            None if is_null => return Err("NULL, where the column's type has none".into()),
            None => {}
        }
        if is_null { Ok(0) } else { self.values.push(cell) }
    }

    fn flush(&mut self, column: &mut SerializedColumnWriter<'_>) -> Result<(), BoxError> {
        let levels = self.levels.as_deref();
        match &mut self.values {
            Plain::Bool(values) => flush(column.typed::<BoolType>(), values, levels),
            Plain::Int32(values) => flush(column.typed::<Int32Type>(), values, levels),
            Plain::Int64(values) => flush(column.typed::<Int64Type>(), values, levels),
            Plain::Float(values) => flush(column.typed::<FloatType>(), values, levels),
            Plain::Double(values) => flush(column.typed::<DoubleType>(), values, levels),
            Plain::Bytes(values) => flush(column.typed::<ByteArrayType>(), values, levels),
        }?;
        self.levels.iter_mut().for_each(Vec::clear);
        Ok(())
    }
}

impl Plain {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_possible_wrap,
        reason = "an unsigned integer is the bits of a signed one"
    )]
    fn push(&mut self, cell: &Cell<'_>) -> Result<usize, BoxError> {
        match (self, cell) {
            (Self::Bool(values), Cell::Bool(value)) => values.push(*value),
            (Self::Int32(values), Cell::Int(value)) => values.push(*value as i32),
            (Self::Int32(values), Cell::UInt(value)) => values.push(*value as i32),
            (Self::Int32(values), Cell::Date(date)) => values.push(date.days()),
            (Self::Int64(values), Cell::Int(value)) => values.push(*value),
            (Self::Int64(values), Cell::UInt(value)) => values.push(*value as i64),
            (Self::Int64(values), Cell::Time(time)) => values.push(time.micros()),
            (Self::Int64(values), Cell::Civil(moment) | Cell::Instant(moment)) => values.push(moment.micros()),
            (Self::Float(values), Cell::Single(value)) => values.push(*value),
            (Self::Double(values), Cell::Double(value)) => values.push(*value),
            (Self::Bytes(values), Cell::Text(text)) => return Ok(push_bytes(values, text.as_bytes())),
            (Self::Bytes(values), Cell::Json(json)) => return Ok(push_bytes(values, json.as_bytes())),
            (Self::Bytes(values), Cell::Bytes(bytes)) => return Ok(push_bytes(values, bytes)),
            _ => return Err("a value of another type than the column's".into()),
        }
        Ok(0)
    }
}

fn push_bytes(values: &mut Vec<ByteArray>, bytes: &[u8]) -> usize {
    values.push(ByteArray::from(bytes.to_vec()));
    bytes.len()
}

fn flush<D: DataType>(
    column: &mut ColumnWriterImpl<'_, D>,
    values: &mut Vec<D::T>,
    levels: Option<&[i16]>,
) -> Result<(), BoxError> {
    column.write_batch(values, levels, None)?;
    values.clear();
    Ok(())
}

#[cfg(test)]
#[path = "parquet_tests.rs"]
mod tests;
