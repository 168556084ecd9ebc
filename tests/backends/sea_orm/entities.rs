//! Entities that are models of a factory as well, or have one elsewhere; in any database.

use super::{connect, count};
use manufactory::Factory;
use sea_orm::{ConnectionTrait, DatabaseConnection, EntityTrait, Schema};

/// The entity and the factory on one struct.
pub(super) mod user {
    use manufactory::{AfterCreate, BoxError, Factory};
    use sea_orm::entity::prelude::*;
    use sea_orm::{DatabaseTransaction, FromJsonQueryResult, Set};
    use serde::{Deserialize, Serialize};

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel, Factory)]
    #[sea_orm(table_name = "users")]
    #[factory(table = "users", on(sea_orm), name = UserFactory)]
    #[factory(after_create, preset(admin: role = value(Role::Admin)), param(friends: u16 = value(0)))]
    #[factory(has_many(posts: super::post::PostFactory, by = author))]
    pub struct Model {
        #[sea_orm(primary_key)]
        #[factory(key)]
        pub id: i32,
        #[sea_orm(unique)]
        #[factory(format("user{n}"))]
        pub name: String,
        pub nickname: Option<String>,
        #[factory(value(Role::Member))]
        pub role: Role,
        #[factory(cycle([Tea::EverydayTea, Tea::BreakfastTea]))]
        pub tea: Tea,
        #[factory(cycle([None, Some(Tea::BreakfastTea)]))]
        pub other_tea: Option<Tea>,
        #[factory(value(Mood::Good))]
        pub mood: Mood,
        #[factory(value(Email("a@example.com".into())))]
        pub email: Email,
        #[sea_orm(column_type = "JsonBinary")]
        #[factory(value(Settings { theme: "dark".into() }))]
        pub settings: Settings,
        #[factory(value(Uuid::from_u128(7)))]
        pub token: Uuid,
        #[sea_orm(default_value = 5)]
        #[factory(database)]
        pub score: i32,
        #[sea_orm(default_expr = "Expr::current_timestamp()")]
        #[factory(database, value(DateTimeUtc::UNIX_EPOCH))]
        pub joined: DateTimeUtc,
    }

    #[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
    #[sea_orm(rs_type = "String", db_type = "String(StringLen::N(10))")]
    pub enum Role {
        #[sea_orm(string_value = "member")]
        Member,
        #[sea_orm(string_value = "admin")]
        Admin,
    }

    #[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
    #[sea_orm(rs_type = "Enum", db_type = "Enum", enum_name = "tea")]
    pub enum Tea {
        #[sea_orm(string_value = "EverydayTea")]
        EverydayTea,
        #[sea_orm(string_value = "BreakfastTea")]
        BreakfastTea,
    }

    #[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
    #[sea_orm(rs_type = "i32", db_type = "Integer")]
    pub enum Mood {
        #[sea_orm(num_value = -1)]
        Bad,
        #[sea_orm(num_value = 1)]
        Good,
    }

    #[derive(Clone, Debug, PartialEq, Eq, DeriveValueType)]
    pub struct Email(pub String);

    #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
    pub struct Settings {
        pub theme: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}

    impl AfterCreate<DatabaseTransaction> for UserFactory {
        async fn after_create(self, user: &mut Model, db: &DatabaseTransaction) -> Result<(), BoxError> {
            let friends = *self.resolved_friends();
            UserFactory::new().nickname("friend").create_batch(db, friends.into()).await?;
            if friends > 0 {
                let changed = ActiveModel {
                    id: Set(user.id),
                    nickname: Set(Some(format!("{friends} friends"))),
                    ..Default::default()
                };
                *user = Entity::update(changed).exec(db).await?;
            }
            Ok(())
        }
    }
}

/// As SeaORM 2 writes them: what it derives beside the model gets no second factory.
pub(super) mod post {
    use manufactory::Factory;
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel, Factory)]
    #[sea_orm(table_name = "posts")]
    #[factory(table = "posts", on(sea_orm), name = PostFactory)]
    pub struct Model {
        #[sea_orm(primary_key)]
        #[factory(key)]
        pub id: i64,
        #[factory(sub_factory(super::user::UserFactory))]
        pub author_id: i32,
        pub title: String,
        #[sea_orm(has_many)]
        pub comments: HasMany<super::comment::Entity>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub(super) mod comment {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "comments")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub post_id: i64,
        pub text: Option<String>,
        #[sea_orm(belongs_to, from = "post_id", to = "id")]
        pub post: HasOne<super::post::Entity>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// A factory that stands apart from its entity.
#[derive(Factory)]
#[factory(model = comment::Model, name = CommentFactory, table = "comments", on(sea_orm))]
#[factory(get_or_create(post_id, text))]
struct Comment {
    #[factory(key)]
    id: i64,
    #[factory(sub_factory(post::PostFactory))]
    post_id: i64,
    text: Option<String>,
}

/// What is inserted is less than what comes back.
#[derive(Factory)]
#[factory(table = "users", on(sea_orm), returns = user::Model)]
struct NewUser<'a> {
    #[factory(format("new{n}"))]
    name: String,
    #[factory(value("member"))]
    role: &'a str,
    #[factory(value(user::Tea::EverydayTea))]
    tea: user::Tea,
    #[factory(value(1))]
    mood: i16,
    #[factory(value("new@example.com"))]
    email: &'a str,
    #[factory(value(serde_json::json!({ "theme": "light" })))]
    settings: serde_json::Value,
    #[factory(value(sea_orm::prelude::Uuid::nil()))]
    token: sea_orm::prelude::Uuid,
}

