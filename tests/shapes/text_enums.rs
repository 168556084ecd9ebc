//! Enums that are stored as text, in a column with a check, one of them optional: roles and visibilities, as in collab of
//! Zed; through SeaORM.

use super::databases::{rows, sea_orm};
use manufactory::Factory;

mod channel {
    use super::Factory;
    use manufactory::Auto;
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Auto)]
    #[sea_orm(rs_type = "String", db_type = "String(StringLen::None)", rename_all = "snake_case")]
    pub enum Visibility {
        MembersOnly,
        Public,
    }

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Factory)]
    #[sea_orm(table_name = "channels")]
    #[factory(table = "channels", on(sea_orm), name = ChannelFactory)]
    #[factory(preset(public: visibility = value(Visibility::Public)))]
    pub struct Model {
        #[sea_orm(primary_key)]
        #[factory(key)]
        pub id: i64,
        pub visibility: Visibility,
        pub requested: Option<Visibility>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

#[tokio::test]
async fn variants_are_stored_by_their_names() {
    let (db, sql) = sea_orm(
        "create table channels (id integer primary key, requested text,
                                visibility text not null check (visibility in ('members_only', 'public')))",
    )
    .await;
    let channel = channel::Model::factory().create(&db).await.unwrap();
    assert_eq!((channel.visibility, channel.requested), (channel::Visibility::MembersOnly, None));
    let channels = channel::Model::factory().public().requested(channel::Visibility::MembersOnly);
    channels.create_batch(&db, 2).await.unwrap();
    let found = rows(&sql, "select visibility || ' ' || ifnull(requested, '-') from channels").await;
    assert_eq!(found, ["members_only -", "public members_only", "public members_only"]);

    let all = manufactory::create_all(&db, channel::ChannelFactory::coverage()).await.unwrap();
    assert!(all.iter().any(|channel| channel.visibility == channel::Visibility::Public));
}
