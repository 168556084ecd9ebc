//! `json`: a column that holds JSON, made by serde. Without the feature `serde_json` all of it is there and says so.

/// The way of `json`.
#[derive(Debug)]
pub struct Json;

/// Any JSON. An alias, because rustc would show `String` by its whole path next to a variant of that name.
#[cfg(feature = "serde_json")]
pub type JsonValue = serde_json::Value;

#[cfg(feature = "serde_json")]
mod through_serde {
    use super::{Json, JsonValue};
    use crate::error::BoxError;
    use crate::persist::{Decoded, Encoded};
    use serde::Serialize;
    use serde::de::DeserializeOwned;

    #[diagnostic::do_not_recommend]
    impl<V: Serialize> Encoded<V> for Json {
        type Column = JsonValue;

        fn encode(value: &V) -> Result<JsonValue, BoxError> {
            serde_json::to_value(value).map_err(Into::into)
        }
    }

    #[diagnostic::do_not_recommend]
    impl<V: Serialize + DeserializeOwned> Decoded<V> for Json {
        fn decode(column: JsonValue) -> Result<V, BoxError> {
            serde_json::from_value(column).map_err(Into::into)
        }
    }

    /// Nothing is missing.
    #[doc(hidden)]
    #[macro_export]
    macro_rules! __json {
        () => {};
    }
}

#[cfg(not(feature = "serde_json"))]
pub use without_serde::JsonValue;

#[cfg(not(feature = "serde_json"))]
mod without_serde {
    use super::Json;
    use crate::error::BoxError;
    use crate::persist::{Decoded, Encoded};

    /// Never there.
    #[derive(Debug)]
    pub enum JsonValue {}

    impl<V> Encoded<V> for Json {
        type Column = JsonValue;

        fn encode(_: &V) -> Result<JsonValue, BoxError> {
            Err("the feature `serde_json` is missing".into())
        }
    }

    impl<V> Decoded<V> for Json {
        fn decode(column: JsonValue) -> Result<V, BoxError> {
            match column {}
        }
    }

    /// Says what is missing.
    #[doc(hidden)]
    #[macro_export]
    macro_rules! __json {
        () => {
            ::core::compile_error!(
                "`json` needs the feature `serde_json`: `manufactory = { version = \"0.1\", features = [\"serde_json\"] }`"
            );
        };
    }
}
