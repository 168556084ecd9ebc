//! Servers that are killed in the middle of a batch, and started again. They are this test's own: it runs once more, under
//! `tests/servers run`.

use crate::bench::{Bench, Outcome};
use crate::libraries::*;
use crate::models::Call;
use crate::wire::Fault;
use std::env;
use std::os::unix::fs::MetadataExt;
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// Set where the server may be killed.
const OWN: &str = "MANUFACTORY_FAULTS_OWN_SERVER";
const DONE: &str = "the server was killed and came back";

/// Runs a test of this binary with a server of its own.
fn with_own_server(test: &str, database: &str) {
    let mut command = Command::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/servers"));
    command.arg("run").arg(env::current_exe().unwrap()).args(["--exact", test, "--nocapture"]);
    for variable in ["URL", "SOCKET"] {
        command.env_remove(format!("MANUFACTORY_{database}_{variable}"));
    }
    let output = command.env(OWN, "yes").output().unwrap();
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && text.contains(DONE), "{text}\n{}", String::from_utf8_lossy(&output.stderr));
    // Its lines belong into the table.
    text.lines().filter(|line| line.starts_with("fault |")).for_each(|line| println!("{line}"));
}

/// A server, as it was started.
struct Server {
    process: u32,
    command: Vec<String>,
    user: u32,
    group: u32,
    again: Option<Child>,
}

impl Server {
    /// The process of this number.
    fn of(process: u32) -> Self {
        let command = std::fs::read_to_string(format!("/proc/{process}/cmdline")).unwrap();
        let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap();
        let id = |name: &str| {
            let line = status.lines().find_map(|line| line.strip_prefix(name)).unwrap();
            line.split_whitespace().next().unwrap().parse().unwrap()
        };
        let command = command.split_terminator('\0').map(str::to_owned).collect();
        Self { process, command, user: id("Uid:"), group: id("Gid:"), again: None }
    }

    /// Kills it and its children, as a machine does that runs out of memory.
    fn kill(&mut self) {
        let children = std::fs::read_to_string(format!("/proc/{0}/task/{0}/children", self.process)).unwrap();
        let all: Vec<_> =
            std::iter::once(self.process.to_string()).chain(children.split_whitespace().map(str::to_owned)).collect();
        // One may have ended by itself.
        let kill = ["-c", "kill -KILL \"$@\"", "kill"];
        let _ = Command::new("sh").args(kill).args(&all).stderr(Stdio::null()).status().unwrap();
        if let Some(mut again) = self.again.take() {
            again.wait().unwrap();
        }
        while all.iter().any(|process| is_there(process)) {
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// Starts it as it was started.
    fn start(&mut self) {
        let [program, arguments @ ..] = &self.command[..] else { panic!("no command") };
        let mut command = Command::new(program);
        command.args(arguments).current_dir("/").stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        if std::fs::metadata("/proc/self").unwrap().uid() == 0 {
            command.uid(self.user).gid(self.group);
        }
        let again = command.spawn().unwrap();
        self.process = again.id();
        self.again = Some(again);
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if self.again.is_some() {
            self.kill();
        }
    }
}

/// Until it is gone, or is only waited for.
fn is_there(process: &str) -> bool {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    status.lines().any(|line| line.starts_with("State:") && !line.contains('Z'))
}

/// Kills the server before a statement of a call is carried out, starts it again, and looks what is there: all that it
/// said to have committed, and nothing of that call.
async fn killed<L: Library>(server: &Arc<Mutex<Server>>, mut bench: Bench, after: &[usize]) {
    bench.keep_what_is_committed().await;
    let wire = bench.wire();
    for &after in after {
        let mut library = L::open(wire.url()).await;
        library.make(Call::Graph).await.unwrap();
        bench.count(Call::Graph.rows());
        let kills = Arc::clone(server);
        wire.meet(after, Fault::Do(Box::new(move || kills.lock().unwrap().kill())));
        let made = library.make(Call::Graph).await;
        assert!(wire.met().is_some() && made.is_err(), "{made:?}");
        server.lock().unwrap().start();
        bench.reconnect().await;
        bench.keep_what_is_committed().await;
        bench.look(library, &Call::Graph, Outcome::of(made)).await;
    }
    bench.tell::<L>("server killed").await;
}

#[tokio::test]
async fn a_postgres_that_is_killed() {
    if env::var(OWN).is_err() {
        return with_own_server("killed::a_postgres_that_is_killed", "POSTGRES");
    }
    let mut bench = Bench::postgres().await;
    let session = bench.number("select pg_backend_pid()::bigint").await;
    let server = Arc::new(Mutex::new(Server::of(parent(session))));
    killed::<SqlxPostgres>(&server, bench, &[3, 14, 20]).await;
    killed::<SqlxPostgresPool>(&server, Bench::postgres().await, &[9]).await;
    killed::<DieselPostgres>(&server, Bench::postgres().await, &[11]).await;
    killed::<DieselAsyncPostgres>(&server, Bench::postgres().await, &[17]).await;
    killed::<SeaOrm>(&server, Bench::postgres().await, &[13]).await;
    println!("{DONE}");
}

#[tokio::test]
async fn a_mariadb_that_is_killed() {
    if env::var(OWN).is_err() {
        return with_own_server("killed::a_mariadb_that_is_killed", "MYSQL");
    }
    let mut bench = Bench::mysql().await;
    let file = bench.text("select @@pid_file").await;
    let process = std::fs::read_to_string(file).unwrap().trim().parse().unwrap();
    let server = Arc::new(Mutex::new(Server::of(process)));
    killed::<SqlxMysql>(&server, bench, &[2, 9]).await;
    killed::<SqlxMysqlPool>(&server, Bench::mysql().await, &[6]).await;
    killed::<DieselMysql>(&server, Bench::mysql().await, &[20]).await;
    killed::<DieselAsyncMysql>(&server, Bench::mysql().await, &[12]).await;
    killed::<SeaOrm>(&server, Bench::mysql().await, &[8]).await;
    println!("{DONE}");
}

/// The process that has started this one.
fn parent(process: i64) -> u32 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap();
    status.lines().find_map(|line| line.strip_prefix("PPid:")).unwrap().trim().parse().unwrap()
}
