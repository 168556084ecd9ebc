//! What is made while something goes wrong: posts by users, with comments by other users. Knows no database library.

use manufactory::persist::{Create, Outcome};
use manufactory::{AfterCreate, BoxError, Factory, Handle, Result, persist::Backend};
use std::future::pending;
use std::sync::{Arc, Condvar, Mutex};
use std::time::Duration;

pub(crate) mod schema {
    diesel::table! {
        users (id) {
            id -> BigInt,
            name -> Text,
            note -> Text,
        }
    }

    diesel::table! {
        posts (id) {
            id -> BigInt,
            author_id -> BigInt,
            title -> Text,
        }
    }

    diesel::table! {
        comments (id) {
            id -> BigInt,
            post_id -> BigInt,
            author_id -> BigInt,
            body -> Text,
        }
    }
}

/// The tables, as each database creates them.
pub(crate) const SQLITE: [&str; 3] = [
    "create table users (id integer primary key, name text not null unique, note text not null)",
    "create table posts (id integer primary key, author_id integer not null references users, title text not null unique)",
    "create table comments (id integer primary key, post_id integer not null references posts,
                            author_id integer not null references users, body text not null)",
];
pub(crate) const POSTGRES: [&str; 3] = [
    "create table users (id bigserial primary key, name text not null unique, note text not null)",
    "create table posts (id bigserial primary key, author_id bigint not null references users, title text not null unique)",
    "create table comments (id bigserial primary key, post_id bigint not null references posts,
                            author_id bigint not null references users, body text not null)",
];
pub(crate) const MYSQL: [&str; 3] = [
    "create table users (id bigint auto_increment primary key, name varchar(100) not null unique, note text not null)",
    "create table posts (id bigint auto_increment primary key, author_id bigint not null, title varchar(100) not null unique,
                         foreign key (author_id) references users (id))",
    "create table comments (id bigint auto_increment primary key, post_id bigint not null, author_id bigint not null,
                            body text not null, foreign key (post_id) references posts (id),
                            foreign key (author_id) references users (id))",
];

/// All rows that there are.
pub(crate) const ROWS: &str =
    "select (select count(*) from users) + (select count(*) from posts) + (select count(*) from comments)";

/// Where two calls wait for each other.
#[derive(Debug, Clone, Default)]
pub(crate) struct Meeting(Option<Arc<(Mutex<u32>, Condvar)>>);

impl Meeting {
    /// Of two calls.
    pub(crate) fn of_two() -> Self {
        Self(Some(Arc::default()))
    }

    pub(crate) fn wait(&self) -> String {
        if let Some((arrived, news)) = self.0.as_deref() {
            let mut arrived = arrived.lock().unwrap();
            *arrived += 1;
            news.notify_all();
            let waited = news.wait_timeout_while(arrived, Duration::from_secs(60), |arrived| *arrived < 2).unwrap();
            assert!(!waited.1.timed_out(), "nobody came");
        }
        "met".to_owned()
    }
}

#[derive(Debug, Clone, Factory)]
#[factory(table = "users", table = schema::users, param(meeting: Meeting = default))]
pub(crate) struct User {
    #[factory(key)]
    pub(crate) id: i64,
    #[factory(format("user{n}"))]
    pub(crate) name: String,
    #[factory(lazy(|meeting| meeting.wait()))]
    pub(crate) note: String,
}

#[derive(Debug, Clone, Factory)]
#[factory(table = "posts", table = schema::posts)]
#[factory(has_many(comments: CommentFactory, by = post), has_many(hooked: HookedFactory, by = post))]
pub(crate) struct Post {
    #[factory(key)]
    pub(crate) id: i64,
    #[factory(sub_factory(UserFactory))]
    pub(crate) author_id: i64,
    #[factory(format("post {n}"))]
    pub(crate) title: String,
}

#[derive(Debug, Clone, Factory)]
#[factory(table = "comments", table = schema::comments, param(panics: bool = value(false)))]
pub(crate) struct Comment {
    #[factory(key)]
    id: i64,
    #[factory(sub_factory(PostFactory))]
    post_id: i64,
    #[factory(sub_factory(UserFactory))]
    pub(crate) author_id: i64,
    #[factory(lazy(|panics, author_id| if *panics { panic!("in a closure") } else { format!("by {author_id}") }))]
    body: String,
}

