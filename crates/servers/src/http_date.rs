use jiff::Timestamp;

/// A moment in the form of HTTP headers (RFC 9110, 5.6.7), from microseconds since 1970 UTC.
pub(crate) fn http_date(time_us: i64) -> String {
    let moment = Timestamp::from_microsecond(time_us).unwrap_or(Timestamp::UNIX_EPOCH);
    moment.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()
}

#[cfg(test)]
mod tests {
    use super::http_date;

    #[test]
    fn it_is_written_as_the_standard_does() {
        assert_eq!(http_date(784_111_777_000_000), "Sun, 06 Nov 1994 08:49:37 GMT");
    }
}
