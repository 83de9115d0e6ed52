//! Old Excel workbooks, written by hand record by record.

use std::io::{Cursor, Write};

/// A workbook of two sheets with the text somewhere in it.
pub fn xls(part: &str, text: &str) -> Vec<u8> {
    let (mut first, mut second, mut name, mut properties) = (label("通知"), label("说明"), "a", "x");
    match part {
        "" => first = label(text),
        "plain" => first = narrow_label(text),
        "hidden" => second = label(text),
        "number" => first = number(text.parse().unwrap()),
        "cells" => {
            let middle = text.len() / 2;
            first = [label_at(0, &text[..middle]), label_at(1, &text[middle..])].concat();
        }
        "name" => name = text,
        "properties" => properties = text,
        _ => panic!("xls has no {part}"),
    }
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    file.create_stream("/Workbook").unwrap().write_all(&workbook(name, &[first, second])).unwrap();
    file.create_stream("/\u{5}SummaryInformation").unwrap().write_all(properties.as_bytes()).unwrap();
    file.flush().unwrap();
    file.into_inner().into_inner()
}

fn record(kind: u16, body: &[u8]) -> Vec<u8> {
    let length = u16::try_from(body.len()).unwrap();
    [&kind.to_le_bytes()[..], &length.to_le_bytes(), body].concat()
}

/// The beginning of the workbook (5) or of a sheet (16), in the form of Excel 97.
fn beginning(of: u16) -> Vec<u8> {
    let body = [0x0600, of, 0x0DBB, 0x07CC, 0, 0, 6, 0];
    record(0x0809, &body.iter().flat_map(|word: &u16| word.to_le_bytes()).collect::<Vec<_>>())
}

/// A sheet in plain sight and one that is very hidden.
fn workbook(name: &str, sheets: &[Vec<u8>; 2]) -> Vec<u8> {
    let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let names = [(wide.as_slice(), name.encode_utf16().count(), 0_u8), (&[b'b', 0], 1, 2)];
    let entry = |start: usize, (name, count, state): (&[u8], usize, u8)| {
        let start = u32::try_from(start).unwrap().to_le_bytes();
        record(0x85, &[&start[..], &[state, 0, u8::try_from(count).unwrap(), 1], name].concat())
    };
    let head = [beginning(5), record(0x42, &1200_u16.to_le_bytes())].concat();
    let end = record(0x0A, &[]);
    let body = |cells: &[u8]| [beginning(16).as_slice(), cells, &end].concat();
    let bodies = sheets.each_ref().map(|cells| body(cells));
    let entries: usize = names.iter().map(|name| entry(0, *name).len()).sum();
    let mut start = head.len() + entries + end.len();
    let mut bytes = head;
    for (name, body) in names.into_iter().zip(&bodies) {
        bytes.extend(entry(start, name));
        start += body.len();
    }
    [bytes, end, bodies.concat()].concat()
}

fn label(text: &str) -> Vec<u8> {
    label_at(0, text)
}

/// A cell of letters of two bytes.
fn label_at(column: u16, text: &str) -> Vec<u8> {
    let letters: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    cell(
        0x0204,
        column,
        &[&u16::try_from(letters.len() / 2).unwrap().to_le_bytes()[..], &[1], &letters].concat(),
    )
}

/// A cell of letters of one byte, as Excel stores what needs no more.
fn narrow_label(text: &str) -> Vec<u8> {
    cell(0x0204, 0, &[&u16::try_from(text.len()).unwrap().to_le_bytes()[..], &[0], text.as_bytes()].concat())
}

fn number(value: f64) -> Vec<u8> {
    cell(0x0203, 0, &value.to_le_bytes())
}

fn cell(kind: u16, column: u16, value: &[u8]) -> Vec<u8> {
    let place: Vec<u8> = [0, column, 0].iter().flat_map(|word: &u16| word.to_le_bytes()).collect();
    record(kind, &[&place, value].concat())
}
