//! Models with type parameters and lifetimes, and those that only `build` can make.

use super::pool;
use manufactory::Factory;
use std::borrow::Cow;
use std::rc::Rc;

const PAGES: &str = "create table pages (id integer primary key, title text, body)";

#[derive(Debug, Factory)]
#[factory(table = "pages")]
struct Page<T> {
    #[factory(key)]
    id: i64,
    #[factory(value("x"))]
    title: String,
    body: T,
}

#[tokio::test]
async fn generic_models_are_stored() {
    let pool = pool(PAGES).await;
    assert!(!Page::<String>::factory().create(&pool).await.unwrap().body.is_empty());
    assert_eq!(Page::<String>::factory().body("text").create(&pool).await.unwrap().body, "text");
    let numbers = Page::<i32>::factory().body(7).create_batch(&pool, 2).await.unwrap();
    assert_eq!((numbers[1].id, numbers[1].body), (4, 7));
}

#[derive(Debug, Factory)]
#[factory(table = "pages")]
struct Lent<'a> {
    #[factory(key)]
    id: i64,
    #[factory(value(Cow::Borrowed("own")))]
    title: Cow<'a, str>,
    #[factory(value(3))]
    body: i64,
}

#[tokio::test]
async fn models_that_may_borrow_are_stored() {
    let pool = pool(PAGES).await;
    let text = String::from("lent");
    let one = Lent::factory().title(Cow::Borrowed(text.as_str())).create(&pool).await.unwrap();
    assert_eq!((one.id, &*one.title, one.body), (1, "lent", 3));
    let more = Lent::factory().title(Cow::Borrowed(text.as_str())).create_batch(&pool, 3).await.unwrap();
    assert!(more.iter().all(|page| page.title == "lent"));
    assert_eq!(Lent::factory().create(&pool).await.unwrap().title, "own");
}

/// Nothing that comes out of a table can be borrowed for so long.
#[derive(Debug, Factory)]
#[factory(table = "pages")]
struct Borrowed<'a> {
    #[factory(value("text"))]
    text: &'a str,
    #[factory(value(Some("more")))]
    more: Option<&'a str>,
}

/// What the database needs to take to another thread cannot go there.
#[derive(Debug, Factory)]
#[factory(table = "pages")]
struct Shared {
    #[factory(key)]
    id: i64,
    #[factory(skip, default)]
    it: Rc<i64>,
}

#[derive(Debug, Factory)]
struct Holder {
    #[factory(sub_factory(SharedFactory))]
    shared: Shared,
}

#[test]
fn models_that_cannot_be_stored_are_built() {
    let borrowed = Borrowed::factory().build();
    assert_eq!((borrowed.text, borrowed.more), ("text", Some("more")));
    assert_eq!(*Shared::factory().build().it, 0);
    assert_eq!(*Holder::factory().build().shared.it, 0);
}
