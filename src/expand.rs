//! What the derive writes and a missing feature takes away, where it is no backend's: attributes as JSON.

/// Keeps what was written.
#[cfg(feature = "serde_json")]
#[doc(hidden)]
#[macro_export]
macro_rules! __attributes {
    ($($item:tt)*) => { $($item)* };
}

/// Drops it.
#[cfg(not(feature = "serde_json"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __attributes {
    ($($item:tt)*) => {};
}
