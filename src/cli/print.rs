//! Printing: problems, failures, and the few lines that a command says.

use std::io::{ErrorKind, IsTerminal, Write, stderr, stdout};
use std::sync::atomic::{AtomicBool, Ordering};

use crate::diagnostics::{Diagnostic, Excerpts, Failure, Language, Severity, Shown, say, show};
use crate::privacy;

/// Prints in one language, with colours where a person looks and `NO_COLOR` is not set.
pub(super) struct Printer {
    language: Language,
    quiet: bool,
    colours: bool,
    /// Whether something that should be read could not be written.
    lost: AtomicBool,
}

/// Where problems go: `build` keeps its standard output free, `check` has nothing else to say there.
#[derive(Clone, Copy)]
pub(super) enum Stream {
    Out,
    Err,
}

impl Printer {
    #[expect(clippy::disallowed_methods, reason = "the one place where NO_COLOR comes in")]
    pub(super) fn new(language: Language, quiet: bool) -> Self {
        let wanted = std::env::var("NO_COLOR").map_or(true, |value| value.is_empty());
        Self {
            language,
            quiet,
            colours: wanted && stderr().is_terminal() && stdout().is_terminal(),
            lost: AtomicBool::new(false),
        }
    }

    pub(super) fn language(&self) -> Language {
        self.language
    }

    /// Whether only problems are printed.
    pub(super) fn is_quiet(&self) -> bool {
        self.quiet
    }

    /// How many columns the terminal has that shows standard output; `None` where it goes elsewhere.
    pub(super) fn width(&self) -> Option<usize> {
        let (terminal_size::Width(columns), _) = terminal_size::terminal_size_of(stdout())?;
        Some(usize::from(columns))
    }

    /// Problems as a person reads them, with their number at the end.
    pub(super) fn problems(&self, problems: &[Diagnostic], content: &dyn Excerpts, stream: Stream) {
        let mut text = String::new();
        for problem in problems {
            text.push_str(&self.shown(problem, content).to_text(self.colours));
            text.push_str("\n\n");
        }
        if !problems.is_empty() {
            text.push_str(&self.count(problems));
            text.push('\n');
        }
        self.write(stream, &text);
    }

    /// Problems as JSON Lines.
    pub(super) fn problems_as_json(&self, problems: &[Diagnostic], content: &dyn Excerpts) {
        let mut text = String::new();
        for problem in problems {
            // A struct of strings and numbers always has a JSON form.
            text.push_str(&serde_json::to_string(&self.shown(problem, content)).unwrap_or_default());
            text.push('\n');
        }
        self.write(Stream::Out, &text);
    }

    fn shown(&self, problem: &Diagnostic, content: &dyn Excerpts) -> Shown {
        show(problem, self.language, content)
    }

    fn count(&self, problems: &[Diagnostic]) -> String {
        let errors = problems.iter().filter(|problem| problem.code().severity() == Severity::Error).count();
        let warnings = problems.len() - errors;
        say("say-count", self.language, &[("errors", errors.to_string()), ("warnings", warnings.to_string())])
    }

    pub(super) fn failure(&self, failure: &Failure) {
        let text = failure.to_text(self.language, |fact| privacy::mask_private(fact).into_owned());
        self.write(Stream::Err, &(text + "\n"));
    }

    /// A line that the command says, on standard output; nothing when quiet.
    pub(super) fn say(&self, entry: &str, facts: &[(&str, String)]) {
        if !self.quiet {
            self.line(&say(entry, self.language, facts));
        }
    }

    /// A line about what was not done, on standard error; nothing when quiet.
    pub(super) fn note(&self, entry: &str, facts: &[(&str, String)]) {
        if !self.quiet {
            self.write(Stream::Err, &(say(entry, self.language, facts) + "\n"));
        }
    }

    /// Text on standard output as it is, also when quiet.
    pub(super) fn text(&self, text: &str) {
        self.write(Stream::Out, text);
    }

    /// A line on standard output, also when quiet.
    pub(super) fn line(&self, text: &str) {
        self.write(Stream::Out, &format!("{text}\n"));
    }

    /// Whether nothing that was printed was lost, on a full disk for instance.
    ///
    /// # Errors
    /// `cannot-print`.
    pub(super) fn all_printed(&self) -> Result<(), Failure> {
        if self.lost.load(Ordering::Relaxed) { Err(Failure::machine("cannot-print")) } else { Ok(()) }
    }

    /// Writes, and does not mind when nobody reads any more.
    fn write(&self, stream: Stream, text: &str) {
        let written = match stream {
            Stream::Out => stdout().write_all(text.as_bytes()).and_then(|()| stdout().flush()),
            Stream::Err => stderr().write_all(text.as_bytes()),
        };
        if written.is_err_and(|error| error.kind() != ErrorKind::BrokenPipe) {
            self.lost.store(true, Ordering::Relaxed);
        }
    }
}
