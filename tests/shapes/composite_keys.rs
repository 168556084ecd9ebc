//! Keys of several columns, which all the children repeat: the files of a checkout of a project, as in collab of Zed.

use super::databases::{rows, sea_orm};
use manufactory::Factory;

mod checkout {
    use super::Factory;
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Factory)]
    #[sea_orm(table_name = "checkouts")]
    #[factory(table = "checkouts", on(sea_orm), name = CheckoutFactory)]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        #[factory(key, sequence)]
        pub project_id: i64,
        #[sea_orm(primary_key, auto_increment = false)]
        #[factory(key, value(1))]
        pub replica: i32,
        pub root: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

mod entry {
    use super::Factory;
    use super::checkout::CheckoutFactory;
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Factory)]
    #[sea_orm(table_name = "entries")]
    #[factory(table = "entries", on(sea_orm), name = EntryFactory, param(checkout = sub_factory(CheckoutFactory)))]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        #[factory(key, lazy(|checkout| checkout.project_id))]
        pub project_id: i64,
        #[sea_orm(primary_key, auto_increment = false)]
        #[factory(key, lazy(|checkout| checkout.replica))]
        pub replica: i32,
        #[sea_orm(primary_key, auto_increment = false)]
        #[factory(key, sequence)]
        pub number: i64,
        #[factory(format("src/file{n}.rs"))]
        pub path: String,
        pub is_ignored: bool,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

#[tokio::test]
async fn a_key_of_three_columns_of_which_two_are_the_parents() {
    let (db, sql) = sea_orm(
        "create table checkouts (project_id integer, replica integer, root text not null, primary key (project_id, replica));
         create table entries (project_id integer, replica integer, number integer, path text not null, is_ignored boolean,
                               primary key (project_id, replica, number),
                               foreign key (project_id, replica) references checkouts)",
    )
    .await;
    let checkout = checkout::Model::factory().project_id(7).replica(2).create(&db).await.unwrap();
    let entries = entry::Model::factory().checkout(&checkout).create_batch(&db, 3).await.unwrap();
    assert!(entries.iter().all(|entry| (entry.project_id, entry.replica) == (7, 2)));
    entry::Model::factory().checkout_with(|checkout| checkout.root("/")).create(&db).await.unwrap();
    assert_eq!(
        rows(&sql, "select 'of 7: ' || count(*) from entries where (project_id, replica) = (7, 2)").await,
        ["of 7: 3"]
    );
    assert_eq!(rows(&sql, "select root from checkouts natural join entries where project_id <> 7").await, ["/"]);
}
