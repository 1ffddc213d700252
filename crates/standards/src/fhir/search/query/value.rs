//! One value of a parameter, read by its kind.

use super::escape::{split, unescape};
use super::model::Modifier;
use super::reader::Reader;
use super::uri::{above, below};
use super::wanted::{Match, Prefix, SystemMatch};
use crate::fhir::search::date;
use crate::fhir::search::decimal::Decimal;
use crate::fhir::search::kind::SearchKind;
use crate::fhir::search::parameter::SearchParameter;
use crate::fhir::search::reference::{is_absolute, is_id, target, type_of};
use crate::fhir::search::text::normalise;

/// What the values of one parameter are read against.
pub(super) struct Reading<'a> {
    pub(super) resource_type: &'a str,
    pub(super) parameter: &'a SearchParameter,
    pub(super) modifier: Option<&'a Modifier>,
    pub(super) reader: &'a Reader<'a>,
}

impl Reading<'_> {
    /// Reads one value, which may stand for several; an error is a sentence fragment that says what would be right.
    pub(super) fn values(&self, text: &str) -> Result<Vec<Match>, String> {
        match (self.modifier, self.parameter.kind) {
            (Some(Modifier::Text), _) => self.label(text),
            (Some(Modifier::OfType), _) => self.of_type(text),
            (Some(Modifier::Identifier), _) => self.token(text).map(|wanted| vec![wanted]),
            (Some(Modifier::In | Modifier::NotIn), _) => self.value_set(&unescape(text)),
            (Some(Modifier::Above | Modifier::Below), SearchKind::Token) => self.hierarchy(text),
            (Some(Modifier::Above), _) => Ok(above(&unescape(text))),
            (Some(Modifier::Below), _) => Ok(vec![below(&unescape(text))]),
            _ => self.value(text).map(|wanted| vec![wanted]),
        }
    }

    /// Reads one value by its kind.
    pub(super) fn value(&self, text: &str) -> Result<Match, String> {
        match self.parameter.kind {
            SearchKind::Id => id(text),
            SearchKind::Token => self.token(text),
            SearchKind::String => self.string(text),
            SearchKind::Date | SearchKind::LastUpdated => self.date(text),
            SearchKind::Number => number(text),
            SearchKind::Quantity => quantity(text),
            SearchKind::Reference => self.reference(&unescape(text)),
            SearchKind::Uri => Ok(Match::Uri { value: unescape(text) }),
            SearchKind::Composite => self.composite(text),
        }
    }

    pub(super) fn token(&self, text: &str) -> Result<Match, String> {
        let parts: Vec<String> = split(text, '|').into_iter().map(unescape).collect();
        let (system, code) = match parts.as_slice() {
            [code] => (SystemMatch::Any, code.clone()),
            [system, code] if system.is_empty() => (SystemMatch::None, code.clone()),
            [system, code] => (self.system(system), code.clone()),
            _ => {
                return Err(format!(
                    "`{text}` has more than one `|`: write system|code, and \\| for one that is part of the code"
                ));
            }
        };
        let code = Some(code).filter(|code| !code.is_empty());
        if code.is_none() && parts.first().is_none_or(String::is_empty) {
            return Err(format!(
                "`{text}` names neither a system nor a code: write code, system|code, |code or system|"
            ));
        }
        Ok(Match::Token { system, code })
    }

    /// A system that the values leave unsaid is not looked for in them.
    pub(super) fn system(&self, system: &str) -> SystemMatch {
        if self.parameter.implied_systems.iter().any(|implied| implied == system) {
            SystemMatch::None
        } else {
            SystemMatch::Is(system.to_owned())
        }
    }

    fn string(&self, text: &str) -> Result<Match, String> {
        let exact = unescape(text);
        let normalised = normalise(&exact);
        if normalised.is_empty() && self.modifier != Some(&Modifier::Exact) {
            return Err(format!("`{exact}` holds no letter to search for"));
        }
        Ok(Match::String { normalised, exact })
    }

    fn date(&self, text: &str) -> Result<Match, String> {
        let (prefix, rest) = prefixed(text);
        // A plus sign that was not percent-encoded arrives as a space.
        let (mut low_us, mut high_us) = date::span(&rest.replace(' ', "+")).ok_or_else(|| {
            format!("`{text}` is not a date: write 2024, 2024-02, 2024-02-29 or 2024-02-29T08:30:00Z, with eq ne gt lt ge le sa eb or ap in front")
        })?;
        if prefix == Prefix::Ap {
            let now_us = self.reader.context.now_us;
            let distance = low_us.saturating_sub(now_us).max(now_us.saturating_sub(high_us)).max(0);
            low_us = low_us.saturating_sub(distance / 10);
            high_us = high_us.saturating_add(distance / 10);
        }
        Ok(match self.parameter.kind {
            SearchKind::LastUpdated => Match::LastUpdated { prefix, low_us, high_us },
            _ => Match::Date { prefix, low_us, high_us },
        })
    }

    fn reference(&self, text: &str) -> Result<Match, String> {
        let wanted = target(text).unwrap_or_default();
        let base = self.reader.context.base_url.trim_end_matches('/');
        let relative = wanted
            .strip_prefix(base)
            .and_then(|rest| rest.strip_prefix('/'))
            .filter(|rest| !base.is_empty() && is_local(rest))
            .unwrap_or(wanted);
        if is_absolute(relative) {
            return Ok(Match::Reference { targets: vec![relative.to_owned()] });
        }
        let local = if is_local(relative) {
            vec![relative.to_owned()]
        } else if is_id(relative) {
            self.typed(relative)
        } else {
            return Err(format!("`{text}` is not a reference: write Type/id, an id or an absolute URL"));
        };
        let expected = match self.modifier {
            Some(Modifier::Type(expected)) => expected.as_str(),
            _ => "",
        };
        if let Some(other) = local
            .iter()
            .filter_map(|target| type_of(target))
            .find(|name| !expected.is_empty() && *name != expected)
        {
            return Err(format!("`{text}` is of the type {other}, not {expected}"));
        }
        Ok(Match::Reference { targets: with_absolute(local, base) })
    }

    /// An id alone may mean any type that the parameter points to.
    fn typed(&self, id: &str) -> Vec<String> {
        let of_type = |name: &str| format!("{name}/{id}");
        match self.modifier {
            Some(Modifier::Type(name)) => vec![of_type(name)],
            _ if self.parameter.targets.is_empty() => {
                self.reader.parameters.resource_types().map(of_type).collect()
            }
            _ => self.parameter.targets.iter().map(|name| of_type(name)).collect(),
        }
    }
}

