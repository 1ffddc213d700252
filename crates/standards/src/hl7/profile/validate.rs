use crate::hl7::finding::{Condition, Finding};
use crate::hl7::message::{Message, Path};
use crate::hl7::profile::{Profile, Shelf, fields, order};

impl Shelf {
    /// The profile of a message by its code and trigger (MSH-9).
    ///
    /// # Errors
    /// The finding that says which codes or triggers there are.
    pub fn profile_of(&self, message: &Message) -> Result<Profile<'_>, Box<Finding>> {
        let at = message.header().field(9).map(|field| field.span().start);
        let text = |component| {
            let path = Path { component: Some(component), ..Path::field("MSH", 9) };
            message.get(&path).unwrap_or_default()
        };
        let (code, trigger) = (text(1), text(2));
        let of_code: Vec<_> = self.structures().filter(|structure| structure.code == code).collect();
        let fitting = of_code.iter().find(|of| of.triggers.is_empty() || of.triggers.contains(&trigger));
        if let Some(structure) = fitting {
            return Ok(Profile { shelf: self, structure });
        }
        let (condition, component, text) = if of_code.is_empty() {
            let mut codes: Vec<&str> = self.structures().map(|structure| structure.code.as_str()).collect();
            codes.dedup();
            (
                Condition::MessageType,
                1,
                format!("no profile for messages {code:?}; there are {}", codes.join(", ")),
            )
        } else {
            let triggers: Vec<&str> =
                of_code.iter().flat_map(|of| &of.triggers).map(String::as_str).collect();
            let known = triggers.join(", ");
            (
                Condition::EventCode,
                2,
                format!("no profile for {code} with trigger {trigger:?}; there are {known}"),
            )
        };
        let path = Path { component: Some(component), ..Path::field("MSH", 9) };
        Err(Box::new(Finding::at(path, at, condition, text)))
    }

    /// Everything that the message's own profile minds about it.
    #[must_use]
    pub fn validate(&self, message: &Message) -> Vec<Finding> {
        match self.profile_of(message) {
            Ok(profile) => profile.validate(message),
            Err(finding) => vec![*finding],
        }
    }
}

impl Profile<'_> {
    /// Everything this profile minds about a message, in the order of the message.
    #[must_use]
    pub fn validate(&self, message: &Message) -> Vec<Finding> {
        let mut findings = order::check(self.structure, message);
        for segment in message.segments() {
            findings.extend(fields::check(self, segment));
        }
        findings.sort_by_key(|finding| finding.at);
        findings
    }
}
