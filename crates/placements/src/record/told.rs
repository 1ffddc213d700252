/// The first word of a text that looks like a number somebody could be known by: six digits or more in a row, or nine or more with
/// dashes between them. A date is none.
#[must_use]
pub fn identifier(text: &str) -> Option<&str> {
    let words = text.split(|letter: char| !(letter.is_ascii_alphanumeric() || letter == '-'));
    words.into_iter().find(|word| {
        let digits = word.chars().filter(char::is_ascii_digit).count();
        let longest = word.split(|letter: char| !letter.is_ascii_digit()).map(str::len).max().unwrap_or(0);
        longest >= 6 || (digits >= 9 && word.contains('-'))
    })
}
