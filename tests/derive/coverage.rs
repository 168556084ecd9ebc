//! `UserFactory::coverage()`

use manufactory::resolve::Draft;
use manufactory::{Auto, Factory, Memory, Session, create_all};

#[derive(Debug, Clone, Copy, PartialEq, Auto)]
enum Role {
    Member,
    Editor,
    Admin,
}

#[derive(Debug, Clone, PartialEq, Auto)]
enum Mood {
    Good,
    Because { reason: String, level: u8 },
}

#[derive(Debug, Clone, PartialEq)]
struct NoAuto;

#[derive(Debug, Factory)]
#[factory(param(theme: Mood))]
#[factory(preset(admin: role = value(Role::Admin)))]
#[factory(preset(quiet: mood = value(None), nickname = value("sh")))]
#[factory(preset(r#final: admin, badge = sequence))]
struct User {
    #[factory(value(Role::Member))]
    role: Role,
    mood: Option<Mood>,
    nickname: Option<String>,
    badge: Option<u32>,
    #[factory(value(NoAuto))]
    other: NoAuto,
    #[factory(lazy(|theme| theme.clone()))]
    shown_theme: Mood,
    #[factory(lazy(|role| format!("{role:?}")))]
    title: String,
}

#[test]
fn every_variant_and_every_preset_is_shown_once() {
    let _session = Session::seeded(1).enter();
    let users: Vec<User> = UserFactory::coverage().into_iter().map(Factory::build).collect();
    let roles: Vec<_> = users.iter().map(|user| user.role).collect();
    // Two presets speak for the role, so three variants take five rows.
    assert_eq!(roles, [Role::Admin, Role::Member, Role::Admin, Role::Editor, Role::Admin]);
    assert_eq!(users[4].title, "Admin", "a variant is an override: what reads it follows");
    let because = |n: u8| Mood::Because { reason: format!("reason{n}"), level: n };
    let moods: Vec<_> = users.iter().map(|user| user.mood.clone()).collect();
    assert_eq!(moods, [Some(Mood::Good), None, Some(because(2)), None, None]);
    assert_eq!((users[1].nickname.as_deref(), users[2].badge), (Some("sh"), Some(2)));
    assert_eq!(users[0].nickname, None, "one preset, one row");
    let themes: Vec<_> = users.iter().map(|user| user.shown_theme.clone()).collect();
    assert_eq!(themes, [Mood::Good, because(1), Mood::Good, Mood::Good, Mood::Good], "a param has variants, too");
}

#[test]
fn presets_are_listed_with_what_they_speak_for() {
    let presets = UserFactory::presets();
    let listed: Vec<_> = presets.iter().map(|preset| (preset.name(), preset.changes())).collect();
    let expected: [(&str, &[&str]); 3] =
        [("admin", &["role"]), ("quiet", &["mood", "nickname"]), ("final", &["role", "badge"])];
    assert_eq!(listed, expected);
    assert_eq!(presets[0].apply(User::factory()).build().role, Role::Admin);
}

#[derive(Factory)]
#[factory(preset(a: first = value(1)), preset(b: first = value(2)), preset(c: second = value(3)))]
struct Presets {
    first: u8,
    second: u8,
}

#[derive(Factory)]
struct Plain<'a, T> {
    #[factory(value("x"))]
    text: &'a str,
    #[factory(value(Role::Editor))]
    role: Role,
    value: T,
}

#[derive(Debug, Factory)]
struct Nothing {
    number: u8,
}

#[test]
fn the_batch_is_as_small_as_it_can_be() {
    let rows: Vec<Presets> = PresetsFactory::coverage().into_iter().map(Factory::build).collect();
    assert_eq!(rows.iter().map(|row| row.first).take(2).collect::<Vec<_>>(), [1, 2]);
    assert_eq!((rows.len(), rows[2].second), (3, 3));
    assert_eq!(PlainFactory::<Role>::coverage().len(), 3);
    assert_eq!(NothingFactory::coverage().len(), 1, "one row, where there is nothing to show");
}

#[test]
fn it_takes_no_numbers_and_is_the_same_every_time() {
    let made = || {
        let _session = Session::seeded(1).enter();
        drop(User::factory().build());
        let users: Vec<User> = UserFactory::coverage().into_iter().map(Factory::build).collect();
        format!("{users:?}")
    };
    assert_eq!(made(), made());
    assert!(made().contains("reason: \"reason3\", level: 3"), "the number that the row then has");
    let _session = Session::seeded(1).enter();
    drop(NothingFactory::coverage());
    assert_eq!(Nothing::factory().build().number, 0);
}

#[tokio::test]
async fn coverage_is_created_in_one_call() {
    #[derive(Debug, Factory)]
    #[factory(table = "accounts", preset(closed: open = value(false)))]
    struct Account {
        #[factory(key)]
        id: i64,
        #[factory(skip, default)]
        role: Kept,
        #[factory(value(true))]
        open: bool,
    }

    #[derive(Debug, Clone, Copy, PartialEq, Default, Auto)]
    enum Kept {
        #[default]
        Not,
        Forever,
    }

    let mut db = Memory::new();
    let accounts = create_all(&mut db, AccountFactory::coverage()).await.unwrap();
    assert_eq!(accounts.iter().map(|account| account.open).collect::<Vec<_>>(), [false, true]);
    assert_eq!(db.count("accounts"), 2);
    assert_eq!(accounts.iter().map(|account| account.id).collect::<Vec<_>>(), [1, 2]);
    assert_eq!(Kept::default(), Kept::Not);
}
