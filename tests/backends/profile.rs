//! What factories cost, in processes of their own: whether it is counted is decided when a process starts.

use super::lint::{GroupFactory, NoteFactory, TagFactory, User, sqlite};
use manufactory::{Factory, Memory, lint, profile};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

const PROFILE: &str = "FACTORY_PROFILE";

/// What the table stands between in the output.
const MARK: &str = "== table of this process ==";

/// This is what runs in the other processes, and here as well.
#[tokio::test]
async fn one_of_several() {
    let mut db = sqlite().await;
    User::factory().create_batch(&mut db, 3).await.unwrap();
    GroupFactory::default().name("group").create(&mut db).await.unwrap();
    NoteFactory::default().create(&mut db).await.unwrap();
    TagFactory::default().create_batch(&mut db, 2).await.unwrap();
    User::factory().create(&mut Memory::new()).await.unwrap();
    User::factory().name("group").create(&mut db).await.unwrap_err();
    User::factory().build();
    println!("{MARK}\n{}{MARK}", profile::table());
    profile::reset();
    assert_eq!(profile::table(), "");
}

/// What a process prints as its table, without the times.
fn table(setting: Option<&Path>) -> Vec<String> {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", "profile::one_of_several", "--nocapture"]).stdout(Stdio::piped());
    command
        .env_remove("NEXTEST")
        .env_remove("NEXTEST_TEST_NAME")
        .env_remove(PROFILE)
        .envs(setting.map(|setting| (PROFILE, setting)));
    let output = command.output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{text}");
    let table = text.split(MARK).nth(1).unwrap().trim();
    let mut rows: Vec<_> = table.lines().skip(2).map(without_times).collect();
    rows.sort();
    rows
}

fn without_times(row: &str) -> String {
    let words: Vec<_> = row.split_whitespace().collect();
    [0, 1, 2, 4, 5].map(|i| words[i]).join(" ")
}

/// Factory, rows asked for and their statements, rows made on the way and theirs.
const COSTS: [&str; 6] = [
    // Of several rows the keys are known after a look at the table and the insert; models are read back.
    "ArticleFactory 0 0 2 2",
    "GroupFactory 1 1 0 0",
    "NoteFactory 1 1 0 0",
    "PostFactory 0 0 2 3",
    // Looked for, inserted, and looked for by the row that is the same.
    "TagFactory 1 2 0 0",
    // Three together, one in memory, and one that is refused; parents of two articles, of a note, and of two posts.
    "UserFactory 4 5 5 5",
];

#[test]
fn what_is_asked_for_and_what_is_made_on_the_way_are_told_apart() {
    assert_eq!(table(Some(Path::new("1"))), COSTS);
}

#[test]
fn nothing_is_counted_unless_the_environment_says_so() {
    assert_eq!(table(None), [""; 0]);
    assert_eq!(table(Some(Path::new("0"))), [""; 0]);
}

/// A file that is removed at the end of the test.
struct Lines(PathBuf);

impl Lines {
    fn new(name: &str) -> Self {
        let file = Self(std::env::temp_dir().join(format!("manufactory-{name}-{}.jsonl", std::process::id())));
        let _ = std::fs::remove_file(&file.0);
        file
    }

    fn read(&self) -> Vec<Value> {
        let text = std::fs::read_to_string(&self.0).unwrap();
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }
}

impl Drop for Lines {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

#[test]
fn processes_append_to_the_same_file() {
    let file = Lines::new("profile");
    let tables = [table(Some(&file.0)), table(Some(&file.0))];
    assert_eq!(tables[0], tables[1]);
    let lines = file.read();
    let first: Vec<_> = lines.iter().filter(|line| line["process"] == lines[0]["process"]).collect();
    assert_eq!(first.len() * 2, lines.len());
    let group: Vec<_> = first.iter().filter(|line| line["call"] == 1).map(|line| short(line)).collect();
    let users = json!(["UserFactory", false, 2, 2]);
    assert_eq!(group, [users, json!(["ArticleFactory", false, 2, 2]), json!(["GroupFactory", true, 1, 1])]);
    let hook: Vec<_> = first.iter().filter(|line| line["call"] == 2).map(|line| short(line)).collect();
    assert_eq!(hook.len(), 3, "the calls of a hook belong to the call: {hook:?}");
    assert!(first.iter().all(|line| line["test"] == "profile::one_of_several" && line["micros"].is_u64()));
    let refused = first.iter().max_by_key(|line| line["call"].as_u64()).unwrap();
    assert_eq!(short(refused), json!(["UserFactory", true, 0, 1]));
}

fn short(line: &Value) -> Value {
    json!([line["factory"], line["asked"], line["rows"], line["statements"]])
}

#[test]
fn a_file_that_cannot_be_written_is_no_failure() {
    assert_eq!(table(Some(Path::new("/nowhere/at/all.jsonl"))).len(), COSTS.len());
}

/// A lint run tells what it has cost.
#[test]
fn a_lint_run_ends_with_the_table() {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", "profile::one_lint_run", "--nocapture"]).env(PROFILE, "1");
    let output = command.output().unwrap();
    let text = String::from_utf8(output.stderr).unwrap();
    assert!(text.contains("made on the way\nfactory"), "{text}");
    assert!(
        text.lines().any(|line| line.starts_with("TagFactory") && without_times(line) == "TagFactory 1 2 0 0"),
        "{text}"
    );
}

#[tokio::test]
async fn one_lint_run() {
    lint(&mut sqlite().await).factory::<TagFactory>().run().await.unwrap();
}
