//! That `docs/errors/compile.md` and `types.md` explain every message of the expectations beside this file, and none that no
//! compiler gives.
//!
//! A message stands in a block of `text` as the compiler prints it, `…` for what the user has written.

use std::fs;
use std::path::{Path, PathBuf};

/// What a message is on a page, whatever it is about.
const HOLE: char = '…';

/// So many letters a message has at least besides its holes, `error` included.
const LETTERS: usize = 12;

#[test]
fn every_message_of_a_mistake_is_explained() {
    compare("tests/ui/mistakes", "docs/errors/compile.md");
}

#[test]
fn every_message_about_types_is_explained() {
    compare("tests/ui/types", "docs/errors/types.md");
}

fn compare(folder: &str, page: &str) {
    let patterns = patterns(page);
    let messages: Vec<_> = expectations(Path::new(folder)).iter().flat_map(|file| messages(file)).collect();
    assert!(!patterns.is_empty() && !messages.is_empty(), "{page} and {folder} are where they are looked for");
    let unexplained = messages.iter().filter(|message| !patterns.iter().any(|pattern| fits(pattern, message)));
    let mut wrong: Vec<_> = unexplained.map(|message| format!("not in {page}: {message}")).collect();
    let stale = patterns.iter().filter(|pattern| !messages.iter().any(|message| fits(pattern, message)));
    wrong.extend(stale.map(|pattern| format!("in {page}, and in no file of {folder}: {pattern}")));
    wrong.sort();
    wrong.dedup();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What the page explains: the lines of its `text` blocks that begin as a compiler's do.
fn patterns(page: &str) -> Vec<String> {
    let (text, mut patterns, mut in_block) = (read(Path::new(page)), Vec::new(), false);
    for line in text.lines() {
        if line.starts_with("```") {
            in_block = line == "```text";
        } else if in_block && is_error(line) {
            let letters = line.chars().filter(|char| char.is_alphabetic()).count();
            assert!(letters >= LETTERS, "`{line}` says too little to be recognized by");
            patterns.push(line.to_owned());
        }
    }
    patterns
}

fn messages(expectation: &Path) -> Vec<String> {
    let text = read(expectation);
    text.lines().filter(|line| is_error(line)).map(str::to_owned).collect()
}

fn is_error(line: &str) -> bool {
    line.starts_with("error: ") || line.starts_with("error[")
}

fn expectations(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let paths = entries.map(|entry| entry.expect("it can be listed").path());
    paths
        .flat_map(|path| match path.extension() {
            _ if path.is_dir() => expectations(&path),
            Some(extension) if extension == "stderr" => vec![path],
            _ => Vec::new(),
        })
        .collect()
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Whether the message is this one, with something in each hole.
fn fits(pattern: &str, message: &str) -> bool {
    let Some((before, behind)) = pattern.split_once(HOLE) else { return pattern == message };
    let Some(rest) = message.strip_prefix(before) else { return false };
    let mut starts = rest.char_indices().skip(1).map(|(at, _)| &rest[at..]).chain([""]);
    !rest.is_empty() && starts.any(|rest| fits(behind, rest))
}

#[test]
fn a_hole_holds_anything_but_nothing() {
    assert!(fits("unknown `…`; write `…`", "unknown `a`; write `b`"));
    assert!(fits("there are …", "there are `a`, `b` and `c`"));
    assert!(!fits("unknown `…`; write `…`", "unknown ``; write `b`"));
    assert!(!fits("unknown `…`", "unknown `a`; write `b"));
}
