use proptest::prelude::*;

use super::{Protocol, SystemKind, read};
use crate::population::plans;

const DEFAULT: &str = include_str!("../../../../content/hospitals/default.toml");

#[test]
fn the_default_hospital_holds_no_mistake() {
    let read = read(DEFAULT);
    assert_eq!(read.problems, []);
    let hospital = read.value;
    assert_eq!(hospital.staffed_beds(), 200);
    assert!(hospital.systems.len() >= 20 && hospital.interfaces.len() >= 30);
    assert!(hospital.roles.iter().map(|role| role.accounts).sum::<u32>() > 1000);
}

#[test]
fn the_population_lives_in_the_building_of_the_file() {
    let described: Vec<_> = read(DEFAULT)
        .value
        .units
        .into_iter()
        .map(|unit| (unit.id, unit.name, unit.department, unit.beds as usize, unit.taken as usize))
        .collect();
    assert_eq!(described, plans());
}

#[test]
fn every_event_of_the_chart_reaches_who_needs_it() {
    let hospital = read(DEFAULT).value;
    let to = |event: &str, from: &str| -> Vec<String> {
        hospital.carrying(from, event).map(|interface| interface.to.clone()).collect()
    };
    assert!(to("ADT^A01", "ADT").len() >= 8);
    assert_eq!(to("OML^O21", "EHR"), ["LIS"]);
    assert_eq!(to("VXU^V04", "EHR"), ["IIS"]);
    assert_eq!(to("ORU^R01", "LIS"), ["EHR", "PUBLICHEALTH"]);
}

#[test]
fn an_address_lies_in_the_segment_of_its_net_or_outside() {
    let hospital = read(DEFAULT).value;
    assert!(hospital.systems.iter().all(|system| system.segment.is_some()));
    for (address, segment) in [
        ("10.10.0.4", Some("servers")),
        ("10.20.103.11", Some("workstations")),
        ("10.30.255.255", Some("imaging")),
        ("10.31.0.0", Some("outside")),
        ("203.0.113.7", Some("outside")),
        ("127.0.0.1", Some("outside")),
        ("2001:db8::1", Some("outside")),
        ("lab", None),
    ] {
        let found = hospital.segment_at(address).map(|segment| segment.id.as_str());
        assert_eq!(found, segment, "{address}");
    }
}

#[test]
fn each_mistake_is_told_with_its_line() {
    let text = "id = \"a\"\ntitle = \"A\"\nfacility = \"A\"\nwards = 3\n\
        [[unit]]\nid = \"W\"\nname = \"W\"\ndepartment = \"D\"\nbeds = 2\ntaken = 3\npatients_per_nurse = 1\n\
        [[system]]\nid = \"X\"\ntitle = \"X\"\nkind = \"oracle\"\nabout = \"\"\nhost = \"x\"\n\
        [[system]]\nid = \"Y\"\ntitle = \"Y\"\nkind = \"lis\"\nabout = \"\"\nhost = \"y\"\nstore = \"Z\"\n\
        [[system]]\nid = \"Y\"\ntitle = \"Y\"\nkind = \"ris\"\nabout = \"\"\nhost = \"y\"\nturnaround_min = [9, 3]\n\
        [[interface]]\nid = \"y-x\"\nfrom = \"Y\"\nto = \"X\"\nprotocol = \"mllp\"\nport = 1\nevents = [\"A01\"]\nper_day = 1\n";
    let problems = read(text).problems;
    let lines: Vec<u32> = problems.iter().map(|problem| problem.line).collect();
    assert_eq!(lines, [4, 5, 15, 18, 25, 25, 32, 32, 32], "{problems:#?}");
}

#[test]
fn what_is_no_toml_is_told_and_the_rest_is_read() {
    let read = read("id = \"a\"\ntitle = \nfacility = \"F\"\n");
    assert_eq!(read.value.facility, "F");
    assert!(read.problems.iter().any(|problem| problem.line == 2), "{:?}", read.problems);
}

proptest! {
    /// Whatever is taken out of the file, what is left is read, and every interface that stands joins known systems or is
    /// told of.
    #[test]
    fn a_file_with_lines_missing_is_told_of_or_sound(from in 0_usize..900, count in 1_usize..40) {
        let kept: Vec<&str> = DEFAULT
            .lines()
            .enumerate()
            .filter(|(at, _)| !(from..from + count).contains(at))
            .map(|(_, line)| line)
            .collect();
        let read = read(&kept.join("\n"));
        let hospital = &read.value;
        let sound = hospital.interfaces.iter().all(|interface| {
            hospital.system(&interface.from).is_some()
                && hospital.system(&interface.to).is_some()
                && (interface.protocol != Protocol::Mllp || interface.version.is_some())
        });
        prop_assert!(sound || !read.problems.is_empty());
    }

    #[test]
    fn any_text_is_answered(text in "[\\[\\]a-z =\"\n0-9]{0,200}") {
        let read = read(&text);
        prop_assert!(!read.problems.is_empty() || read.value.systems.iter().all(|one| one.kind != SystemKind::Ehr));
    }
}
