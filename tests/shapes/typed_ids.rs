//! One generic id for all models, told apart by a marker: `Id<Project>`, stored as text with a prefix for the kind of model.
//! So in Svix, and in services that show their ids to users.

use super::databases::{rows, sqlite};
use manufactory::Factory;
use std::fmt;
use std::marker::PhantomData;

trait Kind {
    const PREFIX: &'static str;
}

struct Id<M> {
    text: String,
    model: PhantomData<fn() -> M>,
}

impl<M: Kind> Id<M> {
    fn numbered(n: u64) -> Self {
        Self::from(format!("{}_{n:06}", M::PREFIX))
    }
}

impl<M> Clone for Id<M> {
    fn clone(&self) -> Self {
        Self::from(self.text.clone())
    }
}

impl<M> fmt::Debug for Id<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl<M> From<String> for Id<M> {
    fn from(text: String) -> Self {
        Self { text, model: PhantomData }
    }
}

impl<M> From<Id<M>> for String {
    fn from(id: Id<M>) -> Self {
        id.text
    }
}

#[derive(Debug, Clone, Factory)]
#[factory(table = "projects", on(sqlx, sqlite))]
struct Project {
    #[factory(key, sequence(|n| Id::numbered(n)), as(String))]
    id: Id<Project>,
}

impl Kind for Project {
    const PREFIX: &'static str = "prj";
}

#[derive(Debug, Clone, Factory)]
#[factory(table = "tokens", on(sqlx, sqlite))]
struct Token {
    #[factory(key, sequence(|n| Id::numbered(n)), as(String))]
    id: Id<Token>,
    #[factory(sub_factory(ProjectFactory), as(String))]
    project_id: Id<Project>,
}

impl Kind for Token {
    const PREFIX: &'static str = "tok";
}

#[tokio::test]
async fn ids_that_say_whose_they_are() {
    let db = sqlite(
        "create table projects (id text primary key check (id like 'prj_%'));
         create table tokens (id text primary key check (id like 'tok_%'), project_id text not null references projects)",
    )
    .await;
    let _session = manufactory::Session::seeded(1).enter();
    let project = Project::factory().create(&db).await.unwrap();
    let tokens = Token::factory().project(&project).create_batch(&db, 2).await.unwrap();
    assert_eq!(format!("{:?} {:?}", tokens[1].id, tokens[1].project_id), "tok_000001 prj_000000");
    Token::factory().project_id(project.id).create(&db).await.unwrap();
    assert_eq!(rows(&db, "select id from tokens where project_id = 'prj_000000'").await.len(), 3);
}
