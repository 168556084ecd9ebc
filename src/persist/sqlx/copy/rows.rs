//! Rows as the bytes of a binary COPY: <https://www.postgresql.org/docs/current/sql-copy.html>. Knows what is to be done to
//! each column, not why.

use super::fit::Fit;
use super::plan::CopyPlan;
use crate::error::{BoxError, Error, Result, Stage};
use crate::persist::{Row, Sink, unless_secret};
use ::sqlx::encode::IsNull;
use ::sqlx::postgres::{PgArgumentBuffer, PgTypeInfo};
use ::sqlx::{Encode, Postgres, Type};
use std::mem::take;
use std::sync::Arc;

/// Signature, flags, length of what else there is.
pub(super) const HEAD: &[u8] = b"PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0";
pub(super) const TAIL: [u8; 2] = (-1_i16).to_be_bytes();
const NULL: [u8; 4] = (-1_i32).to_be_bytes();

/// The rows between head and tail.
pub(super) fn body(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(HEAD).and_then(|rows| rows.strip_suffix(&TAIL)).unwrap_or(bytes)
}

/// A column, and what makes its values fit.
#[derive(Debug)]
pub(super) struct Place {
    pub(super) column: &'static str,
    pub(super) kind: PgTypeInfo,
    pub(super) fit: Fit,
}

