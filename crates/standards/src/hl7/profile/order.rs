use crate::hl7::finding::{Condition, Finding};
use crate::hl7::message::{Message, Path, Segment};
use crate::hl7::profile::structure::What;
use crate::hl7::profile::{Node, Structure};

/// What is missing from the structure, what does not belong to it, and where its order is left.
pub(super) fn check(structure: &Structure, message: &Message) -> Vec<Finding> {
    let site = |segment: &Segment<'_>| segment.name().starts_with('Z');
    let (known, strange): (Vec<Segment<'_>>, Vec<Segment<'_>>) = message
        .segments()
        .filter(|segment| !site(segment))
        .partition(|own| structure.segments.holds(own.name()));
    let name = &structure.name;
    let mut findings: Vec<Finding> = strange
        .iter()
        .map(|segment| misplaced(segment, format!("{} is no part of {name}; leave it out", segment.name())))
        .collect();
    let mut walk =
        Walk { structure: name, segments: &known, at: 0, end: message.bytes().len(), findings: Vec::new() };
    walk.node(&structure.segments);
    findings.append(&mut walk.findings);
    if let Some(segment) = known.get(walk.at) {
        let text = format!(
            "from this {} on, the order is not that of {name}; was one moved or sent twice?",
            segment.name()
        );
        findings.push(misplaced(segment, text));
    }
    findings
}

fn misplaced(segment: &Segment<'_>, text: String) -> Finding {
    let occurrence = u16::try_from(segment.occurrence()).unwrap_or(u16::MAX);
    let path = Path::segment(segment.name()).in_occurrence(occurrence);
    Finding::at(path, Some(segment.span().start), Condition::SegmentSequence, text)
}

struct Walk<'a, 'm> {
    structure: &'a str,
    segments: &'a [Segment<'m>],
    at: usize,
    end: usize,
    findings: Vec<Finding>,
}

impl Walk<'_, '_> {
    /// Takes as much of the message as fits this node.
    fn node(&mut self, node: &Node) {
        let mut taken = false;
        while self.next_name().is_some_and(|name| node.begins(name)) {
            self.once(node);
            taken = true;
            if !node.repeats {
                break;
            }
        }
        if !taken && !node.optional {
            self.miss(node);
        }
    }

    fn once(&mut self, node: &Node) {
        match &node.what {
            What::Segment(_) => self.at += 1,
            What::Sequence(nodes) => nodes.iter().for_each(|node| self.node(node)),
            What::Choice(nodes) => {
                let next = self.next_name();
                if let Some(chosen) = nodes.iter().find(|node| next.is_some_and(|name| node.begins(name))) {
                    self.once(chosen);
                }
            }
        }
    }

    fn next_name(&self) -> Option<&str> {
        self.segments.get(self.at).map(|segment| segment.name())
    }

    fn miss(&mut self, node: &Node) {
        let wanted = node.beginning();
        let at = self.segments.get(self.at).map_or(self.end, |segment| segment.span().start);
        let text = format!("{} needs {wanted} here; add it, or move it to this place", self.structure);
        let path = Path::segment(wanted.get(..3).unwrap_or("MSH"));
        self.findings.push(Finding::at(path, Some(at), Condition::SegmentSequence, text));
    }
}
