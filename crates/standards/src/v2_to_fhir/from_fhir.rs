use serde_json::Value;

use crate::fhir::instant;
use crate::hl7::message::{EditError, Message, Path};

/// Why a resource could not be written as a message.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FromFhirError {
    /// There is no patient in it.
    #[error("there is no Patient in it: give a Patient, or a Bundle that holds one")]
    NoPatient,
    /// The trigger is not one of those that are written.
    #[error("no message is made for \"{0}\": give a trigger such as ADT^A01, ADT^A08, ORM^O01 or ORU^R01")]
    Trigger(String),
    /// A value cannot stand in a message.
    #[error("a value cannot be written: {0}")]
    Value(#[from] EditError),
}

/// A Patient, or a Bundle with one and what belongs to it, as an HL7 v2.5.1 message with the bytes of its text.
///
/// # Errors
/// [`FromFhirError`].
pub fn message_of(
    resource: &Value,
    trigger: &str,
    now_us: i64,
    control_id: &str,
) -> Result<String, FromFhirError> {
    let of = Resources::of(resource);
    let patient = of.first("Patient").ok_or(FromFhirError::NoPatient)?;
    let (code, event) = trigger.split_once(['^', '_']).unwrap_or((trigger, ""));
    let mut written = Written::begin(code, event, now_us, control_id)?;
    match code {
        "ADT" if event.len() == 3 => {
            written.add("EVN", &[("EVN-1", event.to_owned()), ("EVN-2", time(&instant::format(now_us)))])?;
            written.patient(patient)?;
            written.visit(of.first("Encounter"))?;
        }
        "ORM" | "OML" => {
            written.patient(patient)?;
            written.visit(of.first("Encounter"))?;
            for request in of.all("ServiceRequest") {
                written.order(request)?;
            }
        }
        "ORU" => {
            written.patient(patient)?;
            written.visit(of.first("Encounter"))?;
            written.results(&of)?;
        }
        _ => return Err(FromFhirError::Trigger(trigger.to_owned())),
    }
    Ok(String::from_utf8_lossy(written.message.bytes()).into_owned())
}

/// The resources of a Bundle, or one alone.
struct Resources<'a> {
    all: Vec<&'a Value>,
}

impl<'a> Resources<'a> {
    fn of(resource: &'a Value) -> Self {
        let all = match resource["entry"].as_array() {
            Some(entries) => entries.iter().map(|entry| &entry["resource"]).collect(),
            None => vec![resource],
        };
        Self { all }
    }

