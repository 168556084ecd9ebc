//! Data that must never change: whoever has stored a seed expects it back. A change here is a major version.

use manufactory::{Factory, Session};
use rand::RngExt;

#[derive(Factory)]
struct Sample {
    #[factory(choice(["a", "b", "c", "d"]))]
    choice: &'static str,
    #[factory(weighted([(5, 'x'), (1, 'y')]))]
    weighted: char,
    #[factory(maybe(0.5, sequence))]
    maybe: Option<u8>,
    #[factory(lazy(|rng| rng.random()))]
    number: u32,
}

#[test]
fn the_same_seed_gives_the_same_data_for_ever() {
    let _session = Session::seeded(42).enter();
    let rows = Sample::factory().build_batch(6);
    let text: Vec<_> =
        rows.iter().map(|row| format!("{} {} {:?} {}", row.choice, row.weighted, row.maybe, row.number)).collect();
    let golden = include_str!("golden.txt");
    assert_eq!(text.join("\n"), golden.trim_end());
}
