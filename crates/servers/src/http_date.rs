use jiff::Timestamp;

/// A moment in the form of HTTP headers (RFC 9110, 5.6.7), from microseconds since 1970 UTC.
pub(crate) fn http_date(time_us: i64) -> String {
    let moment = Timestamp::from_microsecond(time_us).unwrap_or(Timestamp::UNIX_EPOCH);
    moment.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()
}

/// Such a moment in whole seconds since 1970 UTC; `None` when the text is none.
pub(crate) fn seconds_of(text: &str) -> Option<i64> {
    let read = jiff::fmt::rfc2822::DateTimeParser::new().parse_timestamp(text);
    read.ok().map(Timestamp::as_second)
}

#[cfg(test)]
mod tests {
    use super::{http_date, seconds_of};

    #[test]
    fn what_is_written_is_read_back() {
        assert_eq!(seconds_of("Sun, 06 Nov 1994 08:49:37 GMT"), Some(784_111_777));
        assert_eq!(seconds_of(&http_date(1_930_370_400_000_000)), Some(1_930_370_400));
        for text in ["", "yesterday", "Sun, 06 Nov 1994 08:49:37 NOWHERE TIME", "1994-11-06"] {
            assert_eq!(seconds_of(text), None, "{text}");
        }
    }

    #[test]
    fn it_is_written_as_the_standard_does() {
        assert_eq!(http_date(784_111_777_000_000), "Sun, 06 Nov 1994 08:49:37 GMT");
    }
}
