//! What the comparison prefixes mean (FHIR R4, 3.1.1.4.2), said once.
//!
//! Both sides are ranges: a resource that says `2024-03` means some moment of March, and a search for
//! `5.4` means every number that rounds to it. A store expresses these same rules in its own language
//! and is tested against them.

use super::query::Prefix;

/// Whether a span in a resource satisfies a search for a span. Both are half-open, in microseconds
/// since 1970 UTC; for `ap` the span searched for is widened already.
#[must_use]
pub const fn dates(prefix: Prefix, found: (i64, i64), wanted: (i64, i64)) -> bool {
    let inside = wanted.0 <= found.0 && found.1 <= wanted.1;
    match prefix {
        Prefix::Eq => inside,
        Prefix::Ne => !inside,
        Prefix::Gt => found.1 > wanted.1,
        Prefix::Lt => found.0 < wanted.0,
        Prefix::Ge => found.1 > wanted.1 || inside,
        Prefix::Le => found.0 < wanted.0 || inside,
        Prefix::Sa => found.0 >= wanted.1,
        Prefix::Eb => found.1 <= wanted.0,
        Prefix::Ap => found.0 < wanted.1 && found.1 > wanted.0,
    }
}

/// Whether a number or closed range in a resource satisfies a search for a number.
///
/// `rounded` is the half-open range of numbers that `eq`, `ne` and `ap` take as equal; the others
/// compare with `value` exactly, as the standard has it.
#[must_use]
pub fn numbers(prefix: Prefix, found: (f64, f64), value: f64, rounded: (f64, f64)) -> bool {
    let inside = rounded.0 <= found.0 && found.1 < rounded.1;
    match prefix {
        Prefix::Eq => inside,
        Prefix::Ne => !inside,
        Prefix::Gt => found.1 > value,
        Prefix::Lt => found.0 < value,
        Prefix::Ge => found.1 >= value,
        Prefix::Le => found.0 <= value,
        Prefix::Sa => found.0 > value,
        Prefix::Eb => found.1 < value,
        Prefix::Ap => found.0 < rounded.1 && found.1 >= rounded.0,
    }
}
