//! Ids of text that sort by time, filled by `ActiveModelBehavior::new` as the application does it, with timestamps and
//! a flag: as in Svix; through SeaORM.

use super::databases::{rows, sea_orm};
use manufactory::Factory;

mod endpoint {
    use super::Factory;
    use sea_orm::Set;
    use sea_orm::entity::prelude::*;
    use std::sync::atomic::{AtomicU32, Ordering::Relaxed};

    #[derive(Clone, Debug, PartialEq, Eq, Hash, DeriveValueType)]
    pub struct EndpointId(pub String);

    impl sea_orm::TryFromU64 for EndpointId {
        fn try_from_u64(_: u64) -> Result<Self, DbErr> {
            Err(DbErr::ConvertFromU64("EndpointId"))
        }
    }

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Factory)]
    #[sea_orm(table_name = "endpoint")]
    #[factory(table = "endpoint", on(sea_orm), name = EndpointFactory, active_model = ActiveModel)]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        #[factory(key, database, value(EndpointId(String::new())))]
        pub id: EndpointId,
        #[factory(database, value(DateTimeUtc::UNIX_EPOCH.into()))]
        pub created_at: DateTimeWithTimeZone,
        #[factory(format("https://example.com/hooks/{n}"))]
        pub url: String,
        #[factory(database)]
        pub deleted: bool,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {
        fn new() -> Self {
            static NUMBER: AtomicU32 = AtomicU32::new(0);
            let id = EndpointId(format!("ep_{:08x}", NUMBER.fetch_add(1, Relaxed)));
            let created_at = chrono::Utc::now().into();
            Self { id: Set(id), created_at: Set(created_at), deleted: Set(false), ..ActiveModelTrait::default() }
        }
    }
}

#[tokio::test]
async fn the_application_makes_the_ids() {
    let (db, sql) = sea_orm(
        "create table endpoint (id text primary key check (id like 'ep_%'), created_at text not null, url text not null,
                                deleted boolean not null)",
    )
    .await;
    let endpoint = endpoint::Model::factory().create(&db).await.unwrap();
    assert!(endpoint.created_at > sea_orm::prelude::DateTimeUtc::UNIX_EPOCH && !endpoint.deleted);
    let endpoints = endpoint::Model::factory().deleted(true).create_batch(&db, 2).await.unwrap();
    let ids: Vec<_> = std::iter::once(&endpoint).chain(&endpoints).map(|endpoint| endpoint.id.0.clone()).collect();
    assert_eq!(rows(&sql, "select id from endpoint order by id").await, ids);
    assert_eq!(rows(&sql, "select count(*) || '' from endpoint where deleted").await, ["2"]);
}
