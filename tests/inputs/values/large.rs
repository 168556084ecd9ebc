//! Texts and bytes of 1 MiB, some of them in one batch.

use super::plain::{Plain, PlainFactory, sqlite};
use crate::cases::runtime;
use crate::places::{self, InMemory, Place};
use manufactory::Factory;
use manufactory::persist::{Create, Outcome};

const SIZE: usize = 1 << 20;

/// Of all lengths of characters, and of what is special to somebody.
fn text(seed: usize) -> String {
    let pattern = ["a", "é", "한", "🦀", "'", "\\", "\"", "?", "$1", "\n", "e\u{301}"];
    let mut text: String = (seed..).map(|i| pattern[i * i % pattern.len()]).take(SIZE / 2).collect();
    while text.len() < SIZE {
        text.push('x');
    }
    text
}

fn bytes(seed: usize) -> Vec<u8> {
    (seed..seed + SIZE).map(|i| u8::try_from(i * 31 % 256).unwrap()).collect()
}

async fn come_back<P: Place>(mut place: P)
where
    PlainFactory: Create<P::Backend>,
{
    let row = |i| Plain::factory().words(text(i)).words_or(text(i + 1)).bytes(bytes(i)).bytes_or(bytes(i + 2));
    for rows in [1, 3] {
        let made = Plain::factory().times(rows).each(|i, _| row(i)).create(place.handle()).settle().await.unwrap();
        for (i, made) in made.iter().enumerate() {
            let is_same = made.words == text(i) && made.words_or.as_deref() == Some(&*text(i + 1));
            assert!(is_same && made.bytes == bytes(i) && made.bytes_or == Some(bytes(i + 2)));
        }
    }
}

#[test]
fn in_memory_and_sqlite() {
    runtime().block_on(async {
        come_back(InMemory::default()).await;
        come_back(places::sqlx::sqlite(&sqlite()).await).await;
        come_back(places::diesel::sqlite(&sqlite()).await).await;
        come_back(places::diesel_async::sqlite(&sqlite()).await).await;
        come_back(places::sea_orm::sqlite(&sqlite()).await).await;
    });
}

#[cfg(feature = "_servers")]
#[test]
fn in_postgres() {
    use super::plain::postgres;
    runtime().block_on(async {
        come_back(places::sqlx::postgres(&postgres()).await).await;
        #[cfg(feature = "diesel-postgres")]
        come_back(places::diesel::postgres(&postgres()).await).await;
        come_back(places::diesel_async::postgres(&postgres()).await).await;
        come_back(places::sea_orm::postgres(&postgres()).await).await;
    });
}

#[cfg(feature = "_servers")]
#[test]
fn in_mariadb() {
    use super::plain::mariadb;
    runtime().block_on(async {
        come_back(places::sqlx::mysql(&mariadb()).await).await;
        #[cfg(feature = "diesel-mysql")]
        come_back(places::diesel::mysql(&mariadb()).await).await;
        come_back(places::diesel_async::mysql(&mariadb()).await).await;
        come_back(places::sea_orm::mysql(&mariadb()).await).await;
    });
}
