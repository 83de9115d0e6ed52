#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use super::super::{Form, Kind, Search};
use Form::{Csv, Html, Markdown, Text, Xml};

fn split(text: &str, form: Form) -> Vec<Kind> {
    let (mut hits, mut whole) = (Vec::new(), Vec::new());
    Search::find_split(text.as_bytes(), form, &mut hits);
    Search::default().find(text.as_bytes(), form, &mut whole);
    assert_eq!(whole, [], "{text:?} is found without joining");
    hits.iter().map(|hit| hit.kind).collect()
}

#[test]
fn a_number_over_a_border_is_joined() {
    for (text, form) in [
        ("身份证440524\n188001010014。", Text),
        ("440524 18800101\n0014", Text),
        ("440524188001\r\n\r\n010014", Text),
        ("110105194912\n31002X", Text),
        ("11010519491231002\nX", Text),
        ("- 440524\n- 18800101\n- 0014", Markdown),
        ("* 440524\n* 18800101\n* 0014", Text),
        ("| 440524 | 18800101 | 0014 |", Markdown),
        ("440524188001\\\n010014", Text),
        ("<p>440524<br>18800101<br/>0014</p>", Html),
        ("<li>440524</li>\n<li>18800101</li>\n<li class=\"a1\">0014</li>", Html),
        ("<td>4405</td><td>2418</td><td>8001</td><td>0100</td><td>14</td>", Html),
        ("<p>440524<b>18800</b>101</p><p>0014</p>", Html),
        ("<w:p><w:t>440524</w:t></w:p><w:p><w:t>188001010014</w:t></w:p>", Xml),
        ("张三,440524,188001010014\n", Csv),
        ("张三,\"440524\",\"18800101\",0014\n", Csv),
        ("440524\t18800101\t0014", Text),
        ("4\n4\n0\n5\n2\n4\n1\n8\n8\n0\n0\n1\n0\n1\n0\n0\n1\n4", Text),
        ("４４０５２４\n188001010014", Text),
        ("440524-\n18800101\n-0014", Text),
        ("4405 2418 80\n01 0100 14", Text),
    ] {
        assert_eq!(split(text, form), [Kind::IdNumber], "{form:?}: {text}");
    }
    for (text, form) in [
        ("一卡通账号：6228480402\n564890018", Text),
        ("<td>银行账号</td><td>6228</td><td>4804</td><td>0256</td><td>4890</td><td>018</td>", Html),
    ] {
        assert_eq!(split(text, form), [Kind::BankCard], "{form:?}: {text}");
    }
}

#[test]
fn figures_beside_each_other_are_not() {
    for (text, form) in [
        // A wrong check character; no real date; no label.
        ("440524\n188001010015", Text),
        ("440524\n188013010014", Text),
        ("6228480402\n564890018", Text),
        // Something else stands between.
        ("440524，\n188001010014", Text),
        ("440524元\n188001010014", Text),
        ("440524\n共188001010014", Text),
        ("440524.\n188001010014", Text),
        ("440524\n1. 188001010014", Text),
        ("<td>440524</td><td>元</td><td>188001010014</td>", Html),
        ("440524,188001010014", Text),
        // More digits than a number has.
        ("1440524\n188001010014", Text),
        ("440524\n1880010100140", Text),
        // Groups as short as days and ordinals.
        ("44\n0524\n1880\n01\n01\n0014", Text),
        ("2026-11-22\n2026-11-23\n2026-11-24", Text),
        ("<td>1</td><td>500.00</td><td>2</td><td>600.00</td>", Html),
        // A group that is cut at more borders than one.
        ("4405 2418 80\n01 0100\n14", Text),
        ("2021\n2022\n2023\n2024\n2025", Text),
    ] {
        assert_eq!(split(text, form), [], "{form:?}: {text}");
    }
}

#[test]
fn what_stands_in_one_is_left_to_the_search() {
    for text in ["440524188001010014", "440524 18800101 0014", "440524-18800101-0014"] {
        let mut hits = Vec::new();
        Search::find_split(text.as_bytes(), Text, &mut hits);
        assert_eq!(hits, [], "{text}");
    }
}

#[test]
fn long_chains_take_no_longer_than_others() {
    for piece in ["1\n", "123\n", "1<p>", "12 ", "1-", "x\n", "1,"] {
        let text = piece.repeat(100_000 / piece.len());
        for form in [Text, Html, Csv] {
            let start = std::time::Instant::now();
            Search::find_split(text.as_bytes(), form, &mut Vec::new());
            assert!(start.elapsed().as_secs() < 2, "{piece:?} {form:?}");
        }
    }
}
