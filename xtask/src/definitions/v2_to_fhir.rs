//! The maps from HL7 v2 to FHIR, reduced from HL7's tables to what the interpreter in `standards` reads.
//!
//! A table of a segment has a line for each place that a field goes to. Kept are the field, the condition, the place in
//! FHIR, the data type's map, the code map and the fixed value. What the tables leave to the reader is decided here, and
//! what they misspell is corrected here, so that the interpreter knows one notation.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context as _, ensure};
use serde_json::{Value, json};

use super::write::compress;
use crate::repository;

const FILE: &str = "crates/standards/data/v2-to-fhir.json.gz";
const SIZE_BYTES_MAX: usize = 120_000;

/// Alternatives that the tables describe in words, and which of them we do not take.
const DECLINED: &[&str] = &[
    "If outside the US",
    "If severity was not used equivalent to criticality",
    "If time is not included",
    "If ORC-4 data type \"EIP\"",
    "If information represents fasting",
    "If the placer number is also the accession",
    "when you do not hold on",
    "If line 19 through 23 all fail",
];

/// Corrections of places: in which map (or any), what it says, what it means.
const CORRECTED: &[(&str, &str, &str)] = &[
    ("", "coding[3.version", "coding[3].version"),
    ("", "valueSampedData", "valueSampledData"),
    ("", "valuedateTime", "valueDateTime"),
    ("", "sytem", "system"),
    ("", "suffix[2}", "suffix[2]"),
    ("", "PractitionerRole[1].", "PractitionerRole."),
    ("NK1[Patient]", "contact.", ""),
    ("NK1[Patient]", "organization[1](", "organization("),
    (
        "PV1[Encounter]",
        "location[1].location(Location.operationalStatus)",
        "location[1].location(Location.operationalStatus.code)",
    ),
    ("PV2[Encounter]", "participant.individual", "participant[6].individual"),
    ("PV2[Encounter]", "participant.type", "participant[6].type"),
    ("PV2[Encounter] PV2-38", "extension[1]", "extension[3]"),
    ("OBX[Observation]", "referenceRange.text", "referenceRange[1].text"),
    ("OBX[Observation]", "valueQuantity.value", "valueQuantity"),
    (
        "OBX[Observation]",
        "performer[1](PractitionerRole.practitioner(Practitioner))",
        "performer[1](PractitionerRole.practitioner)",
    ),
    ("OBX[Observation]", "dataAbsentReason.coding[2]", "dataAbsentReason.coding[1]"),
    ("AL1[AllergyIntolerance]", "reaction.manifestation.text", "reaction.manifestation"),
    ("OBX[DocumentReference]", "].data", "].attachment.data"),
    ("OBX[DocumentReference]", "].contentType", "].attachment.contentType"),
    ("OBX[DocumentReference]", "].url", "].attachment.url"),
    ("NTE[DocumentReference]", "].contentType", "].attachment.contentType"),
    ("TXA[DocumentReference]", "content.attachment", "content[1].attachment"),
];

/// Fixed values that stand in the wrong row: map, field, place, what is meant there.
const ASSIGNED: &[(&str, &str, &str, &str)] = &[
    ("PV1[Encounter]", "PV1-8", "participant[2].individual(Practitioner)", ""),
    ("PV1[Encounter]", "PV1-42", "location[4].location(Location)", ""),
    ("PV1[Encounter]", "PV1-42", "location[4].status", "\"reserved\""),
];

/// Conditions that two tables ask of each other, so that neither would ever be met.
const FREED: &[(&str, &str)] =
    &[("ORC[ServiceRequest]", "IF OBR-2 NOT VALUED"), ("ORC[ServiceRequest]", "IF OBR-3 NOT VALUED")];

/// Reads the tables below `from` and writes them into `standards`.
pub(crate) fn run(from: &Path) -> anyhow::Result<()> {
    let segments = tables(&from.join("segments"), " R4_ ", rows)?;
    let counts = tables(&from.join("segments"), " R4_ ", count)?;
    let codes = tables(&from.join("codesystems"), "Map_ ", codes)?;
    ensure!(!segments.is_empty() && !codes.is_empty(), "{} holds no maps", from.display());
    let counted: usize = segments.values().filter_map(Value::as_array).map(Vec::len).sum();
    let document = json!({"source": "HL7 v2-to-FHIR (hl7.fhir.uv.v2mappings), 25 August 2025", "segments": segments, "counts": counts, "codes": codes});
    let bytes = compress(&serde_json::to_vec(&document)?)?;
    ensure!(
        bytes.len() <= SIZE_BYTES_MAX,
        "{} bytes are more than the {SIZE_BYTES_MAX} allowed",
        bytes.len()
    );
    let path = repository::root().join(FILE);
    fs::write(&path, &bytes).with_context(|| format!("cannot write {}", path.display()))?;
    println!("{FILE}: {} bytes, {} segment maps with {counted} rows", bytes.len(), segments.len());
    Ok(())
}

