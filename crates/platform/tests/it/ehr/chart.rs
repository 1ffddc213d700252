use std::collections::BTreeSet;

use platform::ehr::chart::{Census, Chart, ItemKind, PatientQuery, Section, census, patients, wards};
use platform::fhir::Refusal;
use serde_json::{Value, json};

use super::house::{PATIENTS, Ward, ward};

fn list(ward: &Ward, text: &str) -> Vec<String> {
    let asked = PatientQuery { text: text.to_owned(), ..PatientQuery::default() };
    patients(&ward.access, &asked).unwrap().rows.into_iter().map(|row| row.identity.id).collect()
}

fn occupants(census: &Census) -> Vec<(String, Option<String>)> {
    let on_ward = census.wards.iter().flat_map(|ward| {
        let in_beds = ward.beds.iter().flat_map(|bed| &bed.occupants);
        let all = in_beds.chain(&ward.without_bed);
        all.map(|one| (one.patient.as_ref().unwrap().id.clone(), Some(ward.id.clone()))).collect::<Vec<_>>()
    });
    let elsewhere = census.elsewhere.iter().map(|one| (one.patient.as_ref().unwrap().id.clone(), None));
    on_ward.chain(elsewhere).collect()
}

#[test]
fn the_list_pages_through_everyone_by_name() {
    let ward = ward();
    let mut asked = PatientQuery { count: Some(7), ..PatientQuery::default() };
    let (mut ids, mut families) = (BTreeSet::new(), Vec::new());
    loop {
        let page = patients(&ward.access, &asked).unwrap();
        assert_eq!(page.total, u64::from(PATIENTS));
        for row in page.rows {
            assert!(ids.insert(row.identity.id), "listed twice");
            families.push(row.identity.name.split(' ').next_back().unwrap().to_lowercase());
        }
        asked.cursor = page.next;
        if asked.cursor.is_none() {
            break;
        }
    }
    assert_eq!(ids.len(), PATIENTS as usize);
    assert!(families.is_sorted(), "{families:?}");
}

#[test]
fn patients_are_found_by_whatever_one_knows() {
    let ward = ward();
    let id = ward.register("O'Kafor-Ñandú");
    let mrn = ward.read(&format!("Patient/{id}"))["identifier"][0]["value"].as_str().unwrap().to_owned();
    for text in ["o'kafor-nandu", "O'Kaf Ruth", "1984-02-29 ruth", "  o'kafor,  ruth 1984-02", &mrn] {
        assert_eq!(list(&ward, text), [id.as_str()], "{text}");
    }
    for text in ["o'kafor 1984-03-01", "1984-99-99", "nobody-of-this-name", "0", "ruth,ann|$\\"] {
        assert_eq!(list(&ward, text), [] as [&str; 0], "{text}");
    }
    let searches: Vec<_> = ward.journal(3).into_iter().map(|(kind, subject, _)| (kind, subject)).collect();
    assert!(searches.iter().all(|entry| *entry == ("chart.search".to_owned(), None)), "{searches:?}");
}

#[test]
fn census_and_list_agree_about_who_is_in_the_house() {
    let ward = ward();
    let census = census(&ward.access).unwrap();
    let open = ward.search("Encounter?status=in-progress&_count=500");
    let in_house = open.iter().filter(|stay| stay["class"]["code"] != "AMB").count();
    assert!(in_house > 0);
    assert_eq!(census.occupants, in_house);
    let mut by_census = occupants(&census);
    by_census.sort();
    assert_eq!(by_census.len(), in_house);
    let inpatients = PatientQuery { inpatients: true, ..PatientQuery::default() };
    let listed = patients(&ward.access, &inpatients).unwrap();
    let ids: BTreeSet<_> = listed.rows.iter().map(|row| row.identity.id.clone()).collect();
    assert_eq!(ids, by_census.iter().map(|(id, _)| id.clone()).collect());
    assert!(
        listed.rows.iter().all(|row| row.place.is_some() && row.ward.is_some() && row.encounter.is_some())
    );
    for place in &census.wards {
        let asked = PatientQuery { ward: Some(place.id.clone()), ..PatientQuery::default() };
        let wanted = by_census.iter().filter(|(_, on)| on.as_ref() == Some(&place.id)).count();
        assert_eq!(patients(&ward.access, &asked).unwrap().total, wanted as u64, "{}", place.name);
        let beds = wards(&ward.access).unwrap().into_iter().find(|other| other.id == place.id).unwrap().beds;
        assert_eq!(beds.iter().filter(|bed| bed.taken).count(), place.taken, "{}", place.name);
    }
}

