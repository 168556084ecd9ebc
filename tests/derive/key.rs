//! `key`

use manufactory::resolve::Keyed;
use manufactory::{Factory, Session};

#[derive(Factory)]
struct Member {
    #[factory(key, sequence(|n| format!("team{n}")))]
    team: String,
    #[factory(key)]
    number: u32,
}

#[derive(Factory)]
struct Badge {
    #[factory(key, sub_factory(MemberFactory, key = number))]
    member_id: u32,
}

#[test]
fn keys_are_numbered_from_one_unless_declared() {
    let _session = Session::seeded(1).enter();
    let members = Member::factory().build_batch(2);
    assert_eq!(
        members.iter().map(MemberFactory::key_of).collect::<Vec<_>>(),
        [("team0".to_owned(), 1), ("team1".to_owned(), 2)]
    );
    assert_eq!(Badge::factory().build().member_id, 3);
}
