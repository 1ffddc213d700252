//! Transfer syntaxes (PS3.5, 10).

use dicom_dictionary_std::uids;

/// Implicit VR Little Endian: what every node must speak.
pub const IMPLICIT_LE: &str = uids::IMPLICIT_VR_LITTLE_ENDIAN;
/// Explicit VR Little Endian.
pub const EXPLICIT_LE: &str = uids::EXPLICIT_VR_LITTLE_ENDIAN;

/// What objects may be sent in. Those after the first two are compressed; they are kept as they come.
pub const STORAGE_SYNTAXES: [&str; 15] = [
    EXPLICIT_LE,
    IMPLICIT_LE,
    "1.2.840.10008.1.2.4.50",
    "1.2.840.10008.1.2.4.51",
    "1.2.840.10008.1.2.4.57",
    "1.2.840.10008.1.2.4.70",
    "1.2.840.10008.1.2.4.80",
    "1.2.840.10008.1.2.4.81",
    "1.2.840.10008.1.2.4.90",
    "1.2.840.10008.1.2.4.91",
    "1.2.840.10008.1.2.4.110",
    "1.2.840.10008.1.2.4.201",
    "1.2.840.10008.1.2.4.202",
    "1.2.840.10008.1.2.4.203",
    "1.2.840.10008.1.2.5",
];

/// Whether a data set in this syntax can be read.
pub fn is_known(uid: &str) -> bool {
    STORAGE_SYNTAXES.contains(&uid)
}

/// Whether pixel data in this syntax comes as compressed fragments (PS3.5, A.4).
pub fn is_encapsulated(uid: &str) -> bool {
    is_known(uid) && uid != IMPLICIT_LE && uid != EXPLICIT_LE
}

/// What people call a syntax.
pub fn syntax_name(uid: &str) -> &str {
    match uid {
        IMPLICIT_LE => "Implicit VR Little Endian",
        EXPLICIT_LE => "Explicit VR Little Endian",
        "1.2.840.10008.1.2.4.50" => "JPEG Baseline",
        "1.2.840.10008.1.2.4.51" => "JPEG Extended",
        "1.2.840.10008.1.2.4.57" | "1.2.840.10008.1.2.4.70" => "JPEG Lossless",
        "1.2.840.10008.1.2.4.80" | "1.2.840.10008.1.2.4.81" => "JPEG-LS",
        "1.2.840.10008.1.2.4.90" | "1.2.840.10008.1.2.4.91" => "JPEG 2000",
        "1.2.840.10008.1.2.4.110" => "JPEG XL",
        "1.2.840.10008.1.2.4.201" | "1.2.840.10008.1.2.4.202" | "1.2.840.10008.1.2.4.203" => "HTJ2K",
        "1.2.840.10008.1.2.5" => "RLE",
        other => other,
    }
}
