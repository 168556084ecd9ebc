//! `choice([..])`

use manufactory::{Factory, Session};
use std::collections::HashSet;

const COUNTRIES: &[&str] = &["KR", "FR", "DE"];

#[derive(Debug, PartialEq, Factory)]
struct Visit {
    #[factory(choice(["a", "b", "c"]))]
    page: String,
    #[factory(choice(COUNTRIES))]
    country: &'static str,
}

#[test]
fn values_are_drawn_and_stay_the_same_for_a_seed() {
    let made = || {
        let _session = Session::seeded(4).enter();
        Visit::factory().build_batch(100)
    };
    let visits = made();
    assert_eq!(visits, made());
    assert_eq!(visits.iter().map(|v| v.page.as_str()).collect::<HashSet<_>>().len(), 3);
    assert_eq!(visits.iter().map(|v| v.country).collect::<HashSet<_>>().len(), 3);
}
