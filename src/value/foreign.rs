//! Automatic values of types from other libraries, one feature each. Knows nothing that `auto` does
//! not offer.

#[cfg(any(feature = "chrono", feature = "jiff", feature = "time"))]
macro_rules! from_clock {
    ($($instant:ty),+) => {$(
        #[diagnostic::do_not_recommend]
        impl crate::value::Auto for $instant {
            fn auto(attribute: &crate::value::Attribute<'_>) -> $instant {
                attribute.now().into()
            }
        }
    )+};
}

#[cfg(any(feature = "bigdecimal", feature = "rust_decimal"))]
macro_rules! from_number {
    ($number:ty) => {
        #[diagnostic::do_not_recommend]
        impl crate::value::Auto for $number {
            fn auto(attribute: &crate::value::Attribute<'_>) -> $number {
                attribute.n().into()
            }
        }
    };
}

#[cfg(feature = "chrono")]
mod chrono {
    use ::chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, Utc};

    from_clock!(DateTime<Utc>, DateTime<FixedOffset>, NaiveDateTime, NaiveDate, NaiveTime);
}

#[cfg(feature = "time")]
mod time {
    use ::time::{Date, OffsetDateTime, PrimitiveDateTime, Time};

    from_clock!(OffsetDateTime, PrimitiveDateTime, Date, Time);
}

#[cfg(feature = "jiff")]
mod jiff {
    use ::jiff::civil::{Date, DateTime, Time};
    use ::jiff::{Timestamp, Zoned};

    from_clock!(Timestamp, Zoned, DateTime, Date, Time);
}

#[cfg(feature = "rust_decimal")]
from_number!(rust_decimal::Decimal);

#[cfg(feature = "bigdecimal")]
from_number!(bigdecimal::BigDecimal);

#[cfg(feature = "uuid")]
mod uuid {
    use ::uuid::{Builder, Uuid};
    use rand::Rng;

    use crate::value::{Attribute, Auto};

    #[diagnostic::do_not_recommend]
    impl Auto for Uuid {
        fn auto(attribute: &Attribute<'_>) -> Uuid {
            let mut bytes = [0; 16];
            attribute.stream().fill_bytes(&mut bytes);
            Builder::from_random_bytes(bytes).into_uuid()
        }
    }
}

#[cfg(feature = "serde_json")]
mod serde_json {
    use ::serde_json::{Map, Value};

    use crate::value::{Attribute, Auto};

    #[diagnostic::do_not_recommend]
    impl Auto for Value {
        fn auto(_attribute: &Attribute<'_>) -> Value {
            Value::Object(Map::new())
        }
    }
}
