//! What a hospital gets to see of the cases, and how it hands in risks.

use std::collections::BTreeMap;

use ::models::Sheet;
use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

use super::drawn::Drawn;
use super::score::Score;
use crate::models::study::StudyError;

/// The share of all cases that a hospital gets: another hospital's are others.
const SHARE: f64 = 0.7;
/// The bytes of a case's name.
const NAME_BYTES: usize = 6;

/// The cases of one hospital, under its own names.
pub(super) struct Paper<'d> {
    drawn: &'d Drawn,
    /// In the order of their names, which says nothing.
    cases: Vec<PaperCase>,
}

struct PaperCase {
    name: String,
    /// Where it is among those that were drawn.
    at: usize,
    /// Whether its answer is told at once.
    is_public: bool,
}

impl<'d> Paper<'d> {
    /// Draws a hospital's cases by its key.
    pub(super) fn of(drawn: &'d Drawn, key: &[u8; 32]) -> Self {
        let case = |(at, patient): (usize, &String)| {
            let hash = Sha256::new().chain_update(key).chain_update(patient).finalize();
            let share =
                f64::from(u32::from_be_bytes([hash[8], hash[9], hash[10], hash[11]])) / f64::from(u32::MAX);
            let name = format!("c{}", HEXLOWER.encode(&hash[..NAME_BYTES]));
            (share < SHARE).then_some(PaperCase { name, at, is_public: hash[12] % 2 == 0 })
        };
        let mut cases: Vec<PaperCase> = drawn.patients.iter().enumerate().filter_map(case).collect();
        cases.sort_by(|one, other| one.name.cmp(&other.name));
        Self { drawn, cases }
    }

    /// How many cases there are.
    pub(super) fn len(&self) -> usize {
        self.cases.len()
    }

    /// Where each case is among those that were drawn.
    pub(super) fn places(&self) -> Vec<usize> {
        self.cases.iter().map(|case| case.at).collect()
    }

    /// What is known of each case, as CSV: its name, then the features.
    pub(super) fn csv(&self) -> String {
        let known = &self.drawn.known;
        let mut text = "case".to_owned();
        let names = known.table.names().iter().chain(known.apart.iter().map(|(name, _)| name));
        names.for_each(|name| text.extend([",", &quoted(name)]));
        text.push('\n');
        for case in &self.cases {
            text.push_str(&case.name);
            for value in known.table.row(case.at) {
                text.push(',');
                if !value.is_nan() {
                    text.push_str(&value.to_string());
                }
            }
            known.apart.iter().for_each(|(_, values)| text.extend([",", &quoted(&values[case.at])]));
            text.push('\n');
        }
        text
    }

    /// Reads risks from CSV with the columns `case` and `risk`, each case once, into the order of the cases.
    pub(super) fn read(&self, csv: &[u8]) -> Result<Vec<f64>, StudyError> {
        let sheet = Sheet::read(csv)?;
        let (names, risks) = (sheet.texts("case")?, sheet.numbers("risk")?);
        let mut of: BTreeMap<&str, (f64, usize)> = BTreeMap::new();
        for (line, (name, risk)) in names.iter().zip(&risks).enumerate() {
            let told = |what: String| StudyError::Invalid(format!("row {}: {what}", line + 1));
            if !(0.0..=1.0).contains(risk) {
                return Err(told(format!(
                    "the risk of {name:.20} is {risk}; a risk is a number from 0 to 1"
                )));
            }
            if let Some((_, first)) = of.insert(name.trim(), (*risk, line)) {
                return Err(told(format!("the case {name:.20} stands in row {} already", first + 1)));
            }
        }
        let found = self.cases.iter().map(|case| of.remove(case.name.as_str()).map(|(risk, _)| risk));
        let found: Vec<Option<f64>> = found.collect();
        if let Some((name, (_, line))) = of.iter().min_by_key(|(_, (_, line))| *line) {
            let what = format!("row {}: there is no case {name:.20} in this hospital's test", line + 1);
            return Err(StudyError::Invalid(what));
        }
        let missing = found.iter().filter(|risk| risk.is_none()).count();
        found.into_iter().collect::<Option<Vec<f64>>>().ok_or_else(|| {
            let of = self.cases.len();
            StudyError::Invalid(format!("{missing} of {of} cases have no risk; hand in one for each"))
        })
    }

