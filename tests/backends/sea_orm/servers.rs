//! Postgres and MySQL through SeaORM, on real servers.

/// The tests of one of them.
macro_rules! server {
    ($name:ident, $tables:ident) => {
        mod $name {
            use crate::sea_orm::{Connected, connect, entities, transactions};
            use crate::servers;
            use manufactory::conformance::{conformance, $tables};
            use sea_orm::ConnectionTrait;

            pub(super) async fn subject() -> Connected {
                let database = servers::$name().await;
                let db = connect(database.url()).await;
                for table in $tables.split(';').filter(|table| !table.trim().is_empty()) {
                    db.execute_unprepared(table).await.unwrap();
                }
                Connected { db, transaction: None, _database: Some(Box::new(database)) }
            }

            conformance!(
                #[tokio::test]
                subject
            );

            #[tokio::test]
            async fn an_error_leaves_the_callers_transactions_as_they_were() {
                transactions::errors_leave_transactions(&subject().await.db).await;
            }

            #[tokio::test]
            async fn entities_are_models_too() {
                let database = servers::$name().await;
                entities::all(&connect(database.url()).await).await;
            }
        }
    };
}

// In MySQL nothing can be asked afterwards: sqlx does not get over a statement that is dropped while it is prepared.
#[tokio::test]
async fn a_call_dropped_on_a_connection_leaves_nothing() {
    super::transactions::dropped_calls_leave_nothing(&postgres::subject().await.db).await;
}

server!(postgres, POSTGRES);
server!(mysql, MYSQL);
