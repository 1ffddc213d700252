use std::cmp::Ordering;
use std::fmt::{self, Display, Write};

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::calendar::{DAY_NS, date_of, days_in_month, days_of};

/// Which of the three types of time it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum MomentKind {
    Date,
    DateTime,
    Time,
}

/// A date, a date with time, or a time of day, each as precise as it was written.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Moment {
    pub(crate) kind: MomentKind,
    /// Year, month, day, hour, minute, second, nanoseconds.
    pub(crate) fields: [i32; 7],
    /// How many of the fields are known; a time of day knows none of the first three and begins at 4.
    pub(crate) known: usize,
    /// Digits of the fraction of a second.
    pub(crate) digits: usize,
    /// Minutes east of Greenwich.
    pub(crate) zone: Option<i32>,
}

/// The fields by name.
pub(crate) const YEAR: usize = 1;
pub(crate) const MONTH: usize = 2;
pub(crate) const DAY: usize = 3;
pub(crate) const HOUR: usize = 4;
pub(crate) const SECOND: usize = 6;
pub(crate) const FRACTION: usize = 7;

/// Places of the world lie from 12 hours behind Greenwich to 14 hours before it.
const ZONES_NS: i128 = 26 * 3_600 * 1_000_000_000;

impl Moment {
    /// A date of FHIR: `2015`, `2015-02`, `2015-02-04`.
    pub(crate) fn date(text: &str) -> Option<Self> {
        let mut moment = Self::nothing(MomentKind::Date);
        let rest = moment.read_date(text)?;
        rest.is_empty().then_some(moment)
    }

    /// A date with a time, which may be missing, and a zone, which may be missing.
    pub(crate) fn date_time(text: &str) -> Option<Self> {
        let mut moment = Self::nothing(MomentKind::DateTime);
        let mut rest = moment.read_date(text)?;
        if let Some(time) = rest.strip_prefix('T') {
            rest = if time.is_empty() { time } else { moment.read_time(time)? };
            rest = moment.read_zone(rest)?;
        }
        rest.is_empty().then_some(moment)
    }

    /// A time of day: `14`, `14:34`, `14:34:28.123`.
    pub(crate) fn time(text: &str) -> Option<Self> {
        let mut moment = Self::nothing(MomentKind::Time);
        let rest = moment.read_time(text)?;
        rest.is_empty().then_some(moment)
    }

    /// Microseconds since 1970 as a date and time in UTC.
    pub(crate) fn of_us(us: i64) -> Self {
        let blank = Self { known: FRACTION, digits: 3, zone: Some(0), ..Self::nothing(MomentKind::DateTime) };
        let us = us - us.rem_euclid(1_000);
        blank.at_ns(i128::from(us) * 1_000).unwrap_or(blank)
    }

    const fn nothing(kind: MomentKind) -> Self {
        Self { kind, fields: [1, 1, 1, 0, 0, 0, 0], known: 0, digits: 0, zone: None }
    }

