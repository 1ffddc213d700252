/// The systems of a hospital that take messages: MSH-5, and what it is.
pub const SYSTEMS: [(&str, &str); 7] = [
    ("ADT", "registration"),
    ("EHR", "health record"),
    ("LIS", "laboratory"),
    ("RIS", "radiology"),
    ("PHARMACY", "pharmacy"),
    ("BILLING", "billing"),
    ("ENGINE", "interface engine"),
];

/// The system of this name, in whatever case it is written.
pub(super) fn system(name: &str) -> Option<&'static str> {
    SYSTEMS.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(known, _)| *known)
}
