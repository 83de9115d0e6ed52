//! Small checked values: what cannot be wrong any more once it exists.

mod artifact_path;

pub use artifact_path::{ArtifactPath, BadPath};
