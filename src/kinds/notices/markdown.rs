//! The text of notices: CommonMark with tables, without raw HTML, with links that lead somewhere.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd, TextMergeWithOffset, html};

use crate::diagnostics::{Code, Diagnostic, FileId, Place, Problems};
use crate::privacy;
use crate::source::{NO_PICTURE, is_picture};

const PICTURE_ELSEWHERE: Code = Code::warning("picture-elsewhere");
const HTML_DROPPED: Code = Code::warning("html-dropped");
const EMPHASIS_LEFT: Code = Code::warning("emphasis-left");
const LINK_NOT_ALLOWED: Code = Code::error("link-not-allowed");
const BROKEN_LINK: Code = Code::error("broken-link");

/// Where a link of a notice leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Destination {
    /// To another site, by mail or by telephone; or to a place on the same page.
    Outside,
    /// To a page or a file of the board, from the page of the notice.
    Inside(String),
    /// To something of the board that does not exist yet on the day: shown as plain text.
    NotYet,
    /// Nowhere.
    Nowhere,
    /// By a way that is not allowed (`javascript:` and the like).
    NotAllowed,
}

/// Searches the text of a notice for what is dropped and for links that lead nowhere. `start` is where the
/// text begins in its decoded file.
pub fn check(
    body: &str,
    start: usize,
    file: FileId,
    destination: &dyn Fn(&str) -> Destination,
    problems: &mut Problems,
) {
    let place = |range: &Range<usize>| Place::text(file, range.start + start..range.end + start);
    for (event, range) in Parser::new_ext(body, options()).into_offset_iter() {
        match event {
            Event::Start(Tag::HtmlBlock) => problems.add(Diagnostic::new(HTML_DROPPED, place(&range))),
            // What a tag opens is one mistake with the tag that closes it.
            Event::InlineHtml(tag) if !is_break(&tag) && !tag.starts_with("</") => {
                problems.add(Diagnostic::new(HTML_DROPPED, place(&range)));
            }
            // Three stars are a gap in a template, which is said where its text is.
            Event::Text(text) if text.replace("***", "").contains("**") => {
                problems.add(Diagnostic::new(EMPHASIS_LEFT, place(&range)));
            }
            Event::Start(Tag::Image { dest_url, .. })
                if matches!(destination(&dest_url), Destination::Outside) =>
            {
                problems.add(Diagnostic::new(PICTURE_ELSEWHERE, place(&range)).with("link", &dest_url));
            }
            Event::Start(Tag::Image { dest_url, .. }) if matches!(destination(&dest_url), Destination::Inside(path) if !is_picture(&path)) =>
            {
                problems.add(Diagnostic::new(NO_PICTURE, place(&range)));
            }
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                let code = match destination(&dest_url) {
                    Destination::Nowhere => BROKEN_LINK,
                    Destination::NotAllowed => LINK_NOT_ALLOWED,
                    _ => continue,
                };
                problems.add(Diagnostic::new(code, place(&range)).with("link", &dest_url));
            }
            _ => {}
        }
    }
}

/// Reports names masked by hand: stars that are no emphasis.
pub fn report_hand_masks(body: &str, start: usize, file: FileId, problems: &mut Problems) {
    if !body.contains(['*', '＊', '●', '某']) {
        return;
    }
    for (event, range) in TextMergeWithOffset::new(Parser::new_ext(body, options()).into_offset_iter()) {
        if let Event::Text(text) = event {
            let place = Place::text(file, range.start + start..range.end + start);
            privacy::report_hand_masks(&text, place, problems);
        }
    }
}