/// Whether the text is `Type/id` and nothing before it.
fn is_local(text: &str) -> bool {
    type_of(text).is_some() && text.matches('/').count() == 1
}

/// A resource may have been stored with the absolute form of a reference to this very server.
fn with_absolute(local: Vec<String>, base: &str) -> Vec<String> {
    if base.is_empty() {
        return local;
    }
    let absolute: Vec<String> = local.iter().map(|target| format!("{base}/{target}")).collect();
    local.into_iter().chain(absolute).collect()
}

fn id(text: &str) -> Result<Match, String> {
    if !is_id(text) {
        return Err(format!("`{text}` is not an id: 1 to 64 letters, digits, `-` and `.`"));
    }
    Ok(Match::Id { id: text.to_owned() })
}

fn number(text: &str) -> Result<Match, String> {
    let (prefix, value, (low, high)) = compared(text)?;
    Ok(Match::Number { prefix, value, low, high })
}

fn quantity(text: &str) -> Result<Match, String> {
    let parts: Vec<String> = split(text, '|').into_iter().map(unescape).collect();
    let (amount, system, code) = match parts.as_slice() {
        [amount] => (amount, "", ""),
        [amount, system, code] => (amount, system.as_str(), code.as_str()),
        _ => {
            return Err(format!(
                "`{text}` is not a quantity: write number, number||unit or number|system|code"
            ));
        }
    };
    let (prefix, value, (low, high)) = compared(amount)?;
    let given = |word: &str| Some(word.to_owned()).filter(|word| !word.is_empty());
    Ok(Match::Quantity { prefix, value, low, high, system: given(system), code: given(code) })
}

type Compared = (Prefix, f64, (f64, f64));

fn compared(text: &str) -> Result<Compared, String> {
    let (prefix, rest) = prefixed(text);
    let number = Decimal::parse(rest).ok_or_else(|| {
        format!("`{text}` is not a number: write 5, 5.40 or 1e3, with eq ne gt lt ge le sa eb or ap in front")
    })?;
    let around = match prefix {
        Prefix::Ap => number.roughly(),
        _ => number.rounding(),
    };
    Ok((prefix, number.value(), around))
}

fn prefixed(text: &str) -> (Prefix, &str) {
    let prefix = match text.get(..2) {
        Some("eq") => Prefix::Eq,
        Some("ne") => Prefix::Ne,
        Some("gt") => Prefix::Gt,
        Some("lt") => Prefix::Lt,
        Some("ge") => Prefix::Ge,
        Some("le") => Prefix::Le,
        Some("sa") => Prefix::Sa,
        Some("eb") => Prefix::Eb,
        Some("ap") => Prefix::Ap,
        _ => return (Prefix::Eq, text),
    };
    (prefix, &text[2..])
}
