//! Kinds of keys: counted in steps, with gaps, unsigned, composite, binary, made by a default, none.

use super::{count, pool};
use manufactory::{Factory, create_all};
use sqlx::{Connection, MySqlConnection};
use uuid::Uuid;

#[derive(Debug, Factory)]
#[factory(table = "counters")]
struct Counter {
    #[factory(key)]
    id: i32,
    #[factory(sequence)]
    value: i64,
}

#[derive(Debug, Factory)]
#[factory(table = "uses")]
struct Use {
    #[factory(key)]
    id: i64,
    #[factory(sub_factory(CounterFactory))]
    counter_id: i32,
}

#[tokio::test]
async fn keys_that_are_counted_in_steps_go_to_their_rows() {
    let (_pool, database) = pool(
        "create table counters (id integer auto_increment primary key, value bigint not null unique);
         create table uses (id bigint auto_increment primary key, counter_id integer not null,
                            foreign key (counter_id) references counters (id))",
    )
    .await;
    let mut db = MySqlConnection::connect(database.url()).await.unwrap();
    for step in [1, 2, 7] {
        sqlx::raw_sql(match step {
            1 => "set session auto_increment_increment = 1",
            2 => "set session auto_increment_increment = 2, session auto_increment_offset = 2",
            _ => "set session auto_increment_increment = 7, session auto_increment_offset = 3",
        })
        .execute(&mut db)
        .await
        .unwrap();
        let counters = Counter::factory().create_batch(&mut db, 2_500).await.unwrap();
        assert!(counters.windows(2).all(|pair| pair[0].value + 1 == pair[1].value && pair[0].id < pair[1].id));
        for counter in counters.iter().step_by(500) {
            let value = sqlx::query_scalar("select value from counters where id = ?").bind(counter.id);
            assert_eq!(value.fetch_one(&mut db).await.ok(), Some(counter.value), "step {step}");
        }
        let uses = Use::factory().create_batch(&mut db, 1_500).await.unwrap();
        let of_their_own = sqlx::query_scalar("select count(distinct counter_id) from uses where id >= ?");
        assert_eq!(of_their_own.bind(uses[0].id).fetch_one(&mut db).await.ok(), Some(1_500_i64));
        let one = Use::factory().create(&mut db).await.unwrap();
        assert!(one.id > uses[1_499].id && one.counter_id > uses[1_499].counter_id);
    }
}

#[tokio::test]
async fn given_keys_and_counted_ones_do_not_meet_in_one_statement() {
    let (pool, _database) =
        pool("create table counters (id integer auto_increment primary key, value bigint not null)").await;
    let mixed = (0..9).map(|i| if i % 3 == 1 { Counter::factory().id(500 + i) } else { Counter::factory() });
    let mixed = create_all(&pool, mixed).await.unwrap();
    assert!((0..).zip(&mixed).all(|(i, counter)| (counter.id == 500 + i) == (i % 3 == 1)), "{mixed:?}");
    assert!(mixed.windows(2).all(|pair| pair[0].value + 1 == pair[1].value));
    assert_eq!(count(&pool, "counters").await, 9);
}

#[derive(Debug, Clone, PartialEq, Factory)]
#[factory(table = "unsigned_rows", on(sqlx, mysql))]
struct Unsigned {
    #[factory(key)]
    id: u64,
    #[factory(sequence(|n| n as u32))]
    number: u32,
}

#[tokio::test]
async fn unsigned_keys() {
    let (pool, _database) = pool(
        "create table unsigned_rows (id bigint unsigned auto_increment primary key, number int unsigned not null)",
    )
    .await;
    assert_eq!(Unsigned::factory().create(&pool).await.unwrap().id, 1);
    let rows = Unsigned::factory().create_batch(&pool, 5).await.unwrap();
    assert_eq!(rows.iter().map(|row| row.id).collect::<Vec<_>>(), [2, 3, 4, 5, 6]);
    let given = Unsigned::factory().times(3).each(|i, row| row.id(9_000_000_000_000_000_000 + i as u64));
    let given = given.create(&pool).await.unwrap();
    assert!((0..).zip(&given).all(|(i, row)| row.id == 9_000_000_000_000_000_000 + i));
}

#[derive(Debug, Clone, PartialEq, Factory)]
#[factory(table = "tokens")]
struct Token {
    #[factory(key, database)]
    code: String,
    #[factory(sequence)]
    number: i64,
}

