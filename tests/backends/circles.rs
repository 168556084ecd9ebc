//! Factories that point at each other in circles are the normal case, and compile for every backend.

use manufactory::{Factory, Memory};
use sqlx::SqlitePool;

#[derive(Debug, Factory)]
#[factory(table = "teams")]
struct Team {
    #[factory(key)]
    id: i64,
    #[factory(sub_factory(PlayerFactory, optional))]
    captain_id: Option<i64>,
}

#[derive(Debug, Factory)]
#[factory(table = "players")]
struct Player {
    #[factory(key)]
    id: i64,
    #[factory(sub_factory(TeamFactory))]
    team_id: i64,
    #[factory(sub_factory(PlayerFactory, optional))]
    rival_id: Option<i64>,
}

const SCHEMA: &str = "
    create table teams (id integer primary key, captain_id integer);
    create table players (id integer primary key, team_id integer not null, rival_id integer);
";

#[tokio::test]
async fn self_and_mutual_circles() {
    let pool = SqlitePool::connect("sqlite::memory:").await.unwrap();
    sqlx::raw_sql(SCHEMA).execute(&pool).await.unwrap();
    let player = Player::factory()
        .rival_with(|rival| rival.rival_with(|rival| rival))
        .team_with(|team| team.captain_with(|captain| captain))
        .create(&pool)
        .await
        .unwrap();
    assert_eq!((player.id, player.rival_id.is_some()), (4, true));
    let mut memory = Memory::new();
    let player =
        Player::factory().rival_with(|rival| rival.rival_with(|rival| rival)).create(&mut memory).await.unwrap();
    assert_eq!((player.id, memory.count("teams")), (3, 3));
}
