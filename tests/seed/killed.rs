//! The program of the example, killed at any moment, and several of them at once.

use crate::models::File;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// The example `seed_blog`, which `cargo test` builds beside the tests.
pub(crate) fn program() -> PathBuf {
    let tests = std::env::current_exe().unwrap();
    let program = tests.parent().and_then(Path::parent).unwrap().join("examples/seed_blog");
    assert!(program.exists(), "{} is not there: run the tests without naming one of them", program.display());
    program
}

/// Starts it with a tenth of the rows, in small chunks.
pub(crate) fn start(url: &str, more: &[&str]) -> Child {
    let mut command = Command::new(program());
    command.args(["--database-url", url, "--scale", "0.1", "--chunk", "23", "--quiet"]).args(more);
    // Where this suite runs says nothing about the program.
    command.env_remove("DATABASE_URL").stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap()
}

/// Runs it to its end.
pub(crate) fn run(url: &str, more: &[&str]) {
    let output = start(url, more).wait_with_output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// Kills it again and again, each time a little later than some moment that is anybody's guess, and then lets it end.
/// Gives how often it was killed while it ran.
pub(crate) fn kill_often(url: &str, times: u32, longest: Duration) -> u32 {
    let mut killed = 0;
    for _ in 0..times {
        let mut child = start(url, &[]);
        std::thread::sleep(longest.mul_f64(rand::random::<f64>()));
        if child.try_wait().unwrap().is_none() {
            killed += 1;
        }
        child.kill().unwrap();
        child.wait().unwrap();
    }
    run(url, &[]);
    killed
}

const ALL: [&str; 5] = [
    "select * from users order by id",
    "select * from tags order by id",
    "select * from posts order by id",
    "select * from post_tags order by post_id, tag_id",
    "select * from comments order by id",
];

#[tokio::test]
async fn whatever_kills_it_no_row_is_lost_or_written_twice() {
    let (often, once) = (File::new(), File::new());
    let killed = kill_often(&often.url(), 50, Duration::from_millis(120));
    assert!(killed > 10, "only {killed} of 50 were killed before their end");
    run(&once.url(), &[]);
    for all in ALL {
        assert!(often.rows(all).await == once.rows(all).await, "{all}");
    }
    assert_eq!(often.number("select count(*) from comments").await, 5_000);
}
