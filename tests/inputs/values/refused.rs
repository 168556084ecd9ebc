//! What a database cannot hold: the error says so, and names the attribute and the row. Nothing remains.

use super::plain::{Plain, PlainFactory};
use crate::cases::runtime;
use crate::places::{self, Place, Reads};
use manufactory::persist::{Create, Outcome};
use manufactory::{Error, Factory, Stage, create_all};
use std::error::Error as _;

/// Fails unless this row is refused, alone and as the last of several, for this attribute and in these words.
async fn refused<P: Reads<Plain>>(place: &mut P, row: impl Fn() -> PlainFactory, attribute: &str, words: &str)
where
    PlainFactory: Create<P::Backend>,
{
    for rows in [1, 3, 40] {
        let all = (0..rows).map(|i| if i + 1 == rows { row() } else { Plain::factory() });
        let error: Error = create_all(place.handle(), all).settle().await.unwrap_err();
        assert_eq!((error.stage(), error.row()), (Stage::Insert, Some((rows - 1, rows))), "{error:?}");
        let start = format!("cannot insert Plain.{attribute}, row {} of {rows} with ", rows - 1);
        assert!(error.to_string().starts_with(&start), "{error}");
        assert_eq!(error.source().unwrap().to_string(), words);
        assert!(error.source().unwrap().source().is_some(), "what the database says is there, too: {error:?}");
        assert_eq!(place.read("select * from plains").await.len(), 0);
    }
}

const NUL: &str = "Postgres stores no text with NUL (`\\0`); store bytes, or take it out of";

#[cfg(feature = "_servers")]
async fn nul<P: Reads<Plain>>(mut place: P)
where
    PlainFactory: Create<P::Backend>,
{
    // Where an error does not show it any more.
    let late = format!("{}\0", "long".repeat(50));
    refused(&mut place, || Plain::factory().words("a\0b"), "words", &format!("{NUL} `words`")).await;
    refused(&mut place, || Plain::factory().words_or(&*late), "words_or", &format!("{NUL} `words_or`")).await;
}

async fn nan<P: Reads<Plain>>(mut place: P)
where
    PlainFactory: Create<P::Backend>,
{
    let words = "SQLite stores NaN as NULL, which the column does not take; give a number to `wide`";
    refused(&mut place, || Plain::factory().wide(f64::NAN), "wide", words).await;
    let made = Plain::factory().wide_or(f64::NAN).narrow_or(f32::NAN).create(place.handle()).settle().await.unwrap();
    assert_eq!((made.wide_or, made.narrow_or), (None, None), "the model holds what the database holds");
    // Another mistake of a row with such a value is told as it is.
    let error = Plain::factory().id(made.id).wide_or(f64::NAN).create(place.handle()).settle().await.unwrap_err();
    assert!(error.to_string().starts_with("cannot insert Plain, row 0 of 1 with id = "), "{error}");
}

#[cfg(feature = "_servers")]
async fn no_number<P: Reads<Plain>>(mut place: P)
where
    PlainFactory: Create<P::Backend>,
{
    let nan = |attribute| format!("MySQL and MariaDB store no NaN; give a number to `{attribute}`");
    let infinity = |attribute| format!("MySQL and MariaDB store no infinity; give a number to `{attribute}`");
    refused(&mut place, || Plain::factory().wide(f64::NAN), "wide", &nan("wide")).await;
    refused(&mut place, || Plain::factory().narrow_or(f32::NAN), "narrow_or", &nan("narrow_or")).await;
    refused(&mut place, || Plain::factory().wide_or(f64::INFINITY), "wide_or", &infinity("wide_or")).await;
    refused(&mut place, || Plain::factory().narrow(f32::NEG_INFINITY), "narrow", &infinity("narrow")).await;
}

/// What is stored with another sign, or not quite as it was.
async fn zero<P: Place>(mut place: P)
where
    PlainFactory: Create<P::Backend>,
{
    for rows in [1, 3] {
        let made = Plain::factory().wide(-0.0).narrow(-0.0).create_batch(place.handle(), rows).settle().await.unwrap();
        assert!(made.iter().all(|plain| plain.wide.is_sign_positive() && plain.narrow.is_sign_positive()), "{made:?}");
    }
}

#[test]
fn nan_in_sqlite() {
    runtime().block_on(async {
        nan(places::sqlx::sqlite(&super::plain::sqlite()).await).await;
        nan(places::diesel::sqlite(&super::plain::sqlite()).await).await;
        nan(places::diesel_async::sqlite(&super::plain::sqlite()).await).await;
        nan(places::sea_orm::sqlite(&super::plain::sqlite()).await).await;
        zero(places::sqlx::sqlite(&super::plain::sqlite()).await).await;
    });
}

#[cfg(feature = "_servers")]
#[test]
fn nul_in_postgres() {
    runtime().block_on(async {
        nul(places::sqlx::postgres(&super::plain::postgres()).await).await;
        #[cfg(feature = "diesel-postgres")]
        nul(places::diesel::postgres(&super::plain::postgres()).await).await;
        nul(places::diesel_async::postgres(&super::plain::postgres()).await).await;
        nul(places::sea_orm::postgres(&super::plain::postgres()).await).await;
    });
}

#[cfg(feature = "_servers")]
#[test]
fn what_is_no_number_in_mariadb() {
    runtime().block_on(async {
        no_number(places::sqlx::mysql(&super::plain::mariadb()).await).await;
        #[cfg(feature = "diesel-mysql")]
        no_number(places::diesel::mysql(&super::plain::mariadb()).await).await;
        no_number(places::diesel_async::mysql(&super::plain::mariadb()).await).await;
        no_number(places::sea_orm::mysql(&super::plain::mariadb()).await).await;
        zero(places::sqlx::mysql(&super::plain::mariadb()).await).await;
    });
}
