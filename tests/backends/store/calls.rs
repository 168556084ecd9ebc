//! Stores of the users' own: what they are handed, what comes back, and what happens when something fails.

use manufactory::{Batch, BoxError, Error, Factory, Stage, Store, Value, async_trait};
use std::error::Error as _;

#[derive(Debug, Clone, PartialEq)]
enum Role {
    Member,
    Admin,
}

#[derive(Debug, Clone, PartialEq, Factory)]
struct User {
    #[factory(key)]
    id: i64,
    #[factory(value("alice"))]
    username: String,
    #[factory(value(Role::Member))]
    role: Role,
    #[factory(database)]
    logins: Option<u8>,
}

#[derive(Debug, Clone, Factory)]
struct Post {
    #[factory(key)]
    id: i64,
    #[factory(sub_factory(UserFactory))]
    author_id: i64,
    #[factory(sub_factory(UserFactory, optional))]
    reviewer_id: Option<i64>,
    #[factory(format("by {author.username}"))]
    title: String,
}

/// No key.
#[derive(Debug, Clone, PartialEq, Factory)]
#[factory(table = "notes")]
struct Note {
    text: String,
}

/// Does what a test tells it to, and remembers what it was asked.
struct Told<F> {
    log: Vec<String>,
    insert: F,
    begin: bool,
    commit: bool,
}

fn told<F: FnMut(&mut Batch<'_>) -> Result<(), BoxError> + Send>(insert: F) -> Told<F> {
    Told { log: Vec::new(), insert, begin: true, commit: true }
}

fn outcome(fine: bool, what: &str) -> Result<(), BoxError> {
    if fine { Ok(()) } else { Err(what.into()) }
}

#[async_trait]
impl<F: FnMut(&mut Batch<'_>) -> Result<(), BoxError> + Send> Store for Told<F> {
    async fn insert(&mut self, batch: &mut Batch<'_>) -> Result<(), BoxError> {
        self.log.push(format!("insert {} {}", batch.len(), batch.factory()));
        tokio::task::yield_now().await;
        (self.insert)(batch)
    }

    async fn begin(&mut self) -> Result<(), BoxError> {
        self.log.push("begin".into());
        outcome(self.begin, "no begin")
    }

    async fn commit(&mut self) -> Result<(), BoxError> {
        self.log.push("commit".into());
        outcome(self.commit, "no commit")
    }

    async fn rollback(&mut self) -> Result<(), BoxError> {
        self.log.push("rollback".into());
        Err("no rollback".into())
    }

    fn abandon(&mut self) {
        self.log.push("abandon".into());
    }
}

fn cause(error: &Error) -> String {
    error.source().map(ToString::to_string).unwrap_or_default()
}

#[tokio::test]
async fn models_are_taken_by_their_type_and_come_back_as_they_were_left() {
    let mut store = told(|batch| {
        assert!(batch.models::<Note>().is_none());
        for (user, id) in batch.models::<User>().unwrap().iter_mut().zip(10..) {
            assert!(user.logins.is_none());
            user.id = id;
            user.role = Role::Admin;
        }
        Ok(())
    });
    let users = User::factory().create_batch(&mut store, 3).await.unwrap();
    assert_eq!(users.iter().map(|user| user.id).collect::<Vec<_>>(), [10, 11, 12]);
    assert!(users.iter().all(|user| user.role == Role::Admin));
    assert_eq!(store.log, ["begin", "insert 3 User", "commit"]);
}

#[tokio::test]
async fn parents_come_first_in_bulk_and_their_keys_are_taken_from_what_the_store_left() {
    let mut next = 0;
    let mut store = told(move |batch| {
        let ids = batch.models::<User>().map(|users| users.iter_mut().map(|user| &mut user.id).collect::<Vec<_>>());
        for id in ids.into_iter().flatten() {
            next += 100;
            *id = next;
        }
        assert!(batch.models::<User>().is_some() || batch.models::<Post>().is_some());
        Ok(())
    });
    let reviewed = Post::factory().reviewer_with(|user| user.username("bob"));
    let posts = reviewed.create_batch(&mut store, 2).await.unwrap();
    assert_eq!(store.log, ["begin", "insert 2 User", "insert 2 User", "insert 2 Post", "commit"]);
    let keys: Vec<_> = posts.iter().map(|post| (post.author_id, post.reviewer_id)).collect();
    assert_eq!(keys, [(100, Some(300)), (200, Some(400))]);
    assert_eq!(posts[0].title, "by alice");
}

