//! What every backend and every store promises, one function per promise. Knows no backend: it is handed one.
//!
//! A promise that is not kept panics, as a failed test does. [`conformance!`](crate::conformance!) makes a test of each:
//!
//! ```
//! mod my_store {
//!     use manufactory::conformance::{Subject, conformance};
//!     use manufactory::persist::Stores;
//!     use manufactory::{Handle, Memory, Store};
//!
//!     struct Mine(Memory);
//!
//!     impl Subject for Mine {
//!         type Backend = Stores;
//!
//!         fn handle(&mut self) -> impl Handle<'_, Backend = Stores> {
//!             &mut self.0
//!         }
//!
//!         async fn count(&mut self, table: &'static str) -> usize {
//!             self.0.count(table)
//!         }
//!
//!         async fn begin(&mut self) {
//!             self.0.begin().await.unwrap();
//!         }
//!
//!         async fn rollback(&mut self) {
//!             self.0.rollback().await.unwrap();
//!         }
//!     }
//!
//!     async fn subject() -> Mine {
//!         Mine(Memory::new().unique("authors", &["name"]).with_default("authors", "joined", "today"))
//!     }
//!
//!     conformance!(#[tokio::test] subject);
//! }
//! ```

#![allow(clippy::missing_panics_doc, reason = "a promise that is not kept panics: said once, on top")]
#![allow(clippy::cast_possible_wrap, reason = "numbers of rows")]

use crate::error::{Error, Result, Stage};
use crate::persist::{Create, Outcome};
use crate::{Factory, create_all};

mod relations;
mod schema;
mod subject;
mod tables;

pub use crate::conformance;
pub use relations::{
    Known, KnownFactory, Log, Shelf, ShelfFactory, Tagged, TaggedFactory, Tagging, TaggingFactory, Topic, TopicFactory,
    Volume, VolumeFactory, VolumeTopic, VolumeTopicFactory, a_batch_makes_what_is_missing_once,
    a_hook_runs_between_its_row_and_its_children, a_hook_that_fails_undoes_the_call, children_fail_with_their_row,
    children_point_at_their_row, links_to_what_is_found_are_made_once, rows_are_linked_through_a_table_between,
    what_is_there_is_found,
};
pub use subject::Subject;
pub use tables::{MYSQL, POSTGRES, SQLITE};

/// A row of the table `authors`, whose `name` is unique, and whose `joined` the backend sets to `today`.
#[derive(Debug, Clone, PartialEq, Factory)]
#[factory(crate = crate, table = "authors", table = schema::authors)]
pub struct Author {
    /// Made by the backend: 1, 2, 3..
    #[factory(key)]
    pub id: i64,
    /// Unique.
    #[factory(format("author {n}"))]
    pub name: String,
    /// Any text.
    #[factory(format("{name}@example.com"))]
    pub email: String,
    /// Made by the backend: `today`.
    #[factory(database)]
    pub joined: String,
}

/// A row of the table `books`, which points at `authors`. Two of its columns have names that need quoting.
#[derive(Debug, Clone, PartialEq, Factory)]
#[factory(crate = crate, table = "books", table = schema::books)]
pub struct Book {
    /// Made by the backend: 1, 2, 3..
    #[factory(key)]
    pub id: i64,
    /// Points at an author.
    #[factory(sub_factory(AuthorFactory))]
    pub author_id: i64,
    /// Any text.
    #[factory(format("book {n}"))]
    pub title: String,
    /// The column `order`.
    #[factory(column = "order", sequence)]
    pub position: i64,
    /// The column `select "it" from`.
    #[factory(column = "select \"it\" from", value("odd"))]
    pub odd: String,
    /// A number, or nothing.
    #[factory(cycle([None, Some(120)]))]
    pub pages: Option<i32>,
    /// A fraction.
    #[factory(value(4.5))]
    pub rating: f64,
    /// Bytes.
    #[factory(value(vec![0, 1, 255]))]
    pub cover: Vec<u8>,
    /// Yes or no.
    #[factory(value(true))]
    pub in_print: bool,
}

/// A row of the table `group "by"`.
#[derive(Debug, Clone, PartialEq, Factory)]
#[factory(crate = crate, table = "group \"by\"", table = schema::group_by)]
pub struct Group {
    /// Made by the backend: 1, 2, 3..
    #[factory(key)]
    pub id: i64,
    /// The column `where`.
    #[factory(column = "where", value("x"))]
    pub place: String,
}

/// Models come back in the order in which their rows were asked for, with keys in that order too.
pub async fn rows_come_back_in_order<S: Subject>(subject: &mut S)
where
    BookFactory: Create<S::Backend>,
{
    let books = Book::factory().times(500).each(|i, book| book.title(format!("t{i}")).position(1_000 - i as i64));
    let books = made(books.create(subject.handle())).await;
    for (i, book) in books.iter().enumerate() {
        assert_eq!((&book.title, book.position), (&format!("t{i}"), 1_000 - i as i64));
    }
    assert!(books.is_sorted_by_key(|book| book.id), "keys follow the order of the rows");
}

