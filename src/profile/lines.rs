//! The file of lines that calls append to. Knows JSON as far as it writes any.

use super::tally::Entry;
use std::fmt::Write as _;
use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

/// Appends the lines of a call in one piece: other processes may be writing as well.
pub(super) fn append(path: &Path, test: &str, entries: &[Entry]) {
    static FILE: OnceLock<Option<File>> = OnceLock::new();
    static CALL: AtomicU64 = AtomicU64::new(0);
    if entries.is_empty() {
        return;
    }
    let Some(mut file) = FILE.get_or_init(|| open(path)).as_ref() else { return };
    // A profile that cannot be written is no reason to fail.
    let _ = file.write_all(text(std::process::id(), test, CALL.fetch_add(1, Relaxed), entries).as_bytes());
}

fn open(path: &Path) -> Option<File> {
    match File::options().append(true).create(true).open(path) {
        Ok(file) => Some(file),
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "FACTORY_PROFILE: cannot open `{}`: {error}", path.display());
            None
        }
    }
}

fn text(process: u32, test: &str, call: u64, entries: &[Entry]) -> String {
    let mut text = String::new();
    for Entry { factory, asked, cost } in entries {
        let _ = write!(text, r#"{{"process":{process},"test":"#);
        quote(&mut text, test);
        let _ = write!(text, r#","call":{call},"factory":"#);
        quote(&mut text, factory);
        let (rows, statements, micros) = (cost.rows, cost.statements, cost.time.as_micros());
        let cost = format!(r#","rows":{rows},"statements":{statements},"micros":{micros}"#);
        let _ = writeln!(text, r#","asked":{asked}{cost}}}"#);
    }
    text
}

fn quote(text: &mut String, value: &str) {
    text.push('"');
    for c in value.chars() {
        match c {
            '"' | '\\' => text.extend(['\\', c]),
            c if c.is_control() && c.is_ascii() => {
                let _ = write!(text, "\\u{:04x}", u32::from(c));
            }
            c => text.push(c),
        }
    }
    text.push('"');
}

#[cfg(test)]
mod tests {
    use super::super::tally::Cost;
    use super::*;
    use std::time::Duration;

    #[test]
    fn a_call_is_lines_of_json() {
        let cost = Cost { rows: 2, statements: 3, time: Duration::from_nanos(180_999) };
        let entries = [true, false].map(|asked| Entry { factory: "UserFactory<'_>".to_owned(), asked, cost });
        let rest = r#""rows":2,"statements":3,"micros":180}"#;
        let start = r#"{"process":7,"test":"a \"b\"\\\u000a","call":1,"factory":"UserFactory<'_>","asked":"#;
        let expected = format!("{start}true,{rest}\n{start}false,{rest}\n");
        assert_eq!(text(7, "a \"b\"\\\n", 1, &entries), expected);
    }
}
