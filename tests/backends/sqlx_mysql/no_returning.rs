//! The way of MySQL, which gives no row back, taken on MariaDB: by `no_returning`.

use super::{count, pool};
use manufactory::{Factory, create_all};

#[derive(Debug, Clone, PartialEq, Factory)]
#[factory(table = "people", no_returning, has_many(pets: PetFactory, by = owner))]
struct Person {
    #[factory(key)]
    id: i64,
    #[factory(format("person {n}"))]
    name: String,
    #[factory(database)]
    joined: String,
}

#[derive(Debug, Clone, PartialEq, Factory)]
#[factory(table = "pets", no_returning)]
struct Pet {
    #[factory(key, format("tag-{n}"))]
    tag: String,
    #[factory(sub_factory(PersonFactory))]
    owner_id: i64,
    #[factory(database)]
    kind: String,
}

#[derive(Debug, Factory)]
#[factory(table = "tokens", no_returning)]
struct Token {
    #[factory(key, database)]
    code: String,
    #[factory(sequence)]
    number: i64,
}

const SCHEMA: &str = "
    create table people (id bigint auto_increment primary key, name varchar(50) not null unique,
                         joined varchar(20) not null default 'today');
    create table pets (tag varchar(20) primary key, owner_id bigint not null, kind varchar(20) not null default 'cat',
                       foreign key (owner_id) references people (id));
    create table tokens (code varchar(36) primary key default (uuid()), number bigint not null);";

#[tokio::test]
async fn rows_are_read_back_by_keys_that_are_counted_or_given() {
    let (pool, _database) = pool(SCHEMA).await;
    let person = Person::factory().name("ann").create(&pool).await.unwrap();
    assert_eq!((person.id, &*person.name, &*person.joined), (1, "ann", "today"));
    let given = Person::factory().id(70).joined("early").create(&pool).await.unwrap();
    assert_eq!((given.id, &*given.joined), (70, "early"));
    let pet = Pet::factory().owner(&person).create(&pool).await.unwrap();
    assert_eq!((pet.owner_id, &*pet.kind), (1, "cat"));
    let pets = Pet::factory().create_batch(&pool, 1_200).await.unwrap();
    assert!(
        pets.iter().all(|pet| pet.kind == "cat") && pets.windows(2).all(|pair| pair[0].owner_id < pair[1].owner_id)
    );
    let person = Person::factory().pets(3).create(&pool).await.unwrap();
    assert_eq!((person.joined.as_str(), count(&pool, "pets").await), ("today", 1_204));
    let mixed = (0..6).map(|i| if i % 2 == 0 { Person::factory().id(9_000 + i) } else { Person::factory() });
    let mixed = create_all(&pool, mixed).await.unwrap();
    assert!((0..).zip(&mixed).all(|(i, person)| (person.id == 9_000 + i) == (i % 2 == 0)), "{mixed:?}");
}

#[tokio::test]
async fn the_row_that_is_refused_is_named() {
    let (pool, _database) = pool(SCHEMA).await;
    Person::factory().name("taken").create(&pool).await.unwrap();
    for (rows, culprit) in [(1, 0), (2, 1), (100, 63)] {
        let people = Person::factory().times(rows);
        let people = people.each(|i, person| if i == culprit { person.name("taken") } else { person });
        assert_eq!(people.create(&pool).await.unwrap_err().row(), Some((culprit, rows)));
    }
    assert_eq!(count(&pool, "people").await, 1);
}

#[tokio::test]
async fn a_key_that_nobody_knows_is_an_error_that_says_so() {
    let (pool, _database) = pool(SCHEMA).await;
    for rows in [1, 3] {
        let error = Token::factory().create_batch(&pool, rows).await.unwrap_err();
        assert!(format!("{error:?}").contains("make the key with a declaration on its field"), "{error:?}");
    }
    assert_eq!(count(&pool, "tokens").await, 0);
    assert_eq!(Token::factory().code("mine").create(&pool).await.unwrap().code, "mine");
}
