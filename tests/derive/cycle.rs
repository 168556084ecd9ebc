//! `cycle([..])`

use manufactory::{Factory, Session};

const COLOURS: [&str; 3] = ["red", "green", "blue"];
const SIZES: &[u8] = &[36, 38];

#[derive(Factory)]
struct Shirt {
    #[factory(cycle(["new", "used"]))]
    state: String,
    #[factory(cycle(COLOURS))]
    colour: String,
    #[factory(cycle(SIZES))]
    size: u8,
    #[factory(cycle([None, Some(1)]))]
    discount: Option<u8>,
}

#[test]
fn values_take_turns_by_the_row_number() {
    let _session = Session::seeded(1).enter();
    let shirts = Shirt::factory().build_batch(4);
    let seen: Vec<_> = shirts.iter().map(|s| (s.state.as_str(), s.colour.as_str(), s.size, s.discount)).collect();
    let expected = [
        ("new", "red", 36, None),
        ("used", "green", 38, Some(1)),
        ("new", "blue", 36, None),
        ("used", "red", 38, Some(1)),
    ];
    assert_eq!(seen, expected);
}
