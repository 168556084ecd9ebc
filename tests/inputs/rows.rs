//! Models of which there are arbitrary rows, and what has to come back of them. Knows no database.

use crate::limits::Limits;
use manufactory::Factory;
use proptest::prelude::*;
use std::fmt::Debug;

/// A model of which there are arbitrary rows.
pub(crate) trait Arbitrary: Debug + Clone + Send + Sync + 'static {
    /// What makes it.
    type Factory: Factory<Model = Self> + Send + 'static;

    /// Its table.
    const TABLE: &'static str;

    /// How many values a row has.
    const VALUES: usize;

    /// Any row that a database with these limits can hold.
    fn any(limits: &'static Limits) -> BoxedStrategy<Self>;

    /// The factory that makes this very row, but for its key.
    fn factory_of(&self) -> Self::Factory;

    /// As a text that no other row has: `NaN` and the sign of zero show.
    fn shown(&self) -> String;

    /// The same row with another key.
    fn with_id(self, id: i64) -> Self;

    /// Its key.
    fn id(&self) -> i64;
}

/// Fails unless both are the same.
pub(crate) fn assert_same<M: Arbitrary>(found: &M, expected: &M) {
    let (found, expected) = (found.shown(), expected.shown());
    if found == expected {
        return;
    }
    let differs = found.bytes().zip(expected.bytes()).position(|(a, b)| a != b).unwrap_or(0);
    let start = (0..=differs.saturating_sub(60)).rev().find(|at| found.is_char_boundary(*at)).unwrap_or(0);
    let shown = |text: &str| text.get(start..).unwrap_or_default().chars().take(200).collect::<String>();
    panic!("not what was written:\n   found ..{}\nexpected ..{}", shown(&found), shown(&expected));
}

/// `(a, (b, (c, ())))`, of which there is no limit.
macro_rules! nested {
    (() $nothing:expr) => { $nothing };
    (($first:tt $($rest:tt)*) $nothing:expr) => { ($first, rows::nested!(($($rest)*) $nothing)) };
}

/// The same as a pattern.
macro_rules! nested_pattern {
    () => { () };
    ($first:ident $($rest:ident)*) => { ($first, rows::nested_pattern!($($rest)*)) };
}

/// A model with a key `id`, and arbitrary rows of it.
macro_rules! rows {
    ($(#[$meta:meta])* struct $model:ident by $factory:ident in $table:literal { $($(#[$field:meta])* $name:ident: $ty:ty,)* }) => {
        $(#[$meta])*
        pub(crate) struct $model {
            #[factory(key)]
            pub(crate) id: i64,
            $($(#[$field])* pub(crate) $name: $ty,)*
        }

        impl crate::rows::Arbitrary for $model {
            type Factory = $factory;

            const TABLE: &'static str = $table;
            const VALUES: usize = [$(stringify!($name)),*].len();

            fn any(limits: &'static crate::limits::Limits) -> proptest::strategy::BoxedStrategy<Self> {
                use crate::any::Any;
                use crate::rows;
                use proptest::strategy::{Just, Strategy};
                let all = rows::nested!(($({ <$ty as Any>::any(limits) })*) Just(()));
                all.prop_map(|rows::nested_pattern!($($name)*)| Self { id: 0, $($name),* }).boxed()
            }

            fn factory_of(&self) -> $factory {
                $factory::new()$(.$name(self.$name.clone()))*
            }

            fn shown(&self) -> String {
                let values = [$((stringify!($name), crate::any::Any::shown(&self.$name))),*];
                values.iter().fold(format!("id: {}", self.id), |text, (name, value)| format!("{text}, {name}: {value}"))
            }

            fn with_id(self, id: i64) -> Self {
                Self { id, ..self }
            }

            fn id(&self) -> i64 {
                self.id
            }
        }
    };
}

pub(crate) use {nested, nested_pattern, rows};
