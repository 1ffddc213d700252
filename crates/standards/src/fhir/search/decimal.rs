//! Numbers as written: their digits say how exactly they are meant.

/// A decimal number with its digits: `mantissa` x 10^`exponent`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Decimal {
    mantissa: i128,
    exponent: i32,
}

/// More digits than any measurement has, and few enough that a tenth digit more fits the mantissa.
const DIGITS_MAX: usize = 30;
/// Beyond it a double cannot tell the numbers apart.
const EXPONENT_MAX: i32 = 300;

impl Decimal {
    /// Reads `-12.50e3`; `None` for anything else, for over 30 digits and for numbers beyond a double.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (number, exponent) = match text.split_once(['e', 'E']) {
            Some((number, exponent)) => (number, exponent.parse::<i32>().ok()?),
            None => (text, 0),
        };
        let (whole, fraction) = match number.split_once('.') {
            Some((_, "")) => return None,
            Some(parts) => parts,
            None => (number, ""),
        };
        let digits = format!("{}{fraction}", whole.trim_start_matches('-'));
        let plain = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
        let unsigned = whole.strip_prefix('-').unwrap_or(whole);
        if !plain || digits.len() > DIGITS_MAX || unsigned.is_empty() || unsigned.contains('-') {
            return None;
        }
        let magnitude: i128 = digits.parse().ok()?;
        let exponent = exponent.checked_sub(i32::try_from(fraction.len()).ok()?)?;
        (exponent.abs() <= EXPONENT_MAX).then_some(Self {
            mantissa: if whole.starts_with('-') { -magnitude } else { magnitude },
            exponent,
        })
    }

    /// The number itself.
    pub(crate) fn value(self) -> f64 {
        double(self.mantissa, self.exponent)
    }

    /// The numbers that round to it, as a half-open range: `5.40` is 5.395 up to 5.405.
    pub(crate) fn rounding(self) -> (f64, f64) {
        let next = self.exponent - 1;
        (double(self.mantissa * 10 - 5, next), double(self.mantissa * 10 + 5, next))
    }

    /// A tenth to either side, and at least the numbers that round to it.
    pub(crate) fn roughly(self) -> (f64, f64) {
        let tenth = self.mantissa.abs().max(5);
        let next = self.exponent - 1;
        (double(self.mantissa * 10 - tenth, next), double(self.mantissa * 10 + tenth, next))
    }
}

/// Goes through text because that rounds once: 54e-1 is then exactly the double that `5.4` reads as,
/// whereas multiplying by a tenth is not.
fn double(mantissa: i128, exponent: i32) -> f64 {
    format!("{mantissa}e{exponent}").parse().unwrap_or(f64::NAN)
}
