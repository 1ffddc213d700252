use serde_json::Value;
use store::sandbox::View;

use super::input::Input;
use super::place::Place;
use super::{
    everything, expand, fhirpath, lastn, lookup, match_patient, meta, run_view, subsumes, translate,
    validate, validate_code,
};
use crate::fhir::context::Context;
use crate::fhir::error::FhirError;

/// An operation that is offered.
pub struct Operation {
    /// Its name without the `$`.
    pub name: &'static str,
    /// The canonical address of its definition.
    pub definition: &'static str,
    /// Whether it can be asked of the whole hospital.
    pub on_system: bool,
    /// Whether it can be asked of the resources of a type.
    pub on_type: bool,
    /// Whether it can be asked of one resource.
    pub on_instance: bool,
    /// The types for the two above.
    pub kinds: Kinds,
    pub(super) run: Run,
}

/// How an operation is done.
pub(super) enum Run {
    /// It makes a resource.
    Resource(fn(&Ask<'_>) -> Result<Value, FhirError>),
    /// It writes a Bundle of stored resources, whose bytes stay as they are.
    Bundle(fn(&Ask<'_>) -> Result<Vec<u8>, FhirError>),
    /// It makes something that is no resource.
    Content(fn(&Ask<'_>) -> Result<Content, FhirError>),
}

/// What an operation made that is no resource.
pub(super) struct Content {
    pub(super) media_type: &'static str,
    pub(super) body: Vec<u8>,
    /// What the journal says of it.
    pub(super) about: Vec<(&'static str, Value)>,
}

/// Resource types that an operation is offered on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kinds {
    /// Every type of R4.
    Any,
    /// These alone.
    Only(&'static [&'static str]),
}

/// An operation being asked for.
pub(super) struct Ask<'a> {
    pub(super) context: &'a Context<'a>,
    pub(super) view: View<'a>,
    pub(super) place: Place<'a>,
    pub(super) input: Input,
}

/// The one type that is asked about and is not of R4: SQL on FHIR 2.0 defines it.
pub(super) const VIEW: &str = "ViewDefinition";

/// Every operation, by name; a name may stand for one operation on each of several types.
pub const OPERATIONS: &[Operation] = &[
    Operation {
        name: "everything",
        definition: "http://hl7.org/fhir/OperationDefinition/Encounter-everything",
        on_system: false,
        on_type: false,
        on_instance: true,
        kinds: Kinds::Only(&["Encounter"]),
        run: Run::Bundle(everything::everything),
    },
    Operation {
        name: "everything",
        definition: "http://hl7.org/fhir/OperationDefinition/Patient-everything",
        on_system: false,
        on_type: true,
        on_instance: true,
        kinds: Kinds::Only(&["Patient"]),
        run: Run::Bundle(everything::everything),
    },
    Operation {
        name: "expand",
        definition: "http://hl7.org/fhir/OperationDefinition/ValueSet-expand",
        on_system: false,
        on_type: true,
        on_instance: true,
        kinds: Kinds::Only(&["ValueSet"]),
        run: Run::Resource(expand::expand),
    },
    Operation {
        name: "fhirpath",
        definition: "https://practicum.example/OperationDefinition/fhirpath",
        on_system: true,
        on_type: false,
        on_instance: true,
        kinds: Kinds::Any,
        run: Run::Resource(fhirpath::fhirpath),
    },
    Operation {
        name: "lastn",
        definition: "http://hl7.org/fhir/OperationDefinition/Observation-lastn",
        on_system: false,
        on_type: true,
        on_instance: false,
        kinds: Kinds::Only(&["Observation"]),
        run: Run::Bundle(lastn::lastn),
    },
    Operation {
        name: "lookup",
        definition: "http://hl7.org/fhir/OperationDefinition/CodeSystem-lookup",
        on_system: false,
        on_type: true,
        on_instance: false,
        kinds: Kinds::Only(&["CodeSystem"]),
        run: Run::Resource(lookup::lookup),
    },
    Operation {
        name: "match",
        definition: "http://hl7.org/fhir/OperationDefinition/Patient-match",
        on_system: false,
        on_type: true,
        on_instance: false,
        kinds: Kinds::Only(&["Patient"]),
        run: Run::Bundle(match_patient::match_patient),
    },
    Operation {
        name: "meta",
        definition: "http://hl7.org/fhir/OperationDefinition/Resource-meta",
        on_system: false,
        on_type: false,
        on_instance: true,
        kinds: Kinds::Any,
        run: Run::Resource(meta::meta),
    },
    Operation {
        name: "run",
        definition: "http://sql-on-fhir.org/OperationDefinition/$run",
        on_system: false,
        on_type: true,
        on_instance: true,
        kinds: Kinds::Only(&[VIEW]),
        run: Run::Content(run_view::run_view),
    },
    Operation {
        name: "subsumes",
        definition: "http://hl7.org/fhir/OperationDefinition/CodeSystem-subsumes",
        on_system: false,
        on_type: true,
        on_instance: true,
        kinds: Kinds::Only(&["CodeSystem"]),
        run: Run::Resource(subsumes::subsumes),
    },
    Operation {
        name: "translate",
        definition: "http://hl7.org/fhir/OperationDefinition/ConceptMap-translate",
        on_system: false,
        on_type: true,
        on_instance: true,
        kinds: Kinds::Only(&["ConceptMap"]),
        run: Run::Resource(translate::translate),
    },
    Operation {
        name: "validate",
        definition: "http://hl7.org/fhir/OperationDefinition/Resource-validate",
        on_system: false,
        on_type: true,
        on_instance: true,
        kinds: Kinds::Any,
        run: Run::Resource(validate::validate),
    },
    Operation {
        name: "validate-code",
        definition: "http://hl7.org/fhir/OperationDefinition/CodeSystem-validate-code",
        on_system: false,
        on_type: true,
        on_instance: true,
        kinds: Kinds::Only(&["CodeSystem"]),
        run: Run::Resource(validate_code::in_code_system),
    },
    Operation {
        name: "validate-code",
        definition: "http://hl7.org/fhir/OperationDefinition/ValueSet-validate-code",
        on_system: false,
        on_type: true,
        on_instance: true,
        kinds: Kinds::Only(&["ValueSet"]),
        run: Run::Resource(validate_code::in_value_set),
    },
    Operation {
        name: "viewdefinition-run",
        definition: "http://sql-on-fhir.org/OperationDefinition/$viewdefinition-run",
        on_system: true,
        on_type: true,
        on_instance: true,
        kinds: Kinds::Only(&[VIEW]),
        run: Run::Content(run_view::run_view),
    },
];

impl Operation {
    /// Whether it can be asked of `place`.
    #[must_use]
    pub fn is_offered_on(&self, place: Place<'_>) -> bool {
        let of_kind = |kind| match self.kinds {
            Kinds::Any => true,
            Kinds::Only(kinds) => kinds.contains(&kind),
        };
        match place {
            Place::System => self.on_system,
            Place::Type(kind) => self.on_type && of_kind(kind),
            Place::Instance(kind, _) => self.on_instance && of_kind(kind),
        }
    }
}
