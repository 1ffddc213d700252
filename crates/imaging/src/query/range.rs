//! Range matching of dates and times (PS3.4, C.2.2.2.5).

use dicom_core::header::VR;

/// Whether a date or time lies in `wanted`: one value, or two with a hyphen, either of which may be left out.
pub(super) fn is_within(wanted: &str, found: &str, vr: VR) -> bool {
    let found = plain(found, vr);
    match split(wanted, vr) {
        None => {
            let wanted = plain(wanted, vr);
            // A shorter time means all of it: 1030 is every second of that minute (PS3.5, 6.2, TM).
            found == wanted || (vr != VR::DA && found.starts_with(&wanted))
        }
        Some((from, to)) => {
            let (from, to) = (plain(from, vr), plain(to, vr));
            let is_after = from.is_empty() || found >= from || found.starts_with(&from);
            let is_before = to.is_empty() || found <= to || found.starts_with(&to);
            is_after && is_before
        }
    }
}

/// The two ends. The hyphen of a date-time's zone (`-0500` at its end) parts nothing.
fn split(wanted: &str, vr: VR) -> Option<(&str, &str)> {
    let hyphens: Vec<usize> = wanted.match_indices('-').map(|(at, _)| at).collect();
    let at = match (hyphens.as_slice(), vr) {
        ([], _) => return None,
        ([only], VR::DT) if *only > 0 && wanted.len() - only == 5 && *only > 8 => return None,
        ([first, ..], _) => *first,
    };
    Some((&wanted[..at], &wanted[at + 1..]))
}

/// Without the signs of older versions of the standard: 2031.05.02, 10:30.
fn plain(text: &str, vr: VR) -> String {
    let text = text.trim();
    match vr {
        VR::DA => text.replace('.', ""),
        VR::TM => text.replace(':', ""),
        _ => text.to_owned(),
    }
}
