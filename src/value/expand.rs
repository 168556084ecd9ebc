//! What the derive writes for `fake(..)`: a call of the faker, or what to do where the feature is missing.

/// A value of this type from a faker.
#[cfg(feature = "fake")]
#[doc(hidden)]
#[macro_export]
macro_rules! __fake {
    ($ty:ty, $faker:expr, $stream:ident) => {{
        let __value: $ty = $crate::__private::faked($faker, &mut $stream);
        __value
    }};
}

/// Says what is missing.
#[cfg(not(feature = "fake"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __fake {
    ($($any:tt)*) => {
        ::core::compile_error!(
            "`fake(..)` needs the feature `fake`: `manufactory = { version = \"0.1\", features = [\"fake\"] }`"
        )
    };
}
