//! An enum with data in the columns of one table, a kind and those of each variant: single-table inheritance, as in
//! clients of banks, vaults and job queues. The struct to insert is flat, and the model is read from it by hand.

use super::databases::{rows, sqlite};
use manufactory::Factory;
use sqlx::sqlite::SqliteRow;
use sqlx::{FromRow, Row};

#[derive(Debug, PartialEq)]
struct Payment {
    id: i64,
    method: Method,
}

#[derive(Debug, PartialEq)]
enum Method {
    Card { last4: String },
    Transfer { iban: String, bank: Option<String> },
}

impl FromRow<'_, SqliteRow> for Payment {
    fn from_row(row: &SqliteRow) -> sqlx::Result<Self> {
        let method = match row.try_get("method")? {
            "card" => Method::Card { last4: row.try_get("card_last4")? },
            "transfer" => Method::Transfer { iban: row.try_get("iban")?, bank: row.try_get("bank")? },
            other => return Err(sqlx::Error::Decode(format!("no method `{other}`").into())),
        };
        Ok(Self { id: row.try_get("id")?, method })
    }
}

#[derive(Factory)]
#[factory(table = "payments", on(sqlx, sqlite), returns = Payment)]
#[factory(preset(card: method = value("card"), card_last4 = value(Some("4242".to_owned()))))]
#[factory(preset(transfer: method = value("transfer"), iban = format("DE{n:020}")))]
struct NewPayment {
    #[factory(value("card"))]
    method: String,
    #[factory(lazy(|method| (method == "card").then(|| "1111".to_owned())))]
    card_last4: Option<String>,
    iban: Option<String>,
    bank: Option<String>,
}

#[tokio::test]
async fn each_variant_has_its_columns() {
    let db = sqlite(
        "create table payments (id integer primary key, method text not null, card_last4 text, iban text, bank text,
                                check ((method = 'card') = (card_last4 is not null)),
                                check ((method = 'transfer') = (iban is not null)))",
    )
    .await;
    let payment = NewPayment::factory().create(&db).await.unwrap();
    assert_eq!(payment, Payment { id: 1, method: Method::Card { last4: "1111".into() } });
    let payments = NewPayment::factory().transfer().bank("Bank").create_batch(&db, 2).await.unwrap();
    assert!(matches!(&payments[1].method, Method::Transfer { bank: Some(bank), .. } if bank == "Bank"));
    NewPayment::factory().card().create(&db).await.unwrap();
    let found = rows(&db, "select method || ifnull(card_last4, '') || ifnull(bank, '') from payments").await;
    assert_eq!(found, ["card1111", "transferBank", "transferBank", "card4242"]);
}
