//! Amounts: decimals of two digits, with a currency and a total that the database works out; and the smallest unit as a
//! number behind a type; as in hyperswitch, Lago and shops.

use super::databases::{pg_rows, postgres};
use manufactory::{Auto, Factory};
use rust_decimal::Decimal;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Auto, sqlx::Type)]
#[sqlx(transparent)]
struct MinorUnit(i64);

#[derive(Debug, Clone, Copy, PartialEq, Eq, Auto, sqlx::Type)]
#[sqlx(type_name = "text", rename_all = "UPPERCASE")]
enum Currency {
    Eur,
    Jpy,
}

#[derive(Debug, Clone, Factory)]
#[factory(table = "invoices", on(sqlx, postgres))]
#[factory(preset(yen: currency = value(Currency::Jpy), minor = lazy(|net| MinorUnit(net.trunc().try_into().unwrap()))))]
struct Invoice {
    #[factory(key)]
    id: i64,
    currency: Currency,
    #[factory(value(Decimal::new(19_990, 3)))]
    net: Decimal,
    #[factory(cycle([Decimal::new(20, 2), Decimal::new(55, 3)]))]
    vat: Decimal,
    #[factory(database)]
    gross: Decimal,
    #[factory(lazy(|net| MinorUnit((net * Decimal::ONE_HUNDRED).try_into().unwrap())))]
    minor: MinorUnit,
    paid: Option<MinorUnit>,
}

#[tokio::test]
async fn amounts_come_back_as_they_were_rounded() {
    let (db, _database) = postgres(
        "create table invoices (id bigserial primary key, currency text not null check (currency in ('EUR', 'JPY')),
                                net numeric(12, 2) not null, vat numeric(4, 3) not null,
                                gross numeric(12, 2) generated always as (net * (1 + vat)) stored, minor bigint not null, paid bigint)",
    )
    .await;
    let _session = manufactory::Session::seeded(1).enter();
    let invoice = Invoice::factory().create(&db).await.unwrap();
    assert_eq!(
        (invoice.net, invoice.gross, invoice.minor),
        (Decimal::new(1999, 2), Decimal::new(2399, 2), MinorUnit(1999))
    );
    Invoice::factory().yen().net(Decimal::from(500)).paid(MinorUnit(500)).create_batch(&db, 2).await.unwrap();
    let found = "select concat_ws(' ', currency, gross, minor, paid) from invoices order by id";
    assert_eq!(pg_rows(&db, found).await, ["EUR 23.99 1999", "JPY 527.50 500 500", "JPY 600.00 500 500"]);
    let error = Invoice::factory().net(Decimal::from(10_000_000_000_i64)).create(&db).await.unwrap_err();
    assert!(error.to_string().contains("net = \"10000000000\""), "{error}");
}
