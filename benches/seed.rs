//! A million users into Postgres over its socket: `\copy` of a ready CSV of the same rows by psql, a binary COPY that is
//! written by hand and streamed, and a plan of seeding. And into SQLite and MariaDB, against multi-row INSERTs by hand.
//! `MANUFACTORY_BENCH_ROWS` takes another number.
//!
//! `tests/servers run cargo bench --bench seed`

#![allow(dead_code, reason = "models are made, not read")]
#![allow(clippy::cast_precision_loss, clippy::cast_possible_wrap, reason = "numbers of rows and bytes")]

mod measure;
mod rows;

use chrono::{DateTime, Utc};
use fake::Fake;
use fake::faker::name::en::Name;
use manufactory::Factory;
use manufactory::seed::{Options, Plan};
use measure::Goal::{AtLeast, AtMost};
use measure::{median, row};
use rand::SeedableRng;
use rand::rngs::StdRng;
use sqlx::postgres::PgConnectOptions;
use sqlx::{Connection, PgConnection};
use std::path::Path;
use std::process::Command;
use std::sync::mpsc::sync_channel;
use std::time::{Duration, Instant, UNIX_EPOCH};
use std::{env, fs, thread};
use tokio::runtime::{Builder, Runtime};

#[derive(Debug, Clone, Factory)]
#[factory(table = "users", on(sqlx))]
struct User {
    #[factory(key)]
    id: i64,
    #[factory(sequence(|n| format!("user{n}")))]
    username: String,
    #[factory(lazy(|username| format!("{username}@example.com")))]
    email: String,
    #[factory(fake(Name()))]
    name: String,
    #[factory(choice(["reader", "editor", "admin"]))]
    role: String,
    created_at: DateTime<Utc>,
}

const SCHEMA: &str = "create table users (id bigint primary key, username text not null unique, email text not null,
                                          name text not null, role text not null, created_at timestamptz not null)";

/// How many, unless `MANUFACTORY_BENCH_ROWS` says something else.
fn rows() -> u64 {
    env::var("MANUFACTORY_BENCH_ROWS").ok().and_then(|rows| rows.parse().ok()).unwrap_or(1_000_000)
}

const RUNS: usize = 5;

/// The bench's own database, with its table.
struct Server {
    runtime: Runtime,
    db: PgConnection,
    /// How psql reaches the same.
    psql: String,
}

impl Server {
    fn start() -> Self {
        let runtime = Builder::new_current_thread().enable_all().build().unwrap();
        let url = env::var("MANUFACTORY_POSTGRES_URL").expect("run it by `tests/servers run`");
        let options: PgConnectOptions = url.parse().unwrap();
        let options = match env::var("MANUFACTORY_POSTGRES_SOCKET") {
            Ok(socket) => options.socket(socket),
            Err(_) => options,
        };
        let db = runtime.block_on(async {
            let mut admin = PgConnection::connect_with(&options).await.unwrap();
            for sql in ["drop database if exists manufactory_bench", "create database manufactory_bench"] {
                sqlx::raw_sql(sql).execute(&mut admin).await.unwrap();
            }
            let mut db = PgConnection::connect_with(&options.clone().database("manufactory_bench")).await.unwrap();
            sqlx::raw_sql(SCHEMA).execute(&mut db).await.unwrap();
            db
        });
        let host =
            options.get_socket().map_or_else(|| options.get_host().to_owned(), |path| path.display().to_string());
        let (port, user) = (options.get_port(), options.get_username());
        let psql = format!("host={host} port={port} user={user} dbname=manufactory_bench");
        Self { runtime, db, psql }
    }

    fn sql(&mut self, sql: &'static str) {
        self.runtime.block_on(sqlx::raw_sql(sql).execute(&mut self.db)).unwrap();
    }

    fn psql(&self, command: &str) {
        let run = Command::new("psql").args(["-q", "-X", "-v", "ON_ERROR_STOP=1", "-c", command, &self.psql]).status();
        assert!(run.expect("psql is not installed").success());
    }

    /// How long something takes that fills the empty table.
    fn timed(&mut self, fill: impl FnOnce(&mut Self)) -> f64 {
        self.sql("truncate users");
        self.sql("checkpoint");
        let start = Instant::now();
        fill(self);
        let seconds = start.elapsed().as_secs_f64();
        let count = sqlx::query_scalar::<_, i64>("select count(*) from users").fetch_one(&mut self.db);
        assert_eq!(self.runtime.block_on(count).unwrap(), rows() as i64);
        seconds
    }

