//! Live houses: replay, snapshots, queues, and what they tell.

use std::collections::BTreeSet;
use std::sync::Arc;

use proptest::prelude::*;

use super::{Command, Happening, LiveHospital, LiveSettings, Queue, Refused, Resource, Snapshot, What};
use crate::calendar::{DAY_US, HOUR_US, MINUTE_US};
use crate::pathways::tests::library;
use crate::population::{Bed, Person, Recipe, Unit, World};
use crate::writer::{Class, Disposition};

fn settings(seed: u64) -> LiveSettings {
    LiveSettings::of(Recipe { patients: 300, ..Recipe::default() }, seed)
}

fn open(seed: u64) -> LiveHospital {
    LiveHospital::open(&settings(seed), &library())
}

#[test]
fn houses_in_one_world_live_the_days_that_each_would_live_alone() {
    let world = Arc::new(World::new(&settings(0).recipe, &library()));
    let days = [4, 9].map(|seed| {
        let (mut shared, mut alone) = (LiveHospital::open_in(&world, &settings(seed)), open(seed));
        let end_us = alone.now_us() + DAY_US;
        let told = format!("{:?}", alone.advance(end_us));
        assert_eq!(format!("{:?}", shared.advance(end_us)), told);
        told
    });
    assert_ne!(days[0], days[1]);
}

#[test]
fn a_world_remembers_who_has_died() {
    let recipe = Recipe { patients: 1000, ..Recipe::default() };
    let world = World::new(&recipe, &library());
    let mut dead = 0;
    for person in (0..recipe.patients).map(|index| Person::draw(&recipe, index)) {
        let died = world.past(&person).died_us.is_some();
        assert_eq!([world.has_died(&person), world.has_died(&person)], [died; 2]);
        dead += u32::from(died);
    }
    assert!((1..100).contains(&dead), "{dead}");
    assert!(!world.has_died(&Person::draw(&recipe, recipe.patients)), "a newcomer has no past here");
}

#[test]
fn a_queue_gives_the_earliest_and_of_one_instant_the_first() {
    let mut queue = Queue::default();
    for (at_us, event) in [(5, 'c'), (1, 'a'), (5, 'b'), (1, 'd')] {
        queue.push(at_us, event);
    }
    let order: Vec<_> = std::iter::from_fn(|| queue.pop()).collect();
    assert_eq!(order, [(1, 'a'), (1, 'd'), (5, 'c'), (5, 'b')]);
}

#[test]
fn a_day_brings_what_a_day_brings() {
    let mut house = open(1);
    let start_us = house.now_us();
    let told = house.advance(start_us + DAY_US);
    let count = |which: fn(&What) -> bool| told.iter().filter(|one| which(&one.what)).count();
    let arrived = count(|what| matches!(what, What::Arrived(arrival) if arrival.class == Class::Emergency));
    assert!((85..165).contains(&arrived), "{arrived} emergency arrivals");
    for (name, least, which) in [
        ("admitted", 12, (|what| matches!(what, What::Admitted(_))) as fn(&What) -> bool),
        ("left", 90, |what| matches!(what, What::Left { .. })),
        ("registered", 40, |what| matches!(what, What::Registered { .. })),
        ("ordered", 100, |what| matches!(what, What::Ordered { .. })),
        ("resulted", 100, |what| matches!(what, What::Resulted(_))),
        ("given", 60, |what| matches!(what, What::Given { .. })),
        ("charged", 300, |what| matches!(what, What::Charged { .. })),
        ("born", 1, |what| matches!(what, What::Born { .. })),
    ] {
        assert!(count(which) >= least, "{name}: {}", count(which));
    }
    assert!(told.windows(2).all(|pair| pair[0].at_us <= pair[1].at_us), "out of order");
    assert!(told.iter().all(|one| (start_us..=start_us + DAY_US).contains(&one.at_us)));
}

