//! `preset(name: attribute = declaration, ..)`

use manufactory::{Factory, Memory, Session};

#[derive(Factory)]
#[factory(preset(admin: role = value("admin"), level = value(9)))]
#[factory(preset(guest: role = value("guest"), name = lazy(|role, level| format!("{role}{level}"))))]
#[factory(preset(staff: admin, badge = sequence))]
struct User {
    #[factory(value("member"))]
    role: String,
    #[factory(value(1))]
    level: u8,
    #[factory(format("user{n}"))]
    name: String,
    badge: Option<u32>,
}

#[test]
fn presets_change_several_attributes_and_the_later_wins() {
    let _session = Session::seeded(1).enter();
    let admin = User::factory().admin().build();
    assert_eq!((admin.role.as_str(), admin.level, admin.name.as_str()), ("admin", 9, "user0"));
    let both = User::factory().admin().guest().build();
    assert_eq!((both.role.as_str(), both.level, both.name.as_str()), ("guest", 9, "guest9"));
    assert_eq!(User::factory().guest().admin().build().role, "admin");
}

#[test]
fn an_override_wins_whatever_the_order() {
    assert_eq!(User::factory().role("x").admin().build().role, "x");
    assert_eq!(User::factory().admin().role("x").guest().build().role, "x");
}

#[test]
fn a_preset_enables_another() {
    let _session = Session::seeded(1).enter();
    let staff = User::factory().staff().build();
    assert_eq!((staff.role.as_str(), staff.level, staff.badge), ("admin", 9, Some(0)));
}

#[derive(Debug, Factory)]
#[factory(table = "accounts", preset(first: id = value(1), role = lazy(|name| format!("owner {name}"))))]
struct Account {
    #[factory(key)]
    id: i64,
    #[factory(value("ada"))]
    name: String,
    #[factory(database, value("built"))]
    role: String,
}

#[tokio::test]
async fn a_preset_speaks_for_what_the_database_would_fill() {
    let mut db = Memory::new().with_default("accounts", "role", "member");
    let accounts = Account::factory().times(4).each(|i, account| match i {
        0 => account.id(7),
        1 => account.first(),
        2 => account.role("guest").first().id(3),
        _ => account,
    });
    let accounts = accounts.create(&mut db).await.unwrap();
    let shown: Vec<_> = accounts.iter().map(|account| (account.id, account.role.as_str())).collect();
    assert_eq!(shown, [(7, "member"), (1, "owner ada"), (3, "guest"), (8, "member")]);
    assert_eq!(
        (Account::factory().build().role, Account::factory().first().build().role),
        ("built".into(), "owner ada".into())
    );
}
