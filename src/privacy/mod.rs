//! What is private: masks, used on the way in, and the search, used on the way out, with the lists that both use.
//!
//! Private data stops at the door: columns known by their heading ([`private_heading`]) or their content
//! ([`private_content`]) are dropped while reading, names are masked ([`mask`]), published text is checked
//! ([`report`]), and the guard searches every byte that leaves ([`Search`]).

mod columns;
mod documents;
mod images;
mod joins;
mod lists;
mod mask;
mod names;
mod reported;
mod search;
mod text;

pub use columns::{PRIVATE_COLUMN_DROPPED, PrivateColumn, column_dropped, private_content, private_heading};
pub use documents::{Document, Piece, Sealed, Spot};
pub use images::{Unfit, published_picture};
pub use joins::{MASK_DIFFERS, is_masked_by_hand, report_hand_masks, shows_more};
pub use mask::mask_private;
pub use names::{MaskedName, NamePolicy, mask, normalise_name};
pub use reported::{Reported, digits};
pub use search::{Form, Hit, Kind, Search};
pub use text::{
    BROKEN_CHARACTERS, LABEL_BESIDE_NAME, MASKED_IDENTIFIER, PHONE_NOT_PUBLISHED, PRIVATE_CONTENT,
    TEMPLATE_LEFTOVER, TextFault, TextFaultKind, find_faults, report, report_address, report_figure,
    report_numbers, report_plain,
};
