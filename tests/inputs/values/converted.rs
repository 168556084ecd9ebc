//! Columns of another type than their field, `as` and `json`, through every library.

use crate::any::Any;
use crate::limits::Limits;
use crate::places;
use crate::rows::rows;
use manufactory::{Attribute, Auto, Factory};
use proptest::prelude::*;

mod schema {
    diesel::table! {
        converted (id) {
            id -> BigInt,
            letter -> Text,
            letter_or -> Nullable<Text>,
            size -> BigInt,
            level -> SmallInt,
            pairs -> Json,
            pairs_or -> Nullable<Json>,
        }
    }
}

#[derive(Debug, Clone, Copy)]
pub(crate) struct Letter(char);

impl From<Letter> for String {
    fn from(letter: Letter) -> Self {
        letter.0.into()
    }
}

impl TryFrom<String> for Letter {
    type Error = std::char::ParseCharError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse().map(Self)
    }
}

impl Auto for Letter {
    fn auto(_: &Attribute<'_>) -> Self {
        Self('a')
    }
}

impl Any for Letter {
    fn any(limits: &'static Limits) -> BoxedStrategy<Self> {
        let letters = prop_oneof![3 => any::<char>(), 1 => proptest::sample::select(&['\0', '\'', '\\', '🦀'][..])];
        letters.prop_map(|letter| Self(if letter == '\0' && !limits.nul { '0' } else { letter })).boxed()
    }
}

#[derive(Debug, Clone, Copy, Auto)]
pub(crate) enum Level {
    Low,
    High,
}

impl From<Level> for i16 {
    fn from(level: Level) -> Self {
        if matches!(level, Level::Low) { i16::MIN } else { i16::MAX }
    }
}

impl From<i16> for Level {
    fn from(level: i16) -> Self {
        if level < 0 { Self::Low } else { Self::High }
    }
}

impl Any for Level {
    fn any(_: &'static Limits) -> BoxedStrategy<Self> {
        proptest::sample::select(&[Self::Low, Self::High][..]).boxed()
    }
}

/// Known to no database.
type Pairs = Vec<(String, Option<bool>)>;

impl Any for Pairs {
    fn any(limits: &'static Limits) -> BoxedStrategy<Self> {
        let text = String::any(limits).prop_map(|text| text.replace('\0', "0"));
        proptest::collection::vec((text, any::<Option<bool>>()), 0..4).boxed()
    }
}

rows! {
    #[derive(Debug, Clone, Factory)]
    #[factory(table = "converted", table = schema::converted)]
    struct Converted by ConvertedFactory in "converted" {
        #[factory(as(String))]
        letter: Letter,
        #[factory(as(String))]
        letter_or: Option<Letter>,
        #[factory(as(i64))]
        size: Half,
        #[factory(as(i16))]
        level: Level,
        #[factory(json)]
        pairs: Pairs,
        #[factory(json)]
        pairs_or: Option<Pairs>,
    }
}

/// An unsigned number that a signed column holds.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Half(u64);

impl TryFrom<Half> for i64 {
    type Error = std::num::TryFromIntError;

    fn try_from(half: Half) -> Result<Self, Self::Error> {
        half.0.try_into()
    }
}

impl TryFrom<i64> for Half {
    type Error = std::num::TryFromIntError;

    fn try_from(number: i64) -> Result<Self, Self::Error> {
        number.try_into().map(Self)
    }
}

impl Auto for Half {
    fn auto(attribute: &Attribute<'_>) -> Self {
        Self(u64::auto(attribute))
    }
}

impl Any for Half {
    fn any(limits: &'static Limits) -> BoxedStrategy<Self> {
        u64::any(limits).prop_map(|number| Self(number / 2)).boxed()
    }
}

fn table(key: &str, text: &str, json: &str) -> String {
    let columns = format!(
        "letter {text} not null, letter_or {text}, size bigint not null, level smallint not null, pairs {json} not null, \
         pairs_or {json}"
    );
    format!("create table converted (id {key} primary key, {columns})")
}

fn sqlite() -> String {
    table("integer", "text", "text")
}

#[cfg(feature = "_servers")]
fn postgres() -> String {
    table("bigserial", "text", "json")
}

#[cfg(feature = "_servers")]
fn mariadb() -> String {
    table("bigint auto_increment", "text", "json")
}

/// No library reads such columns by itself: they are read as they were written.
macro_rules! given_back {
    ($($(#[$cfg:meta])? $name:ident: $open:expr,)*) => {$(
        $(#[$cfg])?
        #[test]
        fn $name() {
            super::are_given_back::<_, Converted>(async || $open.await);
        }
    )*};
}

given_back! {
    in_memory: async { places::InMemory::default() },
    sqlx_in_sqlite: places::sqlx::sqlite(&sqlite()),
    diesel_in_sqlite: places::diesel::sqlite(&sqlite()),
    diesel_async_in_sqlite: places::diesel_async::sqlite(&sqlite()),
    sea_orm_in_sqlite: places::sea_orm::sqlite(&sqlite()),
}

#[cfg(feature = "_servers")]
given_back! {
    sqlx_in_postgres: places::sqlx::postgres(&postgres()),
    #[cfg(feature = "diesel-postgres")] diesel_in_postgres: places::diesel::postgres(&postgres()),
    diesel_async_in_postgres: places::diesel_async::postgres(&postgres()),
    sea_orm_in_postgres: places::sea_orm::postgres(&postgres()),
    sqlx_in_mariadb: places::sqlx::mysql(&mariadb()),
    #[cfg(feature = "diesel-mysql")] diesel_in_mariadb: places::diesel::mysql(&mariadb()),
    diesel_async_in_mariadb: places::diesel_async::mysql(&mariadb()),
    sea_orm_in_mariadb: places::sea_orm::mysql(&mariadb()),
}