#[test]
fn the_census_follows_a_patient_through_the_house() {
    let ward = ward();
    let patient = ward.register("Okafor");
    let place = |census: &Census| -> Option<String> {
        let lies_here =
            |one: &platform::ehr::chart::Occupant| one.patient.as_ref().is_some_and(|who| who.id == patient);
        let beds = census.wards.iter().flat_map(|ward| &ward.beds);
        beds.filter(|bed| bed.occupants.iter().any(lies_here)).map(|bed| bed.label.clone()).next()
    };
    let beds = ward.free_beds("4E");
    assert_eq!(place(&census(&ward.access).unwrap()), None);
    ward.run("admit", json!({"patient": patient, "location": beds[0].0, "reason": "sepsis"})).unwrap();
    assert_eq!(place(&census(&ward.access).unwrap()).as_ref(), Some(&beds[0].0));
    ward.run("transfer", json!({"patient": patient, "location": beds[1].0})).unwrap();
    assert_eq!(place(&census(&ward.access).unwrap()).as_ref(), Some(&beds[1].0));
    let here = Chart::open(&ward.access, &patient, Section::Summary).unwrap().banner().unwrap().here.unwrap();
    assert_eq!((here.label, here.encounter_version), (beds[1].0.clone(), 2));
    assert_eq!(here.ward.as_deref(), Some("4 East Medicine"));
    ward.run("discharge", json!({"patient": patient, "disposition": "home"})).unwrap();
    assert_eq!(place(&census(&ward.access).unwrap()), None);
}

#[test]
fn a_chart_shows_all_that_is_stored() {
    let ward = ward();
    let mut seen = BTreeSet::new();
    for id in list(&ward, "").into_iter().step_by(3) {
        let chart = Chart::open(&ward.access, &id, Section::Timeline).unwrap();
        let count = |url: &str| ward.search(&format!("{url}patient={id}&_count=1000")).len();
        let summary = chart.summary().unwrap();
        assert_eq!(summary.problems.len(), count("Condition?clinical-status=active&"), "{id}");
        assert_eq!(summary.immunizations.len(), count("Immunization?"), "{id}");
        assert_eq!(summary.allergies.len(), count("AllergyIntolerance?clinical-status=active&"), "{id}");
        let labs: usize = chart.results().unwrap().iter().map(|series| series.points.len()).sum();
        assert_eq!(labs, count("Observation?category=laboratory&"), "{id}");
        let vitals: usize = chart.vitals().unwrap().iter().map(|series| series.points.len()).sum();
        assert_eq!(vitals, count("Observation?category=vital-signs&"), "{id}");
        assert!(summary.vitals.iter().all(|series| (1..=12).contains(&series.points.len())));
        assert_eq!(chart.medications().unwrap().len(), count("MedicationRequest?"), "{id}");
        assert_eq!(chart.encounters().unwrap().len(), count("Encounter?"), "{id}");
        let notes = chart.notes().unwrap();
        assert!(notes.iter().all(|note| note.text.as_ref().is_some_and(|text| !text.is_empty())), "{id}");
        let timeline = chart.timeline(&[], 1).unwrap();
        assert!(timeline.items.iter().map(|item| item.at.as_ref().and_then(|at| at.at_us)).rev().is_sorted());
        assert_eq!(timeline.counts.iter().map(|(_, count)| count).sum::<usize>(), timeline.total);
        seen.extend(timeline.counts.iter().map(|(kind, _)| *kind));
        let last = chart.timeline(&[ItemKind::Result], usize::MAX).unwrap();
        assert_eq!(last.total, labs);
        assert_eq!(last.items.len() + (last.pages - 1) * 50, labs);
    }
    let wanted = [
        ItemKind::Encounter,
        ItemKind::Vital,
        ItemKind::Result,
        ItemKind::Medication,
        ItemKind::Immunization,
    ];
    assert!(wanted.iter().all(|kind| seen.contains(kind)), "{seen:?}");
}

