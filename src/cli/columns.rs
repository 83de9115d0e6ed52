//! Cells in columns, by the width that a terminal gives them: a Chinese character takes two.

use unicode_width::UnicodeWidthStr;

/// Lines whose cells stand in columns, without blanks at their ends. Rows may be of unequal length.
pub(super) fn lines(rows: &[Vec<String>]) -> Vec<String> {
    let mut widths: Vec<usize> = Vec::new();
    for row in rows {
        widths.resize(row.len().max(widths.len()), 0);
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = cell.width().max(*width);
        }
    }
    let line = |row: &Vec<String>| {
        let padded = row.iter().zip(&widths);
        let padded = padded.map(|(cell, width)| format!("{cell}{}", " ".repeat(width - cell.width())));
        padded.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    };
    rows.iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::lines;

    #[test]
    fn wide_characters_take_two_columns() {
        let rows = [["柳塘村", "低保", "a"], ["云溪镇桥头", "b", "c"]];
        let rows: Vec<Vec<String>> = rows.iter().map(|row| row.map(str::to_owned).to_vec()).collect();
        assert_eq!(lines(&rows), ["柳塘村      低保  a", "云溪镇桥头  b     c"]);
    }
}
