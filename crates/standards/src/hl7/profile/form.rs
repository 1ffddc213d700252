//! What values of the simple data types look like (HL7 v2.5.1, 2.A).

/// What is wrong with a text of this type, for a person; `None` for types without a form.
pub(super) fn mistake(kind: &str, text: &str) -> Option<&'static str> {
    let (fits, form) = match kind {
        "NM" => (
            is_number(text),
            "a number such as 13.5: an optional sign, digits, an optional point with digits",
        ),
        "SI" => (text.len() <= 4 && digits(text), "a counting number of at most four digits"),
        "DT" => (text.len() <= 8 && is_moment(text), "a date such as 20260301, 202603 or 2026"),
        "DTM" | "TS" => {
            (is_moment(text), "a moment such as 20260301081500+0100, from the year on as far as it is known")
        }
        "TM" => (is_time(text), "a time of day such as 0815, or 081500+0100"),
        _ => return None,
    };
    (!fits).then_some(form)
}

fn digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_number(text: &str) -> bool {
    let plain = text.strip_prefix(['+', '-']).unwrap_or(text);
    match plain.split_once('.') {
        None => digits(plain),
        Some((whole, part)) => {
            (whole.is_empty() || digits(whole)) && (part.is_empty() || digits(part)) && plain != "."
        }
    }
}

/// `YYYY[MM[DD[HH[MM[SS[.S…]]]]]][+ZZZZ]`, a day that exists and a time of a day.
fn is_moment(text: &str) -> bool {
    let zoned = Some(text).filter(|text| text.is_ascii()).and_then(without_zone);
    let Some((plain, has_zone)) = zoned else { return false };
    let date = &plain[..plain.len().min(8)];
    let time = &plain[date.len()..];
    let number = |from: usize, to: usize| date.get(from..to).and_then(|part| part.parse::<u32>().ok());
    let real = match (date.len(), number(0, 4), number(4, 6), number(6, 8)) {
        (4, Some(_), ..) => true,
        (6, Some(_), Some(month), _) => (1..=12).contains(&month),
        (8, Some(year), Some(month), Some(day)) => (1..=days(year, month)).contains(&day),
        _ => false,
    };
    digits(date)
        && real
        && (time.is_empty() || (date.len() == 8 && is_clock(time)))
        && (!has_zone || !time.is_empty())
}

fn is_time(text: &str) -> bool {
    Some(text).filter(|text| text.is_ascii()).and_then(without_zone).is_some_and(|(plain, _)| is_clock(plain))
}

/// `HH[MM[SS[.S…]]]`.
fn is_clock(text: &str) -> bool {
    let (whole, fraction) = text.split_once('.').map_or((text, None), |(whole, part)| (whole, Some(part)));
    let below = |at: usize, limit: u32| match whole.get(at..at + 2) {
        None => true,
        Some(part) => part.parse::<u32>().is_ok_and(|number| number < limit),
    };
    let fraction_fits = fraction.is_none_or(|part| whole.len() == 6 && digits(part) && part.len() <= 4);
    digits(whole)
        && matches!(whole.len(), 2 | 4 | 6)
        && below(0, 24)
        && below(2, 60)
        && below(4, 60)
        && fraction_fits
}

/// The text before its time zone, and whether there is one; `None` when the zone is wrong.
fn without_zone(text: &str) -> Option<(&str, bool)> {
    match text.split_once(['+', '-']) {
        None => Some((text, false)),
        Some((plain, zone)) => {
            let hours = zone.get(..2).and_then(|hours| hours.parse::<u32>().ok());
            let fits = zone.len() == 4 && is_clock(zone) && hours.is_some_and(|hours| hours <= 14);
            fits.then_some((plain, true))
        }
    }
}

fn days(year: u32, month: u32) -> u32 {
    match month {
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    }
}
