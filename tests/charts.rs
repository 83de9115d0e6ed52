//! Charts say what the figures say: on every page of the example board, bars are as long as the figure beside them, and a
//! line's text is the figures of its row, which are those of the open data.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::harness::Board;

/// What stands between two texts, and what comes behind.
fn between<'t>(text: &'t str, open: &str, close: &str) -> Option<(&'t str, &'t str)> {
    text.split_once(open)?.1.split_once(close)
}

/// The text of HTML without its tags.
fn plain(html: &str) -> String {
    let pieces = html.split('<').enumerate();
    pieces
        .map(|(at, piece)| if at == 0 { piece } else { piece.split_once('>').map_or("", |(_, text)| text) })
        .collect()
}

/// The pages of the board, by path.
fn pages(published: &BTreeMap<String, Vec<u8>>) -> Vec<(&str, &str)> {
    let html = published.iter().filter(|(path, _)| path.ends_with(".html"));
    html.map(|(path, bytes)| (path.as_str(), std::str::from_utf8(bytes).unwrap())).collect()
}

/// A figure as it is shown, for comparing lengths.
fn number(text: &str) -> f64 {
    text.replace(',', "").parse().unwrap_or_else(|_| panic!("{text:?} is no figure"))
}

#[test]
fn every_picture_in_a_page_is_a_bar_or_a_line_with_its_text() {
    let board = Board::example();
    let _ = board.build().exits(0);
    let published = board.published();
    let mut found = BTreeMap::new();
    for (path, html) in pages(&published) {
        let mut rest = html;
        while let Some((tag, after)) = between(rest, "<svg", ">") {
            rest = after;
            // A bar says nothing besides the figure, a line has its figures as text.
            let silent = tag.contains("aria-hidden=\"true\"") && !tag.contains("aria-label");
            let spoken = tag.contains("role=\"img\"") && tag.contains("aria-label=\"");
            assert!(silent != spoken, "{path}: {tag}");
            *found.entry(spoken).or_insert(0) += 1;
        }
    }
    assert!(found[&true] > 20 && found[&false] > 100, "{found:?}");
}

#[test]
fn bars_are_as_long_as_their_figures() {
    let board = Board::example();
    let _ = board.build().exits(0);
    let published = board.published();
    let mut seen = 0;
    for (path, html) in pages(&published) {
        for table in html.split("<table").skip(1) {
            let table = table.split("</table>").next().unwrap();
            let mut bars: Vec<(f64, f64)> = Vec::new();
            for cell in table.split("<td").filter(|cell| cell.contains("<svg class=\"bar\"")) {
                let (before, bar) = cell.split_once("<svg class=\"bar\"").unwrap();
                let figure = plain(before.split_once('>').unwrap().1);
                let (width, _) = between(bar, "<rect width=\"", "\"").unwrap();
                bars.push((number(figure.trim().trim_end_matches('%')), number(width)));
            }
            seen += bars.len();
            // The whole is a hundred, or the highest score there is or can be.
            let Some((most, longest)) = bars.iter().copied().max_by(|one, other| one.1.total_cmp(&other.1))
            else {
                continue;
            };
            for (figure, width) in &bars {
                assert!((figure / most * longest - width).abs() < 0.11, "{path}: {figure} is {width} long");
            }
        }
    }
    assert!(seen > 100, "{seen}");
}

/// What the open data of a folder's results says: of each unit its scores, of each count and rate the totals.
fn said(published: &BTreeMap<String, Vec<u8>>, folder: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut said: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut note = |title: &str, figure: &Value| {
        said.entry(title.to_owned()).or_default().extend(figure.as_str().map(str::to_owned));
    };
    let is_data = |path: &&String| path.starts_with(folder) && path.ends_with("/data.json");
    for path in published.keys().filter(is_data) {
        let data: Value = serde_json::from_slice(&published[path]).unwrap();
        for row in data["rows"].as_array().into_iter().flatten() {
            if let Some(unit) = row["unit"].as_str() {
                note(unit, &row["score"]);
            }
        }
        for (title, count) in data["total"]["counts"].as_object().into_iter().flatten() {
            note(title, count);
        }
        for rate in data["total"]["rates"].as_array().into_iter().flatten() {
            note(&format!("{}（%）", rate["title"].as_str().unwrap()), &rate["percent"]);
        }
    }
    said
}

#[test]
fn the_text_of_a_line_is_its_row_and_its_row_the_open_data() {
    let board = Board::example();
    let _ = board.build().exits(0);
    let published = board.published();
    let mut lines = 0;
    for (path, html) in pages(&published) {
        let Some((folder, _)) = path.split_once("results/") else { continue };
        let data = said(&published, &format!("{folder}results/"));
        for row in html.split("<tr>").filter(|row| row.contains("<svg class=\"line\"")) {
            let (title, _) = between(row, "<th scope=\"row\">", "</th>").unwrap();
            let (spoken, chart) = between(row, "aria-label=\"", "\"").unwrap();
            let mut expected = Vec::new();
            let mut figures = Vec::new();
            for cell in row.split("<td class=\"figure\" data-label=\"").skip(1) {
                let (period, cell) = cell.split_once("\">").unwrap();
                let figure = cell.split("</td>").next().unwrap().split('（').next().unwrap();
                expected.push(format!("{period} {figure}"));
                if figure.starts_with(|c: char| c.is_ascii_digit() || c == '-') {
                    assert!(
                        data[title].contains(figure),
                        "{path}: {title} {figure} is not in {:?}",
                        data[title]
                    );
                    figures.push(number(figure));
                }
            }
            assert_eq!(spoken, format!("{title}的变化：{}", expected.join("、")), "{path}");
            let (points, _) = between(chart, "points=\"", "\"").unwrap();
            let heights: Vec<f64> =
                points.split(' ').map(|point| number(point.split_once(',').unwrap().1)).collect();
            assert_eq!(heights.len(), figures.len(), "{path}: {title}");
            for (at, figure) in figures.iter().enumerate() {
                for (other, height) in figures.iter().zip(&heights) {
                    // Heights are counted from the top.
                    assert!(figure < other || heights[at] <= *height, "{path}: {title}");
                }
            }
            lines += 1;
        }
    }
    assert!(lines > 20, "{lines}");
}
