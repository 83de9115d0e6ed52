//! What is private: masks, used on the way in, and the search, used on the way out, with the lists that both use.

mod lists;
mod mask;
mod names;
mod search;

pub use mask::mask_private;
pub use names::{MaskedName, NamePolicy, mask, normalise_name};
pub use search::{Form, Hit, Kind, Search};
