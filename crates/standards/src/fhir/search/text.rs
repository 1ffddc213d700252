//! Text as string search sees it.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Folds case and accents and collapses white space (FHIR R4, 3.1.1.4.8): `" Zoë  O'Brien "` becomes
/// `"zoe o'brien"`. Applying it twice changes nothing more.
#[must_use]
pub fn normalise(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        let before = folded.len();
        if before > 0 {
            folded.push(' ');
        }
        let begun = folded.len();
        if word.is_ascii() {
            folded.extend(word.chars().map(|letter| letter.to_ascii_lowercase()));
        } else {
            fold(word, &mut folded);
        }
        // A word of nothing but marks leaves no space behind.
        if folded.len() == begun {
            folded.truncate(before);
        }
    }
    folded
}

fn fold(word: &str, folded: &mut String) {
    let letters = word.chars().flat_map(char::to_lowercase).nfd();
    for letter in letters.filter(|letter| !is_combining_mark(*letter)) {
        match plain(letter) {
            Some(plain) => folded.push_str(plain),
            None => folded.push(letter),
        }
    }
}

/// Letters that carry their mark inside, so that decomposition leaves them alone.
const fn plain(letter: char) -> Option<&'static str> {
    Some(match letter {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'đ' | 'ð' => "d",
        'ħ' => "h",
        'ı' => "i",
        'ł' => "l",
        'þ' => "th",
        '’' => "'",
        _ => return None,
    })
}
