//! Rows of a table that hold none of what it lists: remarks and signatures beneath it, and means of its columns.

use super::sheet::{Kind, Sheet, Slot};

/// How remarks and signatures begin, before a colon.
const ASIDES: [&str; 21] = [
    "注",
    "备注",
    "说明",
    "附注",
    "填表",
    "填表人",
    "填报人",
    "填报单位",
    "制表",
    "制表人",
    "审核",
    "审核人",
    "复核",
    "复核人",
    "经办人",
    "负责人",
    "单位负责人",
    "填表日期",
    "填报日期",
    "制表日期",
    "note",
];

/// What stands at the start of a row of means.
const MEANS: [&str; 6] = ["平均", "平均分", "平均值", "均值", "均分", "average"];

/// Takes away the rows beneath a table that nobody is meant to be listed by. Rows of means are put apart wherever they
/// stand, to be checked: they would be ranked, or paid, like those they are about. One row is always left.
pub(super) fn take_away(sheet: &mut Sheet) {
    while sheet.lines.len() > 1
        && sheet.lines.last().is_some_and(|line| is_aside(sheet, line.first, line.count))
    {
        sheet.lines.pop();
    }
    let means: Vec<bool> = sheet.lines.iter().map(|line| is_mean(sheet, line.first, line.count)).collect();
    if means.iter().all(|mean| *mean) || !means.contains(&true) {
        return;
    }
    let lines = std::mem::take(&mut sheet.lines);
    for (line, is_mean) in lines.into_iter().zip(means) {
        if is_mean {
            sheet.means.push((sheet.lines.len(), line));
        } else {
            sheet.lines.push(line);
        }
    }
}

/// The cells of a row that are not empty.
fn cells(sheet: &Sheet, first: u32, count: u32) -> impl Iterator<Item = &Slot> {
    let range = first as usize..first as usize + count as usize;
    sheet.slots.get(range).unwrap_or_default().iter().filter(|slot| slot.kind != Kind::Empty)
}

fn text<'s>(sheet: &'s Sheet, slot: &Slot) -> &'s str {
    match slot.kind {
        Kind::Text | Kind::Quoted => {
            sheet.text.get(slot.start as usize..slot.end as usize).unwrap_or_default()
        }
        _ => "",
    }
}

/// Whether every cell is a remark or a signature.
fn is_aside(sheet: &Sheet, first: u32, count: u32) -> bool {
    cells(sheet, first, count).all(|slot| {
        let colon = text(sheet, slot).split_once([':', '：']);
        colon.is_some_and(|(word, _)| {
            let word: String = word.chars().filter(|c| !super::header::is_blank(*c)).collect();
            let word = word.trim_end_matches(|c: char| c.is_ascii_digit()).to_lowercase();
            ASIDES.contains(&word.as_str())
        })
    })
}

/// Whether the first cell that is not empty says that the row holds means.
fn is_mean(sheet: &Sheet, first: u32, count: u32) -> bool {
    let head = cells(sheet, first, count).next().map(|slot| text(sheet, slot)).unwrap_or_default();
    // Nearly every row begins with a number or a name.
    if !head.contains(['均', 'a', 'A']) {
        return false;
    }
    let head = super::normalise_heading(head).to_lowercase();
    MEANS.contains(&head.trim_end_matches([':', '：']))
}