    /// By hand: every cell written where it goes, four megabytes at a time, in one COPY.
    fn by_hand(&mut self) {
        let (full, buffers) = sync_channel::<Vec<u8>>(1);
        let maker = thread::spawn(move || {
            let (mut rng, mut bytes) = (StdRng::seed_from_u64(1), b"PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0".to_vec());
            for n in 0..rows() {
                row_by_hand(&mut bytes, n, &mut rng);
                if bytes.len() >= 4 << 20 {
                    full.send(std::mem::take(&mut bytes)).unwrap();
                }
            }
            bytes.extend_from_slice(&(-1_i16).to_be_bytes());
            full.send(bytes).unwrap();
        });
        let copy = "copy users (id, username, email, name, role, created_at) from stdin (format binary)";
        self.runtime.block_on(async {
            let mut copy = self.db.copy_in_raw(copy).await.unwrap();
            for bytes in buffers {
                copy.send(bytes).await.unwrap();
            }
            copy.finish().await.unwrap();
        });
        maker.join().unwrap();
    }

    /// What this crate does: a plan of one step, its books included.
    fn ours(&mut self) {
        self.sql("drop table if exists manufactory_seed");
        let summary = self.runtime.block_on(plan(rows()).run(&mut self.db, &Options::new(), &mut ())).unwrap();
        assert_eq!((summary.written(), summary.steps[0].way), (rows(), "copy"));
    }
}

/// A plan of one step.
fn plan(rows: u64) -> Plan {
    let mut plan = Plan::new();
    plan.at(UNIX_EPOCH + Duration::from_secs(1_700_000_000)).step("users", rows, |_| User::factory());
    plan
}

fn row_by_hand(bytes: &mut Vec<u8>, n: u64, rng: &mut StdRng) {
    let cell = |bytes: &mut Vec<u8>, value: &[u8]| {
        bytes.extend_from_slice(&u32::try_from(value.len()).unwrap().to_be_bytes());
        bytes.extend_from_slice(value);
    };
    let username = format!("user{n}");
    let email = format!("{username}@example.com");
    let name: String = Name().fake_with_rng(rng);
    bytes.extend_from_slice(&6_i16.to_be_bytes());
    cell(bytes, &(n + 1).to_be_bytes());
    cell(bytes, username.as_bytes());
    cell(bytes, email.as_bytes());
    cell(bytes, name.as_bytes());
    cell(bytes, ["reader", "editor", "admin"][usize::try_from(n % 3).unwrap()].as_bytes());
    cell(bytes, &752_000_000_000_000_i64.to_be_bytes());
}

/// A line of `/proc/self/status`, in MiB.
fn memory(line: &str) -> f64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let found = status.lines().find_map(|one| one.strip_prefix(line)?.split_whitespace().next()?.parse::<f64>().ok());
    found.map_or(f64::NAN, |kilobytes| kilobytes / 1024.0)
}

fn report(name: &str, seconds: f64, floor: f64) {
    println!("  {name:<42} {:>8.2} s {:>10.0} rows/s {:>6.2} x", seconds, rows() as f64 / seconds, floor / seconds);
}

fn main() {
    let mut server = Server::start();
    server.timed(Server::ours);
    let csv = env::temp_dir().join("manufactory_bench.csv");
    let csv: &Path = &csv;
    server.psql(&format!("\\copy users to '{}' csv", csv.display()));
    let mut times = [Vec::new(), Vec::new(), Vec::new()];
    let mut growth = 0.0_f64;
    for _ in 0..RUNS {
        times[0].push(server.timed(|server| server.psql(&format!("\\copy users from '{}' csv", csv.display()))));
        times[1].push(server.timed(Server::by_hand));
        // The peak, from here on: <https://man7.org/linux/man-pages/man5/proc_pid_clear_refs.5.html>
        let _ = fs::write("/proc/self/clear_refs", "5");
        let before = memory("VmRSS:");
        times[2].push(server.timed(Server::ours));
        growth = growth.max(memory("VmHWM:") - before);
    }
    println!("{} users into Postgres", rows());
    let [csv_seconds, by_hand, ours] = times.map(median);
    report("\\copy of a ready CSV by psql", csv_seconds, csv_seconds);
    report("COPY by hand, streamed", by_hand, csv_seconds);
    report("seeded by a plan", ours, csv_seconds);
    println!("  memory grew by {growth:.1} MiB at most");
    let work = format!("seeding {} users, Postgres over a socket", rows());
    row(&work, "`\\copy` of a ready CSV, in rows per second", csv_seconds / ours, AtLeast(0.9));
    row(&work, "memory above the base, MiB", growth, AtMost(32.0));
    let _ = fs::remove_file(csv);
    rows::sqlite(&server.runtime, "sqlite::memory:");
    let url = env::var("MANUFACTORY_MYSQL_URL").expect("run it by `tests/servers run`");
    rows::mariadb(&server.runtime, &rows::fresh_mariadb(&server.runtime, &url));
}
