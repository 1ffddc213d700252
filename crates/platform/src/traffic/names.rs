//! What the fields of HL7 v2 segments are called (HL7 v2.5.1, chapters 2, 3, 4 and 7): of those that this hospital's
//! systems send, the fields that say something.

/// Names by segment, from field 1 on; an empty one is not named here.
const NAMES: &[(&str, &[&str])] = &[
    (
        "MSH",
        &[
            "Field separator",
            "Encoding characters",
            "Sending application",
            "Sending facility",
            "Receiving application",
            "Receiving facility",
            "Date and time of message",
            "Security",
            "Message type",
            "Message control id",
            "Processing id",
            "Version",
            "Sequence number",
            "Continuation pointer",
            "Accept acknowledgement",
            "Application acknowledgement",
            "Country",
            "Character set",
            "Language",
            "",
            "Message profile",
        ],
    ),
    ("MSA", &["Acknowledgement code", "Control id of the message answered", "Text"]),
    (
        "ERR",
        &[
            "",
            "Location",
            "Error code",
            "Severity",
            "Application error code",
            "",
            "Diagnostics",
            "User message",
        ],
    ),
    ("EVN", &["Event type", "Recorded", "Planned", "Reason", "Operator", "Occurred", "Facility"]),
    (
        "PID",
        &[
            "Set id",
            "Patient id",
            "Patient identifier list",
            "Alternate id",
            "Name",
            "Mother's maiden name",
            "Date of birth",
            "Sex",
            "Alias",
            "Race",
            "Address",
            "County",
            "Telephone, home",
            "Telephone, work",
            "Language",
            "Marital status",
            "Religion",
            "Account number",
            "Social security number",
        ],
    ),
    (
        "PV1",
        &[
            "Set id",
            "Patient class",
            "Assigned location",
            "Admission type",
            "Preadmit number",
            "Prior location",
            "Attending doctor",
            "Referring doctor",
            "Consulting doctor",
            "Hospital service",
            "Temporary location",
        ],
    ),
    ("MRG", &["Prior patient identifier list", "", "", "", "", "", "Prior name"]),
    (
        "ORC",
        &[
            "Order control",
            "Placer order number",
            "Filler order number",
            "Placer group number",
            "Order status",
            "Response flag",
            "Timing",
            "Parent",
            "Time of transaction",
            "Entered by",
            "Verified by",
            "Ordering provider",
        ],
    ),
    (
        "OBR",
        &[
            "Set id",
            "Placer order number",
            "Filler order number",
            "Universal service id",
            "Priority",
            "Requested",
            "Observed",
            "Observation ended",
            "Collection volume",
            "Collector",
            "Specimen action",
            "Danger code",
            "Clinical information",
            "Specimen received",
            "Specimen source",
            "Ordering provider",
            "",
            "",
            "",
            "",
            "",
            "Reported",
            "",
            "Diagnostic service",
            "Result status",
        ],
    ),
    (
        "OBX",
        &[
            "Set id",
            "Value type",
            "Observation id",
            "Sub-id",
            "Value",
            "Units",
            "Reference range",
            "Abnormal flags",
            "Probability",
            "Nature of abnormal test",
            "Result status",
            "Range effective",
            "Access checks",
            "Observed",
            "Producer",
            "Observer",
        ],
    ),
    ("NTE", &["Set id", "Source", "Comment"]),
    ("AL1", &["Set id", "Type", "Allergen", "Severity", "Reaction", "Identified"]),
    ("DG1", &["Set id", "Coding method", "Diagnosis code", "Description", "Diagnosed", "Type"]),
    ("RXE", &["Timing", "Give code", "Give amount, least", "Give amount, most", "Give units", "Dosage form"]),
    (
        "RXA",
        &["Give sub-id", "Administration sub-id", "Started", "Ended", "Administered code", "Amount", "Units"],
    ),
];

/// What a field is called, if it has a name here.
pub(super) fn name_of(segment: &str, field: usize) -> Option<&'static str> {
    let (_, names) = NAMES.iter().find(|(id, _)| *id == segment)?;
    names.get(field.checked_sub(1)?).copied().filter(|name| !name.is_empty())
}

#[cfg(test)]
mod tests {
    use super::name_of;

    #[test]
    fn fields_are_found_by_their_number() {
        let cases = [
            ("MSH", 9, Some("Message type")),
            ("MSH", 10, Some("Message control id")),
            ("PID", 5, Some("Name")),
            ("OBX", 5, Some("Value")),
            ("OBR", 25, Some("Result status")),
            ("MSA", 1, Some("Acknowledgement code")),
            ("ERR", 1, None),
            ("PID", 0, None),
            ("ZBX", 1, None),
        ];
        for (segment, field, name) in cases {
            assert_eq!(name_of(segment, field), name, "{segment}-{field}");
        }
    }
}