    fn read_date<'t>(&mut self, text: &'t str) -> Option<&'t str> {
        let (year, mut rest) = digits(text, 4)?;
        self.fields[0] = year;
        self.known = YEAR;
        for field in [1, 2] {
            let Some(behind) = rest.strip_prefix('-') else { break };
            (self.fields[field], rest) = digits(behind, 2)?;
            self.known = field + 1;
        }
        let [year, month, day, ..] = self.fields;
        let real = year >= 1 && (1..=12).contains(&month) && (1..=days_in_month(year, month)).contains(&day);
        real.then_some(rest)
    }

    fn read_time<'t>(&mut self, text: &'t str) -> Option<&'t str> {
        let (hour, mut rest) = digits(text, 2)?;
        self.fields[3] = hour;
        self.known = HOUR;
        for field in [4, 5] {
            let Some(behind) = rest.strip_prefix(':') else { break };
            (self.fields[field], rest) = digits(behind, 2)?;
            self.known = field + 1;
        }
        if let Some(fraction) = rest.strip_prefix('.').filter(|_| self.known == SECOND) {
            let length = fraction.bytes().take_while(u8::is_ascii_digit).count();
            let nine: String = fraction[..length].chars().chain("000000000".chars()).take(9).collect();
            self.fields[6] = nine.parse().ok().filter(|_| length > 0)?;
            (self.known, self.digits) = (FRACTION, length.min(9));
            rest = &fraction[length..];
        }
        let [.., hour, minute, second, _] = self.fields;
        (hour < 24 && minute < 60 && second < 60).then_some(rest)
    }

    fn read_zone<'t>(&mut self, text: &'t str) -> Option<&'t str> {
        if let Some(rest) = text.strip_prefix('Z') {
            self.zone = Some(0);
            return Some(rest);
        }
        let sign = match text.chars().next() {
            Some('+') => 1,
            Some('-') => -1,
            _ => return Some(text),
        };
        let (hours, rest) = digits(&text[1..], 2)?;
        let (minutes, rest) = digits(rest.strip_prefix(':')?, 2)?;
        self.zone = Some(sign * (hours * 60 + minutes));
        (hours <= 14 && minutes < 60).then_some(rest)
    }

    /// Nanoseconds since 1970, by the clock of its zone, with what is not known at its beginning.
    fn local_ns(&self) -> i128 {
        let [year, month, day, hour, minute, second, nanoseconds] = self.fields;
        let days = if self.kind == MomentKind::Time { 0 } else { days_of(year, month, day) };
        let seconds = i128::from(hour) * 3_600 + i128::from(minute) * 60 + i128::from(second);
        i128::from(days) * DAY_NS + seconds * 1_000_000_000 + i128::from(nanoseconds)
    }

    /// The same precision at another moment of the same zone; none beyond the years 1 to 9999.
    fn at_ns(&self, ns: i128) -> Option<Self> {
        let (days, rest) = (ns.div_euclid(DAY_NS), ns.rem_euclid(DAY_NS));
        let mut fields = self.fields;
        if self.kind != MomentKind::Time {
            let (year, month, day) = date_of(i64::try_from(days).ok()?);
            let year = i32::try_from(year).ok().filter(|year| (1..=9_999).contains(year))?;
            (fields[0], fields[1], fields[2]) = (year, month, day);
        }
        for (field, unit) in [(3, 3_600_000_000_000), (4, 60_000_000_000), (5, 1_000_000_000), (6, 1)] {
            let count = rest / unit
                % if field == 6 {
                    1_000_000_000
                } else if field == 3 {
                    24
                } else {
                    60
                };
            fields[field] = i32::try_from(count).ok()?;
        }
        Some(Self { fields, ..*self })
    }

    /// The moment in UTC, where its zone is known.
    fn in_utc(&self) -> Option<Self> {
        let zone = self.zone?;
        let moved = self.at_ns(self.local_ns() - i128::from(zone) * 60_000_000_000)?;
        Some(Self { zone: Some(0), ..moved })
    }

    /// Which is earlier; none where their precision or a missing zone leaves it open.
    pub(crate) fn compare(&self, other: &Self) -> Option<Ordering> {
        if self.zone.is_some() != other.zone.is_some() && self.known.min(other.known) >= HOUR {
            let (one, two) = (self.in_utc().unwrap_or(*self), other.in_utc().unwrap_or(*other));
            let apart = one.local_ns() - two.local_ns();
            return (apart.abs() > ZONES_NS).then(|| apart.cmp(&0));
        }
        match (self.in_utc(), other.in_utc()) {
            (Some(one), Some(two)) => one.compare_fields(&two),
            _ => self.compare_fields(other),
        }
    }

    fn compare_fields(&self, other: &Self) -> Option<Ordering> {
        let first = if self.kind == MomentKind::Time { 3 } else { 0 };
        for field in first..5 {
            match (field < self.known, field < other.known) {
                (true, true) => {}
                (false, false) => return Some(Ordering::Equal),
                _ => return None,
            }
            let order = self.fields[field].cmp(&other.fields[field]);
            if order != Ordering::Equal {
                return Some(order);
            }
        }
        match (self.known >= SECOND, other.known >= SECOND) {
            (true, true) => Some(self.fields[5..].cmp(&other.fields[5..])),
            (false, false) => Some(Ordering::Equal),
            _ => None,
        }
    }

    /// The moment that much later. Fractions count only for seconds, and what is finer than the
    /// moment itself is first turned into its finest unit (FHIRPath, 6.7). None when out of range.
    pub(crate) fn plus(&self, amount: Decimal, field: usize) -> Option<Self> {
        let mut amount = amount;
        let mut field = field;
        if field < SECOND {
            amount = amount.trunc();
        }
        let finest = self.known.min(SECOND);
        if field == FRACTION && finest == SECOND {
            return self.plus_ns(amount.checked_mul(Decimal::from(1_000_000))?);
        }
        let in_next = [1, 1, 12, 30, 24, 60, 60, 1_000];
        while field > finest {
            amount = (amount / Decimal::from(in_next[field])).trunc();
            field -= 1;
        }
        match field {
            YEAR => self.plus_months(amount.to_i64()?.checked_mul(12)?),
            MONTH => self.plus_months(amount.to_i64()?),
            _ => {
                let ns: i64 = [86_400, 3_600, 60, 1][field - DAY] * 1_000_000_000;
                self.plus_ns(amount.checked_mul(Decimal::from(ns))?)
            }
        }
    }

    fn plus_ns(&self, ns: Decimal) -> Option<Self> {
        let mut moved = self.at_ns(self.local_ns().checked_add(ns.to_i128()?)?)?;
        if moved.known == SECOND && moved.fields[6] != 0 {
            (moved.known, moved.digits) = (FRACTION, 3);
        }
        Some(moved)
    }

    fn plus_months(&self, months: i64) -> Option<Self> {
        let [year, month, day, ..] = self.fields;
        let all = i64::from(year) * 12 + i64::from(month) - 1;
        let all = all.checked_add(months)?;
        let year = i32::try_from(all.div_euclid(12)).ok().filter(|year| (1..=9_999).contains(year))?;
        let month = i32::try_from(all.rem_euclid(12)).ok()? + 1;
        let mut fields = self.fields;
        (fields[0], fields[1], fields[2]) = (year, month, day.min(days_in_month(year, month)));
        Some(Self { fields, ..*self })
    }

    /// The date part.
    pub(crate) fn to_date(self) -> Self {
        Self { kind: MomentKind::Date, known: self.known.min(DAY), digits: 0, zone: None, ..self }
    }

    /// The time of day, if it is known.
    pub(crate) fn to_time(self) -> Option<Self> {
        let moment = Self { kind: MomentKind::Time, zone: None, ..self };
        (self.known >= HOUR).then_some(moment)
    }

    /// A date as a date with a time that is not known.
    pub(crate) const fn to_date_time(self) -> Self {
        Self { kind: MomentKind::DateTime, ..self }
    }

    /// The number of digits it is written with (FHIRPath, `precision()`).
    pub(crate) fn precision(&self) -> i64 {
        let written = [0, 4, 6, 8, 10, 12, 14, 17][self.known];
        if self.kind == MomentKind::Time { written - 8 } else { written }
    }
}

