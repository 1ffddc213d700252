//! The network: ways through it, and how it stands.

use scenarios::network::{Flow, Health, Known, Network, read, stand};

const FILE: &str = r#"
hospital = "small"
as_of = "2026-11-27"
room = [{ id = "r", title = "Room" }]
feed = [{ id = "f", title = "Feed" }]
cooler = [{ id = "c", title = "Cooler", room = "r" }]
rack = [{ id = "A", room = "r", feeds = ["f"] }]
switch = [{ id = "x", title = "Switch", rack = "A", unit = 1 }]
host = [
  { id = "a", title = "A", rack = "A", unit = 2, height = 1, systems = ["EHR"] },
  { id = "b", title = "B", rack = "A", unit = 3, height = 1, systems = ["ENGINE"] },
  { id = "o", title = "Outside", systems = ["IIS"] },
]
link = [{ from = "a", to = "x", mbps = 1 }, { from = "b", to = "x", mbps = 1 }, { from = "o", to = "x", mbps = 1 }]
"#;

fn small() -> Network {
    let (network, problems) = read(FILE, &["EHR", "ENGINE", "IIS"]);
    assert!(problems.is_empty(), "{problems:?}");
    network
}

fn flow() -> Flow {
    let [interface, from, to] = ["i", "EHR", "IIS"].map(str::to_owned);
    Flow { interface, from, through: Some("ENGINE".to_owned()), to, per_hour: 7, waiting: 2, closed: None }
}

fn health(known: &Known) -> Vec<Health> {
    stand(&small(), known).hosts.iter().map(|one| one.health).collect()
}

#[test]
fn messages_go_over_the_cables_between_machines() {
    let network = small();
    assert_eq!(network.way("a", "b"), Some(vec![0, 1]));
    assert_eq!(network.way("a", "a"), Some(vec![]));
    assert_eq!(network.way("a", "nowhere"), None);
    let standing = stand(&network, &Known { flows: vec![flow()], ..Known::default() });
    // From the chart to the engine, and from there to the outside: each cable once.
    let counts: Vec<(u64, u64)> = standing.links.iter().map(|one| (one.per_hour, one.waiting)).collect();
    assert_eq!(counts, [(7, 2), (7, 2), (7, 2)]);
}

#[test]
fn machines_stand_as_what_is_known_of_them() {
    use Health::{Cut, Dark, Down, Infected, Up, Warm};
    assert_eq!(health(&Known::default()), [Up, Up, Up]);
    let failed = [("EHR".to_owned(), "switched off".to_owned())].into();
    assert_eq!(health(&Known { failed, ..Known::default() }), [Down, Up, Up]);
    assert_eq!(
        health(&Known { infected: ["EHR".to_owned()].into(), ..Known::default() }),
        [Infected, Up, Up]
    );
    assert_eq!(health(&Known { dark: ["f".to_owned()].into(), ..Known::default() }), [Dark, Dark, Up]);
    assert_eq!(health(&Known { still: ["c".to_owned()].into(), ..Known::default() }), [Warm, Warm, Up]);
    let closed = Flow { closed: Some("stopped".to_owned()), ..flow() };
    assert_eq!(health(&Known { flows: vec![closed], ..Known::default() }), [Cut, Up, Cut]);
}

#[test]
fn what_does_not_fit_together_is_told() {
    for (from, to, told) in [
        ("room = \"r\", feeds", "room = \"q\", feeds", "there is no room 'q'"),
        ("systems = [\"IIS\"]", "systems = []", "system 'IIS' runs nowhere"),
        ("systems = [\"IIS\"]", "systems = [\"IIS\", \"SKY\"]", "there is no system 'SKY'"),
        (", { from = \"o\", to = \"x\", mbps = 1 }", "", "no cable leads to 'o'"),
        ("id = \"x\"", "id = \"a\"", "there are two of it"),
        ("hospital = ", "hospitl = ", "hospitl"),
    ] {
        let (_, problems) = read(&FILE.replacen(from, to, 1), &["EHR", "ENGINE", "IIS"]);
        assert!(problems.iter().any(|one| one.what.contains(told)), "{told}: {problems:?}");
    }
}