#[test]
fn no_two_happenings_share_a_name_and_every_answer_has_its_question() {
    let mut house = open(2);
    let known: BTreeSet<_> = house.visits().map(|(visit, _)| visit).collect();
    let told = house.advance(house.now_us() + 2 * DAY_US);
    let names: BTreeSet<_> = told.iter().map(|one| one.handle).collect();
    assert_eq!(names.len(), told.len());
    for one in &told {
        assert!(names.contains(&one.visit) || known.contains(&one.visit), "{one:?} belongs to no visit");
        match &one.what {
            What::Resulted(laboratory) => assert!(names.contains(&laboratory.order), "{one:?}"),
            What::Read { order, .. } | What::Found { order, .. } => assert!(names.contains(order), "{one:?}"),
            _ => {}
        }
    }
}

#[test]
fn nobody_shares_a_bed() {
    let mut house = open(3);
    for _ in 0..72 {
        house.advance(house.now_us() + HOUR_US);
        let beds: Vec<Bed> =
            house.visits().filter_map(|(_, lying)| lying.bed).filter(|bed| bed.number > 0).collect();
        assert_eq!(beds.iter().collect::<BTreeSet<_>>().len(), beds.len());
        let in_beds = Unit::all().map(|unit| house.taken(unit)).sum::<usize>();
        // A bed may have been given to somebody who is on the way to it.
        assert!(in_beds >= beds.len() && in_beds <= beds.len() + 12, "{in_beds} beds, {} people", beds.len());
    }
}

#[test]
fn the_house_stays_about_as_full_as_it_was() {
    let mut house = LiveHospital::open(&LiveSettings::of(Recipe::default(), 4), &library());
    let inpatients =
        |house: &LiveHospital| house.visits().filter(|(_, one)| one.class == Class::Inpatient).count();
    let before = inpatients(&house);
    house.advance(house.now_us() + 7 * DAY_US);
    let after = inpatients(&house);
    assert!(
        (before * 6 / 10..before * 17 / 10).contains(&after),
        "{before} inpatients, a week later {after}"
    );
}

#[test]
fn who_finds_no_bed_waits_for_one() {
    let mut house = open(5);
    for unit in [Unit::West4, Unit::East4, Unit::West5, Unit::East5, Unit::StepDown, Unit::IntensiveCare] {
        for number in 1..=unit.beds() as u16 {
            let _ = house.command(Command::CloseBed { bed: Bed { unit, number } });
        }
    }
    let told = house.advance(house.now_us() + DAY_US);
    let waiting: BTreeSet<u32> =
        told.iter().filter(|one| matches!(one.what, What::Waiting { .. })).map(|one| one.patient).collect();
    assert!(!waiting.is_empty() && house.waiting().next().is_some());
    let in_time: Vec<Happening> = house.advance(house.now_us() + 3 * DAY_US);
    let admitted =
        in_time.iter().any(|one| waiting.contains(&one.patient) && matches!(one.what, What::Admitted(_)));
    assert!(admitted, "none of {} who waited ever came to a bed", waiting.len());
}

#[test]
fn commands_that_do_not_fit_change_nothing() {
    let mut house = open(6);
    let before = serde_json::to_string(&house.snapshot()).unwrap();
    let taken = house.visits().find_map(|(_, lying)| lying.bed).unwrap();
    let no_bed = Bed { unit: Unit::West4, number: 99 };
    for (command, refused) in [
        (Command::Occupy { bed: taken }, Refused::Bed { unit: taken.unit.label(), number: taken.number }),
        (Command::Vacate { bed: taken }, Refused::Bed { unit: taken.unit.label(), number: taken.number }),
        (Command::CloseBed { bed: no_bed }, Refused::Bed { unit: "4W", number: 99 }),
        (Command::Staff { resource: Resource::Film, count: 101 }, Refused::TooMany(101, 100)),
        (Command::Arrivals { percent: 1001 }, Refused::TooMany(1001, 1000)),
        (Command::Discharge { visit: Default::default(), disposition: Disposition::Home }, Refused::Visit),
    ] {
        assert_eq!(house.command(command.clone()), Err(refused), "{command:?}");
    }
    assert_eq!(serde_json::to_string(&house.snapshot()).unwrap(), before);
}

