use std::fmt;
use std::str::FromStr;

/// A place in a message: `PID`, `PID-5`, `PID-5.1`, `PID-3[2].4.1`, `OBX(3)-5`. All numbers count from 1.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Path {
    /// The segment's name, three characters.
    pub segment: String,
    /// Which segment of that name.
    pub occurrence: u16,
    /// The field; none for the whole segment.
    pub field: Option<u16>,
    /// The repetition; none for all of the field, or the first where a component follows.
    pub repetition: Option<u16>,
    /// The component.
    pub component: Option<u16>,
    /// The subcomponent.
    pub subcomponent: Option<u16>,
}

/// A path that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{path:?} is no path: {what}; a path is written like PID-5, PID-5.1, PID-3[2].4.1 or OBX(3)-5")]
pub struct PathError {
    /// What was given.
    pub path: String,
    /// What is wrong with it.
    pub what: &'static str,
}

impl Path {
    /// The first segment of this name.
    #[must_use]
    pub fn segment(name: &str) -> Self {
        Self {
            segment: name.to_owned(),
            occurrence: 1,
            field: None,
            repetition: None,
            component: None,
            subcomponent: None,
        }
    }

    /// A field of the first segment of this name.
    #[must_use]
    pub fn field(name: &str, field: u16) -> Self {
        Self { field: Some(field), ..Self::segment(name) }
    }

    /// The same place in another segment of this name.
    #[must_use]
    pub fn in_occurrence(self, occurrence: u16) -> Self {
        Self { occurrence, ..self }
    }
}

impl FromStr for Path {
    type Err = PathError;

    fn from_str(text: &str) -> Result<Self, PathError> {
        read(text).map_err(|what| PathError { path: text.to_owned(), what })
    }
}

fn read(text: &str) -> Result<Path, &'static str> {
    let (segment, field) = match text.split_once('-') {
        Some((segment, field)) => (segment, Some(field)),
        None => (text, None),
    };
    let (name, occurrence) = indexed(segment, '(', ')')?;
    if name.len() != 3 || !name.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return Err("it begins with the three letters or digits of a segment");
    }
    let mut path = Path { occurrence: occurrence.unwrap_or(1), ..Path::segment(name) };
    let Some(field) = field else { return Ok(path) };
    let mut parts = field.split('.');
    let (number, repetition) = indexed(parts.next().unwrap_or_default(), '[', ']')?;
    path.field = Some(counted(number)?);
    path.repetition = repetition;
    path.component = parts.next().map(counted).transpose()?;
    path.subcomponent = parts.next().map(counted).transpose()?;
    match parts.next() {
        None => Ok(path),
        Some(_) => Err("nothing is inside a subcomponent"),
    }
}

/// `name`, or `name(2)` with the brackets given.
fn indexed(text: &str, open: char, close: char) -> Result<(&str, Option<u16>), &'static str> {
    match text.split_once(open) {
        None => Ok((text, None)),
        Some((name, rest)) => {
            let number =
                rest.strip_suffix(close).ok_or("a bracket is not closed, or something follows it")?;
            Ok((name, Some(counted(number)?)))
        }
    }
}

fn counted(text: &str) -> Result<u16, &'static str> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    match text.parse() {
        Ok(number @ 1..) if digits => Ok(number),
        _ => Err("places are numbers from 1 to 65535"),
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.segment)?;
        if self.occurrence != 1 {
            write!(f, "({})", self.occurrence)?;
        }
        let Some(field) = self.field else { return Ok(()) };
        write!(f, "-{field}")?;
        if let Some(repetition) = self.repetition {
            write!(f, "[{repetition}]")?;
        }
        if let Some(component) = self.component.or(self.subcomponent.map(|_| 1)) {
            write!(f, ".{component}")?;
        }
        if let Some(subcomponent) = self.subcomponent {
            write!(f, ".{subcomponent}")?;
        }
        Ok(())
    }
}
