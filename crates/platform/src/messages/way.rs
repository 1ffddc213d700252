use hospital::topology::System;

use crate::topology::topology;

/// How the ids of interfaces begin that no plan has: somebody outside connected to a system by themselves.
const OUTSIDE: &str = "mllp-";
/// Characters of a sender's name in such an id.
const SENDER_CHARACTERS_MAX: usize = 20;

/// How a message comes to a system: over which interface, and from whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Way {
    /// The id of the interface.
    pub(super) interface: String,
    /// Who sends.
    pub(super) from: String,
    /// Who receives.
    pub(super) system: &'static System,
}

impl Way {
    /// The way that an interface is, planned or not; `None` where nothing is called that.
    pub(super) fn named(interface: &str) -> Option<Self> {
        let topology = topology();
        if let Some(planned) = topology.interface(interface) {
            let system = topology.system(&planned.to)?;
            return Some(Self { interface: interface.to_owned(), from: planned.from.clone(), system });
        }
        let (from, to) = interface.strip_prefix(OUTSIDE)?.rsplit_once('-')?;
        Some(Self { interface: interface.to_owned(), from: from.to_uppercase(), system: system(to)? })
    }

    /// The way from a sender (MSH-3) to a system for messages of an event: the planned interface, or one of their own.
    pub(super) fn to(system: &'static System, sender: &str, event: &str) -> Self {
        let planned = topology().interfaces.iter().find(|interface| {
            let carries = interface.events.iter().any(|carried| carried == event);
            carries && interface.to == system.id && interface.from.eq_ignore_ascii_case(sender)
        });
        if let Some(planned) = planned {
            return Self { interface: planned.id.clone(), from: planned.from.clone(), system };
        }
        let plain = sender.chars().filter(char::is_ascii_alphanumeric).take(SENDER_CHARACTERS_MAX);
        let from: String = plain.collect::<String>().to_ascii_lowercase();
        let from = if from.is_empty() { "unnamed".to_owned() } else { from };
        let interface = format!("{OUTSIDE}{from}-{}", system.id.to_ascii_lowercase());
        Self { interface, from: from.to_uppercase(), system }
    }
}

/// Whether something is an interface, planned or of somebody who connected by themselves.
pub(crate) fn is_interface(id: &str) -> bool {
    Way::named(id).is_some()
}

/// The system of this name (MSH-5), in whatever case it is written.
pub(super) fn system(name: &str) -> Option<&'static System> {
    topology().systems.iter().find(|system| system.id.eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod tests {
    use super::{Way, system};

    #[test]
    fn a_planned_interface_is_found_by_sender_and_event_and_any_other_gets_a_name_that_reads_back() {
        let lis = system("lis").unwrap();
        for (sender, event, interface) in [
            ("ADT", "ADT^A01", "adt-lis"),
            ("EHR", "OML^O21", "orders-lis"),
            ("ADT", "ADT^A14", "mllp-adt-lis"),
            ("Reg 1 (old)", "ADT^A01", "mllp-reg1old-lis"),
            ("", "ADT^A01", "mllp-unnamed-lis"),
        ] {
            let way = Way::to(lis, sender, event);
            assert_eq!(way.interface, interface);
            assert_eq!(Way::named(interface), Some(way));
        }
        assert_eq!(Way::named("mllp-reg-nowhere"), None);
        assert_eq!(Way::named("nothing"), None);
    }
}
