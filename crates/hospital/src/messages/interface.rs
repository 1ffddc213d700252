use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::codes;
use crate::population::MRN_SYSTEM;
use crate::topology;

/// How one system speaks to another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Interface {
    /// MSH-12, from `2.3` to `2.8.2`.
    pub version: String,
    /// MSH-3 and MSH-4.
    pub sender: System,
    /// MSH-5 and MSH-6.
    pub receiver: System,
    /// MSH-11: `P` production, `T` training, `D` debugging.
    pub processing: String,
    /// MSH-15; with both acknowledgements empty, the original mode.
    pub accept: String,
    /// MSH-16.
    pub application: String,
    /// MSH-18, a name of table 0211; empty for ASCII.
    pub charset: String,
    /// Who gives out the numbers of an identifier system, by the system's address.
    pub authorities: BTreeMap<String, Authority>,
    /// The authority of numbers whose system is not among them.
    pub authority: Authority,
    /// The code systems the receiver reads, best first, with what they are called there. A code of another system is sent
    /// with the local name `L`.
    pub codes: Vec<CodeSystem>,
}

/// A system at a site.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct System {
    /// The application: `EHR`.
    pub application: String,
    /// The site.
    pub facility: String,
}

/// Who gives out numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Authority {
    /// Its short name.
    pub namespace: String,
    /// Its OID; empty if it has none.
    pub oid: String,
}

/// A code system as it is called in v2 (HL7 table 0396).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CodeSystem {
    /// Its address in FHIR.
    pub system: String,
    /// Its name in v2: `LN`.
    pub name: String,
}

impl Default for Interface {
    /// Version 2.5.1 in UTF-8, without names of systems; numbers are the hospital's, codes are those of the standards.
    fn default() -> Self {
        let own = Authority { namespace: "PRACTICUM".to_owned(), oid: String::new() };
        let npi = Authority { namespace: "NPI".to_owned(), oid: "2.16.840.1.113883.4.6".to_owned() };
        let authorities = [(MRN_SYSTEM, own.clone()), ("http://hl7.org/fhir/sid/us-npi", npi)];
        let codes = [
            (codes::LOINC, "LN"),
            (codes::ICD10CM, "I10C"),
            (codes::RXNORM, "RXNORM"),
            (codes::CVX, "CVX"),
            (codes::UCUM, "UCUM"),
            ("http://snomed.info/sct", "SCT"),
        ];
        let code =
            |(system, name): (&str, &str)| CodeSystem { system: system.to_owned(), name: name.to_owned() };
        Self {
            version: "2.5.1".to_owned(),
            sender: System::default(),
            receiver: System::default(),
            processing: "P".to_owned(),
            accept: String::new(),
            application: String::new(),
            charset: "UNICODE UTF-8".to_owned(),
            authorities: authorities.map(|(system, authority)| (system.to_owned(), authority)).into(),
            authority: own,
            codes: codes.map(code).into(),
        }
    }
}

impl Interface {
    /// How an interface of the plan speaks, at a site that gives out its own numbers.
    pub fn planned(planned: &topology::Interface, facility: &str) -> Self {
        let system =
            |application: &str| System { application: application.to_owned(), facility: facility.to_owned() };
        let own = Authority { namespace: facility.to_owned(), oid: String::new() };
        let plain = Self::default();
        let mut authorities = plain.authorities.clone();
        authorities.insert(MRN_SYSTEM.to_owned(), own.clone());
        Self {
            version: planned.version.clone().unwrap_or_else(|| plain.version.clone()),
            sender: system(&planned.from),
            receiver: system(&planned.to),
            authorities,
            authority: own,
            ..plain
        }
    }

    /// Whether the interface speaks this version or a later one.
    pub(super) fn speaks(&self, version: &str) -> bool {
        self.version.as_str() >= version
    }

    /// Who gives out the numbers of a system.
    pub(super) fn authority_of(&self, system: Option<&str>) -> &Authority {
        system.and_then(|system| self.authorities.get(system)).unwrap_or(&self.authority)
    }
}
