//! Random values depend on the seed, the factory, the row and the attribute, and on nothing else.

use manufactory::{Factory, Session};
use rand::RngExt;

#[derive(Debug, PartialEq, Factory)]
struct Dice {
    #[factory(choice([1, 2, 3, 4, 5, 6]))]
    first: u8,
    #[factory(lazy(|rng| rng.random_range(1..=1_000_000)))]
    second: u32,
}

/// The same factory by name, with attributes added and moved.
mod later {
    use manufactory::Factory;
    use rand::RngExt;

    #[derive(Debug, PartialEq, Factory)]
    pub(super) struct Dice {
        #[factory(choice([1, 2, 3]))]
        pub(super) added: u8,
        #[factory(lazy(|rng| rng.random_range(1..=1_000_000)))]
        pub(super) second: u32,
        #[factory(choice([1, 2, 3, 4, 5, 6]))]
        pub(super) first: u8,
    }
}

fn rolled(seed: u64) -> Vec<(u8, u32)> {
    let _session = Session::seeded(seed).enter();
    Dice::factory().build_batch(50).into_iter().map(|dice| (dice.first, dice.second)).collect()
}

#[test]
fn a_seed_is_all_that_matters() {
    assert_eq!(rolled(1), rolled(1));
    assert_ne!(rolled(1), rolled(2));
}

#[test]
fn adding_and_moving_attributes_changes_no_other_value() {
    let _session = Session::seeded(1).enter();
    let later: Vec<_> =
        later::Dice::factory().build_batch(50).into_iter().map(|dice| (dice.first, dice.second)).collect();
    assert_eq!(later, rolled(1));
}

#[test]
fn batches_and_single_rows_are_the_same_rows() {
    let _session = Session::seeded(1).enter();
    let one_by_one: Vec<_> = (0..50).map(|_| Dice::factory().build()).map(|dice| (dice.first, dice.second)).collect();
    assert_eq!(one_by_one, rolled(1));
}

#[test]
fn rows_and_attributes_draw_for_themselves() {
    let rolled = rolled(3);
    assert!(rolled.windows(2).any(|pair| pair[0] != pair[1]));
    let (mut sum, n) = (0_u64, rolled.len() as u64);
    for (_, second) in &rolled {
        sum += u64::from(*second);
    }
    assert!((300_000..700_000).contains(&(sum / n)));
}
