#![doc = include_str!("../README.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]

#[doc(hidden)]
pub mod __private;
#[cfg(feature = "serde_json")]
pub mod attributes;
#[cfg(feature = "conformance")]
pub mod conformance;
mod error;
mod expand;
mod factory;
pub mod persist;
pub mod resolve;
pub mod session;
pub mod value;

pub use async_trait::async_trait;
pub use error::{BoxError, Error, Result, Stage};
pub use factory::{Factory, Times, create_all};
#[doc = include_str!("../docs/attributes.md")]
pub use manufactory_derive::Factory;
#[doc(inline)]
pub use persist::memory::Memory;
#[doc(inline)]
pub use persist::{Batch, Handle, Search, Store, Value};
#[doc(inline)]
pub use resolve::{AfterCreate, Among, Family, Graph, among};
#[doc(inline)]
pub use session::Session;
#[doc(inline)]
pub use value::{Attribute, Auto, IntoValue};
