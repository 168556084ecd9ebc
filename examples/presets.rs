//! Named variations of a model, and what wins over what.
//!
//! `cargo run --example presets`

use manufactory::{Factory, Memory, Session};

#[derive(Clone, Copy, Debug, Default)]
enum Role {
    #[default]
    Member,
    Editor,
    Admin,
}

#[derive(Factory)]
#[factory(preset(editor: role = value(Role::Editor), can_publish = value(true)))]
#[factory(preset(admin: editor, role = value(Role::Admin), name = sequence(|n| format!("admin{n}"))))]
#[factory(preset(locked: locked_for = value("too many attempts")))]
#[factory(preset(foreign: domain = value("example.org")))]
#[factory(param(domain: String = value("example.com")))] // an input that is not in the model
struct User {
    #[factory(sequence(|n| format!("user{n}")))]
    name: String,
    #[factory(format("{name}@{domain}"))]
    email: String,
    #[factory(default)]
    role: Role,
    can_publish: bool,          // nothing said: false
    locked_for: Option<String>, // nothing said: None
}

#[derive(Factory)]
#[factory(preset(reviewed: reviewer = sub_factory(UserFactory, with = |reviewer| reviewer.editor())))]
struct Post {
    #[factory(sub_factory(UserFactory))]
    author: User,
    #[factory(sub_factory(UserFactory, optional))]
    reviewer: Option<User>,
}

/// A preset that takes an argument is a method of the factory, and may call what a test may call. What it says counts as
/// said by the test: the later call wins.
impl UserFactory {
    fn at_company(self, company: &str) -> Self {
        self.editor().domain(format!("{company}.com"))
    }
}

#[derive(Debug, Clone, Factory)]
#[factory(has_many(entries: EntryFactory, by = blog))]
#[factory(preset(busy: entries = 10))] // so many children
struct Blog {
    #[factory(key)]
    id: i64,
}

#[allow(dead_code, reason = "the table is read, not the models")]
#[derive(Debug, Factory)]
#[factory(preset(published: state = value("published")))]
struct Entry {
    #[factory(sub_factory(BlogFactory))]
    blog_id: i64,
    #[factory(value("draft"))]
    state: String,
}

impl BlogFactory {
    fn with_published(self, n: usize) -> Self {
        self.entries(Entry::factory().published().times(n))
    }
}

#[tokio::main]
async fn main() -> manufactory::Result<()> {
    let _session = Session::seeded(1).enter();

    println!("No preset, one, several:");
    show(&User::factory().build());
    show(&User::factory().editor().build());
    show(&User::factory().editor().locked().build());

    println!("\nA preset that enables another; of two on one attribute the later call wins:");
    show(&User::factory().admin().build());
    show(&User::factory().admin().editor().build());

    println!("\nWhat the caller says wins over any preset, before it or after it:");
    show(&User::factory().name("root").admin().build());
    show(&User::factory().admin().name("root").build());

    println!("\nA preset may change what other attributes are made from:");
    show(&User::factory().foreign().build());

    println!("\nPresets of a parent, from the child's factory:");
    let post = Post::factory().reviewed().author_with(UserFactory::admin).build();
    show(&post.author);
    post.reviewer.iter().for_each(show);

    println!("\nPresets with an argument, also on a parent:");
    show(&User::factory().at_company("acme").build());
    show(&User::factory().at_company("acme").admin().build());
    show(&Post::factory().author_with(|author| author.at_company("initech")).build().author);

    println!("\nPresets that make children, which only a database has:");
    let mut db = Memory::new();
    let blogs = [Blog::factory(), Blog::factory().busy(), Blog::factory().with_published(3)];
    for blog in manufactory::create_all(&mut db, blogs).await? {
        let entries = db.rows("Entry").iter().filter(|entry| entry.get("blog_id") == Some(&blog.id.into()));
        let published = entries.clone().filter(|entry| entry.get("state") == Some(&"published".into()));
        println!("  blog {}: {} entries, {} of them published", blog.id, entries.count(), published.count());
    }
    Ok(())
}

fn show(User { name, email, role, can_publish, locked_for }: &User) {
    let may = if *can_publish { "may publish" } else { "" };
    let locked = locked_for.as_ref().map_or_else(String::new, |why| format!("locked: {why}"));
    let line = format!("  {name:<7} {email:<19} {:<7} {may:<12} {locked}", format!("{role:?}"));
    println!("{}", line.trim_end());
}