#[tokio::test]
async fn in_sqlite() {
    all(&connect("sqlite::memory:").await).await;
}

/// All of it, in any database.
pub(super) async fn all(db: &DatabaseConnection) {
    tables(db).await;
    what_is_created_is_what_the_entity_finds(db).await;
    hooks_work_with_active_models(db).await;
    children_and_definitions(db).await;
    a_row_is_looked_for_by_its_values(db).await;
    insert_structs_give_back_models(db).await;
    errors_name_the_factory(db).await;
}

async fn tables(db: &DatabaseConnection) {
    let schema = Schema::new(db.get_database_backend());
    // Two columns have the same type: it comes twice.
    for statement in schema.create_enum_from_entity(user::Entity).into_iter().take(1) {
        db.execute(&statement).await.unwrap();
    }
    db.execute(&schema.create_table_from_entity(user::Entity)).await.unwrap();
    db.execute(&schema.create_table_from_entity(post::Entity)).await.unwrap();
    db.execute(&schema.create_table_from_entity(comment::Entity)).await.unwrap();
}

async fn what_is_created_is_what_the_entity_finds(db: &DatabaseConnection) {
    let user = user::Model::factory().name("alice").create(db).await.unwrap();
    assert_eq!((user.id, &*user.name, user.score), (1, "alice", 5));
    assert_eq!(user::Entity::find_by_id(1).one(db).await.unwrap().unwrap(), user);
    let users = user::UserFactory::new().admin().score(9).create_batch(db, 50).await.unwrap();
    assert_eq!(user::Entity::find().all(db).await.unwrap()[1..], users);
    assert!(users.iter().all(|user| (user.role, user.score) == (user::Role::Admin, 9)));
    assert_ne!(users[0].tea, users[1].tea);
    assert_ne!(users[0].other_tea, users[1].other_tea);
    let bad = user::Model::factory().mood(user::Mood::Bad).email(user::Email("b".into())).create(db).await.unwrap();
    assert_eq!((bad.mood, bad.email.0, bad.settings.theme), (user::Mood::Bad, "b".to_owned(), "dark".to_owned()));
}

async fn hooks_work_with_active_models(db: &DatabaseConnection) {
    let before = count(db, "users").await;
    let user = user::Model::factory().friends(3).create(db).await.unwrap();
    assert_eq!(user.nickname.as_deref(), Some("3 friends"));
    assert_eq!(user::Entity::find_by_id(user.id).one(db).await.unwrap().unwrap(), user);
    assert_eq!(count(db, "users").await, before + 4);
}

async fn children_and_definitions(db: &DatabaseConnection) {
    let user = user::Model::factory().posts(2).create(db).await.unwrap();
    let posts = post::Entity::find().all(db).await.unwrap();
    assert!(posts.len() == 2 && posts.iter().all(|post| post.author_id == user.id));
    let comments = CommentFactory::new().post_with(|post| post.author(&user)).create_batch(db, 3).await.unwrap();
    assert_eq!(comment::Entity::find().all(db).await.unwrap(), comments);
    assert_eq!((comments[2].post_id, count(db, "posts").await), (posts[1].id + 3, 5));
}

async fn a_row_is_looked_for_by_its_values(db: &DatabaseConnection) {
    let post = post::Model::factory().create(db).await.unwrap();
    let before = count(db, "comments").await;
    let first = CommentFactory::new().post(&post).text(None).create(db).await.unwrap();
    let again = CommentFactory::new().post(&post).text(None).create(db).await.unwrap();
    let many = CommentFactory::new().post(&post).text("many").create_batch(db, 3).await.unwrap();
    assert_eq!(first, again);
    assert!(many.iter().all(|comment| comment.id == many[0].id));
    assert_eq!(count(db, "comments").await, before + 2);
}

async fn insert_structs_give_back_models(db: &DatabaseConnection) {
    let role = String::from("admin");
    let user = NewUser::factory().role(&role).create(db).await.unwrap();
    assert_eq!((user.role, user.tea, user.score), (user::Role::Admin, user::Tea::EverydayTea, 5));
    let users = NewUser::factory().create_batch(db, 3).await.unwrap();
    assert_eq!(users[2], user::Entity::find_by_id(users[2].id).one(db).await.unwrap().unwrap());
}

async fn errors_name_the_factory(db: &DatabaseConnection) {
    let before = (count(db, "users").await, count(db, "posts").await);
    let posts = post::Model::factory()
        .times(4)
        .each(|i, post| if i == 3 { post.author_with(|author| author.name("alice")) } else { post });
    let error = posts.create(db).await.unwrap_err();
    assert_eq!((error.factory(), error.row()), ("User", Some((3, 4))), "{error:?}");
    assert_eq!(error.path().collect::<Vec<_>>(), ["Post", "author"]);
    assert!(error.to_string().contains("name = \"alice\""), "{error}");
    assert_eq!((count(db, "users").await, count(db, "posts").await), before);
}
