use std::collections::{BTreeMap, BTreeSet};

/// What stands between the ends of a span, as in `1950..1959`.
const BETWEEN: &str = "..";

/// What a released value may stand for: everything from one text to another, each compared as far as the end is written.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Span<'a> {
    from: &'a str,
    to: &'a str,
}

impl<'a> Span<'a> {
    /// Reads `1950..1959`, `..1941`, `2012..`; a value by itself, which stands for all that begin with it; and nothing or `*`, which
    /// stand for everything.
    fn of(told: &'a str) -> Self {
        let told = told.trim().trim_end_matches('*');
        let (from, to) = told.split_once(BETWEEN).unwrap_or((told, told));
        Self { from: from.trim(), to: to.trim() }
    }

    fn holds(&self, known: &str) -> bool {
        begin(known, self.from) >= self.from && begin(known, self.to) <= self.to
    }

    /// Whether all that this stands for lies in another.
    fn is_within(&self, band: &Self) -> bool {
        let from = band.from.is_empty() || begin(self.from, band.from) >= band.from;
        let to = band.to.is_empty() || (!self.to.is_empty() && begin(self.to, band.to) <= band.to);
        from && to
    }
}

/// As much of a text as another is long.
fn begin<'a>(text: &'a str, as_long_as: &str) -> &'a str {
    let letters = as_long_as.chars().count();
    text.char_indices().nth(letters).map_or(text, |(at, _)| &text[..at])
}

/// A row of a release: whom it is about, and what it tells that others know too.
pub type Released = (String, Vec<String>);

/// What others know of one person: for each column that tells, every value that is true of them.
pub type KnownOf = Vec<Vec<String>>;

/// What a release gave away, and what it is still good for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unmasked {
    /// Its rows.
    pub rows: usize,
    /// Rows that fit one person of the register and no other, and it is the one.
    pub found: usize,
    /// The fewest rows that are alike in what tells; 0 where there is no row.
    pub alike: usize,
    /// Of those whom it is to be about, how many have a row that is true of them and lies in one band of every column asked for.
    pub usable: usize,
}

/// Attacks a release with a register of everybody, and sees what of it can still be used.
///
/// `bands` has the columns, by their place, that whoever gets the release will group by, and `wanted` those whom it is to be about.
#[must_use]
pub fn unmask(
    release: &[Released],
    register: &BTreeMap<String, KnownOf>,
    bands: &[(usize, Vec<String>)],
    wanted: &BTreeSet<String>,
) -> Unmasked {
    let mut classes: BTreeMap<&[String], Vec<&str>> = BTreeMap::new();
    for (person, told) in release {
        classes.entry(told).or_default().push(person);
    }
    let (mut found, mut usable) = (0, BTreeSet::<&str>::new());
    for (told, people) in &classes {
        let spans: Vec<Span<'_>> = told.iter().map(|value| Span::of(value)).collect();
        let fits = |known: &KnownOf| {
            spans.iter().zip(known).all(|(span, known)| {
                span.holds("") && known.is_empty() || known.iter().any(|known| span.holds(known))
            })
        };
        let fitting: Vec<&String> =
            register.iter().filter(|(_, known)| fits(known)).map(|(person, _)| person).take(2).collect();
        if let [only] = fitting.as_slice() {
            found += people.iter().filter(|person| *person == only).count();
        }
        let is_in_one = |(at, bands): &(usize, Vec<String>)| {
            bands.iter().any(|band| spans[*at].is_within(&Span::of(band)))
        };
        if bands.iter().all(is_in_one) {
            let is_true =
                |person: &&&str| wanted.contains(**person) && register.get(**person).is_some_and(fits);
            usable.extend(people.iter().filter(is_true).copied());
        }
    }
    Unmasked {
        rows: release.len(),
        found,
        alike: classes.values().map(Vec::len).min().unwrap_or_default(),
        usable: usable.len(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_stands_for_what_begins_with_it_or_lies_between() {
        let cases = [
            ("1956-03-04", "1956-03-04", true),
            ("1956", "1956-03-04", true),
            ("1950..1959", "1959-12-31", true),
            ("1950..1959", "1960-01-01", false),
            ("..1941", "1941-07-01", true),
            ("..1941", "1942-01-01", false),
            ("2012..", "2020-01-01", true),
            ("606**", "60614", true),
            ("606", "60714", false),
            ("*", "60714", true),
            ("", "anything", true),
            ("female", "male", false),
        ];
        for (told, known, wanted) in cases {
            assert_eq!(Span::of(told).holds(known), wanted, "{told} {known}");
        }
    }

    #[test]
    fn a_span_lies_in_a_band_or_across_its_end() {
        let cases = [
            ("1956", "1950..1959", true),
            ("1950..1954", "1950..1959", true),
            ("1955..1964", "1950..1959", false),
            ("..1941", "..1949", true),
            ("..1941", "1940..1949", false),
            ("*", "..1949", false),
            ("*", "*", true),
            ("female", "female", true),
            ("60614", "606", true),
            ("606", "60614", false),
        ];
        for (told, band, wanted) in cases {
            assert_eq!(Span::of(told).is_within(&Span::of(band)), wanted, "{told} {band}");
        }
    }

    fn row(person: &str, told: [&str; 2]) -> Released {
        (person.to_owned(), told.map(str::to_owned).to_vec())
    }

    #[test]
    fn coarser_rows_find_fewer_people_until_they_are_good_for_nothing() {
        let of = |born: &str, zip: &str| vec![vec![born.to_owned()], vec![zip.to_owned()]];
        let register: BTreeMap<String, KnownOf> = [
            ("a", of("1951-02-03", "60614")),
            ("b", of("1951-09-09", "60614")),
            ("c", of("1958-01-01", "60611")),
            ("d", of("1958-01-01", "60611")),
        ]
        .map(|(person, known)| (person.to_owned(), known))
        .into();
        let bands = [(0, vec!["..1949".to_owned(), "1950..1959".to_owned()])];
        let wanted: BTreeSet<String> = ["a", "b", "c"].map(str::to_owned).into();
        let seen = |release: &[Released]| {
            let seen = unmask(release, &register, &bands, &wanted);
            (seen.rows, seen.found, seen.alike, seen.usable)
        };
        let as_it_is = [
            row("a", ["1951-02-03", "60614"]),
            row("b", ["1951-09-09", "60614"]),
            row("c", ["1958-01-01", "60611"]),
        ];
        assert_eq!(seen(&as_it_is), (3, 2, 1, 3), "two share a birthday and a street");
        let decades = ["a", "b", "c"].map(|person| row(person, ["1950..1959", "606"]));
        assert_eq!(seen(&decades), (3, 0, 3, 3));
        assert_eq!(seen(&decades[..2]), (2, 0, 2, 2), "who was left out cannot be counted");
        let besides = ["a", "b", "c", "d"].map(|person| row(person, ["1950..1959", "606"]));
        assert_eq!(seen(&besides), (4, 0, 4, 3), "whom it is not to be about is of no use");
        let nothing = ["a", "b", "c"].map(|person| row(person, ["*", "*"]));
        assert_eq!(seen(&nothing), (3, 0, 3, 0));
        let swapped = [row("a", ["1958-01-01", "60611"]), row("c", ["1951-02-03", "60614"])];
        assert_eq!(seen(&swapped), (2, 0, 1, 0), "what is not true of them finds nobody, and is of no use");
        assert_eq!(seen(&[]), (0, 0, 0, 0));
    }
}
