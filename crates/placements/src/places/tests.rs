use jiff::civil::date;

use super::*;
use crate::competencies::Level;

fn document(kind: &str, expires_on: Option<jiff::civil::Date>, checked: bool) -> Document {
    Document { kind: kind.to_owned(), expires_on, checked }
}

#[test]
fn everything_that_is_missing_is_told_at_once() {
    let asked = Requirements {
        documents: ["photo", "insurance", "life-support", "hipaa-training"].map(str::to_owned).to_vec(),
        competencies: vec!["fhir.read-search".to_owned(), "orders.close-the-loop".to_owned()],
    };
    let documents = [
        document("photo", None, false),
        document("insurance", Some(date(2031, 8, 31)), true),
        document("hipaa-training", Some(date(2031, 9, 1)), true),
    ];
    let shown = [Shown { id: "fhir.read-search".to_owned(), level: Level::Foundation }];
    let told: Vec<String> =
        lacks(&asked, &documents, &shown, date(2031, 9, 1)).iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        [
            "photo for the badge not yet checked",
            "liability insurance is over on 2031-08-31",
            "no basic life support",
            "not shown without help: orders.close-the-loop",
        ]
    );
    assert!(lacks(&Requirements::default(), &[], &[], date(2031, 9, 1)).is_empty());
}
