//! What stops the program other than the content: wrong usage, or the machine.

/// Why the program cannot go on, apart from problems in the content.
///
/// Like a [`Diagnostic`](super::Diagnostic) it is data; its words stand in `messages/*.toml`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    name: &'static str,
    cause: Cause,
    facts: Vec<(&'static str, String)>,
}

/// Whose fault a [`Failure`] is; decides the exit status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// The command was given something it cannot work with (exit status 2).
    Usage,
    /// The machine failed: disk, permissions, another build running (exit status 3).
    Machine,
}

impl Failure {
    /// The command was given something it cannot work with.
    pub fn usage(name: &'static str) -> Self {
        Self { name, cause: Cause::Usage, facts: Vec::new() }
    }

    /// The machine failed.
    pub fn machine(name: &'static str) -> Self {
        Self { name, cause: Cause::Machine, facts: Vec::new() }
    }

    /// Adds a fact that the message names as `{key}`.
    #[must_use]
    pub fn with(mut self, key: &'static str, value: impl ToString) -> Self {
        self.facts.push((key, value.to_string()));
        self
    }

    /// The name, as given to `gongshi explain`.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// Whose fault it is.
    pub fn cause(&self) -> Cause {
        self.cause
    }

    /// The facts, in the order they were added.
    pub fn facts(&self) -> &[(&'static str, String)] {
        &self.facts
    }
}
