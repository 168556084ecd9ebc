//! Bytes: digests of a length that the table checks, keys and ciphertexts, as they are and behind a type; as in Atuin,
//! Penumbra, cargo's registry and holochain.

use super::databases::{rows, sqlite};
use manufactory::Factory;
use rand::RngExt;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Digest([u8; 32]);

impl From<Digest> for Vec<u8> {
    fn from(digest: Digest) -> Self {
        digest.0.to_vec()
    }
}

impl TryFrom<Vec<u8>> for Digest {
    type Error = String;

    fn try_from(bytes: Vec<u8>) -> Result<Self, String> {
        bytes.try_into().map(Self).map_err(|bytes| format!("{} bytes", bytes.len()))
    }
}

#[derive(Debug, Clone, Factory)]
#[factory(table = "chunks", on(sqlx, sqlite))]
struct Chunk {
    #[factory(key, as(Vec<u8>), lazy(|rng| Digest(rng.random())))]
    hash: Digest,
    #[factory(sub_factory(ChunkFactory, optional), as(Vec<u8>), column = "previous")]
    previous_id: Option<Digest>,
    #[factory(lazy(|n| vec![0xab; usize::try_from(n % 3).unwrap() + 1]))]
    data: Vec<u8>,
    thumbnail: Option<Vec<u8>>,
}

#[tokio::test]
async fn bytes_come_back_as_they_were() {
    let db = sqlite(
        "create table chunks (hash blob primary key check (length(hash) = 32), previous blob references chunks,
                              data blob not null, thumbnail blob)",
    )
    .await;
    let _session = manufactory::Session::seeded(1).enter();
    let first = Chunk::factory().create(&db).await.unwrap();
    let chunks = Chunk::factory().previous(&first).thumbnail(vec![0, 255]).create_batch(&db, 2).await.unwrap();
    assert!(chunks.iter().all(|chunk| chunk.previous_id == Some(first.hash)));
    assert_eq!((&*chunks[1].data, chunks[1].thumbnail.as_deref()), (&[0xab; 3][..], Some(&[0, 255][..])));
    assert_eq!(rows(&db, "select hex(data) from chunks order by length(data)").await, ["AB", "ABAB", "ABABAB"]);
    sqlx::raw_sql("update chunks set hash = randomblob(32) where thumbnail is not null").execute(&db).await.unwrap();
}
