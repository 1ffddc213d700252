use proptest::prelude::*;

use super::*;

fn scopes(text: &str) -> Scopes {
    Scopes::read(text).0
}

/// Reads, and what it is written as again; an empty text for words that mean nothing.
#[test]
fn scopes_have_one_normal_form() {
    let cases = [
        ("patient/Observation.r patient/Observation.s", "patient/Observation.rs"),
        ("patient/Observation.read", "patient/Observation.rs"),
        ("user/*.write", "user/*.cud"),
        ("system/*.*", "system/*.cruds"),
        ("patient/*.rs patient/Observation.r", "patient/*.rs"),
        ("patient/Observation.rs?category=laboratory patient/Observation.rs", "patient/Observation.rs"),
        ("patient/Observation.rs?category=b,a", "patient/Observation.rs?category=a,b"),
        ("launch/patient openid fhirUser offline_access", "openid fhirUser launch/patient offline_access"),
        ("patient/Observation.sr", ""),
        ("patient/Observation.rr", ""),
        ("patient/Observation.", ""),
        ("patient/Observation", ""),
        ("patient/observation.rs", ""),
        ("patient/*.rs?category=x", ""),
        ("patient/Observation.rs?category:in=x", ""),
        ("patient/Observation.rs?category=", ""),
        ("patient/Observation.rs?", ""),
        ("Patient/Observation.rs", ""),
        ("group/Observation.rs", ""),
        ("launch/practitioner", ""),
        ("", ""),
    ];
    for (text, expected) in cases {
        assert_eq!(scopes(text).to_string(), expected, "{text}");
    }
}

#[test]
fn a_set_contains_what_it_opens_and_no_more() {
    let cases = [
        ("patient/*.rs", "patient/Observation.rs", true),
        ("patient/Observation.r patient/Observation.s", "patient/Observation.rs", true),
        ("patient/*.r patient/Observation.s", "patient/Observation.rs", true),
        ("patient/Observation.rs", "patient/*.rs", false),
        ("patient/*.rs", "user/Observation.rs", false),
        ("user/*.rs", "patient/Observation.rs", false),
        ("patient/Observation.rs", "patient/Observation.rs?category=laboratory", true),
        ("patient/Observation.rs?category=laboratory", "patient/Observation.rs", false),
        ("patient/Observation.rs?category=a,b", "patient/Observation.rs?category=a", true),
        ("patient/Observation.rs?category=a", "patient/Observation.rs?category=a,b", false),
        ("patient/Observation.rs?category=a", "patient/Observation.rs?category=http://x|a", true),
        ("patient/Observation.rs?category=http://x|a", "patient/Observation.rs?category=a", false),
        ("patient/Observation.rs?category=http://x|", "patient/Observation.rs?category=http://x|a", true),
        ("patient/Observation.rs?category=a", "patient/Observation.rs?category=a&code=b", true),
        ("patient/Observation.rs?category=a&code=b", "patient/Observation.rs?category=a", false),
        ("patient/*.cruds", "openid", false),
    ];
    for (whole, part, expected) in cases {
        assert_eq!(scopes(whole).contains(&scopes(part)), expected, "{whole} contains {part}");
    }
}

#[test]
fn what_is_allowed_names_the_patient_and_the_filter() {
    let open = |text: &str, kind: &str, patient: Option<&str>| match scopes(text).allows(
        kind,
        Permissions::READ,
        patient,
    ) {
        Allowance::Nothing => "nothing".to_owned(),
        Allowance::Everything => "everything".to_owned(),
        Allowance::Some(rules) => rules
            .iter()
            .map(|rule| format!("{}{}", rule.patient.unwrap_or("anybody"), rule.filter))
            .collect::<Vec<_>>()
            .join(" or "),
    };
    assert_eq!(open("patient/Observation.rs", "Observation", Some("p")), "p");
    assert_eq!(open("patient/Observation.rs", "Observation", None), "nothing");
    assert_eq!(open("patient/Observation.s", "Observation", Some("p")), "nothing");
    assert_eq!(open("user/*.rs patient/*.rs", "Observation", Some("p")), "everything");
    assert_eq!(open("user/Observation.r?category=a", "Observation", None), "anybody?category=a");
    assert_eq!(
        open("user/Observation.r?category=a patient/*.r", "Observation", Some("p")),
        "p or anybody?category=a"
    );
}