#[tokio::test]
async fn keys_that_only_the_database_knows_how_to_make() {
    let (pool, _database) =
        pool("create table tokens (code varchar(36) primary key default (uuid()), number bigint not null unique)")
            .await;
    let tokens = Token::factory().create_batch(&pool, 50).await.unwrap();
    for token in &tokens {
        let number = sqlx::query_scalar("select number from tokens where code = ?").bind(&token.code);
        assert_eq!(number.fetch_one(&pool).await.ok(), Some(token.number));
    }
    assert_eq!(Token::factory().create(&pool).await.unwrap().code.len(), 36);
    let taken = Token::factory().times(6).each(|i, token| if i == 4 { token.number(tokens[0].number) } else { token });
    assert_eq!(taken.create(&pool).await.unwrap_err().row(), Some((4, 6)));
}

#[derive(Debug, Clone, PartialEq, Factory)]
#[factory(table = "assets")]
struct Asset {
    #[factory(key)]
    #[factory(lazy(|n| Uuid::from_u128(u128::from(n + 1) << 64 | 0xff80)))]
    id: Uuid,
    #[factory(sequence)]
    number: i64,
}

#[tokio::test]
async fn keys_of_bytes() {
    let (pool, _database) = pool("create table assets (id binary(16) primary key, number bigint not null)").await;
    let assets = Asset::factory().create_batch(&pool, 1_500).await.unwrap();
    assert!(assets.windows(2).all(|pair| pair[0].number + 1 == pair[1].number && pair[0].id < pair[1].id));
    let error = Asset::factory().id(assets[3].id).times(3).create(&pool).await.unwrap_err();
    assert_eq!(error.row(), Some((0, 3)));
}

#[derive(Debug, Clone, PartialEq, Factory)]
#[factory(table = "memberships")]
struct Membership {
    #[factory(key, sequence(|n| format!("Té{}", n / 2)))]
    team: String,
    #[factory(key, lazy(|n| (n % 2) as i64))]
    seat: i64,
    #[factory(sequence)]
    number: i64,
    #[factory(database)]
    rank: i64,
}

#[tokio::test]
async fn composite_keys_in_any_collation() {
    for kind in ["utf8mb4 collate utf8mb4_unicode_ci", "utf8mb4 collate utf8mb4_bin", "latin1"] {
        let (pool, _database) = pool(&format!(
            "create table memberships (team varchar(50), seat bigint, number bigint not null, `rank` bigint default 9,
                                       primary key (team, seat)) character set {kind}"
        ))
        .await;
        // More than one statement takes.
        let members = Membership::factory().create_batch(&pool, 2_500).await.unwrap();
        assert!(members.windows(2).all(|pair| pair[0].number + 1 == pair[1].number), "in order");
        assert!(members.iter().all(|member| member.rank == 9 && member.team.starts_with("Té")));
        let (team, seat) = (members[5].team.as_str(), members[5].seat);
        let taken = Membership::factory().times(100).each(|i, m| if i == 63 { m.team(team).seat(seat) } else { m });
        assert_eq!(taken.create(&pool).await.unwrap_err().row(), Some((63, 100)));
        assert_eq!(count(&pool, "memberships").await, 2_500);
    }
}

#[derive(Debug, Factory)]
#[factory(table = "events")]
struct Event {
    #[factory(sequence)]
    number: i64,
    #[factory(database)]
    kind: String,
}

#[tokio::test]
async fn a_table_without_a_key() {
    let (pool, _database) =
        pool("create table events (number bigint not null, kind varchar(9) not null default 'x')").await;
    let events = Event::factory().create_batch(&pool, 10).await.unwrap();
    assert!(events.windows(2).all(|pair| pair[0].number + 1 == pair[1].number));
    Event::factory().create(&pool).await.unwrap();
    assert_eq!(count(&pool, "events").await, 11);
}

#[derive(Debug, Factory)]
#[factory(table = "serials")]
struct Serial {
    #[factory(key)]
    id: i64,
    #[factory(database)]
    at: String,
}

#[tokio::test]
async fn rows_of_which_the_database_makes_everything() {
    let (pool, _database) =
        pool("create table serials (id bigint auto_increment primary key, at varchar(9) not null default 'now')").await;
    assert_eq!(Serial::factory().create(&pool).await.unwrap().at, "now");
    let serials = Serial::factory().create_batch(&pool, 3).await.unwrap();
    assert_eq!(serials.iter().map(|serial| serial.id).collect::<Vec<_>>(), [2, 3, 4]);
}
