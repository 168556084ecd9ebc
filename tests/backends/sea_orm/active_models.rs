//! Rows that start from `ActiveModelBehavior::new`.

use super::sqlite;
use manufactory::{Factory, create_all};
use sea_orm::EntityTrait;

mod token {
    use manufactory::Factory;
    use sea_orm::Set;
    use sea_orm::entity::prelude::*;
    use std::sync::atomic::{AtomicI32, Ordering};

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel, Factory)]
    #[sea_orm(table_name = "tokens")]
    #[factory(table = "tokens", on(sea_orm), name = TokenFactory, active_model = ActiveModel)]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        #[factory(key, value(Uuid::nil()))]
        pub id: Uuid,
        #[factory(database)]
        pub number: i32,
        #[factory(database)]
        pub note: Option<String>,
        #[sea_orm(default_value = "open")]
        #[factory(database)]
        pub state: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    static NUMBERS: AtomicI32 = AtomicI32::new(1);

    impl ActiveModelBehavior for ActiveModel {
        fn new() -> Self {
            let id = Set(Uuid::from_u128(99));
            Self {
                id,
                number: Set(NUMBERS.fetch_add(1, Ordering::Relaxed)),
                note: Set(None),
                ..<Self as ActiveModelTrait>::default()
            }
        }
    }
}

/// Its key is the active model's as well.
#[derive(Factory)]
#[factory(model = token::Model, name = KeyedFactory, table = "tokens", on(sea_orm))]
#[factory(active_model = token::ActiveModel)]
struct Keyed {
    #[factory(key)]
    id: sea_orm::prelude::Uuid,
    #[factory(value(0))]
    number: i32,
    note: Option<String>,
    #[factory(database)]
    state: String,
}

const TOKENS: &str = "create table tokens (id blob primary key, number integer not null, note text default 'noted',
                                           state text not null default 'open')";

#[tokio::test]
async fn what_is_left_to_the_database_is_the_active_models() {
    let db = sqlite(TOKENS).await;
    let id = sea_orm::prelude::Uuid::from_u128;
    let one = token::Model::factory().create(&db).await.unwrap();
    assert_eq!((one.number, one.note.as_deref(), &*one.state), (1, None, "open"));
    let rows = (0..3).map(|i| {
        let row = token::Model::factory().id(id(i + 1));
        if i == 1 { row.number(-1).note("mine") } else { row }
    });
    let rows = create_all(&db, rows).await.unwrap();
    let numbers: Vec<_> = rows.iter().map(|row| (row.number, row.note.as_deref())).collect();
    assert_eq!(
        numbers,
        [(2, None), (-1, Some("mine")), (4, None)],
        "called for each row, and nothing given is replaced"
    );
    let keyed = KeyedFactory::new().create(&db).await.unwrap();
    assert_eq!((keyed.id, &*keyed.state), (id(99), "open"));
    assert_eq!(token::Entity::find_by_id(id(99)).one(&db).await.unwrap(), Some(keyed));
}

#[test]
fn what_is_built_knows_nothing_of_it() {
    assert_ne!(KeyedFactory::new().build().id, sea_orm::prelude::Uuid::from_u128(99));
}