/// What was written comes back, of every type.
pub async fn all_columns_are_read_back<S: Subject>(subject: &mut S)
where
    AuthorFactory: Create<S::Backend>,
    BookFactory: Create<S::Backend>,
{
    let author = made(Author::factory().name("Han").create(subject.handle())).await;
    let factory = || Book::factory().author(&author).title("Greek Lessons").position(-3).rating(0.25).in_print(false);
    let book = made(factory().pages(None).cover(Vec::new()).create(subject.handle())).await;
    assert_eq!((book.author_id, &*book.title, book.position, &*book.odd), (author.id, "Greek Lessons", -3, "odd"));
    assert_eq!((book.pages, book.rating, book.cover.len(), book.in_print), (None, 0.25, 0, false));
    let book = made(factory().pages(7).create(subject.handle())).await;
    assert_eq!((book.pages, book.cover), (Some(7), vec![0, 1, 255]));
}

/// Columns left open are filled by the backend, and the model shows with what.
pub async fn keys_and_defaults_are_the_backends<S: Subject>(subject: &mut S)
where
    AuthorFactory: Create<S::Backend>,
{
    let first = made(Author::factory().create(subject.handle())).await;
    let more = made(Author::factory().create_batch(subject.handle(), 3)).await;
    assert_eq!((first.id, &*first.joined), (1, "today"));
    assert_eq!(more.iter().map(|author| author.id).collect::<Vec<_>>(), [2, 3, 4]);
    assert!(more.iter().all(|author| author.joined == "today"));
    let given = made(Author::factory().joined("yesterday").create(subject.handle())).await;
    assert_eq!(given.joined, "yesterday");
}

/// Some rows of a batch have their key, others get one: each gets what it asked for, and no key comes twice.
pub async fn given_keys_and_made_keys_mix<S: Subject>(subject: &mut S)
where
    AuthorFactory: Create<S::Backend>,
{
    let factories = (0..10).map(|i| match i % 3 {
        0 => Author::factory().id(100 + i).name(format!("given {i}")),
        1 => Author::factory().joined("early").name(format!("made {i}")),
        _ => Author::factory().name(format!("made {i}")),
    });
    let authors = made(create_all(subject.handle(), factories)).await;
    for (i, author) in (0..).zip(&authors) {
        let kind = if i % 3 == 0 { "given" } else { "made" };
        assert_eq!(author.name, format!("{kind} {i}"));
        assert_eq!(author.id == 100 + i, i % 3 == 0, "{author:?}");
        assert_eq!(author.joined, if i % 3 == 1 { "early" } else { "today" });
    }
    let mut keys: Vec<_> = authors.iter().map(|author| author.id).collect();
    keys.sort_unstable();
    keys.dedup();
    assert_eq!((keys.len(), subject.count("authors").await), (10, 10));
}

/// No rows: nothing is written, nothing fails.
pub async fn an_empty_batch_does_nothing<S: Subject>(subject: &mut S)
where
    BookFactory: Create<S::Backend>,
{
    assert!(made(Book::factory().create_batch(subject.handle(), 0)).await.is_empty());
    assert!(made(create_all(subject.handle(), Vec::<BookFactory>::new())).await.is_empty());
    assert_eq!((subject.count("books").await, subject.count("authors").await), (0, 0));
}

/// A batch may need more bind parameters than one statement takes.
pub async fn a_batch_may_be_larger_than_any_limit<S: Subject>(subject: &mut S)
where
    AuthorFactory: Create<S::Backend>,
{
    let authors = made(Author::factory().create_batch(subject.handle(), 40_000)).await;
    assert_eq!((authors.len(), subject.count("authors").await), (40_000, 40_000));
    assert!(authors.windows(2).all(|pair| pair[0].id < pair[1].id));
}

/// Where a row is refused, nothing of the call remains: not the rows before it, not its parents.
pub async fn one_call_is_all_or_nothing<S: Subject>(subject: &mut S)
where
    AuthorFactory: Create<S::Backend>,
    BookFactory: Create<S::Backend>,
{
    made(Author::factory().name("taken").create(subject.handle())).await;
    let rows = Author::factory().times(50).each(|i, author| if i == 49 { author.name("taken") } else { author });
    refused(rows.create(subject.handle())).await;
    assert_eq!(subject.count("authors").await, 1);
    let books = made(Book::factory().id(7).create_batch(subject.handle(), 1)).await;
    assert_eq!(books[0].id, 7);
    refused(Book::factory().id(7).create(subject.handle())).await;
    assert_eq!((subject.count("authors").await, subject.count("books").await), (2, 1), "no author of the refused book");
}

