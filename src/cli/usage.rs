//! What was typed wrong, as a failure with words in the reader's language. The parser's own words are English.

use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::arguments::{MOST_DAYS_AHEAD, MOST_JOBS};
use crate::diagnostics::Failure;

/// The options that name a day.
const DAY_OPTIONS: [&str; 3] = ["--date", "--from", "--to"];

/// The failure that a complaint of the parser is; `None` for help and version, which come the same way.
pub(super) fn failure(error: &clap::Error) -> Option<Failure> {
    use ErrorKind as Kind;
    let told = Told(error);
    let argument = told.text(ContextKind::InvalidArg);
    let value = told.text(ContextKind::InvalidValue).unwrap_or_default();
    let with_argument = |failure: Failure| match &argument {
        Some(argument) => failure.with("argument", argument),
        None => failure,
    };
    let day_option = argument.as_deref().and_then(day_option).filter(|_| told.has_value());
    let failure = match error.kind() {
        Kind::DisplayHelp
        | Kind::DisplayVersion
        | Kind::DisplayHelpOnMissingArgumentOrSubcommand
        | Kind::MissingSubcommand => return None,
        Kind::UnknownArgument => {
            near(with_argument(Failure::usage("unexpected-argument")), told.text(ContextKind::SuggestedArg))
        }
        Kind::InvalidSubcommand => {
            let command = told.text(ContextKind::InvalidSubcommand).unwrap_or_default();
            let failure = Failure::usage("unknown-command").with("command", command);
            near(failure, told.text(ContextKind::SuggestedSubcommand))
        }
        Kind::InvalidValue | Kind::ValueValidation if day_option.is_some() => {
            Failure::usage("not-a-day").with("option", day_option.unwrap_or_default()).with("value", value)
        }
        Kind::InvalidValue if !told.has_value() => with_argument(Failure::usage("value-missing")),
        Kind::InvalidValue | Kind::ValueValidation => {
            let failure = with_argument(Failure::usage("bad-value")).with("value", value);
            let choices = told.text(ContextKind::ValidValue).or_else(|| argument.as_deref().and_then(range));
            let failure = match choices {
                Some(choices) => failure.with("choices", choices),
                None => failure,
            };
            near(failure, told.text(ContextKind::SuggestedValue))
        }
        Kind::MissingRequiredArgument => with_argument(Failure::usage("argument-missing")),
        Kind::ArgumentConflict => with_argument(Failure::usage("given-twice")),
        _ => with_argument(Failure::usage("wrong-usage")),
    };
    Some(failure)
}

/// The option that names a day, where the argument is one.
fn day_option(argument: &str) -> Option<&'static str> {
    let written = argument.split_whitespace().next()?;
    DAY_OPTIONS.into_iter().find(|option| *option == written)
}

/// The numbers that an option takes, where it takes numbers.
fn range(argument: &str) -> Option<String> {
    match argument.split_whitespace().next()? {
        "--jobs" => Some(format!("1–{MOST_JOBS}")),
        "--due" => Some(format!("0–{MOST_DAYS_AHEAD}")),
        _ => None,
    }
}

fn near(failure: Failure, near: Option<String>) -> Failure {
    match near {
        Some(near) => failure.with("near", near),
        None => failure,
    }
}

/// What the parser tells of its complaint.
struct Told<'e>(&'e clap::Error);

impl Told<'_> {
    fn text(&self, kind: ContextKind) -> Option<String> {
        match self.0.get(kind)? {
            ContextValue::String(text) => Some(text.clone()),
            ContextValue::Strings(texts) => Some(texts.join(", ")),
            _ => None,
        }
    }

    /// Whether a value was written, be it an empty one: those reach the reader of the value.
    fn has_value(&self) -> bool {
        self.text(ContextKind::InvalidValue).is_some_and(|value| !value.is_empty())
            || self.0.kind() == ErrorKind::ValueValidation
    }
}