/// The text of a notice as HTML. Raw HTML is left out, links that lead nowhere are plain text, headings
/// stand below the page's own.
pub fn to_html(body: &str, destination: &dyn Fn(&str) -> Destination) -> String {
    let mut unlinked = Vec::new();
    let mut events: Vec<Event<'_>> = Vec::new();
    for event in Parser::new_ext(body, options()) {
        match event {
            // Without it the words before and after would be one.
            Event::InlineHtml(tag) if is_break(&tag) => events.push(Event::HardBreak),
            Event::Html(_) | Event::InlineHtml(_) => {}
            Event::Start(tag @ (Tag::Link { .. } | Tag::Image { .. })) => {
                let linked = linked(tag, destination);
                unlinked.push(linked.is_none());
                events.extend(linked.map(Event::Start));
            }
            Event::End(end @ (TagEnd::Link | TagEnd::Image)) => {
                if unlinked.pop() == Some(false) {
                    events.push(Event::End(end));
                }
            }
            Event::Start(Tag::Heading { level, .. }) => {
                let (level, id, classes, attrs) = (lower(level), None, Vec::new(), Vec::new());
                events.push(Event::Start(Tag::Heading { level, id, classes, attrs }));
            }
            Event::End(TagEnd::Heading(level)) => events.push(Event::End(TagEnd::Heading(lower(level)))),
            other => events.push(other),
        }
    }
    let mut html = String::with_capacity(body.len() * 2);
    html::push_html(&mut html, without_breaks(events).into_iter());
    without_styles(html)
}

/// The text of a notice for paper: no raw HTML, links as their words, pictures left out.
pub fn printed(body: &str) -> Vec<Event<'_>> {
    let mut events = Vec::new();
    let mut in_picture = 0_usize;
    for event in Parser::new_ext(body, options()) {
        match event {
            Event::Start(Tag::Image { .. }) => in_picture += 1,
            Event::End(TagEnd::Image) => in_picture = in_picture.saturating_sub(1),
            _ if in_picture > 0 => {}
            Event::InlineHtml(tag) if is_break(&tag) => events.push(Event::HardBreak),
            Event::Html(_) | Event::InlineHtml(_) => {}
            Event::Start(Tag::Link { .. }) | Event::End(TagEnd::Link) => {}
            other => events.push(other),
        }
    }
    without_breaks(events)
}

/// A text as whoever opens it in a reader of Markdown would see it: for the search, not for pages.
pub fn rendered(text: &str) -> String {
    let mut html = String::with_capacity(text.len() * 2);
    html::push_html(&mut html, Parser::new_ext(text, options()));
    html
}

/// Cells aligned by classes: the pages' policy allows no styles in the page. Signs of tags in the text are
/// escaped, so that only cells are met here.
fn without_styles(html: String) -> String {
    const ALIGNED: [(&str, &str); 3] = [
        (" style=\"text-align: left\">", ">"),
        (" style=\"text-align: center\">", " class=\"middle\">"),
        (" style=\"text-align: right\">", " class=\"figure\">"),
    ];
    if !html.contains("<table>") {
        return html;
    }
    let cell = |html: String, tag: &str| {
        let one = |html: String, (style, class): &(&str, &str)| {
            html.replace(&format!("{tag}{style}"), &format!("{tag}{class}"))
        };
        ALIGNED.iter().fold(html, one)
    };
    ["<td", "<th"].into_iter().fold(html, cell)
}

/// Whether a tag is `<br>`, the one that says nothing but what Markdown can say too.
fn is_break(tag: &str) -> bool {
    let name = tag.trim_start_matches('<').trim_end_matches(['>', '/', ' ']);
    name.eq_ignore_ascii_case("br")
}

fn options() -> Options {
    Options::ENABLE_TABLES
}

/// A link or picture with the address it has on the page; `None` when it is to be plain text.
fn linked<'e>(tag: Tag<'e>, destination: &dyn Fn(&str) -> Destination) -> Option<Tag<'e>> {
    let address = |written: &CowStr<'e>| match destination(written) {
        Destination::Outside => Some(written.clone()),
        Destination::Inside(address) => Some(CowStr::from(address)),
        Destination::NotYet | Destination::Nowhere | Destination::NotAllowed => None,
    };
    match tag {
        Tag::Link { link_type, dest_url, title, id } => {
            Some(Tag::Link { link_type, dest_url: address(&dest_url)?, title, id })
        }
        // A picture from another host would be loaded from there: only the board's own are shown.
        Tag::Image { link_type, dest_url, title, id } => match destination(&dest_url) {
            Destination::Inside(address) => {
                Some(Tag::Image { link_type, dest_url: address.into(), title, id })
            }
            _ => None,
        },
        other => Some(other),
    }
}

