use maud::{Markup, html};
use qrcodegen::{QrCode, QrCodeEcc};

/// Blank modules around a code (ISO/IEC 18004, 5.3.8).
const QUIET: i32 = 4;

/// An address as a QR code; nothing if it is too long for one.
#[must_use]
pub fn qr(address: &str, label: &str) -> Markup {
    let Ok(code) = QrCode::encode_text(address, QrCodeEcc::Medium) else { return html! {} };
    let side = code.size() + 2 * QUIET;
    html! {
        svg.qr viewBox={ "0 0 " (side) " " (side) } role="img" aria-label=(label) {
            rect width="100%" height="100%" fill="#fff" {}
            path d=(modules(&code)) fill="#000" {}
        }
    }
}

fn modules(code: &QrCode) -> String {
    let side = 0..code.size();
    let dark =
        side.clone().flat_map(|y| side.clone().map(move |x| (x, y))).filter(|(x, y)| code.get_module(*x, *y));
    dark.map(|(x, y)| format!("M{},{}h1v1h-1z", x + QUIET, y + QUIET)).collect()
}
