//! Models that borrow, or may: insert structs of `&str` that give back owned ones, and `Cow` in both, as in cargo's registry,
//! vaultwarden, and whatever keeps large texts.

use super::databases::{rows, sqlite};
use manufactory::Factory;
use std::borrow::Cow;

#[derive(Debug, Factory)]
#[factory(table = "pages", on(sqlx, sqlite))]
struct Page<'a> {
    #[factory(key)]
    id: i64,
    #[factory(value(Cow::Borrowed("Untitled")))]
    title: Cow<'a, str>,
    body: Option<Cow<'a, str>>,
}

#[derive(Debug, Factory)]
#[factory(table = "pages", on(sqlx, sqlite), returns = StoredPage)]
struct NewPage<'a> {
    #[factory(value("Untitled"))]
    title: &'a str,
    #[factory(value(b"plain"))]
    body: &'a [u8],
}

#[derive(Debug, sqlx::FromRow)]
struct StoredPage {
    id: i64,
    title: String,
}

#[tokio::test]
async fn what_is_lent_is_stored() {
    let db = sqlite("create table pages (id integer primary key, title text not null, body)").await;
    let title = String::from("Lent");
    let pages = Page::factory().title(&*title).create_batch(&db, 2).await.unwrap();
    assert_eq!((pages[1].id, &*pages[1].title), (2, "Lent"));
    let page = Page::factory().body(Cow::Owned(format!("{title} too"))).create(&db).await.unwrap();
    assert_eq!((page.title, page.body.as_deref()), ("Untitled".into(), Some("Lent too")));
    let stored = NewPage::factory().title(&title).body(title.as_bytes()).create_batch(&db, 2).await.unwrap();
    assert_eq!((stored[1].id, stored[1].title.as_str()), (5, "Lent"));
    let found = rows(&db, "select title || ':' || ifnull(cast(body as text), '') from pages").await;
    assert_eq!(found, ["Lent:", "Lent:", "Untitled:Lent too", "Lent:Lent", "Lent:Lent"]);
}
