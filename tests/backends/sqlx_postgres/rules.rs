//! Views whose rules refuse RETURNING.

use super::{count, pool};
use manufactory::Factory;

#[derive(Debug, Factory)]
#[factory(table = "people_seen", no_returning)]
struct Person {
    #[factory(key, sequence)]
    id: i64,
    #[factory(format("person {n}"))]
    name: String,
}

#[derive(Debug, Factory)]
#[factory(table = "people_seen", name = ReturnedFactory)]
struct Returned {
    #[factory(key, sequence)]
    id: i64,
    #[factory(format("person {n}"))]
    name: String,
}

#[tokio::test]
async fn a_view_with_a_rule_takes_rows_that_bring_their_key() {
    let (pool, _database) = pool(
        "create table people (id bigint primary key, name text not null);
         create view people_seen as select id, upper(name) as name from people;
         create rule inserts as on insert to people_seen do instead insert into people values (new.id, new.name);",
    )
    .await;
    let error = Returned::factory().create(&pool).await.unwrap_err();
    assert!(format!("{error:?}").contains("write `#[factory(no_returning)]` on `Returned`"), "{error:?}");
    assert_eq!(Person::factory().name("ann").create(&pool).await.unwrap().name, "ANN");
    let people = Person::factory().create_batch(&pool, 4).await.unwrap();
    assert!(people.windows(2).all(|pair| pair[0].id + 1 == pair[1].id && pair[0].name < pair[1].name));
    assert_eq!(count(&pool, "people").await, 5);
}
