//! Merged cells: what stands in them, and for which rows.

use std::collections::BTreeSet;

use super::MOST_CELLS;
use super::page::{Area, Cell, Content, Page};
use super::summing::summing;
use super::workbook::too_large;
use crate::diagnostics::{Code, Diagnostic, FileId, Place, Problems};

const MERGED_HEADER: Code = Code::error("merged-header");
const MERGED_CELLS: Code = Code::error("merged-cells");

/// Gives text merged over several rows to each of them, and says which merged cells nobody can
/// attribute. Areas above the header are titles. False when there was one.
///
/// An area one row high or over columns of which only one is used is fine as far as it hides nothing.
pub(super) fn settle(page: &mut Page, header: u32, file: FileId, problems: &mut Problems) -> bool {
    let used: BTreeSet<u32> =
        page.cells.iter().filter(|cell| cell.row >= header).map(|cell| cell.column).collect();
    let rows: BTreeSet<u32> = page.cells.iter().map(|cell| cell.row).collect();
    let mut filled = Vec::new();
    let mut sound = true;
    let areas: Vec<Area> = page.merged.iter().copied().filter(|area| area.rows.1 >= header).collect();
    for area in areas {
        match judge(page, area, header, &used) {
            Verdict::Fine => {}
            Verdict::Wrong(code) => {
                let place = Place::cell(file, page.index, area.rows.0, area.columns.0);
                problems.add(Diagnostic::new(code, place));
                sound = false;
            }
            Verdict::Fill(content) => {
                for &row in rows.range(area.rows.0..=area.rows.1).skip(1) {
                    filled.push(Cell { row, column: area.columns.0, content: content.clone() });
                    if filled.len() as u64 > MOST_CELLS {
                        too_large(file, problems);
                        return false;
                    }
                }
            }
        }
    }
    page.cells.extend(filled);
    page.sort();
    sound
}

enum Verdict {
    Fine,
    Wrong(Code),
    Fill(Content),
}

fn judge(page: &Page, area: Area, header: u32, used: &BTreeSet<u32>) -> Verdict {
    let (top, left) = (area.rows.0, area.columns.0);
    if top > area.rows.1 || left > area.columns.1 {
        return Verdict::Wrong(MERGED_CELLS);
    }
    let several_columns = used.range(left..=area.columns.1).nth(1).is_some();
    if top <= header {
        return if several_columns { Verdict::Wrong(MERGED_HEADER) } else { Verdict::Fine };
    }
    let first = page.cells.partition_point(|cell| (cell.row, cell.column) < (top, left));
    let inside = page.cells.get(first..).unwrap_or_default().iter();
    let mut inside =
        inside.take_while(|cell| cell.row <= area.rows.1).filter(|cell| area.contains(cell.row, cell.column));
    let Some(shown) = inside.next() else { return Verdict::Fine };
    // Only the first cell of an area is seen; what lies under it would be published unseen.
    if (shown.row, shown.column) != (top, left) || inside.next().is_some() {
        return Verdict::Wrong(MERGED_CELLS);
    }
    let several_rows = top < area.rows.1;
    match &shown.content {
        Content::Text(text) if several_columns => {
            // The word of a summing row often spans the columns before the sum.
            let sum = !several_rows && summing(text).is_some();
            if sum { Verdict::Fine } else { Verdict::Wrong(MERGED_CELLS) }
        }
        Content::Text(_) if several_rows => Verdict::Fill(shown.content.clone()),
        Content::Text(_) => Verdict::Fine,
        _ if several_columns || several_rows => Verdict::Wrong(MERGED_CELLS),
        _ => Verdict::Fine,
    }
}
