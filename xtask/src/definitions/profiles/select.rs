//! Which StructureDefinitions ship.

use std::path::Path;

use serde_json::Value;

use crate::definitions::package::{self, Package};

const VITAL_SIGNS: &str = "http://hl7.org/fhir/StructureDefinition/vitalsigns";

/// The definitions that ship, in the order of the file.
pub(super) struct Selection {
    /// Names and versions of the packages.
    pub(super) sources: Vec<String>,
    /// Types of FHIR R4: each says what holds for every value of it.
    pub(super) types: Vec<Value>,
    /// Profiles and extensions.
    pub(super) profiles: Vec<Value>,
}

impl Selection {
    /// Reads the package of FHIR R4 at `from` and that of US Core at `us_core`.
    pub(super) fn read(from: &Path, us_core: &Path) -> anyhow::Result<Selection> {
        let r4 = Package::read(from)?;
        let about = package::read_json(&us_core.join("package.json"))?;
        let (constraints, types): (Vec<Value>, Vec<Value>) =
            r4.structures.into_iter().partition(|structure| structure["derivation"] == "constraint");
        let mut profiles = constraints;
        profiles.extend(package::profiles(from)?.into_iter().filter(is_chosen));
        profiles.extend(package::files(us_core, "StructureDefinition-")?);
        let us_core = format!("{} {}", package::text(&about, "name")?, package::text(&about, "version")?);
        Ok(Selection { sources: vec![r4.source, us_core], types, profiles })
    }
}

/// Every extension of the specification, and the vital signs, which US Core builds on.
fn is_chosen(profile: &Value) -> bool {
    profile["type"] == "Extension"
        || profile["url"] == VITAL_SIGNS
        || profile["baseDefinition"] == VITAL_SIGNS
}
