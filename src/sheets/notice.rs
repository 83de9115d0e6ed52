//! Notices in the form of an official document, in large print, and forms to fill in by hand.

use pulldown_cmark::{Alignment, Event, Tag, TagEnd};
use serde::Serialize;

use super::sheet::{Draft, Ground, Pictures, Sheet};
use crate::board::AreaOnBoard;
use crate::kinds::notices::{Notice, markdown};
use crate::site::notice_fingerprint;
use crate::views::SheetName;

/// How a notice is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Style {
    /// As GB/T 9704 sets official documents.
    Official,
    /// Large, for the wall.
    Large,
    /// With room to write.
    Form,
}

#[derive(Serialize)]
struct Body {
    style: Style,
    blocks: Vec<Block>,
    /// Until when it holds.
    until: Option<String>,
}

/// A block of text.
#[derive(Debug, PartialEq, Serialize)]
#[serde(tag = "block", rename_all = "lowercase")]
enum Block {
    Heading { level: u8, text: Vec<Inline> },
    Paragraph { text: Vec<Inline> },
    List { ordered: bool, start: u64, items: Vec<Vec<Block>> },
    Quote { blocks: Vec<Block> },
    Table { columns: Vec<&'static str>, rows: Vec<Vec<Vec<Inline>>> },
    Rule,
}

/// A piece of text in one look.
#[derive(Debug, PartialEq, Serialize)]
struct Inline {
    text: String,
    strong: bool,
    emph: bool,
}

/// The sheet of a notice.
pub(super) fn sheet(ground: &Ground<'_>, area: &AreaOnBoard, notice: &Notice, style: Style) -> Option<Sheet> {
    let words = ground.words;
    let name = notice.name.clone();
    let body = Body {
        style,
        blocks: blocks(&notice.body),
        until: notice.until.map(|until| format!("{}{}", words.get("holds_until"), words.date(until))),
    };
    Some(ground.sheet(
        area,
        Draft {
            name: match style {
                Style::Official => SheetName::Notice(name),
                Style::Large => SheetName::LargeNotice(name),
                Style::Form => SheetName::Form(name),
            },
            flipped: false,
            title: notice.title.clone(),
            label: if style == Style::Form { "sheet_label_form" } else { "sheet_label_notice" },
            page: area.page("notices", &notice.name),
            day: Some(notice.date),
            fingerprint: Some(notice_fingerprint(ground.site, area, notice)),
            signed: (style != Style::Form).then(|| (signer(ground, area), notice.date)),
            origin: Some(notice.file),
            sources: Vec::new(),
            pictures: Pictures::default(),
            body: serde_json::to_value(body).unwrap_or_default(),
        },
    ))
}

/// Who signs a notice: the board's issuer at its root, the area below it.
fn signer(ground: &Ground<'_>, area: &AreaOnBoard) -> String {
    if area.path.is_empty() { ground.board.settings.issuer.clone() } else { area.area.name.clone() }
}

/// The text in blocks. Pictures and what is no text are left out, links are their words.
fn blocks(body: &str) -> Vec<Block> {
    let events = markdown::printed(body);
    let mut events = events.into_iter();
    until(&mut events, None)
}

/// The blocks up to the end of what has begun.
fn until<'e>(events: &mut impl Iterator<Item = Event<'e>>, end: Option<TagEnd>) -> Vec<Block> {
    let mut blocks = Vec::new();
    // Text that stands in a list item without a paragraph around it.
    let mut loose = Line::default();
    while let Some(event) = events.next() {
        if matches!(&event, Event::End(tag) if Some(*tag) == end) {
            break;
        }
        let block = match event {
            Event::Start(Tag::Heading { level, .. }) => {
                let text = line(events, TagEnd::Heading(level));
                Block::Heading { level: level as u8, text }
            }
            Event::Start(Tag::Paragraph) => Block::Paragraph { text: line(events, TagEnd::Paragraph) },
            Event::Start(Tag::BlockQuote(kind)) => {
                Block::Quote { blocks: until(events, Some(TagEnd::BlockQuote(kind))) }
            }
            Event::Start(Tag::CodeBlock(_)) => Block::Paragraph { text: line(events, TagEnd::CodeBlock) },
            Event::Start(Tag::List(start)) => Block::List {
                ordered: start.is_some(),
                start: start.unwrap_or(1),
                items: items(events, TagEnd::List(start.is_some())),
            },
            Event::Start(Tag::Table(columns)) => {
                Block::Table { columns: columns.into_iter().map(aligned).collect(), rows: rows(events) }
            }
            Event::Rule => Block::Rule,
            other => {
                loose.take(other);
                continue;
            }
        };
        blocks.extend(loose.paragraph());
        blocks.push(block);
    }
    blocks.extend(loose.paragraph());
    blocks
}

