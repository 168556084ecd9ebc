//! Kinds of keys: numbered, with gaps, composite, text, made by the database, shared with a parent, none.

use super::{count, pool};
use manufactory::Factory;

#[derive(Debug, Factory)]
#[factory(table = "counters")]
struct Counter {
    #[factory(key)]
    id: i32,
    #[factory(sequence)]
    value: i64,
}

#[tokio::test]
async fn deleted_keys_of_an_autoincrement_table_do_not_come_back() {
    let pool = pool("create table counters (id integer primary key autoincrement, value integer not null)").await;
    Counter::factory().create_batch(&pool, 5).await.unwrap();
    sqlx::query("delete from counters where id > 2").execute(&pool).await.unwrap();
    let ids = |counters: Vec<Counter>| counters.into_iter().map(|counter| counter.id).collect::<Vec<_>>();
    assert_eq!(ids(Counter::factory().create_batch(&pool, 2).await.unwrap()), [6, 7]);
    assert_eq!(Counter::factory().create(&pool).await.unwrap().id, 8);
    assert_eq!(
        ids(Counter::factory().times(2).each(|i, c| if i == 0 { c.id(20) } else { c }).create(&pool).await.unwrap()),
        [20, 21]
    );
}

#[tokio::test]
async fn the_largest_key_leaves_no_room_and_says_so() {
    let pool = pool("create table counters (id integer primary key, value integer not null)").await;
    sqlx::query("insert into counters values (9223372036854775806, 0)").execute(&pool).await.unwrap();
    Counter::factory().create_batch(&pool, 3).await.unwrap_err();
    assert_eq!(count(&pool, "counters").await, 1);
}

#[derive(Debug, Clone, PartialEq, Factory)]
#[factory(table = "tokens")]
struct Token {
    #[factory(key, database)]
    code: String,
    #[factory(sequence)]
    number: i64,
}

#[derive(Debug, Factory)]
#[factory(table = "uses")]
struct Use {
    #[factory(key)]
    id: i64,
    #[factory(sub_factory(TokenFactory))]
    token_id: String,
}

#[tokio::test]
async fn keys_that_only_the_database_knows_how_to_make() {
    for kind in ["", "without rowid"] {
        let pool = pool(format!(
            "create table tokens (code text primary key not null default (lower(hex(randomblob(8)))),
                                  number integer not null) {kind};
             create table uses (id integer primary key, token_id text not null references tokens);"
        ))
        .await;
        let tokens = Token::factory().create_batch(&pool, 50).await.unwrap();
        assert!(tokens.windows(2).all(|pair| pair[0].number + 1 == pair[1].number && pair[0].code != pair[1].code));
        for token in &tokens {
            let number = sqlx::query_scalar("select number from tokens where code = ?").bind(&token.code);
            assert_eq!(number.fetch_one(&pool).await.ok(), Some(token.number));
        }
        let uses = Use::factory().create_batch(&pool, 20).await.unwrap();
        let joined = sqlx::query_scalar("select count(distinct code) from uses join tokens on code = token_id");
        assert_eq!((uses.len(), joined.fetch_one(&pool).await.ok()), (20, Some(20)));
        let mixed = Token::factory().times(4).each(|i, t| if i % 2 == 0 { t.code(format!("mine{i}")) } else { t });
        let mixed = mixed.create(&pool).await.unwrap();
        assert_eq!((mixed[0].code.as_str(), mixed[2].code.as_str(), mixed[1].code.len()), ("mine0", "mine2", 16));
        let taken =
            Token::factory().times(6).each(|i, token| token.code(if i == 4 { "mine2".into() } else { format!("{i}") }));
        assert_eq!(taken.create(&pool).await.unwrap_err().row(), Some((4, 6)));
    }
}

#[derive(Debug, Clone, PartialEq, Factory)]
#[factory(table = "memberships")]
struct Membership {
    #[factory(key, sequence(|n| format!("t{}", n / 2)))]
    team: String,
    #[factory(key, lazy(|n| (n % 2) as i64))]
    seat: i64,
    #[factory(sequence)]
    number: i64,
    #[factory(database)]
    rank: i64,
}

