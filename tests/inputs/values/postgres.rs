//! What only Postgres has, through sqlx: arrays, enums, ranges, intervals, addresses, bytes of one, a newtype.

use crate::any::Any;
use crate::limits::Limits;
use crate::rows::rows;
use ipnetwork::{IpNetwork, Ipv4Network, Ipv6Network};
use manufactory::{Auto, Factory};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use sqlx::postgres::types::{PgInterval, PgRange};
use std::ops::Bound;
use uuid::Uuid;

#[derive(Debug, Clone, Copy, PartialEq, Auto, sqlx::Type)]
#[sqlx(type_name = "mood", rename_all = "lowercase")]
pub(crate) enum Mood {
    Calm,
    Wild,
}

#[derive(Debug, Clone, Auto, sqlx::Type)]
#[sqlx(transparent)]
pub(crate) struct Slug(String);

rows! {
    #[derive(Debug, Clone, Factory, sqlx::FromRow)]
    #[factory(table = "things", on(sqlx, postgres))]
    struct Thing by ThingFactory in "things" {
        tiny: i8,
        mood: Mood,
        mood_or: Option<Mood>,
        moods: Vec<Mood>,
        slug: Slug,
        numbers: Vec<i64>,
        numbers_or: Option<Vec<i32>>,
        floats: Vec<f64>,
        flags: Vec<bool>,
        words: Vec<String>,
        holes: Vec<Option<String>>,
        blobs: Vec<Vec<u8>>,
        uuids: Vec<Uuid>,
        #[factory(value("10.1.0.0/16".parse().unwrap()))]
        network: IpNetwork,
        #[factory(value(PgRange { start: Bound::Unbounded, end: Bound::Unbounded }))]
        span: PgRange<i32>,
        #[factory(value(PgInterval { months: 0, days: 0, microseconds: 0 }))]
        interval: PgInterval,
    }
}

impl Any for Mood {
    fn any(_: &'static Limits) -> BoxedStrategy<Self> {
        select(&[Mood::Calm, Mood::Wild][..]).boxed()
    }
}

impl Any for Slug {
    fn any(limits: &'static Limits) -> BoxedStrategy<Self> {
        String::any(limits).prop_map(Slug).boxed()
    }
}

impl Any for Vec<Mood> {
    fn any(limits: &'static Limits) -> BoxedStrategy<Self> {
        vec(Mood::any(limits), 0..6).boxed()
    }
}

impl Any for IpNetwork {
    fn any(_: &'static Limits) -> BoxedStrategy<Self> {
        let short = (any::<u32>(), 0..=32_u8).prop_map(|(ip, prefix)| Ipv4Network::new(ip.into(), prefix).unwrap());
        let long = (any::<u128>(), 0..=128_u8).prop_map(|(ip, prefix)| Ipv6Network::new(ip.into(), prefix).unwrap());
        prop_oneof![short.prop_map(IpNetwork::V4), long.prop_map(IpNetwork::V6)].boxed()
    }
}

impl Any for PgRange<i32> {
    fn any(_: &'static Limits) -> BoxedStrategy<Self> {
        // As Postgres writes them: the start included, the end not.
        let bounded = (-1_000..1_000_i32, 1..1_000_i32);
        let bounded = bounded.prop_map(|(start, len)| (Bound::Included(start), Bound::Excluded(start + len)));
        let open = (any::<bool>(), any::<i32>()).prop_map(|(is_start, at)| {
            if is_start { (Bound::Included(at), Bound::Unbounded) } else { (Bound::Unbounded, Bound::Excluded(at)) }
        });
        prop_oneof![bounded, open, Just((Bound::Unbounded, Bound::Unbounded))]
            .prop_map(|(start, end)| PgRange { start, end })
            .boxed()
    }
}

impl Any for PgInterval {
    fn any(_: &'static Limits) -> BoxedStrategy<Self> {
        // What is beyond these Postgres takes for infinite.
        let parts = (-10_000..10_000_i32, -1_000_000..1_000_000_i32, -1_000_000_000_000_000..1_000_000_000_000_000_i64);
        parts.prop_map(|(months, days, microseconds)| PgInterval { months, days, microseconds }).boxed()
    }
}

pub(super) fn table() -> String {
    let columns = "tiny \"char\" not null, mood mood not null, mood_or mood, moods mood[] not null, slug text not null, \
                   numbers bigint[] not null, numbers_or integer[], floats double precision[] not null, \
                   flags boolean[] not null, words text[] not null, holes text[] not null, blobs bytea[] not null, \
                   uuids uuid[] not null, network inet not null, span int4range not null, interval interval not null";
    format!("create type mood as enum ('calm', 'wild'); create table things (id bigserial primary key, {columns})")
}

mod in_postgres {
    crate::values::through! { Thing, table in postgres: sqlx }
}