fn aligned(alignment: Alignment) -> &'static str {
    match alignment {
        Alignment::None | Alignment::Left => "left",
        Alignment::Center => "center",
        Alignment::Right => "right",
    }
}

fn items<'e>(events: &mut impl Iterator<Item = Event<'e>>, end: TagEnd) -> Vec<Vec<Block>> {
    let mut items = Vec::new();
    while let Some(event) = events.next() {
        match event {
            Event::End(tag) if tag == end => break,
            Event::Start(Tag::Item) => items.push(until(events, Some(TagEnd::Item))),
            _ => {}
        }
    }
    items
}

/// The rows of a table, its head the first.
fn rows<'e>(events: &mut impl Iterator<Item = Event<'e>>) -> Vec<Vec<Vec<Inline>>> {
    let mut rows: Vec<Vec<Vec<Inline>>> = Vec::new();
    while let Some(event) = events.next() {
        match event {
            Event::End(TagEnd::Table) => break,
            Event::Start(Tag::TableHead | Tag::TableRow) => rows.push(Vec::new()),
            Event::Start(Tag::TableCell) => {
                let cell = line(events, TagEnd::TableCell);
                rows.last_mut().into_iter().for_each(|row| row.push(Vec::new()));
                if let Some(last) = rows.last_mut().and_then(|row| row.last_mut()) {
                    *last = cell;
                }
            }
            _ => {}
        }
    }
    rows
}

/// The text up to the end of what has begun.
fn line<'e>(events: &mut impl Iterator<Item = Event<'e>>, end: TagEnd) -> Vec<Inline> {
    let mut line = Line::default();
    for event in events.by_ref() {
        if matches!(&event, Event::End(tag) if *tag == end) {
            break;
        }
        line.take(event);
    }
    line.pieces
}

/// A line of text as it is gathered.
#[derive(Default)]
struct Line {
    pieces: Vec<Inline>,
    strong: u32,
    emph: u32,
}

impl Line {
    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(Tag::Strong) => self.strong += 1,
            Event::End(TagEnd::Strong) => self.strong = self.strong.saturating_sub(1),
            Event::Start(Tag::Emphasis) => self.emph += 1,
            Event::End(TagEnd::Emphasis) => self.emph = self.emph.saturating_sub(1),
            Event::Text(text) | Event::Code(text) => self.add(&text),
            Event::SoftBreak => self.add(" "),
            Event::HardBreak => self.add("\n"),
            _ => {}
        }
    }

    fn add(&mut self, text: &str) {
        let (strong, emph) = (self.strong > 0, self.emph > 0);
        match self.pieces.last_mut() {
            Some(last) if (last.strong, last.emph) == (strong, emph) => last.text.push_str(text),
            _ => self.pieces.push(Inline { text: text.to_owned(), strong, emph }),
        }
    }

    fn paragraph(&mut self) -> Option<Block> {
        let text = std::mem::take(&mut self.pieces);
        (!text.is_empty()).then_some(Block::Paragraph { text })
    }
}

#[cfg(test)]
mod tests {
    use super::{Block, Inline, blocks};

    fn plain(text: &str) -> Vec<Inline> {
        vec![Inline { text: text.to_owned(), strong: false, emph: false }]
    }

    #[test]
    fn lists_tables_and_paragraphs_keep_their_order() {
        let found = blocks("甲**乙**\n\n1. 一\n2. 二\n\n| a | b |\n|---|--:|\n| 1 | 2 |\n");
        let [
            Block::Paragraph { text },
            Block::List { ordered: true, items, .. },
            Block::Table { columns, rows },
        ] = found.as_slice()
        else {
            panic!("{found:?}");
        };
        assert_eq!(text.len(), 2);
        assert!(text.last().is_some_and(|last| last.strong && last.text == "乙"));
        assert_eq!(items.len(), 2);
        assert_eq!(columns, &["left", "right"]);
        assert_eq!(rows, &[vec![plain("a"), plain("b")], vec![plain("1"), plain("2")]]);
    }

    #[test]
    fn what_looks_like_markup_of_the_typesetter_is_text() {
        assert_eq!(blocks("#eval $x$ @a"), [Block::Paragraph { text: plain("#eval $x$ @a") }]);
    }
}