/// What a hook does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Deed {
    Panic,
    Fail,
    Wait,
}

/// A comment, to which something happens.
#[derive(Debug, Clone, Factory)]
#[factory(table = "comments", table = schema::comments, after_create, param(deed: Deed = value(Deed::Fail)))]
pub(crate) struct Hooked {
    #[factory(key)]
    id: i64,
    #[factory(sub_factory(PostFactory))]
    post_id: i64,
    #[factory(sub_factory(UserFactory))]
    author_id: i64,
    #[factory(value("hooked"))]
    body: String,
}

impl<B: Backend> AfterCreate<B> for HookedFactory {
    async fn after_create<'c>(self, _: &'c mut Hooked, _: B::Connection<'c>) -> std::result::Result<(), BoxError> {
        match self.resolved_deed() {
            Deed::Panic => panic!("in a hook"),
            Deed::Fail => Err("on purpose".into()),
            Deed::Wait => pending().await,
        }
    }
}

/// A call.
#[derive(Debug, Clone)]
pub(crate) enum Call {
    /// Three posts, their authors, and two comments on each by others.
    Graph,
    /// One user, which is one statement.
    Single,
    /// Users of these names.
    Users(Vec<String>),
    /// A post whose author has the first name, with two comments by others, of whom the last one has the second name; they
    /// come after the meeting.
    Crossing(String, String, Meeting),
    /// The graph, and a closure that panics while its rows are listed.
    PanicsAtOnce,
    /// The graph, and a closure that panics in the last of its rows.
    PanicsLate,
    /// The graph, and a hook of its last rows.
    Hook(Deed),
}

impl Call {
    /// How many rows it makes.
    pub(crate) fn rows(&self) -> i64 {
        match self {
            Self::Graph | Self::PanicsAtOnce | Self::PanicsLate | Self::Hook(_) => 3 + 3 + 6 + 6,
            Self::Single => 1,
            Self::Users(names) => i64::try_from(names.len()).unwrap(),
            Self::Crossing(..) => 1 + 1 + 2 + 2,
        }
    }

    /// Makes them.
    pub(crate) async fn make<'h, H>(self, db: H) -> Result<()>
    where
        H: Handle<'h>,
        PostFactory: Create<H::Backend> + 'h,
        UserFactory: Create<H::Backend> + 'h,
    {
        let posts = || Post::factory().times(3);
        let comments = Comment::factory().times(2);
        match self {
            Self::Graph => done(Post::factory().comments(2).times(3).create(db)).await,
            Self::Single => User::factory().create(db).settle().await.map(drop),
            Self::Users(names) => {
                let users = User::factory().times(names.len()).each(|i, user| user.name(&*names[i]));
                done(users.create(db)).await
            }
            Self::Crossing(first, last, meeting) => {
                let comments = comments.each(|i, comment| {
                    let author = User::factory().meeting(meeting.clone());
                    if i == 1 {
                        comment.author(author.name(&*last).meeting(Meeting::default()))
                    } else {
                        comment.author(author)
                    }
                });
                let post = Post::factory().author_with(|author| author.name(&*first)).comments(comments);
                post.create(db).settle().await.map(drop)
            }
            Self::PanicsAtOnce => {
                let posts = posts().each(|i, post| if i == 2 { panic!("in a closure") } else { post });
                done(posts.create(db)).await
            }
            Self::PanicsLate => {
                let comments = comments.each(|i, comment| comment.panics(i == 1));
                done(Post::factory().comments(comments).times(3).create(db)).await
            }
            Self::Hook(deed) => {
                let hooked = Hooked::factory().deed(deed).times(2);
                done(Post::factory().hooked(hooked).times(3).create(db)).await
            }
        }
    }
}

async fn done<M>(made: impl Outcome<Vec<M>>) -> Result<()> {
    made.settle().await.map(drop)
}