#[tokio::test]
async fn rows_show_what_is_filled_and_what_is_set_comes_back() {
    let mut store = told(|batch| {
        assert_eq!((batch.factory(), batch.table(), batch.len()), ("User", None, 2));
        let columns: Vec<_> = batch.columns().iter().map(|column| column.name).collect();
        assert_eq!(columns, ["id", "username", "role", "logins"]);

        let row = batch.row(1).unwrap();
        assert_eq!(row.iter().map(|(name, _)| *name).collect::<Vec<_>>(), ["username", "role"]);
        assert_eq!(row.get("username"), Some(&"alice".into()));
        assert!(matches!(row.get("role"), Some(Value::Opaque(_))));
        assert_eq!(batch.row(2), None);

        batch.set(1, "logins", 7)?;
        batch.set(1, "id", 70)?;
        batch.set(1, "username", "bob")?;
        let row = batch.row(1).unwrap();
        let shown: Vec<_> = row.iter().map(|(name, value)| format!("{name} = {value}")).collect();
        assert_eq!(shown, ["id = 70", "username = \"bob\"", "role = (Role)", "logins = 7"]);
        Ok(())
    });
    let users = User::factory().create_batch(&mut store, 2).await.unwrap();
    assert_eq!((users[1].id, users[1].username.as_str(), users[1].logins), (70, "bob", Some(7)));
    assert_eq!((users[0].username.as_str(), &users[0].role, users[0].logins), ("alice", &Role::Member, None));
    assert!(users[0].id > 0, "what `build` gives: {}", users[0].id);
}

#[tokio::test]
async fn a_table_has_a_name() {
    let mut store = told(|batch| {
        assert_eq!((batch.table(), batch.rows()[0].get("text")), (Some("notes"), Some(&"hi".into())));
        Ok(())
    });
    assert_eq!(Note::factory().text("hi").create(&mut store).await.unwrap(), Note { text: "hi".into() });
}

#[tokio::test]
async fn a_store_without_defaults_has_the_rows_completed() {
    let mut store = told(|batch| {
        batch.complete();
        for row in batch.rows() {
            assert!(matches!(row.get("id"), Some(Value::Int(1..))));
            assert_eq!(row.get("logins"), Some(&Value::Null));
        }
        Ok(())
    });
    User::factory().create_batch(&mut store, 2).await.unwrap();
}

#[tokio::test]
async fn models_and_rows_may_both_be_asked_for() {
    let mut store = told(|batch| {
        batch.set(0, "id", 5)?;
        assert_eq!(batch.models::<User>().unwrap()[0].id, 5);
        assert_eq!(batch.row(0).unwrap().get("id"), Some(&Value::Int(5)));
        let error = batch.set(0, "id", 6).unwrap_err();
        assert_eq!(error.to_string(), "cannot set `id`: the models of `User` were taken, set their fields instead");
        batch.models::<User>().unwrap()[0].id = 7;
        Ok(())
    });
    assert_eq!(User::factory().create(&mut store).await.unwrap().id, 7);
}

#[tokio::test]
async fn nothing_is_set_that_does_not_exist() {
    let mut store = told(|batch| {
        let unknown = batch.set(0, "name", "x").unwrap_err();
        assert_eq!(unknown.to_string(), "`User` has no column `name`; it has id, username, role, logins");
        let beyond = batch.set(1, "id", 1).unwrap_err();
        assert_eq!(beyond.to_string(), "there is no row 1 in a batch of 1");
        Err(unknown)
    });
    User::factory().create(&mut store).await.unwrap_err();
}

#[tokio::test]
async fn a_value_that_does_not_fit_names_the_attribute_and_the_row() {
    let mut store = told(|batch| batch.set(1, "logins", 256));
    let error = User::factory().create_batch(&mut store, 3).await.unwrap_err();
    assert_eq!((error.to_string().as_str(), error.stage()), ("cannot read back User.logins, row 1 of 3", Stage::Read));
    assert_eq!(cause(&error), "the store gave an integer, which does not fit `Option<u8>`");
    assert_eq!(store.log.last().unwrap(), "rollback");

    // The models cannot be made: that is the reason, whatever the store makes of it.
    let mut store = told(|batch| {
        batch.set(0, "role", "admin")?;
        if batch.models::<User>().is_none() { Err("who is that?".into()) } else { Ok(()) }
    });
    let error = User::factory().create(&mut store).await.unwrap_err();
    assert_eq!(error.to_string(), "cannot read back User.role, row 0 of 1");
    assert!(cause(&error).contains("a `Role` is made from no common value"), "{error:?}");
}

struct Api;

#[async_trait]
impl Store for Api {
    async fn insert(&mut self, batch: &mut Batch<'_>) -> Result<(), BoxError> {
        // Neither of these is a look at the rows.
        assert!(batch.models::<User>().is_some() || (batch.table().is_none() || !batch.columns().is_empty()));
        Ok(())
    }
}

#[tokio::test]
async fn a_model_that_the_store_does_not_know_is_never_lost() {
    User::factory().create(&mut Api).await.unwrap();
    let error = Note::factory().create(&mut Api).await.unwrap_err();
    assert_eq!(error.to_string(), "cannot insert Note");
    let text = "`Api` does not know `Note`; have its `insert` take `batch.models::<Note>()`, or `batch.rows()` if it \
                stores anything";
    assert_eq!(cause(&error), text);

    let error = Post::factory().create(&mut Api).await.unwrap_err();
    assert!(cause(&error).starts_with("`Api` does not know `Post`"));
}

