//! Values of every column type go into every backend, and come back as they were.

mod clocked;
mod converted;
mod dated;
#[cfg(feature = "_servers")]
mod dates;
mod diesel_own;
mod large;
mod numbers;
mod plain;
#[cfg(feature = "_servers")]
mod postgres;
mod refused;
mod seeded;

use crate::cases::{Tally, hold_in};
use crate::places::{Place, Reads};
use crate::rows::{Arbitrary, assert_same};
use manufactory::persist::{Create, Outcome};
use manufactory::{Factory, create_all};
use proptest::collection::vec;
use proptest::strategy::Strategy;
use std::any::type_name;
use std::cell::RefCell;

/// Any rows of a model, so many that a batch has several statements of them.
fn any_rows<P: Place, M: Arbitrary>() -> impl Strategy<Value = Vec<M>> {
    vec(M::any(P::LIMITS), 1..40)
}

/// What is written comes back: by a call for each row, by one call for all, and by what the library itself reads.
pub(crate) fn come_back<P: Reads<M>, M: Arbitrary>(place: impl AsyncFnOnce() -> P)
where
    M::Factory: Create<P::Backend>,
{
    let tally = RefCell::new(Tally::of(format!("{} through {}", type_name::<M>(), type_name::<P>())));
    hold_in(place, &any_rows::<P, M>(), async |place, rows| {
        place.say(&format!("delete from {}", M::TABLE)).await;
        let mut all = made(place, &rows).await;
        all.sort_by_key(M::id);
        let stored: Vec<M> = place.read(&format!("select * from {} order by id", M::TABLE)).await;
        assert_eq!(stored.len(), all.len());
        for (stored, made) in stored.iter().zip(&all) {
            assert_same(stored, made);
        }
        tally.borrow_mut().add(all.len() * M::VALUES);
    });
}

/// The same in a place whose library reads nothing by itself.
pub(crate) fn are_given_back<P: Place, M: Arbitrary>(place: impl AsyncFnOnce() -> P)
where
    M::Factory: Create<P::Backend>,
{
    let tally = RefCell::new(Tally::of(format!("{} through {}", type_name::<M>(), type_name::<P>())));
    hold_in(place, &any_rows::<P, M>(), async |place, rows| {
        place.say(&format!("delete from {}", M::TABLE)).await;
        let all = made(place, &rows).await;
        tally.borrow_mut().add(all.len() * M::VALUES);
    });
}

/// Some rows one by one, and all of them at once.
async fn made<P: Place, M: Arbitrary>(place: &mut P, rows: &[M]) -> Vec<M>
where
    M::Factory: Create<P::Backend>,
{
    let mut all = Vec::new();
    for row in rows.iter().take(3) {
        let made = row.factory_of().create(place.handle()).settle().await.unwrap();
        assert_same(&made, &row.clone().with_id(made.id()));
        all.push(made);
    }
    let batch = create_all(place.handle(), rows.iter().map(M::factory_of)).settle().await.unwrap();
    assert_eq!(batch.len(), rows.len());
    for (made, row) in batch.into_iter().zip(rows) {
        assert_same(&made, &row.clone().with_id(made.id()));
        all.push(made);
    }
    all
}

/// A test of each library in one database: a model, the function that gives its table, and where that is opened.
macro_rules! through {
    ($model:ident, $table:ident in $open:ident: $($library:ident),*) => {$(
        #[test]
        fn $library() {
            let open = async || crate::places::$library::$open(&super::$table()).await;
            crate::values::come_back::<_, super::$model>(open);
        }
    )*};
}

/// The same in every database, and in memory; what needs a library of C is left out where there is none.
macro_rules! every {
    ($model:ident: sqlx, diesel, diesel_async, sea_orm) => {
        crate::values::every! { $model: sqlx, diesel_async, sea_orm }

        mod diesel_in_sqlite {
            crate::values::through! { $model, sqlite in sqlite: diesel }
        }

        #[cfg(all(feature = "_servers", feature = "diesel-postgres"))]
        mod diesel_in_postgres {
            crate::values::through! { $model, postgres in postgres: diesel }
        }

        #[cfg(all(feature = "_servers", feature = "diesel-mysql"))]
        mod diesel_in_mariadb {
            crate::values::through! { $model, mariadb in mysql: diesel }
        }
    };
    ($model:ident: $($library:ident),*) => {
        #[test]
        fn in_memory() {
            crate::values::are_given_back::<_, $model>(async || crate::places::InMemory::default());
        }

        mod in_sqlite {
            crate::values::through! { $model, sqlite in sqlite: $($library),* }
        }

        #[cfg(feature = "_servers")]
        mod in_postgres {
            crate::values::through! { $model, postgres in postgres: $($library),* }
        }

        #[cfg(feature = "_servers")]
        mod in_mariadb {
            crate::values::through! { $model, mariadb in mysql: $($library),* }
        }
    };
}

use {every, through};
