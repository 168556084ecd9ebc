//! Rows that belong to rows of one of several tables, by a kind and an id without a foreign key: owners who are users or
//! teams, as in cargo's registry; through Diesel.

use super::databases::{diesel_rows, diesel_sqlite};
use diesel::prelude::*;
use manufactory::Factory;

mod schema {
    diesel::table! { users (id) { id -> Integer, login -> Text, } }
    diesel::table! { teams (id) { id -> Integer, name -> Text, } }
    diesel::table! { package_owners (package, owner_id, owner_kind) { package -> Text, owner_id -> Integer, owner_kind -> Integer, } }
}

#[derive(Debug, Clone, Queryable, Factory)]
#[factory(table = schema::users, on(sqlite))]
struct User {
    #[factory(key)]
    id: i32,
    login: String,
}

#[derive(Debug, Clone, Queryable, Factory)]
#[factory(table = schema::teams, on(sqlite))]
struct Team {
    #[factory(key)]
    id: i32,
    name: String,
}

/// By a user, unless a preset says by a team: each kind is an optional parent of its own.
#[derive(Debug, Queryable, Factory)]
#[factory(table = schema::package_owners, on(sqlite))]
#[factory(param(user_id: Option<i32> = sub_factory(UserFactory, optional)))]
#[factory(param(team_id: Option<i32> = sub_factory(TeamFactory, optional)))]
#[factory(preset(by_user: user = sub_factory(UserFactory)), preset(by_team: team = sub_factory(TeamFactory)))]
struct PackageOwner {
    #[factory(key, format("package{n}"))]
    package: String,
    #[factory(key, lazy(|user_id, team_id| user_id.or(*team_id).expect("`by_user`, `by_team`, or one given")))]
    owner_id: i32,
    #[factory(key, lazy(|team_id| i32::from(team_id.is_some())))]
    owner_kind: i32,
}

#[test]
fn a_kind_and_an_id_of_either_parent() {
    let mut db = diesel_sqlite(
        "create table users (id integer primary key, login text not null);
         create table teams (id integer primary key, name text not null);
         insert into teams values (70, 'old');
         create table package_owners (package text, owner_id integer, owner_kind integer, primary key (package, owner_id, owner_kind))",
    );
    let _session = manufactory::Session::seeded(1).enter();
    let user = User::factory().create(&mut db).unwrap();
    PackageOwner::factory().user(&user).create(&mut db).unwrap();
    PackageOwner::factory().by_user().create(&mut db).unwrap();
    let owners = PackageOwner::factory().by_team().create_batch(&mut db, 2).unwrap();
    assert_eq!((owners[1].owner_id, owners[1].owner_kind), (72, 1));
    PackageOwner::factory().team_id(70).create(&mut db).unwrap();
    let found = diesel_rows(&mut db, "select owner_kind || ':' || owner_id from package_owners order by 1");
    assert_eq!(found, ["0:1", "0:2", "1:70", "1:71", "1:72"]);
}
