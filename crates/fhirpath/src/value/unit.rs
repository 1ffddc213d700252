//! Units of UCUM that clinical data use, as products of base units (UCUM, sections 3 and 4).

use std::collections::BTreeMap;

use rust_decimal::Decimal;

/// A unit: how many base units it is, and which. A mole is a base unit here, as are arbitrary units.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Unit {
    pub(super) factor: Decimal,
    pub(super) powers: BTreeMap<String, i32>,
}

/// Longer unit texts are no units.
const BYTES_MAX: usize = 100;

/// Name, whether it takes prefixes, its factor and what it is a multiple of.
const ATOMS: &[(&str, bool, &str, &str)] = &[
    ("%", false, "0.01", "1"),
    ("[ppth]", false, "0.001", "1"),
    ("[ppm]", false, "0.000001", "1"),
    ("min", false, "60", "s"),
    ("h", false, "3600", "s"),
    ("d", false, "86400", "s"),
    ("wk", false, "604800", "s"),
    ("mo", false, "2629800", "s"),
    ("a", false, "31557600", "s"),
    ("l", true, "0.001", "m3"),
    ("L", true, "0.001", "m3"),
    ("t", true, "1000000", "g"),
    ("Hz", true, "1", "s-1"),
    ("N", true, "1000", "g.m.s-2"),
    ("Pa", true, "1000", "g.m-1.s-2"),
    ("J", true, "1000", "g.m2.s-2"),
    ("W", true, "1000", "g.m2.s-3"),
    ("bar", true, "100000000", "g.m-1.s-2"),
    ("m[Hg]", true, "133322000", "g.m-1.s-2"),
    ("m[H2O]", true, "9806650", "g.m-1.s-2"),
    ("cal", true, "4184", "g.m2.s-2"),
    ("kat", true, "1", "mol.s-1"),
    ("U", true, "0.000000016666666666666667", "mol.s-1"),
    ("eq", true, "1", "mol"),
    ("osm", true, "1", "mol"),
    ("[in_i]", false, "0.0254", "m"),
    ("[ft_i]", false, "0.3048", "m"),
    ("[yd_i]", false, "0.9144", "m"),
    ("[mi_i]", false, "1609.344", "m"),
    ("[lb_av]", false, "453.59237", "g"),
    ("[oz_av]", false, "28.349523125", "g"),
    ("[stone_av]", false, "6350.29318", "g"),
    ("[gal_us]", false, "0.003785411784", "m3"),
    ("[foz_us]", false, "0.0000295735295625", "m3"),
    ("[cup_us]", false, "0.0002365882365", "m3"),
    ("[tsp_us]", false, "0.00000492892159375", "m3"),
    ("[tbs_us]", false, "0.00001478676478125", "m3"),
    ("[drp]", false, "0.00000005", "m3"),
    ("deg", false, "0.017453292519943295769", "rad"),
];

/// Base units; those with `true` take prefixes.
const BASE: &[(&str, bool)] = &[
    ("m", true),
    ("s", true),
    ("g", true),
    ("rad", true),
    ("K", true),
    ("C", true),
    ("cd", true),
    ("mol", true),
    ("[iU]", true),
    ("[IU]", true),
    ("[arb'U]", false),
    ("[USP'U]", false),
    ("[pH]", false),
    ("[CFU]", false),
    ("[degF]", false),
    ("Cel", true),
    ("V", true),
    ("A", true),
    ("B", true),
    ("Bq", true),
    ("Gy", true),
    ("Sv", true),
    ("[diop]", false),
    ("[hp_X]", false),
    ("[HPF]", false),
    ("[LPF]", false),
    ("Ohm", true),
    ("lm", true),
    ("lx", true),
];

const PREFIXES: &[(&str, &str)] = &[
    ("da", "10"),
    ("h", "100"),
    ("k", "1000"),
    ("M", "1000000"),
    ("G", "1000000000"),
    ("d", "0.1"),
    ("c", "0.01"),
    ("m", "0.001"),
    ("u", "0.000001"),
    ("n", "0.000000001"),
    ("p", "0.000000000001"),
    ("f", "0.000000000000001"),
];

impl Unit {
    fn one() -> Self {
        Self { factor: Decimal::ONE, powers: BTreeMap::new() }
    }

