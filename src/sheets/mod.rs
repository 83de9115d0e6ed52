//! The board on paper: sheets for the wall, cards for every household, forms.
//!
//! - [`make`] sets the sheets of all areas and lets them leave by the same [`Door`](crate::site::Door) as the pages;
//! - [`check`] finds what they could not print, without setting them;
//! - [`print()`] sets some sheets of one area, for the printer.
//!
//! A sheet is made in two steps. What stands on it is put together here, from the same records and words as the pages:
//! one file a kind. How it looks is said by the templates in `themes/default/sheets`, which the typesetter runs.

#[cfg(feature = "sheets")]
mod breaks;
#[cfg(feature = "sheets")]
mod bulletin;
#[cfg(feature = "sheets")]
mod characters;
#[cfg(feature = "sheets")]
mod code;
#[cfg(feature = "sheets")]
mod contacts;
#[cfg(feature = "sheets")]
mod engine;
#[cfg(feature = "sheets")]
mod fonts;
#[cfg(feature = "sheets")]
mod make;
#[cfg(feature = "sheets")]
mod notice;
#[cfg(feature = "sheets")]
mod posting;
#[cfg(feature = "sheets")]
mod print;
#[cfg(feature = "sheets")]
mod reception;
#[cfg(feature = "sheets")]
mod result;
#[cfg(feature = "sheets")]
mod sheet;
#[cfg(feature = "sheets")]
mod sources;
#[cfg(feature = "sheets")]
mod subsidy;
#[cfg(feature = "sheets")]
mod title;
#[cfg(not(feature = "sheets"))]
mod without;

#[cfg(feature = "sheets")]
pub use make::{check, make};
#[cfg(feature = "sheets")]
pub use print::print;
#[cfg(not(feature = "sheets"))]
pub use without::{check, make, print};

use crate::kinds::settings::Paper;
use crate::values::Fingerprint;
use crate::views::SheetKind;

/// Whether the program was compiled with the typesetter.
pub const AVAILABLE: bool = cfg!(feature = "sheets");

/// Which sheets are printed, and how.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wish {
    /// Only those of this kind.
    pub kind: Option<SheetKind>,
    /// On this paper; else on the board's.
    pub paper: Option<Paper>,
    /// Only what must hang on the wall on the board's day, in one document behind the posting list.
    pub due: bool,
    /// As many contact cards as there are households.
    pub for_households: bool,
}

/// The sheets of a site.
#[derive(Clone, Debug, Default)]
pub struct Made {
    /// Those that have left, by path.
    pub sheets: Vec<Printed>,
    /// Families of fonts that are the machine's own: another one may print otherwise.
    pub system_fonts: Vec<String>,
}

/// A sheet that has left.
#[derive(Clone, Debug)]
pub struct Printed {
    /// Its file, from the root.
    pub path: String,
    /// What it follows from: equal keys, equal bytes.
    pub key: String,
    /// The fingerprint of its data.
    pub fingerprint: Option<Fingerprint>,
}