#[test]
fn looking_leaves_a_trace() {
    let ward = ward();
    let patient = ward.register("Okafor");
    let before = ward.journal(0).len();
    let chart = Chart::open(&ward.access, &patient, Section::Notes).unwrap();
    chart.banner().unwrap();
    chart.notes().unwrap();
    assert_eq!(ward.journal(0).len(), before + 1);
    let trail = chart.audit(1).unwrap();
    let created = format!("POST Patient/{patient}");
    let told: Vec<_> = trail.entries.iter().map(|entry| (entry.kind.as_str(), entry.what.as_str())).collect();
    assert_eq!(told, [("chart.view", "notes"), ("command", "register"), ("fhir.create", created.as_str())]);
    assert!(trail.entries.iter().all(|entry| entry.actor == "ana" && entry.source == "chart"));
    assert!(!trail.more && chart.audit(2).unwrap().entries.is_empty());

    let nobody = Chart::open(&ward.access, "nobody", Section::Summary).err().unwrap();
    assert_eq!(nobody.refusal, Refusal::NotFound);
    let entry = ("chart.view".to_owned(), Some("Patient/nobody".to_owned()), "not-found".to_owned());
    assert_eq!(ward.journal(1), [entry]);
}

#[test]
fn linked_records_are_named_on_both() {
    let ward = ward();
    let (old, kept) = (ward.register("Okafor"), ward.register("Obi"));
    let mut record = ward.read(&format!("Patient/{old}"));
    record["active"] = json!(false);
    record["link"] = json!([
        {"other": {"reference": format!("Patient/{kept}")}, "type": "replaced-by"},
        {"other": {"reference": "Patient/gone"}, "type": "seealso"},
    ]);
    ward.put(&record);
    let links = |id: &str| {
        let banner = Chart::open(&ward.access, id, Section::Summary).unwrap().banner().unwrap();
        let links = banner.links.into_iter();
        links.map(|link| (link.patient, link.kind, link.from_other, link.name)).collect::<Vec<_>>()
    };
    let named = |id: &str, kind: &str, from_other, name: Option<&str>| {
        (id.to_owned(), kind.to_owned(), from_other, name.map(str::to_owned))
    };
    assert_eq!(
        links(&old),
        [named(&kept, "replaced-by", false, Some("Ruth Ann Obi")), named("gone", "seealso", false, None)]
    );
    assert_eq!(links(&kept), [named(&old, "replaced-by", true, Some("Ruth Ann Okafor"))]);
    let refused = ward.refused("admit", json!({"patient": old, "location": "4W", "reason": "x"}));
    assert_eq!(refused, ["patient"]);
}

