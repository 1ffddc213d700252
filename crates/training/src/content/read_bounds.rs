//! A figure by its word, and what it must read.

use super::fields::Fields;
use crate::lab::Bounds;

/// Reads the word under `key`, one of `all`, and its bounds under `reads`.
pub(super) fn measured<T: Copy>(
    fields: &Fields<'_>,
    key: &'static str,
    all: &[T],
    word: fn(T) -> &'static str,
) -> Option<(T, Bounds)> {
    let words: Vec<&str> = all.iter().map(|one| word(*one)).collect();
    let parse = |text: &str| all.iter().copied().find(|one| word(*one) == text);
    let shape = format!("one of: {}", words.join(", "));
    let measure = fields.need(key).and_then(|_| fields.parsed(key, &shape, parse));
    let shape = "a bound such as `>= 0.8`, `<= 12` or `= 0`";
    let bounds = fields.need("reads").and_then(|_| fields.parsed("reads", shape, Bounds::parse));
    Some((measure?, bounds?))
}
