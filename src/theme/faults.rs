//! What the template engine complains of, as problems with places in the board's own templates.

use std::collections::BTreeMap;
use std::ops::Range;

use tera::ErrorKind;

use crate::diagnostics::{Code, Diagnostic, FileId, Place};

const THEME_FAULT: Code = Code::error("theme-fault");

/// The board's own templates by name.
pub(super) type OwnTemplates = BTreeMap<String, (String, FileId)>;

/// One complaint: the template, where in it, and what is wrong.
struct Complaint {
    template: String,
    range: Option<Range<usize>>,
    message: String,
}

/// The problems in an error of the template engine; at least one.
pub(super) fn faults(error: &tera::Error, own: &OwnTemplates) -> Vec<Diagnostic> {
    complaints(error.kind(), own).into_iter().map(|complaint| complaint.diagnostic(own)).collect()
}

/// The first problem in an error; one that shows while rendering is the only one.
pub(super) fn first_fault(error: &tera::Error, own: &OwnTemplates) -> Diagnostic {
    let first = faults(error, own).into_iter().next();
    first.unwrap_or_else(|| Diagnostic::of_the_board(THEME_FAULT).with("template", "").with("detail", error))
}

fn complaints(kind: &ErrorKind, own: &OwnTemplates) -> Vec<Complaint> {
    let whole = |template: &str, range| {
        vec![Complaint { template: template.to_owned(), range, message: kind.to_string() }]
    };
    match kind {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => vec![Complaint {
            template: report.filename().to_owned(),
            range: Some(report.span().range.clone()),
            message: report.message().to_owned(),
        }],
        ErrorKind::MissingParent { current, .. } => whole(current, None),
        ErrorKind::CircularExtend { tpl, .. } | ErrorKind::CircularInclude { tpl, .. } => whole(tpl, None),
        ErrorKind::Msg(text) => {
            let listed: Vec<Complaint> = listed(text, own).collect();
            if listed.is_empty() { whole("", None) } else { listed }
        }
        _ => whole("", None),
    }
}

/// Names that do not exist come as one text, a report for each: `error: MESSAGE`, then `--> FILE:LINE:COLUMN`.
fn listed<'t>(text: &'t str, own: &'t OwnTemplates) -> impl Iterator<Item = Complaint> + 't {
    text.split("error: ").filter_map(|report| {
        let mut lines = report.lines();
        let message = lines.next()?.to_owned();
        let mut place = lines.next()?.split_once("--> ")?.1.rsplitn(3, ':');
        let column: usize = place.next()?.parse().ok()?;
        let line: usize = place.next()?.parse().ok()?;
        let template = place.next()?.to_owned();
        let range = own.get(&template).and_then(|(text, _)| character(text, line, column));
        Some(Complaint { template, range, message })
    })
}

/// The bytes of the character at a line and column, both from 1.
fn character(text: &str, line: usize, column: usize) -> Option<Range<usize>> {
    let before: usize = text.split_inclusive('\n').take(line.checked_sub(1)?).map(str::len).sum();
    let (at, sign) = text.get(before..)?.char_indices().nth(column.checked_sub(1)?)?;
    Some(before + at..before + at + sign.len_utf8())
}

impl Complaint {
    fn diagnostic(self, own: &OwnTemplates) -> Diagnostic {
        let file = own.get(&self.template).map(|(_, file)| *file);
        let diagnostic = match (file, self.range) {
            (Some(file), Some(range)) => Diagnostic::new(THEME_FAULT, Place::text(file, range)),
            (Some(file), None) => Diagnostic::new(THEME_FAULT, Place::file(file)),
            (None, _) => Diagnostic::of_the_board(THEME_FAULT),
        };
        diagnostic.with("template", self.template).with("detail", self.message)
    }
}
