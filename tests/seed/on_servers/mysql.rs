//! The same on MySQL and MariaDB, by INSERT.

use super::plan;
use crate::models::User;
use manufactory::Factory;
use manufactory::seed::{Database, Options};
use sqlx::{Connection, MySqlConnection};

const SCHEMA: &str = "
    create table users (id bigint auto_increment primary key, username varchar(190) not null unique, age int not null);
    create table posts (
        id bigint auto_increment primary key,
        author_id bigint not null references users (id),
        reviewer_id bigint references users (id),
        title varchar(190) not null
    );
";

/// A connection to a new database with the schema.
pub(super) async fn database() -> (crate::servers::Database, MySqlConnection) {
    let database = crate::servers::mysql().await;
    let mut db = MySqlConnection::connect(database.url()).await.unwrap();
    sqlx::raw_sql(SCHEMA).execute(&mut db).await.unwrap();
    (database, db)
}

#[tokio::test]
async fn rows_are_there_and_the_counter_is_past_them() {
    let (database, mut db) = database().await;
    let written = plan(500, 2_000).run(&mut db, &Options::new().chunk(300), &mut ()).await.unwrap().written();
    assert_eq!(written, 2_500);
    let right =
        "select count(*) from posts p join users u on u.id = author_id where title like concat('% of ', username)";
    let rows: i64 = sqlx::query_scalar(right).fetch_one(&mut db).await.unwrap();
    assert_eq!(rows, 2_000);
    assert_eq!(User::factory().username("next").create(&mut db).await.unwrap().id, 501);

    let mut again = Database::open(database.url()).await.unwrap();
    assert_eq!(again.run(&plan(500, 2_000), &Options::new(), &mut ()).await.unwrap().written(), 0);
    assert_eq!(again.kind(), "mysql");
    let emptied = again.fresh(&plan(500, 2_000)).await.unwrap();
    assert_eq!(emptied, [("`posts`".to_owned(), 2_000), ("`users`".to_owned(), 501)]);
}
