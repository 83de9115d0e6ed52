//! The only module that opens content: decoding, TOML, tables, Markdown, as values with their places.

pub mod decode;
mod excerpts;
mod fields;
mod files;
pub mod front_matter;
pub mod parse;
mod punctuation;
mod reading;
pub mod tables;
mod toml;
mod tree;
mod value;

pub use self::toml::read as read_toml;
pub use decode::{decode_lossy_again, decode_utf8};
pub(crate) use fields::MISSING_KEY;
pub use fields::{Fields, Located, Meant, UNKNOWN_KEY, items, nearest, wrong_type};
pub use files::{Files, Used, folder_of, resolve};
pub use parse::date_from_text;
pub use reading::{NO_PICTURE, Reading, is_picture};
pub(crate) use tables::NO_ROWS;
pub use tables::{Row, Sheet, Summing, is_plain, normalise_heading, summing};
pub use tree::{AreaFolder, Content, is_reserved_folder};
pub use value::{Entry, Table, Value, ValueKind};
