//! Keys that are types of their own, assigned by the database or made here, as sqlx knows them and as it does not: in
//! Lemmy, hyperswitch, vaultwarden, collab of Zed, and nearly every large application.

use super::databases::{rows, sqlite};
use manufactory::{Auto, Factory};
use uuid::Uuid;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Auto, sqlx::Type)]
#[sqlx(transparent)]
struct PersonId(i64);

#[derive(Debug, Clone, Copy, PartialEq, Eq, Auto, sqlx::Type)]
#[sqlx(transparent)]
struct DeviceId(Uuid);

/// Nobody has told sqlx of this one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct LoginId(i64);

impl From<i64> for LoginId {
    fn from(id: i64) -> Self {
        Self(id)
    }
}

impl From<LoginId> for i64 {
    fn from(id: LoginId) -> Self {
        id.0
    }
}

#[derive(Debug, Clone, Factory)]
#[factory(table = "people", on(sqlx, sqlite), has_many(devices: DeviceFactory, by = owner))]
struct Person {
    #[factory(key)]
    id: PersonId,
    name: String,
}

#[derive(Debug, Clone, Factory)]
#[factory(table = "devices", on(sqlx, sqlite))]
struct Device {
    #[factory(key, sequence(|n| DeviceId(Uuid::from_u128(u128::from(n) + 1))))]
    id: DeviceId,
    #[factory(sub_factory(PersonFactory))]
    owner_id: PersonId,
}

#[derive(Debug, Factory)]
#[factory(table = "logins", on(sqlx, sqlite))]
struct Login {
    #[factory(key, as(i64))]
    id: LoginId,
    #[factory(sub_factory(DeviceFactory))]
    device_id: DeviceId,
    #[factory(sub_factory(LoginFactory, optional), as(i64))]
    previous_id: Option<LoginId>,
}

#[tokio::test]
async fn keys_of_their_own_types() {
    let db = sqlite(
        "create table people (id integer primary key, name text not null);
         create table devices (id blob primary key, owner_id integer not null references people);
         create table logins (id integer primary key, device_id blob not null references devices,
                              previous_id integer references logins)",
    )
    .await;
    let person = Person::factory().devices(2).create(&db).await.unwrap();
    assert_eq!(person.id, PersonId(1));
    let people = Person::factory().create_batch(&db, 3).await.unwrap();
    assert_eq!(people.iter().map(|person| person.id.0).collect::<Vec<_>>(), [2, 3, 4]);

    let device = Device::factory().owner(&person).create(&db).await.unwrap();
    let first = Login::factory().device(&device).create(&db).await.unwrap();
    let logins = Login::factory().device_id(device.id).previous(&first).create_batch(&db, 2).await.unwrap();
    assert_eq!((logins[1].id, logins[1].previous_id), (LoginId(3), Some(LoginId(1))));
    assert_eq!(rows(&db, "select owner_id || ':' || count(*) from devices group by owner_id").await, ["1:3"]);
    assert_eq!(rows(&db, "select id || '<' || ifnull(previous_id, '') from logins").await, ["1<", "2<1", "3<1"]);
}
