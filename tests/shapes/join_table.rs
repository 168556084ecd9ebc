//! A table of links that has no id, and is keyed by both of its ends, of text: collections and what is in them, as in
//! vaultwarden; through Diesel.

use super::databases::{diesel_rows, diesel_sqlite};
use diesel::prelude::*;
use manufactory::Factory;

mod schema {
    diesel::table! { items (uuid) { uuid -> Text, name -> Text, } }
    diesel::table! { folders (uuid) { uuid -> Text, } }
    diesel::table! { folders_items (item_uuid, folder_uuid) { item_uuid -> Text, folder_uuid -> Text, } }
}

#[derive(Debug, Clone, Identifiable, Queryable, Insertable, Factory)]
#[diesel(table_name = schema::items, primary_key(uuid))]
#[factory(table = schema::items, on(sqlite))]
#[factory(many_to_many(folders: FolderFactory, through = FolderItemFactory(item, folder)))]
struct Item {
    #[factory(key, format("item-{n}"))]
    uuid: String,
    name: String,
}

#[derive(Debug, Clone, Identifiable, Queryable, Insertable, Factory)]
#[diesel(table_name = schema::folders, primary_key(uuid))]
#[factory(table = schema::folders, on(sqlite))]
struct Folder {
    #[factory(key, format("folder-{n}"))]
    uuid: String,
}

#[derive(Debug, Clone, Identifiable, Queryable, Insertable, Factory)]
#[diesel(table_name = schema::folders_items, primary_key(item_uuid, folder_uuid))]
#[factory(table = schema::folders_items, on(sqlite))]
struct FolderItem {
    #[factory(key, sub_factory(ItemFactory, name = item, key = uuid))]
    item_uuid: String,
    #[factory(key, sub_factory(FolderFactory, name = folder, key = uuid))]
    folder_uuid: String,
}

#[test]
fn links_are_made_from_either_side_and_alone() {
    let mut db = diesel_sqlite(
        "create table items (uuid text primary key, name text not null);
         create table folders (uuid text primary key);
         create table folders_items (item_uuid text references items, folder_uuid text references folders,
                                     primary key (item_uuid, folder_uuid))",
    );
    let folders = Folder::factory().create_batch(&mut db, 2).unwrap();
    Item::factory().uuid("a").folders(&folders).create(&mut db).unwrap();
    Item::factory().uuid("b").folders(1).create(&mut db).unwrap();
    let link = FolderItem::factory().folder(&folders[0]).create(&mut db).unwrap();
    assert_eq!(link.folder_uuid, folders[0].uuid);
    let counts = "select item_uuid || count(*) from folders_items group by item_uuid having item_uuid < 'c' order by 1";
    assert_eq!(diesel_rows(&mut db, counts), ["a2", "b1"]);
    let links: Vec<FolderItem> = schema::folders_items::table.load(&mut db).unwrap();
    assert_eq!(links.len(), 4);
}
