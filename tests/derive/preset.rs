//! `preset(name: attribute = declaration, ..)`

use manufactory::{Factory, Session};

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
