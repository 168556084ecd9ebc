//! The same values on the way that `seed` takes: COPY in Postgres, large INSERTs elsewhere.

use super::{any_rows, dated, plain};
use crate::cases::{Tally, hold_in};
use crate::places;
use crate::places::Reads;
use crate::rows::{Arbitrary, assert_same};
use manufactory::seed::{Options, Plan, Seeds};
use std::cell::RefCell;

/// One step that makes these rows.
fn plan<M: Arbitrary>(rows: Vec<M>) -> Plan
where
    M::Factory: Seeds,
{
    let mut plan = Plan::new();
    let count = u32::try_from(rows.len()).unwrap();
    plan.step("rows", count, move |row| rows[usize::try_from(row.index()).unwrap()].factory_of());
    plan
}

/// What is in the table is what the rows say, in their order.
async fn assert_stored<P: Reads<M>, M: Arbitrary>(place: &mut P, rows: &[M]) {
    let stored: Vec<M> = place.read(&format!("select * from {} order by id", M::TABLE)).await;
    assert_eq!(stored.len(), rows.len());
    for (stored, row) in stored.iter().zip(rows) {
        assert_same(stored, &row.clone().with_id(stored.id()));
    }
    place.say(&format!("delete from {}; drop table manufactory_seed;", M::TABLE)).await;
}

/// Each carries out a plan, and says by which way.
macro_rules! seeded {
    ($($name:ident: $model:ty, $place:ty, $open:expr, $way:literal;)*) => {$(
        #[test]
        fn $name() {
            let tally = RefCell::new(Tally::of(stringify!($name)));
            hold_in(async || $open.await, &any_rows::<$place, $model>(), async |place, rows| {
                tally.borrow_mut().add(rows.len() * <$model>::VALUES);
                let options = Options::new().chunk(7);
                let summary = plan(rows.clone()).run(&mut place.db, &options, &mut ()).await.unwrap();
                assert_eq!(summary.steps[0].way, $way);
                assert_stored(place, &rows).await;
            });
        }
    )*};
}

seeded! {
    plain_in_sqlite: plain::Plain, places::sqlx::Sqlite, places::sqlx::sqlite(&plain::sqlite()), "insert";
    dated_in_sqlite: dated::Dated, places::sqlx::Sqlite, places::sqlx::sqlite(&dated::sqlite()), "insert";
}

#[cfg(feature = "_servers")]
seeded! {
    plain_in_postgres: plain::Plain, places::sqlx::Postgres, places::sqlx::postgres(&plain::postgres()), "copy";
    dated_in_postgres: dated::Dated, places::sqlx::Postgres, places::sqlx::postgres(&dated::postgres()), "copy";
    things_in_postgres:
        super::postgres::Thing, places::sqlx::Postgres, places::sqlx::postgres(&super::postgres::table()), "copy";
    plain_in_mariadb: plain::Plain, places::sqlx::Mysql, places::sqlx::mysql(&plain::mariadb()), "insert";
    dated_in_mariadb: dated::Dated, places::sqlx::Mysql, places::sqlx::mysql(&dated::mariadb()), "insert";
}

#[cfg(feature = "_servers")]
#[test]
fn a_copy_of_text_with_nul_says_so() {
    crate::cases::runtime().block_on(async {
        let mut place = places::sqlx::postgres(&plain::postgres()).await;
        let mut plan = Plan::new();
        plan.step("rows", 20, |row| plain::Plain::factory().words(if row.index() == 9 { "a\0b" } else { "a" }));
        let failure = plan.run(&mut place.db, &Options::new(), &mut ()).await.unwrap_err().to_string();
        let start = "step `rows`: cannot encode Plain.words, row 9 of 20 with ";
        assert!(failure.starts_with(start), "{failure}");
        assert!(failure.ends_with("\n  because: a text cannot hold the character NUL"), "{failure}");
    });
}
