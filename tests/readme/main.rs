//! What the README says: every row of its table of other libraries is a test here, and every row of what a call costs.

#![allow(dead_code, reason = "models are made, not always read")]

mod calls;
mod cost;
mod definitions;
mod relations;
mod values;

const README: &str = include_str!("../../README.md");

const TESTS: [&str; 4] =
    [include_str!("calls.rs"), include_str!("definitions.rs"), include_str!("relations.rs"), include_str!("values.rs")];

/// The cells of each row of the table under a heading.
fn rows(heading: &str) -> Vec<Vec<&'static str>> {
    let (_, section) = README.split_once(&format!("\n## {heading}")).expect("the section is there");
    let section = section.split_once("\n## ").map_or(section, |(section, _)| section);
    let rows = section.lines().filter(|line| line.starts_with("| ")).skip(1);
    rows.map(|row| row.trim_matches(['|', ' ']).split(" | ").map(str::trim).collect()).collect()
}

/// `Models of another crate`: `models_of_another_crate`.
fn slug(cell: &str) -> String {
    cell.to_lowercase().replace(|letter: char| !letter.is_alphanumeric(), "_")
}

/// The names of the tests in a file.
fn tests(source: &'static str) -> impl Iterator<Item = &'static str> {
    let lines = source.lines().zip(source.lines().skip(1));
    let tests = lines.filter(|(attribute, _)| attribute.starts_with("#[") && attribute.ends_with("test]"));
    tests.filter_map(|(_, line)| line.split_once("fn ")?.1.strip_suffix("() {"))
}

#[test]
fn every_row_is_a_test_and_every_test_a_row() {
    let there = |row: &Vec<&str>| !row[2].starts_with("not there");
    let mut rows: Vec<_> = rows("Coming from").into_iter().filter(there).map(|row| slug(row[0])).collect();
    let mut tests: Vec<_> = TESTS.into_iter().flat_map(tests).collect();
    rows.sort_unstable();
    tests.sort_unstable();
    assert!(rows.len() > 40, "the table was found");
    assert_eq!(rows, tests);
}

#[test]
fn what_is_not_there_says_why() {
    let rows = rows("Coming from");
    let missing: Vec<_> = rows.iter().filter(|row| row[2].starts_with("not there")).collect();
    assert!(missing.len() > 10 && missing.iter().all(|row| row.len() == 4), "{missing:#?}");
}
