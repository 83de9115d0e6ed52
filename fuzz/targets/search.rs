//! Whatever the bytes, the search ends with ranges within them; and an ID number is found whatever stands around it.

#![cfg_attr(feature = "libfuzzer", no_main)]

use gongshi::privacy::{Form, Hit, Kind, Search};

const FORMS: [Form; 8] =
    [Form::Html, Form::Xml, Form::Json, Form::Csv, Form::Ics, Form::Text, Form::Markdown, Form::Path];

gongshi_fuzz::start!(target);

fn target(data: &[u8]) {
    let [form, at, first, second, surroundings @ ..] = data else { return };
    let form = FORMS[usize::from(*form) % FORMS.len()];
    find(surroundings, form);
    let (before, after) = surroundings.split_at(surroundings.len() * usize::from(*at) / 255);
    let number = id_number(*first, *second);
    // No character that could belong to it stands beside it.
    let planted = [before, "号，".as_bytes(), number.as_bytes(), "，号".as_bytes(), after].concat();
    let own = before.len() + "号，".len()..before.len() + "号，".len() + number.len();
    // What stands around it can make another number with it inside, which is one hit.
    let is_found =
        |hit: &Hit| hit.kind == Kind::IdNumber && hit.range.start <= own.start && own.end <= hit.range.end;
    assert!(find(&planted, form).iter().any(is_found), "{form:?}: the number is not found");
}

fn find(bytes: &[u8], form: Form) -> Vec<Hit> {
    let mut hits = Vec::new();
    Search::default().find(bytes, form, &mut hits);
    assert!(hits.iter().all(|hit| !hit.range.is_empty() && hit.range.end <= bytes.len()), "beyond the bytes");
    assert!(hits.windows(2).all(|pair| pair[0].range.end <= pair[1].range.start), "ranges that overlap");
    hits
}

/// A number as GB 11643 makes them.
fn id_number(first: u8, second: u8) -> String {
    let (region, year, month, day) = (first % 100, second % 100, first % 9 + 1, second % 9);
    let body = format!("3303{region:02}19{year:02}0{month}1{day}{first:03}");
    let sum = body.bytes().fold(0, |sum, digit| (sum + u32::from(digit - b'0')) * 2 % 11);
    match (12 - sum) % 11 {
        10 => body + "X",
        check => body + &check.to_string(),
    }
}
