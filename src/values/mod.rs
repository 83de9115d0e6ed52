//! Small checked values: one that exists is valid.

mod artifact_path;
mod figure;
mod fingerprint;
mod phone;
mod yuan;

pub use artifact_path::{ArtifactPath, BadPath};
pub use figure::Figure;
pub use fingerprint::Fingerprint;
pub use phone::Phone;
pub use yuan::{NotYuan, Yuan, parse_decimal};
