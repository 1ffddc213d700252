use crate::hl7::message::{Message, Part, Segment};

use super::condition::Field;

/// What a row sees: the segment it is about, the others of its group, and the repetition it looks at.
#[derive(Clone)]
pub(super) struct Scope<'m> {
    pub(super) message: &'m Message,
    pub(super) segment: Segment<'m>,
    /// Segments that belong together with it, such as the ORC of an OBR.
    pub(super) group: Vec<Segment<'m>>,
    /// The row's own field.
    pub(super) number: u16,
    /// The repetition of it that is looked at.
    pub(super) repetition: Option<Part<'m>>,
}

impl<'m> Scope<'m> {
    /// The scope of a segment and its group.
    pub(super) fn of(message: &'m Message, segment: Segment<'m>, group: &[Segment<'m>]) -> Self {
        Self { message, segment, group: group.to_vec(), number: 0, repetition: None }
    }

    /// The field, of the segment at hand, of its group, or of the first segment of that name.
    fn part(&self, field: &Field) -> Option<Part<'m>> {
        let Some(name) = &field.segment else {
            let own = self.repetition.clone().or_else(|| self.segment.field(self.number))?;
            return match field.component {
                Some(component) => own.component(component),
                None => Some(own),
            };
        };
        let segment = if self.segment.name() == name {
            self.segment
        } else {
            let near = self.group.iter().find(|other| other.name() == name).copied();
            near.or_else(|| self.message.segments().find(|other| other.name() == name))?
        };
        let part = segment.field(field.number)?;
        match field.component {
            Some(component) => part.component(component),
            None => Some(part),
        }
    }

    /// The text of a field; empty where there is none.
    pub(super) fn text(&self, field: &Field) -> String {
        self.part(field).map(|part| part.text()).unwrap_or_default()
    }

    /// How often a field is repeated; 0 where it is empty.
    pub(super) fn count(&self, field: &Field) -> usize {
        self.part(field).filter(|part| !part.is_empty()).map_or(0, |part| part.parts().count())
    }
}