    fn all(&self, kind: &'a str) -> impl Iterator<Item = &'a Value> {
        self.all.iter().copied().filter(move |resource| resource["resourceType"] == kind)
    }

    fn first(&self, kind: &'a str) -> Option<&'a Value> {
        self.all(kind).next()
    }
}

struct Written {
    message: Message,
}

/// A number within a segment's name of fields and their values.
type Fields<'a> = &'a [(&'a str, String)];

impl Written {
    fn begin(code: &str, event: &str, now_us: i64, control_id: &str) -> Result<Self, FromFhirError> {
        let message = Message::parse("MSH|^~\\&|EHR|PRACTICUM|||\r")
            .map_err(|_| FromFhirError::Trigger(code.to_owned()))?;
        let mut written = Self { message };
        let structure = match (code, event) {
            ("ADT", "A04" | "A08" | "A13") => "ADT_A01".to_owned(),
            _ => format!("{code}_{event}"),
        };
        written.fill(
            1,
            &[
                ("MSH-7", time(&instant::format(now_us))),
                ("MSH-9.1", code.to_owned()),
                ("MSH-9.2", event.to_owned()),
                ("MSH-9.3", structure),
                ("MSH-10", control_id.to_owned()),
                ("MSH-11", "P".to_owned()),
                ("MSH-12", "2.5.1".to_owned()),
            ],
        )?;
        Ok(written)
    }

    fn fill(&mut self, occurrence: u16, fields: Fields<'_>) -> Result<(), FromFhirError> {
        for (path, text) in fields.iter().filter(|(_, text)| !text.is_empty()) {
            let path: Path = path.parse().map_err(|_| FromFhirError::Trigger((*path).to_owned()))?;
            self.message.set(&path.in_occurrence(occurrence), text)?;
        }
        Ok(())
    }

    fn add(&mut self, name: &str, fields: Fields<'_>) -> Result<(), FromFhirError> {
        self.message.add_segment(name)?;
        let occurrence = self.message.segments().filter(|segment| segment.name() == name).count();
        self.fill(u16::try_from(occurrence).unwrap_or(u16::MAX), fields)
    }

    fn patient(&mut self, patient: &Value) -> Result<(), FromFhirError> {
        let mut fields = vec![("PID-1", "1".to_owned())];
        let name = &patient["name"][0];
        let address = &patient["address"][0];
        fields.extend([
            ("PID-5.1", text(&name["family"])),
            ("PID-5.2", text(&name["given"][0])),
            ("PID-5.3", text(&name["given"][1])),
            ("PID-7", time(&text(&patient["birthDate"]))),
            ("PID-8", sex(&text(&patient["gender"]))),
            ("PID-11.1", text(&address["line"][0])),
            ("PID-11.3", text(&address["city"])),
            ("PID-11.4", text(&address["state"])),
            ("PID-11.5", text(&address["postalCode"])),
            ("PID-11.6", text(&address["country"])),
            ("PID-13.1", text(&patient["telecom"][0]["value"])),
            ("PID-29", time(&text(&patient["deceasedDateTime"]))),
        ]);
        self.add("PID", &fields)?;
        let identifiers = patient["identifier"].as_array().map_or(&[][..], Vec::as_slice);
        for (at, identifier) in (1_u16..).zip(identifiers) {
            let value = text(&identifier["value"]);
            let parts = [
                (1, value),
                (4, authority(&text(&identifier["system"]))),
                (5, text(&identifier["type"]["coding"][0]["code"])),
            ];
            for (component, part) in parts.into_iter().filter(|(_, part)| !part.is_empty()) {
                let path = Path { repetition: Some(at), component: Some(component), ..Path::field("PID", 3) };
                self.message.set(&path, &part)?;
            }
        }
        Ok(())
    }

    fn visit(&mut self, encounter: Option<&Value>) -> Result<(), FromFhirError> {
        let Some(encounter) = encounter else { return Ok(()) };
        let class = match encounter["class"]["code"].as_str() {
            Some("IMP" | "ACUTE" | "NONAC") => "I",
            Some("EMER") => "E",
            Some("PRENC") => "P",
            _ => "O",
        };
        self.add(
            "PV1",
            &[
                ("PV1-1", "1".to_owned()),
                ("PV1-2", class.to_owned()),
                ("PV1-3.1", text(&encounter["location"][0]["location"]["display"])),
                ("PV1-19.1", text(&encounter["identifier"][0]["value"])),
                ("PV1-19.4", authority(&text(&encounter["identifier"][0]["system"]))),
                ("PV1-44", time(&text(&encounter["period"]["start"]))),
                ("PV1-45", time(&text(&encounter["period"]["end"]))),
            ],
        )
    }

    fn order(&mut self, request: &Value) -> Result<(), FromFhirError> {
        let control = match request["status"].as_str() {
            Some("revoked" | "entered-in-error") => "CA",
            _ => "NW",
        };
        let number = placer(request);
        let mut common = vec![("ORC-1", control.to_owned()), ("ORC-2", number.clone())];
        common.push(("ORC-9", time(&text(&request["authoredOn"]))));
        self.add("ORC", &common)?;
        let mut fields = vec![("OBR-1", "1".to_owned()), ("OBR-2", number)];
        fields.extend(coded("OBR-4", &request["code"]));
        self.add("OBR", &fields)
    }

    fn results(&mut self, of: &Resources<'_>) -> Result<(), FromFhirError> {
        let report = of.first("DiagnosticReport").unwrap_or(&Value::Null);
        let status = match report["status"].as_str() {
            Some("preliminary" | "partial") => "P",
            Some("corrected" | "amended" | "appended") => "C",
            Some("cancelled") => "X",
            _ => "F",
        };
        let mut fields = vec![
            ("OBR-1", "1".to_owned()),
            ("OBR-3", text(&report["identifier"][0]["value"])),
            ("OBR-7", time(&text(&report["effectiveDateTime"]))),
            ("OBR-22", time(&text(&report["issued"]))),
            ("OBR-25", status.to_owned()),
        ];
        fields.extend(coded("OBR-4", &report["code"]));
        self.add("OBR", &fields)?;
        for (at, observation) in (1..).zip(of.all("Observation")) {
            self.result(at, observation)?;
        }
        Ok(())
    }

    fn result(&mut self, number: u32, observation: &Value) -> Result<(), FromFhirError> {
        let status = match observation["status"].as_str() {
            Some("preliminary" | "registered") => "P",
            Some("corrected" | "amended") => "C",
            Some("cancelled" | "entered-in-error") => "X",
            _ => "F",
        };
        let mut fields = vec![("OBX-1", number.to_string()), ("OBX-11", status.to_owned())];
        fields.extend(coded("OBX-3", &observation["code"]));
        fields.push(("OBX-14", time(&text(&observation["effectiveDateTime"]))));
        fields.push(("OBX-7", text(&observation["referenceRange"][0]["text"])));
        fields.push(("OBX-8", text(&observation["interpretation"][0]["coding"][0]["code"])));
        let quantity = &observation["valueQuantity"];
        if quantity.is_object() {
            let unit =
                [&quantity["code"], &quantity["unit"]].map(text).into_iter().find(|unit| !unit.is_empty());
            let system = if quantity["system"] == "http://unitsofmeasure.org" { "UCUM" } else { "" };
            fields.extend([
                ("OBX-2", "NM".to_owned()),
                ("OBX-5", text(&quantity["value"])),
                ("OBX-6.1", unit.unwrap_or_default()),
                ("OBX-6.3", system.to_owned()),
            ]);
        } else if observation["valueCodeableConcept"].is_object() {
            fields.push(("OBX-2", "CWE".to_owned()));
            fields.extend(coded("OBX-5", &observation["valueCodeableConcept"]));
        } else {
            fields.extend([("OBX-2", "ST".to_owned()), ("OBX-5", text(&observation["valueString"]))]);
        }
        self.add("OBX", &fields)
    }
}

/// The order's own number: the identifier of type PLAC, or the first.
fn placer(request: &Value) -> String {
    let several = request["identifier"].as_array().map_or(&[][..], Vec::as_slice);
    let placer =
        several.iter().find(|one| one["type"]["coding"][0]["code"] == "PLAC").or_else(|| several.first());
    placer.map(|one| text(&one["value"])).unwrap_or_default()
}

/// The components of a CWE field.
fn coded(field: &'static str, concept: &Value) -> Vec<(&'static str, String)> {
    let coding = &concept["coding"][0];
    let display = [&coding["display"], &concept["text"]].map(text).into_iter().find(|text| !text.is_empty());
    let [code, words, system] = match field {
        "OBR-4" => ["OBR-4.1", "OBR-4.2", "OBR-4.3"],
        "OBX-3" => ["OBX-3.1", "OBX-3.2", "OBX-3.3"],
        _ => ["OBX-5.1", "OBX-5.2", "OBX-5.3"],
    };
    vec![
        (code, text(&coding["code"])),
        (words, display.unwrap_or_default()),
        (system, system_name(&text(&coding["system"]))),
    ]
}

/// The name that v2 has for a code system (table 0396).
fn system_name(address: &str) -> String {
    let known = [
        ("http://loinc.org", "LN"),
        ("http://snomed.info/sct", "SCT"),
        ("http://hl7.org/fhir/sid/icd-10-cm", "I10C"),
        ("http://www.nlm.nih.gov/research/umls/rxnorm", "RXNORM"),
        ("http://hl7.org/fhir/sid/cvx", "CVX"),
    ];
    let name = known.iter().find(|(other, _)| *other == address).map(|(_, name)| (*name).to_owned());
    name.unwrap_or_else(|| address.strip_prefix("urn:id:").unwrap_or_default().to_owned())
}

/// The name of an assigning authority.
fn authority(system: &str) -> String {
    match system {
        "https://practicum.example/mrn" => "PRACTICUM".to_owned(),
        "https://practicum.example/visit" => "VISIT".to_owned(),
        "http://hl7.org/fhir/sid/us-npi" => "NPI".to_owned(),
        "http://hl7.org/fhir/sid/us-ssn" => "SSA".to_owned(),
        other => other.strip_prefix("urn:id:").unwrap_or_default().to_owned(),
    }
}

/// A FHIR date or time as v2 writes it: digits, and the zone where there is one other than UTC.
fn time(moment: &str) -> String {
    let (date, clock) = moment.split_once('T').unwrap_or((moment, ""));
    let zone_at = clock.find(['Z', '+', '-']).unwrap_or(clock.len());
    let (clock, zone) = clock.split_at(zone_at);
    let clock = clock.split('.').next().unwrap_or_default();
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let zone = match zone {
        "" | "Z" => String::new(),
        other => format!("{}{}", &other[..1], digits(other)),
    };
    format!("{}{}{zone}", digits(date), digits(clock))
}

fn sex(gender: &str) -> String {
    match gender {
        "female" => "F",
        "male" => "M",
        "other" => "O",
        "unknown" => "U",
        _ => "",
    }
    .to_owned()
}

fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        _ => String::new(),
    }
}
