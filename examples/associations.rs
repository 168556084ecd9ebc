//! A row and the rows it points at: parents that are made, given, changed, or left out.
//!
//! `cargo run --example associations`

use manufactory::{Factory, Memory, Session};

#[derive(Clone, Factory)]
#[factory(table = "users")]
struct User {
    #[factory(key)]
    id: i64,
    #[factory(format("user{n}"))]
    name: String,
    #[factory(value("en"))]
    language: String,
}

#[derive(Factory)]
#[factory(table = "posts")]
struct Post {
    #[factory(key)]
    id: i64,
    #[factory(value("en"))]
    language: String,
    // The field holds the parent's key; the relation is called `author`. Unless told otherwise, an author speaks the
    // language of the post.
    #[factory(sub_factory(UserFactory, with = |author, language| author.language(language.clone())))]
    author_id: i64,
    // Nobody, unless asked for.
    #[factory(sub_factory(UserFactory, optional))]
    reviewer_id: Option<i64>,
    // Another attribute may read the whole parent. Its key alone would then be too little, so there is no `author_id(7)`
    // to call.
    #[factory(format("by {author.name} ({author.language})"))]
    byline: String,
}

#[derive(Factory)]
#[factory(table = "categories")]
struct Category {
    #[factory(key)]
    id: i64,
    #[factory(format("category{n}"))]
    name: String,
    #[factory(sub_factory(CategoryFactory, optional))] // a factory may point at itself
    parent_id: Option<i64>,
}

/// Not stored in a table of its own: a value that holds a whole model.
#[derive(Factory)]
struct Invitation {
    #[factory(sub_factory(UserFactory))]
    guest: User,
    #[factory(format("Dear {guest.name}"))]
    greeting: String,
}

#[tokio::main]
async fn main() -> manufactory::Result<()> {
    let _session = Session::seeded(1).enter();
    let mut db = Memory::new(); // a database in memory, for as long as this program runs

    println!("Who is behind a post                 post      author  reviewer  byline             users");
    show("made with it", Post::factory().create(&mut db).await?, &db);

    let alice = User::factory().name("alice").create(&mut db).await?;
    show("there already", Post::factory().author(&alice).create(&mut db).await?, &db);

    let post = Post::factory().author_with(|author| author.name("bob"));
    show("made, under another name", post.create(&mut db).await?, &db);

    let post = Post::factory().language("fr");
    show("made, speaking as the post does", post.create(&mut db).await?, &db);

    let post = Post::factory().language("fr").author(User::factory().language("ko"));
    show("made by a factory that knows better", post.create(&mut db).await?, &db);

    let post = Post::factory().author(&alice).reviewer_with(|reviewer| reviewer.name("carol"));
    show("and a reviewer", post.create(&mut db).await?, &db);

    let post = Post::factory().author(&alice).reviewer_id(alice.id);
    show("and a reviewer by the key alone", post.create(&mut db).await?, &db);

    println!("\nThree levels of categories, from the leaf up");
    let leaf = Category::factory().parent_with(|parent| parent.parent_with(|root| root.name("root")));
    let leaf = leaf.create(&mut db).await?;
    println!("  made: {} ({}) below {:?}", leaf.id, leaf.name, leaf.parent_id);
    for row in db.rows("categories") {
        let column = |name| row.get(name).map(ToString::to_string).unwrap_or_default();
        println!("  {} {:<11} below {}", column("id"), column("name"), column("parent_id"));
    }

    println!("\nA whole model in a field, in memory");
    let invitation = Invitation::factory().guest(&alice).build();
    println!("  {} (user {}, {})", invitation.greeting, invitation.guest.id, invitation.guest.language);
    println!("  {}", Invitation::factory().guest_with(|guest| guest.name("Dan")).build().greeting);
    Ok(())
}

fn show(what: &str, post: Post, db: &Memory) {
    let Post { id, language, author_id, reviewer_id, byline } = post;
    let reviewer = reviewer_id.map_or_else(|| "-".to_owned(), |id| id.to_string());
    println!("  {what:<35}{id:>4} {language}  {author_id:>6}  {reviewer:>8}  {byline:<17}  {:>5}", db.count("users"));
}
