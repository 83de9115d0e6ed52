//! Reads `catalogue.toml`.

use chrono::{NaiveDate, Weekday};

use super::{Catalogue, DueRule, Item, ItemKind};
use crate::calendar::parse_weekday;
use crate::diagnostics::{Code, Diagnostic, Problems};
use crate::kinds::area::LEVELS;
use crate::source::parse::{date, decimal, located, one_of, text, truth, unpublished_text, whole};
use crate::source::{
    Content, Fields, Located, Reading, Table, Value, ValueKind, nearest, read_toml, wrong_type,
};

const DUPLICATE_ITEM: Code = Code::error("duplicate-item");
const UNKNOWN_EXCEPTION: Code = Code::error("unknown-exception");
const BAD_DUE: Code = Code::error("bad-due");

const KINDS: [(&str, ItemKind); 5] = [
    ("contact", ItemKind::Contact),
    ("reception", ItemKind::Reception),
    ("subsidy", ItemKind::Subsidy),
    ("result", ItemKind::Result),
    ("notice", ItemKind::Notice),
];

/// The root area, as it is written among exceptions.
const ROOT: &str = ".";

/// Reads the catalogues of all areas.
pub fn read(content: &Content, problems: &mut Problems) -> Catalogue {
    let mut catalogue = Catalogue::default();
    for folder in &content.areas {
        let Some(file) = folder.catalogue else { continue };
        let first = catalogue.items.len();
        let mut reading = Reading::new(content, folder);
        let source = reading.text(file);
        let table = source.as_deref().and_then(|source| read_toml(source, 0, file, &mut reading.problems));
        match table {
            Some(table) => read_file(&table, &folder.path, content, &mut catalogue, &mut reading.problems),
            None => catalogue.incomplete = true,
        }
        catalogue.areas.insert(folder.path.clone(), (first..catalogue.items.len()).collect());
        catalogue.incomplete |= reading.problems.has_errors();
        problems.append(reading.problems);
    }
    check_twice(&catalogue, problems);
    catalogue
}

fn read_file(
    table: &Table<'_>,
    area: &str,
    content: &Content,
    catalogue: &mut Catalogue,
    problems: &mut Problems,
) {
    let mut fields = Fields::new(table, problems);
    catalogue.items.extend(fields.tables("item", |table, problems| item(table, area, content, problems)));
    fields.finish();
}

fn item(table: &Table<'_>, area: &str, content: &Content, problems: &mut Problems) -> Option<Item> {
    let mut fields = Fields::new(table, problems);
    let id = fields.required("id", located(text));
    let title = fields.required("title", located(text));
    let kind = fields.required("kind", one_of(&KINDS));
    let level = fields.required("level", one_of(&LEVELS));
    let due = fields.optional("due", due);
    let from = fields.optional("from", date);
    let except = fields.list("except", located(unpublished_text));
    let role = fields.optional("role", located(text));
    let basis = fields.optional("basis", text);
    let checked = fields.optional("checked", date);
    fields.finish();
    let except = except.into_iter().filter_map(|written| excepted(&written, content, problems)).collect();
    Some(Item {
        id: id?,
        area: area.to_owned(),
        title: title?,
        kind: kind?,
        level: level?,
        due,
        from,
        except,
        role,
        basis,
        checked,
        place: table.place,
    })
}

/// The path of an area that is excepted.
fn excepted(
    written: &Located<String>,
    content: &Content,
    problems: &mut Problems,
) -> Option<Located<String>> {
    let path = written.value.trim_end_matches('/');
    let path = if path == ROOT { "" } else { path };
    let known = || content.areas.iter().map(|area| area.path.as_str());
    if known().any(|area| area == path) {
        return Some(Located { value: path.to_owned(), place: written.place });
    }
    let problem = Diagnostic::new(UNKNOWN_EXCEPTION, written.place).with("path", &written.value);
    problems.add(match nearest(path, known()) {
        Some(near) => problem.with("near", near),
        None => problem,
    });
    None
}

/// Reads `due`: one rule, and not two.
fn due(value: &Value<'_>, problems: &mut Problems) -> Option<DueRule> {
    let ValueKind::Table(table) = &value.kind else { return wrong_type(value, "want-table", problems) };
    let before = problems.len();
    let mut fields = Fields::new(table, problems);
    let rules = [
        fields.optional("quarter_day", whole(1, 31)).map(DueRule::QuarterDay),
        fields.optional("month_day", month_day).map(DueRule::MonthDay),
        fields.optional("weekday", weekday).map(DueRule::Weekday),
        fields.optional("quarter_end", truth).filter(|end| *end).map(|_| DueRule::QuarterEnd),
        fields.optional("year_day", year_day).map(|(month, day)| DueRule::YearDay(month, day)),
        fields.optional("within_workdays", whole(1, 250)).and_then(workdays),
    ];
    fields.finish();
    let mut stated = rules.into_iter().flatten();
    let (rule, second) = (stated.next(), stated.next());
    if rule.is_some() && second.is_none() {
        return rule;
    }
    if problems.len() == before {
        problems.add(Diagnostic::new(BAD_DUE, table.place));
    }
    None
}

fn workdays(days: u32) -> Option<DueRule> {
    u16::try_from(days).ok().map(DueRule::WithinWorkdays)
}

/// A day of the month; negative ones count from its end.
fn month_day(value: &Value<'_>, problems: &mut Problems) -> Option<i32> {
    let number = decimal(value, problems)?;
    let whole = if number.fract().is_zero() { i32::try_from(number).ok() } else { None };
    let day = whole.filter(|day| (1..=31).contains(&day.abs()));
    if day.is_none() {
        problems.add(Diagnostic::new(BAD_DUE, value.place));
    }
    day
}

fn weekday(value: &Value<'_>, problems: &mut Problems) -> Option<Weekday> {
    let written = unpublished_text(value, problems)?;
    let weekday = parse_weekday(&written);
    if weekday.is_none() {
        problems.add(Diagnostic::new(BAD_DUE, value.place));
    }
    weekday
}

/// A day of the year such as `03-31`.
fn year_day(value: &Value<'_>, problems: &mut Problems) -> Option<(u32, u32)> {
    let written = unpublished_text(value, problems)?;
    let parts = written.split_once('-').and_then(|(m, d)| Some((m.parse().ok()?, d.parse().ok()?)));
    // 29 February is the last day of the month in the years that lack it.
    let sound = parts.filter(|(month, day)| NaiveDate::from_ymd_opt(2024, *month, *day).is_some());
    if sound.is_none() {
        problems.add(Diagnostic::new(BAD_DUE, value.place));
    }
    sound
}

/// No area has two items of one id, nor its level two of one title: a list that names one could mean either.
fn check_twice(catalogue: &Catalogue, problems: &mut Problems) {
    for (index, item) in catalogue.items.iter().enumerate() {
        // Those that hold here and were read before: the catalogues of areas above come first.
        let before = catalogue.items_for(&item.area).take_while(|other| *other < index);
        let before: Vec<&Item> = before.filter_map(|other| catalogue.items.get(other)).collect();
        let same_id = before.iter().find(|other| other.id.value == item.id.value);
        let same_title =
            before.iter().find(|other| other.title.value == item.title.value && other.level == item.level);
        if let Some(first) = same_id {
            let problem = Diagnostic::new(DUPLICATE_ITEM, item.id.place).with("id", &item.id.value);
            problems.add(problem.and(first.id.place));
        } else if let Some(first) = same_title {
            let problem = Diagnostic::new(DUPLICATE_ITEM, item.title.place).with("id", &item.title.value);
            problems.add(problem.and(first.title.place));
        }
    }
}