/// So many digits and what follows them.
fn digits(text: &str, count: usize) -> Option<(i32, &str)> {
    let digits = text.get(..count).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))?;
    Some((digits.parse().ok()?, &text[count..]))
}

impl Display for Moment {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [year, month, day, hour, minute, second, nanoseconds] = self.fields;
        if self.kind != MomentKind::Time {
            write!(out, "{year:04}")?;
            for (field, value) in [(MONTH, month), (DAY, day)] {
                if self.known >= field {
                    write!(out, "-{value:02}")?;
                }
            }
            if self.known >= HOUR {
                out.write_char('T')?;
            }
        }
        if self.known >= HOUR {
            write!(out, "{hour:02}")?;
            for (field, value) in [(5, minute), (SECOND, second)] {
                if self.known >= field {
                    write!(out, ":{value:02}")?;
                }
            }
            if self.known == FRACTION {
                write!(out, ".{}", &format!("{nanoseconds:09}")[..self.digits])?;
            }
        }
        match self.zone {
            None => Ok(()),
            Some(0) => out.write_char('Z'),
            Some(zone) => {
                let sign = if zone < 0 { '-' } else { '+' };
                write!(out, "{sign}{:02}:{:02}", zone.abs() / 60, zone.abs() % 60)
            }
        }
    }
}
