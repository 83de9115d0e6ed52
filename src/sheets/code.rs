//! Codes to scan.

use fast_qr::convert::Builder;
use fast_qr::convert::svg::SvgBuilder;
use fast_qr::{ECL, QRBuilder};

/// Blank modules around a code, without which scanners do not find it (ISO/IEC 18004).
const QUIET: usize = 4;

/// The code of an address as SVG, readable with a fifteenth of it dirty or torn; an empty picture where the address is longer
/// than codes can be.
pub(super) fn svg(address: &str) -> Vec<u8> {
    let code = QRBuilder::new(address).ecl(ECL::M).build();
    let svg = code.map(|code| SvgBuilder::default().margin(QUIET).to_str(&code));
    svg.unwrap_or_else(|_| EMPTY.to_owned()).into_bytes()
}

const EMPTY: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1 1\"/>";
