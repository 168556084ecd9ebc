//! The program around a plan, from its arguments to its exit code.

use manufactory::Factory;
use manufactory::persist::BoxFuture;
use manufactory::seed::{Plan, Stop, Terminal, main_with};
use serde_json::Value as Json;
use std::path::{Path, PathBuf};

#[derive(Clone, Factory)]
#[factory(table = "users")]
struct User {
    #[factory(key)]
    id: i64,
    #[factory(sequence(|n| format!("user{n}")))]
    username: String,
    #[factory(secret)]
    password: String,
}

#[derive(Clone, Factory)]
#[factory(table = "posts")]
struct Post {
    #[factory(key)]
    id: i64,
    #[factory(sub_factory(UserFactory))]
    author_id: i64,
}

const SCHEMA: [&str; 2] = [
    "create table if not exists users (id integer primary key, username text not null, password text not null)",
    "create table if not exists posts (id integer primary key, author_id integer not null references users)",
];

fn plan() -> Plan {
    let mut plan = Plan::new();
    plan.about("Seeds the blog.");
    for schema in SCHEMA {
        plan.before(move |mut db| Box::pin(async move { db.execute(schema).await }));
    }
    let users = plan.step("users", 50, |_| User::factory());
    plan.step("posts", 200, move |row| Post::factory().author_id(row.key(users.zipf(1.1))));
    plan.task("statistics", |mut db| Box::pin(async move { db.execute("analyze").await }) as BoxFuture<'_, _>);
    plan
}

/// A folder that goes away at the end.
struct Folder(PathBuf);

impl Folder {
    fn new(test: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("manufactory-cli-{test}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }

    fn file(&self) -> PathBuf {
        self.0.join("dev.db")
    }

    fn url(&self) -> String {
        format!("sqlite:{}", self.file().display())
    }

    /// What comes of these arguments.
    fn say(&self, args: &str) -> Said {
        self.say_of(&plan(), args, &Stop::new())
    }

    fn say_of(&self, plan: &Plan, args: &str, stop: &Stop) -> Said {
        let args = std::iter::once("target/debug/seed").chain(args.split_whitespace());
        said(plan, args, &[("DATABASE_URL", &self.url())], None, stop)
    }

    /// How many rows the tables have.
    fn count(&self) -> (i64, i64) {
        let counted = self.say("status --format json");
        let read: Json = serde_json::from_str(&counted.out).unwrap();
        let done = |step: usize| read[step]["done"].as_i64().unwrap_or(0);
        (done(0), done(1))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

#[derive(Debug)]
struct Said {
    code: u8,
    out: String,
    err: String,
}

impl Said {
    /// The code, and whether all of this was said.
    #[track_caller]
    fn is(self, code: u8, texts: &[&str]) -> Self {
        assert_eq!(self.code, code, "{self:?}");
        for text in texts {
            assert!(self.out.contains(text) || self.err.contains(text), "{text}: {self:?}");
        }
        self
    }
}

fn said<'a>(
    plan: &Plan,
    args: impl Iterator<Item = &'a str>,
    variables: &[(&str, &str)],
    answer: Option<&str>,
    stop: &Stop,
) -> Said {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let mut input = answer.unwrap_or_default().as_bytes();
    let mut terminal = Terminal::new(&mut out, &mut err, &mut input).environment(variables.iter().copied()).stop(stop);
    if answer.is_some() {
        terminal = terminal.asking();
    }
    let code = main_with(plan, args, &mut terminal);
    Said { code, out: String::from_utf8(out).unwrap(), err: String::from_utf8(err).unwrap() }
}

#[test]
fn the_second_run_inserts_nothing() {
    let folder = Folder::new("run");
    let first = folder.say("");
    let first = first.is(0, &["STEP", "THERE BEFORE", "250 rows in ", "users: 50 rows in ", "posts: 200 rows in "]);
    assert!(!first.out.contains("users: 50") && !first.err.contains("STEP"), "what happens goes to the error output");
    assert_eq!(folder.count(), (50, 200));
    folder.say("run").is(0, &["\n0 rows in ", "users: 50 rows, there already"]);
    assert_eq!(folder.count(), (50, 200));
}

#[test]
fn steps_of_ones_choice() {
    let folder = Folder::new("only");
    folder.say("run --only users --scale 0.1").is(0, &["5 rows in "]);
    assert_eq!(folder.count(), (5, 0));
    folder.say("--scale 0.1 --from posts").is(0, &["20 rows in "]);
    assert_eq!(folder.count(), (5, 20));
    folder.say("--seed 5").is(4, &["error: step `users`", "fresh"]);
}

#[test]
fn a_dry_run_touches_nothing() {
    let folder = Folder::new("dry");
    let dry = folder.say("--dry-run").is(0, &["250 rows", "users: 3 rows of 50", "user2", "statistics", "(secret)"]);
    assert!(!dry.out.contains("user3"), "{dry:?}");
    assert!(!folder.file().exists());
    let json: Json = serde_json::from_str(&folder.say("--dry-run --summary json").out).unwrap();
    assert_eq!((&json[0]["step"], json[1]["sample"].as_array().map(Vec::len)), (&"users".into(), Some(3)));
    said(&plan(), ["seed", "--dry-run"].into_iter(), &[], None, &Stop::new()).is(0, &["200"]);
}

#[test]
fn how_far_it_is() {
    let folder = Folder::new("status");
    folder.say("status").is(0, &["users  -     -     not begun"]);
    folder.say("--only users").is(0, &[]);
    folder.say("status").is(0, &["users    50    50  done"]);
}

#[test]
fn what_there_is() {
    let folder = Folder::new("list");
    let list = folder.say("list").is(0, &["STEP", "User", "posts", "statistics", "task"]);
    assert_eq!(list.out.lines().count(), 4, "{list:?}");
    let list: Json = serde_json::from_str(&folder.say("list --format json --scale 2").out).unwrap();
    assert_eq!((&list[1]["table"], &list[1]["rows"]), (&"posts".into(), &400.into()));
    let sample: Json = serde_json::from_str(&folder.say("sample User -n 2 --format json").out).unwrap();
    assert_eq!((&sample[1]["username"], &sample[1]["password"]), (&"user1".into(), &"(secret)".into()));
    let other = folder.say("sample posts --seed 7").is(0, &["author_id"]);
    assert_ne!(other.out, folder.say("sample posts --seed 8").out);
    assert_eq!(other.out.lines().count(), 6, "{other:?}");
    folder.say("sample statistics").is(2, &["is a task"]);
    folder.say("completions bash").is(0, &["--dry-run"]);
}

#[test]
fn emptied_and_begun_anew() {
    let folder = Folder::new("fresh");
    folder.say("").is(0, &[]);
    folder.say("fresh").is(7, &["refused to empty 2 tables", "--yes"]);
    folder.say("fresh --yes --seed 9").is(0, &["which had 50 rows", "which had 200 rows", "250 rows in"]);
    assert_eq!(folder.count(), (50, 200));
    folder.say("--fresh --database dev.db").is(0, &["which had 200 rows"]);
    folder.say("fresh --database other.db").is(7, &["is not the name of"]);
    folder.say("--fresh --yes --only users").is(2, &["cannot be used with"]);
    let url = folder.url();
    let ask = |answer| {
        let args = ["seed", "fresh", "--seed", "3"].into_iter();
        said(&plan(), args, &[("DATABASE_URL", &url)], Some(answer), &Stop::new())
    };
    ask("no\n").is(7, &["type the database's name to empty 2 tables: ", "nothing was written"]);
    folder.say("--seed 3").is(4, &[]);
    ask("dev.db\n").is(0, &["250 rows in"]);
    folder.say("--seed 3").is(0, &[]);
}

#[test]
fn a_new_database_can_be_emptied() {
    Folder::new("new").say("fresh --yes").is(0, &["which had 0 rows", "250 rows in"]);
}

#[test]
fn what_is_not_safe_is_refused() {
    let run = |url: &str, more: &[(&str, &str)]| {
        let variables = [&[("DATABASE_URL", url)], more].concat();
        said(&plan(), ["seed"].into_iter(), &variables, Some("yes\n"), &Stop::new())
    };
    let remote = run("postgres://alice:hunter2@db.example.com/app", &[]);
    let remote = remote.is(7, &["postgres://db.example.com/app", "`db.example.com` is not known to be", "--force"]);
    assert!(!format!("{remote:?}").contains("hunter2"));
    let folder = Folder::new("safe");
    run(&folder.url(), &[("RAILS_ENV", "production")]).is(7, &["the variable RAILS_ENV is `production`"]);
    assert!(!folder.file().exists());
    let args = ["seed", "--force", "--database", "dev.db"].into_iter();
    let variables = [("DATABASE_URL", &*folder.url()), ("ENV", "prod")];
    said(&plan(), args, &variables, None, &Stop::new()).is(0, &["250 rows in"]);
}

#[test]
fn what_makes_no_sense_is_explained() {
    let folder = Folder::new("wrong");
    folder.say("--only usres").is(2, &["error: there is no step `usres`; did you mean `users`?", "statistics"]);
    folder.say("--from nonsense").is(2, &["error: there is no step `nonsense`\nthere are users, posts"]);
    folder.say("sample Usr").is(2, &["did you mean `User`?"]);
    folder.say("--shard 5/4").is(2, &["there is no part 5 of 4", "3/4"]);
    folder.say("--shard auto").is(2, &["JOB_COMPLETION_INDEX"]);
    folder.say("--scale 0").is(2, &["a scale of 0"]);
    folder.say("--now yesterday").is(2, &["2026-01-01T00:00:00Z"]);
    folder.say("--chunk 0").is(2, &["--chunk"]);
    folder.say("stauts").is(2, &["status"]);
    folder.say("--database-url nonsense://alice:hunter2@localhost/app").is(2, &["`nonsense:`", "sqlite"]);
    assert!(!folder.file().exists());
    said(&plan(), ["seed"].into_iter(), &[], None, &Stop::new()).is(2, &["--database-url", "DATABASE_URL", ".env"]);
    let mut bare = Plan::new();
    bare.step("users", 1, |_| User::factory());
    folder.say_of(&bare, "", &Stop::new()).is(3, &["step `users`", "migrations"]);
}

#[test]
fn files_need_no_database() {
    let folder = Folder::new("out");
    let out = folder.0.join("data");
    let args = format!("seed --out {} --format csv --scale 0.1", out.display());
    said(&plan(), args.split(' '), &[], None, &Stop::new()).is(0, &["25 rows in", "file"]);
    let users = read(&out.join("users.csv"));
    assert_eq!((users.lines().count(), users.lines().next()), (6, Some("id,username,password")));
    folder.say("--format csv").is(2, &["--out"]);
    let shard = format!("--out {} --shard 1/2 --now 2026-01-01 --format jsonl", out.display());
    folder.say(&shard).is(0, &["125 rows in"]);
    assert_eq!(read(&out.join("posts-00001-of-00002.jsonl")).lines().count(), 100);
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap()
}

#[test]
fn a_summary_for_programs() {
    let folder = Folder::new("json");
    let said = folder.say("run --quiet --summary json").is(0, &[]);
    let summary: Json = serde_json::from_str(&said.out).unwrap();
    assert_eq!((&summary["rows"], &summary["stopped"]), (&250.into(), &false.into()));
    assert_eq!((&summary["steps"][0]["step"], &summary["steps"][0]["rows"]), (&"users".into(), &50.into()));
    assert_eq!(said.err, "");
    let quiet = folder.say("run --quiet").is(0, &[]);
    assert_eq!((quiet.out, quiet.err), (String::new(), String::new()));
}

#[test]
fn a_run_that_is_stopped_goes_on() {
    let folder = Folder::new("stop");
    let stop = Stop::new();
    let (stopping, mut plan) = (stop.clone(), Plan::new());
    for schema in SCHEMA {
        plan.before(move |mut db| Box::pin(async move { db.execute(schema).await }));
    }
    plan.step("users", 50, move |row| {
        if row.index() == 30 {
            stopping.now();
        }
        User::factory()
    });
    let stopped = folder.say_of(&plan, "--fresh --yes --chunk 10 --threads 1", &stop);
    let stopped = stopped.is(130, &["of 50 rows in `users`; go on with: seed --yes --chunk 10 --threads 1"]);
    assert!(folder.count().0 < 50, "{stopped:?}");
    folder.say_of(&plan, "--yes --chunk 10 --threads 1", &Stop::new()).is(0, &[]);
    assert_eq!(folder.count(), (50, 0));
}

#[test]
fn help_is_all_there() {
    let help = said(&plan(), ["/opt/bin/seed", "--help"].into_iter(), &[], None, &Stop::new());
    let help = help.is(0, &["Seeds the blog.", "seed --dry-run", "Exit codes:", "--shard <I/N>", "Safety:"]);
    assert!(help.err.is_empty());
}
