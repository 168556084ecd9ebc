//! Row numbers of processes that run side by side, as under a runner that gives each test its own.

use manufactory::Factory;
use std::collections::HashMap;
use std::process::{Child, Command, Stdio};

/// Where the runner says which of its slots a test runs in: no two tests that run at the same time share one.
const SLOT: &str = "NEXTEST_TEST_GLOBAL_SLOT";

/// What the numbers follow in the output.
const MARK: &str = "numbers of this process:";

const ROWS: usize = 500;

#[derive(Factory)]
struct Row {
    #[factory(sequence)]
    n: u64,
}

#[derive(Factory)]
struct Other {
    #[factory(sequence)]
    n: u64,
}

/// This is what runs in the other processes, and here as well.
#[test]
fn one_of_several() {
    let rows = Row::factory().build_batch(ROWS);
    let first = rows[0].n;
    assert!(rows.iter().map(|row| row.n).eq(first..first + ROWS as u64), "a batch has its numbers in a row");
    let numbers: Vec<_> = rows.iter().map(|row| row.n.to_string()).collect();
    println!("{MARK} {}", numbers.join(" "));
    assert!(Other::factory().build().n <= first, "every factory counts from the same start");
}

fn start(slot: Option<&str>) -> Child {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", "processes::one_of_several", "--nocapture"]).stdout(Stdio::piped());
    command.env_remove(SLOT).envs(slot.map(|slot| (SLOT, slot)));
    command.env("NEXTEST", "1").env("NEXTEST_EXECUTION_MODE", "process-per-test");
    command.spawn().unwrap()
}

fn numbers(process: Child) -> Vec<u64> {
    let output = process.wait_with_output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{text}");
    let (_, rest) = text.split_once(MARK).expect("the test ran");
    let line = rest.lines().next().unwrap();
    line.split_whitespace().map(|number| number.parse().unwrap()).collect()
}

#[test]
fn tests_that_run_at_the_same_time_share_no_number() {
    let slots = ["0", "1", "2", "3", "17"];
    let processes = slots.map(|slot| (slot, start(Some(slot))));
    let mut owners = HashMap::new();
    for (slot, process) in processes {
        for n in numbers(process) {
            let other = owners.insert(n, slot);
            assert_eq!(other, None, "slots {other:?} and {slot} both have {n}");
        }
    }
    assert_eq!(owners.len(), slots.len() * ROWS);
}

#[test]
fn without_a_slot_numbers_start_at_zero() {
    assert_eq!(numbers(start(None))[0], 0);
}