#[tokio::test]
async fn an_error_names_the_row_that_the_store_names() {
    let mut store = told(|_| Err(Batch::failed(1, "taken")));
    let error = User::factory().create_batch(&mut store, 3).await.unwrap_err();
    assert_eq!(error.to_string(), r#"cannot insert User, row 1 of 3 with username = "alice", role = (Role)"#);
    assert_eq!((cause(&error).as_str(), error.row()), ("taken", Some((1, 3))));
    assert_eq!(store.log, ["begin", "insert 3 User", "rollback"]);

    // After the models were taken, too.
    let mut store = told(|batch| {
        batch.models::<User>();
        Err(Batch::failed(1, "taken"))
    });
    let error = User::factory().create_batch(&mut store, 3).await.unwrap_err();
    assert_eq!(error.to_string(), r#"cannot insert User, row 1 of 3 with username = "alice", role = (Role)"#);

    // No such row, no row named, only one row.
    let mut store = told(|_| Err(Batch::failed(3, "taken")));
    assert_eq!(User::factory().create_batch(&mut store, 3).await.unwrap_err().row(), None);
    let mut store = told(|_| Err("taken".into()));
    assert_eq!(User::factory().create_batch(&mut store, 3).await.unwrap_err().row(), None);
    assert_eq!(User::factory().create(&mut store).await.unwrap_err().row(), Some((0, 1)));
}

#[tokio::test]
async fn an_error_in_a_parent_has_its_path() {
    let mut store = told(|_| Err("closed".into()));
    let error = Post::factory().create(&mut store).await.unwrap_err();
    assert_eq!(error.path().collect::<Vec<_>>(), ["Post", "author"]);
    assert_eq!((error.factory(), error.stage(), cause(&error).as_str()), ("User", Stage::Insert, "closed"));
}

#[tokio::test]
async fn begin_and_commit_may_fail() {
    let mut store = told(|batch| batch.set(0, "id", 1));
    store.begin = false;
    let error = User::factory().create(&mut store).await.unwrap_err();
    assert_eq!((error.stage(), cause(&error).as_str()), (Stage::Begin, "no begin"));
    assert_eq!(store.log, ["begin"]);

    store.log.clear();
    (store.begin, store.commit) = (true, false);
    let error = User::factory().create(&mut store).await.unwrap_err();
    assert_eq!((error.stage(), cause(&error).as_str()), (Stage::Commit, "no commit"));
    assert_eq!(store.log, ["begin", "insert 1 User", "commit", "rollback"]);
}

#[tokio::test]
async fn a_call_that_never_ends_is_abandoned() {
    let mut store = told(|_| Ok(()));
    tokio::select! {
        biased;
        _ = User::factory().create(&mut store) => unreachable!(),
        () = std::future::ready(()) => {}
    }
    assert_eq!(store.log, ["begin", "insert 1 User", "abandon"]);

    let mut store = told(|_| panic!("as told"));
    let call = std::panic::AssertUnwindSafe(User::factory().create(&mut store));
    assert!(panics(call).await);
    assert_eq!(store.log, ["begin", "insert 1 User", "abandon"]);
}

/// Whether a future panics.
async fn panics<F: Future>(future: std::panic::AssertUnwindSafe<F>) -> bool {
    let mut future = Box::pin(future.0);
    std::future::poll_fn(move |cx| {
        let poll = std::panic::AssertUnwindSafe(|| future.as_mut().poll(cx).map(|_| ()));
        match std::panic::catch_unwind(poll) {
            Ok(poll) => poll.map(|()| false),
            Err(_) => std::task::Poll::Ready(true),
        }
    })
    .await
}

#[tokio::test]
async fn no_rows_no_call() {
    let mut store = told(|_| Err("closed".into()));
    assert!(User::factory().create_batch(&mut store, 0).await.unwrap().is_empty());
    assert!(store.log.is_empty());
}

#[tokio::test]
async fn a_store_may_borrow_and_be_held_in_any_way() {
    let mut names = Vec::new();
    let mut inserts = 0;
    let mut store = told(|batch| {
        inserts += 1;
        names.extend(batch.rows().iter().map(|row| row.get("username").cloned()));
        Ok(())
    });
    User::factory().create(&mut store).await.unwrap();
    let mut borrowed = &mut store;
    User::factory().create(&mut borrowed).await.unwrap();
    let mut boxed: Box<dyn Store + '_> = Box::new(store);
    User::factory().create(&mut boxed).await.unwrap();
    drop(boxed);
    assert_eq!((names.len(), inserts), (3, 3));

    let mut boxed: Box<dyn Store> = Box::new(Api);
    let error = Note::factory().create(&mut boxed).await.unwrap_err();
    assert!(cause(&error).starts_with("`Api` does not know"), "{error:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_future_goes_to_other_threads() {
    let made = tokio::spawn(async {
        let mut store = told(|batch| batch.set(0, "id", 9));
        User::factory().create(&mut store).await
    });
    assert_eq!(made.await.unwrap().unwrap().id, 9);
}
