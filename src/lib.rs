//! gongshi: from a content folder to a published disclosure board.

pub mod calendar;
pub mod diagnostics;
pub mod privacy;
pub mod publish;
pub mod source;
pub mod values;
