//! The answers that `rh-fhirpath` relies on.

use crate::metadata::FhirFieldType::{BackboneElement, Complex, Primitive, Reference};
use crate::metadata::{FhirPrimitiveType, get_field_info};

#[test]
fn fields_have_the_types_of_the_specification() {
    for (type_name, field, expected) in [
        ("Patient", "birthDate", Primitive(FhirPrimitiveType::Date)),
        ("Patient", "active", Primitive(FhirPrimitiveType::Boolean)),
        ("Patient", "gender", Primitive(FhirPrimitiveType::Code)),
        ("Patient", "name", Complex("HumanName")),
        ("Patient", "id", Complex("http://hl7.org/fhirpath/System.String")),
        ("Patient", "contained", Complex("Resource")),
        ("Patient", "managingOrganization", Reference),
        ("Patient", "contact", BackboneElement("Patient.contact")),
        ("HumanName", "given", Primitive(FhirPrimitiveType::String)),
        ("Quantity", "value", Primitive(FhirPrimitiveType::Decimal)),
        ("Narrative", "div", Complex("xhtml")),
        ("Observation", "value[x]", Complex("Quantity")),
    ] {
        let info = get_field_info(type_name, field).unwrap_or_else(|| panic!("{type_name}.{field}"));
        assert_eq!(info.field_type, expected, "{type_name}.{field}");
        assert_eq!(info.is_choice_type, field.ends_with("[x]"), "{type_name}.{field}");
    }
}

#[test]
fn what_does_not_exist_has_no_type() {
    for (type_name, field) in
        [("Patient", "value"), ("Patient", "valueString"), ("Pateint", "name"), ("Observation", "value")]
    {
        assert!(get_field_info(type_name, field).is_none(), "{type_name}.{field}");
    }
}
