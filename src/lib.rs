#![doc = include_str!("../README.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]

#[cfg(feature = "conformance")]
pub mod conformance;
mod error;
mod factory;
pub mod persist;
#[doc(hidden)]
pub mod __private;
pub mod resolve;
pub mod session;
pub mod value;

pub use async_trait::async_trait;
pub use error::{BoxError, Error, Result, Stage};
pub use factory::{Factory, Times, create_all};
#[doc = include_str!("../docs/attributes.md")]
pub use manufactory_derive::Factory;
pub use persist::memory::Memory;
pub use persist::{Batch, Handle, Store, Value};
pub use session::Session;
pub use value::{Attribute, Auto, IntoValue};