#[tokio::test]
async fn composite_keys_with_and_without_rowids() {
    for kind in ["", "without rowid"] {
        let pool = pool(format!(
            "create table memberships (team text, seat integer, number integer not null, rank integer default 9,
                                       primary key (team, seat)) {kind}"
        ))
        .await;
        // More than one statement takes.
        let members = Membership::factory().create_batch(&pool, 12_000).await.unwrap();
        assert!(members.windows(2).all(|pair| pair[0].number + 1 == pair[1].number), "in order");
        assert!(members.iter().all(|member| member.rank == 9));
        let one = Membership::factory().team("solo").create(&pool).await.unwrap();
        assert_eq!((one.team.as_str(), one.rank, count(&pool, "memberships").await), ("solo", 9, 12_001));
        let error = Membership::factory().team("solo").seat(9).create_batch(&pool, 3).await.unwrap_err();
        assert_eq!((error.row(), count(&pool, "memberships").await), (Some((1, 3)), 12_001));
        let (team, seat) = (members[5].team.as_str(), members[5].seat);
        let taken = Membership::factory().times(100).each(|i, m| if i == 63 { m.team(team).seat(seat) } else { m });
        assert_eq!(taken.create(&pool).await.unwrap_err().row(), Some((63, 100)));
    }
}

#[derive(Debug, Factory)]
#[factory(table = "events")]
struct Event {
    #[factory(sequence)]
    number: i64,
}

#[tokio::test]
async fn a_table_without_a_key() {
    let pool = pool("create table events (number integer not null)").await;
    let events = Event::factory().create_batch(&pool, 10).await.unwrap();
    assert!(events.windows(2).all(|pair| pair[0].number + 1 == pair[1].number));
    Event::factory().create(&pool).await.unwrap();
    assert_eq!(count(&pool, "events").await, 11);
}

#[derive(Debug, Factory)]
#[factory(table = "profiles")]
struct Profile {
    #[factory(key, sub_factory(CounterFactory))]
    counter_id: i32,
    #[factory(value("hi"))]
    bio: String,
}

#[tokio::test]
async fn a_key_shared_with_the_parent() {
    let pool = pool(
        "create table counters (id integer primary key, value integer not null);
         create table profiles (counter_id integer primary key references counters, bio text not null);",
    )
    .await;
    let profiles = Profile::factory().create_batch(&pool, 3).await.unwrap();
    assert_eq!(profiles.iter().map(|profile| profile.counter_id).collect::<Vec<_>>(), [1, 2, 3]);
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
    let pool = pool("create table serials (id integer primary key, at text not null default 'now')").await;
    assert_eq!(Serial::factory().create(&pool).await.unwrap().at, "now");
    let serials = Serial::factory().create_batch(&pool, 3).await.unwrap();
    assert_eq!(serials.iter().map(|serial| serial.id).collect::<Vec<_>>(), [2, 3, 4]);
    let pool = self::pool(
        "create table serials (id integer not null primary key default (abs(random())),
                               at text not null default 'now') without rowid",
    )
    .await;
    let serials = Serial::factory().create_batch(&pool, 3).await.unwrap();
    assert!(serials.iter().all(|serial| serial.at == "now") && serials[0].id != serials[1].id);
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, sqlx::Type)]
#[sqlx(transparent)]
struct UserId(i64);

impl manufactory::Auto for UserId {
    fn auto(attribute: &manufactory::Attribute<'_>) -> Self {
        Self(i64::auto(attribute))
    }
}

#[derive(Debug, Factory)]
#[factory(table = "users", on(sqlx))]
struct User {
    #[factory(key)]
    id: UserId,
    #[factory(sub_factory(UserFactory, optional))]
    boss_id: Option<UserId>,
}

#[tokio::test]
async fn keys_of_a_type_of_ones_own() {
    let pool = pool("create table users (id integer primary key, boss_id integer references users)").await;
    let users = User::factory().times(3).each(|_, user| user.boss_with(|boss| boss)).create(&pool).await.unwrap();
    assert_eq!(
        users.iter().map(|user| (user.id.0, user.boss_id.unwrap().0)).collect::<Vec<_>>(),
        [(4, 1), (5, 2), (6, 3)]
    );
}
