//! The session's clock.

use manufactory::{Factory, Session};
use std::time::{Duration, SystemTime};

#[derive(Factory)]
struct Event {
    at: SystemTime,
    #[factory(lazy(|now: manufactory::session::Now, n| (now - Duration::from_secs(n)).into()))]
    before: SystemTime,
}

#[test]
fn a_frozen_clock_stands_still() {
    let at = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000);
    let _session = Session::seeded(1).at(at).enter();
    let events = Event::factory().build_batch(2);
    assert!(events.iter().all(|event| event.at == at));
    assert_eq!(events[1].before, at - Duration::from_secs(1));
}

#[test]
fn otherwise_it_is_the_time_of_day() {
    let before = SystemTime::now();
    let event = Event::factory().build();
    assert!(before <= event.at && event.at <= SystemTime::now());
}
