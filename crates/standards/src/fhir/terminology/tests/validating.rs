//! Is a code right as written?

use serde_json::json;

use super::shelf::{Shelf, WARDS, set, wards};
use crate::fhir::terminology::{Coding, Terminology, ValueSet};

#[test]
fn codes_and_names_are_judged() {
    let shelf = Shelf(vec![wards()]);
    let terminology = Terminology::with(&shelf);
    let compose = json!({"include": [{"system": WARDS, "concept": [{"code": "all"}, {"code": "icu", "display": "ICU"}]}]});
    let some = ValueSet::new(&set("http://x.example/some", compose));
    let cases = [
        (Some(WARDS), "icu", None, true, ""),
        (None, "icu", Some("icu"), true, ""),
        (Some(WARDS), "icu", Some("Intensive  Care"), true, ""),
        (Some(WARDS), "icu", Some("Intensivstation"), true, ""),
        (Some(WARDS), "icu", Some("Kitchen"), false, "\"ICU\""),
        (Some(WARDS), "surgery", None, false, "is not in the value set http://x.example/some"),
        (Some("http://y.example"), "icu", None, false, "is not in"),
        (Some(WARDS), "all", None, false, "gathers"),
    ];
    for (system, code, display, result, told) in cases {
        let coding = Coding {
            system: system.map(str::to_owned),
            code: code.to_owned(),
            display: display.map(str::to_owned),
            version: None,
        };
        let found = terminology.validate_in_set(&some, &coding, false).unwrap();
        assert_eq!(found.result, result, "{coding:?}: {found:?}");
        assert!(found.message.as_deref().unwrap_or_default().contains(told), "{coding:?}: {found:?}");
    }
    let all = Coding { system: Some(WARDS.to_owned()), code: "all".to_owned(), ..Coding::default() };
    assert!(terminology.validate_in_set(&some, &all, true).unwrap().result);
    let system = terminology.code_system(WARDS).unwrap();
    let icu = Coding { code: "icu".to_owned(), ..Coding::default() };
    let found = terminology.validate_in_system(&system, &icu, false).unwrap();
    assert_eq!((found.result, found.display.as_deref()), (true, Some("Intensive care")));
    let cellar = Coding { code: "cellar".to_owned(), ..Coding::default() };
    assert!(!terminology.validate_in_system(&system, &cellar, false).unwrap().result);
}
