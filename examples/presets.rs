//! Named variations of a model, and what wins over what.
//!
//! `cargo run --example presets`

use manufactory::{Factory, Session};

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

fn main() {
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
}

fn show(User { name, email, role, can_publish, locked_for }: &User) {
    let may = if *can_publish { "may publish" } else { "" };
    let locked = locked_for.as_ref().map_or_else(String::new, |why| format!("locked: {why}"));
    let line = format!("  {name:<7} {email:<19} {:<7} {may:<12} {locked}", format!("{role:?}"));
    println!("{}", line.trim_end());
}