#[test]
fn a_discharge_and_a_move_are_told_and_free_the_bed() {
    let mut house = open(7);
    let (visit, lying) =
        house.visits().find(|(_, one)| one.class == Class::Inpatient).map(|(v, l)| (v, *l)).unwrap();
    let told = house.command(Command::Move { visit, unit: Unit::IntensiveCare }).unwrap();
    assert!(
        matches!(told[0].what, What::Transferred { from, to } if from == lying.bed && to.unit == Unit::IntensiveCare)
    );
    let told = house.command(Command::Discharge { visit, disposition: Disposition::Home }).unwrap();
    assert!(matches!(told[0].what, What::Left { disposition: Disposition::Home }) && told[0].visit == visit);
    assert!(house.visits().all(|(other, _)| other != visit));
    let later = house.advance(house.now_us() + DAY_US);
    assert!(
        later
            .iter()
            .all(|one| one.visit != visit || !matches!(one.what, What::Signs(_) | What::Given { .. }))
    );
}

#[test]
fn a_snapshot_is_refused_by_other_pathways() {
    let house = open(8);
    assert!(LiveHospital::restore(house.snapshot(), &Arc::default()).is_err());
}

/// What may be done to a house, by a number.
fn command(choice: u32) -> Command {
    let bed =
        |units: [Unit; 2]| Bed { unit: units[choice as usize % 2], number: (choice / 7 % 28 + 1) as u16 };
    match choice % 5 {
        0 => Command::Arrivals { percent: (choice % 300) as u16 },
        1 => Command::Staff { resource: Resource::Tomography, count: (choice % 3) as u16 },
        2 => Command::CloseBed { bed: bed([Unit::West4, Unit::Emergency]) },
        3 => Command::Occupy { bed: bed([Unit::East4, Unit::StepDown]) },
        _ => Command::Vacate { bed: bed([Unit::East4, Unit::StepDown]) },
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    /// However time is cut up, and however often the house is kept as text and taken out again, the same things happen;
    /// and the log plays the day again.
    #[test]
    fn pieces_snapshots_and_replays_are_the_same_day(seed in 0..1000_u64, cuts in prop::collection::vec((1..400_i64, any::<u32>()), 1..8)) {
        let end_us = settings(seed).recipe.as_of_us + 36 * HOUR_US;
        let (mut straight, mut kept) = (open(seed), open(seed));
        let (mut told, mut told_kept) = (Vec::new(), Vec::new());
        for (minutes, choice) in cuts {
            let to_us = straight.now_us() + minutes * MINUTE_US;
            told.extend(straight.advance(to_us));
            told_kept.extend(kept.advance(to_us - minutes * MINUTE_US / 2));
            let text = serde_json::to_string(&kept.snapshot()).unwrap();
            kept = LiveHospital::restore(serde_json::from_str::<Snapshot>(&text).unwrap(), &library()).unwrap();
            told_kept.extend(kept.advance(to_us));
            let (one, two) = (straight.command(command(choice)), kept.command(command(choice)));
            prop_assert_eq!(&one, &two);
            told.extend(one.unwrap_or_default());
            told_kept.extend(two.unwrap_or_default());
        }
        told.extend(straight.advance(end_us));
        told_kept.extend(kept.advance(end_us));
        prop_assert!(told == told_kept, "the pieces tell another day");
        let again = LiveHospital::replay(&settings(seed), &library(), straight.log(), end_us).unwrap();
        let text = |house: &LiveHospital| serde_json::to_string(&house.snapshot()).unwrap();
        prop_assert_eq!(text(&again), text(&straight));
        prop_assert_eq!(text(&kept), text(&straight));
    }
}