/// A refused call leaves the caller's transaction as it was before the call, and usable.
pub async fn it_works_inside_a_transaction_of_the_callers<S: Subject>(subject: &mut S)
where
    AuthorFactory: Create<S::Backend>,
    BookFactory: Create<S::Backend>,
{
    subject.begin().await;
    made(Author::factory().name("kept").create(subject.handle())).await;
    refused(Author::factory().name("kept").create(subject.handle())).await;
    refused(Author::factory().name("twice").create_batch(subject.handle(), 2)).await;
    refused(Book::factory().id(1).times(2).create(subject.handle())).await;
    made(Author::factory().create_batch(subject.handle(), 3)).await;
    assert_eq!((subject.count("authors").await, subject.count("books").await), (4, 0));
    subject.rollback().await;
    assert_eq!(subject.count("authors").await, 0);
}

/// An error says which row of how many, of which factory, along which path, with which values, and why.
pub async fn the_failing_row_is_named<S: Subject>(subject: &mut S)
where
    AuthorFactory: Create<S::Backend>,
    BookFactory: Create<S::Backend>,
{
    made(Author::factory().name("taken").create(subject.handle())).await;
    for culprit in [0, 1, 62, 99] {
        let rows =
            Author::factory().times(100).each(|i, author| if i == culprit { author.name("taken") } else { author });
        let error = refused(rows.create(subject.handle())).await;
        assert_eq!((error.factory(), error.row(), error.stage()), ("Author", Some((culprit, 100)), Stage::Insert));
        assert!(error.to_string().contains("name = \"taken\""), "{error}");
        assert!(std::error::Error::source(&error).is_some());
    }
    let rows =
        Book::factory().times(10).each(|i, book| if i == 9 { book.author_with(|a| a.name("taken")) } else { book });
    let error = refused(rows.create(subject.handle())).await;
    assert_eq!(error.path().collect::<Vec<_>>(), ["Book", "author"]);
    assert_eq!((error.factory(), error.row()), ("Author", Some((9, 10))));
}

/// A parent that is given, or its key, makes no row.
pub async fn a_given_parent_makes_no_other<S: Subject>(subject: &mut S)
where
    AuthorFactory: Create<S::Backend>,
    BookFactory: Create<S::Backend>,
{
    let author = made(Author::factory().create(subject.handle())).await;
    let by_model = made(Book::factory().author(&author).create_batch(subject.handle(), 3)).await;
    let by_key = made(Book::factory().author_id(author.id).create(subject.handle())).await;
    assert!(by_model.iter().chain([&by_key]).all(|book| book.author_id == author.id));
    assert_eq!((subject.count("authors").await, subject.count("books").await), (1, 4));
}

/// Every row of a batch has its own parents, and points at them.
pub async fn every_row_has_its_own_parent<S: Subject>(subject: &mut S)
where
    BookFactory: Create<S::Backend>,
{
    let books = made(Book::factory().create_batch(subject.handle(), 20)).await;
    let mut authors: Vec<_> = books.iter().map(|book| book.author_id).collect();
    authors.dedup();
    assert_eq!((authors.len(), subject.count("authors").await), (20, 20));
    assert!(authors.is_sorted(), "parents are made in the order of their children");
}

/// Tables and columns may be named like keywords, and with quotes in their names.
pub async fn names_are_quoted<S: Subject>(subject: &mut S)
where
    GroupFactory: Create<S::Backend>,
{
    let groups = Group::factory().times(3).each(|i, group| group.place(format!("p{i}")));
    let groups = made(groups.create(subject.handle())).await;
    assert_eq!(groups.iter().map(|group| &*group.place).collect::<Vec<_>>(), ["p0", "p1", "p2"]);
    assert_eq!(made(Group::factory().create(subject.handle())).await.place, "x");
}

/// Text that looks like SQL, or like anything else, stays the text it is.
pub async fn text_stays_text<S: Subject>(subject: &mut S)
where
    GroupFactory: Create<S::Backend>,
{
    let texts =
        ["'); drop table authors; --", "\"", "`", "$1 ? :a @b", "\\", "", " ", "한글 🦀", "null", "a\nb\tc", "{}%s"];
    let groups = Group::factory().times(texts.len()).each(|i, group| group.place(texts[i]));
    let groups = made(groups.create(subject.handle())).await;
    assert_eq!(groups.iter().map(|group| &*group.place).collect::<Vec<_>>(), texts);
    let long = "x".repeat(1 << 20);
    assert_eq!(made(Group::factory().place(&long).create(subject.handle())).await.place, long);
}

async fn made<T>(outcome: impl Outcome<T>) -> T {
    match outcome.settle().await {
        Ok(made) => made,
        Err(error) => panic!("{error:?}"),
    }
}

async fn refused<T>(outcome: impl Outcome<T>) -> Error {
    let outcome: Result<T> = outcome.settle().await;
    match outcome {
        Ok(_) => panic!("a row that has to be refused was accepted"),
        Err(error) => error,
    }
}
