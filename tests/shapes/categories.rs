//! Rows that point at rows of their own table: categories with subcategories, optional at the root, through Diesel; as in
//! shops, wikis and cargo's registry.

use super::databases::{diesel_rows, diesel_sqlite};
use diesel::prelude::*;
use manufactory::Factory;

mod schema {
    diesel::table! { categories (id) { id -> Integer, parent_id -> Nullable<Integer>, name -> Text, } }
}

#[derive(Debug, Clone, PartialEq, Identifiable, Queryable, Selectable, Associations, Factory)]
#[diesel(table_name = schema::categories, belongs_to(Category, foreign_key = parent_id))]
#[factory(table = schema::categories, on(sqlite), has_many(children: CategoryFactory, by = parent))]
struct Category {
    #[factory(key)]
    id: i32,
    #[factory(sub_factory(CategoryFactory, optional))]
    parent_id: Option<i32>,
    #[factory(value("games"))]
    name: String,
}

#[test]
fn trees_grow_up_and_down() {
    let mut db = diesel_sqlite(
        "create table categories (id integer primary key, parent_id integer references categories, name text not null)",
    );
    let leaf = Category::factory()
        .name("chess")
        .parent_with(|parent| parent.name("board").parent(Category::factory()))
        .create(&mut db)
        .unwrap();
    let path = "with recursive up (id, parent_id, path) as (
                    select id, parent_id, name from categories where name = 'chess' union all
                    select c.id, c.parent_id, c.name || '/' || path from up join categories c on c.id = up.parent_id)
                select path from up where parent_id is null";
    assert_eq!(diesel_rows(&mut db, path), ["games/board/chess"]);

    let children = Category::factory().name("rook").times(2).each(|_, child| child.children(1));
    Category::factory().name("pieces").parent(&leaf).children(children).create(&mut db).unwrap();
    let counts = "select count(*) || ' below ' || p.name from categories c join categories p on p.id = c.parent_id
                  group by p.name order by p.name";
    let found = diesel_rows(&mut db, counts);
    assert_eq!(found, ["1 below board", "1 below chess", "1 below games", "2 below pieces", "2 below rook"]);
}
