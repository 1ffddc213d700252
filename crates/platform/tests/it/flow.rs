//! The emergency department of a hospital: measured, planned, played, and the map of how work went.

use std::collections::BTreeMap;

use platform::access::{Access, outcome};
use platform::fhir::{Context, Interaction, perform};
use platform::flow::{About, FlowTrouble, Origin, Wish};
use platform::images::DEFAULT_IMAGE;
use platform::sandboxes::Filter;
use serde_json::json;
use standards::fhir::instant;

use crate::home::{Home, home};

struct Ward {
    home: Home,
    access: Access,
}

fn ward() -> Ward {
    let home = home(&[]);
    let sandbox = home.platform.start_sandbox(&home.ana, DEFAULT_IMAGE, "flow", None).unwrap();
    let access = home.platform.enter(&home.ana, sandbox.id.as_str(), "test").unwrap();
    Ward { home, access }
}

impl Ward {
    /// A forecast as a lab hands it out.
    fn forecast(&self) {
        let text = json!({"layer": "flow", "do": "forecast", "visits_per_day": 230.0}).to_string();
        let event = self.access.event("flow.department", None, outcome::OK, json!({}));
        self.access.sandbox().set_fact("flow.department", &text, &event).unwrap();
    }

    /// Emergency visits, one on each of so many days before today, all at ten in the morning and for two hours.
    fn visits(&self, days: i64) {
        let platform = &self.home.platform;
        let context = Context {
            access: &self.access,
            base_url: "http://test/fhir",
            entropy: platform.entropy(),
            limits: &platform.limits().json,
        };
        let midnight_us = self.access.virtual_us().div_euclid(86_400_000_000) * 86_400_000_000;
        for day in 1..=days {
            let began_us = midnight_us - day * 86_400_000_000 + 10 * 3_600_000_000;
            let id = format!("visit-{day}");
            let visit = json!({
                "resourceType": "Encounter", "id": id, "status": "finished",
                "class": {"system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "EMER"},
                "period": {"start": instant::format(began_us), "end": instant::format(began_us + 7_200_000_000)},
            });
            let body = visit.to_string();
            let asked =
                Interaction::Update { kind: "Encounter", id: &id, body: body.as_bytes(), if_match: None };
            perform(&context, &asked).unwrap();
        }
    }

    fn save(&self, people: &[(&str, [u32; 7])]) -> Result<u64, FlowTrouble> {
        let people: BTreeMap<String, Vec<u32>> =
            people.iter().map(|(name, days)| ((*name).to_owned(), days.to_vec())).collect();
        self.home.platform.set_flow_plan(&self.access, &people).map(|rota| rota.paid_hours)
    }
}

#[test]
fn who_comes_is_measured_in_the_hospital_own_stays() {
    let ward = ward();
    let counted = |ward: &Ward| match ward.home.platform.flow(&ward.access) {
        Ok(overview) => match overview.emergency.demand.origin {
            Origin::Measured { visits, .. } => visits,
            Origin::Forecast => panic!("no lab handed one out"),
        },
        Err(FlowTrouble::TooFew { visits, .. }) => visits,
        Err(trouble) => panic!("{trouble}"),
    };
    let before = counted(&ward);
    ward.visits(100);
    assert_eq!(counted(&ward), before + 100);
    let overview = ward.home.platform.flow(&ward.access).unwrap();
    let arrivals = &overview.emergency.demand.arrivals_per_hour;
    let busiest = (0..168).max_by(|one, other| arrivals[*one].total_cmp(&arrivals[*other])).unwrap();
    assert_eq!(busiest % 24, 10);
    assert!((overview.emergency.demand.visits_per_day() - (before + 100) as f64 / 182.0).abs() < 1e-9);
}

#[test]
fn a_roster_is_saved_whole_or_not_at_all() {
    let ward = ward();
    ward.forecast();
    assert!(matches!(ward.home.platform.play_flow(&ward.access, 1), Err(FlowTrouble::NoPlan)));
    assert_eq!(ward.save(&[("early", [4; 7]), ("late", [5; 7]), ("night", [3; 7])]).unwrap(), 12 * 8 * 7);
    let saved = ward.home.platform.flow(&ward.access).unwrap().plan.unwrap();
    assert_eq!((saved.hours[3], saved.hours[8], saved.hours[20]), (3, 4, 5));
    for (people, said) in [
        (("noon", [1; 7]), "there is no shift 'noon'; there are early, middle, late, evening, night"),
        (("early", [41; 7]), "at most 40 people work in one shift, early too"),
    ] {
        assert_eq!(ward.save(&[people]).unwrap_err().to_string(), said);
    }
    let short = BTreeMap::from([("early".to_owned(), vec![1, 2])]);
    assert!(ward.home.platform.set_flow_plan(&ward.access, &short).is_err());
    assert_eq!(ward.home.platform.flow(&ward.access).unwrap().plan.unwrap(), saved);
    let filter = Filter { kinds: vec!["flow.plan".to_owned()], ..Filter::default() };
    assert_eq!(ward.access.sandbox().journal(&filter).unwrap().len(), 1, "what was refused left nothing");
}

#[test]
fn a_roster_that_follows_the_load_beats_one_that_is_the_same_around_the_clock() {
    let ward = ward();
    ward.forecast();
    let platform = &ward.home.platform;
    let wish = Wish { margin: 0.25, at_least: 1, paid_hours: Some(860) };
    let proposed = platform.propose_flow(&ward.access, wish).unwrap();
    let overview = platform.flow(&ward.access).unwrap();
    assert_eq!(overview.plan, None, "a proposal is not saved");
    assert!(proposed.paid_hours <= 860 && proposed.hours.iter().all(|count| *count > 0));
    let names = overview.emergency.patterns.iter().map(|pattern| pattern.name.clone());
    let people: BTreeMap<String, Vec<u32>> = names.zip(proposed.people).collect();
    platform.set_flow_plan(&ward.access, &people).unwrap();
    let played = platform.play_flow(&ward.access, 7).unwrap();
    let over = &played.figures[0];
    assert_eq!(over.name, "over-target");
    assert!(over.difference.unwrap().high < 0.0, "fewer wait beyond their target, beyond doubt: {over:?}");
    let again = platform.play_flow(&ward.access, 7).unwrap();
    assert_eq!(again.figures, played.figures);

    let tight = Wish { margin: 2.0, at_least: 1, paid_hours: Some(860) };
    let said = platform.propose_flow(&ward.access, tight).unwrap_err().to_string();
    assert!(said.starts_with("860 hours may be paid, and the need takes at least"), "{said}");
}

#[test]
fn the_map_is_read_out_of_the_journal() {
    let ward = ward();
    for (patient, name) in [("a", "order"), ("b", "order"), ("a", "result"), ("b", "result"), ("b", "result")]
    {
        let subject = Some(format!("Patient/{patient}"));
        ward.access.note(ward.access.event("command", subject, outcome::OK, json!({"name": name}))).unwrap();
    }
    ward.access.note(ward.access.event("command", None, "forbidden", json!({"name": "order"}))).unwrap();
    let map = ward.home.platform.flow_map(&ward.access, About::Care, 0.0).unwrap();
    let steps: Vec<(&str, &str, u64)> =
        map.edges.iter().map(|edge| (edge.from.as_str(), edge.to.as_str(), edge.count)).collect();
    assert_eq!((map.cases, steps), (2, vec![("order", "result", 2), ("result", "result", 1)]));
    assert_eq!(map.loops[0].activity, "result");
    assert!(ward.home.platform.flow_map(&ward.access, About::Care, 2.0).is_err());
}