    /// Reads a unit such as `mg/dL`, `mm[Hg]`, `10*3/uL` or `kg.m-2`.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let ascii = text.len() <= BYTES_MAX && !text.is_empty() && text.is_ascii();
        if !ascii {
            return None;
        }
        let mut unit = Self::one();
        let mut rest = text;
        let mut power = 1;
        if let Some(behind) = rest.strip_prefix('/') {
            (rest, power) = (behind, -1);
        }
        loop {
            let end = component_end(rest)?;
            unit = unit.times(&component(&rest[..end])?, power)?;
            power = match rest.as_bytes().get(end) {
                None => return Some(unit),
                Some(b'/') => -1,
                Some(_) => 1,
            };
            rest = &rest[end + 1..];
        }
    }

    /// The product with a power of another.
    pub(super) fn times(mut self, other: &Self, power: i32) -> Option<Self> {
        for _ in 0..power.abs() {
            let factor = self.factor;
            let combined =
                if power > 0 { factor.checked_mul(other.factor) } else { factor.checked_div(other.factor) };
            self.factor = combined.filter(|factor| !factor.is_zero())?;
        }
        for (name, count) in &other.powers {
            let sum = self.powers.entry(name.clone()).or_insert(0);
            *sum += count * power;
        }
        self.powers.retain(|_, count| *count != 0);
        Some(self)
    }

    /// The base units as UCUM writes them, `1` for none.
    pub(super) fn base(&self) -> String {
        let write = |(name, power): (&String, &i32)| match power {
            1 => name.clone(),
            power => format!("{name}{power}"),
        };
        let all: Vec<String> = self.powers.iter().map(write).collect();
        if all.is_empty() { "1".to_owned() } else { all.join(".") }
    }
}

/// Where the first component ends: at `.` or `/` outside brackets and braces.
fn component_end(text: &str) -> Option<usize> {
    let mut open = 0_i32;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'[' | b'{' | b'(' => open += 1,
            b']' | b'}' | b')' => open -= 1,
            b'.' | b'/' if open == 0 => return Some(at),
            _ => {}
        }
    }
    (open == 0).then_some(text.len())
}

fn component(text: &str) -> Option<Unit> {
    if let Some(inner) = text.strip_prefix('(').and_then(|text| text.strip_suffix(')')) {
        return Unit::parse(inner);
    }
    let bare = text.split('{').next()?;
    if bare.is_empty() {
        return text.ends_with('}').then(Unit::one);
    }
    if let Ok(number) = bare.parse::<u32>() {
        return Some(Unit { factor: Decimal::from(number), powers: BTreeMap::new() }).filter(|_| number > 0);
    }
    let digits = bare.bytes().rev().take_while(u8::is_ascii_digit).count();
    let signed = bare[..bare.len() - digits].ends_with(['-', '+']);
    let at = bare.len() - digits - usize::from(signed && digits > 0);
    let power: i32 = if digits == 0 { 1 } else { bare[at..].parse().ok()? };
    if power == 0 || power.abs() > 20 {
        return None;
    }
    Unit::one().times(&simple(&bare[..at])?, power)
}

fn simple(name: &str) -> Option<Unit> {
    if matches!(name, "10*" | "10^") {
        return Some(Unit { factor: Decimal::TEN, powers: BTreeMap::new() });
    }
    if let Some((unit, _)) = atom(name) {
        return Some(unit);
    }
    PREFIXES.iter().find_map(|(prefix, factor)| {
        let (unit, _) = atom(name.strip_prefix(prefix)?).filter(|(_, metric)| *metric)?;
        Some(Unit { factor: unit.factor.checked_mul(factor.parse().ok()?)?, ..unit })
    })
}

/// A unit without prefix, and whether it takes one.
fn atom(name: &str) -> Option<(Unit, bool)> {
    if let Some((name, metric)) = BASE.iter().find(|(known, _)| *known == name) {
        return Some((
            Unit { factor: Decimal::ONE, powers: BTreeMap::from([((*name).to_owned(), 1)]) },
            *metric,
        ));
    }
    let (_, metric, factor, base) = ATOMS.iter().find(|(known, ..)| *known == name)?;
    let base = Unit::parse(base)?;
    Some((Unit { factor: factor.parse::<Decimal>().ok()?.checked_mul(base.factor)?, ..base }, *metric))
}
