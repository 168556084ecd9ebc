//! Tables that point at each other in a circle: a key that may be NULL is set afterwards, and one that may not is checked
//! when the call commits, where the database can wait that long.

use manufactory::persist::Backend;
use manufactory::{AfterCreate, BoxError, Factory};
use sqlx::{Sqlite, SqliteConnection};

#[derive(Debug, Clone, PartialEq, Factory)]
#[factory(table = "teams", after_create, has_many(players: PlayerFactory, by = team))]
#[factory(on(sqlx), param(with_captain: bool = value(false)))]
struct Team {
    #[factory(key)]
    id: i64,
    #[factory(sub_factory(PlayerFactory, optional))]
    captain_id: Option<i64>,
}

#[derive(Debug, Clone, PartialEq, Factory)]
#[factory(table = "players", on(sqlx))]
struct Player {
    #[factory(key)]
    id: i64,
    #[factory(sub_factory(TeamFactory))]
    team_id: i64,
}

impl AfterCreate<Sqlite> for TeamFactory {
    async fn after_create<'c>(
        self,
        team: &'c mut Team,
        db: <Sqlite as Backend>::Connection<'c>,
    ) -> Result<(), BoxError> {
        if *self.resolved_with_captain() {
            let captain = Player::factory().team(&*team).create(&mut *db).await?;
            let update = sqlx::query("update teams set captain_id = ? where id = ?").bind(captain.id).bind(team.id);
            update.execute(&mut *db).await?;
            team.captain_id = Some(captain.id);
        }
        Ok(())
    }
}

async fn database(captain: &str) -> SqliteConnection {
    let schema = format!(
        "pragma foreign_keys = on;
         create table teams (id integer primary key, captain_id integer {captain});
         create table players (id integer primary key, team_id integer not null references teams);"
    );
    crate::relations::sqlite_of(schema).await
}

#[tokio::test]
async fn a_key_that_may_be_null_is_set_afterwards() {
    let mut db = database("references players").await;
    let teams = Team::factory().with_captain(true).players(2).create_batch(&mut db, 3).await.unwrap();
    for team in teams {
        let theirs = sqlx::query_scalar("select team_id from players where id = ?").bind(team.captain_id);
        assert_eq!(theirs.fetch_one(&mut db).await.ok(), Some(team.id));
        let players = sqlx::query_scalar("select count(*) from players where team_id = ?").bind(team.id);
        assert_eq!(players.fetch_one(&mut db).await.ok(), Some(3_i64));
    }
}

#[tokio::test]
async fn keys_that_are_checked_later_close_the_circle() {
    let mut db = database("not null references players deferrable initially deferred").await;
    let team = Team::factory().id(1).captain_id(7).players(Player::factory().id(7).times(1));
    assert_eq!(team.create(&mut db).await.unwrap().captain_id, Some(7));
    let team = Team::factory().id(2).captain_id(8);
    let error = team.create(&mut db).await.unwrap_err();
    assert_eq!(error.stage(), manufactory::Stage::Commit, "{error:?}");
    let teams: i64 = sqlx::query_scalar("select count(*) from teams").fetch_one(&mut db).await.unwrap();
    assert_eq!(teams, 1);
}
