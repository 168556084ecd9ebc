//! The spans of calls and batches, as a subscriber sees them. By themselves: a thread without a subscriber may switch a span
//! off for those that have one.

#![allow(dead_code, reason = "models are created, not always read")]

use manufactory::{Factory, Memory};
use std::fmt::{Debug, Write};
use std::sync::{Arc, Mutex};
use tracing_subscriber::Layer;
use tracing_subscriber::layer::{Context, SubscriberExt};
use tracing_subscriber::registry::{LookupSpan, Registry};

#[derive(Debug, Clone, Factory)]
#[factory(table = "users", has_many(posts: PostFactory, by = author))]
struct User {
    #[factory(key)]
    id: i64,
}

#[derive(Debug, Clone, Factory)]
#[factory(table = "posts")]
struct Post {
    #[factory(key)]
    id: i64,
    #[factory(sub_factory(UserFactory))]
    author_id: i64,
    #[factory(sub_factory(UserFactory))]
    reviewer_id: i64,
}

/// Every span: as deep as it lies in others, its name, its fields.
#[derive(Clone, Default)]
struct Seen(Arc<Mutex<Vec<String>>>);

/// The fields of a span as text.
struct Fields(String);

impl tracing::field::Visit for Fields {
    fn record_debug(&mut self, field: &tracing::field::Field, value: &dyn Debug) {
        write!(self.0, " {field}={value:?}").unwrap();
    }
}

impl<S: tracing::Subscriber + for<'s> LookupSpan<'s>> Layer<S> for Seen {
    fn on_new_span(&self, span: &tracing::span::Attributes<'_>, id: &tracing::span::Id, context: Context<'_, S>) {
        assert_eq!(span.metadata().target(), "manufactory");
        let depth = context.span_scope(id).unwrap().count() - 1;
        let mut fields = Fields(format!("{}{}", "  ".repeat(depth), span.metadata().name()));
        span.record(&mut fields);
        self.0.lock().unwrap().push(fields.0);
    }
}

#[tokio::test]
async fn they_lie_in_each_other() {
    let seen = Seen::default();
    tracing::subscriber::set_global_default(Registry::default().with(seen.clone())).unwrap();
    let mut db = Memory::new();
    User::factory().posts(2).create_batch(&mut db, 2).await.unwrap();
    User::factory().id(1).create(&mut db).await.unwrap_err();
    let expected = [
        r#"create factory="User" rows=2"#,
        r#"  batch factory="Post" relation="posts" rows=4 want=Keys"#,
        r#"    batch factory="User" relation="reviewer" rows=4 want=Keys"#,
        r#"create factory="User" rows=1"#,
    ];
    assert_eq!(*seen.0.lock().unwrap(), expected);
}
