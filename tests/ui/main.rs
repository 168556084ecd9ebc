//! What the compiler says of mistakes.
//!
//! `TRYBUILD=overwrite cargo test --test ui` writes the expectations anew: read every one of them before it is kept.

mod explained;

use std::process::Command;

/// The compiler whose own words stand in `types`. Others say the same in other words.
const PINNED: &str = "1.95.";

/// Messages that the derive writes: the same with every compiler.
#[test]
fn mistakes() {
    trybuild::TestCases::new().compile_fail("tests/ui/mistakes/*/*.rs");
}

/// Messages that rustc writes, at places and in words that the derive and the core prepare.
#[test]
fn types() {
    let version = version();
    if version.starts_with(PINNED) {
        trybuild::TestCases::new().compile_fail("tests/ui/types/*.rs");
    } else {
        eprintln!(
            "tests/ui/types was skipped by version: this is rustc {version}, the expectations are those of {PINNED}x"
        );
    }
}

/// The version of the compiler that trybuild's cargo calls.
fn version() -> String {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let output = Command::new(rustc).arg("--version").output().expect("rustc says its version");
    let text = String::from_utf8_lossy(&output.stdout);
    text.split_whitespace().nth(1).unwrap_or("unknown").to_owned()
}