fn any_scope() -> impl Strategy<Value = String> {
    let level = prop_oneof![Just("patient"), Just("user"), Just("system")];
    let kind = prop_oneof![Just("*"), Just("Observation"), Just("Condition")];
    let letters = "c?r?u?d?s?".prop_filter("one at least", |letters| !letters.is_empty());
    let filter = prop_oneof![
        Just(""),
        Just("?category=a"),
        Just("?category=a,b"),
        Just("?category=x|a"),
        Just("?category=a&code=c")
    ];
    (level, kind, letters, filter).prop_map(|(level, kind, letters, filter)| {
        let filter = if kind == "*" { "" } else { filter };
        format!("{level}/{kind}.{letters}{filter}")
    })
}

fn any_scopes() -> impl Strategy<Value = Scopes> {
    proptest::collection::vec(any_scope(), 0..5).prop_map(|words| scopes(&words.join(" ")))
}

/// Whether a token with these scopes and patient `p` reads an Observation like this: the plain meaning of a scope.
fn reads(scopes: &Scopes, patient: &str, category: &str, code: &str) -> bool {
    let value = |parameter: &str| if parameter == "category" { category } else { code };
    let meets = |filter: &Filter| {
        filter.0.iter().all(|condition| {
            condition.any.iter().any(|token| token.matches(Some("x"), value(&condition.parameter)))
        })
    };
    match scopes.allows("Observation", Permissions::READ, Some("p")) {
        Allowance::Nothing => false,
        Allowance::Everything => true,
        Allowance::Some(rules) => {
            rules.iter().any(|rule| rule.patient.is_none_or(|own| own == patient) && meets(rule.filter))
        }
    }
}

proptest! {
    #[test]
    fn the_normal_form_is_stable(some in any_scopes()) {
        prop_assert_eq!(&scopes(&some.to_string()), &some);
        prop_assert!(some.contains(&some));
    }

    #[test]
    fn the_meet_is_in_both(a in any_scopes(), b in any_scopes()) {
        let meet = a.meet(&b);
        prop_assert!(a.contains(&meet) && b.contains(&meet), "{} meets {} in {}", a, b, meet);
    }

    #[test]
    fn contained_scopes_read_nothing_more(a in any_scopes(), b in any_scopes(), p in "[pq]", c in "[abc]", d in "[bc]") {
        if a.contains(&b) && reads(&b, &p, &c, &d) {
            prop_assert!(reads(&a, &p, &c, &d), "{} contains {}", a, b);
        }
        prop_assert_eq!(
            reads(&a, &p, &c, &d) && reads(&b, &p, &c, &d) && !reads(&a.meet(&b), &p, &c, &d),
            // A patient's scope and a user's do not meet, though both may read the patient's records.
            levels_differ(&a, &b, &p, &c, &d)
        );
    }

    #[test]
    fn for_every_patient_nothing_is_lost_and_nothing_is_bounded_by_one(some in any_scopes()) {
        let wide = some.for_every_patient();
        prop_assert!(!wide.has_level(Level::Patient));
        let others = some.only(|scope| !matches!(scope, Scope::Resource(own) if own.level == Level::Patient));
        prop_assert!(wide.contains(&others), "{} holds {}", wide, others);
        prop_assert_eq!(some.has_level(Level::Patient) || some.has_level(Level::User), wide.has_level(Level::User));
    }

    #[test]
    fn reading_never_panics(text in ".{0,80}") {
        let _ = Scopes::read(&text);
    }
}

/// Whether no level of both reads this Observation.
fn levels_differ(a: &Scopes, b: &Scopes, p: &str, c: &str, d: &str) -> bool {
    let on = |scopes: &Scopes, level: Level| {
        scopes.only(|scope| matches!(scope, Scope::Resource(own) if own.level == level))
    };
    let both = |level| reads(&on(a, level), p, c, d) && reads(&on(b, level), p, c, d);
    reads(a, p, c, d)
        && reads(b, p, c, d)
        && ![Level::Patient, Level::User, Level::System].into_iter().any(both)
}
