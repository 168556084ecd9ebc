//! Models as they are: of another module, with a constructor, with types that no database knows.
//!
//! `cargo run --example definitions`

use manufactory::{Factory, Memory, Session};

/// Stands for a crate that knows nothing of factories.
mod app {
    use serde::{Deserialize, Serialize};

    #[derive(Debug, Clone, Copy, PartialEq)]
    pub struct UserId(pub i64);

    impl From<i64> for UserId {
        fn from(id: i64) -> Self {
            Self(id)
        }
    }

    impl From<UserId> for i64 {
        fn from(id: UserId) -> Self {
            id.0
        }
    }

    #[derive(Debug, Clone, Serialize, Deserialize)]
    pub struct Settings {
        pub theme: String,
        pub tabs: u8,
    }

    #[derive(Debug, Clone)]
    pub struct User {
        pub id: UserId,
        pub name: String,
        pub settings: Settings,
        pub token: String,
    }

    #[derive(Debug)]
    pub struct Coupon {
        code: String,
    }

    impl Coupon {
        pub fn new(code: &str) -> Self {
            Self { code: code.to_uppercase() }
        }

        pub fn code(&self) -> &str {
            &self.code
        }
    }
}

/// How a user is made: the fields of the model, and nothing else.
#[derive(Factory)]
#[factory(model = app::User, table = "users")]
struct UserDefinition {
    #[factory(key, as(i64))] // stored as a number, by `From`
    id: app::UserId,
    #[factory(format("user{n}"))]
    name: String,
    #[factory(json, value(app::Settings { theme: "dark".into(), tabs: 4 }))] // stored as JSON, by serde
    settings: app::Settings,
    #[factory(secret, format("token-{n}"))] // shown nowhere
    token: String,
}

/// Another factory for the same model.
#[derive(Factory)]
#[factory(model = app::User, name = RobotFactory, table = "users")]
struct RobotDefinition {
    #[factory(key, as(i64))]
    id: app::UserId,
    #[factory(format("robot{n}"))]
    name: String,
    #[factory(json, value(app::Settings { theme: "none".into(), tabs: 0 }))]
    settings: app::Settings,
    #[factory(secret, value("no token"))]
    token: String,
}

/// A model with private fields has a constructor.
#[derive(Factory)]
#[factory(model = app::Coupon, construct = |code| app::Coupon::new(&code))]
struct CouponDefinition {
    #[factory(format("spring-{n}"))]
    code: String,
}

#[derive(Debug, Factory)]
#[factory(table = "logins")]
struct Login {
    #[factory(key)]
    id: i64,
    #[factory(sub_factory(RobotFactory), as(i64))] // a parent by the second factory
    user_id: app::UserId,
}

#[tokio::main]
async fn main() -> manufactory::Result<()> {
    let _session = Session::seeded(1).enter();
    let mut db = Memory::new().unique("users", &["name"]);

    println!("A user of the application, as the program and as the table see it:");
    let user: app::User = UserFactory::new().create(&mut db).await?;
    println!("  {:?}, {}, {:?}", user.id, user.name, user.settings);
    for (column, value) in db.rows("users")[0].iter().filter(|(column, _)| *column != "token") {
        println!("    {column} = {value}");
    }

    println!("\nBy the other factory, and as a parent:");
    let robot = RobotFactory::new().create(&mut db).await?;
    let login = Login::factory().create(&mut db).await?;
    let hers = Login::factory().user(&user).create(&mut db).await?;
    println!(
        "  {:?}, {}; login {} by {:?}, login {} by {:?}",
        robot.id, robot.name, login.id, login.user_id, hers.id, hers.user_id
    );

    println!("\nBy its constructor:");
    println!("  {}", CouponFactory::new().build().code());

    println!("\nAn error, without the secret:");
    if let Err(error) = UserFactory::new().name("user0").create(&mut db).await {
        println!("  {error}");
    }
    Ok(())
}
