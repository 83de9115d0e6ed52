//! Long lists over several pages, so that no page is heavier than a cheap phone can bear.

use serde::Serialize;

use super::frame::page_address;

/// What the rows of one page may weigh, in bytes of HTML as estimated; the frame around them and the
/// difference between estimate and truth leave room below 100 KB.
const MOST_WEIGHT: usize = 64_000;

/// The place of one page among those of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Page {
    /// Number of the page, from 1.
    pub number: usize,
    /// How many there are.
    pub count: usize,
}

/// A link to one page of several.
#[derive(Clone, Debug, Serialize)]
pub struct PageLink {
    /// Its number, from 1.
    pub number: usize,
    /// Its address from the site's root.
    pub address: String,
    /// Whether it is the page shown.
    pub here: bool,
}

/// Links to all pages of a list whose page `page` is shown; none where there is only one. `folder` is the
/// folder of the page with a number.
pub fn page_links(page: Page, folder: impl Fn(usize) -> String) -> Vec<PageLink> {
    let numbers = (1..=page.count).filter(|_| page.count > 1);
    let link =
        |number| PageLink { number, address: page_address(&folder(number)), here: number == page.number };
    numbers.map(link).collect()
}

/// Splits rows into pages in their order, each as full as `weight` (bytes of HTML of a row) allows.
/// There is always one page, empty when there are no rows.
pub fn split_by_weight<T>(rows: Vec<T>, weight: impl Fn(&T) -> usize) -> Vec<(Page, Vec<T>)> {
    split_beside(0, rows, weight)
}

/// The same where something besides the rows, which weighs `taken`, stands on the first page.
pub(super) fn split_beside<T>(
    taken: usize,
    rows: Vec<T>,
    weight: impl Fn(&T) -> usize,
) -> Vec<(Page, Vec<T>)> {
    let mut pages: Vec<Vec<T>> = vec![Vec::new()];
    let mut filled = taken;
    for row in rows {
        let heavy = weight(&row);
        let overfull = filled + heavy > MOST_WEIGHT;
        match pages.last_mut() {
            Some(page) if page.is_empty() || !overfull => page.push(row),
            _ => {
                pages.push(vec![row]);
                filled = 0;
            }
        }
        filled += heavy;
    }
    let count = pages.len();
    pages.into_iter().enumerate().map(|(index, rows)| (Page { number: index + 1, count }, rows)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_is_always_a_page() {
        let pages = split_by_weight(Vec::<u8>::new(), |_| 1);
        assert_eq!(pages, [(Page { number: 1, count: 1 }, vec![])]);
    }

    #[test]
    fn what_stands_on_the_first_page_takes_its_room_there() {
        let pages = split_beside(MOST_WEIGHT / 2, (0..400).collect(), |_| MOST_WEIGHT / 100);
        let rows: Vec<usize> = pages.iter().map(|(_, rows)| rows.len()).collect();
        assert_eq!(rows, [50, 100, 100, 100, 50]);
    }

    #[test]
    fn rows_keep_their_order_and_no_page_is_overfull() {
        let pages = split_by_weight((0..1000).collect(), |_| 200);
        assert_eq!(pages.len(), 4);
        assert!(pages.iter().all(|(_, rows)| rows.len() * 200 <= MOST_WEIGHT));
        let rows: Vec<i32> = pages.into_iter().flat_map(|(_, rows)| rows).collect();
        assert_eq!(rows, (0..1000).collect::<Vec<_>>());
    }
}
