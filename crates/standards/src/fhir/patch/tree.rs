use std::borrow::Cow;
use std::fmt;

use serde::Deserialize;
use serde::de::{MapAccess, Visitor};
use serde_json::Value;
use serde_json::value::RawValue;

use super::error::{Failed, malformed, not_there};
use super::pointer::{Pointer, index};

/// JSON that is taken apart only where someone goes into it.
#[derive(Clone, Debug)]
pub(super) enum Tree<'a> {
    /// As it is written.
    Text(Cow<'a, str>),
    Object(Vec<(String, Tree<'a>)>),
    Array(Vec<Tree<'a>>),
}

impl<'a> Tree<'a> {
    /// The part that a way leads to.
    pub(super) fn at(&mut self, way: &[String]) -> Result<&mut Self, Failed> {
        let mut here = self;
        for (depth, step) in way.iter().enumerate() {
            let missing = || {
                let place = Pointer { steps: way[..=depth].to_vec() };
                not_there(format!("there is nothing at '{place}'"))
            };
            here.open()?;
            here = match here {
                Self::Object(members) => {
                    let found = members.iter_mut().find(|(name, _)| name == step);
                    found.map(|(_, value)| value).ok_or_else(missing)?
                }
                Self::Array(items) => items.get_mut(index(step)?).ok_or_else(missing)?,
                Self::Text(_) => return Err(missing()),
            };
        }
        Ok(here)
    }

    /// Takes an object or array apart into its members, whose text stays whole. Any other value stays what it is.
    pub(super) fn open(&mut self) -> Result<(), Failed> {
        let Self::Text(text) = self else { return Ok(()) };
        let unread = |error: serde_json::Error| malformed(format!("this JSON cannot be read: {error}"));
        let opened = match (text.as_bytes().first(), &*text) {
            (Some(b'{' | b'['), Cow::Borrowed(text)) => level(text, Cow::Borrowed),
            (Some(b'{' | b'['), Cow::Owned(text)) => level(text, |part| Cow::Owned(part.to_owned())),
            _ => return Ok(()),
        };
        *self = opened.map_err(unread)?;
        Ok(())
    }

    /// The JSON text.
    pub(super) fn text(&self) -> String {
        let mut text = String::new();
        self.print(&mut text);
        text
    }

    fn print(&self, text: &mut String) {
        match self {
            Self::Text(source) => *text += source,
            Self::Object(members) => {
                text.push('{');
                for (at, (name, value)) in members.iter().enumerate() {
                    if at > 0 {
                        text.push(',');
                    }
                    *text += &Value::from(name.as_str()).to_string();
                    text.push(':');
                    value.print(text);
                }
                text.push('}');
            }
            Self::Array(items) => {
                text.push('[');
                for (at, item) in items.iter().enumerate() {
                    if at > 0 {
                        text.push(',');
                    }
                    item.print(text);
                }
                text.push(']');
            }
        }
    }
}

/// One level of an object or array.
fn level<'s, 'a>(text: &'s str, part: impl Fn(&'s str) -> Cow<'a, str>) -> serde_json::Result<Tree<'a>> {
    let leaf = |raw: &'s RawValue| Tree::Text(part(raw.get()));
    if text.starts_with('{') {
        let Members(members) = serde_json::from_str(text)?;
        return Ok(Tree::Object(members.into_iter().map(|(name, raw)| (name, leaf(raw))).collect()));
    }
    let items: Vec<&'s RawValue> = serde_json::from_str(text)?;
    Ok(Tree::Array(items.into_iter().map(leaf).collect()))
}

/// The members of a JSON object in order, each value as its own text.
pub(super) struct Members<'a>(pub(super) Vec<(String, &'a RawValue)>);

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Collect;
        impl<'de> Visitor<'de> for Collect {
            type Value = Members<'de>;
            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a JSON object")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Members(members))
            }
        }
        deserializer.deserialize_map(Collect)
    }
}
