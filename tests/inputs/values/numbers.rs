//! Numbers that not every database has: unsigned ones, bytes, decimals.

use crate::any::Any;
use crate::limits::Limits;
use crate::rows::rows;
use bigdecimal::BigDecimal;
use manufactory::Factory;
use proptest::prelude::*;
use rust_decimal::Decimal;

rows! {
    /// In SQLite all integers are one type.
    #[derive(Debug, Clone, Factory, sqlx::FromRow, sea_orm::FromQueryResult)]
    #[factory(table = "counts", on(sqlx, sea_orm, sqlite, mysql))]
    struct Count by CountFactory in "counts" {
        tiny: i8,
        byte: u8,
        short: u16,
        middle: u32,
        tiny_or: Option<i8>,
        byte_or: Option<u8>,
        short_or: Option<u16>,
        middle_or: Option<u32>,
    }
}

rows! {
    #[derive(Debug, Clone, Factory, sqlx::FromRow, sea_orm::FromQueryResult)]
    #[factory(table = "huge", on(sqlx, sea_orm, mysql))]
    struct Huge by HugeFactory in "huge" {
        large: u64,
        large_or: Option<u64>,
    }
}

rows! {
    #[derive(Debug, Clone, Factory, sqlx::FromRow)]
    #[factory(table = "prices", on(sqlx, postgres, mysql))]
    struct Price by PriceFactory in "prices" {
        cost: Decimal,
        amount: BigDecimal,
        cost_or: Option<Decimal>,
        amount_or: Option<BigDecimal>,
    }
}

impl Any for Decimal {
    fn any(limits: &'static Limits) -> BoxedStrategy<Self> {
        let digits = prop_oneof![3 => any::<i64>(), 1 => proptest::sample::select(&[0, 1, -1, i64::MAX, i64::MIN][..])];
        (digits, 0..=18_u32).prop_map(|(digits, scale)| Decimal::new(digits, limits.scale.unwrap_or(scale))).boxed()
    }

    fn shown(&self) -> String {
        self.normalize().to_string()
    }
}

impl Any for BigDecimal {
    fn any(limits: &'static Limits) -> BoxedStrategy<Self> {
        let most = if limits.scale.is_some() { 55 } else { 200 };
        (proptest::collection::vec(0..10_u8, 1..most), any::<bool>(), 0..40_i64)
            .prop_map(move |(digits, negative, scale)| {
                let digits: String = digits.iter().map(|digit| char::from(b'0' + digit)).collect();
                let digits = if negative { format!("-{digits}") } else { digits };
                BigDecimal::new(digits.parse().unwrap(), limits.scale.map_or(scale, i64::from))
            })
            .boxed()
    }

    fn shown(&self) -> String {
        self.normalized().to_string()
    }
}

fn sqlite() -> String {
    let columns =
        ["tiny", "byte", "short", "middle"].map(|name| format!(", {name} integer not null, {name}_or integer"));
    format!("create table counts (id integer primary key{})", columns.concat())
}

#[cfg(feature = "_servers")]
fn mariadb() -> String {
    let columns =
        [("tiny", "tinyint"), ("byte", "tinyint unsigned"), ("short", "smallint unsigned"), ("middle", "int unsigned")];
    let columns = columns.map(|(name, ty)| format!(", {name} {ty} not null, {name}_or {ty}"));
    format!("create table counts (id bigint auto_increment primary key{})", columns.concat())
}

mod in_sqlite {
    crate::values::through! { Count, sqlite in sqlite: sqlx, sea_orm }
}

#[cfg(feature = "_servers")]
mod in_mariadb {
    crate::values::through! { Count, mariadb in mysql: sqlx, sea_orm }
}

#[cfg(feature = "_servers")]
mod huge {
    use super::Huge;

    fn table() -> String {
        let columns = "large bigint unsigned not null, large_or bigint unsigned";
        format!("create table huge (id bigint auto_increment primary key, {columns})")
    }

    mod in_mariadb {
        crate::values::through! { Huge, table in mysql: sqlx, sea_orm }
    }
}

#[cfg(feature = "_servers")]
mod decimals {
    use super::Price;

    fn numeric() -> String {
        let columns = "cost numeric not null, cost_or numeric, amount numeric not null, amount_or numeric";
        format!("create table prices (id bigserial primary key, {columns})")
    }

    fn decimal() -> String {
        let columns = "cost decimal(30, 4) not null, cost_or decimal(30, 4), amount decimal(65, 4) not null, \
                       amount_or decimal(65, 4)";
        format!("create table prices (id bigint auto_increment primary key, {columns})")
    }

    mod in_postgres {
        crate::values::through! { Price, numeric in postgres: sqlx }
    }

    mod in_mariadb {
        crate::values::through! { Price, decimal in mysql: sqlx }
    }
}
