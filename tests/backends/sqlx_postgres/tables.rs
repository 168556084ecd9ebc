//! Kinds of tables: in other schemas, with triggers, rules, views, partitions, columns that are generated.

use super::{count, pool};
use manufactory::conformance::{Author, POSTGRES};
use manufactory::{Factory, Stage};
use std::error::Error as _;

#[tokio::test]
async fn what_triggers_change_is_seen() {
    for (when, how) in [
        ("before", "new.joined := 'changed'; return new;"),
        ("after", "update authors set joined = 'changed' where id = new.id; return null;"),
    ] {
        let (pool, _database) = pool(&format!(
            "{POSTGRES}
             create function change() returns trigger language plpgsql as $$ begin {how} end $$;
             create trigger changes {when} insert on authors for each row execute function change();"
        ))
        .await;
        assert_eq!(Author::factory().create(&pool).await.unwrap().joined, "changed", "{when}");
        assert_eq!(Author::factory().id(70).create(&pool).await.unwrap().joined, "changed", "{when}");
        let authors = Author::factory().create_batch(&pool, 20).await.unwrap();
        assert!(authors.iter().all(|author| author.joined == "changed"), "{when}");
        let given = Author::factory().times(3).each(|i, author| author.id(100 + i64::try_from(i).unwrap()));
        assert!(given.create(&pool).await.unwrap().iter().all(|author| author.joined == "changed"), "{when}");
    }
}

#[tokio::test]
async fn a_row_that_a_trigger_swallows_is_an_error() {
    let (pool, _database) = pool(&format!(
        "{POSTGRES}
         create function swallow() returns trigger language plpgsql as
             $$ begin if new.joined = 'never' then return null; end if; return new; end $$;
         create trigger swallows before insert on authors for each row execute function swallow();"
    ))
    .await;
    let rows = Author::factory().times(10).each(|i, author| author.joined(if i == 6 { "never" } else { "today" }));
    let error = rows.create(&pool).await.unwrap_err();
    assert_eq!((error.stage(), error.row()), (Stage::Read, Some((6, 10))), "{error:?}");
    let error = Author::factory().joined("never").create(&pool).await.unwrap_err();
    assert_eq!((error.stage(), error.row()), (Stage::Read, Some((0, 1))), "{error:?}");
    assert_eq!(count(&pool, "authors").await, 0);
}

#[tokio::test]
async fn a_row_that_a_trigger_refuses_is_named_and_none_remain() {
    let (pool, _database) = pool(&format!(
        "{POSTGRES}
         create function refuse() returns trigger language plpgsql as
             $$ begin if new.joined = 'never' then raise 'not you'; end if; return new; end $$;
         create trigger refuses before insert on authors for each row execute function refuse();"
    ))
    .await;
    let rows = Author::factory().times(10).each(|i, author| author.joined(if i == 6 { "never" } else { "today" }));
    let error = rows.create(&pool).await.unwrap_err();
    assert_eq!(error.row(), Some((6, 10)), "{error:?}");
    assert!(error.source().unwrap().to_string().contains("not you"), "{error:?}");
    assert_eq!(count(&pool, "authors").await, 0);
    assert_eq!(Author::factory().joined("never").create(&pool).await.unwrap_err().row(), Some((0, 1)));
}

#[derive(Debug, Factory)]
#[factory(table = "Shop floor.Order")]
struct Order {
    #[factory(key)]
    id: i64,
    #[factory(column = "End", format("end {n}"))]
    end: String,
    #[factory(database, column = "total")]
    sum: i32,
}

#[tokio::test]
async fn a_table_of_another_schema_with_a_generated_column() {
    let (pool, _database) = pool(
        r#"create schema "Shop floor";
           create table "Shop floor"."Order" (id bigserial primary key, "End" text not null,
                                              total integer generated always as (length("End") * 2) stored)"#,
    )
    .await;
    assert_eq!(Order::factory().end("1234").create(&pool).await.unwrap().sum, 8);
    let orders = Order::factory().create_batch(&pool, 3).await.unwrap();
    assert!(orders.iter().all(|order| usize::try_from(order.sum) == Ok(order.end.len() * 2)));
    let error = Order::factory().sum(1).create(&pool).await.unwrap_err();
    assert!(error.source().unwrap().to_string().contains("non-DEFAULT value"), "{error:?}");
}

#[tokio::test]
async fn a_view_and_a_partitioned_table() {
    let (pool, _database) = pool(
        "create table people (id bigint generated always as identity, name text not null, email text not null,
                              joined text not null default 'today', primary key (id)) partition by range (id);
         create table few partition of people for values from (0) to (3);
         create table many partition of people for values from (3) to (1000);",
    )
    .await;
    sqlx::raw_sql("create view authors as select id, name, email, joined from people").execute(&pool).await.unwrap();
    let authors = Author::factory().create_batch(&pool, 5).await.unwrap();
    assert!(authors.windows(2).all(|pair| pair[0].id + 1 == pair[1].id));
    assert_eq!(count(&pool, "many").await, 3);
}

#[tokio::test]
async fn keys_that_are_checked_later_close_a_circle() {
    let (pool, _database) = pool(
        "create table teams (id bigserial primary key, captain_id bigint not null, name text not null);
         create table players (id bigserial primary key, team_id bigint not null references teams, name text not null);
         alter table teams add constraint captains foreign key (captain_id) references players
             deferrable initially deferred;",
    )
    .await;
    let team =
        Team::factory().id(1).captain_id(7).players(Player::factory().id(7).times(1)).create(&pool).await.unwrap();
    assert_eq!(team.captain_id, Some(7));
    let error = Team::factory().id(2).captain_id(8).create(&pool).await.unwrap_err();
    assert_eq!((error.stage(), error.row()), (Stage::Insert, Some((0, 1))), "{error:?}");
    assert!(error.source().unwrap().to_string().contains("captains"), "{error:?}");
    assert_eq!((count(&pool, "teams").await, count(&pool, "players").await), (1, 1));
}

#[derive(Debug, Clone, Factory)]
#[factory(table = "teams", has_many(players: PlayerFactory, by = team))]
struct Team {
    #[factory(key)]
    id: i64,
    #[factory(sub_factory(PlayerFactory, optional))]
    captain_id: Option<i64>,
    #[factory(value("team"))]
    name: String,
}

#[derive(Debug, Clone, Factory)]
#[factory(table = "players")]
struct Player {
    #[factory(key)]
    id: i64,
    #[factory(sub_factory(TeamFactory))]
    team_id: i64,
    #[factory(value("player"))]
    name: String,
}
