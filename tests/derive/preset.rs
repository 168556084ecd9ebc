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

/// What is left to the database is left to it until a preset says it.
#[tokio::test]
async fn a_preset_says_what_the_database_would_fill() {
    #[derive(Debug, Factory)]
    #[factory(table = "posts")]
    #[factory(preset(published: status = value("published"), pages = lazy(|words| words / 100)))]
    #[factory(preset(first: id = value(1)))]
    struct Post {
        #[factory(key)]
        id: i64,
        #[factory(database)]
        status: String,
        #[factory(database)]
        pages: i64,
        #[factory(value(700))]
        words: i64,
    }

    let mut db = Memory::new().with_default("posts", "status", "draft").with_default("posts", "pages", 0);
    Post::factory().id(7).create(&mut db).await.unwrap();
    let draft = Post::factory().create(&mut db).await.unwrap();
    assert_eq!((draft.id, &*draft.status, draft.pages), (8, "draft", 0));
    let published = Post::factory().published().first().create(&mut db).await.unwrap();
    assert_eq!((published.id, &*published.status, published.pages), (1, "published", 7));
    let lost = Post::factory().published().status("lost").create_batch(&mut db, 2).await.unwrap();
    assert_eq!((&*lost[1].status, lost[1].pages), ("lost", 7));

    let body = Post::factory().published().attributes().unwrap();
    assert_eq!(serde_json::Value::Object(body), serde_json::json!({ "status": "published", "pages": 7, "words": 700 }));
}
