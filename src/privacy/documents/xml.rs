//! The text of XML parts, read as a person sees it: runs of one paragraph belong together, paragraphs and cells do not.

use quick_xml::Reader;
use quick_xml::events::Event;

use super::package::decoded;

/// Elements inside of which text runs on over their ends: runs of letters of one look, links, marks of corrections. After
/// every other element something new begins.
const RUNNING_ON: [&str; 38] = [
    // WordprocessingML
    "t",
    "r",
    "rPr",
    "rFonts",
    "b",
    "bCs",
    "i",
    "iCs",
    "u",
    "sz",
    "szCs",
    "color",
    "highlight",
    "lang",
    "vertAlign",
    "shd",
    "spacing",
    "kern",
    "proofErr",
    "bookmarkStart",
    "bookmarkEnd",
    "ins",
    "del",
    "delText",
    "hyperlink",
    "smartTag",
    "commentRangeStart",
    "commentRangeEnd",
    "lastRenderedPageBreak",
    "noProof",
    // SpreadsheetML
    "rFont",
    "charset",
    "family",
    "scheme",
    "phoneticPr",
    // OpenDocument
    "span",
    "a",
    "s",
];

/// The text of a part; `None` when it is no XML. In properties every element is a fact of its own.
pub(super) fn text(bytes: &[u8], path: &str) -> Option<String> {
    let source = decoded(bytes)?;
    let mut reader = Reader::from_str(&source);
    reader.config_mut().check_end_names = false;
    let properties = path.starts_with("docProps/") || path.ends_with("meta.xml");
    let runs_on = |name: &str| !properties && RUNNING_ON.contains(&name);
    let mut text = String::with_capacity(source.len() / 4);
    loop {
        match reader.read_event().ok()? {
            Event::Text(written) => text.push_str(&written.decode().ok()?),
            Event::CData(written) => text.push_str(&written.decode().ok()?),
            Event::GeneralRef(reference) => match reference.resolve_char_ref().ok()? {
                Some(letter) => text.push(letter),
                None => text.push(match &*reference.decode().ok()? {
                    "amp" => '&',
                    "lt" => '<',
                    "gt" => '>',
                    "quot" => '"',
                    "apos" => '\'',
                    _ => return None,
                }),
            },
            Event::Empty(element) => {
                let local = element.local_name();
                let name = std::str::from_utf8(local.as_ref()).ok()?;
                match name {
                    "tab" => text.push('\t'),
                    "s" => text.push(' '),
                    name if runs_on(name) => {}
                    _ => text.push('\n'),
                }
            }
            Event::End(element) => {
                let local = element.local_name();
                if !runs_on(std::str::from_utf8(local.as_ref()).ok()?) {
                    text.push('\n');
                }
            }
            Event::Eof => return Some(text),
            // A document type can make letters out of nothing.
            Event::DocType(_) => return None,
            _ => {}
        }
    }
}
