//! Some sheets of one area, for the printer.

use super::make::Press;
use super::sheet::{Ground, Sheet};
use super::{Wish, contacts};
use crate::board::{AreaOnBoard, Board, OnWall};
use crate::diagnostics::{Failure, Problems};
use crate::site::{Door, Site};
use crate::views::{SheetKind, SheetName, sheets_of};

/// More contact cards than these are no document that a machine can set and a printer can hold: two thousand pages.
const MOST_CARDS: u32 = 20_000;

/// Sets the sheets of an area that are wished for and lets them leave, each under the name of its file alone.
///
/// # Errors
/// `too-many-cards` (usage) where one for each household would be more than a document holds; when the machine fails.
pub fn print(site: Site<'_>, area: &AreaOnBoard, wish: Wish, door: &dyn Door) -> Result<(), Failure> {
    let mut problems = Problems::new();
    let press = Press::of(site, &mut problems);
    door.report(problems);
    let paper = wish.paper.unwrap_or(site.board.settings.sheets.paper);
    if wish.due {
        let names = due(area, site.board);
        let sheets: Vec<Sheet> = names.iter().filter_map(|name| press.sheet(area, name, paper)).collect();
        let title = site.theme.words.fill("sheet_posting_of", &[("area", area.area.name.clone())]);
        return press.leave_as(&format!("{}-{}.pdf", file_of(area), site.board.day), &title, sheets, door);
    }
    let wanted = |name: &SheetName| wish.kind.is_none_or(|kind| name.kind() == kind);
    for name in sheets_of(area, site.board.day).iter().filter(|name| wanted(name)) {
        let sheet = match name {
            SheetName::Of(SheetKind::Cards) if wish.for_households => {
                let ground = Ground::of(site, paper);
                let count = contacts::cards_for_households(&ground, area);
                if count > MOST_CARDS {
                    let failure = Failure::usage("too-many-cards").with("count", count);
                    return Err(failure.with("most", MOST_CARDS));
                }
                contacts::cards(&ground, area, true)
            }
            name => press.sheet(area, name, paper),
        };
        let Some(mut sheet) = sheet else { continue };
        if let (Some(paper), false) = (wish.paper, sheet.data.kind == SheetKind::Cards) {
            sheet.data.paper = paper;
        }
        let title = sheet.data.title.clone();
        let file = sheet.path.rsplit('/').next().unwrap_or_default();
        press.leave_as(&format!("{}-{file}", file_of(area)), &title, vec![sheet], door)?;
    }
    Ok(())
}

/// What is to be hung up on the day, behind the list that says so.
fn due(area: &AreaOnBoard, board: &Board) -> Vec<SheetName> {
    let wall = area.wall(board);
    let to_hang = wall.hang.iter().filter(|one| one.is_to_hang(board.day));
    let sheet = to_hang.filter_map(|one| match one.what {
        OnWall::Contacts => Some(SheetName::Of(SheetKind::Contacts)),
        OnWall::Reception(_) => Some(SheetName::Of(SheetKind::ReceptionYear)),
        OnWall::Subsidy(list) => Some(SheetName::Subsidy(list.name.clone())),
        OnWall::Result(on_board) => Some(SheetName::Result(on_board.result.name.clone())),
        OnWall::Notice(notice) => Some(SheetName::LargeNotice(notice.name.clone())),
        OnWall::OldCard(_) => None,
    });
    std::iter::once(SheetName::Of(SheetKind::Posting)).chain(sheet).collect()
}

/// What the files of an area begin with, as they lie beside those of others: the topmost one has no path, and a name may
/// hold marks that files cannot have in theirs.
fn file_of(area: &AreaOnBoard) -> String {
    let written = if area.path.is_empty() { &area.area.name } else { &area.path };
    let parts = written.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join("-")
}
