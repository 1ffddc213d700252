//! FHIR values as the values of v2.

use serde_json::Value;
use standards::hl7::message::Content;

use crate::calendar::instant_text;
use crate::messages::read::{code_of, first, id_of, items, text_at};
use crate::messages::{Event, Interface};

/// A date or moment as it is written in v2: `2031-03-04T06:00:00Z` is `20310304060000+0000`.
pub(super) fn moment(text: &str) -> String {
    let (date, time) = text.split_once('T').unwrap_or((text, ""));
    let plain = |text: &str| text.replace(['-', ':'], "");
    let zone = time.find(['+', '-', 'Z']);
    let (clock, zone) = zone.map_or((time, ""), |at| time.split_at(at));
    // At most four digits of a second's fraction.
    let clock: String = plain(clock).chars().take(11).collect();
    match zone {
        "" => plain(date) + &clock,
        "Z" => plain(date) + &clock + "+0000",
        zone => plain(date) + &clock + &zone.replace(':', ""),
    }
}

/// A moment of the hospital's clock.
pub(super) fn moment_of(us: i64) -> String {
    moment(&instant_text(us))
}

/// A member that holds a date or a moment.
pub(super) fn moment_at(value: &Value, member: &str) -> Content {
    text_at(value, member).map(moment).into()
}

/// Who gives out a number, as a HD.
pub(super) fn authority(interface: &Interface, system: Option<&str>) -> Content {
    let authority = interface.authority_of(system);
    match authority.oid.as_str() {
        "" => authority.namespace.as_str().into(),
        oid => [authority.namespace.as_str(), oid, "ISO"].into(),
    }
}

/// An identifier as a CX, with the code of its kind (table 0203) where it says none.
pub(super) fn number(interface: &Interface, identifier: &Value, kind: &str) -> Content {
    let named = identifier.get("type").and_then(code_of).unwrap_or(kind);
    let value = text_at(identifier, "value");
    let authority = authority(interface, text_at(identifier, "system"));
    [value.into(), Content::Empty, Content::Empty, authority, named.into()].into()
}

/// The number by which the hospital knows a resource, as an EI.
pub(super) fn own_number(interface: &Interface, id: &str) -> Content {
    let authority = &interface.authority;
    let kind = if authority.oid.is_empty() { "" } else { "ISO" };
    [id, authority.namespace.as_str(), authority.oid.as_str(), kind].into()
}

/// A concept as a CE: the code of the system the receiver likes best, and the text.
pub(super) fn coded(interface: &Interface, concept: &Value) -> Content {
    let codings = items(concept, "coding");
    let liked = interface.codes.iter().find_map(|known| {
        let of = |coding: &&Value| text_at(coding, "system") == Some(&known.system);
        Some((codings.iter().find(of)?, known.name.as_str()))
    });
    let chosen = liked.or_else(|| Some((codings.first()?, "L")));
    let text = text_at(concept, "text");
    match chosen {
        Some((coding, system)) => {
            let display = text_at(coding, "display").or(text);
            [Content::from(text_at(coding, "code")), display.into(), system.into()].into()
        }
        None => [Content::Empty, text.into()].into(),
    }
}

/// A unit as a CE.
pub(super) fn unit(interface: &Interface, quantity: &Value) -> Content {
    let written = text_at(quantity, "unit");
    let name =
        |system: &str| interface.codes.iter().find(|known| known.system == system).map(|known| &known.name);
    match (text_at(quantity, "code"), text_at(quantity, "system").and_then(name)) {
        (Some(code), Some(system)) => [code, written.unwrap_or(code), system].into(),
        _ => written.into(),
    }
}

/// A name as an XPN or, after an id, part of an XCN.
pub(super) fn name(name: &Value) -> [Content; 7] {
    let given = items(name, "given");
    let first_given = given.first().and_then(Value::as_str);
    let further: Vec<&str> = given.iter().skip(1).filter_map(Value::as_str).collect();
    let joined = |member: &str| items(name, member).first().and_then(Value::as_str);
    let kind = match text_at(name, "use") {
        Some("maiden") => "M",
        Some("nickname") => "N",
        Some("old" | "anonymous") => "A",
        _ => "L",
    };
    let family = text_at(name, "family").or(text_at(name, "text"));
    [
        family.into(),
        first_given.into(),
        further.join(" ").as_str().into(),
        joined("suffix").into(),
        joined("prefix").into(),
        Content::Empty,
        kind.into(),
    ]
}

/// An address as an XAD.
pub(super) fn address(address: &Value) -> Content {
    let line = |at: usize| Content::from(items(address, "line").get(at).and_then(Value::as_str));
    let kind = match text_at(address, "use") {
        Some("work") => "B",
        Some("temp") => "C",
        _ => "H",
    };
    let of = |member| Content::from(text_at(address, member));
    [line(0), line(1), of("city"), of("state"), of("postalCode"), of("country"), kind.into()].into()
}

/// A telephone or mail address as an XTN.
pub(super) fn telecom(point: &Value) -> Content {
    let value = text_at(point, "value");
    if text_at(point, "system") == Some("email") {
        return [Content::Empty, "NET".into(), "Internet".into(), value.into()].into();
    }
    let mobile = text_at(point, "use") == Some("mobile");
    let place = if text_at(point, "use") == Some("work") { "WPN" } else { "PRN" };
    [value, Some(place), Some(if mobile { "CP" } else { "PH" })].into()
}

/// A person who is referred to, as an XCN: number and name where the Practitioner came with the event, else the name shown.
pub(super) fn person(interface: &Interface, event: &Event<'_>, reference: &Value) -> Content {
    let Some(practitioner) = event.follow(reference, "Practitioner") else {
        return shown_person(text_at(reference, "display"));
    };
    let identifier = first(practitioner, "identifier");
    let id =
        identifier.and_then(|identifier| text_at(identifier, "value")).unwrap_or_else(|| id_of(practitioner));
    let authority = authority(interface, identifier.and_then(|identifier| text_at(identifier, "system")));
    let empty = Value::Null;
    let [family, given, second, suffix, prefix, _, kind] =
        name(first(practitioner, "name").unwrap_or(&empty));
    [id.into(), family, given, second, suffix, prefix, Content::Empty, Content::Empty, authority, kind].into()
}

/// A person of whom only the name is known, as an XCN.
pub(super) fn shown_person(name: Option<&str>) -> Content {
    match name {
        Some(name) => [Content::Empty, name.into()].into(),
        None => Content::Empty,
    }
}

/// A place as a PL: point of care, room and bed, as far as the Locations came with the event.
pub(super) fn place(event: &Event<'_>, reference: &Value) -> Content {
    let Some(mut location) = event.follow(reference, "Location") else {
        return text_at(reference, "display").into();
    };
    let [mut care, mut room, mut bed] = [None; 3];
    // A bed stands in a room on a ward; more levels than this are buildings.
    for _ in 0..3 {
        let label = first(location, "identifier").and_then(|number| text_at(number, "value"));
        let label = label.or(text_at(location, "name"));
        match location.get("physicalType").and_then(code_of) {
            Some("bd") => bed = label,
            Some("ro") => room = label,
            _ => {
                care = label;
                break;
            }
        }
        match location.get("partOf").and_then(|parent| event.follow(parent, "Location")) {
            Some(parent) => location = parent,
            None => break,
        }
    }
    [care, room, bed].into()
}
