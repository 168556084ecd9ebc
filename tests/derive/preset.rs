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
