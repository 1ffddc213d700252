//! Messages as the hospital's systems send them, in the words of HL7 v2.5.1 that older versions know too.

use super::answer::{Ack, Sent};
use super::belief::Belief;
use super::orders::Order;
use super::segment::{Line, moment};

/// What MSH says beside the event.
#[derive(Debug, Clone, Copy)]
pub struct Envelope<'a> {
    /// MSH-3.
    pub from: &'a str,
    /// MSH-5.
    pub to: &'a str,
    /// MSH-4 and MSH-6.
    pub facility: &'a str,
    /// MSH-12.
    pub version: &'a str,
    /// MSH-10.
    pub control_id: &'a str,
    /// MSH-7, virtual microseconds since 1970 UTC.
    pub now_us: i64,
}

/// A whole message: MSH, then the segments.
pub fn wrap(envelope: &Envelope<'_>, event: &str, segments: &str) -> String {
    let (code, trigger) = event.split_once('^').unwrap_or((event, ""));
    let structure = structure(code, trigger);
    let line = Line::new("MSH|^~\\&")
        .field(1, &[envelope.from])
        .field(2, &[envelope.facility])
        .field(3, &[envelope.to])
        .field(4, &[envelope.facility])
        .field(5, &[&moment(envelope.now_us)])
        .field(7, &[code, trigger, structure])
        .field(8, &[envelope.control_id])
        .field(9, &["P"])
        .field(10, &[envelope.version])
        .field(16, &["UNICODE UTF-8"]);
    format!("{}{segments}", line.end())
}

/// The message structure (HL7 table 0354) of an event.
fn structure(code: &str, trigger: &str) -> &'static str {
    match (code, trigger) {
        ("ADT", "A01" | "A04" | "A08" | "A13") => "ADT_A01",
        ("ADT", "A02") => "ADT_A02",
        ("ADT", "A03") => "ADT_A03",
        ("ADT", "A11") => "ADT_A09",
        ("ADT", "A28" | "A31") => "ADT_A05",
        ("ADT", "A40") => "ADT_A39",
        ("OML", _) => "OML_O21",
        ("ORM", _) => "ORM_O01",
        ("RDE", _) => "RDE_O11",
        ("ORU", _) => "ORU_R01",
        ("DFT", _) => "DFT_P03",
        ("VXU", _) => "VXU_V04",
        _ => "",
    }
}

/// The acknowledgement of the message `of`, in original mode (HL7 v2.5.1, 2.9.2).
pub fn acknowledgement(
    envelope: &Envelope<'_>,
    trigger: &str,
    of: &str,
    ack: Ack,
    reason: Option<&str>,
) -> String {
    let msa =
        Line::new("MSA").field(1, &[ack.code()]).field(2, &[of]).field(3, &[reason.unwrap_or_default()]);
    let err = reason.map(|reason| {
        let code = if ack == Ack::Reject { "200" } else { "207" };
        Line::new("ERR").field(3, &[code]).field(4, &["E"]).field(8, &[reason]).end()
    });
    let segments = format!("{}{}", msa.end(), err.unwrap_or_default());
    wrap(envelope, &format!("ACK^{trigger}"), &segments)
}

/// A message about a person: registration, arrival, move, departure.
pub fn adt(event: &'static str, belief: &Belief, now_us: i64) -> Sent {
    let trigger = event.split_once('^').map_or(event, |(_, trigger)| trigger);
    let segments = format!("{}{}{}", evn(trigger, now_us), pid(belief), pv1(belief));
    Sent { event, mrn: belief.mrn.clone(), segments }
}

/// A40: what stood under `retired` belongs to `surviving` from now on.
pub fn merge(surviving: &Belief, retired: &str, now_us: i64) -> Sent {
    let mrg = Line::new("MRG").field(1, &[retired, "", "", "ALDERFALLS", "MR"]).end();
    let segments = format!("{}{}{mrg}", evn("A40", now_us), pid(surviving));
    Sent { event: "ADT^A40", mrn: surviving.mrn.clone(), segments }
}

/// An order for the system that carries it out: placed, or cancelled.
pub fn order(order: &Order, belief: &Belief, cancel: bool, now_us: i64) -> Sent {
    let control = if cancel { "CA" } else { "NW" };
    let orc =
        Line::new("ORC").field(1, &[control]).field(2, &[&order.placer, "EHR"]).field(9, &[&moment(now_us)]);
    let code = [order.code.as_str(), &order.name, order.system()];
    let detail = if order.kind == super::OrderKind::Drug {
        Line::new("RXE").field(1, &[""]).field(2, &code).end()
    } else {
        Line::new("OBR").field(1, &["1"]).field(2, &[&order.placer, "EHR"]).field(4, &code).end()
    };
    let segments = format!("{}{}{}{detail}", pid(belief), pv1(belief), orc.end());
    Sent { event: order.kind.event(), mrn: belief.mrn.clone(), segments }
}

fn evn(trigger: &str, now_us: i64) -> String {
    Line::new("EVN").field(1, &[trigger]).field(2, &[&moment(now_us)]).end()
}

/// PID: who it is. The first given name is the given name; the others are middle names.
pub(super) fn pid(belief: &Belief) -> String {
    let (given, middle) = belief.given.split_once(' ').unwrap_or((&belief.given, ""));
    let [street, city, state, zip] = &belief.address;
    Line::new("PID")
        .field(1, &["1"])
        .field(3, &[&belief.mrn, "", "", "ALDERFALLS", "MR"])
        .field(5, &[&belief.family, given, middle, "", "", "", "L"])
        .field(7, &[&belief.birth_date])
        .field(8, &[&belief.sex])
        .field(11, &[street, "", city, state, zip])
        .field(13, &[&belief.phone])
        .end()
}

/// PV1: where they are; `N` where there is no visit to speak of.
fn pv1(belief: &Belief) -> String {
    let line = Line::new("PV1").field(1, &["1"]);
    match &belief.stay {
        None => line.field(2, &["N"]).end(),
        Some(stay) => line
            .field(2, &[&stay.class])
            .field(3, &[&stay.unit, "", &stay.bed])
            .field(19, &[&stay.visit])
            .end(),
    }
}
