//! Rows that are shown: as a table for the eye, or as JSON for programs.

use super::args::Form;
use comfy_table::{CellAlignment, ContentArrangement, Table, presets};
use serde_json::Value as Json;

/// Rows of columns.
#[derive(Debug)]
pub(super) struct Sheet {
    /// The key in JSON, and what stands over the column.
    columns: Vec<(String, String)>,
    rows: Vec<Vec<Option<Json>>>,
}

/// How much of a text a table shows, in characters.
const SHOWN: usize = 60;

impl Sheet {
    /// No rows yet.
    pub(super) fn new<'c>(columns: impl IntoIterator<Item = (&'c str, &'c str)>) -> Self {
        let columns = columns.into_iter().map(|(key, title)| (key.to_owned(), title.to_owned()));
        Self { columns: columns.collect(), rows: Vec::new() }
    }

    /// Adds a row. `None` is what the row does not have.
    pub(super) fn push(&mut self, row: Vec<Option<Json>>) {
        self.rows.push(row);
    }

    /// All of it, in one form or the other.
    pub(super) fn text(&self, form: Form, is_process: bool) -> String {
        match form {
            Form::Json => self.json(),
            Form::Table => self.table(is_process),
        }
    }

    /// A list of objects, one on each line.
    pub(super) fn json(&self) -> String {
        if self.rows.is_empty() {
            return "[]".to_owned();
        }
        format!("[\n  {}\n]", self.objects().collect::<Vec<_>>().join(",\n  "))
    }

    /// Each row as an object, its columns in order.
    pub(super) fn objects(&self) -> impl Iterator<Item = String> {
        self.rows.iter().map(|row| {
            let given = self.columns.iter().zip(row).filter_map(|((key, _), value)| Some((key, value.as_ref()?)));
            let pairs: Vec<_> = given.map(|(key, value)| format!("{}: {value}", Json::from(key.as_str()))).collect();
            format!("{{{}}}", pairs.join(", "))
        })
    }

    /// Columns, numbers to the right.
    pub(super) fn table(&self, is_process: bool) -> String {
        let mut table = Table::new();
        table.load_preset(presets::NOTHING).set_content_arrangement(ContentArrangement::Dynamic);
        // Where there is no terminal, or one that does not know how wide it is.
        if !is_process || table.width().is_none_or(|width| width < 40) {
            table.force_no_tty();
        }
        table.set_header(self.columns.iter().map(|(_, title)| title));
        for row in &self.rows {
            table.add_row(row.iter().map(|value| value.as_ref().map_or_else(|| "-".to_owned(), shown)));
        }
        for place in 0..self.columns.len() {
            let mut values = self.rows.iter().filter_map(|row| row.get(place)?.as_ref()).peekable();
            let is_numeric = values.peek().is_some() && values.all(Json::is_number);
            if let Some(column) = table.column_mut(place) {
                column.set_padding((u16::from(place > 0), 1));
                if is_numeric {
                    column.set_cell_alignment(CellAlignment::Right);
                }
            }
        }
        let lines: Vec<_> = table.lines().map(|line| line.trim_end().to_owned()).collect();
        lines.join("\n")
    }
}

fn shown(value: &Json) -> String {
    match value {
        Json::Null => "NULL".to_owned(),
        Json::String(text) => {
            let mut letters = text.chars();
            let start: String = letters.by_ref().take(SHOWN).flat_map(visible).collect();
            if letters.next().is_some() { start + "…" } else { start }
        }
        other => other.to_string(),
    }
}

/// A letter, or how a control character is written.
fn visible(letter: char) -> impl Iterator<Item = char> {
    let escaped = letter.is_control().then(|| letter.escape_default());
    let plain = Some(letter).filter(|letter| !letter.is_control());
    plain.into_iter().chain(escaped.into_iter().flatten())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet() -> Sheet {
        let mut sheet = Sheet::new([("step", "STEP"), ("rows", "ROWS"), ("way", "WAY")]);
        sheet.push(vec![Some("users".into()), Some(1_000.into()), Some("a\n\u{1b}b".into())]);
        sheet.push(vec![Some("a \"b\"".into()), Some(5.into()), None]);
        sheet.push(vec![Some("x".repeat(61).into()), Some(Json::from(2.5)), Some(Json::Null)]);
        sheet
    }

    #[test]
    fn a_table_for_the_eye() {
        let table = sheet().table(false);
        let lines: Vec<_> = table.lines().collect();
        assert!(lines[0].starts_with("STEP ") && lines[0].ends_with(" WAY"), "{table}");
        assert!(lines[1].starts_with("users ") && lines[1].ends_with(" 1000  a\\n\\u{1b}b"), "{table}");
        assert!(lines[2].ends_with("    5  -"), "{table}");
        assert!(lines[3].starts_with(&format!("{}…", "x".repeat(60))) && lines[3].ends_with("NULL"), "{table}");
    }

    #[test]
    fn json_for_programs_with_its_columns_in_order() {
        let json = sheet().json();
        let read: Json = serde_json::from_str(&json).unwrap();
        assert_eq!(read[0]["way"], "a\n\u{1b}b");
        assert_eq!(read[1].get("way"), None);
        assert!(json.contains(r#"{"step": "a \"b\"", "rows": 5}"#), "{json}");
        assert_eq!(Sheet::new([]).json(), "[]");
    }
}
