//! The same plan and seed give the same rows, in any parts, by any number of threads.

use crate::models::{File, Post, PostTag, Tag, User, blog};
use manufactory::seed::{Dialect, Format, Options, Plan, per};
use std::path::PathBuf;
use std::time::SystemTime;

fn plan() -> Plan {
    let mut plan = Plan::new();
    plan.at(SystemTime::UNIX_EPOCH);
    let users = plan.step("users", 1_234, |row| User::factory().age(row.share([(1.0, 1), (1.0, 2)])));
    let tags = plan.step("tags", 40, |_| Tag::factory());
    let posts = plan.step("posts", per(users, 0..=4), |_| Post::factory());
    plan.step("post_tags", per(posts, 1..=3), move |row| {
        PostTag::factory().post_id(row.parent(posts)).tag_id(row.key(tags.distinct()))
    });
    plan
}

/// A folder that is gone with the test.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        Self(std::env::temp_dir().join(format!("manufactory-seed-{}-{name}", std::process::id())))
    }

    fn read(&self, file: &str) -> String {
        std::fs::read_to_string(self.0.join(file)).unwrap()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

#[test]
fn all_parts_together_are_the_whole() {
    let (whole, parts) = (Folder::new("whole"), Folder::new("parts"));
    let csv = (Format::Csv, Dialect::default());
    plan().write(&Options::new(), &whole.0, csv, &mut ()).unwrap();
    for shard in 0..5 {
        plan().write(&Options::new().shard(shard, 5).chunk(17), &parts.0, csv, &mut ()).unwrap();
    }
    for step in ["users", "tags", "posts", "post_tags"] {
        let whole = whole.read(&format!("{step}.csv"));
        let (header, _) = whole.split_once('\n').unwrap();
        let parts = (0..5).map(|shard| parts.read(&format!("{step}-{shard:05}-of-00005.csv")));
        let parts: String = parts.map(|part| part.strip_prefix(header).unwrap()[1..].to_owned()).collect();
        assert!(format!("{header}\n{parts}") == whole, "{step} differs");
    }
    assert!(whole.read("posts.csv").lines().count() > 2_000);
}

#[tokio::test]
async fn a_database_holds_what_the_files_hold() {
    let (file, folder) = (File::with_schema().await, Folder::new("same"));
    file.seed(&plan(), &Options::new().chunk(100).threads(3)).await.unwrap();
    plan().write(&Options::new(), &folder.0, (Format::Csv, Dialect::default()), &mut ()).unwrap();
    let rows = file.rows("select id, author_id, title from posts order by id").await;
    let stored: Vec<_> = rows.iter().map(|row| format!("{},{},,{}", row[0], row[1], row[2])).collect();
    let written = folder.read("posts.csv");
    let written: Vec<_> = written.lines().skip(1).collect();
    assert_eq!(stored, written);
}

#[tokio::test]
async fn threads_and_chunks_change_nothing() {
    let query = "select * from posts order by id";
    let mut seen = Vec::new();
    for options in [Options::new().threads(1), Options::new().threads(4).chunk(33), Options::new().chunk(1)] {
        let file = File::with_schema().await;
        file.seed(&blog(50, 200), &options).await.unwrap();
        seen.push(file.rows(query).await);
    }
    assert!(seen.iter().all(|rows| *rows == seen[0]));
}

#[test]
fn a_sample_is_what_is_written_and_another_seed_is_something_else() {
    let sample = |options: &Options| plan().sample(options, "posts", 20).unwrap();
    assert_eq!(sample(&Options::new()), sample(&Options::new().threads(1)));
    assert_ne!(sample(&Options::new()), sample(&Options::new().seed(1)));
}

#[test]
fn golden_rows() {
    let sample = plan().sample(&Options::new(), "post_tags", 3).unwrap();
    assert_eq!(
        sample.iter().map(|row| format!("{row:?}")).collect::<Vec<_>>(),
        [
            r#"{"post_id": Int(1), "tag_id": Text("tag21")}"#,
            r#"{"post_id": Int(1), "tag_id": Text("tag3")}"#,
            r#"{"post_id": Int(2), "tag_id": Text("tag29")}"#
        ]
    );
}