/// One level lower: the page's own heading is the first.
fn lower(level: HeadingLevel) -> HeadingLevel {
    match level {
        HeadingLevel::H1 => HeadingLevel::H2,
        HeadingLevel::H2 => HeadingLevel::H3,
        HeadingLevel::H3 => HeadingLevel::H4,
        HeadingLevel::H4 => HeadingLevel::H5,
        HeadingLevel::H5 | HeadingLevel::H6 => HeadingLevel::H6,
    }
}

/// Drops a soft break between two Chinese characters, where it would show as a blank.
fn without_breaks(events: Vec<Event<'_>>) -> Vec<Event<'_>> {
    let mut kept: Vec<Event<'_>> = Vec::with_capacity(events.len());
    let mut rest = events.into_iter().peekable();
    while let Some(event) = rest.next() {
        let between_chinese = matches!(event, Event::SoftBreak)
            && kept.last().and_then(last_char).is_some_and(is_wide)
            && rest.peek().and_then(first_char).is_some_and(is_wide);
        if !between_chinese {
            kept.push(event);
        }
    }
    kept
}

fn last_char(event: &Event<'_>) -> Option<char> {
    match event {
        Event::Text(text) | Event::Code(text) => text.chars().next_back(),
        _ => None,
    }
}

fn first_char(event: &Event<'_>) -> Option<char> {
    match event {
        Event::Text(text) | Event::Code(text) => text.chars().next(),
        _ => None,
    }
}

fn is_wide(character: char) -> bool {
    unicode_width::UnicodeWidthChar::width(character) == Some(2)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn html(body: &str) -> String {
        to_html(body, &|link| match link {
            "files/a.csv" => Destination::Inside("../../files/a.csv".into()),
            "javascript:alert(1)" => Destination::NotAllowed,
            "notices/later.md" => Destination::NotYet,
            _ => Destination::Outside,
        })
    }

    #[test]
    fn raw_html_and_bad_links_do_not_get_through() {
        let shown = html("<script>x</script>\n\n[甲](javascript:alert(1)) [乙](files/a.csv) <b>丙</b>");
        assert_eq!(shown, "<p>甲 <a href=\"../../files/a.csv\">乙</a> 丙</p>\n");
    }

    #[test]
    fn a_picture_from_elsewhere_is_only_its_words() {
        assert_eq!(html("![图](https://elsewhere.example/x.png)"), "<p>图</p>\n");
    }

    #[test]
    fn a_line_break_between_chinese_characters_is_no_blank() {
        assert_eq!(html("因管道检修，\n停水。\nthe end\nhere"), "<p>因管道检修，停水。\nthe end\nhere</p>\n");
    }

    #[test]
    fn headings_stand_below_the_title_and_what_comes_later_is_text() {
        assert_eq!(html("# 一\n\n[二](notices/later.md)"), "<h2>一</h2>\n<p>二</p>\n");
    }

    #[test]
    fn cells_are_aligned_by_classes_and_what_looks_like_one_stays_text() {
        let body =
            "| a | b | c | d |\n|---|:--|:-:|--:|\n| 1 | 2 | 3 | `<td style=\"text-align: right\">` |\n";
        let shown = html(body);
        assert!(shown.contains("<th>b</th>") && shown.contains("<td class=\"middle\">3</td>"), "{shown}");
        assert!(
            shown.contains("<td class=\"figure\"><code>&lt;td style=\"text-align: right\"&gt;"),
            "{shown}"
        );
    }
}
