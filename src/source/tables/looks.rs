//! What the styles of an XLSX workbook hide: number formats that show nothing, and white text on no fill.

use std::collections::BTreeMap;
use std::io::BufRead;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::archive::{attribute, numeric};
use super::page::{Fault, Veil};

/// Each part of a colour is at least so bright where it cannot be told from paper.
const BRIGHT: u32 = 0xF0;
/// White in the palette that old files count in, which has it twice, and as a colour of the theme.
const INDEXED_WHITE: [u32; 2] = [1, 9];
const THEME_WHITE: u32 = 0;

/// What each style of cells hides.
#[derive(Debug, Default)]
pub(super) struct Looks(Vec<Option<Veil>>);

impl Looks {
    /// Reads the part of styles.
    pub(super) fn read(reader: &mut Reader<impl BufRead>) -> Result<Self, Fault> {
        let mut styles = Styles::default();
        let mut buffer = Vec::new();
        loop {
            match reader.read_event_into(&mut buffer)? {
                Event::Start(element) => {
                    styles.start(&element)?;
                    styles.depth += 1;
                }
                Event::End(_) => styles.depth = styles.depth.saturating_sub(1),
                Event::Eof => return Ok(styles.looks()),
                _ => {}
            }
            buffer.clear();
        }
    }

    /// What the style with this number hides.
    pub(super) fn veil(&self, style: usize) -> Option<Veil> {
        self.0.get(style).copied().flatten()
    }
}

/// The lists of the part; cells name an entry of the last, which names entries of the others.
#[derive(Default)]
struct Styles {
    depth: usize,
    list: Vec<u8>,
    formats: BTreeMap<u32, Veil>,
    /// Whether each font is white.
    fonts: Vec<bool>,
    /// Whether each fill is none, or as white as paper.
    fills: Vec<bool>,
    /// Format, font and fill of each style.
    cells: Vec<(u32, usize, usize)>,
}

impl Styles {
    fn start(&mut self, element: &BytesStart<'_>) -> Result<(), Fault> {
        let name = element.local_name();
        let name = name.as_ref();
        if self.depth == 1 {
            self.list = name.to_vec();
        }
        match (self.list.as_slice(), name) {
            (b"numFmts", b"numFmt") => {
                let code = attribute(element, "formatCode")?.unwrap_or_default();
                if let (Some(id), Some(veil)) = (numeric(element, "numFmtId")?, veil_of(&code)) {
                    self.formats.insert(id, veil);
                }
            }
            (b"fonts", b"font") => self.fonts.push(false),
            (b"fonts", b"color") => {
                let white = is_white(element)?;
                if let Some(font) = self.fonts.last_mut() {
                    *font = white;
                }
            }
            (b"fills", b"fill") => self.fills.push(true),
            (b"fills", b"patternFill") => {
                let kind = attribute(element, "patternType")?;
                if let Some(fill) = self.fills.last_mut() {
                    *fill = matches!(kind.as_deref(), None | Some("none"));
                }
            }
            (b"fills", b"gradientFill") => {
                if let Some(fill) = self.fills.last_mut() {
                    *fill = false;
                }
            }
            (b"fills", b"fgColor") => {
                let white = is_white(element)?;
                if let Some(fill) = self.fills.last_mut() {
                    *fill |= white;
                }
            }
            (b"cellXfs", b"xf") => self.cells.push((
                numeric(element, "numFmtId")?.unwrap_or(0),
                numeric(element, "fontId")?.unwrap_or(0),
                numeric(element, "fillId")?.unwrap_or(0),
            )),
            _ => {}
        }
        Ok(())
    }

    fn looks(self) -> Looks {
        let veil = |(format, font, fill): &(u32, usize, usize)| {
            let white = self.fonts.get(*font) == Some(&true) && self.fills.get(*fill) != Some(&false);
            self.formats.get(format).copied().or(white.then_some(Veil::White))
        };
        Looks(self.cells.iter().map(veil).collect())
    }
}

/// What a format code hides: it has up to four parts, for numbers above, below and at zero and for text, and shows
/// nothing where they are empty. With fewer than four, text is shown as it is.
pub(super) fn veil_of(code: &str) -> Option<Veil> {
    let bare = code.replace("\"\"", "").replace(' ', "");
    let is_bare = !bare.is_empty() && bare.bytes().all(|byte| byte == b';');
    is_bare.then_some(if bare.len() >= 3 { Veil::Everything } else { Veil::Numbers })
}

fn is_white(element: &BytesStart<'_>) -> Result<bool, Fault> {
    let tint: Option<f64> = numeric(element, "tint")?;
    let indexed: Option<u32> = numeric(element, "indexed")?;
    let theme: Option<u32> = numeric(element, "theme")?;
    // Of four pairs of digits the first says how clear the colour is.
    let rgb = attribute(element, "rgb")?.and_then(|rgb| u32::from_str_radix(rgb.trim(), 16).ok());
    let is_bright = |rgb: u32| [0, 8, 16].iter().all(|shift| (rgb >> shift) & 0xFF >= BRIGHT);
    Ok(rgb.is_some_and(is_bright)
        || indexed.is_some_and(|indexed| INDEXED_WHITE.contains(&indexed))
        || theme == Some(THEME_WHITE) && tint.is_none_or(|tint| tint > -0.05))
}
