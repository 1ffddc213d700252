//! One-time passwords by time (RFC 6238): SHA-1, six digits, steps of 30 seconds, as every authenticator app has them.

use ring::hmac::{HMAC_SHA1_FOR_LEGACY_USE_ONLY, Key, sign};

/// How long a code is shown, in seconds.
pub const STEP_S: i64 = 30;

/// The step that `code` belongs to, if it is right now, or one step early or late, and later than `last`: a code that was
/// used, or one before it, is not taken again (RFC 6238, 5.2).
#[must_use]
pub fn accept(secret: &[u8], code: &str, now_s: i64, last: Option<i64>) -> Option<i64> {
    let now = now_s.div_euclid(STEP_S);
    let fresh = |step: &i64| last.is_none_or(|last| *step > last);
    (now - 1..=now + 1).filter(fresh).find(|step| at(secret, *step) == code)
}

/// The code of a step.
#[must_use]
pub fn at(secret: &[u8], step: i64) -> String {
    let tag = sign(&Key::new(HMAC_SHA1_FOR_LEGACY_USE_ONLY, secret), &step.to_be_bytes());
    let bytes = tag.as_ref();
    // RFC 4226, 5.3: the last four bits say which four bytes make the number.
    let from = usize::from(bytes[bytes.len() - 1] & 0x0f);
    let number = bytes[from..from + 4].iter().fold(0_u32, |number, byte| number << 8 | u32::from(*byte));
    format!("{:06}", (number & 0x7fff_ffff) % 1_000_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_values_of_the_standard_come_out() {
        // RFC 6238, appendix B, whose eight digits end in these six.
        let secret = b"12345678901234567890";
        let cases = [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_234_567_890, "005924"),
            (20_000_000_000, "353130"),
        ];
        for (time_s, code) in cases {
            assert_eq!(at(secret, time_s / STEP_S), code);
            assert_eq!(accept(secret, code, time_s, None), Some(time_s / STEP_S));
            assert_eq!(accept(secret, code, time_s + STEP_S, None), Some(time_s / STEP_S));
            assert_eq!(accept(secret, code, time_s + 3 * STEP_S, None), None, "too late");
            assert_eq!(accept(secret, code, time_s, Some(time_s / STEP_S)), None, "used");
        }
        assert_eq!(accept(secret, "", 59, None), None);
    }
}
