//! Children: how many there are, and what they hold, by calls, presets and default numbers.

use crate::cases::{hold, runtime};
use crate::places::{self, InMemory, Reads};
use manufactory::{Factory, Session};
use proptest::collection::vec;
use proptest::prelude::*;

#[derive(Debug, Clone, PartialEq, Factory)]
#[factory(table = "shelves", on(sqlx, sqlite))]
#[factory(has_many(books: BookFactory = 1, by = shelf))]
#[factory(preset(full: books = 4, label = value("full")))]
#[factory(preset(empty: books = 0))]
#[factory(preset(stuffed: full, books = 6))]
struct Shelf {
    #[factory(key)]
    id: i64,
    #[factory(value("shelf"))]
    label: String,
}

#[derive(Debug, Clone, PartialEq, sqlx::FromRow, Factory)]
#[factory(table = "books", on(sqlx, sqlite))]
#[factory(preset(thick: pages = value(900)))]
struct Book {
    #[factory(key)]
    id: i64,
    #[factory(sub_factory(ShelfFactory))]
    shelf_id: i64,
    #[factory(format("{pages} pages"))]
    title: String,
    #[factory(value(100))]
    pages: i32,
}

const SCHEMA: &str = "
    create table shelves (id integer primary key, label text);
    create table books (id integer primary key, shelf_id integer references shelves, title text, pages integer);
";

/// How a book is asked for: its title, and whether it is thick.
type Asked = (Option<String>, bool);

#[derive(Debug, Clone)]
enum Call {
    Label(String),
    Books(usize),
    These(Vec<Asked>),
    Full,
    Empty,
    Stuffed,
}

impl Call {
    fn any() -> impl Strategy<Value = Self> {
        prop_oneof![
            "[a-z]{0,4}".prop_map(Self::Label),
            (0..4_usize).prop_map(Self::Books),
            vec((proptest::option::of("[a-z]{0,4}"), any::<bool>()), 0..4).prop_map(Self::These),
            Just(Self::Full),
            Just(Self::Empty),
            Just(Self::Stuffed),
        ]
    }

    fn on(&self, shelf: ShelfFactory) -> ShelfFactory {
        match self.clone() {
            Self::Label(label) => shelf.label(label),
            Self::Books(number) => shelf.books(number),
            Self::These(books) => shelf.books(books.iter().map(book).collect::<Vec<_>>()),
            Self::Full => shelf.full(),
            Self::Empty => shelf.empty(),
            Self::Stuffed => shelf.stuffed(),
        }
    }
}

fn book((title, is_thick): &Asked) -> BookFactory {
    let book = if *is_thick { Book::factory().thick() } else { Book::factory() };
    match title {
        Some(title) => book.title(title.clone()),
        None => book,
    }
}

fn shelf(calls: &[Call], shelf: ShelfFactory) -> ShelfFactory {
    calls.iter().fold(shelf, |shelf, call| call.on(shelf))
}

/// The label and the books' titles, said without factories.
fn expected(calls: &[Call]) -> (String, Vec<String>) {
    let label =
        calls.iter().rev().find_map(|call| if let Call::Label(label) = call { Some(label.clone()) } else { None });
    let is_full = calls.iter().any(|call| matches!(call, Call::Full | Call::Stuffed));
    let label = label.unwrap_or_else(|| if is_full { "full" } else { "shelf" }.to_owned());
    let some = |number| vec!["100 pages".to_owned(); number];
    let asked = calls.iter().rev().find_map(|call| match call {
        Call::Books(number) => Some(some(*number)),
        Call::These(books) => Some(
            books
                .iter()
                .map(|(title, is_thick)| {
                    title.clone().unwrap_or_else(|| format!("{} pages", if *is_thick { 900 } else { 100 }))
                })
                .collect(),
        ),
        _ => None,
    });
    let preset = calls.iter().rev().find_map(|call| match call {
        Call::Full => Some(4),
        Call::Empty => Some(0),
        Call::Stuffed => Some(6),
        _ => None,
    });
    (label, asked.unwrap_or_else(|| some(preset.unwrap_or(1))))
}

#[test]
fn children_are_as_many_and_as_they_were_asked_for() {
    let runtime = runtime();
    hold(&(any::<u64>(), vec(Call::any(), 0..4), vec(vec(Call::any(), 0..4), 1..6)), |(seed, base, each)| {
        let rows: Vec<_> = each.iter().map(|calls| expected(&[base.clone(), calls.clone()].concat())).collect();
        let factories = || shelf(&base, Shelf::factory()).times(each.len()).each(|i, row| shelf(&each[i], row));
        let assert_same = |shelves: &[Shelf], books: &[Book]| {
            let titles = |shelf: &Shelf| {
                let books = books.iter().filter(|book| book.shelf_id == shelf.id);
                books.map(|book| book.title.clone()).collect::<Vec<_>>()
            };
            let found: Vec<_> = shelves.iter().map(|shelf| (shelf.label.clone(), titles(shelf))).collect();
            assert_eq!(found, rows);
            assert_eq!(books.len(), rows.iter().map(|(_, titles)| titles.len()).sum::<usize>());
        };
        let labels = |shelves: Vec<Shelf>| shelves.into_iter().map(|shelf| shelf.label).collect::<Vec<_>>();
        let _session = Session::seeded(seed).enter();
        assert_eq!(labels(factories().build()), rows.iter().map(|(label, _)| label.clone()).collect::<Vec<_>>());
        let made = runtime.block_on(factories().create_graph(&mut InMemory::default().0)).unwrap();
        assert_same(made.roots(), made.all::<Book>());
        runtime.block_on(async {
            let mut sqlite = places::sqlx::sqlite(SCHEMA).await;
            let shelves = factories().create(&mut sqlite.db).await.unwrap();
            let books: Vec<Book> = sqlite.read("select * from books order by id").await;
            assert_same(&shelves, &books);
        });
    });
}
