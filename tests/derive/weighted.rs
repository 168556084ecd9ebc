//! `weighted([(3, A), (1, B)])`

use manufactory::{Factory, Session};

#[derive(Factory)]
struct Ticket {
    #[factory(weighted([(8, "open"), (1, "closed"), (0, "lost")]))]
    state: String,
}

#[test]
fn heavier_values_come_more_often_and_weight_zero_never() {
    let _session = Session::seeded(4).enter();
    let tickets = Ticket::factory().build_batch(900);
    let count = |state| tickets.iter().filter(|ticket| ticket.state == state).count();
    assert!((700..880).contains(&count("open")), "{}", count("open"));
    assert_eq!((count("open") + count("closed"), count("lost")), (900, 0));
}