/// Resources that keep FHIR's rules and little else.
fn oddities() -> Vec<Value> {
    let about = json!({"reference": "Patient/odd"});
    let coded = |code: &str| json!({"coding": [{"code": code}]});
    vec![
        json!({"resourceType": "Patient", "id": "odd", "birthDate": "1950", "name": [{"text": "<b>Odd</b>"}]}),
        json!({"resourceType": "Patient", "id": "blank"}),
        json!({"resourceType": "Location", "id": "ring-1", "partOf": {"reference": "Location/ring-2"}, "physicalType": coded("bd")}),
        json!({"resourceType": "Location", "id": "ring-2", "partOf": {"reference": "Location/ring-1"}, "physicalType": coded("ro")}),
        json!({"resourceType": "Location", "id": "lone-bed", "physicalType": coded("bd")}),
        json!({"resourceType": "Encounter", "id": "in-ring", "status": "in-progress", "class": {"code": "IMP"}, "subject": about,
            "location": [{"location": {"reference": "Location/ring-1"}}]}),
        json!({"resourceType": "Encounter", "id": "nowhere", "status": "arrived", "class": {"system": "urn:x"},
            "location": [{"location": {"reference": "Location/none"}, "status": "active"}]}),
        json!({"resourceType": "Encounter", "id": "alone", "status": "onleave", "class": {"code": "IMP"}, "subject": {"display": "someone"}}),
        json!({"resourceType": "Observation", "id": "no-value", "status": "final", "code": {"text": "Mood"}, "subject": about}),
        json!({"resourceType": "Observation", "id": "no-code", "status": "preliminary", "code": {"extension": [{"url": "urn:x", "valueString": "y"}]},
            "subject": about, "valueRange": {"low": {"value": 1}}, "effectiveDateTime": "2031"}),
        json!({"resourceType": "MedicationRequest", "id": "inside", "status": "active", "intent": "order", "subject": about,
            "contained": [{"resourceType": "Medication", "id": "m", "code": {"text": "Home tea"}}], "medicationReference": {"reference": "#m"}}),
        json!({"resourceType": "MedicationRequest", "id": "lost", "status": "active", "intent": "order", "subject": about,
            "medicationReference": {"reference": "Medication/none"}, "requester": {"reference": "urn:uuid:1"}}),
        json!({"resourceType": "DocumentReference", "id": "pdf", "status": "current", "subject": about,
            "content": [{"attachment": {"contentType": "application/pdf", "url": "https://example.org/a.pdf"}}]}),
        json!({"resourceType": "AllergyIntolerance", "id": "vague", "patient": about}),
        json!({"resourceType": "Condition", "id": "vague", "subject": about}),
        json!({"resourceType": "Immunization", "id": "vague", "status": "not-done", "vaccineCode": {"text": "Shot"}, "patient": about,
            "occurrenceString": "as a child"}),
        json!({"resourceType": "Procedure", "id": "vague", "status": "unknown", "subject": about}),
    ]
}

#[test]
fn odd_records_are_shown_as_they_are() {
    let ward = ward();
    oddities().iter().for_each(|resource| ward.put(resource));
    for id in ["odd", "blank"] {
        let chart = Chart::open(&ward.access, id, Section::Summary).unwrap();
        let banner = chart.banner().unwrap();
        assert_eq!(banner.identity.name, if id == "odd" { "<b>Odd</b>" } else { "no name" });
        let summary = chart.summary().unwrap();
        let wanted = usize::from(id == "odd");
        assert_eq!(
            [summary.problems.len(), summary.allergies.len(), summary.immunizations.len()],
            [wanted; 3]
        );
        assert_eq!(chart.timeline(&[], 0).unwrap().total, wanted * 10);
        chart.notes().unwrap();
        chart.encounters().unwrap();
    }
    let chart = Chart::open(&ward.access, "odd", Section::Summary).unwrap();
    let drugs: Vec<_> = chart.medications().unwrap().into_iter().map(|drug| drug.name).collect();
    assert_eq!(drugs, ["Home tea", "Medication/none"]);
    assert_eq!(chart.series("Mood").unwrap().unwrap().points[0].value, None);
    assert_eq!(chart.identity().age.as_deref(), Some("81 years"));
    let census = census(&ward.access).unwrap();
    assert_eq!(census.elsewhere.len(), 3);
    assert_eq!(census.elsewhere.iter().filter(|one| one.patient.is_some()).count(), 1);
    let everyone = PatientQuery { inpatients: true, count: Some(1), ..PatientQuery::default() };
    assert_eq!(patients(&ward.access, &everyone).unwrap().next.as_deref(), Some("1"));
}