/// Collects rows as bytes; or, of one row, the types of its values.
pub struct CopyRows {
    bytes: PgArgumentBuffer,
    places: Arc<[Place]>,
    next: usize,
    asked: Option<Vec<(&'static str, PgTypeInfo)>>,
    failed: Option<(&'static str, BoxError)>,
}

impl CopyRows {
    fn new(places: Arc<[Place]>) -> Self {
        Self { bytes: PgArgumentBuffer::default(), places, next: 0, asked: None, failed: None }
    }

    /// The columns that a draft fills, and the types of what it fills them with.
    pub(super) fn types<F: Row<Self>>(draft: &F) -> Result<Vec<(&'static str, PgTypeInfo)>> {
        let mut rows = Self { asked: Some(Vec::new()), ..Self::new(Arc::default()) };
        draft.write(&mut rows);
        match rows.failed {
            None => Ok(rows.asked.unwrap_or_default()),
            Some(failed) => Err(unencoded::<F>(failed)),
        }
    }

    fn begin(&mut self) {
        self.next = 0;
        // More columns than this no table has.
        let columns = i16::try_from(self.places.len()).unwrap_or(i16::MAX);
        self.bytes.extend_from_slice(&columns.to_be_bytes());
    }

    /// What is wrong with the row, if anything.
    fn end(&mut self) -> Option<(&'static str, BoxError)> {
        if let (None, Some(place)) = (&self.failed, self.places.get(self.next)) {
            self.failed = Some((place.column, "it is left open here, and filled in other rows of the COPY".into()));
        }
        self.failed.take()
    }

    /// The place of a column, with four bytes for a length.
    #[inline]
    fn place(&mut self, column: &'static str) -> Option<usize> {
        match self.places.get(self.next) {
            _ if self.failed.is_some() => None,
            Some(place) if place.column == column => {
                self.bytes.extend_from_slice(&[0; 4]);
                self.next += 1;
                Some(self.next - 1)
            }
            _ => {
                self.failed = Some((column, "it is filled here, and left open in other rows of the COPY".into()));
                None
            }
        }
    }

    #[inline]
    fn placed(&mut self, place: usize, start: usize, written: Result<IsNull, BoxError>) {
        let Place { column, fit, .. } = self.places[place];
        let fitted = written.and_then(|is_null| {
            if let IsNull::Yes = is_null {
                self.bytes.truncate(start);
                return Ok(NULL);
            }
            fit.apply(&mut self.bytes, start)?;
            Ok(i32::try_from(self.bytes.len() - start).map_err(|_| "it is too long for a column")?.to_be_bytes())
        });
        match fitted {
            Ok(length) => self.bytes[start - 4..start].copy_from_slice(&length),
            Err(why) => self.failed = Some((column, why)),
        }
    }
}

// So that an error is about the column, not about two traits of sqlx.
#[diagnostic::do_not_recommend]
impl<'q, T> Sink<T> for CopyRows
where
    T: Encode<'q, Postgres> + Type<Postgres>,
{
    #[inline]
    fn put(&mut self, column: &'static str, value: &T) {
        if let Some(types) = &mut self.asked {
            types.push((column, value.produces().unwrap_or_else(T::type_info)));
            return;
        }
        let Some(place) = self.place(column) else { return };
        let start = self.bytes.len();
        let mut written = value.encode_by_ref(&mut self.bytes);
        if let (Ok(IsNull::No), Some(kind)) = (&written, value.produces()) {
            if kind != self.places[place].kind {
                written = Err(format!("its type is another than in other rows of the COPY: {kind}").into());
            }
        }
        self.placed(place, start, written);
    }

    fn refuse(&mut self, column: &'static str, why: BoxError) {
        self.failed.get_or_insert((column, why));
    }
}

/// The bytes of a batch, draft by draft: none of them has to be kept.
pub struct Encoder {
    rows: CopyRows,
    len: usize,
}

impl Encoder {
    /// No rows yet.
    pub fn new(plan: &CopyPlan) -> Self {
        let mut rows = CopyRows::new(plan.places());
        rows.bytes.extend_from_slice(HEAD);
        Self { rows, len: 0 }
    }

    /// Makes room for so many more rows like those before.
    pub fn reserve(&mut self, more: usize) {
        let row = self.rows.bytes.len() / self.len.max(1);
        self.rows.bytes.reserve(more * (row + row / 16));
    }

    /// Adds a row.
    ///
    /// # Errors
    /// A value cannot be encoded, or does not fit its column; or the draft fills other columns than those of the plan.
    /// Nothing is to be done with the encoder then.
    #[inline]
    pub fn push<F: Row<CopyRows>>(&mut self, draft: &F) -> Result<()> {
        self.rows.begin();
        draft.write(&mut self.rows);
        self.len += 1;
        match self.rows.end() {
            None => Ok(()),
            Some(failed) => Err(unencoded::<F>(failed).values(draft.describe())),
        }
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// How many bytes there are.
    pub fn size(&self) -> usize {
        self.rows.bytes.len()
    }

    /// The bytes of the whole COPY.
    pub fn finish(mut self) -> Vec<u8> {
        self.rows.bytes.extend_from_slice(&TAIL);
        take(&mut *self.rows.bytes)
    }
}

/// The bytes of a COPY of these drafts.
///
/// # Errors
/// A value of a row cannot be encoded, or does not fit its column; or the row fills other columns than those of the plan.
pub fn encode<F: Row<CopyRows>>(drafts: &[F], plan: &CopyPlan) -> Result<Vec<u8>> {
    let mut encoder = Encoder::new(plan);
    for (row, draft) in drafts.iter().enumerate() {
        encoder.push(draft).map_err(|error| error.at(row, drafts.len()))?;
        if row == 0 {
            encoder.reserve(drafts.len());
        }
    }
    Ok(encoder.finish())
}

fn unencoded<F: Row<CopyRows>>((column, why): (&'static str, BoxError)) -> Error {
    Error::new(Stage::Encode, F::NAME, unless_secret::<F>(column, why)).attribute(F::attribute(column))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(fits: &[(&'static str, Fit)]) -> CopyRows {
        let place = |&(column, fit)| Place { column, kind: PgTypeInfo::with_name("own"), fit };
        let mut rows = CopyRows::new(fits.iter().map(place).collect());
        rows.begin();
        rows
    }

    fn failure(mut rows: CopyRows) -> (&'static str, String) {
        let (column, why) = rows.end().unwrap();
        (column, why.to_string())
    }

    #[test]
    fn a_row_is_a_number_of_values_each_behind_its_length() {
        let mut rows = rows(&[("a", Fit::AsIs), ("b", Fit::Text), ("c", Fit::Text), ("d", Fit::AsIs)]);
        rows.put("a", &258_i32);
        rows.put("b", &"né".to_owned());
        rows.put("c", &None::<String>);
        rows.put("d", &Some(true));
        assert!(rows.end().is_none());
        let expected = b"\0\x04\0\0\0\x04\0\0\x01\x02\0\0\0\x03n\xc3\xa9\xff\xff\xff\xff\0\0\0\x01\x01";
        assert_eq!(rows.bytes.as_slice(), expected);
    }

    #[test]
    fn lengths_are_those_of_what_was_made_of_the_value() {
        let mut rows = rows(&[("a", Fit::Integer(super::super::kind::Width::Eight)), ("b", Fit::Double)]);
        rows.put("a", &1_i16);
        rows.put("b", &None::<f32>);
        assert!(rows.end().is_none());
        assert_eq!(rows.bytes.as_slice(), b"\0\x02\0\0\0\x08\0\0\0\0\0\0\0\x01\xff\xff\xff\xff");
    }

    #[test]
    fn the_first_thing_that_is_wrong_counts() {
        let mut filled = rows(&[("a", Fit::Text), ("b", Fit::Text)]);
        filled.put("a", &"\0".to_owned());
        filled.put("b", &"\0".to_owned());
        assert_eq!(failure(filled), ("a", "a text cannot hold the character NUL".to_owned()));
        let mut refused = rows(&[("a", Fit::Text)]);
        Sink::<String>::refuse(&mut refused, "a", "no".into());
        assert_eq!(failure(refused), ("a", "no".to_owned()));
        let other = failure(rows(&[("a", Fit::Text)]));
        assert_eq!(other, ("a", "it is left open here, and filled in other rows of the COPY".to_owned()));
        let mut more = rows(&[]);
        more.put("a", &1_i32);
        assert_eq!(failure(more), ("a", "it is filled here, and left open in other rows of the COPY".to_owned()));
    }
}
