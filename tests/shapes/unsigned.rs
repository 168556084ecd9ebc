//! Numbers without a sign in columns that have one: sizes, nonces and revisions, as in Atuin, Rauthy and wallets; checked
//! where they go in and where they come out.

use super::databases::{rows, sqlite};
use manufactory::{Factory, Stage};

#[derive(Debug, PartialEq, Factory)]
#[factory(table = "blocks", on(sqlx, sqlite))]
struct Block {
    #[factory(key, as(i64), sequence(|n| n + 100))]
    height: u64,
    #[factory(as(i64), value(4_294_967_296))]
    bytes: u64,
    #[factory(as(i64))]
    spent: Option<u64>,
    confirmations: u32,
    depth: u8,
}

#[tokio::test]
async fn what_does_not_fit_is_an_error_of_its_row() {
    let db = sqlite("create table blocks (height integer primary key, bytes integer, spent integer, confirmations integer, depth integer)").await;
    let blocks = Block::factory().spent(5).create_batch(&db, 2).await.unwrap();
    assert_eq!((blocks[0].bytes, blocks[1].spent), (4_294_967_296, Some(5)));
    let error = Block::factory().times(3).each(|i, block| if i == 1 { block.bytes(u64::MAX) } else { block });
    let error = error.create(&db).await.unwrap_err();
    assert_eq!((error.stage(), error.row()), (Stage::Encode, Some((1, 3))), "{error}");
    let block = Block::factory().height(i64::MAX as u64).spent(None).create(&db).await.unwrap();
    assert_eq!(rows(&db, "select height || '' from blocks where spent is null").await, [block.height.to_string()]);
}
