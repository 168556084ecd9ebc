//! Ids of 16 bytes that the application makes, text that compares without case, and times to the microsecond, in MySQL and
//! MariaDB; as in services that moved there.

use super::databases::{mysql, mysql_rows};
use chrono::{DateTime, NaiveDateTime, Utc};
use manufactory::{Factory, Session};
use rust_decimal::Decimal;
use std::time::{Duration, UNIX_EPOCH};
use uuid::Uuid;

#[derive(Debug, Clone, PartialEq, Factory)]
#[factory(table = "wallets", on(sqlx, mysql), get_or_create(owner))]
struct Wallet {
    #[factory(key, lazy(|n| Uuid::from_u128(u128::from(n) + 0xA0)))]
    id: Uuid,
    #[factory(value("Ada"))]
    owner: String,
    #[factory(value(Decimal::new(12_345, 3)))]
    balance: Decimal,
    opened_at: NaiveDateTime,
    #[factory(database)]
    changed_at: DateTime<Utc>,
}

#[derive(Debug, Factory)]
#[factory(table = "transfers", on(sqlx, mysql))]
struct Transfer {
    #[factory(key, lazy(|n| Uuid::from_u128(n.into())))]
    id: Uuid,
    #[factory(sub_factory(WalletFactory))]
    from_id: Uuid,
    #[factory(sub_factory(WalletFactory, with = |to| to.owner("Bob")))]
    to_id: Uuid,
}

#[tokio::test]
async fn ids_of_sixteen_bytes() {
    let (db, _database) = mysql(
        "create table wallets (id binary(16) primary key, owner varchar(50) not null unique, balance decimal(10, 2) not null,
                               opened_at datetime(6) not null, changed_at timestamp not null default '2024-01-02 03:04:05');
         create table transfers (id binary(16) primary key, from_id binary(16) not null, to_id binary(16) not null,
                                 foreign key (from_id) references wallets (id), foreign key (to_id) references wallets (id))",
    )
    .await;
    let _session = Session::seeded(1).at(UNIX_EPOCH + Duration::from_nanos(1_700_000_000_123_456_789)).enter();
    let wallet = Wallet::factory().create(&db).await.unwrap();
    assert_eq!(
        (wallet.balance, wallet.opened_at.and_utc().timestamp_subsec_nanos()),
        (Decimal::new(1235, 2), 123_456_000)
    );
    assert_eq!(Wallet::factory().owner("ADA").create(&db).await.unwrap(), wallet);
    let transfers = Transfer::factory().create_batch(&db, 2).await.unwrap();
    assert!(transfers.iter().all(|transfer| transfer.from_id == wallet.id && transfer.to_id != wallet.id));
    let found = "select concat(hex(w.id), ' ', owner, ' ', balance) from wallets w order by owner";
    let pad = "0".repeat(29);
    let ids = mysql_rows(&db, found).await;
    assert!(ids[0] == format!("{pad}0A0 Ada 12.35") && ids.len() == 2 && ids[1].ends_with("Bob 12.35"), "{ids:?}");
}
