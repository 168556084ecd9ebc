//! A tree whose every pair of ancestor and descendant is a row, with the steps between them: folders, as in file and
//! genealogy services. The rows come from `after_create`, as they do in the application.

use super::databases::{rows, sqlite};
use manufactory::{AfterCreate, BoxError, Factory};
use sqlx::{Sqlite, SqliteConnection};

#[derive(Debug, Clone, Factory)]
#[factory(table = "folders", on(sqlx, sqlite), after_create)]
#[factory(has_many(folders: FolderFactory, by = parent))]
struct Folder {
    #[factory(key)]
    id: i64,
    name: String,
    #[factory(sub_factory(FolderFactory, optional), skip)]
    parent_id: Option<i64>,
}

impl AfterCreate<Sqlite> for FolderFactory {
    async fn after_create(self, folder: &mut Folder, db: &mut SqliteConnection) -> Result<(), BoxError> {
        let sql = "insert into folder_paths (ancestor, descendant, depth)
                   select ancestor, $1, depth + 1 from folder_paths where descendant = $2 union all select $1, $1, 0";
        sqlx::query(sql).bind(folder.id).bind(folder.parent_id).execute(db).await?;
        Ok(())
    }
}

#[tokio::test]
async fn every_pair_is_there() {
    let db = sqlite(
        "create table folders (id integer primary key, name text not null);
         create table folder_paths (ancestor integer references folders, descendant integer references folders,
                                    depth integer not null, primary key (ancestor, descendant))",
    )
    .await;
    let leaf = Folder::factory().parent_with(|parent| parent.parent(Folder::factory())).create(&db).await.unwrap();
    Folder::factory().parent(&leaf).folders(2).create(&db).await.unwrap();
    let depths = rows(&db, "select depth || ' from root' from folder_paths where ancestor = 1 order by depth").await;
    assert_eq!(depths, ["0 from root", "1 from root", "2 from root", "3 from root", "4 from root", "4 from root"]);
}