    /// Scores risks, in the order of the cases: what is told at once, and what is told at the end.
    pub(super) fn score(&self, risks: &[f64]) -> Result<(Score, Score), StudyError> {
        let half = |is_public: bool| {
            let own = || self.cases.iter().zip(risks).filter(move |(case, _)| case.is_public == is_public);
            let outcomes: Vec<f64> = own().map(|(case, _)| self.drawn.outcomes[case.at]).collect();
            let risks: Vec<f64> = own().map(|(_, risk)| *risk).collect();
            let points = self.drawn.points.as_ref();
            let points: Option<Vec<f64>> = points.map(|all| own().map(|(case, _)| all[case.at]).collect());
            Score::of(&outcomes, &risks, points.as_deref())
        };
        Ok((half(true)?, half(false)?))
    }
}

/// A text as a cell of CSV (RFC 4180).
fn quoted(text: &str) -> String {
    match text.contains([',', '"', '\n', '\r']) {
        true => format!("\"{}\"", text.replace('"', "\"\"")),
        false => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use ::models::Table;

    use super::Paper;
    use crate::models::blind::drawn::Drawn;
    use crate::models::study::Known;

    fn drawn(people: u32) -> Drawn {
        let ages: Vec<f64> = (0..people).map(f64::from).collect();
        let outcomes = (0..people).map(|at| f64::from(at % 4 / 3)).collect();
        Drawn {
            mark: "some".to_owned(),
            patients: (0..people).map(|at| format!("person-{at}")).collect(),
            known: Known {
                table: Table::new(vec![("age".to_owned(), ages.clone())]).unwrap(),
                apart: vec![("group".to_owned(), (0..people).map(|at| format!("a, \"{at}\"")).collect())],
            },
            points: Some(ages),
            outcomes,
        }
    }

    /// Handing in what is right for each case, by reading the age back from the sheet.
    fn risks(csv: &str, risk: impl Fn(f64) -> f64) -> String {
        let mut text = "case,risk\n".to_owned();
        for line in csv.lines().skip(1) {
            let (name, rest) = line.split_once(',').unwrap();
            let age: f64 = rest.split_once(',').unwrap().0.parse().unwrap();
            text.push_str(&format!("{name},{}\n", risk(age)));
        }
        text
    }

    #[test]
    fn hospitals_get_others_under_other_names_and_both_halves_are_scored() {
        let drawn = drawn(400);
        let (one, other) = (Paper::of(&drawn, &[1; 32]), Paper::of(&drawn, &[2; 32]));
        assert!((250..310).contains(&one.len()), "seven in ten: {}", one.len());
        assert_ne!(one.places(), other.places());
        let names = |paper: &Paper<'_>| paper.cases.iter().map(|case| case.name.clone()).collect::<Vec<_>>();
        assert!(names(&one).iter().all(|name| !names(&other).contains(name)));
        let right = |age: f64| f64::from(u8::from(age % 4.0 == 3.0)).clamp(0.1, 0.9);
        let read = one.read(risks(&one.csv(), right).as_bytes()).unwrap();
        let (public, private) = one.score(&read).unwrap();
        assert_eq!((public.auroc.value, private.auroc.value), (1.0, 1.0));
        assert_eq!(public.people + private.people, one.len());
        assert!((public.brier - 0.01).abs() < 1e-9, "each is off by a tenth: {}", public.brier);
    }

    #[test]
    fn what_is_handed_in_wrongly_is_told_with_its_row() {
        let drawn = drawn(60);
        let paper = Paper::of(&drawn, &[3; 32]);
        let whole = risks(&paper.csv(), |_| 0.5);
        let with = |line: &str| format!("{whole}{line}\n");
        let first = whole.lines().nth(1).unwrap();
        let cases = [
            (with("c000000000000,0.5"), "no case c000000000000"),
            (with(first), "stands in row 1 already"),
            (whole.replacen("0.5", "1.5", 1), "a risk is a number from 0 to 1"),
            (whole.replacen("0.5", "", 1), "a risk is a number from 0 to 1"),
            (whole.replacen("0.5", "high", 1), "is no number"),
            (whole.replace(&format!("{first}\n"), ""), "1 of"),
            (whole.replace("risk", "score"), "no column 'risk'"),
            ("case,risk\n\u{0}\n".to_owned(), "CSV"),
        ];
        for (csv, told) in cases {
            let refused = paper.read(csv.as_bytes()).unwrap_err().to_string();
            assert!(refused.contains(told), "{told}: {refused}");
        }
        assert!(paper.read(&[0xff, 0xfe]).is_err());
    }
}
