//! Facts and their values in words.

use crate::diagnostics::{Language, say, word};
use crate::publish::{Fact, Said};
use crate::values::Yuan;

/// What a fact is called, by the name of the word.
pub(super) fn name(fact: Fact) -> &'static str {
    match fact {
        Fact::Address => "say-fact-address",
        Fact::Amount => "say-fact-amount",
        Fact::Authority => "say-fact-authority",
        Fact::Award => "say-fact-award",
        Fact::Balance => "say-fact-balance",
        Fact::Band => "say-fact-band",
        Fact::Basis => "say-fact-basis",
        Fact::Blank => "say-fact-blank",
        Fact::Cap => "say-fact-cap",
        Fact::Conditions => "say-fact-conditions",
        Fact::Date | Fact::Published => "say-fact-date",
        Fact::Deadline => "say-fact-deadline",
        Fact::Decision => "say-fact-decision",
        Fact::DecisionDate => "say-fact-decision-date",
        Fact::Deputies => "say-fact-deputies",
        Fact::Document => "say-fact-document",
        Fact::Duties => "say-fact-duties",
        Fact::Edition => "say-fact-edition",
        Fact::Effective => "say-fact-effective",
        Fact::Exclusive => "say-fact-exclusive",
        Fact::Figures => "say-fact-figures",
        Fact::Floors => "say-fact-floors",
        Fact::Form => "say-fact-form",
        Fact::Formula => "say-fact-formula",
        Fact::From => "say-fact-from",
        Fact::Fund => "say-fact-fund",
        Fact::Groups => "say-fact-groups",
        Fact::Has => "say-fact-has",
        Fact::Head => "say-fact-head",
        Fact::Host => "say-fact-host",
        Fact::Hotline => "say-fact-hotline",
        Fact::Id => "say-fact-id",
        Fact::Hours => "say-fact-hours",
        Fact::Households => "say-fact-households",
        Fact::Inflows => "say-fact-inflows",
        Fact::Issuer => "say-fact-issuer",
        Fact::Item => "say-fact-item",
        Fact::Level => "say-fact-level",
        Fact::Links => "say-fact-links",
        Fact::Mailbox => "say-fact-mailbox",
        Fact::Members => "say-fact-members",
        Fact::Objections => "say-fact-objections",
        Fact::ObjectionsTo => "say-fact-objections-to",
        Fact::ObjectionsPhone => "say-fact-objections-phone",
        Fact::ObjectionsPlace => "say-fact-objections-place",
        Fact::Office => "say-fact-office",
        Fact::Opening => "say-fact-opening",
        Fact::Organisation => "say-fact-organisation",
        Fact::OwnExpense => "say-fact-own-expense",
        Fact::Payer => "say-fact-payer",
        Fact::Payments => "say-fact-payments",
        Fact::Period => "say-fact-period",
        Fact::Phone => "say-fact-phone",
        Fact::Pinned => "say-fact-pinned",
        Fact::Place => "say-fact-place",
        Fact::Position => "say-fact-position",
        Fact::PostedOn => "say-fact-posted-on",
        Fact::PostedBy => "say-fact-posted-by",
        Fact::Pictured => "say-fact-pictured",
        Fact::Shown => "say-fact-shown",
        Fact::PostedPlace => "say-fact-posted-place",
        Fact::PostedWitness => "say-fact-posted-witness",
        Fact::PostedOff => "say-fact-posted-off",
        Fact::Program => "say-fact-program",
        Fact::Progress => "say-fact-progress",
        Fact::Provisional => "say-fact-provisional",
        Fact::Rank => "say-fact-rank",
        Fact::Reason => "say-fact-reason",
        Fact::Registration => "say-fact-registration",
        Fact::Roles => "say-fact-roles",
        Fact::Score => "say-fact-score",
        Fact::Serves => "say-fact-serves",
        Fact::Stage => "say-fact-stage",
        Fact::Steps => "say-fact-steps",
        Fact::Streak => "say-fact-streak",
        Fact::Told => "say-fact-told",
        Fact::To => "say-fact-to",
        Fact::Topic => "say-fact-topic",
        Fact::Unit => "say-fact-unit",
        Fact::Until => "say-fact-until",
        Fact::With => "say-fact-with",
        Fact::Year => "say-fact-year",
    }
}

/// A value of a fact.
pub(super) fn value(fact: Fact, value: Option<&Said>, language: Language) -> String {
    let text = |text: &str| match fact {
        Fact::Stage => named(text, &STAGES, language),
        Fact::Level => named(text, &LEVELS, language),
        Fact::Form => named(text, &FORMS, language),
        Fact::Blank | Fact::OwnExpense | Fact::Pinned | Fact::Provisional => named(text, &ANSWERS, language),
        Fact::Amount | Fact::Award | Fact::Balance | Fact::Opening => {
            Yuan::parse(text).map_or_else(|_| text.to_owned(), Yuan::grouped)
        }
        _ => text.to_owned(),
    };
    match value {
        None => word("say-diff-none", language),
        Some(Said::One(one)) => text(one),
        Some(Said::Many(all)) => {
            let two = |first: String, second: String| {
                say("say-diff-list", language, &[("first", first), ("second", second)])
            };
            all.iter().map(|one| text(one)).reduce(two).unwrap_or_default()
        }
    }
}

/// The state of a list.
pub(super) fn state(name: &str, language: Language) -> String {
    named(name, &STATES, language)
}

/// The outcome of an objection.
pub(super) fn outcome(name: &str, language: Language) -> String {
    named(name, &OUTCOMES, language)
}

/// Names of open data with those of their words.
type Names = [(&'static str, &'static str)];

const STATES: [(&str, &str); 7] = [
    ("upcoming", "say-state-upcoming"),
    ("open", "say-state-open"),
    ("reviewing", "say-state-reviewing"),
    ("closed", "say-state-closed"),
    ("confirmed", "say-state-confirmed"),
    ("superseded", "say-state-superseded"),
    ("withdrawn", "say-state-withdrawn"),
];

const STAGES: [(&str, &str); 4] = [
    ("proposed", "say-stage-proposed"),
    ("terminating", "say-stage-terminating"),
    ("confirmed", "say-stage-confirmed"),
    ("paid", "say-stage-paid"),
];

const LEVELS: [(&str, &str); 4] = [
    ("county", "say-level-county"),
    ("town", "say-level-town"),
    ("village", "say-level-village"),
    ("community", "say-level-community"),
];

const OUTCOMES: [(&str, &str); 3] = [
    ("pending", "say-outcome-pending"),
    ("rejected", "say-outcome-rejected"),
    ("upheld", "say-outcome-upheld"),
];

const FORMS: [(&str, &str); 8] = [
    ("fixed", "say-form-fixed"),
    ("appointment", "say-form-appointment"),
    ("outreach", "say-form-outreach"),
    ("follow-up", "say-form-follow-up"),
    ("random", "say-form-random"),
    ("thematic", "say-form-thematic"),
    ("on-site", "say-form-on-site"),
    ("meeting", "say-form-meeting"),
];

const ANSWERS: [(&str, &str); 2] = [("true", "say-answer-true"), ("false", "say-answer-false")];

/// The words for a name; the name itself where a later version of the program, or the board, has given it.
fn named(name: &str, names: &Names, language: Language) -> String {
    let known = names.iter().find(|(known, _)| *known == name);
    known.map_or_else(|| name.to_owned(), |(_, entry)| word(entry, language))
}
