use crate::hl7::acknowledge::{Code, Verdict};
use crate::hl7::charset::Charset;
use crate::hl7::escape::escape;
use crate::hl7::finding::Finding;
use crate::hl7::message::{Content, Line, Message, Path, Separators};

/// The version of an answer to something that names none.
const VERSION: &str = "2.5.1";
/// The longest text of a finding that is sent: ERR-8 of version 2.5.
const TEXT_CHARACTERS_MAX: usize = 250;
/// The longest text in MSA-3: its length in versions 2.3 to 2.6.
const SUMMARY_CHARACTERS_MAX: usize = 80;

/// What an acknowledgement has of its own.
#[derive(Clone, Copy, Debug)]
pub struct Stamp<'a> {
    /// MSH-7, such as `20260301081500`.
    pub time: &'a str,
    /// MSH-10, unique among what this sender sends.
    pub control_id: &'a str,
}

/// The acknowledgement of a message: sender and receiver change places, MSA-2 is the message's MSH-10, separators,
/// character set and version are the message's own.
#[must_use]
pub fn acknowledge(received: &Message, code: Code, findings: &[Finding], stamp: &Stamp<'_>) -> Message {
    let version = Some(received.version()).filter(|version| !version.is_empty());
    let version = version.unwrap_or_else(|| VERSION.to_owned());
    let raw = |field| {
        received.header().field(field).map_or(Content::Empty, |part| Content::Raw(part.bytes().to_vec()))
    };
    let pen = Pen { separators: received.separators(), charset: received.charset().clone(), version };
    let trigger = Path { component: Some(2), ..Path::field("MSH", 9) };
    let trigger = received.raw(&trigger).map_or(Content::Empty, |bytes| Content::Raw(bytes.to_vec()));
    let header = Line::new("MSH")
        .with(3, raw(5))
        .with(4, raw(6))
        .with(5, raw(3))
        .with(6, raw(4))
        .with(7, pen.text(stamp.time))
        .with(9, pen.kind(trigger))
        .with(10, pen.text(stamp.control_id))
        .with(11, Some(raw(11)).filter(|content| *content != Content::Empty).unwrap_or("P".into()))
        .with(12, pen.text(&pen.version))
        .with(18, raw(18));
    pen.finish(header, code, raw(10), findings)
}

/// The answer to bytes that are not a message. There is nothing to name in MSA-2, and nobody to address it to.
#[must_use]
pub fn refuse(findings: &[Finding], stamp: &Stamp<'_>) -> Message {
    let pen = Pen { separators: Separators::STANDARD, charset: Charset::Unsaid, version: VERSION.to_owned() };
    let header = Line::new("MSH")
        .with(7, stamp.time)
        .with(9, pen.kind(Content::Empty))
        .with(10, stamp.control_id)
        .with(11, "P")
        .with(12, VERSION);
    pen.finish(header, Code::Application(Verdict::Rejected), Content::Empty, findings)
}

/// How the sender of the message writes.
struct Pen {
    separators: Separators,
    charset: Charset,
    version: String,
}

impl Pen {
    /// MSH-9: the structure stands there since 2.3.1.
    fn kind(&self, trigger: Content) -> Content {
        let structure = if self.version.as_str() < "2.3.1" { Content::Empty } else { "ACK".into() };
        if self.separators.component.is_none() {
            "ACK".into()
        } else {
            ["ACK".into(), trigger, structure].into()
        }
    }

    fn finish(&self, header: Line, code: Code, control_id: Content, findings: &[Finding]) -> Message {
        let summary = findings.first().filter(|_| self.version.as_str() < "2.7");
        let summary = summary.map(|finding| self.text(&cut(&finding.text, SUMMARY_CHARACTERS_MAX)));
        let msa = Line::new("MSA").with(1, code.letters()).with(2, control_id).with(3, summary);
        let mut lines = vec![header, msa];
        if self.version.as_str() < "2.5" {
            let locations = findings.iter().map(|finding| self.located_code(finding));
            lines.extend((!findings.is_empty()).then(|| Line::new("ERR").with(1, self.repeated(locations))));
        } else {
            lines.extend(findings.iter().map(|finding| self.error(finding)));
        }
        Message::compose(&self.separators, &self.charset, &lines)
            .expect("raw parts come from a message with these separators, and texts were made to fit them")
    }

    /// ERR-1 before version 2.5: segment, sequence, field, and the code with its text.
    fn located_code(&self, finding: &Finding) -> Content {
        let number = finding.condition.code(&self.version).to_string();
        let code = self.parts([number.into(), self.text(finding.condition.name()), "HL70357".into()]);
        match &finding.path {
            None => self.parts([Content::Empty, Content::Empty, Content::Empty, code]),
            Some(path) => {
                let field = path.field.map(|field| field.to_string());
                self.parts([self.text(&path.segment), path.occurrence.to_string().into(), field.into(), code])
            }
        }
    }

    /// An ERR since version 2.5.
    fn error(&self, finding: &Finding) -> Line {
        let number = finding.condition.code(&self.version).to_string();
        Line::new("ERR")
            .with(2, finding.path.as_ref().map(|path| self.location(path)))
            .with(3, self.parts([number.into(), self.text(finding.condition.name()), "HL70357".into()]))
            .with(4, finding.severity.code())
            .with(8, self.text(&cut(&finding.text, TEXT_CHARACTERS_MAX)))
    }

    /// ERR-2, an ERL: segment, sequence, field, repetition, component, subcomponent.
    fn location(&self, path: &Path) -> Content {
        let number = |number: Option<u16>| Content::from(number.map(|number| number.to_string()));
        let repetition = path.repetition.or(path.component.map(|_| 1));
        self.parts([
            self.text(&path.segment),
            number(Some(path.occurrence)),
            number(path.field),
            number(repetition),
            number(path.component),
            number(path.subcomponent),
        ])
    }

    /// Parts, or only the first where the message has no separator for them.
    fn parts<const N: usize>(&self, parts: [Content; N]) -> Content {
        match (self.separators.component, self.separators.subcomponent) {
            (Some(_), Some(_)) => parts.into(),
            _ => parts.into_iter().next().unwrap_or_default(),
        }
    }

    fn repeated(&self, values: impl Iterator<Item = Content>) -> Content {
        let most = if self.separators.repetition.is_some() { usize::MAX } else { 1 };
        Content::Repetitions(values.take(most).collect())
    }

    /// A text with a question mark for each character that cannot be written in the sender's message; with a blank, which
    /// separates nothing anywhere, where the question mark itself separates something.
    fn text(&self, text: &str) -> Content {
        let fits =
            |letter: char| escape(letter.encode_utf8(&mut [0; 4]), &self.separators, &self.charset).is_ok();
        let stand_in = if fits('?') { '?' } else { ' ' };
        let fitting: String =
            text.chars().map(|letter| if fits(letter) { letter } else { stand_in }).collect();
        fitting.into()
    }
}

fn cut(text: &str, characters_max: usize) -> String {
    text.chars().take(characters_max).collect()
}