/// Every table of a folder by its name, which stands after `marker` in the name of the file.
fn tables(
    folder: &Path,
    marker: &str,
    read: fn(&str, &[Vec<String>]) -> Value,
) -> anyhow::Result<BTreeMap<String, Value>> {
    let mut tables = BTreeMap::new();
    for file in fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))? {
        let path = file?.path();
        let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let Some((_, rest)) = file.split_once(marker) else { continue };
        let Some((name, _)) = rest.split_once(" - ") else { continue };
        let text = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        let lines: Vec<Vec<String>> = csv(&text).into_iter().skip(2).collect();
        tables.insert(name.to_owned(), read(name, &lines));
    }
    Ok(tables)
}

/// The rows of a segment's map that lead somewhere: field, type, condition, place, data type's map, code map, fixed value.
fn rows(name: &str, lines: &[Vec<String>]) -> Value {
    let cell =
        |line: &[String], at: usize| line.get(at).map(|text| text.trim().to_owned()).unwrap_or_default();
    let mut rows = Vec::new();
    for line in lines {
        let narrative = cell(line, 8);
        if DECLINED.iter().any(|words| narrative.starts_with(words)) {
            continue;
        }
        let Some((place, fixed)) = place(name, &cell(line, 1), &cell(line, 9)) else { continue };
        let meant =
            ASSIGNED.iter().find(|(of, field, at, _)| *of == name && *field == cell(line, 1) && *at == place);
        let assigned = meant.map_or_else(
            || assigned(fixed.unwrap_or_else(|| cell(line, 16))),
            |(.., value)| (*value).to_owned(),
        );
        let spelled = cell(line, 11);
        let data_type = cell(line, 14);
        let map = if data_type.is_empty() { target_of(&spelled) } else { target_of(&data_type) };
        let vocabulary = cell(line, 15).replace(['/', ' '], "");
        let condition = cell(line, 6);
        let condition = if FREED.contains(&(name, condition.as_str())) { String::new() } else { condition };
        rows.push(json!([cell(line, 1), cell(line, 3), condition, place, map, vocabulary, assigned]));
    }
    Value::from(rows)
}

/// How many rows of a table name a place in FHIR, those among them that are left out here.
fn count(_: &str, lines: &[Vec<String>]) -> Value {
    Value::from(lines.iter().filter(|line| line.get(9).is_some_and(|place| !place.trim().is_empty())).count())
}

/// A fixed value in quotes, which some rows leave out. A value set's page is where to look, not what to write.
fn assigned(spelled: String) -> String {
    let is_bare =
        !spelled.is_empty() && !spelled.contains(['"', ' ', '+']) && !spelled.starts_with(['/', '#']);
    match is_bare {
        true if spelled.contains("fhir/valueset") => String::new(),
        true => format!("\"{spelled}\""),
        false => spelled,
    }
}

/// `Practitioner` of `XCN[Practitioner]` or of `Reference(Practitioner)`.
fn target_of(spelled: &str) -> String {
    let inner = spelled.split_once(['[', '(']).map_or("", |(_, rest)| rest);
    inner.trim_end_matches([']', ')']).split(['-', '|']).next().unwrap_or_default().to_owned()
}

/// A place in one notation, with the value that some rows write behind it; nothing for one that R4 does not have.
fn place(map: &str, field: &str, spelled: &str) -> Option<(String, Option<String>)> {
    let mut spelled = spelled.replace(['\n', ' '], "");
    let of_field = format!("{map} {field}");
    for (_, wrong, right) in
        CORRECTED.iter().filter(|(of, ..)| of.is_empty() || *of == map || *of == of_field)
    {
        spelled = spelled.replace(wrong, right);
    }
    if spelled.is_empty() || spelled.contains(['#', '?']) || spelled == "localimplementation" {
        return None;
    }
    let (place, fixed) = match spelled.split_once('=') {
        Some((place, fixed)) => (place.to_owned(), Some(fixed.to_owned())),
        None => (spelled, None),
    };
    let place = place.strip_suffix(".uri").map_or(place.clone(), |before| {
        if before.contains("extension") { format!("{before}.url") } else { place.clone() }
    });
    Some((place, fixed))
}

/// The rows of a code map that have a code on both sides: from, to, display, system.
fn codes(_: &str, lines: &[Vec<String>]) -> Value {
    let cell =
        |line: &[String], at: usize| line.get(at).map(|text| text.trim().to_owned()).unwrap_or_default();
    let both = lines.iter().filter(|line| !cell(line, 0).is_empty() && !cell(line, 6).is_empty());
    both.map(|line| {
        let display = if cell(line, 8).is_empty() { cell(line, 7) } else { cell(line, 8) };
        json!([cell(line, 0), cell(line, 6), display, cell(line, 9)])
    })
    .collect()
}

/// Comma-separated values with quotes (RFC 4180).
fn csv(text: &str) -> Vec<Vec<String>> {
    let mut lines = vec![vec![String::new()]];
    let mut quoted = false;
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        let line = lines.last_mut().expect("there is a line from the start");
        let cell = line.last_mut().expect("a line has a cell from the start");
        match character {
            '"' if quoted && characters.peek() == Some(&'"') => {
                cell.push('"');
                characters.next();
            }
            '"' => quoted = !quoted,
            ',' if !quoted => line.push(String::new()),
            '\n' if !quoted => lines.push(vec![String::new()]),
            '\r' if !quoted => {}
            other => cell.push(other),
        }
    }
    lines
}
