use crate::run::call::{Call, Outcome, only, perhaps};
use crate::value::{Decimal, Item, Moment, MomentKind, Plain, Quantity, is_calendar_word};

type Convert = fn(&Plain) -> Option<Plain>;

macro_rules! conversions {
    ($($to:ident $converts:ident $with:ident;)*) => {$(
        pub(in crate::run) fn $to<'a>(call: &Call<'_, 'a>) -> Outcome<'a> {
            converted(call, $with)
        }

        pub(in crate::run) fn $converts<'a>(call: &Call<'_, 'a>) -> Outcome<'a> {
            converts(call, $with)
        }
    )*};
}

conversions! {
    to_boolean converts_to_boolean boolean;
    to_integer converts_to_integer integer;
    to_decimal converts_to_decimal decimal;
    to_date converts_to_date date;
    to_date_time converts_to_date_time date_time;
    to_time converts_to_time time;
    to_string converts_to_string text;
}

fn converted<'a>(call: &Call<'_, 'a>, with: Convert) -> Outcome<'a> {
    perhaps(call.value()?.and_then(|plain| with(&plain)).map(Item::Plain))
}

fn converts<'a>(call: &Call<'_, 'a>, with: Convert) -> Outcome<'a> {
    if call.one()?.is_none() {
        return Ok(Vec::new());
    }
    only(call.value()?.and_then(|plain| with(&plain)).is_some())
}

fn boolean(plain: &Plain) -> Option<Plain> {
    let truth = match plain {
        Plain::Boolean(boolean) => Some(*boolean),
        Plain::Text(text) => match text.to_lowercase().as_str() {
            "true" | "t" | "yes" | "y" | "1" | "1.0" => Some(true),
            "false" | "f" | "no" | "n" | "0" | "0.0" => Some(false),
            _ => None,
        },
        other => match other.number()? {
            number if number == Decimal::ONE => Some(true),
            number if number.is_zero() => Some(false),
            _ => None,
        },
    };
    truth.map(Plain::Boolean)
}

fn integer(plain: &Plain) -> Option<Plain> {
    match plain {
        Plain::Integer(integer) => Some(*integer),
        Plain::Boolean(boolean) => Some(i64::from(*boolean)),
        Plain::Text(text) => text.parse().ok(),
        _ => None,
    }
    .map(Plain::Integer)
}

fn decimal(plain: &Plain) -> Option<Plain> {
    match plain {
        Plain::Boolean(boolean) => Some(Decimal::from(u8::from(*boolean))),
        Plain::Text(text) => number(text),
        other => other.number(),
    }
    .map(Plain::Decimal)
}

/// Digits with an optional sign and fraction, and nothing else.
fn number(text: &str) -> Option<Decimal> {
    let bare = text.strip_prefix(['+', '-']).unwrap_or(text);
    let (whole, fraction) = bare.split_once('.').unwrap_or((bare, "0"));
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if digits(whole) && digits(fraction) { text.parse().ok() } else { None }
}

fn date(plain: &Plain) -> Option<Plain> {
    match plain {
        Plain::Moment(moment) if moment.kind != MomentKind::Time => Some(moment.to_date()),
        Plain::Text(text) => Moment::date(text).or_else(|| Moment::date_time(text).map(Moment::to_date)),
        _ => None,
    }
    .map(Plain::Moment)
}

fn date_time(plain: &Plain) -> Option<Plain> {
    match plain {
        Plain::Moment(moment) if moment.kind != MomentKind::Time => Some(moment.to_date_time()),
        Plain::Text(text) => Moment::date_time(text),
        _ => None,
    }
    .map(Plain::Moment)
}

fn time(plain: &Plain) -> Option<Plain> {
    match plain {
        Plain::Moment(moment) if moment.kind == MomentKind::Time => Some(*moment),
        Plain::Text(text) => Moment::time(text.strip_prefix('T').unwrap_or(text)),
        _ => None,
    }
    .map(Plain::Moment)
}

fn text(plain: &Plain) -> Option<Plain> {
    let has_text = !matches!(plain, Plain::Type { .. });
    has_text.then(|| Plain::Text(plain.to_string()))
}

pub(in crate::run) fn to_quantity<'a>(call: &Call<'_, 'a>) -> Outcome<'a> {
    perhaps(as_quantity(call)?.map(|quantity| Item::Plain(Plain::Quantity(quantity))))
}

pub(in crate::run) fn converts_to_quantity<'a>(call: &Call<'_, 'a>) -> Outcome<'a> {
    if call.one()?.is_none() {
        return Ok(Vec::new());
    }
    only(as_quantity(call)?.is_some())
}

fn as_quantity(call: &Call<'_, '_>) -> Result<Option<Quantity>, crate::Problem> {
    let quantity = call.value()?.and_then(|plain| quantity(&plain));
    Ok(match call.text_argument(0)? {
        Some(unit) => quantity.and_then(|quantity| quantity.converted(&unit)),
        None => quantity,
    })
}

fn quantity(plain: &Plain) -> Option<Quantity> {
    match plain {
        Plain::Boolean(boolean) => Some(Quantity::of_number(Decimal::from(u8::from(*boolean)))),
        Plain::Text(text) => {
            let end =
                text.find(|one: char| !(one.is_ascii_digit() || "+-.".contains(one))).unwrap_or(text.len());
            let value = number(&text[..end])?;
            let unit = text[end..].trim();
            let quoted = unit
                .strip_prefix('\'')
                .and_then(|unit| unit.strip_suffix('\''))
                .filter(|unit| !unit.is_empty());
            match (unit, quoted) {
                ("", _) => Some(Quantity::of_number(value)),
                (_, Some(code)) => Some(Quantity { value, unit: code.to_owned(), calendar: false }),
                (word, None) if is_calendar_word(word) => {
                    Some(Quantity { value, unit: word.to_owned(), calendar: true })
                }
                _ => None,
            }
        }
        other => other.quantity(),
    }
}
