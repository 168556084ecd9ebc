//! `maybe(0.3, declaration)`

use manufactory::{Factory, Session};

#[derive(Factory)]
struct User {
    #[factory(key)]
    id: i64,
    #[factory(maybe(0.3, format("nick{n}")))]
    nickname: Option<String>,
    #[factory(maybe(1.0, value("x")))]
    always: Option<String>,
    #[factory(maybe(0.0, sequence))]
    never: Option<i32>,
    #[factory(maybe(0.5, choice([1, 2])))]
    level: Option<u8>,
    #[factory(maybe(0.5, sub_factory(UserFactory, with = |boss| boss.without_boss())))]
    boss_id: Option<i64>,
}

#[test]
fn some_with_the_given_probability() {
    let _session = Session::seeded(4).enter();
    let users = User::factory().build_batch(1_000);
    let count = |some: fn(&User) -> bool| users.iter().filter(|user| some(user)).count();
    assert!((240..360).contains(&count(|u| u.nickname.is_some())));
    assert!((430..570).contains(&count(|u| u.level == Some(1) || u.level == Some(2))));
    assert!((430..570).contains(&count(|u| u.boss_id.is_some())));
    assert_eq!((count(|u| u.always.as_deref() == Some("x")), count(|u| u.never.is_some())), (1_000, 0));
}
