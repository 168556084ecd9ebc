//! Links between two tables that say more than that they are there: members of organisations, with a role, a position and
//! who invited them; as in vaultwarden, Lemmy and cargo's registry.

use super::databases::{rows, sqlite};
use manufactory::Factory;

#[derive(Debug, Clone, Factory)]
#[factory(table = "users", on(sqlx, sqlite))]
struct User {
    #[factory(key)]
    id: i64,
}

#[derive(Debug, Clone, Factory)]
#[factory(table = "teams", on(sqlx, sqlite))]
#[factory(many_to_many(users: UserFactory, through = MemberFactory(team, user)))]
#[factory(has_many(members: MemberFactory, by = team), preset(staffed: members = 2))]
struct Team {
    #[factory(key)]
    id: i64,
}

#[derive(Debug, Clone, Factory)]
#[factory(table = "members", on(sqlx, sqlite), preset(owner: role = value("owner"), position = value(-1)))]
struct Member {
    #[factory(key, sub_factory(TeamFactory))]
    team_id: i64,
    #[factory(key, sub_factory(UserFactory))]
    user_id: i64,
    #[factory(sub_factory(UserFactory, optional))]
    invited_by_id: Option<i64>,
    #[factory(value("member"))]
    role: String,
    #[factory(sequence)]
    position: i32,
}

#[tokio::test]
async fn links_are_rows_with_a_factory() {
    let db = sqlite(
        "create table users (id integer primary key);
         create table teams (id integer primary key);
         create table members (team_id integer references teams, user_id integer references users, role text not null,
                               invited_by_id integer references users, position integer not null,
                               primary key (team_id, user_id), unique (team_id, position))",
    )
    .await;
    let users = User::factory().create_batch(&db, 3).await.unwrap();
    let team = Team::factory().users(&users).create(&db).await.unwrap();
    let owner = Member::factory().owner().team(&team).invited_by(&users[0]).create(&db).await.unwrap();
    assert_eq!((owner.role.as_str(), owner.invited_by_id), ("owner", Some(users[0].id)));
    Team::factory().staffed().create_batch(&db, 2).await.unwrap();
    Team::factory().members(Member::factory().owner().user(&users[1])).create(&db).await.unwrap();
    let found =
        "select team_id || ' has ' || count(*) || ' led by ' || sum(role = 'owner') from members group by team_id";
    assert_eq!(
        rows(&db, found).await,
        ["1 has 4 led by 1", "2 has 2 led by 0", "3 has 2 led by 0", "4 has 1 led by 1"]
    );
}
