use super::{Definitions, Primitive, TypeKind, TypeRef};

#[test]
fn properties_name_elements_and_types() {
    let cases = [
        ("Patient", "birthDate", Some(("birthDate", "date"))),
        ("Patient", "deceasedBoolean", Some(("deceased", "boolean"))),
        ("Observation", "valueQuantity", Some(("value", "Quantity"))),
        ("Observation", "value", None),
        ("Observation", "valueMoney", None),
        ("Observation.component", "referenceRange", Some(("referenceRange", "Observation.referenceRange"))),
        ("Bundle.entry", "resource", Some(("resource", "Resource"))),
        ("Extension", "url", Some(("url", "uri"))),
        ("Extension", "valueCodeableConcept", Some(("value", "CodeableConcept"))),
        ("Patient", "id", Some(("id", "id"))),
        ("HumanName", "id", Some(("id", "string"))),
        ("Nothing", "id", None),
    ];
    for (type_name, property, expected) in cases {
        let found = Definitions::r4().element(type_name, property);
        let found = found.as_ref().map(|found| (found.element.name.as_str(), found.kind.code.as_str()));
        assert_eq!(found, expected, "{type_name}.{property}");
    }
}

#[test]
fn every_reference_between_types_resolves() {
    let definitions = Definitions::r4();
    for name in definitions.resource_types() {
        let kind = definitions.find(name).expect("listed types are defined");
        assert_eq!(kind.kind, TypeKind::Resource);
        for element in &kind.elements {
            for element_type in &element.types {
                if let TypeRef::Complex(_) = element_type.reference {
                    let target = definitions.follow(element_type.reference).expect("resolved");
                    assert_eq!(target.name, element_type.code);
                }
                for target in &element_type.targets {
                    assert!(definitions.is_resource(target), "{name}.{} targets {target}", element.name);
                }
            }
        }
    }
}

#[test]
fn resource_types_are_those_of_r4() {
    let definitions = Definitions::r4();
    assert_eq!(definitions.fhir_version(), "4.0.1");
    assert_eq!(definitions.resource_types().len(), 146);
    assert!(definitions.is_resource("Patient"));
    for name in ["Resource", "DomainResource", "HumanName", "SubscriptionStatus", "patient", ""] {
        assert!(!definitions.is_resource(name), "{name}");
    }
}

#[test]
fn required_codes_are_listed_with_their_systems() {
    let definitions = Definitions::r4();
    let gender = definitions.element("Patient", "gender").expect("defined").element;
    let codes = definitions.codes(gender).expect("complete");
    assert!(codes.has_code("other") && !codes.has_code("x"));
    assert!(codes.has_coding("http://hl7.org/fhir/administrative-gender", "female"));
    assert!(!codes.has_coding("http://example.org", "female"));
    assert_eq!(codes.codings().count(), 4);

    let content_type = definitions.element("Attachment", "contentType").expect("defined").element;
    assert!(content_type.value_set.is_some() && definitions.codes(content_type).is_none());
}

#[test]
fn summary_and_required_elements_are_marked() {
    let observation = Definitions::r4().find("Observation").expect("defined");
    let required: Vec<&str> = observation.required().map(|element| element.name.as_str()).collect();
    assert_eq!(required, ["status", "code"]);
    let summary: Vec<&str> = observation.summary().map(|element| element.name.as_str()).collect();
    assert!(summary.contains(&"value") && summary.contains(&"status"));
    assert!(!summary.contains(&"note") && !summary.contains(&"text"));
}

#[test]
fn search_rows_are_narrowed_to_their_base() {
    let rows = Definitions::r4().search_rows();
    let expression = |base: &str, code: &str| {
        let row = rows.iter().find(|row| row.base == base && row.code == code);
        row.map(|row| (row.kind.as_str(), row.expression.as_str()))
    };
    assert_eq!(expression("Condition", "code"), Some(("token", "Condition.code")));
    assert_eq!(
        expression("Observation", "patient"),
        Some(("reference", "Observation.subject.where(resolve() is Patient)"))
    );
    assert_eq!(expression("Resource", "_id"), Some(("token", "Resource.id")));
    assert_eq!(expression("DomainResource", "_text"), Some(("string", "")));
    let composite = rows.iter().find(|row| row.base == "Observation" && row.code == "code-value-quantity");
    let components = &composite.expect("defined").components;
    assert_eq!(components[0].0, "code");
    assert_eq!(components[1].0, "value-quantity");
    assert!(rows.is_sorted_by_key(|row| (&row.base, &row.code)));
}

#[test]
fn primitives_carry_their_pattern() {
    let primitives = Definitions::r4().primitives();
    assert_eq!(primitives.len(), 20);
    for primitive in primitives {
        assert_eq!(primitive.pattern.is_none(), primitive.kind == Primitive::Xhtml, "{}", primitive.name);
    }
}
