//! `format("..{a}..{n}")`

use manufactory::{Factory, Session};

#[derive(Clone, Factory)]
struct Author {
    #[factory(key)]
    id: i64,
    #[factory(format("author {n}"))]
    name: String,
    #[factory(value(Address { city: "Seoul".to_owned() }))]
    address: Address,
}

#[derive(Clone)]
struct Address {
    city: String,
}

#[derive(Factory)]
struct Post {
    #[factory(value(4.5))]
    rating: f64,
    #[factory(value("rust"))]
    r#type: String,
    #[factory(format("{rating:>6.2}|{type}|{rating}|{{n}}"))]
    text: String,
    #[factory(format("{n:03}"))]
    code: Option<String>,
    #[factory(sub_factory(AuthorFactory))]
    author_id: i64,
    #[factory(format("{author.name} of {author.address.city}, {author_id}"))]
    byline: String,
}

#[test]
fn a_format_string_finds_its_dependencies_itself() {
    let _session = Session::seeded(1).enter();
    let post = Post::factory().build();
    assert_eq!(post.text, "  4.50|rust|4.5|{n}");
    assert_eq!(post.code.as_deref(), Some("000"));
    assert_eq!(post.byline, "author 0 of Seoul, 1");
    let post = Post::factory().rating(10.0).author_with(|a| a.name("Ada").id(9)).build();
    assert_eq!((post.text.as_str(), post.byline.as_str()), (" 10.00|rust|10|{n}", "Ada of Seoul, 9"));
    let grace = Author::factory().name("Grace").id(4).build();
    assert_eq!(Post::factory().author(&grace).build().byline, "Grace of Seoul, 4");
}

struct Slug(String);

impl From<String> for Slug {
    fn from(text: String) -> Self {
        Self(text.to_lowercase())
    }
}

#[derive(Factory)]
struct Page {
    #[factory(format("Page-{n}"))]
    slug: Slug,
    #[factory(format("Old-{n}"))]
    old_slug: Option<Slug>,
    #[factory(format("{n}"))]
    code: Option<Box<str>>,
}

#[test]
fn what_is_made_of_text_may_be_missing() {
    let _session = Session::seeded(1).enter();
    let page = Page::factory().build();
    assert_eq!((page.slug.0.as_str(), page.old_slug.unwrap().0.as_str()), ("page-0", "old-0"));
    assert_eq!(page.code.as_deref(), Some("0"));
}
