//! `gongshi reception --explain`: one line for each day of a rule, with the reason.

use super::super::print::Printer;
use super::marks::marks;
use super::words::{date_and_weekday, day, day_kind, in_a_line};
use super::{Span, rules};
use crate::calendar::{DayKind, Meaning};
use crate::diagnostics::{Language, say, word};
use crate::kinds::reception::schedule::Verdict;
use crate::views::{Answer, ExplainedDay, ExplainedRule, SessionView};

/// Prints each rule with its days.
pub(super) fn print(rules: &[ExplainedRule<'_>], span: Span, printer: &Printer) {
    let language = printer.language();
    if rules.is_empty() {
        printer.say("say-no-rule", &[("from", span.from.to_string()), ("to", span.to.to_string())]);
    }
    for explained in rules {
        printer.line(&heading(explained, language));
        for day in &explained.days {
            printer.line(&format!("  {}", line(explained, day, language)));
        }
        if explained.days.is_empty() {
            printer.line(&format!("  {}", word("say-rule-no-day", language)));
        }
    }
}

/// Title and id of the rule, what it means, and what becomes of its days off.
fn heading(explained: &ExplainedRule<'_>, language: Language) -> String {
    let rule = explained.rule;
    let facts = [
        ("title", in_a_line(&rule.title)),
        ("id", in_a_line(&rule.id.value)),
        ("days", rules::rule(&rule.days.planned.rule, language)),
        ("holidays", rules::on_day_off(rule.on_holiday, language)),
        ("weekends", rules::on_day_off(rule.on_weekend, language)),
    ];
    say("say-rule", language, &facts)
}

fn line(explained: &ExplainedRule<'_>, asked: &ExplainedDay<'_>, language: Language) -> String {
    let date = day(asked.date, language);
    let (entry, rule, verdict) = match &asked.answer {
        Answer::OutsidePlan => {
            let plan = explained.plan;
            let facts = [("from", plan.from.value.to_string()), ("to", plan.to.value.to_string())];
            ("say-not-planned", None, say("say-outside-plan", language, &facts))
        }
        Answer::NotMeant => {
            let rule = rules::rule(&explained.rule.days.planned.rule, language);
            ("say-not-planned", None, say("say-not-meant", language, &[("rule", rule)]))
        }
        Answer::Planned { planned, kind, session } => {
            let why = meaning(&planned.meaning, language);
            let session = session.as_deref();
            ("say-planned", Some(why), verdict(planned.verdict, *kind, session, language))
        }
    };
    say(entry, language, &[("day", date), ("verdict", verdict), ("why", rule.unwrap_or_default())])
}

/// By what the day is one of the plan's.
fn meaning(meaning: &Meaning, language: Language) -> String {
    match meaning {
        Meaning::Rule(part) | Meaning::Except(part) => rules::rule(part, language),
        Meaning::Also | Meaning::Nothing => word("say-also", language),
    }
}

/// What becomes of a planned day, with the turn and the marks of the session that comes of it.
fn verdict(
    verdict: Verdict,
    kind: Option<DayKind>,
    session: Option<&SessionView<'_>>,
    language: Language,
) -> String {
    let (entry, kind, to, turn) = match verdict {
        Verdict::Held { turn } => (held(kind), kind, None, Some(turn)),
        Verdict::Moved { to, because, turn } => ("say-moved", Some(because), Some(to), Some(turn)),
        Verdict::FellAway { onto, because } => ("say-fell-away", Some(because), Some(onto), None),
        Verdict::MovedOut { to, because } => ("say-moved-out", Some(because), Some(to), None),
        Verdict::Skipped { because } => ("say-skipped", Some(because), None, None),
        Verdict::Excepted => ("say-excepted", None, None, None),
    };
    let facts = [
        ("kind", kind.and_then(|kind| day_kind(kind, language))),
        ("to", to.map(|to| date_and_weekday(to, language))),
        ("turn", turn.map(|turn| turn.saturating_add(1).to_string())),
        ("host", session.map(whose_turn)),
    ];
    let said = say(entry, language, &facts.map(|(key, fact)| (key, fact.unwrap_or_default())));
    let marks = session.map(|session| marks(session, language)).unwrap_or_default();
    std::iter::once(said).chain(marks).collect::<Vec<_>>().join(" ")
}

/// Whose turn a session is, also where somebody else receives.
fn whose_turn(session: &SessionView<'_>) -> String {
    in_a_line(session.swapped_from.as_ref().map_or(session.host_name, |from| from.name))
}

/// How it is said that a day is held on which it is planned: one that is a day off is held all the same.
fn held(kind: Option<DayKind>) -> &'static str {
    match kind {
        Some(DayKind::Holiday(_) | DayKind::Weekend) => "say-kept",
        Some(DayKind::MakeUpDay) => "say-held-on-make-up-day",
        Some(DayKind::WorkingDay) | None => "say-held",
    }
}
