//! The only module that opens content: decoding, TOML, tables, Markdown, as values with their places.

pub mod decode;
pub mod tables;
mod value;

pub use value::{Entry, Table, Value, ValueKind};
