//! Each test has data of its own, and the same under every runner: one that gives it a thread, and one that gives it a
//! process.

use manufactory::Factory;
use std::env;
use std::process::Command;

/// What the data follows in the output.
const MARK: &str = "data of this test:";

#[derive(Debug, Factory)]
struct Row {
    #[factory(choice([1, 2, 3, 4, 5, 6, 7, 8, 9]))]
    pick: u8,
}

fn print_data() {
    let picks: Vec<_> = Row::factory().build_batch(20).iter().map(|row| row.pick.to_string()).collect();
    println!("{MARK} {}", picks.concat());
}

#[test]
fn one_test() {
    print_data();
}

#[test]
fn another_test() {
    print_data();
}

/// The data of one of these tests, run by itself.
fn data_of(test: &str, nextest: bool) -> String {
    let mut command = Command::new(env::current_exe().unwrap());
    command.args(["--exact", test, "--nocapture"]);
    command.env("FACTORY_SEED", "0");
    for (variable, _) in env::vars().filter(|(variable, _)| variable.starts_with("NEXTEST")) {
        command.env_remove(variable);
    }
    if nextest {
        command.envs([("NEXTEST", "1"), ("NEXTEST_EXECUTION_MODE", "process-per-test"), ("NEXTEST_TEST_NAME", test)]);
    }
    let output = command.output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{text}");
    let (_, rest) = text.split_once(MARK).expect("the test ran");
    rest.lines().next().unwrap().to_owned()
}

#[test]
fn each_test_has_data_of_its_own() {
    for nextest in [false, true] {
        assert_eq!(data_of("runners::one_test", nextest), data_of("runners::one_test", nextest));
        assert_ne!(data_of("runners::one_test", nextest), data_of("runners::another_test", nextest));
    }
}

#[test]
fn the_runner_does_not_change_the_data() {
    assert_eq!(data_of("runners::one_test", false), data_of("runners::one_test", true));
}
