//! Several rows of one factory.

use manufactory::{Factory, Session};

#[derive(Debug, Clone, Factory)]
#[factory(preset(admin: role = value("admin")))]
struct User {
    #[factory(key)]
    id: i64,
    #[factory(value("member"))]
    role: &'static str,
    #[factory(sub_factory(UserFactory, optional))]
    boss_id: Option<i64>,
}

#[test]
fn each_changes_rows_by_index_one_change_after_the_other() {
    let _session = Session::seeded(1).enter();
    let users = User::factory()
        .admin()
        .times(3)
        .each(|i, user| user.id(i64::try_from(i).unwrap() * 10))
        .each(|i, user| if i == 2 { user.role("last") } else { user })
        .build();
    let seen: Vec<_> = users.iter().map(|user| (user.id, user.role)).collect();
    assert_eq!(seen, [(0, "admin"), (10, "admin"), (20, "last")]);
}

#[test]
fn a_parent_that_is_to_be_made_is_made_for_every_row() {
    let _session = Session::seeded(1).enter();
    let users = User::factory().boss(User::factory().admin()).build_batch(3);
    let mut bosses: Vec<_> = users.iter().filter_map(|user| user.boss_id).collect();
    bosses.dedup();
    assert_eq!(bosses.len(), 3);
    let boss = &users[0];
    assert!(User::factory().boss(boss).build_batch(3).iter().all(|user| user.boss_id == Some(boss.id)));
}

#[test]
fn a_template_can_be_kept() {
    let _session = Session::seeded(1).enter();
    let admins = User::factory().admin();
    assert_eq!(admins.clone().build().role, "admin");
    assert_eq!(admins.clone().times(2).build().len(), 2);
    assert!(admins.build_batch(0).is_empty());
}
