use crate::hl7::message::value::Line;
use crate::hl7::message::{Level, Message, Part, Path, Segment};

impl Message {
    /// The innermost place that a byte belongs to, for a cursor or a difference. A separator belongs to the part it ends,
    /// and what ends a segment to its last field. Levels with a single part are left out: `PID-8`, not `PID-8[1].1.1`.
    /// `None` before the header and past the end of the last segment.
    #[must_use]
    pub fn locate(&self, offset: usize) -> Option<Path> {
        // A cursor may stand behind the last byte, where a segment without an end goes on.
        let holds = |line: &Line| (line.start..line.next).contains(&offset) || line.end == offset;
        let index = self.lines.iter().position(holds)?;
        let segment = Segment::new(self, index);
        let mut path = Path::segment(segment.name());
        path.occurrence = u16::try_from(segment.occurrence()).ok()?;
        let at = offset.min(segment.span().end);
        let name_end = segment.span().start + segment.name().len();
        if at < name_end || (at == name_end && !segment.is_header()) {
            return Some(path);
        }
        // No separator follows MSH-1, which is one.
        let holds =
            |number: u16, end: usize| at < end || (at == end && !(number == 1 && segment.is_header()));
        let mut fields = (1..=u16::MAX).zip(segment.fields());
        let Some((number, field)) = fields.find(|(number, field)| holds(*number, field.span().end)) else {
            return Some(path);
        };
        path.field = Some(number);
        let repetition = around(&field, at, &mut path.repetition).unwrap_or(field);
        let component = around(&repetition, at, &mut path.component).unwrap_or(repetition);
        if component.level() == Level::Component {
            around(&component, at, &mut path.subcomponent);
        }
        Some(path)
    }
}

/// The part inside `whole` at this offset, and its number in `place` if there are several.
fn around<'m>(whole: &Part<'m>, at: usize, place: &mut Option<u16>) -> Option<Part<'m>> {
    let (number, part) = (1..=u16::MAX).zip(whole.parts()).find(|(_, part)| at <= part.span().end)?;
    if whole.parts().nth(1).is_some() {
        *place = Some(number);
    }
    Some(part)
}
