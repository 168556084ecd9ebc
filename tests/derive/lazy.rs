//! `lazy(|a, b| ..)`

use manufactory::{Factory, Session};
use rand::RngExt;
use std::cell::Cell;
use std::time::{Duration, SystemTime};

#[derive(Factory)]
struct Order {
    // Declared before what it reads: the order is the compiler's business.
    #[factory(lazy(|net, tax| net + tax))]
    gross: u32,
    #[factory(lazy(|net| net / 10))]
    tax: u32,
    #[factory(lazy(|n| u32::try_from(n).unwrap() * 100))]
    net: u32,
    #[factory(lazy(|rng| rng.random_range(1..=6)))]
    dice: u8,
    #[factory(lazy(|now: manufactory::session::Now| (now - Duration::from_secs(60)).into()))]
    at: SystemTime,
    #[factory(lazy(|now| now.into()))]
    paid_at: Option<SystemTime>,
    #[factory(lazy(|note| { if note.is_some() { return true; } false }))]
    has_note: bool,
    note: Option<String>,
}

#[test]
fn parameters_are_the_dependencies() {
    let at = SystemTime::UNIX_EPOCH + Duration::from_secs(3_600);
    let _session = Session::seeded(3).at(at).enter();
    let orders = Order::factory().build_batch(3);
    assert_eq!((orders[2].net, orders[2].tax, orders[2].gross), (200, 20, 220));
    assert_eq!(orders[0].at, at - Duration::from_secs(60));
    assert_eq!(orders[0].paid_at, Some(at));
    assert!((1..=6).contains(&orders[0].dice) && !orders[0].has_note);
    let order = Order::factory().net(50).note("hi").build();
    assert_eq!((order.gross, order.has_note), (55, true));
    assert_eq!(Order::factory().tax(1).net(1).build().gross, 2);
}

thread_local! {
    static CALLS: Cell<u32> = const { Cell::new(0) };
}

fn counted() -> u32 {
    CALLS.with(|calls| calls.replace(calls.get() + 1))
}

#[derive(Factory)]
struct Once {
    #[factory(value(counted()))]
    number: u32,
    #[factory(lazy(|number| *number))]
    first: u32,
    #[factory(lazy(|number| *number))]
    second: u32,
}

#[test]
fn each_attribute_is_evaluated_once_and_not_at_all_when_overridden() {
    CALLS.set(0);
    let once = Once::factory().build();
    assert_eq!((once.first, once.second, CALLS.get()), (0, 0, 1));
    assert_eq!(Once::factory().number(7).build().first, 7);
    assert_eq!(CALLS.get(), 1);
}

#[derive(Factory)]
struct Shadow {
    #[factory(value(5))]
    n: i32,
    #[factory(lazy(|n| n * 2))]
    twice: i32,
}

#[test]
fn an_attribute_wins_over_the_row_number_of_the_same_name() {
    assert_eq!(Shadow::factory().build().twice, 10);
}
